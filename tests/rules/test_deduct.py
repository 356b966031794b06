"""Facts about the rule ``deduct``."""

from __future__ import annotations

from fractions import Fraction

import pytest

import parindex as pi
from strategies import exactly, refused

TEN = Fraction(10)


def rule_of(
    *, lowest: object = 0, amounts: bool = False, levels: tuple[pi.Level, ...] = (), **late: object
) -> pi.Deduct:
    """Return a rule with one fault, late, of one point each, and what else is said of it."""
    fault = pi.DeductFault("late", **{"points": 1, **late})  # type: ignore[arg-type]  # any words of the fault
    return pi.Deduct(faults=[fault], lowest=lowest, amounts=amounts, levels=levels)


def points(rule: pi.Rule, **inputs: object) -> Fraction | None:
    """Return the points of inputs that the rule accepts."""
    reading = rule.read(inputs, TEN)
    assert not reading.faults
    return rule.award(reading.values, TEN).points


def codes(rule: pi.Rule) -> list[tuple[str, str]]:
    """Return the code and the place of each problem."""
    return [(each.code, each.path) for each in rule.problems(TEN)]


def test_without_levels_the_start_is_the_maximum() -> None:
    """No fault leaves all points, three leave 7 of 10."""
    assert points(rule_of(), late=0) == 10
    assert points(rule_of(), late=3) == 7


def test_a_share_is_a_part_of_the_maximum() -> None:
    """Two times a quarter of 10 leave 5."""
    assert points(rule_of(points=None, share="1/4"), late=2) == 5


def test_nothing_is_left_below_the_lowest() -> None:
    """Eleven faults of 10 leave 0, or -1 where the lowest is below."""
    assert points(rule_of(), late=11) == 0
    assert points(rule_of(lowest=-5), late=11) == -1
    assert points(rule_of(lowest=-5), late=99) == -5
    assert points(rule_of(lowest=2), late=9) == 2


@pytest.mark.parametrize(("count", "expected"), [(2, 8), (3, 7), (4, 7)])
def test_a_cap_is_the_most_a_fault_takes(count: int, expected: int) -> None:
    """The fourth of a fault capped at 3 takes nothing more."""
    assert points(rule_of(cap=3), late=count) == expected


@pytest.mark.parametrize(("count", "expected"), [(1, 9), (2, 0), (3, 0)])
def test_from_wipe_at_on_the_whole_start_is_taken(count: int, expected: int) -> None:
    """The second of a fault that wipes at 2 takes everything, whatever its cap."""
    assert points(rule_of(wipe_at=2, cap=3), late=count) == expected


def test_faults_add_up_and_one_may_wipe_beside_others() -> None:
    """Each fault takes its own; a wipe takes the start once, and other faults go on from there."""
    late, absent = pi.DeductFault("late", points=1, cap=2), pi.DeductFault("absent", points=5, wipe_at=2)
    rule = pi.Deduct(faults=[late, absent], lowest=-10)
    assert points(rule, late=5, absent=1) == 3
    assert points(rule, late=5, absent=2) == -2


def test_a_chosen_level_is_the_start() -> None:
    """From the half level on, two faults leave 3."""
    levels = (pi.Level("whole", share=1), pi.Level("half", share="1/2"))
    rule = rule_of(levels=levels)
    assert points(rule, level="half", late=2) == 3
    assert rule.read({"late": 2}, TEN).missing == ("level",)


def test_a_level_below_zero_is_not_given_back_by_a_wipe() -> None:
    """A start of -2 that is wiped stays -2 where the lowest allows it."""
    rule = rule_of(levels=(pi.Level("bad", points=-2),), lowest=-2, wipe_at=1)
    assert points(rule, level="bad", late=1) == -2


def test_counts_are_whole_unless_amounts_are_allowed() -> None:
    """Half a day counts only where amounts are allowed."""
    assert "not a whole number" in str(rule_of().read({"late": "0.5"}, TEN).faults[0])
    assert points(rule_of(amounts=True), late="0.5") == Fraction(19, 2)


@pytest.mark.parametrize(
    ("rule", "low"),
    [
        (rule_of(lowest=-100), -100),
        (rule_of(lowest=-100, cap=3), 7),
        (rule_of(lowest=-100, wipe_at=3), 0),
        (rule_of(lowest=-100, wipe_at=3, cap=1), 0),
        (rule_of(lowest=8, cap=3), 8),
    ],
)
def test_the_reach_ends_where_every_fault_took_all_it_can(rule: pi.Deduct, low: int) -> None:
    """Caps and wipes limit what can be lost, else it is the lowest."""
    assert rule.reach(TEN) == exactly(low, 10)


def test_the_reach_begins_at_the_best_level() -> None:
    """With levels the most is the best of them, not the maximum."""
    assert rule_of(levels=(pi.Level("half", share="1/2"), pi.Level("none", points=0))).reach(TEN) == exactly(0, 5)


def test_a_wipe_that_gives_points_back_is_an_error_of_check() -> None:
    """Where two of a fault take more than the start and the third only the start, the third would raise the points."""
    assert codes(rule_of(points=8, wipe_at=3, lowest=-100)) == [("wipe-gives-back", "faults[0].wipe_at")]
    assert codes(rule_of(points=8, wipe_at=3)) == []
    assert codes(rule_of(points=5, wipe_at=3, lowest=-100)) == []


def test_a_lowest_or_a_level_above_the_maximum_is_an_error_of_check() -> None:
    """Neither may give more than the criterion has."""
    assert codes(rule_of(lowest=11)) == [("lowest-above-maximum", "lowest")]
    assert codes(rule_of(levels=(pi.Level("much", points=11),))) == [("points-above-maximum", "levels[0]")]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"points": 0}, r"faults\[0\]\.points: expected more than 0"),
        ({"points": None, "share": "-1/2"}, r"faults\[0\]\.share: expected more than 0"),
        ({"cap": 0}, r"faults\[0\]\.cap: expected more than 0"),
        ({"wipe_at": 0}, r"faults\[0\]\.wipe_at: expected 1 or more"),
    ],
)
def test_a_fault_takes_something_off(words: dict[str, object], message: str) -> None:
    """Points, caps and wipes of nothing or less are refused."""
    with refused(pi.MethodologyFaults, message):
        rule_of(**words)  # type: ignore[arg-type]  # any words of the fault


def test_impossible_keys_are_refused() -> None:
    """A fault called level collides with the level asked for, but only where one is asked for."""
    fault = pi.DeductFault("level", points=1)
    assert pi.Deduct(faults=[fault]).inputs[0].name == "level"
    with refused(pi.MethodologyFaults, "collide"):
        pi.Deduct(faults=[fault], levels=[pi.Level("a", points=1)])
    with refused(pi.MethodologyFaults, "stands twice"):
        pi.Deduct(faults=[fault, fault])
    with refused(pi.MethodologyFaults, "is reserved"):
        pi.Deduct(faults=[pi.DeductFault("not-applicable", points=1)])


def test_no_faults_are_refused() -> None:
    """There must be something to take off."""
    with refused(pi.MethodologyFaults, "at least one fault"):
        pi.Deduct(faults=[])


def test_it_is_said_in_both_languages() -> None:
    """Start, faults, caps, wipes and the lowest are put into words."""
    levels = (pi.Level("half", share="1/2"),)
    rule = rule_of(levels=levels, cap=3, wipe_at=5, lowest=-1, per="day", vi="Trễ", en="Late")
    assert rule.in_words(TEN, lang="en") == (
        "One of: half: 50 % of the maximum points; Late: -1 point/day (at most 3 points) (from 5 on: all of it); "
        "at least -1 points"
    )
    assert "trừ tối đa 3 điểm" in rule.in_words(TEN, lang="vi")
    assert "at least" not in rule_of().in_words(TEN, lang="en")


def test_it_explains_each_loss() -> None:
    """The sentence names the start, each loss with its limit, and what is left at least."""
    from parindex._methodology.words import Writer

    rule = rule_of(cap=3, wipe_at=5, per="day", vi="Trễ", en="Late")
    said = {count: rule.award({"late": Fraction(count)}, TEN).say(Writer("en")) for count in (0, 1, 4, 5)}
    assert said[0] == "start 10; leaves 10.00 points"
    assert said[1] == "start 10; Late: 1 day × 1 = 1; leaves 10 − 1 = 9.00 points"
    assert said[4] == "start 10; Late: 4 days × 1 = 4, at most 3; leaves 10 − 3 = 7.00 points"
    assert said[5] == "start 10; Late: 5 days (5 or more): takes the whole 10; leaves 10 − 10 = 0.00 points"
    low = rule_of(lowest=2, levels=(pi.Level("half", share="1/2"),))
    told = low.award({"level": "half", "late": Fraction(4)}, TEN).say(Writer("vi"))
    assert told == "half: điểm ban đầu 5; late: 4 lần × 1 = 4; còn 5 − 4 = 1, thấp nhất 2: 2,00 điểm"
