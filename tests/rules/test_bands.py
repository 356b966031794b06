"""Facts about the rule ``bands``."""

from __future__ import annotations

from fractions import Fraction

import pytest

import parindex as pi
from strategies import exactly, refused

TEN = Fraction(10)
BY_RATE = pi.Bands(
    bands=[
        pi.Band(from_="90%", points=10),
        pi.Band(over="57%", share="1/2"),
        pi.Band(from_="57%", points=3),
        pi.Band(points=0),
    ]
)
BY_VALUE = pi.Bands(of="value", bands=[pi.Band(over=5, points=10), pi.Band(from_="1/2", points=4), pi.Band(points=-1)])


def points(rule: pi.Rule, **inputs: object) -> Fraction | None:
    """Return the points of inputs that the rule accepts."""
    reading = rule.read(inputs, TEN)
    assert not reading.faults
    return rule.award(reading.values, TEN).points


def codes(rule: pi.Rule) -> list[tuple[str, str]]:
    """Return the code and the place of each problem."""
    return [(each.code, each.path) for each in rule.problems(TEN)]


@pytest.mark.parametrize(("done", "expected"), [(100, 10), (90, 10), (89, 5), (58, 5), (57, 3), (56, 0), (0, 0)])
def test_the_first_band_reached_gives_its_points(done: int, expected: int) -> None:
    """``from`` includes its edge and ``over`` does not; 57 of 100 is exactly 57 %."""
    assert points(BY_RATE, done=done, total=100) == expected


@pytest.mark.parametrize(("value", "expected"), [("5.01", 10), (5, 4), ("1/2", 4), ("0.49", -1), (-7, -1)])
def test_values_find_their_band(value: object, expected: int) -> None:
    """Bands of a value may lie anywhere, and the last takes all the rest, negative values too."""
    assert points(BY_VALUE, value=value) == expected


def test_a_percentage_counts_as_the_same_rate() -> None:
    """57 and "57%" both mean 57 %."""
    assert points(BY_RATE, percent=57) == points(BY_RATE, percent="57%") == 3


def test_beyond_the_whole_is_refused_unless_it_may_exceed() -> None:
    """120 of 100 is refused, or reaches a band from 110 % where plans may be over-fulfilled."""
    assert BY_RATE.read({"done": 120, "total": 100}, TEN).faults
    rule = pi.Bands(bands=[pi.Band(from_="110%", points=10), pi.Band(points=0)], may_exceed=True)
    assert points(rule, done=120, total=100) == 10


@pytest.mark.parametrize(("word", "expected"), [("full", 10), ("zero", 0), ("not-applicable", None)])
def test_an_empty_denominator_does_what_the_rule_says(word: str, expected: int | None) -> None:
    """All points, none, or not applicable."""
    rule = pi.Bands(bands=[pi.Band(points=4)], zero_total=pi.ZeroTotal(word))
    assert points(rule, done=0, total=0) == expected


def test_an_empty_denominator_is_an_error_by_default() -> None:
    """Without a word for it, 0 of 0 is refused."""
    assert "zero_total" in str(BY_RATE.read({"done": 0, "total": 0}, TEN).faults[0])


def test_the_reach_is_from_the_least_band_to_the_greatest() -> None:
    """Negative bands count."""
    assert BY_VALUE.reach(TEN) == exactly(-1, 10)


def test_bands_beyond_the_whole_are_out_of_reach() -> None:
    """Over 100 % and from 110 % cannot be reached unless the rate may exceed."""
    bands = [
        pi.Band(from_="110%", points=10),
        pi.Band(over="100%", points=9),
        pi.Band(from_="50%", points=5),
        pi.Band(points=1),
    ]
    assert pi.Bands(bands=bands).reach(TEN) == exactly(1, 5)
    assert pi.Bands(bands=bands, may_exceed=True).reach(TEN) == exactly(1, 10)


def test_an_empty_denominator_belongs_to_the_reach() -> None:
    """Where 0 of 0 gives all points or none, both belong to what can be reached."""
    bands = [pi.Band(from_="50%", points=5), pi.Band(points=1)]
    assert pi.Bands(bands=bands, zero_total=pi.ZeroTotal.FULL).reach(TEN) == exactly(1, 10)
    assert pi.Bands(bands=bands, zero_total=pi.ZeroTotal.ZERO).reach(TEN) == exactly(0, 5)


def test_a_band_that_an_earlier_one_hides_is_an_error_of_check() -> None:
    """A higher edge below a lower one is never reached, nor is the same edge twice."""
    rising = [pi.Band(from_="50%", points=5), pi.Band(from_="80%", points=10), pi.Band(points=0)]
    assert codes(pi.Bands(bands=rising)) == [("band-hidden", "bands[1]")]
    twice = [pi.Band(from_="50%", points=5), pi.Band(over="50%", points=4), pi.Band(points=0)]
    assert codes(pi.Bands(bands=twice)) == [("band-hidden", "bands[1]")]


def test_over_and_from_the_same_edge_hide_nothing() -> None:
    """Over 57 % and then from 57 % leaves exactly 57 % to the second."""
    assert codes(BY_RATE) == []


@pytest.mark.parametrize("band", [pi.Band(from_="0%", points=1), pi.Band(over="-5%", points=1)])
def test_a_last_band_below_every_rate_is_hidden(band: pi.Band) -> None:
    """No rate is below 0 %, so after a band from 0 %, or over something below it, the last is never reached."""
    assert codes(pi.Bands(bands=[band, pi.Band(points=0)])) == [("band-hidden", "bands[1]")]


def test_points_above_the_maximum_are_an_error_of_check() -> None:
    """Eleven of 10 points are too many."""
    assert codes(pi.Bands(bands=[pi.Band(points=11)])) == [("points-above-maximum", "bands[0]")]


def test_the_last_band_has_no_edge() -> None:
    """A last band with an edge would leave a hole below it."""
    with refused(pi.MethodologyFaults, r"bands\[0\]: the last band takes all the rest"):
        pi.Bands(bands=[pi.Band(from_="50%", points=1)])


def test_only_the_last_band_has_no_edge() -> None:
    """A band without an edge before the last would hide it."""
    with refused(pi.MethodologyFaults, "expected an edge"):
        pi.Bands(bands=[pi.Band(points=1), pi.Band(points=0)])


def test_no_bands_are_refused() -> None:
    """At least one band is expected."""
    with refused(pi.MethodologyFaults, "at least one band"):
        pi.Bands(bands=[])


def test_a_band_has_one_edge() -> None:
    """Both from and over are refused."""
    with pytest.raises(pi.Fault, match="either from or over"):
        pi.Band(from_="50%", over="50%", points=1)


def test_edges_of_a_rate_are_percents_and_those_of_a_value_plain() -> None:
    """A plain number is no rate, and a percent is no value."""
    with refused(pi.MethodologyFaults, r'bands\[0\].from: expected a percent in quotes such as "80%"'):
        pi.Bands(bands=[pi.Band(from_=80, points=1), pi.Band(points=0)])
    with refused(pi.MethodologyFaults, r"bands\[0\].over: expected a plain number"):
        pi.Bands(of="value", bands=[pi.Band(over="80%", points=1), pi.Band(points=0)])


def test_a_value_has_no_denominator() -> None:
    """What belongs to a ratio is refused beside a value."""
    with pytest.raises(pi.MethodologyFaults) as caught:
        pi.Bands(of="value", bands=[pi.Band(points=1)], amounts=True, may_exceed=True, zero_total=pi.ZeroTotal.ZERO)
    assert len(caught.value.exceptions) == 3


def test_it_is_said_in_both_languages() -> None:
    """The steps read as in an annex: from, over, below, to."""
    assert BY_RATE.in_words(TEN, lang="en") == (
        "From 90 %: 10 points; over 57 % to below 90 %: 50 % of the maximum points; exactly 57 %: 3 points; "
        "below 57 %: 0 points"
    )
    assert BY_RATE.in_words(TEN, lang="vi").startswith("Từ 90 % trở lên: 10 điểm; ")
    assert pi.Bands(bands=[pi.Band(points=10)]).in_words(TEN, lang="vi") == "Mọi tỷ lệ: 10 điểm"


def test_a_rate_is_explained_by_the_edges_beside_it() -> None:
    """The sentence names the edge that was reached and the one that was missed."""
    from parindex._methodology.words import Writer

    award = BY_RATE.award(BY_RATE.read({"done": 60, "total": 100}, TEN).values, TEN)
    assert award.say(Writer("en")) == "60/100 = 60.00 % > 57 % and < 90 %, hence 10 × 50 % = 5.00 points"
    award = BY_VALUE.award(BY_VALUE.read({"value": 5}, TEN).values, TEN)
    assert award.say(Writer("vi")) == "5 ≥ 0,5 và ≤ 5 nên được 4,00 điểm"


def test_edges_and_rates_are_written_as_a_file_writes_them() -> None:
    """A band's edge is a percent or a plain number, in the file as in the value, and an edge is taken as it is."""
    import json

    rule = json.loads(pi.dumps(BY_RATE))["rule"]
    assert [band.get("from", band.get("over")) for band in rule["bands"]] == ["90%", "57%", "57%", None]
    edge = BY_VALUE.bands[0].edge
    assert pi.Band(over=edge, points=1).edge == edge
    assert json.loads(pi.dumps(pi.Ratio(from_="57.5%")))["rule"]["from"] == "57.5%"
