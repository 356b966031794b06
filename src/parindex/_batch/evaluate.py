"""From cells to sums: every kernel over a stretch of units, and what the tree makes of the points.

Stretches know nothing of each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from parindex._batch.columns import Array, drops
from parindex._batch.joint import KERNELS, form_of, kernel_of, kind_of
from parindex._batch.kernels import Kernel, Leaf
from parindex._batch.plan import ROOM, Plan, Tree, default_of
from parindex._batch.slots import DROPPED, MISSING, ODD, OPEN, PRESENT, WRONG
from parindex._batch.spans import column_of, leaf_rounded, scaled
from parindex._batch.tree_sums import LeafRows, entered, overfull, redistributed, without_points
from parindex._methodology.criteria import Criterion
from parindex._methodology.rules.inputs import NOT_APPLICABLE
from parindex._methodology.words import WhenNotApplicable

if TYPE_CHECKING:
    from fractions import Fraction

    from parindex._batch.kernels import Loaded
    from parindex._batch.packed import Part
    from parindex._batch.slots import Source


@frozen(eq=False)
class Wrong:
    """One kind of fault of one leaf, and the units of the stretch that have it."""

    leaf: str
    kind: str
    units: Array


@frozen(eq=False)
class Sums:
    """What a stretch of units comes to, in whole numbers of 1/S; maxima in whole numbers of 1/*max_scale*.

    Attributes:
        low, high: ends of the base points; what lies between them is strictly within.
        most: the applicable maxima of the base.
        applies: whether anything of the base does.
        blocks: ends of the sums of each block.
        open: units of which something is missing.
        odd: units that only the reference engine can tell.
        zeros: units of which a criterion that grades ask for has no points.
        passes: units of which a leaf gives its maximum to others.
        wrong: the faults.
        fine: how many times finer than 1/S the ends of points are.
    """

    low: Array
    high: Array
    most: Array
    applies: Array
    blocks: Mapping[str, tuple[Array, Array]]
    open: Array
    odd: Array
    zeros: Array
    passes: Array
    wrong: tuple[Wrong, ...]
    fine: int = 1


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
        marks = frozenset(f"{leaf.id}:{NOT_APPLICABLE}" for leaf in leaves)
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
        if self.marks.isdisjoint(source.names):
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


@frozen(eq=False)
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

    def sums(self, fine: int) -> tuple[Array, Array]:
        """Return the ends of the sum of the points of each unit, in whole numbers of 1/*fine* of 1/S."""
        low: Array = np.add.reduce(self.low, axis=0)
        if fine == 1:
            if self.loose is None:
                return low, low
            return low, low + self.loose.any(axis=0) * float(self.width * len(self.group.leaves))
        lows: Array = low.astype(np.int64) * fine
        if self.loose is None:
            return lows, lows
        width = self.width if self.rest is not None else self.width * fine
        if self.rest is not None:
            lows += (self.rest * self.loose).sum(axis=0).astype(np.int64)
        more: Array = np.add.reduce(self.loose, axis=0, dtype=np.int64)
        return lows, lows + width * more


def dropped_cells(source: Source, mark: str, part: Part) -> Array:
    """Return which cells of a column ``3.2.1:not-applicable`` say so."""
    coded = source.coded_column(mark)
    if coded is not None:
        says = np.array([drops(word) is not None for word in coded.words], dtype=bool)
        return np.asarray(says[part.of(coded.codes)])
    numbers = source.numbers(mark, part)
    assert numbers is not None  # a column is one or the other
    return np.asarray(np.nan_to_num(numbers) != 0)


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


@frozen(eq=False)
class Kernels:
    """The kernels of a tree for tables with certain columns.

    Attributes:
        groups: the leaves that have a column.
        fixed: what defaults come to, by block, of leaves without any column.
        absent: the leaves that nobody can have observed, and that are asked for.
        tolerated: whether some leaves are not asked for at this stage.
        unasked: the columns of leaves that these units do not have, or that are not asked for.
    """

    plan: Plan
    tree: Tree
    groups: tuple[Group, ...]
    fixed: Mapping[str, int]
    absent: tuple[Criterion, ...]
    tolerated: bool
    unasked: tuple[str, ...]
    _most: float
    _counted: float

    @classmethod
    def of(cls, plan: Plan, tree: Tree, columns: frozenset[str]) -> Kernels:
        """Return the kernels of the leaves that the tree has and the columns name."""
        named: dict[str, list[str]] = {}
        for name in columns:
            named.setdefault(name.partition(":")[0], []).append(name)
        forms: dict[Any, list[tuple[Criterion, Leaf]]] = {}
        fixed: dict[str, int] = {}
        absent = []
        for each in tree.leaves:
            if each.id not in tree.asked:
                continue
            if each.id in named:
                leaf = Leaf(f"{each.id}:", each.leaf_rule, each.max_points, columns, plan.scale)
                forms.setdefault((each.block, form_of(leaf)), []).append((each, leaf))
            elif each.default is not None:
                assert each.block is not None  # only items of a block have a default
                fixed[each.block] = fixed.get(each.block, 0) + default_points(each, plan)
            else:
                absent.append(each)
        groups = [
            Group.of(kernel_of([leaf for _, leaf in found]), [each for each, _ in found], plan, tree)
            for found in (
                sorted(each, key=lambda one: KERNELS[kind_of(one[1])].kind(one[1])) for each in forms.values()
            )
        ]
        asked = {each.id for each in tree.leaves} & tree.asked
        unasked = [name for criterion, names in named.items() if criterion not in asked for name in sorted(names)]
        tolerated = any(leaf.id not in tree.asked for leaf in tree.leaves)
        most = float(sum(tree.worths.values()) + (tree.stated or 0))
        counted = float(sum(tree.counts(leaf) for leaf in tree.leaves))
        return cls(plan, tree, tuple(groups), fixed, tuple(absent), tolerated, tuple(unasked), most, counted)

    def stretch(self, source: Source, part: Part, fine: int = 1) -> Sums:
        """Return what the units of *part* come to."""
        plan, tree, count = self.plan, self.tree, part.count
        scored = [group.scored(source, part, plan, fine=fine > 1) for group in self.groups]
        number: Any = np.float64 if fine == 1 else np.int64
        stated = {block.id: self.fixed.get(block.id, 0) * fine for block in plan.methodology.blocks}
        ends = {key: [np.full(count, value, number), np.full(count, value, number)] for key, value in stated.items()}
        stands = 0 if tree.node is None else sum(self.fixed.values()) * fine
        low, high = np.full(count, stands, number), np.full(count, stands, number)
        most, applying = np.full(count, self._most), np.full(count, self._counted)
        odd, sizes = np.zeros(count, dtype=bool), np.zeros(count)
        open_ = np.full(count, bool(self.absent) or self.tolerated)
        wrong: list[Wrong] = [Wrong(leaf.id, "missing", np.ones(count, dtype=bool)) for leaf in self.absent]
        passing = np.zeros(count, dtype=bool)
        for each in scored:
            group = each.group
            counted = tree.counts(group.leaves[0])
            least, greatest = (low, high) if counted or group.block is None else ends[group.block]
            lower, upper = each.sums(fine)
            least += lower
            greatest += upper
            if each.odd is not None:
                odd |= each.odd
            if group.unbounded:
                sizes += abs(each.low).sum(axis=0)
            if each.gone is not None and counted:
                dropped = each.gone & group.drops
                most -= np.add.reduce(dropped * group.worths, axis=0)
                applying -= np.add.reduce(dropped, axis=0, dtype=np.float64)
                passing |= (dropped & group.passes_on).any(axis=0)
            if each.waits is not None:
                open_ |= each.waits.any(axis=0)
            if each.missing is not None:
                open_ |= each.missing.any(axis=0)
                wrong += _by_leaf("missing", group, each.missing)
            for kind, slot, mask in each.wrong:
                wrong += _by_leaf(f"{kind} {slot}", group, mask)
        odd |= sizes >= ROOM  # without a maximum nothing but this keeps a sum within what floats hold
        wrong += self._unasked(source, part)
        arrays = {"low": low, "high": high, "most": most, "applies": applying > 0}
        passed = np.flatnonzero(passing & ~open_)
        if len(passed):
            odd[passed] |= entered(arrays, passed, redistributed(plan, tree, LeafRows(scored, fine), passed))
        zeros = np.zeros(count, dtype=bool)
        if tree.node is None:
            if plan.asks_for_zeros:
                zeros, unsure = without_points(tree, LeafRows(scored, fine), count)
                odd |= unsure
            if tree.stated != 0:
                for key, above, unsure in overfull(plan, tree, LeafRows(scored, fine), count):
                    odd |= unsure
                    if above.any():
                        wrong.append(Wrong(key, "overfull", above))
        return Sums(
            **arrays,
            blocks={key: (least, greatest) for key, (least, greatest) in ends.items()},
            open=open_,
            odd=odd,
            zeros=zeros,
            passes=passing,
            fine=fine,
            wrong=tuple(wrong),
        )

    def _unasked(self, source: Source, part: Part) -> Iterator[Wrong]:
        for name in self.unasked:
            stated = stated_cells(source, name, part)
            if stated.any():
                yield Wrong(name.partition(":")[0], "not asked", stated)


def stated_cells(source: Source, asked: str, part: Part) -> Array:
    """Return which cells of a column say anything."""
    if asked.endswith(f":{NOT_APPLICABLE}"):
        return dropped_cells(source, asked, part)
    coded = source.coded_column(asked)
    if coded is not None:
        return np.array([word is not None for word in coded.words], dtype=bool)[part.of(coded.codes)]
    numbers = source.numbers(asked, part)
    assert numbers is not None  # a column is one or the other
    return ~np.isnan(numbers)


def _by_leaf(kind: str, group: Group, mask: Array) -> Iterator[Wrong]:
    for row in np.flatnonzero(mask.any(axis=1)):
        yield Wrong(group.leaves[row].id, kind, mask[row])
