"""More faults never raise points."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

import parindex as pi
import strategies as made


@given(st.data())
@settings(max_examples=150)
def test_more_of_a_fault_never_gives_more_points(data: st.DataObject) -> None:
    """More of one fault, everything else the same, never gives more points.

    Conditions: a ``deduct`` rule without errors of ``check`` (which refuses a wipe that gives points back);
    whole counts or amounts.
    """
    maximum = data.draw(st.sampled_from((Fraction(1), Fraction(10), Fraction(25, 3))))
    rule = data.draw(made.rules(maximum, "deduct"))
    assert isinstance(rule, pi.Deduct)
    inputs = data.draw(made.deduct_inputs(rule))
    key = data.draw(st.sampled_from(rule.faults)).key
    step = Fraction(data.draw(st.integers(1, 3)), 10 if rule.amounts else 1)
    more = inputs | {key: made.number(Fraction(inputs[key]) + step)}
    before, after = (rule.award(rule.read(each, maximum).values, maximum).points for each in (inputs, more))
    assert before is not None
    assert after is not None
    assert after <= before


def test_an_amount_just_short_of_the_wipe_takes_no_more_than_the_wipe() -> None:
    """With amounts, 0.9 of a fault that wipes at 1 never leaves less than 1 of it: ``check`` refuses such a rule."""
    fault = pi.DeductFault("late", points=20, wipe_at=1)
    rule = pi.Deduct(faults=[fault], lowest=-100, amounts=True)
    before = rule.award({"late": Fraction(9, 10)}, Fraction(10)).points
    after = rule.award({"late": Fraction(1)}, Fraction(10)).points
    assert before is not None
    assert after is not None
    refused = any(problem.severity is pi.Severity.ERROR for problem in rule.problems(Fraction(10)))
    assert refused or after <= before
