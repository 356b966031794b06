"""Observations held against the methodology: exact inputs for every leaf, or everything that is wrong with them."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from attrs import field, frozen

from parindex._frozen import FrozenMap
from parindex._methodology.check_sums import total_of
from parindex._methodology.parts import Grade
from parindex._methodology.tree import variant_for
from parindex._methodology.words import UNKNOWN
from parindex._numbers import shortest
from parindex._scoring.assessment import Assessment, NotApplicable, Stage
from parindex._scoring.grades import bands_for
from parindex.errors import Fault, ObservationFaults, ParindexError, Place, near

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology
    from parindex._methodology.rules import Rule


_NOTHING_SEEN: Final[FrozenMap[str, Any]] = FrozenMap()


class LeafReading(NamedTuple):
    """What a leaf makes of its observation, before any comparison with other units.

    Attributes:
        criterion: the leaf.
        values: its inputs in exact form; None where they are not all there and right.
        defaulted: whether its default stands for an observation.
        missing: the inputs that are not there.
        faults: what is wrong with those that are.
        dropped: why it does not apply, or None.
        tolerated: whether nobody asks for it at this stage.
        default_points: the points that stand for it, where the default is points and no inputs.
        partly: whether some of its inputs are there and others are missing.
    """

    criterion: Criterion
    values: Mapping[str, Any] | None = None
    defaulted: bool = False
    missing: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    dropped: NotApplicable | None = None
    tolerated: bool = False
    default_points: Fraction | None = None
    partly: bool = False

    @property
    def compared(self) -> bool:
        """Whether its points depend on what the other units have."""
        return self.criterion.compares and self.dropped is None and self.default_points is None

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

    @cached_property
    def compared(self) -> tuple[LeafReading, ...]:
        """The leaves whose points depend on what the other units have."""
        return tuple([read for read in self.leaves if read.compared])


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
            if leaf.faults:
                faults += [fault.within(unit=name) for fault in leaf.faults]
            if leaf.missing and not partial and not leaf.tolerated:
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
    tree = variant_for(methodology, assessment.group)
    left_out = {key for key, origin in methodology.origins.items() if not origin.self_assessed}
    tolerated = left_out if assessment.stage is Stage.SELF else set()
    leaves = tuple([_read_leaf(assessment, leaf, tolerated=leaf.origin in tolerated) for leaf in tree.leaves])
    unasked = [criterion_id for criterion_id in assessment.observations if criterion_id not in tree.ids]
    faults += [_unasked(methodology, assessment, criterion_id) for criterion_id in unasked]
    faults += [fault.within(unit=assessment.unit) for fault in _overfull(methodology, leaves)]
    return UnitReading(assessment, leaves, facts.bands, facts.year, tuple(faults))


def _unit_faults(methodology: Methodology, assessment: Assessment, year: int | None) -> Iterator[Fault]:
    place = Place(unit=assessment.unit)
    graded = [grade for grade in methodology.grades if not grade.years or year in grade.years]
    named = f", expected one of {', '.join(methodology.groups)}" if methodology.groups else ""
    if assessment.group is None:
        if methodology.grouped or any(grade.groups for grade in graded):
            yield Fault(f"needs a group{named}", place=place)
    elif assessment.group not in methodology.groups:
        group = repr(assessment.group)
        hint = near(assessment.group, methodology.groups)
        limited = any(each.applies_to for each in methodology.criteria)
        total = total_of(methodology, assessment.group) if limited else None
        if methodology.total is not UNKNOWN and total not in {None, methodology.total}:
            yield Fault(f"the criteria for group {group} do not add up to the total{named}", place=place, hint=hint)
        elif graded and all(grade.groups for grade in graded):
            yield Fault(f"there are no grades for group {group}{named}", place=place, hint=hint)
    known = [event.key for event in methodology.events]
    for event in assessment.events:
        if event not in known:
            yield Fault(f"the event {event!r} is not declared", place=place, hint=near(event, known))


def _unasked(methodology: Methodology, assessment: Assessment, criterion_id: str) -> Fault:
    place = Place(unit=assessment.unit, at=criterion_id)
    if criterion_id not in methodology:
        asked = [leaf.id for leaf in variant_for(methodology, assessment.group).leaves]
        return Fault("there is no such criterion", place=place, hint=near(criterion_id, asked))
    if methodology[criterion_id].children:
        return Fault("has criteria below it, observe those", place=place)
    return Fault(f"does not exist for units of group {assessment.group!r}", place=place)


def _read_leaf(assessment: Assessment, leaf: Criterion, *, tolerated: bool) -> LeafReading:
    """Read one observation against the rule of its leaf; *tolerated* are leaves that nobody asks for at this stage."""
    found = assessment.observations.get(leaf.id)
    if tolerated:
        message = f"is not self-assessed (origin {leaf.origin}): leave it out at stage self"
        given = isinstance(found, NotApplicable) or bool(found)
        return LeafReading(leaf, faults=(Fault(message, place=Place(at=leaf.id)),) if given else (), tolerated=True)
    if isinstance(found, NotApplicable):
        message = "an unknown maximum stands above or beside it, so it cannot be left out as not applicable"
        return LeafReading(
            leaf, faults=() if leaf.may_drop else (Fault(message, place=Place(at=leaf.id)),), dropped=found
        )
    defaulted = leaf.default is not None and not found
    if defaulted:
        if isinstance(leaf.default, Fraction):
            return LeafReading(leaf, defaulted=True, default_points=leaf.default)
        found = leaf.default
    values, missing, faults = leaf.leaf_rule.read(_NOTHING_SEEN if found is None else found, leaf.max_points)
    if not missing and not faults:
        return LeafReading(leaf, values, defaulted)
    placed = tuple(
        Fault(fault.message, place=Place(at=f"{leaf.id}:{fault.place.at}"), hint=fault.hint) for fault in faults
    )
    partly = bool(missing and values)
    return LeafReading(leaf, missing=missing, faults=placed, defaulted=defaulted, partly=partly)


def _overfull(methodology: Methodology, leaves: Sequence[LeafReading]) -> Iterator[Fault]:
    """Yield the nodes of which parts have no known maximum, and whose points exceed their own."""
    open_total = any(root.max_points is None for root in methodology.roots)
    if not methodology.partly_known and not open_total:
        return
    points = {leaf.criterion.id: leaf.values["points"] for leaf in leaves if leaf.values and "points" in leaf.values}
    for criterion in methodology.partly_known:
        if criterion.max_points is not None:
            yield from _above(criterion.id, _sum_below(criterion, points), criterion.max_points)
    if open_total and methodology.total is not UNKNOWN:
        total = sum((_sum_below(root, points) for root in methodology.roots), Fraction(0))
        yield from _above("total", total, Fraction(methodology.total))


def _sum_below(criterion: Criterion, points: Mapping[str, Fraction]) -> Fraction:
    below = sum((_sum_below(child, points) for child in criterion.children), Fraction(0))
    return below + points.get(criterion.id, Fraction(0))


def _above(at: str, points: Fraction, maximum: Fraction) -> Iterator[Fault]:
    if points > maximum:
        message = f"the points add up to {shortest(points)}, above the maximum {shortest(maximum)}"
        yield Fault(message, place=Place(at=at))
