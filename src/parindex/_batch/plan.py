"""The compiled plan: what a methodology comes to in whole numbers, made once and good for any table."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from attrs import frozen

from parindex._batch.joint import constants
from parindex._methodology.criteria import Criterion
from parindex._methodology.methodology import Methodology
from parindex._methodology.rules import Ratio
from parindex._methodology.rules.inputs import NOT_APPLICABLE
from parindex._methodology.tree import Variant, leaves_below, variant_for
from parindex._methodology.words import UNKNOWN, Condition
from parindex._scoring.engine import refuse_unsound

if TYPE_CHECKING:
    from parindex._numbers import Rounding

MOST_SCALE: Final = 2**34
"""The constants of an edition must be whole numbers of 1/S with an S of at most this."""

_WANTED_SCALE: Final = 2**31
_WANTED: Final = (100, 12, 1000, 2520, 10**4, 720720, 900_900_000)
"""Observed decimals and rates whose denominators divide these are held exactly too, where S stays small enough."""

ROOM: Final = 2**50
"""All points together stay below this, so that no sum of theirs leaves what floats hold."""


@frozen(eq=False)
class Plan:
    """A methodology compiled for the batch engine; immutable, and it can be sent to other processes.

    Attributes:
        methodology: what it was made from.
        scale: S: points are held as whole numbers of 1/S.
        refusal: why the methodology cannot be compiled, and every unit is left to the reference engine; or None.
    """

    methodology: Methodology
    scale: int
    refusal: str | None

    def __reduce__(self) -> tuple[object, ...]:
        return compile_plan, (self.methodology,)

    def __repr__(self) -> str:
        return f"<Plan {self.methodology.name}, {len(self.methodology.leaves)} leaves>"

    @cached_property
    def max_scale(self) -> int:
        """What maxima are whole numbers over."""
        known = [each.max_points for each in self.methodology.criteria if each.max_points is not None]
        total = self.methodology.total
        return math.lcm(*(value.denominator for value in [*known, *([] if total is UNKNOWN else [total])]))

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """The columns that a table may have, and the input that each of them names."""
        found = {}
        for leaf in self.methodology.leaves:
            rule = leaf.leaf_rule
            for name in (*rule.input_by_name, NOT_APPLICABLE):
                found[f"{leaf.id}:{name}"] = f"{leaf.id}:{name}"
            if rule.bare_input is not None:
                found[leaf.id] = f"{leaf.id}:{rule.bare_input}"
        return found

    @cached_property
    def compared(self) -> tuple[Criterion, ...]:
        """The leaves whose points depend on other units."""
        return tuple(leaf for leaf in self.methodology.leaves if leaf.leaf_rule.compares_within is not None)

    @cached_property
    def inputs(self) -> frozenset[str]:
        """The inputs that a table may have columns for."""
        return frozenset(self.columns.values())

    @cached_property
    def asks_for_zeros(self) -> bool:
        """Whether some grade asks whether a criterion has no points."""
        return any(Condition.NO_ZERO_CRITERION in grade.requires for grade in self.methodology.grades)


@lru_cache(maxsize=64)
def compile_plan(methodology: Methodology) -> Plan:
    """Return the plan of a methodology; a pure function, of which the latest results are remembered.

    Raises:
        RefusedError: if the methodology cannot be scored with.
    """
    refuse_unsound(methodology)
    if any(leaf.default is not None and leaf.leaf_rule.compares_within is not None for leaf in methodology.leaves):
        return Plan(methodology, 1, "a default takes part in a comparison of units")
    unknown = any(each.max_points is None for each in methodology.criteria)
    if unknown and methodology.policy.leaf_rounding is not None:
        return Plan(methodology, 1, "points are held against a stated maximum before they are rounded")
    needed = 1
    for value in _constants(methodology):
        needed = math.lcm(needed, value.denominator)
        if needed > MOST_SCALE:
            return Plan(methodology, 1, f"its points and maxima are no whole numbers of 1/{MOST_SCALE}")
    reach = _reach(methodology)
    if needed * reach >= ROOM:
        return Plan(methodology, 1, f"its points add up to more than {ROOM} in whole numbers of 1/{needed}")
    scale = needed
    edges = [edge.denominator for leaf in methodology.leaves for edge in _edges(leaf)]
    for wanted in (*edges, *_WANTED):
        finer = math.lcm(scale, wanted)
        if finer <= _WANTED_SCALE and finer * reach < ROOM:
            scale = finer
    return Plan(methodology, scale, None)


def _constants(methodology: Methodology) -> Iterable[Fraction]:
    rounding = methodology.policy.leaf_rounding
    if rounding is not None:
        yield Fraction(1, 2 * 10**rounding.digits)
    for leaf in methodology.leaves:
        yield from constants(leaf.leaf_rule, leaf.max_points or Fraction(0))
        if leaf.default is not None:
            yield default_of(leaf, rounding)
    for block in methodology.blocks:
        if block.cap is not None:
            yield block.cap


def default_of(leaf: Criterion, rounding: Rounding | None) -> Fraction:
    """Return the points that the default of a block item comes to."""
    points: Fraction | None
    if isinstance(leaf.default, Fraction):
        points = leaf.default
    else:
        reading = leaf.leaf_rule.read(leaf.default or {}, leaf.max_points)
        points = leaf.leaf_rule.award(reading.values, leaf.max_points).points
    if points is None:
        return Fraction(0)
    return points if rounding is None else rounding.apply(points)


def _edges(leaf: Criterion) -> Iterable[Fraction]:
    """Return the points at which a ratio begins to count."""
    rule = leaf.leaf_rule
    if isinstance(rule, Ratio):
        yield (leaf.max_points or Fraction(0)) * rule.from_ / rule.full_at


def _reach(methodology: Methodology) -> int:
    """Return what the points of all leaves together cannot exceed; those without a bound are looked at as they come."""
    total = Fraction(1)
    for leaf in methodology.leaves:
        ends = [end for end in leaf.leaf_rule.reach(leaf.max_points) if end is not None]
        total += max([abs(end) for end in ends] + [leaf.max_points or Fraction(1000)])
    return math.ceil(total)


@frozen(eq=False)
class Tree:
    """The criteria that one kind of units has, and those that are asked for.

    Attributes:
        variant: all that units of the group have.
        leaves: the leaves among the criteria of the tree, block items among them.
        asked: those of them that are assessed at the stage.
        worths: the maxima of the leaves in whole numbers of 1/*max_scale*; 0 where a stated maximum above counts.
        stated: the stated maxima above unknown ones, in whole numbers; None where the whole is unknown.
        node: the node whose tree it is; None for the whole, base and blocks.
    """

    variant: Variant
    leaves: tuple[Criterion, ...]
    asked: frozenset[str]
    worths: Mapping[str, int]
    stated: int | None
    node: Criterion | None = None

    @cached_property
    def compared(self) -> tuple[Criterion, ...]:
        """The leaves whose points depend on other units."""
        return tuple(leaf for leaf in self.leaves if leaf.leaf_rule.compares_within is not None)

    def counts(self, leaf: Criterion) -> bool:
        """Return whether a leaf counts in the sum of the tree itself, and not in a block outside it."""
        return leaf.block is None or self.node is not None


def tree_of(plan: Plan, group: str | None, *, at_self: bool, node: str | None = None) -> Tree:
    """Return the tree of units of *group*, or what they have of it at and below *node*."""
    methodology = plan.methodology
    variant = variant_for(methodology, group)
    own = methodology[node] if node is not None else None
    worths: dict[str, int] = {}
    if own is None:
        leaves = variant.leaves
        total = None if methodology.total is UNKNOWN else Fraction(methodology.total)
        stated = _worths(variant.roots, total, plan.max_scale, worths)
    else:
        existing = [each for each in variant.criteria if each.id == node]
        leaves = tuple(leaf for each in existing for leaf in leaves_below(each))
        own = existing[0] if existing else own
        stated = _worths(existing, None, plan.max_scale, worths)
    asked = frozenset(leaf.id for leaf in leaves if not (at_self and not _self_assessed(methodology, leaf)))
    return Tree(variant, leaves, asked, worths, stated, own)


def _self_assessed(methodology: Methodology, leaf: Criterion) -> bool:
    origin = methodology.origins.get(leaf.origin or "")
    return origin is None or origin.self_assessed


def _leaf_worth(leaf: Criterion, scale: int, worths: dict[str, int]) -> int | None:
    if leaf.max_points is None:
        return None
    worths[leaf.id] = int(leaf.max_points * scale)
    return 0


def _worths(siblings: Iterable[Criterion], stated: Fraction | None, scale: int, worths: dict[str, int]) -> int | None:
    """Enter the maxima of the leaves at and below siblings, and return what is stated above unknown ones."""
    own: dict[str, int] = {}
    found = [
        _worths(each.children, each.max_points, scale, own) if each.children else _leaf_worth(each, scale, own)
        for each in siblings
    ]
    if None in found:
        return None if stated is None else int(stated * scale)
    worths.update(own)
    return sum(each for each in found if each is not None)
