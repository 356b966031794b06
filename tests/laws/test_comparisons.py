"""Laws of comparisons: nothing against itself, signs swap with the sides, and rules and data make up the change."""

from __future__ import annotations

from hypothesis import event, given
from hypothesis import strategies as st

import parindex as pi
import strategies as made
from parindex.analysis import compare, describe, gaps


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
        other = methodology.with_changes(policy={"not_applicable": data.draw(st.sampled_from(made.POLICIES))})
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
    how = data.draw(st.sampled_from([each for each in made.POLICIES if each != methodology.policy.not_applicable]))
    later = methodology.with_changes(policy={"not_applicable": how})
    before = pi.score_many(methodology, data.draw(made.populations(methodology, least=2, most=2)))
    after = pi.score_many(later, data.draw(made.populations(later, least=2, most=2)))
    for change in compare(before, after):
        start, end = change.before.headline, change.after.headline
        if change.effect is not None:
            assert start is not None
            assert end is not None
            assert change.effect.total == end - start
            assert sum(change.effect.rules_first) == sum(change.effect.data_first) == end - start
        event(f"split: {change.effect is not None}, by rules: {change.effect is not None and change.effect.rules != 0}")


@given(st.data())
def test_what_leaves_miss_adds_up(data: st.DataObject) -> None:
    """The points that the leaves of a unit miss add up to what the whole misses, by lead and by origin too."""
    methodology = data.draw(made.methodologies())
    found = gaps(pi.score_many(methodology, data.draw(made.populations(methodology))))
    for unit in found:
        assert sum(each.lost or 0 for each in unit.leaves) == unit.lost
        assert sum(unit.by_lead.values()) == sum(unit.by_origin.values()) == unit.lost
        assert {*unit.zero} | {*unit.deducted} == {*unit.leaves}
    assert found.groups_agree


@given(st.data())
def test_effective_weights_come_to_one(data: st.DataObject) -> None:
    """The effective weights of all components add up to one; a component goes wholly with itself; order is no matter.

    Conditions: every rule, blocks, units of which parts do not apply.
    """
    methodology = data.draw(made.methodologies())
    units = data.draw(made.populations(methodology, least=2))
    found = describe(pi.score_many(methodology, units))
    weights = [each.weight for each in found.components.values()]
    assert sum(each for each in weights if each is not None) == (0 if None in weights or not weights else 1)
    for (one, other), each in found.correlations.items():
        if each.squared is not None:
            assert 0 <= each.squared <= 1
            assert one != other or each.squared == 1
    for leaf in found.leaves.values():
        assert leaf.constant == (leaf.units > 0 and leaf.variance == 0)
    again = describe(pi.score_many(methodology, units[::-1]))
    assert (again.components, again.leaves, again.correlations) == (found.components, found.leaves, found.correlations)
