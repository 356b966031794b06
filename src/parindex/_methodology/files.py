"""From the text of a methodology file to a methodology, every fault with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex._files.tables import parse_tables, toml_lines
from parindex._files.text import read_text
from parindex.errors import Fault, MethodologyFaults

if TYPE_CHECKING:
    from pathlib import Path

    from parindex._methodology.methodology import Methodology


def parse_methodology(text: str, *, name: str = "methodology") -> Methodology:
    """Return the methodology that a TOML or JSON text states; *name* is what errors call it.

    Raises:
        FileError: if the text is neither.
        MethodologyFaults: with every fault, each placed by line where it can be known, criterion and key.
    """
    from parindex._methodology.document import from_tables

    tables = parse_tables(text, name=name)
    try:
        return from_tables(tables)
    except MethodologyFaults as error:
        lines = toml_lines(text, tables)
        faults = [
            fault.within(file=name, line=lines.get(_criterion_of(fault.place.at or "")))
            for fault in error.exceptions
            if isinstance(fault, Fault)
        ]
        raise MethodologyFaults(error.message, faults) from None


def read_methodology(path: str | Path) -> Methodology:
    """Return the methodology that a TOML or JSON file states.

    Raises:
        FileError: if the file cannot be read, or is neither.
        MethodologyFaults: with every fault.
    """
    return parse_methodology(read_text(path), name=str(path))


def _criterion_of(at: str) -> str:
    return at.removeprefix("criterion ").partition(",")[0] if at.startswith("criterion ") else ""
