"""Whole numbers from a seed: the weights and the errors of every draw, the same on every machine.

Draws come in blocks of 1,024, each with a stream of its own; what a draw holds depends on the seed and its own
number alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from attrs import field, frozen

from parindex.analysis.drawn import PARTS, STEPS, DrawnWeights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

BLOCK: Final = 1024
"""The draws of one stream; a part of what is drawn, not of how it is computed."""

WEIGHTS: Final = 0
ERRORS: Final = 1
"""What streams are drawn for: those of weights and of errors have nothing in common."""

_WORD: Final = 64


@frozen
class Stream:
    """The raw numbers of one block, in the order of its draws."""

    seed: int
    what: int
    block: int
    made: np.random.Philox = field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        made = np.random.Philox(key=self.seed, counter=[0, 0, self.what, self.block])
        object.__setattr__(self, "made", made)

    def bits(self, rows: int, columns: int, bits: int) -> NDArray[np.int64]:
        """Return numbers of so many bits for the next draws, each from a raw number of its own."""
        raw: NDArray[np.uint64] = self.made.random_raw(rows * columns).reshape(rows, columns)
        return (raw >> np.uint64(_WORD - bits)).astype(np.int64)


def blocks(draws: int, first: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the blocks from *first* up to *stop* that so many draws have, each with how many draws it holds."""
    for block in range(first, stop):
        yield block, min(BLOCK, draws - block * BLOCK)


def weights(drawn: DrawnWeights, nodes: int, stream: Stream, rows: int) -> NDArray[np.int64]:
    """Return the weights of the next draws, shape (rows, nodes + 1): the last one is that of what stays.

    Uniform ones are relative to what was stated, which is the last one for each node.
    Dirichlet ones are parts of the sum of all, which is the last one.
    """
    made = np.empty((rows, nodes + 1), dtype=np.int64)
    if drawn.within is not None:
        over, under = drawn.within.as_integer_ratio()
        steps = stream.bits(rows, nodes, STEPS)
        made[:, :-1] = 2 * over * steps + ((under - over) * 2**STEPS + over)
        made[:, -1] = under * 2**STEPS
        return made
    made[:, :-1] = _shares(drawn.concentrations(nodes), stream, rows)
    made[:, -1] = 2**PARTS - 1 + nodes
    return made


def _shares(concentrations: Sequence[int], stream: Stream, rows: int) -> NDArray[np.int64]:
    """Return parts that are never 0: spacings between sorted numbers, as many together as each concentration says."""
    cuts = sum(concentrations) - 1
    edges = np.empty((rows, cuts + 2), dtype=np.int64)
    edges[:, 0] = 0
    edges[:, 1:-1] = np.sort(stream.bits(rows, cuts, PARTS), axis=1)
    edges[:, -1] = 2**PARTS - 1  # the greatest cut, as 0 is the least: first and last node are drawn alike
    ends = np.concatenate([[0], np.cumsum(concentrations)])
    return np.diff(edges[:, ends], axis=1) + 1


def errors(stream: Stream, rows: int, columns: int) -> NDArray[np.int64]:
    """Return odd numbers between -2**12 and 2**12 for the next draws, which errors are to be multiplied by."""
    return 2 * stream.bits(rows, columns, STEPS) + (1 - 2**STEPS)
