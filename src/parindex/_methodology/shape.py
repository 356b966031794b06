"""The entries of a file by id and by parent: what can be asked of them before the tree stands, maxima above all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from parindex._methodology.criteria import Entry, Maximum
from parindex._methodology.parts import Block, Origin, Policy
from parindex._methodology.rules import Given, Rule
from parindex._methodology.words import UNKNOWN, Completeness, WhenNotApplicable

NOTHING: Final = Fraction(0)


@frozen(kw_only=True)
class Context:
    """What the tree is resolved against."""

    completeness: Completeness
    total: Maximum
    policy: Policy
    origins: Mapping[str, Origin]
    blocks: tuple[Block, ...]
    sources: frozenset[str]


@frozen(eq=False)
class Shape:
    """The entries by id and by parent, and what can be asked of them before the tree stands."""

    entries: tuple[Entry, ...]
    context: Context
    broken: Mapping[str, frozenset[str]]
    by_id: dict[str, Entry] = field(init=False)
    children: dict[str | None, list[Entry]] = field(init=False)
    maxima: dict[str, Fraction | None] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        by_id: dict[str, Entry] = {}
        children: dict[str | None, list[Entry]] = {None: []}
        for entry in self.entries:
            if entry.id not in by_id:
                by_id[entry.id] = entry
                children.setdefault(above(entry), []).append(entry)
        object.__setattr__(self, "by_id", by_id)
        object.__setattr__(self, "children", children)

    def parent(self, entry: Entry) -> Entry | None:
        """Return the parent, None for a root and where there is no such criterion."""
        return self.by_id.get(entry.parent_id) if entry.parent_id else None

    def leaf(self, entry: Entry) -> bool:
        return entry.id not in self.children

    def lineage(self, entry: Entry) -> Iterator[Entry]:
        """Yield *entry* and its ancestors, nearest first."""
        at: Entry | None = entry
        while at is not None:
            yield at
            at = self.parent(at)

    def without(self, entry: Entry, name: str) -> bool:
        """Return whether *entry* does not state *name*; a value that could not be read is stated."""
        return getattr(entry, name) is None and name not in self.broken.get(entry.id, ())

    def inherited(self, entry: Entry, name: str) -> str | None:
        """Return the nearest value of *name* up the tree."""
        return next((getattr(each, name) for each in self.lineage(entry) if getattr(each, name) is not None), None)

    def rule(self, entry: Entry) -> Rule:
        """Return the rule of a leaf; in an outline the points are given."""
        return entry.rule or Given()

    def when_not_applicable(self, entry: Entry) -> WhenNotApplicable:
        """Return what happens when a leaf does not apply."""
        return entry.not_applicable or self.context.policy.not_applicable

    def fixed_maxima(self, entry: Entry) -> bool:
        """Return whether a maximum at, above or beside *entry* is unknown, so that nothing can be excluded."""
        if self.context.total is UNKNOWN:
            return True
        beside = [each for ancestor in self.lineage(entry) for each in self.children[above(ancestor)]]
        return any(self.max_points(each) is None for each in beside)

    def max_points(self, entry: Entry) -> Fraction | None:
        """Return the maximum of a node: stated, its part of the parent's by weight, or the sum below."""
        if entry.id not in self.maxima:
            self.maxima[entry.id] = self._max_points(entry)
        return self.maxima[entry.id]

    def _max_points(self, entry: Entry) -> Fraction | None:
        if isinstance(entry.max, Fraction):
            return entry.max
        if entry.max is UNKNOWN:
            return None
        if entry.weight is not None:
            parent = self.parent(entry)
            stated = parent is None or parent.max is not None or parent.weight is not None
            whole = self.context.total if parent is None else self.max_points(parent) if stated else None
            weights = sum((each.weight or NOTHING for each in self.children[above(entry)]), NOTHING)
            if whole is None or whole is UNKNOWN or not weights:
                return None
            return Fraction(whole) * entry.weight / weights
        if self.leaf(entry):
            return None
        sums = [self.sum_below(entry, group) for group in (*self.groups_below(entry), None)]
        known = [each for each in sums if each is not None]
        return max(known) if len(known) == len(sums) else None

    def sum_below(self, entry: Entry, group: str | None) -> Fraction | None:
        """Return the sum of the children that units of *group* have."""
        parts = [self.max_in(child, group) for child in self.children[entry.id] if _exists(child, group)]
        return None if any(part is None for part in parts) else sum((part or NOTHING for part in parts), NOTHING)

    def max_in(self, entry: Entry, group: str | None) -> Fraction | None:
        """Return the maximum of a node for units of *group*."""
        derived = entry.max is None and entry.weight is None and not self.leaf(entry)
        return self.sum_below(entry, group) if derived else self.max_points(entry)

    def groups_below(self, entry: Entry) -> frozenset[str]:
        """Return the groups that criteria below *entry* are limited to."""
        below = self.children.get(entry.id, [])
        return frozenset().union(*(child.applies_to for child in below), *(self.groups_below(child) for child in below))


def _exists(entry: Entry, group: str | None) -> bool:
    return not entry.applies_to or group in entry.applies_to


def above(entry: Entry) -> str | None:
    """Return what *entry* stands below: its parent, its block in brackets, or None for the base."""
    if entry.parent_id is None and entry.block is not None:
        return f"[{entry.block}]"
    return entry.parent_id
