"""Plans: the cheapest set of steps to a target, and what is the best where it is out of reach."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property, partial, reduce
from itertools import product
from typing import TYPE_CHECKING, Final

from attrs import frozen

from parindex._numbers import exact_sum
from parindex._scoring.grades import zero_criteria
from parindex._scoring.results import Scorecard
from parindex.analysis.costs import Costs
from parindex.analysis.fronts import START, State, joined, mapped, unbeaten
from parindex.analysis.improving import followed
from parindex.analysis.moves import Moves, Reason, Steps, moves_of
from parindex.analysis.steps import Step
from parindex.analysis.targets import Goal, goal_of, rank_among
from parindex.analysis.trials import Trial, closed_leaves
from parindex.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology
    from parindex._scoring.assessment import Assessment
    from parindex._scoring.board import Scoreboard

_NONE: Final = Fraction(0)


@frozen(kw_only=True, repr=False)
class ReachPlan:
    """The steps that reach a target for the least cost, or all that bring anything where it is out of reach.

    Attributes:
        target: the target as it is written: a figure, the key of a grade, or "rank:3".
        reached: whether the card after the steps reaches it.
        barred: the event or the reason that keeps it out of reach whatever is done, or None.
        steps: one a leaf, in the order of the tree; none can be left out or ask for less.
            What each brings is what it adds after those before it.
        cost: what the steps cost together.
        before, after: the cards, as they are and after all steps.
        rank_before, rank_after: the ranks among the others as they are; None without a board, or unranked.
    """

    target: str
    reached: bool
    barred: str | None
    steps: tuple[Step, ...]
    cost: Fraction
    before: Scorecard
    after: Scorecard
    rank_before: int | None
    rank_after: int | None

    @property
    def gain(self) -> Fraction:
        """What all steps bring to the headline."""
        return exact_sum(step.gain for step in self.steps)

    def __repr__(self) -> str:
        what = f"{len(self.steps)} steps" if self.reached else "out of reach"
        return f"<ReachPlan of {self.before.unit!r} for {self.target}: {what}>"


def reach(
    methodology: Methodology,
    assessment: Assessment,
    *,
    target: object,
    among: Scoreboard | None = None,
    others_rise: object = None,
    costs: Mapping[str, object] | None = None,
    closed: Mapping[str, str] | Iterable[str] = (),
    year: int | None = None,
) -> ReachPlan:
    """Return the steps that reach a target for the least cost.

    A step brings inputs of one leaf to other values; every input that changes costs 1 unless *costs* says otherwise,
    and units that move from one kind to another are one change.
    Every combination is weighed, exactly: no other plan costs less.
    Of the inputs that a plan changes, each changes as little as the target allows, one after the other.

    Args:
        methodology: what to score with.
        assessment: what was observed, all of it.
        target: a number for the headline as it is printed; the key of a grade; ``"rank:3"`` or :class:`Rank`.
            What is better reaches it too.
        among: the board that the unit stands on, for a rank and for rules that compare units.
            The figures of the others are held, though a rule that compares units may lower them where this one was the
            worst: a plan reaches its rank all the same, and one that is out of reach may still be within it.
        others_rise: by how much the figures of the others may still rise, all alike or by unit; they stay if left out.
        costs: by the id of a criterion, for each input that changes there or below; by ``id:input`` for each unit by
            which that input changes.
        closed: what the unit cannot influence any more, as for :func:`improve`.
        year: whose grades count, where they differ by year.

    Raises:
        ObservationFaults: for what is wrong or missing, and for names in *costs*, *closed* and *others_rise*.
        Fault: for a target that is none, a unit without a final figure, and a board of another methodology.
        PopulationError: if a relative rule applies and there is no board.
    """
    trial = Trial.of(methodology, assessment, among, year)
    goal = goal_of(trial, target, others_rise)
    if goal.reached(trial.card):
        return _plan(trial, goal, {}, {}, _NONE)
    shut = closed_leaves(methodology, assessment.group, closed)
    moves = {
        node.id: own
        for node in trial.card
        if node.id not in shut
        and methodology[node.id].rule is not None
        and not isinstance(own := moves_of(trial, node), Reason)
    }
    search = _Search(trial, moves, Costs.of(methodology, costs))
    wanted = [no_zero for no_zero in (False, True) if not no_zero or goal.asks_for_no_zero]
    fronts = {no_zero: search.front(no_zero=no_zero) for no_zero in wanted}
    found = [
        (state.cost, no_zero, state)
        for no_zero, states in fronts.items()
        for state in states
        if goal.barred is None and goal.enough(trial.headline(state.gain), no_zero=no_zero)
    ]
    if found:
        _, no_zero, state = min(found, key=lambda each: each[:2])
        chosen = search.lowered(
            state.choices(),
            lambda steps: (
                goal.enough(trial.headline(search.gain(steps)), no_zero=no_zero)
                and not (no_zero and search.leaves_zero(steps))
            ),
        )
    else:
        every = [state for states in fronts.values() for state in states]
        highest = max(trial.headline(state.gain) for state in every)
        most = min((state for state in every if trial.headline(state.gain) == highest), key=lambda state: state.cost)
        chosen = search.lowered(most.choices(), lambda steps: trial.headline(search.gain(steps)) >= highest)
    return _plan(trial, goal, moves, chosen, search.costs.of_all(moves, chosen))


def _plan(
    trial: Trial, goal: Goal, moves: Mapping[str, Moves], chosen: Mapping[str, Steps], cost: Fraction
) -> ReachPlan:
    """Return the plan of the chosen steps, each scored after those before it."""
    after = trial.card
    steps = []
    for leaf, own in moves.items():
        counts = chosen.get(leaf, own.none)
        if counts != own.none:
            step, after = followed(trial, own, counts, after)
            steps.append(step)
    return ReachPlan(
        target=goal.text(),
        reached=goal.reached(after),
        barred=goal.barred,
        steps=tuple(steps),
        cost=cost,
        before=trial.card,
        after=after,
        rank_before=rank_among(trial, trial.card),
        rank_after=rank_among(trial, after),
    )


@frozen(eq=False)
class _Search:
    """All that the open leaves can come to."""

    trial: Trial
    moves: Mapping[str, Moves]
    costs: Costs

    def front(self, *, no_zero: bool) -> list[State]:
        """Return what all leaves can come to, without criteria of 0 points where that is asked for."""
        if no_zero and self._zeros - set(self.parts):
            return []
        return reduce(joined, [self._part(key, no_zero=no_zero) for key in self.parts], [START])

    @cached_property
    def _zeros(self) -> frozenset[str]:
        """The criteria of 0 points that a condition counts."""
        return frozenset(zero_criteria(self.trial.methodology, self.trial.card.nodes))

    @cached_property
    def parts(self) -> dict[str, list[str]]:
        """The open leaves by the criterion of the second level that they belong to, or by their block."""
        found: dict[str, list[str]] = {}
        for leaf, own in self.moves.items():
            found.setdefault(self._part_of(own.leaf), []).append(leaf)
        return found

    def _part_of(self, leaf: Criterion) -> str:
        above = leaf
        while above.block is None and above.level > 2 and above.parent is not None:
            above = self.trial.methodology[above.parent]
        return above.id if above.block is None else above.block

    def _part(self, key: str, *, no_zero: bool) -> list[State]:
        """Return what the leaves of one part bring to the headline."""
        gains = 2 if no_zero else 1
        fronts = [self._leaf(self.moves[leaf], gains) for leaf in self.parts[key]]
        states = reduce(partial(joined, gains=gains), fronts, [START])
        kept = [state for state in states if not (no_zero and self._is_zero(key, state.gain))]
        return mapped(kept, partial(self._brings, key))

    def _leaf(self, own: Moves, gains: int) -> list[State]:
        """Return what one leaf can come to, in points as the tree counts them.

        Raises:
            Fault: where ways that depend on each other make too many states.
        """
        counts = [self.costs.counts(own, at, before_end=gains > 1) for at in range(len(own.ways))]
        if own.are_few(counts):
            return unbeaten((self._state(own, steps) for steps in product(*counts)), gains=gains)
        if not own.add_up():
            message = "its inputs can be changed in too many ways: name it in closed, or state no costs by unit there"
            raise Fault(message, place=Place(at=own.leaf.id))
        ways = [
            unbeaten((self._state(own, own.with_steps(own.none, at, count)) for count in each), gains=gains)
            for at, each in enumerate(counts)
        ]
        return reduce(partial(joined, gains=gains), ways)

    def _state(self, own: Moves, steps: Steps) -> State:
        return State(self.costs.of_steps(own, steps), own.counted(steps), (own.leaf.id, steps))

    def _is_zero(self, key: str, points: Fraction) -> bool:
        """Return whether a criterion has exactly 0 points once they are added; a block is none."""
        node = self.trial.card.nodes.get(key)
        return node is not None and node.points is not None and node.points + points == 0

    def _brings(self, key: str, points: Fraction) -> Fraction:
        """Return what points of one part bring to the headline."""
        return self.trial.brings(self.moves[self.parts[key][0]].leaf, points)

    def _points(self, key: str, chosen: Mapping[str, Steps]) -> Fraction:
        own = [self.moves[leaf] for leaf in self.parts[key]]
        return exact_sum(each.counted(chosen.get(each.leaf.id, each.none)) for each in own)

    def gain(self, chosen: Mapping[str, Steps]) -> Fraction:
        """Return what the chosen steps bring to the headline together."""
        return exact_sum(self._brings(key, self._points(key, chosen)) for key in self.parts)

    def leaves_zero(self, chosen: Mapping[str, Steps]) -> bool:
        """Return whether some criterion has exactly 0 points after the chosen steps."""
        return any(self._is_zero(key, self._points(key, chosen)) for key in self.parts)

    def lowered(self, chosen: Mapping[str, Steps], enough: Callable[[Mapping[str, Steps]], bool]) -> dict[str, Steps]:
        """Return the chosen steps with as few of each as stay *enough*, one leaf after the other."""
        kept = dict(chosen)
        for leaf in filter(kept.__contains__, self.moves):
            kept[leaf] = self.moves[leaf].lowered(
                kept[leaf],
                lambda steps, leaf=leaf: enough({**kept, leaf: steps}),  # type: ignore[misc]
            )
        return kept
