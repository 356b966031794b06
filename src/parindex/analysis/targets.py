"""Targets: what a plan is to reach, a figure, a grade or a rank, and what of it no step can change."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from parindex._methodology.parts import Grade
from parindex._methodology.words import Condition, Headline, RankedValue, Within
from parindex._numbers import fraction, shortest, whole
from parindex._scoring.grades import bands_for
from parindex._scoring.ranking import rank_exact
from parindex._scoring.results import Scorecard, Status
from parindex._scoring.tally import held_index
from parindex._unit_names import resolved
from parindex.analysis.trials import Trial
from parindex.errors import Fault, NumberError, ObservationFaults, Place, near

if TYPE_CHECKING:
    from collections.abc import Iterable

_RANK: Final = "rank:"


def _place(value: object) -> int:
    try:
        place = whole(value)
    except NumberError as error:
        raise Fault(f"{error}, expected a rank", place=Place(at="target")) from None
    if place < 1:
        raise Fault(f"{place} is no rank, expected 1 or more", place=Place(at="target"))
    return place


@frozen
class Rank:
    """A rank to reach, or a better one."""

    place: int = field(converter=_place)


class Goal(ABC):
    """A target for one unit."""

    @abstractmethod
    def text(self) -> str:
        """Return the target as it is written."""

    @abstractmethod
    def enough(self, headline: Fraction, *, no_zero: bool) -> bool:
        """Return whether a headline reaches it; a greater one does too.

        Args:
            headline: the exact figure.
            no_zero: whether no criterion of the second level has exactly 0 points.
        """

    @property
    def asks_for_no_zero(self) -> bool:
        """Whether it matters that no criterion has 0 points."""
        return False

    @property
    def barred(self) -> str | None:
        """Why no step can reach it, or None."""
        return None

    def reached(self, card: Scorecard) -> bool:
        """Return whether a card reaches it."""
        return self.barred is None and card.headline is not None and self.enough(card.headline, no_zero=True)


@frozen
class FigureGoal(Goal):
    """A headline that prints as *figure* or more."""

    trial: Trial
    figure: Fraction

    def text(self) -> str:
        """Return the figure."""
        return shortest(self.figure)

    def enough(self, headline: Fraction, *, no_zero: bool) -> bool:
        """Return whether the headline prints as the figure or more."""
        return self.trial.methodology.policy.print_rounding.apply(headline) >= self.figure


@frozen
class GradeGoal(Goal):
    """The grade of that key, or a better one of the unit's list."""

    trial: Trial
    key: str
    bands: tuple[Grade, ...]

    def text(self) -> str:
        """Return the key."""
        return self.key

    @property
    def _place(self) -> int:
        return next(at for at, band in enumerate(self.bands) if band.key == self.key)

    @property
    def _better(self) -> tuple[Grade, ...]:
        return self.bands[: self._place + 1]

    def enough(self, headline: Fraction, *, no_zero: bool) -> bool:
        """Return whether a band of the list is met as far as the target's."""
        printed = self.trial.methodology.policy.print_rounding.apply(headline)
        return any(printed >= band.from_ and (no_zero or not band.requires) for band in self._better)

    @property
    def asks_for_no_zero(self) -> bool:
        """Whether one of the bands does."""
        return any(Condition.NO_ZERO_CRITERION in band.requires for band in self._better)

    @property
    def barred(self) -> str | None:
        """The event that limits the grade below the target."""
        keys = [band.key for band in self.bands]
        limits = (
            event.key
            for event in self.trial.methodology.events
            if event.key in self.trial.card.assessment.events
            and event.grade_at_most in keys
            and keys.index(event.grade_at_most) > self._place
        )
        return next(limits, None)

    def reached(self, card: Scorecard) -> bool:
        """Return whether the card has the grade or a better one."""
        return card.grade in self._better


@frozen
class RankGoal(Goal):
    """A rank among the others, whose figures are given."""

    trial: Trial
    place: int
    others: tuple[Fraction, ...]

    def text(self) -> str:
        """Return the rank as it is asked for."""
        return f"{_RANK}{self.place}"

    def enough(self, headline: Fraction, *, no_zero: bool) -> bool:
        """Return whether the rank among the others is the place or a better one."""
        return self.rank(headline) <= self.place

    def rank(self, headline: Fraction) -> int:
        """Return the rank of a headline among the others."""
        policy = self.trial.methodology.policy
        printed = policy.ranked_value is RankedValue.PRINTED
        values = [policy.print_rounding.apply(each) if printed else each for each in (headline, *self.others)]
        return rank_exact(values, policy.ties)[0]

    @property
    def barred(self) -> str | None:
        """The reason why the unit is not ranked."""
        return self.trial.card.assessment.unranked


def goal_of(trial: Trial, target: object, rise: object) -> Goal:
    """Return what is to be reached: the key of a grade, "rank:3" or :class:`Rank`, or a number for the headline.

    Raises:
        Fault: for anything else, and a rank without a board.
        ObservationFaults: for what the others may rise by, where it does not fit the board.
    """
    if isinstance(target, Rank):
        return _rank_goal(trial, target.place, rise)
    if rise is not None and not (isinstance(target, str) and target.startswith(_RANK)):
        raise Fault("what the others may rise by concerns a rank", place=Place(at="others_rise"))
    bands = bands_for(trial.methodology, trial.card.year, trial.card.assessment)
    keys = [band.key for band in bands]
    if isinstance(target, Grade | str) and str(target) in keys:
        return GradeGoal(trial, str(target), bands)
    if isinstance(target, str) and target.startswith(_RANK):
        digits = target.removeprefix(_RANK).strip()
        if digits.isascii() and digits.isdigit():
            return _rank_goal(trial, Rank(int(digits)).place, rise)
    try:
        return FigureGoal(trial, fraction(target))
    except NumberError:
        known = f"a grade ({', '.join(keys)}), " if keys else ""
        message = f"{target!r} is no target, expected {known}a number, or rank:N"
        raise Fault(message, place=Place(at="target"), hint=near(str(target), keys)) from None


def _ranked_others(trial: Trial) -> list[Scorecard]:
    """Return the cards that the unit is ranked with."""
    within = trial.methodology.policy.ranked_within is Within.GROUP
    return [
        card
        for card in trial.others
        if card.status is Status.FINAL
        and card.headline is not None
        and card.assessment.unranked is None
        and (not within or card.group == trial.card.group)
    ]


def rank_among(trial: Trial, card: Scorecard) -> int | None:
    """Return the rank that a card has among the others as they are; None without a board or a rank."""
    if trial.among is None or card.headline is None or card.assessment.unranked is not None:
        return None
    others = tuple(each.headline for each in _ranked_others(trial) if each.headline is not None)
    return RankGoal(trial, 1, others).rank(card.headline)


def _rank_goal(trial: Trial, place: int, rise: object) -> RankGoal:
    if trial.among is None:
        raise Fault("a rank is one among other units: give the board", place=Place(at="target"))
    ranked = _ranked_others(trial)
    rises = _rises(rise, [card.unit for card in ranked])
    indexed = trial.methodology.headline is Headline.INDEX
    risen = [card.headline + rises[card.unit] for card in ranked if card.headline is not None]
    others = tuple(held_index(trial.methodology, each) if indexed else each for each in risen)
    return RankGoal(trial, place, others)


def _rises(rise: object, units: Iterable[str]) -> dict[str, Fraction]:
    """Return by how much each of the others may still rise: all alike, or those that are named."""
    known = list(units)
    if not isinstance(rise, Mapping):
        try:
            return dict.fromkeys(known, Fraction(0) if rise is None else fraction(rise))
        except NumberError as error:
            raise Fault(str(error), place=Place(at="others_rise")) from None
    names, faults = resolved(rise, known, "others_rise", "is no other unit that is ranked")
    found = dict.fromkeys(known, Fraction(0))
    for name, unit in names.items():
        try:
            found[unit] = fraction(rise[name])
        except NumberError as error:
            faults.append(Fault(str(error), place=Place(unit=unit, at="others_rise")))
    if faults:
        raise ObservationFaults("what the others may rise by does not fit the board", faults)
    return found
