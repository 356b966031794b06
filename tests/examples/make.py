"""Make the example observations of the illustrative editions: invented units, invented figures, the same bytes always.

Run ``python tests/examples/make.py [FOLDER]``: it writes the three tables where the catalogue has them, unless told
another folder.
Of parindex it reads the files of the editions and nothing else; ``figures`` beside it has the inputs of each rule, and
``units`` the names, sizes and cases that are told by hand.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from figures import KINDS, Aim, Draw, Inputs, decimal
from units import TABLES, Key, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CATALOG = Path(__file__).resolve().parents[2].joinpath("src", "parindex", "_catalog")
PERIODS = ("2023", "2024")
STAGES = ("self", "appraised")
NOT_APPLICABLE = "not-applicable"

Seen = dict[str, Inputs | str]
"""By leaf its inputs, or why it does not apply."""


class Leaf(NamedTuple):
    """A leaf as the file of its edition states it; an item of a block is one that most units do not have."""

    id: str
    rule: dict[str, Any]
    max_points: Fraction
    item: bool
    self_assessed: bool
    groups: frozenset[str]


def leaves_of(file_name: str) -> list[Leaf]:
    """Return the leaves of an edition in the order of its file."""
    tables = tomllib.loads(CATALOG.joinpath(file_name).read_text("utf-8"))
    entries = {entry["id"]: entry for entry in tables["criterion"]}
    found = []
    for entry in entries.values():
        if "rule" not in entry:
            continue
        parts = entry["id"].split(".")
        lineage = [entries[".".join(parts[:length])] for length in range(len(parts), 0, -1)]
        origin = next((each["origin"] for each in lineage if "origin" in each), None)
        found.append(
            Leaf(
                id=entry["id"],
                rule=entry["rule"],
                max_points=Fraction(str(entry["max"])),
                item="block" in entry,
                self_assessed=tables["origin"].get(origin, {}).get("self_assessed", True),
                groups=frozenset(next((each["applies_to"] for each in lineage if "applies_to" in each), ())),
            )
        )
    return found


def goodness(table: Table, key: Key, leaf: str) -> int:
    """Return how well a unit does on a leaf, in thousandths: mostly better next year, mostly less when appraised."""
    unit, period, stage = key
    whole, part = Draw(unit), Draw(unit, leaf.partition(".")[0])
    good = table.least + table.lifts.get(unit, 0) + sum(whole.between(0, 75) for _ in range(3)) + part.between(-45, 45)
    good += Draw(unit, leaf).between(-120, 120) + Draw(unit, leaf, period).between(-70, 70)
    if period == PERIODS[-1]:
        good += whole.between(0, 45)
    if stage == "appraised":
        appraisal = Draw(unit, leaf, period, "appraisal")
        change = appraisal.between(0, 99)
        good += 25 if change > 96 else -appraisal.between(20, 140) if change < 25 else 0
    return min(1000, max(0, good))


def size(table: Table, unit: str, leaf: str, period: str) -> int:
    """Return what the counts of a leaf are out of; it changes a little from year to year."""
    least, most = table.sizes.get(leaf, (20, 120))
    first = Draw(unit, leaf, "size").between(least, most)
    return max(least, first * Draw(unit, leaf, "size", period).between(95, 112) // 100)


def undone(seen: Seen, leaves: Iterable[str]) -> int:
    """Return how much of the totals of some leaves was not done."""
    found = [inputs for leaf in leaves if isinstance(inputs := seen[leaf], dict)]
    return sum(int(inputs["total"]) - int(inputs["done"]) for inputs in found)


def observed(table: Table, leaves: Iterable[Leaf], key: Key) -> Seen:
    """Return what is observed of a unit at one stage of one period."""
    unit, period, stage = key
    seen: Seen = {}
    for leaf in leaves:
        told = table.told.get((*key, leaf.id), table.told.get((unit, period, "both", leaf.id)))
        if (leaf.groups and table.units[unit] not in leaf.groups) or (stage == "self" and not leaf.self_assessed):
            continue
        if told is not None:
            seen[leaf.id] = told
        elif not leaf.item:
            late = undone(seen, table.late[leaf.id]) if leaf.id in table.late else None
            aim = Aim(
                good=goodness(table, key, leaf.id),
                size=size(table, unit, leaf.id, period) if late is None else late,
                draw=Draw(unit, leaf.id, period, "figures"),
                max_points=leaf.max_points,
                percent=leaf.id in table.percents,
            )
            inputs = KINDS[leaf.rule["type"]](leaf.rule, aim)
            if leaf.id in table.scales:
                low, high, digits = table.scales[leaf.id]
                inputs = {"value": decimal(low + (high - low) * int(inputs["value"]) // 1000, digits)}
            elif late is not None and leaf.rule["type"] == "deduct":
                inputs = overdue(inputs, late, aim.draw)
            seen[leaf.id] = inputs
    return seen


def overdue(inputs: Inputs, late: int, draw: Draw) -> Inputs:
    """Return the faults that follow from so many late tasks."""
    told = {"overdue": late, "days-late": late * draw.between(1, 6), "not-done": late // 6}
    return {key: str(told[key]) for key in inputs}


def assessments(table: Table, leaves: Iterable[Leaf]) -> dict[Key, Seen]:
    """Return what is observed of all units."""
    keys = [(unit, period, stage) for unit in table.units for period in PERIODS for stage in STAGES]
    found = {key: observed(table, leaves, key) for key in keys if key not in table.absent}
    for (first, second, period), places in table.twins.items():
        for stage in STAGES:
            twin = found[first, period, stage]
            changed = {one: twin[other] for one, other in zip(places, reversed(places), strict=True) if one in twin}
            found[second, period, stage] = {**twin, **changed}
    return found


def wide(table: Table, leaves: Iterable[Leaf], found: Mapping[Key, Seen]) -> Iterable[list[str]]:
    """Yield the rows of a wide table."""
    columns = dict.fromkeys(
        (leaf.id, name)
        for leaf in leaves
        for seen in found.values()
        if isinstance(inputs := seen.get(leaf.id), dict)
        for name in inputs
    )
    grouped = any(table.units.values())
    yield ["unit", "period", "stage", *(["group"] if grouped else []), *map(":".join, columns)]
    for (unit, period, stage), seen in found.items():
        row = [unit, period, stage, *([table.units[unit]] if grouped else [])]
        dropped: set[str] = set()
        for leaf, name in columns:
            inputs = seen.get(leaf, {})
            if isinstance(inputs, dict):
                row.append(inputs.get(name, ""))
            else:
                row.append("" if leaf in dropped else f"{NOT_APPLICABLE}: {inputs}")
                dropped.add(leaf)
        yield row


def long(table: Table, leaves: Iterable[Leaf], found: Mapping[Key, Seen]) -> Iterable[list[str]]:
    """Yield the lines of a long table: the facts of the units first, then what was observed."""
    yield ["unit", "period", "stage", "criterion", "input", "value", "note", "evidence"]
    for unit, group in table.units.items():
        yield [unit, "", "", "", "group", group, "", ""]
    for (unit, period, stage), fact, value in table.facts:
        yield [unit, period, stage, "", fact, value, "", ""]
    for (unit, period, stage), seen in found.items():
        for leaf in leaves:
            inputs = seen.get(leaf.id, {})
            claimed = found.get((unit, period, "self"), {}).get(leaf.id, inputs)
            note = table.note if inputs != claimed and leaf.id in table.noted else ""
            evidence = table.evidence.get(leaf.id, "") if stage == "self" else ""
            for name, value in (inputs if isinstance(inputs, dict) else {NOT_APPLICABLE: inputs}).items():
                yield [unit, period, stage, leaf.id, name, value, note, evidence]
                note = evidence = ""


def main(folder: Path = CATALOG / "examples") -> None:
    """Write the tables into *folder*."""
    for table in TABLES:
        leaves = leaves_of(table.edition)
        rows = (long if table.long else wide)(table, leaves, assessments(table, leaves))
        with folder.joinpath(f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
