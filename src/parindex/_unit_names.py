"""Units of two tables: which is which, though their names are spelled in two ways or the units were merged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from attrs import frozen

from parindex._text import tidy
from parindex.errors import Fault, ObservationFaults, Place, near

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

_KINDS: Final = {
    "tp": "thành phố",
    "tx": "thị xã",
    "tt": "thị trấn",
    **{each: each for each in ("tỉnh", "thành phố", "thị xã", "thị trấn", "quận", "huyện", "phường", "xã", "đặc khu")},
}
"""What stands before the name of a place and says what kind of place it is, short forms among them."""

_KIND: Final = re.compile(rf"({'|'.join(sorted(_KINDS, key=len, reverse=True))})[.\s]+(?=\S)")

_SHORT: Final = {"tphcm": "Hồ Chí Minh", "hcm": "Hồ Chí Minh"}
_WORDS: Final = {"đăk": "đắk", "lăk": "lắk"}
"""Names and words that are usual in two spellings."""


def kind_and_name(name: str) -> tuple[str, str]:
    """Return the kind of place that a name begins with, "" for none, and the rest of it.

    >>> kind_and_name("TP. Hồ Chí Minh")
    ('thành phố', 'hồ chí minh')
    """
    text = tidy(name).casefold()
    found = _KIND.match(text)
    return ("", text) if found is None else (_KINDS[found[1]], text[found.end() :])


def plain_name(name: str) -> str:
    """Return a name without what spellings differ in: case, spaces, hyphens, the kind of place, the place of a tone.

    >>> plain_name("TP. Hồ Chí Minh") == plain_name("Thành phố Hồ Chí Minh")
    True
    >>> plain_name("Hoà Bình") == plain_name("tỉnh Hòa Bình"), plain_name("Tân Hà") == plain_name("Tân Hạ")
    (True, False)
    """
    _, text = kind_and_name(name)
    words = [_WORDS.get(word, word) for word in re.split(r"[\W_]+", text) if word]
    plain = " ".join("".join(_without_tone(word)) for word in words)
    return plain_name(_SHORT[plain]) if plain in _SHORT else plain


def bare_name(name: str) -> str:
    """Return :func:`plain_name` without any accents, as names are typed where there are none."""
    text = plain_name(name).replace("đ", "d")
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))


_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"


def _without_tone(word: str) -> tuple[str, str]:
    """Return a syllable without its tone, and the tone: "hoà" and "hòa" are spellings of one name."""
    parts = unicodedata.normalize("NFD", word)
    tone = "".join(each for each in parts if each in _TONES)
    return unicodedata.normalize("NFC", "".join(each for each in parts if each not in _TONES)), tone


@frozen(kw_only=True)
class Pairs:
    """Which units of one table are which of another.

    Attributes:
        same: for each name of the later table that of the earlier one.
        merged: for each name of the later table those that were merged into it.
        spelled: the pairs of *same* whose names differ, later first.
        appeared: the names of the later table alone.
        vanished: the names of the earlier table alone.
    """

    same: Mapping[str, str]
    merged: Mapping[str, tuple[str, ...]]
    spelled: tuple[tuple[str, str], ...]
    appeared: tuple[str, ...]
    vanished: tuple[str, ...]


def paired(before: Sequence[str], after: Sequence[str], crosswalk: Mapping[str, str] | None = None) -> Pairs:
    """Return which unit is which; *crosswalk* says for units of *before* which unit of *after* they have become.

    A unit that others joined under its own name need not be stated.

    A name that stands in both is the same unit; then one that both spell alike but for accents, hyphens or a kind of
    place that one of them leaves out, if each side has it once.
    "Huyện Cao Lãnh" and "Thành phố Cao Lãnh" are two places.

    Raises:
        ObservationFaults: for a crosswalk that names units which are not there.
    """
    into = {tidy(old): tidy(new) for old, new in (crosswalk or {}).items()}
    faults = [*_strangers(into, before, "before"), *_strangers(into.values(), after, "after")]
    if faults:
        raise ObservationFaults("this crosswalk does not fit the two tables", faults)
    gathered: dict[str, list[str]] = {}
    joined = set(into.values())
    for old in before:
        if old in into:
            gathered.setdefault(into[old], []).append(old)
        elif old in joined:
            gathered.setdefault(old, []).append(old)  # others joined it
    same: dict[str, str] = {}
    earlier = set(before) - set(into)
    same.update((new, new) for new in after if new not in gathered and new in earlier)
    for key in (plain_name, bare_name):
        used = {*same.values(), *into}
        left = [each for each in before if each not in used]
        open_ = [each for each in after if each not in gathered and each not in same]
        same.update(_alike(left, open_, key))
    renamed = {new: olds[0] for new, olds in gathered.items() if len(olds) == 1}
    merged = {new: tuple(olds) for new, olds in gathered.items() if len(olds) > 1}
    whole = {new: (same | renamed)[new] for new in after if new in same or new in renamed}
    used = {*whole.values(), *into, *(old for olds in merged.values() for old in olds)}
    return Pairs(
        same=whole,
        merged={new: merged[new] for new in after if new in merged},
        spelled=tuple((new, old) for new, old in whole.items() if new != old and new not in renamed),
        appeared=tuple(new for new in after if new not in whole and new not in merged),
        vanished=tuple(old for old in before if old not in used),
    )


def _strangers(named: Iterable[str], known: Collection[str], side: str) -> Iterable[Fault]:
    for name in dict.fromkeys(named):
        if name not in known:
            yield Fault(f"there is no unit {name!r} {side}", place=Place(at="crosswalk"), hint=near(name, known))


def _alike(before: Iterable[str], after: Iterable[str], key: Callable[[str], str]) -> dict[str, str]:
    """Return the pairs of names that one key belongs to alone on each side."""
    old, new = _by_key(before, key), _by_key(after, key)
    found = {}
    for each, names in new.items():
        if each and len(names) == 1 and len(old.get(each, ())) == 1:
            pair = (names[0], old[each][0])
            kinds = {kind_and_name(name)[0] for name in pair}
            # Accents that both have and that differ make two names.
            if len(kinds - {""}) < 2 and each in map(plain_name, pair):
                found[names[0]] = old[each][0]
    return found


def _by_key(names: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(key(name), []).append(name)
    return found
