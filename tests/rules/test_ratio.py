"""Facts about the rule ``ratio``."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import parindex as pi
from strategies import exactly

TEN = Fraction(10)


def points(rule: pi.Rule, **inputs: object) -> Fraction | None:
    """Return the points of inputs that the rule accepts."""
    reading = rule.read(inputs, TEN)
    assert not reading.faults
    return rule.award(reading.values, TEN).points


def refusal(rule: pi.Rule, **inputs: object) -> str:
    """Return what the rule says against inputs."""
    return "; ".join(map(str, rule.read(inputs, TEN).faults))


@pytest.mark.parametrize(("done", "expected"), [(56, Fraction(0)), (57, Fraction(57, 10)), (58, Fraction(29, 5))])
def test_a_threshold_is_met_exactly(done: int, expected: Fraction) -> None:
    """57 of 100 meets 57 %, 56 does not."""
    assert points(pi.Ratio(from_="57%"), done=done, total=100) == expected


def test_a_threshold_that_no_float_holds_is_met_exactly() -> None:
    """29 of 100 meets 29 %, though 0.29 × 100 is less than 29 in binary."""
    assert points(pi.Ratio(from_="29%"), done=29, total=100) == Fraction(29, 10)


@pytest.mark.parametrize(("done", "expected"), [(89, Fraction(890, 90)), (90, TEN), (95, TEN), (100, TEN)])
def test_all_points_from_full_at_on(done: int, expected: Fraction) -> None:
    """From 90 % on the maximum is given, below it the rate over 90 %."""
    assert points(pi.Ratio(full_at="90%"), done=done, total=100) == expected


def test_inverse_counts_what_is_missing() -> None:
    """5 faulty of 100 are 95 %, which meets a threshold of 95 %."""
    assert points(pi.Ratio(inverse=True, from_="95%"), done=5, total=100) == Fraction(19, 2)
    assert points(pi.Ratio(inverse=True, from_="95%"), done=6, total=100) == 0


def test_an_inverse_rate_beyond_the_whole_gives_nothing() -> None:
    """More faulty than there are leaves nothing, never less."""
    assert points(pi.Ratio(inverse=True, may_exceed=True), percent=150) == 0


def test_beyond_the_whole_is_refused_unless_it_may_exceed() -> None:
    """Done above total, or above 100 %, needs may_exceed; the maximum stays the most."""
    assert refusal(pi.Ratio(), done=3, total=2) == "done: 3 is above total 2"
    assert refusal(pi.Ratio(), percent=101) == "percent: 101 is above 100"
    assert points(pi.Ratio(may_exceed=True), done=3, total=2) == TEN
    assert points(pi.Ratio(may_exceed=True), percent=150) == TEN


def test_counts_are_whole_unless_amounts_are_allowed() -> None:
    """Half a file is refused, half a million is not."""
    assert refusal(pi.Ratio(), done="0.5", total=1) == "done: 0.5 is not a whole number"
    assert points(pi.Ratio(amounts=True), done="0.5", total=2) == Fraction(5, 2)


def test_counts_are_not_negative() -> None:
    """A negative count is refused."""
    assert refusal(pi.Ratio(), done=-1, total=2) == "done: -1 is negative"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (95, "9.5"),
        ("95", "9.5"),
        ("95%", "9.5"),
        ("95 %", "9.5"),
        ("0.95%", "0.095"),
        (0, "0"),
        (1, "0.1"),
        ("100%", "10"),
    ],
)
def test_a_percent_is_a_number_of_percent(written: object, expected: str) -> None:
    """95 and "95%" both mean 95 %; below one the sign must be written."""
    assert points(pi.Ratio(), percent=written) == Fraction(expected)


@pytest.mark.parametrize("written", [0.95, "0.95", Fraction(1, 2)])
def test_a_bare_percent_below_one_is_ambiguous(written: object) -> None:
    """A spreadsheet's cell of 95 % holds 0.95: it is refused with both readings."""
    assert "is ambiguous" in refusal(pi.Ratio(), percent=written)
    assert refusal(pi.Ratio(), percent="0.95") == "percent: 0.95 is ambiguous: write 0.95% or 95%"


def test_counts_or_a_percent_not_both() -> None:
    """Either of them says the rate."""
    assert "not both" in refusal(pi.Ratio(), done=1, total=2, percent=50)


@pytest.mark.parametrize(
    ("inputs", "missing"),
    [({}, ("done", "total")), ({"done": 1}, ("total",)), ({"percent": 5}, ()), ({"total": 4}, ("done",))],
)
def test_what_is_missing_is_named(inputs: dict[str, Any], missing: tuple[str, ...]) -> None:
    """Counts are asked for together, and a percent stands in for both."""
    assert pi.Ratio().read(inputs, TEN).missing == missing


@pytest.mark.parametrize(("word", "expected"), [("full", 10), ("zero", 0), ("not-applicable", None)])
def test_an_empty_denominator_does_what_the_rule_says(word: str, expected: int | None) -> None:
    """All points, none, or not applicable."""
    assert points(pi.Ratio(zero_total=pi.ZeroTotal(word)), done=0, total=0) == expected


def test_an_empty_denominator_is_an_error_by_default() -> None:
    """Without a word for it, 0 of 0 is refused."""
    assert refusal(pi.Ratio(), done=0, total=0) == "total: is 0 and the rule does not say what that means (zero_total)"


@pytest.mark.parametrize(
    ("rule", "high"),
    [
        (pi.Ratio(), TEN),
        (pi.Ratio(full_at="120%"), Fraction(25, 3)),
        (pi.Ratio(full_at="120%", may_exceed=True), TEN),
        (pi.Ratio(full_at="120%", may_exceed=True, inverse=True), Fraction(25, 3)),
        (pi.Ratio(full_at="120%", zero_total=pi.ZeroTotal.FULL), TEN),
        (pi.Ratio(from_="110%", full_at="120%"), Fraction(0)),
    ],
)
def test_the_reach_knows_rates_that_cannot_be(rule: pi.Ratio, high: Fraction) -> None:
    """A rate of full points above 100 % is out of reach, unless rates may exceed."""
    assert rule.reach(TEN) == exactly(0, high)


def test_a_threshold_above_the_rate_of_full_points_is_an_error_of_check() -> None:
    """From 95 % with all points at 90 % contradicts itself."""
    assert [each.code for each in pi.Ratio(from_="95%", full_at="90%").problems(TEN)] == ["from-above-full"]
    assert not list(pi.Ratio(from_="90%", full_at="90%").problems(TEN))


def test_rates_of_the_rule_are_written_as_percents() -> None:
    """A plain number is refused as ambiguous."""
    with pytest.raises(pi.NumberError, match="is not a rate"):
        pi.Ratio(from_=80)
    with pytest.raises(pi.NumberError, match="is not a rate"):
        pi.Ratio(full_at="0.8")


def test_impossible_rates_are_refused() -> None:
    """Full points at 0 % and a negative threshold are refused, both at once."""
    with pytest.raises(pi.MethodologyFaults) as caught:
        pi.Ratio(full_at="0%", from_="-1%")
    assert {str(each).partition(":")[0] for each in caught.value.exceptions} == {"full_at", "from"}


@pytest.mark.parametrize("word", ["error", "full", "zero", "not-applicable"])
@pytest.mark.parametrize("inverse", [False, True])
def test_it_is_said_in_both_languages(word: str, inverse: bool) -> None:
    """Proportion, thresholds and an empty denominator are put into words."""
    rule = pi.Ratio(from_="57%", full_at="90%", inverse=inverse, zero_total=pi.ZeroTotal(word))
    assert "57 %" in rule.in_words(TEN, lang="vi")
    assert "90 %" in rule.in_words(TEN, lang="en")
    assert ("none arising" in rule.in_words(TEN, lang="en")) == (word != "error")


def test_the_sentence_of_the_design_is_given() -> None:
    """190 of 200 from 80 % on is explained as a person would write it."""
    from parindex._methodology.words import Writer

    rule = pi.Ratio(from_="80%")
    award = rule.award(rule.read({"done": 190, "total": 200}, Fraction(60)).values, Fraction(60))
    assert award.say(Writer("vi")) == "190/200 = 95,00 % ≥ 80 % nên được 60 × 95 % = 57,00 điểm"
    assert award.say(Writer("en")) == "190/200 = 95.00 % ≥ 80 %, hence 60 × 95 % = 57.00 points"


@pytest.mark.parametrize(
    ("rule", "inputs", "expected"),
    [
        (pi.Ratio(), {"percent": 50}, "50 %, hence 10 × 50 % = 5.00 points"),
        (pi.Ratio(), {"percent": 0}, "0 %, hence 10 × 0 % = 0.00 points"),
        (pi.Ratio(), {"done": 187, "total": 193}, "187/193 ≈ 96.89 %, hence 10 × 187/193 ≈ 9.69 points"),
        (pi.Ratio(from_="57%"), {"done": 56, "total": 100}, "56/100 = 56.00 % < 57 %, hence 0.00 points"),
        (
            pi.Ratio(full_at="90%"),
            {"done": 95, "total": 100},
            "95/100 = 95.00 % ≥ 90 % (the rate of full points), hence 10.00 points",
        ),
        (pi.Ratio(full_at="80%"), {"done": 1, "total": 2}, "1/2 = 50.00 %, hence 10 × 50 % / 80 % = 6.25 points"),
        (pi.Ratio(inverse=True), {"percent": 5}, "100 % − 5 % = 95.00 %, hence 10 × 95 % = 9.50 points"),
        (
            pi.Ratio(inverse=True),
            {"done": 1, "total": 3},
            "1 − 1/3 ≈ 66.67 %, hence 10 × (1 − 1/3) ≈ 6.67 points",
        ),
        (pi.Ratio(zero_total=pi.ZeroTotal.FULL), {"done": 0, "total": 0}, "the total is 0, by the rule 10.00 points"),
    ],
)
def test_each_way_to_the_points_has_its_sentence(rule: pi.Ratio, inputs: dict[str, object], expected: str) -> None:
    """Percentages, counts, thresholds, inverse rates and empty denominators are explained as they were stated."""
    from parindex._methodology.words import Writer

    assert rule.award(rule.read(inputs, TEN).values, TEN).say(Writer("en")) == expected
