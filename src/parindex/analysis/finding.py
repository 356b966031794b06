"""Finds where points are to be had on a board."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from parindex._frozen import FrozenMap
from parindex._numbers import exact_sum, fraction
from parindex._scoring.results import NodeScore, Scorecard, Status
from parindex._unit_names import paired, resolved
from parindex.analysis.shortfalls import Gaps, GroupMean, NodeGap, Share, Shortfall, UnitGap
from parindex.errors import Fault, ObservationFaults, ParindexError, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology
    from parindex._scoring.board import Scoreboard

_NONE: Final = Fraction(0)


def gaps(
    board: Scoreboard,
    *,
    earlier: Scoreboard | None = None,
    crosswalk: Mapping[str, str] | None = None,
    weights: Mapping[str, object] | None = None,
) -> Gaps:
    """Return where points are to be had: by node, by unit, by who is in charge, by origin and by group.

    Units without a final card are left out, and so are nodes that do not apply to a unit.

    Args:
        board: the board that is looked at.
        earlier: an earlier board of the same methodology, to tell what fell.
        crosswalk: for units of the earlier board that were renamed, what they are called now; those that were merged
            have no earlier figures.
        weights: a positive number for each unit with a final card, its population perhaps, for weighted means.

    Raises:
        ObservationFaults: for weights that name units which are not there, leave some out, or are not positive, and
            for a crosswalk that names units which are not there.
        Fault: for an earlier board of another methodology.
    """
    methodology = board.methodology
    if earlier is not None and earlier.methodology.fingerprint != methodology.fingerprint:
        raise Fault(f"the earlier board is one of {earlier.methodology.name}: compare splits such a change")
    cards = [card for card in board if card.status is Status.FINAL]
    leads = leads_of(methodology)
    nodes = {each.id: _node(each, leads[each.id], cards, methodology) for each in methodology.criteria}
    before = {} if earlier is None else paired(earlier.units, board.units, crosswalk).same
    units = {}
    for card in cards:
        known = earlier.card(before[card.unit]) if earlier is not None and card.unit in before else None
        units[card.unit] = _unit(card, nodes, leads, known)
    weighing = None if weights is None else _weights(weights, board, cards)
    groups: dict[str | None, list[Scorecard]] = {}
    for card in cards:
        groups.setdefault(card.group, []).append(card)
    means = {group: _means(own, weighing) for group, own in groups.items()}
    return Gaps(
        board=board,
        nodes=FrozenMap(nodes),
        units=FrozenMap(units),
        groups=FrozenMap(means),
        whole=_means(cards, weighing),
    )


def leads_of(methodology: Methodology) -> dict[str, str | None]:
    """Return who is in charge of each node: named there, or at the nearest node above."""
    found: dict[str, str | None] = {}
    for each in methodology.criteria:  # those above come first
        found[each.id] = each.lead if each.lead is not None else found.get(each.parent or "")
    return found


def figure_of(node: NodeScore | None, criterion: Criterion) -> Fraction | None:
    """Return what a node is compared by: its component index, or its points where the maximum is unknown."""
    if node is None:
        return None
    return node.points if criterion.max_points is None else node.index


def lost_of(node: NodeScore, methodology: Methodology) -> Fraction | None:
    """Return what a node misses of its maximum, or what it takes off; None where that is unknown."""
    return node.points if methodology.takes_off(node.id) else node.lost


def _node(criterion: Criterion, lead: str | None, cards: Iterable[Scorecard], methodology: Methodology) -> NodeGap:
    taken_off = methodology.takes_off(criterion.id)
    scored = [node for card in cards if (node := card.nodes.get(criterion.id)) is not None and node.points is not None]
    figures = sorted(figure for node in scored if (figure := figure_of(node, criterion)) is not None)
    lost = [points for node in scored if (points := lost_of(node, methodology)) is not None]
    count = len(figures)
    middle = count // 2
    ends = (figures[0], figures[-1]) if count else (None, None)
    worst, best = reversed(ends) if taken_off else ends
    return NodeGap(
        id=criterion.id,
        lead=lead,
        mean=exact_sum(figures) / count if count else None,
        median=(figures[middle] + figures[~middle]) / 2 if count else None,
        best=best,
        worst=worst,
        units=count,
        at_zero=Share(sum(node.points == 0 for node in scored), len(scored)),
        at_maximum=Share(sum(node.lost == 0 for node in scored), len(scored)),
        lost=exact_sum(lost) if len(lost) == len(scored) else None,
    )


def _unit(
    card: Scorecard, nodes: Mapping[str, NodeGap], leads: Mapping[str, str | None], earlier: Scorecard | None
) -> UnitGap:
    told = {}
    for node in card:
        if node.points is None:
            continue
        criterion = card.methodology[node.id]
        taken_off = card.methodology.takes_off(node.id)
        figure = figure_of(node, criterion)
        before = None if earlier is None else figure_of(earlier.nodes.get(node.id), criterion)
        told[node.id] = Shortfall(
            id=node.id,
            leaf=criterion.rule is not None,
            block=criterion.block,
            taken_off=taken_off,
            lead=leads[node.id],
            origin=criterion.origin,
            points=node.points,
            max_points=node.max_points,
            lost=lost_of(node, card.methodology),
            behind=_worse(figure, nodes[node.id].mean, taken_off=taken_off) or _NONE,
            fell=_worse(figure, before, taken_off=taken_off),
        )
    known = card.base_points is not None and card.max_points is not None
    lost = card.max_points - card.base_points if known else None  # type: ignore[operator]  # both are there
    return UnitGap(unit=card.unit, lost=lost, nodes=FrozenMap(told))


def _worse(figure: Fraction | None, than: Fraction | None, *, taken_off: bool) -> Fraction | None:
    """Return by how much a figure is worse than another, 0 if it is not; None where one is not known."""
    if figure is None or than is None:
        return None
    return max(_NONE, figure - than if taken_off else than - figure)


def _weights(given: Mapping[str, object], board: Scoreboard, cards: Iterable[Scorecard]) -> dict[str, Fraction]:
    if not isinstance(given, Mapping):
        raise Fault(f'expected {{"unit": weight}}, found {given!r}', place=Place(at="weights"))
    names, faults = resolved(given, board.units, "weights", "there is no such unit")
    found: dict[str, Fraction] = {}
    for name, unit in names.items():
        place = Place(unit=unit, at="weights")
        try:
            found[unit] = fraction(given[name])
        except ParindexError as error:
            faults.append(Fault(str(error), place=place))
            continue
        if found[unit] <= 0:
            faults.append(Fault("has a weight that is not positive", place=place))
    stated = set(names.values())
    faults += [
        Fault("has no weight", place=Place(unit=card.unit, at="weights")) for card in cards if card.unit not in stated
    ]
    if faults:
        raise ObservationFaults("these weights do not fit the board", faults)
    return found


def _means(cards: Iterable[Scorecard], weights: Mapping[str, Fraction] | None) -> GroupMean:
    told = [(card.unit, value) for card in cards if (value := card.headline) is not None]
    mean = exact_sum(value for _, value in told) / len(told) if told else None
    weight = weighted = None
    if weights is not None and told:
        weight = exact_sum(weights[unit] for unit, _ in told)
        weighted = exact_sum(weights[unit] * value for unit, value in told) / weight
    return GroupMean(units=len(told), mean=mean, weight=weight, weighted=weighted)
