"""What excluded and redistributed maxima leave unchanged."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import parindex as pi
import strategies as made


@given(st.data(), st.integers(0, 12))
def test_exclude_keeps_the_index_of_a_unit_that_is_the_same_everywhere(data: st.DataObject, part: int) -> None:
    """A unit with the same share of every maximum has 100 times that share as its index, whatever is excluded.

    Conditions: every leaf that does not apply is excluded and one applies; no leaf rounding, no blocks and no cap
    below 100; leaves are given.
    """
    tables = data.draw(
        made.methodology_tables(kinds=("given",), policies=("exclude",), leaf_rounding=False, blocks=False)
    )
    tables["policy"].pop("index_cap", None)
    share = Fraction(part, 12)
    for entry in tables["criterion"]:
        if "rule" in entry:
            entry["rule"] = {"type": "given", "scale": 1}
    methodology = made.build(tables)
    leaves = made.leaves_for(methodology)
    dropped = data.draw(st.sets(st.sampled_from([leaf.id for leaf in leaves])))
    seen = {leaf.id: pi.NotApplicable("") if leaf.id in dropped else {"value": share} for leaf in leaves}
    card = pi.score(methodology, pi.Assessment("A", seen, group="lowland"))
    if len(dropped) == len(leaves):
        assert card.status is pi.Status.NOT_APPLICABLE
    else:
        assert card.index == 100 * share
        shares = {node.index for node in card.nodes.values() if node.points is not None}
        assert shares == {100 * share}


@given(st.data())
def test_redistribute_keeps_every_maximum(data: st.DataObject) -> None:
    """The applied maximum of the whole stays the total, and that of a parent its own, scaled by what it received.

    Conditions: no leaf is excluded, and something applies.
    """
    methodology = data.draw(made.methodologies(policies=("redistribute", "full", "zero")))
    for card in pi.score_many(methodology, data.draw(made.populations(methodology))).cards:
        if card.points is None:
            continue
        assert card.max_points == methodology.total
        for criterion in methodology.criteria:
            children = [card[child.id] for child in criterion.children]
            if any(child.points is not None for child in children):
                factor = _received(methodology, card, criterion)
                assert card[criterion.id].max_points == (criterion.max_points or 0) * factor


def _received(methodology: pi.Methodology, card: pi.Scorecard, criterion: pi.Criterion) -> Fraction:
    """Return what the maximum of a node was multiplied by: at each level, all maxima over those that still apply."""
    factor = Fraction(1)
    at: pi.Criterion | None = criterion
    while at is not None:
        beside = methodology[at.parent].children if at.parent else methodology.roots
        everything = sum((each.max_points or Fraction(0) for each in beside), Fraction(0))
        left = sum((each.max_points or Fraction(0) for each in beside if card[each.id].points is not None), Fraction(0))
        factor *= everything / left
        at = methodology[at.parent] if at.parent else None
    return factor


@given(st.data())
def test_full_and_zero_keep_the_maximum_and_differ_by_it(data: st.DataObject) -> None:
    """A leaf that does not apply has all of its maximum under ``full`` and nothing under ``zero``; no maximum moves.

    Conditions: no leaf is excluded or redistributed.
    """
    tables = data.draw(made.methodology_tables(kinds=made.ALONE, policies=("full", "zero")))
    methodology = made.build(tables)
    card = pi.score(methodology, data.draw(made.assessments(methodology)))
    assert card.max_points == methodology.total
    for leaf in made.leaves_for(methodology):
        node = card[leaf.id]
        if node.reason is not None and leaf.block is None:
            assert node.points == (leaf.max_points if leaf.not_applicable == "full" else 0)
        assert node.max_points == leaf.max_points
