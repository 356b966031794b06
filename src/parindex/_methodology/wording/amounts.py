"""Numbers and amounts of points as annexes write them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from attrs import frozen

from parindex._numbers import parse_number

NUMBER: Final = r"\d+(?:[.,]\d+)?"
MAXIMUM: Final = r"(?:(?:số )?điểm (?:tối đa|chuẩn)|(?:the )?maximum(?: points)?)"
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_UNIT: Final = r"(?:điểm|đ|points?)"
_VERBS: Final = re.compile(
    r"^(?:(?:thì|nên|sẽ|được|đạt|tính|cho|chấm|là|bằng|hưởng|gets?|is|are|scores?)(?!\w)\s*|[=:]\s*|->\s*)+",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(rf"(?P<sign>-\s?)?(?P<number>{NUMBER})\s*{_UNIT}?", re.IGNORECASE)
_PART: Final = re.compile(
    rf"(?P<sign>-\s?)?(?:(?P<percent>{NUMBER}) ?%|(?P<ratio>\d+ ?/ ?\d+)|(?P<half>(?:một )?nửa"
    rf"|half))\s+(?:of )?{MAXIMUM}",
    re.IGNORECASE,
)
_WHOLE: Final = re.compile(MAXIMUM, re.IGNORECASE)
_NONE: Final = re.compile(
    r"không (?:(?:được |có |đạt )?(?:tính |chấm |cho )?điểm|(?:được |có )?(?:tính|chấm))|no points", re.IGNORECASE
)


class Stopped(Exception):
    """A part of the text that cannot be read, and why."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part
        self.reason = reason


@frozen
class Amount:
    """An amount of points, outright or as a share of the maximum."""

    points: Fraction | None = None
    share: Fraction | None = None

    def of(self, maximum: Fraction) -> Fraction:
        """Return the points."""
        return maximum * self.share if self.share is not None else self.points or Fraction(0)


def number(text: str) -> Fraction:
    """Return a number with either decimal mark.

    Raises:
        Stopped: for one such as "1.000", a thousand to some and one to others.
    """
    if _THOUSANDS.fullmatch(text):
        raise Stopped(text, "could be a thousand or a decimal number")
    return parse_number(text.replace(",", "."))


def amount(text: str) -> Amount | None:
    """Return the points that a text states, whatever verb leads up to them; None where it is no amount."""
    bare = text.strip()
    if _NONE.fullmatch(bare):
        return Amount(points=Fraction(0))
    bare = _VERBS.sub("", bare).strip()
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1].strip()
    if match := _PART.fullmatch(bare):
        share = _share(match)
        if share > 1:
            raise Stopped(text, "is more than the whole")
        return Amount(share=-share if match["sign"] else share)
    if _WHOLE.fullmatch(bare):
        return Amount(share=Fraction(1))
    if _NONE.fullmatch(bare):
        return Amount(points=Fraction(0))
    if match := _PLAIN.fullmatch(bare):
        points = number(match["number"])
        return Amount(points=-points if match["sign"] else points)
    return None


def _share(match: re.Match[str]) -> Fraction:
    if match["half"]:
        return Fraction(1, 2)
    if match["percent"]:
        return number(match["percent"]) / 100
    return parse_number(match["ratio"].replace(" ", ""))


_LONGEST: Final = 60
"""An amount is a few words: a result without a colon before it is looked for among so many last signs."""
_BEGINS: Final = re.compile(
    r"->|=(?![<>])|(?<!\w)(?:thì |nên |sẽ )?(?:được tính|được|đạt|tính|cho|chấm|hưởng)(?!\w)"
    r"|(?<!\w)(?:thì |nên )?không (?=(?:được |có |đạt )?(?:tính |chấm |cho )?điểm$)|\((?=[^()]*\)$)"
    rf"|(?<=[^\s\d,.-] )(?={NUMBER} ?(?:điểm|đ|points?)$)",
    re.IGNORECASE,
)


def parted(clause: str) -> tuple[str, str] | None:
    """Return what a clause says before its result, and the result: at its colon, else before the verb or the arrow."""
    label, colon, result = clause.partition(":")
    if colon:
        return label.strip(), result.strip()
    for match in _BEGINS.finditer(clause, max(0, len(clause) - _LONGEST)):
        label, result = clause[: match.start()], clause[match.start() :]
        if label.strip() and amount(result) is not None:
            return label.strip(" ,"), result
    return None
