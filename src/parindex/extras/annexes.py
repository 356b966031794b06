"""Annexes as files, CSV, Excel or Word, to one table of texts; a merged cell holds its text once, at its top left.

CSV needs nothing more; python-calamine reads Excel and python-docx Word, and both come with the extra ``office``.
"""

from __future__ import annotations

import csv
import logging
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from parindex._drafting.cells import AUTOMATIC, cleaned
from parindex._drafting.columns import Role, headers
from parindex._files.text import MAX_BYTES, decode, read_bytes
from parindex.errors import FileError, ParindexError, near

if TYPE_CHECKING:
    from collections.abc import Iterator

_log: Final = logging.getLogger("parindex")

Table = list[list[str]]

_KINDS: Final = (".csv", ".xlsx", ".docx")
_SEPARATORS: Final = (",", ";", "\t")
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRAPPERS: Final = frozenset(f"{_WORD}{name}" for name in ("sdt", "sdtContent", "ins", "customXml"))
"""What Word puts around a paragraph, a row or a cell that is a form field or was typed with changes recorded."""


def read_annex(path: str | Path, *, sheet: str | None = None) -> Table:
    """Return the texts of an annex by row and column.

    In a Word file the paragraphs beside its tables are rows of one cell.

    Args:
        path: a file that ends in .csv, .xlsx or .docx.
        sheet: the sheet of a workbook to take, needed where several hold an annex.

    Raises:
        FileError: if the file cannot be read, or is of another kind.
        ParindexError: if the kind of file needs the extra ``office`` and it is not installed.
    """
    kind, name = Path(path).suffix.casefold(), str(path)
    if kind not in _KINDS:
        raise FileError(f"{name}: is of a kind that is not read, save it as one of {', '.join(_KINDS)}")
    if sheet is not None and kind != ".xlsx":
        raise FileError(f"{name}: only a workbook has sheets")
    data = read_bytes(path)
    if not data:
        raise FileError(f"{name}: is empty")
    if kind == ".csv":
        return _csv_table(decode(data, name=name), name)
    return _excel_table(data, name, sheet) if kind == ".xlsx" else _word_table(data, name)


def _columns(table: Table) -> int:
    """Return how many columns the header of an annex has that are not passed over, 0 where there is no header."""
    rows = [[cleaned(cell) for cell in row] for row in table]
    try:
        return sum(column.role is not Role.OTHER for column in next(headers(rows, name="")).columns)
    except FileError:
        return 0


def _padded(table: Table) -> Table:
    """Return the rows of equal length: a row of one cell is a paragraph beside a table."""
    width = max(map(len, table), default=0)
    return [row + [""] * (width - len(row)) for row in table]


def _csv_table(text: str, name: str) -> Table:
    """Return the records of a CSV text, parted by the sign under which its header has most columns, or most cells."""
    first, _, rest = text.partition("\n")
    separators: tuple[str, ...] = _SEPARATORS
    if first.casefold().startswith("sep=") and len(first.rstrip("\r")) == len("sep=;"):
        separators, text = (first[4],), rest
    tables: list[Table] = []
    told = ""
    for separator in separators:
        try:
            tables.append(list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)))
        except csv.Error as error:
            told = str(error)
    if not tables:
        raise FileError(f"{name}: is not CSV: {told}")
    return _padded(max(tables, key=lambda table: (_columns(table), max(map(len, table), default=0))))


def _excel_table(data: bytes, name: str, sheet: str | None) -> Table:
    """Return the cells of the one sheet that holds an annex."""
    from parindex.extras.office.cells import read_grids

    tables: dict[str, Table] = {}
    for grid in read_grids(data, name=name):
        tables[grid.name] = [grid.texts(row) if row in grid.rows else [] for row in range(max(grid.rows) + 1)]
        for row, cells in grid.rows.items():
            for column, cell in cells.items():
                if cell.wrong is not None and not cell.text:
                    tables[grid.name][row][column] = f"[{cell.wrong}]"
    if sheet is not None and sheet not in tables:
        hint = near(sheet, tables)
        raise FileError(f"{name}: has no sheet {sheet!r}" + (f"; did you mean {hint!r}?" if hint else ""))
    found = [title for title in tables if _columns(tables[title])] if sheet is None else [sheet]
    if len(found) > 1:
        raise FileError(f"{name}: the sheets {', '.join(map(repr, found))} hold an annex each, state one of them")
    if len(found) < len(tables) and found:
        others = ", ".join(title for title in tables if title not in found)
        _log.warning("%s: sheets passed over: %s", name, others)
    title = found[0] if found else max(tables, key=lambda each: len(tables[each]), default="")
    return _padded(_without_covered(tables[title], data, title)) if title else []


def _without_covered(table: Table, data: bytes, title: str) -> Table:
    """Return *table* without what stands in merged cells below their top left one, where no spreadsheet shows it."""
    import python_calamine

    with python_calamine.load_workbook(BytesIO(data)) as book:
        names = {cleaned(each): each for each in book.sheet_names}
        merged = book.get_sheet_by_name(names[cleaned(title)]).merged_cell_ranges or []
    for (top, left), (bottom, right) in merged:
        for row in range(top, min(bottom + 1, len(table))):
            for column in range(left, min(right + 1, len(table[row]))):
                if (row, column) != (top, left):
                    table[row][column] = ""
    return table


def _word_table(data: bytes, name: str) -> Table:
    """Return the rows of all tables of a Word file, and its paragraphs as rows of one cell."""
    try:
        import docx
    except ImportError as error:
        raise ParindexError(f'a Word file needs {error.name}: pip install "parindex[office]"') from None
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            if size > MAX_BYTES:
                raise FileError(f"{name}: {size} bytes when unpacked are more than the {MAX_BYTES} that are read")
        body = docx.Document(BytesIO(data)).element.body
    except FileError:
        raise
    except Exception as error:
        raise FileError(f"{name}: is no Word file (.docx): {error}") from None
    rows: Table = []
    for element in _within(body, "p", "tbl"):
        if element.tag == f"{_WORD}tbl":
            rows += [_word_cells(row) for row in _within(element, "tr")]
        elif text := _paragraph(element):
            rows.append([text])
    return rows


def _within(element: Any, *names: str) -> Iterator[Any]:
    """Yield the parts of an element that have one of these names, wrapped or not."""
    tags = {f"{_WORD}{name}" for name in names}
    for child in element.iterchildren():
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, *names)


def _word_cells(row: Any) -> list[str]:
    """Return the texts of a row by column, "" where a cell goes on from the left or from above."""
    cells = [""] * _number(row.find(f"{_WORD}trPr/{_WORD}gridBefore"))
    for cell in _within(row, "tc"):
        above = cell.find(f"{_WORD}tcPr/{_WORD}vMerge")
        goes_on = above is not None and above.get(f"{_WORD}val", "continue") == "continue"
        text = "" if goes_on else "\n".join(filter(None, map(_paragraph, cell.iter(f"{_WORD}p"))))
        if not text and not goes_on and cell.find(f".//{_WORD}numPr") is not None:
            text = AUTOMATIC
        span = _number(cell.find(f"{_WORD}tcPr/{_WORD}gridSpan"))
        cells += [text, *[""] * (span - 1)]
    return cells


def _number(element: Any) -> int:
    """Return the number that an element states, 0 where there is none."""
    text = "" if element is None else element.get(f"{_WORD}val", "")
    return min(int(text), _MOST_COLUMNS) if text.isdigit() else 0


_MOST_COLUMNS: Final = 1000


def _paragraph(paragraph: Any) -> str:
    """Return the text of a paragraph as it stands with all recorded changes accepted."""
    told = []
    for node in paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr", f"{_WORD}noBreakHyphen"):
        if any(each.tag == f"{_WORD}moveFrom" for each in node.iterancestors()):
            continue
        name = node.tag.removeprefix(_WORD)
        told.append({"t": node.text or "", "tab": " ", "noBreakHyphen": "-"}.get(name, "\n"))
    return "".join(told).strip()
