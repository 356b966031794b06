"""What is wrong in a table: columns that name nothing, and cells, each kind with its first unit and a count.

Where faults are is found by column; the words come from the reference engine, which reads the first unit of a kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from parindex._batch.groups import stated_cells
from parindex._batch.slots import LITERAL
from parindex._batch.source import Source
from parindex._batch.table import MIXED
from parindex._scoring.reading import read_unit
from parindex.errors import Fault, Place, near

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parindex._batch.columns import Array
    from parindex._batch.plan import Plan
    from parindex._batch.run import Run
    from parindex._batch.sums import Sums
    from parindex._batch.table import ObservationTable
    from parindex._methodology.methodology import Methodology


def column_faults(plan: Plan, table: ObservationTable) -> tuple[dict[str, str], list[Fault]]:
    """Return the column of each input, and what is wrong with the names of columns."""
    known = plan.columns
    if table.packed.places.keys() <= plan.inputs and table.coded.keys() <= plan.inputs:
        return {name: name for name in table.columns}, []
    found: dict[str, str] = {}
    faults = []
    for name in table.columns:
        asked = known.get(name)
        if asked is None:
            faults.append(_unknown(plan.methodology, name, known))
        elif asked in found:
            faults.append(Fault("stands twice", place=Place(at=asked)))
        else:
            found[asked] = name
    return found, faults


def _unknown(methodology: Methodology, name: str, known: Mapping[str, str]) -> Fault:
    criterion, _, _ = name.partition(":")
    if criterion in methodology:
        leaf = methodology[criterion]
        if leaf.children:
            return Fault("has criteria below it, observe those", place=Place(at=name))
        own = [each for each in known if each.startswith(f"{criterion}:")]
        message = f"unknown column, expected {', '.join(own)}"
        return Fault(message, place=Place(at=name), hint=near(name, own))
    return Fault("there is no such column", place=Place(at=name), hint=near(name, known))


def table_faults(run: Run, sums: Sums, *, partial: bool) -> Iterator[Fault]:
    """Yield every kind of fault of a table once: where it stands first, and how many more there are."""
    kinds: dict[tuple[str, str], list[Array]] = {}
    for each in sums.wrong:
        if each.kind != "missing" or not partial:
            kinds.setdefault((each.leaf, each.kind), []).append(each.units)
    told = _Told()
    partly: dict[str, list[Array]] = {}
    for (leaf, kind), found in kinds.items():
        units = np.unique(np.concatenate(found))
        if not kind.startswith(_NO_INPUT):
            partly.setdefault(leaf, []).append(units)
        if kind != "missing":
            for fault in _worded(run, leaf, kind, int(units[0]), partial=partial):
                told.add(fault, units)
    for leaf, some in partly.items() if not partial else ():
        # Beside an input that is wrong others may be missing.
        for name, own in _missing(run, leaf, np.unique(np.concatenate(some))):
            told.add(Fault("is missing", place=Place(unit=run.table.units[own[0]], at=f"{leaf}:{name}")), own)
    for unit in np.flatnonzero(sums.odd).tolist():
        # Numbers beyond what floats hold: the reference engine reads these units.
        for fault in _read(run, unit, partial=partial):
            told.add(fault, np.array([unit]))
    yield from told.once()


_NO_INPUT: Final = ("mixed", "may not drop", "not asked", "not there", "overfull")
"""Kinds of faults beside which no input is missing."""


class _Told:
    """Faults by kind: those of one place that differ in nothing but what they quote."""

    def __init__(self) -> None:
        self._found: dict[tuple[str | None, str], tuple[Fault, list[Array]]] = {}

    def add(self, fault: Fault, units: Array) -> None:
        """Add a fault as it is told of the first of *units*."""
        key = fault.place.at, LITERAL.sub("", fault.message)
        first, known = self._found.get(key, (fault, []))
        if known and units[0] < min(each[0] for each in known):
            first = fault
        self._found[key] = first, [*known, units]

    def once(self) -> Iterator[Fault]:
        """Yield each kind once, with a count of the units that have it."""
        for fault, units in self._found.values():
            yield more_of(fault, len(np.unique(np.concatenate(units))))


def more_of(fault: Fault, count: int) -> Fault:
    """Return the first fault of its kind, which so many units have."""
    more = f"; and {count - 1} more of this kind" if count > 1 else ""
    return Fault(fault.message + more, place=fault.place, hint=fault.hint)


def _missing(run: Run, leaf: str, units: Array) -> Iterator[tuple[str, Array]]:
    """Yield the inputs that are missing in some units to which a leaf is open, and in which of them."""
    rule = run.plan.methodology[leaf].leaf_rule
    source = Source(run.table.packed, run.table.coded, run.names, {}, None)
    names = [each.name for each in rule.inputs if f"{leaf}:{each.name}" in run.names]
    none = np.zeros((0, len(units)), dtype=bool)
    stated = np.stack([stated_cells(source, f"{leaf}:{name}")[units] for name in names]) if names else none
    patterns, of = np.unique(stated, axis=1, return_inverse=True)
    found: dict[str, list[Array]] = {}
    for place, pattern in enumerate(patterns.T):
        there = [name for name, own in zip(names, pattern, strict=True) if own]
        for name in rule.missing_beside(there):
            found.setdefault(name, []).append(units[of.reshape(-1) == place])
    for name, own in found.items():
        yield name, np.sort(np.concatenate(own))


def _read(run: Run, unit: int, *, partial: bool) -> list[Fault]:
    """Return what the reference engine finds wrong with one unit."""
    try:
        assessment, faults = run.table.row(unit)
    except Fault as fault:
        return [fault]
    reading = read_unit(run.plan.methodology, assessment, run.year)
    name = assessment.unit
    faults += reading.faults
    for leaf in reading.leaves:
        faults += [fault.within(unit=name) for fault in leaf.faults]
        if not partial and not leaf.tolerated:
            at = leaf.criterion.id
            faults += [Fault("is missing", place=Place(unit=name, at=f"{at}:{one}")) for one in leaf.missing]
    return faults


def _worded(run: Run, leaf: str, kind: str, unit: int, *, partial: bool) -> list[Fault]:
    if kind.startswith("mixed"):
        return [Fault(MIXED, place=Place(unit=run.table.units[unit], at=leaf))]
    own = [
        fault
        for fault in _read(run, unit, partial=partial)
        if (fault.place.at or "").partition(":")[0] == leaf and fault.message != "is missing"
    ]
    assert own, f"the engines disagree about unit {unit}, {leaf}: {kind}"
    return own
