"""Kernels of rules on rates and values: ratio, bands, weighted counts, surveys."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from parindex._batch.kernels import Kernel, Loaded, beyond, empty_points, factors, leaf_states
from parindex._batch.slots import DROPPED, MISSING, PRESENT, WRONG, NumberSlot, Rows, WordSlot
from parindex._batch.spans import Spans, column_of, scaled, scaled_quotient
from parindex._methodology.words import Measure, ZeroTotal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex._batch.columns import Array
    from parindex._batch.kernels import Leaf

HALF_WHOLE: Final = 2.0**52
COUNTS, PERCENT = ("done", "total"), ("percent",)


class RateKernel(Kernel):
    """What rules on one rate share: done of total, or a percentage, or now one and now the other."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        super().__init__(leaves)
        self.fills = (0.0, 1.0, 0.0)[: len(self.slots)]
        rules = [leaf.rule for leaf in leaves]
        self._bounded = np.array([not rule.may_exceed for rule in rules])[:, None]
        self._refuses = np.array([rule.zero_total is ZeroTotal.ERROR for rule in rules])[:, None]

    @staticmethod
    def form(leaf: Leaf) -> Any:
        """Return which columns there are."""
        return leaf.has(*COUNTS), leaf.has(*PERCENT)

    def _slots(self) -> list[NumberSlot | WordSlot]:
        counts, percent = RateKernel.form(self.leaves[0])
        asked = (COUNTS if counts or not percent else ()) + (PERCENT if percent else ())
        return [self._numbers([leaf.rule.input_by_name[name] for leaf in self.leaves]) for name in asked]

    def combined(
        self, cells: Array, parts: Sequence[Rows], rows: tuple[Array, ...], scales: tuple[int, ...] | None
    ) -> Loaded:
        """Return over and under of the rate, where a percentage may stand in for the counts."""
        if len(parts) < 3:
            return super().combined(cells, parts, rows, scales)
        stated = (cells != MISSING) & (cells != DROPPED)
        states, untouched, mixed = leaf_states(cells, ~stated[2] & ~(stated[0] & stated[1]))
        both = stated[2] & (stated[0] | stated[1])
        wrong = [(kind, str(slot), mask) for slot, part in enumerate(parts) for kind, mask in part.wrong]
        wrong += [(kind, "0", mask) for kind, mask in (("mixed", mixed), ("both", both)) if mask.any()]
        states[both] = WRONG
        whole = states == PRESENT
        by_percent = whole & stated[2]
        hundred = 100 * np.array(scales or (1,), dtype=np.float64)[:, None]
        over = np.where(by_percent, rows[2], np.where(whole, rows[0], 0))
        under = np.where(by_percent, hundred, np.where(whole, rows[1], 1))
        return Loaded((over, under), scales, states, untouched, tuple(wrong))

    def rate(self, loaded: Loaded) -> tuple[Array, Array]:
        """Return over and under of the rate."""
        if len(loaded.rows) == 1:
            hundred = 100 * np.array(loaded.scales or (1,) * len(self.leaves), dtype=np.float64)[:, None]
            return loaded.rows[0], hundred
        return loaded.rows[0], loaded.rows[1]

    def _contradictions(self, loaded: Loaded) -> list[tuple[str, str, Array]]:
        over, under = self.rate(loaded)
        wrong = []
        if len(loaded.rows) > 1:
            if self._bounded.any():
                wrong.append(("above total", "0", (over > under) & self._bounded))
            if under.min() <= 0:
                wrong.append(("zero total", "1", (under == 0) & self._refuses))
        return [each for each in wrong if each[2].any()]

    def points(self, loaded: Loaded) -> Spans:
        """Return the points of the rate, and what the rule says of an empty denominator."""
        over, under = self.rate(loaded)
        if under.min() > 0:
            return self.of_rate(over, under)
        empty = under == 0
        return empty_points(self, empty, self.of_rate(np.where(empty, 0, over), np.where(empty, 1, under)))

    def of_rate(self, over: Array, under: Array) -> Spans:
        """Return the points of rates, *under* above 0."""
        raise NotImplementedError


class RatioKernel(RateKernel):
    """The maximum in proportion to a rate."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        super().__init__(leaves)
        rules = [leaf.rule for leaf in leaves]
        full = [leaf.maximum * self.scale / leaf.rule.full_at for leaf in leaves]
        self._over, self._under = factors(full, None)
        self._held = any(rule.full_at < 1 or rule.may_exceed for rule in rules)
        edges = [scaled(leaf.maximum * leaf.rule.from_ / leaf.rule.full_at, self.scale) for leaf in leaves]
        self._edges = column_of([edge for edge, _ in edges])
        self._parted = column_of([inexact for _, inexact in edges])
        self._from_over, self._from_under = factors([rule.from_ for rule in rules], None)
        self._edged = any(rule.from_ > 0 for rule in rules)

    @staticmethod
    def form(leaf: Leaf) -> Any:
        """Return which columns there are, and what the rate is compared with."""
        rule = leaf.rule
        held = rule.full_at < 1 or rule.may_exceed
        return RateKernel.form(leaf), rule.inverse, held, rule.from_ > 0, rule.full_at == 1

    def of_rate(self, over: Array, under: Array) -> Spans:
        """Return maximum x rate / full_at, held at the maximum, 0 below *from*."""
        if self.leaves[0].rule.inverse:
            over = np.maximum(under - over, 0)
        low, loose = scaled_quotient(self._over, over, under if self._under.max() == 1 else under * self._under)
        odd = None
        if self._held:
            loose &= low < self.limits
            low = np.minimum(low, self.limits)
        if self._edged:
            # The floor reaches a whole edge just where the rate does; at the floor of another one both are compared.
            met = low >= self._edges
            unsure = (low == self._edges) & (self._parted > 0)
            if unsure.any():
                rate, edge = over * self._from_under, under * self._from_over
                odd = beyond(np.where(unsure, rate, 0), np.where(unsure, edge, 0))
                met = np.where(unsure, rate >= edge, met)
            low, loose = low * met, loose & met
        return Spans(low, loose, odd=odd)


class BandsKernel(RateKernel):
    """The points of the first step that a rate reaches."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        super().__init__(leaves)
        steps = max(len(leaf.rule.bands) for leaf in leaves) - 1
        self._steps = []
        for step in range(steps):
            bands = [leaf.rule.bands[-2 - step] if step < len(leaf.rule.bands) - 1 else None for leaf in leaves]
            worths = [Fraction(0) if band is None else band.of(leaf.maximum) for band, leaf in zip(bands, leaves, strict=True)]
            self._steps.append((column_of([_reached(band) for band in bands]), self._worth(worths)))
        edges = [band.edge.value for leaf in leaves for band in leaf.rule.bands if band.edge is not None]
        self._most_edge = max((abs(edge.numerator) for edge in edges), default=1)
        self._last = self._worth([leaf.rule.bands[-1].of(leaf.maximum) for leaf in leaves])

    def of_rate(self, over: Array, under: Array) -> Spans:
        """Return the points of the steps.

        Distinct rates differ as floats, and equal ones do not, while under x the edge's numerator is below 2**52.
        """
        odd = None
        if float(under.max()) * self._most_edge >= HALF_WHOLE:
            odd = np.broadcast_to(under * self._most_edge >= HALF_WHOLE, over.shape).any(axis=0)
        return Spans(self.stepped(over / under), odd=odd)

    def stepped(self, rates: Array) -> Array:
        """Return the points of the first step that each reaches."""
        low = np.empty(rates.shape)
        low[:] = self._last
        for edge, worth in self._steps:
            np.copyto(low, worth, where=rates >= edge)
        return low


def _reached(band: Any) -> float:
    """Return the least float that reaches a band, whose edge may itself not belong to it."""
    if band is None:
        return math.inf
    edge = float(band.edge.value)
    return math.nextafter(edge, math.inf) if band.over is not None else edge


class ValueBandsKernel(Kernel):
    """The points of the first step that a value reaches."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        super().__init__(leaves)
        self._last = self._worth([leaf.rule.bands[-1].of(leaf.maximum) for leaf in leaves])
        self._bands = [list(leaf.rule.bands[-2::-1]) for leaf in leaves]
        self._steps = max(map(len, self._bands))

    def points(self, loaded: Loaded) -> Spans:
        """Return the points of the steps; edges over the scale of a row are whole numbers."""
        values = loaded.rows[0]
        low = np.empty(values.shape)
        low[:] = self._last
        scales = loaded.scales or (1,) * len(self.leaves)
        for step in range(self._steps):
            bands = [each[step] if step < len(each) else None for each in self._bands]
            edges = [_whole_edge(band, scale) for band, scale in zip(bands, scales, strict=True)]
            worths = [
                Fraction(0) if band is None else band.of(leaf.maximum)
                for band, leaf in zip(bands, self.leaves, strict=True)
            ]
            np.copyto(low, self._worth(worths), where=values >= column_of(edges))
        return Spans(low)


def _whole_edge(band: Any, scale: int) -> float:
    if band is None:
        return math.inf
    edge = band.edge.value * scale
    return float(math.floor(edge) + 1 if band.over is not None else math.ceil(edge))


class SharesKernel(Kernel):
    """The maximum times credited counts over their total: weighted counts, and the answers of a survey."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        super().__init__(leaves)
        counted = leaves[0].rule.type == "weighted-counts"
        self._counted = counted
        if counted:
            self.fills = (1.0, *(0.0 for _ in self.slots[1:]))
            shares = [list(leaf.rule.credits.values()) for leaf in leaves]
            weights = [[Fraction(1)] for _ in leaves]
        else:
            shares = [[option.share for option in leaf.rule.options] for leaf in leaves]
            weights = [[group.weight for group in leaf.rule.groups] or [Fraction(1)] for leaf in leaves]
            self.fills = (1.0,) * len(self.slots)
        self._refuses = np.array([leaf.rule.zero_total is ZeroTotal.ERROR for leaf in leaves])[:, None]
        parts = [math.lcm(*(share.denominator for share in each)) for each in shares]
        self._shares = [
            column_of([int(share * part) for share, part in zip(column, parts, strict=True)])
            for column in zip(*shares, strict=True)
        ]
        wholes = [math.lcm(*(weight.denominator for weight in each)) for each in weights]
        self._weights = [
            [int(weight * whole) for weight, whole in zip(column, wholes, strict=True)]
            for column in zip(*weights, strict=True)
        ]
        self._factors = [
            factors([leaf.maximum * self.scale * weight / part for leaf, weight, part in zip(leaves, column, parts, strict=True)], None)
            for column in self._weights
        ]

    @staticmethod
    def form(leaf: Leaf) -> Any:
        """Return the kinds of counts."""
        if leaf.rule.type == "weighted-counts":
            return len(leaf.rule.credits)
        return len(leaf.rule.options), len(leaf.rule.groups)

    def _sums(self, loaded: Loaded) -> list[tuple[Array, Array]]:
        """Return for each group of answers what is credited, and the total."""
        rows = loaded.rows[1:] if self._counted else loaded.rows
        size = len(self._shares)
        found = []
        for first in range(0, len(rows), size):
            own = rows[first : first + size]
            credited = sum((row * share for row, share in zip(own, self._shares, strict=True)), np.zeros(()))
            found.append((credited, loaded.rows[0] if self._counted else sum(own, np.zeros(()))))
        return found

    def _contradictions(self, loaded: Loaded) -> list[tuple[str, str, Array]]:
        wrong = []
        if self._counted:
            total = loaded.rows[0]
            above = sum(loaded.rows[1:], np.zeros(())) > total
            wrong.append(("above total", "0", above))
            empty = ~above & (total == 0)
        else:
            empty = sum(loaded.rows, np.zeros(())) == 0
        wrong.append(("zero total", "0", empty & self._refuses))
        return [each for each in wrong if each[2].any()]

    def points(self, loaded: Loaded) -> Spans:
        """Return the sum over the groups that answered of their weight times their mean share."""
        sums = self._sums(loaded)
        weight = sum((column_of(each) * (total > 0) for each, (_, total) in zip(self._weights, sums, strict=True)), np.zeros(()))
        empty = weight == 0
        weight = np.where(empty, 1, weight)
        low = np.zeros(empty.shape)
        loose = np.zeros(empty.shape, dtype=bool)
        odd = np.zeros(empty.shape[1], dtype=bool)
        for (over, under), (credited, total) in zip(self._factors, sums, strict=True):
            divisor = np.where(total > 0, total, 1) * weight * under
            odd |= ((divisor >= 2.0**53) | (credited >= 2.0**53)).any(axis=0)
            part, inexact = scaled_quotient(over, np.where(total > 0, credited, 0), divisor)
            low, loose = low + part, loose | inexact
        spans = Spans(low, loose, len(sums), odd=odd if odd.any() else None)
        return empty_points(self, empty, spans) if empty.any() else spans


