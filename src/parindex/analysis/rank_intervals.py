"""Rank intervals: the ranks that units can have where each figure is only known to lie between two ends."""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from parindex._methodology.words import Ties

if TYPE_CHECKING:
    from collections.abc import Sequence

Interval: TypeAlias = tuple[Fraction | None, Fraction | None]
"""The least and the greatest figure; None where nothing ends it on that side."""

_BELOW: Final = (-1, Fraction(0))
_ABOVE: Final = (1, Fraction(0))
_End: TypeAlias = tuple[int, Fraction]


def rank_intervals(intervals: Sequence[Interval], ties: Ties) -> list[tuple[int, int]]:
    """Return the best and the worst rank of each unit over all figures within the intervals, ends included.

    Every unit may stand anywhere in its interval, whatever the others do; both ranks are attained.
    """
    lows = [_BELOW if low is None else (0, low) for low, _ in intervals]
    highs = [_ABOVE if high is None else (0, high) for _, high in intervals]
    if ties is Ties.DENSE:
        return [
            (1 + _fewest_above(high, lows, highs), 1 + _most_above(low, own, lows, highs))
            for own, (low, high) in enumerate(zip(lows, highs, strict=True))
        ]
    by_low, by_high = sorted(lows), sorted(highs)
    count = len(intervals)
    found = []
    for low, high in zip(lows, highs, strict=True):
        above = count - bisect_right(by_low, high)
        may_be_above = count - bisect_right(by_high, low) - (high > low)
        found.append((1 + above, 1 + may_be_above))
    return found


def _fewest_above(high: _End, lows: Sequence[_End], highs: Sequence[_End]) -> int:
    """Return into how few figures all can be brought that lie above *high* whatever happens.

    Each is met by the lowest upper end of those not met yet.
    """
    count, met = 0, high
    for end, start in sorted((end, start) for start, end in zip(lows, highs, strict=True) if start > high):
        if start > met:
            count, met = count + 1, end
    return count


def _most_above(low: _End, own: int, lows: Sequence[_End], highs: Sequence[_End]) -> int:
    """Return how many different figures can lie above *low*: one for each interval, and one for those that agree."""
    ends = [(start, end) for at, (start, end) in enumerate(zip(lows, highs, strict=True)) if at != own and end > low]
    return sum(start < end for start, end in ends) + len({end for start, end in ends if start == end})
