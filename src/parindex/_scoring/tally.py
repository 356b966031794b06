"""Sums up the tree: points and applicable maxima of every node from what each leaf brings.

This is the meaning of exclusion and redistribution, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from attrs import frozen

from parindex._methodology.tree import variant_for
from parindex._methodology.words import UNKNOWN, Effect
from parindex._numbers import exact_sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology

NOTHING: Final = Fraction(0)
_ONE: Final = Fraction(1)


class Brought(NamedTuple):
    """What a leaf brings: points; or, not applying, its maximum to its siblings or nothing at all.

    *reason* says why it does not apply, which by its policy may bring points all the same; None where it does.
    """

    points: Fraction | None
    redistributed: bool = False
    reason: str | None = None


Sum: TypeAlias = tuple[Fraction | None, Fraction | None, Fraction]
"""Points and applicable maximum of a node, and the factor by which redistribution above it multiplied both.

The points are None where nothing below applies, the maximum also where it is unknown.
"""


@frozen
class Tally:
    """The sums of all nodes that exist for the unit, and of the whole base."""

    nodes: Mapping[str, Sum]
    base: Sum


def tally(methodology: Methodology, group: str | None, brought: Mapping[str, Brought]) -> Tally:
    """Return the sums over the tree that units of *group* have, for what every leaf of it brings."""
    tree = variant_for(methodology, group)
    stated = None if methodology.total is UNKNOWN else Fraction(methodology.total)
    nodes: dict[str, Sum] = {}
    base, _, _ = _joined(tree.roots, stated, brought, nodes, tree.roots_max)
    _joined(tree.items, None, brought, nodes, None)  # which are never redistributed, so that they stand side by side
    return Tally(nodes, base)


def _joined(
    children: Sequence[Criterion],
    stated: Fraction | None,
    brought: Mapping[str, Brought],
    nodes: dict[str, Sum],
    whole: Fraction | None,
) -> tuple[Sum, Fraction, bool]:
    """Enter all *children*, and return what they come to together and the maximum that none of them could take.

    And whether their maxima stand as they are stated, so that together they are *whole*: in most units they all do.
    """
    points: list[Fraction] = []
    maxima: list[Fraction] = []
    stands = whole is not None
    spill = NOTHING
    for child in children:
        if child.rule is None:
            own, spilled, intact = _joined(child.children, child.max_points, brought, nodes, child.children_max)
            stands = stands and intact
            if spilled:
                spill += spilled
        else:
            leaf = brought[child.id]
            own = leaf.points, None if leaf.points is None else child.max_points, _ONE
            if leaf.redistributed:
                spill += child.max_points or NOTHING
        nodes[child.id] = own
        own_points, own_maximum, _ = own
        if own_points is not None:
            points.append(own_points)
            if own_maximum is not None:
                maxima.append(own_maximum)
        else:
            stands = False
    if not points:
        return (None, None, _ONE), spill, False
    total = exact_sum(points)
    if stands:
        return (total, whole, _ONE), NOTHING, True
    if len(maxima) < len(points):
        return (total, stated, _ONE), NOTHING, False
    shared = exact_sum(maxima)
    if not spill or not shared:
        return (total, shared, _ONE), spill, False
    factor = (shared + spill) / shared
    _scale(children, factor, nodes)
    return (total * factor, shared * factor, _ONE), NOTHING, False


def _scale(criteria: Iterable[Criterion], factor: Fraction, nodes: dict[str, Sum]) -> None:
    """Multiply the sums of *criteria* and of all below them."""
    for criterion in criteria:
        points, max_points, before = nodes[criterion.id]
        nodes[criterion.id] = (
            None if points is None else points * factor,
            None if max_points is None else max_points * factor,
            before * factor,
        )
        _scale(criterion.children, factor, nodes)


@frozen
class Totals:
    """The whole: base, blocks, points and index, all exact.

    Attributes:
        points: base + added - subtracted; None where nothing applies.
        max_points: the applicable base maximum; None where nothing applies or it is unknown.
        index: the percentage, held within 0 and the cap; None where it does not exist.
        blocks: for each block the sum of its items and what its cap leaves of it.
    """

    points: Fraction | None
    max_points: Fraction | None
    index: Fraction | None
    base_points: Fraction | None
    blocks: Mapping[str, tuple[Fraction, Fraction]]


def totals(methodology: Methodology, sums: Tally) -> Totals:
    """Return what the sums of base and blocks come to.

    The index is 100 x base points / applicable base maximum, plus 100 x what the blocks add or take / total: a bonus
    of 3 of 100 is worth 3, whatever was excluded.
    """
    blocks: dict[str, tuple[Fraction, Fraction]] = {}
    net = NOTHING
    for block in methodology.blocks:
        items = [
            sums.nodes[criterion.id][0] or NOTHING
            for criterion in methodology.criteria
            if criterion.block == block.id and criterion.parent is None and criterion.id in sums.nodes
        ]
        earned = sum(items, NOTHING)
        counted = earned if block.cap is None else min(earned, block.cap)
        blocks[block.id] = (earned, counted)
        net += counted if block.effect is Effect.ADD else -counted
    base_points, max_points, _ = sums.base
    if base_points is None:
        return Totals(None, None, None, None, blocks)
    raw = raw_index(methodology, base_points, max_points, net)
    index = None if raw is None else held_index(methodology, raw)
    return Totals(base_points + net, max_points, index, base_points, blocks)


def raw_index(
    methodology: Methodology, base_points: Fraction, max_points: Fraction | None, net: Fraction
) -> Fraction | None:
    """Return the index before it is held within its limits, *net* what the blocks add or take; None without one."""
    if not max_points or methodology.total is UNKNOWN:
        return None
    return 100 * base_points / max_points + 100 * net / Fraction(methodology.total)


def held_index(methodology: Methodology, raw: Fraction) -> Fraction:
    """Return an index held within 0 and its cap."""
    cap = methodology.policy.index_cap
    return max(NOTHING, raw if cap is None else min(cap, raw))
