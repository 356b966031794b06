"""From cells to sums: every kernel over a stretch of units, and what the tree makes of the points.

Stretches know nothing of each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve, frozen

from parindex._batch.groups import Group, Scored, default_points, stated_cells
from parindex._batch.joint import KERNELS, form_of, kernel_of, kind_of
from parindex._batch.kernels import Leaf
from parindex._batch.packed import Part, parts
from parindex._batch.plan import ROOM, Plan, Tree
from parindex._batch.source import Source, free_room
from parindex._batch.sums import Sums, Wrong
from parindex._batch.tree_sums import LeafRows, entered, overfull, redistributed, without_points
from parindex._methodology.criteria import Criterion

if TYPE_CHECKING:
    from parindex._batch.columns import Array


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
        none = np.zeros((4, count), dtype=bool)
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
        there = {leaf.id for leaf in self.tree.leaves}
        for name in self.unasked:
            stated = stated_cells(source, name, part)
            if stated.any():
                leaf = name.partition(":")[0]
                yield Wrong(leaf, "not asked" if leaf in there else "not there", stated)


def _by_leaf(kind: str, group: Group, mask: Array) -> Iterator[Wrong]:
    for row in np.flatnonzero(mask.any(axis=1)):
        yield Wrong(group.leaves[row].id, kind, mask[row])
