"""What the tree asks beyond plain sums: redistribution, criteria without points, parts above a stated maximum."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from parindex._batch.columns import WHOLE, Array
from parindex._batch.spans import LONG, integers
from parindex._methodology.tree import leaves_below
from parindex._methodology.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parindex._batch.groups import Scored
    from parindex._batch.plan import Plan, Tree
    from parindex._batch.sums import Sums
    from parindex._methodology.criteria import Criterion


@frozen(eq=False)
class Part:
    """A node for some units, before what its ancestors redistribute; *most* is None where it is unknown.

    Attributes:
        spill: the maximum that found no sibling below it.
    """

    low: Array
    high: Array
    most: Array | None
    spill: Array
    applies: Array


class LeafRows:
    """The rows of all leaves of a stretch, by id."""

    def __init__(self, scored: Sequence[Scored], fine: int) -> None:
        self._fine = fine
        self._found = {leaf.id: (each, row) for each in scored for row, leaf in enumerate(each.group.leaves)}

    def __contains__(self, leaf: str) -> bool:
        return leaf in self._found

    def low(self, leaf: str) -> Array:
        """Return the lower ends of a leaf's points."""
        each, row = self._found[leaf]
        low: Array = each.low[row]
        return low

    def loose(self, leaf: str) -> Array | None:
        """Return where a leaf's points are above their lower ends, or None."""
        each, row = self._found[leaf]
        return None if each.loose is None else each.loose[row]

    def gone(self, leaf: str) -> Array | None:
        """Return where a leaf does not apply, or None."""
        each, row = self._found[leaf]
        return None if each.gone is None else each.gone[row]

    def part(self, leaf: Criterion, units: Array, worth: int | None) -> Part:
        """Return a leaf as a part of the tree, for some units."""
        each, row = self._found[leaf.id]
        low = integers(each.low[row][units]) * self._fine
        none = np.zeros(len(units), dtype=bool)
        loose = none if each.loose is None else each.loose[row][units]
        if each.rest is not None:
            low = low + integers(np.where(loose, each.rest[row][units], 0))
        width = each.width if each.rest is not None else each.width * self._fine
        gone = none if each.gone is None else each.gone[row][units]
        dropped = gone & each.group.drops[row]
        zero = np.zeros(len(units), dtype=object)
        most = None if worth is None else np.where(dropped, 0, worth).astype(object)
        spill = np.where(dropped & each.group.passes_on[row], worth or 0, 0).astype(object)
        return Part(np.where(dropped, zero, low), np.where(dropped, zero, low + width * loose), most, spill, ~dropped)


def redistributed(plan: Plan, tree: Tree, rows: LeafRows, units: Array) -> Part:
    """Return the base, or the node, for units in which some leaf gives its maximum to others.

    In Python's whole numbers: products of points and maxima have no bound that 64 bits hold.
    """
    if tree.node is None:
        total = plan.methodology.total
        return _join(plan, rows, units, tree.variant.roots, None if total is UNKNOWN else Fraction(total))
    return _part(plan, rows, units, tree.node)


def _part(plan: Plan, rows: LeafRows, units: Array, criterion: Criterion) -> Part:
    if criterion.children:
        return _join(plan, rows, units, criterion.children, criterion.max_points)
    worth = None if criterion.max_points is None else int(criterion.max_points * plan.max_scale)
    return rows.part(criterion, units, worth)


def _join(
    plan: Plan,
    rows: LeafRows,
    units: Array,
    children: Iterable[Criterion],
    stated: Fraction | None,
) -> Part:
    parts = [_part(plan, rows, units, child) for child in children]
    zero = np.zeros(len(units), dtype=object)
    low, high = sum((part.low for part in parts), zero), sum((part.high for part in parts), zero)
    spill = sum((part.spill for part in parts), zero)
    applies = np.any([part.applies for part in parts], axis=0) if parts else np.zeros(len(units), dtype=bool)
    if any(part.most is None for part in parts):
        return Part(low, high, None if stated is None else zero + int(stated * plan.max_scale), zero, applies)
    shared = sum((part.most for part in parts if part.most is not None), zero)
    grows = (spill > 0) & (shared > 0)
    over, under = np.where(grows, shared + spill, 1), np.where(grows, shared, 1)
    return Part(
        low * over // under,
        -(-high * over // under),
        np.where(grows, shared + spill, shared),
        np.where(grows, 0, spill),
        applies,
    )


def without_points(tree: Tree, rows: LeafRows, count: int) -> tuple[Array, Array]:
    """Return which units have a criterion without points, and of which nobody can tell it here.

    A criterion is one of the second level of the base, or a leaf above it, some leaf of which applies.
    """
    found = np.zeros(count, dtype=bool)
    unsure = np.zeros(count, dtype=bool)
    for criterion in tree.variant.criteria:
        second = criterion.level == 2 or (criterion.level == 1 and not criterion.children)
        if criterion.block is not None or not second:
            continue
        leaves = [leaf for leaf in leaves_below(criterion) if leaf.id in rows]
        if not leaves:
            continue
        low = np.zeros(count)
        loose = np.zeros(count, dtype=bool)
        applies = np.zeros(count, dtype=bool)
        for leaf in leaves:
            low += rows.low(leaf.id)
            inexact, gone = rows.loose(leaf.id), rows.gone(leaf.id)
            loose |= False if inexact is None else inexact
            applies |= True if gone is None else ~gone
        found |= applies & ~loose & (low == 0)
        unsure |= applies & loose & (low < 0)
    return found, unsure


def overfull(plan: Plan, tree: Tree, rows: LeafRows, count: int) -> Iterator[tuple[str, Array, Array]]:
    """Yield the nodes of which parts have no known maximum, and the units whose points there exceed their own.

    And the units of which nobody can tell it here.
    """
    methodology = plan.methodology
    checked = [
        (each.id, each.max_points, each.children)
        for each in tree.variant.criteria
        if each.max_points is not None and any(child.max_points is None for child in each.children)
    ]
    if methodology.total is not UNKNOWN and any(root.max_points is None for root in tree.variant.roots):
        checked.append(("total", Fraction(methodology.total), tree.variant.roots))
    for key, maximum, below in checked:
        low, loose = np.zeros(count), np.zeros(count)
        leaves = [leaf for child in below for leaf in leaves_below(child) if leaf.id in rows]
        for leaf in (leaf for leaf in leaves if "points" in leaf.leaf_rule.input_by_name):
            more = rows.loose(leaf.id)
            low += rows.low(leaf.id)
            loose += 0 if more is None else more
        limit = float(maximum * plan.scale)
        above = (low > limit) | ((low == limit) & (loose > 0))
        yield key, above, ~above & (low + loose > limit)


def entered(into: Sums, units: Array, part: Part) -> Array:
    """Enter a part in place of the plain sums of its units, and return which of them floats do not hold."""
    kind = into.low.dtype
    large = np.maximum(abs(part.low), abs(part.high)) >= (WHOLE if kind == np.float64 else LONG)
    into.low[units] = np.where(large, 0, part.low).astype(kind)
    into.high[units] = np.where(large, 0, part.high - part.low).astype(kind)
    into.counted[units] = part.applies
    assert part.most is not None  # beside an unknown maximum nothing can be left out
    into.most[units] = part.most.astype(np.float64)
    return np.asarray(large)
