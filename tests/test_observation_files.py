"""Observation tables, long and wide, as spreadsheets of either locale write them, and every way they can be wrong."""

# mypy: no-strict-equality
# What is kept equals the plain table it came from.

from __future__ import annotations

import logging
import unicodedata
from pathlib import Path

import numpy as np
import pytest

import parindex as pi
from parindex._scoring.assessment import observation

EXAMPLE = pi.read_methodology(Path(__file__).parent / "data" / "design-example.toml")

TOML = """
format = "parindex.methodology/1"
id = "vn.bang"
edition = "2024"
years = [2024]
unit_kind = "district"
completeness = "full"
total = 30
title = { vi = "Bảng", en = "Table" }
source = [{ key = "qd", title = "Quyết định", status = "illustrative" }]
event = [{ key = "khien-trach" }, { key = "khen" }]

[[criterion]]
id = "1"
cite = { source = "qd" }
[[criterion]]
id = "1.1"
cite = { source = "qd" }
max = 10
rule = { type = "ratio", amounts = true, zero_total = "not-applicable" }
[[criterion]]
id = "1.2"
cite = { source = "qd" }
max = 5
rule = { type = "levels", levels = [{ key = "good", points = 5 }, { key = "ab", points = 0 }] }
[[criterion]]
id = "2"
cite = { source = "qd" }
max = 10
rule = { type = "given" }
[[criterion]]
id = "3"
cite = { source = "qd" }
max = 5
rule = { type = "checklist", items = [{ key = "posted", points = 5 }] }
"""

M = pi.parse_methodology(TOML)

LONG = """unit,criterion,input,value
Xã A,1.1,done,9
Xã A,1.1,total,10
Xã A,1.2,level,good
Xã A,2,points,7.5
Xã A,3,posted,có
"""
WIDE = """unit,1.1:done,1.1:total,1.2:level,2,3:posted
Xã A,9,10,good,7.5,có
"""
OBSERVED = {
    "1.1": {"done": "9", "total": "10"},
    "1.2": {"level": "good"},
    "2": {"points": "7.5"},
    "3": {"posted": "có"},
}


def one(text: str, **options: str) -> pi.Assessment:
    """Return the only assessment of a table."""
    (assessment,) = pi.parse_assessments(text, M, **options)  # type: ignore[arg-type]
    return assessment


def faults(text: str, **options: str) -> list[str]:
    """Return the faults for which a table is refused, as they are told."""
    with pytest.raises(pi.ObservationFaults) as caught:
        pi.parse_assessments(text, M, name="bảng.csv", **options)  # type: ignore[arg-type]
    assert str(caught.value).startswith("bảng.csv cannot be read\n")
    return [str(fault) for fault in caught.value.exceptions]


def semicolons(text: str) -> str:
    """Return a table as a spreadsheet under a Vietnamese locale writes it."""
    return text.replace(",", ";").replace("7.5", "7,5")


# Shapes


@pytest.mark.parametrize("text", [LONG, WIDE], ids=["long", "wide"])
def test_shapes_agree(text: str) -> None:
    """The long and the wide table of the same observations are the same assessment."""
    assert one(text) == pi.Assessment("Xã A", OBSERVED)


@pytest.mark.parametrize("text", [LONG, WIDE], ids=["long", "wide"])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(",", "\t"),
        lambda text: text.replace(",", ";"),
        lambda text: "sep=;\n" + text.replace(",", ";"),
        lambda text: "SEP=,\r\n" + text,
        lambda text: "\ufeff" + text,
        lambda text: "\ufeffsep=\t\n" + text.replace(",", "\t"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("\n", ",,\n"),
        lambda text: "\n,,\n" + text,
        lambda text: text.replace("Xã A", '" Xã A "'),
        lambda text: text.replace("good", '"good"'),
        lambda text: unicodedata.normalize("NFD", text),
    ],
    ids=[
        "tab",
        "semicolon",
        "sep",
        "SEP",
        "bom",
        "bom-sep-tab",
        "crlf",
        "no-end",
        "blank-lines",
        "padding",
        "late-header",
        "trimmed",
        "quoted",
        "nfd",
    ],
)
def test_dialects(text: str, change: object) -> None:
    """Separator, byte-order mark, line ends, padding, quotes and composition change nothing."""
    assert callable(change)
    assert one(change(text)) == pi.Assessment("Xã A", OBSERVED)


@pytest.mark.parametrize("text", [LONG, WIDE], ids=["long", "wide"])
def test_decimal_comma(text: str) -> None:
    """With decimal="," numbers are written with a comma, and the result is the same."""
    assert one(semicolons(text), decimal=",") == pi.Assessment("Xã A", OBSERVED)
    assert one(text.replace("7.5", '"7,5"'), decimal=",") == pi.Assessment("Xã A", OBSERVED)


def test_decimal_mark_is_one_of_two() -> None:
    """No other decimal mark is known."""
    with pytest.raises(pi.Fault, match=r"decimal: ';' is no decimal mark, expected '\.' or ','"):
        one(LONG, decimal=";")


def test_quoted_cell_with_newlines() -> None:
    """A quoted cell may hold line breaks, and the lines of later faults still count right."""
    text = 'unit,criterion,input,value,note\nXã A,2,points,7.5,"dòng một\ndòng hai"\nXã A,9,points,1,\n'
    assert faults(text) == ["bảng.csv line 4, unit 'Xã A', 9:points: there is no such criterion"]
    assert one(text.replace("A,9,", "B,2,").replace("Xã B,2,points,1,\n", "")).notes == {"2": "dòng một\ndòng hai"}


@pytest.mark.parametrize(
    ("cell", "decimal", "points"), [("95,5%", ",", "191/20"), ("95.5%", ".", "191/20"), ("95 %", ".", "19/2")]
)
def test_percent_cells(cell: str, decimal: str, points: str) -> None:
    """A percent cell keeps its sign and its mark is read like any number's."""
    text = (
        f"unit;criterion;input;value\nXã A;1.1;percent;{cell}\nXã A;1.2;level;good\nXã A;2;points;7\nXã A;3;posted;no\n"
    )
    card = pi.score(M, one(text, decimal=decimal))
    assert str(card["1.1"].points) == points


def test_units_in_nfc() -> None:
    """A unit written composed and decomposed is one unit, named composed."""
    nfd = unicodedata.normalize("NFD", "Xã Phước Hải")
    nfc = unicodedata.normalize("NFC", nfd)
    assert nfd != nfc
    text = f"unit,criterion,input,value\n{nfd},1.1,done,9\n {nfc} ,1.1,total,10\n"
    assert one(text).unit == nfc
    text = f"unit,2\n{nfd},7\n{nfc},8\n"
    assert faults(text) == [f"bảng.csv line 3, unit {nfc!r}: stands twice, first on line 2"]


def test_units_in_order_of_appearance() -> None:
    """Units come in the order in which they first stand."""
    text = "unit,criterion,input,value\nB,2,points,1\nA,2,points,1\nB,3,posted,no\n"
    assert [each.unit for each in pi.parse_assessments(text, M)] == ["B", "A"]


@pytest.mark.parametrize("text", ["unit,criterion,input,value\n", "unit,2\n", "unit,2\n,\n"])
def test_header_alone(text: str) -> None:
    """A table without rows is refused, whatever stage or period is asked for."""
    for options in ({}, {"stage": "self"}, {"period": "2024"}):
        with pytest.raises(pi.FileError, match="has a header and no rows below it"):
            pi.parse_assessments(text, M, **options)  # type: ignore[arg-type]


# Cells


@pytest.mark.parametrize("empty", ["", "  ", '""'])
def test_empty_cell_is_missing(empty: str) -> None:
    """An empty cell is missing, in either shape; it is no zero."""
    assert dict(one(LONG.replace("2,points,7.5", f"2,points,{empty}")).observations) == {
        key: value for key, value in OBSERVED.items() if key != "2"
    }
    wide = one(WIDE.replace(",7.5,", f",{empty},"))
    assert "2" not in wide.observations
    with pytest.raises(pi.ObservationFaults) as caught:
        pi.score(M, wide)
    assert [str(fault) for fault in caught.value.exceptions] == ["unit 'Xã A', 2:points: is missing"]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("not-applicable", ""),
        ("not-applicable: không phát sinh", "không phát sinh"),
        ("not-applicable:không phát sinh", "không phát sinh"),
    ],
)
def test_not_applicable_wide(cell: str, reason: str) -> None:
    """In a wide table any cell of a leaf makes it not applicable, with or without a reason."""
    for text in (
        WIDE.replace("9,10", f"{cell},"),
        WIDE.replace("9,10", f",{cell}"),
        WIDE.replace("9,10", f"{cell},{cell}"),
    ):
        assert one(text).observations["1.1"] == pi.NotApplicable(reason)


@pytest.mark.parametrize("reason", ["", "không phát sinh"])
def test_not_applicable_long(reason: str) -> None:
    """In a long table the input not-applicable makes it so, and the value is the reason."""
    text = LONG.replace("Xã A,1.1,done,9\nXã A,1.1,total,10", f"Xã A,1.1,not-applicable,{reason}")
    assert one(text).observations["1.1"] == pi.NotApplicable(reason)


def test_not_applicable_beside_values() -> None:
    """Not applicable beside values is refused in either shape, at the line that says so."""
    message = "is not applicable and has values too"
    assert faults(LONG + "Xã A,1.1,not-applicable,x\n") == [
        f"bảng.csv line 7, unit 'Xã A', 1.1:not-applicable: {message}"
    ]
    (told,) = faults(WIDE.replace("9,10", "9,not-applicable"))
    assert told == f"bảng.csv line 2, unit 'Xã A', 1.1:total: {message}"


def test_not_applicable_twice() -> None:
    """Two different reasons for one leaf are two lines for one input: the second is refused."""
    text = LONG.replace("Xã A,1.1,done,9\nXã A,1.1,total,10", "Xã A,1.1,not-applicable,x\nXã A,1.1,not-applicable,y")
    assert faults(text) == ["bảng.csv line 3, unit 'Xã A', 1.1:not-applicable: stands twice, first on line 2"]


def test_facts() -> None:
    """Lines without a criterion state facts of the unit: events, group, unranked."""
    text = (
        LONG + "Xã A,,event,khien-trach\nXã A,,event,khen\nXã A,,event,khen\n"
        "Xã A,,group,vùng núi\nXã A,,unranked,mới thành lập\nXã A,,,\nXã A,,event,\nXã A,,group,\n"
    )
    a = one(text)
    assert a.events == ("khien-trach", "khen")
    assert a.group == "vùng núi"
    assert a.unranked == "mới thành lập"


def test_unranked_without_a_reason() -> None:
    """Unranked counts without a reason too."""
    assert one(LONG + "Xã A,,unranked,\n").unranked == ""
    assert one(LONG).unranked is None


def test_facts_are_known() -> None:
    """Another fact is refused with the near miss."""
    assert faults(LONG + "Xã A,,evnt,khen\n") == [
        (
            "bảng.csv line 7, unit 'Xã A', input: 'evnt' is no fact of a unit, expected event, group, unranked; "
            "did you mean 'event'?"
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        LONG.replace("value\n", "value,group\n").replace("7.5\n", "7.5,a\n"),
        WIDE.replace("posted\n", "posted,group\n").replace("có\n", "có,a\n"),
    ],
)
def test_group_column(text: str) -> None:
    """A group may stand in a column of its own."""
    assert one(text).group == "a"


def test_several_groups() -> None:
    """A unit belongs to one group."""
    assert faults(LONG + "Xã A,,group,a\nXã A,,group,a\nXã A,,group,b\n") == [
        "bảng.csv line 2, unit 'Xã A': belongs to several groups: a, b"
    ]


def test_notes_and_evidence() -> None:
    """Notes and evidence are kept by criterion, those of the unit under the empty id."""
    text = (
        "unit,criterion,input,value,note,evidence\n"
        "Xã A,1.1,done,9,một,BC 1\nXã A,1.1,total,10,hai,\nXã A,,,,chung,BC 2\nXã A,2,points,7.5,,\n"
    )
    a = one(text)
    assert a.notes == {"1.1": "một; hai", "": "chung"}
    assert a.evidence == {"1.1": "BC 1", "": "BC 2"}


def test_note_of_a_wide_row() -> None:
    """The note of a wide row is one of the unit."""
    assert one(WIDE.replace("posted\n", "posted,note\n").replace("có\n", "có,ghi chú\n")).notes == {"": "ghi chú"}


# Stages and periods

STAGED = "unit,stage,period,2\nA,self,2024-Q1,1\nA,SELF,2024-Q2,2\nA,appraised,2024-Q1,3\nB,appraised,2024-Q1,4\n"


def points(text: str, **options: str) -> list[tuple[str, str, str | None, object]]:
    """Return unit, stage, period and points of what is chosen."""
    return [
        (a.unit, str(a.stage), a.period, a.observations["2"]["points"])  # type: ignore[index]
        for a in pi.parse_assessments(text, M, **options)  # type: ignore[arg-type]
    ]


def test_choice_of_stage_and_period() -> None:
    """Stage and period choose from a file that has several."""
    assert points(STAGED, stage="self", period="2024-Q2") == [("A", "self", "2024-Q2", "2")]
    assert points(STAGED, stage="appraised") == [("A", "appraised", "2024-Q1", "3"), ("B", "appraised", "2024-Q1", "4")]
    assert points(STAGED, stage="appraised", period=" 2024-Q1 ") == points(STAGED, stage="appraised")


def test_long_choice() -> None:
    """A long table chooses likewise."""
    text = "unit,criterion,input,value,stage,period\nA,2,points,1,self,2024\nA,2,points,2,final,2024\n"
    assert points(text, stage="final") == [("A", "final", "2024", "2")]


def test_one_stage_needs_no_choice() -> None:
    """A file of one stage and period needs no choice, and one that names neither is of the one chosen."""
    assert points("unit,stage,2\nA,self,1\n") == [("A", "self", None, "1")]
    assert points("unit,2\nA,1\n") == [("A", "final", None, "1")]
    assert points("unit,2\nA,1\n", stage="self", period=" 2024 ") == [("A", "self", "2024", "1")]
    assert points("unit,stage,2\nA,,1\n", stage="self") == [("A", "self", None, "1")]


def test_two_stages_without_a_choice() -> None:
    """Several stages or periods without a choice are refused, naming them."""
    assert faults(STAGED) == ["bảng.csv: holds several stages (appraised, self): choose one with stage="]
    assert faults(STAGED, stage="self") == [
        "bảng.csv: holds several periods (2024-Q1, 2024-Q2): choose one with period="
    ]
    text = "unit,stage,2\nA,self,1\nB,,2\n"
    assert faults(text) == ["bảng.csv: holds several stages ((empty), self): choose one with stage="]


def test_choice_that_does_not_exist() -> None:
    """A choice that the file does not have is refused, naming what it has, with the near miss."""
    assert faults(STAGED, stage="apraised") == [
        "bảng.csv: 'apraised' is no stage, expected one of self, appraised, final; did you mean 'appraised'?"
    ]
    assert faults(STAGED, stage="final") == ["bảng.csv: has no stage 'final', found appraised, self"]
    assert faults(STAGED, stage="self", period="2023") == ["bảng.csv: has no period '2023', found 2024-Q1, 2024-Q2"]
    assert faults("unit,stage,2\nA,,1\nB,self,2\n", stage="final") == [
        "bảng.csv: has no stage 'final', found (empty), self"
    ]


def test_unknown_stage() -> None:
    """A stage that does not exist is refused with the near miss."""
    assert faults("unit,stage,2\nA,finale,1\n") == [
        "bảng.csv line 2, unit 'A': 'finale' is no stage, expected one of self, appraised, final; did you mean 'final'?"
    ]


# Result columns


PUBLISHED = (
    "unit,1,1%,1.1:percent,1.2:level,2,2%,3:posted,points,index,rank,grade,change,moved,previous_index,previous_rank\n"
    "A,9,90,90,good,7,70,yes,20,70.00,1,Tốt,+1,2,69,3\n"
)


def test_result_columns_are_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    """The result columns of a published table are passed over, which one line of the log says."""
    with caplog.at_level(logging.WARNING, logger="parindex"):
        assert one(PUBLISHED).observations["2"] == {"points": "7"}
    assert [record.getMessage() for record in caplog.records] == [
        (
            "observations: result columns passed over: 1, 1%, 2%, points, index, rank, grade, change, moved, "
            "previous_index, previous_rank"
        )
    ]


def test_no_result_columns_no_line(caplog: pytest.LogCaptureFixture) -> None:
    """Without result columns nothing is said."""
    with caplog.at_level(logging.WARNING, logger="parindex"):
        one(WIDE)
        one(LONG)
    assert caplog.records == []


# Refusals


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            LONG + "Xã A,1.3,x,1\n",
            "bảng.csv line 7, unit 'Xã A', 1.3:x: there is no such criterion; did you mean '1.2'?",
        ),
        (LONG + "Xã A,zz,x,1\n", "bảng.csv line 7, unit 'Xã A', zz:x: there is no such criterion"),
        (LONG + "Xã A,1,points,1\n", "bảng.csv line 7, unit 'Xã A', 1:points: has criteria below it, observe those"),
        (LONG + "Xã A,2,,1\n", "bảng.csv line 7, unit 'Xã A', 2: names no input"),
        (LONG + "Xã A,2,points,8\n", "bảng.csv line 7, unit 'Xã A', 2:points: stands twice, first on line 5"),
        (
            LONG + "Xã A,1.1,dine,8\n",
            (
                "bảng.csv line 7, unit 'Xã A', 1.1:dine: unknown input, expected done, total, percent, not-applicable; "
                "did you mean 'done'?"
            ),
        ),
        (LONG + ",2,points,8\n", "bảng.csv line 7: the name of the unit is empty"),
        (LONG.replace("7.5", "x"), "bảng.csv line 5, unit 'Xã A', 2:points: 'x' is not a number"),
        (LONG.replace("7.5", "-1"), "bảng.csv line 5, unit 'Xã A', 2:points: -1 is negative"),
        (LONG.replace("7.5", "11"), "bảng.csv line 5, unit 'Xã A', 2:points: 11 is above 10"),
        (LONG.replace("7.5", "NaN"), "bảng.csv line 5, unit 'Xã A', 2:points: 'NaN' is not a number"),
        (LONG.replace("7.5", "true"), "bảng.csv line 5, unit 'Xã A', 2:points: 'true' is not a number"),
        (LONG.replace("done,9", "done,11"), "bảng.csv line 2, unit 'Xã A', 1.1:done: 11 is above total 10"),
        (LONG.replace("level,good", "level,tốt"), "bảng.csv line 4, unit 'Xã A', 1.2:level: 'tốt' is none of good, ab"),
        (
            LONG.replace("posted,có", "posted,được"),
            (
                "bảng.csv line 6, unit 'Xã A', 3:posted: 'được' is neither yes nor no "
                "(yes, no, true, false, 1, 0, có, không)"
            ),
        ),
        (
            LONG + "Xã A,1.1,percent,90\n",
            "bảng.csv line 7, unit 'Xã A', 1.1:percent: give percent or done and total, not both",
        ),
        (
            LONG.replace("1.1,done,9\nXã A,1.1,total,10", "1.1,percent,0.95"),
            "bảng.csv line 2, unit 'Xã A', 1.1:percent: 0.95 is ambiguous: write 0.95% or 95%",
        ),
        (WIDE.replace("7.5", "x"), "bảng.csv line 2, unit 'Xã A', 2:points: 'x' is not a number"),
        (WIDE + "Xã A,9,10,good,7,có\n", "bảng.csv line 3, unit 'Xã A': stands twice, first on line 2"),
        (WIDE + ",9,10,good,7,có\n", "bảng.csv line 3: the name of the unit is empty"),
        (
            WIDE.replace("1.1:done", "1.1:dne"),
            "bảng.csv: unknown column '1.1:dne', expected 1.1:done, 1.1:total, 1.1:percent; did you mean '1.1:done'?",
        ),
        (WIDE.replace("1.1:done", "1.1"), "bảng.csv: unknown column '1.1', expected 1.1:done, 1.1:total, 1.1:percent"),
        (WIDE.replace("1.1:done", "1:done"), "bảng.csv: column '1:done' has criteria below it, observe those"),
        (WIDE.replace("1.1:done", "pionts"), "bảng.csv: unknown column 'pionts'; did you mean 'points'?"),
        (WIDE.replace("1.1:done", "tổng quát"), "bảng.csv: unknown column 'tổng quát'"),
        (WIDE.replace("1.1:done", "9%"), "bảng.csv: unknown column '9%'"),
        ("unit,criterion,input\nA,2,points\n", "bảng.csv: the column 'value' is missing"),
        (
            "unit,criterion,input,value,notes\nA,2,points,1,x\n",
            "bảng.csv: unknown column 'notes'; did you mean 'note'?",
        ),
    ],
)
def test_refused(text: str, told: str) -> None:
    """What cannot be read is told with its line, unit and input, what was expected, and the near miss."""
    found = faults(text)
    assert [each if "did you mean" in told else each.partition("; did you mean")[0] for each in found] == [told]


def test_all_faults_at_once() -> None:
    """All faults of a table come at once, those of units beside those of columns, each with its line."""
    text = "unit,1.1:done,1.1:totl,2,3:posted\nXã A,9,10,-1,maybe\nXã A,1,1,1,1\n,1,1,1,1\nXã B,x,1,11,\n"
    assert faults(text) == [
        "bảng.csv: unknown column '1.1:totl', expected 1.1:done, 1.1:total, 1.1:percent; did you mean '1.1:total'?",
        "bảng.csv line 3, unit 'Xã A': stands twice, first on line 2",
        "bảng.csv line 4: the name of the unit is empty",
        "bảng.csv line 2, unit 'Xã A', 2:points: -1 is negative",
        "bảng.csv line 2, unit 'Xã A', 3:posted: 'maybe' is neither yes nor no (yes, no, true, false, 1, 0, có, không)",
        "bảng.csv line 5, unit 'Xã B', 1.1:done: 'x' is not a number",
        "bảng.csv line 5, unit 'Xã B', 2:points: 11 is above 10",
    ]


def test_faults_of_columns_and_lines_in_a_long_table() -> None:
    """A missing column of a long table is told beside an unknown one."""
    text = "unit,criterion,inputs\nA,2,1\n"
    assert faults(text) == [
        "bảng.csv: unknown column 'inputs'; did you mean 'input'?",
        "bảng.csv: the column 'input' is missing",
        "bảng.csv: the column 'value' is missing",
    ]


# Decimal marks


def test_whole_file_with_the_other_mark() -> None:
    """A column written with the other mark is told once, with the way out."""
    text = "unit;2\nA;7,5\nB;8,5\nC;9\n"
    assert faults(text) == [
        (
            "bảng.csv line 2, unit 'A': column 2:points: '7,5' is written with ',' in 2 cells, first here; "
            "the mark is '.': say decimal=',' if the whole file is written so"
        )
    ]
    assert faults("unit;2\nA;7.5\n", decimal=",") == [
        (
            "bảng.csv line 2, unit 'A': column 2:points: '7.5' is written with '.' here; "
            "the mark is ',': say decimal='.' if the whole file is written so"
        )
    ]


def test_both_marks_in_one_column() -> None:
    """A column with both marks is told once, with a line of either."""
    assert faults("unit;2\nA;7.5\nB;8,5\n") == [
        (
            "bảng.csv line 3, unit 'B': column 2:points: '8,5' is written with ',' here; "
            "the mark is '.' and '7.5' (line 2) has it: both marks in one column"
        )
    ]


@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize("cell", ["1.234,5", "1,234.5"])
def test_thousands_are_not_guessed(cell: str, decimal: str) -> None:
    """A cell with both marks is refused, not guessed, whichever mark is stated."""
    text = f"unit;1.1:done;1.1:total\nA;{cell};2000\n"
    (told,) = faults(text, decimal=decimal)
    assert "1.1:done" in told
    assert repr(cell) in told


def test_mark_in_a_choice_is_text() -> None:
    """Marks in cells that hold no number are nobody's business."""
    assert one(WIDE.replace("good", "ab")).observations["1.2"] == {"level": "ab"}
    told = faults(WIDE.replace("good", '"a,b"'))
    assert told == ["bảng.csv line 2, unit 'Xã A', 1.2:level: 'a,b' is none of good, ab; did you mean 'ab'?"]


# Files


def test_read_names_the_file(tmp_path: Path) -> None:
    """Reading a file names it in every fault."""
    file = tmp_path / "số liệu.csv"
    file.write_text(WIDE.replace("7.5", "x"), "utf-8-sig")
    with pytest.raises(pi.ObservationFaults) as caught:
        pi.read_assessments(file, M)
    (fault,) = caught.value.exceptions
    assert isinstance(fault, pi.Fault)
    assert fault.place == pi.Place(file=str(file), line=2, unit="Xã A", at="2:points")
    file.write_text(WIDE, "utf-8-sig")
    assert pi.read_assessments(file, M) == (one(WIDE),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "bảng.csv: is empty"),
        ("\ufeff \n", "bảng.csv: is empty"),
        ("sep=;\n", "bảng.csv: is empty"),
        (
            "a,b\n1,2\n",
            "bảng.csv line 1: expected a header with a column 'unit', separated by commas or semicolons; found 'a,b'",
        ),
        (",,\n;;\n\t\n", "bảng.csv line 1: expected a header with a column 'unit'"),
        ("unit|2\nA|1\n", "bảng.csv line 1: expected a header with a column 'unit'"),
        ("sep=;\nunit,2\n", "bảng.csv line 2: expected a header with a column 'unit'"),
        ("unit,2,,3\nA,1,1,1\n", "bảng.csv line 1: column 3 has no name"),
        ("unit,2,2\nA,1,1\n", "bảng.csv line 1: the column '2' stands twice"),
        ("unit,2\nA,1,5\n", "line 2 has 3 cells, the header has 2"),
        ('unit,2\nA,"1\n', "bảng.csv line 2: is not CSV"),
        ('unit,2\nA,"1"x\n', "bảng.csv line 2: is not CSV"),
        ("unit,2\n" + "A,1\n" * 2 + 'B,"\n', "bảng.csv line 4: is not CSV"),
    ],
)
def test_no_table(text: str, message: str) -> None:
    """A text that is no table is refused with its line."""
    with pytest.raises(pi.FileError) as caught:
        pi.parse_assessments(text, M, name="bảng.csv")
    assert message in str(caught.value)


def test_long_line_of_a_wrong_header_is_cut() -> None:
    """The header is quoted in the message, but not without end."""
    with pytest.raises(pi.FileError) as caught:
        pi.parse_assessments("x" * 1000, M)
    assert len(str(caught.value)) < 200


# Assessments in memory


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (3, 3),
        (True, True),
        (None, None),
        ("", None),
        (" a ", "a"),
        (0.1, "0.1"),
        (2.0, 2),
        ("½", "½"),
        (np.True_, True),
    ],
)
def test_observation_is_kept_exactly(value: object, kept: object) -> None:
    """An observation is kept as a whole number, text or truth value; None and empty text are missing."""
    assert observation(value) == kept
    assert type(observation(value)) is type(kept)


def test_assessment_refuses_what_can_never_be_observed() -> None:
    """NaN, and inputs without names, are refused together when the assessment is made."""
    with pytest.raises(pi.ObservationFaults) as caught:
        pi.Assessment("A", {"1": {"x": float("nan"), "y": [1]}, "2": 5, "3": {"z": None}})
    assert [str(fault) for fault in caught.value.exceptions] == [
        "1:x: 'nan' is not a number",
        "1:y: [1] is a list, expected a number",
        '2: found 5, expected the inputs by name such as {"done": 190, "total": 200}',
    ]


def test_assessment_has_a_unit() -> None:
    """The name of a unit is not empty."""
    with pytest.raises(pi.Fault, match="the name of the unit is empty"):
        pi.Assessment("  ")


@pytest.mark.parametrize(
    ("period", "year"), [("2024", 2024), ("2024-Q1", 2024), (None, None), ("Q1", None), ("20245", None), ("²024", None)]
)
def test_year_of_a_period(period: str | None, year: int | None) -> None:
    """The year is what the period begins with."""
    assert pi.Assessment("A", period=period).year == year


def test_assessment_is_a_value() -> None:
    """Equal assessments are equal and hash alike; their texts are tidy."""
    one_, other = (pi.Assessment(name, {"1": {"x": 1.0}}, events=["a", "a"], group=" b ") for name in ("A", " A "))
    assert one_ == other
    assert hash(one_) == hash(other)
    assert one_.events == ("a",)
    assert one_.group == "b"


def test_facts_without_a_stage_belong_to_all_stages() -> None:
    """A line that states a fact and no stage holds for every stage of its unit, notes and evidence too."""
    text = (
        "unit,criterion,input,value,stage,group,note,evidence\n"
        "A,2,points,5,self,,,\n"
        "A,2,points,4,final,,,\n"
        "A,,event,khen,,,thư khen,số 1\n"
        "A,,unranked,,final,đồng bằng,,\n"
    )
    own = pi.parse_assessments(text, M, stage="self")[0]
    final = pi.parse_assessments(text, M, stage="final")[0]
    assert own.events == final.events == ("khen",)
    assert own.notes[""] == "thư khen"
    assert final.evidence[""] == "số 1"
    assert (own.unranked, final.unranked) == (None, "")
    assert (own.group, final.group) == (None, "đồng bằng")


def test_a_fact_alone_makes_a_unit() -> None:
    """A unit of which only a fact is stated is a unit, with everything missing."""
    found = pi.parse_assessments("unit,criterion,input,value\nA,,event,khen\n", M)
    assert found == (pi.Assessment("A", {}, events=["khen"]),)


def test_a_fact_of_nobody_is_refused() -> None:
    """A fact whose unit is empty has its place named."""
    with pytest.raises(pi.ObservationFaults) as caught:
        pi.parse_assessments("unit,criterion,input,value\n,,event,khen\n", M)
    assert "line 2: the name of the unit is empty" in str(caught.value)


def test_every_separator_is_tried() -> None:
    """A header that one separator cannot part at all is parted by the next, and one that none can is refused."""
    text = '"unit";"criterion";"input";"value"\n"A";"2";"points";"5"\n'
    assert pi.parse_assessments(text, M) == (pi.Assessment("A", {"2": {"points": "5"}}),)
    with pytest.raises(pi.FileError, match="expected a header with a column 'unit'"):
        pi.parse_assessments('"unit"x\n', M)


def test_cells_without_content_are_no_header() -> None:
    """A file of separators alone has no header."""
    with pytest.raises(pi.FileError, match="expected a header with a column 'unit'"):
        pi.parse_assessments(",,\n,,\n", M)
