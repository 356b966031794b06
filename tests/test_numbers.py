"""Facts about numbers at the border: what is read, what is refused, and how a figure is printed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Number, Rational
from typing import Any

import numpy as np
import pandas as pd
import pytest

import parindex as pi
from parindex._numbers import (
    Rounding,
    RoundingMode,
    exact_sum,
    exact_text,
    fraction,
    parse_exact,
    parse_number,
    shortest,
)


class Whole:
    """A number of a foreign library that is whole."""

    def __index__(self) -> int:
        return 7


class Ratio:
    """A number of a foreign library with a numerator and a denominator."""

    numerator = 3
    denominator = 4


class Printed:
    """A number of a foreign library that only prints itself."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


Integral.register(Whole)
Rational.register(Ratio)
Number.register(Printed)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7, Fraction(7)),
        (Fraction(1, 3), Fraction(1, 3)),
        (Decimal("0.10"), Fraction(1, 10)),
        (Decimal("1E+2"), Fraction(100)),
        (0.1, Fraction(1, 10)),
        (2.6e-05, Fraction(26, 10**6)),
        (1e22, Fraction(10**22)),
        (-0.0, Fraction(0)),
        ("0.25", Fraction(1, 4)),
        ("1/3", Fraction(1, 3)),
        ("-2/6", Fraction(-1, 3)),
        ("2.6e-05", Fraction(26, 10**6)),
        ("1E3", Fraction(1000)),
        (" +5 ", Fraction(5)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("-0", Fraction(0)),
        ("007", Fraction(7)),
        (np.int64(-3), Fraction(-3)),
        (np.uint8(200), Fraction(200)),
        (np.float64(0.1), Fraction(1, 10)),
        (np.float32(0.1), Fraction(1, 10)),
        (np.float16(0.1), Fraction(1, 10)),
        (np.longdouble("0.5"), Fraction(1, 2)),
        (np.str_("0.5"), Fraction(1, 2)),
        (pd.Series([1, 2])[1], Fraction(2)),
        (pd.Series([0.3])[0], Fraction(3, 10)),
        (pd.Series([4], dtype="Int64")[0], Fraction(4)),
        (Whole(), Fraction(7)),
        (Ratio(), Fraction(3, 4)),
        (Printed("0.75"), Fraction(3, 4)),
    ],
)
def test_a_number_is_read_exactly(value: object, expected: Fraction) -> None:
    """Every kind of number means what it prints, a float the shortest decimal."""
    assert fraction(value) == expected
    assert type(fraction(value)) is Fraction


@pytest.mark.parametrize(
    "value",
    [
        True,
        False,
        np.True_,
        None,
        float("nan"),
        float("inf"),
        float("-inf"),
        np.float64("nan"),
        np.float32("inf"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        pd.NA,
        pd.NaT,
        1 + 2j,
        np.complex128(1),
        np.timedelta64(1, "D"),
        np.datetime64("2024-01-01"),
        np.array(5),
        dt.date(2024, 1, 1),
        b"5",
        [5],
    ],
    ids=repr,
)
def test_what_is_no_number_is_refused(value: object) -> None:
    """Truth values, NaN, infinities, dates, arrays and the like are no numbers; the error keeps what was found."""
    with pytest.raises(pi.NumberError) as caught:
        fraction(value)
    assert caught.value.found is value


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "-",
        "e5",
        "1e",
        "1e5.5",
        "1 000",
        "1_000",
        "0x10",
        "nan",
        "inf",
        "1.2.3",
        "--1",
        "1/",
        "/2",
        "1/2/3",
        "1/-2",
        "٣",
        "½",
        "1%",
    ],
)
def test_text_that_is_no_number_is_refused(text: str) -> None:
    """Only digits, one mark, a sign, an exponent or one stroke make a number."""
    with pytest.raises(pi.NumberError, match="is not a number"):
        fraction(text)


def test_a_division_by_zero_is_refused() -> None:
    """1/0 is no number."""
    with pytest.raises(pi.NumberError, match="'1/0' divides by zero"):
        fraction("1/0")


@pytest.mark.parametrize(
    "value",
    [
        "1e999999999",
        "1e-999999999",
        "1e101",
        "9" * 101,
        "0." + "0" * 100 + "1",
        "1/" + "9" * 150,
        "9" * 150 + "/" + "9" * 150,
        10**101,
        -(10**5000),
        Fraction(1, 10**101),
        Decimal("1E+200"),
        1e300,
        5e-324,
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_number_of_too_many_digits_is_refused_at_once(value: object) -> None:
    """More than a hundred digits are refused before they are computed with."""
    with pytest.raises(pi.NumberError, match="longer than the 100 digits"):
        fraction(value)


@pytest.mark.parametrize(
    "value", ["9" * 100, 10**100, "1e-100", "0." + "0" * 98 + "1"], ids=lambda value: type(value).__name__
)
def test_a_hundred_digits_are_read(value: Any) -> None:
    """The limit itself is allowed."""
    assert fraction(value) == Fraction(value)


def test_a_long_text_is_shown_shortened() -> None:
    """The message of a refused text never repeats all of it."""
    with pytest.raises(pi.NumberError) as caught:
        fraction("x" * 500)
    assert len(str(caught.value)) < 80


@pytest.mark.parametrize(
    ("text", "expected"), [("83,54", "83.54"), ("-0,5", "-0.5"), (",5", "0.5"), ("1/3", "1/3"), ("7", "7")]
)
def test_a_comma_is_read_where_it_is_the_mark(text: str, expected: str) -> None:
    """With the decimal mark "," numbers are read as Vietnamese tables write them; ratios have no mark."""
    assert parse_number(text, mark=",") == Fraction(expected)


def test_the_other_mark_is_refused_with_both_named() -> None:
    """A comma where the point is the mark, or the other way round, is not guessed at."""
    with pytest.raises(pi.NumberError, match=r"'83,54' is written with ',', the decimal mark here is '\.'"):
        parse_number("83,54")
    with pytest.raises(pi.NumberError, match=r"'83\.54' is written with '\.', the decimal mark here is ','"):
        parse_number("83.54", mark=",")


@pytest.mark.parametrize("text", ["1.234,5", "1,234.5", "1,2,3"])
def test_groups_of_thousands_are_refused(text: str) -> None:
    """Both marks in one number, or one of them twice, are refused under either."""
    for mark in (".", ","):
        with pytest.raises(pi.NumberError):
            parse_number(text, mark="." if mark == "." else ",")


@pytest.mark.parametrize(
    ("value", "mark", "expected"),
    [
        ("60", ".", "60"),
        ("100", ",", "100"),
        ("0.250", ".", "0.25"),
        ("83.54", ",", "83,54"),
        ("-0.5", ",", "-0,5"),
        ("1/3", ",", "1/3"),
        ("1/8", ".", "0.125"),
        ("7/20", ".", "0.35"),
        ("0", ".", "0"),
    ],
)
def test_the_shortest_text_is_exact(value: str, mark: str, expected: str) -> None:
    """No needless zeros, the mark asked for, and a ratio where no decimal is exact."""
    assert shortest(Fraction(value), mark="." if mark == "." else ",") == expected


@pytest.mark.parametrize(
    ("value", "printed"),
    [("90.8", "90.80"), ("0", "0.00"), ("-0.001", "0.00"), ("200/3", "66.67"), ("-0.005", "-0.01"), ("12", "12.00")],
)
def test_a_printed_figure_keeps_its_trailing_zeros(value: str, printed: str) -> None:
    """Two decimals are shown though they are zeros, and nothing is printed as minus zero."""
    assert str(Rounding().printed(Fraction(value))) == printed


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("half-up", ["0.03", "-0.03", "0.02", "0.02", "-0.02"]),
        ("half-even", ["0.02", "-0.02", "0.02", "0.02", "-0.02"]),
        ("truncate", ["0.02", "-0.02", "0.02", "0.01", "-0.01"]),
        ("ceiling", ["0.03", "-0.02", "0.02", "0.02", "-0.01"]),
        ("floor", ["0.02", "-0.03", "0.02", "0.01", "-0.02"]),
    ],
)
def test_each_mode_decides_between_two_figures(mode: str, expected: list[str]) -> None:
    """Half a unit, above and below zero, no rest at all, and more than half a unit."""
    values = ["0.025", "-0.025", "0.02", "0.018", "-0.018"]
    rounding = Rounding(digits=2, mode=RoundingMode(mode))
    assert [str(rounding.printed(Fraction(value))) for value in values] == expected


def test_two_thirds_are_printed_as_the_mode_says() -> None:
    """2 of 3 prints 66.67 half-up and 66.66 truncated."""
    value = 100 * Fraction(2, 3)
    assert str(Rounding().printed(value)) == "66.67"
    assert str(Rounding(mode=RoundingMode.TRUNCATE).printed(value)) == "66.66"


def test_no_decimals_are_printed_without_a_mark() -> None:
    """With no decimals a figure is a whole number."""
    assert str(Rounding(digits=0).printed(Fraction(5, 2))) == "3"


@pytest.mark.parametrize("digits", [-1, 13, 2.5, "2"])
def test_decimals_are_a_whole_number_from_0_to_12(digits: Any) -> None:
    """Other numbers of decimals are refused."""
    with pytest.raises((ValueError, TypeError)):
        Rounding(digits=digits)


def test_an_unknown_mode_is_refused() -> None:
    """Only the five named modes round."""
    with pytest.raises(ValueError, match="half-down"):
        Rounding(mode="half-down")


def test_exact_text_has_any_length() -> None:
    """A ratio of more digits than int prints is written and read all the same."""
    value = Fraction(10**5000 + 1, 3**20)
    assert parse_exact(exact_text(value)) == value
    assert exact_text(Fraction(-6, 4)) == "-3/2"


@pytest.mark.parametrize("text", ["", "5", "1/0", "1/00", "a/2", "1/-2", "1.5/2", "1/2/3"])
def test_what_is_no_exact_text_is_refused(text: str) -> None:
    """Exact text is n/d with whole numbers and a denominator above 0."""
    with pytest.raises(pi.NumberError, match="is not of the form n/d"):
        parse_exact(text)


@pytest.mark.parametrize(
    "values", [[], ["1/3"], ["1/4", "1/4", "1/2"], ["1/3", "-1/3"], ["0.25", "1/7", "-2", "1/6", "0.0001"]]
)
def test_a_sum_is_exact(values: list[str]) -> None:
    """A sum with one reduction is what adding one after the other gives, in lowest terms."""
    terms = [Fraction(value) for value in values]
    found = exact_sum(terms)
    assert isinstance(found, Fraction)
    assert found.as_integer_ratio() == sum(terms, Fraction(0)).as_integer_ratio()
