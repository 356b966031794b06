"""What results are asked about: what moved and why, where points are to be had, and how firm a rank is.

Everything here starts from cards and boards that were scored; nothing computes points in a second way.
"""

from __future__ import annotations

from parindex.analysis.changes import BoardChange, Merged, Movement, NodeChange, UnitChange, places_moved
from parindex.analysis.comparing import compare
from parindex.analysis.effects import Effect, Unsplit
from parindex.analysis.finding import gaps
from parindex.analysis.improving import improve
from parindex.analysis.plans import Plan, reach
from parindex.analysis.shortfalls import Gaps, GroupMean, NodeGap, Share, Shortfall, UnitGap
from parindex.analysis.steps import Change, Improvement, Improvements, Step
from parindex.analysis.targets import Rank

__all__ = [
    "BoardChange",
    "Change",
    "Effect",
    "Gaps",
    "GroupMean",
    "Improvement",
    "Improvements",
    "Merged",
    "Movement",
    "NodeChange",
    "NodeGap",
    "Plan",
    "Rank",
    "Share",
    "Shortfall",
    "Step",
    "UnitChange",
    "UnitGap",
    "Unsplit",
    "compare",
    "gaps",
    "improve",
    "places_moved",
    "reach",
]
