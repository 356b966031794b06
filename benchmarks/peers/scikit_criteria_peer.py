"""scikit-criteria: a decision matrix and the weighted sum model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import skcriteria
from skcriteria.agg.simple import WeightedSumModel

from peers import Result
from peers.described import Leaf, describe
from peers.floats import leaf_points, printed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    import parindex

LINE = (
    "knows no rules: the leaf points are computed before, in the same run, with plain NumPy; "
    "then mkdm and WeightedSumModel, float64; its ranks are dense"
)
TOLERANCE = 1e-9


def prepare(edition: parindex.Methodology) -> dict[str, Leaf]:
    """Return the leaves."""
    return describe(edition)


def run(prepared: dict[str, Leaf], columns: dict[str, NDArray[Any]]) -> Result:
    """Return the results of all units."""
    points = leaf_points(prepared, columns)
    matrix = skcriteria.mkdm(points, [max] * len(prepared), weights=[1.0] * len(prepared), criteria=list(prepared))
    result = WeightedSumModel().evaluate(matrix)
    index = result.e_.score
    return Result(index, printed(index), result.rank_)
