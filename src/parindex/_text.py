"""Text at the border: names are compared trimmed and in NFC."""

from __future__ import annotations

import unicodedata


def tidy(text: str) -> str:
    """Return *text* trimmed and in NFC."""
    return unicodedata.normalize("NFC", text).strip()


def optional_tidy(text: str | None) -> str | None:
    """Return :func:`tidy` text, or None for None."""
    return None if text is None else tidy(text)
