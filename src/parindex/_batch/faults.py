"""What is wrong in a table: columns that name nothing, and cells, each kind with its first unit and a count.

Where faults are is found by column; the words come from the reference engine, which reads the first unit of a kind.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from parindex._batch.groups import stated_cells
from parindex._batch.slots import LITERAL
from parindex._batch.source import Source
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
    kinds: dict[str, dict[str, list[Array]]] = {}
    for each in sums.wrong:
        if each.kind != "missing" or not partial:
            kinds.setdefault(each.leaf, {}).setdefault(each.kind, []).append(each.units)
    told = Told()
    read = lru_cache(maxsize=None)(lambda unit: _read(run, unit, partial=partial))
    for leaf, found in kinds.items():
        masks = {kind: np.unique(np.concatenate(units)) for kind, units in found.items()}
        for units in _alike(masks):
            own = [fault for fault in read(int(units[0])) if (fault.place.at or "").partition(":")[0] == leaf]
            assert own, f"the engines disagree about unit {units[0]}, {leaf}: {', '.join(masks)}"
            for fault in own:
                if fault.message != "is missing":
                    told.add(fault, units)
        asked = [units for kind, units in masks.items() if not kind.startswith(_NO_INPUT)]
        for name, units in _missing(run, leaf, np.unique(np.concatenate(asked))) if asked and not partial else ():
            told.add(Fault("is missing", place=Place(unit=run.table.units[units[0]], at=f"{leaf}:{name}")), units)
    for unit in np.flatnonzero(sums.odd).tolist():
        # Numbers beyond what floats hold: the reference engine reads these units.
        for fault in read(unit):
            told.add(fault, np.array([unit]))
    yield from told.once()


def _alike(kinds: Mapping[str, Array]) -> Iterator[Array]:
    """Yield the units that have just the same kinds of faults, so that one of them tells what the others have."""
    units = np.unique(np.concatenate(list(kinds.values())))
    having = np.stack([np.isin(units, own) for own in kinds.values()])
    _, of = np.unique(having, axis=1, return_inverse=True)
    for place in range(int(of.max()) + 1):
        yield units[of.reshape(-1) == place]


_NO_INPUT: Final = ("mixed", "may not drop", "not asked", "not there", "overfull")
"""Kinds of faults beside which no input is missing."""


class Told:
    """Faults by kind: those of one place that differ in nothing but what they quote."""

    def __init__(self) -> None:
        self._found: dict[tuple[str | None, str], tuple[Fault, int, list[Array]]] = {}

    def add(self, fault: Fault, units: Array) -> None:
        """Add a fault as it is told of the first of *units*."""
        key = fault.place.at, LITERAL.sub("", fault.message)
        unit = int(units[0])
        _, first, known = self._found.setdefault(key, (fault, unit, []))
        known.append(units)
        if unit < first:
            self._found[key] = fault, unit, known

    def once(self) -> Iterator[Fault]:
        """Yield each kind once, with a count of the units that have it."""
        for fault, _, units in self._found.values():
            count = len(np.unique(np.concatenate(units)))
            more = f"; and {count - 1} more of this kind" if count > 1 and fault.place.unit is not None else ""
            yield Fault(fault.message + more, place=fault.place, hint=fault.hint)


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
    assessment, faults = run.table.row(unit)
    odd = {(fault.place.at or "").partition(":")[0] for fault in faults}
    reading = read_unit(run.plan.methodology, assessment, run.year)
    name = assessment.unit
    faults += reading.faults
    for leaf in reading.leaves:
        faults += [fault.within(unit=name) for fault in leaf.faults]
        at = leaf.criterion.id
        if not (partial or leaf.tolerated or at in odd):
            faults += [Fault("is missing", place=Place(unit=name, at=f"{at}:{one}")) for one in leaf.missing]
    return faults
