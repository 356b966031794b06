"""What results are asked about: what moved and why, where points are to be had, and how firm a rank is.

Everything here starts from cards and boards that were scored; nothing computes points in a second way.
"""

from __future__ import annotations

from parindex.analysis.alternatives import other_policies
from parindex.analysis.changes import BoardChange, Merged, Movement, NodeChange, UnitChange, places_moved
from parindex.analysis.comparing import compare
from parindex.analysis.describing import Correlation, Description, Spread, describe
from parindex.analysis.drawn import DrawnWeights, ErrorOf
from parindex.analysis.effects import Effect, Unsplit
from parindex.analysis.finding import gaps
from parindex.analysis.improving import improve
from parindex.analysis.moves import Reason
from parindex.analysis.periods import Due, Loss, Moved, Progress, SoFar, UnitPeriod
from parindex.analysis.plans import ReachPlan, reach
from parindex.analysis.profiles import Profile, Standing, profile
from parindex.analysis.progressing import progress
from parindex.analysis.robust import Robustness, robustness
from parindex.analysis.rounded import possible_ranks
from parindex.analysis.shortfalls import Gaps, GroupMean, NodeGap, Share, Shortfall, UnitGap
from parindex.analysis.standing import Alternatives, Beaten, DrawnRanks, RankCounts, RankRange
from parindex.analysis.steps import Change, Improvement, Improvements, Step
from parindex.analysis.targets import Rank

__all__ = [
    "Alternatives",
    "Beaten",
    "BoardChange",
    "Change",
    "Correlation",
    "Description",
    "DrawnRanks",
    "DrawnWeights",
    "Due",
    "Effect",
    "ErrorOf",
    "Gaps",
    "GroupMean",
    "Improvement",
    "Improvements",
    "Loss",
    "Merged",
    "Moved",
    "Movement",
    "NodeChange",
    "NodeGap",
    "Profile",
    "Progress",
    "Rank",
    "RankCounts",
    "RankRange",
    "ReachPlan",
    "Reason",
    "Robustness",
    "Share",
    "Shortfall",
    "SoFar",
    "Spread",
    "Standing",
    "Step",
    "UnitChange",
    "UnitGap",
    "UnitPeriod",
    "Unsplit",
    "compare",
    "describe",
    "gaps",
    "improve",
    "other_policies",
    "places_moved",
    "possible_ranks",
    "profile",
    "progress",
    "reach",
    "robustness",
]
