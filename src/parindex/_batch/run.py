"""A run of the batch engine: which units are alike, stretch by stretch over all of them, and every fault at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from functools import lru_cache
from functools import partial as bound_to
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve, field, frozen

from parindex._batch.columns import Coded, cell, said
from parindex._batch.evaluate import STRETCH, Kernels, Sums, stated_cells
from parindex._batch.faults import column_faults, table_faults
from parindex._batch.plan import tree_of
from parindex._batch.slots import Source
from parindex._batch.table import ObservationTable
from parindex._methodology.rules import Peers
from parindex._methodology.rules.inputs import NOT_APPLICABLE
from parindex._methodology.words import Within
from parindex._scoring.assessment import NotApplicable, Stage
from parindex._scoring.reading import unit_facts
from parindex.errors import ObservationFaults, ParindexError

if TYPE_CHECKING:
    from parindex._batch.columns import Array, Column
    from parindex._batch.plan import Plan, Tree
    from parindex._methodology.criteria import Criterion
    from parindex._methodology.parts import Grade
    from parindex.errors import Fault


@frozen(eq=False)
class Kind:
    """Units of one group, stage, period and set of events: one tree, one list of grades.

    Attributes:
        units: which units; None for all.
        first: one of them.
        tree_group: the group whose tree they have; None for that of all groups that are not named.
    """

    first: int
    units: Array | None
    group: str | None
    tree_group: str | None
    at_self: bool
    bands: tuple[Grade, ...]
    year: int | None
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
    columns: Mapping[str, Column]
    kinds: tuple[Kind, ...]
    peers: Mapping[tuple[str, str | None], Peers | None]
    year: int | None
    threads: int
    stretch: int
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
        stretch: int = STRETCH,
        peers: Mapping[tuple[str, str | None], Peers | None] | None = None,
    ) -> Run:
        """Return the run of a table; its units are compared with each other, or with those whose extremes are *peers*.

        Raises:
            ObservationFaults: with every kind of fault in it, and how often each occurs.
        """
        columns, faults = column_faults(plan.methodology, table)
        kinds, unfit = _kinds(plan, table, year)
        faults += unfit
        if faults:
            raise ObservationFaults("these observations cannot be scored", faults)
        if peers is None:
            peers = _peers(plan, table, columns, kinds)
        run = cls(plan, table, columns, kinds, peers, year, threads, stretch)
        sums = run.sums_of(None)
        faults = list(table_faults(run, sums, partial=partial))
        if faults:
            raise ObservationFaults("these observations cannot be scored", faults)
        object.__setattr__(run, "sums", sums)
        return run

    def sums_of(self, node: str | None) -> Sums:
        """Return what the units come to, as a whole or at one node."""
        found = [(kind.units, _joined(self._kind_sums(kind, node))) for kind in self.kinds]
        if len(found) == 1 and found[0][0] is None:
            return found[0][1]
        return _placed(len(self.table), found)

    def _kind_sums(self, kind: Kind, node: str | None) -> list[Sums]:
        kernels = kernels_of(self.plan, kind.tree_group, kind.at_self, node, frozenset(self.columns))
        source = self._source(kernels.tree)
        count = len(self.table) if kind.units is None else len(kind.units)
        spans = [(first, min(first + self.stretch, count)) for first in range(0, count, self.stretch)]
        one = bound_to(_stretch, kernels, source, kind.units)
        if self.threads == 1 or len(spans) == 1:
            return [one(span) for span in spans]
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(one, spans))

    def _source(self, tree: Tree) -> Source:
        """Return the columns with the extremes that the leaves of a tree compare with."""
        groups = self.table.facts.get("group")
        names: Sequence[str | None] = groups.words if groups is not None else (None,)
        peers = {}
        for leaf in tree.leaves:
            within = leaf.leaf_rule.compares_within
            if within is not None:
                pools = names if within is Within.GROUP else (None,)
                peers[leaf.id] = [self.peers.get((leaf.id, name)) for name in pools]
        return Source(self.columns, peers, None if groups is None else groups.codes)


@lru_cache(maxsize=256)
def kernels_of(
    plan: Plan, group: str | None, at_self: bool, node: str | None, columns: frozenset[str]  # noqa: FBT001  a key
) -> Kernels:
    """Return the kernels of a tree for tables with these columns; the latest ones are remembered."""
    return Kernels.of(plan, tree_of(plan, group, at_self=at_self, node=node), columns)


def _stretch(kernels: Kernels, source: Source, units: Array | None, span: tuple[int, int]) -> Sums:
    first, stop = span
    part: Any = slice(first, stop) if units is None else units[first:stop]
    return kernels.stretch(source, part, stop - first)


def _joined(parts: Sequence[Sums]) -> Sums:
    """Return consecutive stretches as one."""
    if len(parts) == 1:
        return parts[0]
    wrong = []
    first = 0
    for each in parts:
        wrong += [evolve(one, units=_moved(one.units, first)) for one in each.wrong]
        first += len(each.low)
    names = ("low", "high", "most", "applies", "open", "odd", "zeros", "passes")
    arrays = {name: np.concatenate([getattr(each, name) for each in parts]) for name in names}
    blocks = {
        key: tuple(np.concatenate([each.blocks[key][end] for each in parts]) for end in (0, 1))
        for key in parts[0].blocks
    }
    return Sums(**arrays, blocks=blocks, wrong=tuple(wrong))  # type: ignore[arg-type]  # each block has two ends


def _moved(units: Array, first: int) -> Array:
    return np.flatnonzero(units) + first if units.dtype == bool else units + first


def _placed(count: int, parts: Sequence[tuple[Array | None, Sums]]) -> Sums:
    """Return the sums of several kinds of units in the order of the table."""
    names = ("low", "high", "most", "applies", "open", "odd", "zeros", "passes")
    first = parts[0][1]
    arrays = {name: np.zeros(count, dtype=getattr(first, name).dtype) for name in names}
    blocks = {key: (np.zeros(count), np.zeros(count)) for key in first.blocks}
    wrong = []
    for units, sums in parts:
        assert units is not None  # one kind alone has all units
        for name in names:
            arrays[name][units] = getattr(sums, name)
        for key, ends in sums.blocks.items():
            for into, end in zip(blocks[key], ends, strict=True):
                into[units] = end
        wrong += [evolve(one, units=units[_moved(one.units, 0)]) for one in sums.wrong]
    return Sums(**arrays, blocks=blocks, wrong=tuple(wrong))


def _kinds(plan: Plan, table: ObservationTable, year: int | None) -> tuple[tuple[Kind, ...], list[Fault]]:
    """Return the kinds of units in a table, and what is wrong with what it says of them."""
    stated = [table.facts[name] for name in ("group", "stage", "period", "events") if name in table.facts]
    several = [each for each in stated if len(each.words) > 1]
    codes = np.zeros(len(table), dtype=np.int64)
    for each in several:
        codes = codes * len(each.words) + each.codes
    faults: dict[str, Fault] = {}
    kinds = []
    values, firsts = np.unique(codes, return_index=True) if several else (np.zeros(1), np.zeros(1, dtype=int))
    for value, first in zip(values, firsts, strict=True) if len(table) else ():
        units = np.flatnonzero(codes == value) if several else None
        blank = ObservationTable(table._names, {}, table.facts).assessment(int(first))  # noqa: SLF001  its own table
        reading = unit_facts(plan.methodology, blank, year)
        faults.update({str(fault): fault for fault in reading.faults})
        at_self = blank.stage is Stage.SELF
        own = blank.group if blank.group in plan.methodology.variants else None
        kinds.append(Kind(int(first), units, blank.group, own, at_self, reading.bands, reading.year, blank.events))
    return tuple(kinds), list(faults.values())


def _peers(
    plan: Plan, table: ObservationTable, columns: Mapping[str, Column], kinds: Sequence[Kind]
) -> dict[tuple[str, str | None], Peers | None]:
    """Return the extremes of every relative leaf, exactly, over all assessed units that have a value."""
    found: dict[tuple[str, str | None], Peers | None] = {}
    for leaf in plan.methodology.leaves:
        within = leaf.leaf_rule.compares_within
        if within is None:
            continue
        asked = np.zeros(len(table), dtype=bool)
        for kind in kinds:
            tree = tree_of(plan, kind.group, at_self=kind.at_self)
            if leaf.id in {each.id for each in tree.leaves}:
                asked[slice(None) if kind.units is None else kind.units] = True
        groups = table.facts.get("group")
        names: Sequence[str | None] = groups.words if groups is not None and within is Within.GROUP else (None,)
        for pool, name in enumerate(names):
            own = asked if groups is None or within is Within.ALL else asked & (groups.codes == pool)
            if own.any():
                found[leaf.id, name] = _extremes(columns, leaf, np.flatnonzero(own))
    return found


def _extremes(columns: Mapping[str, Column], leaf: Criterion, units: Array) -> Peers | None:
    column, mark = columns.get(f"{leaf.id}:value"), columns.get(f"{leaf.id}:{NOT_APPLICABLE}")
    if mark is not None:
        units = units[~stated_cells(mark, units, mark=True)]
    if column is None:
        return None
    each = leaf.leaf_rule.input_by_name["value"]
    if isinstance(column, Coded):
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
    own = column[units]
    if not len(own) or (own.dtype.kind == "f" and not np.isfinite(own).all()) or own.dtype.kind == "b":
        return None
    ends = (own[int(own.argmin())], own[int(own.argmax())])
    low, high = (Fraction(each.read(said(end), None)) for end in ends)
    return Peers(low, high, len(own))
