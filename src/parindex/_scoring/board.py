"""Results of many units: their cards, ranks, means and groups.

A board answers from its cards; the batch engine has one that answers the same from columns.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from parindex._frozen import FrozenMap
from parindex._methodology.methodology import Methodology
from parindex._methodology.words import Headline, RankedValue, Within
from parindex._scoring.engine import score_cards
from parindex._scoring.keys import order_key
from parindex._scoring.ranking import rank_exact
from parindex._scoring.results import Bounds, Scorecard, Status
from parindex._text import tidy
from parindex.errors import NumberError, found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    import numpy as np
    from numpy.typing import NDArray

    from parindex._methodology.parts import Grade
    from parindex._scoring.assessment import Assessment
    from parindex._scoring.engine import PeersOf


@frozen
class Computation:
    """How a board was computed.

    Attributes:
        engine: "reference" or "batch".
        units: how many units there are.
        fell_back: how many of them the reference engine computed after all.
        reasons: for each reason how many; a unit may have several.
    """

    engine: str
    units: int
    fell_back: int = 0
    reasons: FrozenMap[str, int] = field(default=FrozenMap())

    @property
    def share(self) -> Fraction:
        """The part of the units that fell back; 0 without units."""
        return Fraction(self.fell_back, self.units) if self.units else Fraction(0)


@frozen(repr=False, eq=False)
class Scoreboard(ABC):
    """The results of several units, in the order in which the units were given.

    Two boards are equal whose methodologies and cards are, whatever computed them.
    """

    methodology: Methodology

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scoreboard):
            return NotImplemented
        return self.methodology == other.methodology and self.cards == other.cards

    def __hash__(self) -> int:
        return hash((self.methodology, self.units))

    def __repr__(self) -> str:
        return f"<Scoreboard {self.methodology.name}, {len(self)} units>"

    @property
    @abstractmethod
    def cards(self) -> tuple[Scorecard, ...]:
        """The card of each unit; of a board of many units they are made when they are first asked for."""

    @property
    @abstractmethod
    def computation(self) -> Computation:
        """Which engine computed the board, and how many units fell back to the reference engine."""

    def __len__(self) -> int:
        return len(self.cards)

    def __iter__(self) -> Iterator[Scorecard]:
        return iter(self.cards)

    def __contains__(self, unit: object) -> bool:
        return isinstance(unit, str) and tidy(unit) in self._by_unit

    @property
    def units(self) -> tuple[str, ...]:
        """The names of the units."""
        return tuple(card.unit for card in self.cards)

    @property
    def printed_index(self) -> tuple[Decimal | None, ...]:
        """The index of each unit as printed, None where it does not exist."""
        return tuple(card.printed_index for card in self.cards)

    @property
    def printed_index_scaled(self) -> NDArray[np.int64]:
        """The printed index in units of its last digit, 9080 for 90.80; read-only, shape (units,).

        -1 where a unit has no index, which is never negative.

        Raises:
            NumberError: for an index beyond 64 bits, which only an uncapped block can make.
        """
        import numpy as np

        rounding = self.methodology.policy.print_rounding
        scaled = [-1 if card.index is None else rounding.scaled(card.index) for card in self.cards]
        try:
            return locked(np.array(scaled, dtype=np.int64))
        except OverflowError:
            raise NumberError("an index has more digits than 64 bits hold: use printed_index") from None

    @property
    def index_float(self) -> NDArray[np.float64]:
        """The index of each unit as a float, NaN where it does not exist; read-only, shape (units,).

        The nearest float from cards; computed in bulk it may be off by the size of 1/S, some 10**-8.
        For pictures and statistics; nothing is ever decided by it.
        """
        import numpy as np

        floats = [np.nan if card.index is None else float(card.index) for card in self.cards]
        return locked(np.array(floats, dtype=np.float64))

    @property
    def grades(self) -> tuple[Grade | None, ...]:
        """The grade of each unit."""
        return tuple(card.grade for card in self.cards)

    @property
    def status(self) -> tuple[Status, ...]:
        """The status of each unit."""
        return tuple(card.status for card in self.cards)

    @property
    def bounds(self) -> tuple[Bounds | None, ...]:
        """The bounds of each provisional unit, None for the others."""
        return tuple(card.bounds for card in self.cards)

    @property
    def groups(self) -> tuple[str | None, ...]:
        """The group of each unit."""
        return tuple(card.group for card in self.cards)

    def card(self, unit: str) -> Scorecard:
        """Return the card of one unit.

        Raises:
            CatalogError: if there is no such unit, with the near miss.
        """
        return found(self._by_unit, tidy(unit), "there is no unit")

    @cached_property
    def _by_unit(self) -> dict[str, Scorecard]:
        return {card.unit: card for card in self.cards}

    def points(self, criterion_id: str | None = None) -> tuple[Fraction | None, ...]:
        """Return the exact points of each unit, of the whole or of one node; None where there are none."""
        if criterion_id is None:
            return tuple(card.points for card in self.cards)
        self.methodology[criterion_id]
        return tuple(card[criterion_id].points if criterion_id in card.nodes else None for card in self.cards)

    def component_index(self, criterion_id: str | None = None) -> tuple[Fraction | None, ...]:
        """Return the exact index of each unit, of the whole or of one node; None where it does not exist."""
        if criterion_id is None:
            return tuple(card.index for card in self.cards)
        self.methodology[criterion_id]
        return tuple(card[criterion_id].index if criterion_id in card.nodes else None for card in self.cards)

    def compared(self, criterion_id: str | None = None) -> tuple[Fraction | None, ...]:
        """Return the figure that ranks and means are made of: exact, None where a unit has none.

        For the whole the headline; for a node its component index, or its points where its maximum is unknown.
        """
        if criterion_id is None:
            indexed = self.methodology.headline is Headline.INDEX
        else:
            indexed = self.methodology[criterion_id].max_points is not None
        return self.component_index(criterion_id) if indexed else self.points(criterion_id)

    def ranks(self, criterion_id: str | None = None) -> NDArray[np.int64]:
        """Return the rank of each unit, of the whole or of one node; read-only, shape (units,), 0 = unranked.

        Ranked are the units with a final card that are not unranked by an observation, within their group where the
        policy says so.
        """
        import numpy as np

        return locked(np.array(self.rank_list(criterion_id), dtype=np.int64))

    def rank_list(self, criterion_id: str | None = None) -> tuple[int, ...]:
        """Return :meth:`ranks` as whole numbers, without NumPy."""
        policy = self.methodology.policy
        pools: dict[str | None, list[tuple[int, Fraction]]] = {}
        for position, (card, value) in enumerate(zip(self.cards, self.compared(criterion_id), strict=True)):
            if card.status is Status.FINAL and card.assessment.unranked is None and value is not None:
                printed = policy.print_rounding.apply(value) if policy.ranked_value is RankedValue.PRINTED else value
                pool = card.group if policy.ranked_within is Within.GROUP else None
                pools.setdefault(pool, []).append((position, printed))
        ranks = [0] * len(self.cards)
        for pool_units in pools.values():
            placed = rank_exact([value for _, value in pool_units], policy.ties)
            for (position, _), rank in zip(pool_units, placed, strict=True):
                ranks[position] = rank
        return tuple(ranks)

    def place(self, unit: str, criterion_id: str | None = None) -> str:
        """Return the rank of a unit among those it is ranked with as it is printed, "2/8"; "" where it is unranked."""
        card = self.card(unit)
        ranks = self.rank_list(criterion_id)
        within = self.methodology.policy.ranked_within is Within.GROUP
        pool = [rank for group, rank in zip(self.groups, ranks, strict=True) if not within or group == card.group]
        own = ranks[self.units.index(card.unit)]
        return f"{own}/{sum(rank > 0 for rank in pool)}" if own else ""

    def order_keys(self, criterion_id: str | None = None) -> tuple[str | None, ...]:
        """Return for each unit the text that sorts as its rank does, of the whole or of one node; None if unranked.

        Keys compare with those of any other board of the same methodology, so that units scored apart are ranked
        together: a rank is 1 + how many keys are greater, or how many different ones where ties are dense, within the
        group where the policy says so.
        They compare byte by byte, and are equal exactly where the figures compared are, exact or printed.
        """
        policy = self.methodology.policy
        printed = policy.ranked_value is RankedValue.PRINTED
        ranked = [rank > 0 for rank in self.rank_list(criterion_id)]
        values: Iterable[Fraction | Decimal | None]
        if printed and criterion_id is None and self.methodology.headline is Headline.INDEX:
            values = self.printed_index  # which no card has to be made for
        else:
            values = self.compared(criterion_id)
        known: dict[Fraction | Decimal, str] = {}
        keys: list[str | None] = []
        for value, counts in zip(values, ranked, strict=True):
            if value is None or not counts:
                keys.append(None)
                continue
            if value not in known:
                exact = Fraction(value)
                known[value] = order_key(policy.print_rounding.apply(exact) if printed else exact)
            keys.append(known[value])
        return tuple(keys)

    def mean(self, criterion_id: str | None = None) -> Fraction | None:
        """Return the plain mean over the units with a final card, ranked or not; None if no unit has the figure.

        Of the whole the headline, of a node its component index, or its points where its maximum is unknown.
        """
        values = [
            value
            for card, value in zip(self.cards, self.compared(criterion_id), strict=True)
            if card.status is Status.FINAL and value is not None
        ]
        return sum(values, Fraction(0)) / len(values) if values else None

    def printed_mean(self, criterion_id: str | None = None) -> Decimal | None:
        """Return :meth:`mean` as printed, trailing zeros kept."""
        mean = self.mean(criterion_id)
        return None if mean is None else self.methodology.policy.print_rounding.printed(mean)

    def by_group(self) -> dict[str | None, Scoreboard]:
        """Return a board for each group, in order of appearance; None holds the units without one.

        Cards stay as they are; ranks and means of such a board are those within the group.
        """
        groups: dict[str | None, list[Scorecard]] = {}
        for card in self.cards:
            groups.setdefault(card.group, []).append(card)
        return {group: CardBoard(self.methodology, tuple(cards)) for group, cards in groups.items()}


@frozen(repr=False, eq=False)
class CardBoard(Scoreboard):
    """A board of the reference engine: it has the card of every unit."""

    cards: tuple[Scorecard, ...]
    fell_back: Computation | None = None

    @property
    def computation(self) -> Computation:
        """The reference engine, by choice or because the methodology cannot be compiled."""
        return self.fell_back or Computation("reference", len(self.cards))


def reference_board(
    methodology: Methodology,
    assessments: Iterable[Assessment],
    *,
    partial: bool = False,
    year: int | None = None,
    peers: PeersOf | None = None,
) -> CardBoard:
    """Return the board of several units from the reference engine; see ``score_many``."""
    return CardBoard(methodology, score_cards(methodology, assessments, partial=partial, year=year, peers=peers))


def locked(array: NDArray[Any]) -> NDArray[Any]:
    """Return an array that can no longer be written to."""
    array.setflags(write=False)
    return array
