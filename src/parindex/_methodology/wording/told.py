"""What one clause of an annex says: a condition with its points, a formula, a level, a fault, points for each."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, TypeAlias

from attrs import frozen

from parindex._methodology.wording.amounts import MAXIMUM, NUMBER, Amount, Stopped, amount, number, parted
from parindex._methodology.wording.conditions import Condition, condition
from parindex._methodology.wording.formula import Formula, formula
from parindex._methodology.wording.taken import Each, Less, each, less
from parindex._methodology.wording.vocabulary import LATE, MODAL, NOT_PLAIN, TOTAL, words
from parindex._methodology.words import ZeroTotal


@frozen
class Level:
    """A label with its points."""

    label: str
    amount: Amount


@frozen
class Step:
    """A condition with its points."""

    when: Condition
    amount: Amount
    inverse: bool = False
    """Whether the condition is on what the rate leaves of 100 %."""


@frozen
class Piece:
    """A formula, and the condition under which it counts; None for always."""

    when: Condition | None
    formula: Formula


@frozen
class Empty:
    """What an empty denominator means."""

    effect: ZeroTotal
    what: str = ""
    """Of what nothing arises, as far as the text says."""


@frozen
class Bound:
    """A limit of the whole: the most or the least points."""

    amount: Amount
    most: bool


@frozen
class Legend:
    """What a letter of the formula stands for; *total* where it is a whole."""

    letter: str
    total: bool
    late: bool
    """Whether it is what a rate is better without."""


@frozen
class May:
    """What observations may do: exceed 100 %, or have decimals."""

    word: str


Told: TypeAlias = Level | Step | Piece | Each | Less | Empty | Bound | Legend | May

_EXCEED: Final = re.compile(r"tỷ lệ có thể vượt 100 ?%|the rate may exceed 100 ?%", re.IGNORECASE)
_DECIMALS: Final = re.compile(r"số liệu có thể có phần thập phân|figures may have decimals", re.IGNORECASE)
_LEGEND: Final = re.compile(
    r"(?:(?:trong đó|với|where)\s*:?\s*)?\(?\"?(?P<letter>[a-z])\"?\s*(?:là|:|=|is)\s*(?P<meaning>[^\d×,;:]+)\)?",
    re.IGNORECASE,
)
_NO_MEANING: Final = words(
    *(
        "nếu",
        "thì",
        "nhân",
        "chia",
        "cộng",
        "trừ",
        "điểm",
        "phần trăm",
        "dưới",
        "trên",
        "từ",
        "không tính",
        "tỷ lệ",
        "năm trước",
        "if",
        "points",
    )
)
_MOST: Final = re.compile(
    r"(?:nhưng |và )?(?:tổng (?:số )?điểm )?(?:(?:tính )?tối đa|không (?:vượt )?quá|nhiều nhất|up to|at most)\s*"
    rf"(?:là |không quá )?(?P<most>{NUMBER}\s*(?:điểm|đ|points?)?|{MAXIMUM})",
    re.IGNORECASE,
)
_LEAST: Final = re.compile(
    rf"(?:điểm )?(?:thấp nhất|at least|the lowest)\s*(?:là |is )?(?P<least>-?\s?{NUMBER})\s*(?:điểm|đ|points?)?",
    re.IGNORECASE,
)
_NOT_BELOW: Final = re.compile(
    rf"(?:nhưng )?(?:trừ (?:không quá|tối đa)|không trừ quá|tối đa trừ)\s*{MAXIMUM}(?: của tiêu chí)?"
    r"|(?:trừ|bị trừ)? ?(?:cho )?đến (?:khi )?(?:còn )?(?:0 điểm|hết (?:số )?điểm)(?: của tiêu chí)?|không âm",
    re.IGNORECASE,
)
_NOTHING_ARISES: Final = (
    r"(?:(?:nếu|trường hợp|đối với đơn vị)\s+)?(?:không phát sinh|none arising)"
    r"(?:\s+(?P<what>hồ sơ|hồ sơ (?:tthc|thủ tục hành chính)|thủ tục hành chính|tthc|nhiệm vụ|nhiệm vụ được giao"
    r"|văn bản"
    r"|kế hoạch"
    r"|vụ việc|phản ánh,? kiến nghị|số liệu|nội dung này|nội dung|trường hợp nào))?"
    r"|(?:(?:nếu|trường hợp)\s+)?(?:không có nhiệm vụ được giao|không được giao nhiệm vụ)"
)
_NOT_APPLICABLE: Final = r"(?:thì\s+)?(?:không (?:áp dụng|đánh giá|xét)|loại trừ|not applicable)"
_EMPTY: Final = re.compile(_NOTHING_ARISES, re.IGNORECASE)
_EMPTY_DROPS: Final = re.compile(rf"(?:{_NOTHING_ARISES})\s*:?\s*{_NOT_APPLICABLE}", re.IGNORECASE)
_OF_INVERSE: Final = re.compile(r"\(100 ?% - (?:tỷ lệ %|rate)\)\s+", re.IGNORECASE)
_RATIO_NAMED: Final = re.compile(r"\(\s*[a-z]\s*/\s*[a-z]\s*\)|(?<=lệ )[a-z]\s*/\s*[a-z](?!\w)", re.IGNORECASE)
_LEADS: Final = re.compile(
    r"(?:(?:thì|nên) )?(?:(?:số )?điểm (?:đánh giá )?)?(?:sẽ )?(?:được )?(?:tính"
    r"|chấm)(?: điểm)?(?: đánh giá)? (?:theo|bằng)"
    r"(?: công thức)?(?: sau)?\s*:?\s*"
    r"|(?:(?:thì|nên) )?(?<!\w)(?:số )?điểm(?: đánh giá| của tiêu chí| đạt được)? ?(?:là(?!\w)|bằng(?!\w)|=)\s*",
    re.IGNORECASE,
)
_TAKES: Final = re.compile(rf"(?<!\w)trừ (?:đi )?{NUMBER}", re.IGNORECASE)
_INTRO: Final = re.compile(
    r"(?:cách |công thức )?(?:(?:tính|chấm) )?(?:số )?điểm(?: đánh giá| được tính| của tiêu chí)*"
    r"|công thức(?: tính)?(?: điểm)?|thang điểm|formula|points",
    re.IGNORECASE,
)
_NOT_A_LABEL: Final = re.compile(
    rf"(?<!\w)(?:trừ|cộng thêm|công thức|mỗi|cứ|formula|each)(?!\w)|{NUMBER}\s*(?:điểm|đ(?!\w)|points?)|{NUMBER}\s*%"
    rf"|[×*]|:|{MAXIMUM}",
    re.IGNORECASE,
)


def told(clause: str, maximum: Fraction) -> Told:
    """Return what *clause* says.

    Raises:
        Stopped: where it is not understood wholly.
    """
    if re.match(r"[-+] ?\d", clause):
        raise Stopped(clause, "begins with a sign that could be a bullet or a minus")
    found = _about_the_whole(clause) or less(clause) or each(clause)
    if found is not None:
        return found
    if (lead := _LEADS.search(clause)) is not None:
        return _result(clause, clause[: lead.start()].strip(" ,:"), clause[lead.end() :], maximum)
    whole = None if ":" in clause else formula(clause, maximum)
    if whole is not None:
        return Piece(None, whole)
    if _TAKES.search(clause):
        raise Stopped(clause, "takes points off and does not say for each of what")
    split = parted(clause)
    if split is None:
        raise Stopped(clause, "states no points and no formula")
    return _result(clause, *split, maximum)


def _result(clause: str, label: str, result: str, maximum: Fraction) -> Told:
    if match := _EMPTY.fullmatch(label):
        return _empty(clause, match, result, maximum)
    if " " in label and MODAL.search(label):
        raise Stopped(clause, "states points that may not be so many, or none")
    intro = not label or _INTRO.fullmatch(label) is not None
    inverse = _OF_INVERSE.match(label)
    when = condition(_RATIO_NAMED.sub("", label[inverse.end() :] if inverse else label))
    points = amount(result)
    if points is None:
        found = formula(result, maximum)
        if found is None:
            raise Stopped(clause, "states no points and no formula")
        if inverse or (when is None and not intro):
            raise Stopped(clause, "states a formula for a case that is not understood")
        return Piece(when, found)
    if when is not None:
        # "còn lại" closes a list of levels as well as one of steps: which, the other clauses say.
        return Step(when, points, inverse=inverse is not None)
    if intro or inverse or _NOT_A_LABEL.search(label):
        raise Stopped(clause, "states points for a case that is not understood")
    return Level(label, points)


def _empty(clause: str, match: re.Match[str], result: str, maximum: Fraction) -> Told:
    points = amount(result)
    if points is None:
        raise Stopped(clause, "states no points for the case that nothing arises")
    if re.search(r"\d|tối đa|maximum", result, re.IGNORECASE) is None:
        raise Stopped(clause, "could mean no points, or that the case does not apply")
    what = (match["what"] or "").casefold()
    if points.of(maximum) == maximum:
        return Empty(ZeroTotal.FULL, what)
    return Empty(ZeroTotal.ZERO, what) if points.of(maximum) == 0 else Level(match[0], points)


def _about_the_whole(clause: str) -> Told | None:
    if _EXCEED.fullmatch(clause):
        return May("may_exceed")
    if _DECIMALS.fullmatch(clause):
        return May("amounts")
    if match := _EMPTY_DROPS.fullmatch(clause):
        return Empty(ZeroTotal.NOT_APPLICABLE, (match["what"] or "").casefold())
    if _NOT_BELOW.fullmatch(clause):
        return Bound(Amount(points=Fraction(0)), most=False)
    if match := _LEAST.fullmatch(clause):
        text = match["least"].replace(" ", "")
        return Bound(Amount(points=-number(text[1:]) if text.startswith("-") else number(text)), most=False)
    if match := _MOST.fullmatch(clause):
        most = amount(match["most"])
        assert most is not None, "it is a number or the maximum"
        return Bound(most, most=True)
    if match := _LEGEND.fullmatch(clause):
        meaning = match["meaning"].strip()
        if amount(meaning) is None and not _NO_MEANING.search(meaning) and not NOT_PLAIN.search(meaning):
            total, late = TOTAL.search(meaning) is not None, LATE.search(meaning) is not None
            return Legend(match["letter"].casefold(), total=total, late=late)
    return None
