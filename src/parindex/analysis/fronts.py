"""Fronts: of all that several leaves can come to together, what nothing cheaper matches.

Costs and gains add up, so that what is beaten among a few leaves is beaten among all; nothing else is left out.
"""

from __future__ import annotations

from fractions import Fraction
from operator import add
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import frozen

from parindex.analysis.moves import Steps
from parindex.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_MOST: Final = 20_000
"""So many states are kept side by side; costs that are told by unit can make more."""

Choice: TypeAlias = tuple[str, Steps]
"""The steps of one leaf."""


@frozen(eq=False)
class State:
    """What some leaves come to.

    Attributes:
        cost: what it costs.
        gain: what it brings.
        choice: steps of a leaf, or None; those of several states of one leaf add up.
        before, beside: the states that it joins; None where it joins none.
    """

    cost: Fraction
    gain: Fraction
    choice: Choice | None = None
    before: State | None = None
    beside: State | None = None

    def choices(self) -> dict[str, Steps]:
        """Return the steps of every leaf."""
        found: dict[str, Steps] = {}
        open_: list[State | None] = [self]
        while open_:
            state = open_.pop()
            if state is not None:
                if state.choice is not None:
                    leaf, steps = state.choice
                    others = found.get(leaf, (0,) * len(steps))
                    found[leaf] = tuple(map(add, others, steps))
                open_ += [state.before, state.beside]
        return found


START: Final = State(Fraction(0), Fraction(0))


def unbeaten(states: Iterable[State], *, gains: int = 1) -> list[State]:
    """Return the states that no cheaper one matches, the cheapest first; of each cost the best *gains* gains.

    Raises:
        Fault: for too many of them.
    """
    kept: list[State] = []
    best: list[Fraction] = []
    for state in sorted(states, key=lambda each: (each.cost, -each.gain)):
        if state.gain in best or (len(best) == gains and state.gain <= best[-1]):
            continue
        best = sorted([*best, state.gain], reverse=True)[:gains]
        kept.append(state)
        if len(kept) > _MOST:
            message = f"more than {_MOST} plans stand side by side: state costs per step, not per unit"
            raise Fault(message, place=Place(at="costs"))
    return kept


def joined(one: Sequence[State], other: Sequence[State], *, gains: int = 1) -> list[State]:
    """Return what both come to together; of equal states the one that leaves *other* as it is."""
    both = (State(a.cost + b.cost, a.gain + b.gain, None, a, b) for b in other for a in one)
    return unbeaten(both, gains=gains)


def mapped(states: Iterable[State], gain: Callable[[Fraction], Fraction]) -> list[State]:
    """Return the states where their gain counts otherwise."""
    return unbeaten(State(each.cost, gain(each.gain), None, each) for each in states)
