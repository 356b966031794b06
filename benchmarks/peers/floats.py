"""What the float peers share: points of leaves, printed indices and ranks as plain NumPy floats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from peers.described import Chosen, Counted, Leaf, Proportional, Stepped, Ticked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[Any]


def points_of(leaf: Leaf, columns: Mapping[str, Array]) -> Array:
    """Return the points of one leaf for all units."""
    match leaf:
        case Chosen():
            return np.take(leaf.points, columns[leaf.column])
        case Counted():
            return np.clip(leaf.start + columns[leaf.column] * leaf.each, leaf.least, leaf.most)
        case Ticked():
            return np.where(columns[leaf.column], leaf.points, 0.0)
        case Stepped():
            rate = columns[leaf.done] / columns[leaf.total]
            return np.take(leaf.points, np.digitize(rate, leaf.edges, right=not leaf.included))
        case Proportional():
            rate = columns[leaf.done] / columns[leaf.total]
            if leaf.inverse:
                rate = 1 - rate
            return np.where(rate < leaf.least, 0.0, np.minimum(leaf.most, leaf.most * rate / leaf.full))


def leaf_points(leaves: Mapping[str, Leaf], columns: Mapping[str, Array]) -> Array:
    """Return the points, one row a unit and one column a leaf."""
    return np.column_stack([points_of(leaf, columns) for leaf in leaves.values()])


def printed(index: Array) -> Array:
    """Return an index of two decimals, the half up, as far as floats can."""
    return np.floor(index * 100 + 0.5) / 100


def competition_ranks(index: Array) -> Array:
    """Return ranks from the highest down, equal floats sharing one."""
    lowest_first = np.sort(index)
    return len(index) - np.searchsorted(lowest_first, index, side="right") + 1
