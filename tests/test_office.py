"""Workbooks: the form that is written, what comes back of it filled in, tables in sheets, and every way to be wrong."""

# mypy: no-strict-equality
# What is kept equals the plain table it came from.

from __future__ import annotations

import csv
import datetime as dt
import io
import logging
import re
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

import parindex as pi
import strategies as made
from parindex import cli
from parindex._numbers import shortest
from parindex.extras.office import form_workbook, workbook_table
from workbooks import Raw, asked, edited, error, fill, grid, part, sheets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex._methodology.words import Lang

LANGS: Final[tuple[Lang, ...]] = ("vi", "en")

TOML: Final = """
format = "parindex.methodology/1"
id = "vn.example.form"
edition = "2024"
years = [2024]
unit_kind = "commune"
completeness = "full"
total = 100
title = { vi = "Chỉ số (ví dụ)", en = "Index (example)" }
source = [{ key = "qd", title = "Quyết định", status = "illustrative" }]
origin = { appraised = { max = 80 }, survey = { max = 20, self_assessed = false } }
block = [{ id = "bonus", effect = "add", cap = 3, vi = "Điểm thưởng", en = "Bonus" }]
event = [
  { key = "khien-trach", vi = "Khiển trách", en = "Reprimand", grade_at_most = "kha" },
  { key = "khen", vi = "Khen thưởng", en = "Praise" },
]
grade = [
  { key = "tot", vi = "Tốt", en = "Good", from = 80 },
  { key = "kha", vi = "Khá", en = "Fair", from = 0 },
]

[[criterion]]
id = "1"
vi = "Chỉ đạo, điều hành"
en = "Steering"
origin = "appraised"
cite = { source = "qd" }
[[criterion]]
id = "1.1"
vi = "Kế hoạch"
en = "Plan"
max = 30
lead = "Phòng Nội vụ"
cite = { source = "qd" }
[criterion.rule]
type = "levels"
levels = [
  { key = "full", points = 30, vi = "Kịp thời, đầy đủ", en = "In time, complete" },
  { key = "part", points = 10, vi = "Chậm", en = "none" },
  { key = "none", points = 0, vi = "Không có", en = "None" },
]
[[criterion]]
id = "1.2"
vi = "Đúng hạn"
en = "On time"
max = 30
cite = { source = "qd" }
rule = { type = "ratio", zero_total = "not-applicable" }
[[criterion]]
id = "1.10"
vi = "Niêm yết"
en = "Posted"
max = 20
cite = { source = "qd" }
[criterion.rule]
type = "checklist"
items = [
  { key = "fees", points = 12, vi = "Phí", en = "Fees" },
  { key = "forms", points = 8, vi = "Mẫu", en = "Forms" },
]
[[criterion]]
id = "2"
vi = "Hài lòng"
en = "Satisfaction"
max = 20
origin = "survey"
cite = { source = "qd" }
rule = { type = "given", scale = 100 }
[[criterion]]
id = "b"
block = "bonus"
vi = "Sáng kiến"
en = "Initiatives"
max = 3
default = 0
cite = { source = "qd" }
rule = { type = "given" }
"""
M: Final = pi.parse_methodology(TOML)

FULL: Final[dict[Any, object]] = {
    ("1.1", "level"): "Kịp thời, đầy đủ",
    ("1.2", "done"): 57,
    ("1.2", "total"): 60,
    ("1.10", "fees"): "có",
    ("1.10", "forms"): "không",
    ("2", "value"): 88.4,
}
OBSERVED: Final = {
    "1.1": {"level": "full"},
    "1.2": {"done": "57", "total": "60"},
    "1.10": {"fees": "có", "forms": "không"},
    "2": {"value": "88.4"},
}
UNIT: Final = "Phường 1"


def form(methodology: pi.Methodology = M, *units: str, **options: Any) -> bytes:
    """Return the form of some units."""
    return form_workbook(methodology, units, **options)


def filled(typed: Mapping[Any, object], *, lang: Lang = "vi", head: Mapping[str, object] | None = None) -> bytes:
    """Return the form of one unit with values typed in, and with cells of its head.

    Values stand under criterion and input, other cells under criterion, input and heading.
    """
    data = form(M, UNIT, lang=lang)
    rows = asked(data, UNIT)
    cells = {rows[key[0], key[1]].cells[key[2] if key[2:] else "value"]: value for key, value in typed.items()}
    return fill(data, {UNIT: {**cells, **(head or {})}})


def saved(tmp_path: Path, data: bytes, name: str = "phieu.xlsx") -> str:
    """Return the path of a workbook that was saved."""
    file = tmp_path / name
    file.write_bytes(data)
    return str(file)


def read(data: bytes, tmp_path: Path, methodology: pi.Methodology = M, **options: Any) -> tuple[pi.Assessment, ...]:
    """Return the assessments of a workbook."""
    return pi.read_assessments(saved(tmp_path, data), methodology, **options)


def one(data: bytes, tmp_path: Path, **options: Any) -> pi.Assessment:
    """Return the only assessment of a workbook."""
    (assessment,) = read(data, tmp_path, **options)
    return assessment


def faults(data: bytes, tmp_path: Path, methodology: pi.Methodology = M, **options: Any) -> list[str]:
    """Return the faults for which a workbook is refused, without the name of the file."""
    with pytest.raises(pi.ObservationFaults) as caught:
        read(data, tmp_path, methodology, **options)
    return [str(fault).removeprefix(f"{tmp_path / 'phieu.xlsx'} ") for fault in caught.value.exceptions]


def refusal(data: bytes, tmp_path: Path) -> str:
    """Return why a workbook is refused as a whole, without the name of the file."""
    with pytest.raises(pi.FileError) as caught:
        read(data, tmp_path)
    return str(caught.value).removeprefix(str(tmp_path / "phieu.xlsx")).removeprefix(":").strip()


def typed_table(rows: list[list[object]], *, percent: tuple[tuple[int, int], ...] = (), sheet: str = "Bảng") -> bytes:
    """Return a workbook with a table typed into a sheet; the cells in *percent* have that format."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet(sheet)
    rate = book.add_format({"num_format": "0.00%"})
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            page.write(row, column, value, rate if (row, column) in percent else None)
    book.close()
    return written.getvalue()


# Round trip


def long_csv(assessments: list[pi.Assessment]) -> str:
    """Return assessments as a long CSV table."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["unit", "criterion", "input", "value"])
    for each in assessments:
        for criterion, values in each.observations.items():
            if isinstance(values, pi.NotApplicable):
                writer.writerow([each.unit, criterion, "not-applicable", values.reason])
            else:
                writer.writerows([each.unit, criterion, name, value] for name, value in values.items())
        writer.writerows([each.unit, "", "event", event] for event in each.events)
        if each.group is not None:
            writer.writerow([each.unit, "", "group", each.group])
        if each.unranked is not None:
            writer.writerow([each.unit, "", "unranked", each.unranked])
    return text.getvalue()


def in_cell(each: pi.Input, value: object) -> object:
    """Return an observed value as somebody types it into the cell of its input."""
    text = str(value)
    if each.kind is pi.InputKind.CHOICE or not each.numeric or "/" in text:
        return next((str(option.text) for option in each.options if option.key == text and str(option.text)), text)
    if each.kind is pi.InputKind.PERCENT:
        return Fraction(text.removesuffix("%")) / 100
    return Fraction(text)


def filled_form(methodology: pi.Methodology, assessments: list[pi.Assessment], lang: Lang) -> bytes:
    """Return the form of units with everything filled in that their assessments hold."""
    data = form_workbook(methodology, [each.unit for each in assessments], lang=lang)
    cells: dict[str, dict[str, object]] = {}
    for sheet, each in zip(sheets(data), assessments, strict=False):
        rows = asked(data, sheet)
        typed = cells.setdefault(sheet, {"F5": each.group})
        for criterion, values in each.observations.items():
            rule = methodology[criterion].rule
            assert rule is not None
            if isinstance(values, pi.NotApplicable):
                typed[rows[criterion, rule.inputs[0].name].cells["reason"]] = values.reason
                continue
            for name, value in values.items():
                typed[rows[criterion, name].cells["value"]] = in_cell(rule.input_by_name[name], value)
        for event in methodology.events:
            happened = ("có" if lang == "vi" else "yes") if event.key in each.events else None
            typed[rows["", f"event/{event.key}"].cells["value"]] = happened
        if each.unranked:
            typed[rows["", "unranked"].cells["value"]] = each.unranked
    return fill(data, cells)


def plausible(methodology: pi.Methodology) -> list[pi.Assessment]:
    """Return two units with something observed of every leaf: one with counts, one with percents."""
    observed: list[dict[str, Any]] = [{}, {}]
    for leaf in methodology.leaves:
        assert leaf.rule is not None
        whole = {each.name: _plausible(each, leaf) for each in leaf.rule.inputs if not each.instead_of}
        parts = {each.name: _plausible(each, leaf) for each in leaf.rule.inputs if each.instead_of}
        replaced = {name for each in leaf.rule.inputs for name in each.instead_of}
        observed[0][leaf.id] = whole
        observed[1][leaf.id] = {**{name: value for name, value in whole.items() if name not in replaced}, **parts}
    units = [pi.Assessment(f"Đơn vị {number}", each) for number, each in enumerate(observed, 1)]
    return [pi.Assessment(each.unit, each.observations, group=next(iter(methodology.groups), None)) for each in units]


def _plausible(each: pi.Input, leaf: pi.Criterion) -> object:
    match each.kind:
        case pi.InputKind.CHOICE:
            return each.options[-1].key
        case pi.InputKind.YES_NO:
            return "có"
        case pi.InputKind.PERCENT:
            return "57.5%"
        case pi.InputKind.COUNT | pi.InputKind.AMOUNT:
            return 100 if each.name.rpartition("/")[2] == "total" else 7
        case _:
            high = leaf.max_points if each.up_to_max else each.high
            return (
                shortest(each.low or Fraction(0))
                if high is None
                else shortest((each.low or 0) + (high - (each.low or 0)) / 4)
            )


EDITIONS: Final = [entry.name for entry in pi.catalog() if entry.completeness is not pi.Completeness.ENTRY]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", EDITIONS)
def test_form_of_an_edition_reads_back_like_its_csv(name: str, lang: Lang, tmp_path: Path) -> None:
    """The form of every shipped edition, filled in, is the same assessments as the CSV form with the same values."""
    methodology = pi.load(name)
    units = plausible(methodology)
    expected = pi.parse_assessments(long_csv(units), methodology)
    assert read(filled_form(methodology, units, lang), tmp_path, methodology) == expected
    assert expected


@given(st.data())
def test_any_form_reads_back_like_its_csv(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """The form of any methodology, with any assessments, is the same as the CSV of the same values."""
    methodology = data.draw(made.methodologies())
    units = [
        pi.Assessment(
            each.unit,
            {
                key: pi.NotApplicable(values.reason or "lý do") if isinstance(values, pi.NotApplicable) else values
                for key, values in each.observations.items()
            },
            group=each.group,
            events=each.events,
            unranked=each.unranked if methodology.events else None,
        )
        for each in data.draw(made.populations(methodology, most=2))
    ]
    lang = data.draw(st.sampled_from(LANGS))
    book = filled_form(methodology, units, lang)
    kept = {unit.unit: unit for unit in pi.parse_assessments(long_csv(units), methodology)}
    again = {unit.unit: unit for unit in read(book, tmp_path_factory.mktemp("form"), methodology)}
    assert again.keys() == kept.keys()
    for name, unit in again.items():
        assert (unit.group, set(unit.events), unit.unranked) == (
            kept[name].group,
            set(kept[name].events),
            kept[name].unranked,
        )
        scored = [pi.score_many(methodology, [each], partial=True).cards[0] for each in (unit, kept[name])]
        assert scored[0].nodes == scored[1].nodes


@pytest.mark.parametrize("lang", LANGS)
def test_filled_form(lang: Lang, tmp_path: Path) -> None:
    """Labels, numbers and words typed into the form are the observations of the unit, whatever its language."""
    labels = {"vi": "Kịp thời, đầy đủ", "en": "In time, complete"}
    words = {"vi": ("có", "không"), "en": ("yes", "no")}[lang]
    data = filled(
        {**FULL, ("1.1", "level"): labels[lang], ("1.10", "fees"): words[0], ("1.10", "forms"): words[1]}, lang=lang
    )
    assert one(data, tmp_path) == pi.Assessment(UNIT, {**OBSERVED, "1.10": {"fees": words[0], "forms": words[1]}})


def test_untouched_form_holds_nothing(tmp_path: Path) -> None:
    """An untouched form of named units is those units without observations."""
    assert read(form(M, "A", "B"), tmp_path) == (pi.Assessment("A"), pi.Assessment("B"))


# What is written


def styles(data: bytes, sheet: str) -> dict[str, dict[str, str]]:
    """Return how the cells of a sheet look: number format, fill and whether they are locked, by cell."""
    text = part(data, "xl/styles.xml")
    formats = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', text))
    fills = re.findall(r'<fill>.*?(?:fgColor rgb="(\w+)".*?)?</fill>', text)
    looks = []
    for opening, rest in re.findall(
        r"<xf ([^>]*?)(?:/>|>(.*?)</xf>)", text[text.index("<cellXfs") : text.index("</cellXfs")]
    ):
        told = dict(re.findall(r'(\w+)="(\w+)"', opening))
        number = formats.get(told["numFmtId"], told["numFmtId"])
        looks.append(
            {"format": number, "fill": fills[int(told["fillId"])], "locked": "no" if 'locked="0"' in rest else "yes"}
        )
    cells = re.findall(r'<c r="(\w+)" s="(\d+)"', part(data, sheets(data)[sheet]))
    return {cell: looks[int(style)] for cell, style in cells}


def validations(data: bytes, sheet: str) -> dict[str, dict[str, str]]:
    """Return to what cells are held: the attributes of each rule and its formulas, by cell."""
    found = {}
    for opening, rest in re.findall(r"<dataValidation ([^>]*)>(.*?)</dataValidation>", part(data, sheets(data)[sheet])):
        told = dict(re.findall(r'(\w+)="([^"]*)"', opening))
        told |= dict(re.findall(r"<(formula\d)>(.*?)</formula\d>", rest))
        found[told["sqref"]] = told
    return found


def offered(data: bytes, sheet: str, cell: str) -> list[str]:
    """Return what the drop-down of a cell offers."""
    column, last = re.fullmatch(
        r"parindex!\$([A-Z])\$2:\$\1\$(\d+)", validations(data, sheet)[cell]["formula1"]
    ).groups()  # type: ignore[union-attr]  # a miss fails the test
    lists = grid(data, "parindex")
    return [lists[row]["ABCDEFGHIJ".index(column)] for row in range(1, int(last))]


def test_same_form_is_the_same_file() -> None:
    """The form of the same methodology, units and language is the same bytes, whenever it is written."""
    assert form(M, "A", "B") == form(M, "A", "B")


@pytest.mark.parametrize(
    ("lang", "head"),
    [
        ("vi", ["Chỉ số (ví dụ)", "Bộ tiêu chí", "Bản", "Dấu vân tay", "Đơn vị", "Kỳ đánh giá", "Giai đoạn", "Nhóm"]),
        ("en", ["Index (example)", "Edition", "Revision", "Fingerprint", "Unit", "Period", "Stage", "Group"]),
    ],
)
def test_head_of_the_form(lang: Lang, head: list[str]) -> None:
    """Above the rows stand what the form is of, and the cells for unit, period, stage and group."""
    cells = grid(form(M, UNIT, lang=lang), UNIT)
    assert [cells[0][0], *(cells[row][1] for row in (1, 2, 3)), *(cells[row][4] for row in (1, 2, 3, 4))] == head
    assert [cells[row][2] for row in (1, 2, 3)] == ["vn.example.form@2024", "1", M.fingerprint]
    assert [cells[row][5] for row in (1, 2, 3, 4)] == [UNIT, "", "", ""]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("vi", "(--decimal, mặc định là dấu chấm) và không có dấu phân cách hàng nghìn."),
        ("en", "(--decimal, else a dot) and has no marks between thousands."),
    ],
)
def test_form_says_how_decimals_are_read(lang: Lang, told: str) -> None:
    """Above the headings the form says by which mark a number is read that was typed as text."""
    data = form(M, UNIT, lang=lang)
    assert grid(data, UNIT)[5][1].endswith(told)
    text = part(data, sheets(data)[UNIT])
    assert '<mergeCell ref="B6:K6"/>' in text
    assert re.search(r'<row r="6"[^>]* ht="(?:30|45)"', text)


def test_rows_of_the_form() -> None:
    """Each input has a row, the leaf is described on its first one; inner nodes, blocks and facts have rows too."""
    cells = [row[:7] for row in grid(form(M, UNIT), UNIT)[6:]]
    rule = "Tỷ lệ % × điểm tối đa; không phát sinh: không áp dụng"
    percent = "tỷ lệ %; ≥ 0; ≤ 100; thay cho Số đã hoàn thành, Tổng số"
    assert [row[:3] for row in cells[:3]] == [
        ["STT", "Lĩnh vực, tiêu chí, tiêu chí thành phần", "Điểm tối đa"],
        ["1", "Chỉ đạo, điều hành", "80"],
        ["1.1", "Kế hoạch\nChủ trì: Phòng Nội vụ", "30"],
    ]
    assert cells[2][3:] == [
        "Kịp thời, đầy đủ: 30 điểm; Chậm: 10 điểm; Không có: 0 điểm",
        "Mức đạt",
        "",
        "chọn trong danh sách",
    ]
    assert cells[3] == ["1.2", "Đúng hạn", "30", rule, "Số đã hoàn thành", "", "số nguyên; ≥ 0; ≤ Tổng số"]
    assert cells[5] == ["1.2", "", "", "", "Tỷ lệ (%)", "", percent]
    assert [row[6] for row in cells[6:9]] == ["có/không", "có/không", "số; ≥ 0; ≤ 100; không tự đánh giá"]
    assert [row[1] for row in cells[9:11]] == ["Điểm thưởng: cộng, tối đa 3", "Sáng kiến"]
    assert cells[10][6] == "điểm; ≥ 0; ≤ 3; để trống: tính mặc định"
    assert [(row[1], row[4], row[6]) for row in cells[11:]] == [
        ("Sự kiện, tình trạng của đơn vị", "", ""),
        ("", "Khiển trách", "có/không; xếp loại cao nhất là Khá"),
        ("", "Khen thưởng", "có/không"),
        ("", "Không xếp hạng", "ghi lý do"),
    ]


def test_rows_in_english() -> None:
    """The form in English says the same in English."""
    cells = grid(form(M, UNIT, lang="en"), UNIT)
    assert cells[6][:4] == ["No.", "Domain, criterion, component criterion", "Maximum points", "Rule"]
    assert cells[11][6] == "percent; ≥ 0; ≤ 100; instead of Done, Total"
    assert cells[14][6] == "number; ≥ 0; ≤ 100; not self-assessed"


def test_open_cells() -> None:
    """What may be filled in is yellow and unlocked, each cell in the format of its input; all else is locked."""
    data = form(M, UNIT)
    looks, rows = styles(data, UNIT), asked(data, UNIT)
    assert 'sheetProtection sheet="1"' in part(data, sheets(data)[UNIT])
    assert {cell for cell, look in looks.items() if look["locked"] == "no"} == {
        *(f"{column}{row}" for row in (2, 3, 4, 5) for column in "FG"),
        *(row.cells["value"] for row in rows.values()),
        *(row.cells["note"] for row in rows.values()),
        *(row.cells["evidence"] for (criterion, _), row in rows.items() if criterion),
        *(
            rows[first].cells["reason"]
            for first in [("1.1", "level"), ("1.2", "done"), ("1.10", "fees"), ("2", "value"), ("b", "points")]
        ),
    }
    assert {look["fill"] for look in looks.values() if look["locked"] == "no"} == {"FFFFF2CC", "FFFFF9E5"}
    formats = {"level": "@", "done": "0", "total": "0", "percent": "0.00%", "fees": "@", "value": "0"}
    assert {name: looks[row.cells["value"]]["format"] for (_, name), row in rows.items() if name in formats} == formats
    assert {
        looks[row.cells[role]]["format"] for row in rows.values() for role in ("evidence", "note") if row.row < 18
    } == {"@"}


def test_page_of_the_form() -> None:
    """The form prints on A4 across, one page wide, with its headings on each page; on the screen they stay in view."""
    data = form(M, UNIT)
    text = part(data, sheets(data)[UNIT])
    assert '<pane xSplit="2" ySplit="7" topLeftCell="C8"' in text
    assert '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>' in text
    assert '<pageSetUpPr fitToPage="1"/>' in text
    assert "'Phường 1'!$7:$7" in part(data, "xl/workbook.xml")


def test_long_texts_make_a_high_row() -> None:
    """A row is as high as its longest text needs, within what a row may be."""
    toml = TOML.replace('vi = "Đúng hạn"', f'vi = "{"Rất dài " * 12}"').replace(
        'vi = "Niêm yết"', f'vi = "{"Dài " * 2000}"'
    )
    text = part(form(pi.parse_methodology(toml), UNIT), "xl/worksheets/sheet1.xml")
    heights = dict(re.findall(r'<row r="(\d+)"[^>]*? ht="(\d+)"', text))
    assert (heights["10"], heights["13"]) == ("45", "405")
    assert "11" not in heights


def test_values_are_held_to_their_limits() -> None:
    """A value cell takes what its input may be: whole numbers, percents up to 100 %, points up to the maximum."""
    data = form(M, UNIT)
    rows, rules = asked(data, UNIT), validations(data, UNIT)

    def rule(criterion: str, name: str) -> tuple[str | None, ...]:
        told = rules[rows[criterion, name].cells["value"]]
        return told["type"], told.get("operator"), told["formula1"], told.get("formula2")

    assert rule("1.2", "done") == ("whole", "greaterThanOrEqual", "0", None)
    assert rule("1.2", "percent") == ("decimal", None, "0", "1")
    assert rule("2", "value") == ("decimal", None, "0", "100")
    assert rule("b", "points") == ("decimal", None, "0", "3")
    assert rules[rows["1.2", "done"].cells["value"]]["error"] == "số nguyên; ≥ 0; ≤ Tổng số"


def test_values_without_limits_are_numbers() -> None:
    """A value without a least one must only be a number; a rate that may exceed 100 % has no greatest."""
    toml = TOML.replace('rule = { type = "given", scale = 100 }', 'rule = { type = "relative" }').replace(
        '{ type = "ratio", zero_total = "not-applicable" }', '{ type = "ratio", may_exceed = true, amounts = true }'
    )
    data = form(pi.parse_methodology(toml), UNIT)
    rows, rules = asked(data, UNIT), validations(data, UNIT)
    compared, rate = (rules[rows[key].cells["value"]] for key in [("2", "value"), ("1.2", "percent")])
    assert (compared["type"], compared["formula1"]) == ("custom", f"ISNUMBER({rows['2', 'value'].cells['value']})")
    assert (rate["type"], rate["operator"], rate["formula1"]) == ("decimal", "greaterThanOrEqual", "0")


def test_limits_that_no_decimal_is() -> None:
    """A limit of a third is written as a formula, exactly."""
    toml = TOML.replace('rule = { type = "given" }', 'rule = { type = "given", lowest = "1/3" }').replace(
        "default = 0", ""
    )
    data = form(pi.parse_methodology(toml), UNIT)
    assert validations(data, UNIT)[asked(data, UNIT)["b", "points"].cells["value"]]["formula1"] == "1/3"


@pytest.mark.parametrize(
    ("lang", "levels", "words"),
    [
        ("vi", ["Kịp thời, đầy đủ", "Chậm", "Không có"], ["có", "không"]),
        ("en", ["In time, complete", "part — none", "none — None"], ["yes", "no"]),
    ],
)
def test_drop_downs(lang: Lang, levels: list[str], words: list[str]) -> None:
    """A choice offers its labels, after the key where a label could mean another one; yes and no are offered too."""
    data = form(M, UNIT, lang=lang)
    rows = asked(data, UNIT)
    assert offered(data, UNIT, rows["1.1", "level"].cells["value"]) == levels
    assert offered(data, UNIT, rows["1.10", "fees"].cells["value"]) == words
    assert offered(data, UNIT, rows["", "event/khen"].cells["value"]) == words


def test_lists_are_hidden() -> None:
    """The entries of the drop-downs stand on a hidden sheet that names the format of the form."""
    data = form(M, UNIT)
    assert 'name="parindex" sheetId="2" state="hidden"' in part(data, "xl/workbook.xml")
    assert grid(data, "parindex")[0][0] == "parindex.form/1"


def test_stages_are_offered() -> None:
    """The stage is chosen from the three there are."""
    assert offered(form(), "Phiếu", "F4") == ["Tự đánh giá", "Thẩm định", "Kết quả cuối cùng"]


def test_groups_are_offered() -> None:
    """Where the methodology names groups they are offered, and another one is taken after a warning."""
    grouped = pi.parse_methodology(TOML.replace("from = 80 }", 'from = 80, groups = ["miền núi, hải đảo", "x"] }'))
    assert offered(form(grouped), "Phiếu", "F5") == ["miền núi, hải đảo", "x"]
    assert validations(form(grouped), "Phiếu")["F5"]["errorStyle"] == "warning"
    assert "F5" not in validations(form(), "Phiếu")


def test_criteria_of_a_group_say_so() -> None:
    """A criterion of some groups only is marked with them."""
    toml = TOML.replace('vi = "Hài lòng"', 'applies_to = ["x", "y"]\nvi = "Hài lòng"')
    (row,) = (row for row in grid(form(pi.parse_methodology(toml)), "Phiếu") if row[0] == "2")
    assert row[1] == "Hài lòng\nChỉ áp dụng cho nhóm: x, y"


def test_outline_without_events() -> None:
    """An outline shows unknown maxima as such, asks for no reason where none may be given, and has no facts."""
    toml = """
format = "parindex.methodology/1"
id = "vn.example.outline"
edition = "2024"
years = [2024]
unit_kind = "province"
completeness = "outline"
total = 100
title = { vi = "Khung", en = "Outline" }
source = [{ key = "qd", title = "Quyết định", status = "illustrative" }]
[[criterion]]
id = "1"
vi = "Một"
max = "unknown"
cite = { source = "qd" }
"""
    data = form(pi.parse_methodology(toml))
    assert [row[:3] for row in grid(data, "Phiếu")[7:]] == [["1", "Một", "?"]]
    assert styles(data, "Phiếu")["H8"]["locked"] == "yes"


def test_sheet_names() -> None:
    """Each unit has a sheet of its own, named after it as far as a sheet can be."""
    long = "Ủy ban nhân dân phường Nguyễn Thị Minh Khai"
    data = form(M, "Xã A/B: [C]", long, f"{long} 2", "XÃ a b   c", "parindex", "'", "History", "Xã A/B: [C]")
    assert list(sheets(data)) == [
        "Xã A B   C",
        "Ủy ban nhân dân phường Nguyễn T",
        "Ủy ban nhân dân phường Nguy (2)",
        "XÃ a b   c (2)",
        "parindex (2)",
        "Phiếu",
        "History (2)",
        "parindex",
    ]
    assert grid(data, "Ủy ban nhân dân phường Nguyễn T")[1][5] == long


def test_stage_and_period_filled_in(tmp_path: Path) -> None:
    """A stage and a period that are stated stand in the form, and come back with it."""
    a = one(form(M, UNIT, stage="self", period="2024-Q1", lang="en"), tmp_path)
    assert (a.stage, a.period) == (pi.Stage.SELF, "2024-Q1")


def test_unknown_stage_is_not_written() -> None:
    """A form of a stage that does not exist is refused, with the near miss."""
    with pytest.raises(pi.Fault, match="did you mean 'self'"):
        form(M, UNIT, stage="slef")


# What cells mean


@pytest.mark.parametrize(
    ("held", "percent"),
    [
        (0.95, "95%"),
        (0.57, "57%"),  # times 100 a float would be 56.99999999999999
        (Raw("n", "<v>0.56999999999999995</v>"), "57%"),
        (Raw("n", "<v>0.79999999999999993</v>"), "80%"),
        (0.29, "29%"),
        (Raw("n", "<v>9.4999999999999998E-3</v>"), "0.95%"),
        (1, "100%"),
        (0, "0%"),
        ("95%", "95%"),
        ("95", "95"),
    ],
)
def test_percent_cells(held: object, percent: str, tmp_path: Path) -> None:
    """A percent cell is a percent, exactly: the 15 digits of what it holds, times 100."""
    assert one(filled({("1.2", "percent"): held}), tmp_path).observations["1.2"] == {"percent": percent}


@given(st.integers(0, 10**7))
def test_any_percent_is_exact(parts: int) -> None:
    """Every rate of five decimals of a percent comes back as it was typed."""
    typed = Fraction(parts, 10**5)
    table = workbook_table(
        typed_table([["unit", "1.2:percent"], ["A", float(typed / 100)]], percent=((1, 1),)), M, name="x", decimal="."
    )
    assert table.rows[0].cells["1.2:percent"] == f"{shortest(typed)}%"


@given(st.floats(-1e15, 1e15, exclude_min=True, exclude_max=True).filter(lambda value: not value or abs(value) > 1e-15))
def test_any_number_is_its_fifteen_digits(value: float) -> None:
    """A number cell is what its first 15 significant digits say, exactly."""
    data = fill(PLAIN, {"Bảng": {"B2": value}})
    (row,) = workbook_table(data, M, name="x", decimal=".").rows
    assert Fraction(row.cells["2:value"]) == Fraction(f"{value:.15g}")


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 15))
def test_any_typed_decimal_comes_back(digits: int, decimals: int) -> None:
    """A decimal of up to 15 digits is exactly what was typed."""
    typed = Fraction(digits, 10**decimals)
    data = fill(PLAIN, {"Bảng": {"B2": float(typed)}})
    (row,) = workbook_table(data, M, name="x", decimal=".").rows
    assert Fraction(row.cells["2:value"]) == typed


def test_noise_of_a_formula_decides_nothing(tmp_path: Path) -> None:
    """A formula such as 0.1+0.7 that a spreadsheet shows as 80 % reaches a threshold of 80 %."""
    methodology = pi.parse_methodology(TOML.replace('zero_total = "not-applicable"', 'from = "80%"'))
    held = Raw("n", "<f>0.1+0.7</f><v>0.79999999999999993</v>")
    a = one(
        filled({**FULL, ("1.2", "done"): None, ("1.2", "total"): None, ("1.2", "percent"): held}, head={"C4": None}),
        tmp_path,
        methodology=methodology,
    )
    assert a.observations["1.2"] == {"percent": "80%"}
    assert pi.score(methodology, a)["1.2"].points == 24


@pytest.mark.parametrize("held", [10**15, 1234567890123456, -(10**16), 1e300])
def test_more_digits_than_a_spreadsheet_keeps(held: float, tmp_path: Path) -> None:
    """A number of more than 15 whole digits may have lost some, and is refused."""
    (told,) = faults(filled({("2", "value"): held}), tmp_path)
    wanted = f"{float(held):.15g} has more than the 15 digits that a spreadsheet keeps of a number: write it as text"
    assert told == f"sheet '{UNIT}' cell F15, unit '{UNIT}', 2:value: {wanted}"


def test_long_numbers_in_texts(tmp_path: Path) -> None:
    """A note is the number as the spreadsheet shows it, however long."""
    assert one(filled({("2", "value", "note"): 10**15}), tmp_path).notes == {"2": "1e+15"}


PLAIN: Final = typed_table([["unit", "2:value"], ["A", 1]])


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("0%", "0.95%"),
        ("0.0000%", "0.95%"),
        ("[Red]0.0%;-0.0%", "0.95%"),
        ("#,##0.00", "0.0095"),
        ('0.00" %"', "0.0095"),
        (r"0.00\%", "0.0095"),
        ("0.00_%", "0.0095"),
        ("General", "0.0095"),
    ],
)
def test_number_formats(code: str, read: str) -> None:
    """A format shows a percent where its sign multiplies, not where the sign is only written."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    page = book.add_worksheet()
    page.write_row(0, 0, ["unit", "2:value"])
    page.write_row(1, 0, ["A", 0.0095], book.add_format({"num_format": code}))
    book.close()
    assert workbook_table(written.getvalue(), M, name="x", decimal=".").rows[0].cells["2:value"] == read


def test_bare_rate_is_ambiguous(tmp_path: Path) -> None:
    """A number between 0 and 1 in a cell that is no percent is refused, as everywhere."""
    data = typed_table([["unit", "1.2:percent"], ["A", 0.95]])
    assert faults(data, tmp_path) == [
        "sheet 'Bảng' cell B2, unit 'A', 1.2:percent: 0.95 is ambiguous: write 0.95% or 95%"
    ]


def test_percent_of_something_else(tmp_path: Path) -> None:
    """A percent where a count is asked for is refused."""
    data = typed_table([["unit", "1.2:done", "1.2:total"], ["A", 0.95, 60]], percent=((1, 1),))
    assert faults(data, tmp_path) == ["sheet 'Bảng' cell B2, unit 'A', 1.2:done: '95%' is not a number"]


def test_text_numbers_follow_the_mark(tmp_path: Path) -> None:
    """A number that is text has the mark that was stated; number cells have none."""
    data = filled({**FULL, ("1.2", "percent"): "95,5%", ("1.2", "done"): None, ("1.2", "total"): None})
    assert one(data, tmp_path, decimal=",").observations == {**OBSERVED, "1.2": {"percent": "95.5%"}}
    assert faults(data, tmp_path) == [
        (
            f"sheet '{UNIT}' cell F12, unit '{UNIT}': column 1.2:percent: '95,5%' is written with ',' here; "
            "the mark is '.': say decimal=',' if the whole file is written so"
        )
    ]


@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize(
    ("held", "thousand", "small"),
    [("1.000", "1000", "1"), ("1,000", "1000", "1"), ("12.500", "12500", "12.5"), ("-1,250 %", "-1250 %", "-1.25 %")],
)
def test_thousands_typed_as_text(held: str, thousand: str, small: str, decimal: str, tmp_path: Path) -> None:
    """A text that may be a thousand or a decimal is refused whatever the mark, in a form and in tables."""
    told = f"{held!r} may be {thousand} or {small.replace('.', decimal)}: type it as a number, or write one of these"
    at = "unit 'A', 2:value"
    assert faults(filled({("2", "value"): held}), tmp_path, decimal=decimal) == [
        f"sheet '{UNIT}' cell F15, unit '{UNIT}', 2:value: {told}"
    ]
    wide = typed_table([["unit", "2:value"], ["A", held]])
    assert faults(wide, tmp_path, decimal=decimal) == [f"sheet 'Bảng' cell B2, {at}: {told}"]
    long = typed_table([["unit", "criterion", "input", "value"], ["A", "2", "value", held]])
    assert faults(long, tmp_path, decimal=decimal) == [f"sheet 'Bảng' cell D2, {at}: {told}"]


def test_thousands_in_a_column_of_an_id(tmp_path: Path) -> None:
    """The points of a criterion are named by its id alone, and are a number too."""
    (told,) = faults(typed_table([["unit", "b"], ["A", "1.000"]]), tmp_path)
    assert told.startswith("sheet 'Bảng' cell B2, unit 'A', b:points: '1.000' may be 1000 or 1: ")


@pytest.mark.parametrize("held", ["0.125", "1.25", "1.0000", "87.5", "1000"])
def test_decimals_typed_as_text(held: str, tmp_path: Path) -> None:
    """A text that cannot be a thousand is the decimal that it says."""
    toml = TOML.replace("scale = 100", "scale = 1000")
    data = typed_table([["unit", "2:value"], ["A", held]])
    assert one(data, tmp_path, methodology=pi.parse_methodology(toml)).observations["2"] == {"value": held}


def test_thousands_in_words(tmp_path: Path) -> None:
    """Where no number is asked for, a text that looks like a thousand is a text; so is one in another column."""
    rows: list[list[object]] = [["unit", "criterion", "input", "value", "note"], ["A", "2", "value", "5", "1.000"]]
    assert one(typed_table(rows), tmp_path).notes == {"2": "1.000"}
    wide = typed_table([["unit", "2:value", "1"], ["1.000", 5, "1.000"]])
    assert one(wide, tmp_path).unit == "1.000"
    assert one(filled({("2", "value", "reason"): "1.000"}), tmp_path).observations["2"] == pi.NotApplicable("1.000")


def test_both_marks(tmp_path: Path) -> None:
    """Both marks in one column are told with the cell of the other one."""
    data = typed_table([["unit", "2:value"], ["A", "8,5"], ["B", 8.5]])
    assert faults(data, tmp_path) == [
        (
            "sheet 'Bảng' cell B2, unit 'A': column 2:value: '8,5' is written with ',' here; the mark is '.' and '8.5' "
            "(sheet 'Bảng' cell B3) has it: both marks in one column"
        )
    ]


@pytest.mark.parametrize(("held", "read"), [(True, "TRUE"), (False, "FALSE"), (1, "1"), (0, "0"), ("Có", "Có")])
def test_truth_values_are_yes_and_no(held: object, read: str, tmp_path: Path) -> None:
    """TRUE and FALSE are yes and no where that is asked for."""
    data = filled({("1.10", "fees"): held, ("1.10", "forms"): "no"})
    assert one(data, tmp_path).observations["1.10"] == {"fees": read, "forms": "no"}


@pytest.mark.parametrize(
    ("key", "told"),
    [
        (("2", "value"), "'TRUE' is not a number"),
        (("1.1", "level"), "'TRUE' is none of full, part, none"),
    ],
)
def test_truth_values_are_nothing_else(key: tuple[str, str], told: str, tmp_path: Path) -> None:
    """TRUE is neither a number nor a choice."""
    assert [each.partition(": ")[2] for each in faults(filled({key: True}), tmp_path)] == [told]


def test_errors(tmp_path: Path) -> None:
    """A cell with an error is a fault with its place, and is not told as missing too."""
    data = filled({**FULL, ("2", "value"): error("#N/A"), ("1.1", "level"): error("#REF!")})
    told = [
        f"sheet '{UNIT}' cell {cell}, unit '{UNIT}', {at}: holds the error {name}"
        for cell, at, name in [("F9", "1.1:level", "#REF!"), ("F15", "2:value", "#N/A")]
    ]
    assert faults(data, tmp_path) == told
    assert cli.main(["score", *_files(tmp_path)]) == 2


def _files(tmp_path: Path) -> list[str]:
    """Return the methodology saved beside the workbook, and the workbook."""
    (tmp_path / "m.toml").write_text(TOML, "utf-8")
    return [str(tmp_path / "m.toml"), str(tmp_path / "phieu.xlsx")]


def test_score_tells_errors_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Scoring tells an error once, beside what is missing."""
    saved(tmp_path, filled({**FULL, ("2", "value"): error("#N/A"), ("1.1", "level"): None}))
    assert cli.main(["score", *_files(tmp_path)]) == 2
    told = capsys.readouterr().err.replace(str(tmp_path / "phieu.xlsx"), "phieu.xlsx").splitlines()
    assert told == [
        "parindex: phieu.xlsx cannot be scored",
        f"- phieu.xlsx sheet '{UNIT}' cell F15, unit '{UNIT}', 2:value: holds the error #N/A",
        f"- phieu.xlsx sheet '{UNIT}' cell F9, unit '{UNIT}', 1.1:level: is missing",
    ]


def test_dates_are_no_values(tmp_path: Path) -> None:
    """What a spreadsheet took for a date is refused where a value is asked for."""
    data = typed_table([["unit", "criterion", "input", "value"], ["A", "2", "value", dt.date(2024, 5, 6)]])
    assert faults(data, tmp_path) == [
        (
            "sheet 'Bảng' cell D2, unit 'A', 2:value: 2024-05-06 is a date or a time, "
            "into which a spreadsheet turns what looks like one: write it as text"
        )
    ]


def test_dates_in_texts(tmp_path: Path) -> None:
    """A date is a note and evidence like any other."""
    data = typed_table(
        [
            ["unit", "criterion", "input", "value", "evidence", "note"],
            ["A", "2", "value", 5, dt.date(2024, 5, 6), dt.date(2024, 5, 7)],
        ]
    )
    a = one(data, tmp_path)
    assert (a.evidence, a.notes) == ({"2": "2024-05-06"}, {"2": "2024-05-07"})


def test_formulas_hold_their_result(tmp_path: Path) -> None:
    """A formula is what it came to when the workbook was saved."""
    assert one(filled({("2", "value"): Raw("n", "<f>40+2</f><v>42</v>")}), tmp_path).observations["2"] == {
        "value": "42"
    }
    assert one(filled({("1.1", "level"): Raw("str", "<f>A1</f><v>full</v>")}), tmp_path).observations["1.1"] == {
        "level": "full"
    }
    assert one(filled({("1.1", "level"): Raw("str", '<f>""</f><v></v>')}), tmp_path).observations == {}


def test_formulas_without_a_result(tmp_path: Path) -> None:
    """A formula that was never calculated is no empty cell."""
    assert faults(filled({("2", "value"): Raw("n", "<f>40+2</f>")}), tmp_path) == [
        (
            f"sheet '{UNIT}' cell F15, unit '{UNIT}', 2:value: "
            "holds a formula without a result: open the workbook in a spreadsheet and save it there"
        )
    ]


def test_numbers_beyond_reading(tmp_path: Path) -> None:
    """A number with more decimals than are read is a fault of its cell."""
    assert faults(filled({("2", "value"): 1e-300}), tmp_path) == [
        f"sheet '{UNIT}' cell F15, unit '{UNIT}', 2:value: 1e-300 is longer than the 100 digits that are read"
    ]


@pytest.mark.parametrize("held", ["full", "FULL", "kịp thời, đầy đủ ", "In time, complete", "Kịp thời, đầy đủ"])
def test_choices(held: str, tmp_path: Path) -> None:
    """A choice is understood by its label in either language, or by its key."""
    assert one(filled({("1.1", "level"): held}), tmp_path).observations["1.1"] == {"level": "full"}


@pytest.mark.parametrize(
    ("held", "key"), [("none", "none"), ("part — none", "part"), ("None", "none"), ("Chậm", "part")]
)
def test_choices_that_look_alike(held: str, key: str, tmp_path: Path) -> None:
    """A word that is the key of one option and the label of another is the key."""
    assert one(filled({("1.1", "level"): held}), tmp_path).observations["1.1"] == {"level": key}


def test_unknown_choice(tmp_path: Path) -> None:
    """Another word is refused with the near miss."""
    assert faults(filled({("1.1", "level"): "ful"}), tmp_path) == [
        f"sheet '{UNIT}' cell F9, unit '{UNIT}', 1.1:level: 'ful' is none of full, part, none; did you mean 'full'?"
    ]


def test_choice_by_a_number(tmp_path: Path) -> None:
    """A key made of digits is found though the cell holds a number."""
    methodology = pi.parse_methodology(TOML.replace('key = "full"', 'key = "1"'))
    data = form_workbook(methodology, [UNIT])
    assert one(fill(data, {UNIT: {"F9": 1}}), tmp_path, methodology=methodology).observations["1.1"] == {"level": "1"}


# Forms in any order, of another revision, and with what does not belong there


def test_rows_may_be_moved(tmp_path: Path) -> None:
    """Rows in another order, others taken out and a column added are understood by their headings and their keys."""
    expected = one(filled(FULL), tmp_path)
    rows = grid(filled(FULL), UNIT)
    moved = [["", *row] for row in [*rows[:7], *reversed(rows[7:])] if row[10] or row[0] in {"", "STT"}]
    moved[2][5:7] = rows[1][4:6]
    assert one(typed_table(moved), tmp_path) == expected


def test_rows_taken_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a form no longer asks for is missing, told with the cell of the unit."""
    rows = [row for row in grid(filled(FULL), UNIT) if row[0] != "2"]
    saved(tmp_path, typed_table(rows, sheet="P"))
    assert cli.main(["score", *_files(tmp_path)]) == 2
    assert capsys.readouterr().err.splitlines()[1:] == [
        f"- {tmp_path / 'phieu.xlsx'} sheet 'P' cell F2, unit '{UNIT}', 2:value: is missing"
    ]


def test_row_twice(tmp_path: Path) -> None:
    """An input that two rows state is told with both cells."""
    rows = grid(filled(FULL), UNIT)
    assert faults(typed_table([*rows, rows[8]], sheet="P"), tmp_path) == [
        f"sheet 'P' cell F{len(rows) + 1}, unit '{UNIT}', 1.1:level: stands twice, first on sheet 'P' cell F9"
    ]


def test_number_for_an_id(tmp_path: Path) -> None:
    """An id that became a number is refused where it may be another one that ends in zero."""
    rows = grid(filled(FULL), UNIT)
    told = [[float(cell) if at == 0 and cell in {"1.1", "2"} else cell for at, cell in enumerate(row)] for row in rows]
    assert faults(typed_table(told, sheet="P"), tmp_path) == [
        (
            f"sheet 'P' cell A9, unit '{UNIT}', criterion: the number 1.1 may stand for 1.1 or 1.10: "
            "format the cell as text and write the id again"
        )
    ]


def test_form_of_another_revision(tmp_path: Path) -> None:
    """A form of another revision is refused, naming both, unless its fingerprint is taken out."""
    other = pi.parse_methodology(TOML.replace('edition = "2024"', 'edition = "2024"\nrevision = 2'))
    told = faults(filled(FULL), tmp_path, other)
    assert told == [
        (
            f"sheet '{UNIT}' cell C4, fingerprint: "
            f"is a form of vn.example.form@2024 revision 1 ({M.fingerprint[:12]}), "
            f"not of vn.example.form@2024 revision 2 ({other.fingerprint[:12]}); "
            "empty this cell to have it read all the same"
        )
    ]
    assert one(filled(FULL, head={"C4": None}), tmp_path, methodology=other).observations == OBSERVED


def test_criteria_of_another_revision(tmp_path: Path) -> None:
    """Criteria and inputs that the methodology does not have are told with their cells, filled in or not."""
    toml = TOML.replace('id = "2"', 'id = "3"').replace('key = "forms"', 'key = "form"')
    told = faults(filled({("1.1", "level"): "full"}, head={"C4": None}), tmp_path, pi.parse_methodology(toml))
    assert told == [
        (
            f"sheet '{UNIT}' cell K14, unit '{UNIT}', 1.10:forms: unknown input, "
            "expected fees, form, not-applicable; did you mean 'form'?"
        ),
        f"sheet '{UNIT}' cell A15, unit '{UNIT}', 2:value: there is no such criterion",
    ]


def test_all_faults_of_a_form_at_once(tmp_path: Path) -> None:
    """What is wrong above the rows and within them is told together."""
    data = filled({("2", "value"): 101}, head={"F2": None, "F4": "thẩm tra", "F3": error("#NAME?")})
    assert faults(data, tmp_path) == [
        f"sheet '{UNIT}' cell F3, period: holds the error #NAME?",
        f"sheet '{UNIT}' cell F2, unit: the name of the unit is empty",
        f"sheet '{UNIT}' cell F4, stage: 'thẩm tra' is no stage, expected one of self, appraised, final",
        f"sheet '{UNIT}' cell F15, unit '{UNIT}', 2:value: 101 is above 100",
    ]


def test_unit_that_is_an_error(tmp_path: Path) -> None:
    """A unit whose name is an error is told once."""
    assert faults(filled(FULL, head={"F2": error("#REF!")}), tmp_path) == [
        f"sheet '{UNIT}' cell F2, unit: holds the error #REF!"
    ]


def test_head_taken_out(tmp_path: Path) -> None:
    """A form without the cell for its unit is told with its sheet."""
    rows = grid(filled(FULL), UNIT)
    assert faults(typed_table(rows[6:], sheet="P"), tmp_path) == ["sheet 'P', unit: the name of the unit is empty"]


def test_unit_on_two_sheets(tmp_path: Path) -> None:
    """A unit on two sheets at one stage is told once, with both cells."""
    data = fill(form(M, "A", "B"), {"B": {"F2": "A"}, "A": {"F9": "full"}})
    assert faults(data, tmp_path) == ["sheet 'B' cell F2, unit 'A': stands twice, first on sheet 'A' cell F2"]


def test_stages_on_sheets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A unit may have a sheet for each stage; what is missing is told with the sheet of the stage asked for."""
    data = fill(form(M, "A", "B"), {"B": {"F2": "A", "F4": "Kết quả cuối cùng"}, "A": {"F4": "Self-assessed"}})
    (own,) = read(data, tmp_path, stage="self")
    (last,) = read(data, tmp_path, stage="final")
    assert (own.stage, last.stage) == (pi.Stage.SELF, pi.Stage.FINAL)
    assert cli.main(["score", *_files(tmp_path), "--stage", "self"]) == 2
    told = capsys.readouterr().err.splitlines()[1:]
    assert told
    assert all("sheet 'A' cell" in each for each in told)


def test_group_and_period(tmp_path: Path) -> None:
    """Group and period are what stands in their cells, as text."""
    a = one(filled(FULL, head={"F3": 2024, "F5": "miền núi"}), tmp_path)
    assert (a.period, a.group, a.year) == ("2024", "miền núi", 2024)


def test_not_applicable(tmp_path: Path) -> None:
    """A reason on any row of a leaf makes it not applicable."""
    a = one(filled({("1.2", "done", "reason"): "không phát sinh hồ sơ"}), tmp_path)
    assert a.observations["1.2"] == pi.NotApplicable("không phát sinh hồ sơ")
    assert one(filled({("1.2", "total", "reason"): "x"}), tmp_path).observations["1.2"] == pi.NotApplicable("x")


def test_not_applicable_with_values(tmp_path: Path) -> None:
    """A leaf with a reason and values too is refused at the cell of the reason."""
    assert faults(filled({**FULL, ("1.2", "done", "reason"): "không có"}), tmp_path) == [
        f"sheet '{UNIT}' cell H10, unit '{UNIT}', 1.2:not-applicable: is not applicable and has values too"
    ]


@pytest.mark.parametrize("word", ["không", "Có", "no", 0, False])
def test_no_reason(word: object, tmp_path: Path) -> None:
    """Yes and no, which answer the heading, are no reason."""
    (told,) = faults(filled({("2", "value", "reason"): word}), tmp_path)
    assert told.startswith(f"sheet '{UNIT}' cell H15, unit '{UNIT}', 2:not-applicable: ")
    assert told.endswith(" is no reason: write why it does not apply, or leave the cell empty")


def test_reason_that_is_an_error(tmp_path: Path) -> None:
    """A reason that is an error is told with its cell."""
    assert faults(filled({("2", "value", "reason"): error("#N/A")}), tmp_path) == [
        f"sheet '{UNIT}' cell H15, unit '{UNIT}', 2:not-applicable: holds the error #N/A"
    ]


def test_notes_and_evidence(tmp_path: Path) -> None:
    """Notes and evidence of the rows of a criterion are kept together."""
    typed = {("1.2", "done", "note"): "một", ("1.2", "total", "note"): "hai", ("2", "value", "evidence"): "BC 12/5"}
    a = one(filled({**typed, ("", "unranked", "note"): "chung"}), tmp_path)
    assert (a.notes, a.evidence) == ({"1.2": "một; hai", "": "chung"}, {"2": "BC 12/5"})


def test_note_that_is_an_error(tmp_path: Path) -> None:
    """An error in a note is told, and the value beside it is read."""
    assert faults(filled({**FULL, ("2", "value", "note"): error("#N/A")}), tmp_path) == [
        f"sheet '{UNIT}' cell J15, unit '{UNIT}', note: holds the error #N/A"
    ]


def test_values_in_headings(tmp_path: Path) -> None:
    """A value beside a criterion that has others below it is refused."""
    assert faults(filled({}, head={"F8": 5}), tmp_path) == [
        f"sheet '{UNIT}' cell A8, unit '{UNIT}', 1: has criteria below it, observe those"
    ]


def test_facts(tmp_path: Path) -> None:
    """Events are those answered with yes, and a unit is unranked where a reason stands."""
    typed = {("", "event/khien-trach"): "có", ("", "event/khen"): "không", ("", "unranked"): "mới sáp nhập"}
    a = one(filled(typed), tmp_path)
    assert (a.events, a.unranked) == (("khien-trach",), "mới sáp nhập")
    nothing = one(filled({}), tmp_path)
    assert (nothing.events, nothing.unranked) == ((), None)


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ("2 lần", "'2 lần' is neither yes nor no (yes, no, true, false, 1, 0, có, không)"),
        (error("#N/A"), "holds the error #N/A"),
    ],
)
def test_wrong_facts(held: object, told: str, tmp_path: Path) -> None:
    """An event is answered with yes or no."""
    assert faults(filled({("", "event/khen"): held}), tmp_path) == [
        f"sheet '{UNIT}' cell F20, unit '{UNIT}', event: {told}"
    ]


def test_unknown_facts(tmp_path: Path) -> None:
    """A fact that there is not is refused, an event that is not declared when it is scored."""
    rows = grid(filled(FULL), UNIT)
    rows[19][5] = "có"
    rows[19][10] = "event/khem"
    rows[20][5] = "mới"
    rows[20][10] = "unrankd"
    assert faults(typed_table(rows, sheet="P"), tmp_path) == [
        (
            f"sheet 'P' cell K21, unit '{UNIT}', input: 'unrankd' is no fact of a unit, "
            "expected event, group, unranked; did you mean 'unranked'?"
        )
    ]
    rows[20][5] = ""
    (a,) = read(typed_table(rows, sheet="P"), tmp_path)
    with made.refused(pi.ObservationFaults, "the event 'khem' is not declared"):
        pi.score(M, a)


# Workbooks


def test_other_sheets_are_passed_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Sheets without observations are passed over, which the log says; the lists of the form are none of them."""
    data = fill(form(M, "A", "B"), {"B": {"A7": "Số thứ tự", "A1": "Ghi chú"}})
    with caplog.at_level(logging.WARNING, logger="parindex"):
        assert [each.unit for each in read(data, tmp_path)] == ["A"]
    assert [record.getMessage() for record in caplog.records] == [f"{tmp_path / 'phieu.xlsx'}: sheets passed over: B"]


def sheets_of(*tables: list[list[object]]) -> bytes:
    """Return a workbook with a sheet for each table."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    for table in tables:
        page = book.add_worksheet()
        for row, values in enumerate(table):
            page.write_row(row, 0, values)
    book.close()
    return written.getvalue()


def test_nothing_to_read(tmp_path: Path) -> None:
    """A workbook without a form and a table is refused."""
    told = "holds neither a form nor a table with a column 'unit' in its first row"
    assert refusal(sheets_of([]), tmp_path) == told
    assert refusal(sheets_of([["Đơn vị"], ["A"]]), tmp_path) == told


def test_one_table_only(tmp_path: Path) -> None:
    """Two tables, or a table beside a form, are refused with the names of the sheets."""
    table: list[list[object]] = [["unit", "2:value"], ["A", 1]]
    told = "both hold observations; expected forms alone, or one table"
    assert refusal(sheets_of(table, [["x"]], table), tmp_path) == f"sheets 'Sheet1' and 'Sheet3' {told}"
    assert refusal(sheets_of(grid(form(M, UNIT), UNIT), table), tmp_path) == f"sheets 'Sheet1' and 'Sheet2' {told}"


def test_form_without_rows(tmp_path: Path) -> None:
    """Forms of which only the headings are left are refused."""
    assert refusal(sheets_of(grid(form(M, UNIT), UNIT)[:7]), tmp_path) == "its forms have no rows below their headings"


LONG: Final[list[list[object]]] = [
    ["unit", "criterion", "input", "value", "period"],
    ["A", "1.1", "level", "full", 2024],
    ["A", "1.2", "done", 57, 2024],
    ["A", "1.2", "total", 60, 2024],
    ["A", "1.10", "not-applicable", "chưa kiểm tra", 2024],
    ["A", 2, "value", 88.4, 2024],
    [],
    ["A", "", "event", "khen", ""],
]
WIDE: Final[list[list[object]]] = [
    ["unit", "1.1:level", "1.2:done", "1.2:total", "1.10:fees", "2:value", "index"],
    ["A", "full", 57, 60, "not-applicable: chưa kiểm tra", 88.4, "#N/A"],
]
TABLED: Final = {
    "1.1": {"level": "full"},
    "1.2": {"done": "57", "total": "60"},
    "1.10": pi.NotApplicable("chưa kiểm tra"),
    "2": {"value": "88.4"},
}


@pytest.mark.parametrize("decimal", [".", ","])
def test_long_table(decimal: str, tmp_path: Path) -> None:
    """A long table typed into a sheet is read like its CSV, whatever mark the text has."""
    assert one(typed_table(LONG), tmp_path, decimal=decimal) == pi.Assessment(
        "A", TABLED, period="2024", events=["khen"]
    )


@pytest.mark.parametrize("decimal", [".", ","])
def test_wide_table(decimal: str, tmp_path: Path) -> None:
    """A wide table typed into a sheet is read like its CSV; an error in a result column is passed over with it."""
    data = fill(typed_table(WIDE), {"Bảng": {"G2": error("#N/A")}})
    assert one(data, tmp_path, decimal=decimal) == pi.Assessment("A", TABLED)


def test_bare_ids_in_a_header(tmp_path: Path) -> None:
    """A column named by a number is the criterion, unless another one ends in zero."""
    methodology = pi.parse_methodology(
        TOML.replace('id = "b"', 'id = "9.1"').replace("max = 3\ndefault", 'max = 3\nparent = ""\ndefault')
    )
    assert one(typed_table([["unit", 9.1], ["A", 2]]), tmp_path, methodology=methodology).observations["9.1"] == {
        "points": "2"
    }
    assert refusal(typed_table([["unit", 1.1], ["A", 2]]), tmp_path) == (
        "sheet 'Bảng' row 1: column '1.1': the number 1.1 may stand for 1.1 or 1.10: "
        "format the cell as text and write the id again"
    )


def test_places_in_a_wide_table(tmp_path: Path) -> None:
    """Faults of a wide table name the cell of the value, or of the unit."""
    data = fill(
        typed_table(
            [
                ["unit", "1.1:level", "2:value", "note"],
                ["A", "ful", 101, ""],
                ["A", "full", 1, ""],
                ["B", "full", 1, "x"],
                ["C", "full", 1, ""],
            ]
        ),
        {"Bảng": {"C4": error("#N/A"), "D4": error("#REF!"), "A5": error("#NAME?")}},
    )
    assert faults(data, tmp_path) == [
        "sheet 'Bảng' cell A3, unit 'A': stands twice, first on sheet 'Bảng' cell A2",
        "sheet 'Bảng' cell C4, unit 'B', 2:value: holds the error #N/A",
        "sheet 'Bảng' cell D4, unit 'B', note: holds the error #REF!",
        "sheet 'Bảng' cell A5, unit: holds the error #NAME?",
        "sheet 'Bảng' cell B2, unit 'A', 1.1:level: 'ful' is none of full, part, none; did you mean 'full'?",
        "sheet 'Bảng' cell C2, unit 'A', 2:value: 101 is above 100",
    ]


def test_places_in_a_long_table(tmp_path: Path) -> None:
    """Faults of a long table name the cell that is wrong; a row whose unit or criterion is one has no others."""
    rows = [
        *LONG[:3],
        ["A", "1.3", "done", 1, 2024],
        ["A", "1.2", "don", 1, 2024],
        ["A", "1.2", "", 1, 2024],
        ["A", "2", "value", 1, 2024],
    ]
    data = fill(typed_table(rows), {"Bảng": {"B2": error("#N/A"), "A3": error("#REF!")}})
    assert faults(data, tmp_path) == [
        "sheet 'Bảng' cell B2, unit 'A', criterion: holds the error #N/A",
        "sheet 'Bảng' cell A3, unit: holds the error #REF!",
        "sheet 'Bảng' cell B4, unit 'A', 1.3:done: there is no such criterion; did you mean '1.2'?",
        (
            "sheet 'Bảng' cell C5, unit 'A', 1.2:don: unknown input, "
            "expected done, total, percent, not-applicable; did you mean 'done'?"
        ),
        "sheet 'Bảng' cell C6, unit 'A', 1.2: names no input",
    ]


def test_missing_cells_of_a_wide_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is missing is told with the empty cell, or with the unit's where no column asks for it."""
    saved(tmp_path, typed_table([["unit", "1.2:percent", "2:value", "1.1:level"], ["A", "90%", "", "full"]]))
    assert cli.main(["score", *_files(tmp_path)]) == 2
    assert [
        each.removeprefix(f"- {tmp_path / 'phieu.xlsx'} ") for each in capsys.readouterr().err.splitlines()[1:]
    ] == [
        "sheet 'Bảng' cell A2, unit 'A', 1.10:fees: is missing",
        "sheet 'Bảng' cell A2, unit 'A', 1.10:forms: is missing",
        "sheet 'Bảng' cell C2, unit 'A', 2:value: is missing",
    ]


def test_faults_of_scoring_find_their_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What scoring finds wrong with a criterion is told with the first cell of it."""
    saved(tmp_path, filled({**FULL, ("1.1", "level"): "full"}, head={"F4": "self"}))
    assert cli.main(["score", *_files(tmp_path)]) == 2
    assert capsys.readouterr().err.splitlines()[1:] == [
        (
            f"- {tmp_path / 'phieu.xlsx'} sheet '{UNIT}' cell F15, unit '{UNIT}', 2: "
            "is not self-assessed (origin survey): leave it out at stage self"
        )
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["unit", "", "2:value"], ["A", "", 1]], "row 1: column 2 has no name"),
        ([["unit", "2:value", "2:value"], ["A", 1, 2]], "row 1: the column '2:value' stands twice"),
        ([["unit", "2:value"], ["A", 1, "x"]], "row 1: row 2 has 3 cells, the header has 2"),
        ([[], ["unit", "2:value"]], "row 2: has a header and no rows below it"),
    ],
)
def test_headers(rows: list[list[object]], told: str, tmp_path: Path) -> None:
    """A header that names no table is refused with its sheet and row."""
    assert refusal(typed_table(rows), tmp_path) == f"sheet 'Bảng' {told}"


def test_cells_without_references(tmp_path: Path) -> None:
    """Cells and rows that do not say where they stand are read in their order."""
    plain = edited(PLAIN, "xl/worksheets/sheet1.xml", lambda text: re.sub(r' r="\w+"| spans="[\d:]+"', "", text))
    rated = edited(plain, "xl/worksheets/sheet1.xml", lambda text: text.replace("<c><v>1</v>", '<c t="e"><v>#N/A</v>'))
    assert one(plain, tmp_path).observations == {"2": {"value": "1"}}
    assert faults(rated, tmp_path) == ["sheet 'Bảng' cell B2, unit 'A', 2:value: holds the error #N/A"]


def test_workbook_without_styles(tmp_path: Path) -> None:
    """A workbook without formats has no percents."""
    bare = edited(
        PLAIN, "xl/_rels/workbook.xml.rels", lambda text: re.sub(r'<Relationship [^>]*styles.xml"/>', "", text)
    )
    assert one(bare, tmp_path).observations == {"2": {"value": "1"}}


def test_sheets_that_are_no_tables(tmp_path: Path) -> None:
    """A sheet with a chart alone is passed over."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    page = book.add_worksheet("Bảng")
    page.write_row(0, 0, ["unit", "2:value"])
    page.write_row(1, 0, ["A", 5])
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=Bảng!$B$2:$B$2"})
    book.add_chartsheet("Hình").set_chart(chart)
    page.write_url("A5", "https://example.vn/")
    book.close()
    data = edited(written.getvalue(), "xl/worksheets/sheet1.xml", lambda text: re.sub(r'<row r="5".*?</row>', "", text))
    assert one(data, tmp_path).observations == {"2": {"value": "5"}}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is no workbook (.xlsx): File is not a zip file"),
        (b"unit,2:value\nA,1\n", "is no workbook (.xlsx): File is not a zip file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "is encrypted, or of the kind .xls; save it again as .xlsx, without a password",
        ),
    ],
)
def test_no_workbook(data: bytes, told: str, tmp_path: Path) -> None:
    """What is no workbook at all is refused as such."""
    assert refusal(data, tmp_path) == told


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("xl/worksheets/sheet1.xml", "</row>", "", "mismatched tag"),
        ("xl/worksheets/sheet1.xml", 'r="B2"', 'r="2B"', "'2B' is no cell"),
        ("xl/worksheets/sheet1.xml", "<worksheet", "<!DOCTYPE x><worksheet", "it declares a document type"),
        ("xl/workbook.xml", "r:id=", "r:ref=", "''"),
        ("_rels/.rels", 'relationships/officeDocument"', 'relationships/other"', "no part of it is the workbook"),
        ("xl/worksheets/sheet1.xml", 't="s"', 't="?"', "Unknown cell"),
    ],
)
def test_broken_workbooks(name: str, old: str, new: str, told: str, tmp_path: Path) -> None:
    """A workbook of which a part is broken is refused with what was found there."""
    found = refusal(edited(PLAIN, name, lambda text: text.replace(old, new, 1)), tmp_path)
    assert found.startswith("is no workbook (.xlsx): ")
    assert told in found


def test_stray_cell(tmp_path: Path) -> None:
    """A cell so far away that the sheet would span billions is refused before memory is asked for."""
    stray = '<row r="1048576"><c r="XFD1048576" t="str"><v></v></c></row></sheetData>'
    data = edited(PLAIN, "xl/worksheets/sheet1.xml", lambda text: text.replace("</sheetData>", stray))
    assert refusal(data, tmp_path) == (
        "sheet 'Bảng': reaches to row 1048576 and column 16384, more cells than are read; delete what stands apart"
    )


def test_unpacked_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that is small only while it is packed is refused."""
    monkeypatch.setattr("parindex.extras.office.markup.MAX_BYTES", 1000)
    assert refusal(PLAIN, tmp_path).endswith(" bytes when unpacked are more than the 1000 that are read")


def test_form_saved_by_another_spreadsheet() -> None:
    """A form that was filled in, opened and saved again by LibreOffice says the same."""
    folder = Path(__file__).parent / "data"
    first, second = pi.read_assessments(
        folder / "phieu-libreoffice.xlsx", pi.read_methodology(folder / "design-example.toml")
    )
    assert (first.unit, first.observations, first.evidence, first.notes) == (
        "Thị xã A",
        {"1.1": {"percent": "57%"}, "1.2": {"late": "1", "absent": "0"}, "2": {"value": "88.4"}},
        {"1.1": "BC 12/BC-UBND"},
        {"2": "ghi chú"},
    )
    assert second.observations["2"] == pi.NotApplicable("chưa khảo sát")
    assert (second.stage, second.period) == (pi.Stage.FINAL, "2024")


# The command line


def test_form_by_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The form is written where -o names a workbook; untouched, score names every cell that it asks for."""
    methodology = _files(tmp_path)[0]
    target = tmp_path / "phieu.XLSX"
    assert cli.main(["template", methodology, "-o", str(target), "--lang", "en"]) == 0
    assert target.read_bytes() == form(M, lang="en")
    assert cli.main(["score", methodology, str(target)]) == 2
    told = [each.removeprefix(f"- {target} ") for each in capsys.readouterr().err.splitlines()]
    assert told == [
        f"parindex: {target} cannot be scored",
        "sheet 'Form' cell F2, unit: the name of the unit is empty",
        "sheet 'Form' cell F9, unit 'Form', 1.1:level: is missing",
        "sheet 'Form' cell F10, unit 'Form', 1.2:done: is missing",
        "sheet 'Form' cell F11, unit 'Form', 1.2:total: is missing",
        "sheet 'Form' cell F13, unit 'Form', 1.10:fees: is missing",
        "sheet 'Form' cell F14, unit 'Form', 1.10:forms: is missing",
        "sheet 'Form' cell F15, unit 'Form', 2:value: is missing",
    ]


def test_units_stage_and_period_by_the_command_line(tmp_path: Path) -> None:
    """Each --unit has a sheet; --stage and --period are filled in."""
    target = tmp_path / "phieu.xlsx"
    options = ["--unit", "A", "--unit", "B", "--stage", "self", "--period", "2024"]
    assert cli.main(["template", _files(tmp_path)[0], "-o", str(target), *options]) == 0
    assert target.read_bytes() == form(M, "A", "B", stage="self", period="2024")


def test_filled_form_is_scored_and_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Score and explain take a workbook like a CSV file."""
    saved(tmp_path, filled(FULL))
    files = _files(tmp_path)
    assert cli.main(["score", *files, "--lang", "en"]) == 0
    assert "1  Phường 1  70.50  17.68   88.18    88.18  Good" in capsys.readouterr().out
    assert cli.main(["explain", *files, "--unit", UNIT, "--criterion", "1.2", "--lang", "en"]) == 0
    assert "57/60 = 95.00 %" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["show"], ["check"], ["template", "--json"]])
def test_other_results_are_no_workbooks(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only the form is written as a workbook; text is never put into a file of that name."""
    target = tmp_path / "x.xlsx"
    assert cli.main([*arguments, _files(tmp_path)[0], "-o", str(target)]) == 2
    assert capsys.readouterr().err == f"parindex: '{target}': only the form that template writes is a workbook\n"
    assert not target.exists()


@pytest.mark.parametrize("missing", ["xlsxwriter", "python_calamine"])
def test_without_the_extra(
    missing: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra a clear error says what to install, for writing and for reading."""
    saved(tmp_path, PLAIN)
    for name in [each for each in sys.modules if each.startswith(("parindex.extras.office", missing))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    methodology, table = _files(tmp_path)
    for arguments in (["template", methodology, "-o", str(tmp_path / "form.xlsx")], ["score", methodology, table]):
        assert cli.main(arguments) == 2
        assert capsys.readouterr().err == f'parindex: workbooks need {missing}: pip install "parindex[office]"\n'


def test_no_such_workbook(tmp_path: Path) -> None:
    """A workbook that is not there is told as any file is."""
    with pytest.raises(pi.FileError, match=r"không\.xlsx: there is no such file"):
        pi.read_assessments(tmp_path / "không.xlsx", M)
