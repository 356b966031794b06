"""From the text of a methodology file to a methodology, every fault with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parindex._files.tables import parse_tables, toml_lines
from parindex._files.text import read_text
from parindex.errors import Fault, MethodologyFaults

if TYPE_CHECKING:
    from collections.abc import Mapping
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
        lines = _lines(text, tables)
        faults = [
            fault.within(file=name, line=_line(fault.place.at or "", lines))
            for fault in error.exceptions
            if isinstance(fault, Fault)
        ]
        raise MethodologyFaults(error.message, faults) from None


def _lines(text: str, tables: Mapping[str, Any]) -> dict[str, int]:
    """Return the line on which each criterion begins, by the way faults name it; empty where that is not certain.

    As many headings as entries means that every entry is a table.
    """
    entries = tables.get("criterion")
    heads = toml_lines(text, "criterion")
    if not isinstance(entries, list) or len(heads) != len(entries):
        return {}
    lines = {}
    for position, (entry, line) in enumerate(zip(entries, heads, strict=True)):
        lines[f"criterion[{position}]"] = line
        lines[f"criterion {entry.get('id')}"] = line
    return lines


def _line(at: str, lines: Mapping[str, int]) -> int | None:
    named = [name for name in lines if at == name or at.startswith((f"{name},", f"{name}."))]
    return lines[max(named, key=len)] if named else None


def read_methodology(path: str | Path) -> Methodology:
    """Return the methodology that a TOML or JSON file states.

    Raises:
        FileError: if the file cannot be read, or is neither.
        MethodologyFaults: with every fault.
    """
    return parse_methodology(read_text(path), name=str(path))
