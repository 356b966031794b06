"""Packed numbers: the plain columns of a table as blocks, stretch by stretch, with their extremes.

A stretch is short enough for its arrays to stay near the processor; all that is computed later goes by stretches.
Columns of small whole numbers stand in a block of two bytes a cell, all others in one of floats.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from attrs import field, frozen

from parindex._batch.columns import WHOLE, Array, Coded, factorized

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parindex._batch.source import Room

STRETCH: Final = 8192
"""Units a stretch; no answer depends on it."""

_CELLS: Final = 32_768
"""Cells that are copied and looked over at a time, while they are near the processor."""

_MANY: Final = 32_768
"""So many units, and it is faster to take columns one after the other than stretches."""

SMALL: Final = np.int16
"""How small whole numbers are kept."""

_LEAST, _MOST = int(np.iinfo(SMALL).min), int(np.iinfo(SMALL).max)
_WIDE: Final = frozenset("dLQ")
"""Kinds of numbers that are not whole, or that 64 bits with a sign may not hold."""

_ALL: Final = np.ones((1, 1), dtype=bool)
"""Stands for all rows of all stretches."""


@frozen(eq=False)
class Part:
    """The units of one stretch."""

    number: int
    first: int
    stop: int

    @property
    def count(self) -> int:
        """How many there are."""
        return self.stop - self.first

    def of(self, values: Array) -> Array:
        """Return what an array of all units holds for these."""
        return values[self.first : self.stop]


@frozen(eq=False)
class Block:
    """Columns of one width: a matrix for each stretch, a row for each column.

    Attributes:
        matrices: by stretch; they cannot be written to.
        least, most: the extremes of each row, by stretch; NaN where one is in it.
        whole: for each row whether all of its numbers are whole, by stretch.
    """

    matrices: tuple[Array, ...]
    least: Array
    most: Array
    whole: Array


@frozen(eq=False)
class Chosen:
    """Where some columns stand, in the order in which they were asked for.

    Attributes:
        rows: the rows of each block, and the places of these among all.
    """

    rows: tuple[tuple[int, Array, Array], ...]
    count: int

    @property
    def alone(self) -> bool:
        """Whether one block has all of them."""
        return len(self.rows) == 1

    @property
    def small(self) -> bool:
        """Whether all of them are small whole numbers."""
        return self.alone and self.rows[0][0] == 1


@frozen(eq=False)
class Layout:
    """Where columns stand: tables of the same columns share one.

    Attributes:
        places: for each column its block and its row there.
        found: what slots have looked up here, by slot.
    """

    places: Mapping[str, tuple[int, int]]
    found: dict[Any, Chosen | None] = field(factory=dict)


@lru_cache(maxsize=64)
def layout_of(wide: tuple[str, ...], small: tuple[str, ...], without: frozenset[str]) -> Layout:
    """Return the layout of columns, the wide ones in the first block; the latest ones are remembered."""
    places = {name: (block, row) for block, names in enumerate((wide, small)) for row, name in enumerate(names)}
    return Layout({name: place for name, place in places.items() if name not in without})


@frozen(eq=False)
class Packed:
    """The plain columns of a table.

    Attributes:
        blocks: the floats and the small whole numbers.
        layout: where they stand.
        truths: the columns of truth values.
        size: units a stretch.
        count: units.
    """

    blocks: tuple[Block, ...]
    layout: Layout
    truths: frozenset[str]
    size: int
    count: int

    @property
    def places(self) -> Mapping[str, tuple[int, int]]:
        """For each column its block and its row there."""
        return self.layout.places

    @classmethod
    def of(cls, columns: Mapping[str, Array], count: int, size: int = STRETCH) -> tuple[Packed, dict[str, Coded]]:
        """Return columns packed, and those that hold whole numbers beyond floats as distinct values instead."""
        kinds = {name: column.dtype.char for name, column in columns.items()}
        small = tuple(name for name, kind in kinds.items() if kind not in _WIDE)
        block, fits = _small([columns[name] for name in small], count, size)
        if not fits.all():
            small = tuple(name for name, own in zip(small, fits, strict=True) if own)
            block = _rows_of(block, np.flatnonzero(fits))
        few = set(small)
        wide = tuple(name for name in columns if name not in few) if len(few) < len(columns) else ()
        floats = _floats([columns[name] for name in wide], count, size)
        large = [name for name in (wide[row] for row in _beyond(floats)) if columns[name].dtype.kind in "iu"]
        beyond = {name: factorized(columns[name].tolist()) for name in large}
        truths = frozenset(name for name, kind in kinds.items() if kind == "?")
        return cls((floats, block), layout_of(wide, small, frozenset(large)), truths, size, count), beyond

    def column(self, name: str, part: Part | None = None) -> Array:
        """Return one column, of all units or of some."""
        block, row = self.places[name]
        matrices = self.blocks[block].matrices
        if part is not None:
            own: Array = matrices[part.number][row]
            return own
        return np.concatenate([matrix[row] for matrix in matrices]) if matrices else np.zeros(0)

    def cell(self, name: str, unit: int) -> float | bool:
        """Return one cell."""
        block, row = self.places[name]
        value = self.blocks[block].matrices[unit // self.size][row, unit % self.size]
        return bool(value) if name in self.truths else float(value)

    def chosen(self, names: Sequence[str]) -> Chosen | None:
        """Return where columns stand, None where some of them stand nowhere here."""
        places = [self.places.get(name) for name in names]
        if None in places:
            return None
        block, row = np.array(places, dtype=np.intp).T
        own = [(each, np.flatnonzero(block == each)) for each in range(len(self.blocks))]
        return Chosen(tuple((each, row[at], at) for each, at in own if len(at)), len(names))

    def ends(self, of: Chosen) -> tuple[Array, Array, Array]:
        """Return the extremes of some columns, shape (stretches, columns), and whether their numbers are whole.

        That has the same shape, or one that is stretched to it.
        """
        if of.alone:
            ((block, rows, _),) = of.rows
            own = self.blocks[block]
            whole = _ALL if of.small else own.whole.take(rows, axis=1)
            return own.least.take(rows, axis=1), own.most.take(rows, axis=1), whole
        parts = [self.ends(Chosen((one,), len(one[1]))) for one in of.rows]
        order = np.argsort(np.concatenate([at for _, _, at in of.rows]))
        least, most = (np.concatenate([part[end] for part in parts], axis=1)[:, order] for end in (0, 1))
        return least, most, np.logical_and.reduce([part[2].all(axis=1, keepdims=True) for part in parts])

    def rows(self, of: Chosen, part: Part, kind: Any, room: Room) -> Array:
        """Return some columns for the units of *part* as numbers of *kind*, in memory that lasts as *room* says."""
        found = room.array((of.count, part.count), kind)
        for block, rows, at in of.rows:
            matrix = self.blocks[block].matrices[part.number]
            if of.alone and matrix.dtype == kind:
                matrix.take(rows, axis=0, out=found, mode="clip")
                break
            own = room.array((len(rows), matrix.shape[1]), matrix.dtype)
            matrix.take(rows, axis=0, out=own, mode="clip")
            found[slice(None) if of.alone else at] = own
        return found

    def picked(self, units: Array) -> Packed:
        """Return some of the units, in order."""
        blocks = tuple(self._picked(block, units) for block in self.blocks)
        return Packed(blocks, self.layout, self.truths, self.size, len(units))

    def _picked(self, block: Block, units: Array) -> Block:
        rows = block.least.shape[1]
        matrices = []
        for first in range(0, len(units), self.size):
            own = units[first : first + self.size]
            edges = np.flatnonzero(np.diff(own // self.size)) + 1
            pieces = [
                block.matrices[each[0] // self.size].take(each % self.size, axis=1) for each in np.split(own, edges)
            ]
            matrices.append(pieces[0] if len(pieces) == 1 else np.concatenate(pieces, axis=1))
        ends = np.zeros((2, len(matrices), rows), dtype=block.least.dtype)
        whole = np.ones((len(matrices), rows), dtype=bool)
        for place, matrix in enumerate(matrices if rows else ()):
            matrix.min(axis=1, out=ends[0, place])
            matrix.max(axis=1, out=ends[1, place])
            if matrix.dtype != SMALL:
                whole[place] = (np.floor(matrix) == matrix).all(axis=1)
        return _block(matrices, ends, whole)


def parts(count: int, size: int) -> Iterator[Part]:
    """Yield the stretches of so many units."""
    for number, first in enumerate(range(0, count, size)):
        yield Part(number, first, min(first + size, count))


def _small(columns: Sequence[Array], count: int, size: int) -> tuple[Block, Array]:
    """Return the block of small whole numbers, and which columns are such; the rows of the others hold anything."""
    number = -(-count // size)
    ends = np.zeros((2, number, len(columns)), dtype=np.int64)
    flat = np.empty(len(columns) * count, dtype=SMALL)
    done = count // size if count >= _MANY else 0
    if done:
        body = flat[: len(columns) * done * size].reshape(done, len(columns), size)
        for row, column in enumerate(columns):
            own = column[: done * size].reshape(done, size)
            own.min(axis=1, out=ends[0, :, row][:done])
            own.max(axis=1, out=ends[1, :, row][:done])
            body[:, row] = own
    matrices = _stretches(flat, len(columns), count, size)
    for place in range(done, number):
        _copied(columns, matrices[place], place * size, np.int64, ends[:, place])
    fits = (ends[0].min(axis=0, initial=0) >= _LEAST) & (ends[1].max(axis=0, initial=0) <= _MOST)
    return _block(matrices, ends, np.ones((number, len(columns)), dtype=bool)), fits


def _floats(columns: Sequence[Array], count: int, size: int) -> Block:
    number = -(-count // size)
    ends = np.zeros((2, number, len(columns)))
    matrices = _stretches(np.empty(len(columns) * count), len(columns), count, size)
    whole = np.ones((number, len(columns)), dtype=bool)
    parted = np.array([column.dtype.kind == "f" for column in columns], dtype=bool)
    for place, matrix in enumerate(matrices if columns else ()):
        _copied(columns, matrix, place * size, np.float64, ends[:, place])
        if parted.any():
            own = matrix[parted]
            whole[place, parted] = (np.floor(own) == own).all(axis=1)
    return _block(matrices, ends, whole)


def _stretches(flat: Array, rows: int, count: int, size: int) -> list[Array]:
    """Return the matrices of the stretches, one behind the other in *flat*."""
    edges = [*range(0, count, size), count]
    return [flat[rows * first : rows * stop].reshape(rows, stop - first) for first, stop in pairwise(edges)]


def _copied(columns: Sequence[Array], into: Array, first: int, kind: Any, ends: Array) -> None:
    """Copy a stretch of columns by way of numbers of *kind*, whose extremes are entered in *ends*."""
    count = into.shape[1]
    some = max(_CELLS // count, 1)
    for row in range(0, len(columns), some):
        rows = slice(row, row + some)
        parts = [column[first : first + count] for column in columns[rows]]
        own = into[rows] if into.dtype == kind else np.empty((len(parts), count), dtype=kind)
        np.concatenate(parts, out=own.reshape(-1), casting="unsafe")
        own.min(axis=1, out=ends[0, rows])
        own.max(axis=1, out=ends[1, rows])
        if into.dtype != kind:
            into[rows] = own


def _block(matrices: Sequence[Array], ends: Array, whole: Array) -> Block:
    for matrix in matrices:
        matrix.setflags(write=False)
    return Block(tuple(matrices), ends[0], ends[1], whole)


def _rows_of(block: Block, rows: Array) -> Block:
    """Return some rows of a block."""
    matrices = [matrix[rows] for matrix in block.matrices]
    return _block(matrices, np.stack([block.least[:, rows], block.most[:, rows]]), block.whole[:, rows])


def _beyond(block: Block) -> list[int]:
    """Return the rows that hold numbers beyond what floats hold exactly."""
    found: list[int] = np.flatnonzero(((block.least <= -WHOLE) | (block.most >= WHOLE)).any(axis=0)).tolist()
    return found
