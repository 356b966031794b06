"""Findings of grades: their order, holes and doubles in every year and group, limits, and edges that nobody reaches."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parindex._methodology.finding import Finding, error, warning
from parindex._methodology.parts import grade_list
from parindex._methodology.words import UNKNOWN, Effect, Headline
from parindex._numbers import shortest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parindex._methodology.methodology import Methodology
    from parindex._methodology.parts import Grade

_NOTHING = Fraction(0)
_HUNDRED = Fraction(100)


def grade_findings(methodology: Methodology) -> Iterator[Finding]:
    positions = {id(grade): position for position, grade in enumerate(methodology.grades)}
    for position, grade in enumerate(methodology.grades):
        for year in grade.years:
            if year not in methodology.years:
                message = f"{year} is not one of the years of this edition"
                yield error("grade-year", f"grade[{position}].years", message)
    reported: set[tuple[str, str]] = set()
    for listed, group, bands in grade_lists(methodology):
        scope = "".join([f" in {listed}" if listed else "", group_scope(group)])
        for finding in _list_findings(methodology, bands, positions, scope):
            if (finding.code, finding.place) not in reported:
                reported.add((finding.code, finding.place))
                yield finding


def grade_lists(methodology: Methodology) -> Iterator[tuple[int | None, str | None, tuple[Grade, ...]]]:
    """Yield each year and group with its list of grades; years without a list are passed over."""
    years = methodology.years if any(grade.years for grade in methodology.grades) else (None,)
    groups = list(dict.fromkeys(group for grade in methodology.grades for group in grade.groups))
    for year in years:
        for group in (*groups, None):
            bands = grade_list(methodology.grades, year=year, group=group)
            if bands:
                yield year, group, bands


def _list_findings(
    methodology: Methodology, bands: tuple[Grade, ...], positions: dict[int, int], scope: str
) -> Iterator[Finding]:
    for position, band in enumerate(bands):
        if any(band.from_ >= before.from_ and {*before.requires} <= {*band.requires} for before in bands[:position]):
            place = f"grade[{positions[id(band)]}].from"
            message = f"an earlier grade takes every value from {shortest(band.from_)} on{scope}: list the best first"
            yield error("grade-hidden", place, message)
        elif any(band.from_ > before.from_ for before in bands[:position]):
            place = f"grade[{positions[id(band)]}].from"
            message = (
                f"a grade from {shortest(band.from_)} on stands below one with a lower edge{scope}: list the best first"
            )
            yield error("grade-order", place, message)
    keys = [band.key for band in bands]
    for band in bands:
        if keys.count(band.key) > 1:
            yield error("grade-twice", f"grade[{positions[id(band)]}].key", f"{band.key!r} stands twice{scope}")
    lowest = min(bands, key=lambda band: band.from_)
    free = [band.from_ for band in bands if not band.requires]
    if lowest.from_ < min(free, default=lowest.from_ + 1):
        conditions = ", ".join(lowest.requires)
        message = (
            f"a figure of {shortest(lowest.from_)} or more that does not meet {conditions} fits no grade{scope}: "
            "a hole; add a band below without conditions"
        )
        yield error("grade-hole", f"grade[{positions[id(lowest)]}]", message)
    for position, event in enumerate(methodology.events):
        if event.grade_at_most is not None and event.grade_at_most not in keys:
            message = f"the limit {event.grade_at_most!r} is not among the grades{scope}, and limits nothing there"
            yield warning("limit-unknown", f"event[{position}].grade_at_most", message)


def reach_findings(methodology: Methodology) -> Iterator[Finding]:
    """Yield what no unit can reach: a cap below the whole makes it so, and an edge above all that there is."""
    policy = methodology.policy
    if methodology.headline is Headline.INDEX and policy.index_cap is not None and policy.index_cap < _HUNDRED:
        message = f"an index of 100 is held at {shortest(policy.index_cap)}: who has all points looks like who has not"
        yield warning("cap-below-whole", "policy.index_cap", message)
    most = _most(methodology)
    for position, grade in enumerate(methodology.grades):
        if most is not None and grade.from_ > most:
            message = f"no unit reaches {shortest(grade.from_)}: at most {shortest(most)} can be had"
            yield warning("grade-out-of-reach", f"grade[{position}].from", message)


def _most(methodology: Methodology) -> Fraction | None:
    """Return the greatest headline figure there can be, None where it has no limit or is not known."""
    added = [block.cap for block in methodology.blocks if block.effect is Effect.ADD]
    whole = methodology.total
    if whole is UNKNOWN or None in added:
        return None if methodology.headline is Headline.POINTS else methodology.policy.index_cap
    bonus = sum((cap or _NOTHING for cap in added), _NOTHING)
    if methodology.headline is Headline.POINTS:
        return Fraction(whole) + bonus
    most = _HUNDRED + _HUNDRED * bonus / Fraction(whole)
    return most if methodology.policy.index_cap is None else min(most, methodology.policy.index_cap)


def group_scope(group: str | None) -> str:
    """Return the words that name a group, "" for none."""
    return f" for group {group!r}" if group is not None else ""
