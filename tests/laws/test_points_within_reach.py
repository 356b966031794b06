"""Points lie between what the rule gives at the least and the applied maximum."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parindex as pi
import strategies as made

MAXIMA = (Fraction(1), Fraction(10), Fraction(25, 3), Fraction(60))


def awarded(rule: pi.Rule, inputs: made.Inputs, max_points: Fraction) -> Fraction | None:
    """Return the points of inputs that the rule must accept."""
    reading = rule.read(inputs, max_points)
    assert not reading.faults
    assert not reading.missing
    return rule.award(reading.values, max_points).points


@pytest.mark.parametrize("kind", made.ALONE)
@given(data=st.data())
def test_points_lie_within_the_reach_of_the_rule(kind: str, data: st.DataObject) -> None:
    """What a rule awards lies between the least and the greatest that it says it can reach, and below the maximum.

    Conditions: a rule without errors of ``check``, any inputs that it accepts, and an answer other than
    not applicable.
    """
    maximum = data.draw(st.sampled_from(MAXIMA))
    rule = data.draw(made.rules(maximum, kind))
    points = awarded(rule, data.draw(made.inputs(rule, maximum)), maximum)
    low, high = rule.reach(maximum)
    assert low is not None
    assert high is not None
    assert high <= maximum
    assert points is None or low <= points <= high


@pytest.mark.parametrize("kind", made.ALONE)
@given(data=st.data())
def test_both_ends_of_the_reach_are_reached(kind: str, data: st.DataObject) -> None:
    """Some inputs give exactly the least points that a rule says it can reach, and some exactly the greatest.

    Conditions: a rule without errors of ``check``.
    """
    maximum = data.draw(st.sampled_from(MAXIMA))
    rule = data.draw(made.rules(maximum, kind))
    found = [awarded(rule, inputs, maximum) for inputs in made.corners(rule, maximum)]
    known = [points for points in found if points is not None]
    assert (min(known), max(known)) == rule.reach(maximum)
    assert (None in found) <= rule.may_not_apply


@given(st.data())
@settings(max_examples=60)
def test_no_node_of_the_base_exceeds_its_applied_maximum(data: st.DataObject) -> None:
    """Every leaf lies between its rule's lowest, rounded as leaves are, and its maximum, both scaled alike.

    Conditions: leaves of the base that apply; a leaf that does not apply but counts zero may lie below the lowest.
    """
    methodology = data.draw(made.methodologies())
    rounding = methodology.policy.leaf_rounding
    for card in pi.score_many(methodology, data.draw(made.populations(methodology))).cards:
        for node in card.nodes.values():
            criterion = methodology[node.id]
            if node.points is None or criterion.block is not None:
                continue
            assert node.max_points is not None
            assert node.points <= node.max_points
            assert node.lost == node.max_points - node.points
            if criterion.rule is None or node.reason is not None:
                continue
            low, _ = criterion.rule.reach(criterion.max_points)
            assert low is not None
            least = low if rounding is None else rounding.apply(low)
            assert node.points >= least * node.factor
