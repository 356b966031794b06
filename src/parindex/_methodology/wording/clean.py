"""The text of an annex made even, and parted into clauses; nothing here knows what a clause means."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from attrs import frozen

_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\t", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("✕✖⨯∗*", "×"),
        **dict.fromkeys("“”„«»", '"'),
        "÷": "/",
        "⁄": "/",
        "∕": "/",
        "≥": ">=",
        "≧": ">=",
        "⩾": ">=",
        "≤": "<=",
        "≦": "<=",
        "⩽": "<=",
        "→": "->",
        "⇒": "->",
        "：": ":",
        "；": ";",
        "％": "%",
        "Ð": "Đ",
        "ð": "đ",
        "\r": "\n",
        "\v": "\n",
        "\f": "\n",
        "\x85": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
    }
)
"""Signs that typists take for one another; the first of each kind is the one that is read."""

_BULLET: Final = re.compile(
    r"^(?:[-+•●▪◦○·‣]\s*(?=[^\W\d])|[•●▪◦○·‣]\s*(?=\S)|[-+]\s+(?!\d+(?:[.,]\d+)?\s*(?:điểm|đ|points?)(?!\w))(?=\S)"
    r"|\(?[a-zđ]\)\s*|\(?\d{1,2}\)\s+|(?:[a-zđ]|\d{1,2})\.\s+(?=[^\W\d]))",
    re.IGNORECASE,
)
_AMOUNT_ENDS: Final = re.compile(r"(?:\d|điểm|đ|points?|tối đa|maximum|\))\s*$", re.IGNORECASE)

_ANNOUNCES: Final = re.compile(r"(?:trong đó|với|where)\s*:?", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"(?:\d{1,2}|[a-zđ])", re.IGNORECASE)
_LETTER: Final = re.compile(r" [a-z] ?(?::|là |= )", re.IGNORECASE)
_LIMIT: Final = re.compile(
    r"(?P<rest>.*(?:điểm|đ|\d|points?)(?:\s?/\s?[^\d,;:()/]+)?)[\s,(]+(?:nhưng )?(?P<limit>(?:tối đa"
    r"|không (?:vượt )?quá|nhiều nhất|up to"
    r"|at most)(?! trừ)\s[^:]*?)\)?",
    re.IGNORECASE,
)


@frozen
class Even:
    """A text made even, and for each of its signs the place in the NFC form of the text that it came from."""

    text: str
    source: str
    places: tuple[int, ...]

    def original(self, part: str) -> str:
        """Return *part* as it was typed; itself where it does not stand in the text."""
        at = self.text.find(part)
        return part if at < 0 or not part else self.source[self.places[at] : self.places[at + len(part) - 1] + 1]


def even(text: str) -> Even:
    """Return *text* in NFC with one sign for each meaning, and single spaces."""
    source = unicodedata.normalize("NFC", text)
    lines: list[list[tuple[str, int]]] = [[]]
    for place, typed in enumerate(source):
        for sign in typed.translate(_SAME):
            if sign == "\n":
                lines.append([])
            elif sign != " " or (lines[-1] and lines[-1][-1][0] != " "):
                lines[-1].append((sign, place))
    told: list[tuple[str, int]] = []
    last = ""
    for line in lines:
        while line and line[-1][0] == " ":
            line.pop()
        words = "".join(sign for sign, _ in line)
        if not words:
            continue
        if told:
            told.append((" " if _goes_on(last, words) else "\n", line[0][1]))
        told += line
        last = "".join(sign for sign, _ in told).rpartition("\n")[2] if told else words
    return Even("".join(sign for sign, _ in told), source, tuple(place for _, place in told))


def _goes_on(before: str, line: str) -> bool:
    """Return whether *line* only continues the one before, as where a cell of a table breaks it."""
    if _BULLET.match(line) or _LETTER.match(f" {line}") or before.endswith(";") or _AMOUNT_ENDS.search(before):
        return False
    return before.endswith(":") or not line[0].isupper() or (before.isupper() and line.isupper())


def clauses(text: str) -> list[str]:
    """Return the clauses of an even text, without the bullets before them and the signs after them."""
    parts = [part for line in text.split("\n") for part in _parted(line)]
    told = [_BULLET.sub("", part.strip()).strip(" .,;") for part in parts]
    return [clause for part in told for clause in _limited(part) if clause and not _ANNOUNCES.fullmatch(clause)]


def _limited(clause: str) -> tuple[str, ...]:
    """Return a clause, and the limit that ends it apart: "..., tối đa 2 điểm"."""
    match = _LIMIT.fullmatch(clause)
    if match is None or re.search(r"-\d|(?<!\w)trừ(?!\w)", match["rest"]):
        return (clause,)  # a limit of what a fault takes belongs to the fault
    return match["rest"], match["limit"]


def _parted(line: str) -> list[str]:
    """Part a line at semicolons, at slashes between clauses, and at bullets, commas and stops after an amount."""
    cuts: list[tuple[int, int]] = []
    depth = 0
    for at, sign in enumerate(line):
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth = max(0, depth - 1)
        elif depth == 0 and (width := _cut(line, at)):
            cuts.append((at, width))
    parts, start = [], 0
    for at, width in cuts:
        parts.append(line[start:at])
        start = at + width
    return [*parts, line[start:]]


def _cut(line: str, at: int) -> int:
    """Return how many signs at *at* part two clauses; 0 where none do."""
    sign, before, after = line[at], line[:at], line[at + 1 :]
    if sign == ";":
        return 1
    if sign == "|":
        return 1
    if sign == "/" and before.endswith(" ") and after.startswith(" "):
        return int(_states(before) and _states(after))
    if sign in "-+•" and before.endswith(" ") and _AMOUNT_ENDS.search(before):
        return int(after.lstrip()[:1].isupper())
    if sign == "," and after.startswith(" ") and _AMOUNT_ENDS.search(before):
        return int(":" in after and ":" in before)
    if sign == "," and _LETTER.match(after):
        return 1
    if sign == "." and after.startswith(" ") and after.lstrip()[:1].isupper():
        return int(_NUMBERS.fullmatch(before) is None)
    return 0


def _states(part: str) -> bool:
    return ":" in part or "->" in part


def slug(label: str, taken: set[str], reserved: frozenset[str] = frozenset()) -> str:
    """Return a key for *label* that none of *taken* is, and note it there: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFD", label.casefold().replace("đ", "d"))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
    short = words if len(words) <= _LONGEST_KEY else words[:_LONGEST_KEY].rpartition("-")[0] or words[:_LONGEST_KEY]
    key, number = short or "muc", 1
    while key in taken or key in reserved:
        number += 1
        key = f"{short or 'muc'}-{number}"
    taken.add(key)
    return key


_LONGEST_KEY: Final = 40
