"""Counts ranks over many draws: the units of each pool in order, their ranks, and how often each has which.

Every count is a whole number of draws, so that no way to share out the work changes one.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from parindex.analysis.drawn import DrawnWeights
from parindex.analysis.simulation.drawing import BLOCK, ERRORS, WEIGHTS, Stream, blocks, weights
from parindex.analysis.simulation.erring import Erring, sorted_order
from parindex.analysis.simulation.ordering import Linear, Order, Orderer, Room, Screened, bits_for
from parindex.analysis.weighed import FULL, Ranking, figures, pools
from parindex.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from parindex._scoring.board import Scoreboard

CELLS: Final = 65_536
"""Figures that are ordered at a time, while they are near the processor; no count depends on it."""

TASK: Final = 8
"""Blocks that one worker does at a time."""

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


def weighed_pool(board: Scoreboard, drawn: DrawnWeights, members: Sequence[int]) -> Pool:
    """Return a pool of units that are ordered under drawn weights."""
    ranking = Ranking.of(board.methodology)
    known = figures(board, drawn, members)
    distinct = {each: number for number, each in enumerate(dict.fromkeys(known))}
    most = drawn.most(len(known[0].over) - 1)
    units = tuple(distinct)
    merged = tuple(distinct[each] for each in known)
    orderer = Linear.of(units, most, ranking) or Screened.of(units, most, ranking)
    return Pool(tuple(members), merged, np.bincount(merged), ranking.dense, orderer)


def ranks_before(order: Order, pool: Pool) -> NDArray[np.int64]:
    """Return for each unit in order how many ranks are better than its own, by the policy on ties."""
    last = np.ones(order.ids.shape, dtype=bool)  # whether a unit is the last of those tied with it
    if order.tied is not None:
        last[:, :-1] = ~order.tied
    if pool.dense:
        return np.cumsum(last[:, ::-1], axis=1)[:, ::-1] - 1
    through = np.cumsum(pool.sizes[order.ids], axis=1)
    ends = np.where(last, through, len(pool.members))
    return len(pool.members) - np.minimum.accumulate(ends[:, ::-1], axis=1)[:, ::-1]


Placed = tuple["NDArray[np.int64]", "NDArray[np.int64] | None"]


def placed(order: Order, pool: Pool) -> Iterator[Placed]:
    """Yield units with how many ranks are better, draws by draws; None where they just go down one by one.

    Most draws tie nobody and are quick.
    """
    if not pool.alone:
        yield order.ids, ranks_before(order, pool)
    elif order.tied is None:
        yield order.ids, None
    else:
        some = order.tied.any(axis=1)
        yield order.ids[~some], None
        yield order.ids[some], ranks_before(Order(order.ids[some], order.tied[some]), pool)


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
        for ids, before in placed(order, self.pool):
            np.add(ids, self.falling[: len(ids)] if before is None else before << bits, out=ids)
            self.counts[:] += np.bincount(ids.reshape(-1), minlength=len(self.counts))

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
        for ids, before in placed(order, self.pool):
            by_unit = np.empty(ids.shape)
            for row, units in enumerate(ids):
                by_unit[row][units] = falling if before is None else before[row]
            if len(by_unit):
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


@frozen(eq=False)
class Weighed:
    """Orders units under drawn weights.

    *what* says for what streams are drawn, *cells* how many numbers a draw takes, *pools* what is ordered.
    """

    drawn: DrawnWeights
    nodes: int
    cells: int
    pools: tuple[Pool, ...]
    what: int = WEIGHTS

    @classmethod
    def of(cls, board: Scoreboard, drawn: DrawnWeights, among: Iterable[Sequence[int]]) -> Weighed:
        """Return what orders some pools of a board."""
        made = tuple(weighed_pool(board, drawn, members) for members in among)
        cells = max((len(pool.sizes) for pool in made), default=1)
        return cls(drawn, len(drawn.chosen(board.methodology)), cells, made)

    def orders(self, stream: Stream, rows: int, room: Room) -> Iterator[Order]:
        """Yield the order of each pool, which holds until the next is asked for."""
        drawn = weights(self.drawn, self.nodes, stream, rows)
        for pool in self.pools:
            assert pool.orderer is not None
            yield pool.orderer.order(drawn, room)


@frozen(eq=False)
class Erred:
    """Orders units under errors of their points; see :class:`Weighed`."""

    erring: Erring
    places: tuple[NDArray[np.int64], ...]
    cells: int
    pools: tuple[Pool, ...]
    what: int = ERRORS

    @classmethod
    def of(
        cls, board: Scoreboard, errors_of: Mapping[str, Fraction], members: Sequence[int], among: Iterable[Numbers]
    ) -> Erred:
        """Return what orders some pools of a board; *members* are all its ranked units, each with errors of its own."""
        dense = Ranking.of(board.methodology).dense
        made, places = [], []
        for pool in among:
            made.append(Pool(pool, tuple(range(len(pool))), np.ones(len(pool), dtype=np.int64), dense))
            places.append(np.array([members.index(each) for each in pool]))
        erring = Erring.of(board, errors_of, members)
        return cls(erring, tuple(places), len(members) * len(errors_of), tuple(made))

    def orders(self, stream: Stream, rows: int, room: Room) -> Iterator[Order]:
        """Yield the order of each pool."""
        found = self.erring.figures(stream, rows)
        for places in self.places:
            yield sorted_order(found[:, places])


Source: TypeAlias = Weighed | Erred


@frozen(kw_only=True)
class Run:
    """How draws are counted.

    Attributes:
        full: units of a pool up to which every rank is counted.
        cells: figures that are ordered at a time; no count depends on it.
    """

    source: Source
    draws: int
    seed: int
    at_most: Numbers = ()
    full: int = FULL
    cells: int = CELLS

    def orders(self, first: int, stop: int) -> Iterator[tuple[int, Order]]:
        """Yield orders in the draws of some blocks, each with the number of its pool, a part of a block at a time."""
        most = max(1, min(BLOCK, self.cells // self.source.cells))
        room = Room.of(most * self.source.cells)
        for block, rows in blocks(self.draws, first, stop):
            stream = Stream(self.seed, self.source.what, block)
            for start in range(0, rows, most):
                yield from enumerate(self.source.orders(stream, min(most, rows - start), room))

    @property
    def tasks(self) -> list[tuple[int, int]]:
        """The blocks of each task."""
        count = -(-self.draws // BLOCK)
        return [(first, min(first + TASK, count)) for first in range(0, count, TASK)]

    def counter(self, pool: Pool) -> Full | Summary:
        """Return counts of a pool that are all 0."""
        return Full.of(pool) if len(pool.members) <= self.full else Summary.of(pool, self.at_most)

    def count(self, task: tuple[int, int]) -> list[Full | Summary]:
        """Return the counts of all pools in the draws of a task."""
        counters = [self.counter(pool) for pool in self.source.pools]
        for number, order in self.orders(*task):
            counters[number].add(order)
        return counters

    def counts(self, *, workers: int = 1, progress: Callable[[int, int], object] | None = None) -> dict[int, Counts]:
        """Return what was counted of each unit by its position on the board."""
        whole: list[Any] = [self.counter(pool) for pool in self.source.pools]
        with ThreadPoolExecutor(workers) as executor:
            done = executor.map(self.count, self.tasks) if workers > 1 else map(self.count, self.tasks)
            for (_, stop), counters in zip(self.tasks, done, strict=True):
                for counter, more in zip(whole, counters, strict=True):
                    counter.join(more)
                if progress is not None:
                    progress(min(self.draws, stop * BLOCK), self.draws)
        found: dict[int, Counts] = {}
        for counter in whole:
            told = list(counter.told(self.at_most) if isinstance(counter, Full) else counter.told(self.draws))
            found.update(
                (member, told[unit]) for member, unit in zip(counter.pool.members, counter.pool.merged, strict=True)
            )
        return found

    def pair(self) -> tuple[int, int, int]:
        """Return how often the first of two units that are ordered alone is above the second, level, and below."""
        (pool,) = self.source.pools
        if len(pool.sizes) == 1:
            return 0, self.draws, 0
        above = tied = 0
        for first, stop in self.tasks:
            for _, order in self.orders(first, stop):
                level = np.zeros(len(order.ids), dtype=bool) if order.tied is None else order.tied[:, 0]
                above += int(np.count_nonzero((order.ids[:, 1] == 0) & ~level))
                tied += int(np.count_nonzero(level))
        return above, tied, self.draws - above - tied


def drawn_counts(
    board: Scoreboard,
    drawn: DrawnWeights | Mapping[str, Fraction],
    draws: int,
    seed: int,
    *,
    at_most: Numbers = (),
    workers: int = 1,
    progress: Callable[[int, int], object] | None = None,
) -> dict[int, Counts]:
    """Return what was counted of each ranked unit of a board, by its position."""
    among = pools(board)
    if not among:
        return {}
    run = Run(source=_source(board, drawn, among), draws=draws, seed=seed, at_most=at_most)
    return run.counts(workers=workers, progress=progress)


def beaten(
    board: Scoreboard, drawn: DrawnWeights | Mapping[str, Fraction], pair: tuple[str, str], *, draws: int, seed: int
) -> tuple[int, int, int]:
    """Return how often one of two ranked units is above the other, level with it, and below it, in draws of a seed.

    Raises:
        Fault: if the two are not ranked with each other.
    """
    places = tuple(board.units.index(each) for each in pair)
    if not any(set(places) <= set(pool) for pool in pools(board)):
        raise Fault(f"is not ranked with {pair[1]!r}, which is of another group", place=Place(unit=pair[0]))
    return Run(source=_source(board, drawn, [places]), draws=draws, seed=seed).pair()


def _source(board: Scoreboard, drawn: DrawnWeights | Mapping[str, Fraction], among: Sequence[Numbers]) -> Source:
    if isinstance(drawn, DrawnWeights):
        return Weighed.of(board, drawn, among)
    members = [member for pool in pools(board) for member in pool]
    return Erred.of(board, drawn, sorted(members), among)
