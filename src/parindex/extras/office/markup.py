"""What the XML of a workbook says that python-calamine does not tell: number formats, errors, empty formulas."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from io import BytesIO
from typing import IO, TYPE_CHECKING, Final
from xml.parsers import expat

from attrs import define, field

from parindex._files.text import MAX_BYTES
from parindex.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Attributes = Mapping[str, str]

Position = tuple[int, int]
"""The row and the column of a cell, counted from 0."""

MAX_CELLS: Final = 5_000_000
"""Cells a sheet may span from its first to its last; a stray cell at the end of a sheet would span billions."""

_OLD: Final = b"\xd0\xcf\x11\xe0"
_PERCENTS: Final = frozenset({9, 10})
"""The numbers of the formats 0% and 0.00%, which a workbook does not spell out."""

_NO_SIGN: Final = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
"""What stands in a number format for itself: quoted text, one sign, a space or filling, a colour or a condition."""

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@define
class Marks:
    """What is special about the cells of one sheet.

    Attributes:
        percents: those formatted as a percent.
        errors: those that hold an error, with its name.
        formulas: those with a formula that was never calculated.
    """

    percents: set[Position] = field(factory=set)
    errors: dict[Position, str] = field(factory=dict)
    formulas: set[Position] = field(factory=set)


def marks_of(data: bytes, *, name: str) -> dict[str, Marks]:
    """Return the marks of every sheet by its name.

    Raises:
        FileError: if the data are no workbook, or one too large to be read.
    """
    if data.startswith(_OLD):
        raise FileError(f"{name}: is encrypted, or of the kind .xls; save it again as .xlsx, without a password")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            if size > MAX_BYTES:
                raise FileError(f"{name}: {size} bytes when unpacked are more than the {MAX_BYTES} that are read")
            return _Archive(archive, name).marks()
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, LookupError, RuntimeError, ValueError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError(f"{name}: is no workbook (.xlsx): {error}") from None


@define
class _Archive:
    """The parts of one workbook."""

    archive: zipfile.ZipFile
    name: str

    def marks(self) -> dict[str, Marks]:
        """Return the marks of every sheet by its name."""
        book = next((path for kind, path in self.related("").values() if kind.endswith("/officeDocument")), None)
        if book is None:
            raise ValueError("no part of it is the workbook")
        related = self.related(book)
        styles = [path for kind, path in related.values() if kind.endswith("/styles")]
        percents = self.percent_styles(styles[0]) if styles else frozenset()
        sheets: dict[str, str] = {}

        def sheet(tag: str, attributes: Attributes) -> None:
            if tag == "sheet":
                reference = next((value for key, value in attributes.items() if key.endswith(" id")), "")
                sheets[attributes["name"]] = reference

        self.walk(book, sheet)
        found = {}
        for title, reference in sheets.items():
            kind, path = related[reference]
            if kind.endswith("/worksheet"):
                found[title] = self.sheet_marks(path, title, percents)
        return found

    def related(self, path: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to: kind and path by reference."""
        folder, part = posixpath.split(path)
        found = {}

        def relation(tag: str, attributes: Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
                found[attributes["Id"]] = attributes["Type"], target

        self.walk(posixpath.join(folder, "_rels", f"{part}.rels"), relation)
        return found

    def percent_styles(self, path: str) -> frozenset[int]:
        """Return the numbers of the cell styles that show a percent."""
        formats: dict[int, str] = {}
        styles: list[int] = []
        within: list[str] = []

        def style(tag: str, attributes: Attributes) -> None:
            if tag == "numFmt":
                formats[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif tag == "xf" and "cellXfs" in within[-1:]:
                styles.append(int(attributes.get("numFmtId", "0")))
            elif tag in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
                within.append(tag)

        self.walk(path, style)
        percents = {number for number, code in formats.items() if "%" in _NO_SIGN.sub("", code)}
        percents |= _PERCENTS - formats.keys()
        return frozenset(position for position, number in enumerate(styles) if number in percents)

    def sheet_marks(self, path: str, title: str, percents: frozenset[int]) -> Marks:
        """Return the marks of one sheet."""
        scan = _Scan(percents)
        self.walk(path, scan.start, scan.end, scan.data)
        rows, columns = scan.reach
        if rows * columns > MAX_CELLS:
            message = f"reaches to row {rows} and column {columns}, more cells than are read; delete what stands apart"
            raise FileError(f"{self.name} sheet {title!r}: {message}")
        return scan.marks

    def walk(
        self,
        path: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        data: Callable[[str], None] | None = None,
    ) -> None:
        """Hand every element of a part to *start*, its end to *end*, and texts to *data*; tags without namespaces."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(" ")[2], attributes)
        if end is not None and data is not None:
            parser.EndElementHandler = lambda tag: end(tag.rpartition(" ")[2])
            parser.CharacterDataHandler = data
        file: IO[bytes]
        with self.archive.open(path) as file:
            parser.ParseFile(file)


def _refuse_doctype(*_: object) -> None:
    raise ValueError("it declares a document type")


@define
class _Scan:
    """Walks the cells of one sheet; a cell without a reference stands right of the one before."""

    percents: frozenset[int]
    marks: Marks = field(factory=Marks)
    reach: Position = (0, 0)
    at: Position = (-1, -1)
    kind: str = "n"
    formula: bool = False
    inside: bool = False
    text: str = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "row":
            self.at = int(attributes.get("r", self.at[0] + 2)) - 1, -1
        elif tag == "c":
            self.at = _position(attributes["r"]) if "r" in attributes else (self.at[0], self.at[1] + 1)
            self.kind, self.formula, self.text = attributes.get("t", "n"), False, ""
            if int(attributes.get("s", "0")) in self.percents:
                self.marks.percents.add(self.at)
        elif tag == "f":
            self.formula = True
        self.inside = tag in {"v", "t"}

    def data(self, text: str) -> None:
        if self.inside:
            self.text += text

    def end(self, tag: str) -> None:
        self.inside = False
        if tag != "c":
            return
        if self.text or self.kind != "n":
            self.reach = max(self.reach[0], self.at[0] + 1), max(self.reach[1], self.at[1] + 1)
        if self.kind == "e":
            self.marks.errors[self.at] = self.text
        elif self.formula and not self.text and self.kind != "str":
            self.marks.formulas.add(self.at)


def _position(reference: str) -> Position:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(f"{reference!r} is no cell")
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
