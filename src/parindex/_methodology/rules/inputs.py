"""What a rule asks for: each input says what it holds, reads it exactly, and is enough to build a form."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Final, TypeAlias

from attrs import frozen

from parindex._methodology.words import Text
from parindex._numbers import LARGEST, fraction, parse_number, shortest
from parindex._text import Word, tidy
from parindex.errors import Fault, NumberError, ParindexError, near

NOT_APPLICABLE: Final = "not-applicable"
YES: Final = frozenset({"yes", "true", "1", "có"})
NO: Final = frozenset({"no", "false", "0", "không"})
_WORDS: Final = YES | NO

Value: TypeAlias = Fraction | int | str | bool
"""An observed input after its rule has read it; a count may be a plain ``int``."""


class InputKind(Word):
    """What an input holds, so that a form can offer the right field."""

    COUNT = "count"
    AMOUNT = "amount"
    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"
    CHOICE = "choice"
    YES_NO = "yes-no"


_YES_NO: Final = InputKind.YES_NO
_CHOICE: Final = InputKind.CHOICE


@frozen
class Option:
    """One value a choice may take."""

    key: str
    text: Text = Text()


@frozen
class Input:
    """One thing a rule asks for.

    Attributes:
        name: the name in observations, ``done`` or ``award/count``.
        kind: what it holds.
        text: its label.
        low: its least value, or None.
        high: its greatest value, or None; with *up_to_max* it is the maximum of the criterion.
        at_most: the input it may not exceed, or None.
        options: the values of a choice.
        instead_of: the inputs it stands in for when only it is known.
    """

    name: str
    kind: InputKind
    text: Text = Text()
    low: Fraction | None = None
    high: Fraction | None = None
    up_to_max: bool = False
    at_most: str | None = None
    options: tuple[Option, ...] = ()
    instead_of: tuple[str, ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether it holds a number."""
        return self.kind not in {InputKind.CHOICE, InputKind.YES_NO}

    def read(self, value: object, max_points: Fraction | None) -> Value:
        """Return *value* in exact form.

        Raises:
            ParindexError: saying what was found and what is expected.
        """
        if self._counts and type(value) is int and 0 <= value <= LARGEST:
            return value  # the usual case: nothing below could object
        if self.kind is _YES_NO:
            return self._yes_no(value)
        if self.kind is _CHOICE:
            return self._choice(value)
        number = self._percent(value) if self.kind is InputKind.PERCENT else fraction(value)
        if self.kind is InputKind.COUNT and number.denominator != 1:
            raise NumberError(f"{shortest(number)} is not a whole number", found=value)
        high = max_points if self.up_to_max else self.high
        if self.low is not None and number < self.low:
            what = "negative" if self.low == 0 else f"below {shortest(self.low)}"
            raise NumberError(f"{shortest(number)} is {what}", found=value)
        if high is not None and number > high:
            raise NumberError(f"{shortest(number)} is above {shortest(high)}", found=value)
        return number

    def written(self, value: Value) -> Value:
        """Return an exact value as an observation states it: a percentage with its sign."""
        return f"{shortest(Fraction(value))}%" if self.kind is InputKind.PERCENT else value

    @cached_property
    def _counts(self) -> bool:
        """Whether it holds any whole number from 0 on."""
        return self.kind is InputKind.COUNT and self.low == 0 and self.high is None and not self.up_to_max

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(option.key for option in self.options)

    def _percent(self, value: object) -> Fraction:
        if isinstance(value, str) and value.strip().endswith("%"):
            return parse_number(value.strip()[:-1])
        number = fraction(value)
        if 0 < number < 1:
            message = f"{shortest(number)} is ambiguous: write {shortest(number)}% or {shortest(number * 100)}%"
            raise NumberError(message, found=value)
        return number

    def _choice(self, value: object) -> str:
        word = value if type(value) is str and value in self._keys else tidy(str(value))
        if word not in self._keys or isinstance(value, bool):
            hint = near(word, self._keys)
            raise Fault(f"{word!r} is none of {', '.join(self._keys)}", hint=hint)
        return word

    def _yes_no(self, value: object) -> bool:
        word = value if type(value) is str and value in _WORDS else tidy(str(value)).casefold()
        if word not in _WORDS:
            raise ParindexError(f"{word!r} is neither yes nor no (yes, no, true, false, 1, 0, có, không)")
        return word in YES
