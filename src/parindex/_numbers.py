"""Numbers at the border: exact in, named rounding, exact or printed out.

Inside the library every quantity is a :class:`fractions.Fraction`.
This module alone knows how text and foreign number types become one, and how one is printed.
"""

from __future__ import annotations

import operator
import re
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Number, Rational, Real
from typing import TYPE_CHECKING, Final, Literal, SupportsIndex, cast

from attrs import field, frozen

from parindex._text import Word
from parindex.errors import Fault, NumberError, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "LARGEST",
    "Mark",
    "Rounding",
    "RoundingMode",
    "exact_sum",
    "exact_text",
    "fraction",
    "parse_exact",
    "parse_number",
    "shortest",
]

Mark = Literal[".", ","]

MAX_DIGITS: Final = 100
"""Digits a number may have at the border, before and after its mark together, exponent applied.

Published figures have twenty at most; the bound keeps "1e999999999" from taking hours and gigabytes.
"""

LARGEST: Final = 10**MAX_DIGITS
"""What no numerator and no denominator may exceed."""

MAX_DECIMALS: Final = 12
"""Decimals a rounding may keep; published figures have four at most."""

_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]*)(?:[.](?P<part>[0-9]*))?(?:[eE](?P<exponent>[+-]?[0-9]{1,9}))?")
_RATIO = re.compile(r"[+-]?[0-9]+/[0-9]+")


class RoundingMode(Word):
    """How a value between two printed figures is decided; half-up goes away from zero."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    TRUNCATE = "truncate"
    CEILING = "ceiling"
    FLOOR = "floor"


def whole(value: object) -> int:
    """Return a whole number of any kind as an ``int``.

    Raises:
        NumberError: for anything else, truth values among it.
    """
    number = fraction(value)
    if number.denominator != 1 or isinstance(value, str):
        raise NumberError(f"{value!r} is not a whole number", found=value)
    return number.numerator


@frozen
class Rounding:
    """A number of decimals and what to do with the rest.

    >>> Rounding(digits=2).printed(Fraction(200, 3))
    Decimal('66.67')
    >>> str(Rounding(digits=2, mode="truncate").printed(Fraction(200, 3)))
    '66.66'
    """

    digits: int = field(default=2, converter=whole)
    mode: RoundingMode = field(default=RoundingMode.HALF_UP, converter=RoundingMode)

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.digits <= MAX_DECIMALS:
            raise Fault(f"{self.digits} is not from 0 to {MAX_DECIMALS}", place=Place(at="digits"))

    def scaled(self, value: Fraction) -> int:
        """Return *value* in units of the last digit, as a whole number: 90.8 at two digits is 9080."""
        numerator, denominator = int(value.numerator * 10**self.digits), value.denominator
        below, rest = divmod(numerator, denominator)
        negative = numerator < 0
        match self.mode:
            case RoundingMode.HALF_UP:
                up = 2 * rest > denominator or (2 * rest == denominator and not negative)
            case RoundingMode.HALF_EVEN:
                up = 2 * rest > denominator or (2 * rest == denominator and below % 2 == 1)
            case RoundingMode.TRUNCATE:
                up = negative and rest > 0
            case RoundingMode.CEILING:
                up = rest > 0
            case _:  # floor
                up = False
        return below + up

    def printed_alike(self, scaled: int) -> tuple[tuple[Fraction, bool], tuple[Fraction, bool]]:
        """Return the ends of the interval of values that are *scaled* units of the last digit once they are rounded.

        Each end with whether it is one of them.
        """
        half, one = Fraction(1, 2), Fraction(1)
        match self.mode:
            case RoundingMode.HALF_UP:
                low, high = (scaled - half, scaled > 0), (scaled + half, scaled < 0)
            case RoundingMode.HALF_EVEN:
                low, high = (scaled - half, scaled % 2 == 0), (scaled + half, scaled % 2 == 0)
            case RoundingMode.TRUNCATE:
                low = (Fraction(scaled), True) if scaled > 0 else (scaled - one, False)
                high = (Fraction(scaled), True) if scaled < 0 else (scaled + one, False)
            case RoundingMode.CEILING:
                low, high = (scaled - one, False), (Fraction(scaled), True)
            case _:  # floor
                low, high = (Fraction(scaled), True), (scaled + one, False)
        unit = 10**self.digits
        return (low[0] / unit, low[1]), (high[0] / unit, high[1])

    def apply(self, value: Fraction) -> Fraction:
        """Return the rounded value, exactly."""
        return Fraction(self.scaled(value), 10**self.digits)

    def printed(self, value: Fraction) -> Decimal:
        """Return the rounded value with its trailing zeros."""
        return decimal(self.scaled(value), self.digits)


def decimal(scaled: int, digits: int) -> Decimal:
    """Return *scaled* units of the last of *digits* decimals; built from digits, so no context can round it."""
    return Decimal((int(scaled < 0), tuple(map(int, str(abs(scaled)))), -digits))


def fraction(value: object) -> Fraction:
    """Return the exact value of a number from outside.

    Accepts ``int``, ``Fraction``, ``Decimal``, text such as "0.25", "1/3" or "2.6e-05", ``float`` (the shortest decimal
    that prints it), NumPy and pandas scalars and other ``numbers`` types (what they hold).

    Raises:
        NumberError: for booleans, NaN, infinities, text that is no number, and anything else.

    >>> fraction(0.1)
    Fraction(1, 10)
    """
    if type(value) is int:  # the usual case, before all others; what only derives from it is Integral below
        return _bounded(Fraction(value), value)
    match value:
        case bool():
            raise NumberError(f"{value} is a truth value, expected a number", found=value)
        case Fraction():
            return _bounded(value, value)
        case str():
            return parse_number(value)
        case Decimal():
            return parse_number(str(value), found=value)
        case float():
            return parse_number(float.__repr__(value), found=value)
        case Integral():
            try:
                return _bounded(Fraction(operator.index(cast("SupportsIndex", value))), value)
            except TypeError:
                pass  # numpy.timedelta64 calls itself an integer and is none
        case Rational():
            return _bounded(Fraction(int(value.numerator), int(value.denominator)), value)
        case Real() | Number():
            return parse_number(str(value), found=value)
        case _:
            pass
    found = "nothing is stated" if value is None else f"{value!r} is a {type(value).__name__}"
    raise NumberError(f"{found}, expected a number", found=value)


def parse_number(text: str, *, mark: Mark = ".", found: object = None) -> Fraction:
    """Return the exact value of a decimal number or a ratio of whole numbers, written with the decimal *mark*."""
    found = text if found is None else found
    plain = text.strip()
    other = "," if mark == "." else "."
    if _RATIO.fullmatch(plain):
        over, under = plain.split("/")
        if len(plain) > 2 * MAX_DIGITS:
            raise NumberError(_too_long(plain), found=found)
        if int(under) == 0:
            raise NumberError(f"{_short(plain)} divides by zero", found=found)
        return _bounded(Fraction(int(over), int(under)), plain)
    if other in plain and _NUMBER.fullmatch(plain.replace(other, ".", 1)):
        raise NumberError(f"{_short(plain)} is written with {other!r}, the decimal mark here is {mark!r}", found=found)
    match = _NUMBER.fullmatch(plain.replace(mark, "."))
    digits = (match["whole"] + (match["part"] or "")) if match else ""
    if not match or not digits:
        raise NumberError(f"{_short(plain)} is not a number", found=found)
    exponent = int(match["exponent"] or 0) - len(match["part"] or "")
    if len(digits) > MAX_DIGITS or abs(exponent) > MAX_DIGITS:
        raise NumberError(_too_long(plain), found=found)
    value = int(match["sign"] + digits)
    return _bounded(Fraction(value * 10**exponent) if exponent >= 0 else Fraction(value, 10**-exponent), plain)


def _bounded(value: Fraction, found: object) -> Fraction:
    over, under = value.as_integer_ratio()
    if not (-LARGEST <= over <= LARGEST and under <= LARGEST):
        raise NumberError(_too_long("a number"), found=found)
    return value


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}...")


def _too_long(text: str) -> str:
    shown = text if len(text) <= 40 else f"{text[:40]}..."
    return f"{shown} is longer than the {MAX_DIGITS} digits that are read"


def exact_sum(values: Iterable[Fraction]) -> Fraction:
    """Return the sum, reduced once at the end; ``sum`` would reduce after every step."""
    over, under = 0, 1
    for value in values:
        numerator, denominator = value.as_integer_ratio()
        if denominator == under:
            over += numerator
        else:
            over, under = over * denominator + numerator * under, under * denominator
    return Fraction(over, under)


def exact_text(value: Fraction) -> str:
    """Return "n/d" in lowest terms, of any length."""
    # Decimal, unlike int, prints numbers of more than 4300 digits.
    return f"{Decimal(value.numerator):f}/{Decimal(value.denominator):f}"


def parse_exact(text: object) -> Fraction:
    """Return the value that :func:`exact_text` wrote."""
    if not isinstance(text, str):
        raise NumberError(f"{text!r} is not text of the form n/d", found=text)
    over, slash, under = text.partition("/")
    if not (slash and re.fullmatch(r"-?[0-9]+", over) and re.fullmatch(r"0*[1-9][0-9]*", under)):
        raise NumberError(f"{_short(text)} is not of the form n/d", found=text)
    return Fraction(int(Decimal(over)), int(Decimal(under)))


def shortest(value: Fraction, *, mark: Mark = ".") -> str:
    """Return *value* exactly and as short as can be: "60", "0.25", or "1/3" where no decimal is exact."""
    rest, digits = value.denominator, 0
    while rest % 10 == 0:
        rest, digits = rest // 10, digits + 1
    for factor in (2, 5):
        while rest % factor == 0:
            rest, digits = rest // factor, digits + 1
    if rest != 1:
        return exact_text(value)
    text = f"{decimal(int(value * 10**digits), digits):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", mark)
