"""Trials: what a unit would score if some of what was observed of it were different, everything else as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, frozen

from parindex._methodology.methodology import Methodology
from parindex._methodology.tree import leaves_below, variant_for
from parindex._methodology.words import UNKNOWN, Effect, Headline
from parindex._numbers import exact_sum
from parindex._scoring.assessment import Assessment
from parindex._scoring.board import Scoreboard
from parindex._scoring.engine import card_among, compared_peers, refuse_unsound, score
from parindex._scoring.extremes import Extremes
from parindex._scoring.reading import raise_faults, read_unit
from parindex._scoring.results import Scorecard, Status
from parindex._scoring.tally import held_index, raw_index
from parindex.errors import Fault, ObservationFaults, Place, near

if TYPE_CHECKING:
    from parindex._methodology.criteria import Criterion
    from parindex._methodology.rules.inputs import Value

Changes: TypeAlias = Mapping[str, Mapping[str, "Value"]]
"""For some leaves what their inputs would be."""


@frozen(kw_only=True)
class Trial:
    """One unit, and what it scores as it is and as it would be; made by :meth:`of`.

    Attributes:
        methodology: what is scored with.
        assessment: what was observed of the unit.
        among: the board it stands on, or None.
        year: whose grades count, or None.
    """

    methodology: Methodology
    assessment: Assessment
    among: Scoreboard | None
    year: int | None

    @classmethod
    def of(cls, methodology: Methodology, assessment: Assessment, among: Scoreboard | None, year: int | None) -> Trial:
        """Return the trial of a unit.

        Raises:
            Fault: for a board of another methodology, and for a unit that is not final.
            ObservationFaults: for what is wrong or missing in the assessment.
            PopulationError: if a relative rule applies and there is no board.
        """
        if among is not None and among.methodology.fingerprint != methodology.fingerprint:
            raise Fault(f"the board is one of {among.methodology.name}, not of {methodology.name}")
        refuse_unsound(methodology)
        unit = read_unit(methodology, assessment, year)
        raise_faults([unit], partial=False)
        tolerated = [read.criterion.id for read in unit.leaves if read.tolerated]
        if tolerated:
            message = f"at stage self nobody knows {', '.join(tolerated)}: take the appraised or the final stage"
            raise Fault(message, place=Place(unit=assessment.unit))
        trial = cls(methodology=methodology, assessment=assessment, among=among, year=year)
        if trial.card.status is not Status.FINAL or trial.card.headline is None:
            message = f"what a step brings is known of a final card with a figure, and this one is {trial.card.status}"
            raise Fault(message, place=Place(unit=assessment.unit))
        return trial

    @cached_property
    def card(self) -> Scorecard:
        """The card of the unit as it is, which is final."""
        return self._scored(self.assessment)

    @cached_property
    def others(self) -> tuple[Scorecard, ...]:
        """The cards of the other units of the board."""
        return () if self.among is None else tuple(each for each in self.among if each.unit != self.assessment.unit)

    @cached_property
    def others_extremes(self) -> Extremes:
        """The extremes of relative leaves over the other units."""
        return self._extremes(each.assessment for each in self.others)

    def _extremes(self, assessments: Iterable[Assessment]) -> Extremes:
        methodology = self.methodology
        if not any(leaf.compares for leaf in methodology.leaves):
            return Extremes(methodology.fingerprint)
        peers = compared_peers([read_unit(methodology, each, self.year) for each in assessments])
        return Extremes(methodology.fingerprint, peers)  # type: ignore[arg-type]  # made a FrozenMap

    def per_point(self, leaf: Criterion) -> Fraction:
        """Return what a point of a leaf that nothing multiplied brings to the headline, before that is held in limits.

        In a block, before the cap of the block.
        """
        if self.methodology.headline is Headline.POINTS:
            return Fraction(1)
        if leaf.block is None:
            assert self.card.max_points  # else there were no index
            return 100 / self.card.max_points
        assert self.methodology.total is not UNKNOWN  # likewise
        return 100 / Fraction(self.methodology.total)

    @cached_property
    def _raw(self) -> Fraction:
        """The headline before it is held within its limits."""
        card, methodology = self.card, self.methodology
        if methodology.headline is Headline.POINTS:
            assert card.points is not None  # it is final
            return card.points
        net = exact_sum(block.net for block in card.blocks)
        assert card.base_points is not None  # likewise
        raw = raw_index(methodology, card.base_points, card.max_points, net)
        assert raw is not None  # there is a headline
        return raw

    def headline(self, gain: Fraction) -> Fraction:
        """Return the headline after a gain, held within its limits."""
        raw = self._raw + gain
        return raw if self.methodology.headline is Headline.POINTS else held_index(self.methodology, raw)

    def brings(self, leaf: Criterion, points: Fraction) -> Fraction:
        """Return what points of a criterion, or of a block, bring to the headline before it is held.

        Those of a block as far as its cap lets them; points that are taken off are better the fewer they are.
        """
        now = next((each for each in self.card.blocks if each.id == leaf.block), None)
        if now is None:
            return points * self.per_point(leaf)
        sign = 1 if now.effect is Effect.ADD else -1
        cap = next(block.cap for block in self.methodology.blocks if block.id == leaf.block)
        after = now.points + sign * points
        counted = after if cap is None else min(after, cap)
        return sign * (counted - now.counted) * self.per_point(leaf)

    def scored(self, changes: Changes, *, since: Scorecard | None = None) -> Scorecard:
        """Return the card that the unit would have; *since* is what it would have already."""
        known = self.assessment if since is None else since.assessment
        return self._scored(evolve(known, observations={**known.observations, **changes}))

    def _scored(self, assessment: Assessment) -> Scorecard:
        if self.among is None:
            return score(self.methodology, assessment, year=self.year)  # which says that relative rules need a board
        peers = (self.others_extremes | self._extremes([assessment])).peers
        return card_among(self.methodology, assessment, peers, year=self.year)


def closed_leaves(
    methodology: Methodology, group: str | None, closed: Mapping[str, str] | Iterable[str]
) -> dict[str, str]:
    """Return the leaves below what is *closed*, each with the reason, "" where none is given.

    Raises:
        ObservationFaults: for what is neither a criterion nor an origin.
    """
    if isinstance(closed, str):
        raise Fault(f"expected the ids of criteria or origins, found {closed!r}", place=Place(at="closed"))
    given = closed if isinstance(closed, Mapping) else dict.fromkeys(closed)
    reasons = {key: reason or "" for key, reason in given.items()}
    found: dict[str, str] = {}
    faults = []
    leaves = variant_for(methodology, group).leaves
    for key, reason in reasons.items():
        if key in methodology:
            below = [leaf.id for leaf in leaves_below(methodology[key])]
        elif key in methodology.origins:
            below = [leaf.id for leaf in leaves if leaf.origin == key]
        else:
            known = [*(each.id for each in methodology.criteria), *methodology.origins]
            faults.append(Fault("is neither a criterion nor an origin", place=Place(at=key), hint=near(key, known)))
            continue
        found.update((leaf, reason) for leaf in below)
    if faults:
        raise ObservationFaults("what is closed does not fit the methodology", faults)
    return found
