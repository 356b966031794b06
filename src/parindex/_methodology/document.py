"""The methodology file: tables in, a methodology or all of its faults out; and back to tables."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, Final, cast

import attrs

from parindex._methodology.convert import converter, faults_in, kind_of, unknown_key
from parindex._methodology.criteria import Entry, maximum
from parindex._methodology.methodology import Methodology, head_faults
from parindex._methodology.parts import DOTTED
from parindex._methodology.shape import Context
from parindex._methodology.tree import resolve
from parindex._methodology.words import Completeness
from parindex.errors import Fault, MethodologyFaults, Place

attrs.resolve_types(Methodology)
attrs.resolve_types(Entry)

FORMAT: Final = "parindex.methodology/1"

_KEYS: Final[Mapping[str, str]] = {
    "sources": "source",
    "origins": "origin",
    "entries": "criterion",
    "blocks": "block",
    "grades": "grade",
    "events": "event",
}
"""The attributes of a methodology whose key in the file is another word."""

_STAND_INS: Final[Mapping[str, Any]] = {
    "id": "x",
    "edition": "x",
    "years": (2000,),
    "unit_kind": "x",
    "completeness": Completeness.OUTLINE,
    "total": "1",
    "title": None,
}
"""What stands for a required value that could not be read, while the rest is searched for faults."""


def from_tables(tables: object) -> Methodology:
    """Return the methodology that *tables* state.

    Raises:
        MethodologyFaults: with every fault, each placed by criterion and key.
    """
    if not isinstance(tables, Mapping):
        message = f"expected a table, found {kind_of(tables)}"
        raise MethodologyFaults("this methodology cannot be read", [Fault(message)])
    faults: list[Fault] = list(_format_faults(tables))
    fields = {_KEYS.get(each.name, each.name): each for each in attrs.fields(Methodology) if each.init}
    known = ["format", *fields]
    faults += [unknown_key(key, known) for key in tables if key not in known]
    read: dict[str, Any] = {}
    broken: dict[str, frozenset[str]] = {}
    for key, attribute in fields.items():
        if key not in tables:
            if attribute.default is attrs.NOTHING or key == "title":
                faults.append(Fault("is missing", place=Place(at=key)))
            continue
        try:
            if key == "criterion":
                entries = _entries(tables[key], faults, broken)
                if entries or not tables[key]:
                    read["entries"] = entries
            else:
                read[attribute.name] = converter.structure(tables[key], cast("Any", attribute.type))
        except Exception as error:
            faults += faults_in(error, key)
    if not faults:
        try:
            return Methodology(**read)
        except MethodologyFaults as error:
            faults += error.exceptions  # type: ignore[arg-type]  # a methodology raises nothing but faults
    else:
        needed = {attribute.name for key, attribute in fields.items() if key in tables or attribute.name in _STAND_INS}
        unread = needed - read.keys()
        faults += _further_faults(read, broken, frozenset(unread))
    name = f"{tables.get('id', 'methodology')}@{tables.get('edition', '?')}"
    raise MethodologyFaults(f"{name} cannot be read", faults)


def _format_faults(tables: Mapping[str, Any]) -> list[Fault]:
    found = tables.get("format")
    if found == FORMAT:
        return []
    message = "is missing" if found is None else f"{found!r} is not a format that is read here"
    return [Fault(f'{message}, expected "{FORMAT}"', place=Place(at="format"))]


def _entries(tables: object, faults: list[Fault], broken: dict[str, frozenset[str]]) -> tuple[Entry, ...]:
    """Return the entries that could be read; of a faulty one, what could be read of it."""
    if not isinstance(tables, list | tuple):
        raise Fault(f"expected a list of tables, found {kind_of(tables)}")
    entries = []
    for position, table in enumerate(tables):
        try:
            entries.append(converter.structure(table, Entry))
        except Exception as error:
            found = table.get("id") if isinstance(table, Mapping) else None
            named = isinstance(found, str) and DOTTED.fullmatch(found)
            faults += faults_in(error, f"criterion {found}," if named else f"criterion[{position}]")
            if named:
                read = _readable(table)
                broken[str(found)] = frozenset(key for key in table if key not in read)
                entries.append(Entry(**read))
    return tuple(entries)


def _readable(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a faulty entry that are not themselves at fault."""
    read = {}
    for attribute in attrs.fields(Entry):
        if attribute.name in table:
            with suppress(Exception):  # its fault is told already
                read[attribute.name] = converter.structure(table[attribute.name], cast("Any", attribute.type))
    return read


def _further_faults(
    read: Mapping[str, Any], broken: Mapping[str, frozenset[str]], unread: frozenset[str]
) -> list[Fault]:
    """Return the faults of the whole that show beside those of single keys.

    *unread* names the attributes that had to be read and could not: nothing is said of what depends on them.
    """
    defaults = {each.name: each.default for each in attrs.fields(Methodology) if each.init}
    known = {name: value for name, value in {**defaults, **_STAND_INS, **read}.items() if value is not attrs.NOTHING}
    whole = SimpleNamespace(**known)
    context = Context(
        completeness=whole.completeness,
        total=maximum(whole.total),
        policy=whole.policy,
        origins=whole.origins,
        blocks=tuple(whole.blocks),
        sources=frozenset(source.key for source in whole.sources),
    )
    whole.total = context.total
    found = [*head_faults(whole, unread), *resolve(tuple(whole.entries), context, broken=broken, build=False).faults]  # type: ignore[arg-type]  # it has the same attributes
    return [fault for fault in found if not _follows(fault, unread)]


_RESTS_ON: Final[Mapping[str, str]] = {
    "origin": "origins",
    "block": "blocks",
    "cite.source": "sources",
    "rule.type": "completeness",
}
"""The attribute of the whole against which each key of a criterion is held."""


def _follows(fault: Fault, unread: frozenset[str]) -> bool:
    return _RESTS_ON.get((fault.place.at or "").rpartition(", ")[2]) in unread


def to_tables(methodology: Methodology) -> dict[str, Any]:
    """Return the tables of the file, the shortest that state *methodology*."""
    tables = {_KEYS.get(name, name): value for name, value in converter.unstructure(methodology).items()}
    head = {name: getattr(methodology, name) for name in ("id", "edition", "revision")}
    return {"format": FORMAT, **head, **tables}


__all__ = ["FORMAT", "from_tables", "to_tables"]
