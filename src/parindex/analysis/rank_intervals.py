"""Rank intervals: the ranks that units can have where each figure is only known to lie between two ends."""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from parindex._methodology.words import Ties

if TYPE_CHECKING:
    from collections.abc import Sequence

End: TypeAlias = tuple[int, Fraction, int]
"""An end of an interval: -1 or 1 where nothing ends it below or above, else 0; the figure; -1 or 1 for just below or
just above that figure, else 0. Ends sort as they lie."""

Interval: TypeAlias = tuple[End, End]

_NONE: Final = Fraction(0)
BELOW: Final[End] = (-1, _NONE, 0)
ABOVE: Final[End] = (1, _NONE, 0)


def at(figure: Fraction, beside: int = 0) -> End:
    """Return the end at a figure, or just below or above it."""
    return (0, figure, beside)


def within(low: Fraction | None, high: Fraction | None) -> Interval:
    """Return the interval that holds both of its ends; None where nothing ends it on that side."""
    return BELOW if low is None else at(low), ABOVE if high is None else at(high)


def rank_intervals(intervals: Sequence[Interval], ties: Ties) -> list[tuple[int, int]]:
    """Return the best and the worst rank of each unit over all figures within the intervals.

    Every unit may stand anywhere in its interval, whatever the others do; both ranks are attained.
    """
    dense = ties is Ties.DENSE
    surely = sorted(_levels(intervals) if dense else [low for low, _ in intervals])
    wide = sorted(high for low, high in intervals if low < high or not dense)
    alone = sorted({high for low, high in intervals if low == high}) if dense else []
    found = []
    for low, high in intervals:
        above = _after(surely, high)
        may_be_above = _after(wide, low) + _after(alone, low) - (low < high)
        found.append((1 + above, 1 + may_be_above))
    return found


def _after(ends: Sequence[End], end: End) -> int:
    """Return how many of sorted *ends* lie after one."""
    return len(ends) - bisect_right(ends, end)


def _levels(intervals: Sequence[Interval]) -> list[End]:
    """Return the fewest figures that the intervals can share, from above: each is the highest start not met yet.

    So many of them as lie above a figure, the intervals that begin above it must have.
    """
    levels: list[End] = []
    for low, high in sorted(intervals, reverse=True):
        if not levels or high < levels[-1]:
            levels.append(low)
    return levels
