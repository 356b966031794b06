"""Plans: the cheapest steps to a figure, a grade or a rank, and the best where that is out of reach."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from test_compare import GIVEN, RATE, board, edition, penal, penal_board, told
from test_improve import COUNTS, LEVELS, TICKS

import parindex as pi
from parindex._render.steps import plan_text
from parindex.analysis import Rank, ReachPlan, fronts, reach
from strategies import refused

THREE = edition({"1": ("x", 2, LEVELS), "2": ("y", 3, TICKS), "3": ("z", 5, RATE)})
START = {"1": {"level": "none"}, "2": {"x": False, "y": False}, "3": {"done": 10, "total": 50}}


def plan(
    target: object, inputs: dict[str, Any] = START, methodology: pi.Methodology = THREE, **options: Any
) -> ReachPlan:
    """Return the plan of a unit that starts so."""
    return reach(methodology, pi.Assessment("A", inputs), target=target, **options)


def asked(found: ReachPlan) -> dict[str, dict[str, Any]]:
    """Return what the steps of a plan change."""
    return {step.id: {change.input.name: change.after for change in step.changes} for step in found.steps}


def test_the_fewest_changes_are_taken_and_each_as_small_as_it_can_be() -> None:
    found = plan(40)
    assert asked(found) == {"3": {"done": 40}}
    assert told(found.cost, found.gain, found.after.headline, found.reached) == (1, 30, 40, True)
    assert repr(found) == "<ReachPlan of 'A' for 40: 1 steps>"


def test_a_figure_is_reached_as_it_is_printed() -> None:
    thirds = edition({"1": ("x", 3, RATE)})
    found = plan("66.67", {"1": {"done": 0, "total": 3}}, thirds)
    assert asked(found) == {"1": {"done": 2}}
    assert found.after.index == Fraction(200, 3)


def test_what_is_reached_already_takes_no_step() -> None:
    found = plan(10)
    assert told(found.steps, found.reached, found.cost) == ((), True, 0)


def test_out_of_reach_gives_the_best_there_is() -> None:
    found = plan(100, closed={"1": "chưa có kế hoạch"})
    assert asked(found) == {"2": {"x": True, "y": True}, "3": {"done": 50}}
    assert told(found.reached, found.after.headline, found.barred) == (False, 80, None)
    assert repr(found) == "<ReachPlan of 'A' for 100: out of reach>"


def test_costs_decide_which_steps_are_taken() -> None:
    assert asked(plan(30, costs={"3": 3})) == {"1": {"level": "full"}}
    assert plan(30, costs={"3": 3}).cost == 1
    by_unit = plan(30, costs={"1": 5, "2": 5, "3:done": "0.1"})
    assert asked(by_unit) == {"3": {"done": 30}}
    assert by_unit.cost == 2


def test_a_level_that_costs_by_unit_is_one() -> None:
    assert plan(30, costs={"1:level": "0.5"}).cost == Fraction(1, 2)


def test_plans_side_by_side_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fronts, "_MOST", 3)
    with pytest.raises(pi.Fault, match="costs: more than 3 plans stand side by side"):
        plan(90, costs={"3:done": 1})


def test_a_plan_without_a_board_tells_no_ranks() -> None:
    assert "Rank" not in plan_text(plan(40), "en")


def test_costs_are_inherited_from_above() -> None:
    criteria = [
        {"id": "1", "vi": "x", "max": 10, "cite": {"source": "s"}},
        {"id": "1.1", "vi": "x", "max": 4, "cite": {"source": "s"}, "rule": RATE},
        {"id": "1.2", "vi": "x", "max": 6, "cite": {"source": "s"}, "rule": RATE},
    ]
    methodology = edition({"x": ("x", 10, RATE)}, criterion=criteria)
    start = {"1.1": {"done": 0, "total": 1}, "1.2": {"done": 0, "total": 1}}
    assert plan(30, start, methodology, costs={"1": 3}).cost == 3
    assert asked(plan(30, start, methodology, costs={"1": 3, "1.1": 1})) == {"1.1": {"done": 1}}


@pytest.mark.parametrize(
    ("costs", "pattern"),
    [
        ({"4": 1}, "4: there is no such criterion"),
        ({"3:dnoe": 1}, "3:dnoe: there is no such input; did you mean 'done'"),
        ({"3": -1}, "3: is a cost below 0"),
        ({"3": "much"}, "3: 'much' is not a number"),
    ],
)
def test_costs_fit_the_methodology(costs: dict[str, Any], pattern: str) -> None:
    with refused(pi.ObservationFaults, pattern):
        plan(30, costs=costs)


def test_costs_are_a_table() -> None:
    with pytest.raises(pi.Fault, match="costs: expected"):
        plan(30, costs=[1])


def test_costs_by_unit_have_an_end() -> None:
    many = {**START, "3": {"done": 0, "total": 20_001}}
    with pytest.raises(pi.Fault, match="3:done: changes by more than 10000 units"):
        plan(40, many, costs={"3:done": 1})
    deep = {"type": "deduct", "faults": [{"key": key, "points": "0.1"} for key in "abc"]}
    methodology = edition({"1": ("x", 10, deep)})
    start = {"1": {"a": 60, "b": 60, "c": 60}}
    with pytest.raises(pi.Fault, match="1: its inputs can be changed in too many ways"):
        plan(99, start, methodology, costs={"1:a": 1, "1:b": 1, "1:c": 1})


def test_units_that_move_cost_by_unit_too() -> None:
    methodology = edition({"1": ("x", 4, COUNTS)})
    start = {"1": {"total": 4, "full": 0, "partly": 2, "hardly": 0}}
    found = plan(60, start, methodology, costs={"1:full": 1})
    assert asked(found) == {"1": {"full": 2}}
    assert found.cost == 2


GRADES = [
    {"key": "tot", "vi": "Tốt", "from": 60, "requires": ["no-zero-criterion"], "cite": {"source": "s"}},
    {"key": "kha", "vi": "Khá", "from": 30, "cite": {"source": "s"}},
]


def graded(**head: Any) -> pi.Methodology:
    rules = {"1": ("x", 2, LEVELS), "2": ("y", 3, TICKS), "3": ("z", 5, RATE)}
    return edition(rules, grade=GRADES, **head)


def test_a_grade_is_reached_with_its_conditions() -> None:
    found = plan("tot", methodology=graded())
    assert asked(found) == {"1": {"level": "late"}, "2": {"y": True}, "3": {"done": 30}}
    assert told(str(found.after.grade), found.cost) == ("tot", 3)
    assert str(plan("kha", methodology=graded()).after.grade) == "kha"


def test_a_condition_that_nothing_can_meet_keeps_a_grade_out_of_reach() -> None:
    found = plan("tot", methodology=graded(), closed=["1"])
    assert not found.reached
    assert found.after.headline == 80


def test_an_event_bars_a_grade_whatever_is_done() -> None:
    methodology = graded(event=[{"key": "ky-luat", "vi": "Kỷ luật", "grade_at_most": "kha"}])
    seen = pi.Assessment("A", START, events=["ky-luat"])
    found = reach(methodology, seen, target="tot")
    assert told(found.reached, found.barred, found.after.headline) == (False, "ky-luat", 100)
    assert reach(methodology, seen, target="kha").reached


def test_what_a_part_of_a_best_of_costs_by_unit() -> None:
    """The cheapest part is taken, though another would do as well."""
    best = {"type": "best", "of": [{"key": "a", "type": "ratio"}, {"key": "b", "type": "ratio"}]}
    methodology = edition({"1": ("x", 10, best)})
    start = {"1": {"a/done": 9, "a/total": 10, "b/done": 0, "b/total": 10}}
    found = plan(100, start, methodology, costs={"1:a/done": 1, "1:b/done": 1})
    assert told(found.cost, asked(found)) == (1, {"1": {"a/done": 10}})


def test_many_items_are_weighed_one_by_one() -> None:
    items = [{"key": f"i{at}", "points": "0.5"} for at in range(20)]
    methodology = edition({"1": ("x", 10, {"type": "checklist", "items": items})})
    assert plan(35, {"1": {each["key"]: False for each in items}}, methodology).cost == 7


def test_many_parts_that_depend_on_each_other_are_refused() -> None:
    parts = {"type": "best", "of": [{"key": f"p{at}", **LEVELS} for at in range(12)]}
    start = {"1": {f"p{at}/level": "none" for at in range(12)}, "2": {"done": 0, "total": 2}}
    methodology = edition({"1": ("x", 2, parts), "2": ("y", 8, RATE)})
    with pytest.raises(pi.Fault, match="1: its inputs can be changed in too many ways: name it in closed"):
        plan(90, start, methodology)
    assert plan(40, start, methodology, closed=["1"]).cost == 1


def test_what_brings_nothing_is_no_step_of_the_best_within_reach() -> None:
    rule = {"type": "per-unit", "points": 1}
    methodology = edition({"1": ("x", 5, rule), "2": ("y", 5, rule)}, policy={"index_cap": 50})
    found = plan(90, {"1": {"count": 1}, "2": {"count": 0}}, methodology)
    assert told(found.reached, found.cost, found.after.headline, len(found.steps)) == (False, 1, 50, 1)


def test_a_criterion_may_stop_short_of_nothing() -> None:
    """Where all that can be had would leave exactly 0 points, a little less meets the condition."""
    criteria = [
        {"id": "1", "vi": "1", "max": 10, "cite": {"source": "s"}},
        {"id": "1.1", "vi": "1.1", "max": 10, "cite": {"source": "s"}},
        {"id": "1.1.1", "vi": "a", "max": 5, "cite": {"source": "s"}, "rule": {**GIVEN, "lowest": -5}},
        {"id": "1.1.2", "vi": "b", "max": 5, "cite": {"source": "s"}, "rule": GIVEN},
        {"id": "2", "vi": "2", "max": 10, "cite": {"source": "s"}, "rule": GIVEN},
    ]
    grades = [
        {"key": "tot", "vi": "Tốt", "from": 45, "requires": ["no-zero-criterion"], "cite": {"source": "s"}},
        {"key": "kha", "vi": "Khá", "from": 10, "cite": {"source": "s"}},
    ]
    methodology = edition({"x": ("x", 20, RATE)}, criterion=criteria, grade=grades)
    start = {"1.1.1": {"points": -5}, "1.1.2": {"points": 0}, "2": {"points": 10}}
    found = plan("tot", start, methodology, closed=["1.1.1"])
    assert (str(found.after.grade), [step.id for step in found.steps]) == ("tot", ["1.1.2"])


def test_units_that_move_cost_where_they_come_from() -> None:
    methodology = edition({"1": ("x", 4, COUNTS), "2": ("y", 4, RATE)})
    start = {"1": {"total": 4, "full": 3, "partly": 1, "hardly": 0}, "2": {"done": 0, "total": 4}}
    found = plan(50, start, methodology, costs={"1:partly": 100, "2": 5})
    assert told(found.cost, [step.id for step in found.steps]) == (5, ["2"])


def test_nobody_rises_above_the_cap() -> None:
    capped = edition({"1": ("x", 4, RATE), "2": ("y", 6, GIVEN)}, policy={"index_cap": 100})
    on = board({"A": (50, 3), "B": (95, 6)}, capped)
    assert reach(capped, on.card("A").assessment, target="rank:1", among=on, others_rise=5).reached


@pytest.mark.parametrize("place", [1.5, True])
def test_a_rank_is_a_whole_number(place: Any) -> None:
    with pytest.raises(pi.Fault, match="expected a rank"):
        Rank(place)


@pytest.mark.parametrize(
    ("target", "pattern"),
    [
        ("tốt", r"'tốt' is no target, expected a grade \(tot, kha\), a number, or rank:N"),
        ("rank:one", "is no target"),
        (None, "is no target"),
        ("rank:0", "0 is no rank"),
        ("rank:1", "a rank is one among other units"),
    ],
)
def test_what_is_no_target(target: object, pattern: str) -> None:
    with pytest.raises(pi.Fault, match=pattern):
        plan(target, methodology=graded())
    with pytest.raises(pi.Fault, match="expected a number, or rank:N"):
        plan("tot")


UNITS = {"A": (50, 1), "B": (75, 3), "C": (100, 6)}


def ranked(target: object, **options: Any) -> ReachPlan:
    on = board(UNITS)
    return reach(on.methodology, on.card("A").assessment, target=target, among=on, **options)


def test_a_rank_is_reached_among_the_others_as_they_are() -> None:
    found = ranked("rank:2")
    assert asked(found) == {"2": {"points": 4}}
    assert (found.rank_before, found.rank_after, found.reached) == (3, 2, True)
    assert ranked(Rank(3)).steps == ()


def test_the_others_may_still_rise() -> None:
    assert asked(ranked("rank:2", others_rise=10)) == {"2": {"points": 5}}
    assert asked(ranked(Rank(2), others_rise={"B": "5"})) == {"2": {"points": Fraction(9, 2)}}
    assert not ranked("rank:1", others_rise={"C": 1}).reached
    with refused(pi.ObservationFaults, "unit 'D', others_rise: is no other unit that is ranked"):
        ranked("rank:2", others_rise={"D": 1})
    with refused(pi.ObservationFaults, "unit 'B', others_rise: 'x' is not a number"):
        ranked("rank:2", others_rise={"B": "x"})
    with pytest.raises(pi.Fault, match="others_rise: 'x' is not a number"):
        ranked("rank:2", others_rise="x")
    with pytest.raises(pi.Fault, match="concerns a rank"):
        ranked(80, others_rise=1)


def test_a_unit_that_is_not_ranked_reaches_no_rank() -> None:
    on = board(UNITS)
    unranked = pi.Assessment("D", {"1": {"percent": 0}, "2": {"points": 0}}, unranked="mới lập")
    found = reach(on.methodology, unranked, target="rank:1", among=on)
    assert (found.reached, found.barred, found.rank_before, found.rank_after) == (False, "mới lập", None, None)


def test_ranks_within_a_group_are_those_of_the_group() -> None:
    within = edition(
        {"1": ("x", 4, RATE), "2": ("y", 6, GIVEN)}, policy={"ranked_within": "group", "ranked_value": "printed"}
    )
    rows = [
        pi.Assessment(unit, {"1": {"percent": rate}, "2": {"points": 3}}, group=group)
        for unit, rate, group in (("A", 0, "x"), ("B", 50, "x"), ("C", 100, "y"))
    ]
    found = reach(within, rows[0], target="rank:1", among=pi.score_many(within, rows))
    assert asked(found) == {"1": {"percent": Fraction(4999, 100)}}


def test_points_outside_the_base_are_steps_too() -> None:
    start = penal_board(A=(5, 3, 0)).card("A").assessment
    found = reach(penal(), start, target=80)
    assert asked(found) == {"1": {"points": 8}, "t": {"points": 0}}
    assert told(found.after.headline, found.cost) == (80, 2)
