"""The parts of a methodology that stand beside its tree: sources, origins, policy, blocks, grades, events."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import field, frozen
from attrs.converters import optional

from parindex._methodology.words import (
    Condition,
    Effect,
    Headline,
    Labelled,
    RankedValue,
    SourceStatus,
    Ties,
    WhenNotApplicable,
    Within,
)
from parindex._numbers import Rounding, fraction, shortest
from parindex._text import optional_tidy, tidy, tidy_all
from parindex.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

SEGMENT: Final = re.compile(r"[a-z0-9-]+")
DOTTED: Final = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


def check_id(value: str, *, dotted: bool, at: str) -> None:
    """Raise a fault unless *value* is an id: segments of a-z, 0-9 and hyphens, joined by dots where *dotted*."""
    if not (DOTTED if dotted else SEGMENT).fullmatch(value):
        kind = "dot-separated segments of " if dotted else ""
        message = f"{value!r} is not an id: expected {kind}small letters a-z, digits and hyphens{foreign(value)}"
        raise Fault(message, place=Place(at=at))


def foreign(text: str) -> str:
    """Return a clause that names the first sign of *text* that no id has, since it may look like one that ids have."""
    found = next((sign for sign in text if not sign.isascii()), None)
    return "" if found is None else f"; {found!r} is {unicodedata.name(found, 'a sign without a name')}"


@frozen(kw_only=True)
class Source:
    """What figures rest on: a decision, a page, a computation."""

    key: str
    title: str = field(converter=tidy)
    status: SourceStatus = field(converter=SourceStatus)
    issuer: str | None = field(default=None, converter=optional_tidy)
    issued: dt.date | None = None
    url: str | None = None
    sha256: str | None = None
    retrieved: dt.date | None = None
    note: str | None = field(default=None, converter=optional_tidy)

    def __attrs_post_init__(self) -> None:
        check_id(self.key, dotted=False, at="key")
        if not self.title:
            raise Fault("is empty, expected the title as it is cited", place=Place(at="title"))
        if self.sha256 is not None and not re.fullmatch(r"[0-9a-f]{64}", self.sha256):
            raise Fault("expected 64 hexadecimal digits, letters small", place=Place(at="sha256"))


@frozen
class Cite:
    """A place in a source: its key, and where in it."""

    source: str
    at: str | None = field(default=None, converter=optional_tidy)


@frozen(kw_only=True)
class Origin(Labelled):
    """Where points come from: one part of the second partition of the maxima."""

    max: Fraction | None = field(default=None, converter=optional(fraction))
    self_assessed: bool = True


@frozen(kw_only=True)
class Policy:
    """The choices that a decision makes beside its criteria; see the file format for the words."""

    headline: Headline = field(default=Headline.INDEX, converter=Headline)
    not_applicable: WhenNotApplicable = field(default=WhenNotApplicable.EXCLUDE, converter=WhenNotApplicable)
    ranked_value: RankedValue = field(default=RankedValue.EXACT, converter=RankedValue)
    ranked_within: Within = field(default=Within.ALL, converter=Within)
    ties: Ties = field(default=Ties.COMPETITION, converter=Ties)
    print_rounding: Rounding = Rounding()
    leaf_rounding: Rounding | None = None
    index_cap: Fraction | None = field(default=None, converter=optional(fraction))
    accept_unequal_maxima: bool = False

    def __attrs_post_init__(self) -> None:
        if self.index_cap is not None and self.index_cap <= 0:
            raise Fault(f"{shortest(self.index_cap)} is no cap, expected more than 0", place=Place(at="index_cap"))


@frozen(kw_only=True)
class Block(Labelled):
    """Points outside the base: what they do, and the most that counts."""

    id: str
    effect: Effect = field(converter=Effect)
    cap: Fraction | None = field(default=None, converter=optional(fraction))

    def __attrs_post_init__(self) -> None:
        check_id(self.id, dotted=False, at="id")
        if self.cap is not None and self.cap <= 0:
            raise Fault(f"{shortest(self.cap)} is no cap, expected more than 0", place=Place(at="cap"))


def _conditions(words: Iterable[str]) -> tuple[Condition, ...]:
    return tuple(Condition(word) for word in words)


@frozen(kw_only=True)
class Grade(Labelled):
    """A half-open band of the printed headline figure, with the conditions that it requires."""

    key: str
    from_: Fraction = field(converter=fraction)
    requires: tuple[Condition, ...] = field(default=(), converter=_conditions)
    years: tuple[int, ...] = field(default=(), converter=tuple)
    groups: tuple[str, ...] = field(default=(), converter=tidy_all)
    cite: Cite | None = None

    def __attrs_post_init__(self) -> None:
        check_id(self.key, dotted=False, at="key")
        if not all(self.groups):
            raise Fault("a group without a name", place=Place(at="groups"))

    def __str__(self) -> str:
        return self.key

    @property
    def named(self) -> tuple[bool, bool]:
        """Whether it names groups, and whether it names years: the more, the closer it fits."""
        return bool(self.groups), bool(self.years)

    def holds(self, *, year: int | None, group: str | None) -> bool:
        """Return whether the band belongs to the list of *year* and *group*."""
        return (not self.years or year in self.years) and (not self.groups or group in self.groups)


def grade_list(grades: Iterable[Grade], *, year: int | None, group: str | None) -> tuple[Grade, ...]:
    """Return the bands that count in *year* for *group*, in the order of the file.

    Of two bands of one key, the one that names the group stands in place of the one that does not, at its position, and
    so does the one that names the year.
    """
    kept: list[Grade] = []
    for grade in grades:
        if not grade.holds(year=year, group=group):
            continue
        same = [at for at, other in enumerate(kept) if other.key == grade.key and other.named != grade.named]
        if not same:
            kept.append(grade)
        elif kept[same[0]].named < grade.named:
            kept[same[0]] = grade
    return tuple(kept)


NO_GRADE: Final = Grade(key="none", vi="Không xếp loại", en="No grade", from_=0)
"""What a unit gets whose headline figure meets no band of its list."""


@frozen(kw_only=True)
class Event(Labelled):
    """A fact about a unit that is no points; its limit caps the grade."""

    key: str
    grade_at_most: str | None = None

    def __attrs_post_init__(self) -> None:
        check_id(self.key, dotted=False, at="key")
