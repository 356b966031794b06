"""Words: bilingual labels, the closed sets of words of the file format, and the writer of sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import evolve, field, frozen

from parindex._numbers import MAX_DECIMALS, Mark, Rounding, shortest
from parindex._text import Word, optional_tidy
from parindex.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

Lang = Literal["vi", "en"]
LANGS: Final[tuple[Lang, ...]] = ("vi", "en")
MARKS: Final[Mapping[Lang, Mark]] = {"vi": ",", "en": "."}


@frozen
class Text:
    """A label in Vietnamese, in English, or in both; the other one stands in for a missing one."""

    vi: str | None = field(default=None, converter=optional_tidy)
    en: str | None = field(default=None, converter=optional_tidy)

    def __str__(self) -> str:
        return self.vi or self.en or ""

    def get(self, lang: Lang, default: str = "") -> str:
        """Return the label in *lang*, else in the other language, else *default*."""
        first, second = (self.vi, self.en) if lang == "vi" else (self.en, self.vi)
        return first or second or default


@frozen(kw_only=True)
class Labelled:
    """What may carry a label in either language."""

    vi: str | None = field(default=None, converter=optional_tidy)
    en: str | None = field(default=None, converter=optional_tidy)

    @property
    def text(self) -> Text:
        """The label in both languages."""
        return Text(self.vi, self.en)


class Unknown(Word):
    """Stands for a maximum that no source states."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN


class Completeness(Word):
    """How much of a methodology a file holds."""

    FULL = "full"
    OUTLINE = "outline"
    ENTRY = "entry"


class SourceStatus(Word):
    """What a source is worth."""

    OFFICIAL = "official"
    DERIVED = "derived"
    ILLUSTRATIVE = "illustrative"


class Headline(Word):
    """The figure that is published, graded and ranked."""

    INDEX = "index"
    POINTS = "points"


class WhenNotApplicable(Word):
    """What a leaf that does not apply does to the whole."""

    EXCLUDE = "exclude"
    REDISTRIBUTE = "redistribute"
    FULL = "full"
    ZERO = "zero"


class RankedValue(Word):
    """Whether ranks compare exact or printed figures."""

    EXACT = "exact"
    PRINTED = "printed"


class Within(Word):
    """Who is compared with whom."""

    ALL = "all"
    GROUP = "group"


class Ties(Word):
    """Ranks after a tie: 1, 2, 2, 4 or 1, 2, 2, 3."""

    COMPETITION = "competition"
    DENSE = "dense"


class Effect(Word):
    """What a block does to the points."""

    ADD = "add"
    SUBTRACT = "subtract"


class Condition(Word):
    """A condition that a grade may require besides its edge."""

    NO_ZERO_CRITERION = "no-zero-criterion"


class ZeroTotal(Word):
    """What an empty denominator means."""

    ERROR = "error"
    FULL = "full"
    ZERO = "zero"
    NOT_APPLICABLE = "not-applicable"


class Direction(Word):
    """Which end of a relative comparison is better."""

    HIGHER = "higher"
    LOWER = "lower"


class Method(Word):
    """How a relative rule compares."""

    MIN_MAX = "min-max"


class Measure(Word):
    """What the bands of a step table measure."""

    RATIO = "ratio"
    VALUE = "value"


class Per(Word):
    """What a fault is counted by."""

    OCCURRENCE = "occurrence"
    DAY = "day"


class Severity(Word):
    """Errors stand in the way of scoring, warnings do not."""

    ERROR = "error"
    WARNING = "warning"


@frozen
class Writer:
    """Writes numbers and phrases in one language, with one rounding for printed figures."""

    lang: Lang = "vi"
    rounding: Rounding = Rounding()

    def __attrs_post_init__(self) -> None:
        if self.lang not in LANGS:
            raise Fault(f"{self.lang!r} is none of {', '.join(LANGS)}", place=Place(at="lang"))

    @property
    def mark(self) -> Mark:
        """The decimal mark of the language."""
        return MARKS[self.lang]

    def pick(self, vi: str, en: str) -> str:
        """Return the phrase of this language."""
        return vi if self.lang == "vi" else en

    def number(self, value: Fraction) -> str:
        """Return *value* exactly, as short as can be."""
        return shortest(value, mark=self.mark)

    def printed(self, value: Fraction) -> str:
        """Return *value* rounded for print."""
        return f"{self.rounding.printed(value):f}".replace(".", self.mark)

    def term(self, value: Fraction) -> str:
        """Return *value* for a sum: exactly where that is short, else with four decimals more than are printed.

        With more of them where the shown figure would itself be printed differently.
        """
        exact = self.number(value)
        if len(exact) <= len("100000/999"):
            return exact
        for digits in range(self.rounding.digits + 4, MAX_DECIMALS + 1):
            finer = evolve(self.rounding, digits=digits)
            if self.rounding.apply(finer.apply(value)) == self.rounding.apply(value):
                return f"≈ {finer.printed(value):f}".replace(".", self.mark)
        return exact

    def factor(self, value: Fraction) -> str:
        """Return *value* for a product or a division: a fraction in brackets."""
        term = self.term(value).removeprefix("≈ ")
        return f"({term})" if "/" in term else term

    def equals(self, value: Fraction) -> str:
        """Return "= 57,00", or "≈ 66,67" where print is not the exact value."""
        sign = "=" if self.rounding.apply(value) == value else "≈"
        return f"{sign} {self.printed(value)}"

    def points(self, expression: str, value: Fraction) -> str:
        """Return an expression and the points it comes to."""
        if expression == self.number(value) and self.rounding.apply(value) == value:
            return self.pick(f"{self.printed(value)} điểm", f"{self.printed(value)} points")
        shown = self.equals(value)
        return self.pick(f"{expression} {shown} điểm", f"{expression} {shown} points")

    def operand(self, value: Fraction) -> str:
        """Return *value* exactly for a product or a division: a fraction or a negative number in brackets."""
        text = self.number(value)
        return f"({text})" if "/" in text or value < 0 else text

    def rate_operand(self, value: Fraction) -> str:
        """Return a rate for a product or a division: "95 %", or "(2/3)"."""
        text = self.rate(value)
        return f"({text})" if "/" in text or value < 0 else text

    def rate(self, value: Fraction) -> str:
        """Return a rate exactly: "95 %", or "2/3" where the percentage has no end."""
        percent = self.number(value * 100)
        return self.number(value) if "/" in percent else f"{percent} %"

    def rate_equals(self, value: Fraction) -> str:
        """Return "= 95,00 %" or "≈ 66,67 %"."""
        return f"{self.equals(value * 100)} %"
