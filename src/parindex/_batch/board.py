"""A board of many units, answering from columns what the reference engine's board answers from cards."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import field, frozen

from parindex._batch.columns import Array
from parindex._batch.results import STATUS, Results
from parindex._frozen import FrozenMap
from parindex._numbers import decimal
from parindex._scoring.board import Computation, Scoreboard, locked
from parindex.errors import NumberError

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal
    from fractions import Fraction

    from numpy.typing import NDArray

    from parindex._batch.figures import Figures
    from parindex._methodology.parts import Grade
    from parindex._scoring.results import Bounds, NodeScore, Scorecard, Status


@frozen(repr=False, eq=False)
class ColumnBoard(Scoreboard):
    """The results of a run, or of some of its units; see :class:`Scoreboard`."""

    _results: Results = field(alias="results")
    _units: Array = field(alias="units")

    def __len__(self) -> int:
        return len(self._units)

    def __contains__(self, unit: object) -> bool:
        return unit in self._results.run.table and self._place(str(unit)) is not None

    def _place(self, unit: str) -> int | None:
        """Return the row of a unit in the table, if it is one of this board's."""
        position = self._results.run.table.position(unit)
        found = int(np.searchsorted(self._units, position))
        return position if found < len(self._units) and self._units[found] == position else None

    @cached_property
    def cards(self) -> tuple[Scorecard, ...]:
        """The cards of all units, from the reference engine; this takes its time."""
        return tuple(self._results.card(unit) for unit in self._units.tolist())

    @property
    def computation(self) -> Computation:
        """The batch engine, and how many units fell back for the figures that were asked for so far."""
        self.ranks()
        _ = self._results.grades, self._results.printed_index
        own = set(self._units.tolist()) if len(self) < len(self._results) else None
        reasons = {key: units if own is None else units & own for key, units in self._results.reasons.items()}
        counts = {key: len(units) for key, units in reasons.items() if units}
        return Computation("batch", len(self), len(set().union(*reasons.values())), FrozenMap(counts))

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The names of the units."""
        names = self._results.run.table.units
        return names if len(self) == len(names) else tuple(names[unit] for unit in self._units.tolist())

    @cached_property
    def groups(self) -> tuple[str | None, ...]:
        """The group of each unit."""
        groups = self._results.run.table.facts.get("group")
        if groups is None:
            return (None,) * len(self)
        return tuple(groups.words[code] for code in groups.codes[self._units].tolist())

    @property
    def printed_index(self) -> tuple[Decimal | None, ...]:
        """The index of each unit as printed, None where it does not exist."""
        printed, exists = self._results.printed_index
        digits = self.methodology.policy.print_rounding.digits
        pairs = zip(printed[self._units].tolist(), exists[self._units].tolist(), strict=True)
        return tuple(decimal(scaled, digits) if there else None for scaled, there in pairs)

    @property
    def printed_index_scaled(self) -> NDArray[np.int64]:
        """The printed index in units of its last digit; see :attr:`Scoreboard.printed_index_scaled`."""
        printed, exists = self._results.printed_index
        scaled = np.where(exists, printed, -1)[self._units]
        try:
            return locked(scaled.astype(np.int64))
        except OverflowError:
            raise NumberError("an index has more digits than 64 bits hold: use printed_index") from None

    @property
    def index_float(self) -> NDArray[np.float64]:
        """The index of each unit as a float, NaN where it does not exist; read-only, shape (units,).

        The nearest float where the index is a whole number of 1/S, else within 1/S of it for each leaf.
        For pictures and statistics; nothing is ever decided by it.
        """
        figures = self._results.index.at(self._units)
        under = np.asarray(figures.under, dtype=np.float64)
        middle = (figures.low.astype(np.float64) + figures.high.astype(np.float64)) / 2 / under
        return locked(np.where(figures.exists, middle, np.nan))

    @property
    def grades(self) -> tuple[Grade | None, ...]:
        """The grade of each unit."""
        codes, words = self._results.grades
        return tuple(words[code] for code in codes[self._units].tolist())

    @property
    def status(self) -> tuple[Status, ...]:
        """The status of each unit."""
        return tuple(STATUS[code] for code in self._results.status[self._units].tolist())

    @property
    def bounds(self) -> tuple[Bounds | None, ...]:
        """The bounds of each provisional unit, from its card; None for the others."""
        final = self._results.status[self._units] != STATUS.index("provisional")
        return tuple(
            None if there else self._results.card(unit).bounds
            for unit, there in zip(self._units.tolist(), final.tolist(), strict=True)
        )

    def card(self, unit: str) -> Scorecard:
        """Return the card of one unit, from the reference engine.

        Raises:
            CatalogError: if there is no such unit, with the near miss.
        """
        place = self._place(unit)
        return super().card(unit) if place is None else self._results.card(place)

    def points(self, criterion_id: str | None = None) -> tuple[Fraction | None, ...]:
        """Return the exact points of each unit, of the whole or of one node; None where there are none.

        Made one by one; those that bulk arithmetic does not hold exactly come from cards.
        """
        if criterion_id is None:
            return self._values(self._results.points, None, _points)
        self.methodology[criterion_id]
        return self._values(self._results.node_points(criterion_id), criterion_id, _points)

    def component_index(self, criterion_id: str | None = None) -> tuple[Fraction | None, ...]:
        """Return the exact index of each unit, of the whole or of one node; see :meth:`points`."""
        if criterion_id is None:
            return self._values(self._results.index, None, _index)
        figures = self._results.node_index(criterion_id) if self.methodology[criterion_id].max_points else None
        return self._values(figures, criterion_id, _index)

    def _values(
        self, figures: Figures | None, node: str | None, value: Callable[[Any], Fraction | None]
    ) -> tuple[Fraction | None, ...]:
        found: list[Fraction | None] = []
        final = self._results.final
        for unit in self._units.tolist():
            exact = figures.exact(unit) if figures is not None and final[unit] and figures.exists[unit] else None
            if exact is None:
                card = self._results.card(unit)
                exact = value(card) if node is None else value(card[node]) if node in card.nodes else None
            found.append(exact)
        return tuple(found)

    def ranks(self, criterion_id: str | None = None) -> NDArray[np.int64]:
        """Return the rank of each unit, of the whole or of one node; see :meth:`Scoreboard.ranks`."""
        return locked(self._results.ranks(criterion_id, self._units))

    def rank_list(self, criterion_id: str | None = None) -> tuple[int, ...]:
        """Return :meth:`ranks` as whole numbers."""
        return tuple(self.ranks(criterion_id).tolist())

    def by_group(self) -> dict[str | None, Scoreboard]:
        """Return a board for each group, in order of appearance; see :meth:`Scoreboard.by_group`."""
        groups = self._results.run.table.facts.get("group")
        if groups is None:
            return {None: self}
        codes = groups.codes[self._units]
        values, firsts = np.unique(codes, return_index=True)
        return {
            groups.words[code]: ColumnBoard(self.methodology, self._results, self._units[codes == code])
            for code in values[np.argsort(firsts)].tolist()
        }


def _points(of: Scorecard | NodeScore) -> Fraction | None:
    return of.points


def _index(of: Scorecard | NodeScore) -> Fraction | None:
    return of.index
