"""What a single cell of an annex says: its text, its points, the marks in it. Nothing of columns or rows."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Final

from attrs import frozen

from parindex._methodology.words import Text
from parindex._numbers import parse_number, shortest
from parindex._text import tidy

AUTOMATIC: Final = "[#]"
"""Stands in a cell whose number the word processor makes itself, and which holds no text."""

_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_BULLET: Final = re.compile(r"[-–—+*•●▪◦∙·]+\s*")
_SURVEY: Final = re.compile(r"\b(dt ?xhh|xhh|(dieu tra|khao sat) xa hoi hoc|xa hoi hoc)\b")
_COUNCIL: Final = re.compile(r"\bhoi dong\b.*\b(cham|danh gia|quyet dinh|xem xet|thong nhat)\b")

_ASKED: Final = re.compile(rf"{_SURVEY.pattern}|\b(dieu tra|khao sat)\b(?! thuc te)")
_ASSESSED: Final = re.compile(r"\b(tu danh gia|tu cham|tham dinh|hoi dong|kiem tra)\b")
_LONGEST: Final = 60
"""The signs that a cell may have which says who assesses and words no rule."""

_NUMBER: Final = r"[+-]?\d{1,6}(?:[.,]\d{1,6})?"
_UNIT: Final = r"(?: ?(?:diem|d))?"
_ONE: Final = re.compile(rf"(?:toi da:? |khong qua |<= ?|≤ ?)?({_NUMBER}){_UNIT}")
_SPAN: Final = re.compile(rf"(?:tu )?({_NUMBER}){_UNIT} ?(?:-|÷|den) ?({_NUMBER}){_UNIT}")
_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")


def cleaned(text: str) -> str:
    """Return the text of a cell in NFC, without invisible signs; its lines trimmed, the empty ones left out."""
    lines = (" ".join(_INVISIBLE.sub("", line).split()) for line in tidy(text).splitlines())
    return "\n".join(line for line in lines if line)


def fold(text: str) -> str:
    """Return *text* as it is compared: small letters without accents, however they were composed.

    >>> fold("Điểm  TỐI ĐA")
    'diem toi da'
    """
    parts = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign)).replace("đ", "d")
    return " ".join(plain.replace("–", "-").replace("—", "-").split())


def without_bullet(text: str) -> str:
    """Return *text* without the dash or dot that it begins with."""
    return _BULLET.sub("", text, count=1) if has_bullet(text) else text


def has_bullet(text: str) -> bool:
    """Return whether *text* begins as an item of a list; a negative number does not."""
    return _BULLET.match(text) is not None and not re.match(r"[-–+]\d", text)


def names_survey(text: str) -> bool:
    """Return whether *text* speaks of the sociological survey (điều tra xã hội học)."""
    return _SURVEY.search(fold(text)) is not None


def is_survey_mark(title: str) -> bool:
    """Return whether a title is marked as the survey's: in brackets, or as its first or last word.

    A title may speak of the survey as a task of the unit; that is no mark.
    """
    folded = fold(title)
    marked = rf"\([^()]*{_SURVEY.pattern}[^()]*\)|^(dt ?xhh|xhh) ?[:.-]|[-:,] ?{_SURVEY.pattern}\W*$"
    return re.search(marked, folded) is not None


def names_assessor(text: str) -> bool:
    """Return whether *text* says who assesses a criterion, a survey among them, and not how points are given."""
    folded = fold(text)
    short = len(folded) <= _LONGEST and not re.search(r"\d", folded) and not names_council(text)
    return short and bool(_ASKED.search(folded) or _ASSESSED.search(folded))


def assessors(text: str) -> tuple[bool, bool]:
    """Return whether a text of who assesses names a survey, and whether it names anybody else."""
    folded = fold(text)
    return _ASKED.search(folded) is not None, _ASSESSED.search(folded) is not None


def names_council(text: str) -> bool:
    """Return whether *text* leaves the points to a council."""
    return _COUNCIL.search(fold(text)) is not None


@frozen
class Points:
    """What a cell of points says: the points, for a span its upper end; or why it cannot be said."""

    text: str
    value: Fraction | None = None
    problem: Text | None = None


def read_points(text: str) -> Points | None:
    """Return the points of a cell, None for an empty one; decimals with a comma or a dot.

    >>> read_points("0,5 điểm").value, read_points("0 - 2").value
    (Fraction(1, 2), Fraction(2, 1))
    """
    if not text:
        return None
    folded = re.sub(r"\([^()]*\)", "", fold(text)).strip()
    one, span = _ONE.fullmatch(folded), _SPAN.fullmatch(folded)
    found = one.groups() if one else span.groups() if span else ()
    if not found:
        return Points(text, None, Text(f"{text!r} không phải là số điểm", f"{text!r} is no number of points"))
    if any(_THOUSANDS.fullmatch(each) for each in found):
        message = Text(
            f"{text!r} có thể đọc theo hai cách: dấu thập phân hay dấu phần nghìn",
            f"{text!r} reads in two ways: a decimal mark, or a mark of thousands",
        )
        return Points(text, None, message)
    low, high = (parse_number(each.replace(",", ".")) for each in (found[0], found[-1]))
    if span and not one and low != 0:
        message = Text(
            f"{text!r} bắt đầu từ {shortest(low, mark=',')}, không phải từ 0",
            f"{text!r} begins at {shortest(low)}, not at 0",
        )
        return Points(text, high, message)
    return Points(text, high)


def is_figure(cell: str) -> bool:
    """Return whether *cell* holds a number of points."""
    points = read_points(cell)
    return points is not None and points.value is not None
