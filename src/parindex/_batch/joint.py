"""Kernels that join: the best of several rules, and the comparison with other units; and how leaves find a kernel."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from attrs import define, evolve

from parindex._batch.counted import ChecklistKernel, DeductKernel, GivenKernel, LevelsKernel, PerUnitKernel
from parindex._batch.kernels import Kernel, Loaded, leaf_states
from parindex._batch.rated import BandsKernel, RatioKernel, SharesKernel, ValueBandsKernel
from parindex._batch.source import DROPPED, MISSING, OPEN, PRESENT, WRONG
from parindex._batch.spans import Spans, rest_of, scaled_quotient
from parindex._methodology.words import Direction, Measure, Within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from parindex._batch.columns import Array
    from parindex._batch.kernels import Leaf
    from parindex._batch.packed import Part
    from parindex._batch.slots import NumberSlot, WordSlot
    from parindex._batch.source import Source
    from parindex._methodology.rules import Peers


class BestKernel(Kernel):
    """The highest of several parts, each with a kernel of its own."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        super().__init__(leaves)
        places = range(len(leaves[0].rule.of))
        self._parts = [kernel_of([part_leaf(leaf, place) for leaf in leaves]) for place in places]

    @staticmethod
    def form(leaf: Leaf) -> Any:
        """Return the forms of the parts."""
        return tuple(form_of(part_leaf(leaf, place)) for place in range(len(leaf.rule.of)))

    def _slots(self) -> list[NumberSlot | WordSlot]:
        return []

    def load(self, source: Source, part: Part) -> Loaded:
        """Return the state of the leaves; what the parts have read stays with them."""
        parts = [each.load(source, part) for each in self._parts]
        loaded = BestLoaded((), (), parts=tuple(parts))
        if all(each.states is None for each in parts):
            return loaded
        shape = (len(self.leaves), part.count)
        none = np.zeros(shape, dtype=np.uint8)
        cells = np.stack([none if each.states is None else each.states for each in parts])
        untouched = [np.zeros(shape, dtype=bool) if each.untouched is None else each.untouched for each in parts]
        bare = np.stack(untouched) | (cells == DROPPED)
        states, _, _ = leaf_states(cells, (cells == MISSING).any(axis=0))
        mixed = (cells == DROPPED).any(axis=0) & ~bare.all(axis=0)
        states[mixed] = WRONG
        wrong = [(kind, f"{place}/{slot}", mask) for place, each in enumerate(parts) for kind, slot, mask in each.wrong]
        if mixed.any():
            wrong.append(("mixed", "0", mixed))
        return evolve(loaded, states=states, untouched=np.asarray(np.stack(untouched).all(axis=0)), wrong=tuple(wrong))

    def points(self, loaded: Loaded, *, fine: bool = False) -> Spans:
        """Return the highest of the parts that apply."""
        assert isinstance(loaded, BestLoaded)  # as load made it
        lows, highs, empties, odds = [], [], [], []
        for kernel, own in zip(self._parts, loaded.parts, strict=True):
            spans = kernel.points(own)
            empty = np.zeros(spans.low.shape, dtype=bool) if spans.empty is None else spans.empty
            lows.append(np.where(empty, -np.inf, spans.low))
            highs.append(np.where(empty, -np.inf, spans.high))
            empties.append(empty)
            if spans.odd is not None:
                odds.append(spans.odd)
        low, high = np.max(lows, axis=0), np.max(highs, axis=0)
        # The best may be an exact part that lies within the span of another: the lower end stays below it.
        within = np.any([(one < low) & (other > low) for one, other in zip(lows, highs, strict=True)], axis=0)
        low = np.where(within, low - 1, low)
        empty = np.all(empties, axis=0)
        low, high = np.where(empty, 0, low), np.where(empty, 0, high)
        return Spans(
            low,
            low < high,
            max(1, int((high - low).max())),
            empty if empty.any() else None,
            np.any(odds, axis=0) if odds else None,
        )


@define(eq=False)
class BestLoaded(Loaded):
    """What the parts of a best-of have read."""

    parts: tuple[Loaded, ...] = ()


def part_leaf(leaf: Leaf, place: int) -> Leaf:
    """Return a part of a best-of as a leaf of its own."""
    part = leaf.rule.of[place]
    return evolve(leaf, key=f"{leaf.key}{part.key}/", rule=part.rule)


class RelativeKernel(Kernel):
    """The place of a value between the worst and the best of its pool."""

    @staticmethod
    def form(leaf: Leaf) -> Any:
        """Return among whom a leaf compares."""
        return leaf.rule.within

    def load(self, source: Source, part: Part) -> Loaded:
        """Return values, pools and their extremes; a leaf is open while a value of its pool is missing."""
        loaded = super().load(source, part)
        apart = self.leaves[0].rule.within is Within.GROUP and source.pools is not None
        pools = part.of(source.pools) if apart and source.pools is not None else np.zeros(part.count, dtype=np.intp)
        peers = tuple(source.peers[leaf.key.removesuffix(":")] for leaf in self.leaves)
        shape = loaded.rows[0].shape
        known = np.stack([np.array([one is not None for one in each])[pools] for each in peers])
        rows = (loaded.rows[0], np.broadcast_to(pools, shape))
        loaded = RelativeLoaded(rows, loaded.ends, loaded.scales, loaded.states, loaded.untouched, loaded.wrong, peers)
        if known.all():
            return loaded
        states = np.zeros(shape, dtype=np.uint8) if loaded.states is None else loaded.states.copy()
        states[(states == PRESENT) & ~known] = OPEN
        untouched = np.zeros(shape, dtype=bool) if loaded.untouched is None else loaded.untouched
        return evolve(loaded, states=states, untouched=untouched)

    def points(self, loaded: Loaded, *, fine: bool = False) -> Spans:
        """Return maximum x (low + (high - low) x the place), leaf by leaf: each has extremes of its own."""
        assert isinstance(loaded, RelativeLoaded)  # as load made it
        values, pools = loaded.rows
        scales = loaded.scales or (1,) * len(self.leaves)
        found = [
            _relative_row(leaf, peers, values[place : place + 1], pools[0], scales[place], fine=fine)
            for place, (leaf, peers) in enumerate(zip(self.leaves, loaded.peers, strict=True))
        ]
        if loaded.states is not None:
            for spans, state in zip(found, loaded.states, strict=True):
                spans.low[0][state != PRESENT] = 0
        odd = np.any([each.odd for each in found if each.odd is not None], axis=0)
        return Spans(
            np.concatenate([each.low for each in found]),
            np.concatenate([each.loose for each in found if each.loose is not None]),
            odd=odd if odd.any() else None,
            rest=np.concatenate([each.rest for each in found if each.rest is not None]) if fine else None,
        )


@define(eq=False)
class RelativeLoaded(Loaded):
    """Values and pools, and for each leaf the extremes of its pools."""

    peers: tuple[Sequence[Peers | None], ...] = ()


def _relative_row(
    leaf: Leaf, peers: Sequence[Peers | None], values: Array, pools: Array, scale: int, *, fine: bool
) -> Spans:
    """Return the points of one leaf: its extremes become whole numbers over a scale that all of them share."""
    rule, worth = leaf.rule, leaf.maximum * leaf.scale
    lower = rule.direction is Direction.LOWER
    ends = [end for one in peers if one is not None for end in (one.low, one.high)]
    common = math.lcm(scale, *(end.denominator for end in ends))
    held = common < 2**40 and all(abs(end * common) < 2**52 for end in ends)
    if not held:
        none = np.zeros(values.shape)
        return Spans(none, none > 0, odd=np.ones(len(pools), dtype=bool), rest=none if fine else None)
    parts = [_place_of(rule, worth, one, common, lower=lower) for one in peers]
    worst, spread, factor, base = (
        np.array(each, dtype=np.float64)[pools][None, :] for each in zip(*parts, strict=True)
    )
    numbers = values * (common // scale)
    over = np.maximum(worst - numbers if lower else numbers - worst, 0)
    low, loose = scaled_quotient(factor, over, spread)
    rest = rest_of(factor, over, spread) if fine else None
    return Spans(low + base, loose, odd=np.zeros(len(pools), dtype=bool), rest=rest)


def _place_of(rule: Any, worth: Fraction, peers: Peers | None, scale: int, *, lower: bool) -> tuple[int, int, int, int]:
    """Return the worst value, the spread, and the points for the spread and for the worst, in whole numbers."""
    if peers is None:
        return 0, 1, 0, 0
    if peers.low == peers.high:
        return 0, 1, 0, int(worth * rule.when_equal)
    worst = peers.high if lower else peers.low
    spread = (peers.high - peers.low) * scale
    return int(worst * scale), int(spread), int(worth * (rule.high - rule.low)), int(worth * rule.low)


KERNELS: Final[Mapping[str, type[Kernel]]] = {
    "given": GivenKernel,
    "levels": LevelsKernel,
    "checklist": ChecklistKernel,
    "per-unit": PerUnitKernel,
    "deduct": DeductKernel,
    "ratio": RatioKernel,
    "bands": BandsKernel,
    "value-bands": ValueBandsKernel,
    "weighted-counts": SharesKernel,
    "survey": SharesKernel,
    "best": BestKernel,
    "relative": RelativeKernel,
}


def kind_of(leaf: Leaf) -> str:
    """Return which kernel scores a leaf."""
    return "value-bands" if leaf.rule.type == "bands" and leaf.rule.of is Measure.VALUE else str(leaf.rule.type)


def form_of(leaf: Leaf) -> Any:
    """Return what leaves must share to be scored by one kernel."""
    return kind_of(leaf), KERNELS[kind_of(leaf)].form(leaf)


def kernel_of(leaves: Sequence[Leaf]) -> Kernel:
    """Return the kernel of leaves of one form."""
    return KERNELS[kind_of(leaves[0])](leaves)


def constants(rule: Any, maximum: Fraction) -> list[Fraction]:
    """Return the points that a kernel holds as they are: all must be whole numbers of 1/S."""
    found = [maximum]
    for listed in ("levels", "bands", "items"):
        found += [each.of(maximum) for each in getattr(rule, listed, ())]
    if rule.type == "deduct":
        found += [rule.lowest, *(fault.cap for fault in rule.faults if fault.cap is not None)]
    if rule.type == "relative":
        found += [maximum * part for part in (rule.low, rule.high, rule.when_equal)]
    if rule.type == "best":
        found += [value for part in rule.of for value in constants(part.rule, maximum)]
    return found
