"""polars as one would write it: an expression for each leaf, all in one select."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from peers import Result
from peers.described import Chosen, Counted, Leaf, Proportional, Stepped, Ticked, describe

if TYPE_CHECKING:
    from numpy.typing import NDArray

    import parindex

LINE = "a DataFrame, an expression for each leaf in one select, sum_horizontal, rank, float64, on all cores"
TOLERANCE = 1e-9
# A lazy query gives the same and takes four times as long at 3,300 units: its plan is longer than the work.


def _points(leaf: Leaf) -> pl.Expr:
    match leaf:
        case Chosen():
            return pl.col(leaf.column).replace_strict(dict(enumerate(leaf.points)), return_dtype=pl.Float64)
        case Counted():
            return (leaf.start + pl.col(leaf.column) * leaf.each).clip(leaf.least, leaf.most)
        case Ticked():
            return pl.col(leaf.column) * leaf.points
        case Stepped():
            rate = pl.col(leaf.done) / pl.col(leaf.total)
            points: pl.Expr = pl.lit(leaf.points[0])
            for edge, worth in zip(leaf.edges, leaf.points[1:], strict=True):
                points = pl.when(rate >= edge if leaf.included else rate > edge).then(worth).otherwise(points)
            return points
        case Proportional():
            rate = pl.col(leaf.done) / pl.col(leaf.total)
            if leaf.inverse:
                rate = 1 - rate
            return pl.when(rate < leaf.least).then(0.0).otherwise((leaf.most * rate / leaf.full).clip(0, leaf.most))


def prepare(edition: parindex.Methodology) -> dict[str, pl.Expr]:
    """Return the expressions of the leaves."""
    return {name: _points(leaf) for name, leaf in describe(edition).items()}


def run(prepared: dict[str, pl.Expr], columns: dict[str, NDArray[Any]]) -> Result:
    """Return the results of all units."""
    points = pl.DataFrame(columns).select(**prepared)
    scored = points.select(index=pl.sum_horizontal(pl.all())).with_columns(
        printed=pl.col("index").round(2, mode="half_away_from_zero"),
        rank=pl.col("index").rank("min", descending=True),
    )
    return Result(scored["index"].to_numpy(), scored["printed"].to_numpy(), scored["rank"].to_numpy())
