"""pymcdm: a decision matrix, the weighted sum model without normalisation, and its ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from pymcdm.methods import WSM

from peers import Result
from peers.described import Leaf, describe
from peers.floats import leaf_points, printed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    import parindex

LINE = (
    "knows no rules: the leaf points are computed before, in the same run, with plain NumPy; "
    "then WSM without normalisation and rank, float64; equal units get the mean of their ranks, here rounded down"
)
TOLERANCE = 1e-9


def _as_it_is(column: NDArray[Any], cost: bool) -> NDArray[Any]:  # noqa: ARG001  pymcdm calls it so
    return column


def prepare(edition: parindex.Methodology) -> dict[str, Leaf]:
    """Return the leaves."""
    return describe(edition)


def run(prepared: dict[str, Leaf], columns: dict[str, NDArray[Any]]) -> Result:
    """Return the results of all units."""
    points = leaf_points(prepared, columns)
    leaves = points.shape[1]
    method = WSM(normalization_function=_as_it_is)
    # Its weights have to add up to 1: with 100 leaves of equal weight the preference is a hundredth of the sum.
    preference = method(points, np.full(leaves, 1 / leaves), np.ones(leaves))
    index = preference * leaves
    return Result(index, printed(index), method.rank(index).astype(np.int64))
