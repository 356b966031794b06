"""Figures of units: exact ratios of whole numbers, or the ends they lie between; printed, and put in order."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np
from attrs import frozen

from parindex._batch.columns import Array
from parindex._batch.spans import LONG, rounded
from parindex._methodology.words import Ties

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from parindex._numbers import Rounding

_BITS: Final = 62


@frozen(eq=False)
class Figures:
    """One figure of every unit, low/under to high/under; what is not exact lies strictly between the two.

    Attributes:
        low, high, under: whole numbers, in 64 bits or as Python's; *under* is positive, one for all or one for each.
        exists: whether a unit has the figure.
    """

    low: Array
    high: Array
    under: Array | int
    exists: Array

    def __len__(self) -> int:
        return len(self.low)

    def at(self, units: Array) -> Figures:
        """Return the figures of some units."""
        under = self.under if isinstance(self.under, int) else self.under[units]
        return Figures(self.low[units], self.high[units], under, self.exists[units])

    def exact(self, unit: int) -> Fraction | None:
        """Return the figure of one unit, None where only the reference engine can tell it."""
        if self.low[unit] != self.high[unit]:
            return None
        return Fraction(int(self.low[unit]), int(self.under if isinstance(self.under, int) else self.under[unit]))

    def told(self, known: Iterable[tuple[int, Fraction | None]]) -> Figures:
        """Return the figures with those of some units as they are known from elsewhere."""
        low, high, exists = self.low.copy(), self.high.copy(), self.exists.copy()
        for unit, value in known:
            under = self.under if isinstance(self.under, int) else int(self.under[unit])
            exists[unit] = value is not None
            stated = Fraction(0) if value is None else value
            floor, rest = divmod(stated.numerator * under, stated.denominator)
            if abs(floor) >= LONG // 4 and low.dtype != object:
                low, high = low.astype(object), high.astype(object)
            low[unit], high[unit] = floor, floor + (rest > 0)
        return Figures(low, high, self.under, exists)

    def held(self, cap: Fraction | None) -> Figures:
        """Return the figures held within 0 and *cap*."""
        if cap is None:
            return Figures(np.maximum(self.low, 0), np.maximum(self.high, 0), self.under, self.exists)
        low, high, under = (_wide(each, cap.denominator) for each in (self.low, self.high, self.under))
        most = _wide(self.under, cap.numerator)
        if isinstance(self.under, int) and self.under * max(cap.numerator, cap.denominator) >= LONG:
            low, high = low.astype(object), high.astype(object)
        return Figures(np.minimum(np.maximum(low, 0), most), np.minimum(np.maximum(high, 0), most), under, self.exists)

    def printed(self, rounding: Rounding) -> tuple[Array, Array]:
        """Return the figures in units of the last printed digit, and which of them are not certain.

        A figure whose two ends print alike prints so too: no rounding ever goes down where its argument goes up.
        """
        factor = 10**rounding.digits
        under = self.under if isinstance(self.under, int) else np.where(self.exists, self.under, 1)
        low = rounded(_wide(self.low, factor), under, rounding.mode)
        unsure = np.zeros(len(self), dtype=bool)
        if not (self.low is self.high or np.array_equal(self.low, self.high)):
            high = rounded(_wide(self.high, factor), under, rounding.mode)
            unsure = np.asarray((low != high) & self.exists)
        return low, unsure


def ratio(over: tuple[Array, Array], factor: int, under: Array | int, exists: Array) -> Figures:
    """Return the figures *factor* x *over* / *under*, with what both have in common taken out."""
    if not isinstance(under, int) and len(under) and (under == under[0]).all():
        under = int(under[0])
    if isinstance(under, int):
        under = max(under, 1)
        common = math.gcd(factor, under)
        factor, under = factor // common, under // common
    low, high = (_wide(each, factor) for each in over)
    if isinstance(under, int) and under >= LONG:
        low, high = low.astype(object), high.astype(object)
    return Figures(low, high, under, exists)


def _wide(values: Array | int, factor: int) -> Array:
    """Return values times *factor*: in 64 bits where they fit, with room for a sum, else as Python's whole numbers."""
    if isinstance(values, int):
        return values * factor  # type: ignore[return-value]  # a whole number for all is as good as an array
    if len(values) == 0 or values.dtype == object:
        return values * factor
    most = max(abs(int(values.max())), abs(int(values.min())))
    return values * factor if most * factor < LONG // 4 else values.astype(object) * factor


def order(
    figures: Figures,
    ties: Ties,
    closer: Callable[[Array], Figures],
    exact: Callable[[Figures, Array], Iterable[Fraction]],
) -> Array:
    """Return the ranks of units by their figures, the highest first.

    Units whose ends touch are looked at again between *closer* ends; where these touch too their *exact* figures count.
    """
    count = len(figures)
    if not count:
        return np.zeros(0, dtype=np.int64)
    low, high = _keys(figures)
    if low is high or not (low != high).any():
        return rank_whole(low, ties)
    places, clusters, unsure = _clusters(low, high)
    apart = clusters[1:] != clusters[:-1]
    if len(unsure):
        members = places[unsure]
        positions = np.zeros(count, dtype=np.int64)
        own = _positions(closer(members), members, exact)
        sorting = np.lexsort((own, clusters[unsure]))
        places[unsure], positions[unsure] = members[sorting], own[sorting]
        apart |= positions[1:] != positions[:-1]
    return _from_top(places[::-1], apart[::-1], ties)


def _clusters(low: Array, high: Array) -> tuple[Array, Array, Array]:
    """Return units from low to high, the number of the cluster of each, and the places of those that are unsure.

    Units whose ends touch stand in one cluster; it is sure if all of them are equal, or one alone.
    """
    places = _sorted(low)
    lows, highs = low[places], high[places]
    apart = np.empty(len(low), dtype=bool)
    apart[0] = True
    apart[1:] = lows[1:] > np.maximum.accumulate(highs)[:-1]
    clusters = np.cumsum(apart)
    clusters -= 1
    # Few stand with others: only these are counted.
    touching = np.flatnonzero(~apart)
    several = np.union1d(touching, touching - 1)
    loose = np.unique(clusters[several[lows[several] != highs[several]]])
    return places, clusters, several[np.isin(clusters[several], loose)]


def _positions(figures: Figures, members: Array, exact: Callable[[Figures, Array], Iterable[Fraction]]) -> Array:
    """Return numbers in the order of figures, which are told apart by closer ends, then by exact figures."""
    places, clusters, unsure = _clusters(*_keys(figures))
    values = np.zeros(len(figures), dtype=np.int64)
    if len(unsure):
        touching = places[unsure]
        told = list(exact(figures.at(touching), members[touching]))
        ranked = {value: place for place, value in enumerate(sorted(set(told)))}
        values[unsure] = [ranked[value] for value in told]
    positions = np.empty(len(figures), dtype=np.int64)
    positions[places] = clusters * (int(values.max()) + 1) + values
    return positions


def _keys(figures: Figures) -> tuple[Array, Array]:
    """Return whole numbers that are in the order of the figures: equal ends where a figure is exact among them."""
    if isinstance(figures.under, int):
        return figures.low, figures.high
    # With a denominator for each unit: as many binary digits as 64 bits leave, and an open end for the rest.
    most = max(1, int(abs(figures.high).max()) // int(figures.under.min()) + 1)
    shift = max(0, _BITS - 2 - most.bit_length())
    under = figures.under.astype(object)
    low, rest = figures.low.astype(object) * 2**shift // under, figures.low.astype(object) * 2**shift % under
    top = -(-figures.high.astype(object) * 2**shift // under)
    return low.astype(np.int64), np.where(rest > 0, np.maximum(top, low + 1), top).astype(np.int64)


def rank_whole(values: Array, ties: Ties) -> Array:
    """Return the ranks of whole numbers, the highest first."""
    if values.dtype == object:
        _, values = np.unique(values, return_inverse=True)
    places = _sorted(values)[::-1]
    sorted_values = values[places]
    return _from_top(places, sorted_values[1:] != sorted_values[:-1], ties)


def _sorted(values: Array) -> Array:
    """Return the places of whole numbers from low to high: by one sort of numbers that hold both where 64 bits do."""
    if values.dtype == object:
        return np.argsort(values, kind="stable")
    least = int(values.min())
    bits = max(1, (len(values) - 1).bit_length())
    if (int(values.max()) - least).bit_length() + bits > _BITS:
        return np.argsort(values, kind="stable")
    packed = ((values - least) << bits) | np.arange(len(values), dtype=np.int64)
    packed.sort()
    return packed & ((1 << bits) - 1)


def _from_top(places: Array, apart: Array, ties: Ties) -> Array:
    """Return ranks of units that stand from high to low; *apart* says whether each differs from the one before."""
    count = len(places)
    new = np.ones(count, dtype=bool)
    new[1:] = apart
    if ties is Ties.DENSE:
        placed = np.cumsum(new, dtype=np.int64)
    else:
        placed = np.maximum.accumulate(np.where(new, np.arange(1, count + 1, dtype=np.int64), 0))
    ranks = np.empty(count, dtype=np.int64)
    ranks[places] = placed
    return ranks
