"""Which keys two tables of a methodology file state differently: every key, also those that nobody has worded yet."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeAlias, get_args

import attrs
from attrs import frozen

from parindex._methodology.convert import converter, file_key
from parindex._methodology.rules import RULES, Rule
from parindex._numbers import Rounding

Table: TypeAlias = Mapping[str, Any]
Naming: TypeAlias = Callable[[Table], str]


@frozen
class ListEntry:
    """An entry of a list of tables: the list it stands in, what names it, and what either side says of it."""

    among: str
    name: str
    old: Table | None
    new: Table | None


@frozen
class At:
    """A place within a table.

    Attributes:
        key: the keys that lead there, "rule.levels[late].points".
        words: the same without what is in brackets, to find words by; within a part of a best-of, of that part's rule.
        entries: the entries of lists that were passed.
    """

    key: str = ""
    words: str = ""
    entries: tuple[ListEntry, ...] = ()

    def below(self, key: str) -> At:
        """Return the place of a key of this table."""
        return At(_dotted(self.key, key), _dotted(self.words, key), self.entries)

    def entry(self, name: str, old: Table | None, new: Table | None) -> At:
        """Return the place of an entry of this list."""
        words = "rule" if self.words == "rule.of" else self.words
        return At(f"{self.key}[{name}]", words, (*self.entries, ListEntry(self.words, name, old, new)))


@frozen
class Delta:
    """One value that two tables state differently, None where one does not state it and there is no default."""

    at: At
    old: Any
    new: Any


def without(table: Table, keys: Collection[str]) -> Table:
    """Return a table without some keys."""
    return {key: each for key, each in table.items() if key not in keys}


def deltas(old: Table, new: Table, kind: type | None, at: At = At()) -> Iterator[Delta]:
    """Yield what two tables of one *kind* state differently, in the order of the format."""
    known = _fields(kind) if kind else {}
    order = list(known)
    for key in sorted({*old, *new}, key=lambda each: (order.index(each) if each in known else len(order), each)):
        if not _same(old.get(key), new.get(key)):
            yield from _delta(old.get(key), new.get(key), known.get(key), at.below(key))


def _delta(old: Any, new: Any, known: _Field | None, at: At) -> Iterator[Delta]:
    inner = known.inner if known else None
    tables = [each for each in (old, new) if isinstance(each, Mapping)]
    if inner is Rule:
        if len(tables) == 2 and old["type"] == new["type"]:
            yield from deltas(old, new, RULES[old["type"]], at)
        else:
            yield Delta(at, old, new)
    elif inner is Rounding:
        yield Delta(at, *(None if each is None else _complete(each, Rounding) for each in _full(old, new, known)))
    elif len(tables) == 2 or (tables and inner is not None):
        yield from deltas(old or {}, new or {}, inner, at)
    elif any(isinstance(each, list) and any(isinstance(entry, Mapping) for entry in each) for each in (old, new)):
        yield from _entry_deltas(old or [], new or [], inner, at)
    else:
        yield Delta(at, *_full(old, new, known))


EITHER: Final = (("from", "over"), ("points", "share"))
"""Keys of which an entry states one: where the other side states the other one, that is one change."""


def _entry_deltas(old: Sequence[Table], new: Sequence[Table], kind: type | None, at: At) -> Iterator[Delta]:
    """Yield what two lists of tables state differently, entry by entry, and whether what both have is reordered."""
    namings = _BANDS if at.words.endswith("rule.bands") else _KEYED
    pairs = paired(old, new, *namings)
    for name, one, other in pairs:
        place = at.entry(name, one, other)
        if one is None or other is None or one.get("type") != other.get("type"):
            yield Delta(place, *(None if each is None else _complete(each, kind) for each in (one, other)))
            continue
        told: set[str] = set()
        for either in EITHER:
            parts = [{key: each[key] for key in either if key in each} for each in (one, other)]
            if parts[0].keys() != parts[1].keys():
                yield Delta(place, *parts)
                told.update(either)
        kind_here = RULES[one["type"]] if "type" in one else kind
        yield from deltas(without(one, told), without(other, told), kind_here, place)
    orders = reordered(pairs, old, new)
    if orders:
        yield Delta(at.below("order"), *orders)


Paired: TypeAlias = tuple[str, Table | None, Table | None]


def paired(old: Iterable[Table], new: Iterable[Table], *namings: Naming) -> list[Paired]:
    """Return the entries of two lists by what names them on both sides: those removed, then the new list.

    What one naming leaves without a partner the next one may pair; the first names what has none in the end.
    """
    left_old, left_new = list(old), list(new)
    order = {id(each): number for number, each in enumerate(left_new)}
    found: list[Paired] = []
    for naming in namings:
        by_name = dict(_named(left_new, naming))
        pairs = [(name, one, by_name[name]) for name, one in _named(left_old, naming) if name in by_name]
        found += pairs
        gone = {id(each) for _, *both in pairs for each in both}
        left_old = [each for each in left_old if id(each) not in gone]
        left_new = [each for each in left_new if id(each) not in gone]
    found += [(name, None, each) for name, each in _named(left_new, namings[0])]
    removed: list[Paired] = [(name, each, None) for name, each in _named(left_old, namings[0])]
    return removed + sorted(found, key=lambda each: order[id(each[2])])


def _named(tables: Iterable[Table], naming: Naming) -> Iterator[tuple[str, Table]]:
    """Yield tables by their names; those that share one are counted."""
    seen: Counter[str] = Counter()
    for each in tables:
        name = naming(each)
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name} #{seen[name]}"), each


def reordered(pairs: Iterable[Paired], old: Iterable[Table], new: Iterable[Table]) -> list[list[str]]:
    """Return the names of what both lists have, in the order of each; nothing where the order is one."""
    names = {id(each): name for name, *both in pairs if None not in both for each in both}
    orders = [[names[id(each)] for each in side if id(each) in names] for side in (old, new)]
    return orders if orders[0] != orders[1] else []


def _by_key(table: Table) -> str:
    return str(table.get("key", ""))


def _edge(table: Table) -> str:
    return next((f"{key} {table[key]}" for key in ("from", "over") if key in table), "rest")


def _edge_value(table: Table) -> str:
    return _edge(table).rpartition(" ")[2]


def _worth(table: Table) -> str:
    return f"{table['points']} points" if "points" in table else f"share {table['share']}"


_KEYED: Final[tuple[Naming, ...]] = (_by_key,)
_BANDS: Final[tuple[Naming, ...]] = (_edge, _edge_value, _worth)
"""A band is the one of its edge, then of its edge with the other sign, then of what it gives."""


@frozen
class _Field:
    """What is known of a key: the class of the table it holds, or of those in its list, and its default."""

    inner: type | None
    default: Any


@cache
def _fields(kind: type) -> Mapping[str, _Field]:
    return {file_key(each.name): _field(each) for each in attrs.fields(attrs.resolve_types(kind)) if each.init}


def _field(attribute: attrs.Attribute[Any]) -> _Field:
    inner = next((each for each in (attribute.type, *get_args(attribute.type)) if _is_kind(each)), None)
    stated = attribute.default is not attrs.NOTHING and attribute.default is not None
    written = converter.unstructure(attribute.default, unstructure_as=attribute.type) if stated else None
    return _Field(inner, written)


def _is_kind(kind: Any) -> bool:
    return isinstance(kind, type) and attrs.has(kind)


def _complete(table: Table, kind: type | None) -> Table:
    """Return a table with the defaults that it leaves out."""
    known = _fields(kind) if kind else {}
    full = {key: table.get(key, each.default) for key, each in known.items()}
    return {key: value for key, value in full.items() if value is not None} | dict(table)


def _full(old: Any, new: Any, known: _Field | None) -> tuple[Any, Any]:
    """Return both values with the default where one is left out."""
    default = known.default if known else None
    return (default if old is None else old), (default if new is None else new)


def _same(old: Any, new: Any) -> bool:
    """Return whether two values of a file are written alike; unlike Python's own, true is not 1."""
    return json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True)


def _dotted(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
