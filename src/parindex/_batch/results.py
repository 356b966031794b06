"""The results of a run: status, headline, printed figures, ranks and grades of all units, as arrays.

What the arithmetic in bulk cannot decide for a unit, its reference card does; the cards it took are kept.
"""

from __future__ import annotations

from functools import cached_property
from functools import partial as bound_to
from typing import TYPE_CHECKING, Final

import numpy as np

from parindex._batch.figures import Figures, order
from parindex._batch.wholes import index_of, node_index_of, node_points_of, points_of
from parindex._methodology.parts import NO_GRADE
from parindex._methodology.tree import leaves_below
from parindex._methodology.words import Condition, Headline, RankedValue, Within
from parindex._scoring.engine import card_among
from parindex._scoring.results import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from fractions import Fraction

    from parindex._batch.columns import Array
    from parindex._batch.run import Run
    from parindex._batch.sums import Sums
    from parindex._methodology.parts import Grade
    from parindex._scoring.results import NodeScore, Scorecard

FINAL: Final = 0
PROVISIONAL: Final = 1
NOT_APPLICABLE: Final = 2
STATUS: Final = (Status.FINAL, Status.PROVISIONAL, Status.NOT_APPLICABLE)


class Results:
    """What a run comes to; everything is made when it is first asked for."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.methodology = run.plan.methodology
        self._cards: dict[int, Scorecard] = {}
        self.reasons: dict[str, set[int]] = {}

    def __len__(self) -> int:
        return len(self.run.table)

    # One unit

    def card(self, unit: int) -> Scorecard:
        """Return the full card of one unit, from the reference engine."""
        if unit not in self._cards:
            table, year = self.run.table, self.run.year
            self._cards[unit] = card_among(self.methodology, table.assessment(unit), self.run.peers, year=year)
        return self._cards[unit]

    def fallen(self, units: Array, reason: str) -> Iterator[tuple[int, Scorecard]]:
        """Yield the cards of units that the arithmetic in bulk left open, and remember why."""
        for unit in units.tolist():
            self.reasons.setdefault(reason, set()).add(unit)
            yield unit, self.card(unit)

    # All units

    @cached_property
    def status(self) -> Array:
        """The place of each unit's status in STATUS."""
        sums = self.run.sums
        found = np.where(sums.open, PROVISIONAL, np.where(sums.applies, FINAL, NOT_APPLICABLE))
        for unit, card in self.fallen(np.flatnonzero(sums.odd), "beyond what floats hold"):
            found[unit] = STATUS.index(card.status)
        return found

    @cached_property
    def final(self) -> Array:
        """Which units have a final card."""
        return np.equal(self.status, FINAL)

    @cached_property
    def points(self) -> Figures:
        """The points of the whole: base + added - subtracted."""
        return self._told(points_of(self.run.plan, self.run.sums, self.final), lambda card: card.points)

    @cached_property
    def index(self) -> Figures:
        """The index of the whole."""
        return self._told(index_of(self.run.plan, self.run.sums, self.final), lambda card: card.index)

    def _told(self, figures: Figures, value: Callable[[Scorecard], Fraction | None]) -> Figures:
        """Return figures in which those of odd units are what their cards say."""
        odd = np.flatnonzero(self.run.sums.odd)
        if not len(odd):
            return figures
        return figures.told((unit, value(card)) for unit, card in self.fallen(odd, "beyond what floats hold"))

    @property
    def headline(self) -> Figures:
        """The figure that is published, graded and ranked."""
        return self.index if self.methodology.headline is Headline.INDEX else self.points

    @cached_property
    def printed_index(self) -> tuple[Array, Array]:
        """The index in units of the last printed digit, and which units have one."""
        return self._printed(self.index, "index")

    @cached_property
    def _printed_headline(self) -> tuple[Array, Array]:
        if self.methodology.headline is Headline.INDEX:
            return self.printed_index
        return self._printed(self.points, "points")

    def _printed(self, figures: Figures, name: str) -> tuple[Array, Array]:
        rounding = self.methodology.policy.print_rounding
        printed, unsure = figures.printed(rounding)
        left = np.flatnonzero(unsure)
        if len(left):
            of = index_of if name == "index" else points_of
            sums = self.run.sums_of(None, left)
            printed[left], unsure = of(self.run.plan, sums, figures.exists[left]).printed(rounding)
            left = left[unsure | sums.odd]
        for unit, card in self.fallen(left, "an edge of rounding"):
            printed[unit] = rounding.scaled(getattr(card, name))
        return np.where(figures.exists, printed, 0), figures.exists

    # Ranks

    def ranks(self, node: str | None, units: Array) -> Array:
        """Return the ranks of *units* among each other; 0 where one is not ranked."""
        policy = self.methodology.policy
        figures = self.headline if node is None else self.node(node)
        unranked = self.run.table.facts.get("unranked")
        candidates = self.final & figures.exists
        if unranked is not None:
            candidates &= np.array([word is None for word in unranked.words], dtype=bool)[unranked.codes]
        ranks = np.zeros(len(self), dtype=np.int64)
        for pool in self._pools(units[candidates[units]]):
            own = figures.at(pool)
            if policy.ranked_value is RankedValue.PRINTED:
                own = self._as_printed(node, own, pool)
            ranks[pool] = order(
                own, policy.ties, bound_to(self._closer, node, pool), bound_to(self._told_apart, node, pool)
            )
        return ranks[units]

    def _pools(self, units: Array) -> Iterator[Array]:
        """Yield the units that compete with each other."""
        groups = self.run.table.facts.get("group")
        if self.methodology.policy.ranked_within is not Within.GROUP or groups is None:
            yield units
            return
        codes = groups.codes[units]
        places = np.argsort(codes, kind="stable")
        edges = np.flatnonzero(np.diff(codes[places])) + 1
        yield from (units[part] for part in np.split(places, edges))

    def _finer(self, node: str | None, units: Array) -> Figures:
        """Return the figures of some units between closer ends."""
        own = np.sort(units)
        sums = self.run.sums_of(node, own)
        exists = np.ones(len(own), dtype=bool)
        plan = self.run.plan
        if node is None:
            of = index_of if self.methodology.headline is Headline.INDEX else points_of
        else:
            of = node_points_of if self.methodology[node].max_points is None else node_index_of
        alone = sums.odd
        if of is node_points_of:
            alone = alone | self.run.sums.passes[own]
        places = np.flatnonzero(alone).tolist()
        figures = of(plan, sums, exists).told((place, self._exact(node, int(own[place]))) for place in places)
        return figures.at(np.searchsorted(own, units))

    def _as_printed(self, node: str | None, figures: Figures, pool: Array) -> Figures:
        """Return figures as they are printed, all of them exact."""
        rounding = self.methodology.policy.print_rounding
        printed, unsure = figures.printed(rounding)
        for place in np.flatnonzero(unsure).tolist():
            printed[place] = rounding.scaled(self._exact(node, int(pool[place])))
        return Figures(printed, printed, 1, figures.exists)

    def _closer(self, node: str | None, pool: Array, members: Array) -> Figures:
        return self._finer(node, pool[members])

    def _told_apart(self, node: str | None, pool: Array, figures: Figures, members: Array) -> Iterator[Fraction]:
        """Yield the exact figures of units whose ends touch; those with the same inputs share one card."""
        units = pool[members]
        alike = self._alike(node, units)
        for place, first in enumerate(alike.tolist()):
            value = figures.exact(place)
            yield self._exact(node, int(units[first])) if value is None else value

    def _alike(self, node: str | None, units: Array) -> Array:
        """Return for each of some units the place of the first whose inputs at and below a node are the same."""
        table, whole = self.run.table, node is None or self.methodology[node].max_points is None
        below = () if node is None or whole else leaves_below(self.methodology[node])
        leaves = {leaf.id for leaf in below}
        names = [name for name in table.columns if whole or name.partition(":")[0] in leaves]
        columns = [
            table.coded[name].codes[units] if name in table.coded else table.packed.column(name)[units]
            for name in names
        ]
        columns += [table.facts[name].codes[units] for name in ("group", "stage") if name in table.facts]
        rows = np.stack([np.zeros(len(units)), *columns])
        _, firsts, of = np.unique(rows, axis=1, return_index=True, return_inverse=True, equal_nan=False)
        return firsts[of.reshape(-1)]

    def _exact(self, node: str | None, unit: int) -> Fraction:
        """Return the exact figure of one unit from its card, which is remembered as a fallback."""
        ((_, card),) = self.fallen(np.array([unit]), "neighbours in rank")
        value = card.headline if node is None else self._node_value(node, card)
        assert value is not None  # only figures that exist are ranked
        return value

    def _node_value(self, node: str, card: Scorecard) -> Fraction | None:
        return card[node].points if self.methodology[node].max_points is None else card[node].index

    # Nodes

    def node_sums(self, node: str) -> Sums:
        """Return what the units come to at one node."""
        return self.run.sums_of(node)

    def node(self, node: str) -> Figures:
        """Return the component index of each final unit, or its points where the maximum of the node is unknown."""
        return self.node_points(node) if self.methodology[node].max_points is None else self.node_index(node)

    def node_index(self, node: str) -> Figures:
        """Return the component index of each final unit; what redistribution multiplies cancels out."""
        sums = self.node_sums(node)
        figures = node_index_of(self.run.plan, sums, self.final & self._has(node) & sums.applies)
        return self._node_told(figures, sums, node, lambda score: score.index)

    def node_points(self, node: str) -> Figures:
        """Return the points of each final unit; where redistribution may have multiplied them, from its card."""
        sums = self.node_sums(node)
        figures = node_points_of(self.run.plan, sums, self.final & self._has(node) & sums.applies)
        return self._node_told(figures, sums, node, lambda score: score.points, self.run.sums.passes)

    def _node_told(
        self,
        figures: Figures,
        sums: Sums,
        node: str,
        value: Callable[[NodeScore], Fraction | None],
        passes: Array | None = None,
    ) -> Figures:
        """Return figures in which those of units that only cards tell are what these say."""
        reasons = [(sums.odd | self.run.sums.odd, "beyond what floats hold")]
        if passes is not None:
            reasons.append((passes & figures.exists, "points that were redistributed"))
        for units, reason in reasons:
            if units.any():
                cards = self.fallen(np.flatnonzero(units), reason)
                told = ((unit, card.nodes.get(node)) for unit, card in cards)
                figures = figures.told((unit, None if score is None else value(score)) for unit, score in told)
        return figures

    def _has(self, node: str) -> Array:
        """Return which units have a node at all."""
        above = [self.methodology[node]]
        while above[-1].parent is not None:
            above.append(self.methodology[above[-1].parent])
        found = np.zeros(len(self), dtype=bool)
        for kind in self.run.kinds:
            units = slice(None) if kind.units is None else kind.units
            found[units] = all(each.exists_for(kind.tree_group) for each in above)
        return found

    # Grades

    @cached_property
    def grades(self) -> tuple[Array, tuple[Grade | None, ...]]:
        """The place of each unit's grade in a list, and the list: None first, then "none"."""
        words: list[Grade | None] = [None, NO_GRADE]
        codes = np.zeros(len(self), dtype=np.intp)
        if not self.methodology.grades:
            return codes, tuple(words)
        printed, exists = self._printed_headline
        for kind in self.run.kinds:
            units = np.arange(len(self)) if kind.units is None else kind.units
            units = units[exists[units] & self.final[units]]
            if kind.bands:
                codes[units] = self._graded(kind.bands, kind.events, printed[units], self.run.sums.zeros[units], words)
        for unit, card in self.fallen(np.flatnonzero(self.run.sums.odd), "beyond what floats hold"):
            codes[unit] = _place(card.grade, words)
        return codes, tuple(words)

    def _graded(
        self, bands: Sequence[Grade], events: Sequence[str], printed: Array, zeros: Array, words: list[Grade | None]
    ) -> Array:
        factor = 10**self.methodology.policy.print_rounding.digits
        met = np.full(len(printed), len(bands), dtype=np.intp)
        for place in reversed(range(len(bands))):
            edge = bands[place].from_ * factor
            reached = printed >= -(-edge.numerator // edge.denominator)
            if Condition.NO_ZERO_CRITERION in bands[place].requires:
                reached &= ~zeros
            met[reached] = place
        keys = [band.key for band in bands]
        limits = [
            keys.index(event.grade_at_most)
            for event in self.methodology.events
            if event.key in events and event.grade_at_most in keys
        ]
        held = np.where(met < len(bands), np.maximum(met, max(limits, default=0)), len(bands))
        return np.array([*(_place(band, words) for band in bands), 1], dtype=np.intp)[held]


def _place(grade: Grade | None, words: list[Grade | None]) -> int:
    if grade not in words:
        words.append(grade)
    return words.index(grade)
