"""Clauses that count: points taken off for each fault, and points given for each of something."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from attrs import frozen

from parindex._methodology.wording.amounts import MAXIMUM, NUMBER, Amount, Stopped, amount, number
from parindex._methodology.wording.vocabulary import (
    ANY_TIME,
    COUNTED,
    FREE_OF_FAULT,
    LOSS,
    MODAL,
    NOT_ONE,
    WELCOME,
    words,
)


@frozen
class Each:
    """Points for each of something."""

    label: str
    amount: Amount


@frozen
class Less:
    """Points taken off for each of something.

    Attributes:
        label: what is at fault.
        amount: what each takes off, above 0.
        day: whether days are counted.
        cap: the most that it takes, or None.
        wipe_at: the count from which it takes everything, or None.
    """

    label: str
    amount: Amount
    day: bool
    cap: Fraction | None = None
    wipe_at: int | None = None


_POINTS: Final = r"(?:điểm|đ|points?)"
_SOME: Final = rf"(?:{NUMBER}\s*{_POINTS}|{NUMBER} ?%\s+(?:of )?{MAXIMUM}|\d+/\d+\s+(?:of )?{MAXIMUM})"
_BARE: Final = rf"{NUMBER}(?!\s*%)"
_NOUN: Final = r"[^\d%/:;()]+"
_PER: Final = r"(?:/|cho mỗi|đối với mỗi|với mỗi|trên mỗi|mỗi|per|for each)\s*(?:0?1\s+)?"
_TAKES: Final = r"(?:(?:thì |bị |sẽ )*trừ\s+(?:đi )?|takes off )"
_MINUS: Final = rf"(?:-\s?|{_TAKES})"
_ONE: Final = r"(?:cứ )?(?:mỗi(?: một)?|(?:mỗi )?0?1(?=\s)|một|each)"
_EACH_ONE: Final = r"(?:cứ (?:mỗi |một |0?1 )?(?=\D)|mỗi(?: một| 0?1(?=\s))?|each)"
_GIVES: Final = r"(?:được |tính |đạt |cộng |thêm |chấm )*"
_LIMIT: Final = r"(?:trừ tối đa|tối đa trừ|trừ không quá|không trừ quá|trừ tối đa không quá|at most)"

_WIPE: Final = re.compile(
    r"\((?:từ|from) (?P<count>\d{1,6})(?: [^\W\d]+)?(?: trở lên| on)?\s*:?\s*"
    r"(?:trừ (?:toàn bộ|hết)(?: (?:số )?điểm)?|all of it)\)",
    re.IGNORECASE,
)
_CAP: Final = re.compile(rf"[\s,(]+(?:nhưng )?{_LIMIT}\s+(?P<cap>{NUMBER})\s*{_POINTS}?\)?$", re.IGNORECASE)
_LESS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_ONE}\s+(?P<label>{_NOUN}?)\s*(?::\s*|,\s*|\s){_MINUS}(?P<some>{_SOME})",
        rf"{_MINUS}(?P<some>{_SOME})\s*{_PER}(?P<label>{_NOUN})",
        rf"(?P<label>[^:\d%/;()]+?)\s*(?::\s*|,\s*|\s){_MINUS}(?P<some>{_SOME})\s*{_PER}(?P<unit>{_NOUN})",
        rf"(?P<label>[^:]+?)\s*:\s*-(?P<some>{_SOME})\s*/\s*(?P<unit>{_NOUN})",
        rf"(?P<label>[^:\d%/;()]+?) (?:mỗi|cứ mỗi) (?P<unit>{_NOUN}?)\s*(?::\s*|,\s*|\s){_TAKES}(?P<some>{_SOME})",
        rf"(?P<label>[^:\d%/;()]+?) 0?1 (?P<unit>{_NOUN}?)\s*(?::\s*|,\s*|\s){_TAKES}(?P<some>{_SOME})",
    )
)
"""The ways in which a fault is worded; without a unit of its own, what is at fault is what counts."""
_SPELT: Final = _LESS[4:]
"""Those in which what is at fault stands before what counts, with nothing between them."""
_GIVEN: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:có |được |đạt )?{_EACH_ONE}(?P<label>(?:\s*{_NOUN}?)?)\s*(?::\s*|\s){_GIVES}(?P<some>{_SOME}|{_BARE})",
        rf"{_GIVES}(?P<some>{_SOME})\s*{_PER}(?P<label>{_NOUN})",
    )
)
_HAS_TERMS: Final = words("hoặc", "nếu", "nhưng", "trừ", "or", "if", "but")
_MORE_TO_IT: Final = words("và", "hoặc", "hay", "nếu", "nhưng", "trừ", "tính", "and", "or", "if", "but")
_DAY: Final = re.compile(r"(?:ngày|day)(?: làm việc)?(?: trễ| chậm| muộn| quá hạn| late)*(?: hạn)?", re.IGNORECASE)
_SAYS_WHO: Final = re.compile(COUNTED, re.IGNORECASE)


def less(clause: str) -> Less | None:
    """Return what a clause takes off; None where it takes nothing off.

    Raises:
        Stopped: where it does so under conditions, or for a unit that does not go with the fault.
    """
    rest, cap, wipe_at = clause, None, None
    if match := _WIPE.search(rest):
        wipe_at = int(match["count"])
        rest = (rest[: match.start()] + rest[match.end() :]).strip()
    if match := _CAP.search(rest):
        cap = number(match["cap"])
        rest = rest[: match.start()]
    for pattern in _LESS:
        if match := pattern.fullmatch(rest):
            label, unit = match["label"].strip(), match.groupdict().get("unit")
            counted = label if unit is None else unit
            if pattern in _SPELT and (MODAL.search(label) or NOT_ONE.search(label) or "," in label):
                continue  # "từ 1 trở lên: -0,25": a step, or more than one thing
            if MODAL.search(label) or NOT_ONE.search(counted) or _MORE_TO_IT.search(counted):
                raise Stopped(clause, "takes points off under conditions that are not understood")
            if pattern is _LESS[-1]:
                label = f"{label} {counted}".strip()
            day = _DAY.fullmatch(counted.strip()) is not None
            if unit is not None and not day and not _goes_with(unit, label):
                raise Stopped(clause, "counts something else than what is at fault")
            if not _takes(match[0], f"{label} {unit or ''}"):
                raise Stopped(clause, "has a sign that could be a dash or a minus")
            if pattern is _LESS[0] and FREE_OF_FAULT.search(label) and not LOSS.search(label):
                raise Stopped(clause, "takes points off for what is as it should be")
            some = amount(match["some"])
            assert some is not None, "the pattern takes amounts alone"
            return Less(label, some, day, cap, wipe_at)
    if cap is not None or wipe_at is not None:
        raise Stopped(clause, "limits points taken off that are not understood")
    return None


def _takes(clause: str, at_fault: str) -> bool:
    """Return whether a clause certainly takes points off: a dash before a figure may be no minus."""
    return (
        re.search(r"(?<!\w)(?:trừ|takes off)(?!\w)|: ?-\d", clause, re.IGNORECASE) is not None
        or LOSS.search(at_fault) is not None
    )


def _goes_with(unit: str, label: str) -> bool:
    """Return whether what is counted is what is at fault, and not more or less of it."""
    counted, fault = unit.casefold().split(), label.casefold().split()
    if ANY_TIME.fullmatch(unit.strip()):
        return True
    if set(counted) <= set(fault):
        # "Báo cáo của đơn vị trễ ... /đơn vị": the unit is whose fault it is, not what is at fault.
        return not set(fault[: fault.index(counted[0])]) & {"của", "trong", "cho", "tại", "of", "in"}
    # "Trễ: -0,25 điểm/báo cáo": the fault does not say of what, the unit does.
    return _SAYS_WHO.match(unit.strip()) is not None and all(map(LOSS.fullmatch, fault)) and not LOSS.search(unit)


def each(clause: str) -> Each | None:
    """Return what a clause gives for each of something; None where it gives nothing of the kind.

    Raises:
        Stopped: where it could take points off, or gives them under conditions.
    """
    for pattern in _GIVEN:
        if match := pattern.fullmatch(clause):
            label = match["label"].strip()
            if LOSS.search(label):
                raise Stopped(clause, "could add points or take them off")
            if not label and match[0].casefold().startswith("each:"):
                label = "unit"
            if WELCOME.match(label) is None:
                raise Stopped(clause, "gives points for each of what is not known to earn them")
            if NOT_ONE.search(label) or MODAL.search(label) or _HAS_TERMS.search(label):
                raise Stopped(clause, "gives points under conditions that are not understood")
            some = amount(match["some"])
            assert some is not None, "the pattern takes amounts alone"
            return Each(label, some)
    return None
