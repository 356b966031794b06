"""Grades: the band that the printed headline figure reaches, then the limits that events set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from parindex._methodology.parts import NO_GRADE, Grade, grade_list
from parindex._methodology.words import Condition
from parindex.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology
    from parindex._scoring.assessment import Assessment
    from parindex._scoring.results import NodeScore


@frozen
class Graded:
    """The grade that counts, and the one that was earned before events limited it."""

    grade: Grade | None
    earned: Grade | None


def bands_for(methodology: Methodology, year: int | None, assessment: Assessment) -> tuple[Grade, ...]:
    """Return the list of grades of *year* and of the unit's group, best first.

    Raises:
        Fault: if the grades differ by year and no year is given.
    """
    if year is None and any(grade.years for grade in methodology.grades):
        years = sorted({each for grade in methodology.grades for each in grade.years})
        message = f"its grades differ by year: state year= or a period, one of {', '.join(map(str, years))}"
        raise Fault(message, place=Place(at="year"))
    return grade_list(methodology.grades, year=year, group=assessment.group)


def zero_criteria(methodology: Methodology, nodes: Mapping[str, NodeScore]) -> tuple[str, ...]:
    """Return the base criteria of the second level, or leaves above it, that apply and have exactly 0 points."""
    return tuple(
        criterion.id
        for criterion in methodology.criteria
        if criterion.block is None
        and (criterion.level == 2 or (criterion.level == 1 and not criterion.children))
        and criterion.id in nodes
        and nodes[criterion.id].points == 0
        and _applies(criterion, nodes)
    )


def _applies(criterion: Criterion, nodes: Mapping[str, NodeScore]) -> bool:
    """Return whether some leaf of *criterion* applies; one that counts as zero for not applying does not."""
    if criterion.children:
        return any(_applies(child, nodes) for child in criterion.children if child.id in nodes)
    return nodes[criterion.id].reason is None


def meets(grade: Grade, zeros: tuple[str, ...]) -> bool:
    """Return whether the conditions of *grade* hold."""
    return Condition.NO_ZERO_CRITERION not in grade.requires or not zeros


def grade_of(
    methodology: Methodology,
    assessment: Assessment,
    bands: tuple[Grade, ...],
    headline: Fraction | None,
    nodes: Mapping[str, NodeScore],
) -> Graded:
    """Return the grade of a final card; None without a list or without a figure."""
    if not bands or headline is None:
        return Graded(None, None)
    printed = methodology.policy.print_rounding.apply(headline)
    zeros = zero_criteria(methodology, nodes) if any(band.requires for band in bands) else ()
    met = [position for position, band in enumerate(bands) if printed >= band.from_ and meets(band, zeros)]
    if not met:
        return Graded(NO_GRADE, NO_GRADE)
    keys = [band.key for band in bands]
    limits = [
        keys.index(event.grade_at_most)
        for event in methodology.events
        if event.key in assessment.events and event.grade_at_most in keys
    ]
    return Graded(bands[max([met[0], *limits])], bands[met[0]])
