"""Facts about the rule ``survey``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

import parindex as pi
from strategies import exactly, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

TEN = Fraction(10)
OPTIONS = (pi.SurveyOption("good", share=1, vi="Tốt", en="Good"), pi.SurveyOption("fair", share="60%"))
RULE = pi.Survey(options=OPTIONS)
GROUPED = pi.Survey(options=OPTIONS, groups=[pi.SurveyGroup("people", weight=3), pi.SurveyGroup("firms")])


def points(rule: pi.Rule, inputs: Mapping[str, object]) -> Fraction | None:
    """Return the points of inputs that the rule accepts."""
    reading = rule.read(inputs, TEN)
    assert not reading.faults
    return rule.award(reading.values, TEN).points


def grouped(*counts: int) -> dict[str, object]:
    """Return counts of good and fair by people, then by firms."""
    return dict(zip(("people/good", "people/fair", "firms/good", "firms/fair"), counts, strict=True))


def test_the_mean_share_of_the_answers_counts() -> None:
    """One good and three fair are a mean of 70 %."""
    assert points(RULE, {"good": 1, "fair": 3}) == 7


def test_groups_count_by_weight_not_by_number() -> None:
    """People at 100 % weigh three times firms at 60 %, however many answered."""
    assert points(GROUPED, grouped(1, 0, 0, 50)) == 9


def test_weights_are_normalised_over_the_groups_that_answered() -> None:
    """Where no firm answered, the people alone decide."""
    assert points(GROUPED, grouped(0, 2, 0, 0)) == 6


def test_a_group_that_is_not_counted_is_missing() -> None:
    """Not counted is not nobody."""
    assert GROUPED.read({"people/good": 1, "people/fair": 1}, TEN).missing == ("firms/good", "firms/fair")


@pytest.mark.parametrize(("word", "expected"), [("full", 10), ("zero", 0), ("not-applicable", None)])
def test_nobody_answering_does_what_the_rule_says(word: str, expected: int | None) -> None:
    """All points, none, or not applicable."""
    rule = pi.Survey(options=OPTIONS, zero_total=pi.ZeroTotal(word))
    assert points(rule, {"good": 0, "fair": 0}) == expected
    assert rule.may_not_apply == (expected is None)


def test_nobody_answering_is_an_error_by_default() -> None:
    """Without a word for it, no answers at all are refused."""
    assert "nobody answered" in str(GROUPED.read(grouped(0, 0, 0, 0), TEN).faults[0])


def test_counts_are_whole_and_not_negative() -> None:
    """Half an answer and less than none are refused."""
    assert len(RULE.read({"good": "0.5", "fair": -1}, TEN).faults) == 2


def test_the_reach_is_from_the_worst_answer_to_the_best() -> None:
    """All fair is 60 %, all good 100 %; nobody answering may go beyond both."""
    assert RULE.reach(TEN) == exactly(6, 10)
    low = pi.Survey(options=[pi.SurveyOption("fair", share="60%")], zero_total=pi.ZeroTotal.FULL)
    assert low.reach(TEN) == exactly(6, 10)
    assert pi.Survey(options=OPTIONS, zero_total=pi.ZeroTotal.ZERO).reach(TEN) == exactly(0, 10)


def test_shares_are_parts_of_the_whole() -> None:
    """A negative share is refused when the rule is built, one above the whole when it is read."""
    with refused(pi.MethodologyFaults, r"options\[0\]\.share: -0.5 is negative"):
        pi.Survey(options=[pi.SurveyOption("bad", share="-1/2")])
    with pytest.raises(pi.NumberError, match="more than the whole"):
        pi.SurveyOption("good", share=2)


def test_weights_are_above_zero() -> None:
    """A group without weight is refused."""
    with refused(pi.MethodologyFaults, r"groups\[0\]\.weight: expected a weight above 0"):
        pi.Survey(options=OPTIONS, groups=[pi.SurveyGroup("people", weight=0)])


def test_impossible_keys_are_refused() -> None:
    """Keys of options and groups stand once and leave the reserved word alone."""
    with refused(pi.MethodologyFaults, r"options\[1\]\.key: .* stands twice"):
        pi.Survey(options=[OPTIONS[0], OPTIONS[0]])
    with refused(pi.MethodologyFaults, r"groups\[0\]\.key: .* is reserved"):
        pi.Survey(options=OPTIONS, groups=[pi.SurveyGroup("not-applicable")])


def test_no_options_are_refused() -> None:
    """There must be something to answer."""
    with refused(pi.MethodologyFaults, "at least one option"):
        pi.Survey(options=[])


def test_it_is_said_in_both_languages() -> None:
    """Answers with their shares and groups with their weights are put into words."""
    assert RULE.in_words(TEN, lang="vi") == "Điểm tối đa × bình quân các câu trả lời: Tốt 100 %, fair 60 %"
    assert GROUPED.in_words(TEN, lang="en").endswith("Good 100 %, fair 60 %; weights: people 3, firms 1")


def test_it_explains_the_mean_of_each_group() -> None:
    """The sentence shows every count with its share, and with groups the weighted mean of means."""
    from parindex._methodology.words import Writer

    said = RULE.award({"good": Fraction(1), "fair": Fraction(3)}, TEN).say(Writer("en"))
    assert said == "(1 × 100 % + 3 × 60 %)/4 = 70.00 %, hence 10 × 2.8/4 = 7.00 points"
    values = GROUPED.read(grouped(1, 0, 0, 50), TEN).values
    said = GROUPED.award(values, TEN).say(Writer("en"))
    assert said.startswith("people: (1 × 100 % + 0 × 60 %)/1 = 100.00 %; firms: ")
    assert said.endswith("= 9.00 points")
