"""Kernels of rules on rates and values: ratio, bands, weighted counts, surveys."""

from __future__ import annotations

import math
from abc import abstractmethod
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from parindex._batch.columns import WHOLE
from parindex._batch.kernels import Factors, Kernel, Loaded, beyond, empty_points, ends_of, leaf_states
from parindex._batch.source import DROPPED, MISSING, PRESENT, WRONG
from parindex._batch.spans import Parameters, Spans, column_of, rest_of, scaled, scaled_quotient
from parindex._methodology.words import ZeroTotal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parindex._batch.columns import Array
    from parindex._batch.kernels import Leaf
    from parindex._batch.slots import NumberSlot, Rows, WordSlot

HALF_WHOLE: Final = 2.0**52
COUNTS, PERCENT = ("done", "total"), ("percent",)


class RateKernel(Kernel):
    """What rules on one rate share: done of total, or a percentage, or now one and now the other."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        super().__init__(leaves)
        self.fills = (0.0, 1.0, 0.0)[: len(self.slots)]
        self.excludes = len(self.slots) == 3
        rules = [leaf.rule for leaf in leaves]
        self._bounded = np.array([not rule.may_exceed for rule in rules])[:, None]
        self._any_bounded = bool(self._bounded.any())
        self._refuses = np.array([rule.zero_total is ZeroTotal.ERROR for rule in rules])[:, None]

    @staticmethod
    def form(leaf: Leaf) -> Any:
        """Return which columns there are."""
        return leaf.has(*COUNTS), leaf.has(*PERCENT)

    def _slots(self) -> list[NumberSlot | WordSlot]:
        counts, percent = RateKernel.form(self.leaves[0])
        asked = (COUNTS if counts or not percent else ()) + (PERCENT if percent else ())
        return [self._numbers([leaf.rule.input_by_name[name] for leaf in self.leaves]) for name in asked]

    def combined(self, cells: Array, parts: Sequence[Rows], scales: tuple[int, ...] | None) -> Loaded:
        """Return over and under of the rate, where a percentage may stand in for the counts."""
        if len(parts) < 3:
            return super().combined(cells, parts, scales)
        stated = (cells != MISSING) & (cells != DROPPED)
        states, untouched, mixed = leaf_states(cells, ~stated[2] & ~(stated[0] & stated[1]))
        both = stated[2] & (stated[0] | stated[1])
        wrong = [(kind, str(slot), mask) for slot, part in enumerate(parts) for kind, mask in part.wrong]
        wrong += [(kind, "0", mask) for kind, mask in (("mixed", mixed), ("both", both)) if mask.any()]
        states[both] = WRONG
        whole = states == PRESENT
        by_percent = whole & stated[2]
        # Counts beside a percentage are wrong, and may be so in other ways too.
        whole |= both & (cells[1] == PRESENT)
        done = np.where(cells[0] == PRESENT, parts[0].values, 0)
        hundred = 100 * np.array(scales or (1,), dtype=np.float64)[:, None]
        over = np.where(by_percent, parts[2].values, np.where(whole, done, 0))
        under = np.where(by_percent, hundred, np.where(whole, parts[1].values, 1))
        rows = (over, under)
        return Loaded(rows, ends_of(rows), scales, states, untouched, tuple(wrong))

    def rate(self, loaded: Loaded) -> tuple[Array, Array, float, float, float]:
        """Return over and under of the rate, the greatest of each, and the least of under."""
        if len(loaded.rows) == 1:
            hundred = 100 * np.array(loaded.scales or (1,) * len(self.leaves), dtype=np.float64)[:, None]
            return loaded.rows[0], hundred, loaded.ends[0][1], float(hundred.max()), 100
        return loaded.rows[0], loaded.rows[1], loaded.ends[0][1], loaded.ends[1][1], loaded.ends[1][0]

    def _contradictions(self, loaded: Loaded) -> list[tuple[str, str, Array]]:
        wrong = []
        if len(loaded.rows) > 1:
            over, under = loaded.rows[:2]
            if self._any_bounded:
                above = np.greater(over, under)
                if above.any():
                    wrong.append(("above total", "0", above & self._bounded))
            if loaded.ends[1][0] <= 0:
                wrong.append(("zero total", "1", (under == 0) & self._refuses))
        return [each for each in wrong if each[2].any()]

    def points(self, loaded: Loaded, *, fine: bool = False) -> Spans:
        """Return the points of the rate, and what the rule says of an empty denominator."""
        over, under, most, greatest, least = self.rate(loaded)
        if least > 0:
            return self.of_rate(over, under, most, greatest, fine=fine)
        empty = under == 0
        filled = self.of_rate(np.where(empty, 0, over), np.where(empty, 1, under), most, max(greatest, 1), fine=fine)
        return empty_points(self, empty, filled)

    @abstractmethod
    def of_rate(self, over: Array, under: Array, most: float, greatest: float, *, fine: bool) -> Spans:
        """Return the points of rates; *most* and *greatest* are the greatest of *over* and of *under*, above 0."""


class RatioKernel(RateKernel):
    """The maximum in proportion to a rate."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        super().__init__(leaves)
        rules = [leaf.rule for leaf in leaves]
        self._full = Factors(leaf.maximum * self.scale / leaf.rule.full_at for leaf in leaves)
        edges = [scaled(leaf.maximum * leaf.rule.from_ / leaf.rule.full_at, self.scale) for leaf in leaves]
        self._parted = column_of([inexact for _, inexact in edges])
        self._any_parted = bool(self._parted.any())
        self._from = Factors(rule.from_ for rule in rules)
        self._inverse = _stretch_of(rule.inverse for rule in rules)
        self._edged = _stretch_of(rule.from_ > 0 for rule in rules)
        self._held = _stretch_of(rule.full_at < 1 or rule.may_exceed for rule in rules)
        self._edges = Parameters([edge for edge, _ in edges]).rows(self._edged or slice(0, 1))
        self._tops = self.limits.rows(self._held or slice(0, 1))

    @staticmethod
    def kind(leaf: Leaf) -> Any:
        """Return what the rate is compared with."""
        rule = leaf.rule
        return (rule.inverse, rule.from_ > 0, rule.full_at < 1 or rule.may_exceed)

    def of_rate(self, over: Array, under: Array, most: float, greatest: float, *, fine: bool) -> Spans:
        """Return maximum x rate / full_at, held at the maximum, 0 below *from*."""
        if self._inverse is not None:
            left = over[self._inverse]
            np.subtract(under if len(under) == 1 else under[self._inverse], left, out=left)
            np.maximum(left, 0, out=left)
            most = max(most, greatest)
        full = self._full
        largest = full.over.most * most + full.under.most * greatest
        divisor = under if full.under.most == 1 else under * full.under.column
        odd = unheld_units(full, divisor, over.shape) if largest >= WHOLE else None
        rest = rest_of(full.over, over, divisor) if fine else None
        spend = over.shape == divisor.shape and divisor.flags.writeable and not (fine or self._any_parted)
        low, loose = scaled_quotient(full.over, over, divisor, largest, spend=spend)
        if self._held is not None:
            own, held = low[self._held], loose[self._held]
            tops = self._tops.column
            np.logical_and(held, own < tops, out=held)
            np.minimum(own, tops, out=own)
        if self._edged is not None:
            own, edged = low[self._edged], loose[self._edged]
            met, unmet = self._met(own, over, under)
            odd = unmet if odd is None else odd if unmet is None else odd | unmet
            np.multiply(own, met.astype(np.float64), out=own)
            np.logical_and(edged, met, out=edged)
        return Spans(low, loose, odd=odd, rest=rest)

    def _met(self, low: Array, over: Array, under: Array) -> tuple[Array, Array | None]:
        """Return which rates reach their edges, and which units nobody can tell here.

        The floor reaches a whole edge just where the rate does; at the floor of another one both are compared.
        """
        edges = self._edges.column
        met = low >= edges
        if not self._any_parted:
            return met, None
        own = self._edged
        unsure = (low == edges) & (self._parted[own] > 0)
        if not unsure.any():
            return met, None
        under = np.broadcast_to(under, over.shape)[own]
        rate, edge = over[own] * self._from.under.column[own], under * self._from.over.column[own]
        return np.where(unsure, rate >= edge, met), beyond(np.where(unsure, rate, 0), np.where(unsure, edge, 0))


def unheld_units(factors: Factors, divisor: Array, shape: tuple[int, ...]) -> Array | None:
    """Return the units whose factor or divisor floats have rounded; None where none has."""
    unheld = np.broadcast_to((factors.over.column >= WHOLE) | (divisor >= WHOLE), shape)
    return np.asarray(unheld.any(axis=0)) if unheld.any() else None


def _stretch_of(which: Iterable[bool]) -> slice | None:
    """Return the rows from the first to the last that have something, None where none has."""
    rows = [row for row, has in enumerate(which) if has]
    return slice(rows[0], rows[-1] + 1) if rows else None


class BandsKernel(RateKernel):
    """The points of the first step that a rate reaches."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        super().__init__(leaves)
        self._steps = Steps([leaf.rule.bands for leaf in leaves], _band_worths(leaves))
        edges = [band.edge.value for leaf in leaves for band in leaf.rule.bands if band.edge is not None]
        self._most_edge = float(max((abs(edge.numerator) for edge in edges), default=1))
        self._edges = [Parameters([_reached(band) for band in step]) for step in self._steps.bands]

    def of_rate(self, over: Array, under: Array, most: float, greatest: float, *, fine: bool) -> Spans:
        """Return the points of the steps.

        Distinct rates differ as floats, and equal ones do not, while under x the edge's numerator is below 2**52.
        """
        odd = None
        if greatest * self._most_edge >= HALF_WHOLE:
            odd = np.asarray(np.broadcast_to(under * self._most_edge >= HALF_WHOLE, over.shape).any(axis=0))
        spent = under if under.shape == over.shape and under.flags.writeable else None
        rates = np.divide(over, under, out=over)
        return Spans(self._steps.points(rates, [edge.column for edge in self._edges], spent), odd=odd)


def _band_worths(leaves: Sequence[Leaf]) -> list[list[int]]:
    return [[scaled(band.of(leaf.maximum), leaf.scale)[0] for band in leaf.rule.bands] for leaf in leaves]


class Steps:
    """Bands from the last, which has no edge, up to the first; a value reaches all those up to its own."""

    def __init__(self, bands: Sequence[Sequence[Any]], worths: Sequence[Sequence[int]]) -> None:
        most = max(map(len, bands))
        self.bands = [[each[-step] if step <= len(each) else None for each in bands] for step in range(2, most + 1)]
        rows = [[*reversed(own), *(0,) * (most - len(own))] for own in worths]
        self._flat = np.array(rows, dtype=np.float64).reshape(-1)
        self._offsets = Parameters([place * most for place in range(len(bands))], np.intp)

    def points(self, values: Array, edges: Sequence[Array], spent: Array | None = None) -> Array:
        """Return the points of the steps that values reach, each of which begins at its edge.

        With *spent*, as large as the values, nobody needs either any more: the work is done in them.
        """
        if not edges:
            return np.broadcast_to(self._flat[self._offsets.column], values.shape).copy()
        reached = np.greater_equal(values, edges[0]).view(np.int8)
        for edge in edges[1:]:
            reached += np.greater_equal(values, edge).view(np.int8)
        places = reached.astype(np.intp) if spent is None else spent.view(np.intp)
        if spent is not None:
            places[:] = reached
        places += self._offsets.column
        return self._flat.take(places, mode="clip", out=None if spent is None else values)


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
        self._steps = Steps([leaf.rule.bands for leaf in leaves], _band_worths(leaves))

    def points(self, loaded: Loaded, *, fine: bool = False) -> Spans:
        """Return the points of the steps; edges over the scale of a row are whole numbers."""
        scales = loaded.scales or (1,) * len(self.leaves)
        edges = [
            column_of([_whole_edge(band, scale) for band, scale in zip(step, scales, strict=True)])
            for step in self._steps.bands
        ]
        return Spans(self._steps.points(loaded.rows[0], edges))


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
            Factors(
                leaf.maximum * self.scale * weight / part
                for leaf, weight, part in zip(leaves, column, parts, strict=True)
            )
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

    def points(self, loaded: Loaded, *, fine: bool = False) -> Spans:
        """Return the sum over the groups that answered of their weight times their mean share."""
        sums = self._sums(loaded)
        weight = sum(
            (column_of(each) * (total > 0) for each, (_, total) in zip(self._weights, sums, strict=True)), np.zeros(())
        )
        empty = weight == 0
        weight = np.where(empty, 1, weight)
        low, rest = np.zeros(empty.shape), np.zeros(empty.shape)
        loose = np.zeros(empty.shape, dtype=bool)
        odd = np.zeros(empty.shape[1], dtype=bool)
        for factors, (credited, total) in zip(self._factors, sums, strict=True):
            divisor = np.where(total > 0, total, 1) * weight * factors.under.column
            odd |= (credited >= WHOLE).any(axis=0)
            unheld = unheld_units(factors, divisor, empty.shape)
            odd |= False if unheld is None else unheld
            over = np.where(total > 0, credited, 0)
            part, inexact = scaled_quotient(factors.over, over, divisor)
            low, loose = low + part, loose | inexact
            if fine:
                rest += rest_of(factors.over, over, divisor)
        spans = Spans(low, loose, len(sums), odd=odd if odd.any() else None, rest=rest if fine else None)
        return empty_points(self, empty, spans) if empty.any() else spans
