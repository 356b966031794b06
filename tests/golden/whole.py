"""Arithmetic of values kept as pairs of whole numbers: reading, sums, products, order, rounding, printing.

A value is a numerator over a denominator above 0, in lowest terms.
"""

from __future__ import annotations

from math import gcd

Ratio = tuple[int, int]

ZERO: Ratio = (0, 1)
ONE: Ratio = (1, 1)
HUNDRED: Ratio = (100, 1)


def ratio(numerator: int, denominator: int) -> Ratio:
    """Return a value in lowest terms."""
    common = gcd(numerator, denominator)
    if denominator < 0:
        common = -common
    return numerator // common, denominator // common


def read(stated: int | str) -> Ratio:
    """Return the value of a number as files write it: 3, "0.25", "-1/3", "2.6e-05"; "95%" is 95 hundredths."""
    text = str(stated).strip()
    if text.endswith("%"):
        return over(read(text[:-1]), HUNDRED)
    if "/" in text:
        above, below = text.split("/")
        return over(read(above), read(below))
    digits, _, power = text.lower().partition("e")
    whole, _, part = digits.partition(".")
    exponent = int(power or 0) - len(part)
    mantissa = int(whole + part)
    return ratio(mantissa * 10**exponent, 1) if exponent >= 0 else ratio(mantissa, 10**-exponent)


def plus(left: Ratio, right: Ratio) -> Ratio:
    """Return the sum."""
    return ratio(left[0] * right[1] + right[0] * left[1], left[1] * right[1])


def minus(left: Ratio, right: Ratio) -> Ratio:
    """Return the difference."""
    return plus(left, (-right[0], right[1]))


def times(left: Ratio, right: Ratio) -> Ratio:
    """Return the product."""
    return ratio(left[0] * right[0], left[1] * right[1])


def over(left: Ratio, right: Ratio) -> Ratio:
    """Return left divided by right."""
    return ratio(left[0] * right[1], left[1] * right[0])


def total(values: list[Ratio]) -> Ratio:
    """Return the sum of all."""
    summed = ZERO
    for value in values:
        summed = plus(summed, value)
    return summed


def below(left: Ratio, right: Ratio) -> bool:
    """Return whether left is less than right."""
    return left[0] * right[1] < right[0] * left[1]


def least(left: Ratio, right: Ratio) -> Ratio:
    """Return the lesser."""
    return left if below(left, right) else right


def greatest(left: Ratio, right: Ratio) -> Ratio:
    """Return the greater."""
    return right if below(left, right) else left


def rounded(value: Ratio, rounding: dict[str, str | int]) -> Ratio:
    """Return a value rounded to the digits and by the mode of a rounding table."""
    unit = 10 ** int(rounding.get("digits", 2))
    scaled = value[0] * unit
    down, rest = divmod(scaled, value[1])
    up = {
        "floor": False,
        "ceiling": rest > 0,
        "truncate": rest > 0 > scaled,
        # Away from zero: below it, the half stays where it was rounded down to.
        "half-up": 2 * rest > value[1] or (2 * rest == value[1] and scaled > 0),
        "half-even": 2 * rest > value[1] or (2 * rest == value[1] and down % 2 == 1),
    }[str(rounding.get("mode", "half-up"))]
    return ratio(down + up, unit)


def printed(value: Ratio, rounding: dict[str, str | int]) -> str:
    """Return a value rounded and written with exactly that many decimals."""
    digits = int(rounding.get("digits", 2))
    result = rounded(value, rounding)
    scaled = abs(result[0]) * 10**digits // result[1]
    whole, part = divmod(scaled, 10**digits)
    return ("-" if result[0] < 0 else "") + (f"{whole}.{part:0{digits}d}" if digits else str(whole))


def exact(value: Ratio) -> str:
    """Return a value as n/d."""
    return f"{value[0]}/{value[1]}"


def written(value: Ratio) -> str:
    """Return a value as a table would write it: a decimal number where there is one, otherwise n/d."""
    for digits in range(30):
        if 10**digits % value[1] == 0:
            return printed(value, {"digits": digits})
    return exact(value)
