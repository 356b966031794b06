"""Observations held against the methodology: exact inputs for every leaf, or everything that is wrong with them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from parindex._frozen import FrozenMap
from parindex._methodology.check_sums import total_of
from parindex._methodology.criteria import Criterion
from parindex._methodology.parts import Grade
from parindex._methodology.words import UNKNOWN, Within
from parindex._numbers import shortest
from parindex._scoring.assessment import Assessment, NotApplicable, Stage
from parindex._scoring.grades import bands_for
from parindex.errors import Fault, ObservationFaults, ParindexError, Place, near

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parindex._methodology.methodology import Methodology
    from parindex._methodology.rules import Rule


@frozen
class LeafReading:
    """What a leaf makes of its observation, before any comparison with other units.

    Attributes:
        criterion: the leaf.
        values: its inputs in exact form; None where they are not all there and right.
        missing: the inputs that are not there.
        faults: what is wrong with those that are.
        dropped: why it does not apply, or None.
        tolerated: whether nobody asks for it at this stage.
        defaulted: whether its default stands for an observation.
        default_points: the points that stand for it, where the default is points and no inputs.
        partly: whether some of its inputs are there and others are missing.
    """

    criterion: Criterion
    values: FrozenMap[str, Any] | None = None
    missing: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    dropped: NotApplicable | None = None
    tolerated: bool = False
    defaulted: bool = False
    default_points: Fraction | None = None
    partly: bool = False

    @property
    def compared(self) -> bool:
        """Whether its points depend on what the other units have."""
        settled = self.dropped is not None or self.default_points is not None
        return self.rule.compares_within is not None and not settled

    @property
    def rule(self) -> Rule:
        """The rule of the leaf."""
        return self.criterion.leaf_rule


@frozen
class UnitReading:
    """One assessment read against the methodology."""

    assessment: Assessment
    leaves: tuple[LeafReading, ...]
    bands: tuple[Grade, ...]
    year: int | None
    faults: tuple[Fault, ...] = field(default=())


def raise_faults(units: Sequence[UnitReading], *, partial: bool) -> None:
    """Raise everything that is wrong with the observations of *units*, and unless *partial* what is missing."""
    faults: list[ParindexError] = []
    seen: set[str] = set()
    for unit in units:
        name = unit.assessment.unit
        if name in seen:
            faults.append(Fault("stands twice", place=Place(unit=name)))
        seen.add(name)
        faults += unit.faults
        for leaf in unit.leaves:
            faults += (fault.within(unit=name) for fault in leaf.faults)
            if not partial and not leaf.tolerated:
                at = leaf.criterion.id
                faults += (Fault("is missing", place=Place(unit=name, at=f"{at}:{one}")) for one in leaf.missing)
    if faults:
        once = {str(fault): fault for fault in faults}  # what is wrong with all units alike is told once
        raise ObservationFaults("these observations cannot be scored", list(once.values()))


@frozen
class UnitFacts:
    """What a methodology says of a unit before its observations: the grades that count, the year, and the faults."""

    bands: tuple[Grade, ...]
    year: int | None
    faults: tuple[Fault, ...]


def unit_facts(methodology: Methodology, assessment: Assessment, year: int | None) -> UnitFacts:
    """Return what holds for all units of the same group, period and events."""
    faults = []
    if year is not None and year not in methodology.years:
        years = ", ".join(map(str, methodology.years))
        faults.append(Fault(f"{methodology.name} applies to {years}, not to {year!r}", place=Place(at="year")))
    year = assessment.year if year is None else year
    faults += _unit_faults(methodology, assessment, year)
    bands: tuple[Grade, ...] = ()
    try:
        bands = bands_for(methodology, year, assessment)
    except Fault as fault:
        faults.append(fault)
    return UnitFacts(bands, year, tuple(faults))


def read_unit(methodology: Methodology, assessment: Assessment, year: int | None) -> UnitReading:
    """Return one assessment held against the methodology, with its faults."""
    facts = unit_facts(methodology, assessment, year)
    faults = list(facts.faults)
    leaves = []
    asked = set()
    for leaf in leaves_for(methodology.roots + _block_roots(methodology), assessment.group):
        asked.add(leaf.id)
        leaves.append(_read_leaf(methodology, assessment, leaf))
    unasked = [criterion_id for criterion_id in assessment.observations if criterion_id not in asked]
    faults += [_unasked(methodology, assessment, criterion_id, asked) for criterion_id in unasked]
    name = assessment.unit
    faults += [fault.within(unit=name) for fault in _overfull(methodology, leaves)]
    return UnitReading(assessment, tuple(leaves), facts.bands, facts.year, tuple(faults))


def _unit_faults(methodology: Methodology, assessment: Assessment, year: int | None) -> Iterator[Fault]:
    place = Place(unit=assessment.unit)
    limited = any(each.applies_to for each in methodology.criteria)
    graded = [grade for grade in methodology.grades if not grade.years or year in grade.years]
    grouped = any(leaf.leaf_rule.compares_within is Within.GROUP for leaf in methodology.leaves)
    grouped = grouped or methodology.policy.ranked_within is Within.GROUP
    named = f", expected one of {', '.join(methodology.groups)}" if methodology.groups else ""
    hint = near(assessment.group or "", methodology.groups)
    if assessment.group is None:
        if limited or grouped or any(grade.groups for grade in graded):
            yield Fault(f"needs a group{named}", place=place)
    elif assessment.group not in methodology.groups:
        group = repr(assessment.group)
        total = total_of(methodology, assessment.group)
        if limited and methodology.total is not UNKNOWN and total not in {None, methodology.total}:
            yield Fault(f"the criteria for group {group} do not add up to the total{named}", place=place, hint=hint)
        elif graded and all(grade.groups for grade in graded):
            yield Fault(f"there are no grades for group {group}{named}", place=place, hint=hint)
    known = [event.key for event in methodology.events]
    for event in assessment.events:
        if event not in known:
            yield Fault(f"the event {event!r} is not declared", place=place, hint=near(event, known))


def _unasked(methodology: Methodology, assessment: Assessment, criterion_id: str, asked: set[str]) -> Fault:
    place = Place(unit=assessment.unit, at=criterion_id)
    if criterion_id not in methodology:
        return Fault("there is no such criterion", place=place, hint=near(criterion_id, asked))
    if methodology[criterion_id].children:
        return Fault("has criteria below it, observe those", place=place)
    return Fault(f"does not exist for units of group {assessment.group!r}", place=place)


def leaves_for(criteria: Iterable[Criterion], group: str | None) -> Iterator[Criterion]:
    """Yield the leaves at and below *criteria* that units of *group* have."""
    for criterion in criteria:
        if criterion.exists_for(group):
            if criterion.rule is not None:
                yield criterion
            yield from leaves_for(criterion.children, group)


def _block_roots(methodology: Methodology) -> tuple[Criterion, ...]:
    return tuple(each for each in methodology.criteria if each.block is not None and each.parent is None)


def _read_leaf(methodology: Methodology, assessment: Assessment, leaf: Criterion) -> LeafReading:
    """Read one observation against the rule of its leaf."""
    origin = methodology.origins.get(leaf.origin or "")
    found = assessment.observations.get(leaf.id)
    if assessment.stage is Stage.SELF and origin is not None and not origin.self_assessed:
        message = f"is not self-assessed (origin {leaf.origin}): leave it out at stage self"
        faults = (Fault(message, place=Place(at=leaf.id)),) if isinstance(found, NotApplicable) or found else ()
        return LeafReading(leaf, faults=faults, tolerated=True)
    if isinstance(found, NotApplicable):
        message = "an unknown maximum stands above or beside it, so it cannot be left out as not applicable"
        faults = () if leaf.may_drop else (Fault(message, place=Place(at=leaf.id)),)
        return LeafReading(leaf, faults=faults, dropped=found)
    defaulted = not found and leaf.default is not None
    if defaulted and isinstance(leaf.default, Fraction):
        return LeafReading(leaf, defaulted=True, default_points=leaf.default)
    given = leaf.default if defaulted else found
    assert not isinstance(given, Fraction)
    reading = leaf.leaf_rule.read(given or FrozenMap(), leaf.max_points)
    placed = tuple(
        Fault(fault.message, place=Place(at=f"{leaf.id}:{fault.place.at}"), hint=fault.hint) for fault in reading.faults
    )
    values = None if reading.missing or placed else FrozenMap(reading.values)
    partly = bool(reading.missing and reading.values)
    return LeafReading(leaf, values=values, missing=reading.missing, faults=placed, defaulted=defaulted, partly=partly)


def _overfull(methodology: Methodology, leaves: Sequence[LeafReading]) -> Iterator[Fault]:
    """Yield the nodes of which parts have no known maximum, and whose points exceed their own."""
    points = {leaf.criterion.id: leaf.values["points"] for leaf in leaves if leaf.values and "points" in leaf.values}
    for criterion in methodology.criteria:
        unknown = any(child.max_points is None for child in criterion.children)
        if unknown and criterion.max_points is not None:
            yield from _above(criterion.id, _sum_below(criterion, points), criterion.max_points)
    if methodology.total is not UNKNOWN and any(root.max_points is None for root in methodology.roots):
        total = sum((_sum_below(root, points) for root in methodology.roots), Fraction(0))
        yield from _above("total", total, Fraction(methodology.total))


def _sum_below(criterion: Criterion, points: Mapping[str, Fraction]) -> Fraction:
    below = sum((_sum_below(child, points) for child in criterion.children), Fraction(0))
    return below + points.get(criterion.id, Fraction(0))


def _above(at: str, points: Fraction, maximum: Fraction) -> Iterator[Fault]:
    if points > maximum:
        message = f"the points add up to {shortest(points)}, above the maximum {shortest(maximum)}"
        yield Fault(message, place=Place(at=at))
