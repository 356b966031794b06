"""State a government performance index as data, compute it exactly, explain every point.

What is named here is public.
"""

from __future__ import annotations

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
from parindex._scoring.board import Scoreboard, score_many
from parindex._scoring.engine import score
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
    "Criterion",
    "Deduct",
    "DeductFault",
    "Diff",
    "Effect",
    "Event",
    "Example",
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
    "Option",
    "Origin",
    "OriginScore",
    "ParindexError",
    "Part",
    "Peers",
    "PerUnit",
    "Place",
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
    "diff",
    "dumps",
    "example",
    "examples",
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
