"""How much a run measures: the whole, or a little of everything to see that it works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """The numbers of units and rounds of a run.

    Attributes:
        batches: numbers of units of the marks; the largest is run on one thread.
        peers: numbers of units of the comparison with peers.
        awkward: how many of the units on which floats go wrong.
        memory: how many units the memory is measured with.
        draws: how many draws of weights.
        many: how many units of which the ranks under drawn weights are summed up.
        rounds: how often each step is timed.
        budget: seconds after which a step of the marks gets no more rounds.
        peer_budget: the same for the steps of the peers.
        too_slow: seconds above which a peer is left out of a size, by its time for the size before.
    """

    batches: tuple[int, ...] = (3_300, 11_000, 200_000, 1_000_000)
    peers: tuple[int, ...] = (63, 3_300, 11_000, 200_000)
    awkward: int = 1_000
    memory: int = 200_000
    draws: int = 100_000
    many: int = 3_300
    rounds: int = 15
    budget: float = 60.0
    peer_budget: float = 4.0
    too_slow: float = 5.0


WHOLE = Sizes()
QUICK = Sizes(
    batches=(63, 200),
    peers=(63, 200),
    awkward=200,
    memory=200,
    draws=2_000,
    many=1_100,
    rounds=3,
    budget=2.0,
    peer_budget=1.0,
)
