"""The bounds of a provisional card contain every completion, and are reached where they are said to be tight."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import parindex as pi
import strategies as made

if TYPE_CHECKING:
    from fractions import Fraction


def contains(interval: tuple[Fraction | None, Fraction | None], value: Fraction | None) -> bool:
    """Return whether a value lies within an interval of which an end may be open."""
    low, high = interval
    return value is not None and (low is None or low <= value) and (high is None or value <= high)


def assert_within(bounds: pi.Bounds | None, full: pi.Scorecard) -> None:
    """Assert that the points and the index of a final card lie within bounds; one without figures has none to hold."""
    assert bounds is not None
    if full.points is not None:
        assert contains(bounds.points, full.points)
    if full.index is not None:
        assert contains(bounds.index, full.index)


def droppable(count: int, policies: list[str]) -> made.Table:
    """Return tables of *count* leaves, each of which may turn out not applicable, by the policies in turn."""
    rule = {"type": "ratio", "zero_total": "not-applicable"}
    leaves = [
        {"id": f"1.{place}", "max": 1 + place % 3, "rule": rule, "cite": {"source": "src"}, "not_applicable": policy}
        for place, policy in zip(range(count), itertools.cycle(policies), strict=False)
    ]
    total = sum(1 + place % 3 for place in range(count))
    return {
        "format": "parindex.methodology/1",
        "id": "many",
        "edition": "2024",
        "years": [2024],
        "unit_kind": "district",
        "completeness": "full",
        "total": total,
        "title": {"vi": "Nhiều tiêu chí", "en": "Many criteria"},
        "source": [{"key": "src", "title": "Quyết định số 1", "status": "illustrative"}],
        "criterion": [{"id": "1", "cite": {"source": "src"}}, *leaves],
    }


@given(st.data())
@settings(max_examples=150)
def test_the_full_result_lies_within_the_bounds_whatever_was_hidden(data: st.DataObject) -> None:
    """Points and index of a complete assessment lie within the bounds of the same assessment with leaves hidden.

    Conditions: a leaf that was marked not applicable stays so; one that turns out not applicable by its empty
    denominator may be hidden like any other.
    """
    methodology = data.draw(made.methodologies(kinds=made.ALONE))
    complete = data.draw(made.assessments(methodology))
    observed = sorted(key for key, each in complete.observations.items() if not isinstance(each, pi.NotApplicable))
    assume(observed)
    gone = data.draw(st.sets(st.sampled_from(observed), min_size=1))
    gone = {key for key in gone if methodology[key].default is None}
    assume(gone)
    provisional = pi.score(methodology, made.hidden(complete, gone), partial=True)
    assert provisional.status is pi.Status.PROVISIONAL
    assert (provisional.points, provisional.index, provisional.grade) == (None, None, None)
    assert_within(provisional.bounds, pi.score(methodology, complete))


@given(st.data())
@settings(max_examples=60)
def test_bounds_of_relative_rules_contain_the_result_among_any_others(data: st.DataObject) -> None:
    """While one unit lacks a value that others are compared with, the bounds of all contain what follows with it.

    Conditions: relative leaves; one unit hides some of its leaves, the others are complete.
    """
    methodology = data.draw(made.methodologies(kinds=("relative", "given"), depth=2))
    everyone = data.draw(made.populations(methodology, least=2))
    first = everyone[0]
    observed = [key for key, each in first.observations.items() if not isinstance(each, pi.NotApplicable)]
    hideable = sorted(key for key in observed if methodology[key].default is None)
    assume(hideable)
    gone = data.draw(st.sets(st.sampled_from(hideable), min_size=1))
    full = pi.score_many(methodology, everyone)
    partial = pi.score_many(methodology, [made.hidden(first, gone), *everyone[1:]], partial=True)
    assert partial.cards[0].status is pi.Status.PROVISIONAL
    for card, complete in zip(partial.cards, full.cards, strict=True):
        if card.status is pi.Status.PROVISIONAL:
            assert_within(card.bounds, complete)
        else:
            assert (card.points, card.index) == (complete.points, complete.index)


@given(st.data())
@settings(max_examples=80)
def test_tight_bounds_are_reached(data: st.DataObject) -> None:
    """Where bounds are said to be tight, some completion reaches each end of points and of index.

    Conditions: at most three leaves are hidden; a completion gives each of them its rule's least or greatest points,
    or none at all where its denominator may be empty.
    """
    methodology = data.draw(made.methodologies(kinds=made.ALONE))
    complete = data.draw(made.assessments(methodology))
    hideable = sorted(key for key, each in complete.observations.items() if methodology[key].default is None)
    assume(hideable)
    gone = sorted(data.draw(st.sets(st.sampled_from(hideable), min_size=1, max_size=3)))
    partial = made.hidden(complete, gone)
    bounds = pi.score(methodology, partial, partial=True).bounds
    assert bounds is not None
    assume(bounds.tight)
    choices = [_ends(methodology[key]) for key in gone]
    cards = []
    for chosen in itertools.product(*choices):
        filled = {**partial.observations, **dict(zip(gone, chosen, strict=True))}
        cards.append(pi.score(methodology, attrs.evolve(partial, observations=filled)))
    points = [card.points for card in cards if card.points is not None]
    index = [card.index for card in cards if card.index is not None]
    assert bounds.points == (min(points, default=None), max(points, default=None))
    assert bounds.index == (min(index, default=None), max(index, default=None))


def _ends(leaf: pi.Criterion) -> list[made.Inputs]:
    """Return one observation for the least points of a leaf, one for the greatest, and one for none at all."""
    rule, maximum = made.rule_of(leaf)
    found: dict[Fraction | None, made.Inputs] = {}
    for inputs in made.corners(rule, maximum):
        found.setdefault(rule.award(rule.read(inputs, maximum).values, maximum).points, inputs)
    known = [points for points in found if points is not None]
    wanted: set[Fraction | None] = {min(known), max(known)} | ({None} if None in found else set())
    return [found[points] for points in wanted]


@given(
    st.integers(9, 11),
    st.lists(st.sampled_from(made.POLICIES), min_size=1, max_size=3),
    st.lists(st.one_of(st.none(), st.just("empty"), st.integers(0, 4)), min_size=11, max_size=11),
    st.lists(st.one_of(st.just("empty"), st.integers(0, 4)), min_size=11, max_size=11),
)
@settings(max_examples=120)
def test_bounds_hold_where_many_leaves_may_turn_out_not_applicable(
    count: int, policies: list[str], seen: list[int | str | None], later: list[int | str]
) -> None:
    """The bounds contain every completion when so many leaves may not apply that not all combinations are tried.

    Conditions: nine to eleven leaves, all of which may turn out not applicable, under any mixture of policies.
    """
    methodology = made.build(droppable(count, policies))

    def inputs(each: int | str) -> dict[str, Any]:
        return {"done": 0, "total": 0} if each == "empty" else {"done": each, "total": 4}

    known = {f"1.{place}": inputs(each) for place, each in enumerate(seen[:count]) if each is not None}
    rest = {f"1.{place}": inputs(each) for place, each in enumerate(later[:count])}
    assume(len(known) < count)
    provisional = pi.score(methodology, pi.Assessment("A", known), partial=True)
    assert_within(provisional.bounds, pi.score(methodology, pi.Assessment("A", rest | known)))


def test_a_comparison_with_a_unit_that_lacks_its_value_is_not_tight() -> None:
    """A unit of value 5 beside one of 10 never gets the full points: bounds up to them must not claim to be tight."""
    tables = droppable(1, ["exclude"])
    tables["criterion"][1]["rule"] = {"type": "relative"}
    methodology = made.build(tables)
    units = [pi.Assessment("A", {"1.0": {"value": 5}}), pi.Assessment("B", {"1.0": {"value": 10}}), pi.Assessment("C")]
    bounds = pi.score_many(methodology, units, partial=True).card("A").bounds
    assert bounds is not None
    assert bounds.points[1] is not None
    assert bounds.points[1] < 1 or not bounds.tight


def test_the_least_points_are_open_where_nothing_limits_what_is_subtracted() -> None:
    """A missing item of unknown maximum in a subtract block without a cap leaves the points without a lower bound."""
    tables = droppable(1, ["zero"]) | {"completeness": "outline"}
    tables["criterion"][1].pop("rule")
    tables["block"] = [{"id": "malus", "effect": "subtract"}]
    tables["criterion"].append({"id": "m", "block": "malus", "max": "unknown", "cite": {"source": "src"}})
    methodology = made.build(tables)
    known = {"1.0": {"points": 1}}
    bounds = pi.score(methodology, pi.Assessment("A", known), partial=True).bounds
    full = pi.score(methodology, pi.Assessment("A", known | {"m": {"points": 7}}))
    assert_within(bounds, full)
