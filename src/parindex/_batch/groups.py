"""Groups of leaves: the points that one kernel gives them, and what they bring without any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import define, frozen

from parindex._batch.columns import Array, drops
from parindex._batch.kernels import Kernel, Loaded
from parindex._batch.plan import Plan, Tree, default_of
from parindex._batch.source import DROPPED, MISSING, ODD, OPEN, PRESENT, WRONG, Source
from parindex._batch.spans import column_of, leaf_rounded, scaled
from parindex._methodology.criteria import Criterion
from parindex._methodology.rules.inputs import NOT_APPLICABLE
from parindex._methodology.words import WhenNotApplicable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from parindex._batch.packed import Part


@frozen(eq=False)
class Group:
    """Leaves that one kernel scores, all of the base or all of one block."""

    kernel: Kernel
    leaves: tuple[Criterion, ...]
    block: str | None
    worths: Array
    instead: Array
    drops: Array
    passes_on: Array
    droppable: Array
    defaults: Array | None
    unbounded: bool
    marks: frozenset[str]

    @classmethod
    def of(cls, kernel: Kernel, leaves: Sequence[Criterion], plan: Plan, tree: Tree) -> Group:
        """Return the group, with what its leaves bring where they do not apply."""
        base = leaves[0].block is None
        scale = plan.scale
        instead = [
            _at(leaf.max_points, scale) if base and leaf.not_applicable is WhenNotApplicable.FULL else 0
            for leaf in leaves
        ]
        gone = (WhenNotApplicable.EXCLUDE, WhenNotApplicable.REDISTRIBUTE)
        passes = [base and leaf.not_applicable is WhenNotApplicable.REDISTRIBUTE for leaf in leaves]
        marks = kernel.leaves[0].columns & {f"{leaf.id}:{NOT_APPLICABLE}" for leaf in leaves}
        return cls(
            kernel=kernel,
            leaves=tuple(leaves),
            block=leaves[0].block,
            worths=column_of([tree.worths.get(leaf.id, 0) for leaf in leaves]),
            instead=column_of(instead),
            drops=np.array([base and leaf.not_applicable in gone for leaf in leaves])[:, None],
            passes_on=np.array(passes)[:, None],
            droppable=np.array([leaf.may_drop for leaf in leaves])[:, None],
            defaults=_defaults(leaves, plan),
            unbounded=any(leaf.max_points is None for leaf in leaves),
            marks=marks,
        )

    def scored(self, source: Source, part: Part, plan: Plan, *, fine: bool) -> Scored:
        """Return the points of the leaves, with what they bring where they do not apply or are missing."""
        loaded = self.kernel.load(source, part)
        spans = self.kernel.points(loaded, fine=fine)
        rounding = plan.methodology.policy.leaf_rounding
        if rounding is not None:
            spans = leaf_rounded(spans, rounding, plan.scale)
        marked = self._marked(source, part)
        if loaded.states is None and spans.empty is None and marked is None:
            return Scored(self, spans.low, spans.loose, spans.width, spans.odd, spans.rest)
        return self._settled(loaded, spans, marked, part.count)

    def _marked(self, source: Source, part: Part) -> Array | None:
        """Return where a column of its own says that a leaf does not apply."""
        if not self.marks:
            return None
        none = np.zeros(part.count, dtype=bool)
        marks = (f"{leaf.id}:{NOT_APPLICABLE}" for leaf in self.leaves)
        return np.stack([dropped_cells(source, mark, part) if mark in source.names else none for mark in marks])

    def _settled(self, loaded: Loaded, spans: Any, marked: Array | None, count: int) -> Scored:
        shape = (len(self.leaves), count)
        states = np.zeros(shape, dtype=np.uint8) if loaded.states is None else loaded.states.copy()
        untouched = np.zeros(shape, dtype=bool) if loaded.untouched is None else loaded.untouched
        wrong = [(kind, slot, mask) for kind, slot, mask in loaded.wrong]
        if marked is not None:
            mixed = marked & ~untouched & (states != DROPPED)
            if mixed.any():
                wrong.append(("mixed", "0", mixed))
            states[marked] = np.where(mixed[marked], WRONG, DROPPED)
        stuck = (states == DROPPED) & ~self.droppable
        if stuck.any():
            wrong.append(("may not drop", "0", stuck))
        low = np.where(states == PRESENT, spans.low, 0)
        loose = None if spans.loose is None else spans.loose & (states == PRESENT)
        odd = (states == ODD).any(axis=0)
        if spans.odd is not None:
            odd |= spans.odd
        if self.defaults is not None:
            stands = untouched & (states == MISSING) & ~np.isnan(self.defaults)
            low = np.where(stands, self.defaults, low)
            states[stands] = PRESENT
        gone = states == DROPPED
        if spans.empty is not None:
            gone |= spans.empty & (states == PRESENT)
        low = np.where(gone, self.instead, low)
        loose = None if loose is None else loose & ~gone
        missing = states == MISSING
        return Scored(
            self,
            low,
            loose,
            spans.width,
            odd if odd.any() else None,
            spans.rest,
            gone=gone if gone.any() else None,
            missing=missing if missing.any() else None,
            waits=states == OPEN if (states == OPEN).any() else None,
            wrong=tuple(wrong),
        )


@define(eq=False)
class Scored:
    """The points of a group's leaves for a stretch of units; see :class:`Spans`.

    Attributes:
        gone: where a leaf does not apply, or None.
        missing: where it is not observed, or None.
        waits: where it waits for the values of other units, or None.
    """

    group: Group
    low: Array
    loose: Array | None
    width: int
    odd: Array | None
    rest: Array | None
    gone: Array | None = None
    missing: Array | None = None
    waits: Array | None = None
    wrong: tuple[tuple[str, str, Array], ...] = ()

    def sums(self, fine: int) -> tuple[Array, Array | None]:
        """Return the sum of the points of each unit in whole numbers of 1/*fine* of 1/S, and what it is short of."""
        low: Array = np.add.reduce(self.low, axis=0)
        if fine == 1:
            if self.loose is None:
                return low, None
            loose = np.logical_or.reduce(self.loose, axis=0)
            return low, np.multiply(loose, float(self.width * len(self.group.leaves)))
        lows: Array = low.astype(np.int64) * fine
        if self.loose is None:
            return lows, None
        width = self.width if self.rest is not None else self.width * fine
        if self.rest is not None:
            lows += (self.rest * self.loose).sum(axis=0).astype(np.int64)
        more: Array = np.add.reduce(self.loose, axis=0, dtype=np.int64)
        return lows, width * more


def dropped_cells(source: Source, mark: str, part: Part | None = None) -> Array:
    """Return which cells of a column ``3.2.1:not-applicable`` say so, of all units or of a stretch."""
    coded = source.coded_column(mark)
    if coded is not None:
        says = np.array([drops(word) is not None for word in coded.words], dtype=bool)
        return np.asarray(says[coded.codes if part is None else part.of(coded.codes)])
    numbers = source.numbers(mark, part)
    assert numbers is not None  # a column is one or the other
    return np.asarray(np.nan_to_num(numbers) != 0)


def stated_cells(source: Source, asked: str, part: Part | None = None) -> Array:
    """Return which cells of a column say anything, of all units or of a stretch."""
    if asked.endswith(f":{NOT_APPLICABLE}"):
        return dropped_cells(source, asked, part)
    coded = source.coded_column(asked)
    if coded is not None:
        return np.array([word is not None for word in coded.words], dtype=bool)[
            coded.codes if part is None else part.of(coded.codes)
        ]
    numbers = source.numbers(asked, part)
    assert numbers is not None  # a column is one or the other
    return ~np.isnan(numbers)


def _at(value: Fraction | None, scale: int) -> int:
    return 0 if value is None else scaled(value, scale)[0]


def _defaults(leaves: Sequence[Criterion], plan: Plan) -> Array | None:
    """Return what stands for leaves that were not observed; NaN where nothing does."""
    if all(leaf.default is None for leaf in leaves):
        return None
    return column_of([np.nan if leaf.default is None else default_points(leaf, plan) for leaf in leaves])


def default_points(leaf: Criterion, plan: Plan) -> int:
    """Return the default of a block item in whole numbers of 1/S."""
    return _at(default_of(leaf, plan.methodology.policy.leaf_rounding), plan.scale)
