"""Steps: what a unit can do next at each leaf, from the rule itself, and exactly what that brings."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from test_compare import GIVEN, RATE, edition, penal, told

import parindex as pi
from parindex._methodology.rules.ways import stepping
from parindex.analysis import Improvement, Improvements, improve
from strategies import refused

Inputs = dict[str, Any]

LEVELS = {"type": "levels", "levels": [{"key": key, "points": at} for at, key in enumerate(("none", "late", "full"))]}
BANDS = {"type": "bands", "bands": [{"over": "90%", "points": 2}, {"from": "50%", "points": 1}, {"points": 0}]}
VALUES = {
    "type": "bands",
    "of": "value",
    "bands": [{"from": "0.5", "points": 2}, {"over": -1, "points": 1}, {"points": 0}],
}
TICKS = {"type": "checklist", "items": [{"key": "x", "points": 1}, {"key": "y", "points": 2}]}
FAULTS = {"type": "deduct", "faults": [{"key": "late", "points": "0.25"}, {"key": "absent", "points": 1}]}
COUNTS = {"type": "weighted-counts", "credits": {"full": 1, "partly": "1/2", "hardly": "1/4"}}
SURVEY = {"type": "survey", "options": [{"key": "good", "share": 1}, {"key": "fair", "share": "1/2"}]}
BEST = {"type": "best", "of": [{"key": "award", "type": "per-unit", "points": 1}, {"key": "other", **LEVELS}]}


def found(rule: Inputs, inputs: Inputs, most: int = 2, **policy: Any) -> Improvements:
    """Return what a unit can do whose only leaf has this rule."""
    methodology = edition({"1": ("Tiêu chí", most, rule)}, policy=policy)
    return improve(methodology, pi.Assessment("A", {"1": inputs}))


def changed(rule: Inputs, inputs: Inputs, most: int = 2) -> list[dict[str, Any]]:
    """Return what each next step at a leaf changes."""
    steps = found(rule, inputs, most)["1"].steps
    return [{change.input.name: change.after for change in step.changes} for step in steps]


@pytest.mark.parametrize(
    ("rule", "inputs", "steps"),
    [
        (LEVELS, {"level": "none"}, [{"level": "late"}]),
        (BANDS, {"done": 89, "total": 200}, [{"done": 100}]),
        (BANDS, {"done": 100, "total": 200}, [{"done": 181}]),
        (BANDS, {"percent": "80%"}, [{"percent": Fraction(9001, 100)}]),
        (BANDS, {"percent": "49.5%"}, [{"percent": 50}]),
        (VALUES, {"value": -1}, [{"value": Fraction(-99, 100)}]),
        (VALUES, {"value": 0}, [{"value": Fraction(1, 2)}]),
        (RATE, {"done": 3, "total": 4}, [{"done": 4}]),
        ({**RATE, "inverse": True}, {"done": 3, "total": 4}, [{"done": 2}]),
        ({**RATE, "from": "80%"}, {"done": 10, "total": 100}, [{"done": 80}]),
        ({**RATE, "may_exceed": True, "full_at": "120%"}, {"done": 110, "total": 100}, [{"done": 111}]),
        (GIVEN, {"points": "1.5"}, [{"points": Fraction(151, 100)}]),
        ({**GIVEN, "scale": 100}, {"value": "99.996"}, [{"value": 100}]),
        (TICKS, {"x": False, "y": False}, [{"y": True}, {"x": True}]),
        ({"type": "per-unit", "points": "0.5"}, {"count": 3}, [{"count": 4}]),
        (FAULTS, {"late": 2, "absent": 1}, [{"absent": 0}, {"late": 1}]),
        (COUNTS, {"total": 4, "full": 1, "partly": 1, "hardly": 1}, [
            {"full": 2}, {"full": 2, "hardly": 0}, {"full": 2, "partly": 0},
        ]),
        (SURVEY, {"good": 3, "fair": 2}, [{"good": 4, "fair": 1}]),
        (BEST, {"award/count": 0, "other/level": "late"}, [{"award/count": 2}, {"other/level": "full"}]),
    ],
)  # fmt: skip
def test_the_next_step_of_each_rule(rule: Inputs, inputs: Inputs, steps: list[dict[str, Any]]) -> None:
    assert changed(rule, inputs) == steps


@pytest.mark.parametrize(
    ("rule", "inputs"),
    [
        ({**RATE, "zero_total": "zero"}, {"done": 0, "total": 0}),
        ({**COUNTS, "zero_total": "zero"}, {"total": 0, "full": 0, "partly": 0, "hardly": 0}),
        ({**BANDS, "zero_total": "zero"}, {"done": 0, "total": 0}),
    ],
)
def test_nothing_arising_leaves_nothing_to_do(rule: Inputs, inputs: Inputs) -> None:
    improvement = found(rule, inputs)["1"]
    assert (improvement.first, improvement.steps, improvement.whole, improvement.closed) == (None, (), None, None)


def test_a_step_says_what_stays_and_what_comes_of_it() -> None:
    (step,) = found(BANDS, {"done": 178, "total": 200})["1"].steps
    assert step.observations == {"1": {"done": 181, "total": 200}}
    assert (step.points, step.gain, step.headline) == (Fraction(1), Fraction(50), Fraction(100))
    assert told(step.changes[0].before, step.changes[0].more) == (178, 3)


def test_alike_units_are_told_as_one_step() -> None:
    """Of a leaf that grows evenly the first step is all of it; of steps it is the next one."""
    rate = found(RATE, {"done": 190, "total": 200})["1"]
    assert rate.first == rate.whole
    assert rate.whole is not None
    assert (rate.whole.gain, rate.whole.each) == (Fraction(5), Fraction(1, 2))
    steps = found(BANDS, {"done": 10, "total": 200})["1"]
    assert steps.first == steps.steps[0] != steps.whole
    jump = found({**RATE, "from": "80%"}, {"done": 10, "total": 100})["1"]
    assert jump.whole is not None
    assert jump.whole.each is None
    rounded = found(RATE, {"done": 0, "total": 3}, leaf_rounding={"digits": 1})["1"]
    assert rounded.whole is not None
    assert rounded.whole.each is None
    shorter = found(RATE, {"done": 43, "total": 45}, 6, leaf_rounding={"digits": 2})["1"]
    assert shorter.whole is not None
    assert told(shorter.whole.points, shorter.whole.each) == (Fraction(27, 100), None)


def test_what_only_helps_together_is_one_step() -> None:
    deep = {"type": "deduct", "faults": [{"key": "a", "points": 2}, {"key": "b", "points": 2}]}
    improvement = found(deep, {"a": 1, "b": 1})["1"]
    assert improvement.steps == ()
    assert improvement.first == improvement.whole
    assert improvement.whole is not None
    assert improvement.whole.gain == 100


def test_the_whole_asks_for_no_more_than_it_needs() -> None:
    capped = {"type": "deduct", "faults": [{"key": "a", "points": 1}, {"key": "b", "points": 1}], "lowest": 1}
    whole = found(BEST, {"award/count": 0, "other/level": "none"})["1"].whole
    assert whole is not None
    assert [change.input.name for change in whole.changes] == ["award/count"]
    assert found(capped, {"a": 0, "b": 3})["1"].lost == 1


def test_a_cap_of_the_index_leaves_nothing_to_gain() -> None:
    """What the cap of the index holds brings nothing, though the leaf would rise."""
    improvement = found(RATE, {"done": 3, "total": 4}, index_cap=70)["1"]
    assert (improvement.first, improvement.lost) == (None, Fraction(1, 2))


def test_some_units_may_be_held_by_a_cap() -> None:
    whole = found(RATE, {"done": 0, "total": 4}, index_cap=60)["1"].whole
    assert whole is not None
    assert told(whole.gain, whole.changes[0].after, whole.each) == (60, 3, 25)


def test_fewer_points_taken_off_are_a_step() -> None:
    improvements = improve(penal(), pi.Assessment("A", {"1": {"points": 10}, "t": {"points": 3}, "c": {"points": 2}}))
    assert [(each.id, each.lost) for each in improvements] == [("t", Fraction(3))]
    (whole,) = [each.whole for each in improvements if each.whole is not None]
    assert told(whole.points, whole.gain, whole.each) == (-3, 30, 10)


def test_leaves_that_are_closed_say_why() -> None:
    methodology = edition(
        {"1": ("x", 4, RATE), "2": ("y", 6, GIVEN)},
        criterion=[
            {"id": "1", "vi": "x", "max": 4, "cite": {"source": "s"}, "rule": RATE, "origin": "khao-sat"},
            {"id": "2", "vi": "y", "max": 6, "cite": {"source": "s"}, "rule": GIVEN, "origin": "tham-dinh"},
        ],
        origin={"khao-sat": {"max": 4}, "tham-dinh": {"max": 6}},
    )
    seen = pi.Assessment("A", {"1": {"percent": 50}, "2": {"points": 3}})
    closed = improve(methodology, seen, closed={"khao-sat": "the survey is closed"})
    assert [each.id for each in closed] == ["2"]
    assert [(each.id, each.closed) for each in closed.closed] == [("1", "the survey is closed")]
    assert improve(methodology, seen, closed=["2"])["2"].closed == ""
    with refused(pi.ObservationFaults, "khaosat: is neither a criterion nor an origin; did you mean 'khao-sat'"):
        improve(methodology, seen, closed=["khaosat"])
    with pytest.raises(pi.Fault, match="expected the ids"):
        improve(methodology, seen, closed="khao-sat")


def test_who_is_in_charge_of_what_can_be_done() -> None:
    criteria = [
        {"id": "1", "vi": "x", "max": 4, "cite": {"source": "s"}, "rule": RATE, "lead": "Sở Tư pháp"},
        {"id": "2", "vi": "y", "max": 6, "cite": {"source": "s"}, "rule": GIVEN, "lead": "Sở Nội vụ"},
        {"id": "3", "vi": "z", "max": 2, "cite": {"source": "s"}, "rule": GIVEN, "lead": "Sở Tư pháp"},
    ]
    methodology = edition({"x": ("x", 12, RATE)}, criterion=criteria)
    seen = pi.Assessment("A", {"1": {"percent": 25}, "2": {"points": 2}, "3": {"points": 0}})
    improvements = improve(methodology, seen)
    ids = {lead: [each.id for each in own] for lead, own in improvements.by_lead.items()}
    assert ids == {"Sở Tư pháp": ["1", "3"], "Sở Nội vụ": ["2"]}
    assert repr(improvements) == "<Improvements of 'A': 3 leaves>"
    with pytest.raises(pi.CatalogError, match="'A' misses no points at '4'"):
        improvements["4"]


RELATIVE = edition({"1": ("So sánh", 4, {"type": "relative"}), "2": ("y", 6, GIVEN)})


def compared(**values: int) -> pi.Scoreboard:
    rows = [pi.Assessment(unit, {"1": {"value": each}, "2": {"points": 6}}) for unit, each in values.items()]
    return pi.score_many(RELATIVE, rows)


def test_a_leaf_that_compares_units_has_the_values_of_the_others() -> None:
    board = compared(A=2, B=4, C=10, D=0)
    whole: Improvement = improve(RELATIVE, board.card("A").assessment, among=board)["1"]
    assert [step.changes[0].after for step in whole.steps] == [4]
    assert whole.steps[0].gain == 8
    assert whole.whole is not None
    assert whole.whole.changes[0].after == 10
    with pytest.raises(pi.PopulationError):
        improve(RELATIVE, board.card("A").assessment)


def test_a_unit_alone_has_nobody_to_reach() -> None:
    lower = edition({"1": ("So sánh", 4, {"type": "relative", "all_equal": "low"}), "2": ("y", 6, GIVEN)})
    seen = pi.Assessment("A", {"1": {"value": 5}, "2": {"points": 6}})
    assert improve(lower, seen, among=pi.score_many(lower, [seen]))["1"].first is None


def test_units_of_another_group_are_not_reached() -> None:
    within = edition({"1": ("So sánh", 4, {"type": "relative", "within": "group"}), "2": ("y", 6, GIVEN)})
    rows = [
        pi.Assessment(unit, {"1": {"value": value}, "2": {"points": 6}}, group=group)
        for unit, value, group in (("A", 1, "x"), ("B", 3, "x"), ("C", 9, "y"))
    ]
    board = pi.score_many(within, rows)
    whole = improve(within, rows[0], among=board)["1"].whole
    assert whole is not None
    assert whole.changes[0].after == 3


def test_steps_are_told_of_final_cards() -> None:
    methodology = edition({"1": ("x", 4, RATE), "2": ("y", 6, GIVEN)})
    seen = pi.Assessment("A", {"1": {"percent": 50}})
    with refused(pi.ObservationFaults, "2:points"):
        improve(methodology, seen)
    with refused(pi.ObservationFaults, "unit 'A', 2:points: is missing"):
        improve(methodology, seen, among=pi.score_many(methodology, []))
    other = pi.Assessment("B", {"2": {"points": 6}})
    waiting = pi.score_many(RELATIVE, [other], partial=True)
    with pytest.raises(pi.Fault, match="final card with a figure, and this one is provisional"):
        improve(RELATIVE, pi.Assessment("A", {"1": {"value": 2}, "2": {"points": 6}}), among=waiting)
    with pytest.raises(pi.Fault, match="the board is one of"):
        improve(edition({"1": ("x", 4, RATE)}), seen, among=pi.score_many(methodology, []))


def test_leaves_that_do_not_apply_or_have_no_known_maximum_have_no_steps() -> None:
    methodology = edition({"1": ("x", 4, RATE), "2": ("y", 6, GIVEN)}, policy={"not_applicable": "zero"})
    seen = pi.Assessment("A", {"1": pi.NotApplicable("mới lập"), "2": {"points": 6}})
    assert [(each.id, each.reason) for each in improve(methodology, seen).closed] == [("1", "not-applicable")]
    listed = [{"id": key, "vi": key, "max": "unknown", "cite": {"source": "s"}, "rule": GIVEN} for key in "12"]
    head: dict[str, Any] = {
        "total": 9,
        "completeness": "outline",
        "policy": {"headline": "points", "not_applicable": "zero"},
    }
    outline = edition({"x": ("x", 9, RATE)}, criterion=listed, **head)
    (one, _) = improve(outline, pi.Assessment("A", {"1": {"points": 1}, "2": {"points": 3}})).closed
    assert (one.id, one.lost, one.reason) == ("1", None, "unknown")


def test_leaves_at_stage_self_are_named() -> None:
    criteria = [
        {"id": "1", "vi": "x", "max": 4, "cite": {"source": "s"}, "rule": RATE, "origin": "tham-dinh"},
        {"id": "2", "vi": "y", "max": 6, "cite": {"source": "s"}, "rule": GIVEN, "origin": "khao-sat"},
    ]
    origins = {"tham-dinh": {"max": 4}, "khao-sat": {"max": 6, "self_assessed": False}}
    methodology = edition({"x": ("x", 10, RATE)}, criterion=criteria, origin=origins)
    with pytest.raises(pi.Fault, match="at stage self nobody knows 2: take the appraised or the final stage"):
        improve(methodology, pi.Assessment("A", {"1": {"percent": 50}}, stage="self"))


def test_bands_that_fall_again_are_not_overshot() -> None:
    hump = {"over": "105%", "points": 1}, {"from": "95%", "points": 2}, {"points": 0}
    rule = {"type": "bands", "may_exceed": True, "bands": list(hump)}
    assert changed(rule, {"done": 90, "total": 100}) == [{"done": 95}]


@pytest.mark.parametrize(
    ("rule", "inputs", "after"),
    [
        ({"over": "99.5%"}, {"done": "1.2", "total": "1.5"}, {"done": Fraction(3, 2)}),
        ({"over": "99.995%"}, {"percent": 90}, {"percent": 100}),
        ({"over": "90%"}, {"done": "0.05", "total": "0.08"}, {"done": Fraction(2, 25)}),
    ],
)
def test_an_edge_near_the_limit_is_passed_by_the_limit(rule: Inputs, inputs: Inputs, after: Inputs) -> None:
    edge = {"type": "bands", "amounts": True, "bands": [{**rule, "points": 2}, {"points": 0}]}
    assert changed(edge, inputs) == [after]


def test_less_may_be_better_down_to_nothing() -> None:
    falling = {"type": "bands", "bands": [{"from": "0.5%", "points": 0}, {"points": 2}]}
    assert changed(falling, {"done": 1, "total": 1}) == [{"done": 0}]


def test_many_ways_of_one_leaf_hide_nothing() -> None:
    items = [{"key": f"i{at}", "points": "0.5"} for at in range(20)]
    whole = found({"type": "checklist", "items": items}, {each["key"]: False for each in items}, 10)["1"].whole
    assert whole is not None
    assert told(whole.gain, len(whole.changes)) == (100, 20)
    parts = {"type": "best", "of": [{"key": f"p{at}", **LEVELS} for at in range(12)]}
    best = found(parts, {f"p{at}/level": "none" for at in range(12)})["1"].whole
    assert best is not None
    assert [change.after for change in best.changes] == ["full"]


def test_what_stays_beside_is_stated_as_it_was_read() -> None:
    best = {"type": "best", "of": [{"key": "a", "type": "ratio"}, {"key": "b", "type": "per-unit", "points": 1}]}
    steps = found(best, {"a/percent": "0.5%", "b/count": 0})["1"].steps
    assert [step.observations["1"]["a/percent"] for step in steps] == ["0.5%", "0.51%"]


def test_the_whole_stops_where_a_cap_holds() -> None:
    improvement = found({"type": "per-unit", "points": 1}, {"count": 5}, 10, index_cap=60)["1"]
    assert improvement.first == improvement.whole
    assert improvement.whole is not None
    assert improvement.whole.changes[0].after == 6


def outside(rule: Inputs, effect: str, **block: Any) -> pi.Methodology:
    """Return a methodology of one leaf of 5 points and one of this rule outside the base."""
    cite = {"source": "s"}
    items = [
        {"id": "1", "vi": "x", "max": 5, "cite": cite, "rule": GIVEN},
        {"id": "b", "vi": "y", "max": 5, "cite": cite, "rule": rule, "block": "ngoai"},
    ]
    return edition(
        {"x": ("x", 5, RATE)}, criterion=items, block=[{"id": "ngoai", "vi": "z", "effect": effect, **block}]
    )


def test_points_over_the_cap_of_a_block_are_passed_first() -> None:
    methodology = outside({"type": "per-unit", "points": 1}, "subtract", cap=2)
    improvement = improve(methodology, pi.Assessment("A", {"1": {"points": 5}, "b": {"count": 5}}))["b"]
    assert [told(step.changes[0].after, step.gain) for step in improvement.steps] == [(1, 20)]
    held = improve(methodology, pi.Assessment("A", {"1": {"points": 0}, "b": {"count": 5}}))["b"]
    assert held.reason == "held"


def test_fewer_of_what_counts_against_a_unit() -> None:
    counts = {"type": "weighted-counts", "credits": {"bad": 1, "half": "1/2"}}
    seen = {"total": 4, "bad": 2, "half": 1}
    improvement = improve(outside(counts, "subtract"), pi.Assessment("A", {"1": {"points": 5}, "b": seen}))["b"]
    assert {step.changes[0].input.name: step.changes[0].after for step in improvement.steps} == {"bad": 1, "half": 0}
    answers = pi.Assessment("A", {"1": {"points": 5}, "b": {"good": 1, "fair": 1}})
    whole = improve(outside(SURVEY, "subtract"), answers)["b"].whole
    assert whole is not None
    assert {change.input.name: change.after for change in whole.changes} == {"good": 0, "fair": 2}


def test_a_default_may_be_improved_on_where_it_is_one_of_inputs() -> None:
    def bonus(default: object) -> pi.Methodology:
        methodology = outside({"type": "per-unit", "points": 1}, "add")
        tables = json.loads(pi.dumps(methodology))
        tables["criterion"][1]["default"] = default
        return pi.parse_methodology(json.dumps(tables))

    seen = pi.Assessment("A", {"1": {"points": 4}})
    assert improve(bonus(0), seen)["b"].reason == "default"
    whole = improve(bonus({"count": 0}), seen)["b"].whole
    assert whole is not None
    assert whole.changes[0].after == 5


def test_where_all_are_equal_nobody_is_the_best() -> None:
    lower = edition({"1": ("So sánh", 10, {"type": "relative", "all_equal": "low"})})
    on = pi.score_many(lower, [pi.Assessment(unit, {"1": {"value": at}}) for unit, at in (("A", 5), ("B", 10))])
    improvement = improve(lower, on.card("A").assessment, among=on)["1"]
    assert improvement.whole is not None
    assert improvement.whole.changes[0].after == Fraction(1001, 100)
    lowest = edition({"1": ("So sánh", 10, {"type": "relative", "all_equal": "low", "direction": "lower"})})
    equal = pi.score_many(lowest, [pi.Assessment(unit, {"1": {"value": 5}}) for unit in "AB"])
    (step,) = improve(lowest, equal.card("A").assessment, among=equal)["1"].steps
    assert step.changes[0].after == Fraction(499, 100)


def test_a_number_without_limits_goes_on_for_ever() -> None:
    way = stepping(pi.Input("value", pi.InputKind.NUMBER), Fraction("1.005"), low=None, high=None, more=1)
    assert (way.low, way.high, way.change({}, 0)) == (0, None, {})
    assert way.change({"value": 0}, 1) == {"value": Fraction(101, 100)}
