"""Facts about the rule ``checklist``."""

from __future__ import annotations

from fractions import Fraction

import pytest

import parindex as pi
from strategies import exactly, refused

TEN = Fraction(10)
RULE = pi.Checklist([pi.Item("posted", points=6, vi="Niêm yết", en="Posted"), pi.Item("badges", share="50%")])


def points(posted: object, badges: object) -> Fraction | None:
    """Return the points of two answers that the rule accepts."""
    reading = RULE.read({"posted": posted, "badges": badges}, TEN)
    assert not reading.faults
    return RULE.award(reading.values, TEN).points


def test_the_items_met_add_up() -> None:
    """One item gives its points, none gives nothing."""
    assert points("yes", "no") == 6
    assert points("no", "yes") == 5
    assert points("no", "no") == 0


def test_the_sum_is_held_at_the_maximum() -> None:
    """6 and 5 of 10 are 10."""
    assert points("yes", "yes") == 10


@pytest.mark.parametrize("word", ["yes", "YES", " yes ", "true", "True", "1", 1, True, "có", "CÓ", "Có", "co\u0301"])
def test_words_that_mean_yes(word: object) -> None:
    """Yes is read in English, Vietnamese (decomposed too) and as spreadsheets write it."""
    assert points(word, "no") == 6


@pytest.mark.parametrize("word", ["no", "No", "false", "FALSE", "0", 0, False, "không", "KHÔNG"])
def test_words_that_mean_no(word: object) -> None:
    """No is read in English, Vietnamese and as spreadsheets write it."""
    assert points(word, "no") == 0


@pytest.mark.parametrize("word", ["maybe", "x", "2", 2, "khong", "-"])
def test_anything_else_is_refused(word: object) -> None:
    """What is neither yes nor no is refused with the words that are read."""
    faults = RULE.read({"posted": word, "badges": "no"}, TEN).faults
    assert [fault.place.at for fault in faults] == ["posted"]
    assert "neither yes nor no (yes, no, true, false, 1, 0, có, không)" in str(faults[0])


def test_an_item_that_is_not_answered_is_missing() -> None:
    """Not answered is not no."""
    assert RULE.read({"posted": "yes"}, TEN).missing == ("badges",)


def test_the_reach_is_nothing_to_everything_met() -> None:
    """All items give at most the maximum, or less if they do not come to it."""
    assert RULE.reach(TEN) == exactly(0, 10)
    assert pi.Checklist([pi.Item("posted", points=6)]).reach(TEN) == exactly(0, 6)


def test_an_item_takes_nothing_off() -> None:
    """A negative item is refused with the rule that is meant."""
    with refused(pi.MethodologyFaults, r"items\[1\]: an item adds points; .* deduct rule"):
        pi.Checklist([pi.Item("a", points=0), pi.Item("b", share="-1/2")])


@pytest.mark.parametrize(("keys", "message"), [(("a", "a"), "stands twice"), (("not-applicable",), "is reserved")])
def test_impossible_keys_are_refused(keys: tuple[str, ...], message: str) -> None:
    """Keys stand once and leave the reserved word alone."""
    with refused(pi.MethodologyFaults, message):
        pi.Checklist([pi.Item(key, points=1) for key in keys])


def test_no_items_are_refused() -> None:
    """There must be something to tick."""
    with refused(pi.MethodologyFaults, "at least one item"):
        pi.Checklist([])


def test_it_is_said_in_both_languages() -> None:
    """Each item stands with its points, and that they add up where their sum is not the maximum."""
    assert RULE.in_words(TEN, lang="vi") == "Cộng điểm các nội dung đạt: Niêm yết: 6 điểm; badges: 50 % điểm tối đa"
    assert RULE.in_words(TEN, lang="en") == "The sum of: Posted: 6 points; badges: 50 % of the maximum points"


def test_it_explains_what_was_met_and_held() -> None:
    """The sentence lists the items met, their sum and the maximum that holds it."""
    from parindex._methodology.words import Writer

    award = RULE.award({"posted": True, "badges": True}, TEN)
    assert award.say(Writer("en")) == "met: Posted 6; badges 5; 6 + 5 = 11, at most 10: 10.00 points"
    award = RULE.award({"posted": False, "badges": False}, TEN)
    assert award.say(Writer("vi")) == "không đạt nội dung nào nên được 0,00 điểm"


def test_it_explains_a_sum_below_the_maximum() -> None:
    """Without a limit the sum alone is the sentence."""
    from parindex._methodology.words import Writer

    said = RULE.award({"posted": True, "badges": False}, TEN).say(Writer("en"))
    assert said == "met: Posted 6; 6.00 points"
