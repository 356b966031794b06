"""Weights are relative among siblings: only their proportions count."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import parindex as pi
import strategies as made


def parent_of(entry: made.Table) -> str:
    """Return the id above an entry, "" for a root."""
    return str(entry["id"]).rpartition(".")[0]


@given(st.data())
def test_scaling_all_weights_of_siblings_changes_nothing(data: st.DataObject) -> None:
    """Multiplying the weights of one set of siblings by a number above 0 changes no maximum and no result.

    Conditions: all weights of the set, each set by its own factor.
    """
    tables = data.draw(made.methodology_tables())
    factors = st.sampled_from((Fraction(1, 3), Fraction(2), Fraction(5, 2), Fraction(100)))
    chosen = {parent: data.draw(factors) for parent in sorted({parent_of(entry) for entry in tables["criterion"]})}
    scaled = [
        entry | ({"weight": made.number(entry["weight"] * chosen[parent_of(entry)])} if "weight" in entry else {})
        for entry in tables["criterion"]
    ]
    one, other = made.build(tables), made.build(tables | {"criterion": scaled})
    assert [each.max_points for each in one.criteria] == [each.max_points for each in other.criteria]
    everyone = data.draw(made.populations(one, most=2))
    before, after = (pi.score_many(each, everyone) for each in (one, other))
    assert before.points() == after.points()
    assert before.component_index() == after.component_index()


@given(st.data())
def test_weights_and_the_maxima_they_stand_for_give_the_same_results(data: st.DataObject) -> None:
    """A methodology stated by weights scores as the one that states the maxima that follow from them."""
    tables = data.draw(made.methodology_tables())
    weighted = made.build(tables)
    stated = []
    for entry in tables["criterion"]:
        maximum = weighted[entry["id"]].max_points
        assert maximum is not None
        stated.append({key: value for key, value in entry.items() if key != "weight"} | {"max": made.number(maximum)})
    pointed = made.build(tables | {"criterion": stated})
    everyone = data.draw(made.populations(weighted, most=2))
    one, other = (pi.score_many(each, everyone) for each in (weighted, pointed))
    assert one.points() == other.points()
    assert one.component_index() == other.component_index()


def test_items_of_a_block_are_no_siblings_of_weighted_domains() -> None:
    """Domains by weight and a bonus item by maximum stand side by side: the block is outside the base."""
    cite, rule = {"source": "src"}, {"type": "given"}
    tables = {
        "format": "parindex.methodology/1",
        "id": "weights",
        "edition": "2024",
        "years": [2024],
        "unit_kind": "district",
        "completeness": "full",
        "total": 100,
        "title": {"vi": "Trọng số", "en": "Weights"},
        "source": [{"key": "src", "title": "Quyết định số 1", "status": "illustrative"}],
        "criterion": [
            {"id": "1", "weight": 1, "cite": cite, "rule": rule},
            {"id": "2", "weight": 3, "cite": cite, "rule": rule},
            {"id": "b", "block": "bonus", "max": 2, "cite": cite, "rule": rule},
        ],
        "block": [{"id": "bonus", "effect": "add", "cap": 2}],
    }
    methodology = made.build(tables)
    assert [each.max_points for each in methodology.criteria] == [25, 75, 2]
