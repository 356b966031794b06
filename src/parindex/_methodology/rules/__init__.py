"""The closed set of scoring rules: one value per rule, one table of all of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from parindex._methodology.rules.base import Award, Peers, Rule
from parindex._methodology.rules.best import Best, Part
from parindex._methodology.rules.chosen import Checklist, Item, Level, Levels
from parindex._methodology.rules.counted import Deduct, DeductFault, PerUnit
from parindex._methodology.rules.direct import Given, Relative
from parindex._methodology.rules.inputs import Input, InputKind, Option
from parindex._methodology.rules.rated import Ratio, WeightedCounts
from parindex._methodology.rules.stepped import Band, Bands
from parindex._methodology.rules.survey import Survey, SurveyGroup, SurveyOption

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "RULES",
    "Award",
    "Band",
    "Bands",
    "Best",
    "Checklist",
    "Deduct",
    "DeductFault",
    "Given",
    "Input",
    "InputKind",
    "Item",
    "Level",
    "Levels",
    "Option",
    "Part",
    "Peers",
    "PerUnit",
    "Ratio",
    "Relative",
    "Rule",
    "Survey",
    "SurveyGroup",
    "SurveyOption",
    "WeightedCounts",
]

RULES: Final[Mapping[str, type[Rule]]] = MappingProxyType(
    {
        rule.type: rule
        for rule in (
            Given,
            Levels,
            Bands,
            Ratio,
            WeightedCounts,
            Checklist,
            PerUnit,
            Deduct,
            Best,
            Survey,
            Relative,
        )
    }
)
"""Every rule by the word that names it in a file."""
