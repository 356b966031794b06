"""Titles as they are compared: by their words, whatever the case, the spacing and the spelling of tones."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Collection

    from parindex._methodology.words import Text

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD: Final = re.compile(r"[^\W_]+")
_ABBREVIATIONS: Final = {
    "cbcc": "cán bộ công chức",
    "cbccvc": "cán bộ công chức viên chức",
    "cchc": "cải cách hành chính",
    "cntt": "công nghệ thông tin",
    "dvc": "dịch vụ công",
    "hđnd": "hội đồng nhân dân",
    "nsnn": "ngân sách nhà nước",
    "qppl": "quy phạm pháp luật",
    "tthc": "thủ tục hành chính",
    "ubnd": "ủy ban nhân dân",
    "vbqppl": "văn bản quy phạm pháp luật",
    "xhh": "xã hội học",
}
"""What annexes abbreviate in one year and write out in the next."""


def words_of(title: str) -> tuple[str, ...]:
    """Return the words of a title in the form in which they are compared.

    >>> words_of("Số hoá  hồ sơ TTHC") == words_of("số hóa hồ sơ thủ tục hành chính")
    True
    """
    folded = _WORD.findall(unicodedata.normalize("NFC", title).casefold())
    spelled = (word for each in folded for word in _ABBREVIATIONS.get(each, each).split())
    return tuple(map(_tone_last, spelled))


def _tone_last(word: str) -> str:
    """Return a word with its tone after its letters: "hoá" and "hóa" are two spellings of one word."""
    marks = unicodedata.normalize("NFD", word)
    letters = "".join(mark for mark in marks if mark not in _TONES)
    return unicodedata.normalize("NFC", letters) + "".join(mark for mark in marks if mark in _TONES)


@frozen
class Title:
    """A title in either language, as words."""

    vi: tuple[str, ...]
    en: tuple[str, ...]

    @classmethod
    def of(cls, text: Text) -> Title:
        """Return the words of a label."""
        return cls(words_of(text.vi or ""), words_of(text.en or ""))

    @property
    def key(self) -> tuple[str, ...]:
        """What equal titles share; empty where there is no title."""
        return self.vi or self.en

    def comparable(self, other: Title) -> bool:
        """Return whether there is a language that both titles have."""
        return bool((self.vi and other.vi) or (self.en and other.en))

    def likeness(self, other: Title, common: frozenset[str] = frozenset()) -> Fraction:
        """Return the words that two titles share, as a part of all their words; 0 without a common language.

        The *common* words weigh less than the others.
        Of two languages the one counts in which the titles are more alike.
        """
        parts = [
            Fraction(_weight({*own} & {*its}, common), _weight({*own} | {*its}, common))
            for own, its in ((self.vi, other.vi), (self.en, other.en))
            if own and its
        ]
        return max(parts, default=Fraction(0))


def _weight(words: set[str], common: frozenset[str]) -> int:
    return sum(1 if each in common else 3 for each in words)


def common_words(titles: Collection[Title]) -> frozenset[str]:
    """Return the words that more than a tenth of the titles have, such as those of the index's own name.

    Among few titles these are none: a word that three of them have says something yet.
    """
    counts = Counter(word for each in titles for word in {*each.vi, *each.en})
    return frozenset(word for word, count in counts.items() if 10 * count > len(titles) and count > 3)
