"""OpenFisca-core: a country of units, a variable with a formula for each leaf, the index as their sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from openfisca_core.commons import switch
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.taxscales import SingleAmountTaxScale
from openfisca_core.variables import Variable

from peers import Result
from peers.described import Chosen, Counted, Leaf, Proportional, Stepped, Ticked, describe
from peers.floats import competition_ranks, printed

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    import parindex

    Formula = Callable[[Any, Any, Any], NDArray[Any]]

LINE = (
    "a TaxBenefitSystem, a variable with a formula for each leaf, and one for their sum; "
    "int32 in, float32 out; ranks with NumPy"
)
TOLERANCE = 1e-6
PERIOD = "2024"


def _name(column: str) -> str:
    return "of_" + column.replace(".", "_").replace(":", "_")


def _formula(leaf: Leaf) -> Formula:
    match leaf:
        case Chosen():
            levels = dict(enumerate(leaf.points))
            return lambda unit, period, _: switch(unit(_name(leaf.column), period), levels)
        case Counted():
            return lambda unit, period, _: np.clip(
                leaf.start + unit(_name(leaf.column), period) * leaf.each, leaf.least, leaf.most
            )
        case Ticked():
            return lambda unit, period, _: unit(_name(leaf.column), period) * leaf.points
        case Stepped():
            scale = SingleAmountTaxScale()
            for edge, worth in zip((-1.0, *leaf.edges), leaf.points, strict=True):
                scale.add_bracket(edge, worth)
            return lambda unit, period, _: scale.calc(_rate(leaf, unit, period), right=not leaf.included)
        case Proportional():

            def proportional(unit: Any, period: Any, _: Any) -> NDArray[Any]:
                rate = _rate(leaf, unit, period)
                if leaf.inverse:
                    rate = 1 - rate
                return np.where(rate < leaf.least, 0, np.minimum(leaf.most, leaf.most * rate / leaf.full))

            return proportional


def _rate(leaf: Stepped | Proportional, unit: Any, period: Any) -> NDArray[Any]:
    return unit(_name(leaf.done), period) / unit(_name(leaf.total), period)


def prepare(edition: parindex.Methodology) -> TaxBenefitSystem:
    """Return the system with the variables of columns, leaves and the index."""
    unit = build_entity("unit", "units", "A unit that is scored", is_person=True)
    system = TaxBenefitSystem([unit])

    def add(name: str, value_type: type, **further: Any) -> None:
        system.add_variable(
            type(
                name, (Variable,), dict(value_type=value_type, entity=unit, definition_period=DateUnit.YEAR, **further)
            )
        )

    leaves = describe(edition)
    for leaf_id, leaf in leaves.items():
        match leaf:
            case Chosen() | Counted():
                add(_name(leaf.column), int)
            case Ticked():
                add(_name(leaf.column), bool)
            case Stepped() | Proportional():
                add(_name(leaf.done), int)
                add(_name(leaf.total), int)
        add(_name(leaf_id), float, formula=_formula(leaf))
    names = [_name(leaf_id) for leaf_id in leaves]
    add("index", float, formula=lambda unit, period, _: sum(unit(name, period) for name in names))
    return system


def run(prepared: TaxBenefitSystem, columns: dict[str, NDArray[Any]]) -> Result:
    """Return the results of all units, from a new simulation."""
    units = len(next(iter(columns.values())))
    simulation = SimulationBuilder().build_default_simulation(prepared, units)
    for column, values in columns.items():
        simulation.set_input(_name(column), PERIOD, values)
    index = simulation.calculate("index", PERIOD)
    return Result(index, printed(index), competition_ranks(index))
