"""The columns of a table as kernels read them, and the memory that they are read into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from attrs import field, frozen

from parindex._batch.columns import Array, Coded
from parindex._batch.packed import Packed
from parindex._methodology.rules import Peers

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex._batch.packed import Chosen, Part

PRESENT: Final = 0
MISSING: Final = 1
DROPPED: Final = 2
ODD: Final = 3
"""A value that floats do not hold exactly: the reference engine judges the unit."""
WRONG: Final = 4
OPEN: Final = 5
"""A value that waits for those of other units."""


class Room:
    """Memory to work in, used again for one kernel after the other and asked of the system once."""

    def __init__(self) -> None:
        self._memory = np.empty(0, dtype=np.uint8)
        self._used = 0

    def array(self, shape: tuple[int, int], kind: Any) -> Array:
        """Return an array that holds anything, and lasts until the room is cleared."""
        first = self._used
        size = shape[0] * shape[1] * np.dtype(kind).itemsize
        self._used = first + ((size + 63) & ~63)
        if self._used > len(self._memory):
            return np.empty(shape, dtype=kind)
        return np.ndarray(shape, kind, self._memory, first)

    def clear(self) -> None:
        """Give all of it back; where it was too small, there is more the next time."""
        if self._used > len(self._memory):
            self._memory = np.empty(self._used, dtype=np.uint8)
        self._used = 0


_FREE: Final[list[Room]] = []
"""Rooms that nobody works in: memory that was touched before is faster, and nothing that is computed depends on it."""


@contextmanager
def free_room() -> Iterator[Room]:
    """Give a room that nobody else works in."""
    try:
        room = _FREE.pop()
    except IndexError:
        room = Room()
    try:
        yield room
    finally:
        room.clear()
        _FREE.append(room)


@frozen(eq=False)
class Source:
    """The columns of a table as kernels read them.

    Attributes:
        packed: the plain columns.
        coded: the others.
        names: for each input the column that holds it.
        peers: for each relative leaf the extremes of its pools; None where a value of the pool is missing.
        pools: for each unit the number of its pool, where rules compare within groups.
        room: where rows are read into; what is read lasts until it is cleared.
    """

    packed: Packed
    coded: Mapping[str, Coded]
    names: Mapping[str, str]
    peers: Mapping[str, Sequence[Peers | None]]
    pools: Array | None
    room: Room = field(factory=Room)
    _known: dict[Any, Any] = field(factory=dict, init=False)

    def chosen(self, slot: Any, asked: Sequence[str]) -> Chosen | None:
        """Return where the columns of a slot stand, looked up once for all tables of the same columns."""
        known = self.packed.layout.found
        if slot not in known:
            names = [self.names.get(name, "") for name in asked]
            fit = slot.takes_truths or self.packed.truths.isdisjoint(names)
            known[slot] = self.packed.chosen(names) if fit else None
        return known[slot]

    def coded_column(self, asked: str) -> Coded | None:
        """Return the column of an input, if it holds distinct values."""
        return self.coded.get(self.names.get(asked, ""))

    def numbers(self, asked: str, part: Part | None) -> Array | None:
        """Return the numbers of one input as floats, or None where no plain column holds them."""
        name = self.names.get(asked, "")
        return self.packed.column(name, part).astype(np.float64) if name in self.packed.places else None

    def is_truth(self, asked: str) -> bool:
        """Return whether the column of an input holds truth values."""
        return self.names.get(asked, "") in self.packed.truths

    def picked(self, units: Array) -> Source:
        """Return the columns of some units, in order."""
        coded = {name: each[units] for name, each in self.coded.items()}
        pools = None if self.pools is None else self.pools[units]
        return Source(self.packed.picked(units), coded, self.names, self.peers, pools)

    def once(self, key: Any, find: Callable[[], Any]) -> Any:
        """Return what *find* finds in the columns for *key*, looking once for all stretches."""
        if key not in self._known:
            self._known[key] = find()
        return self._known[key]
