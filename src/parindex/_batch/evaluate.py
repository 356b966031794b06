"""From cells to sums: every kernel over a stretch of units, and what the tree makes of the points.

Stretches know nothing of each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from attrs import define, evolve, frozen

from parindex._batch.columns import Array, drops
from parindex._batch.joint import KERNELS, form_of, kernel_of, kind_of
from parindex._batch.kernels import Kernel, Leaf
from parindex._batch.packed import parts
from parindex._batch.plan import ROOM, Plan, Tree, default_of
from parindex._batch.source import DROPPED, MISSING, ODD, OPEN, PRESENT, WRONG, free_room
from parindex._batch.spans import column_of, leaf_rounded, scaled
from parindex._batch.tree_sums import LeafRows, entered, overfull, redistributed, without_points
from parindex._methodology.criteria import Criterion
from parindex._methodology.rules.inputs import NOT_APPLICABLE
from parindex._methodology.words import WhenNotApplicable

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from parindex._batch.kernels import Loaded
    from parindex._batch.packed import Part
    from parindex._batch.source import Source


@frozen(eq=False)
class Wrong:
    """One kind of fault of one leaf, and the units that have it."""

    leaf: str
    kind: str
    units: Array


@frozen(eq=False)
class Sums:
    """What units come to, in whole numbers of 1/S; maxima in whole numbers of 1/*max_scale*.

    Attributes:
        low, high: ends of the base points; what lies between them is strictly within.
        most: the applicable maxima of the base.
        counted: how many leaves of the base apply.
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
    counted: Array
    blocks: Mapping[str, tuple[Array, Array]]
    open: Array
    odd: Array
    zeros: Array
    passes: Array
    wrong: tuple[Wrong, ...] = ()
    fine: int = 1

    @property
    def applies(self) -> Array:
        """Whether anything of the base applies."""
        return np.greater(self.counted, 0)

    def part(self, units: slice) -> Sums:
        """Return views of the sums of some units; what is wrong with them is not among it."""
        return self._changed(itemgetter(units))

    def room_for(self, count: int) -> Sums:
        """Return sums of as many units in which nothing stands."""
        return self._changed(lambda own: np.zeros(count, own.dtype))

    def _changed(self, change: Callable[[Array], Array]) -> Sums:
        arrays = {name: change(getattr(self, name)) for name in _ARRAYS}
        blocks = {key: (change(low), change(high)) for key, (low, high) in self.blocks.items()}
        return Sums(**arrays, blocks=blocks, fine=self.fine)  # type: ignore[arg-type]  # arrays alone

    def put(self, units: Array, own: Sums) -> None:
        """Enter the sums of some units."""
        for name in _ARRAYS:
            getattr(self, name)[units] = getattr(own, name)
        for key, ends in own.blocks.items():
            for into, end in zip(self.blocks[key], ends, strict=True):
                into[units] = end


_ARRAYS: Final = ("low", "high", "most", "counted", "open", "odd", "zeros", "passes")


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
        keeps: whether the tree asks for the points of leaves after all of them have been added up.
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
    keeps: bool

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
        keeps = tree.node is None and (plan.asks_for_zeros or tree.stated != 0)
        keeps = keeps or any(group.passes_on.any() for group in groups)
        return cls(plan, tree, tuple(groups), fixed, tuple(absent), tolerated, tuple(unasked), most, counted, keeps)

    def nothing(self, count: int, fine: int) -> Sums:
        """Return the sums of units of which no leaf has been added up."""
        number: Any = np.float64 if fine == 1 else np.int64
        stands = 0 if self.tree.node is None else sum(self.fixed.values()) * fine
        none = np.zeros((5, count), dtype=bool)
        none[0] = bool(self.absent) or self.tolerated
        return Sums(
            low=np.full(count, stands, number),
            high=np.zeros(count, number),
            most=np.full(count, self._most),
            counted=np.full(count, self._counted),
            blocks={
                block.id: (np.full(count, self.fixed.get(block.id, 0) * fine, number), np.zeros(count, number))
                for block in self.plan.methodology.blocks
            },
            open=none[0],
            odd=none[1],
            zeros=none[2],
            passes=none[3],
            fine=fine,
        )

    def sums(self, source: Source, fine: int = 1, threads: int = 1) -> Sums:
        """Return what the units of the columns come to, in whole numbers of 1/*fine* of 1/S."""
        count = source.packed.count
        sums = self.nothing(count, fine)
        stretches = list(parts(count, source.packed.size))

        def added(some: Sequence[Part]) -> list[Wrong]:
            wrong = []
            with free_room() as room:
                own = evolve(source, room=room)
                for part in some:
                    found = self._stretch(own, part, sums.part(slice(part.first, part.stop)))
                    wrong += [evolve(one, units=np.flatnonzero(one.units) + part.first) for one in found]
            return wrong

        wrong = [Wrong(leaf.id, "missing", np.arange(count)) for leaf in self.absent]
        if threads == 1 or len(stretches) == 1:
            wrong += added(stretches)
        else:
            with ThreadPoolExecutor(threads) as pool:
                edges = [len(stretches) * of // threads for of in range(threads + 1)]
                for found in pool.map(added, [stretches[first:stop] for first, stop in pairwise(edges)]):
                    wrong += found
        for low, high in [(sums.low, sums.high), *sums.blocks.values()]:
            np.add(low, high, out=high)
        return evolve(sums, wrong=tuple(wrong))

    def _stretch(self, source: Source, part: Part, into: Sums) -> Iterator[Wrong]:
        """Add up a stretch of units, the upper ends as what is above the lower, and yield what is wrong in it."""
        plan, tree, fine = self.plan, self.tree, into.fine
        source.room.clear()
        kept: list[Scored] = []
        for group in self.groups:
            if self.keeps:
                kept.append(scored := group.scored(source, part, plan, fine=fine > 1))
            else:
                source.room.clear()
                scored = group.scored(source, part, plan, fine=fine > 1)
            yield from self._added(scored, into)
        yield from self._unasked(source, part)
        passed = np.flatnonzero(into.passes & ~into.open)
        if len(passed):
            into.odd[passed] |= entered(into, passed, redistributed(plan, tree, LeafRows(kept, fine), passed))
        if tree.node is None:
            if plan.asks_for_zeros:
                into.zeros[:], unsure = without_points(tree, LeafRows(kept, fine), part.count)
                into.odd[:] |= unsure
            if tree.stated != 0:
                for key, above, unsure in overfull(plan, tree, LeafRows(kept, fine), part.count):
                    into.odd[:] |= unsure
                    if above.any():
                        yield Wrong(key, "overfull", above)

    def _added(self, scored: Scored, into: Sums) -> Iterator[Wrong]:
        """Add the points of a group, and yield what is wrong with them."""
        group = scored.group
        counted = self.tree.counts(group.leaves[0])
        low, high = (into.low, into.high) if counted or group.block is None else into.blocks[group.block]
        points, more = scored.sums(into.fine)
        low += points
        if more is not None:
            high += more
        if scored.odd is not None:
            into.odd[:] |= scored.odd
        if group.unbounded:
            # Without a maximum nothing but this keeps a sum within what floats hold.
            into.odd[:] |= abs(scored.low).sum(axis=0) >= ROOM / len(self.groups)
        if scored.gone is not None and counted:
            dropped = scored.gone & group.drops
            into.most[:] -= np.add.reduce(dropped * group.worths, axis=0)
            into.counted[:] -= np.add.reduce(dropped, axis=0, dtype=np.float64)
            into.passes[:] |= (dropped & group.passes_on).any(axis=0)
        if scored.waits is not None:
            into.open[:] |= scored.waits.any(axis=0)
        if scored.missing is not None:
            into.open[:] |= scored.missing.any(axis=0)
            yield from _by_leaf("missing", group, scored.missing)
        for kind, slot, mask in scored.wrong:
            yield from _by_leaf(f"{kind} {slot}", group, mask)

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
