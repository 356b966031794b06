"""Moves: what the ways of one leaf bring, taken alone or together, from its rule itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import product
from operator import mul
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from parindex._methodology.criteria import Criterion
from parindex._methodology.rules import Peers, Relative
from parindex._methodology.rules.ways import Way, choosing
from parindex._methodology.words import Within
from parindex._numbers import Rounding
from parindex.errors import Fault, Place

if TYPE_CHECKING:
    from parindex._methodology.rules.inputs import Value
    from parindex._scoring.results import NodeScore
    from parindex.analysis.trials import Trial

_NONE: Final = Fraction(0)
_FAR: Final = 1 << 62
"""So many steps reach the end of any way that has none."""
_MOST_STATES: Final = 1 << 16
"""So many combinations of what one leaf can come to are looked at."""

Steps = tuple[int, ...]
"""How many steps are taken of each way of a leaf."""


@frozen(kw_only=True, eq=False)
class Moves:
    """The ways of one leaf of one unit.

    Attributes:
        leaf: the leaf.
        values: its inputs as they are.
        ways: what can change of them.
        sign: -1 where its points are taken off the whole, else 1.
        others: the extremes of the other units, for a leaf that compares.
        rounding: what its points are rounded by, or None.
        factor: what redistribution multiplies its points by.
        per_point: what a point that the tree counts brings to the headline, before that is held within its limits.
    """

    leaf: Criterion
    values: Mapping[str, Any]
    ways: tuple[Way, ...]
    sign: int
    others: Peers | None
    rounding: Rounding | None
    factor: Fraction
    per_point: Fraction

    def inputs(self, steps: Steps) -> dict[str, Value]:
        """Return what the inputs are after the steps."""
        values = dict(self.values)
        for way, count in zip(self.ways, steps, strict=True):
            values = way.change(values, count)
        return values

    def observed(self, steps: Steps) -> dict[str, Value]:
        """Return the same as an assessment states them."""
        inputs = self.leaf.leaf_rule.input_by_name
        return {name: inputs[name].written(value) for name, value in self.inputs(steps).items()}

    def _points(self, values: Mapping[str, Any]) -> Fraction | None:
        peers = self.others
        if self.leaf.compares:
            own = values["value"]
            among = [own] if peers is None else [own, peers.low, peers.high]
            peers = Peers(min(among), max(among), 1 + (0 if peers is None else peers.units))
        points = self.leaf.leaf_rule.earned(values, self.leaf.max_points, peers)
        return points if points is None or self.rounding is None else self.rounding.apply(points)

    def worth(self, steps: Steps) -> Fraction:
        """Return by how many points of its own the leaf is better after the steps."""
        now, after = self._points(self.values), self._points(self.inputs(steps))
        return _NONE if now is None or after is None else self.sign * (after - now)

    def counted(self, steps: Steps) -> Fraction:
        """Return that as the tree counts it: multiplied where redistribution multiplies the leaf."""
        return self.worth(steps) * self.factor

    @property
    def none(self) -> Steps:
        """No step at all."""
        return (0,) * len(self.ways)

    def direction(self, at: int) -> int:
        """Return 1 where more steps of a way are better, -1 where fewer are; 0 where each is another value."""
        return self.sign * self.ways[at].more

    def limit(self, at: int) -> int:
        """Return the last step of a way that has a direction."""
        way = self.ways[at]
        if self.direction(at) < 0:
            return way.low
        return _FAR if way.high is None else way.high

    def with_steps(self, steps: Steps, at: int, count: int) -> Steps:
        """Return *steps* with another count of one way."""
        return (*steps[:at], count, *steps[at + 1 :])

    def least(self, steps: Steps, at: int, enough: Callable[[Steps], bool]) -> Steps | None:
        """Return *steps* with the fewest steps of one way that are *enough*, which more of them stay; None if none are.

        Of a way without direction none, or the value that brings least.
        """
        direction = self.direction(at)
        if not direction:
            options = [self.with_steps(steps, at, count) for count in self.ends(at)]
            return options[0] if enough(options[0]) else min(filter(enough, options), key=self.worth, default=None)
        last = abs(self.limit(at))
        too_few, found = -1, 0
        while not enough(self.with_steps(steps, at, direction * found)):
            if found == last:
                return None
            too_few, found = found, min(last, 2 * found + 1)
        while found - too_few > 1:
            middle = (found + too_few) // 2
            if enough(self.with_steps(steps, at, direction * middle)):
                found = middle
            else:
                too_few = middle
        return self.with_steps(steps, at, direction * found)

    def _end(self, at: int) -> int:
        high = self.ways[at].high
        assert high is not None  # only a way with a direction goes on for ever
        return high

    def ends(self, at: int) -> Sequence[int]:
        """Return the steps of a way at which the leaf can be best, none among them."""
        return range(self._end(at) + 1) if not self.direction(at) else (0, self.limit(at))

    def states(self, counts: Sequence[Sequence[int]]) -> Iterator[Steps]:
        """Yield all combinations of steps.

        Raises:
            Fault: for too many of them.
        """
        if reduce(mul, map(len, counts), 1) > _MOST_STATES:
            message = f"can come to more than {_MOST_STATES} states: state its cost per step, not per unit"
            raise Fault(message, place=Place(at=self.leaf.id))
        yield from product(*counts)

    def best(self) -> Steps:
        """Return the least steps after which the leaf cannot get better."""
        most = max(self.states([self.ends(at) for at in range(len(self.ways))]), key=self.worth)
        return self.lowered(most, lambda steps: self.worth(steps) >= self.worth(most))

    def lowered(self, steps: Steps, enough: Callable[[Steps], bool]) -> Steps:
        """Return the steps with as few of each way as stay *enough*, one way after the other."""
        for at in range(len(self.ways)):
            steps = self.least(steps, at, enough) or steps
        return steps


def moves_of(trial: Trial, node: NodeScore) -> Moves | None:
    """Return the moves of one leaf; None where nothing of it can be changed.

    Nothing can of a leaf that does not apply, that a default stands for, or of which the maximum is unknown.
    """
    methodology, card = trial.methodology, trial.card
    leaf = methodology[node.id]
    if node.observed is None or node.points is None or node.max_points is None or node.defaulted:
        return None
    values = dict(node.observed)
    sign = -1 if methodology.takes_off(leaf.id) else 1
    pool = card.group if leaf.leaf_rule.compares_within is Within.GROUP else None
    others = trial.others_extremes.peers.get((leaf.id, pool))
    ways = tuple(_relative(trial, leaf, values) if leaf.compares else leaf.leaf_rule.ways(values, leaf.max_points))
    if not ways:
        return None
    return Moves(
        leaf=leaf,
        values=values,
        ways=ways,
        sign=sign,
        others=others,
        rounding=methodology.policy.leaf_rounding,
        factor=node.factor,
        per_point=trial.per_point(leaf),
    )


def _relative(trial: Trial, leaf: Criterion, values: Mapping[str, Any]) -> Iterator[Way]:
    """Yield the values of the units that a unit is compared with: to reach one of them is a step."""
    rule = leaf.leaf_rule
    assert isinstance(rule, Relative)
    cards = [card for card in trial.others if rule.within is not Within.GROUP or card.group == trial.card.group]
    seen = [node.observed for card in cards if (node := card.nodes.get(leaf.id)) is not None]
    found = {each["value"] for each in seen if each is not None} - {values["value"]}
    if found:
        yield choosing("value", sorted(found, key=lambda value: abs(value - values["value"])))
