"""Possible ranks: what ranks units can have, wherever their exact figures lie within what was printed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parindex._frozen import FrozenMap
from parindex.analysis.rank_intervals import Interval, at, rank_intervals
from parindex.analysis.standing import RankRange
from parindex.analysis.weighed import Ranking, pools

if TYPE_CHECKING:
    from parindex._numbers import Rounding
    from parindex._scoring.board import Scoreboard


def possible_ranks(board: Scoreboard) -> FrozenMap[str, RankRange]:
    """Return the best and the worst rank of each ranked unit over every completion of the printed headlines.

    In a completion the exact headline of every unit lies anywhere in the interval of numbers that are printed as its
    own is, by the policy's rounding with its ends, and held within 0 and the cap as an index is.
    Both ranks are attained, and no other completion has a better or a worse one; nothing is sampled.
    Where the policy ranks printed figures, every completion has the ranks of the board.
    """
    methodology = board.methodology
    ranks, headlines = board.rank_list(), board.compared()
    rounding, ranking = methodology.policy.print_rounding, Ranking.of(methodology)
    found: dict[int, RankRange] = {}
    for members in pools(board):
        intervals = [_printed_alike(headlines[member], rounding, ranking) for member in members]
        for member, (least, greatest) in zip(members, rank_intervals(intervals, methodology.policy.ties), strict=True):
            found[member] = RankRange(
                unit=board.units[member], rank=ranks[member], of=len(members), least=least, greatest=greatest
            )
    return FrozenMap({each.unit: each for _, each in sorted(found.items())})


def _printed_alike(figure: Fraction | None, rounding: Rounding, ranking: Ranking) -> Interval:
    """Return the interval of the figures that are printed, or ranked, as that one is."""
    assert figure is not None  # it is ranked
    if ranking.rounding is not None:
        printed = at(ranking.ranked(figure))
        return printed, printed
    (low, has_low), (high, has_high) = rounding.printed_alike(rounding.scaled(figure))
    ends = at(low, 0 if has_low else 1), at(high, 0 if has_high else -1)
    if not ranking.held:
        return ends
    most = ends[1] if ranking.cap is None else min(ends[1], at(ranking.cap))
    return max(ends[0], at(Fraction(0))), most
