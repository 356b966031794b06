"""Exact arithmetic on arrays: whole numbers in floats, quotients with a remainder told apart, named roundings.

Points are held as whole numbers of 1/S in floats, all below 2**53, so that sums are exact in any order.
What is no whole number of 1/S is held as a span: its floor, and that it lies strictly above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from attrs import define

from parindex._batch.columns import WHOLE, Array
from parindex._numbers import RoundingMode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from parindex._numbers import Rounding

_INTEGERS: Final = np.frompyfunc(int, 1, 1)

FINER: Final = 2**20
"""What lies close together is told apart by so many times finer whole numbers."""

LONG: Final = 2**62
"""Below this two whole numbers add up within 64 bits."""


@define(eq=False)
class Spans:
    """Points of leaves (rows) for units (columns), in whole numbers of 1/S.

    Attributes:
        low: the floor of the points.
        loose: where they are more than that, and less than *width* more; None where all are exact.
        width: see *loose*; 1 where a single quotient was taken.
        empty: where an empty denominator means that the leaf does not apply, or None.
        odd: units that only the reference engine can tell, or None.
        rest: what they are more than *low*, in whole numbers of 1/FINER of it, down; where asked for and known.
    """

    low: Array
    loose: Array | None = None
    width: int = 1
    empty: Array | None = None
    odd: Array | None = None
    rest: Array | None = None

    @property
    def high(self) -> Array:
        """An upper end of the points."""
        return self.low if self.loose is None else self.low + self.width * self.loose


def quotient(over: Array, under: Array) -> tuple[Array, Array]:
    """Return the floors of quotients of whole numbers, over positive ones, and where there is a remainder.

    Exact in floats while both add up to less than 2**53: then the float quotient has the right floor, and is whole just
    where the quotient is.
    """
    quotients = over / under
    floors = np.floor(quotients)
    return floors, floors != quotients


def scaled_quotient(
    factor: Parameters | Array, over: Array, under: Array, most: float | None = None, *, spend: bool = False
) -> tuple[Array, Array]:
    """Return :func:`quotient` of *factor* x *over* / *under*, rows with rows.

    *most* is what *factor* x *over* + *under* cannot exceed, where that is known.
    With *spend* nobody needs *over* and *under*, which are as large as the result, any more: the work is done in them.
    Rows of numbers too large for floats are divided as Python's whole numbers, slower and as exactly.
    """
    factors = factor.column if isinstance(factor, Parameters) else factor
    if most is None:
        largest = max(float(over.max()), -float(over.min()))
        most = float(factors.max()) * largest + float(under.max())
    if most < WHOLE and spend:
        np.multiply(factors, over, out=over)
        np.divide(over, under, out=over)
        floors = np.floor(over, out=under)
        return floors, floors != over
    if most < WHOLE:
        return quotient(factors * over, under)
    shape = np.broadcast_shapes(over.shape, under.shape)
    factors, over, under = (np.broadcast_to(each, shape) for each in (factors, over, under))
    floors, loose = np.empty(shape), np.empty(shape, dtype=bool)
    large = factors.max(axis=1) * abs(over).max(axis=1) + under.max(axis=1) >= WHOLE
    for row in np.flatnonzero(large):
        counts = integers(factors[row]) * integers(over[row])
        floors[row] = counts // integers(under[row])
        loose[row] = counts % integers(under[row]) != 0
    small = ~large
    floors[small], loose[small] = quotient(factors[small] * over[small], under[small])
    return floors, loose


def rest_of(factor: Parameters | Array, over: Array, under: Array) -> Array:
    """Return what :func:`scaled_quotient` leaves, in whole numbers of 1/FINER, down; in Python's whole numbers."""
    factors = factor.column if isinstance(factor, Parameters) else factor
    shape = np.broadcast_shapes(over.shape, under.shape)
    factors, over, under = (integers(np.broadcast_to(each, shape)) for each in (factors, over, under))
    left: Array = factors * over % under * FINER // under
    return left.astype(np.float64)


def integers(array: Array) -> Array:
    """Return an array of whole numbers as Python's, which have no limit."""
    found: Array = np.asarray(_INTEGERS(array), dtype=object)
    return found


class Parameters:
    """Parameters of leaves, one for each row of an array of any number of units, and the greatest of them."""

    def __init__(self, values: Sequence[int | float], kind: Any = np.float64) -> None:
        self.column = column_of(values).astype(kind)
        self.most = float(self.column.max())

    def rows(self, own: slice) -> Parameters:
        """Return the parameters of some of the rows."""
        return Parameters(self.column[own, 0].tolist())


def column_of(values: Sequence[int | float]) -> Array:
    """Return parameters, one for each row."""
    return np.array(values, dtype=np.float64)[:, None]


def scaled(value: Fraction, scale: int) -> tuple[int, bool]:
    """Return the floor of *value* in whole numbers of 1/*scale*, and whether it is less than the value."""
    floor, rest = divmod(value.numerator * scale, value.denominator)
    return floor, rest != 0


def rounded(over: Array, under: Array | int, mode: RoundingMode) -> Array:
    """Return quotients of whole numbers as the named rounding makes them; *under* is positive."""
    if mode is RoundingMode.FLOOR:
        return over // under
    if mode is RoundingMode.CEILING:
        return -(-over // under)
    negative = over < 0
    some = bool(negative.any())
    sizes = abs(over) if some else over
    if mode is RoundingMode.TRUNCATE:
        found = sizes // under
    else:
        twice = 2 * sizes + under
        found = twice // (2 * under)
        if mode is RoundingMode.HALF_EVEN:
            found = found - ((twice % (2 * under) == 0) & (found % 2 == 1))
    return np.where(negative, -found, found) if some else found


def leaf_rounded(spans: Spans, rounding: Rounding, scale: int) -> Spans:
    """Return the points of leaves rounded; a span of which the rounding is not certain is left to the reference."""
    step = scale // 10**rounding.digits
    if spans.loose is None:
        return _stepped(spans, _round_to(spans.low, step, rounding.mode))
    inside = spans.low + 0.5 * spans.loose  # strictly within, and no edge: those are whole numbers
    low = _round_to(inside, step, rounding.mode)
    if spans.width == 1:
        return _stepped(spans, low)
    high = _round_to(spans.high - 0.5 * spans.loose, step, rounding.mode)
    unsure = (low != high).any(axis=0)
    return _stepped(spans, low, unsure if spans.odd is None else spans.odd | unsure)


def _stepped(spans: Spans, low: Array, odd: Array | None = None) -> Spans:
    return Spans(low, empty=spans.empty, odd=spans.odd if odd is None else odd)


def _round_to(values: Array, step: int, mode: RoundingMode) -> Array:
    """Return values, in halves of 1/S, rounded to whole multiples of *step*, an even number."""
    if mode is RoundingMode.FLOOR:
        return np.floor(values / step) * step
    if mode is RoundingMode.CEILING:
        return np.ceil(values / step) * step
    if mode is RoundingMode.TRUNCATE:
        return np.trunc(values / step) * step
    near = np.floor((abs(values) + step // 2) / step)
    if mode is RoundingMode.HALF_EVEN:
        tied = (abs(values) + step // 2 == near * step) & (near % 2 == 1)
        near = near - tied
    return np.copysign(near, values) * step
