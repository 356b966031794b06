"""Possible ranks: what ranks units can have, wherever their exact figures lie within what was printed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parindex._frozen import FrozenMap
from parindex._methodology.words import RankedValue, Ties
from parindex._numbers import RoundingMode
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
    ranks = board.rank_list()
    dense = methodology.policy.ties is Ties.DENSE
    settled = methodology.policy.ranked_value is RankedValue.PRINTED
    rounding, ranking = methodology.policy.print_rounding, Ranking.of(methodology)
    headlines = board.compared()
    found: dict[int, RankRange] = {}
    for members in pools(board):
        sizes: dict[int, list[int]] = {}
        for member in members:
            value = headlines[member]
            assert value is not None
            sizes.setdefault(rounding.scaled(value), []).append(member)
        better = 0
        for place, printed in enumerate(sorted(sizes, reverse=True)):
            level = sizes[printed]
            alone = settled or pinned(printed, rounding, ranking)
            # Units printed alike can have any order; those printed otherwise can be level among themselves at best.
            least = (place if dense else better) + 1
            greatest = better + (1 if alone else len(level))
            for member in level:
                found[member] = RankRange(
                    unit=board.units[member], rank=ranks[member], of=len(members), least=least, greatest=greatest
                )
            better += 1 if alone and dense else len(level)
    return FrozenMap({each.unit: each for _, each in sorted(found.items())})


def pinned(printed: int, rounding: Rounding, ranking: Ranking) -> bool:
    """Return whether one figure alone is printed as *printed* units of the last digit: an index at 0 or at its cap.

    All other intervals hold more than one number, even where an index is held.
    """
    if not ranking.held:
        return False
    if printed == 0 and rounding.mode is RoundingMode.CEILING:
        return True  # all that is above 0 is printed as more
    if ranking.cap is None:
        return False
    lowest = Fraction(printed)  # that is printed so
    if rounding.mode in {RoundingMode.HALF_UP, RoundingMode.HALF_EVEN}:
        lowest -= Fraction(1, 2)
    return bool(ranking.cap * 10**rounding.digits == lowest)
