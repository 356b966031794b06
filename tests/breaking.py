"""What mutants are made of: how one is listed, what it looks for in an edition, and what it adds to one."""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Table: TypeAlias = dict[str, Any]
Breaks: TypeAlias = "Callable[[Table], str | None]"

ADDED: Final = "added"
"""The id of a criterion, and the key of anything else, that a mutant adds."""


@frozen
class Mutant:
    """One way to break an edition.

    Attributes:
        name: what is done.
        breaks: breaks tables in place and returns where it must be told, or None.
        shape: whether it is wrong in itself, so that a JSON Schema refuses it too.
        code: the finding of ``check`` that tells it; None where it cannot even be read.
        warns: whether the finding is a warning: it can be meant, and does not stand in the way of scoring.
    """

    name: str
    breaks: Breaks
    shape: bool = False
    code: str | None = None
    warns: bool = False

    def __str__(self) -> str:
        return self.name

    def of(self, tables: Table) -> tuple[Table, str] | None:
        """Return the broken tables and where it must be told; None where there is nothing to break that way."""
        broken = copy.deepcopy(tables)
        place = self.breaks(broken)
        return None if place is None else (broken, place)


FOUND: Final[list[Mutant]] = []
"""The mutants that are functions, in the order of this file."""


def mutant(*, shape: bool = False, code: str | None = None, warns: bool = False) -> Callable[[Breaks], Breaks]:
    """Return a decorator that lists a function as a mutant of its name."""

    def list_it(breaks: Breaks) -> Breaks:
        name = breaks.__name__.replace("_", " ")
        FOUND.append(Mutant(name, breaks, shape=shape, code=code, warns=warns))
        return breaks

    return list_it


# What mutants look for


def criteria(tables: Table) -> list[Table]:
    """Return the criteria of an edition; an entry has none."""
    found: list[Table] = tables.get("criterion", [])
    return found


def parent_of(entry: Table) -> str | None:
    """Return the id of the parent of a criterion, None for a root."""
    above = entry.get("parent", entry["id"].rpartition(".")[0])
    return above or None


def children(tables: Table, criterion_id: str) -> list[Table]:
    """Return the criteria just below one."""
    return [entry for entry in criteria(tables) if parent_of(entry) == criterion_id]


def inner(tables: Table) -> Iterator[Table]:
    """Yield the criteria that have others below them."""
    yield from (entry for entry in criteria(tables) if children(tables, entry["id"]))


def leaves(tables: Table) -> Iterator[Table]:
    """Yield the criteria that are scored."""
    yield from (entry for entry in criteria(tables) if not children(tables, entry["id"]))


def stated(tables: Table) -> Iterator[Table]:
    """Yield the leaves of the base that state a maximum for all units."""
    by_id = {entry["id"]: entry for entry in criteria(tables)}
    for leaf in leaves(tables):
        lineage = [leaf]
        while (above := parent_of(lineage[-1])) is not None:
            lineage.append(by_id[above])
        if "unknown" not in (leaf.get("max", "unknown"), *(each.get("max") for each in lineage)) and not any(
            each.get(name) for each in lineage for name in ("block", "applies_to")
        ):
            yield leaf


def known_below(tables: Table, entry: Table) -> bool:
    """Return whether all maxima below a criterion are stated or follow from stated ones, none of them by weight."""
    return all(
        child.get("max") != "unknown" and "weight" not in child and known_below(tables, child)
        for child in children(tables, entry["id"])
    )


def sums(tables: Table) -> Iterator[Table]:
    """Yield the inner criteria whose stated maximum must be the sum of others."""
    yield from (
        entry for entry in inner(tables) if entry.get("max", "unknown") != "unknown" and known_below(tables, entry)
    )


def lowest_edge(tables: Table) -> Fraction:
    """Return the least edge of all grades, 0 where there are none."""
    return min((Fraction(str(grade["from"])) for grade in tables.get("grade", [])), default=Fraction(0))


def more(number: object) -> str:
    """Return a number of points and one hundredth."""
    return str(Fraction(str(number)) + Fraction(1, 100))


# What they add


def add(tables: Table, **keys: Any) -> Table:
    """Add a criterion that is right but for *keys*, and return it; ``...`` takes a key out, or stands for a source."""
    source = tables["source"][0]["key"]
    entry = {
        "id": ADDED,
        "vi": "Tiêu chí thêm",
        "en": "Added criterion",
        "max": 1,
        "cite": {"source": source},
        "rule": {"type": "given"},
        **copy.deepcopy(keys),
    }
    if isinstance(entry["cite"], dict) and entry["cite"].get("source") is ...:
        entry["cite"]["source"] = source
    entry = {key: value for key, value in entry.items() if value is not ...}
    tables.setdefault("criterion", []).append(entry)
    return entry


def block(tables: Table, **keys: Any) -> Table:
    """Add a block that is right, and a criterion in it that is right but for *keys*."""
    tables.setdefault("block", []).append({"id": ADDED, "effect": "add", "cap": 1})
    return add(tables, block=ADDED, **keys)


def grade(tables: Table, **keys: Any) -> str:
    """Add a grade below all others that is right but for *keys*, and return its place."""
    grades = tables.setdefault("grade", [])
    grades.append({"key": ADDED, "vi": "Thêm", "en": "Added", "from": str(lowest_edge(tables) - 1), **keys})
    return f"grade[{len(grades) - 1}]"


def instead(tables: Table, rule: Callable[[Fraction], Table], *, given: bool = False) -> str | None:
    """Give the first leaf with stated points another rule, made from its maximum; an outline takes *given* ones."""
    if tables["completeness"] != "full" and not given:
        return None
    for leaf in stated(tables):
        maximum = Fraction(str(leaf["max"]))
        if maximum > 0:
            leaf["rule"] = rule(maximum)
            return f"criterion {leaf['id']}, rule"
    return None


def within(place: str | None, at: str) -> str | None:
    """Return a place within a rule, None where there is none."""
    return None if place is None else f"{place}.{at}"
