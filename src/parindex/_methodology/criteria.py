"""Criteria: as a file lists them, and as the tree that follows."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

from attrs import field, frozen
from attrs.converters import optional

from parindex._frozen import FrozenMap
from parindex._methodology.parts import Cite
from parindex._methodology.rules import Rule
from parindex._methodology.words import UNKNOWN, Labelled, Text, Unknown, WhenNotApplicable
from parindex._numbers import exact_sum, fraction
from parindex._text import optional_tidy, tidy_all

Maximum: TypeAlias = Fraction | Unknown
Default: TypeAlias = Fraction | FrozenMap[str, Any]


def maximum(value: object) -> Maximum:
    """Return a maximum from a number or the word "unknown"."""
    return UNKNOWN if value == UNKNOWN else fraction(value)


@frozen(kw_only=True)
class Entry(Labelled):
    """One criterion as a methodology file lists it, before the tree is made."""

    id: str
    parent: str | None = None
    max: Maximum | None = field(default=None, converter=optional(maximum))
    weight: Fraction | None = field(default=None, converter=optional(fraction))
    origin: str | None = None
    lead: str | None = field(default=None, converter=optional_tidy)
    cite: Cite | None = None
    rule: Rule | None = None
    applies_to: tuple[str, ...] = field(default=(), converter=tidy_all)
    not_applicable: WhenNotApplicable | None = field(default=None, converter=optional(WhenNotApplicable))
    block: str | None = None
    default: Default | None = None
    note: str | None = field(default=None, converter=optional_tidy)

    def __attrs_post_init__(self) -> None:
        if self.parent is not None and self.parent == self.id.rpartition(".")[0]:
            object.__setattr__(self, "parent", None)  # spelled out, it says what the id says

    @property
    def parent_id(self) -> str | None:
        """The id of the parent, None for a root."""
        if self.parent is not None:
            return self.parent or None
        return self.id.rpartition(".")[0] or None


@frozen(kw_only=True)
class Criterion:
    """A node of the tree: a domain, a criterion or a component criterion.

    Attributes:
        id: its dotted id.
        title: its official title.
        max_points: its maximum, None where no source states it.
            Where its parts differ by group of units, the greatest of their sums; a scorecard has the exact one.
        rule: how its points follow from observations; None for an inner node.
        origin: where its points come from, inherited from the nearest ancestor that says so.
        lead: who answers for it, inherited likewise.
        cite: where its source states it.
        children: the nodes below, in the order of the file.
        level: 1 for a root.
        not_applicable: what happens when a leaf does not apply.
        may_drop: whether an assessment may say that a leaf does not apply.
            Not where an unknown maximum stands above or beside it, since the rest would have no known maximum.
        applies_to: the groups of units it exists for; empty for all.
        block: the block outside the base that it belongs to, or None.
        default: what counts when a block item is not observed, or None.
    """

    id: str
    title: Text
    max_points: Fraction | None
    rule: Rule | None
    origin: str | None
    lead: str | None
    cite: Cite | None
    children: tuple[Criterion, ...] = field(repr=lambda children: f"<{len(children)}>")
    level: int
    parent: str | None
    not_applicable: WhenNotApplicable
    may_drop: bool
    applies_to: tuple[str, ...]
    block: str | None
    default: Default | None
    note: str | None

    @cached_property
    def leaf_rule(self) -> Rule:
        """The rule of a leaf, which always has one."""
        assert self.rule is not None
        return self.rule

    @cached_property
    def children_max(self) -> Fraction | None:
        """What the maxima of the criteria right below add up to, None where one of them is unknown."""
        return sum_of_maxima(self.children)

    @cached_property
    def compares(self) -> bool:
        """Whether the rule looks at what other units have."""
        return self.rule is not None and self.rule.compares_within is not None

    def exists_for(self, group: str | None) -> bool:
        """Return whether units of *group* have this criterion."""
        return not self.applies_to or group in self.applies_to


def sum_of_maxima(criteria: tuple[Criterion, ...]) -> Fraction | None:
    """Return what the maxima of criteria add up to, None where one of them is unknown."""
    known = [each.max_points for each in criteria if each.max_points is not None]
    return exact_sum(known) if len(known) == len(criteria) else None
