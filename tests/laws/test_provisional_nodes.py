"""What a provisional card already says of a node stays so in every completion."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import parindex as pi
import strategies as made


@given(st.data())
@settings(max_examples=120)
def test_a_node_that_is_final_while_others_are_open_stays_as_it_is(data: st.DataObject) -> None:
    """Points, maximum and status of a settled node are the same once the missing leaves are known.

    Conditions: every mixture of excluded and redistributed leaves; a hidden leaf may turn out not applicable by its
    empty denominator, and what was marked not applicable stays so.
    """
    kinds = ("given", "ratio", "weighted-counts", "best", "survey")
    methodology = data.draw(made.methodologies(kinds=kinds, policies=("exclude", "redistribute")))
    complete = data.draw(made.assessments(methodology))
    observed = [key for key, each in complete.observations.items() if not isinstance(each, pi.NotApplicable)]
    hideable = sorted(key for key in observed if methodology[key].default is None)
    assume(hideable)
    gone = data.draw(st.sets(st.sampled_from(hideable), min_size=1))
    provisional = pi.score(methodology, made.hidden(complete, gone), partial=True)
    full = pi.score(methodology, complete)
    assert set(provisional.nodes) == set(full.nodes)
    for key, node in provisional.nodes.items():
        if node.status is pi.Status.PROVISIONAL:
            assert (node.points, node.max_points) == (None, None)
            assert node.awarded == (None if key in gone else full[key].awarded)
        else:
            later = full[key]
            assert (node.status, node.points, node.max_points) == (later.status, later.points, later.max_points), key


def test_a_sibling_of_a_redistributed_leaf_is_open_while_another_may_be_excluded() -> None:
    """What a known leaf gets from a redistributed one depends on a missing third leaf that may yet be excluded."""
    ratio = {"type": "ratio", "zero_total": "not-applicable"}
    cite = {"source": "src"}
    tables = {
        "format": "parindex.methodology/1",
        "id": "three",
        "edition": "2024",
        "years": [2024],
        "unit_kind": "district",
        "completeness": "full",
        "total": 30,
        "title": {"vi": "Ba tiêu chí", "en": "Three criteria"},
        "source": [{"key": "src", "title": "Quyết định số 1", "status": "illustrative"}],
        "criterion": [
            {"id": "1", "max": 30, "cite": cite},
            {"id": "1.1", "max": 10, "cite": cite, "rule": {"type": "given"}},
            {"id": "1.2", "max": 10, "cite": cite, "rule": {"type": "given"}, "not_applicable": "redistribute"},
            {"id": "1.3", "max": 10, "cite": cite, "rule": ratio, "not_applicable": "exclude"},
        ],
    }
    methodology = made.build(tables)
    known = {"1.1": {"points": 5}, "1.2": pi.NotApplicable("không phát sinh")}
    provisional = pi.score(methodology, pi.Assessment("A", known), partial=True)
    full = pi.score(methodology, pi.Assessment("A", known | {"1.3": {"done": 0, "total": 0}}))
    assert full["1.1"].points == 10
    assert provisional["1.1"].points in {None, 10}
