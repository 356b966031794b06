"""The named rounding modes give what the decimal module of the standard library gives."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import parindex as pi

THEIRS = {
    "half-up": decimal.ROUND_HALF_UP,
    "half-even": decimal.ROUND_HALF_EVEN,
    "truncate": decimal.ROUND_DOWN,
    "ceiling": decimal.ROUND_CEILING,
    "floor": decimal.ROUND_FLOOR,
}
VALUES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=14)


@pytest.mark.parametrize("mode", sorted(THEIRS))
@given(value=VALUES, digits=st.integers(0, 12))
@example(value=Decimal("0.5"), digits=0)
@example(value=Decimal("1.5"), digits=0)
@example(value=Decimal("-0.5"), digits=0)
@example(value=Decimal("-2.5"), digits=0)
@example(value=Decimal("-0.005"), digits=2)
@example(value=Decimal("83.535"), digits=2)
@example(value=Decimal("-0.001"), digits=2)
def test_rounding_agrees_with_the_decimal_module(mode: str, value: Decimal, digits: int) -> None:
    """Each mode rounds every decimal as the decimal module does, halves and negative numbers among them."""
    with decimal.localcontext(prec=60):
        theirs = value.quantize(Decimal(1).scaleb(-digits), rounding=THEIRS[mode])
    ours = pi.Rounding(digits=digits, mode=pi.RoundingMode(mode)).printed(Fraction(value))
    assert ours == theirs
    assert f"{ours:f}".removeprefix("-") == f"{theirs:f}".removeprefix("-")


@given(st.fractions(max_denominator=999), st.integers(0, 6), st.sampled_from(sorted(THEIRS)))
def test_rounding_moves_a_value_by_less_than_one_unit(value: Fraction, digits: int, mode: str) -> None:
    """A rounded value is within one unit of the last digit, half of one for the nearest modes; again it stays."""
    rounding = pi.Rounding(digits=digits, mode=pi.RoundingMode(mode))
    moved = abs(rounding.apply(value) - value) * 10**digits
    assert moved <= Fraction(1, 2) if mode.startswith("half") else moved < 1
    assert rounding.apply(rounding.apply(value)) == rounding.apply(value)


@given(st.lists(st.fractions(max_denominator=99), min_size=2), st.integers(0, 4), st.sampled_from(sorted(THEIRS)))
def test_rounding_keeps_the_order(values: list[Fraction], digits: int, mode: str) -> None:
    """Of two values the greater is never rounded to less."""
    rounding = pi.Rounding(digits=digits, mode=pi.RoundingMode(mode))
    printed = [rounding.scaled(value) for value in sorted(values)]
    assert printed == sorted(printed)


@given(
    st.fractions(min_value=-1, max_value=1, max_denominator=10**6), st.integers(0, 6), st.sampled_from(sorted(THEIRS))
)
def test_zero_is_printed_without_a_sign(value: Fraction, digits: int, mode: str) -> None:
    """What rounds to zero from below is printed "0.00", not "-0.00"."""
    printed = f"{pi.Rounding(digits=digits, mode=pi.RoundingMode(mode)).printed(value):f}"
    assert not (printed.startswith("-") and Fraction(printed) == 0)
