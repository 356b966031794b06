"""Rules on a rate or a value: steps that take every value exactly once, and formulas with their thresholds."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from attrs import evolve

from parindex._methodology.rules import Band, Bands, Ratio, Rule, WeightedCounts
from parindex._methodology.rules.base import Rate
from parindex._methodology.rules.chosen import Kind
from parindex._methodology.rules.stepped import Edge
from parindex._methodology.wording.amounts import Amount, Stopped
from parindex._methodology.wording.clean import slug
from parindex._methodology.wording.conditions import Condition
from parindex._methodology.wording.facts import (
    NOT_WITH_THE_REST,
    NOTHING,
    SET_OR_SUBTRACT,
    TWICE,
    WHOLE,
    Facts,
    hold_maximum,
    hold_most,
    worth,
)
from parindex._methodology.wording.formula import RATE, Formula
from parindex._methodology.wording.lists import RESERVED
from parindex._methodology.wording.told import Bound, Empty, Legend, Level, May, Piece, Step
from parindex._methodology.wording.vocabulary import COUNTED, LATE, TOTAL
from parindex._methodology.words import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

T = TypeVar("T")
Placed: TypeAlias = tuple[str, Condition, T]
"""A clause, its condition, and what counts there."""

_COUNTED: Final = re.compile(COUNTED, re.IGNORECASE)
_ONE_OF: Final = re.compile(r"(?:có )?0?(?P<count>\d+) (?P<noun>[^\d,;]+)", re.IGNORECASE)
_NONE_OF: Final = re.compile(r"(?:không|chưa) có(?: (?P<noun>[^\d,;]+))?", re.IGNORECASE)


def bands(facts: Facts) -> Rule:
    """Return the steps of a rate or a value."""
    facts.only(Step, Level, Empty, May, Bound)
    facts.without_limit()
    if facts.kind is Kind.ITEMS:
        raise Stopped(facts.clauses[0][0], NOT_WITH_THE_REST)
    steps: list[Placed[Amount]] = [(clause, step.when, step.amount) for clause, step in facts.of(Step)]
    percent = measured(steps)
    steps += [
        (clause, _counted(clause, level, steps, percent=percent), level.amount) for clause, level in facts.of(Level)
    ]
    hold_maximum(facts, [(clause, amount) for clause, _, amount in steps])
    # Rates end at 100 %, so that nothing can be missing above; of a count, the case that gives the maximum can.
    if not percent and facts.kind is None and max(amount.of(facts.maximum) for _, _, amount in steps) != facts.maximum:
        raise Stopped(steps[0][0], "gives the maximum in no case")
    for clause, _, amount in steps:
        if amount.of(facts.maximum) < 0 and facts.kind is None:
            raise Stopped(clause, SET_OR_SUBTRACT)
    words = facts.words()
    _hold_empty(facts, steps)
    ordered = in_order(
        _closed_up(steps, percent=percent), percent=percent, most=None if "may_exceed" in words else WHOLE
    )
    if percent and any(when.low is not None and _beyond(when) for _, when, _ in ordered):
        words["may_exceed"] = True  # a step above 100 % says so
    made = [
        Band(**worth(amount), **_edge(when, percent=percent, last=at == len(ordered) - 1))
        for at, (_, when, amount) in enumerate(ordered)
    ]
    if not percent and words:
        stray = [*facts.of(Empty), *facts.of(May)]
        raise Stopped(stray[0][0], "belongs to a rate, and none is measured")
    return Bands(of=Measure.RATIO if percent else Measure.VALUE, bands=made, **words)


def _hold_empty(facts: Facts, steps: Sequence[Placed[Any]]) -> None:
    """Stop where nothing arises of something else than what is measured."""
    said = " ".join(f"{when.measure.head} {when.measure.tail}" for _, when, _ in steps).split()
    for clause, empty in facts.of(Empty):
        if said and not set(empty.what.split()) <= {*said, *_ANYTHING}:
            raise Stopped(clause, "is about something else than the rate")


_ANYTHING: Final = ("nội", "dung", "này", "trường", "hợp", "nào", "số", "liệu", "tthc", "thủ", "tục", "hành", "chính")


def _beyond(when: Condition) -> bool:
    return when.low is not None and (when.low > 1 or (when.low == 1 and when.low_open))


def _edge(when: Condition, *, percent: bool, last: bool) -> dict[str, Any]:
    if last or when.low is None:
        return {}
    return {"over" if when.low_open else "from_": Edge(when.low, percent=percent)}


def _counted(clause: str, level: Level, steps: Sequence[Placed[Amount]], *, percent: bool) -> Condition:
    """Return the condition of a level beside steps of a count: "có 2 sáng kiến", "không có"."""
    nouns = {when.measure.tail for _, when, _ in steps if when.measure.tail}
    one, none = _ONE_OF.fullmatch(level.label), _NONE_OF.fullmatch(level.label)
    match = one or none
    noun = (match["noun"] or "").strip().casefold() if match else ""
    if match is None or percent or len(nouns) != 1 or (noun and noun not in nouns):
        raise Stopped(clause, NOT_WITH_THE_REST)
    value = int(one["count"]) * WHOLE if one else NOTHING
    return Condition(value, value, measure=evolve(steps[0][1].measure, head="", tail=next(iter(nouns)), named=False))


def _closed_up(steps: Sequence[Placed[T]], *, percent: bool) -> list[Placed[T]]:
    """Return steps of a count of something whole, of which "đến 2" and "từ 3" leave nothing between them."""
    tails = {when.measure.tail for _, when, _ in steps if not when.rest}
    ends = [end for _, when, _ in steps for end in (when.low, when.high) if end is not None]
    whole = all(end.denominator == 1 and end >= 0 for end in ends)
    if percent or not whole or len(tails - {""}) != 1 or not all(map(_COUNTED.match, tails - {""})):
        return list(steps)
    lows = {when.low for _, when, _ in steps if when.low is not None and not when.low_open}
    return [
        (clause, evolve(when, high=when.high + 1, high_open=True), what)
        if when.high is not None and not when.high_open and when.high + 1 in lows
        else (clause, when, what)
        for clause, when, what in steps
    ]


def measured(steps: Sequence[Placed[Any]]) -> bool:
    """Return whether conditions are on a rate.

    Raises:
        Stopped: where they measure different things, or one of them more than the others do.
    """
    conditions = [(clause, when) for clause, when, _ in steps if not when.rest]
    if not conditions:
        raise Stopped(steps[0][0], "states no condition")
    percent, first = conditions[0][1].percent, conditions[0][1].measure
    heads = {when.measure.head for _, when in conditions if when.measure.head}
    tails = {when.measure.tail for _, when in conditions if when.measure.tail}
    for clause, when in conditions:
        if when.measure.head and not first.head:
            raise Stopped(clause, "says more of the case than the first one does")
        if when.percent != percent:
            raise Stopped(clause, "is in percent where the others are not, or the reverse")
        if len(heads) > 1 or len(tails) > 1:
            raise Stopped(clause, "measures something else than the others do")
        lone = (heads and not when.measure.head, tails and not when.measure.tail)
        named = all(other.measure.named for _, other in conditions if other.measure.head)
        if (lone[0] and not named) or (lone[1] and not all(map(_COUNTED.match, tails))):
            raise Stopped(clause, "says less of the case than the others do")
    return percent


def in_order(steps: Sequence[Placed[T]], *, percent: bool, most: Fraction | None) -> list[Placed[T]]:
    """Return steps from high to low, if each value up to *most* lies in exactly one of them.

    Raises:
        Stopped: at a hole, an overlap, or an end that leaves values out.
    """
    rest = [step for step in steps if step[1].rest]
    if len(rest) > 1:
        raise Stopped(rest[1][0], TWICE)
    placed = [step for step in steps if not step[1].rest]
    placed.sort(key=lambda step: (step[1].low is not None, step[1].low or NOTHING, step[1].low_open), reverse=True)
    clause, top, _ = placed[0]
    if top.high is not None and not (percent and top.high == most and not top.high_open):
        raise Stopped(clause, "leaves out what lies above")
    for (_, above, _), (clause, below, _) in pairwise(placed):
        if above.low is None or below.high is None or above.low != below.high or above.low_open == below.high_open:
            raise Stopped(clause, "overlaps with another case, or leaves values between them out")
    clause, bottom, _ = placed[-1]
    if bottom.low is None or (bottom.low == 0 and not bottom.low_open):
        if rest:
            raise Stopped(rest[0][0], "is left with nothing: the other cases take every value")
        return placed
    if not rest:
        raise Stopped(clause, "leaves out what lies below")
    return [*placed, *rest]


def formula_rule(facts: Facts) -> Rule:
    """Return the rule that a formula and its thresholds come to."""
    facts.only(Piece, Step, Empty, Legend, May, Bound)
    hold_most(facts)
    piece = facts.single(Piece)
    assert piece is not None, "it is why we are here"
    clause = facts.of(Piece)[0][0]
    if facts.kind is not None:
        raise Stopped(clause, NOT_WITH_THE_REST)
    shape = _Shape(clause, piece.formula)
    _hold_legends(facts, shape)
    words = facts.words()
    if shape.credits:
        if facts.of(Step) or piece.when is not None or "may_exceed" in words:
            raise Stopped(clause, "has conditions beside a sum of counts")
        return _weighted(clause, shape, facts, words)
    return _ratio(clause, shape, piece, facts, words)


def _hold_legends(facts: Facts, shape: _Shape) -> None:
    letters: set[str] = set()
    for clause, legend in facts.of(Legend):
        if legend.letter not in shape.letters:
            raise Stopped(clause, "explains a letter that the formula does not have")
        if legend.letter in letters:
            raise Stopped(clause, TWICE)
        if legend.total and legend.letter not in shape.over:
            raise Stopped(clause, "has the total where the formula does not divide by it")
        letters.add(legend.letter)


class _Shape:
    """What a formula comes to: a factor times a rate, or several counts over one total.

    Attributes:
        constant: what is added to the rest.
        factor: of the one rate; 0 where there are credits.
        credits: the factor of each count, where there are several.
        letters: every quantity by name.
        over: what is divided by.
        rate: what the one rate is of; None where it is one count over another.
        counted: what the one rate counts; "" where it is named as a rate.
    """

    def __init__(self, clause: str, formula: Formula) -> None:
        self.constant = formula.terms.get((), NOTHING)
        self.letters = {name for names in formula.terms for name, _ in names}
        self.over: set[str] = set()
        self.credits: dict[str, Fraction] = {}
        terms = {names: factor for names, factor in formula.terms.items() if names}
        for names, factor in terms.items():
            up = [name for name, power in names if power == 1]
            down = [name for name, power in names if power == -1]
            rate = len(up) == 1 and up[0].startswith(RATE)
            if len(up) != 1 or len(up) + len(down) != len(names) or rate == bool(down) or len(down) > 1:
                raise Stopped(clause, "is a formula that no rule computes")
            if len(up[0]) > 1 and not rate and TOTAL.search(up[0]):
                raise Stopped(clause, "has the total where the formula does not divide by it")
            self.over.update(down)
            self.credits[up[0]] = factor
        rates = [name for name in self.credits if name.startswith(RATE)]
        if not terms or len(self.over) > 1 or (rates and len(terms) > 1):
            raise Stopped(clause, "is a formula that no rule computes")
        self.rate = rates[0].removeprefix(RATE) if rates else None
        self.counted = next(iter(self.credits)) if rates == [] and len(self.credits) == 1 else ""
        self.factor = NOTHING
        if len(self.credits) == 1:
            self.factor = next(iter(self.credits.values()))
            self.credits = {}


def _weighted(clause: str, shape: _Shape, facts: Facts, words: dict[str, Any]) -> Rule:
    shares = {key: factor / facts.maximum for key, factor in shape.credits.items()} if facts.maximum else {}
    whole = sum(shares.values(), NOTHING)
    if len(shares) > 1 and whole == 1 and max(shares.values()) < 1:
        raise Stopped(clause, "adds two measures up, rather than counting each thing once")
    if shape.constant or not shares or not all(0 <= share <= 1 for share in shares.values()):
        raise Stopped(clause, "is a formula that no rule computes")
    keys: set[str] = {"total"}
    return WeightedCounts(credits={slug(key, keys, RESERVED): share for key, share in shares.items()}, **words)


def _ratio(clause: str, shape: _Shape, piece: Piece, facts: Facts, words: dict[str, Any]) -> Rule:
    maximum = facts.maximum
    inverse = shape.constant > 0 and shape.factor == -shape.constant
    steps: list[Placed[Amount]] = [(at, step.when, step.amount) for at, step in facts.of(Step)]
    for at, step in facts.of(Step):
        if step.inverse is not inverse:
            raise Stopped(at, "has a condition on the rate, and the formula counts what it leaves of 100 %")
    factor = shape.constant if inverse else shape.factor
    if factor <= 0 or (shape.constant and not inverse) or (inverse and piece.when is not None):
        raise Stopped(clause, "is a formula that no rule computes")
    # A factor of a hundredth takes the rate as a number of percent.
    in_percent = shape.rate is not None and factor == maximum / 100 and not inverse
    full_at = WHOLE if in_percent else maximum / factor
    _hold_direction(clause, shape, facts, inverse=inverse)
    _hold_measure(clause, shape, piece, steps)
    from_, saturates = _thresholds(clause, piece, steps, full_at, maximum)
    if full_at != 1 and not saturates and (full_at > 1 or not facts.of(Bound)):
        raise Stopped(clause, "does not reach the maximum at 100 %, and does not say from where on it counts in full")
    return Ratio(from_=Rate(from_), full_at=Rate(full_at), inverse=inverse, **words)


def _hold_direction(clause: str, shape: _Shape, facts: Facts, *, inverse: bool) -> None:
    """Stop where more of what should not be gives more points, or more of what should be gives fewer."""
    named = [shape.counted] if shape.rate is None else [shape.rate]
    late = any(LATE.search(name) for name in named) or any(
        legend.late and legend.letter == shape.counted for _, legend in facts.of(Legend)
    )
    told = len(named[0]) > 1 or any(legend.letter == shape.counted for _, legend in facts.of(Legend))
    if told and late is not inverse:
        raise Stopped(clause, "counts what should not be as if it should, or the reverse")
    counted, over = set(shape.counted.split()), {word for name in shape.over for word in name.split()}
    if len(shape.counted) > 1 and counted <= over:
        raise Stopped(clause, "divides the whole by a part of it")


def _hold_measure(clause: str, shape: _Shape, piece: Piece, steps: Sequence[Placed[Amount]]) -> None:
    """Stop where the thresholds are on something else than the rate of the formula."""
    conditions = [*steps, *([(clause, piece.when, None)] if piece.when is not None else [])]
    if not conditions:
        return
    if not measured(conditions):
        raise Stopped(clause, "counts a rate, and the conditions are not in percent")
    heads = [(at, when.measure.head) for at, when, _ in conditions if when.measure.head]
    of = shape.rate or ""
    for at, head in heads:
        if (of and head != of) or (shape.rate is None and at != clause):
            raise Stopped(at, "is about another rate than the formula")


def _thresholds(
    clause: str, piece: Piece, steps: Sequence[Placed[Amount]], full_at: Fraction, maximum: Fraction
) -> tuple[Fraction, bool]:
    """Return below which rate there are no points, and whether it is said that the maximum counts from *full_at* on."""
    from_, saturates = NOTHING, False
    if piece.when is not None:
        in_order([(clause, piece.when, None), *((at, when, None) for at, when, _ in steps)], percent=True, most=WHOLE)
        if piece.when.low is None:
            raise Stopped(clause, "counts in proportion below a rate, and no rule does")
        if piece.when.low_open and piece.when.low != 0:
            raise Stopped(clause, "leaves the threshold itself out, and the rule takes it in")
        from_ = piece.when.low
    for at, when, amount in steps:
        points = amount.of(maximum)
        below = when.rest or (when.low is None and when.high is not None and when.high_open)
        above = when.high is None or when.high == 1
        if below and points == 0 and (piece.when is not None or (not from_ and when.high)):
            from_ = when.high if when.high is not None else from_
        elif above and points == maximum and when.low == full_at and not when.low_open and not saturates:
            saturates = True
        else:
            raise Stopped(at, "does not go with the formula")
    return from_, saturates
