"""A workbook as sheets of exact cells: what python-calamine reads, and what the XML adds to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Final

import python_calamine
from attrs import frozen
from xlsxwriter.utility import xl_rowcol_to_cell

from parindex._numbers import parse_number, shortest
from parindex._text import tidy
from parindex.errors import FileError, NumberError, Place
from parindex.extras.office.markup import Marks, marks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex._numbers import Mark


@frozen
class Cell:
    """What one cell holds.

    Attributes:
        text: its text, trimmed and in NFC; a number to 15 digits, with "." as its mark, and a percent with its sign.
        numeric: whether it is a number and no text.
        wrong: why it holds nothing that could be observed, or None; a date and a long number have a text nevertheless.
    """

    text: str = ""
    numeric: bool = False
    wrong: str | None = None

    def written(self, decimal: Mark) -> str:
        """Return its text as a table with the mark *decimal* holds it; "" where it is wrong."""
        if self.wrong is not None:
            return ""
        return self.text.replace(".", decimal) if self.numeric else self.text

    def remark(self) -> tuple[str, str | None]:
        """Return it as a free text, in which a date or a long number is no mistake, and why it is none."""
        return self.text, None if self.text else self.wrong


EMPTY: Final = Cell()

_DIGITS: Final = 15
"""The significant digits that a spreadsheet keeps of a number, shows and compares; what follows is noise of floats."""


@frozen
class Grid:
    """The cells of one sheet by row and then by column, counted from 0; those that hold nothing are left out."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]

    def cell(self, row: int, column: int) -> Cell:
        """Return one cell."""
        return self.rows.get(row, {}).get(column, EMPTY)

    def texts(self, row: int) -> list[str]:
        """Return the texts of a row, from the first column to the last that holds anything."""
        return [self.cell(row, column).text for column in range(max(self.rows[row]) + 1)]

    def place(self, file: str, row: int, column: int) -> Place:
        """Return where a cell stands."""
        return Place(file=file, sheet=self.name, cell=spot(row, column))


def spot(row: int, column: int) -> str:
    """Return the name of a cell: F12."""
    found: str = xl_rowcol_to_cell(row, column)
    return found


def read_grids(data: bytes, *, name: str) -> list[Grid]:
    """Return the sheets of a workbook that hold anything, in their order.

    Raises:
        FileError: if the data are no workbook, or one too large to be read.
    """
    marks = marks_of(data, name=name)
    try:
        with python_calamine.load_workbook(BytesIO(data)) as book:
            values = {title: book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in marks}
    except python_calamine.CalamineError as error:
        raise FileError(f"{name}: is no workbook (.xlsx): {error}") from None
    grids = [Grid(tidy(title), _rows(values[title], marks[title])) for title in marks]
    return [grid for grid in grids if grid.rows]


def _rows(values: Sequence[Sequence[object]], marks: Marks) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            cell = _cell(value, percent=(row, column) in marks.percents)
            if cell != EMPTY:
                rows.setdefault(row, {})[column] = cell
    for (row, column), error in marks.errors.items():
        rows.setdefault(row, {})[column] = Cell(wrong=f"holds the error {error}")
    for row, column in marks.formulas:
        message = "holds a formula without a result: open the workbook in a spreadsheet and save it there"
        rows.setdefault(row, {})[column] = Cell(wrong=message)
    return {row: rows[row] for row in sorted(rows)}


def _cell(value: object, *, percent: bool) -> Cell:
    if isinstance(value, str):
        return Cell(tidy(value))
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE")
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        message = f"{value} is a date or a time, into which a spreadsheet turns what looks like one: write it as text"
        return Cell(str(value), wrong=message)
    assert isinstance(value, int | float)
    digits = f"{value:.{_DIGITS}g}"
    if abs(value) >= 10**_DIGITS:
        message = f"{digits} has more than the {_DIGITS} digits that a spreadsheet keeps of a number: write it as text"
        return Cell(digits, wrong=message)
    try:
        number = parse_number(digits)
    except NumberError as error:
        return Cell(wrong=str(error))
    return Cell(f"{shortest(number * 100)}%" if percent else shortest(number), numeric=True)
