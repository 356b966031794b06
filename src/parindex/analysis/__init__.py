"""What results are asked about: what moved and why, where points are to be had, and how firm a rank is.

Everything here starts from cards and boards that were scored; nothing computes points in a second way.
"""

from __future__ import annotations

from parindex.analysis.changes import BoardChange, Merged, Movement, NodeChange, UnitChange, places_moved
from parindex.analysis.comparing import compare
from parindex.analysis.effects import Effect, Unsplit
from parindex.analysis.finding import gaps
from parindex.analysis.shortfalls import Gaps, GroupMean, NodeGap, Share, Shortfall, UnitGap

__all__ = [
    "BoardChange",
    "Effect",
    "Gaps",
    "GroupMean",
    "Merged",
    "Movement",
    "NodeChange",
    "NodeGap",
    "Share",
    "Shortfall",
    "UnitChange",
    "UnitGap",
    "Unsplit",
    "compare",
    "gaps",
    "places_moved",
]
