"""The extremes of a part of the units, so that each part can be scored apart with those of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from parindex._batch.faults import column_faults
from parindex._batch.groups import dropped_cells
from parindex._batch.plan import compile_plan, tree_of
from parindex._batch.run import kinds_of, peers_among
from parindex._batch.source import Source
from parindex._frozen import FrozenMap
from parindex._methodology.rules.inputs import NOT_APPLICABLE
from parindex._methodology.words import Within
from parindex._scoring.assessment import NotApplicable
from parindex._scoring.engine import compared_peers, refuse_unsound
from parindex._scoring.extremes import Extremes
from parindex._scoring.reading import read_unit
from parindex.errors import ObservationFaults

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parindex._batch.columns import Array
    from parindex._batch.plan import Plan
    from parindex._batch.run import Kind
    from parindex._batch.table import ObservationTable
    from parindex._methodology.methodology import Methodology
    from parindex._scoring.assessment import Assessment


def extremes(methodology: Methodology | Plan, observations: Iterable[Assessment] | ObservationTable) -> Extremes:
    """Return the extremes of every relative leaf over these units, to be joined with those of others.

    A methodology without relative rules has none, and its parts need none.

    Args:
        methodology: what will be scored with, or its compiled plan.
        observations: an assessment for each unit, or a table of them by column.

    Raises:
        ObservationFaults: for columns that name nothing.
        RefusedError: if the methodology cannot be scored with.
    """
    stated = cast("Methodology", getattr(methodology, "methodology", methodology))
    refuse_unsound(stated)
    if not any(leaf.compares for leaf in stated.leaves):
        return Extremes(stated.fingerprint)
    if not hasattr(observations, "packed"):
        return Extremes(stated.fingerprint, _read(stated, observations))
    table = cast("ObservationTable", observations)
    plan = cast("Plan", methodology) if hasattr(methodology, "methodology") else compile_plan(stated)
    names, faults = column_faults(plan, table)
    if faults:
        raise ObservationFaults("these observations cannot be compared", faults)
    if plan.refusal is not None:
        return Extremes(stated.fingerprint, _read(stated, map(table.assessment, range(len(table)))))
    kinds, _ = kinds_of(plan, table, None)  # what is wrong with a unit is told when it is scored
    found = peers_among(plan, table, names, kinds)
    kept = {key: peers for key, peers in found.items() if peers is not None or _lacks(plan, table, names, kinds, key)}
    return Extremes(stated.fingerprint, FrozenMap(kept))


def _read(methodology: Methodology, observations: Iterable[Assessment]) -> FrozenMap[Any, Any]:
    """Return the extremes of units as the reference engine reads them."""
    return FrozenMap(compared_peers([read_unit(methodology, each, None) for each in observations]))


def _lacks(
    plan: Plan,
    table: ObservationTable,
    names: Mapping[str, str],
    kinds: Sequence[Kind],
    key: tuple[str, str | None],
) -> bool:
    """Return whether a unit that a leaf applies to has no value; otherwise it applies to none of them."""
    leaf, group = key
    within = plan.methodology[leaf].leaf_rule.compares_within is Within.GROUP
    groups = table.facts.get("group")
    for kind in kinds:
        if leaf in {each.id for each in tree_of(plan, kind.tree_group, at_self=kind.at_self).leaves}:
            units = np.arange(len(table)) if kind.units is None else kind.units
            if within and groups is not None:
                units = units[groups.codes[units] == groups.words.index(group)]
            if not _dropped(table, names, leaf, units).all():
                return True
    return False


def _dropped(table: ObservationTable, names: Mapping[str, str], leaf: str, units: Array) -> Array:
    """Return which units a leaf does not apply to."""
    dropped = np.zeros(len(units), dtype=bool)
    mark = f"{leaf}:{NOT_APPLICABLE}"
    if mark in names:
        source = Source(table.packed, table.coded, names, {}, None)
        dropped |= dropped_cells(source, mark)[units]
    value = table.coded.get(names.get(f"{leaf}:value", ""))
    if value is not None:
        dropped |= np.array([isinstance(word, NotApplicable) for word in value.words], dtype=bool)[value.codes[units]]
    return dropped
