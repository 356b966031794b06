"""Text at the border: names are compared trimmed and in NFC; closed sets of words say what they hold."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

from parindex.errors import Fault, near

if TYPE_CHECKING:
    from collections.abc import Iterable


class Word(StrEnum):
    """A closed set of words of the file format; ``str()`` gives the word.

    Raises:
        Fault: for another word, with the near miss.
    """

    @classmethod
    def _missing_(cls, value: object) -> Word:
        words = [str(each) for each in cls]
        raise Fault(f"{value!r} is none of {', '.join(words)}", hint=near(str(value), words))


def tidy(text: str) -> str:
    """Return *text* trimmed and in NFC.

    Raises:
        Fault: for text that holds half a character, which no file can be written with.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Fault(f"{text!r} holds half a character") from None
    except AttributeError:
        raise Fault(f"{text!r} is not text") from None
    return unicodedata.normalize("NFC", text).strip()


def optional_tidy(text: str | None) -> str | None:
    """Return :func:`tidy` text, or None for None."""
    return None if text is None else tidy(text)


def tidy_all(texts: Iterable[str]) -> tuple[str, ...]:
    """Return every text tidied."""
    return tuple(map(tidy, texts))
