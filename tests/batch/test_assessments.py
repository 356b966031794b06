"""Assessments by way of the batch engine: its board is that of the reference engine, whatever they carry."""

from __future__ import annotations

from typing import Any

import pytest
from made import LEVELS, RATIO, edition

import parindex as pi
from strategies import refused

TWO = {"1": RATIO, "2": LEVELS}
SEEN: dict[str, Any] = {"1": {"done": 1, "total": 3}, "2": {"level": "full"}}


def outcome(methodology: pi.Methodology, units: list[pi.Assessment], engine: Any, **options: Any) -> Any:
    """Return the cards that an engine makes, or the faults that it tells."""
    try:
        board = pi.score_many(methodology, units, engine=engine, **options)
    except pi.ObservationFaults as faults:
        return [str(fault) for fault in faults.exceptions]
    assert board.computation.engine == engine
    return board.cards, board.rank_list(), board.groups


def same_outcome(methodology: pi.Methodology, units: list[pi.Assessment], **options: Any) -> Any:
    """Return what the batch engine makes of assessments, after holding it against the reference engine."""
    found = outcome(methodology, units, "batch", **options)
    assert found == outcome(methodology, units, "reference", **options)
    return found


def unit(place: int, observations: Any = None, **facts: Any) -> pi.Assessment:
    return pi.Assessment(f"Xã {place}", SEEN if observations is None else observations, **facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"notes": {"1": "theo báo cáo", "": "x"}},
        {"evidence": {"2": "QĐ 12"}},
        {"unranked": ""},
        {"unranked": "not-applicable"},
        {"group": "not-applicable"},
        {"group": "not-applicable: x"},
        {"period": "not-applicable"},
        {"period": ""},
        {"period": "2024-Q1"},
    ],
    ids=str,
)
def test_what_a_unit_carries_beside_its_values(facts: dict[str, Any]) -> None:
    (cards, _, _) = same_outcome(edition(TWO), [unit(0), unit(1, **facts)])
    assert cards[1].assessment == unit(1, **facts)


def test_a_leaf_that_was_observed_with_nothing() -> None:
    item = {"rule": {"type": "per-unit", "points": 1}, "block": "bonus", "default": 0, "max": 3}
    methodology = edition({**TWO, "b": item}, block=[{"id": "bonus", "effect": "add"}])
    (cards, _, _) = same_outcome(methodology, [unit(0), unit(1, {**SEEN, "b": {}})])
    assert cards[1].assessment.observations["b"] == {}
    same_outcome(methodology, [unit(0), unit(1, {**SEEN, "1": {}})], partial=True)
    same_outcome(methodology, [unit(0), unit(1, {**SEEN, "1": {}})])


@pytest.mark.parametrize(
    "stray",
    [
        {"9": {}},
        {"9": {"done": 1}},
        {"9": pi.NotApplicable()},
        {"": {"done": 1}},
        {"1:done": {}},
        {"1": {"": 5}},
        {"1": {"not-applicable": "yes"}},
        {"1": {"not-applicable": "no", "done": 1, "total": 3}},
        {"1": {"done": "not-applicable: x", "total": 3}},
        {"2": {"level": "not-applicable"}},
        {"2": {"level": "not-applicable", "other": 1}},
    ],
    ids=str,
)
def test_what_is_no_observation_is_told_as_it_stands(stray: dict[str, Any]) -> None:
    for partial in (True, False):
        told = same_outcome(edition(TWO), [unit(0), unit(1, {**SEEN, **stray})], partial=partial)
        assert isinstance(told, list)


def test_leaves_of_another_group_observed_with_nothing() -> None:
    criteria = {**TWO, "3": {"rule": RATIO, "applies_to": ["x"]}, "4": {"rule": RATIO, "applies_to": ["y"]}}
    methodology = edition(criteria, total=3)
    own = {"x": {**SEEN, "3": {"percent": 5}}, "y": {**SEEN, "4": {"percent": 5}}}
    given = [unit(0, own["x"], group="x"), unit(1, own["y"], group="y")]
    assert len(same_outcome(methodology, given)[0]) == 2
    for stray in ({}, {"percent": 1}, pi.NotApplicable()):
        odd = unit(2, {**own["y"], "3": stray}, group="y")
        assert same_outcome(methodology, [*given, odd]) == ["unit 'Xã 2', 3: does not exist for units of group 'y'"]
        table = pi.ObservationTable.from_assessments([*given, odd])
        with refused(pi.ObservationFaults, "does not exist for units of group 'y'"):
            pi.score_many(methodology, table)


def test_leaves_that_are_not_asked_for_observed_with_nothing() -> None:
    origins = {"a": {"max": 1}, "s": {"max": 1, "self_assessed": False}}
    methodology = edition({"1": {"rule": RATIO, "origin": "a"}, "2": {"rule": LEVELS, "origin": "s"}}, origin=origins)
    for found in ({}, {"level": "full"}, pi.NotApplicable()):
        same_outcome(methodology, [unit(0), unit(1, {**SEEN, "2": found}, stage="self")])


def test_a_table_of_assessments_holds_them_as_they_are() -> None:
    given = [unit(place, notes={"1": f"{place}"}) for place in range(4)]
    table = pi.ObservationTable.from_assessments(given)
    assert table.assessment(2) is given[2]
    assert table.row(3) == (given[3], [])
    assert table.rows(1, 3).assessment(0) is given[1]


def test_units_that_stand_twice_make_no_table() -> None:
    with refused(pi.ObservationFaults, "stands twice"):
        pi.ObservationTable.from_assessments([unit(0), unit(0)])
    assert same_outcome(edition(TWO), [unit(0), unit(0)]) == ["unit 'Xã 0': stands twice"]
