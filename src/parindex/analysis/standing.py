"""How firm ranks are, as values: what was counted of each unit over all draws, and its ranks under alternatives."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from parindex._frozen import FrozenMap
from parindex._methodology.rules.base import rate
from parindex._scoring.board import Scoreboard
from parindex._text import tidy
from parindex.analysis.drawn import DrawnWeights
from parindex.errors import Fault, Place, found

if TYPE_CHECKING:
    from collections.abc import Iterator


@frozen(kw_only=True)
class RankCounts:
    """The ranks of one unit over all draws, counted exactly.

    Attributes:
        unit, rank: its name, and its rank on the board itself.
        of: how many units it is ranked with.
        draws: how many draws there were.
        histogram: in how many draws it had rank 1, 2 and so on; None above 1,000 units, where only what stands below
            was counted.
        total, squares: what its ranks and their squares add up to.
        least, greatest: its best and its worst rank in any draw.
        at_most: for each rank that was asked for, in how many draws it had that one or a better one.
    """

    unit: str
    rank: int
    of: int
    draws: int
    histogram: tuple[int, ...] | None
    total: int
    squares: int
    least: int
    greatest: int
    at_most: FrozenMap[int, int]

    @property
    def mean(self) -> Fraction:
        """The mean rank."""
        return Fraction(self.total, self.draws)

    @property
    def variance(self) -> Fraction:
        """The variance of its rank over the draws."""
        return Fraction(self.squares * self.draws - self.total**2, self.draws**2)

    def count(self, *, at_most: int) -> int:
        """Return in how many draws its rank was *at_most* so much.

        Raises:
            Fault: for what is no rank, and above 1,000 units for one that was not asked for when they were drawn.
        """
        if at_most in self.at_most:
            return self.at_most[at_most]
        if type(at_most) is not int or at_most < 1:
            raise Fault(f"{at_most!r} is no rank", place=Place(unit=self.unit, at="at_most"))
        if self.histogram is None:
            asked = ", ".join(map(str, self.at_most)) or "none"
            message = f"of so many units only the ranks asked for are counted, at_most {asked}; found {at_most}"
            raise Fault(message, place=Place(unit=self.unit, at="at_most"))
        return sum(self.histogram[:at_most])

    def probability(self, *, at_most: int) -> Fraction:
        """Return the part of the draws in which its rank was *at_most* so much; see :meth:`count`."""
        return Fraction(self.count(at_most=at_most), self.draws)

    def interval(self, share: object = "95%") -> tuple[int, int]:
        """Return the fewest neighbouring ranks that hold at least that share of the draws, as the first and the last.

        Of several runs of ranks as short as that it is the one with most draws, and the one of better ranks if they
        have the same.

        Raises:
            Fault: above 1,000 units, where not every rank is counted, and for a share beyond 0 % and 100 %.
            NumberError: for what is no share, such as "95%".
        """
        part = rate(share)
        if not 0 <= part <= 1:
            raise Fault(f"{share!r} is not from 0% to 100%", place=Place(at="share"))
        if self.histogram is None:
            message = "of so many units not every rank is counted: ask for ranks with at_most"
            raise Fault(message, place=Place(unit=self.unit, at="share"))
        sums = [0]
        for count in self.histogram:
            sums.append(sums[-1] + count)
        length = 0
        held = [0]
        while max(held) < part * self.draws or not length:
            length += 1
            held = [last - first for first, last in zip(sums, sums[length:], strict=False)]
        first = held.index(max(held)) + 1
        return first, first + length - 1


class Beaten(NamedTuple):
    """In how many draws one unit was above another, level with it, and below it."""

    wins: int
    ties: int
    losses: int

    @property
    def probability(self) -> Fraction:
        """The part of the draws in which it was above; ties are no wins."""
        return Fraction(self.wins, sum(self))


@frozen(kw_only=True, repr=False)
class DrawnRanks:
    """Ranks over many draws of weights or of errors.

    The draws rest on the seed and their number alone, so that the same ones can be counted again.

    Attributes:
        board: the board itself.
        drawn: the weights that were drawn, or the error of each leaf that has one, by id.
        draws, seed: how many there were, and from what.
        units: what was counted of each ranked unit.
    """

    board: Scoreboard = field(eq=False)
    drawn: DrawnWeights | FrozenMap[str, Fraction]
    draws: int
    seed: int
    units: FrozenMap[str, RankCounts]

    def __repr__(self) -> str:
        return f"<DrawnRanks of {len(self.units)} units, {self.draws} draws>"

    def __iter__(self) -> Iterator[RankCounts]:
        return iter(self.units.values())

    def __getitem__(self, unit: str) -> RankCounts:
        """Return what was counted of one unit.

        Raises:
            CatalogError: if it is not ranked, with the near miss.
        """
        return found(self.units, tidy(unit), "there is no ranked unit")

    def beats(self, unit: str, other: str) -> Beaten:
        """Return in how many of the draws a unit is above another; the same draws are made again for the two alone.

        Raises:
            CatalogError: if one of them is not ranked, with the near miss.
            Fault: for a unit and itself, and for two that are not ranked with each other.
        """
        from parindex.analysis.simulation.counting import beaten

        pair = (self[unit].unit, self[other].unit)
        if pair[0] == pair[1]:
            raise Fault("expected another unit to compare with", place=Place(unit=pair[0]))
        return Beaten(*beaten(self.board, self.drawn, pair, draws=self.draws, seed=self.seed))


@frozen(kw_only=True)
class RankRange:
    """The best and the worst rank of a unit beside its own; *of* says how many units it is ranked with."""

    unit: str
    rank: int
    of: int
    least: int
    greatest: int

    @property
    def firm(self) -> bool:
        """Whether no other rank is possible."""
        return self.least == self.greatest


@frozen(kw_only=True, repr=False)
class Alternatives:
    """Ranks under one alternative after the other.

    Attributes:
        names: the alternatives: the nodes left out, or the policies.
        ranks: for each unit that the board ranks its rank under each of them, 0 where it has none there.
        own: its rank on the board itself.
        refused: why others could not be looked at, by name.
    """

    names: tuple[str, ...]
    ranks: FrozenMap[str, tuple[int, ...]]
    own: FrozenMap[str, int]
    refused: FrozenMap[str, str] = field(default=FrozenMap())

    def __repr__(self) -> str:
        return f"<Alternatives of {len(self.ranks)} units: {', '.join(self.names)}>"

    def under(self, name: str) -> dict[str, int]:
        """Return the rank of each unit under one of them.

        Raises:
            CatalogError: if there is no such alternative, with the near miss.
        """
        place = found({each: place for place, each in enumerate(self.names)}, name, "there is no alternative")
        return {unit: ranks[place] for unit, ranks in self.ranks.items()}

    def _of(self, unit: str) -> tuple[int, tuple[int, ...]]:
        ranks = found(self.ranks, tidy(unit), "there is no ranked unit")
        return self.own[tidy(unit)], ranks

    def range(self, unit: str) -> tuple[int, int]:
        """Return the best and the worst rank of a unit, its own among them.

        Raises:
            CatalogError: if it is not ranked, with the near miss.
        """
        own, ranks = self._of(unit)
        known = [own, *(each for each in ranks if each)]
        return min(known), max(known)

    def unranked(self, unit: str) -> tuple[str, ...]:
        """Return the alternatives under which a unit has no rank."""
        return tuple(name for name, rank in zip(self.names, self._of(unit)[1], strict=True) if not rank)

    def moved_most(self, unit: str) -> tuple[str, ...]:
        """Return the alternatives that move a unit by most ranks, all of them if several do; none if nothing moves it.

        Those under which it has no rank are not among them.
        """
        own, ranks = self._of(unit)
        moved = {name: abs(rank - own) for name, rank in zip(self.names, ranks, strict=True) if rank}
        most = max(moved.values(), default=0)
        return tuple(name for name, by in moved.items() if by == most and by)
