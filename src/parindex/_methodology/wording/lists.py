"""Rules without a rate: points for each, faults that take points off, levels to choose from, items that add up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from parindex._methodology.rules import Checklist, Deduct, DeductFault, Item, Levels, PerUnit, Rule
from parindex._methodology.rules import Level as LevelRow
from parindex._methodology.rules.chosen import Kind, kind_of_list
from parindex._methodology.wording.amounts import Stopped
from parindex._methodology.wording.clean import slug
from parindex._methodology.wording.facts import (
    CASE_OR_ITEM,
    NOT_WITH_THE_REST,
    NOTHING,
    SET_OR_SUBTRACT,
    TWICE,
    Facts,
    hold_apart,
    hold_maximum,
    hold_most,
    worth,
)
from parindex._methodology.wording.taken import Each, Less
from parindex._methodology.wording.told import Bound, Empty, Level, May, Step
from parindex._methodology.wording.vocabulary import FREE_OF_FAULT, LOSS
from parindex._methodology.words import Per

if TYPE_CHECKING:
    from fractions import Fraction

RESERVED: Final = frozenset({"not-applicable", "level"})
"""What no option may be called: the words that inputs have already."""


def per_unit(facts: Facts) -> Rule:
    """Return points for each of something."""
    facts.only(Each, Bound, May)
    hold_most(facts)
    each = facts.single(Each)
    assert each is not None, "it is why we are here"
    if facts.kind is not None:
        raise Stopped(facts.of(Each)[0][0], NOT_WITH_THE_REST)
    if each.amount.of(facts.maximum) <= 0:
        raise Stopped(facts.of(Each)[0][0], "gives nothing for each")
    return PerUnit(points=each.amount.of(facts.maximum), **_only_amounts(facts))


def _only_amounts(facts: Facts) -> dict[str, Any]:
    words = facts.words()
    for clause, may in facts.of(May):
        if may.word != "amounts":
            raise Stopped(clause, NOT_WITH_THE_REST)
    return words


def deduct(facts: Facts) -> Rule:
    """Return a start and the faults that take points off it."""
    facts.only(Less, Level, Bound, May)
    hold_apart([(clause, less.label) for clause, less in facts.of(Less)])
    taken: set[str] = {"level"}
    faults = [
        DeductFault(
            slug(less.label, taken, RESERVED),
            **facts.label(less.label),
            **worth(less.amount),
            per=Per.DAY if less.day else Per.OCCURRENCE,
            cap=less.cap,
            wipe_at=less.wipe_at,
        )
        for _, less in facts.of(Less)
    ]
    found = facts.of(Level)
    if facts.kind is Kind.ITEMS:
        raise Stopped(facts.of(Less)[0][0], NOT_WITH_THE_REST)
    if found and facts.kind is None:
        for clause, level in found:
            if level.amount.of(facts.maximum) < 0:
                raise Stopped(clause, SET_OR_SUBTRACT)
        points = [level.amount.of(facts.maximum) for _, level in found]
        if (
            len(found) > 1
            and kind_of_list([level.label for _, level in found], points, facts.maximum) is not Kind.LEVELS
        ):
            raise Stopped(found[-1][0], CASE_OR_ITEM)
        if len(found) == 1:
            clause, level = found[0]
            if level.amount.of(facts.maximum) != facts.maximum or not _free_of_fault(level.label, facts):
                raise Stopped(clause, "says what one case gives and not what the others give")
            found = []  # whoever commits no fault has the maximum: the start that needs no stating
    keys: set[str] = set()
    levels = [
        LevelRow(slug(level.label, keys, RESERVED), **facts.label(level.label), **worth(level.amount))
        for _, level in found
    ]
    hold_maximum(facts, [(clause, level.amount) for clause, level in found])
    return Deduct(levels=levels, faults=faults, lowest=_lowest(facts), **_only_amounts(facts))


def _free_of_fault(label: str, facts: Facts) -> bool:
    """Return whether a level is that of whoever commits no fault of those counted, such as "không trễ hạn"."""
    if FREE_OF_FAULT.search(label) is None:
        return False
    if LOSS.search(label) and re.match(r"(?:không|no)(?!\w)", label, re.IGNORECASE) is None:
        return False
    about = set(re.findall(r"\w+", LOSS.sub(" ", FREE_OF_FAULT.sub(" ", label.casefold())))) - {
        "có",
        "hạn",
        "quy",
        "định",
    }
    faults = {word for _, less in facts.of(Less) for word in re.findall(r"\w+", less.label.casefold())}
    return not about or bool(about & faults)


def _lowest(facts: Facts) -> Fraction:
    lowest = [(clause, bound) for clause, bound in facts.of(Bound) if not bound.most]
    for clause, bound in facts.of(Bound):
        if bound.most and bound.amount.of(facts.maximum) != facts.maximum:
            raise Stopped(clause, "is a limit other than the maximum of the criterion")
    if len(lowest) > 1:
        raise Stopped(lowest[1][0], TWICE)
    return lowest[0][1].amount.of(facts.maximum) if lowest else NOTHING


def levels_or_items(facts: Facts) -> Rule:
    """Return levels to choose from, or items that add up; only where the text can mean one of them alone."""
    facts.only(Level, Step, Bound, Empty)
    for clause, _ in facts.of(Empty):
        raise Stopped(clause, "could be one of the cases, or what an empty total means")
    facts.without_limit()
    rows = [
        (clause, each.label if isinstance(each, Level) else clause.partition(":")[0].strip(), each.amount)
        for clause, each in facts.clauses
        if isinstance(each, Level | Step)
    ]
    hold_maximum(facts, [(clause, amount) for clause, _, amount in rows])
    hold_apart([(clause, label) for clause, label, _ in rows])
    points = [amount.of(facts.maximum) for _, _, amount in rows]
    kind = facts.kind or kind_of_list([label for _, label, _ in rows], points, facts.maximum)
    if kind is None:
        negative = [clause for (clause, _, _), each in zip(rows, points, strict=True) if each < 0]
        if negative:
            raise Stopped(negative[0], SET_OR_SUBTRACT)
        raise Stopped(rows[-1][0], CASE_OR_ITEM)
    keys: set[str] = set()
    made = [(slug(label, keys, RESERVED), facts.label(label), worth(amount)) for _, label, amount in rows]
    if kind is Kind.LEVELS:
        return Levels([LevelRow(key, **label, **worth) for key, label, worth in made])
    for (clause, _, _), each in zip(rows, points, strict=True):
        if each < 0:
            raise Stopped(clause, SET_OR_SUBTRACT)
    return Checklist([Item(key, **label, **worth) for key, label, worth in made])
