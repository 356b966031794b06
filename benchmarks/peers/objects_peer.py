"""Plain Python: a small object for each leaf, a loop over units and leaves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from peers import Result
from peers.described import Leaf, describe

if TYPE_CHECKING:
    from numpy.typing import NDArray

    import parindex

LINE = "a dataclass for each leaf, a loop over units and leaves, Python floats (64 bits)"
TOLERANCE = 1e-9


def prepare(edition: parindex.Methodology) -> list[Leaf]:
    """Return the leaves."""
    return list(describe(edition).values())


def run(prepared: list[Leaf], columns: dict[str, NDArray[Any]]) -> Result:
    """Return the results, one unit after the other."""
    names = list(columns)
    points = [
        [leaf.of(row) for leaf in prepared]
        for row in (
            dict(zip(names, values, strict=True))
            for values in zip(*(column.tolist() for column in columns.values()), strict=True)
        )
    ]
    index = [sum(unit) for unit in points]
    printed = [math.floor(value * 100 + 0.5) / 100 for value in index]
    placed: dict[float, int] = {}
    for rank, value in enumerate(sorted(index, reverse=True), 1):
        placed.setdefault(value, rank)
    return Result(np.array(index), np.array(printed), np.array([placed[value] for value in index]))
