"""Counts ranks over many draws, shared out among workers; no way to share out the work changes a count."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from parindex.analysis.drawn import DrawnWeights
from parindex.analysis.simulation.drawing import BLOCK, ERRORS, WEIGHTS, Stream, blocks, weights
from parindex.analysis.simulation.erring import Erring, sorted_order
from parindex.analysis.simulation.ordering import Linear, Order, Room, Screened
from parindex.analysis.simulation.tallies import Counts, Full, Numbers, Pool, Summary
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
