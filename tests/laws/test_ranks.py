"""Ranks: one more than the number of strictly better units, or of strictly better figures where ties are dense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

import parindex as pi
import strategies as made

if TYPE_CHECKING:
    from fractions import Fraction

VALUES = st.lists(st.fractions(min_value=-3, max_value=3, max_denominator=4), max_size=8)


@given(VALUES)
def test_a_competition_rank_is_one_more_than_the_number_of_better_units(values: list[Fraction]) -> None:
    """Ranks are 1 + how many units are strictly better, so that equal ones share a rank and the next is left out."""
    assert pi.rank(values) == tuple(1 + sum(other > value for other in values) for value in values)


@given(VALUES)
def test_a_dense_rank_is_one_more_than_the_number_of_better_figures(values: list[Fraction]) -> None:
    """Dense ranks are 1 + how many different figures are strictly better, so that no rank is left out."""
    dense = tuple(1 + len({other for other in values if other > value}) for value in values)
    assert pi.rank(values, ties="dense") == dense


@given(st.data(), VALUES)
def test_permuting_units_permutes_ranks(data: st.DataObject, values: list[Fraction]) -> None:
    """A unit keeps its rank wherever it stands in the list, under either kind of ties."""
    order = data.draw(st.permutations(range(len(values))))
    ties = data.draw(st.sampled_from(("competition", "dense")))
    ranks = pi.rank(values, ties=ties)
    assert pi.rank([values[place] for place in order], ties=ties) == tuple(ranks[place] for place in order)


@given(VALUES, st.fractions(min_value="1/9", max_value=9))
def test_ranks_do_not_depend_on_the_unit_of_measure(values: list[Fraction], factor: Fraction) -> None:
    """Multiplying all figures by a number above 0 changes no rank."""
    assert pi.rank([value * factor for value in values]) == pi.rank(values)


@given(st.data())
def test_the_ranks_of_a_board_follow_its_policy(data: st.DataObject) -> None:
    """Ranked are final units that no observation unranks, on the exact or printed headline, within their group or all.

    Conditions: every policy; nodes are ranked on their component index.
    """
    methodology = data.draw(made.methodologies())
    board = pi.score_many(methodology, data.draw(made.populations(methodology, most=5)))
    policy = methodology.policy
    for key in (None, *(root.id for root in methodology.roots)):
        figures: list[Fraction | None] = []
        for card in board.cards:
            headline = card.index if policy.headline == "index" else card.points
            figure = headline if key is None else card[key].index
            counts = card.status is pi.Status.FINAL and card.assessment.unranked is None and figure is not None
            printed = policy.print_rounding.apply(figure) if figure is not None else None
            figures.append((printed if policy.ranked_value == "printed" else figure) if counts else None)
        for card, figure, rank in zip(board.cards, figures, board.rank_list(key), strict=True):
            pool = [
                other
                for each, other in zip(board.cards, figures, strict=True)
                if other is not None and (policy.ranked_within == "all" or each.group == card.group)
            ]
            if figure is None:
                assert rank == 0
            elif policy.ties == "dense":
                assert rank == 1 + len({other for other in pool if other > figure})
            else:
                assert rank == 1 + sum(other > figure for other in pool)
        assert tuple(board.ranks(key)) == board.rank_list(key)
        assert not board.ranks(key).flags.writeable
