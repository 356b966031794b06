"""Facts about the rule ``best``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

import parindex as pi
from strategies import exactly, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

TEN = Fraction(10)
RATIO = pi.Ratio(zero_total=pi.ZeroTotal.NOT_APPLICABLE)
AWARD = pi.Part("award", pi.PerUnit(points=3), vi="Khen thưởng", en="Award")
RULE = pi.Best([AWARD, pi.Part("files", RATIO)])


def points(rule: pi.Rule, inputs: Mapping[str, object]) -> Fraction | None:
    """Return the points of inputs that the rule accepts."""
    reading = rule.read(inputs, TEN)
    assert not reading.faults
    return rule.award(reading.values, TEN).points


def test_the_highest_part_counts() -> None:
    """6 points for two awards beat 50 %, 90 % beats them."""
    assert points(RULE, {"award/count": 2, "files/percent": 50}) == 6
    assert points(RULE, {"award/count": 2, "files/percent": 90}) == 9


def test_a_part_that_does_not_apply_is_skipped() -> None:
    """With no files at all the awards count, even none of them."""
    assert points(RULE, {"award/count": 0, "files/done": 0, "files/total": 0}) == 0


def test_no_applicable_part_makes_the_leaf_not_applicable() -> None:
    """Where all parts can turn out not applicable, so can the whole; one part that cannot holds it."""
    rule = pi.Best([pi.Part("one", RATIO), pi.Part("two", RATIO)])
    none = {"one/done": 0, "one/total": 0, "two/done": 0, "two/total": 0}
    assert points(rule, none) is None
    assert rule.may_not_apply
    assert not RULE.may_not_apply


def test_a_missing_part_makes_the_leaf_missing() -> None:
    """What is missing is named with its key, and a percentage stands in for both counts of its part."""
    assert RULE.read({"award/count": 2}, TEN).missing == ("files/done", "files/total")
    assert RULE.read({"files/percent": 90}, TEN).missing == ("award/count",)


def test_faults_of_all_parts_are_named_with_their_keys() -> None:
    """A negative count and a rate above the whole are two faults."""
    faults = RULE.read({"award/count": -1, "files/percent": 101}, TEN).faults
    assert [fault.place.at for fault in faults] == ["award/count", "files/percent"]


def test_contradictions_within_a_part_are_named_with_their_keys() -> None:
    """Done above total, and an empty denominator that has no word, are found inside their part."""
    assert [fault.place.at for fault in RULE.read({"files/done": 3, "files/total": 2}, TEN).faults] == ["files/done"]
    rule = pi.Best([pi.Part("files", pi.Ratio()), AWARD])
    faults = rule.read({"files/done": 0, "files/total": 0, "award/count": 1}, TEN).faults
    assert [fault.place.at for fault in faults] == ["files/total"]


def test_an_unprefixed_input_is_unknown() -> None:
    """The inputs of a part carry its key."""
    assert "unknown input" in str(RULE.read({"count": 1}, TEN).faults[0])


def test_inputs_carry_the_keys_and_labels_of_their_parts() -> None:
    """Names are prefixed, references among them too, and labels say which part they belong to."""
    inputs = RULE.input_by_name
    assert list(inputs) == ["award/count", "files/done", "files/total", "files/percent"]
    assert inputs["award/count"].text.get("vi").startswith("Khen thưởng: ")
    assert inputs["files/done"].at_most == "files/total"
    assert inputs["files/percent"].instead_of == ("files/done", "files/total")


def test_the_reach_is_what_the_parts_leave_together() -> None:
    """The least is the greatest of the least of those parts that always apply, the most the best of any."""
    low = pi.Part("low", pi.Levels([pi.Level("a", points=2), pi.Level("b", points=4)]))
    negative = pi.Part("negative", pi.Levels([pi.Level("a", points=-3), pi.Level("b", points=3)]))
    assert pi.Best([low, negative]).reach(TEN) == exactly(2, 4)
    assert pi.Best([pi.Part("one", RATIO), negative]).reach(TEN) == exactly(-3, 10)
    assert pi.Best([pi.Part("one", RATIO)]).reach(TEN) == exactly(0, 10)


def test_problems_of_parts_are_placed() -> None:
    """A level above the maximum is found inside its part."""
    rule = pi.Best([AWARD, pi.Part("much", pi.Levels([pi.Level("a", points=11)]))])
    assert [(each.code, each.path) for each in rule.problems(TEN)] == [("points-above-maximum", "of[1].levels[0]")]


@pytest.mark.parametrize("inner", [pi.Best([AWARD]), pi.Relative()])
def test_some_rules_are_no_parts(inner: pi.Rule) -> None:
    """A best in a best and a comparison of units have no documented use."""
    with refused(pi.MethodologyFaults, r"of\[0\]\.type: a .* rule inside best"):
        pi.Best([pi.Part("x", inner)])


def test_impossible_keys_are_refused() -> None:
    """Keys of parts stand once and leave the reserved word alone."""
    with refused(pi.MethodologyFaults, "stands twice"):
        pi.Best([AWARD, AWARD])
    with refused(pi.MethodologyFaults, "is reserved"):
        pi.Best([pi.Part("not-applicable", pi.Given())])


def test_no_parts_are_refused() -> None:
    """There must be something to be the best of."""
    with refused(pi.MethodologyFaults, "at least one part"):
        pi.Best([])


def test_it_is_said_in_both_languages() -> None:
    """All parts stand in words, each with its label."""
    assert RULE.in_words(TEN, lang="vi").startswith("Chỉ tính mức cao nhất trong: Khen thưởng: Mỗi đơn vị")
    assert RULE.in_words(TEN, lang="en").startswith("Only the highest counts of: Award: Each: 3 points")


def test_it_explains_every_part_and_the_one_that_counts() -> None:
    """The sentence tells all parts, those that do not apply too, and the highest."""
    from parindex._methodology.words import Writer

    reading = RULE.read({"award/count": 2, "files/done": 0, "files/total": 0}, TEN)
    assert RULE.award(reading.values, TEN).say(Writer("en")) == (
        "Award: 2 × 3 = 6.00 points; files: the total is 0 (not applicable); the highest counts, 6.00 points"
    )
    alone = pi.Best([pi.Part("files", RATIO)])
    values = alone.read({"files/done": 0, "files/total": 0}, TEN).values
    assert alone.award(values, TEN).say(Writer("vi")) == "files: tổng số bằng 0 (không áp dụng)"
