"""Ranks: one more than the number of strictly better values, ties shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex._methodology.words import Ties
from parindex._numbers import fraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction


def rank(values: Iterable[object], *, ties: str = Ties.COMPETITION) -> tuple[int, ...]:
    """Return the rank of each value, the highest first.

    Values are compared exactly; a float counts as the shortest decimal that prints it.

    Args:
        values: numbers of any kind that the border accepts.
        ties: "competition" (1, 2, 2, 4) or "dense" (1, 2, 2, 3).

    Raises:
        NumberError: for what is no exact number, NaN among it.
        ValueError: for another word than these two.

    >>> rank([80, "90.5", 80])
    (2, 1, 2)
    """
    return rank_exact([fraction(value) for value in values], Ties(ties))


def rank_exact(values: Sequence[Fraction], ties: Ties) -> tuple[int, ...]:
    """Return the ranks of exact values."""
    counts: dict[Fraction, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    place: dict[Fraction, int] = {}
    better = 0
    for value in sorted(counts, reverse=True):
        place[value] = better + 1
        better += 1 if ties is Ties.DENSE else counts[value]
    return tuple(place[value] for value in values)
