"""What results are asked about: what moved and why, where points are to be had, and how firm a rank is.

Everything here starts from cards and boards that were scored; nothing computes points in a second way.
"""

from __future__ import annotations

from parindex.analysis.alternatives import other_policies
from parindex.analysis.changes import BoardChange, Merged, Movement, NodeChange, UnitChange, places_moved
from parindex.analysis.comparing import compare
from parindex.analysis.drawn import DrawnWeights, ErrorOf
from parindex.analysis.effects import Effect, Unsplit
from parindex.analysis.finding import gaps
from parindex.analysis.robust import Robustness, robustness
from parindex.analysis.rounded import possible_ranks
from parindex.analysis.shortfalls import Gaps, GroupMean, NodeGap, Share, Shortfall, UnitGap
from parindex.analysis.standing import Alternatives, Beaten, DrawnRanks, RankCounts, RankRange

__all__ = [
    "Alternatives",
    "Beaten",
    "BoardChange",
    "DrawnRanks",
    "DrawnWeights",
    "Effect",
    "ErrorOf",
    "Gaps",
    "GroupMean",
    "Merged",
    "Movement",
    "NodeChange",
    "NodeGap",
    "RankCounts",
    "RankRange",
    "Robustness",
    "Share",
    "Shortfall",
    "UnitChange",
    "UnitGap",
    "Unsplit",
    "compare",
    "gaps",
    "other_policies",
    "places_moved",
    "possible_ranks",
    "robustness",
]
