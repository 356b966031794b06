"""The numbers of an annex: dotted, Roman, letters, with a word before them; never guessed from their neighbours."""

from __future__ import annotations

import re
from typing import Final

from attrs import evolve, frozen

from parindex._drafting.cells import AUTOMATIC, fold
from parindex._methodology.words import Text

_TENS: Final = (*("X" * tens for tens in range(4)), "XL")
_ONES: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMAN: Final = {_TENS[value // 10] + _ONES[value % 10]: value for value in range(1, 50)}
_LETTERS: Final = "abcdđefghijklmnopqrstuvwxyz"
"""Their order holds for the Vietnamese letters, which leave some out, and for the Latin ones."""

_CORE: Final = r"(?:[IVXL]{1,7}|[ivxl]{1,7}|[A-ZĐ]|[a-zđ]|[1-9]\d{0,2})(?:\.[1-9]\d{0,2})*(?:\.[a-zđ](?![^\W\d_]))?"
_WORD: Final = r"(?P<word>lĩnh vực|tiêu chí thành phần|tiêu chí|phần|mục|nhóm|chương|nội dung)\s+"
_CELL: Final = re.compile(rf"(?:(?i:{_WORD}))?\(?(?P<core>{_CORE})(?P<end>[.)]*)")
_WORDED: Final = re.compile(rf"(?i:{_WORD})(?P<core>{_CORE})(?P<end>\s*[.:)–-]+\s*|\s+|$)(?P<rest>.*)", re.DOTALL)
_LEADING: Final = re.compile(
    rf"(?P<core>{_CORE})(?P<end>[.)]+\s+|[.)]+(?=[^\W\d_]{{2}})|\s+[–-]\s+(?=[^\W\d]))(?P<rest>.*)", re.DOTALL
)
_DOTTED_FIRST: Final = re.compile(
    r"(?P<core>[1-9]\d?(?:\.[1-9]\d{0,2})+)\.?\s+(?!điểm|đ\b|lần\b|ngày\b|x\s)(?P<rest>(?:[^\W\d]|\d+ ?%).*)", re.DOTALL
)
_MONTH: Final = r"thg|thang|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE: Final = re.compile(
    rf"\d{{4}}-\d\d-\d\d.*|\d{{1,2}}/\d{{1,2}}(/\d{{2,4}})?|\d{{1,2}}[ -]?({_MONTH})\b.*|({_MONTH})[ -]\d{{1,2}}"
)


@frozen
class Number:
    """A number as it is printed, with the word before it, its style and its parts.

    Numbers of one style are counted together: "I" the Roman ones, "A" and "a" the letters, "1" and "1)" those of one
    part, "1.1" those of two, and so on; a word before the number is part of its style.
    """

    printed: str
    style: str
    parts: tuple[int, ...]

    @property
    def bare(self) -> str:
        """The number without the word before it."""
        return self.printed.rpartition(" ")[2]

    @property
    def depth(self) -> int:
        """How many parts a dotted number has; 0 for another style."""
        return 0 if self.style.strip("1.") else len(self.parts)

    @property
    def as_letter(self) -> Number | None:
        """A Roman number of one sign as the letter it may be, or None."""
        if self.style not in {"I", "i"} or len(self.printed) != 1:
            return None
        style = "A" if self.style == "I" else "a"
        return evolve(self, style=style, parts=(_LETTERS.index(self.printed.lower()) + 1,))


def number_of(cell: str) -> Number | None:
    """Return the number that fills *cell*, or None.

    >>> number_of("1.1."), number_of("IV").parts
    (Number(printed='1.1', style='1.1', parts=(1, 1)), (4,))
    """
    # A spreadsheet under a Vietnamese locale writes 1.1, where it is taken for a decimal number, with a comma.
    text = re.sub(r"(?<=\d),(?=\d)", ".", cell)
    match = _CELL.fullmatch(text)
    return _number(match["core"], match["word"], match["end"]) if match else None


def leading_number(text: str) -> tuple[Number | None, str]:
    """Return the number that a title begins with, if any, and the rest of the title."""
    match = _WORDED.match(text)
    if match and (match["end"].strip() or match["rest"][:1].isupper() or not match["rest"]):
        number = _number(match["core"], match["word"])
    elif match := _LEADING.match(text):
        number = _number(match["core"], end=match["end"])
    elif match := _DOTTED_FIRST.match(text):
        number = _number(match["core"])
    else:
        return None, text
    return (number, match["rest"]) if number else (None, text)


def is_date(cell: str) -> bool:
    """Return whether *cell* holds a date, as a spreadsheet makes of a number such as 1.2."""
    return _DATE.fullmatch(fold(cell)) is not None


def why_no_number(bad_number: str) -> Text:
    """Return why what stands in the place of a number is none."""
    if bad_number == AUTOMATIC:
        return Text(
            "số thứ tự do Word tự đánh, không đọc được: hãy chuyển thành chữ",
            "the number is made by Word itself and cannot be read: turn it into text",
        )
    if is_date(bad_number):
        return Text(
            f"số thứ tự là ngày {bad_number!r}: bảng tính đã đổi số thành ngày, hãy định dạng cột là văn bản",
            f"the number is the date {bad_number!r}: the spreadsheet made it of a number, format the column as text",
        )
    return Text(f"{bad_number!r} không phải là số thứ tự", f"{bad_number!r} is no number that is read here")


def _number(core: str, word: str | None = None, end: str = "") -> Number | None:
    first, *more = core.split(".")
    parts = [_value(first), *(_value(each) for each in more)]
    if None in parts:
        return None
    if more:
        style = ".".join(["1"] * len(parts))
    elif first.isdigit():
        style = "1)" if ")" in end else "1"
    elif first.upper() in _ROMAN:
        style = "I" if first.isupper() else "i"
    else:
        style = "A" if first.isupper() else "a"
    if word and not more:
        style = f"{fold(word)} {style}"
    return Number(f"{word} {core}" if word else core, style, tuple(part for part in parts if part is not None))


def _value(token: str) -> int | None:
    if token.isdigit():
        return int(token)
    if token.upper() in _ROMAN and (token.isupper() or token.islower()):
        return _ROMAN[token.upper()]
    return _LETTERS.index(token.lower()) + 1 if len(token) == 1 else None
