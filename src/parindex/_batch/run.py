"""A run of the batch engine: which units are alike, stretch by stretch over all of them, and every fault at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve, field, frozen

from parindex._batch.columns import Array, said
from parindex._batch.evaluate import Kernels
from parindex._batch.faults import Told, column_faults, table_faults
from parindex._batch.groups import dropped_cells
from parindex._batch.plan import Plan, tree_of
from parindex._batch.source import Source
from parindex._batch.spans import FINER
from parindex._batch.sums import Sums, Wrong
from parindex._batch.table import FACTS, ObservationTable
from parindex._methodology.parts import Grade
from parindex._methodology.rules import Peers
from parindex._methodology.rules.inputs import NOT_APPLICABLE
from parindex._methodology.words import Within
from parindex._scoring.assessment import Assessment, NotApplicable, Stage
from parindex._scoring.reading import unit_facts
from parindex.errors import ObservationFaults, ParindexError

if TYPE_CHECKING:
    from parindex._batch.plan import Tree
    from parindex._methodology.criteria import Criterion
    from parindex.errors import Fault


@frozen(eq=False)
class Kind:
    """Units of one tree, stage, list of grades and set of events that limit them.

    Attributes:
        units: which units; None for all.
        tree_group: the group whose tree they have; None for that of all groups that no criterion names.
    """

    units: Array | None
    tree_group: str | None
    at_self: bool
    bands: tuple[Grade, ...]
    events: tuple[str, ...]


@frozen(eq=False)
class Run:
    """A plan over a table, after everything in the table was found right.

    Attributes:
        sums: what the units come to, in the order of the table.
        peers: the extremes that relative leaves compare with, by leaf and group.
    """

    plan: Plan
    table: ObservationTable
    names: Mapping[str, str]
    kinds: tuple[Kind, ...]
    peers: Mapping[tuple[str, str | None], Peers | None]
    year: int | None
    threads: int
    sums: Sums = field(init=False)

    @classmethod
    def of(
        cls,
        plan: Plan,
        table: ObservationTable,
        *,
        partial: bool,
        year: int | None,
        threads: int = 1,
        peers: Mapping[tuple[str, str | None], Peers | None] | None = None,
    ) -> Run:
        """Return the run of a table; its units are compared with each other, or with those whose extremes are *peers*.

        Raises:
            ObservationFaults: with every kind of fault in it, and how often each occurs.
        """
        names, faults = column_faults(plan, table)
        kinds, unfit = kinds_of(plan, table, year)
        if faults:
            raise ObservationFaults("these observations cannot be scored", faults + unfit)
        if peers is None:
            peers = peers_among(plan, table, names, kinds)
        run = cls(plan, table, names, kinds, peers, year, threads)
        sums = run.sums_of(None)
        faults = [*unfit, *table_faults(run, sums, partial=partial)]
        if faults:
            raise ObservationFaults("these observations cannot be scored", faults)
        object.__setattr__(run, "sums", sums)
        return run

    def sums_of(self, node: str | None, units: Array | None = None) -> Sums:
        """Return what the units come to, as a whole or at one node; some *units*, in order, in finer whole numbers."""
        fine = 1 if units is None else FINER
        if len(self.kinds) == 1:
            return self._kind_sums(self.kinds[0], node, units, fine)
        every = np.arange(len(self.table)) if units is None else units
        whole = None
        wrong: list[Wrong] = []
        for kind in self.kinds:
            own = kind.units
            assert own is not None  # one kind alone has all units
            chosen = own if units is None else np.intersect1d(own, units, assume_unique=True)
            if len(chosen):
                sums = self._kind_sums(kind, node, chosen, fine)
                whole = sums.room_for(len(every)) if whole is None else whole
                whole.put(np.searchsorted(every, chosen), sums)
                wrong += [evolve(one, units=chosen[one.units]) for one in sums.wrong]
        assert whole is not None  # somebody is asked for
        return evolve(whole, wrong=tuple(wrong))

    def _kind_sums(self, kind: Kind, node: str | None, units: Array | None, fine: int) -> Sums:
        kernels = kernels_of(self.plan, kind.tree_group, kind.at_self, node, frozenset(self.names))
        source = self._source(kernels.tree)
        return kernels.sums(source if units is None else source.picked(units), fine, self.threads)

    def _source(self, tree: Tree) -> Source:
        """Return the columns with the extremes that the leaves of a tree compare with."""
        groups = self.table.facts.get("group")
        names: Sequence[Any] = groups.words if groups is not None else (None,)
        peers = {}
        for leaf in tree.compared:
            pools = names if leaf.leaf_rule.compares_within is Within.GROUP else (None,)
            peers[leaf.id] = [self.peers.get((leaf.id, name)) for name in pools]
        return Source(self.table.packed, self.table.coded, self.names, peers, None if groups is None else groups.codes)


@lru_cache(maxsize=256)
def kernels_of(
    plan: Plan,
    group: str | None,
    at_self: bool,
    node: str | None,
    columns: frozenset[str],
) -> Kernels:
    """Return the kernels of a tree for tables with these columns; the latest ones are remembered."""
    return Kernels.of(plan, tree_of(plan, group, at_self=at_self, node=node), columns)


def kinds_of(plan: Plan, table: ObservationTable, year: int | None) -> tuple[tuple[Kind, ...], list[Fault]]:
    """Return the kinds of units in a table, and what is wrong with what it says of them."""
    stated = [table.facts[name] for name in ("group", "stage", "period", "events") if name in table.facts]
    several = [each for each in stated if len(each.words) > 1]
    codes = np.zeros(len(table), dtype=np.int64)
    for each in several:
        codes = codes * len(each.words) + each.codes
    told = Told()
    kinds: dict[Any, int] = {}
    limiting = {event.key for event in plan.methodology.events if event.grade_at_most is not None}
    of = np.zeros(len(table), dtype=np.intp)
    if several:
        _, firsts, of = np.unique(codes, return_index=True, return_inverse=True)
    else:
        firsts = np.zeros(min(len(table), 1), dtype=np.intp)
    merged = np.zeros(len(firsts), dtype=np.intp)
    for place in np.argsort(firsts).tolist():
        first = int(firsts[place])
        blank = Assessment(table.units[first], **{name: table.fact(name, first) for name in FACTS})
        reading = unit_facts(plan.methodology, blank, year)
        for fault in reading.faults:
            told.add(fault, np.flatnonzero(of == place))
        own = blank.group if blank.group in plan.methodology.variants else None
        limits = tuple(event for event in blank.events if event in limiting)
        kind = (own, blank.stage is Stage.SELF, reading.bands, limits)
        merged[place] = kinds.setdefault(kind, len(kinds))
    of = merged[of] if len(merged) else of
    found = tuple(
        Kind(np.flatnonzero(of == number) if len(kinds) > 1 else None, *kind) for kind, number in kinds.items()
    )
    return found, list(told.once())


def peers_among(
    plan: Plan, table: ObservationTable, names: Mapping[str, str], kinds: Sequence[Kind]
) -> dict[tuple[str, str | None], Peers | None]:
    """Return the extremes of every relative leaf, exactly, over all assessed units that have a value."""
    found: dict[tuple[str, str | None], Peers | None] = {}
    for leaf in plan.compared:
        within = leaf.leaf_rule.compares_within
        asked = np.zeros(len(table), dtype=bool)
        for kind in kinds:
            tree = tree_of(plan, kind.tree_group, at_self=kind.at_self)
            if leaf.id in {each.id for each in tree.leaves}:
                asked[slice(None) if kind.units is None else kind.units] = True
        groups = table.facts.get("group")
        pools: Sequence[Any] = groups.words if groups is not None and within is Within.GROUP else (None,)
        for pool, name in enumerate(pools):
            own = asked if groups is None or within is Within.ALL else asked & (groups.codes == pool)
            if own.any():
                found[leaf.id, name] = _extremes(table, names, leaf, np.flatnonzero(own))
    return found


def _extremes(table: ObservationTable, names: Mapping[str, str], leaf: Criterion, units: Array) -> Peers | None:
    source = Source(table.packed, table.coded, names, {}, None)
    mark = f"{leaf.id}:{NOT_APPLICABLE}"
    if mark in names:
        units = units[~dropped_cells(source, mark)[units]]
    name = names.get(f"{leaf.id}:value")
    if name is None:
        return None
    each = leaf.leaf_rule.input_by_name["value"]
    column = table.coded.get(name)
    if column is not None:
        codes, counts = np.unique(column.codes[units], return_counts=True)
        values = []
        for code, count in zip(codes.tolist(), counts.tolist(), strict=True):
            word = column.words[code]
            if isinstance(word, NotApplicable):
                continue
            if word is None:
                return None
            try:
                values.append((each.read(word, None), count))
            except ParindexError:
                return None  # a fault, which is told with the others
        known = [Fraction(value) for value, _ in values]
        return Peers(min(known), max(known), sum(count for _, count in values)) if known else None
    own = table.packed.column(name)[units]
    if not len(own) or not np.isfinite(own).all() or name in table.packed.truths:
        return None
    ends = (own[int(own.argmin())], own[int(own.argmax())])
    try:
        low, high = (Fraction(each.read(said(float(end)), None)) for end in ends)
    except ParindexError:
        return None  # a fault, which is told with the others
    return Peers(low, high, len(own))
