"""Finds what a unit can do next: at every leaf the least change that brings points, from the rule itself."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve

from parindex._frozen import FrozenMap
from parindex.analysis.finding import leads_of, lost_of
from parindex.analysis.moves import Moves, Reason, Steps, moves_of
from parindex.analysis.steps import Improvement, Improvements, Step, changes_of
from parindex.analysis.trials import Trial, closed_leaves

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parindex._methodology.methodology import Methodology
    from parindex._scoring.assessment import Assessment
    from parindex._scoring.board import Scoreboard
    from parindex._scoring.results import Scorecard

_NONE: Final = Fraction(0)
_MOST_LOOKED_AT: Final = 1_000
"""So many numbers of units are looked at to say that each brings the same; rules have a few straight pieces each."""


def improve(
    methodology: Methodology,
    assessment: Assessment,
    *,
    among: Scoreboard | None = None,
    closed: Mapping[str, str] | Iterable[str] = (),
    year: int | None = None,
) -> Improvements:
    """Return for every leaf that misses points the next step and the whole, and exactly what each brings.

    A step changes the inputs of one leaf; what it brings was scored.
    Counts change by whole units, what has decimals by hundredths.
    Totals stay as they are; units that a count does not credit yet, or credits less, and answers of a survey move to
    the best one.
    At a leaf that compares units the steps are the values of the others, which stay as they are.

    Args:
        methodology: what to score with.
        assessment: what was observed, all of it.
        among: the board that the unit stands on, which relative rules need.
        closed: what the unit cannot influence any more: ids of criteria, for all below them, or of origins; a mapping
            gives the reasons.
        year: whose grades count, where they differ by year.

    Raises:
        ObservationFaults: for what is wrong or missing, and for closed ids that are not there.
        Fault: for a unit without a final figure, and a board of another methodology.
        PopulationError: if a relative rule applies and there is no board.
    """
    trial = Trial.of(methodology, assessment, among, year)
    shut = closed_leaves(methodology, assessment.group, closed)
    leads = leads_of(methodology)
    found = {}
    for node in trial.card:
        leaf = methodology[node.id]
        lost = lost_of(node, methodology)
        if leaf.rule is None or lost == 0 or (node.points is None and node.reason is None):
            continue
        improvement = Improvement(id=node.id, lead=leads[node.id], lost=lost)
        if node.id in shut:
            found[node.id] = evolve(improvement, reason=Reason.CLOSED, closed=shut[node.id])
            continue
        moves = moves_of(trial, node)
        told = evolve(improvement, reason=moves) if isinstance(moves, Reason) else _improved(improvement, moves, trial)
        if node.points is not None or told.reason is not Reason.NOT_APPLICABLE:
            found[node.id] = told
    return Improvements(card=trial.card, leaves=FrozenMap(found))


def _improved(improvement: Improvement, moves: Moves, trial: Trial) -> Improvement:
    """Return what can be done at a leaf: what brings nothing to the headline is no step."""
    now = trial.card.headline or _NONE

    def gain(steps: Steps) -> Fraction:
        return trial.headline(trial.brings(moves.leaf, moves.counted(steps))) - now

    best = moves.best()
    most = gain(best)
    if most <= 0:
        return evolve(improvement, reason=Reason.HELD if moves.worth(best) > 0 else Reason.RULE)
    best = moves.fewest(best, lambda steps: gain(steps) >= most)
    counts = (moves.least(moves.none, at, lambda steps: gain(steps) > 0) for at in range(len(moves.ways)))
    nexts = [step_of(trial, moves, each) for each in counts if each is not None]
    whole = step_of(trial, moves, best)
    return evolve(
        improvement,
        steps=tuple(sorted(nexts, key=lambda step: -step.gain)),
        whole=evolve(whole, each=_each(trial, moves, best, whole)),
    )


def _each(trial: Trial, moves: Moves, steps: Steps, whole: Step) -> Fraction | None:
    """Return what each unit of the whole brings, where all do alike; the last may bring less."""
    taken = [at for at, count in enumerate(steps) if count]
    if len(taken) != 1 or not moves.direction(taken[0]):
        return None
    at, count = taken[0], steps[taken[0]]
    if abs(count) == 1:
        return None
    sign = 1 if count > 0 else -1
    numbers = {1, abs(count) - 1, abs(count), *range(1, abs(count), abs(count) // _MOST_LOOKED_AT + 1)}
    worths = {number: moves.worth(moves.with_steps(moves.none, at, sign * number)) for number in numbers}
    last = worths.pop(abs(count))
    even = abs(count) * worths[1]
    if any(worth != number * worths[1] for number, worth in worths.items()) or last > even:
        return None
    if last < even and moves.rounding is not None:  # rounding, not the maximum, may be what the last one lacks
        return None
    one = step_of(trial, moves, moves.with_steps(moves.none, at, sign))
    if not one.gain * (abs(count) - 1) < whole.gain <= one.gain * abs(count):  # a cap holds some of them
        return None
    change = next(change for change in one.changes if change.input.name == moves.ways[at].name)
    assert change.more is not None  # a way with a direction is one of numbers
    return one.gain / abs(change.more)


def step_of(trial: Trial, moves: Moves, steps: Steps) -> Step:
    """Return the step that takes so many of each way, scored."""
    return followed(trial, moves, steps, trial.card)[0]


def followed(trial: Trial, moves: Moves, steps: Steps, before: Scorecard) -> tuple[Step, Scorecard]:
    """Return the step that takes so many of each way after what a card has already, and the card after it."""
    inputs, observed = moves.inputs(steps), moves.observed(steps)
    leaf = moves.leaf
    after = trial.scored({leaf.id: observed}, since=before)
    ends = before.headline, after.headline, before[leaf.id].points, after[leaf.id].points
    assert None not in ends  # a step keeps a final card final
    start, end, points, better = (end or _NONE for end in ends)
    changes = changes_of(leaf.leaf_rule.input_by_name, moves.values, inputs)
    names = {change.input.name for change in changes}
    step = Step(
        id=leaf.id,
        changes=changes,
        points=better - points,
        gain=end - start,
        headline=end,
        grade=after.grade,
        beside=FrozenMap({name: value for name, value in observed.items() if name not in names}),
    )
    return step, after
