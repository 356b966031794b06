"""Facts about the rule ``given``."""

from __future__ import annotations

from fractions import Fraction

import pytest

import parindex as pi
from strategies import exactly, refused

TEN = Fraction(10)


def points(rule: pi.Rule, **inputs: object) -> Fraction | None:
    """Return the points of inputs that the rule accepts."""
    reading = rule.read(inputs, TEN)
    assert not reading.faults
    return rule.award(reading.values, TEN).points


def refusal(rule: pi.Rule, **inputs: object) -> str:
    """Return what the rule says against inputs."""
    return "; ".join(map(str, rule.read(inputs, TEN).faults))


def test_the_points_given_are_the_points() -> None:
    """Without a scale the input is called points and counts as it is."""
    assert points(pi.Given(), points="7.25") == Fraction(29, 4)


def test_a_value_on_a_scale_counts_in_proportion() -> None:
    """88 on a scale of 100 is 8.8 of 10 points."""
    assert points(pi.Given(scale=100), value=88) == Fraction(44, 5)


def test_the_ends_are_allowed() -> None:
    """The lowest and the maximum themselves can be given."""
    assert points(pi.Given(lowest=-1), points=-1) == -1
    assert points(pi.Given(lowest=-1), points=10) == 10


def test_above_the_maximum_is_refused() -> None:
    """11 of 10 points are refused, with the maximum."""
    assert refusal(pi.Given(), points=11) == "points: 11 is above 10"


def test_below_zero_is_called_negative() -> None:
    """Without another lowest a value below 0 is refused as negative."""
    assert refusal(pi.Given(), points=-1) == "points: -1 is negative"


def test_below_another_lowest_is_refused_with_it() -> None:
    """Below a stated lowest the message names it."""
    assert refusal(pi.Given(scale=10, lowest=1), value="0.5") == "value: 0.5 is below 1"


def test_a_value_above_its_scale_is_refused() -> None:
    """The scale is the most a value can be."""
    assert refusal(pi.Given(scale=5), value=6) == "value: 6 is above 5"


def test_a_truth_value_is_no_number() -> None:
    """True is refused where a number is expected."""
    assert "truth value" in refusal(pi.Given(), points=True)


def test_an_unknown_input_is_refused_with_the_near_miss() -> None:
    """A misspelt input names the one that was meant."""
    assert refusal(pi.Given(), point=1) == "point: unknown input, expected points; did you mean 'points'?"


def test_nothing_observed_is_missing() -> None:
    """Without any input the one that is asked for is missing, and nothing is wrong."""
    reading = pi.Given(scale=10).read({}, TEN)
    assert (reading.missing, reading.faults) == (("value",), ())


def test_an_unknown_maximum_takes_any_points() -> None:
    """Below an outline's unknown maximum points are not bounded from above."""
    reading = pi.Given().read({"points": 99}, None)
    assert pi.Given().award(reading.values, None).points == 99
    assert pi.Given().reach(None) == exactly(0, None)


def test_the_reach_of_a_scale_follows_its_lowest() -> None:
    """From 1 on a scale of 10 the least of 10 points is 1; without a maximum nothing is known."""
    assert pi.Given(scale=10, lowest=1).reach(TEN) == exactly(1, 10)
    assert pi.Given(scale=10, lowest=1).reach(None) == exactly(None, None)


@pytest.mark.parametrize("scale", [0, -5])
def test_a_scale_is_above_zero(scale: int) -> None:
    """A scale of 0 or less is refused when the rule is built."""
    with refused(pi.MethodologyFaults, "is not a scale"):
        pi.Given(scale=scale)


def test_a_lowest_at_the_scale_is_refused() -> None:
    """A lowest that leaves nothing of the scale is refused when the rule is built."""
    with refused(pi.MethodologyFaults, "lowest: 10 is not below the scale 10"):
        pi.Given(scale=10, lowest=10)


def test_a_lowest_above_the_maximum_is_an_error_of_check() -> None:
    """Without a scale, a lowest above the maximum is found when the maximum is known."""
    problems = list(pi.Given(lowest=11).problems(TEN))
    assert [(each.code, each.severity) for each in problems] == [("lowest-above-maximum", pi.Severity.ERROR)]
    assert not list(pi.Given(lowest=10).problems(TEN))


@pytest.mark.parametrize("rule", [pi.Given(), pi.Given(scale=100)])
def test_it_is_said_in_both_languages(rule: pi.Given) -> None:
    """The words differ by language and are never empty."""
    assert rule.in_words(TEN, lang="vi") != rule.in_words(TEN, lang="en") != ""


def test_only_plain_points_may_stand_under_the_criterion_alone() -> None:
    """A column named by the criterion alone holds points; with a scale it might be either, so it is named."""
    assert pi.Given().bare_input == "points"
    assert pi.Given(scale=100).bare_input is None
    assert pi.Ratio().bare_input is None


def test_inputs_say_whether_they_hold_a_number() -> None:
    """Points are numbers, answers and choices are not."""
    assert pi.Given().inputs[0].numeric
    assert not pi.Checklist([pi.Item("a", points=1)]).inputs[0].numeric
    assert not pi.Levels([pi.Level("a", points=1)]).inputs[0].numeric
