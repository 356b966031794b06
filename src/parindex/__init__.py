"""State a government performance index as data, compute it exactly, explain every point.

What is named here is public.
Each name is loaded when it is first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parindex._batch.many import score_many
    from parindex._batch.partitions import extremes
    from parindex._batch.plan import Plan, compile_plan
    from parindex._batch.table import ObservationTable
    from parindex._catalog import CatalogEntry, Example, catalog, example, examples, load
    from parindex._methodology.criteria import Criterion
    from parindex._methodology.diff import Change, Diff, Identity, diff
    from parindex._methodology.differing.kinds import ChangeKind, ChangePart
    from parindex._methodology.files import parse_methodology, read_methodology
    from parindex._methodology.finding import Finding
    from parindex._methodology.methodology import Methodology, check
    from parindex._methodology.parts import Block, Cite, Event, Grade, Origin, Policy, Source
    from parindex._methodology.rules import (
        Band,
        Bands,
        Best,
        Checklist,
        Deduct,
        DeductFault,
        Given,
        Input,
        InputKind,
        Item,
        Level,
        Levels,
        Option,
        Part,
        Peers,
        PerUnit,
        Ratio,
        Relative,
        Rule,
        Survey,
        SurveyGroup,
        SurveyOption,
        WeightedCounts,
    )
    from parindex._methodology.wording import RuleReading, read_rule_text
    from parindex._methodology.words import (
        Completeness,
        Effect,
        Headline,
        RankedValue,
        Severity,
        SourceStatus,
        Text,
        Ties,
        WhenNotApplicable,
        Within,
        ZeroTotal,
    )
    from parindex._numbers import Rounding, RoundingMode
    from parindex._paths import read_assessments
    from parindex._schemas import schema
    from parindex._scoring.assessment import Assessment, NotApplicable, Stage
    from parindex._scoring.board import Computation, Scoreboard
    from parindex._scoring.engine import score
    from parindex._scoring.extremes import Extremes
    from parindex._scoring.observe import parse_assessments
    from parindex._scoring.ranking import rank
    from parindex._scoring.results import BlockScore, Bounds, NodeScore, OriginScore, Scorecard, Status
    from parindex._values import dumps, loads
    from parindex.errors import (
        CatalogError,
        Fault,
        Faults,
        FileError,
        MethodologyFaults,
        NumberError,
        ObservationFaults,
        ParindexError,
        Place,
        PopulationError,
        RefusedError,
    )

__all__ = [
    "Assessment",
    "Band",
    "Bands",
    "Best",
    "Block",
    "BlockScore",
    "Bounds",
    "CatalogEntry",
    "CatalogError",
    "Change",
    "ChangeKind",
    "ChangePart",
    "Checklist",
    "Cite",
    "Completeness",
    "Computation",
    "Criterion",
    "Deduct",
    "DeductFault",
    "Diff",
    "Effect",
    "Event",
    "Example",
    "Extremes",
    "Fault",
    "Faults",
    "FileError",
    "Finding",
    "Given",
    "Grade",
    "Headline",
    "Identity",
    "Input",
    "InputKind",
    "Item",
    "Level",
    "Levels",
    "Methodology",
    "MethodologyFaults",
    "NodeScore",
    "NotApplicable",
    "NumberError",
    "ObservationFaults",
    "ObservationTable",
    "Option",
    "Origin",
    "OriginScore",
    "ParindexError",
    "Part",
    "Peers",
    "PerUnit",
    "Place",
    "Plan",
    "Policy",
    "PopulationError",
    "RankedValue",
    "Ratio",
    "RefusedError",
    "Relative",
    "Rounding",
    "RoundingMode",
    "Rule",
    "RuleReading",
    "Scoreboard",
    "Scorecard",
    "Severity",
    "Source",
    "SourceStatus",
    "Stage",
    "Status",
    "Survey",
    "SurveyGroup",
    "SurveyOption",
    "Text",
    "Ties",
    "WeightedCounts",
    "WhenNotApplicable",
    "Within",
    "ZeroTotal",
    "catalog",
    "check",
    "compile_plan",
    "diff",
    "dumps",
    "example",
    "examples",
    "extremes",
    "load",
    "loads",
    "parse_assessments",
    "parse_methodology",
    "rank",
    "read_assessments",
    "read_methodology",
    "read_rule_text",
    "schema",
    "score",
    "score_many",
]

_HOMES = {
    "_batch.many": "score_many",
    "_batch.partitions": "extremes",
    "_batch.plan": "Plan compile_plan",
    "_batch.table": "ObservationTable",
    "_catalog": "CatalogEntry Example catalog example examples load",
    "_methodology.criteria": "Criterion",
    "_methodology.diff": "Change Diff Identity diff",
    "_methodology.differing.kinds": "ChangeKind ChangePart",
    "_methodology.files": "parse_methodology read_methodology",
    "_methodology.finding": "Finding",
    "_methodology.methodology": "Methodology check",
    "_methodology.parts": "Block Cite Event Grade Origin Policy Source",
    "_methodology.rules": (
        "Band Bands Best Checklist Deduct DeductFault Given Input InputKind Item Level Levels Option "
        "Part Peers PerUnit Ratio Relative Rule Survey SurveyGroup SurveyOption WeightedCounts"
    ),
    "_methodology.wording": "RuleReading read_rule_text",
    "_methodology.words": (
        "Completeness Effect Headline RankedValue Severity SourceStatus Text Ties WhenNotApplicable Within ZeroTotal"
    ),
    "_numbers": "Rounding RoundingMode",
    "_paths": "read_assessments",
    "_schemas": "schema",
    "_scoring.assessment": "Assessment NotApplicable Stage",
    "_scoring.board": "Computation Scoreboard",
    "_scoring.engine": "score",
    "_scoring.extremes": "Extremes",
    "_scoring.observe": "parse_assessments",
    "_scoring.ranking": "rank",
    "_scoring.results": "BlockScore Bounds NodeScore OriginScore Scorecard Status",
    "_values": "dumps loads",
    "errors": (
        "CatalogError Fault Faults FileError MethodologyFaults NumberError ObservationFaults "
        "ParindexError Place PopulationError RefusedError"
    ),
}
"""Where the public names live, by module."""

_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}


if not TYPE_CHECKING:  # pragma: no branch  a type checker knows the names, and that there are no others

    def __getattr__(name: str) -> Any:
        if name not in _HOME:
            raise AttributeError(f"module 'parindex' has no attribute {name!r}")
        value = getattr(import_module(f"parindex.{_HOME[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
