"""Costs: what the steps of a plan cost, one for each input that changes unless the user says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

from parindex._frozen import FrozenMap
from parindex._numbers import exact_sum, fraction
from parindex.errors import Fault, NumberError, ObservationFaults, Place, near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex._methodology.methodology import Methodology
    from parindex.analysis.moves import Moves, Steps

_ONE: Final = Fraction(1)
_MOST_UNITS: Final = 10_000
"""So many units of one input are weighed one by one."""


@frozen
class Costs:
    """What each change costs.

    Attributes:
        by_leaf: for every leaf what each of its inputs costs that changes.
        by_unit: for a leaf and an input what each unit costs by which it changes.
    """

    by_leaf: FrozenMap[str, Fraction]
    by_unit: FrozenMap[tuple[str, str], Fraction]

    @classmethod
    def of(cls, methodology: Methodology, given: Mapping[str, object] | None) -> Costs:
        """Return the costs that were given by ids and by ``id:input``; the nearest one above a leaf counts.

        Raises:
            ObservationFaults: for names that are not there, and for costs below 0.
        """
        if given is not None and not isinstance(given, Mapping):
            raise Fault(f'expected {{"1.1": 2, "1.2:late": "0.5"}}, found {given!r}', place=Place(at="costs"))
        stated: dict[str, Fraction] = {}
        by_unit: dict[tuple[str, str], Fraction] = {}
        faults: list[Fault] = []
        for key, value in (given or {}).items():
            leaf, _, name = key.partition(":")
            fault = _unknown(methodology, leaf, name) or _bad(value, key)
            if fault is not None:
                faults.append(fault)
            elif name:
                by_unit[leaf, name] = fraction(value)
            else:
                stated[leaf] = fraction(value)
        if faults:
            raise ObservationFaults("these costs do not fit the methodology", faults)
        found: dict[str, Fraction] = {}
        for each in methodology.criteria:  # those above come first
            found[each.id] = stated.get(each.id, found.get(each.parent or "", _ONE))
        return cls(FrozenMap(found), FrozenMap(by_unit))

    def counts(self, moves: Moves, at: int, *, before_end: bool = False) -> Sequence[int]:
        """Return the numbers of steps of one way that are worth weighing: all of them where units cost.

        With *before_end* the last but one too, where the end itself may not be wanted.
        """
        direction = moves.direction(at)
        if self._rate(moves, at) is None or not direction:
            ends = moves.ends(at)
            return ends if not before_end or not direction else sorted({*ends, ends[-1] - direction})
        ends_of_others = tuple(moves.limit(other) if moves.direction(other) else 0 for other in range(len(moves.ways)))
        last = max(abs(self._useful(moves, beside, at)) for beside in (moves.none, ends_of_others))
        if last > _MOST_UNITS:
            message = f"changes by more than {_MOST_UNITS} units: state its cost per step, not per unit"
            raise Fault(message, place=Place(at=f"{moves.leaf.id}:{moves.ways[at].name}"))
        return range(0, direction * (last + 1), direction)

    def _useful(self, moves: Moves, beside: Steps, at: int) -> int:
        """Return the last step of a way that brings anything beside the steps of others."""
        most = moves.worth(moves.with_steps(beside, at, moves.limit(at)))
        least = moves.least(beside, at, lambda steps: moves.worth(steps) >= most)
        return 0 if least is None else least[at]

    def _rate(self, moves: Moves, at: int) -> Fraction | None:
        """Return what each unit of a way costs, of both inputs where it moves units; None where none is stated."""
        way = moves.ways[at]
        names = [name for name in (way.name, way.source) if name is not None]
        rates = [self.by_unit[moves.leaf.id, name] for name in names if (moves.leaf.id, name) in self.by_unit]
        return exact_sum(rates) if rates else None

    def of_steps(self, moves: Moves, steps: Steps) -> Fraction:
        """Return what the steps of one leaf cost."""
        return exact_sum(self._of_way(moves, at, count) for at, count in enumerate(steps) if count)

    def _of_way(self, moves: Moves, at: int, count: int) -> Fraction:
        way = moves.ways[at]
        rate = self._rate(moves, at)
        if rate is None:
            own: Fraction = self.by_leaf[moves.leaf.id]
            return own
        if not moves.leaf.leaf_rule.input_by_name[way.name].numeric:
            return rate
        after = way.change(moves.values, count)[way.name]
        return rate * abs(Fraction(after) - Fraction(moves.values[way.name]))

    def of_all(self, moves: Mapping[str, Moves], chosen: Mapping[str, Steps]) -> Fraction:
        """Return what the steps of several leaves cost."""
        return exact_sum(self.of_steps(moves[leaf], steps) for leaf, steps in chosen.items())


def _unknown(methodology: Methodology, criterion_id: str, name: str) -> Fault | None:
    """Return the fault of a name that is not there."""
    if criterion_id not in methodology:
        known = [each.id for each in methodology.criteria]
        return Fault("there is no such criterion", place=Place(at=criterion_id), hint=near(criterion_id, known))
    rule = methodology[criterion_id].rule
    if name and (rule is None or name not in rule.input_by_name):
        known = [] if rule is None else list(rule.input_by_name)
        return Fault("there is no such input", place=Place(at=f"{criterion_id}:{name}"), hint=near(name, known))
    return None


def _bad(value: object, key: str) -> Fault | None:
    try:
        return None if fraction(value) >= 0 else Fault("is a cost below 0", place=Place(at=key))
    except NumberError as error:
        return Fault(str(error), place=Place(at=key))
