"""Changes: what a comparison found of a node, of a unit, and of a whole board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from parindex._frozen import FrozenMap
from parindex._methodology.words import Within
from parindex._scoring.board import Scoreboard
from parindex._scoring.results import NodeScore, Scorecard
from parindex._text import Word
from parindex.analysis.effects import Effect, Unsplit
from parindex.errors import found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from parindex._methodology.words import Lang


class Movement(Word):
    """Which way something went: improved, kept, fell; appeared and vanished for what only one of the two has.

    Unknown where one of the two has no figure: it is not final, or does not apply.
    """

    IMPROVED = "improved"
    KEPT = "kept"
    FELL = "fell"
    APPEARED = "appeared"
    VANISHED = "vanished"
    UNKNOWN = "unknown"


def movement_of(change: Fraction | None) -> Movement:
    """Return which way a figure went that changed by so much; None for one that is unknown."""
    if change is None:
        return Movement.UNKNOWN
    return Movement.IMPROVED if change > 0 else Movement.FELL if change < 0 else Movement.KEPT


def _less(after: Fraction | None, before: Fraction | None) -> Fraction | None:
    return None if after is None or before is None else after - before


def ranks_part(before: Scorecard, after: Scorecard) -> bool:
    """Return whether the unit is ranked among others than before: within its group, which changed."""
    within = {each.methodology.policy.ranked_within for each in (before, after)}
    return Within.GROUP in within and (before.group != after.group or len(within) > 1)


def _places(before: int, after: int) -> int | None:
    """Return how many places up a unit moved; None where it is not ranked in both."""
    return before - after if before and after else None


def places_moved(moved: int | None, lang: Lang = "vi") -> str:
    """Return how a rank moved as it is printed: "tăng 12 bậc", "up 12 places"; "" where it is not known.

    >>> places_moved(12), places_moved(-1, "en"), places_moved(0, "en")
    ('tăng 12 bậc', 'down 1 place', 'unchanged')
    """
    if moved is None:
        return ""
    if moved == 0:
        return "giữ nguyên" if lang == "vi" else "unchanged"
    if lang == "vi":
        return f"{'tăng' if moved > 0 else 'giảm'} {abs(moved)} bậc"
    return f"{'up' if moved > 0 else 'down'} {abs(moved)} {'place' if abs(moved) == 1 else 'places'}"


@frozen(kw_only=True)
class NodeChange:
    """One node of one unit, before and after.

    Attributes:
        id, before_id: the node, and what it was called before; None where it does not exist.
        before, after: what was scored, or None.
        rank_before, rank_after: its rank among the units of its board, 0 where it is not ranked, and of a card alone.
        sure: whether the two are known to be the same criterion; else their titles only suggest it.
        taken_off: whether its points are taken off the whole, so that fewer of them are better.
        regrouped: whether the unit changed its group where ranks are those within groups, so that they do not compare.
    """

    id: str | None
    before_id: str | None
    before: NodeScore | None
    after: NodeScore | None
    rank_before: int = 0
    rank_after: int = 0
    sure: bool = True
    taken_off: bool = False
    regrouped: bool = False

    @property
    def key(self) -> str:
        """The id of the node, that of before where it has vanished."""
        key = self.before_id if self.id is None else self.id
        assert key is not None  # it was there at least once
        return key

    @property
    def points(self) -> Fraction | None:
        """The change in points; None where one of the two has none."""
        return None if self.before is None or self.after is None else _less(self.after.points, self.before.points)

    @property
    def index(self) -> Fraction | None:
        """The change of the component index in percentage points; None where one of the two has none."""
        return None if self.before is None or self.after is None else _less(self.after.index, self.before.index)

    @property
    def moved(self) -> int | None:
        """Places gained, + is better; None where the node is not ranked in both among the same units.

        Rank 1 has the most points, so that of points taken off a later rank is better.
        """
        moved = None if self.regrouped else _places(self.rank_before, self.rank_after)
        return -moved if moved is not None and self.taken_off else moved

    @property
    def movement(self) -> Movement:
        """Which way it went: by its component index, or by its points where there is none."""
        if self.before is None or self.after is None:
            return Movement.VANISHED if self.after is None else Movement.APPEARED
        change = self.points if self.index is None else self.index
        return movement_of(-change if change is not None and self.taken_off else change)

    def __bool__(self) -> bool:
        """Return whether anything changed."""
        if self.before is None or self.after is None:
            return True
        same = (self.before.status, self.before.points, self.before.max_points, self.rank_before)
        return same != (self.after.status, self.after.points, self.after.max_points, self.rank_after)


@frozen(kw_only=True)
class UnitChange:
    """One unit, before and after.

    Attributes:
        unit, before_unit: its name, and how it was named before.
        before, after: its cards.
        rank_before, rank_after: its ranks, 0 where it is not ranked, and of a card alone.
        nodes: every node that one of the two has: those of the later methodology in its order, then what vanished.
        effect: what of the change comes from the rules and what from the data; None under one methodology, and where
            no such split can be made.
        unsplit: why it cannot, else None.
    """

    unit: str
    before_unit: str
    before: Scorecard
    after: Scorecard
    rank_before: int = 0
    rank_after: int = 0
    nodes: FrozenMap[str, NodeChange]
    effect: Effect | None = None
    unsplit: Unsplit | None = None

    @property
    def regrouped(self) -> bool:
        """Whether the unit changed its group."""
        return self.before.group != self.after.group

    @property
    def points(self) -> Fraction | None:
        """The change in points; None where one of the two has none."""
        return _less(self.after.points, self.before.points)

    @property
    def index(self) -> Fraction | None:
        """The change of the index in percentage points; None where one of the two has none."""
        return _less(self.after.index, self.before.index)

    @property
    def moved(self) -> int | None:
        """Places gained, + is better; None where the unit is not ranked in both among the same units."""
        return None if ranks_part(self.before, self.after) else _places(self.rank_before, self.rank_after)

    @property
    def movement(self) -> Movement:
        """Which way it went: by the index, or by the points where there is none."""
        return movement_of(self.points if self.index is None else self.index)

    def __getitem__(self, criterion_id: str) -> NodeChange:
        """Return one node, by its later id.

        Raises:
            CatalogError: if neither of the two has it, with the near miss.
        """
        return found(self.nodes, criterion_id, f"the cards of {self.unit!r} have no node")

    def went(self, movement: Movement | str, *, level: int | None = None) -> tuple[NodeChange, ...]:
        """Return the nodes that went one way, those of one level of the tree only where it is named."""
        way = Movement(movement)
        return tuple(
            each for each in self.nodes.values() if each.movement is way and level in {None, self._level(each)}
        )

    def _level(self, node: NodeChange) -> int:
        methodology = self.before.methodology if node.id is None else self.after.methodology
        return methodology[node.key].level

    def __bool__(self) -> bool:
        """Return whether anything changed."""
        sides = ((self.before, self.rank_before), (self.after, self.rank_after))
        figures = [
            (each.status, each.group, each.points, each.max_points, each.index, each.grade, rank)
            for each, rank in sides
        ]
        return figures[0] != figures[1] or any(self.nodes.values())


@frozen(kw_only=True)
class Merged:
    """A unit that several were merged into; what it would have scored before is known to nobody."""

    unit: str
    before: tuple[Scorecard, ...]
    after: Scorecard


@frozen(kw_only=True, repr=False)
class BoardChange:
    """Two boards, unit by unit.

    Attributes:
        before, after: the boards.
        units: the units of both, in the order of the later board.
        merged: those that several units were merged into.
        spelled: the units whose names were taken for the same though they differ, later first.
        unsure: the later names of those that may be two places: one of the two leaves out the kind of place.
        appeared, vanished: the units that only one of the boards has.
    """

    before: Scoreboard
    after: Scoreboard
    units: FrozenMap[str, UnitChange]
    merged: tuple[Merged, ...] = ()
    spelled: tuple[tuple[str, str], ...] = ()
    unsure: frozenset[str] = frozenset()
    appeared: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()

    def __getitem__(self, unit: str) -> UnitChange:
        """Return the change of one unit.

        Raises:
            CatalogError: if it does not stand in both boards, with the near miss.
        """
        return found(self.units, unit, "there is no unit in both boards that is named")

    def __iter__(self) -> Iterator[UnitChange]:
        return iter(self.units.values())

    def __len__(self) -> int:
        return len(self.units)

    def went(self, movement: Movement | str) -> tuple[UnitChange, ...]:
        """Return the units that went one way."""
        way = Movement(movement)
        return tuple(each for each in self if each.movement is way)

    def __bool__(self) -> bool:
        """Return whether anything changed."""
        return any(self) or bool(self.merged or self.spelled or self.appeared or self.vanished)

    def __repr__(self) -> str:
        return f"<BoardChange of {len(self)} units, {sum(map(bool, self))} changed>"
