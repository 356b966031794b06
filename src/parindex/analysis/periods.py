"""Periods: how far units have come within a year, what they can still end at, what is lost and what is due."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from parindex._frozen import FrozenMap
from parindex._methodology.methodology import Methodology
from parindex._methodology.words import Headline
from parindex._numbers import exact_sum
from parindex._scoring.board import Scoreboard
from parindex._scoring.results import Scorecard
from parindex._text import tidy
from parindex.errors import found

if TYPE_CHECKING:
    from collections.abc import Iterator

Ends: TypeAlias = tuple[Fraction | None, Fraction | None]
"""The least and the greatest figure; None where nothing ends it on that side."""


@frozen(kw_only=True)
class SoFar:
    """What is known already, as if it were everything.

    Attributes:
        points: base points and what the blocks add or take, of the leaves that are known.
        max_points: their maximum in the base; None where it is unknown.
        index: the index over them alone, held within its limits; None where there is none.
        known: the maximum that is known over all that applies; None where a maximum is unknown.
    """

    points: Fraction
    max_points: Fraction | None
    index: Fraction | None
    known: Fraction | None


@frozen(kw_only=True)
class Loss:
    """What a leaf that is known misses of its maximum, or takes off."""

    id: str
    lead: str | None
    points: Fraction


@frozen(kw_only=True)
class Due:
    """A leaf that is not known yet.

    Attributes:
        id, lead: the leaf, and who is in charge of it or of what it belongs to.
        missing: the inputs that are missing; empty where only those of other units are.
        low, high: the least and the greatest points that its rule gives, whatever of its inputs is known already; None
            where nothing ends them.
    """

    id: str
    lead: str | None
    missing: tuple[str, ...]
    low: Fraction | None
    high: Fraction | None


@frozen(kw_only=True)
class Moved:
    """A leaf that was known before and is known otherwise now; None where it is not known any more."""

    id: str
    before: Fraction | None
    after: Fraction | None


def points_within(card: Scorecard) -> Ends:
    """Return the least and the greatest points that a card can still come to."""
    return (card.points, card.points) if card.bounds is None else card.bounds.points


def index_within(card: Scorecard) -> Ends:
    """Return the least and the greatest index that a card can still come to."""
    return (card.index, card.index) if card.bounds is None else card.bounds.index


def headline_within(card: Scorecard) -> Ends:
    """Return the same of the figure that is published."""
    return index_within(card) if card.methodology.headline is Headline.INDEX else points_within(card)


@frozen(kw_only=True, repr=False)
class UnitPeriod:
    """One unit in one period.

    Attributes:
        period, card: the period, and the card as it stands then.
        so_far: what is known; None where nothing is that counts.
        ranks: the best and the worst rank it can end at among the units of the period, if it ends ranked; None where it
            cannot. Where printed figures are ranked without gaps, they may be wider than what can happen.
        losses: what is lost for good, the most first.
        due: the leaves that are not known yet, in the order of the tree.
        became_known: the leaves that were not known in the period before; all that are known in the first one.
        moved: the leaves whose points changed since the period before though they were known.
    """

    period: str
    card: Scorecard
    so_far: SoFar | None
    ranks: tuple[int, int] | None
    losses: tuple[Loss, ...]
    due: tuple[Due, ...]
    became_known: tuple[str, ...]
    moved: tuple[Moved, ...]

    @property
    def unit(self) -> str:
        """The name of the unit."""
        return self.card.unit

    @property
    def lost(self) -> Fraction:
        """The points that are lost for good."""
        return exact_sum(each.points for each in self.losses)

    @property
    def points(self) -> Ends:
        """The least and the greatest points it can still end at."""
        return points_within(self.card)

    @property
    def index(self) -> Ends:
        """The least and the greatest index it can still end at."""
        return index_within(self.card)

    @property
    def tight(self) -> bool:
        """Whether both ends can be reached: not where inputs of a leaf that is due are known in part, for one."""
        return self.card.bounds is None or self.card.bounds.tight

    @property
    def headline(self) -> Ends:
        """The same of the figure that is published."""
        return headline_within(self.card)

    @property
    def due_by_lead(self) -> dict[str | None, tuple[Due, ...]]:
        """What is due, by who is in charge, in the order of the tree."""
        gathered: dict[str | None, list[Due]] = {}
        for each in self.due:
            gathered.setdefault(each.lead, []).append(each)
        return {lead: tuple(own) for lead, own in gathered.items()}

    def __repr__(self) -> str:
        return f"<UnitPeriod {self.unit!r} {self.period or 'of all'}: {len(self.due)} leaves due>"


@frozen(kw_only=True, repr=False)
class Progress:
    """How far the units have come, period by period.

    Attributes:
        methodology: what was scored with.
        boards: the board of each period, in their order, provisional where inputs are missing.
        units: for each unit its periods, in their order.
    """

    methodology: Methodology
    boards: FrozenMap[str, Scoreboard]
    units: FrozenMap[str, FrozenMap[str, UnitPeriod]]

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods in their order."""
        return tuple(self.boards)

    @property
    def latest(self) -> tuple[UnitPeriod, ...]:
        """The units of the last period, in the order of its board."""
        last = self.periods[-1]
        return tuple(self.units[unit][last] for unit in self.boards[last].units)

    @property
    def gone(self) -> tuple[str, ...]:
        """The units that an earlier period has and the last one does not."""
        return tuple(unit for unit, own in self.units.items() if self.periods[-1] not in own)

    def __getitem__(self, unit: str) -> FrozenMap[str, UnitPeriod]:
        """Return the periods of one unit.

        Raises:
            CatalogError: if there is no such unit, with the near miss.
        """
        return found(self.units, tidy(unit), "there is no unit")

    def __iter__(self) -> Iterator[FrozenMap[str, UnitPeriod]]:
        return iter(self.units.values())

    def __repr__(self) -> str:
        return f"<Progress of {len(self.units)} units over {len(self.boards)} periods>"
