"""Facts about the rule ``weighted-counts``."""

from __future__ import annotations

from fractions import Fraction

import pytest

import parindex as pi
from strategies import exactly, refused

TEN = Fraction(10)
RULE = pi.WeightedCounts(credits={"full": 1, "partly": "1/2"})


def points(rule: pi.Rule, **inputs: object) -> Fraction | None:
    """Return the points of inputs that the rule accepts."""
    reading = rule.read(inputs, TEN)
    assert not reading.faults
    return rule.award(reading.values, TEN).points


def test_each_kind_counts_with_its_credit() -> None:
    """Two in full and one in part of four are 2.5 of 4."""
    assert points(RULE, total=4, full=2, partly=1) == Fraction(25, 4)


def test_nothing_counted_gives_nothing() -> None:
    """No credited case gives 0 points."""
    assert points(RULE, total=4, full=0, partly=0) == 0


def test_the_counts_may_reach_the_total_but_not_exceed_it() -> None:
    """Four kinds of four are allowed, five are not."""
    assert points(RULE, total=4, full=4, partly=0) == 10
    faults = RULE.read({"total": 4, "full": 3, "partly": 2}, TEN).faults
    assert str(faults[0]) == "total: the counts add up to 5, above total 4"


def test_counts_without_a_total_are_refused_as_too_many() -> None:
    """One of none is a contradiction, whatever an empty denominator means."""
    rule = pi.WeightedCounts(credits={"full": 1}, zero_total=pi.ZeroTotal.FULL)
    assert "above total 0" in str(rule.read({"total": 0, "full": 1}, TEN).faults[0])


@pytest.mark.parametrize(("word", "expected"), [("full", 10), ("zero", 0), ("not-applicable", None)])
def test_an_empty_denominator_does_what_the_rule_says(word: str, expected: int | None) -> None:
    """All points, none, or not applicable."""
    rule = pi.WeightedCounts(credits={"full": 1}, zero_total=pi.ZeroTotal(word))
    assert points(rule, total=0, full=0) == expected


def test_an_empty_denominator_is_an_error_by_default() -> None:
    """Without a word for it, none of none is refused."""
    assert "zero_total" in str(RULE.read({"total": 0, "full": 0, "partly": 0}, TEN).faults[0])


def test_amounts_allow_decimals() -> None:
    """Money is no count."""
    rule = pi.WeightedCounts(credits={"paid": 1}, amounts=True)
    assert points(rule, total="2.5", paid="0.5") == 2
    assert RULE.read({"total": "2.5", "full": 0, "partly": 0}, TEN).faults


def test_every_count_is_asked_for() -> None:
    """A kind that is not counted is missing, not zero."""
    assert RULE.read({"total": 4, "full": 2}, TEN).missing == ("partly",)


def test_the_reach_ends_at_the_best_credit() -> None:
    """With half a credit at best, half the maximum is within reach, or all of it for no case at all."""
    assert RULE.reach(TEN) == exactly(0, 10)
    assert pi.WeightedCounts(credits={"partly": "1/2"}).reach(TEN) == exactly(0, 5)
    assert pi.WeightedCounts(credits={"partly": "1/2"}, zero_total=pi.ZeroTotal.FULL).reach(TEN) == exactly(0, 10)


@pytest.mark.parametrize("credit", ["-0.1", "1.1"])
def test_a_credit_lies_between_nothing_and_one(credit: str) -> None:
    """Credits outside 0..1 are refused with their key."""
    with refused(pi.MethodologyFaults, r"credits\.full: .* is not a credit from 0 to 1"):
        pi.WeightedCounts(credits={"full": credit})


@pytest.mark.parametrize(
    ("key", "message"), [("total", "collide"), ("not-applicable", "reserved"), ("Full", "is not a key")]
)
def test_impossible_keys_are_refused(key: str, message: str) -> None:
    """A kind may be called neither as another input nor as the reserved word."""
    with refused(pi.MethodologyFaults, message):
        pi.WeightedCounts(credits={key: 1})


def test_no_credits_are_refused() -> None:
    """At least one kind must count."""
    with refused(pi.MethodologyFaults, "at least one credit"):
        pi.WeightedCounts(credits={})


def test_credits_are_a_table() -> None:
    """Anything but a table of credits is refused."""
    with pytest.raises(pi.NumberError, match="no table of credits"):
        pi.WeightedCounts(credits=[1])  # type: ignore[arg-type]  # a list on purpose


def test_it_is_said_in_both_languages() -> None:
    """The formula is put into words with the decimal mark of the language."""
    assert RULE.in_words(TEN, lang="vi") == "(full × 1 + partly × 0,5) / tổng số × điểm tối đa"
    assert RULE.in_words(TEN, lang="en") == "(full × 1 + partly × 0.5) / total × maximum points"


def test_it_explains_the_credited_counts() -> None:
    """The sentence lists the counts and the formula with them."""
    from parindex._methodology.words import Writer

    said = RULE.award(RULE.read({"total": 4, "full": 2, "partly": 1}, TEN).values, TEN).say(Writer("en"))
    assert said == "full 2, partly 1, hence 10 × (1 × 2 + 0.5 × 1)/4 = 6.25 points"
