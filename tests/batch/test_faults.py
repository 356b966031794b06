"""Faults of tables: all at once, each kind with its first unit and the count that the reference engine finds."""

from __future__ import annotations

import collections
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import LEVELS, RATIO, edition, told

import parindex as pi
from parindex._batch.plan import compile_plan
from parindex._batch.run import kinds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

TWO = {"1": RATIO, "2": LEVELS}
FULL = {"1:done": [1] * 4, "1:total": [2] * 4, "2:level": ["full"] * 4}
GRADES = [{"key": "a", "from": 50, "groups": ["x"]}, {"key": "a", "from": 60, "groups": ["y"]}]
QUOTED = re.compile(r"'[^']*'|[-+]?[0-9]+(?:[./][0-9]+)?%?")


def kinds(faults: Sequence[pi.Fault]) -> dict[tuple[str | None, str], tuple[str | None, int]]:
    """Return the first unit of each kind of fault, and in how many units it is."""
    found: dict[tuple[str | None, str], dict[str | None, None]] = collections.defaultdict(dict)
    for fault in faults:
        found[fault.place.at, QUOTED.sub("", fault.message)][fault.place.unit] = None
    return {key: (next(iter(units)), len(units)) for key, units in found.items()}


def counted(faults: Sequence[pi.Fault]) -> dict[tuple[str | None, str], tuple[str | None, int]]:
    """Return the same of faults that were told by kind; no kind is told twice."""
    found: dict[tuple[str | None, str], tuple[str | None, int]] = {}
    for fault in faults:
        message, _, more = fault.message.partition("; and ")
        key = (fault.place.at, QUOTED.sub("", message))
        assert key not in found, fault
        found[key] = (fault.place.unit, 1 + int(more.partition(" ")[0] or 0))
    return found


def refusals(methodology: pi.Methodology, table: pi.ObservationTable, *, partial: bool = False) -> tuple[Any, Any]:
    """Return what both engines find wrong with a table."""
    found: list[Any] = []
    rows = [table.assessment(unit) for unit in range(len(table))]
    for units, engine in ((table, "batch"), (rows, "reference")):
        try:
            pi.score_many(methodology, units, engine=engine, partial=partial)  # type: ignore[arg-type]  # its words
            found.append(())
        except pi.ObservationFaults as faults:
            found.append(faults.exceptions)
    return counted(found[0]), kinds(found[1])


def agree(methodology: pi.Methodology, columns: dict[str, Any], *, partial: bool = False, **facts: Any) -> Any:
    count = len(next(iter(columns.values())))
    table = pi.ObservationTable.from_columns([f"Xã {place}" for place in range(count)], columns, **facts)
    batch, reference = refusals(methodology, table, partial=partial)
    assert batch == reference
    return batch


def test_facts_and_cells_are_told_together() -> None:
    columns = {**FULL, "2:level": ["full", "ful", "full", None]}
    assert told(edition(TWO, grade=GRADES), columns, group=["x", None, "z", "x"]) == [
        "unit 'Xã 1': needs a group, expected one of x, y",
        "unit 'Xã 2': there are no grades for group 'z', expected one of x, y",
        "unit 'Xã 1', 2:level: 'ful' is none of 0, 1, full; did you mean 'full'?",
        "unit 'Xã 3', 2:level: is missing",
    ]


def test_a_column_that_names_nothing_and_facts_are_told_together() -> None:
    assert told(edition(TWO, grade=GRADES), {"9:x": [1, 2]}) == [
        "9:x: there is no such column",
        "unit 'Xã 0': needs a group, expected one of x, y; and 1 more of this kind",
    ]


def test_facts_are_counted() -> None:
    methodology = edition(TWO, grade=GRADES, event=[{"key": "late"}])
    events = [("lat",), (), ("lat", "x"), ("late",)]
    assert told(
        methodology, FULL, group=[None, "z", "y", None], period=["2024", None, None, "2025"], events=events
    ) == [
        "unit 'Xã 0': needs a group, expected one of x, y; and 1 more of this kind",
        "unit 'Xã 0': the event 'lat' is not declared; and 1 more of this kind; did you mean 'late'?",
        "unit 'Xã 1': there are no grades for group 'z', expected one of x, y",
    ]
    agree(methodology, FULL, group=[None, "z", "y", None], period=["2024", None, None, "2025"], events=events)


def test_the_first_unit_of_a_kind_is_the_first_of_all() -> None:
    methodology = edition(TWO, grade=GRADES)
    assert told(methodology, FULL, group=["x", "z2", "z1", "z2"], stage=["final", "self", "final", "final"]) == [
        "unit 'Xã 1': there are no grades for group 'z2', expected one of x, y; and 2 more of this kind",
    ]


def test_inputs_of_a_leaf_that_are_missing_in_different_units() -> None:
    columns = {**FULL, "1:done": [None, 1, None, 1], "1:total": [2, None, None, 2]}
    assert sorted(told(edition(TWO), columns)) == [
        "unit 'Xã 0', 1:done: is missing; and 1 more of this kind",
        "unit 'Xã 1', 1:total: is missing; and 1 more of this kind",
    ]


def test_units_that_only_the_reference_engine_reads_are_counted_with_the_others() -> None:
    columns = {**FULL, "1:done": [2**60, 3, 2**61, 1], "1:total": [2**59, 2, 2**59, 2]}
    assert told(edition(TWO), columns) == [
        f"unit 'Xã 0', 1:done: {2**60} is above total {2**59}; and 2 more of this kind"
    ]
    tiny = {"1:percent": np.array([5e-324, 50, 1e-320, 101]), "2:level": [None, None, "full", "ful"]}
    found = sorted(told(edition(TWO), tiny))
    assert [each.partition(": ")[0] for each in found] == [
        "unit 'Xã 0', 1:percent",
        "unit 'Xã 0', 2:level",
        "unit 'Xã 3', 1:percent",
        "unit 'Xã 3', 2:level",
    ]
    assert [each.endswith("; and 1 more of this kind") for each in found] == [True, True, False, False]


def test_leaves_that_do_not_exist_and_leaves_that_are_not_asked_for() -> None:
    origins = {"a": {"max": 1}, "s": {"max": 2, "self_assessed": False}}
    criteria = {
        "1": {"rule": RATIO, "origin": "a"},
        "2": {"rule": LEVELS, "origin": "s", "applies_to": ["x"]},
        "3": {"rule": LEVELS, "origin": "s", "applies_to": ["y"]},
        "4": {"rule": LEVELS, "origin": "s"},
    }
    methodology = edition(criteria, origin=origins, total=3)
    columns = {"1:percent": [50] * 4, "2:level": ["full"] * 4, "3:level": [None, "0", "0", None], "4:level": ["0"] * 4}
    stage = ["self", "self", "final", "final"]
    for partial in (True, False):
        agree(methodology, columns, group=["x", "y", "x", "y"], stage=stage, partial=partial)


def test_points_that_are_wrong_where_others_are_missing() -> None:
    columns = {"1:done": [-1, -1, None, 5, 1], "1:total": [None, 2, -2, 4, None], "2:level": [0, "x", None, None, "y"]}
    for partial in (True, False):
        agree(edition(TWO), columns, partial=partial)


def test_counts_beside_a_percentage_that_are_wrong_too() -> None:
    columns = {"1:done": [1, 3, 1, 3, 2], "1:total": [2, 2, 0, 2, 2], "1:percent": [50] * 5, "2:level": ["full"] * 5}
    agree(edition(TWO), columns)
    agree(edition(TWO), {name: np.array(values) for name, values in columns.items()})


CELLS: dict[str, Any] = {
    "1:done": (1, -1, 3, None, 0, 0.5, "x"),
    "1:total": (2, 0, None, -1, True),
    "1:percent": (None, None, 50, 0.5, 101),
    "2:level": ("full", "0", None, "ful", "fu", 1),
    "3:a/percent": (None, 5, -8, "2%"),
    "3:b/done": (1, None, 7),
    "3:b/total": (2, None, 0),
    "4:value": (50, None, "x", 1000, -1),
}


@settings(max_examples=60)
@given(st.data())
def test_every_kind_has_the_count_that_the_reference_engine_finds(data: st.DataObject) -> None:
    best = {"type": "best", "of": [{"key": "a", **RATIO}, {"key": "b", **RATIO}]}
    methodology = edition({**TWO, "3": best, "4": {"type": "given", "scale": 100}}, grade=GRADES)
    count = data.draw(st.integers(1, 12))
    names = data.draw(st.sets(st.sampled_from(sorted(CELLS)), min_size=1))
    columns = {
        name: data.draw(st.lists(st.sampled_from(CELLS[name]), min_size=count, max_size=count)) for name in names
    }
    groups = data.draw(st.lists(st.sampled_from(("x", "y", "z", None)), min_size=count, max_size=count))
    agree(methodology, columns, group=groups, partial=data.draw(st.booleans()))


@pytest.mark.parametrize("many", [1000])
def test_periods_that_nothing_depends_on_make_no_kinds(many: int) -> None:
    periods = [f"2024-{place}" for place in range(many)]
    names = [f"Xã {place}" for place in range(many)]
    table = pi.ObservationTable.from_columns(names, {"1:percent": np.full(many, 50)}, period=periods, group=names)
    plan = compile_plan(edition({"1": RATIO}))
    found, faults = kinds_of(plan, table, None)
    assert (len(found), faults) == (1, [])


def test_events_that_no_grade_depends_on_make_no_kinds() -> None:
    methodology = edition(
        TWO, event=[{"key": "late", "grade_at_most": "a"}, {"key": "seen"}], grade=[{"key": "a", "from": 0}]
    )
    events = [("late",), ("seen", "late"), ("seen",), ()]
    table = pi.ObservationTable.from_columns(list("ABCD"), FULL, events=events)
    found, _ = kinds_of(compile_plan(methodology), table, None)
    assert [each.units.tolist() for each in found if each.units is not None] == [[0, 1], [2, 3]]


def test_a_group_that_was_written_in_two_ways_is_one() -> None:
    facts = {"group": ["x", " x", "y", "y\n"], "period": [2024, "2024", "2025", 2025]}
    table = pi.ObservationTable.from_columns(list("ABCD"), FULL, **facts)
    assert table.facts["group"].words == ("x", "y")
    assert table.facts["period"].words == ("2024", "2025")
    board = pi.score_many(edition(TWO, policy={"ranked_within": "group"}), table)
    assert list(board.ranks()) == [1, 1, 1, 1]
    assert {key: each.units for key, each in board.by_group().items()} == {"x": ("A", "B"), "y": ("C", "D")}
