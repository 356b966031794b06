"""Packed numbers: the plain columns of a table as blocks of floats, stretch by stretch, with their extremes.

A stretch is short enough for its arrays to stay near the processor; all that is computed later goes by stretches.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from attrs import field, frozen

from parindex._batch.columns import WHOLE, Array, Coded, factorized

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


STRETCH: Final = 2048
"""Units a stretch; no answer depends on it."""

_ROWS: Final = 16
"""Rows that are copied and looked over at a time, while they are near the processor."""

_NARROW: Final = frozenset("bB?h")
"""Kinds of numbers that two bytes hold."""


@frozen(eq=False)
class Part:
    """Some units of one stretch: *chosen* are their places in it, None for all; *count* is how many."""

    number: int
    first: int
    stop: int
    chosen: Array | None
    count: int

    def of(self, values: Array) -> Array:
        """Return what an array of all units holds for these."""
        own = values[self.first : self.stop]
        return own if self.chosen is None else own[self.chosen]


@frozen(eq=False)
class Block:
    """Columns of one width: a matrix for each stretch, a row for each column.

    Attributes:
        matrices: by stretch; they cannot be written to.
        least, most: the extremes of each row, by stretch; NaN where one is in it.
        whole: for each row whether all of its numbers are whole, by stretch.
    """

    matrices: tuple[Array, ...]
    least: tuple[Array, ...]
    most: tuple[Array, ...]
    whole: tuple[Array, ...]


@frozen(eq=False)
class Layout:
    """Where columns stand: tables of the same columns share one.

    Attributes:
        places: for each column its block and its row there.
        found: what slots have looked up here, by slot.
    """

    places: Mapping[str, tuple[int, int]]
    found: dict[Any, Any] = field(factory=dict)


@lru_cache(maxsize=64)
def layout_of(wide: tuple[str, ...], narrow: tuple[str, ...]) -> Layout:
    """Return the layout of columns, the wide ones in the first block; the latest ones are remembered."""
    return Layout({name: (block, row) for block, names in enumerate((wide, narrow)) for row, name in enumerate(names)})


@frozen(eq=False)
class Packed:
    """The plain columns of a table.

    Attributes:
        layout: where they stand.
        truths: the columns of truth values.
        size: units a stretch.
    """

    blocks: tuple[Block, ...]
    layout: Layout
    truths: frozenset[str]
    size: int

    @property
    def places(self) -> Mapping[str, tuple[int, int]]:
        """For each column its block and its row there."""
        return self.layout.places

    @classmethod
    def of(cls, columns: Mapping[str, Array], count: int, size: int = STRETCH) -> tuple[Packed, dict[str, Coded]]:
        """Return columns packed, and those that hold whole numbers beyond floats as distinct values instead."""
        narrow = tuple(name for name, column in columns.items() if column.dtype.char in _NARROW)
        few = set(narrow)
        wide = tuple(name for name in columns if name not in few)
        blocks = [
            _packed([columns[name] for name in names], count, size, kind)
            for names, kind in ((wide, np.float64), (narrow, np.int16))
        ]
        large = [name for name in (wide[row] for row in _beyond(blocks[0])) if columns[name].dtype.kind in "iu"]
        beyond = {name: factorized(columns[name].tolist()) for name in large}
        layout = layout_of(wide, narrow)
        if large:
            layout = Layout({name: place for name, place in layout.places.items() if name not in beyond})
        truths = frozenset(name for name in narrow if columns[name].dtype.kind == "b")
        return cls(tuple(blocks), layout, truths, size), beyond

    def column(self, name: str, part: Part | None = None) -> Array:
        """Return one column, of all units or of some."""
        block, row = self.places[name]
        matrices = self.blocks[block].matrices
        if part is not None:
            own: Array = matrices[part.number][row]
            return own if part.chosen is None else own[part.chosen]
        return np.concatenate([matrix[row] for matrix in matrices]) if matrices else np.zeros(0)

    def cell(self, name: str, unit: int) -> float | bool:
        """Return one cell."""
        block, row = self.places[name]
        value = self.blocks[block].matrices[unit // self.size][row, unit % self.size]
        return bool(value) if name in self.truths else float(value)

    def take(self, units: slice) -> Packed:
        """Return some of the units, packed anew."""
        columns = {name: self.column(name)[units] for name in self.places}
        columns = {name: each.astype(bool) if name in self.truths else each for name, each in columns.items()}
        count = len(range(*units.indices(sum(matrix.shape[1] for matrix in self.blocks[0].matrices))))
        return Packed.of(columns, count, self.size)[0]


def parts(count: int, size: int, chosen: Array | None) -> Iterator[Part]:
    """Yield the units of a table of *count*, or those *chosen* of them, in order, stretch by stretch."""
    for number, first in enumerate(range(0, count, size)):
        stop = min(first + size, count)
        if chosen is None:
            yield Part(number, first, stop, None, stop - first)
            continue
        start, end = np.searchsorted(chosen, (first, stop))
        if start < end:
            yield Part(number, first, stop, chosen[start:end] - first, int(end - start))


def _packed(columns: Sequence[Array], count: int, size: int, kind: Any) -> Block:
    matrices, least, most, whole = [], [], [], []
    floats = np.array([column.dtype.kind == "f" for column in columns], dtype=bool)
    flat = np.empty(len(columns) * count, dtype=kind)
    for first in range(0, count, size):
        stop = min(first + size, count)
        own = flat[len(columns) * first : len(columns) * stop]
        matrix = own.reshape(len(columns), stop - first)
        flags = np.ones(len(columns), dtype=bool)
        low, high = np.empty(len(columns), dtype=kind), np.empty(len(columns), dtype=kind)
        for row in range(0, len(columns), _ROWS):
            some = matrix[row : row + _ROWS]
            parts = [column[first:stop] for column in columns[row : row + _ROWS]]
            np.concatenate(parts, out=some.reshape(-1), casting="unsafe")
            some.min(axis=1, out=low[row : row + _ROWS])
            some.max(axis=1, out=high[row : row + _ROWS])
        least.append(low)
        most.append(high)
        if floats.any():
            parted = matrix if floats.all() else matrix[floats]
            flags[floats] = (np.floor(parted) == parted).all(axis=1)
        whole.append(flags)
        matrix.setflags(write=False)
        matrices.append(matrix)
    return Block(tuple(matrices), tuple(least), tuple(most), tuple(whole))


def _beyond(block: Block) -> list[int]:
    """Return the rows that hold numbers beyond what floats hold exactly."""
    found: set[int] = set()
    for least, most in zip(block.least, block.most, strict=True):
        found.update(np.flatnonzero((least <= -WHOLE) | (most >= WHOLE)).tolist())
    return sorted(found)
