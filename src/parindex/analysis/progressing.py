"""Finds how far units have come: scores each period as far as it is known, and sets it beside the one before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parindex._batch.many import score_many
from parindex._frozen import FrozenMap
from parindex._methodology.words import RankedValue, WhenNotApplicable, Within
from parindex._numbers import exact_sum
from parindex._scoring.assessment import NotApplicable
from parindex._scoring.results import Status
from parindex._scoring.tally import Brought, tally, totals
from parindex._text import tidy
from parindex.analysis.finding import leads_of
from parindex.analysis.periods import Due, Loss, Moved, Progress, SoFar, UnitPeriod, headline_within
from parindex.analysis.rank_intervals import Interval, rank_intervals, within
from parindex.errors import Fault, Place, found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from parindex._methodology.methodology import Methodology
    from parindex._scoring.assessment import Assessment
    from parindex._scoring.board import Scoreboard
    from parindex._scoring.results import NodeScore, Scorecard

_DIGITS: Final = re.compile(r"(\d+)")


def progress(
    methodology: Methodology,
    assessments: Iterable[Assessment],
    *,
    periods: Sequence[str] | None = None,
    year: int | None = None,
) -> Progress:
    """Return how far units have come, period by period: what is known, what is lost, what is due, what can still be.

    Each period is scored as far as it is known, by itself: an assessment states all that is known by then.
    Bounds contain everything that the missing inputs can still bring; so do the ranks that follow from those of all.
    What is known is taken as settled; where a later period tells otherwise, that is in ``moved``.

    Args:
        methodology: what to score with.
        assessments: those of all units and periods.
        periods: the periods that are looked at, in their order; else all, numbers in their names in their order.
        year: whose grades count, where they differ by year.

    Raises:
        ObservationFaults: for everything that is wrong.
        CatalogError: for a period that no assessment is of, with the near miss.
        Fault: without any assessment.
    """
    rows: dict[str, list[Assessment]] = {}
    for each in assessments:
        rows.setdefault(each.period or "", []).append(each)
    if not rows:
        raise Fault("there are no assessments", place=Place(at="assessments"))
    if periods is not None and (isinstance(periods, str) or not periods):
        raise Fault(f"expected the periods in a list, found {periods!r}", place=Place(at="periods"))
    ordered = sorted(rows, key=in_order) if periods is None else [tidy(each) for each in periods]
    given = {period: found(rows, period, "there is no period") for period in ordered}
    return progress_of({period: score_many(methodology, own, partial=True, year=year) for period, own in given.items()})


def in_order(period: str) -> list[tuple[int, int, str]]:
    """Return what periods are sorted by: their names, the numbers in them as numbers, a whole after its parts."""
    parts = [part for part in _DIGITS.split(period) if part]
    return [*((int(part.isdigit()), int(part) if part.isdigit() else 0, part) for part in parts), (2, 0, "")]


def progress_of(boards: Mapping[str, Scoreboard]) -> Progress:
    """Return how far units have come from the boards of several periods, in their order."""
    methodology = next(iter(boards.values())).methodology
    leads = leads_of(methodology)
    units: dict[str, dict[str, UnitPeriod]] = {}
    earlier: dict[str, Scorecard] = {}
    for period, board in boards.items():
        ranks = _ranks(board)
        for card in board:
            told = _unit(period, card, ranks.get(card.unit), earlier.get(card.unit), leads)
            units.setdefault(card.unit, {})[period] = told
            earlier[card.unit] = card
    return Progress(
        methodology=methodology,
        boards=FrozenMap(boards),
        units=FrozenMap({unit: FrozenMap(own) for unit, own in units.items()}),
    )


def _ranks(board: Scoreboard) -> dict[str, tuple[int, int]]:
    """Return the ranks that units can end at."""
    policy = board.methodology.policy
    pools: dict[str | None, dict[str, Interval]] = {}
    for card in board:
        if card.assessment.unranked is None and _may_be_ranked(card):
            pool = card.group if policy.ranked_within is Within.GROUP else None
            pools.setdefault(pool, {})[card.unit] = _compared(card)
    return {
        unit: ranks
        for own in pools.values()
        for unit, ranks in zip(own, rank_intervals(list(own.values()), policy.ties), strict=True)
    }


def _compared(card: Scorecard) -> Interval:
    """Return the ends of the figure that is ranked; a unit that may yet have none is surely above nobody."""
    low, high = headline_within(card)
    if _may_have_none(card):
        low = None
    policy = card.methodology.policy
    if policy.ranked_value is RankedValue.PRINTED:
        rounding = policy.print_rounding
        low, high = (end if end is None else rounding.apply(end) for end in (low, high))
    return within(low, high)


def _may_be_ranked(card: Scorecard) -> bool:
    """Return whether something counts for a card, or may yet."""
    return any(
        leaf.awarded is not None or not is_known(leaf)
        for leaf in _leaves(card)
        if card.methodology[leaf.id].block is None
    )


def _may_have_none(card: Scorecard) -> bool:
    """Return whether everything that counts for a provisional card can still turn out not to apply."""
    base = [leaf for leaf in _leaves(card) if card.methodology[leaf.id].block is None]
    open_ = [card.methodology[leaf.id] for leaf in base if not is_known(leaf)]
    known = any(leaf.awarded is not None for leaf in base)
    return bool(open_) and not known and all(leaf.leaf_rule.may_not_apply for leaf in open_)


def _unit(
    period: str,
    card: Scorecard,
    ranks: tuple[int, int] | None,
    earlier: Scorecard | None,
    leads: Mapping[str, str | None],
) -> UnitPeriod:
    leaves = _leaves(card)
    losses = [
        Loss(id=node.id, lead=leads[node.id], points=lost) for node in leaves if (lost := _lost(node, card.methodology))
    ]
    before = {} if earlier is None else {node.id: node.awarded for node in _leaves(earlier) if is_known(node)}
    return UnitPeriod(
        period=period,
        card=card,
        so_far=_so_far(card, leaves),
        ranks=ranks,
        losses=tuple(sorted(losses, key=lambda each: -each.points)),
        due=tuple(_due(node, card, leads) for node in leaves if not is_known(node)),
        became_known=tuple(node.id for node in leaves if is_known(node) and node.id not in before),
        moved=tuple(
            Moved(id=node.id, before=before[node.id], after=node.awarded)
            for node in leaves
            if node.id in before and (before[node.id] != node.awarded or not is_known(node))
        ),
    )


def _leaves(card: Scorecard) -> list[NodeScore]:
    return [node for node in card if card.methodology[node.id].rule is not None]


def is_known(leaf: NodeScore) -> bool:
    """Return whether the points of a leaf are known, or that it does not apply."""
    return leaf.status is not Status.PROVISIONAL or leaf.awarded is not None or leaf.reason is not None


def _lost(leaf: NodeScore, methodology: Methodology) -> Fraction | None:
    """Return what a known leaf misses in the base, or takes off; nothing of a bonus.

    Before redistribution where it is not settled yet what that does.
    """
    criterion = methodology[leaf.id]
    if methodology.takes_off(leaf.id):
        return leaf.awarded
    if criterion.block is not None:
        return None
    if leaf.lost is not None or leaf.awarded is None or criterion.max_points is None:
        return leaf.lost
    return criterion.max_points - leaf.awarded


def _so_far(card: Scorecard, leaves: Sequence[NodeScore]) -> SoFar | None:
    """Return what the known leaves come to as if there were no others; None where none of the base is known."""
    methodology = card.methodology
    brought = {leaf.id: _brought(leaf, methodology) for leaf in leaves}
    sums = totals(methodology, tally(methodology, card.group, brought))
    if sums.points is None:
        return None
    base = [leaf for leaf in leaves if methodology[leaf.id].block is None]
    known = [methodology[leaf.id].max_points for leaf in base if is_known(leaf) and leaf.awarded is not None]
    whole = known + [methodology[leaf.id].max_points for leaf in base if not is_known(leaf)]
    most = exact_sum(each for each in whole if each is not None)
    unknown = None in whole or not most
    return SoFar(
        points=sums.points,
        max_points=sums.max_points,
        index=sums.index,
        known=None if unknown else exact_sum(each for each in known if each is not None) / most,
    )


def _brought(leaf: NodeScore, methodology: Methodology) -> Brought:
    """Return what a leaf brings to what is known: an open one nothing, as if it were not there."""
    if leaf.awarded is not None or not is_known(leaf):
        return Brought(leaf.awarded)
    return Brought(None, redistributed=methodology[leaf.id].not_applicable is WhenNotApplicable.REDISTRIBUTE)


def _due(node: NodeScore, card: Scorecard, leads: Mapping[str, str | None]) -> Due:
    leaf = card.methodology[node.id]
    seen = card.assessment.observations.get(node.id)
    there = () if seen is None or isinstance(seen, NotApplicable) else tuple(seen)
    rounding = card.methodology.policy.leaf_rounding
    ends = leaf.leaf_rule.reach(leaf.max_points)
    low, high = (end if end is None or rounding is None else rounding.apply(end) for end in ends)
    return Due(id=node.id, lead=leads[node.id], missing=leaf.leaf_rule.missing_beside(there), low=low, high=high)
