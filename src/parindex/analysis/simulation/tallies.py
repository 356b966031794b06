"""Ranks of ordered units, and how often each unit has which: in full, or summed up.

Every count is a whole number of draws, so that counts of any parts of the draws add up to those of all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from parindex.analysis.simulation.drawing import BLOCK
from parindex.analysis.simulation.ordering import Order, Orderer, bits_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Numbers = tuple[int, ...]


@frozen(kw_only=True)
class Counts:
    """What was counted of one unit; *histogram* is None where only the figures below it were."""

    histogram: Numbers | None
    total: int
    squares: int
    least: int
    greatest: int
    at_most: Numbers


@frozen(eq=False)
class Pool:
    """Units that are ranked with each other; those that are identical are ordered as one.

    Attributes:
        members: the position of each unit on the board.
        merged: for each member the number of the unit that it is ordered as.
        sizes: how many members each of those stands for.
        dense: whether ranks after a tie go on without a gap.
        orderer: what orders them; None where errors are drawn, which order by themselves.
    """

    members: Numbers
    merged: Numbers
    sizes: NDArray[np.int64]
    dense: bool
    orderer: Orderer | None = None

    @property
    def alone(self) -> bool:
        """Whether a unit takes one rank: each stands for itself, or ties leave no gap."""
        return self.dense or bool((self.sizes == 1).all())

    @property
    def last(self) -> int:
        """How many ranks there are."""
        return len(self.sizes) if self.dense else len(self.members)


def ranks_before(order: Order, pool: Pool) -> NDArray[np.int64] | None:
    """Return for each unit in order how many ranks are better than its own, by the policy on ties.

    None where they just go down one by one in every draw.
    """
    tied = None if order.tied is None or not order.tied.any() else order.tied
    if tied is None and pool.alone:
        return None
    rows, units = order.ids.shape
    if tied is not None and pool.alone and not pool.dense:
        return _raised(np.tile(np.arange(units - 1, -1, -1), (rows, 1)), tied)
    last = np.ones((rows, units), dtype=bool)  # whether a unit is the last of those tied with it
    if tied is not None:
        last[:, :-1] = ~tied
    if pool.dense:
        return np.cumsum(last[:, ::-1], axis=1)[:, ::-1] - 1
    through = np.cumsum(pool.sizes[order.ids], axis=1)
    ends = np.where(last, through, len(pool.members))
    return len(pool.members) - np.minimum.accumulate(ends[:, ::-1], axis=1)[:, ::-1]


def _raised(falling: NDArray[np.int64], tied: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return numbers that go down one by one, those of tied units being that of the last of them; few are tied."""
    rows, places = np.nonzero(tied)
    level = rows * falling.shape[1] + places
    ends = np.append(np.flatnonzero(np.diff(level) != 1), len(level) - 1)
    every = falling.reshape(-1)
    every[level] = np.repeat(every[level[ends] + 1], np.diff(ends, prepend=-1))
    return falling


@frozen(eq=False)
class Full:
    """Counts every rank of every unit: how often, by rank and unit."""

    pool: Pool
    counts: NDArray[np.int64]
    falling: NDArray[np.int64]

    @classmethod
    def of(cls, pool: Pool) -> Full:
        """Return counts that are all 0."""
        units = len(pool.sizes)
        bits = bits_for(units)
        falling = np.tile(np.arange(units - 1, -1, -1) << bits, (BLOCK, 1))
        return cls(pool, np.zeros(pool.last << bits, dtype=np.int64), falling)

    def add(self, order: Order) -> None:
        """Count more draws; their order may be written over."""
        bits = bits_for(len(self.pool.sizes))
        before = ranks_before(order, self.pool)
        cells = np.add(order.ids, self.falling[: len(order.ids)] if before is None else before << bits, out=order.ids)
        self.counts[:] += np.bincount(cells.reshape(-1), minlength=len(self.counts))

    def join(self, other: Full) -> None:
        """Add the counts of other draws."""
        self.counts[:] += other.counts

    def told(self, at_most: Sequence[int]) -> Iterator[Counts]:
        """Yield what was counted of each unit that was ordered, and of it how many ranks were at most so many."""
        by_unit = self.counts.reshape(self.pool.last, -1)[:, : len(self.pool.sizes)].T
        for histogram in by_unit.tolist():
            ranks = [rank for rank, count in enumerate(histogram, 1) if count]
            yield Counts(
                histogram=tuple(histogram),
                total=sum(rank * histogram[rank - 1] for rank in ranks),
                squares=sum(rank**2 * histogram[rank - 1] for rank in ranks),
                least=ranks[0],
                greatest=ranks[-1],
                at_most=tuple(sum(histogram[:most]) for most in at_most),
            )


@frozen(eq=False)
class Summary:
    """Counts of every unit what its ranks add up to, alone and squared, their extremes, and some of them."""

    pool: Pool
    at_most: Numbers
    sums: NDArray[np.int64]
    extremes: NDArray[np.int64]

    @classmethod
    def of(cls, pool: Pool, at_most: Numbers) -> Summary:
        """Return counts that are all 0."""
        units = len(pool.sizes)
        extremes = np.empty((2, units), dtype=np.int64)
        extremes[0], extremes[1] = pool.last, -1
        return cls(pool, at_most, np.zeros((2 + len(at_most), units), dtype=np.int64), extremes)

    def add(self, order: Order) -> None:
        """Count more draws."""
        falling = np.arange(len(self.pool.sizes) - 1, -1, -1)
        before = ranks_before(order, self.pool)
        by_unit = np.empty(order.ids.shape)
        for row, units in enumerate(order.ids):
            by_unit[row][units] = falling if before is None else before[row]
        self._count(by_unit)

    def _count(self, before: NDArray[np.float64]) -> None:
        """Count ranks by unit; a block of them adds up to far less than 2**53."""
        self.sums[0] += np.matmul(np.ones(len(before)), before).astype(np.int64)
        self.sums[1] += np.einsum("ij,ij->j", before, before).astype(np.int64)
        for row, most in enumerate(self.at_most, 2):
            self.sums[row] += np.add.reduce((before < most).view(np.int8), axis=0, dtype=np.int16)
        np.minimum(self.extremes[0], before.min(axis=0).astype(np.int64), out=self.extremes[0])
        np.maximum(self.extremes[1], before.max(axis=0).astype(np.int64), out=self.extremes[1])

    def join(self, other: Summary) -> None:
        """Add the counts of other draws."""
        self.sums[:] += other.sums
        np.minimum(self.extremes[0], other.extremes[0], out=self.extremes[0])
        np.maximum(self.extremes[1], other.extremes[1], out=self.extremes[1])

    def told(self, draws: int) -> Iterator[Counts]:
        """Yield what was counted of each unit that was ordered, in so many draws."""
        for (before, squares, *at_most), (least, greatest) in zip(
            self.sums.T.tolist(), self.extremes.T.tolist(), strict=True
        ):
            yield Counts(
                histogram=None,
                total=before + draws,
                squares=squares + 2 * before + draws,  # of ranks, which are one more
                least=least + 1,
                greatest=greatest + 1,
                at_most=tuple(at_most),
            )
