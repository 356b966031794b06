"""Bad input: a specific exception with every fault and its place; at the command line exit code 2, no traceback."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import parindex as pi
from parindex import cli
from parindex.errors import near

DATA = Path(__file__).parent / "data"
EXAMPLE = (DATA / "design-example.toml").read_text("utf-8")
HEADER = "unit,1.1:done,1.1:total,1.2:late,1.2:absent,2:value\n"
ROW = "Thị xã A,190,200,1,0,88\n"
OBSERVED = HEADER + ROW

GRADUATED = EXAMPLE.replace(
    'rule = { type = "ratio", from = "80%", full_at = "100%", zero_total = "not-applicable" }',
    'rule = { type = "levels", levels = [{ key = "tot", points = 60 }, { key = "kem", points = 0 }] }',
)
LEVELS = "unit,1.1:level,1.2:late,1.2:absent,2:value\n"


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    """Return what a command says on standard error when it ends with *code* and says nothing on standard output."""
    assert cli.main(arguments) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    assert said.err.startswith("parindex: ")
    return said.err


def kept(folder: Path, name: str, content: str | bytes) -> str:
    """Write a file and return its path."""
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(file)


def refusal(error: pi.ParindexError) -> str:
    """Return everything an error tells."""
    return str(error)


# Methodologies


def cut(found: str, put: str, text: str = EXAMPLE) -> str:
    """Return the example with one thing changed, once."""
    assert found in text
    return text.replace(found, put, 1)


BAD_METHODOLOGY: dict[str, tuple[str | bytes, type[pi.ParindexError], list[str]]] = {
    "malformed TOML": (cut("total = 100", "total = = 100"), pi.FileError, ["is not TOML", "line 8"]),
    "malformed JSON": ('{"format": }', pi.FileError, ["line 1: is not JSON"]),
    "JSON that goes on": ("{}\n{}", pi.FileError, ["line 2: is not JSON"]),
    "JSON with duplicate keys": ('{"id": "a", "id": "b"}', pi.FileError, ["the key 'id' stands twice in one table"]),
    "JSON with NaN": ('{"total": NaN}', pi.FileError, ["NaN is not a number that is read here"]),
    "JSON with an infinity": ('{"total": -Infinity}', pi.FileError, ["-Infinity is not a number that is read here"]),
    "JSON nested too deep": ('{"a":' * 100_000, pi.FileError, ["is nested too deeply"]),
    "TOML nested too deep": ("a = " + "[" * 100_000, pi.FileError, ["is nested too deeply"]),
    "JSON list": ("[1, 2]", pi.ParindexError, []),
    "empty": ("", pi.FileError, ["is empty"]),
    "blank": (" \n\t\n", pi.FileError, ["is empty"]),
    "not UTF-8": (EXAMPLE.encode("utf-16"), pi.FileError, ["is not UTF-8"]),
    "a Windows code page": (b"id = 'x'\ntitle = { vi = 'Ch\xfe' }", pi.FileError, ["line 2: is not UTF-8"]),
    "a huge whole number": (
        cut("total = 100", "total = 1" + "0" * 5000),
        pi.FileError,
        ["holds a whole number of more digits than are read"],
    ),
    "a long whole number": (
        cut("total = 100", "total = 1" + "0" * 500),
        pi.MethodologyFaults,
        ["total: a number is longer than"],
    ),
    "unknown key": (
        cut("unit_kind =", "unit_kin ="),
        pi.MethodologyFaults,
        ["unit_kin: unknown key; did you mean 'unit_kind'?", "unit_kind: is missing"],
    ),
    "unknown key of a criterion": (
        cut("lead =", "leed ="),
        pi.MethodologyFaults,
        ["line 47, criterion 1.1, leed: unknown key; did you mean 'lead'?"],
    ),
    "unknown key of a rule": (
        cut("zero_total", "zero_totl"),
        pi.MethodologyFaults,
        ["criterion 1.1, rule.zero_totl: unknown key; did you mean 'zero_total'?"],
    ),
    "unknown id": (
        cut('origin = "survey"', 'origin = "survay"'),
        pi.MethodologyFaults,
        ["criterion 2, origin: 'survay' is not declared; did you mean 'survey'?"],
    ),
    "duplicate id": (
        cut('id = "1.2"', 'id = "1.1"'),
        pi.MethodologyFaults,
        ["criterion 1.1, id: the id '1.1' stands twice"],
    ),
    "missing parent": (
        cut('id = "1.2"', 'id = "3.2"'),
        pi.MethodologyFaults,
        ["criterion 3.2, parent: its parent '3' does not exist"],
    ),
    "cycle": (
        cut('id = "1.2"', 'parent = "2"\nid = "1.2"', cut('id = "2"', 'parent = "1.2"\nid = "2"')),
        pi.MethodologyFaults,
        ["criterion 1.2, parent: its parents go round in a circle: 1.2 → 2 → 1.2"],
    ),
    "leaf without a rule": (
        cut('rule = { type = "given", scale = 100 }', ""),
        pi.MethodologyFaults,
        ["criterion 2, rule: has no criteria below it, expected a rule"],
    ),
    "rule on an inner node": (
        cut("max = 90                            #", 'rule = { type = "given" }\nmax = 90 #'),
        pi.MethodologyFaults,
        ["criterion 1, rule: has criteria below it, the rule belongs to them"],
    ),
    "boolean as a number": (
        cut("max = 60", "max = true"),
        pi.MethodologyFaults,
        ["criterion 1.1, max: True is a truth value, expected a number"],
    ),
    "NaN": (cut("max = 60", "max = nan"), pi.MethodologyFaults, ["criterion 1.1, max: 'NaN' is not a number"]),
    "rate as a number": (
        cut('from = "80%"', "from = 0.8"),
        pi.MethodologyFaults,
        ["criterion 1.1, rule.from:", 'is not a rate, expected a percent in quotes such as "80%"'],
    ),
    "date as a number": (
        cut("max = 60", "max = 2024-01-01"),
        pi.MethodologyFaults,
        ["criterion 1.1, max:", "expected a number"],
    ),
    "date as a text": (
        cut('edition = "2024"', "edition = 2024-01-01"),
        pi.MethodologyFaults,
        ["edition: expected text, found a date"],
    ),
    "array as a table": (
        cut('title = { vi = "Chỉ số CCHC cấp huyện (ví dụ)", en = "District PAR INDEX (example)" }', "title = []"),
        pi.MethodologyFaults,
        ["title: expected a table, found a list"],
    ),
    "table as an array": (
        cut("years = [2024, 2025]", "years = {}"),
        pi.MethodologyFaults,
        ["years: expected a list, found a table"],
    ),
    "rule as an array": (
        cut('rule = { type = "given", scale = 100 }', "rule = []"),
        pi.MethodologyFaults,
        ["criterion 2, rule: expected a table, found a list"],
    ),
    "rule type as an array": (
        cut('type = "given"', 'type = ["given"]'),
        pi.MethodologyFaults,
        ["criterion 2, rule.type: ['given'] is no rule"],
    ),
    "id in capitals": (
        cut('id = "1.2"', 'id = "1.A"'),
        pi.MethodologyFaults,
        ["criterion 1.A, id: '1.A' is not an id"],
    ),
    "id with a letter that looks alike": (
        cut('key = "late"', 'key = "lаte"'),
        pi.MethodologyFaults,
        ["criterion 1.2, rule.faults[0].key: 'lаte' is not a key"],
    ),
    "unknown limit": (
        cut('grade_at_most = "kha"', 'grade_at_most = "ka"'),
        pi.MethodologyFaults,
        ["event[0].grade_at_most: no grade has the key 'ka'; did you mean 'kha'?"],
    ),
    "many at once": (
        cut("max = 30", 'max = "x"', cut("max = 60", "max = true", cut("revision = 1", "revison = 1"))),
        pi.MethodologyFaults,
        ["revison: unknown key; did you mean 'revision'?", "criterion 1.1, max:", "criterion 1.2, max:"],
    ),
}


@pytest.mark.parametrize(("text", "kind", "messages"), BAD_METHODOLOGY.values(), ids=BAD_METHODOLOGY)
def test_bad_methodology(tmp_path: Path, text: str | bytes, kind: type[pi.ParindexError], messages: list[str]) -> None:
    """A methodology file that cannot be read raises its own exception, with all faults and the name of the file."""
    file = kept(tmp_path, "tiêu chí.toml", text)
    with pytest.raises(kind) as caught:
        pi.read_methodology(file)
    assert file in refusal(caught.value)
    for message in messages:
        assert message in refusal(caught.value)
    for leak in ("Error", "NoneType", "<class", "object has no attribute", "unhashable", "set_int_max_str_digits"):
        assert leak not in refusal(caught.value)


@pytest.mark.parametrize("command", ["show", "check", "template", "score", "explain"])
@pytest.mark.parametrize(
    ("text", "messages"), [(text, messages) for text, _, messages in BAD_METHODOLOGY.values()], ids=BAD_METHODOLOGY
)
def test_bad_methodology_at_the_command_line(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    command: str,
    text: str | bytes,
    messages: list[str],
) -> None:
    """Every command exits 2 with the same message on standard error and nothing on standard output."""
    file = kept(tmp_path, "m.toml", text)
    more = {"score": [kept(tmp_path, "a.csv", OBSERVED)], "explain": [kept(tmp_path, "a.csv", OBSERVED), "--unit", "A"]}
    said = told(capsys, command, file, *more.get(command, []), "--json")
    for message in [file, *messages]:
        assert message in said


BROKEN_SUMS = cut("max = 60", "max = 50")
HIDDEN = cut(
    'rule = { type = "ratio", from = "80%", full_at = "100%", zero_total = "not-applicable" }',
    'rule = { type = "bands", bands = [{ from = "70%", points = 60 }, { from = "90%", points = 20 }, { points = 0 }] }',
)
FROM_ABOVE = cut('full_at = "100%"', 'full_at = "70%"')
HOLE = cut('[[grade]]\nkey = "kha"\nvi = "Khá"\nen = "Fair"\nfrom = 0\n', "", cut('grade_at_most = "kha"\n', ""))
UNCITED = cut('cite = { source = "qd-1", at = "Phụ lục, mục 2" }\n', "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BROKEN_SUMS, "maxima-mismatch"),
        (cut("total = 100", "total = 99"), "total-mismatch"),
        (cut("max = 10\nself_assessed", "max = 11\nself_assessed"), "origin-mismatch"),
        (HIDDEN, "band-hidden"),
        (FROM_ABOVE, "from-above-full"),
        (HOLE, "grade-hole"),
        (UNCITED, "citation-missing"),
    ],
)
def test_wrong_but_legal(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, code: str) -> None:
    """What is legal but wrong is named by check, which exits 1, and refused by score, naming it."""
    m = pi.parse_methodology(text)
    assert code in [finding.code for finding in pi.check(m)]
    file, table = kept(tmp_path, "m.toml", text), kept(tmp_path, "a.csv", OBSERVED)
    assert cli.main(["check", file]) == 1
    assert f"[{code}]" in capsys.readouterr().out
    (assessment,) = pi.parse_assessments(OBSERVED, m)
    for call in (lambda: pi.score(m, assessment), lambda: pi.score_many(m, [assessment])):
        with pytest.raises(pi.RefusedError) as caught:
            call()
        assert f"[{code}]" in str(caught.value)
        assert caught.value.findings == m.errors
    for arguments in (["score", file, table], ["explain", file, table, "--unit", "Thị xã A"]):
        assert f"[{code}]" in told(capsys, *arguments)


# Observations


BAD_OBSERVATIONS: dict[str, tuple[str, str, list[str]]] = {
    "negative count": (EXAMPLE, HEADER + "A,190,200,-1,0,88\n", ["line 2, unit 'A', 1.2:late: -1 is negative"]),
    "done above total": (
        EXAMPLE,
        HEADER + "A,201,200,1,0,88\n",
        ["line 2, unit 'A', 1.1:done: 201 is above total 200"],
    ),
    "half a count": (
        EXAMPLE,
        HEADER + "A,190,200,0.5,0,88\n",
        ["line 2, unit 'A', 1.2:late: 0.5 is not a whole number"],
    ),
    "percent of 0.95": (
        EXAMPLE,
        "unit,1.1:percent,1.2:late,1.2:absent,2:value\nA,0.95,1,0,88\n",
        ["line 2, unit 'A', 1.1:percent: 0.95 is ambiguous: write 0.95% or 95%"],
    ),
    "percent above 100": (
        EXAMPLE,
        "unit,1.1:percent,1.2:late,1.2:absent,2:value\nA,101%,1,0,88\n",
        ["line 2, unit 'A', 1.1:percent: 101 is above 100"],
    ),
    "NaN": (EXAMPLE, HEADER + "A,nan,200,1,0,88\n", ["line 2, unit 'A', 1.1:done: 'nan' is not a number"]),
    "infinity": (EXAMPLE, HEADER + "A,190,200,1,0,inf\n", ["line 2, unit 'A', 2:value: 'inf' is not a number"]),
    "boolean": (EXAMPLE, HEADER + "A,TRUE,200,1,0,88\n", ["line 2, unit 'A', 1.1:done: 'TRUE' is not a number"]),
    "a spreadsheet's fault": (EXAMPLE, HEADER + "A,#DIV/0!,200,1,0,88\n", ["1.1:done: '#DIV/0!' is not a number"]),
    "above the scale": (EXAMPLE, HEADER + "A,190,200,1,0,100.01\n", ["2:value: 100.01 is above 100"]),
    "unknown level": (
        GRADUATED,
        LEVELS + "A,totx,1,0,88\n",
        ["line 2, unit 'A', 1.1:level: 'totx' is none of tot, kem; did you mean 'tot'?"],
    ),
    "a unit twice": (EXAMPLE, OBSERVED + ROW, ["line 3, unit 'Thị xã A': stands twice, first on line 2"]),
    "two stages": (
        EXAMPLE,
        HEADER.replace("unit,", "unit,stage,") + "A,self,190,200,1,0,88\nA,final,190,200,1,0,88\n",
        ["holds several stages (final, self): choose one with stage="],
    ),
    "two periods": (
        EXAMPLE,
        HEADER.replace("unit,", "unit,period,") + "A,2023,190,200,1,0,88\nA,2024,190,200,1,0,88\n",
        ["holds several periods (2023, 2024): choose one with period="],
    ),
    "unknown criterion": (
        EXAMPLE,
        "unit,criterion,input,value\nA,1.3,done,1\n",
        ["line 2, unit 'A', 1.3:done: there is no such criterion; did you mean"],
    ),
    "unknown column": (
        EXAMPLE,
        OBSERVED.replace("1.2:late", "1.2:lat"),
        ["unknown column '1.2:lat', expected 1.2:late, 1.2:absent; did you mean '1.2:late'?"],
    ),
    "both decimal marks": (
        EXAMPLE,
        OBSERVED.replace(",", ";").replace(";88", ";88,5") + "B;190;200;1;0;87.5\n",
        ["column 2:value: '88,5' is written with ','", "and '87.5' (line 3) has it: both marks in one column"],
    ),
    "the other decimal mark": (
        EXAMPLE,
        OBSERVED.replace(",", ";").replace(";88", ";88,5"),
        ["say decimal=',' if the whole file is written so"],
    ),
    "missing": (
        EXAMPLE,
        HEADER + "A,190,,1,,88\n",
        ["unit 'A', 1.1:total: is missing", "unit 'A', 1.2:absent: is missing"],
    ),
    "unknown event": (
        EXAMPLE,
        "unit,criterion,input,value\nA,,event,reprimnd\nA,1.1,percent,90\nA,1.2,late,0\nA,1.2,absent,0\nA,2,value,1\n",
        ["unit 'A': the event 'reprimnd' is not declared; did you mean 'reprimand'?"],
    ),
    "many at once": (
        EXAMPLE,
        HEADER + "A,201,200,-1,0,88\n,1,1,1,1,1\nB,1,1,x,0,101\n",
        [
            "line 2, unit 'A', 1.1:done: 201 is above total 200",
            "line 2, unit 'A', 1.2:late: -1 is negative",
            "line 3: the name of the unit is empty",
            "line 4, unit 'B', 1.2:late: 'x' is not a number",
            "line 4, unit 'B', 2:value: 101 is above 100",
        ],
    ),
}


@pytest.mark.parametrize(("methodology", "table", "messages"), BAD_OBSERVATIONS.values(), ids=BAD_OBSERVATIONS)
def test_bad_observations(tmp_path: Path, methodology: str, table: str, messages: list[str]) -> None:
    """Observations that cannot be scored raise all their faults, each with its line, unit and input."""
    m = pi.parse_methodology(methodology)
    with pytest.raises(pi.ObservationFaults) as caught:
        pi.score_many(m, pi.read_assessments(kept(tmp_path, "số liệu.csv", table), m))
    assert len(caught.value.exceptions) >= 1
    for message in messages:
        assert message in refusal(caught.value)


@pytest.mark.parametrize(("methodology", "table", "messages"), BAD_OBSERVATIONS.values(), ids=BAD_OBSERVATIONS)
def test_bad_observations_at_the_command_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, methodology: str, table: str, messages: list[str]
) -> None:
    """Score and explain exit 2 with the same faults, and write nothing half."""
    file, observed, output = kept(tmp_path, "m.toml", methodology), kept(tmp_path, "a.csv", table), tmp_path / "ra.txt"
    output.write_text("giữ nguyên", "utf-8")
    for command in (["score"], ["explain", "--unit", "A"], ["score", "--json"], ["score", "-o", str(output)]):
        said = told(capsys, *command, file, observed)
        for message in messages:
            assert message in said
    assert output.read_text("utf-8") == "giữ nguyên"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.csv", "m.toml", "ra.txt"]


BAD_TABLES: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "is empty"),
    "blank": ("\n \n", "is empty"),
    "not UTF-8": (OBSERVED.encode("utf-16"), "is not UTF-8"),
    "a Windows code page": (b"unit,2:value\nTh\xdf x\xe3,1\n", 'line 2: is not UTF-8; save it again as "CSV UTF-8"'),
    "no header": ("1,2,3\n", "expected a header with a column 'unit'"),
    "an open quote": (HEADER + '"A,1\n', "line 2: is not CSV"),
    "a column twice": ("unit,2:value,2:value\nA,1,1\n", "the column '2:value' stands twice"),
    "too many cells": ("unit,2:value\nA,1,1\n", "line 2 has 3 cells, the header has 2"),
    "a workbook": (b"PK\x03\x04\x14\x00\x06\x00\xff\xfe", "is not UTF-8"),
    "a NUL": ("unit,2:value\nA,1\x00\n", "'1\\x00' is not a number"),
}


@pytest.mark.parametrize(("content", "message"), BAD_TABLES.values(), ids=BAD_TABLES)
def test_bad_table(capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str | bytes, message: str) -> None:
    """What is no table is refused by the library and at the command line, with the name of the file."""
    m = pi.parse_methodology(EXAMPLE)
    file = kept(tmp_path, "a.csv", content)
    with pytest.raises(pi.ParindexError) as caught:
        pi.read_assessments(file, m)
    assert message in refusal(caught.value)
    assert file in refusal(caught.value)
    assert message in told(capsys, "score", kept(tmp_path, "m.toml", EXAMPLE), file)


def test_numbers_in_memory() -> None:
    """NaN, infinities and truth values are refused as numbers of an assessment too."""
    m = pi.parse_methodology(EXAMPLE)
    with pytest.raises(pi.ObservationFaults, match="cannot be kept"):
        pi.Assessment("A", {"2": {"value": float("nan")}})
    with pytest.raises(pi.ObservationFaults, match="cannot be kept"):
        pi.Assessment("A", {"2": {"value": float("-inf")}})
    with pytest.raises(pi.ObservationFaults) as caught:
        pi.score(m, pi.Assessment("A", {"2": {"value": True}}), partial=True)
    assert refusal(caught.value).endswith("- unit 'A', 2:value: True is a truth value, expected a number")


# Files that cannot be read or written


def test_files_that_are_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A missing file and a directory are refused by name, as methodology and as input."""
    m = pi.parse_methodology(EXAMPLE)
    missing, folder = str(tmp_path / "không có.toml"), str(tmp_path)
    for path, message in (
        (missing, f"{missing}: there is no such file"),
        (folder, f"{folder}: is a directory, expected a file"),
        (f"{missing}\0", "cannot be read"),
    ):
        with pytest.raises(pi.FileError) as caught:
            pi.read_methodology(path)
        assert message in str(caught.value)
        with pytest.raises(pi.FileError) as caught:
            pi.read_assessments(Path(path), m)
        assert message in str(caught.value)
    example = kept(tmp_path, "m.toml", EXAMPLE)
    assert f"{missing}: there is no such file" in told(capsys, "show", missing)
    assert f"{folder}: is a directory" in told(capsys, "show", folder)
    assert f"{missing}: there is no such file" in told(capsys, "score", example, missing)
    assert f"{folder}: is a directory" in told(capsys, "score", example, folder)
    assert "cannot be read" in told(capsys, "score", example, "a\0b")
    assert "cannot be read" in told(capsys, "show", "a\0b.toml")


def test_path_too_long(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A path that the system refuses is told with the system's reason."""
    example = kept(tmp_path, "m.toml", EXAMPLE)
    assert "cannot be read" in told(capsys, "score", example, "x" * 5000)
    assert "x" * 40 in told(capsys, "show", "x" * 5000)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission(tmp_path: Path) -> None:
    """A file that may not be read is refused with the system's reason."""
    file = tmp_path / "m.toml"
    file.write_text(EXAMPLE, "utf-8")
    file.chmod(0)
    with pytest.raises(pi.FileError, match="cannot be read"):
        pi.read_methodology(file)


def test_file_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the bound is refused before it is read."""
    monkeypatch.setattr("parindex._files.text.MAX_BYTES", 10)
    with pytest.raises(pi.FileError, match="11 bytes are more than the 10 that are read"):
        pi.read_methodology(kept(tmp_path, "m.toml", "x" * 11))


@pytest.mark.parametrize("place", ["absent/ra.txt", "m.toml/ra.txt", "", "x" * 300, "a\0b"])
def test_output_that_cannot_be_written(capsys: pytest.CaptureFixture[str], tmp_path: Path, place: str) -> None:
    """An output path that cannot be written exits 2, and leaves nothing half-written behind."""
    example = kept(tmp_path, "m.toml", EXAMPLE)
    said = told(capsys, "check", example, "-o", f"{tmp_path}/{place}")
    assert "cannot be written" in said or "is no name of a file to write" in said
    assert [each.name for each in tmp_path.iterdir()] == ["m.toml"]
    assert Path(example).read_text("utf-8") == EXAMPLE


@pytest.mark.parametrize("place", ["/", ".", ".."])
def test_output_to_a_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """A folder is no output file."""
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    assert f"{place!r}: is no name of a file to write" in told(capsys, "catalog", "-o", place)
    assert [each.name for each in tmp_path.rglob("*")] == ["in"]


# The catalogue


@pytest.mark.parametrize(
    ("arguments", "messages"),
    [
        (["vn.par.ministri"], ["the catalogue has no 'vn.par.ministri'; did you mean 'vn.par.ministry'?"]),
        (["zzz"], [f"the catalogue has no 'zzz'; there are {', '.join(sorted({each.id for each in pi.catalog()}))}"]),
        (
            ["vn.par.ministry@2021"],
            ["vn.par.ministry has no edition '2021'; there are vn.par.ministry@2012 (2012,", "@2022 (2022, 2023)"],
        ),
        (["vn.par.ministry@"], ["vn.par.ministry has no edition ''"]),
        (
            ["vn.pci.province"],
            ["vn.pci.province has several editions, state a year or one of them: vn.pci.province@2006 (2006,"],
        ),
        (
            ["vn.pci.province", "--year", "2011"],
            [
                "vn.pci.province has no edition for 2011",
                "vn.pci.province@2009 (2009, 2010, 2012)",
                "vn.pci.province@2013 (2013,",
            ],
        ),
        (["vn.par.ministry@2022", "--year", "2021"], ["vn.par.ministry@2022 applies to 2022, 2023, not to 2021"]),
        (["vn.par.ministry", "--year", "1999"], ["vn.par.ministry has no edition for 1999"]),
    ],
)
def test_unknown_edition(capsys: pytest.CaptureFixture[str], arguments: list[str], messages: list[str]) -> None:
    """An edition or year that the catalogue does not have is refused, saying which exist."""
    year = int(arguments[2]) if len(arguments) > 1 else None
    with pytest.raises(pi.CatalogError) as caught:
        pi.load(arguments[0], year=year)
    said = told(capsys, "show", *arguments)
    for message in messages:
        assert message in str(caught.value)
        assert message in said


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("example:ministries-2024", "there is no example 'ministries-2024'; did you mean 'ministries-2023'?"),
        ("example:zzz", "there is no example 'zzz'; there are ministries-2023"),
        ("example:", "there is no example ''"),
        ("example:../examples.toml", "there is no example"),
    ],
)
def test_unknown_example(capsys: pytest.CaptureFixture[str], name: str, message: str) -> None:
    """An example that does not ship is refused with the near miss."""
    with pytest.raises(pi.CatalogError) as caught:
        pi.example(name)
    assert message in str(caught.value)
    assert message in told(capsys, "score", "vn.par.ministry@2022", name)


def test_year_of_a_file_is_not_ignored(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A year that a methodology file does not apply to is refused, as it is for an edition of the catalogue."""
    file, table = kept(tmp_path, "m.toml", EXAMPLE), kept(tmp_path, "a.csv", OBSERVED)
    assert "2024, 2025" in told(capsys, "score", file, table, "--year", "1999")


# In a process of its own


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "zzz"],
        ["score", "vn.par.ministry@2022", "absent.csv"],
        ["check", "."],
        ["score", "vn.par.ministry@2022", "-"],
    ],
)
def test_no_traceback(arguments: list[str]) -> None:
    """No traceback reaches the streams of a process, which exits 2."""
    command = [sys.executable, "-m", "parindex", *arguments]
    done = subprocess.run(command, input=b"\xff\xfe\x00", capture_output=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"parindex: ")
    assert b"Traceback" not in done.stderr


def test_argument_that_is_not_utf8() -> None:
    """A unit named in bytes that are not UTF-8 is told without a traceback."""
    command = [
        sys.executable.encode(),
        b"-m",
        b"parindex",
        b"explain",
        b"vn.par.ministry@2022",
        b"example:ministries-2023",
        b"--unit",
        b"B\xff",
    ]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"parindex: " in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["show"], ["show", "--json"], ["check", "--json"]])
def test_half_a_character(arguments: list[str], tmp_path: Path) -> None:
    """Text with half of a surrogate pair, which no file can hold, is refused without a traceback."""
    text = pi.dumps(pi.parse_methodology(EXAMPLE)).replace("Tốt", "\\ud800")
    assert "\\ud800" in text
    file = kept(tmp_path, "m.json", text)
    command = [sys.executable, "-m", "parindex", arguments[0], file, *arguments[1:]]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


def test_text_with_a_byte_order_mark() -> None:
    """A byte-order mark before the text of a methodology is passed over, in text as in files."""
    assert pi.parse_methodology("\ufeff" + EXAMPLE) == pi.parse_methodology(EXAMPLE)


# Documents of values


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "x = 1",
        '{"format": "parindex.scores/1"}',
        '{"format": ["parindex.text/1"]}',
        '{"format": "parindex.text/1", "vi": 1}',
        '{"format": "parindex.text/1", "vn": "x"}',
        '{"format": "parindex.rule/1"}',
        '{"format": "parindex.rule/1", "rule": 5}',
        '{"format": "parindex.rule/1", "rule": {"type": "ration"}}',
        '{"format": "parindex.not-applicable/1"}',
        '{"format": "parindex.not-applicable/1", "not-applicable": 5}',
        '{"format": "parindex.bounds/1", "points": ["1", "2"], "index": ["1/1", null], "tight": true}',
        '{"format": "parindex.bounds/1", "points": 5, "index": ["1/1", null], "tight": true}',
        '{"format": "parindex.assessment/1", "unit": "A", "observations": {"1": 5}}',
        '{"format": "parindex.assessment/1", "unit": "A", "observations": {"1": {"not-applicable": 5}}}',
        '{"format": "parindex.assessment/1", "unit": "A", "observations": []}',
        '{"format": "parindex.assessment/1", "unit": ""}',
        '{"format": "parindex.assessment/1", "unit": "A", "stage": "selff"}',
        '{"format": "parindex.scorecard/1"}',
        '{"format": "parindex.scorecard/1", "methodology": 5}',
        '{"format": "parindex.scoreboard/1", "methodology": 5, "cards": 5}',
        '{"format": "parindex.methodology/1"}',
    ],
)
def test_document_of_no_value(text: str) -> None:
    """A document that holds no value is refused in the words of the format, never with those of the interpreter."""
    with pytest.raises(pi.ParindexError) as caught:
        pi.loads(text)
    for leak in ("NoneType", "object", "attribute", "argument", "iterable", "positional", "'int'", "unhashable"):
        assert leak not in refusal(caught.value)


def test_card_with_an_unknown_key() -> None:
    """A card with a key that cards do not have is refused with the near miss."""
    m = pi.parse_methodology(EXAMPLE)
    card = pi.score(m, pi.parse_assessments(OBSERVED, m)[0])
    with pytest.raises(pi.Faults) as caught:
        pi.loads(pi.dumps(card).replace('"status": "final"', '"statuss": "final"', 1))
    assert "did you mean 'status'?" in refusal(caught.value)


def test_no_value_of_the_library() -> None:
    """What is no value of the library is not written."""
    with pytest.raises(TypeError, match="int is no value of parindex"):
        pi.dumps(5)


# Errors as values


def every_error() -> list[pi.ParindexError]:
    """Return one error of each kind."""
    fault = pi.Fault("là sai", place=pi.Place(file="a.csv", line=3, unit="A", at="1:x"), hint="y")
    return [
        pi.ParindexError("x"),
        pi.NumberError("x", found="y"),
        fault,
        pi.Fault("không có chỗ"),
        pi.FileError("x"),
        pi.CatalogError("x"),
        pi.PopulationError("x"),
        pi.RefusedError("x", findings=["y"]),
        pi.Faults("x", [fault]),
        pi.MethodologyFaults("x", [fault]),
        pi.ObservationFaults("x", [fault, pi.FileError("z")]),
    ]


@pytest.mark.parametrize("error", every_error(), ids=lambda error: type(error).__name__)
def test_errors_are_pickled(error: pi.ParindexError) -> None:
    """Every error survives pickling with its text and data."""
    again: Any = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(again) is type(error)
    assert str(again) == str(error)
    for name in ("message", "place", "hint", "found", "findings"):
        assert getattr(again, name, None) == getattr(error, name, None)
    assert isinstance(error, ValueError)


def test_fault_says_where_what_and_what_was_meant() -> None:
    """A fault is told as place, message and near miss; what is not known is left out."""
    fault = pi.Fault("là sai", place=pi.Place(file="a.csv", line=3, unit="A", at="1:x"), hint="y")
    assert str(fault) == "a.csv line 3, unit 'A', 1:x: là sai; did you mean 'y'?"
    assert str(pi.Fault("là sai")) == "là sai"
    assert str(pi.Place(line=3)) == "line 3"
    assert str(fault.within(file="b.csv", unit="B")) == str(fault)
    assert str(pi.Fault("là sai").within(file="b.csv", line=1)) == "b.csv line 1: là sai"


def test_faults_can_be_split() -> None:
    """A part of a group of faults is a group of the same kind."""
    group = every_error()[-1]
    assert isinstance(group, pi.ObservationFaults)
    match, rest = group.split(pi.Fault)
    assert isinstance(match, pi.ObservationFaults)
    assert isinstance(rest, pi.ObservationFaults)
    assert str(rest) == "x\n- z"


def test_near_miss() -> None:
    """The near miss is the word most alike, or nothing."""
    assert near("from", ["form", "full_at"]) == "form"
    assert near("zzz", ["form"]) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '{"format": "parindex.bounds/1", "points": ["1/1"], "index": [null, null], "tight": true}',
            "expected 2 items",
        ),
        ('{"format": "parindex.rule/1", "rule": {"type": "given", "scale": 5}}', "5 is not text of the form n/d"),
        ('{"format": "parindex.scoreboard/1", "methodology": METHODOLOGY, "cards": [5]}', "expected a table"),
        ('{"format": "parindex.scoreboard/1", "methodology": METHODOLOGY, "cards": [], "x": 1}', "x: unknown key"),
        ('{"format": "parindex.scorecard/1", "methodology": METHODOLOGY}', "assessment: is missing"),
        ('{"format": "parindex.scorecard/1", "methodology": 5}', "expected a table, found a number"),
    ],
)
def test_documents_are_read_whole(text: str, told: str) -> None:
    """A document of a result that is cut short, mistyped or has a key too many is refused with the place."""
    methodology = pi.dumps(pi.load("vn.par.ministry@2022"))
    with pytest.raises(pi.Faults) as caught:
        pi.loads(text.replace("METHODOLOGY", methodology))
    assert told in str(caught.value)


def test_a_node_without_observations_is_read_back() -> None:
    """A node whose observations are null has none."""
    node = pi.loads('{"format": "parindex.node/1", "id": "1", "status": "provisional", "observed": null}')
    assert node == pi.NodeScore(id="1", status=pi.Status.PROVISIONAL)


def test_lines_of_entries_that_are_no_tables_are_left_out() -> None:
    """A list of criteria that holds something else still tells the lines it knows."""
    with pytest.raises(pi.MethodologyFaults) as caught:
        pi.parse_methodology('format = "parindex.methodology/1"\ncriterion = [5]\n')
    assert "criterion[0]: expected a table" in str(caught.value)
