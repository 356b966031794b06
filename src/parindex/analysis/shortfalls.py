"""Shortfalls: what each unit misses, node by node, and how all of them stand at each node."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from parindex._frozen import FrozenMap
from parindex._numbers import exact_sum
from parindex._scoring.board import Scoreboard
from parindex._text import tidy
from parindex.errors import found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
        mean, median, best, worst: over the final units that have it, of the component index, or of the points where
            its maximum is unknown; None where none has it. Of points that are taken off, fewer are better.
        units: how many those are.
        at_zero, at_maximum: how many of them have no point, and all points.
        lost: what they miss together, in points, or what is taken off them; None where the maximum is unknown.
    """

    id: str
    lead: str | None
    mean: Fraction | None
    median: Fraction | None
    best: Fraction | None
    worst: Fraction | None
    units: int
    at_zero: Share
    at_maximum: Share
    lost: Fraction | None


@frozen(kw_only=True)
class Shortfall:
    """One node of one unit.

    Attributes:
        id, leaf: the node, and whether it is one that is scored itself.
        block: the block outside the base that it belongs to, or None.
        taken_off: whether its points are taken off the whole.
        lead: who is in charge of it, or of what it belongs to; None where nobody is named.
        origin: where the points of a leaf come from, or None.
        points, max_points, lost: what was scored, the applied maximum and what is missing; None where unknown.
            Of points that are taken off, all of them are lost.
        behind: how far its component index, or its points where the maximum is unknown, is worse than the mean; 0 if
            it is not.
        fell: how far that figure is worse than on the earlier board; 0 if it is not, None without one.
    """

    id: str
    leaf: bool
    block: str | None
    taken_off: bool
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
        """The leaves of the base that miss points, those that cost most first."""
        return _costliest(each for each in self._scored(outside=False) if each.lost)

    @property
    def unknown(self) -> tuple[Shortfall, ...]:
        """The leaves of the base of which nobody knows what they miss, since their maximum is unknown."""
        return tuple(each for each in self._scored(outside=False) if each.lost is None)

    @property
    def outside(self) -> tuple[Shortfall, ...]:
        """The leaves outside the base that miss points of a bonus or lose some, those that cost most first."""
        return _costliest(each for each in self._scored(outside=True) if each.lost)

    def _scored(self, *, outside: bool) -> Iterator[Shortfall]:
        return (each for each in self.nodes.values() if each.leaf and (each.block is not None) == outside)

    @property
    def zero(self) -> tuple[Shortfall, ...]:
        """The leaves of the base without any point, those that cost most first."""
        return tuple(each for each in (*self.leaves, *self.unknown) if each.points == 0)

    @property
    def deducted(self) -> tuple[Shortfall, ...]:
        """The leaves of the base with some of their points, those that cost most first."""
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
        """The points that leaves of the base miss, by who is in charge of them, the most first.

        Without those of ``unknown``; together they come to ``lost``.
        """
        return _summed((each.lead, each.lost) for each in self.leaves)

    @property
    def by_origin(self) -> dict[str | None, Fraction]:
        """The points that leaves of the base miss, by where their points come from, the most first."""
        return _summed((each.origin, each.lost) for each in self.leaves)


@frozen(kw_only=True)
class GroupMean:
    """The means of one group, or of all units.

    Attributes:
        units: how many final units it has.
        mean: their plain mean; None without any.
        weight: their weights together; None without weights.
        weighted: their mean weighted as was asked for; None without weights.
    """

    units: int
    mean: Fraction | None
    weight: Fraction | None
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
        """Whether the means of the groups come to the mean of all: plain by their units, weighted by their weights."""
        told = list(self.groups.values())
        plain = exact_sum(each.mean * each.units for each in told if each.mean is not None)
        weighted = exact_sum(each.weighted * (each.weight or _NONE) for each in told if each.weighted is not None)
        return (
            sum(each.units for each in told) == self.whole.units
            and plain == (self.whole.mean or _NONE) * self.whole.units
            and weighted == (self.whole.weighted or _NONE) * (self.whole.weight or _NONE)
        )

    def __repr__(self) -> str:
        return f"<Gaps of {len(self.units)} units>"


def _costliest(nodes: Iterable[Shortfall]) -> tuple[Shortfall, ...]:
    return tuple(sorted(nodes, key=lambda each: -(each.lost or _NONE)))


def _summed(pairs: Iterable[tuple[str | None, Fraction | None]]) -> dict[str | None, Fraction]:
    total: dict[str | None, Fraction] = {}
    for key, value in pairs:
        total[key] = total.get(key, _NONE) + (value or _NONE)
    return dict(sorted(total.items(), key=lambda pair: -pair[1]))
