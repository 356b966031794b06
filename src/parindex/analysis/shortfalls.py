"""Where points are to be had: what each unit misses, node by node, and how all of them stand at each node."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from parindex._frozen import FrozenMap
from parindex._numbers import exact_sum, fraction
from parindex._scoring.board import Scoreboard
from parindex._scoring.results import NodeScore, Scorecard, Status
from parindex._text import tidy
from parindex._unit_names import paired
from parindex.errors import Fault, ObservationFaults, Place, found, near

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology

_NONE = Fraction(0)


@frozen
class Share:
    """So many of so many units."""

    count: int
    of: int

    @property
    def part(self) -> Fraction | None:
        """The share as a part of one; None of no units."""
        return Fraction(self.count, self.of) if self.of else None


@frozen(kw_only=True)
class NodeGap:
    """How the units stand at one node.

    Attributes:
        id: the node.
        lead: who is in charge of it, or of what it belongs to; None where nobody is named.
        mean, median, best, lowest: over the final units that have it, of the component index, or of the points where
            its maximum is unknown; None where none has it.
        units: how many those are.
        at_zero, at_maximum: how many of them have no point, and all points.
        lost: what they miss together, in points; None where the maximum is unknown.
    """

    id: str
    lead: str | None
    mean: Fraction | None
    median: Fraction | None
    best: Fraction | None
    lowest: Fraction | None
    units: int
    at_zero: Share
    at_maximum: Share
    lost: Fraction | None


@frozen(kw_only=True)
class Shortfall:
    """One node of one unit.

    Attributes:
        id, leaf: the node, and whether it is one that is scored itself.
        lead: who is in charge of it, or of what it belongs to; None where nobody is named.
        origin: where the points of a leaf come from, or None.
        points, max_points, lost: what was scored, the applied maximum and what is missing; None where unknown.
        behind: how far its component index, or its points where the maximum is unknown, is below the mean; 0 if not.
        fell: how far that figure fell against the earlier board; 0 if it did not, None without one.
    """

    id: str
    leaf: bool
    lead: str | None
    origin: str | None
    points: Fraction
    max_points: Fraction | None
    lost: Fraction | None
    behind: Fraction
    fell: Fraction | None


@frozen(kw_only=True)
class UnitGap:
    """What one unit misses.

    Attributes:
        unit: its name.
        lost: what it misses of the base, in points; None where a maximum is unknown.
        nodes: every node that applies to it, by id.
    """

    unit: str
    lost: Fraction | None
    nodes: FrozenMap[str, Shortfall]

    def __getitem__(self, criterion_id: str) -> Shortfall:
        """Return one node.

        Raises:
            CatalogError: if it does not apply to the unit, with the near miss.
        """
        return found(self.nodes, criterion_id, f"nothing of {self.unit!r} applies at")

    @property
    def leaves(self) -> tuple[Shortfall, ...]:
        """The leaves that miss points, those that cost most first."""
        return _costliest(each for each in self.nodes.values() if each.leaf and each.lost)

    @property
    def zero(self) -> tuple[Shortfall, ...]:
        """The leaves without any point."""
        return tuple(each for each in self.leaves if each.points == 0)

    @property
    def deducted(self) -> tuple[Shortfall, ...]:
        """The leaves with some of their points, those that cost most first."""
        return tuple(each for each in self.leaves if each.points != 0)

    @property
    def behind(self) -> tuple[Shortfall, ...]:
        """The nodes below the mean of all units, those that cost most first."""
        return _costliest(each for each in self.nodes.values() if each.behind)

    @property
    def fell(self) -> tuple[Shortfall, ...]:
        """The nodes that fell against the earlier board, those that cost most first."""
        return _costliest(each for each in self.nodes.values() if each.fell)

    @property
    def by_lead(self) -> dict[str | None, Fraction]:
        """The points that leaves miss, by who is in charge of them, the most first."""
        return _summed((each.lead, each.lost) for each in self.leaves)

    @property
    def by_origin(self) -> dict[str | None, Fraction]:
        """The points that leaves miss, by where their points come from, the most first."""
        return _summed((each.origin, each.lost) for each in self.leaves)


@frozen(kw_only=True)
class GroupMean:
    """The means of one group, or of all units.

    Attributes:
        units: how many final units it has.
        mean: their plain mean; None without any.
        weighted: their mean weighted as was asked for; None without weights.
    """

    units: int
    mean: Fraction | None
    weighted: Fraction | None


@frozen(kw_only=True, repr=False)
class Gaps:
    """Where points are to be had on a board.

    Attributes:
        board: the board.
        nodes: how the units stand at each node.
        units: what each final unit misses, in the order of the board.
        groups: the means of the headline by group; None holds the units without one.
        whole: those of all units.
    """

    board: Scoreboard
    nodes: FrozenMap[str, NodeGap]
    units: FrozenMap[str, UnitGap]
    groups: FrozenMap[str | None, GroupMean]
    whole: GroupMean

    def __getitem__(self, unit: str) -> UnitGap:
        """Return what one unit misses.

        Raises:
            CatalogError: if there is no such unit with a final card, with the near miss.
        """
        return found(self.units, tidy(unit), "there is no final unit")

    def __iter__(self) -> Iterator[UnitGap]:
        return iter(self.units.values())

    @property
    def by_lead(self) -> dict[str | None, Fraction]:
        """The points that all units miss together, by who is in charge, the most first."""
        return _summed(pair for unit in self for pair in unit.by_lead.items())

    @property
    def by_origin(self) -> dict[str | None, Fraction]:
        """The points that all units miss together, by where points come from, the most first."""
        return _summed(pair for unit in self for pair in unit.by_origin.items())

    @property
    def groups_agree(self) -> bool:
        """Whether the means of the groups, counted by their units, come to the mean of all."""
        told = [each for each in self.groups.values() if each.mean is not None]
        count = sum(each.units for each in told)
        total = exact_sum(each.mean * each.units for each in told if each.mean is not None)
        return count == self.whole.units and (self.whole.mean is None or total == self.whole.mean * count)

    def __repr__(self) -> str:
        return f"<Gaps of {len(self.units)} units>"


def gaps(
    board: Scoreboard,
    *,
    earlier: Scoreboard | None = None,
    weights: Mapping[str, object] | None = None,
) -> Gaps:
    """Return where points are to be had: by node, by unit, by who is in charge, by origin and by group.

    Units without a final card are left out, and so are nodes that do not apply to a unit.

    Args:
        board: the board that is looked at.
        earlier: an earlier board of the same methodology, to tell what fell.
        weights: a positive number for each unit, its population perhaps, for weighted means.

    Raises:
        ObservationFaults: for weights that name units which are not there, leave some out, or are not positive.
        Fault: for an earlier board of another methodology.
    """
    methodology = board.methodology
    if earlier is not None and earlier.methodology.fingerprint != methodology.fingerprint:
        raise Fault(f"the earlier board is one of {earlier.methodology.name}: compare splits such a change")
    cards = [card for card in board if card.status is Status.FINAL]
    leads = _leads(methodology)
    nodes = {each.id: _node(each, leads[each.id], cards) for each in methodology.criteria}
    before = {} if earlier is None else paired(earlier.units, board.units).same
    units = {}
    for card in cards:
        known = earlier.card(before[card.unit]) if earlier is not None and card.unit in before else None
        units[card.unit] = _unit(card, nodes, leads, known)
    weighing = None if weights is None else _weights(weights, board)
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


def _leads(methodology: Methodology) -> dict[str, str | None]:
    """Return who is in charge of each node: named there, or at the nearest node above."""
    found: dict[str, str | None] = {}
    for each in methodology.criteria:  # those above come first
        found[each.id] = each.lead if each.lead is not None else found.get(each.parent or "")
    return found


def _figure(node: NodeScore | None) -> Fraction | None:
    """Return what a node is compared by: its component index, or its points where the maximum is unknown."""
    if node is None:
        return None
    return node.points if node.index is None else node.index


def _node(criterion: Criterion, lead: str | None, cards: Iterable[Scorecard]) -> NodeGap:
    scored = [node for card in cards if (node := card.nodes.get(criterion.id)) is not None and node.points is not None]
    figures = sorted(figure for node in scored if (figure := _figure(node)) is not None)
    lost = [node.lost for node in scored if node.lost is not None]
    count = len(figures)
    middle = count // 2
    return NodeGap(
        id=criterion.id,
        lead=lead,
        mean=exact_sum(figures) / count if count else None,
        median=(figures[middle] + figures[~middle]) / 2 if count else None,
        best=figures[-1] if count else None,
        lowest=figures[0] if count else None,
        units=count,
        at_zero=Share(sum(node.points == 0 for node in scored), count),
        at_maximum=Share(sum(node.lost == 0 for node in scored), count),
        lost=exact_sum(lost) if len(lost) == len(scored) else None,
    )


def _unit(
    card: Scorecard, nodes: Mapping[str, NodeGap], leads: Mapping[str, str | None], earlier: Scorecard | None
) -> UnitGap:
    told = {}
    for node in card:
        figure = _figure(node)
        if node.points is None or figure is None:
            continue
        mean = nodes[node.id].mean
        before = _figure(earlier.nodes.get(node.id)) if earlier is not None else None
        criterion = card.methodology[node.id]
        told[node.id] = Shortfall(
            id=node.id,
            leaf=criterion.rule is not None,
            lead=leads[node.id],
            origin=criterion.origin,
            points=node.points,
            max_points=node.max_points,
            lost=node.lost,
            behind=max(_NONE, mean - figure) if mean is not None else _NONE,
            fell=None if before is None else max(_NONE, before - figure),
        )
    known = card.base_points is not None and card.max_points is not None
    lost = card.max_points - card.base_points if known else None  # type: ignore[operator]  # both are there
    return UnitGap(unit=card.unit, lost=lost, nodes=FrozenMap(told))


def _weights(given: Mapping[str, object], board: Scoreboard) -> dict[str, Fraction]:
    faults = [
        Fault("there is no such unit", place=Place(unit=name, at="weights"), hint=near(name, board.units))
        for name in given
        if tidy(name) not in board
    ]
    found = {tidy(name): fraction(value) for name, value in given.items()}
    if len(found) < len(given):
        faults.append(Fault("name a unit twice", place=Place(at="weights")))
    faults += [
        Fault("has no weight", place=Place(unit=unit, at="weights")) for unit in board.units if unit not in found
    ]
    faults += [
        Fault("has a weight that is not positive", place=Place(unit=unit, at="weights"))
        for unit, weight in found.items()
        if weight <= 0
    ]
    if faults:
        raise ObservationFaults("these weights do not fit the board", faults)
    return found


def _means(cards: Iterable[Scorecard], weights: Mapping[str, Fraction] | None) -> GroupMean:
    told = [(card.unit, value) for card in cards if (value := card.headline) is not None]
    mean = exact_sum(value for _, value in told) / len(told) if told else None
    weighted = None
    if weights is not None and told:
        total = exact_sum(weights[unit] for unit, _ in told)
        weighted = exact_sum(weights[unit] * value for unit, value in told) / total
    return GroupMean(units=len(told), mean=mean, weighted=weighted)


def _costliest(nodes: Iterable[Shortfall]) -> tuple[Shortfall, ...]:
    return tuple(sorted(nodes, key=lambda each: -(each.lost or _NONE)))


def _summed(pairs: Iterable[tuple[str | None, Fraction | None]]) -> dict[str | None, Fraction]:
    total: dict[str | None, Fraction] = {}
    for key, value in pairs:
        total[key] = total.get(key, _NONE) + (value or _NONE)
    return dict(sorted(total.items(), key=lambda pair: -pair[1]))
