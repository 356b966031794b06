"""Laws of comparisons: nothing against itself, signs swap with the sides, and rules and data make up the change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import parindex as pi
import strategies as made
from parindex.analysis import compare, gaps


@given(st.data())
def test_nothing_changed_against_itself(data: st.DataObject) -> None:
    """A board, and each of its cards, compared with itself changed in nothing."""
    methodology = data.draw(made.methodologies())
    board = pi.score_many(methodology, data.draw(made.populations(methodology)))
    assert not compare(board, board)
    assert not any(compare(card, card) for card in board)


@given(st.data())
def test_signs_swap_with_the_sides(data: st.DataObject) -> None:
    """Before and after swapped, every change of points, index and places has the other sign; effects do too.

    Conditions: the same methodology, or one with another maximum policy; every rule; leaves that do not apply.
    """
    methodology = data.draw(made.methodologies())
    other = methodology
    if data.draw(st.booleans()):
        how = data.draw(st.sampled_from(made.POLICIES))
        other = pi.parse_methodology(
            pi.dumps(methodology).replace('"not_applicable": "exclude"', f'"not_applicable": "{how}"')
        )
    units = data.draw(made.populations(methodology))
    before = pi.score_many(methodology, units)
    again = data.draw(made.populations(methodology, least=len(units), most=len(units)))
    after = pi.score_many(other, again)
    one, two = compare(before, after), compare(after, before)
    for there in one:
        back = two[there.before_unit]
        for figure in ("points", "index", "moved"):
            mine, theirs = getattr(there, figure), getattr(back, figure)
            assert mine == (None if theirs is None else -theirs)
        for key, node in there.nodes.items():
            points = back[key].points
            assert node.points == (None if points is None else -points)
        if there.effect is not None:
            assert back.effect is not None
            assert (there.effect.rules, there.effect.data) == (-back.effect.rules, -back.effect.data)


@given(st.data())
def test_rules_and_data_make_up_the_change(data: st.DataObject) -> None:
    """The effect of the rules and that of the data add up to the change of the headline, in either order, exactly."""
    methodology = data.draw(made.methodologies(leaf_rounding=False))
    leaf = data.draw(st.sampled_from(methodology.leaves))
    table = {"lead": "Sở Nội vụ"} if data.draw(st.booleans()) else {"note": "đã sửa"}
    later = methodology.with_changes({leaf.id: table})
    before = pi.score_many(methodology, data.draw(made.populations(methodology, least=2, most=2)))
    after = pi.score_many(later, data.draw(made.populations(later, least=2, most=2)))
    for change in compare(before, after):
        if change.effect is not None:
            start, end = change.before.headline, change.after.headline
            assert start is not None
            assert end is not None
            assert change.effect.total == end - start
            assert sum(change.effect.rules_first) == sum(change.effect.data_first) == end - start


@given(st.data())
def test_what_leaves_miss_adds_up(data: st.DataObject) -> None:
    """The points that the leaves of a unit miss add up to what the whole misses, by lead and by origin too."""
    methodology = data.draw(made.methodologies(blocks=False))
    found = gaps(pi.score_many(methodology, data.draw(made.populations(methodology))))
    for unit in found:
        assert sum(each.lost or 0 for each in unit.leaves) == unit.lost
        assert sum(unit.by_lead.values()) == sum(unit.by_origin.values()) == unit.lost
        assert {*unit.zero} | {*unit.deducted} == {*unit.leaves}
    assert found.groups_agree
