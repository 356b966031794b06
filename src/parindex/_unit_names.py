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
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
        spelled: the pairs of *same* whose names differ and that no crosswalk states, later first.
        unsure: the later names of those pairs in which one table alone leaves out what kind of place it is, though it
            names the kinds of others.
        appeared: the names of the later table alone.
        vanished: the names of the earlier table alone.
    """

    same: Mapping[str, str]
    merged: Mapping[str, tuple[str, ...]]
    spelled: tuple[tuple[str, str], ...]
    unsure: frozenset[str]
    appeared: tuple[str, ...]
    vanished: tuple[str, ...]


def paired(before: Sequence[str], after: Sequence[str], crosswalk: Mapping[str, str] | None = None) -> Pairs:
    """Return which unit is which; *crosswalk* says for units of *before* which unit of *after* they have become.

    A unit that others joined under its own name need not be stated.

    A name that stands in both is the same unit; then one that both spell alike but for accents, hyphens or a kind of
    place that one of them leaves out, if each side has it once.
    "Huyện Cao Lãnh" and "Thành phố Cao Lãnh" are two places.
    The names of a crosswalk may be spelled otherwise too.

    Raises:
        ObservationFaults: for a crosswalk that names units which are not there, or one of them twice.
    """
    into = _resolved(crosswalk, before, after)
    left = [old for old in before if old not in into]
    joined = set(into.values())
    same = {new: new for new in after if new in set(left)}
    for key in (plain_name, bare_name):
        used = set(same.values())
        open_ = [new for new in after if new not in same]
        same.update(_alike([old for old in left if old not in used], open_, key))
    gathered: dict[str, list[str]] = {}
    for new, olds in _joining(before, into, {old: new for new, old in same.items() if new in joined}):
        gathered.setdefault(new, []).append(olds)
    renamed = {new: olds[0] for new, olds in gathered.items() if len(olds) == 1}
    merged = {new: tuple(olds) for new, olds in gathered.items() if len(olds) > 1}
    whole = {new: (same | renamed)[new] for new in after if new not in merged and (new in same or new in renamed)}
    used = {*whole.values(), *(old for olds in merged.values() for old in olds)}
    spelled = tuple((new, old) for new, old in whole.items() if new != old and new not in renamed)
    return Pairs(
        same=whole,
        merged={new: merged[new] for new in after if new in merged},
        spelled=spelled,
        unsure=_unsure(spelled, before, after),
        appeared=tuple(new for new in after if new not in whole and new not in merged),
        vanished=tuple(old for old in before if old not in used),
    )


def _joining(before: Iterable[str], into: Mapping[str, str], joined: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield every unit that a crosswalk concerns with what it has become, in the order of the earlier table."""
    for old in before:
        new = into.get(old) or joined.get(old)
        if new is not None:
            yield new, old


def resolved(names: Iterable[str], known: Sequence[str], at: str, missing: str) -> tuple[dict[str, str], list[Fault]]:
    """Return for each name the one of *known* that it spells, and a fault for each that is not there or there twice."""
    found: dict[str, str] = {}
    faults = []
    by_key: dict[Callable[[str], str], dict[str, list[str]]] = {
        key: _by_key(known, key) for key in (plain_name, bare_name)
    }
    for name in names:
        match = _spelled(name, known, by_key)
        if match is None:
            faults.append(Fault(missing, place=Place(unit=tidy(name), at=at), hint=near(tidy(name), known)))
        else:
            if match in found.values():
                faults.append(Fault("stands twice", place=Place(unit=match, at=at)))
            found[name] = match
    return found, faults


def _spelled(
    name: str, known: Sequence[str], by_key: Mapping[Callable[[str], str], dict[str, list[str]]]
) -> str | None:
    plain = tidy(name)
    if plain in known:
        return plain
    for key, names in by_key.items():
        match = names.get(key(plain), ())
        if len(match) == 1 and _may_be_one(plain, match[0], key(plain)):
            return match[0]
    return None


def _resolved(crosswalk: Mapping[str, str] | None, before: Sequence[str], after: Sequence[str]) -> dict[str, str]:
    """Return a crosswalk in the names of the two tables."""
    if crosswalk is None:
        return {}
    if not isinstance(crosswalk, Mapping):
        raise Fault(f'expected {{"unit before": "unit after"}}, found {crosswalk!r}', place=Place(at="crosswalk"))
    olds, faults = resolved(crosswalk, before, "crosswalk", "there is no such unit before")
    news = {}
    for name in dict.fromkeys(crosswalk.values()):
        found, missing = resolved([name], after, "crosswalk", "there is no such unit after")
        news.update(found)
        faults += missing
    if faults:
        raise ObservationFaults("this crosswalk does not fit the two tables", faults)
    return {olds[old]: news[new] for old, new in crosswalk.items()}


def _alike(before: Iterable[str], after: Iterable[str], key: Callable[[str], str]) -> dict[str, str]:
    """Return the pairs of names that one key belongs to alone on each side."""
    old, new = _by_key(before, key), _by_key(after, key)
    found = {}
    for each, names in new.items():
        if each and len(names) == 1 and len(old.get(each, ())) == 1 and _may_be_one(names[0], old[each][0], each):
            found[names[0]] = old[each][0]
    return found


def _may_be_one(one: str, other: str, key: str) -> bool:
    """Return whether two names of one key can be one place: of one kind, and accents that both have are the same."""
    kinds = {kind_and_name(name)[0] for name in (one, other)}
    return bool(key) and len(kinds - {""}) < 2 and key in (plain_name(one), plain_name(other))


def _unsure(spelled: Iterable[tuple[str, str]], before: Iterable[str], after: Iterable[str]) -> frozenset[str]:
    named = [any(kind_and_name(name)[0] for name in side) for side in (after, before)]
    found = set()
    for pair in spelled:
        kinds = [kind_and_name(name)[0] for name in pair]
        left_out = [not kind and others for kind, others in zip(kinds, named, strict=True)]
        if kinds[0] != kinds[1] and any(left_out):
            found.add(pair[0])
    return frozenset(found)


def _by_key(names: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(key(name), []).append(name)
    return found
