"""The command line: every command in text and JSON, its options, its exit codes and its streams."""

# mypy: no-strict-equality
# A Fraction equals the whole number it is.

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import parindex as pi
from parindex import cli

EXAMPLE = str(Path(__file__).parent / "data" / "design-example.toml")
OBSERVED = (
    "unit,1.1:done,1.1:total,1.2:late,1.2:absent,2:value\n"
    "Thị xã A,190,200,1,0,88\n"
    "Huyện B,100,200,0,1,not-applicable: chưa khảo sát\n"
)


@pytest.fixture
def observed(tmp_path: Path) -> str:
    """Return the path of a wide table of two units."""
    file = tmp_path / "quan-sat.csv"
    file.write_text(OBSERVED, "utf-8")
    return str(file)


class Run:
    """Runs commands in this process and keeps what they said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str, code: int = 0) -> str:
        """Return standard output; a code of 0 leaves standard error empty."""
        assert cli.main(arguments) == code
        told = self.capsys.readouterr()
        assert code or told.err == ""
        return told.out

    def json(self, *arguments: str, code: int = 0) -> Any:
        """Return the one document that a command prints."""
        return json.loads(
            self(*arguments, "--json", code=code), parse_float=lambda text: pytest.fail(f"a number: {text}")
        )

    def refused(self, *arguments: str) -> str:
        """Return what is told on standard error for bad input, with nothing on standard output."""
        assert cli.main(arguments) == 2
        told = self.capsys.readouterr()
        assert told.out == ""
        return told.err

    def usage(self, *arguments: str) -> str:
        """Return what is told on standard error for bad usage."""
        with pytest.raises(SystemExit) as stopped:
            cli.main(arguments)
        told = self.capsys.readouterr()
        assert (stopped.value.code, told.out) == (2, "")
        return told.err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs commands."""
    return Run(capsys)


# Catalog, show, check


def test_catalog(run: Run) -> None:
    """The catalogue lists every edition with years and completeness, and every example with its source."""
    text = run("catalog")
    for entry in pi.catalog():
        assert entry.name in text
        assert str(entry.title) in text
    for each in pi.examples():
        assert f"example:{each.name}  ({each.methodology}, " in text
        assert each.source in text
    assert "example:ministries-2023  (vn.par.ministry@2022, chính thức)" in text
    english = run("catalog", "--lang", "en")
    assert "outline, the known parts only" in english
    assert "example:ministries-2023  (vn.par.ministry@2022, official)" in english


def test_catalog_json(run: Run) -> None:
    """The catalogue as a document holds what catalog() holds."""
    document = run.json("catalog")
    assert document["format"] == "parindex.catalog/1"
    assert [(each["id"], each["edition"], tuple(each["years"])) for each in document["editions"]] == [
        (entry.id, entry.edition, entry.years) for entry in pi.catalog()
    ]
    assert set(document["editions"][0]) == {"id", "edition", "years", "unit_kind", "completeness", "title"}
    (example,) = [each for each in document["examples"] if each["name"] == "example:ministries-2023"]
    assert set(example) == {"name", "methodology", "status", "source", "url", "title"}
    assert example["methodology"] == "vn.par.ministry@2022"


def test_revision(run: Run, tmp_path: Path) -> None:
    """A revision is that of the catalogue or of the file; another one is refused with the one there is."""
    assert run.json("show", "vn.pci.province@2006", "--revision", "1")["revision"] == 1
    assert "vn.pci.province@2006 has no revision 2; there are 1" in run.refused(
        "show", "vn.pci.province@2006", "--revision", "2"
    )
    file = tmp_path / "own.toml"
    file.write_text(Path(EXAMPLE).read_text("utf-8"), "utf-8")
    assert run.json("show", str(file), "--revision", "1")["revision"] == 1
    assert "is revision 1 of vn.example.district@2024, not 2" in run.refused("show", str(file), "--revision", "2")


@pytest.mark.parametrize("entry", pi.catalog(), ids=lambda entry: entry.name)
def test_show_every_edition(run: Run, entry: pi.CatalogEntry) -> None:
    """Every edition is shown with its fingerprint and sources, in both languages and as its own document."""
    m = pi.load(entry.name)
    text = run("show", entry.name)
    assert m.fingerprint in text
    assert all(source.title in text for source in m.sources)
    assert m.fingerprint in run("show", entry.name, "--lang", "en")
    assert pi.parse_methodology(run("show", entry.name, "--json")) == m


def test_show_a_file(run: Run) -> None:
    """A file is shown with its tree, rules in words, leads, blocks and grades."""
    lines = run("show", EXAMPLE).splitlines()
    assert lines[:2] == ["Chỉ số CCHC cấp huyện (ví dụ)", "vn.example.district@2024, bản 1 (đầy đủ)"]
    assert "  1.1  Tỷ lệ hồ sơ giải quyết đúng hạn  (60)" in lines
    assert "      Chủ trì: Văn phòng UBND" in lines
    assert "[bonus] bonus: cộng, tối đa 3" in lines
    assert "Tốt: ≥ 80, không có tiêu chí 0 điểm" in lines
    assert "[bonus] bonus: adds, at most 3" in run("show", EXAMPLE, "--lang", "en")


RICH = """
format = "parindex.methodology/1"
id = "vn.giau"
edition = "2024"
years = [2024]
unit_kind = "district"
completeness = "outline"
total = "unknown"
title = { en = "Rich" }
note = { vi = "Ghi chú" }
policy = { headline = "points" }
source = [{ key = "qd", title = "Quyết định", status = "derived" }]
block = [{ id = "malus", effect = "subtract" }]
grade = [{ key = "a", from = 1, years = [2024], groups = ["x", "y"] }]
[[criterion]]
id = "1"
max = "unknown"
cite = { source = "qd" }
"""


def test_show_what_is_unknown(run: Run, tmp_path: Path) -> None:
    """Unknown maxima are a question mark, and grades say where they hold."""
    file = tmp_path / "rich.toml"
    file.write_text(RICH, "utf-8")
    lines = run("show", str(file)).splitlines()
    assert lines[2] == "Năm: 2024. Tổng điểm: ?."
    assert "Ghi chú" in lines
    assert "1  (?)" in lines
    assert "[malus] malus: trừ, không giới hạn" in lines
    assert "a: ≥ 1 (2024; x, y)" in lines


def test_check(run: Run) -> None:
    """Check prints findings and their count, and exits 0 without errors."""
    assert run("check", EXAMPLE).splitlines()[-1] == "vn.example.district@2024: 0 lỗi, 0 cảnh báo"
    english = run("check", "vn.par.ministry@2022", "--lang", "en")
    assert english.splitlines()[-1] == "vn.par.ministry@2022: 0 errors, 1 warning"


def test_check_errors_exit_1(run: Run, tmp_path: Path) -> None:
    """Errors of check are printed and exit 1."""
    file = tmp_path / "sai.toml"
    file.write_text(Path(EXAMPLE).read_text("utf-8").replace("max = 60", "max = 50"), "utf-8")
    text = run("check", str(file), code=1)
    assert "error: total: the criteria add up to 90, not to 100 [total-mismatch]" in text.splitlines()
    assert text.splitlines()[-1] == "vn.example.district@2024: 3 lỗi, 0 cảnh báo"
    document = run.json("check", str(file), code=1)
    assert document["format"] == "parindex.findings/1"
    assert set(document["methodology"]) == {"id", "edition", "revision", "fingerprint"}
    assert document["findings"][0] == {
        "code": "maxima-mismatch",
        "severity": "error",
        "place": "criterion 1, max",
        "message": "its parts add up to 80, not to its maximum 90",
    }
    assert run.json("check", EXAMPLE)["findings"] == []


# Score


UNIT_KEYS = {
    "unit",
    "points",
    "points_exact",
    "max_points",
    "max_points_exact",
    "index",
    "index_exact",
    "rank",
    "group",
    "grade",
    "status",
    "bounds",
    "nodes",
}
NODE_KEYS = {"points", "points_exact", "max_points", "max_points_exact", "index", "rank", "status"}


def test_score_json(run: Run, observed: str) -> None:
    """The scores are a document of exactly the stated keys, in input order: decimal strings, integers and nulls."""
    document = run.json("score", EXAMPLE, observed)
    assert list(document) == ["format", "methodology", "units"]
    assert document["format"] == "parindex.scores/1"
    assert document["methodology"] == {
        "id": "vn.example.district",
        "edition": "2024",
        "revision": 1,
        "fingerprint": pi.read_methodology(EXAMPLE).fingerprint,
    }
    first, second = document["units"]
    for each in (first, second):
        assert set(each) == UNIT_KEYS
        assert all(set(node) == NODE_KEYS for node in each["nodes"].values())
        assert list(each["nodes"]) == ["1", "1.1", "1.2", "2"]
    assert {key: value for key, value in first.items() if key != "nodes"} == {
        "unit": "Thị xã A",
        "points": "90.80",
        "points_exact": "454/5",
        "max_points": "100.00",
        "max_points_exact": "100/1",
        "index": "90.80",
        "index_exact": "454/5",
        "rank": 1,
        "group": None,
        "grade": "tot",
        "status": "final",
        "bounds": None,
    }
    assert first["nodes"]["1"] == {
        "points": "82.00",
        "points_exact": "82/1",
        "max_points": "90.00",
        "max_points_exact": "90/1",
        "index": "91.11",
        "rank": 1,
        "status": "final",
    }
    # Huyện B: 100/200 is below 80 %, 30 - 10 = 20 of 90
    assert (second["points"], second["index"], second["index_exact"], second["grade"]) == (
        "20.00",
        "22.22",
        "200/9",
        "kha",
    )
    assert second["nodes"]["2"] == {
        "points": None,
        "points_exact": None,
        "max_points": None,
        "max_points_exact": None,
        "index": None,
        "rank": None,
        "status": "not-applicable",
    }


def test_score_json_of_a_provisional_unit(run: Run, tmp_path: Path) -> None:
    """A provisional unit has bounds as two pairs, and null where nothing is known."""
    file = tmp_path / "a.csv"
    file.write_text("unit,1.1:done,1.1:total,1.2:late,1.2:absent,2:value,group\nA,200,200,0,0,,x\n", "utf-8")
    (unit,) = run.json("score", EXAMPLE, str(file), "--partial")["units"]
    assert unit["bounds"] == {"points": ["90.00", "100.00"], "index": ["90.00", "100.00"]}
    assert (unit["status"], unit["points"], unit["index"], unit["rank"], unit["grade"], unit["group"]) == (
        "provisional",
        None,
        None,
        None,
        None,
        "x",
    )
    assert unit["nodes"]["1"]["points"] == "90.00"
    assert unit["nodes"]["2"]["status"] == "provisional"
    assert "90,00–100,00" in run("score", EXAMPLE, str(file), "--partial")


def test_score_json_of_nothing_applicable(run: Run, tmp_path: Path) -> None:
    """Where nothing applies every figure is null."""
    file = tmp_path / "a.csv"
    file.write_text("unit,1.1:done,1.2:late,2:value\nA,not-applicable,not-applicable,not-applicable\n", "utf-8")
    (unit,) = run.json("score", EXAMPLE, str(file))["units"]
    assert unit["status"] == "not-applicable"
    assert [unit[key] for key in ("points", "points_exact", "max_points", "index", "rank", "grade", "bounds")] == [
        None
    ] * 7
    assert "–" in run("score", EXAMPLE, str(file))


def test_score_text(run: Run, observed: str) -> None:
    """The ranking is a table that names unit, domains, points, index and grade, with the mean and the source."""
    lines = run("score", EXAMPLE, observed).splitlines()
    assert lines[3].split() == ["Hạng", "Đơn", "vị", "1", "2", "Điểm", "Chỉ", "số", "%", "Xếp", "loại"]
    assert lines[5].split() == ["1", "Thị", "xã", "A", "82,00", "8,80", "90,80", "90,80", "Tốt"]
    assert lines[6].split() == ["2", "Huyện", "B", "20,00", "–", "20,00", "22,22", "Khá"]
    assert "Trung bình 2 đơn vị: 56,51 %" in lines
    assert lines[-1] == "Căn cứ: Quyết định 1/QĐ-UBND, UBND tỉnh, 15/01/2024 (minh họa)"
    english = run("score", EXAMPLE, observed, "--lang", "en").splitlines()
    assert english[5].split() == ["1", "Thị", "xã", "A", "82.00", "8.80", "90.80", "90.80", "Good"]
    assert "Mean of 2 units: 56.51 %" in english


def test_score_text_of_groups_and_unranked(run: Run, tmp_path: Path) -> None:
    """Groups have a column, and units that are not ranked are told with their reason, last."""
    file = tmp_path / "a.csv"
    file.write_text(
        "unit,criterion,input,value,group\nA,2,value,1,x\nA,,unranked,thí điểm,\n"
        "A,1.1,percent,100%,\nA,1.2,late,0,\nA,1.2,absent,0,\n"
        "B,2,value,1,\nB,1.1,percent,100%,\nB,1.2,late,0,\nB,1.2,absent,0,\n",
        "utf-8",
    )
    lines = run("score", EXAMPLE, str(file)).splitlines()
    assert "Nhóm" in lines[3]
    assert lines[5].split()[:2] == ["1", "B"]
    assert lines[6].split()[:3] == ["–", "A", "x"]
    assert "A: không xếp hạng (thí điểm)" in lines
    assert "A: not ranked (thí điểm)" in run("score", EXAMPLE, str(file), "--lang", "en").splitlines()


def test_narrow_terminal_drops_the_domains(run: Run, observed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal too narrow for the domains they are left out."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "44")
    assert "82,00" not in run("score", EXAMPLE, observed)
    monkeypatch.setenv("COLUMNS", "200")
    assert "82,00" in run("score", EXAMPLE, observed)


def test_ministries(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    """The packaged example scores, and its result columns are passed over with one line of the log."""
    lines = run("score", "vn.par.ministry@2022", "example:ministries-2023").splitlines()
    assert lines[5].split() == ["1", "Bộ", "Tư", "pháp", "61,86", "28,10", "89,96", "89,96"]
    assert [record.getMessage() for record in caplog.records] == [
        "example:ministries-2023: result columns passed over: index, rank"
    ]


def test_ministries_ignore_the_decimal_mark_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Packaged examples are written with points, whatever --decimal says of files."""
    assert cli.main(["score", "vn.par.ministry@2022", "example:ministries-2023", "--decimal", ","]) == 0
    assert "Bộ Tư pháp" in capsys.readouterr().out


# Explain


def test_explain_all(run: Run, observed: str) -> None:
    """Explain tells the whole, the rank, and then every criterion."""
    lines = run("explain", EXAMPLE, observed, "--unit", "Thị xã A").splitlines()
    assert lines[0] == "Thị xã A: Chỉ số CCHC cấp huyện (ví dụ) (vn.example.district@2024)"
    assert "Thứ hạng: 1/2." in lines
    told = [line.split(" ")[0] for line in lines[lines.index("") + 1 :]]
    assert told == ["1", "1.1", "1.2", "2"]
    assert "Rank: 1/2." in run("explain", EXAMPLE, observed, "--unit", "Thị xã A", "--lang", "en").splitlines()


def test_explain_one(run: Run, observed: str) -> None:
    """Explain of one criterion is that one line, as the library tells it."""
    assert run("explain", EXAMPLE, observed, "--unit", "Thị xã A", "--criterion", "1.1") == (
        "1.1 Tỷ lệ hồ sơ giải quyết đúng hạn: 190/200 = 95,00 % ≥ 80 % nên được 60 × 95 % = 57,00 điểm (tối đa 60). "
        "Căn cứ: Phụ lục, mục 1.1, Quyết định 1/QĐ-UBND. Số liệu minh họa.\n"
    )


def test_explain_json(run: Run, observed: str) -> None:
    """Explain as a document has a text for each node, the whole under null."""
    document = run.json("explain", EXAMPLE, observed, "--unit", "Thị xã A", "--lang", "en")
    assert set(document) == {"format", "methodology", "unit", "lang", "explanations"}
    assert (document["format"], document["unit"], document["lang"]) == ("parindex.explanation/1", "Thị xã A", "en")
    assert [(each["criterion"], each["points_exact"]) for each in document["explanations"]] == [
        (None, "454/5"),
        ("1", "82/1"),
        ("1.1", "57/1"),
        ("1.2", "25/1"),
        ("2", "44/5"),
    ]
    (one,) = run.json("explain", EXAMPLE, observed, "--unit", "Huyện B", "--criterion", "2")["explanations"]
    assert one["points_exact"] is None
    assert "chưa khảo sát" in one["text"]


def test_explain_of_an_unranked_unit_tells_no_rank(run: Run, tmp_path: Path) -> None:
    """A provisional unit is explained without a rank."""
    file = tmp_path / "a.csv"
    file.write_text("unit,2:value\nA,5\n", "utf-8")
    text = run("explain", EXAMPLE, str(file), "--unit", "A", "--partial")
    assert "Tạm tính" in text
    assert "Thứ hạng" not in text


def test_explain_takes_a_unit_in_any_composition(run: Run, observed: str) -> None:
    """A unit named decomposed, as some keyboards write it, is found."""
    decomposed = "Thi\u0323 xa\u0303 A"
    assert "57,00 điểm" in run("explain", EXAMPLE, observed, "--unit", decomposed, "--criterion", "1.1")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--unit", "Thị xã B"], "there is no unit 'Thị xã B'; did you mean 'Thị xã A'?"),
        (["--unit", "Thị xã A", "--criterion", "1.3"], "has no node '1.3'; did you mean"),
    ],
)
def test_explain_near_miss(capsys: pytest.CaptureFixture[str], observed: str, arguments: list[str], told: str) -> None:
    """An unknown unit or criterion exits 2 with the near miss."""
    assert cli.main(["explain", EXAMPLE, observed, *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert told in said.err


# Template


@pytest.mark.parametrize(("decimal", "value"), [(".", "87.5"), (",", "87,5")])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_template_round_trip(run: Run, tmp_path: Path, decimal: str, value: str, lang: str) -> None:
    """The form, filled in, scores."""
    file = tmp_path / "mau.csv"
    run("template", EXAMPLE, "--unit", "Xã A", "--unit", "Xã B", "-o", str(file), "--decimal", decimal, "--lang", lang)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    separator = ";" if decimal == "," else ","
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig")), delimiter=separator))
    assert rows[0] == ["unit", "criterion", "input", "value", "note"]
    assert [row[:4] for row in rows[1:7]] == [
        ["Xã A", "1.1", "done", ""],
        ["Xã A", "1.1", "total", ""],
        ["Xã A", "1.1", "percent", ""],
        ["Xã A", "1.2", "late", ""],
        ["Xã A", "1.2", "absent", ""],
        ["Xã A", "2", "value", ""],
    ]
    values = {"done": "190", "total": "200", "percent": "", "late": "1", "absent": "0", "value": value}
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(rows[0])
    writer.writerows([*row[:3], values[row[2]], row[4]] for row in rows[1:])
    file.write_text(text.getvalue(), "utf-8-sig", newline="")
    units = run.json("score", EXAMPLE, str(file), "--decimal", decimal)["units"]
    # 57 + 25 + 8.75
    assert [(each["unit"], each["points"]) for each in units] == [("Xã A", "90.75"), ("Xã B", "90.75")]


def test_template_asks_in_words(run: Run, tmp_path: Path) -> None:
    """The note of each line says what belongs there: limits, options, yes or no."""
    file = tmp_path / "m.toml"
    file.write_text(
        RICH.replace('"outline"', '"full"')
        .replace('total = "unknown"', "total = 10")
        .replace('"points" }', '"index" }')
        + 'vi = "Một"\n'
        + 'rule = { type = "levels", levels = [{ key = "a", points = 1, vi = "Đạt" }, { key = "b", points = 0 }] }\n'
        '[[criterion]]\nid = "2"\nmax = 3\ncite = { source = "qd" }\n'
        'rule = { type = "checklist", items = [{ key = "c", points = 3 }] }\n'
        '[[criterion]]\nid = "3"\nmax = 6\ncite = { source = "qd" }\nrule = { type = "given" }\n'
        '[[criterion]]\nid = "4"\nmax = 0\ncite = { source = "qd" }\nrule = { type = "relative" }\n',
        "utf-8",
    )
    file.write_text(file.read_text("utf-8").replace('max = "unknown"', "max = 1"), "utf-8")
    rows = list(csv.reader(io.StringIO(run("template", str(file)))))
    assert [row[4] for row in rows[1:]] == [
        "Một: Mức đạt [a = Đạt; b = b]",
        "2: c [có/không]",
        "3: Điểm [≥ 0, ≤ 6]",
        "4: Giá trị",
    ]
    assert "yes/no" in run("template", str(file), "--lang", "en")


def test_template_json(run: Run) -> None:
    """The form as a document has every input of every leaf, enough to build a form."""
    document = run.json("template", EXAMPLE)
    assert document["format"] == "parindex.template/1"
    inputs = document["inputs"]
    assert [(each["criterion"], each["input"]) for each in inputs] == [
        ("1.1", "done"),
        ("1.1", "total"),
        ("1.1", "percent"),
        ("1.2", "late"),
        ("1.2", "absent"),
        ("2", "value"),
    ]
    assert inputs[0]["at_most"] == "total"
    assert inputs[2]["instead_of"] == ["done", "total"]
    assert (inputs[5]["low"], inputs[5]["high"], inputs[5]["max_points"]) == ("0", "100", "10")


# Options


@pytest.mark.parametrize(
    "arguments",
    [
        ["--json", "--lang", "en", "score", EXAMPLE, "INPUT"],
        ["score", "--json", "--lang", "en", EXAMPLE, "INPUT"],
        ["score", EXAMPLE, "--json", "INPUT", "--lang", "en"],
        ["--lang=en", "score", EXAMPLE, "INPUT", "--json"],
        ["--lang", "en", "score", EXAMPLE, "INPUT", "--json", "--decimal", "."],
    ],
)
def test_options_stand_anywhere(run: Run, observed: str, arguments: list[str]) -> None:
    """Options stand before the command, among its names or after them."""
    told = json.loads(run(*(observed if each == "INPUT" else each for each in arguments)))
    assert told["units"][0]["index"] == "90.80"


def test_options_before_the_command_hold(run: Run, observed: str) -> None:
    """An option before the command is not undone by the command's own default."""
    assert "Rank" in run("--lang", "en", "score", EXAMPLE, observed)
    assert "Hạng" in run("--lang", "en", "score", EXAMPLE, observed, "--lang", "vi")


def test_partial_before_the_input(run: Run, tmp_path: Path) -> None:
    """A command's own options stand anywhere after it too."""
    file = tmp_path / "a.csv"
    file.write_text("unit,2:value\nA,5\n", "utf-8")
    assert json.loads(run("score", "--partial", EXAMPLE, str(file), "--json"))["units"][0]["status"] == "provisional"


def test_decimal_comma(run: Run, tmp_path: Path) -> None:
    """With --decimal , the input is read with decimal commas."""
    file = tmp_path / "a.csv"
    file.write_text("unit;1.1:percent;1.2:late;1.2:absent;2:value\nA;95,5%;0;0;87,5\n", "utf-8-sig")
    (unit,) = run.json("score", EXAMPLE, str(file), "--decimal", ",")["units"]
    # 57.3 + 30 + 8.75
    assert unit["points"] == "96.05"


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash reads the observations from standard input, with or without a byte-order mark."""
    for mark in (b"", b"\xef\xbb\xbf"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(mark + OBSERVED.encode())))
        assert [each["unit"] for each in run.json("score", EXAMPLE, "-")["units"]] == ["Thị xã A", "Huyện B"]


def test_standard_input_not_utf8(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input that is not UTF-8 is refused with its line."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"unit\nTh\xe3\n")))
    assert cli.main(["score", EXAMPLE, "-"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("parindex: - line 2: is not UTF-8")


@pytest.mark.parametrize(
    ("name", "mark"), [("ket-qua.csv", b"\xef\xbb\xbf"), ("ket-qua.txt", b""), ("KQ.CSV", b"\xef\xbb\xbf")]
)
def test_output_file(run: Run, tmp_path: Path, name: str, mark: bytes) -> None:
    """With -o the text goes to a file, a CSV file with a byte-order mark, and nothing to standard output."""
    file = tmp_path / name
    assert run("template", EXAMPLE, "-o", str(file)) == ""
    data = file.read_bytes()
    assert data.startswith(mark + b"unit,")
    assert b"\r" not in data
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_output_dash(run: Run) -> None:
    """With -o - the text goes to standard output."""
    assert run("check", EXAMPLE, "-o", "-") == run("check", EXAMPLE)


def test_output_replaces(run: Run, tmp_path: Path) -> None:
    """An existing file is replaced as a whole."""
    file = tmp_path / "a.txt"
    file.write_text("cũ" * 10_000, "utf-8")
    run("--output", str(file), "check", EXAMPLE)
    assert file.read_text("utf-8") == run("check", EXAMPLE)


@pytest.mark.parametrize(("year", "edition"), [(2006, "2006"), (2008, "2006"), (2010, "2009"), (2013, "2013")])
def test_year_chooses_the_edition(run: Run, year: int, edition: str) -> None:
    """An id with --year is the edition of that year."""
    assert run.json("show", "vn.pci.province", "--year", str(year))["edition"] == edition


def test_year_chooses_the_grades(run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With --year, or a period of the input, the grades of that year count."""
    methodology, file = tmp_path / "m.toml", tmp_path / "a.csv"
    text = Path(EXAMPLE).read_text("utf-8")
    methodology.write_text(text.replace("from = 80\n", "from = 80\nyears = [2025]\n"), "utf-8")
    file.write_text(OBSERVED, "utf-8")
    grades = [
        [each["grade"] for each in run.json("score", str(methodology), str(file), "--year", year)["units"]]
        for year in ("2024", "2025")
    ]
    assert grades == [["kha", "kha"], ["tot", "kha"]]
    assert cli.main(["score", str(methodology), str(file)]) == 2
    assert "its grades differ by year: state year= or a period" in capsys.readouterr().err
    assert run.json("score", str(methodology), str(file), "--period", "2025-Q1")["units"][0]["grade"] == "tot"


def test_stage_and_period(run: Run, tmp_path: Path) -> None:
    """With --stage and --period one assessment of several is taken."""
    file = tmp_path / "a.csv"
    file.write_text(
        "unit,stage,period,1.1:percent,1.2:late,1.2:absent,2:value\nA,appraised,2024,100%,0,0,50\nA,final,2024,100%,0,0,60\n",
        "utf-8",
    )
    (unit,) = run.json("score", EXAMPLE, str(file), "--stage", "final", "--period", "2024")["units"]
    assert unit["nodes"]["2"]["points"] == "6.00"


# Usage


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "the following arguments are required"),
        (["scor"], "invalid choice: 'scor'"),
        (["score"], "the following arguments are required: METHODOLOGY, INPUT"),
        (["score", EXAMPLE], "the following arguments are required: INPUT"),
        (["explain", EXAMPLE, "-"], "the following arguments are required: --unit"),
        (["check", EXAMPLE, "--lang", "fr"], "invalid choice: 'fr'"),
        (["check", EXAMPLE, "--decimal", ";"], "invalid choice: ';'"),
        (["check", EXAMPLE, "--year", "x"], "invalid int value: 'x'"),
        (["check", EXAMPLE, "--yeer", "2024"], "unrecognized arguments: --yeer"),
        (["check", EXAMPLE, "more"], "unrecognized arguments: more"),
    ],
)
def test_bad_usage(run: Run, arguments: list[str], told: str) -> None:
    """Bad usage exits 2 with the usage on standard error and nothing on standard output."""
    said = run.usage(*arguments)
    assert told in said
    assert said.startswith("usage: parindex")


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Help exits 0 and names every command."""
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--help"])
    assert stopped.value.code == 0
    told = capsys.readouterr().out
    for command in ("catalog", "show", "check", "score", "explain", "template"):
        assert command in told


def test_reader_that_leaves() -> None:
    """A reader that leaves early, as head does, is no error."""
    command = [sys.executable, "-m", "parindex", "show", "vn.pci.province@2006"]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)  # noqa: S603
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def process(*arguments: str, data: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    command = [sys.executable, "-m", "parindex", *arguments]
    return subprocess.run(command, input=data, capture_output=True, check=False, env={**os.environ, **environment})  # noqa: S603


def test_module_is_the_command() -> None:
    """``python -m parindex`` is the command, and reads standard input."""
    done = process("score", EXAMPLE, "-", "--json", data=OBSERVED.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["units"][0]["points"] == "90.80"


def test_output_is_utf8_in_any_locale() -> None:
    """Text is UTF-8 in the plainest locale, on both streams."""
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = process("score", EXAMPLE, "-", data=OBSERVED.encode(), **plain)
    assert done.returncode == 0
    assert "Thị xã A" in done.stdout.decode()
    told = process("explain", EXAMPLE, "-", "--unit", "Xã", data=OBSERVED.encode(), **plain)
    assert (told.returncode, told.stdout) == (2, b"")
    assert b"Traceback" not in told.stderr


def test_notices_are_one_line_on_standard_error() -> None:
    """Columns passed over are told in one line of standard error, and standard output stays a document."""
    done = process("score", "vn.par.ministry@2022", "example:ministries-2023", "--json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["units"]) == 17
    assert done.stderr.decode().splitlines() == ["example:ministries-2023: result columns passed over: index, rank"]


def test_no_standard_streams(monkeypatch: pytest.MonkeyPatch, observed: str) -> None:
    """Where the process has no standard streams at all, the exit code still tells."""
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, stream, None)
    assert cli.main(["catalog"]) == 2
    assert cli.main(["score", EXAMPLE, "-"]) == 2
    assert cli.main(["score", EXAMPLE, observed]) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_full_device(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Output that cannot be written is one line on standard error and exit code 2."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert cli.main(["catalog"]) == 2
    assert capsys.readouterr().err.startswith("parindex: -: cannot be written: ")


def test_faults_of_reading_and_of_scoring_come_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A negative count, an undeclared event and missing inputs are told in one go, each with file and line."""
    table = tmp_path / "h.csv"
    table.write_text(
        "unit,criterion,input,value\nA,1.1,done,-1\nA,1.1,total,200\nA,1.2,late,0\nA,1.2,absent,0\n"
        "B,1.1,done,1\nB,1.1,total,2\nB,1.2,late,0\nB,2,value,5\nA,,event,reprimnd\n",
        encoding="utf-8",
    )
    assert cli.main(["score", EXAMPLE, str(table)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert [line.removeprefix(f"- {table} ") for line in told.err.splitlines()[1:]] == [
        "line 2, unit 'A', 1.1:done: -1 is negative",
        "line 2, unit 'A': the event 'reprimnd' is not declared; did you mean 'reprimand'?",
        "line 2, unit 'A', 2:value: is missing",
        "line 6, unit 'B', 1.2:absent: is missing",
    ]


def test_a_terminal_narrower_than_any_table_still_gets_one() -> None:
    """Where nothing fits, the table without the domains is written as it is."""
    from parindex._render.tables import board_text

    methodology = pi.load("vn.par.ministry@2022")
    board = pi.score_many(methodology, pi.parse_assessments(pi.example("ministries-2023"), methodology))
    narrow, wide = (board_text(board, "vi", width) for width in (10, 200))
    assert "appraised" not in narrow
    assert "appraised" in wide


def test_what_follows_from_a_fault_is_not_told_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt input and a cell with the wrong mark are told once, not as missing inputs too."""
    table = tmp_path / "h.csv"
    table.write_text(
        "unit,criterion,input,value\nA,1.1,done,190\nA,1.1,totl,200\nA,1.2,late,0\nA,1.2,absent,0\nA,2,value,5\n"
        'B,1.1,percent,"97,5"\nB,1.2,late,0\nB,1.2,absent,0\nB,2,value,5\n',
        encoding="utf-8",
    )
    assert cli.main(["score", EXAMPLE, str(table)]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 3
    assert told[1].endswith(
        "1.1:totl: unknown input, expected done, total, percent, not-applicable; did you mean 'total'?"
    )
    assert "'97,5' is written with ','" in told[2]


@pytest.mark.parametrize("command", ["show", "check", "template"])
def test_a_year_outside_a_file_is_refused(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No command takes a methodology for a year that it does not apply to."""
    assert cli.main([command, EXAMPLE, "--year", "1999"]) == 2
    assert "applies to 2024, 2025, not to 1999" in capsys.readouterr().err
