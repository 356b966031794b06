"""Laws of progress: bounds only narrow while more becomes known, and end at what is scored."""

from __future__ import annotations

from itertools import pairwise

from attrs import evolve
from hypothesis import event, given
from hypothesis import strategies as st

import parindex as pi
import strategies as made
from parindex.analysis import progress


@given(st.data())
def test_bounds_narrow_and_end_at_the_score(data: st.DataObject) -> None:
    """As leaves become known one after the other, later bounds lie within earlier ones, and end at the figure itself.

    So do ranks: each rank interval holds the rank that the unit ends at.
    Conditions: no leaf is said not to apply, which bounds do not foresee, and none that is missing has a default.
    """
    methodology = data.draw(made.methodologies())
    whole = data.draw(made.populations(methodology, dropping=False))
    leaves = [leaf.id for leaf in methodology.leaves if leaf.default is None]
    first = set(data.draw(st.lists(st.sampled_from(leaves), unique=True)))
    second = {leaf for leaf in first if data.draw(st.booleans())}
    rows = [
        evolve(made.hidden(each, missing), period=period)
        for period, missing in (("Q1", first), ("Q2", second), ("Q3", set()))
        for each in whole
    ]
    found = progress(methodology, rows)
    final = pi.score_many(methodology, whole)
    for unit, rank in zip(final.units, final.rank_list(), strict=True):
        periods = list(found[unit].values())
        for before, after in pairwise(periods):
            for (low, high), (later_low, later_high) in ((before.points, after.points), (before.index, after.index)):
                if later_low is not None and later_high is not None:
                    assert low is None or low <= later_low
                    assert high is None or later_high <= high
        last, card = periods[-1], final.card(unit)
        event(f"status: {card.status}")
        assert (last.points, last.index) == ((card.points,) * 2, (card.index,) * 2)
        assert last.due == ()
        if last.so_far is not None:
            assert (last.so_far.points, last.so_far.index) == (card.points, card.index)
        for each in periods:
            if rank and each.ranks is not None:
                assert each.ranks[0] <= rank <= each.ranks[1]
