"""Exactness guards: inputs on both sides of each bound, where the slow path takes over, and what the board says."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from made import LEVELS, RATIO, both, edition, same

import parindex as pi
from parindex._batch import spans
from parindex._batch.plan import MOST_SCALE

BANDS: dict[str, Any] = {
    "type": "bands",
    "bands": [{"over": "90%", "points": 1}, {"from": "57%", "share": "1/2"}, {"points": 0}],
}
VALUES: dict[str, Any] = {
    "type": "bands",
    "of": "value",
    "bands": [{"over": "0.5", "points": 1}, {"from": "-1/3", "share": "1/2"}, {"points": 0}],
}
SURVEY: dict[str, Any] = {
    "type": "survey",
    "options": [{"key": "good", "share": 1}, {"key": "fair", "share": "60%"}],
    "groups": [{"key": "a", "weight": 2}, {"key": "b", "weight": "1/3"}],
    "zero_total": "not-applicable",
}
COUNTS: dict[str, Any] = {"type": "weighted-counts", "credits": {"full": 1, "partly": "1/3"}, "zero_total": "zero"}
EDGES = np.array([57, 5699, 570000000, 3, 2**31, 10**12, 10**14, 2**52 - 1, 2**53 - 1, 2**53, 2**53 + 1, 2**62])


@pytest.mark.parametrize(
    "rule",
    [RATIO, BANDS, {**RATIO, "from": "57%"}, {**RATIO, "full_at": "90%"}, {**RATIO, "inverse": True}],
    ids=["ratio", "bands", "from", "full_at", "inverse"],
)
def test_counts_of_any_size(rule: dict[str, Any]) -> None:
    """Rates around their thresholds, up to counts that no float holds."""
    done = np.concatenate([EDGES * 57 // 100, (EDGES * 57 + 99) // 100, EDGES - 1, EDGES])
    same(edition({"1": rule}), {"1:done": done, "1:total": np.tile(EDGES, 4)})


def test_rates_that_floats_confuse() -> None:
    """57 of 100 is at least 57 %, at every size at which a float quotient can go wrong."""
    total = np.arange(1, 4001)
    done = -(-total * 57 // 100)
    same(
        edition({"1": BANDS, "2": {**RATIO, "from": "57%"}}),
        {"1:done": done, "1:total": total, "2:done": done, "2:total": total},
    )


@pytest.mark.parametrize("amounts", [True, False])
def test_per_unit_of_any_size(amounts: bool) -> None:
    rule = {"type": "per-unit", "points": "1/7", "amounts": amounts}
    same(edition({"1": rule}, maximum=3), {"1:count": EDGES})
    if amounts:
        same(edition({"1": rule}, maximum=3), {"1:count": np.array([0.5, 0.1, 2.25, 1e-9, 1e-12, 20.999999999])})


def test_deductions_with_everything() -> None:
    rule = {
        "type": "deduct",
        "levels": [{"key": "1", "points": 1}, {"key": "2", "share": "1/2"}, {"key": "3", "points": "0.9"}],
        "faults": [
            {"key": "late", "share": "1/7", "cap": "0.9"},
            {"key": "absent", "points": "0.2", "wipe_at": 5},
        ],
        "lowest": "0.05",
        "amounts": True,
    }
    methodology = edition({"1": rule})
    late = np.array([0, 1, 2, 3, 0.5, 7.25, 1e6, 2.0**60])
    for absent in (np.arange(8.0), np.array([4.999, 5, 5.001, 0.1, 1e-9, 2.5, 0, 1e12])):
        same(methodology, {"1:level": np.tile([1, 2, 3, 2], 2), "1:late": late, "1:absent": absent})


def test_decimals_and_what_is_none() -> None:
    values = np.array([0.1, 0.30000000000000004, 2.675, 1.005, 99.99999999999999, 1 / 3, 1e-9, 1e-10, 1e-99, 0.5])
    fewer = {**VALUES, "bands": [{"from": 0, "points": 1}, {"points": 0}]}
    rules = {"1": {"type": "given", "scale": 100}, "2": VALUES, "3": {"type": "given", "lowest": -9}, "4": fewer}
    same(edition(rules, maximum=101), {"1:value": values, "2:value": -values, "3": values, "4:value": -values})


def test_percentages_and_counts_side_by_side() -> None:
    columns = {
        "1:done": [1, None, 5, None],
        "1:total": [2, None, 5, None],
        "1:percent": [None, "57%", None, 100],
        "2:percent": np.array([57.0, 56.999, 0, 100]),
    }
    same(edition({"1": BANDS, "2": BANDS}), columns)


def test_surveys_of_which_some_groups_are_silent() -> None:
    columns = {
        "1:a/good": [0, 1, 10**7, 0, 2**53],
        "1:a/fair": [0, 1, 3, 0, 1],
        "1:b/good": [0, 0, 7, 2, 10**15],
        "1:b/fair": [0, 0, 10**7, 1, 3],
        "2:total": [0, 3, 10**8, 7, 2**54],
        "2:full": [0, 1, 10**7, 7, 2**53],
        "2:partly": [0, 1, 1, 0, 1],
    }
    same(edition({"1": SURVEY, "2": COUNTS}), columns)


def test_relative_rules_at_any_scale() -> None:
    rule = {"type": "relative", "low": "10%", "direction": "lower"}
    apart = {"type": "relative", "within": "group", "all_equal": "1/3"}
    methodology = edition({"1": rule, "2": apart}, maximum=3)
    groups = ["a", "a", "b", "c", "c"]
    for values in (
        [1, 2, 3, 4, 5],
        [0.1, 0.5, 1e-9, 7.25, 3],
        ["1/3", 2, 5, "1/7", 0],
        [10**30, 2, 3, 10**40, 5],
        [1, 1, 1, 1, 1],
    ):
        same(methodology, {"1:value": values, "2:value": values}, group=groups)


def test_relative_rules_of_some_groups_only() -> None:
    criteria = {
        "1": {"rule": {"type": "relative"}, "applies_to": ["x"]},
        "2": {"rule": LEVELS, "applies_to": ["y"]},
        "3": {"rule": {"type": "relative", "within": "group"}, "applies_to": ["x"]},
        "4": {"rule": LEVELS, "applies_to": ["y"]},
    }
    columns = {
        "1:value": [1, None, 3],
        "2:level": [None, "1", None],
        "3:value": [1, None, 7],
        "4:level": [None, "0", None],
    }
    same(edition(criteria, total=2), columns, group=["x", "y", "x"])


def test_relative_values_by_typed_columns() -> None:
    rule = {"type": "relative", "low": "10%"}
    for values in (np.arange(5), np.array([0.25, 0.1, 3, 7.5, 1]), np.array([2**60, 1, 2, 3, 4])):
        same(edition({"1": rule}), {"1:value": values})
    same(
        edition({"1": rule, "2": RATIO}),
        {"1:value": np.array([0, 1, 2, np.nan]), "1:not-applicable": [None, None, None, "x"], "2:percent": [1] * 4},
    )


def test_the_best_of_several() -> None:
    rule = {
        "type": "best",
        "of": [
            {"key": "a", **RATIO, "zero_total": "not-applicable"},
            {"key": "b", "type": "per-unit", "points": "1/3"},
            {"key": "c", **RATIO, "zero_total": "not-applicable"},
            {"key": "d", **BANDS},
        ],
    }
    alone = {"type": "best", "of": [{"key": "a", **RATIO, "zero_total": "not-applicable"}]}
    columns = {
        "1:a/done": [1, 0, 333333, 2**54],
        "1:a/total": [3, 0, 999999, 2**54],
        "1:b/count": [1, 0, 2, 0],
        "1:c/percent": ["33.3333%", 1, 2, 3],
        "1:d/done": [1, 2**50, 2**50 * 57 // 100, 1],
        "1:d/total": [7, 2**50, 2**50, 2],
        "2:a/done": [0, 1, 2, 3],
        "2:a/total": [0, 7, 7, 7],
    }
    same(edition({"1": rule, "2": alone}), columns)


MODES = ("half-up", "half-even", "truncate", "ceiling", "floor")


@pytest.mark.parametrize("mode", MODES)
def test_leaf_rounding(mode: str) -> None:
    """Rounded leaves are exact, whatever the rule left over, and negative ones are rounded as the mode says."""
    policy = {"leaf_rounding": {"digits": 1, "mode": mode}, "print_rounding": {"digits": 1, "mode": mode}}
    rules = {"1": RATIO, "2": {"type": "given", "lowest": -1}, "3": SURVEY, "4": COUNTS}
    done = np.arange(41)
    columns = {
        "1:done": done,
        "1:total": np.full(41, 40),
        "2": (done - 20) / 20,
        "3:a/good": done,
        "3:a/fair": np.full(41, 1),
        "3:b/good": done[::-1],
        "3:b/fair": np.full(41, 7),
        "4:total": np.full(41, 40),
        "4:full": done,
        "4:partly": np.zeros(41, dtype=int),
    }
    same(edition(rules, policy=policy), columns)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("digits", [0, 2, 4, 9])
def test_print_rounding(mode: str, digits: int) -> None:
    policy = {"print_rounding": {"digits": digits, "mode": mode}, "ranked_value": "printed"}
    rules = {"1": RATIO, "2": {"type": "given", "lowest": -2}, "b": {"rule": {"type": "given"}, "block": "bonus"}}
    block = [{"id": "bonus", "effect": "subtract", "cap": "0.7"}]
    done = np.arange(61)
    columns = {"1:done": done, "1:total": np.full(61, 60), "2": (done - 30) / 16, "b": done / 60 // 0.125 * 0.125}
    same(edition(rules, policy=policy, block=block, maximum=8, total=16), columns)


def test_edges_that_no_scale_makes_whole() -> None:
    """A rate from which points count, whose edge is no whole number of 1/S, is compared as a fraction."""
    rule = {**RATIO, "from": "33.3333333333%", "full_at": "66.6666666667%"}
    total = np.full(6, 3 * 10**12)
    done = np.array([999999999999, 10**12 - 1, 10**12, 10**12 + 1, 2 * 10**12, 2000000000001])
    same(edition({"1": rule}), {"1:done": done, "1:total": total})
    same(
        edition({"1": rule}),
        {"1:percent": np.array([33.3333333333, 33.3333333332, 33.333333333, 66.6666666667, 66.66, 0])},
    )


def test_neighbours_that_only_exact_figures_tell_apart() -> None:
    """Equal sums of thirds and sevenths, and sums that differ by less than any span."""
    total = 10**6 + 3
    columns = {
        "1:done": np.array([1, 2, 500000, 500001, 333334, 1]),
        "1:total": np.array([3, 6, total, total, total, 3]),
        "2:done": np.array([2, 1, 500001, 500000, 666669, 2]),
        "2:total": np.array([7, 7, total, total, total, 7]),
    }
    board = same(edition({"1": RATIO, "2": RATIO}), columns)
    assert sorted(board.ranks()) == [1, 2, 2, 4, 4, 6]
    assert board.computation.reasons


def test_units_with_the_same_inputs_share_a_card() -> None:
    """Ties on a figure that is no whole number of 1/S are known by one card for each distinct row below the node."""
    methodology = edition({"1": RATIO, "2": LEVELS}, maximum=1)
    count = 60
    columns = {
        "1:done": np.array([1, 2] * (count // 2)),
        "1:total": np.array([10007, 20014] * (count // 2)),
        "2:level": np.array([0, 1, 1] * (count // 3)),
    }
    board = same(methodology, columns)
    table = pi.ObservationTable.from_columns([f"Xã {place}" for place in range(count)], columns)
    again = pi.score_many(methodology, table)
    assert set(again.ranks("1").tolist()) == {1}
    assert again.computation.fell_back <= 6
    assert list(again.ranks()) == list(board.ranks())


def test_far_neighbours_are_told_apart_without_any_card() -> None:
    generator = np.random.default_rng(1)
    total = generator.integers(10**5, 10**6, 5000)
    columns = {"1:done": generator.integers(0, total), "1:total": total, "2:done": total // 3, "2:total": total}
    batch, reference = both(edition({"1": RATIO, "2": RATIO}), columns)
    assert list(batch.ranks()) == list(reference.ranks())
    assert batch.computation.fell_back == 0


def test_redistribution_with_every_maximum_different() -> None:
    """Leaves that hand on their maxima, at any level, up to units to which nothing applies."""
    policy = {"not_applicable": "redistribute"}
    rules: dict[str, Any] = {"1": {"rule": None}, "1.1": RATIO, "1.2": RATIO, "2": {"rule": None}, "2.1": RATIO}
    drop = [[place >> leaf & 1 for place in range(8)] for leaf in range(3)]
    columns: dict[str, Any] = {}
    for leaf, flags in zip(("1.1", "1.2", "2.1"), drop, strict=True):
        columns[f"{leaf}:done"] = [pi.NotApplicable() if flag else 3 for flag in flags]
        columns[f"{leaf}:total"] = [None if flag else 7 for flag in flags]
    for how in ("redistribute", "exclude", "full", "zero"):
        policy = {"not_applicable": how}
        criteria = {
            key: {**rule, "max": None if key in "12" else 1} if "rule" in rule else rule for key, rule in rules.items()
        }
        same(edition(criteria, policy=policy, total=3), columns)


def test_a_criterion_that_nobody_observed_is_none_without_points() -> None:
    grades = [{"key": "a", "from": 50, "requires": ["no-zero-criterion"]}, {"key": "b", "from": 0}]
    methodology = edition({"1": RATIO, "2": RATIO}, grade=grades)
    batch, reference = both(methodology, {"1:percent": [50, 0]}, partial=True)
    assert batch == reference
    assert batch.grades == (None, None)


# Methodologies that are not compiled


@pytest.mark.parametrize(
    ("maximum", "pattern"),
    [(Fraction(1, MOST_SCALE + 3), "no whole numbers"), (Fraction(2**50), "add up to more")],
)
def test_what_cannot_be_compiled_falls_back_and_says_so(maximum: Fraction, pattern: str) -> None:
    methodology = edition({"1": RATIO}, maximum=str(maximum))
    board = same(methodology, {"1:done": [1, 2], "1:total": [2, 2]})
    assert board.computation.engine == "reference"
    assert (board.computation.fell_back, board.computation.share) == (2, Fraction(1))
    assert pattern in next(iter(board.computation.reasons))


def test_rounded_points_below_an_unknown_maximum_are_left_to_the_reference_engine() -> None:
    methodology = edition(
        {"1": {"rule": None, "max": "unknown"}, "1.1": {"rule": {"type": "given"}, "max": "unknown"}},
        total="unknown",
        completeness="outline",
        policy={"leaf_rounding": {"digits": 1}},
    )
    assert "before they are rounded" in str(pi.compile_plan(methodology).refusal)


def test_a_comparison_that_nobody_takes_part_in() -> None:
    same(edition({"1": {"type": "relative"}, "2": RATIO}), {"1:not-applicable": ["x", "y"], "2:percent": [50, 60]})


def test_a_default_that_takes_part_in_a_comparison_is_left_to_the_reference_engine() -> None:
    item = {"rule": {"type": "relative"}, "block": "bonus", "default": {"value": 3}, "max": 1}
    methodology = edition({"1": RATIO, "b": item}, block=[{"id": "bonus", "effect": "add", "cap": 1}])
    board = same(methodology, {"1:percent": [5, 6], "b:value": [1, None]})
    assert "comparison" in next(iter(board.computation.reasons))


def test_a_plan_goes_to_another_process() -> None:
    import pickle

    plan = pi.compile_plan(edition({"1": LEVELS}))
    again = pickle.loads(pickle.dumps(plan))  # noqa: S301  our own bytes
    assert again.methodology == plan.methodology
    assert again.scale == plan.scale
    assert repr(plan) == "<Plan x.y@2024, 1 leaves>"
    table = pi.ObservationTable.from_columns(["A"], {"1:level": ["full"]})
    assert pi.score_many(again, table) == pi.score_many(plan.methodology, table)


def test_an_entry_is_compiled_by_nobody() -> None:
    with pytest.raises(pi.RefusedError, match="cannot be scored"):
        pi.compile_plan(edition({}, total=100, completeness="entry"))


# The lemmas


def test_a_float_quotient_has_the_right_floor_below_the_bound() -> None:
    generator = np.random.default_rng(7)
    under = generator.integers(1, 2**26, 200_000)
    over = generator.integers(0, 2**53 - 2**26, 200_000) // under * under + generator.integers(-1, 2, 200_000)
    over = np.clip(over, 0, 2**53 - 2**26)
    floors, loose = spans.quotient(over.astype(float), under.astype(float))
    assert (floors.astype(np.int64) == over // under).all()
    assert (loose == (over % under != 0)).all()


def test_distinct_rates_differ_as_floats_below_the_bound() -> None:
    generator = np.random.default_rng(8)
    edge_over, edge_under = 57, 100
    under = generator.integers(1, 2**52 // edge_over, 200_000)
    over = np.maximum(under * edge_over // edge_under + generator.integers(-1, 3, 200_000), 0)
    exact = [int(b) * edge_under >= int(a) * edge_over for b, a in zip(over, under, strict=True)]
    assert ((over / under >= edge_over / edge_under) == exact).all()


# What an independent reading found


def test_an_odd_unit_at_an_edge_of_rounding_prints_what_its_card_says() -> None:
    rules = {"1": {"rule": {"type": "given"}, "max": 60}, "2": {"rule": {"type": "given"}, "max": 40}}
    noisy = np.array([1.1349999999999998, 1.1449999999999998, 49.99999999999999, 50])
    for mode in MODES:
        same(edition(rules, policy={"print_rounding": {"mode": mode}}), {"1": noisy, "2": [40] * 4})


def test_a_default_of_inputs_is_exact() -> None:
    item = {"rule": RATIO, "block": "bonus", "default": {"done": 1, "total": 17}, "max": 1}
    methodology = edition({"1": LEVELS, "b": item}, block=[{"id": "bonus", "effect": "add"}])
    same(methodology, {"1:level": ["full", "0"]})
    same(methodology, {"1:level": ["full", "0"], "b:done": [None, 1], "b:total": [None, 3]})


@pytest.mark.parametrize("mode", MODES)
def test_points_that_are_just_the_lowest_or_just_another_part(mode: str) -> None:
    faults = [{"key": "a", "points": "1/17"}, {"key": "b", "points": "1/17"}]
    deduct = {"type": "deduct", "faults": faults}
    survey = {**SURVEY, "groups": [{"key": "a", "weight": 1}, {"key": "b", "weight": 1}]}
    best = {"type": "best", "of": [{"key": "s", **survey}, {"key": "g", "type": "given"}]}
    low = {"type": "best", "of": [{"key": "d", **deduct, "lowest": -5}, {"key": "g", "type": "given"}]}
    columns = {
        "1:a": [8, 8, 0],
        "1:b": [9, 8, 0],
        "2:s/a/good": [8, 8, 1],
        "2:s/a/fair": [9, 9, 0],
        "2:s/b/good": [9, 9, 1],
        "2:s/b/fair": [8, 8, 0],
        "2:g/points": [1, "0.8", 0],
        "3:d/a": [8, 8, 0],
        "3:d/b": [9, 8, 0],
        "3:g/points": [0, 0, 0],
    }
    grades = [{"key": "a", "from": 0, "requires": ["no-zero-criterion"]}, {"key": "b", "from": 0}]
    for policy in ({}, {"leaf_rounding": {"digits": 2, "mode": mode}}):
        same(edition({"1": deduct, "2": best, "3": low}, policy=policy, grade=grades), columns)


def test_divisors_and_factors_that_floats_would_round() -> None:
    total = 2**53 - 1
    rules = {"1": {**RATIO, "full_at": "95%"}, "2": {**RATIO, "full_at": "99.9999999999%"}}
    weights = [{"key": "a", "weight": "0.123456789123"}, {"key": "b", "weight": "0.987654321987"}]
    survey = {**SURVEY, "groups": weights}
    columns = {
        "1:done": [total * 95 // 100, 1],
        "1:total": [total, 3],
        "2:done": [total // 3, 95],
        "2:total": [total, 102],
        "3:a/good": [10**6, 3],
        "3:a/fair": [7, 1],
        "3:b/good": [1, 2],
        "3:b/fair": [10**6, 3],
    }
    same(edition({**rules, "3": survey}, maximum=97), columns)


def test_sums_without_a_maximum_stay_within_what_floats_hold() -> None:
    criteria = {key: {"rule": None, "max": "unknown"} for key in ("1", "2", "3")}
    methodology = edition(criteria, total="unknown", completeness="outline")
    scale = pi.compile_plan(methodology).scale
    near = Fraction(2**53 - 5 - scale, scale)
    same(methodology, {"1": [near, 1], "2": [near - Fraction(8, scale), 1], "3": [0, 1]})


def test_marks_by_number_and_by_word() -> None:
    rules = {"1": RATIO, "2": LEVELS}
    for mark in (np.array([0, 1, 0]), np.array([0.0, 1.0, 0.0]), ["no", "yes", "không"], ["0", "chưa phát sinh", "0"]):
        values = [50, None, 60]
        board = same(edition(rules), {"1:percent": values, "1:not-applicable": mark, "2:level": ["full"] * 3})
        assert [board.card(unit)["1"].status.value for unit in board.units] == ["final", "not-applicable", "final"]


@pytest.mark.parametrize(("total", "cap"), [(100, 100), (999, "99.999"), ("25/2", "99.999")])
def test_caps_with_denominators_beyond_64_bits(total: object, cap: object) -> None:
    item = {"rule": {"type": "given"}, "block": "bonus", "max": 1}
    methodology = edition(
        {"1": RATIO, "b": item}, maximum=total, block=[{"id": "bonus", "effect": "add"}], policy={"index_cap": cap}
    )
    same(methodology, {"1:done": [1, 2, 1], "1:total": [17, 34, 19], "b": [0, 0, 1]})
