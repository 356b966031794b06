"""Text at the border: names are compared trimmed and in NFC."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def tidy(text: str) -> str:
    """Return *text* trimmed and in NFC."""
    return unicodedata.normalize("NFC", text).strip()


def optional_tidy(text: str | None) -> str | None:
    """Return :func:`tidy` text, or None for None."""
    return None if text is None else tidy(text)


def tidy_all(texts: Iterable[str]) -> tuple[str, ...]:
    """Return every text tidied."""
    return tuple(map(tidy, texts))
