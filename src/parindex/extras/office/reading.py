"""Workbooks to the one table of observations: a long or a wide table in a sheet, or forms that were filled in."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from parindex._files.records import Row, Table, columns_of
from parindex.errors import FileError
from parindex.extras.office.cells import Grid, read_grids, spot
from parindex.extras.office.filled import Form, forms_table
from parindex.extras.office.words import FORMAT, ambiguous_id, ambiguous_number, input_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex._methodology.methodology import Methodology
    from parindex._numbers import Mark

_log: Final = logging.getLogger("parindex")

_WORDS: Final = ("unit", "criterion", "input", "period", "stage", "group")
_TEXTS: Final = ("note", "evidence")


def workbook_table(data: bytes, methodology: Methodology, *, name: str, decimal: Mark) -> Table:
    """Return the table of observations that a workbook holds; its places are sheets and cells.

    Forms, one a sheet, become one long table; otherwise one sheet holds a long or a wide table.
    Sheets that are neither are passed over, which the logger ``parindex`` says.

    Args:
        data: what the file holds.
        methodology: whose form it is, or whose criteria its columns name.
        name: what errors call the file.
        decimal: the decimal mark of numbers that were typed as text.

    Raises:
        FileError: if the data are no workbook, or hold no such sheets.
    """
    forms: list[Form] = []
    tables: list[Grid] = []
    others: list[str] = []
    for grid in read_grids(data, name=name):
        form = Form.on(grid, methodology, file=name, decimal=decimal)
        if form is not None:
            forms.append(form)
        elif "unit" in grid.texts(next(iter(grid.rows))):
            tables.append(grid)
        elif grid.cell(0, 0).text != FORMAT:
            others.append(grid.name)
    if not forms and not tables:
        raise FileError(f"{name}: holds neither a form nor a table with a column 'unit' in its first row")
    if len(tables) > 1 or (forms and tables):
        sheets = " and ".join(repr(grid.name) for grid in [*(form.grid for form in forms[:1]), *tables[:2]][:2])
        raise FileError(f"{name}: sheets {sheets} both hold observations; expected forms alone, or one table")
    if others:
        _log.warning("%s: sheets passed over: %s", name, ", ".join(others))
    return forms_table(forms, name=name) if forms else _plain_table(tables[0], methodology, name, decimal)


def _plain_table(grid: Grid, methodology: Methodology, name: str, decimal: Mark) -> Table:
    """Return the table whose header is the first row of a sheet."""
    first, *below = grid.rows
    columns, faults = columns_of(grid.texts(first))
    for position, column in enumerate(columns):
        if message := ambiguous_id(grid.cell(first, position), methodology):
            faults.append(f"column {column!r}: {message}")
    rows = []
    for row in below:
        if max(grid.rows[row]) >= len(columns):
            faults.append(f"row {row + 1} has {max(grid.rows[row]) + 1} cells, the header has {len(columns)}")
        rows.append(_plain_row(grid, row, columns, methodology, decimal))
    if not rows:
        faults.append("has a header and no rows below it")
    if faults:
        raise FileError(f"{name} sheet {grid.name!r} row {first + 1}: " + "; ".join(faults))
    return Table(name, columns, tuple(rows))


def _plain_row(grid: Grid, row: int, columns: tuple[str, ...], methodology: Methodology, decimal: Mark) -> Row:
    cells, faults = {}, {}
    for position, column in enumerate(columns):
        cell = grid.cell(row, position)
        if column in _TEXTS:
            cells[column], wrong = cell.remark()
        else:
            cells[column], wrong = cell.written("." if column in _WORDS else decimal), cell.wrong
        if column == "criterion":
            wrong = wrong or ambiguous_id(cell, methodology)
        if wrong is not None:
            faults[column] = wrong
    for position, column in enumerate(columns):
        asked = input_of(methodology, *_about(column, cells))
        if ambiguous := ambiguous_number(grid.cell(row, position), asked, decimal):
            cells[column], faults[column] = "", ambiguous
    spots = {column: spot(row, position) for position, column in enumerate(columns)}
    return Row(None, cells, sheet=grid.name, spots=spots, faults=faults)


def _about(column: str, cells: Mapping[str, str]) -> tuple[str, str]:
    """Return the criterion and the input whose value stands in a column of a row, "" where none does."""
    if "criterion" in cells:
        return (cells["criterion"], cells.get("input", "")) if column == "value" else ("", "")
    criterion, _, name = column.partition(":")
    return ("", "") if column in {*_WORDS, *_TEXTS} else (criterion, name)
