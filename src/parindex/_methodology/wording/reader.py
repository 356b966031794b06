"""Reads a whole text: the sentences that word a rule as one, and lists of clauses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from parindex._methodology.rules import (
    Best,
    Given,
    Part,
    Relative,
    Rule,
    Survey,
    SurveyGroup,
    SurveyOption,
    WeightedCounts,
)
from parindex._methodology.rules.base import Rate, Share
from parindex._methodology.rules.chosen import Kind
from parindex._methodology.wording.amounts import MAXIMUM, NUMBER, Stopped, number
from parindex._methodology.wording.assembly import assemble
from parindex._methodology.wording.clean import clauses, even, slug
from parindex._methodology.wording.facts import Facts
from parindex._methodology.wording.told import Empty, May, Step, told
from parindex._methodology.words import Direction, Lang, Within
from parindex._numbers import parse_number
from parindex.errors import Faults, ParindexError

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

_ENGLISH: Final = re.compile(
    r"(?<!\w)(?:points?|maximum|figures|yes|no|not|on time|late|issued|report|below|from|over|each|the"
    r"|of)(?!\w)",
    re.IGNORECASE,
)
LONGEST: Final = 3000
"""The longest scoring text seen has about a thousand signs; a longer one is a whole page."""
_INTRO: Final = re.compile(
    r"(?:(?:cách|thang|mức|căn cứ) )?(?:(?:tính|chấm|cho|thang) )?điểm(?: đánh giá)?(?: được tính)?(?: (?:như"
    r"|theo các mức|theo)(?: các mức)? sau)?\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_KIND: Final = re.compile(
    r"(?:(?P<levels>chọn một mức|chọn một trong các mức(?: sau)?|một trong các mức sau|one of)"
    r"|(?P<items>cộng điểm các (?:mục|nội dung)(?: đạt)?|tổng điểm các (?:mục|nội dung)(?: đạt)?|the sum of))\s*:\s*",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(r"(?:tỷ lệ|tỉ lệ|số)(?!\w)[^\d%:;,]*:", re.IGNORECASE)
"""The name of a rate on a line of its own, above the steps that are on it."""
_BEST: Final = re.compile(
    r"(?:chỉ tính mức cao nhất trong|only the highest counts of)\s*:\s*(?P<parts>.+)", re.IGNORECASE | re.DOTALL
)
_GIVEN: Final = re.compile(
    rf"(?:giá trị|value)\s*/\s*(?P<scale>{NUMBER}) × {MAXIMUM}(?:; (?:thấp nhất là"
    rf"|the lowest is) (?P<lowest>-?{NUMBER}))?",
    re.IGNORECASE,
)
_SHARE: Final = rf"(?:{NUMBER} ?%|-?\d+/\d+)"
_SURVEY: Final = re.compile(
    rf"{MAXIMUM} × (?:bình quân các câu trả lời|mean of the answers): (?P<answers>[^;]+)(?:; (?:trọng số"
    rf"|weights): (?P<groups>[^;]+))?(?P<rest>(?:; .*)?)",
    re.IGNORECASE,
)
_WEIGHTED: Final = re.compile(
    rf"\((?P<terms>[^()]+)\) / (?:tổng số|total) × {MAXIMUM}(?P<rest>(?:; .*)?)", re.IGNORECASE
)
_TERM: Final = re.compile(rf"(?P<key>[a-z0-9-]+) × (?P<credit>{NUMBER}|\d+/\d+)")
_RELATIVE: Final = re.compile(
    rf"(?:so với các đơn vị (?P<whom>cùng nhóm|khác), càng (?P<better>cao"
    rf"|thấp) càng tốt: kém nhất (?P<low>{_SHARE}), tốt nhất (?P<high>{_SHARE}) {MAXIMUM}, "
    rf"ở giữa tính theo tỷ lệ; tất cả bằng nhau: (?P<equal>{_SHARE}) {MAXIMUM}"
    rf"|compared with the other units(?P<whom_en> of its group)?, (?P<better_en>higher"
    rf"|lower) is better: the worst gets (?P<low_en>{_SHARE}), the best (?P<high_en>{_SHARE}) of the "
    rf"maximum, in between in proportion; all equal: (?P<equal_en>{_SHARE}) of the maximum)",
    re.IGNORECASE,
)


def read_text(text: str, maximum: Fraction) -> Rule:
    """Return the rule that *text* words for a criterion of *maximum* points.

    Raises:
        Stopped: where it is not understood wholly, with the part as it was typed.
    """
    if len(text) > LONGEST:
        raise Stopped(f"{text[:80]}...", f"is longer than the {LONGEST} signs that are read")
    whole = even(text)
    plain = whole.text.strip(" .;\n")
    if not plain:
        raise Stopped(text, "is empty")
    try:
        return _best(match, maximum) if (match := _BEST.fullmatch(plain)) else _one(plain, maximum)
    except Stopped as stop:
        raise Stopped(whole.original(stop.part) or text, stop.reason) from None
    except Faults as faults:
        raise Stopped(whole.original(plain), "; ".join(str(fault) for fault in faults.exceptions)) from None
    except ParindexError as error:
        raise Stopped(whole.original(plain), str(error)) from None


def _lang(text: str) -> Lang:
    accented = re.search(r"[^\W\d_A-Za-z]", text)
    return "en" if accented is None and _ENGLISH.search(text) else "vi"


def _one(text: str, maximum: Fraction) -> Rule:
    """Return the rule of a text that words one rule alone."""
    for pattern, way in _WAYS:
        if match := pattern.fullmatch(text):
            return way(match, maximum)
    return _list(text, maximum)


def _list(text: str, maximum: Fraction) -> Rule:
    bare, kind = text, None
    if match := _INTRO.match(bare):
        bare = bare[match.end() :]
    if match := _KIND.match(bare):
        bare, kind = bare[match.end() :], Kind.LEVELS if match["levels"] else Kind.ITEMS
    parts = clauses(bare)
    if not parts:
        raise Stopped(text, "states no points and no formula")
    heading = parts[0] if len(parts) > 2 and _HEADING.fullmatch(parts[0]) else None
    said = [(clause, told(clause, maximum)) for clause in parts[1:] if clause] if heading else None
    if said is None:
        said = [(clause, told(clause, maximum)) for clause in parts]
    elif not all(isinstance(each, Step) and not each.when.measure.head for _, each in said):
        raise Stopped(parts[0], "stands above what it may not be about")
    return assemble(Facts(said, maximum, _lang(text), kind))


def _best(match: re.Match[str], maximum: Fraction) -> Rule:
    parts = []
    keys: set[str] = set()
    for part in re.split(r" \| |\n", match["parts"]):
        label, colon, text = part.partition(":")
        if not colon:
            raise Stopped(part, "names no rule")
        label = label.strip()
        parts.append(Part(key=slug(label, keys), rule=_one(text.strip(), maximum), **{_lang(text): label}))
    return Best(parts)


def _given(match: re.Match[str], _: Fraction) -> Rule:
    lowest = match["lowest"] or "0"
    least = -number(lowest[1:]) if lowest.startswith("-") else number(lowest)
    return Given(scale=number(match["scale"]), lowest=least)


def _share(text: str) -> Share:
    if text.endswith("%"):
        return Share(number(text.rstrip("% ")) / 100)
    return Share(parse_number(text))


def _ratio_or_number(text: str) -> Fraction:
    return parse_number(text) if "/" in text else number(text)


def _words(rest: str, maximum: Fraction) -> dict[str, Any]:
    """Return the parameters that the clauses after a sentence state."""
    found = [(clause, told(clause, maximum)) for clause in clauses(rest)]
    facts = Facts(found, maximum, "vi", None)
    facts.only(Empty, May)
    words = facts.words()
    if "may_exceed" in words:
        raise Stopped(rest, "does not go with the rest")
    return words


def _survey(match: re.Match[str], maximum: Fraction) -> Rule:
    lang = _lang(match[0])
    options, groups = [], []
    keys: set[str] = set()
    for answer in re.split(r"(?<=[%\d]), (?=\D)", match["answers"]):
        found = re.fullmatch(rf"(?P<label>.*\S) (?P<share>{_SHARE})", answer)
        if found is None:
            raise Stopped(answer, "is no answer with its share")
        options.append(SurveyOption(slug(found["label"], keys), share=_share(found["share"]), **{lang: found["label"]}))
    keys = set()
    for group in re.split(r"(?<=\d), (?=\D)", match["groups"]) if match["groups"] else []:
        found = re.fullmatch(rf"(?P<label>.*\S) (?P<weight>{NUMBER}|\d+/\d+)", group)
        if found is None:
            raise Stopped(group, "is no group with its weight")
        weight = _ratio_or_number(found["weight"])
        groups.append(SurveyGroup(slug(found["label"], keys), weight=weight, **{lang: found["label"]}))
    return Survey(options=options, groups=groups, **_words(match["rest"], maximum))


def _weighted(match: re.Match[str], maximum: Fraction) -> Rule:
    shares: dict[str, Fraction] = {}
    for term in match["terms"].split(" + "):
        found = _TERM.fullmatch(term)
        if found is None or found["key"] in shares:
            raise Stopped(term, "is no count with its credit")
        shares[found["key"]] = _ratio_or_number(found["credit"])
    return WeightedCounts(credits=shares, **_words(match["rest"], maximum))


def _relative(match: re.Match[str], _: Fraction) -> Rule:
    low, high, equal = (_share(match[name] or match[f"{name}_en"]) for name in ("low", "high", "equal"))
    better = (match["better"] or match["better_en"]).casefold()
    group = bool(match["whom_en"]) or (match["whom"] or "").casefold() == "cùng nhóm"
    return Relative(
        direction=Direction.HIGHER if better in {"cao", "higher"} else Direction.LOWER,
        low=Rate(low),
        high=Rate(high),
        all_equal="high" if equal == high else "low" if equal == low else equal,
        within=Within.GROUP if group else Within.ALL,
    )


_WAYS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Fraction], Rule]], ...]] = (
    (_RELATIVE, _relative),
    (_SURVEY, _survey),
    (_WEIGHTED, _weighted),
    (_GIVEN, _given),
)
