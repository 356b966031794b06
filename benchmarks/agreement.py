"""Whether a peer says the same as parindex: how many printed indices and ranks differ, and whether only by its floats.

A peer whose index is further off than its arithmetic explains, or which ranks units the wrong way round that differ by
more than that, does other work and is an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import parindex
    from peers import Result


class Differing(NamedTuple):
    """How many units have another printed index, and how many another rank."""

    printed: int
    ranks: int


def differing(result: Result, board: parindex.Scoreboard, tolerance: float) -> Differing:
    """Return how many units of *result* differ from the exact *board*.

    Raises:
        ArithmeticError: if it differs by more than *tolerance*, relative to the index, explains.
    """
    exact, ranks = board.index_float, board.ranks()
    allowed = tolerance * np.maximum(exact, 1)
    off = np.abs(result.index - exact)
    if (off > allowed).any():
        worst = int(np.argmax(off - allowed))
        raise ArithmeticError(f"unit {worst}: the index is {result.index[worst]}, exactly it is {exact[worst]}")
    order = np.argsort(-exact, kind="stable")
    best_first, given = exact[order], result.ranks[order]
    above = np.searchsorted(-best_first, -(best_first + 2 * allowed[order]))
    least_above = np.maximum.accumulate(np.concatenate(([0], given)))[above]
    if (least_above > given).any():
        worst = int(order[np.argmax(least_above > given)])
        raise ArithmeticError(f"unit {worst}: the rank {result.ranks[worst]} is above one of a better index")
    printed = np.rint(result.printed.astype(np.float64) * 100).astype(np.int64)
    return Differing(int((printed != board.printed_index_scaled).sum()), int((result.ranks != ranks).sum()))
