"""Observations held against the methodology: exact inputs for every leaf, or everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from parindex._frozen import FrozenMap
from parindex._methodology.check import total_of
from parindex._methodology.criteria import Criterion
from parindex._methodology.parts import Grade
from parindex._methodology.words import UNKNOWN, Within
from parindex._scoring.assessment import Assessment, NotApplicable, Stage
from parindex._scoring.grades import bands_for
from parindex.errors import Fault, ObservationFaults, ParindexError, Place, near

if TYPE_CHECKING:
    from parindex._methodology.methodology import Methodology
    from parindex._methodology.rules import Rule


@frozen
class LeafReading:
    """What a leaf makes of its observation, before any comparison with other units."""

    criterion: Criterion
    values: FrozenMap[str, Any] | None
    missing: tuple[str, ...]
    dropped: NotApplicable | None
    faults: tuple[Fault, ...]
    tolerated: bool = False

    @property
    def rule(self) -> Rule:
        """The rule of the leaf."""
        assert self.criterion.rule is not None
        return self.criterion.rule


@frozen
class UnitReading:
    """One assessment read against the methodology."""

    assessment: Assessment
    leaves: tuple[LeafReading, ...]
    bands: tuple[Grade, ...]
    year: int | None
    faults: tuple[Fault, ...] = field(default=())


def raise_faults(units: Sequence[UnitReading], *, partial: bool) -> None:
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
        raise ObservationFaults("these observations cannot be scored", faults)


def read_unit(methodology: Methodology, assessment: Assessment, year: int | None) -> UnitReading:
    faults = list(_unit_faults(methodology, assessment))
    if year is not None and year not in methodology.years:
        years = ", ".join(map(str, methodology.years))
        faults.append(Fault(f"{methodology.name} applies to {years}, not to {year}", place=Place(at="year")))
    year = assessment.year if year is None else year
    bands: tuple[Grade, ...] = ()
    try:
        bands = bands_for(methodology, year, assessment)
    except Fault as fault:
        faults.append(fault)
    leaves = []
    asked = set()
    for leaf in leaves_for(methodology.roots + _block_roots(methodology), assessment.group):
        asked.add(leaf.id)
        leaves.append(_read_leaf(methodology, assessment, leaf))
    unasked = [criterion_id for criterion_id in assessment.observations if criterion_id not in asked]
    faults += [_unasked(methodology, assessment, criterion_id, asked) for criterion_id in unasked]
    return UnitReading(assessment, tuple(leaves), bands, year, tuple(faults))


def _unit_faults(methodology: Methodology, assessment: Assessment) -> Iterator[Fault]:
    place = Place(unit=assessment.unit)
    needed = bool(methodology.groups) or methodology.policy.ranked_within is Within.GROUP
    needed = needed or any(
        leaf.rule is not None and leaf.rule.compares_within is Within.GROUP for leaf in methodology.leaves
    )
    if needed and assessment.group is None:
        named = f", one of {', '.join(methodology.groups)}" if methodology.groups else ""
        yield Fault(f"needs a group{named}", place=place)
    elif methodology.total is not UNKNOWN and any(each.applies_to for each in methodology.criteria):
        total = total_of(methodology, assessment.group)
        if total is not None and total != methodology.total:
            message = f"the criteria for group {assessment.group!r} add up to {total}, not to {methodology.total}"
            yield Fault(message, place=place, hint=near(assessment.group or "", methodology.groups))
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
    outside = assessment.stage is Stage.SELF and origin is not None and not origin.self_assessed
    found = assessment.observations.get(leaf.id)
    if isinstance(found, NotApplicable):
        faults = () if _may_drop(methodology, leaf) else (_undroppable(leaf),)
        return LeafReading(leaf, None, (), found, faults)
    if outside and found:
        message = f"is not self-assessed (origin {leaf.origin}): leave it out at stage self"
        return LeafReading(leaf, None, (), None, (Fault(message, place=Place(at=leaf.id)),))
    if not found and isinstance(leaf.default, Fraction):
        return LeafReading(leaf, FrozenMap(), (), None, ())
    given = found or (leaf.default if leaf.default is not None else FrozenMap())
    assert isinstance(given, Mapping) and leaf.rule is not None
    reading = leaf.rule.read(given, leaf.max_points)
    placed = tuple(
        Fault(fault.message, place=Place(at=f"{leaf.id}:{fault.place.at}"), hint=fault.hint) for fault in reading.faults
    )
    values = None if reading.missing or placed else FrozenMap(reading.values)
    return LeafReading(leaf, values, reading.missing, None, placed, tolerated=outside)


def _undroppable(leaf: Criterion) -> Fault:
    message = "an unknown maximum stands above or beside it, so it cannot be left out as not applicable"
    return Fault(message, place=Place(at=leaf.id))


def _may_drop(methodology: Methodology, leaf: Criterion) -> bool:
    if leaf.block is not None:
        return True
    if methodology.total is UNKNOWN:
        return False
    at: Criterion | None = leaf
    while at is not None:
        beside = methodology[at.parent].children if at.parent else methodology.roots
        if any(each.max_points is None for each in beside):
            return False
        at = methodology[at.parent] if at.parent else None
    return True
