"""Sums up the tree: points and applicable maxima of every node from what each leaf brings.

This is the meaning of exclusion and redistribution, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

from parindex._methodology.criteria import Criterion
from parindex._methodology.words import UNKNOWN, Effect

if TYPE_CHECKING:
    from parindex._methodology.methodology import Methodology

NOTHING: Final = Fraction(0)
_ONE: Final = Fraction(1)


@frozen
class Brought:
    """What a leaf brings: points; or, not applying, its maximum to its siblings or nothing at all."""

    points: Fraction | None
    redistributed: bool = False


@frozen
class Sum:
    """Points and applicable maximum of a node.

    Attributes:
        points: None where nothing below applies.
        max_points: None where nothing below applies, or where it is unknown.
        factor: what redistribution multiplied the points and maxima of the leaves below by, all levels together.
    """

    points: Fraction | None
    max_points: Fraction | None
    factor: Fraction = _ONE


@frozen
class Tally:
    """The sums of all nodes that exist for the unit, and of the whole base."""

    nodes: Mapping[str, Sum]
    base: Sum


@frozen
class _Part:
    """A node before its ancestors' redistribution: *spill* is the maximum that found no sibling below it."""

    criterion: Criterion | None
    points: Fraction | None
    max_points: Fraction | None
    spill: Fraction
    factor: Fraction = _ONE
    parts: tuple[_Part, ...] = ()


def tally(methodology: Methodology, group: str | None, brought: Mapping[str, Brought]) -> Tally:
    """Return the sums over the tree that units of *group* have, for what every leaf of it brings."""
    stated = None if methodology.total is UNKNOWN else Fraction(methodology.total)
    base = _join(None, stated, methodology.roots, group, brought)
    nodes: dict[str, Sum] = {}
    for part in base.parts:
        _scale(part, base.factor, nodes)
    for criterion in methodology.criteria:
        if criterion.block is not None and criterion.parent is None and criterion.exists_for(group):
            _scale(_add(criterion, group, brought), _ONE, nodes)
    return Tally(nodes, Sum(base.points, base.max_points, base.factor))


def _add(criterion: Criterion, group: str | None, brought: Mapping[str, Brought]) -> _Part:
    if criterion.children:
        return _join(criterion, criterion.max_points, criterion.children, group, brought)
    leaf = brought[criterion.id]
    if leaf.points is not None:
        return _Part(criterion, leaf.points, criterion.max_points, NOTHING)
    return _Part(criterion, None, None, criterion.max_points or NOTHING if leaf.redistributed else NOTHING)


def _join(
    criterion: Criterion | None,
    stated: Fraction | None,
    children: Iterable[Criterion],
    group: str | None,
    brought: Mapping[str, Brought],
) -> _Part:
    parts = tuple(_add(child, group, brought) for child in children if child.exists_for(group))
    applying = [part for part in parts if part.points is not None]
    spill = sum((part.spill for part in parts), NOTHING)
    if not applying:
        return _Part(criterion, None, None, spill, parts=parts)
    points = sum((part.points or NOTHING for part in applying), NOTHING)
    if any(part.max_points is None for part in applying):
        return _Part(criterion, points, stated, NOTHING, parts=parts)
    shared = sum((part.max_points or NOTHING for part in applying), NOTHING)
    if not spill or not shared:
        return _Part(criterion, points, shared, spill, parts=parts)
    factor = (shared + spill) / shared
    return _Part(criterion, points * factor, shared * factor, NOTHING, factor, parts)


def _scale(part: _Part, factor: Fraction, nodes: dict[str, Sum]) -> None:
    """Enter *part* and all below it, multiplied by the factors of what stands above."""
    assert part.criterion is not None  # only the whole base has none
    points = None if part.points is None else part.points * factor
    max_points = None if part.max_points is None else part.max_points * factor
    nodes[part.criterion.id] = Sum(points, max_points, factor)
    for below in part.parts:
        _scale(below, factor * part.factor, nodes)


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
            sums.nodes[criterion.id].points or NOTHING
            for criterion in methodology.criteria
            if criterion.block == block.id and criterion.parent is None and criterion.id in sums.nodes
        ]
        earned = sum(items, NOTHING)
        counted = earned if block.cap is None else min(earned, block.cap)
        blocks[block.id] = (earned, counted)
        net += counted if block.effect is Effect.ADD else -counted
    base = sums.base
    if base.points is None:
        return Totals(None, None, None, None, blocks)
    raw = None
    if base.max_points and methodology.total is not UNKNOWN:
        raw = 100 * base.points / base.max_points + 100 * net / Fraction(methodology.total)
    cap = methodology.policy.index_cap
    index = raw
    if raw is not None:
        index = max(NOTHING, raw if cap is None else min(cap, raw))
    return Totals(base.points + net, base.max_points, index, base.points, blocks)
