"""Order keys: text for an exact number, so that plain text compares as the numbers do, wherever it is stored.

A number is its canonical continued fraction, and two of these compare term by term: the greater term wins at even
places and loses at odd ones, and one that ends goes on with an infinite term.
Each term becomes bytes of which none is the beginning of another's and which compare as the terms do; at odd places
every bit is turned round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fractions import Fraction

_SMALL: Final = 0xE0
"""Terms below this are one byte; nearly all are."""

_LONG: Final = 0xFE
"""Begins a term of more bytes than there are first bytes between; its length stands in the next four."""

_BYTES: Final = _LONG - _SMALL
_END: Final = "ff"
_TURNED: Final = str.maketrans("0123456789abcdef", "fedcba9876543210")
_NEGATIVE: Final = "n"
_OTHER: Final = "p"
"""Either letter keeps a key from being taken for a number where tables are read."""


def order_key(value: Fraction) -> str:
    """Return text that compares with the keys of other numbers as the numbers compare, byte by byte.

    Two keys are equal exactly where the numbers are.
    The text is a letter and hexadecimal digits; its length grows with the digits of numerator and denominator.

    >>> order_key(Fraction(-1, 3)) < order_key(Fraction(0)) < order_key(Fraction(1, 3)) < order_key(Fraction(334, 1000))
    True
    >>> order_key(Fraction(1, 2))
    'p00fdff'
    """
    over, under = value.numerator, value.denominator
    first, rest = divmod(over, under)
    parts = [_OTHER + _term(first) if first >= 0 else _NEGATIVE + _term(-first).translate(_TURNED)]
    while rest:
        over, under = under, rest
        term, rest = divmod(over, under)
        parts.append(_term(term) if len(parts) % 2 == 0 else _term(term).translate(_TURNED))
    parts.append(_END if len(parts) % 2 == 0 else _END.translate(_TURNED))
    return "".join(parts)


def _term(value: int) -> str:
    """Return a whole number from 0 on as hexadecimal digits, a greater one as text that compares greater."""
    if value < _SMALL:
        return f"{value:02x}"
    length = (value.bit_length() + 7) // 8
    digits = value.to_bytes(length, "big").hex()
    if length <= _BYTES:
        return f"{_SMALL + length - 1:02x}{digits}"
    return f"{_LONG:02x}{length:08x}{digits}"
