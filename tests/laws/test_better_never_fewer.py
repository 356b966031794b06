"""The better the observation, the never fewer the points, for every rule that has an order."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

import parindex as pi
import strategies as made
from parindex._methodology.rules import Peers

MAXIMA = st.sampled_from((Fraction(1), Fraction(10), Fraction(25, 3)))


def points(rule: pi.Rule, inputs: made.Inputs, max_points: Fraction) -> Fraction:
    """Return the points of inputs that apply."""
    reading = rule.read(inputs, max_points)
    assert (reading.faults, reading.missing) == ((), ())
    found = rule.award(reading.values, max_points).points
    assert found is not None
    return found


def observed_rate(inputs: made.Inputs) -> Fraction:
    """Return the rate of inputs with a denominator."""
    if "percent" in inputs:
        return Fraction(inputs["percent"].rstrip("%")) / 100
    return Fraction(inputs["done"]) / Fraction(inputs["total"])


class TestGiven:
    """``given``: the more is given, the more points."""

    @given(st.data())
    def test_more_given_is_more(self, data: st.DataObject) -> None:
        """A higher value never gives fewer points."""
        maximum = data.draw(MAXIMA)
        rule = data.draw(made.rules(maximum, "given"))
        one, other = (data.draw(made.inputs(rule, maximum)) for _ in range(2))
        if Fraction(*one.values()) <= Fraction(*other.values()):
            assert points(rule, one, maximum) <= points(rule, other, maximum)
        else:
            assert points(rule, one, maximum) >= points(rule, other, maximum)


class TestRates:
    """``ratio`` and ``bands``: rates in their order, reversed by ``inverse``; empty denominators stand outside it."""

    @given(st.data())
    def test_a_higher_rate_never_gives_fewer_points(self, data: st.DataObject) -> None:
        """A higher rate never gives fewer points, or never more where the rule is inverse."""
        maximum = data.draw(MAXIMA)
        rule = data.draw(made.rules(maximum, "ratio"))
        assert isinstance(rule, pi.Ratio)
        pair = [data.draw(made.rate_inputs(rule)) for _ in range(2)]
        assume(all(inputs.get("total") != 0 for inputs in pair))
        worse, better = sorted(pair, key=observed_rate, reverse=rule.inverse)
        assert points(rule, worse, maximum) <= points(rule, better, maximum)

    @given(st.data())
    def test_a_higher_band_never_gives_fewer_points(self, data: st.DataObject) -> None:
        """A higher rate or value never gives fewer points.

        Condition: the points of the bands do not rise from one band to the next; nothing asks a decision for that.
        """
        maximum = data.draw(MAXIMA)
        table = data.draw(made.bands_tables(maximum))
        worths = [{"points": str(maximum * part / 4)} for part in (4, 3, 3, 2, 1, 0, 0)]
        for band, worth in zip(table["bands"], worths, strict=False):
            band.pop("points", None)
            band.pop("share", None)
            band.update(worth)
        rule = made.read_rule(table)
        pair = [data.draw(made.inputs(rule, maximum)) for _ in range(2)]
        assume(all(inputs.get("total") != 0 for inputs in pair))
        if table["of"] == "value":
            worse, better = sorted(pair, key=lambda inputs: Fraction(inputs["value"]))
        else:
            worse, better = sorted(pair, key=observed_rate)
        assert points(rule, worse, maximum) <= points(rule, better, maximum)


class TestCounts:
    """``per-unit``, ``weighted-counts`` and ``checklist``: more of what earns points."""

    @given(st.data(), st.integers(0, 20), st.integers(0, 20))
    def test_more_units_never_give_fewer_points(self, data: st.DataObject, fewer: int, more: int) -> None:
        """A higher count never gives fewer points."""
        maximum = data.draw(MAXIMA)
        rule = data.draw(made.rules(maximum, "per-unit"))
        fewer, more = sorted((fewer, more))
        assert points(rule, {"count": fewer}, maximum) <= points(rule, {"count": more}, maximum)

    @given(st.data())
    def test_one_more_of_any_credit_never_gives_fewer_points(self, data: st.DataObject) -> None:
        """One more of any credited kind among the same total never gives fewer points; nor does a better kind."""
        maximum = data.draw(MAXIMA)
        rule = data.draw(made.rules(maximum, "weighted-counts"))
        assert isinstance(rule, pi.WeightedCounts)
        inputs = data.draw(made.weighted_counts_inputs(rule))
        inputs["total"] += 1
        key = data.draw(st.sampled_from(sorted(rule.credits)))
        more = inputs | {key: inputs[key] + 1}
        assert points(rule, inputs, maximum) <= points(rule, more, maximum)
        best = max(rule.credits, key=lambda each: rule.credits[each])
        better = inputs | {best: inputs[best] + 1}
        assert points(rule, more, maximum) <= points(rule, better, maximum)

    @given(st.data())
    def test_one_more_item_never_gives_fewer_points(self, data: st.DataObject) -> None:
        """An item met never gives fewer points than the same item not met."""
        maximum = data.draw(MAXIMA)
        rule = data.draw(made.rules(maximum, "checklist"))
        assert isinstance(rule, pi.Checklist)
        inputs = data.draw(made.inputs(rule, maximum))
        key = data.draw(st.sampled_from(rule.items)).key
        assert points(rule, inputs | {key: False}, maximum) <= points(rule, inputs | {key: True}, maximum)


class TestSurvey:
    """``survey``: one answer changed, in the group that gave it."""

    @given(st.data())
    def test_a_better_answer_never_gives_fewer_points(self, data: st.DataObject) -> None:
        """One respondent who changes to an answer of a higher share never lowers the points."""
        maximum = data.draw(MAXIMA)
        rule = data.draw(made.rules(maximum, "survey"))
        assert isinstance(rule, pi.Survey)
        inputs = data.draw(made.survey_inputs(rule))
        prefix = data.draw(st.sampled_from([f"{group.key}/" for group in rule.groups] or [""]))
        worse, better = sorted(
            (data.draw(st.sampled_from(rule.options)) for _ in range(2)), key=lambda each: each.share
        )
        before = inputs | {prefix + worse.key: inputs[prefix + worse.key] + 1}
        after = inputs | {prefix + better.key: inputs[prefix + better.key] + 1}
        assert points(rule, before, maximum) <= points(rule, after, maximum)


class TestBest:
    """``best``: one part improved, the others as they are."""

    @given(st.data())
    def test_it_is_never_below_any_part_that_applies(self, data: st.DataObject) -> None:
        """The points are those of one part that applies, and of no part fewer."""
        maximum = data.draw(MAXIMA)
        rule = data.draw(made.rules(maximum, "best"))
        assert isinstance(rule, pi.Best)
        inputs = data.draw(made.inputs(rule, maximum))
        parts = []
        for part in rule.of:
            own = {
                name.removeprefix(f"{part.key}/"): inputs[name] for name in inputs if name.startswith(f"{part.key}/")
            }
            parts.append(part.rule.award(part.rule.read(own, maximum).values, maximum).points)
        known = [each for each in parts if each is not None]
        found = rule.award(rule.read(inputs, maximum).values, maximum).points
        assert found == (max(known) if known else None)


class TestRelative:
    """``relative``: one unit's value improved, those of the others as they are."""

    @given(st.data(), st.lists(st.integers(-5, 5), min_size=0, max_size=4), st.integers(-6, 6), st.integers(-6, 6))
    def test_a_better_value_never_gives_fewer_points(
        self, data: st.DataObject, others: list[int], one: int, other: int
    ) -> None:
        """A better value among the same others never gives fewer points.

        Condition: there is a second unit, or what equal values earn does not matter.
        """
        rule = data.draw(made.rules(Fraction(10), "relative"))
        assert isinstance(rule, pi.Relative)
        assume(len(set(others)) > 1 or (rule.all_equal in {"high", "low"} and len(others) == 0))
        worse, better = sorted((one, other), reverse=rule.direction == "lower")
        found = []
        for value in (worse, better):
            units = [*others, value]
            peers = _peers(units)
            reading = rule.read({"value": value}, Fraction(10))
            found.append(rule.award(reading.values, Fraction(10), peers).points)
        assert found[0] is not None
        assert found[1] is not None
        assert found[0] <= found[1]


def _peers(units: list[int]) -> Peers:
    """Return the extremes of some values."""
    return Peers(Fraction(min(units)), Fraction(max(units)), len(units))
