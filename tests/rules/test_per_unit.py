"""Facts about the rule ``per-unit``."""

from __future__ import annotations

from fractions import Fraction

import pytest

import parindex as pi
from strategies import exactly, refused

TWO = Fraction(2)
RULE = pi.PerUnit(points="0.5")


@pytest.mark.parametrize(("count", "expected"), [(0, Fraction(0)), (3, Fraction(3, 2)), (4, TWO), (5, TWO)])
def test_each_counts_up_to_the_maximum(count: int, expected: Fraction) -> None:
    """Three times 0.5 are 1.5; the fifth of 2 points adds nothing."""
    assert RULE.award(RULE.read({"count": count}, TWO).values, TWO).points == expected


def test_counts_are_whole_and_not_negative() -> None:
    """Half a one and less than none are refused."""
    assert "not a whole number" in str(RULE.read({"count": "0.5"}, TWO).faults[0])
    assert "negative" in str(RULE.read({"count": -1}, TWO).faults[0])


def test_amounts_allow_decimals() -> None:
    """2.5 million at 0.5 each are 1.25 points."""
    rule = pi.PerUnit(points="0.5", amounts=True)
    assert rule.award(rule.read({"count": "2.5"}, TWO).values, TWO).points == Fraction(5, 4)


def test_the_reach_is_nothing_to_the_maximum() -> None:
    """Enough of them reach any maximum."""
    assert RULE.reach(TWO) == exactly(0, 2)


@pytest.mark.parametrize("points", [0, -1])
def test_each_gives_more_than_nothing(points: int) -> None:
    """Zero or fewer points for each are refused."""
    with refused(pi.MethodologyFaults, "is not above 0"):
        pi.PerUnit(points=points)


def test_it_is_said_in_both_languages() -> None:
    """The points for each stand with the decimal mark of the language."""
    assert RULE.in_words(TWO, lang="vi") == "Mỗi đơn vị: 0,5 điểm, không quá điểm tối đa"
    assert RULE.in_words(TWO, lang="en") == "Each: 0.5 points, up to the maximum"


def test_it_explains_the_product_and_what_holds_it() -> None:
    """Below the maximum the product is the sentence, above it the maximum is named."""
    from parindex._methodology.words import Writer

    assert RULE.award({"count": Fraction(3)}, TWO).say(Writer("en")) == "3 × 0.5 = 1.50 points"
    assert RULE.award({"count": Fraction(5)}, TWO).say(Writer("vi")) == "5 × 0,5 = 2,5, nhiều nhất 2: 2,00 điểm"
