"""The total is the sum of its parts, whatever the order of criteria or units."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import parindex as pi
import strategies as made


def figures(card: pi.Scorecard) -> tuple[object, ...]:
    """Return everything of a card that a reader sees, without the methodology it was computed with."""
    grade = None if card.grade is None else card.grade.key
    nodes = {key: (node.status, node.points, node.max_points) for key, node in card.nodes.items()}
    return card.status, card.points, card.max_points, card.index, grade, nodes, card.bounds


@given(st.data())
def test_every_node_is_the_sum_of_its_parts(data: st.DataObject) -> None:
    """Points and maximum of an inner node, of the base and of all origins are the sums of those below that apply.

    Conditions: a final card; blocks stand outside the base and add or take what their caps leave.
    """
    methodology = data.draw(made.methodologies())
    for card in pi.score_many(methodology, data.draw(made.populations(methodology))).cards:
        if card.points is None:
            continue
        for criterion in methodology.criteria:
            below = [card[child.id] for child in criterion.children if card[child.id].points is not None]
            if below:
                assert card[criterion.id].points == sum(node.points or 0 for node in below)
                assert card[criterion.id].max_points == sum(node.max_points or 0 for node in below)
        roots = [card[root.id] for root in methodology.roots]
        assert card.base_points == sum(node.points or 0 for node in roots)
        assert card.max_points == sum(node.max_points or 0 for node in roots)
        signs = {"add": 1, "subtract": -1}
        assert card.points == card.base_points + sum(signs[block.effect] * block.counted for block in card.blocks)
        if card.by_origin:
            assert sum((origin.points for origin in card.by_origin.values()), Fraction(0)) == card.base_points
            assert sum(origin.max_points or 0 for origin in card.by_origin.values()) == card.max_points


@given(st.data())
def test_the_order_of_criteria_changes_nothing(data: st.DataObject) -> None:
    """The same criteria listed in any order give every unit the same figures.

    Conditions: none; parents may stand after their children.
    """
    tables = data.draw(made.methodology_tables())
    methodology = made.build(tables)
    shuffled = made.build(tables | {"criterion": data.draw(st.permutations(tables["criterion"]))})
    everyone = data.draw(made.populations(methodology, most=3))
    one, other = (pi.score_many(each, everyone) for each in (methodology, shuffled))
    assert [figures(card) for card in one.cards] == [figures(card) for card in other.cards]
    assert one.rank_list() == other.rank_list()


@given(st.data())
def test_the_order_of_units_changes_no_card(data: st.DataObject) -> None:
    """Every unit has the same card and the same ranks, whatever the order in which the units are given.

    Conditions: all units are assessed together; relative rules compare the same units.
    """
    methodology = data.draw(made.methodologies())
    everyone = data.draw(made.populations(methodology))
    board = pi.score_many(methodology, everyone)
    shuffled = pi.score_many(methodology, data.draw(st.permutations(everyone)))
    for key in (None, *(root.id for root in methodology.roots)):
        one = dict(zip(board.units, board.rank_list(key), strict=True))
        assert one == dict(zip(shuffled.units, shuffled.rank_list(key), strict=True))
    for unit in board.units:
        assert board.card(unit) == shuffled.card(unit)


@given(st.data())
def test_units_are_scored_alone_as_they_are_together(data: st.DataObject) -> None:
    """Without relative rules a unit's card does not depend on the other units."""
    methodology = data.draw(made.methodologies(kinds=made.ALONE))
    everyone = data.draw(made.populations(methodology, most=3))
    together = pi.score_many(methodology, everyone).cards
    assert together == tuple(pi.score(methodology, each) for each in everyone)
