"""An empty denominator does what its rule says: an error, all points, none, or not applicable."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import parindex as pi
import strategies as made

KINDS = ("ratio", "bands", "weighted-counts", "survey")
MAXIMUM = Fraction(10)


def with_zero_total(data: st.DataObject, kind: str, zero_total: str) -> pi.Rule:
    """Return a rule with a denominator that says *zero_total* of an empty one."""
    table = data.draw(made.rule_tables(MAXIMUM, kind).filter(lambda table: table.get("of") != "value"))
    return made.read_rule(table | {"zero_total": zero_total})


def empty(rule: pi.Rule) -> dict[str, int]:
    """Return inputs without a single case."""
    return {each.name: 0 for each in rule.inputs if not each.instead_of}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_it_is_an_error_unless_the_rule_says_otherwise(kind: str, data: st.DataObject) -> None:
    """Under ``error`` an empty denominator is one fault, which names an input of the denominator."""
    rule = with_zero_total(data, kind, "error")
    faults = rule.read(empty(rule), MAXIMUM).faults
    assert len(faults) == 1
    assert "zero_total" in str(faults[0])
    assert faults[0].place.at in rule.input_by_name
    assert not rule.may_not_apply


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("word", "points"), [("full", MAXIMUM), ("zero", Fraction(0)), ("not-applicable", None)])
@given(data=st.data())
def test_the_word_decides_the_points(kind: str, word: str, points: Fraction | None, data: st.DataObject) -> None:
    """``full`` gives the maximum, ``zero`` nothing, ``not-applicable`` no points at all."""
    rule = with_zero_total(data, kind, word)
    reading = rule.read(empty(rule), MAXIMUM)
    assert (reading.faults, reading.missing) == ((), ())
    assert rule.award(reading.values, MAXIMUM).points == points
    assert rule.may_not_apply == (points is None)


@pytest.mark.parametrize("policy", made.POLICIES)
@given(data=st.data())
def test_not_applicable_is_left_to_the_policy_of_the_leaf(policy: str, data: st.DataObject) -> None:
    """A leaf that its empty denominator leaves out scores as one that was marked not applicable."""
    tables: dict[str, Any] = data.draw(made.methodology_tables(kinds=("given",), policies=(policy,)))
    methodology = made.build(tables)
    leaf = data.draw(st.sampled_from([each for each in made.leaves_for(methodology) if each.block is None]))
    ratio = {"type": "ratio", "zero_total": "not-applicable"}
    changed = [entry | ({"rule": ratio} if entry["id"] == leaf.id else {}) for entry in tables["criterion"]]
    methodology = made.build(tables | {"criterion": changed})
    complete = data.draw(made.assessments(methodology, dropping=False))
    seen = dict(complete.observations)
    marked, counted = (
        pi.score(methodology, attrs.evolve(complete, observations=seen | {leaf.id: each}))
        for each in (pi.NotApplicable("không phát sinh"), {"done": 0, "total": 0})
    )
    assert (marked.points, marked.max_points, marked.index) == (counted.points, counted.max_points, counted.index)
    assert {key: node.status for key, node in marked.nodes.items()} == {
        key: node.status for key, node in counted.nodes.items()
    }
