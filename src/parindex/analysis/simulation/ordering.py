"""Orders units by their figures in many draws at once, exactly.

Where whole numbers below 2**52 hold a figure and the number of its unit, one product of matrices makes both.
Otherwise floats order those whose distance is beyond doubt, and whole numbers of any length the others.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from parindex._numbers import RoundingMode
from parindex.analysis.weighed import Figure, Ranking, least_multiple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parindex._numbers import Rounding

HELD: Final = 52
"""The bits of whole numbers that carry the number of a unit; above them stands one more, which makes all as long."""

FEW: Final = 256
"""Units up to which figures that are too long are cut off: more of them would be too close to call too often."""

EXACT: Final = 2**53
"""Whole numbers below it are exact as floats, and so are their sums."""


class Order(NamedTuple):
    """The units of each draw from the lowest figure to the highest.

    *ids* are numbers of units, shape (draws, units); *tied* says which have the figure of the one before them, shape
    (draws, units - 1), or None where no unit of any draw has.
    """

    ids: NDArray[np.int64]
    tied: NDArray[np.bool_] | None


@frozen(eq=False)
class Room:
    """Two arrays that are written over with every order: new ones for each would take as long as the sorting."""

    figures: NDArray[np.float64]
    steps: NDArray[np.int64]

    @classmethod
    def of(cls, cells: int) -> Room:
        """Return room for so many figures."""
        return cls(np.empty(cells), np.empty(cells, dtype=np.int64))


class Orderer(Protocol):
    """Orders units by weights of shape (draws, nodes + 1), in arrays that may be those of an earlier order."""

    def order(self, weights: NDArray[np.int64], room: Room) -> Order:
        """Return the units of each draw in order."""


def bits_for(units: int) -> int:
    """Return how many bits tell units apart and leave room enough to see ties by."""
    return (2 * units).bit_length()


def packed_order(packed: NDArray[np.float64], room: Room, slack: int) -> tuple[Order, NDArray[np.bool_] | None]:
    """Return the order of packed figures, 2**52 + figure x 2**bits + unit, which are sorted in place.

    And which neighbours are not *slack* apart and may stand otherwise, or None; without slack figures are exact.
    """
    packed.sort(axis=1)
    units = packed.shape[1]
    # From 2**52 to 2**53 the last bits of a float are those of the whole number.
    raw = packed.view(np.int64)
    every = raw.reshape(-1)
    # From one draw to the next figures go down, which is a large step without a sign.
    steps = np.subtract(every[1:], every[:-1], out=room.steps[: every.size - 1]).view(np.uint64)
    near = (slack + 1) << bits_for(units) if slack else units
    close = None
    if steps.size and steps.min() < near:
        close = (raw[:, 1:] - raw[:, :-1]) < near
    np.bitwise_and(raw, (1 << bits_for(units)) - 1, out=raw)
    return (Order(raw, None), close) if slack else (Order(raw, close), None)


def settled(
    ids: NDArray[np.int64], close: NDArray[np.bool_], value: Callable[[int, int], int | Fraction]
) -> NDArray[np.bool_]:
    """Put neighbours that are too close to call into their exact order, in place, and return who is tied.

    *value* gives the exact figure of a draw and a unit.
    """
    tied = np.zeros(close.shape, dtype=bool)
    for row in np.flatnonzero(close.any(axis=1)).tolist():
        for first, stop in _runs(close[row].tolist()):
            known = {unit: value(row, unit) for unit in ids[row, first:stop].tolist()}
            units = sorted(known, key=known.__getitem__)
            ids[row, first:stop] = units
            tied[row, first : stop - 1] = [known[one] == known[other] for one, other in pairwise(units)]
    return tied


@frozen(eq=False)
class Linear:
    """Figures that have one D in every draw: their N order them, made with the numbers of the units in one product.

    Attributes:
        matrix: N of each unit in whole numbers, above its number.
        slack: by less than this N may be short, since what is too long was cut off; 0 where it is exact.
        exact: N of each unit in whole numbers of any length.
    """

    matrix: NDArray[np.float64]
    slack: int
    exact: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, figures: Sequence[Figure], most: Sequence[int], ranking: Ranking) -> Linear | None:
        """Return what orders the figures; None where they are held or printed, or differ in D, or many too long."""
        one = figures[0].under
        if ranking.rounding is not None or any(each.under != one for each in figures):
            return None
        if ranking.held and not all(_within(each, ranking.cap) for each in figures):
            return None
        multiple = least_multiple(number for each in figures for number in each.over)
        columns = []
        for row in zip(*(each.over for each in figures), strict=True):
            least = min(row)  # what all of them have does not order them
            columns.append([int((number - least) * multiple) for number in row])
        bits = bits_for(len(figures))
        together = sum(weight * max(row) for weight, row in zip(most, columns, strict=True))
        cut = max(0, together.bit_length() - (HELD - bits - 1))
        if cut and len(figures) > FEW:
            return None
        matrix = [[(number >> cut) << bits for number in row] for row in columns]
        matrix.append([(1 << HELD) + unit for unit in range(len(figures))])
        exact = tuple(zip(*columns, strict=True)) if cut else ()
        return cls(np.array(matrix, dtype=np.float64), sum(most) if cut else 0, exact)

    def order(self, weights: NDArray[np.int64], room: Room) -> Order:
        """Return the units of each draw in order."""
        rows, nodes = weights.shape
        units = self.matrix.shape[1]
        wide = np.ones((rows, nodes + 1))
        wide[:, :-1] = weights
        packed = room.figures[: rows * units].reshape(rows, units)
        order, close = packed_order(np.matmul(wide, self.matrix, out=packed), room, self.slack)
        if close is None:
            return order
        tied = settled(order.ids, close, lambda row, unit: _product(weights[row].tolist(), self.exact[unit]))
        return Order(order.ids, tied)


def _product(weights: Sequence[int], numbers: Sequence[int]) -> int:
    return sum(weight * number for weight, number in zip(weights, numbers, strict=True))


def _within(figure: Figure, cap: Fraction | None) -> bool:
    """Return whether no weights bring an index below 0 or above its cap."""
    pairs = zip(figure.over, figure.under, strict=True)
    return all(over >= 0 and (cap is None or over <= cap * under) for over, under in pairs)


@frozen(eq=False)
class Screened:
    """Figures of any kind: N and D as floats that are off by less than is known, and exact where that is too much.

    Attributes:
        over, under: N and D in whole numbers below 2**53 together with any weights, shape (nodes + 1, units).
        power: what the quotients have to be multiplied by, as a power of two, shape (units,).
        error: by how much a quotient may be off; infinite where nothing is known of it.
        exact: N and D of each unit in whole numbers of any length.
    """

    over: NDArray[np.float64]
    under: NDArray[np.float64]
    power: NDArray[np.int64]
    error: np.float64
    exact: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    ranking: Ranking

    @classmethod
    def of(cls, figures: Sequence[Figure], most: Sequence[int], ranking: Ranking) -> Screened:
        """Return what orders the figures, given the greatest weight of each node."""
        exact = [_whole(each) for each in figures]
        sides: list[list[list[int]]] = [[], []]
        powers: list[int] = []
        errors: list[Fraction | None] = []
        for unit in exact:
            shifts = [_shift(side, most) for side in unit]
            short = [[number >> shift for number in side] for side, shift in zip(unit, shifts, strict=True)]
            for side, numbers in zip(sides, short, strict=True):
                side.append(numbers)
            powers.append(shifts[0] - shifts[1])
            errors.append(_error(unit, short, shifts, most))
        over, under = (np.array(side, dtype=np.float64).T for side in sides)
        known = [each for each in errors if each is not None]
        bound = np.float64(2 * max(known)) if len(known) == len(errors) else np.float64(np.inf)
        return cls(over, under, np.array(powers, dtype=np.int64), bound, tuple(exact), ranking)

    def order(self, weights: NDArray[np.int64], room: Room) -> Order:
        """Return the units of each draw in order."""
        wide = weights.astype(np.float64)
        near = np.ldexp(np.matmul(wide, self.over) / np.matmul(wide, self.under), self.power)
        if self.ranking.held:
            most = np.inf if self.ranking.cap is None else np.float64(self.ranking.cap)
            near = np.clip(near, 0, most)
        rounding = self.ranking.rounding
        if rounding is None:
            return self._ordered(near, weights, self.error)
        if np.abs(near).max() * np.float64(10**rounding.digits) < EXACT // 2**10:
            return self._printed(near, weights, rounding)
        return self._ordered(near, weights, np.float64(np.inf))  # printed figures too long for a float

    def _ordered(self, near: NDArray[np.float64], weights: NDArray[np.int64], error: np.float64) -> Order:
        ids = np.argsort(near, axis=1, kind="stable")
        sorted_ = np.take_along_axis(near, ids, axis=1)
        close = ~(sorted_[:, 1:] - sorted_[:, :-1] > 2 * error)
        tied = settled(ids, close, lambda row, unit: self.ranking.ranked(self._exact(unit, weights[row].tolist())))
        return Order(ids, tied)

    def _printed(self, near: NDArray[np.float64], weights: NDArray[np.int64], rounding: Rounding) -> Order:
        """Return the order of printed figures: those whose both ends print alike, and exact ones otherwise."""
        scale = np.float64(10**rounding.digits)
        halves = rounding.mode in {RoundingMode.HALF_UP, RoundingMode.HALF_EVEN}
        # In half units of the last digit all edges between two printed figures are whole numbers.
        twice = 2 * scale * near + (1 if halves else 0)
        off = 4 * scale * self.error + np.abs(twice) * np.float64(Fraction(1, 2**50))
        low, high = (np.floor((twice + end) / 2) for end in (-off, off))
        printed = low
        if rounding.mode is RoundingMode.CEILING:
            printed = low + 1
        elif rounding.mode is RoundingMode.TRUNCATE:
            printed = np.where(low < 0, low + 1, low)
        for row, unit in np.argwhere(~(low == high)).tolist():
            printed[row, unit] = rounding.scaled(self.ranking.hold(self._exact(unit, weights[row].tolist())))
        ids = np.argsort(printed, axis=1, kind="stable")
        sorted_ = np.take_along_axis(printed, ids, axis=1)
        return Order(ids, sorted_[:, 1:] == sorted_[:, :-1])

    def _exact(self, unit: int, weights: Sequence[int]) -> Fraction:
        over, under = (_product(weights, side) for side in self.exact[unit])
        return Fraction(over, under)


def _whole(figure: Figure) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the numbers of a figure as whole ones of the same quotient."""
    multiple = least_multiple((*figure.over, *figure.under))
    return tuple(int(each * multiple) for each in figure.over), tuple(int(each * multiple) for each in figure.under)


def _shift(numbers: Sequence[int], most: Sequence[int]) -> int:
    """Return how many bits to leave out so that no weights bring the numbers to 2**53."""
    together = sum(weight * (abs(number) + 1) for weight, number in zip(most, numbers, strict=True))
    return max(0, together.bit_length() - EXACT.bit_length() + 1)


def _error(
    exact: Sequence[Sequence[int]], short: Sequence[Sequence[int]], shifts: Sequence[int], most: Sequence[int]
) -> Fraction | None:
    """Return by how much the quotient of shortened numbers may be off under any weights; None where nobody knows.

    N / D is a mean of the quotients of single nodes, weighted by their parts of D, and so is what it is off by; where
    D stands as it is whatever the weights, all nodes are taken as one.
    """
    over_unit, under_unit = 2 ** shifts[0], 2 ** shifts[1]
    if not any(exact[1][:-1]):
        whole = [sum(weight * abs(number) for weight, number in zip(most, side, strict=True)) for side in exact]
        fixed = most[-1] * short[1][-1]
        nodes = [(whole[0], whole[1], sum(most) * (over_unit > 1), fixed, most[-1] * (under_unit > 1))]
    else:
        nodes = [
            (over, under, over_short * over_unit != over, under_short, under_short * under_unit != under)
            for over, under, over_short, under_short in zip(*exact, *short, strict=True)
            if over or under
        ]
    largest = cut = shrunk = Fraction(0)
    for over, under, over_off, under_short, under_off in nodes:
        if not under_short:
            return None
        largest = max(largest, abs(Fraction(over, under)))
        cut = max(cut, Fraction(over_off * over_unit, under_short * under_unit))
        shrunk = max(shrunk, Fraction(int(under_off), under_short))
    return cut + (largest + cut) * (shrunk + Fraction(1, 2**50))


def _runs(touching: Sequence[bool]) -> list[tuple[int, int]]:
    """Return where units that touch begin and end."""
    found = []
    start = None
    for place, touches in enumerate([*touching, False]):
        if touches and start is None:
            start = place
        elif not touches and start is not None:
            found.append((start, place + 1))
            start = None
    return found
