"""CSV text, as spreadsheets of either locale write it, to rows of cells that know their line."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final

from parindex._files.records import Row, Table, columns_of
from parindex._text import tidy
from parindex.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEPARATORS: Final = (",", ";", "\t")


def parse_csv(text: str, *, name: str, key: str) -> Table:
    """Return the table of a CSV text whose header has the column *key*.

    The separator, a comma, a semicolon or a tab, is the one under which the header has that column.

    Raises:
        FileError: if the text is empty or no such table, with the line.
    """
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    offset = 0
    separators: tuple[str, ...] = _SEPARATORS
    told = first.rstrip("\r\n")
    if told.casefold().startswith("sep=") and len(told) == len("sep=;"):
        separators, text, offset = (told[-1],), rest, 1
    if not text.strip():
        raise FileError(f"{name}: is empty")
    for separator in separators:
        if key in _header(text, separator):
            return _table(name, list(_records(text, separator, name, offset)))
    found = text.lstrip().splitlines()[0][:80]
    message = f"expected a header with a column {key!r}, separated by commas or semicolons; found {found!r}"
    raise FileError(f"{name} line {offset + 1}: {message}")


def _header(text: str, separator: str) -> list[str]:
    """Return the names in the first line that has any, as *separator* parts them; nothing where it cannot."""
    try:
        for cells in csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True):
            if any(cell.strip() for cell in cells):
                return [tidy(cell) for cell in cells]
    except csv.Error:
        pass
    return []


def _records(text: str, separator: str, name: str, offset: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1 + offset
    try:
        for cells in reader:
            cleaned = [tidy(cell) for cell in cells]
            if any(cleaned):
                yield line, cleaned
            line = reader.line_num + 1 + offset
    except csv.Error as error:
        raise FileError(f"{name} line {line}: is not CSV: {error}") from None


def _table(name: str, records: list[tuple[int, list[str]]]) -> Table:
    header_line, header = records[0]
    columns, faults = columns_of(header)
    rows = []
    for line, cells in records[1:]:
        padded = cells + [""] * (len(columns) - len(cells))
        if any(padded[len(columns) :]):
            faults.append(f"line {line} has {len(cells)} cells, the header has {len(columns)}")
        rows.append(Row(line, dict(zip(columns, padded, strict=False))))
    if not rows:
        faults.append("has a header and no rows below it")
    if faults:
        raise FileError(f"{name} line {header_line}: " + "; ".join(faults))
    return Table(name, columns, tuple(rows))
