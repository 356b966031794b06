"""From what the clauses say to one rule: only where they say everything, and nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex._methodology.wording.amounts import Stopped
from parindex._methodology.wording.lists import deduct, levels_or_items, per_unit
from parindex._methodology.wording.rates import bands, formula_rule
from parindex._methodology.wording.taken import Each, Less
from parindex._methodology.wording.told import Level, Piece, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex._methodology.rules import Rule
    from parindex._methodology.wording.facts import Facts

_WAYS: Final[tuple[tuple[type, Callable[[Facts], Rule]], ...]] = (
    (Less, deduct),
    (Piece, formula_rule),
    (Each, per_unit),
    (Level, levels_or_items),
    (Step, bands),  # of which none has a condition
)
"""What a text is read as if any of its clauses is of a kind, the first kind found deciding."""


def assemble(facts: Facts) -> Rule:
    """Return the one rule that the facts state.

    Raises:
        Stopped: where they state less, more, or what can be taken in two ways.
    """
    if any(not step.when.rest for _, step in facts.of(Step)) and not facts.of(Piece):
        return bands(facts)
    for kind, way in _WAYS:
        if facts.of(kind):
            return way(facts)
    raise Stopped(facts.clauses[0][0], "states no points and no formula")
