"""Facts about the rule ``levels``."""

from __future__ import annotations

from fractions import Fraction

import pytest

import parindex as pi
from strategies import exactly, refused

TEN = Fraction(10)
RULE = pi.Levels(
    [
        pi.Level("on-time", points=10, vi="Đúng hạn", en="On time"),
        pi.Level("late", share="1/4"),
        pi.Level("none", points=-2),
    ]
)


def points(level: object) -> Fraction | None:
    """Return the points of a level that the rule accepts."""
    reading = RULE.read({"level": level}, TEN)
    assert not reading.faults
    return RULE.award(reading.values, TEN).points


def refusal(*, level: object) -> str:
    """Return what the rule says against a level."""
    return "; ".join(map(str, RULE.read({"level": level}, TEN).faults))


def test_the_chosen_level_gives_its_points() -> None:
    """Points stated outright count as they are."""
    assert points("on-time") == 10


def test_a_share_is_a_part_of_the_maximum() -> None:
    """A quarter of 10 points is 2.5."""
    assert points("late") == Fraction(5, 2)


def test_a_level_may_be_negative() -> None:
    """A level may take points off."""
    assert points("none") == -2


def test_the_key_is_trimmed() -> None:
    """Blanks around a key do not matter."""
    assert points(" late ") == Fraction(5, 2)


def test_an_unknown_level_is_refused_with_the_near_miss() -> None:
    """A misspelt level names all levels and the one that was meant."""
    assert refusal(level="on-tim") == "level: 'on-tim' is none of on-time, late, none; did you mean 'on-time'?"


def test_a_truth_value_is_no_level() -> None:
    """True is refused as a level."""
    assert "is none of" in refusal(level=True)


def test_a_number_may_name_a_level() -> None:
    """A level whose key is a number may be observed as that number."""
    rule = pi.Levels([pi.Level("1", points=3), pi.Level("2", points=5)])
    assert rule.award(rule.read({"level": 2}, TEN).values, TEN).points == 5


def test_the_reach_is_from_the_least_level_to_the_greatest() -> None:
    """The least level here is -2, the greatest 10."""
    assert RULE.reach(TEN) == exactly(-2, 10)


def test_a_level_above_the_maximum_is_an_error_of_check() -> None:
    """Ten points are above a maximum of 8; two of the levels are not."""
    assert [(each.code, each.path) for each in RULE.problems(Fraction(8))] == [("points-above-maximum", "levels[0]")]


def test_a_level_states_points_or_a_share() -> None:
    """Neither of them, or both, is refused."""
    with pytest.raises(pi.Fault, match="either points or share"):
        pi.Level("late")
    with pytest.raises(pi.Fault, match="either points or share"):
        pi.Level("late", points=1, share="1/2")


def test_a_share_above_the_whole_is_refused() -> None:
    """A share is a part of the maximum, so 150 % is refused."""
    with pytest.raises(pi.NumberError, match="more than the whole"):
        pi.Level("late", share="150%")


def test_no_levels_are_refused() -> None:
    """A choice needs something to choose."""
    with refused(pi.MethodologyFaults, "at least one level"):
        pi.Levels([])


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (("late", "late"), "stands twice"),
        (("not-applicable",), "is reserved"),
        (("Đúng-hạn",), "is not a key"),
        (("",), "is not a key"),
    ],
)
def test_impossible_keys_are_refused(keys: tuple[str, ...], message: str) -> None:
    """Keys are small segments, stand once, and leave the reserved word alone."""
    with refused(pi.MethodologyFaults, message):
        pi.Levels([pi.Level(key, points=1) for key in keys])


def test_all_faults_are_named_at_once() -> None:
    """Two impossible keys are two faults, each with its place."""
    with pytest.raises(pi.MethodologyFaults) as caught:
        pi.Levels([pi.Level("A", points=1), pi.Level("not-applicable", points=1)])
    assert [str(each).partition(":")[0] for each in caught.value.exceptions] == ["levels[0].key", "levels[1].key"]


def test_it_is_said_in_both_languages() -> None:
    """The label of a level stands in its language, its key where there is none; points below 0 need the word choose."""
    assert RULE.in_words(TEN, lang="vi").startswith("Chọn một mức: Đúng hạn: 10 điểm; late: 25 % điểm tối đa")
    assert RULE.in_words(TEN, lang="en").startswith("One of: On time: 10 points; late: 25 % of the maximum points")
