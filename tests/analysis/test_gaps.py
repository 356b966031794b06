"""Gaps: what units miss, node by node, who is in charge of it, and how groups stand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from test_compare import GIVEN, RATE, board, edition, told

import parindex as pi
from parindex.analysis import Share, gaps
from strategies import refused

THREE = {"A": (50, 6), "B": (100, 0), "C": (0, 3)}


def test_how_the_units_stand_at_a_node() -> None:
    node = gaps(board(THREE)).nodes["1"]
    assert told(node.mean, node.median, node.best, node.worst, node.units) == (50, 50, 100, 0, 3)
    assert told(node.at_zero, node.at_maximum, node.lost) == (Share(1, 3), Share(1, 3), 6)
    assert node.at_zero.part == Fraction(1, 3)
    assert Share(0, 0).part is None


def test_the_median_of_an_even_number_of_units() -> None:
    assert gaps(board({"A": (50, 6), "B": (100, 0)})).nodes["1"].median == 75


def test_what_a_unit_misses_costliest_first() -> None:
    unit = gaps(board(THREE))["C"]
    assert unit.lost == 7
    assert [told(each.id, each.lost) for each in unit.leaves] == [("1", 4), ("2", 3)]
    assert [each.id for each in unit.zero] == ["1"]
    assert [each.id for each in unit.deducted] == ["2"]
    assert [told(each.id, each.behind) for each in unit.behind] == [("1", 50)]
    assert unit["2"].behind == 0
    with pytest.raises(pi.CatalogError, match="nothing of 'C' applies at"):
        unit["9"]


def test_what_fell_against_an_earlier_board() -> None:
    found = gaps(board(THREE), earlier=board({"A": (75, 3), "C": (0, 3)}))
    assert [told(each.id, each.fell) for each in found["A"].fell] == [("1", 25)]
    assert found["A"]["2"].fell == 0
    assert found["B"]["1"].fell is None
    assert found["C"].fell == ()
    with pytest.raises(pi.Fault, match="compare splits such a change"):
        gaps(board(THREE), earlier=pi.score_many(edition({"1": ("x", 1, RATE)}), []))


def test_who_is_in_charge_and_where_points_come_from() -> None:
    """A leaf is in the charge of whoever is named there, or at the nearest node above."""
    criteria: list[dict[str, Any]] = [
        {"id": "1", "max": 6, "lead": "Sở Nội vụ"},
        {"id": "1.1", "max": 4, "rule": RATE, "origin": "a"},
        {"id": "1.2", "max": 2, "rule": GIVEN, "lead": "Sở Tư pháp", "origin": "b"},
        {"id": "2", "max": 4, "rule": GIVEN, "origin": "a"},
    ]
    listed = [{"vi": each["id"], "cite": {"source": "s"}, **each} for each in criteria]
    origins = {"a": {"max": 8}, "b": {"max": 2}}
    methodology = edition({"x": ("x", 10, RATE)}, criterion=listed, origin=origins)
    rows = [
        pi.Assessment("A", {"1.1": {"percent": 50}, "1.2": {"points": 1}, "2": {"points": 4}}),
        pi.Assessment("B", {"1.1": {"percent": 50}, "1.2": {"points": 2}, "2": {"points": 0}}),
    ]
    found = gaps(pi.score_many(methodology, rows))
    assert found["A"].by_lead == {"Sở Nội vụ": 2, "Sở Tư pháp": 1}
    assert found.by_lead == {"Sở Nội vụ": 4, None: 4, "Sở Tư pháp": 1}
    assert found["B"].by_origin == {"a": 6}
    assert found.by_origin == {"a": 8, "b": 1}
    assert found.nodes["1.1"].lead == "Sở Nội vụ"
    assert [each.unit for each in found] == ["A", "B"]
    assert repr(found) == "<Gaps of 2 units>"


def test_means_of_groups_and_weighted_means() -> None:
    rows = [
        pi.Assessment(unit, {"1": {"percent": rate}, "2": {"points": 6}}, group=group)
        for unit, rate, group in (("A", 50, "x"), ("B", 100, "x"), ("C", 25, "y"), ("D", 0, None))
    ]
    found = gaps(pi.score_many(board(THREE).methodology, rows), weights={"A": 1, "B": "3", "C": 2, "D": 4})
    means = {group: told(each.units, each.mean, each.weighted) for group, each in found.groups.items()}
    assert means == {"x": (2, 90, 95), "y": (1, 70, 70), None: (1, 60, 60)}
    assert told(found.whole.mean, found.whole.weighted) == (Fraction(155, 2), 76)
    assert found.groups_agree


@pytest.mark.parametrize(
    ("weights", "pattern"),
    [
        ({"A": 1, "B": 1}, "unit 'C', weights: has no weight"),
        ({"A": 1, "B": 1, "C": 0}, "unit 'C', weights: has a weight that is not positive"),
        ({"A": 1, "B": 1, "C": 1, "C ": 2}, "unit 'C', weights: stands twice"),
        ({"A": 1, "B": 1, "C": "nhiều"}, "unit 'C', weights: 'nhiều' is not a number"),
        ({"A": 1, "B": 1, "C": 1, "D": 1}, "unit 'D', weights: there is no such unit"),
    ],
)
def test_weights_fit_the_board(weights: dict[str, int], pattern: str) -> None:
    with refused(pi.ObservationFaults, pattern):
        gaps(board(THREE), weights=weights)


def test_weights_are_a_table() -> None:
    with pytest.raises(pi.Fault, match="weights: expected"):
        gaps(board(THREE), weights=[1])  # type: ignore[arg-type]  # what is refused


def test_weights_may_spell_units_otherwise() -> None:
    found = gaps(board({"Tỉnh Hòa Bình": (50, 6), "Hà Giang": (100, 0)}), weights={"Hoà Bình": 1, "Ha Giang": 3})
    assert told(found.whole.weight, found.whole.weighted) == (4, 50)


def test_units_that_are_not_final_are_left_out() -> None:
    rows = [pi.Assessment("A", {"1": {"percent": 50}}), pi.Assessment("B", {"1": {"percent": 50}, "2": {"points": 1}})]
    found = gaps(pi.score_many(board(THREE).methodology, rows, partial=True))
    assert list(found.units) == ["B"]
    empty = gaps(pi.score_many(board(THREE).methodology, rows[:1], partial=True), weights={})
    assert (empty.whole.mean, empty.whole.weighted, empty.whole.units) == (None, None, 0)
    assert told(empty.nodes["1"].mean, empty.nodes["1"].worst, empty.nodes["1"].lost) == (None, None, 0)
    assert empty.groups_agree


def test_nodes_that_do_not_apply_cost_nothing() -> None:
    rows = [pi.Assessment("A", {"1": pi.NotApplicable("mới lập"), "2": {"points": 5}})]
    found = gaps(pi.score_many(board(THREE).methodology, rows))
    assert list(found["A"].nodes) == ["2"]
    assert told(found["A"].lost, found.nodes["1"].units) == (1, 0)


def test_nodes_of_unknown_maximum_are_compared_by_points() -> None:
    listed = [{"id": "1", "vi": "1", "max": "unknown", "cite": {"source": "s"}, "rule": GIVEN}]
    methodology = edition({"x": ("x", 1, RATE)}, criterion=listed, total="unknown", completeness="outline")
    rows = [pi.Assessment("A", {"1": {"points": 3}}), pi.Assessment("B", {"1": {"points": 5}})]
    found = gaps(pi.score_many(methodology, rows))
    assert told(found.nodes["1"].mean, found.nodes["1"].lost, found["A"].lost, found["A"]["1"].behind) == (
        4,
        None,
        None,
        1,
    )
    assert found["A"].leaves == ()
    assert [each.id for each in found["A"].unknown] == ["1"]


def test_leaves_without_a_point_are_told_though_their_maximum_is_unknown() -> None:
    listed = [{"id": "1", "vi": "1", "max": "unknown", "cite": {"source": "s"}, "rule": GIVEN}]
    methodology = edition({"x": ("x", 1, RATE)}, criterion=listed, total="unknown", completeness="outline")
    found = gaps(pi.score_many(methodology, [pi.Assessment("A", {"1": {"points": 0}})]))
    assert [each.id for each in found["A"].zero] == ["1"]


def test_units_that_were_renamed_have_their_earlier_figures() -> None:
    found = gaps(board({"Z": (50, 6)}), earlier=board({"Y": (60, 6)}), crosswalk={"Y": "Z"})
    assert [each.id for each in found["Z"].fell] == ["1"]
