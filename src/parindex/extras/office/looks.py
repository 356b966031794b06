"""How the form looks: widths, colours, which cells are open, and the formats that say what is typed into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parindex._methodology.rules import InputKind

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTHS: Final[Mapping[str, int]] = {
    "criterion": 8,
    "title": 32,
    "max": 7,
    "rule": 34,
    "label": 22,
    "value": 14,
    "limits": 18,
    "not-applicable": 16,
    "evidence": 18,
    "note": 14,
    "input": 9,
}
"""The widths of the columns by what stands in them, in signs."""

_FONT: Final = {"font_name": "Times New Roman", "font_size": 11}
_BOX: Final = {**_FONT, "border": 1, "valign": "top", "text_wrap": True}
_OPEN: Final = {**_BOX, "locked": False, "bg_color": "#FFF2CC"}
LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": {**_FONT, "bold": True, "font_size": 14},
    "label": {**_FONT, "bold": True},
    "stated": {**_FONT, "shrink": True},
    "told": {**_FONT, "italic": True, "valign": "top", "text_wrap": True},
    "heading": {**_BOX, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#D9E2F3"},
    "domain": {**_BOX, "bold": True, "bg_color": "#E7E6E6"},
    "inner": {**_BOX, "bold": True, "bg_color": "#F5F5F5"},
    "plain": _BOX,
    "key": {**_BOX, "text_wrap": False, "shrink": True, "font_size": 8, "font_color": "#7F7F7F"},
    "number": _OPEN,
    "percent": {**_OPEN, "num_format": "0.00%"},
    "word": {**_OPEN, "num_format": "@"},
    "text": {**_OPEN, "num_format": "@", "bg_color": "#FFF9E5"},
}
"""How cells look; those that may be filled in are yellow, and text stays what was typed, so that 12/5 is no date."""

LINE: Final = 15
TALLEST: Final = 405
"""The height of a line of text, and of the highest row that every spreadsheet can show, in points."""

LOOK_OF: Final[Mapping[InputKind, str]] = {
    InputKind.CHOICE: "word",
    InputKind.YES_NO: "word",
    InputKind.PERCENT: "percent",
}
"""The look of the cell of a value, where it is no plain number."""
