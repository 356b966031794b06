"""Kernels of rules that look up or count: given, levels, checklist, per-unit, deduct."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve

from parindex._batch.kernels import Factors, Kernel, beyond
from parindex._batch.spans import Parameters, Spans, column_of, quotient, rest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex._batch.columns import Array
    from parindex._batch.kernels import Leaf, Loaded
    from parindex._batch.slots import NumberSlot, WordSlot


class GivenKernel(Kernel):
    """Points set outright, or the maximum times value over scale."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        super().__init__(leaves)
        self._factors = Factors(
            Fraction(self.scale) if leaf.rule.scale is None else leaf.maximum * self.scale / leaf.rule.scale
            for leaf in leaves
        )

    @staticmethod
    def form(leaf: Leaf) -> Any:
        """Return whether there is a scale."""
        return leaf.rule.scale is None

    def points(self, loaded: Loaded, *, fine: bool = False) -> Spans:
        """Return points x S, or maximum x S x value / scale."""
        factors = self._factors.scaled(loaded.scales)
        spans = divided(factors.over.column * loaded.rows[0], factors.under)
        if fine and spans.loose is not None:
            return evolve(spans, rest=rest_of(factors.over, loaded.rows[0], factors.under.column))
        return spans


class LevelsKernel(Kernel):
    """The points of the level chosen."""

    def _slots(self) -> list[NumberSlot | WordSlot]:
        worths = [{level.key: level.of(leaf.maximum) for level in leaf.rule.levels} for leaf in self.leaves]
        return [self._words([leaf.rule.inputs[0] for leaf in self.leaves], worths)]

    def points(self, loaded: Loaded, *, fine: bool = False) -> Spans:
        """Return what was looked up."""
        return Spans(loaded.rows[0])


class ChecklistKernel(Kernel):
    """The sum of the items met, at most the maximum."""

    def _slots(self) -> list[NumberSlot | WordSlot]:
        return [self._item(place) for place in range(self._width)]

    def _item(self, place: int) -> WordSlot:
        items = [leaf.rule.items[place] for leaf in self.leaves]
        worths = [{"yes": item.of(leaf.maximum)} for leaf, item in zip(self.leaves, items, strict=True)]
        return self._words([leaf.rule.inputs[place] for leaf in self.leaves], worths)

    def points(self, loaded: Loaded, *, fine: bool = False) -> Spans:
        """Return the sum of what was looked up, held at the maximum."""
        return Spans(np.minimum(summed(loaded.rows), self.limits.column))


class PerUnitKernel(Kernel):
    """So many points for each, at most the maximum."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        super().__init__(leaves)
        self._factors = Factors(leaf.rule.points * self.scale for leaf in leaves)

    def points(self, loaded: Loaded, *, fine: bool = False) -> Spans:
        """Return count x points, held at the maximum."""
        return held_products(loaded.rows[0], self._factors, self.limits, loaded.scales, spend=True)


class DeductKernel(Kernel):
    """A start less what the faults take, never below the lowest."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        super().__init__(leaves)
        self._lowest = self._worth([leaf.rule.lowest for leaf in leaves])
        starts = [[level.of(leaf.maximum) for level in leaf.rule.levels] or [leaf.maximum] for leaf in leaves]
        rooms = [max(Fraction(0), max(each) - leaf.rule.lowest) for each, leaf in zip(starts, leaves, strict=True)]
        self._faults = list(zip(*(leaf.rule.faults for leaf in leaves), strict=True))
        self._factors = [
            Factors(fault.of(leaf.maximum) * self.scale for fault, leaf in zip(faults, leaves, strict=True))
            for faults in self._faults
        ]
        self._caps = [
            self._worth([min(room, fault.cap or room) for fault, room in zip(faults, rooms, strict=True)])
            for faults in self._faults
        ]

    @staticmethod
    def form(leaf: Leaf) -> Any:
        """Return how many faults there are, and whether there are levels."""
        return len(leaf.rule.faults), bool(leaf.rule.levels)

    def _slots(self) -> list[NumberSlot | WordSlot]:
        slots: list[NumberSlot | WordSlot] = []
        first = 0
        if self.leaves[0].rule.levels:
            worths = [{level.key: level.of(leaf.maximum) for level in leaf.rule.levels} for leaf in self.leaves]
            slots.append(self._words([leaf.rule.inputs[0] for leaf in self.leaves], worths))
            first = 1
        return slots + [
            self._numbers([leaf.rule.inputs[place] for leaf in self.leaves]) for place in range(first, self._width)
        ]

    def points(self, loaded: Loaded, *, fine: bool = False) -> Spans:
        """Return start − the sum of what the faults take, held at the lowest."""
        counts = list(loaded.rows)
        start: Array = self.limits.column
        if self.leaves[0].rule.levels:
            start, *counts = (loaded.rows[0] / _over(loaded.scales), *loaded.rows[1:])
        least: Array | None = None
        loose: list[Array] = []
        for count, faults, worths, cap in zip(counts, self._faults, self._factors, self._caps, strict=True):
            wipes = [fault.wipe_at for fault in faults]
            taken = held_products(count, worths, cap, loaded.scales, spend=not any(wipes))
            low = taken.low
            inexact = taken.loose
            if any(wipes):
                edges = column_of([np.inf if wipe is None else wipe for wipe in wipes])
                wiped = count >= edges * _over(loaded.scales)
                low = np.where(wiped, np.maximum(start, 0), low)
                inexact = None if inexact is None else inexact & ~wiped
            least = low if least is None else least + low
            if inexact is not None:
                loose.append(inexact)
        assert least is not None  # a deduction names faults
        rest, lowest = np.subtract(start, least, out=least), self._lowest.column
        if not loose:
            return Spans(np.maximum(rest, lowest, out=rest))
        more = summed([each.astype(np.float64) for each in loose])
        # Held at the lowest, the points may be just that: the lower end stays below it, where nothing lies strictly.
        high = np.maximum(rest, lowest)
        low = np.where(rest > lowest, rest - more, lowest)
        return Spans(low, low < high, len(loose))


def held_products(
    counts: Array, worths: Factors, limits: Parameters, scales: tuple[int, ...] | None, *, spend: bool = False
) -> Spans:
    """Return counts times their worths, held at limits; a product that floats round is above every limit.

    With *spend* nobody needs the counts any more: the work is done in them.
    """
    factors = worths.scaled(scales)
    products = np.multiply(counts, factors.over.column, out=counts if spend else None)
    if factors.under.most == 1:
        return Spans(np.minimum(products, limits.column, out=products))
    return divided(np.minimum(products, limits.column * factors.under.column, out=products), factors.under)


def divided(over: Array, under: Parameters) -> Spans:
    """Return whole numbers over whole numbers of their rows; units beyond floats are odd."""
    odd = beyond(over, under.column)
    if under.most == 1:
        return Spans(over, odd=odd)
    low, loose = quotient(over, under.column)
    return Spans(low, loose, odd=odd)


def summed(rows: Sequence[Array]) -> Array:
    """Return the sum of arrays."""
    total = rows[0]
    for row in rows[1:]:
        total = total + row
    return total


def _over(scales: tuple[int, ...] | None) -> Array | int:
    return 1 if scales is None else column_of(scales)
