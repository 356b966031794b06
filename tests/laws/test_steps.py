"""Laws of steps and plans: advice that is followed brings what it said, and no plan is cheaper than the one given."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from attrs import evolve
from hypothesis import event, given, settings
from hypothesis import strategies as st

import parindex as pi
import strategies as made
from parindex.analysis import improve, reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parindex.analysis import Improvement, Step

Inputs = dict[str, Any]


def followed(board: pi.Scoreboard, card: pi.Scorecard, observations: Mapping[str, Any]) -> pi.Scorecard:
    """Return the card of a unit that changed what was observed of it, scored among all others."""
    new = evolve(card.assessment, observations={**card.assessment.observations, **observations})
    rows = [new if each.unit == card.unit else each.assessment for each in board]
    return pi.score_many(board.methodology, rows).card(card.unit)


def steps_of(improvement: Improvement) -> Iterator[Step]:
    """Yield every step that is advised at a leaf."""
    yield from improvement.steps
    if improvement.whole is not None:
        yield improvement.whole


@given(st.data())
def test_following_advice_brings_what_it_said(data: st.DataObject) -> None:
    """Any step that is followed changes headline, points of the leaf and grade to exactly what it said.

    Conditions: every rule, blocks, redistribution, rounding of leaves; relative rules among the units of a board.
    """
    methodology = data.draw(made.methodologies())
    board = pi.score_many(methodology, data.draw(made.populations(methodology)))
    for card in board:
        if card.headline is None or card.status != "final":
            continue
        for each in improve(methodology, card.assessment, among=board).leaves.values():
            for step in steps_of(each):
                event(methodology[each.id].leaf_rule.type)
                after = followed(board, card, step.observations)
                assert after.headline == step.headline == card.headline + step.gain
                assert (after[step.id].points, after.grade) == ((card[step.id].points or 0) + step.points, step.grade)
                assert step.gain > 0


@given(st.data())
def test_the_next_step_is_the_least_one(data: st.DataObject) -> None:
    """A count that changes by one unit less than the next step says brings nothing.

    Conditions: rules whose points never fall as the count goes on, all but bands.
    """
    methodology = data.draw(made.methodologies(kinds=["ratio", "deduct", "per-unit", "weighted-counts"]))
    board = pi.score_many(methodology, data.draw(made.populations(methodology, least=1, most=1)))
    card = board.cards[0]
    if card.headline is None:
        return
    for each in improve(methodology, card.assessment).leaves.values():
        for step in each.steps:
            (change, *others) = step.changes
            if others or change.input.kind is not pi.InputKind.COUNT or change.more in {1, -1, None}:
                continue
            assert change.more is not None
            less = Fraction(change.after) - (1 if change.more > 0 else -1)
            after = followed(board, card, {step.id: {**step.observations[step.id], change.input.name: less}})
            assert after.headline is not None
            assert after.headline <= card.headline


@given(st.data())
def test_nothing_is_better_than_the_whole(data: st.DataObject) -> None:
    """The whole brings a leaf as far as its rule goes; where nothing is advised, it stands there already.

    Conditions: rules whose inputs a unit can all change; no cap of the index holds what it brings.
    """
    kinds = ("levels", "checklist", "deduct", "per-unit", "given")
    methodology = data.draw(made.methodologies(kinds=kinds, leaf_rounding=False, blocks=False))
    card = pi.score_many(methodology, data.draw(made.populations(methodology, least=1, most=1))).cards[0]
    if card.headline is None:
        return
    for key, each in improve(methodology, card.assessment).leaves.items():
        node = card[key]
        if node.reason is not None or each.whole is None or each.whole.headline == methodology.policy.index_cap:
            continue
        leaf = methodology[key]
        assert (node.points or 0) + each.whole.points == (leaf.leaf_rule.reach(leaf.max_points)[1] or 0) * node.factor


# Plans against all that could be done


LEAVES: dict[str, tuple[Any, list[Inputs]]] = {
    "levels": (
        {"type": "levels", "levels": [{"key": key, "points": at} for at, key in enumerate(("a", "b", "c"))]},
        [{"level": key} for key in "abc"],
    ),
    "checklist": (
        {"type": "checklist", "items": [{"key": "x", "points": 1}, {"key": "y", "points": 2}]},
        [{"x": x, "y": y} for x in (False, True) for y in (False, True)],
    ),
    "deduct": (
        {"type": "deduct", "faults": [{"key": "p", "points": 2}, {"key": "q", "points": 1, "cap": 1}]},
        [{"p": p, "q": q} for p in range(3) for q in range(3)],
    ),
    "ratio": ({"type": "ratio", "from": "50%"}, [{"done": done, "total": 4} for done in range(5)]),
    "bands": (
        {"type": "bands", "bands": [{"over": "75%", "points": 3}, {"from": "25%", "points": 2}, {"points": 0}]},
        [{"done": done, "total": 5} for done in range(6)],
    ),
    "counts": (
        {"type": "weighted-counts", "credits": {"full": 1, "half": "1/2"}},
        [{"total": 2, "full": full, "half": half} for full in range(3) for half in range(3 - full)],
    ),
}


@st.composite
def questions(draw: st.DrawFn) -> tuple[pi.Methodology, dict[str, int], dict[str, str]]:
    """Draw a methodology of three small leaves, where the unit stands at each of them, and their kinds."""
    kinds = {key: draw(st.sampled_from(sorted(LEAVES))) for key in ("1.1", "1.2", "2.1")}
    if draw(st.booleans()):
        kinds["b"] = draw(st.sampled_from(["deduct", "checklist"]))
    cite = {"source": "s"}
    criteria: list[dict[str, Any]] = [
        {"id": "1", "vi": "1", "max": 6, "cite": cite},
        {"id": "2", "vi": "2", "max": 3, "cite": cite},
        *({"id": key, "vi": key, "max": 3, "cite": cite, "rule": LEAVES[kind][0]} for key, kind in kinds.items()),
    ]
    blocks = []
    if "b" in kinds:
        criteria[-1]["block"] = "outside"
        effect = draw(st.sampled_from(["add", "subtract"]))
        blocks = [{"id": "outside", "vi": "Ngoài", "effect": effect, "cap": draw(st.sampled_from([1, 2, 5]))}]
    condition = draw(st.sampled_from([[], ["no-zero-criterion"]]))
    grades = [
        {"key": "tot", "vi": "Tốt", "from": 70, "requires": condition, "cite": cite},
        {"key": "kha", "vi": "Khá", "from": 50, "cite": cite},
    ]
    policy: dict[str, Any] = {"headline": draw(st.sampled_from(["index", "points"])), "not_applicable": "zero"}
    if policy["headline"] == "points":
        grades[0]["from"], grades[1]["from"] = 7, 5
    elif draw(st.booleans()):
        policy["index_cap"] = draw(st.sampled_from([60, 80, 100]))
    tables = {
        "format": "parindex.methodology/1",
        "id": "x.y",
        "edition": "2024",
        "years": [2024],
        "unit_kind": "commune",
        "completeness": "full",
        "total": 9,
        "title": {"vi": "Ví dụ"},
        "source": [{"key": "s", "title": "t", "status": "illustrative"}],
        "criterion": sorted(criteria, key=lambda each: str(each["id"])),
        "block": blocks,
        "grade": grades,
        "policy": policy,
    }
    start = {key: draw(st.integers(0, len(LEAVES[kind][1]) - 1)) for key, kind in kinds.items()}
    return made.build(tables), start, kinds


def all_plans(
    methodology: pi.Methodology, start: Mapping[str, int], kinds: Mapping[str, str]
) -> list[tuple[int, pi.Scorecard]]:
    """Return every card that the unit could have, with how many changes it takes.

    A change is an input that takes another value; of a count that units move to, so many kinds as they move from.
    """
    found = []
    choices = [[(key, inputs) for inputs in LEAVES[kind][1]] for key, kind in kinds.items()]
    for chosen in product(*choices):
        cost = sum(changes(kinds[key], LEAVES[kinds[key]][1][start[key]], inputs) for key, inputs in chosen)
        found.append((cost, pi.score(methodology, pi.Assessment("A", dict(chosen)))))
    return found


def changes(kind: str, before: Inputs, after: Inputs) -> int:
    """Return how many changes lead from one observation to another."""
    if kind != "counts":
        return sum(before[name] != after[name] for name in before)
    rest = [each["total"] - each["full"] - each["half"] for each in (before, after)]
    if after["half"] > before["half"] or rest[1] > rest[0]:
        return 99  # to credit less is no step
    return int(rest[0] != rest[1]) + int(before["half"] != after["half"])


@settings(max_examples=40)
@given(st.data())
def test_no_plan_is_cheaper(data: st.DataObject) -> None:
    """A plan reaches its target when it is followed, and nothing else that could be done reaches it for less.

    Where a target is out of reach, nothing that could be done reaches it, and nothing is better than the plan.
    """
    methodology, start, kinds = data.draw(questions())
    rows = {key: LEAVES[kind][1][start[key]] for key, kind in kinds.items()}
    assessment = pi.Assessment("A", rows)
    every = all_plans(methodology, start, kinds)
    highest = max(card.headline or 0 for _, card in every)
    figures = st.integers(0, 2 * int(highest) + 4).map(lambda halves: Fraction(halves, 2))
    target: Any = data.draw(st.sampled_from(["tot", "kha"]) | figures)
    plan = reach(methodology, assessment, target=target)
    follow = pi.score(methodology, evolve(assessment, observations={**rows, **observed(plan.steps)}))
    assert follow == plan.after
    places = ["tot", "kha", "none"]
    rounding = methodology.policy.print_rounding

    def reaches(card: pi.Scorecard) -> bool:
        if isinstance(target, str):
            return places.index(str(card.grade)) <= places.index(target)
        return bool(rounding.apply(card.headline or Fraction(0)) >= target)

    least = min((cost for cost, card in every if reaches(card)), default=None)
    event(f"reached: {plan.reached}, steps: {len(plan.steps)}")
    assert plan.reached == reaches(follow) == (least is not None)
    if least is not None:
        assert plan.cost == least
    else:
        assert plan.after.headline == highest
    assert (
        sum(step.gain for step in plan.steps) == plan.gain == (plan.after.headline or 0) - (plan.before.headline or 0)
    )


def observed(steps: tuple[Step, ...]) -> dict[str, Any]:
    """Return what would be observed after several steps."""
    return {key: inputs for step in steps for key, inputs in step.observations.items()}
