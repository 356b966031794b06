"""A second, independent computation of every leaf and every sum agrees with the library.

Written from the rule table and the scoring semantics alone; it calls none of the library's arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

import parindex as pi
import strategies as made

ZERO = Fraction(0)
YES = {True, "yes", "có", "1", "true"}


def exact(value: object) -> Fraction:
    """Return a number as it stands in an assessment."""
    assert isinstance(value, int | str)
    return Fraction(value)


def rate_of(inputs: Mapping[str, Any]) -> Fraction | None:
    """Return the observed rate, None for an empty denominator."""
    if "percent" in inputs:
        return Fraction(inputs["percent"].rstrip("%")) / 100
    done, total = exact(inputs["done"]), exact(inputs["total"])
    return None if total == 0 else done / total


def worth(part: pi.Level | pi.Band, maximum: Fraction) -> Fraction:
    """Return points, or the share of the maximum."""
    return part.points if part.points is not None else maximum * (part.share or ZERO)


def when_empty(rule: Any, maximum: Fraction) -> Fraction | None:
    """Return what an empty denominator gives; None for not applicable."""
    return {"full": maximum, "zero": ZERO, "not-applicable": None}[str(rule.zero_total)]


def deducted(rule: pi.Deduct, inputs: Mapping[str, Any], maximum: Fraction) -> Fraction:
    """Return the start less what each fault takes."""
    start = next((worth(level, maximum) for level in rule.levels if level.key == inputs["level"]), maximum)
    rest = start
    for fault in rule.faults:
        count = exact(inputs[fault.key])
        if fault.wipe_at is not None and count >= fault.wipe_at:
            rest -= max(start, ZERO)
        else:
            loss = count * worth(fault, maximum)
            rest -= loss if fault.cap is None or loss < fault.cap else fault.cap
    return max(rest, rule.lowest)


def surveyed(rule: pi.Survey, inputs: Mapping[str, Any]) -> Fraction | None:
    """Return the mean share of the answers, by the weights of the groups that answered; None without answers."""
    groups = [(f"{group.key}/", group.weight) for group in rule.groups] or [("", Fraction(1))]
    over, under = ZERO, ZERO
    for prefix, weight in groups:
        answers = {option.key: exact(inputs[prefix + option.key]) for option in rule.options}
        if sum(answers.values()):
            mean = sum((answers[option.key] * option.share for option in rule.options), ZERO) / sum(answers.values())
            over, under = over + weight * mean, under + weight
    return over / under if under else None


def compared(rule: pi.Relative, inputs: Mapping[str, Any], maximum: Fraction, others: list[Fraction]) -> Fraction:
    """Return the part of the maximum by where the value lies between the worst and the best."""
    value, (least, most) = exact(inputs["value"]), (min(others), max(others))
    if least == most:
        equal = {"high": rule.high, "low": rule.low}.get(str(rule.all_equal), rule.all_equal)
        return maximum * Fraction(equal)
    place = (value - least) / (most - least)
    return maximum * (rule.low + (rule.high - rule.low) * (place if rule.direction == "higher" else 1 - place))


def points_of(rule: pi.Rule, inputs: Mapping[str, Any], maximum: Fraction, others: list[Fraction]) -> Fraction | None:
    """Return the points of one leaf, None where it turns out not applicable."""
    match rule:
        case pi.Given(scale=None):
            return exact(inputs["points"])
        case pi.Given(scale=scale):
            return maximum * exact(inputs["value"]) / (scale or 1)
        case pi.Levels():
            return next(worth(level, maximum) for level in rule.levels if level.key == inputs["level"])
        case pi.Bands():
            value = exact(inputs["value"]) if rule.of == "value" else rate_of(inputs)
            if value is None:
                return when_empty(rule, maximum)
            for band in rule.bands:
                if band.over is not None and value > band.over.value:
                    return worth(band, maximum)
                if band.from_ is not None and value >= band.from_.value:
                    return worth(band, maximum)
            return worth(rule.bands[-1], maximum)
        case pi.Ratio():
            rate = rate_of(inputs)
            if rate is None:
                return when_empty(rule, maximum)
            rate = 1 - rate if rule.inverse else rate
            return ZERO if rate < rule.from_ else min(maximum, maximum * rate / rule.full_at)
        case pi.WeightedCounts():
            if exact(inputs["total"]) == 0:
                return when_empty(rule, maximum)
            earned = sum((credit * exact(inputs[key]) for key, credit in rule.credits.items()), ZERO)
            return maximum * earned / exact(inputs["total"])
        case pi.Checklist():
            return min(maximum, sum((worth(item, maximum) for item in rule.items if inputs[item.key] in YES), ZERO))
        case pi.PerUnit():
            return min(maximum, exact(inputs["count"]) * rule.points)
        case pi.Deduct():
            return deducted(rule, inputs, maximum)
        case pi.Survey():
            mean = surveyed(rule, inputs)
            return when_empty(rule, maximum) if mean is None else maximum * mean
        case pi.Relative():
            return compared(rule, inputs, maximum, others)
        case pi.Best():
            own = {
                part.key: {
                    name[len(part.key) + 1 :]: inputs[name] for name in inputs if name.startswith(f"{part.key}/")
                }
                for part in rule.of
            }
            each = [points_of(part.rule, own[part.key], maximum, others) for part in rule.of]
            return max((points for points in each if points is not None), default=None)
    raise AssertionError(rule.type)


@attrs.define
class Node:
    """A node being summed up: what it has, and the maximum that rises from it for want of a sibling."""

    id: str
    points: Fraction | None
    maximum: Fraction | None
    rising: Fraction
    below: list[Node]

    def multiply(self, factor: Fraction) -> None:
        """Multiply the node and everything below it."""
        if self.points is not None and self.maximum is not None:
            self.points, self.maximum = self.points * factor, self.maximum * factor
        for node in self.below:
            node.multiply(factor)


def summed(key: str, below: list[Node]) -> Node:
    """Return the sum of some siblings, after the redistributed maxima were shared among those that apply."""
    applicable = [node for node in below if node.maximum is not None]
    shared = sum((node.maximum or ZERO for node in applicable), ZERO)
    rising = sum((node.rising for node in below), ZERO)
    if not applicable:
        return Node(key, None, None, rising, below)
    if rising and shared:
        for node in below:
            node.multiply((shared + rising) / shared)
        rising = ZERO
    points = sum((node.points or ZERO for node in applicable), ZERO)
    maximum = sum((node.maximum or ZERO for node in applicable), ZERO)
    return Node(key, points, maximum, rising, below)


def leaf_node(
    methodology: pi.Methodology, leaf: pi.Criterion, assessment: pi.Assessment, others: list[Fraction]
) -> Node:
    """Return what a leaf brings."""
    rule, maximum = made.rule_of(leaf)
    seen = assessment.observations.get(leaf.id, leaf.default)
    points = None
    if isinstance(seen, Fraction):
        points = seen
    elif isinstance(seen, Mapping):
        points = points_of(rule, seen, maximum, others)
    if points is None:
        if leaf.block is not None or leaf.not_applicable == "zero":
            return Node(leaf.id, ZERO, maximum, ZERO, [])
        if leaf.not_applicable == "full":
            return Node(leaf.id, maximum, maximum, ZERO, [])
        return Node(leaf.id, None, None, maximum if leaf.not_applicable == "redistribute" else ZERO, [])
    rounding = methodology.policy.leaf_rounding
    return Node(leaf.id, points if rounding is None else rounding.apply(points), maximum, ZERO, [])


def values_compared(leaf: pi.Criterion, own: pi.Assessment, everyone: list[pi.Assessment]) -> list[Fraction]:
    """Return the values of all units that a relative leaf compares."""
    rule = leaf.rule
    if not isinstance(rule, pi.Relative):
        return []
    pool = [each for each in everyone if rule.within == "all" or each.group == own.group]
    seen = [each.observations[leaf.id] for each in pool]
    return [exact(values["value"]) for values in seen if not isinstance(values, pi.NotApplicable)]


def whole(
    methodology: pi.Methodology, own: pi.Assessment, everyone: list[pi.Assessment]
) -> tuple[Node, dict[str, Fraction]]:
    """Return the base as one node, and the points of each block item."""

    def grow(criterion: pi.Criterion) -> Node:
        if criterion.children:
            return summed(criterion.id, [grow(child) for child in criterion.children])
        return leaf_node(methodology, criterion, own, values_compared(criterion, own, everyone))

    base = summed("", [grow(root) for root in methodology.criteria if root.parent is None and root.block is None])
    items = {each.id: grow(each).points or ZERO for each in methodology.criteria if each.block is not None}
    return base, items


def net_of_blocks(methodology: pi.Methodology, items: Mapping[str, Fraction]) -> Fraction:
    """Return what all blocks add, less what they take off."""
    net = ZERO
    for block in methodology.blocks:
        earned = sum((points for key, points in items.items() if methodology[key].block == block.id), ZERO)
        counted = earned if block.cap is None else min(earned, block.cap)
        net += counted if block.effect == "add" else -counted
    return net


def agree(methodology: pi.Methodology, card: pi.Scorecard, everyone: list[pi.Assessment]) -> None:
    """Assert that every figure of the card is what the second computation gives."""
    base, items = whole(methodology, card.assessment, everyone)

    def nodes(node: Node) -> None:
        if node.id:
            assert (card[node.id].points, card[node.id].max_points) == (node.points, node.maximum), node.id
        for below in node.below:
            nodes(below)

    nodes(base)
    assert {key: card[key].points for key in items} == items
    if base.points is None:
        assert card.status is pi.Status.NOT_APPLICABLE
        assert (card.points, card.max_points, card.index, card.grade) == (None, None, None, None)
        return
    net = net_of_blocks(methodology, items)
    assert card.points == base.points + net
    assert card.max_points == base.maximum
    assert isinstance(methodology.total, Fraction)
    index = max(ZERO, 100 * base.points / (base.maximum or 1) + 100 * net / methodology.total)
    cap = methodology.policy.index_cap
    assert card.index == (index if cap is None else min(index, cap))


@given(st.data())
@settings(max_examples=120)
def test_every_unit_of_a_population_agrees_with_a_second_computation(data: st.DataObject) -> None:
    """Points and maxima of every node, and points, maximum and index of the whole, are those of a second computation.

    Conditions: none; every rule, policy, block, rounding of leaves and shape of tree.
    """
    methodology = data.draw(made.methodologies())
    everyone = data.draw(made.populations(methodology, most=3))
    for card in pi.score_many(methodology, everyone).cards:
        agree(methodology, card, everyone)


@given(st.data())
@settings(max_examples=60)
def test_deep_redistribution_agrees_with_a_second_computation(data: st.DataObject) -> None:
    """Excluded and redistributed maxima come to the same on any number of levels, one unit scored alone.

    Conditions: leaves are excluded or redistributed only, so that most trees lose whole branches.
    """
    methodology = data.draw(made.methodologies(kinds=("given", "ratio"), policies=("exclude", "redistribute")))
    assessment = data.draw(made.assessments(methodology))
    agree(methodology, pi.score(methodology, assessment), [assessment])
