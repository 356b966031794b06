"""Fills forms in as a spreadsheet does: the cell keeps its format, and only what it holds is new."""

from __future__ import annotations

import re
import zipfile
from fractions import Fraction
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape  # it writes XML and reads none

import python_calamine
from attrs import frozen

from parindex._numbers import shortest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@frozen
class Raw:
    """What a cell holds as it stands in the XML: its kind and its content."""

    kind: str
    content: str


def error(name: str) -> Raw:
    """Return a formula that ended in an error."""
    return Raw("e", f"<f>NA()</f><v>{name}</v>")


def sheets(data: bytes) -> dict[str, str]:
    """Return the part of each sheet, by the name of the sheet."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = re.findall(r'<sheet name="(.*?)"', archive.read("xl/workbook.xml").decode())
    return {unescape(name): f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(names, 1)}


def edited(data: bytes, part: str, edit: Callable[[str], str]) -> bytes:
    """Return the workbook with one of its parts edited as text."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(written, "w") as copy:
        for each in archive.infolist():
            held = archive.read(each)
            copy.writestr(each, edit(held.decode()) if each.filename == part else held)
    return written.getvalue()


def part(data: bytes, name: str) -> str:
    """Return one part of a workbook as text."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def fill(data: bytes, cells: Mapping[str, Mapping[str, object]]) -> bytes:
    """Return the workbook with values typed into cells, by sheet and cell; None empties one."""
    parts = sheets(data)
    for sheet, typed in cells.items():

        def edit(text: str, typed: Mapping[str, object] = typed) -> str:
            for cell, value in typed.items():
                pattern = rf'<c r="{cell}"((?: s="\d+")?)(?: t="\w+")?(?:/>|>.*?</c>)'
                found = re.search(pattern, text, re.DOTALL)
                assert found is not None, f"the sheet has no cell {cell}"
                text = text[: found.start()] + _cell(cell, found[1], value) + text[found.end() :]
            return text

        data = edited(data, parts[sheet], edit)
    return data


def _cell(name: str, style: str, value: object) -> str:
    raw = _raw(value)
    return f'<c r="{name}"{style} t="{raw.kind}">{raw.content}</c>'


def _raw(value: object) -> Raw:
    match value:
        case Raw():
            return value
        case None:
            return Raw("n", "")
        case bool():
            return Raw("b", f"<v>{value:d}</v>")
        case Fraction():
            return Raw("n", f"<v>{shortest(value)}</v>")
        case int() | float():
            return Raw("n", f"<v>{value!r}</v>")
        case _:
            return Raw("inlineStr", f"<is><t>{escape(str(value))}</t></is>")


@frozen
class Asked:
    """The row of a form that asks for one input: its number, and the cells by heading."""

    row: int
    cells: dict[str, str]


HEADINGS = {
    "STT": "criterion",
    "No.": "criterion",
    "Giá trị": "value",
    "Value": "value",
    "Yêu cầu": "limits",
    "Limits": "limits",
    "Không áp dụng (lý do)": "reason",
    "Not applicable (reason)": "reason",
    "Tài liệu kiểm chứng": "evidence",
    "Evidence": "evidence",
    "Ghi chú": "note",
    "Note": "note",
    "Mã": "input",
    "Key": "input",
}


def grid(data: bytes, sheet: str) -> list[list[Any]]:
    """Return the cells of a sheet, from its first one."""
    with python_calamine.load_workbook(BytesIO(data)) as book:
        return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def asked(data: bytes, sheet: str) -> dict[tuple[str, str], Asked]:
    """Return the rows of a form by criterion and input, in their order."""
    rows = grid(data, sheet)
    header = next(number for number, row in enumerate(rows) if {"STT", "No."} & {*row})
    columns = {HEADINGS[text]: "ABCDEFGHIJK"[at] for at, text in enumerate(rows[header]) if text in HEADINGS}
    found = {}
    for number, row in enumerate(rows[header + 1 :], header + 2):
        criterion, name = (row["ABCDEFGHIJK".index(columns[role])] for role in ("criterion", "input"))
        if name:
            found[criterion, name] = Asked(number, {role: f"{column}{number}" for role, column in columns.items()})
    return found
