"""Profiles: where a unit is stronger and weaker than its peers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from parindex._numbers import exact_sum
from parindex._scoring.results import Status
from parindex.analysis.finding import figure_of
from parindex.analysis.shortfalls import Share
from parindex.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parindex._scoring.board import Scoreboard
    from parindex._scoring.results import Scorecard


@frozen(kw_only=True)
class Standing:
    """One node of a unit beside its peers.

    Attributes:
        id: the node.
        figure, mean: its component index, or its points where the maximum is unknown, and the mean of the peers.
        ahead: by how much it is better than the mean; below 0 where it is worse.
        points: the same in points of the node; None where its maximum is unknown.
        better_than: how many of the peers it is better than.
    """

    id: str
    figure: Fraction
    mean: Fraction
    ahead: Fraction
    points: Fraction | None
    better_than: Share


@frozen(kw_only=True)
class Profile:
    """Where a unit is stronger and weaker than its peers.

    Attributes:
        unit, peers: the unit, and those it is set beside.
        strengths, weaknesses: the nodes where it is better and worse than their mean, what means most first.
    """

    unit: str
    peers: tuple[str, ...]
    strengths: tuple[Standing, ...]
    weaknesses: tuple[Standing, ...]


def profile(board: Scoreboard, unit: str, *, among: Iterable[str] | None = None, level: int | None = 1) -> Profile:
    """Return where a unit is stronger and weaker than its peers, node by node.

    Args:
        board: the board of all of them.
        unit: the unit.
        among: the names of its peers, itself left out; else all other units with a final card.
        level: the level of the tree that is looked at, 1 for the domains; None for the leaves.

    Raises:
        CatalogError: for names that are not on the board, with the near miss.
        Fault: for a unit or a peer without a final card, a peer that is named twice, and a level that is not there.
    """
    card = board.card(unit)
    if card.status is not Status.FINAL:
        raise Fault(f"the card of {card.unit!r} is {card.status}: only final ones are set beside others")
    if level is not None and not any(each.level == level for each in board.methodology.criteria):
        raise Fault(f"{board.methodology.name} has no level {level!r}", place=Place(at="level"))
    peers = _peers(board, card, among)
    nodes = [
        each for each in board.methodology.criteria if (each.rule is not None if level is None else each.level == level)
    ]
    told = [standing for each in nodes if (standing := _standing(card, peers, each.id)) is not None]
    strong = sorted((each for each in told if each.ahead > 0), key=lambda each: -(each.points or each.ahead))
    weak = sorted((each for each in told if each.ahead < 0), key=lambda each: each.points or each.ahead)
    return Profile(
        unit=card.unit, peers=tuple(each.unit for each in peers), strengths=tuple(strong), weaknesses=tuple(weak)
    )


def _peers(board: Scoreboard, card: Scorecard, among: Iterable[str] | None) -> list[Scorecard]:
    if among is None:
        return [each for each in board if each.unit != card.unit and each.status is Status.FINAL]
    if isinstance(among, str):
        raise Fault(f"expected the peers in a list, found {among!r}", place=Place(at="among"))
    peers = [board.card(each) for each in among]
    for at, each in enumerate(peers):
        place = Place(unit=each.unit, at="among")
        if each.unit in [other.unit for other in peers[:at]]:
            raise Fault("is named twice", place=place)
        if each.status is not Status.FINAL:
            raise Fault(f"its card is {each.status}: only final ones are set beside others", place=place)
    return [each for each in peers if each.unit != card.unit]


def _standing(card: Scorecard, peers: Sequence[Scorecard], criterion_id: str) -> Standing | None:
    criterion = card.methodology[criterion_id]
    figure = figure_of(card.nodes.get(criterion_id), criterion)
    others = [each for peer in peers if (each := figure_of(peer.nodes.get(criterion_id), criterion)) is not None]
    if figure is None or not others:
        return None
    mean = exact_sum(others) / len(others)
    sign = -1 if card.methodology.takes_off(criterion_id) else 1
    most = card[criterion_id].max_points
    return Standing(
        id=criterion_id,
        figure=figure,
        mean=mean,
        ahead=sign * (figure - mean),
        points=None if most is None else sign * (figure - mean) * most / 100,
        better_than=Share(sum(sign * figure > sign * each for each in others), len(others)),
    )
