"""Rows of cells by column that know where they stand, whatever kind of file they were read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from parindex.errors import Fault, Place


@frozen
class Row:
    """The cells of one record by column, trimmed and in NFC, and where it stands.

    Attributes:
        line: the line of a text on which it begins; None in a workbook.
        cells: what stands in each column.
        sheet: the sheet of a workbook; None in a text.
        spots: the names of its cells in a workbook, such as F12, by column.
        faults: why a cell of a workbook holds no value, by column; it counts as empty.
    """

    line: int | None
    cells: Mapping[str, str]
    sheet: str | None = None
    spots: Mapping[str, str] = field(factory=dict)
    faults: Mapping[str, str] = field(factory=dict)

    def place(self, file: str, column: str) -> Place:
        """Return where its cell of *column* stands: the line, or the sheet and the cell."""
        return Place(file=file, line=self.line, sheet=self.sheet, cell=self.spots.get(column))


@frozen
class Table:
    """The columns of a table and its rows, those without any content left out, and what could not be made a row."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()


def columns_of(header: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the columns that a header names, and what is wrong with it."""
    columns = list(header)
    while columns and not columns[-1]:
        columns.pop()
    faults = [f"column {position + 1} has no name" for position, column in enumerate(columns) if not column]
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    faults += [f"the column {column!r} stands twice" for column in twice]
    return tuple(columns), faults
