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
from parindex._methodology.words import Direction, Within
from parindex._numbers import Rounding, exact_sum
from parindex._text import Word

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


class Reason(Word):
    """Why nothing can be done at a leaf that misses points.

    The user closed it; it does not apply; its maximum is unknown; nothing was observed of it and a default stands; its
    rule has nothing that the unit can change for the better; a limit of the whole or of its block holds what it brings.
    """

    CLOSED = "closed"
    NOT_APPLICABLE = "not-applicable"
    UNKNOWN = "unknown"
    DEFAULT = "default"
    RULE = "rule"
    HELD = "held"


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
    """

    leaf: Criterion
    values: Mapping[str, Any]
    ways: tuple[Way, ...]
    sign: int
    others: Peers | None
    rounding: Rounding | None
    factor: Fraction

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

        Of a way without direction none, or the nearest number, or the word that brings least.
        """
        direction = self.direction(at)
        if not direction:
            options = [self.with_steps(steps, at, count) for count in self.ends(at)]
            reached = [each for each in options if enough(each)]
            if not reached or reached[0] == options[0]:
                return reached[0] if reached else None
            # Numbers stand the nearest first; of words, which are no nearer to one another, the one that brings least.
            numeric = self.leaf.leaf_rule.input_by_name[self.ways[at].name].numeric
            return reached[0] if numeric else min(reached, key=self.worth)
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

    def are_few(self, counts: Sequence[Sequence[int]]) -> bool:
        """Return whether all combinations of steps can be looked at."""
        return reduce(mul, map(len, counts), 1) <= _MOST_STATES

    def add_up(self) -> bool:
        """Return whether ways that all have a direction bring together what each brings alone.

        Rules that hold a sum within limits bring less of more steps, or more, but never both; where nothing is held at
        all the last steps, nothing is before.
        """
        ways = range(len(self.ways))
        if not all(map(self.direction, ways)):
            return False
        whole = self.worth(tuple(map(self.limit, ways)))
        return whole == exact_sum(self.worth(self.with_steps(self.none, at, self.limit(at))) for at in ways)

    def best(self) -> Steps:
        """Return few steps after which the leaf cannot get better.

        What has a direction goes to its end; of what has none every combination is looked at, one way after the other
        where they are too many.
        """
        ways = range(len(self.ways))
        most = tuple(self.limit(at) if self.direction(at) else 0 for at in ways)
        choices = [self.ends(at) if not self.direction(at) else (most[at],) for at in ways]
        if self.are_few(choices):
            most = max(product(*choices), key=self.worth)
        else:
            for at in ways:
                most = max((self.with_steps(most, at, count) for count in choices[at]), key=self.worth)
        worth = self.worth(most)
        return self.fewest(most, lambda steps: self.worth(steps) >= worth)

    def fewest(self, steps: Steps, enough: Callable[[Steps], bool]) -> Steps:
        """Return steps that are *enough*, few of them: one way alone if it is, else those that are left."""
        alone = (self.least(self.none, at, enough) for at in range(len(self.ways)))
        lowered = [self.lowered(steps, enough), self.lowered(steps, enough, backwards=True)]
        found = [each for each in alone if each is not None] + lowered
        return min(found, key=lambda each: sum(map(bool, each)))

    def lowered(self, steps: Steps, enough: Callable[[Steps], bool], *, backwards: bool = False) -> Steps:
        """Return the steps with as few of each way as stay *enough*, one way after the other."""
        for at in sorted(range(len(self.ways)), reverse=backwards):
            steps = self.least(steps, at, enough) or steps
        return steps


def moves_of(trial: Trial, node: NodeScore) -> Moves | Reason:
    """Return the moves of one leaf, or why nothing of it can be changed."""
    methodology, card = trial.methodology, trial.card
    leaf = methodology[node.id]
    if node.points is None or node.reason is not None:
        return Reason.NOT_APPLICABLE
    if leaf.max_points is None:
        return Reason.UNKNOWN
    if node.observed is None:
        return Reason.DEFAULT
    values = dict(node.observed)
    sign = -1 if methodology.takes_off(leaf.id) else 1
    pool = card.group if leaf.leaf_rule.compares_within is Within.GROUP else None
    others = trial.others_extremes.peers.get((leaf.id, pool))
    ways = _relative(trial, leaf, values) if leaf.compares else leaf.leaf_rule.ways(values, leaf.max_points)
    own = tuple(way for way in ways if (way.high if not way.more or sign * way.more > 0 else way.low) != 0)
    if not own:
        return Reason.RULE
    return Moves(
        leaf=leaf,
        values=values,
        ways=own,
        sign=sign,
        others=others,
        rounding=methodology.policy.leaf_rounding,
        factor=node.factor,
    )


def _relative(trial: Trial, leaf: Criterion, values: Mapping[str, Any]) -> Iterator[Way]:
    """Yield the values of the units that a unit is compared with: to reach one of them is a step."""
    rule = leaf.leaf_rule
    assert isinstance(rule, Relative)
    cards = [card for card in trial.others if rule.within is not Within.GROUP or card.group == trial.card.group]
    seen = [node.observed for card in cards if (node := card.nodes.get(leaf.id)) is not None]
    found = {each["value"] for each in seen if each is not None}
    if len(found) == 1 and rule.when_equal < rule.high:
        beyond = Fraction(1, 100) if rule.direction is Direction.HIGHER else Fraction(-1, 100)
        found.add(max(found) + beyond)  # where all are equal nobody is the best
    found.discard(values["value"])
    if found:
        yield choosing("value", sorted(found, key=lambda value: abs(value - values["value"])))
