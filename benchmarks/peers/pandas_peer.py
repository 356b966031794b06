"""pandas as one would write it: a frame of the columns, a series for each leaf, sum and rank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from peers import Result
from peers.described import Chosen, Counted, Leaf, Proportional, Stepped, Ticked, describe
from peers.floats import printed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    import parindex

LINE = "a DataFrame, a Series for each leaf (map, clip, select), sum(axis=1), rank(method='min'), float64"
TOLERANCE = 1e-9


def prepare(edition: parindex.Methodology) -> dict[str, Leaf]:
    """Return the leaves."""
    return describe(edition)


def _points(leaf: Leaf, frame: pd.DataFrame) -> pd.Series | NDArray[Any]:
    match leaf:
        case Chosen():
            return frame[leaf.column].map(dict(enumerate(leaf.points)))
        case Counted():
            return (leaf.start + frame[leaf.column] * leaf.each).clip(leaf.least, leaf.most)
        case Ticked():
            return frame[leaf.column] * leaf.points
        case Stepped():
            rate = frame[leaf.done] / frame[leaf.total]
            best_first = leaf.edges[::-1]
            met = [rate >= edge if leaf.included else rate > edge for edge in best_first]
            return np.select(met, leaf.points[:0:-1], leaf.points[0])
        case Proportional():
            rate = frame[leaf.done] / frame[leaf.total]
            if leaf.inverse:
                rate = 1 - rate
            return (leaf.most * rate / leaf.full).clip(upper=leaf.most).where(rate >= leaf.least, 0.0)


def run(prepared: dict[str, Leaf], columns: dict[str, NDArray[Any]]) -> Result:
    """Return the results of all units."""
    frame = pd.DataFrame(columns)
    points = pd.DataFrame({name: _points(leaf, frame) for name, leaf in prepared.items()})
    index = points.sum(axis=1)
    ranks = index.rank(method="min", ascending=False).astype("int64")
    return Result(index.to_numpy(), printed(index.to_numpy()), ranks.to_numpy())
