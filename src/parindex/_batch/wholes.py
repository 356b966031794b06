"""From sums to figures: points, the index, and what nodes come to, as exact ratios or the ends of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from parindex._batch.figures import ratio
from parindex._batch.spans import LONG
from parindex._methodology.words import UNKNOWN, Effect

if TYPE_CHECKING:
    from parindex._batch.columns import Array
    from parindex._batch.figures import Figures
    from parindex._batch.plan import Plan
    from parindex._batch.sums import Sums


def points_of(plan: Plan, sums: Sums, exists: Array) -> Figures:
    """Return the points of the whole: base + added - subtracted."""
    low, high = _net(plan, sums)
    own = (_long(sums.low) + low, _long(sums.high) + high)
    return ratio(own, 1, plan.scale * sums.fine, exists)


def index_of(plan: Plan, sums: Sums, exists: Array) -> Figures:
    """Return the index: 100 x base points / applicable maximum + 100 x what the blocks add or take / total."""
    methodology = plan.methodology
    total, cap, scale = methodology.total, methodology.policy.index_cap, plan.scale * sums.fine
    if total is UNKNOWN:
        return node_index_of(plan, sums, exists & False)
    if not methodology.blocks:
        return node_index_of(plan, sums, exists).held(cap)
    exists = exists & (sums.most > 0)
    most = np.where(exists, _long(sums.most), 1)
    whole = Fraction(total)
    low, high = (
        _times(_long(end), plan.max_scale * whole.numerator) + _product(most, net, whole.denominator)
        for end, net in zip((sums.low, sums.high), _net(plan, sums), strict=True)
    )
    return ratio((low, high), 100, _times(most, scale * whole.numerator), exists).held(cap)


def node_index_of(plan: Plan, sums: Sums, exists: Array) -> Figures:
    """Return 100 x points / applicable maximum."""
    exists = exists & (sums.most > 0)
    most = np.where(exists, _long(sums.most), 1)
    ends = (_long(sums.low), _long(sums.high))
    return ratio(ends, 100 * plan.max_scale, _times(most, plan.scale * sums.fine), exists)


def node_points_of(plan: Plan, sums: Sums, exists: Array) -> Figures:
    """Return the points of a node, before what its ancestors redistribute."""
    return ratio((_long(sums.low), _long(sums.high)), 1, plan.scale * sums.fine, exists)


def _net(plan: Plan, sums: Sums) -> tuple[Array, Array]:
    """Return the ends of what the blocks add and take."""
    low = high = np.zeros(len(sums.low), dtype=np.int64)
    for block in plan.methodology.blocks:
        least, most = (_long(end) for end in sums.blocks[block.id])
        if block.cap is not None:
            cap = int(block.cap * plan.scale * sums.fine)
            least, most = np.minimum(least, cap), np.minimum(most, cap)
        low, high = (low + least, high + most) if block.effect is Effect.ADD else (low - most, high - least)
    return low, high


def _long(values: Array) -> Array:
    return values.astype(np.int64)


def _most(values: Array) -> int:
    return max(abs(int(values.max())), abs(int(values.min()))) if len(values) else 0


def _times(values: Array, factor: int) -> Array:
    """Return whole numbers times *factor*, as Python's where 64 bits do not hold them."""
    return values * factor if _most(values) * factor < LONG // 4 else values.astype(object) * factor


def _product(one: Array, other: Array, factor: int) -> Array:
    small = _most(one) * _most(other) * factor < LONG // 4
    return one * other * factor if small else one.astype(object) * other * factor
