"""Conditions on a rate or a value: "từ 20 % đến dưới 30 %" as an interval whose ends are open or closed."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import groupby
from typing import Final

from attrs import frozen

from parindex._methodology.wording.amounts import NUMBER, Stopped, number
from parindex._methodology.wording.vocabulary import CHANGE, OTHER_CONDITION, PLACE, SCOPE, words

_SIGNS: Final = (
    ("L", r"<=|=<|không vượt quá|không quá|nhỏ hơn hoặc bằng|dưới hoặc bằng|nhiều nhất(?: là)?|up to|at most"),
    ("G", r">=|=>|từ(?! trên| hơn)|ít nhất(?: là)?|tối thiểu(?: là)?|lớn hơn hoặc bằng|trên hoặc bằng|from|at least"),
    ("g", r">|từ trên|từ hơn|trên|lớn hơn|cao hơn|nhiều hơn|hơn|quá|over|above|more than"),
    ("l", r"<|dưới|nhỏ hơn|thấp hơn|ít hơn|chưa đạt|không đạt|chưa đến|chưa tới|below|less than|under"),
    ("U", r"trở lên|trở đi|or more|or above|and above|up"),
    ("D", r"trở xuống|or less"),
    ("T", r"-|~|đến|tới|to"),
    ("A", r"và|and"),
    ("E", r"=|bằng|đúng|exactly"),
)
"""Each sign of a condition: G at least, g above, L at most, l below, U and up, D and down, T to, A and, E equal."""

_TOKEN: Final = re.compile(
    r"(?P<word>\d+(?:/\d+)+|(?<!\w)(?:ngày|tháng|quý|năm|kỳ|khoản|điều|mục|số|day|quarter)\s+\d+(?![\d.,]*\s*%)"
    r"|[^\W\d]\w*|\w*[^\W\d]\w*)"
    rf"|(?P<N>{NUMBER}\s*(?:%|phần trăm|percent)?)|(?P<other>\S)",
    re.IGNORECASE,
)


def _alone(sign: str) -> str:
    """Return a pattern for a sign; a word is one only where it stands alone."""
    return rf"(?<!\w)(?:{sign})(?!\w)" if sign[0].isalpha() else sign


_SIGN: Final = re.compile(
    "|".join(f"(?P<{name}>{'|'.join(map(_alone, signs.split('|')))})" for name, signs in _SIGNS), re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"w?(?P<low>[Gg]?)Nw?U?(?:T?(?P<high>[lL])|A(?P<and>[lL])|T)Nw?")
_CHAIN: Final = re.compile(r"N(?P<low>[lL])w?(?P<high>[lL])Nw?")
_ABOVE: Final = re.compile(r"w?(?P<low>[Gg])Nw?U?w?|w?Nw?Uw?")
_BELOW: Final = re.compile(r"w?(?P<high>[lL])Nw?|w?TNw?|w?G?Nw?Dw?")
_EXACT: Final = re.compile(r"w?E?Nw?")

_REST: Final = re.compile(
    r"(?:các |những )?(?:trường hợp |mức |kết quả )?(?:còn lại|khác)|otherwise|(?:all )?(?:the )?rest|all others?",
    re.IGNORECASE,
)
_ANY: Final = re.compile(r"(?P<rate>mọi tỷ lệ|any rate)|mọi giá trị|any value", re.IGNORECASE)
_PAIR: Final = re.compile(
    r"cán bộ, công chức(?:, viên chức)?|công chức, viên chức|cơ quan, đơn vị|xã, phường(?:, thị trấn)?"
    r"|người dân, (?:tổ chức|doanh nghiệp)|phản ánh, kiến nghị",
    re.IGNORECASE,
)
"""What is one thing although a comma stands in it."""
_RATE: Final = re.compile(r"(?:nếu |khi |if )?(?:có |đạt )?(?:tỷ lệ|tỉ lệ|số|mức độ|rate|share)(?!\w)", re.IGNORECASE)
_SHARE: Final = re.compile(r"(?:nếu |khi |if )?(?:có |đạt )?(?:tỷ lệ|tỉ lệ|rate|share)(?!\w)", re.IGNORECASE)
_FILLER: Final = words(
    *(
        "tỷ lệ",
        "tỉ lệ",
        "hoàn thành",
        "thực hiện",
        "kết quả",
        "trường hợp",
        "kế hoạch",
        "nếu",
        "có",
        "đạt",
        "được",
        "mức",
    ),
    *("if", "rate", "the", "a", "x"),
)
"""What says nothing of what is measured."""


@frozen
class Measure:
    """What a condition is about, as far as its text says it.

    Attributes:
        head: the words before the figures, without those that say nothing.
        tail: the words after the first figure, likewise.
        named: whether the head is the name of a rate or a number, which one case can state for all.
    """

    head: str = ""
    tail: str = ""
    named: bool = False


@frozen
class Condition:
    """An interval of a rate or a value.

    Attributes:
        low: its lower end, None where there is none.
        high: its upper end, None where there is none.
        low_open: whether the lower end itself is left out.
        high_open: whether the upper end itself is left out.
        percent: whether the ends are rates.
        measure: what is measured.
        rest: whether it takes whatever no other condition takes.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False
    percent: bool = False
    measure: Measure = Measure()
    rest: bool = False


@frozen
class _Scan:
    """The signs and figures of a text in order, as one letter each, and the words between them."""

    shape: str
    figures: tuple[tuple[Fraction, bool], ...]
    head: str
    tail: str


def condition(text: str) -> Condition | None:
    """Return the condition that *text* states; None where it states none.

    Raises:
        Stopped: where it states a condition and something else beside it.
    """
    text = _PAIR.sub(lambda match: match[0].replace(",", ""), text.strip())
    if _REST.fullmatch(text):
        return Condition(rest=True)
    if match := _ANY.fullmatch(text):
        return Condition(percent=bool(match["rate"]))
    found = _scan(text)
    if match := _CHAIN.fullmatch(found.shape) or _BETWEEN.fullmatch(found.shape):
        return _between(text, found, match)
    if match := _ABOVE.fullmatch(found.shape):
        return _one(text, found, low=True, opened=match["low"] == "g")
    if match := _BELOW.fullmatch(found.shape):
        return _one(text, found, low=False, opened=match["high"] == "l")
    if _EXACT.fullmatch(found.shape):
        ((value, percent),) = found.figures
        if percent or found.shape in {"N", "EN"}:
            return Condition(value, value, percent=percent, measure=_measure(text, found))
    if "N" in found.shape and set(found.shape) & set("GgLlUD"):
        raise Stopped(text, "states a condition that is not understood")
    return None


def _scan(text: str) -> _Scan:
    letters: list[str] = []
    figures, said = [], []
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        negative = text[at] == "-" and bool(letters) and letters[-1] in "GgLlET" and text[at + 1 : at + 2].isdigit()
        sign = None if negative else _SIGN.match(text, at)
        if sign is not None and _leads(text, sign):
            letters.append(str(sign.lastgroup))
            at = sign.end()
            continue
        token = _TOKEN.match(text, at + negative)
        assert token is not None, "one of its ways takes any sign"
        if token["N"]:
            percent = not token["N"].strip()[-1].isdigit()
            value = number(re.sub(r"[^\d.,]", "", token["N"]))
            value = -value if negative else value
            figures.append((value / 100 if percent else value, percent))
            letters.append("N")
        else:
            said.append((len(figures), token[0]))
            letters.append("w")
        at = token.end()
    shape = "".join("w" if letter == "w" else letter * len(list(run)) for letter, run in groupby(letters))
    head, tail = (" ".join(word for before, word in said if bool(before) is after) for after in (False, True))
    return _Scan(shape, tuple(figures), head, tail)


def _leads(text: str, sign: re.Match[str]) -> bool:
    """Return whether a sign is one here: before a figure or another sign, or, "trở lên" and the like, after one."""
    if sign.lastgroup in {"U", "D"} or sign[0][0] in "<>=":
        return True
    rest = text[sign.end() :].lstrip()
    if sign.lastgroup == "T" and sign[0] == "-":
        before = text[: sign.start()].rstrip()[-1:]
        return before.isdigit() or before == "%" or before.isalpha()
    following = _SIGN.match(rest)
    return (
        rest[:1].isdigit() or rest[:1] == "-" or (following is not None and following.lastgroup in {"G", "g", "L", "l"})
    )


def _measure(text: str, found: _Scan) -> Measure:
    """Return what is measured.

    Raises:
        Stopped: where the words are about a change, or state another condition.
    """
    named = bool(_RATE.match(found.head))
    for said, scoped in ((found.head, named), (found.tail, False)):
        if PLACE.search(said):
            raise Stopped(text, "is about a place, where less is more")
        if CHANGE.search(said):
            raise Stopped(text, "is about a change, not about a share or a count")
        if OTHER_CONDITION.search(said) or (not scoped and SCOPE.search(_FILLER.sub(" ", said))):
            raise Stopped(text, "states more than one condition")
    head, tail = (
        " ".join(_FILLER.sub(" ", said).casefold().replace("%", " ").split()) for said in (found.head, found.tail)
    )
    if named and not any(percent for _, percent in found.figures) and _SHARE.match(found.head):
        raise Stopped(text, "is about a rate, and the figure is not in percent")
    return Measure(head, tail, named)


def _between(text: str, found: _Scan, match: re.Match[str]) -> Condition:
    (low, low_percent), (high, percent) = found.figures
    if low_percent and not percent:
        raise Stopped(text, "gives one end in percent and the other without")
    if percent and not low_percent:
        if "Nw" in found.shape[: found.shape.rindex("N")]:
            raise Stopped(text, "gives one end in percent and the other without")
        low /= 100  # "70-90%": the sign at the end counts for both
    groups = match.groupdict()
    if match.re is _CHAIN:
        low_open, high_open = groups["low"] == "l", groups["high"] == "l"
    else:
        low_open, high_open = groups["low"] == "g", "l" in {groups["high"], groups["and"]}
    if low >= high:
        raise Stopped(text, "ends where it begins, or below")
    return Condition(low, high, low_open, high_open, percent, _measure(text, found))


def _one(text: str, found: _Scan, *, low: bool, opened: bool) -> Condition:
    ((value, percent),) = found.figures
    measure = _measure(text, found)
    if low:
        return Condition(low=value, low_open=opened, percent=percent, measure=measure)
    return Condition(high=value, high_open=opened, percent=percent, measure=measure)
