"""Facts about the rule ``relative``."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import parindex as pi
from parindex._methodology.rules import Peers
from strategies import exactly, refused

TEN = Fraction(10)
FIVE = {"value": Fraction(5)}


def methodology_of(rule: dict[str, Any]) -> pi.Methodology:
    """Return a methodology of one relative leaf of 10 points."""
    from parindex._methodology.document import from_tables

    leaf = {"id": "1", "max": 10, "cite": {"source": "src"}, "rule": {"type": "relative"} | rule}
    return from_tables(
        {
            "format": "parindex.methodology/1",
            "id": "one",
            "edition": "2024",
            "years": [2024],
            "unit_kind": "province",
            "completeness": "full",
            "total": 10,
            "title": {"vi": "Một tiêu chí", "en": "One criterion"},
            "source": [{"key": "src", "title": "Quyết định số 1", "status": "illustrative"}],
            "criterion": [leaf],
        }
    )


def scored(rule: dict[str, Any], **values: object) -> list[Fraction | None]:
    """Return the points of units by their values."""
    units = [pi.Assessment(unit, {"1": {"value": value}}) for unit, value in values.items()]
    return list(pi.score_many(methodology_of(rule), units).points())


def test_the_worst_gets_nothing_the_best_everything() -> None:
    """Between the worst and the best the points are in proportion."""
    assert scored({}, a=0, b=5, c=20) == [0, Fraction(5, 2), 10]


def test_lower_may_be_better() -> None:
    """With direction lower the least value is the best."""
    assert scored({"direction": "lower"}, a=0, b=5, c=20) == [10, Fraction(15, 2), 0]


def test_a_scale_from_one_to_ten_is_ten_percent_to_all() -> None:
    """With low at 10 % the worst of 10 points gets 1 and the middle 5.5."""
    assert scored({"low": "10%"}, a=0, b=5, c=10) == [1, Fraction(11, 2), 10]


def test_high_may_stay_below_the_maximum() -> None:
    """With high at 80 % the best of 10 points gets 8."""
    assert scored({"high": "80%"}, a=0, c=10) == [0, 8]


@pytest.mark.parametrize(
    ("equal", "expected"), [(None, 9), ("high", 9), ("low", 1), ("50%", 5), ("1/4", Fraction(5, 2))]
)
def test_equal_values_earn_what_the_rule_says(equal: str | None, expected: Fraction) -> None:
    """All equal is high unless said otherwise, even for a single unit."""
    rule = {"low": "10%", "high": "90%"} | ({} if equal is None else {"all_equal": equal})
    assert scored(rule, a=3, b="3.0") == [expected, expected]
    assert scored(rule, a=3) == [expected]


def test_units_are_compared_within_their_group_where_the_rule_says_so() -> None:
    """Each group has its own worst and best."""
    methodology = methodology_of({"within": "group"})
    values = [("a", "x", 1), ("b", "x", 2), ("c", "y", 10), ("d", "y", 30), ("e", "y", 20)]
    units = [pi.Assessment(unit, {"1": {"value": value}}, group=group) for unit, group, value in values]
    assert pi.score_many(methodology, units).points() == exactly(0, 10, 0, 10, 5)
    with refused(pi.ObservationFaults, "needs a group"):
        pi.score_many(methodology, [pi.Assessment("a", {"1": {"value": 1}})])


def test_an_unranked_unit_is_compared_all_the_same() -> None:
    """The best value counts though its unit is not ranked."""
    units = [pi.Assessment("a", {"1": {"value": 1}}), pi.Assessment("b", {"1": {"value": 3}})]
    units.append(pi.Assessment("c", {"1": {"value": 5}}, unranked="thí điểm"))
    board = pi.score_many(methodology_of({}), units)
    assert board.points() == exactly(0, 5, 10)
    assert tuple(board.ranks()) == (2, 1, 0)


def test_a_unit_that_it_does_not_concern_is_not_compared() -> None:
    """Not applicable has no value."""
    units = [pi.Assessment(unit, {"1": {"value": value}}) for unit, value in (("a", 1), ("b", 3))]
    units.append(pi.Assessment("c", {"1": pi.NotApplicable("không có số liệu")}))
    assert pi.score_many(methodology_of({}), units).points() == exactly(0, 10, None)


def test_one_unit_alone_is_refused_with_the_way_out() -> None:
    """Scoring one unit names score_many."""
    with pytest.raises(pi.PopulationError, match="score_many"):
        pi.score(methodology_of({}), pi.Assessment("a", {"1": {"value": 1}}))
    with pytest.raises(pi.PopulationError, match="score_many"):
        pi.Relative().award(FIVE, TEN)


def test_a_missing_value_leaves_all_units_between_low_and_high() -> None:
    """While one unit lacks its value, all of them are provisional within the ends of the rule."""
    units = [pi.Assessment("a", {"1": {"value": 1}}), pi.Assessment("b")]
    board = pi.score_many(methodology_of({"low": "10%"}), units, partial=True)
    assert set(board.status) == {pi.Status.PROVISIONAL}
    for card in board.cards:
        assert card.bounds is not None
        assert card.bounds.points == exactly(1, 10)


def test_the_reach_is_low_to_high() -> None:
    """The ends are parts of the maximum; without one nothing is known."""
    assert pi.Relative(low="10%", high="80%").reach(TEN) == exactly(1, 8)
    assert pi.Relative().reach(None) == exactly(None, None)


@pytest.mark.parametrize(
    "words", [{"low": "50%", "high": "50%"}, {"low": "60%", "high": "50%"}, {"low": "-1%"}, {"high": "101%"}]
)
def test_impossible_ends_are_refused(words: dict[str, str]) -> None:
    """Low is below high, both within 0 % and 100 %."""
    with refused(pi.MethodologyFaults, "expected 0% <= low < high <= 100%"):
        pi.Relative(**words)


def test_equal_values_earn_no_more_than_high_and_no_less_than_low() -> None:
    """A share for equal values lies between the ends."""
    with refused(pi.MethodologyFaults, "all_equal: expected a share between low and high"):
        pi.Relative(low="20%", all_equal="10%")


@pytest.mark.parametrize("words", [{"method": "z-score"}, {"direction": "up"}, {"within": "region"}])
def test_other_words_are_refused(words: dict[str, str]) -> None:
    """Method, direction and within are closed sets of words."""
    with pytest.raises(ValueError, match=next(iter(words.values()))):
        pi.Relative(**words)


@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_it_is_said_in_both_languages(direction: str) -> None:
    """The comparison is a sentence with its ends."""
    rule = pi.Relative(direction="lower" if direction == "lower" else "higher", low="10%")
    assert f"{direction} is better: the worst gets 10 %" in rule.in_words(TEN, lang="en")
    assert "kém nhất 10 %" in rule.in_words(TEN, lang="vi")


def test_it_explains_the_place_between_worst_and_best() -> None:
    """The sentence holds all figures of the proportion, or says that all units are equal."""
    from parindex._methodology.words import Writer

    peers = Peers(Fraction(0), Fraction(20), 3)
    assert pi.Relative().award(FIVE, TEN, peers).say(Writer("en")).endswith("10 × (5 − 0)/(20 − 0) = 2.50 points")
    said = pi.Relative(low="10%").award(FIVE, TEN, peers).say(Writer("en"))
    assert said.endswith("hence 10 × (10 % + 90 % × (5 − 0)/(20 − 0)) ≈ 3.25 points".replace("≈", "="))
    same = pi.Relative().award(FIVE, TEN, Peers(Fraction(5), Fraction(5), 2)).say(Writer("vi"))
    assert same == "mọi đơn vị bằng nhau (5) nên được 10 × 100 % = 10,00 điểm"
