"""What units come to: the sums of the points of their leaves, and what was found wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Final

import numpy as np
from attrs import frozen

from parindex._batch.columns import Array


@frozen(eq=False)
class Wrong:
    """One kind of fault of one leaf, and the units that have it."""

    leaf: str
    kind: str
    units: Array


@frozen(eq=False)
class Sums:
    """What units come to, in whole numbers of 1/S; maxima in whole numbers of 1/*max_scale*.

    Attributes:
        low, high: ends of the base points; what lies between them is strictly within.
        most: the applicable maxima of the base.
        counted: how many leaves of the base apply.
        blocks: ends of the sums of each block.
        open: units of which something is missing.
        odd: units that only the reference engine can tell.
        zeros: units of which a criterion that grades ask for has no points.
        passes: units of which a leaf gives its maximum to others.
        wrong: the faults.
        fine: how many times finer than 1/S the ends of points are.
    """

    low: Array
    high: Array
    most: Array
    counted: Array
    blocks: Mapping[str, tuple[Array, Array]]
    open: Array
    odd: Array
    zeros: Array
    passes: Array
    wrong: tuple[Wrong, ...] = ()
    fine: int = 1

    @property
    def applies(self) -> Array:
        """Whether anything of the base applies."""
        return np.greater(self.counted, 0)

    def part(self, units: slice) -> Sums:
        """Return views of the sums of some units; what is wrong with them is not among it."""
        return self._changed(itemgetter(units))

    def room_for(self, count: int) -> Sums:
        """Return sums of as many units in which nothing stands."""
        return self._changed(lambda own: np.zeros(count, own.dtype))

    def _changed(self, change: Callable[[Array], Array]) -> Sums:
        arrays = {name: change(getattr(self, name)) for name in _ARRAYS}
        blocks = {key: (change(low), change(high)) for key, (low, high) in self.blocks.items()}
        return Sums(**arrays, blocks=blocks, fine=self.fine)  # type: ignore[arg-type]  # arrays alone

    def put(self, units: Array, own: Sums) -> None:
        """Enter the sums of some units."""
        for name in _ARRAYS:
            getattr(self, name)[units] = getattr(own, name)
        for key, ends in own.blocks.items():
            for into, end in zip(self.blocks[key], ends, strict=True):
                into[units] = end


_ARRAYS: Final = ("low", "high", "most", "counted", "open", "odd", "zeros", "passes")
