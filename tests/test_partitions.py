"""Extremes over parts of the units: what they hold, how they join, and when they are refused."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import parindex as pi
import strategies as made
from parindex._frozen import FrozenMap
from parindex._methodology.criteria import Entry

CITE = pi.Cite("page")


def edition(**parts: Any) -> pi.Methodology:
    """Return an edition of two relative leaves, one of which compares the units of a group."""
    told: dict[str, Any] = {
        "id": "vn.example.district",
        "edition": "2024",
        "years": [2024],
        "unit_kind": "district",
        "completeness": "full",
        "total": 100,
        "sources": [pi.Source(key="page", title="Example", status="illustrative")],
        "entries": [
            Entry(id="1", max=60, cite=CITE, rule=pi.Relative()),
            Entry(id="2", max=40, cite=CITE, rule=pi.Relative(within="group")),
        ],
    }
    return pi.Methodology(**told | parts)


def table(units: str, *, group: Any = None, **columns: Any) -> pi.ObservationTable:
    """Return a table of units named by letters; columns as c1, c2, and n1 for what does not apply."""
    words = {"c": "value", "n": "not-applicable"}
    named = {f"{name[1:]}:{words[name[0]]}": given for name, given in columns.items()}
    return pi.ObservationTable.from_columns(list(units), named, group=group)


def test_extremes_are_exact_and_join() -> None:
    """The least and greatest value and their count are kept by leaf and group, and joined exactly."""
    methodology = edition()
    one = pi.extremes(methodology, table("AB", c1=["1/3", "0.5"], c2=[1, 2], group=["x", "y"]))
    other = pi.extremes(pi.compile_plan(methodology), table("C", c1=[np.float64(0.1)], c2=[9], group="x"))
    whole = pi.Extremes.merge([one, other])
    third = Fraction(1, 3)
    assert one.peers["1", None] == pi.Peers(third, Fraction(1, 2), 2)
    assert whole.peers == {
        ("1", None): pi.Peers(Fraction(1, 10), Fraction(1, 2), 3),
        ("2", "x"): pi.Peers(Fraction(1), Fraction(9), 2),
        ("2", "y"): pi.Peers(Fraction(2), Fraction(2), 1),
    }
    assert repr(whole) == "<Extremes 3 comparisons>"
    assert pickle.loads(pickle.dumps(whole)) == whole == other | one  # noqa: S301  made here
    assert len({whole, other | one}) == 1


def test_a_missing_value_stays_missing() -> None:
    """A unit without a value leaves the comparison open, whatever the other parts hold."""
    methodology = edition()
    known = pi.extremes(methodology, table("A", c1=[1], c2=[1], group="x"))
    lacking = pi.extremes(methodology, table("B", c1=[np.nan], c2=[2], group="y"))
    absent = pi.extremes(methodology, table("B", c2=[2], group="y"))
    for each in (known | lacking, lacking | known, absent | known, absent | lacking):
        assert each.peers["1", None] is None
    board = pi.score_many(methodology, table("A", c1=[1], c2=[1], group="x"), partial=True, peers=known | lacking)
    assert board.status == (pi.Status.PROVISIONAL,)


def test_units_that_do_not_have_a_leaf_lack_nothing() -> None:
    """A leaf of one group is open for want of a value there, and does not ask the units of another."""
    entries = [
        Entry(id="1", max=60, cite=CITE, rule=pi.Relative(), applies_to=("x",)),
        Entry(id="2", max=60, cite=CITE, rule=pi.Relative(), applies_to=("y",)),
        Entry(id="3", max=40, cite=CITE, rule=pi.Relative()),
    ]
    methodology = edition(entries=entries)
    found = pi.extremes(methodology, table("AB", c1=[None, np.nan], c2=[2, None], c3=[1, 2], group=["y", "x"]))
    assert found.peers["1", None] is None
    assert found.peers["2", None] == pi.Peers(Fraction(2), Fraction(2), 1)


def test_units_to_which_a_leaf_does_not_apply_take_no_part() -> None:
    """A part in which a leaf applies to nobody has no extremes of it, and spoils none."""
    methodology = edition()
    known = pi.extremes(methodology, table("A", c1=[1], c2=[1], group="x"))
    parts = (
        table("BC", c1=["not-applicable", "not-applicable: mới"], c2=[1, 2], group=["x", "y"]),
        table("BC", n1=["mới", True], c2=[1, 2], group=["x", "y"]),
        table("BC", c1=["not-applicable", None], n1=[None, True], c2=[1, 2], group=["x", "y"]),
    )
    for part in parts:
        own = pi.extremes(methodology, part)
        assert ("1", None) not in own.peers
        assert (known | own).peers["1", None] == pi.Peers(Fraction(1), Fraction(1), 1)
    one_of_a_group = table("BCD", c1=[1, 2, 3], n2=[True, None, None], c2=[None, 4, 5], group=["x", "y", "y"])
    assert set(pi.extremes(methodology, one_of_a_group).peers) == {("1", None), ("2", "y")}


def test_a_methodology_the_batch_engine_refuses_has_extremes() -> None:
    """Where the reference engine scores a table, it takes the extremes too; the results are those of the whole."""
    item = Entry(id="b", block="bonus", max=5, cite=CITE, rule=pi.Relative(), default=FrozenMap({"value": 1}))
    leaf = Entry(id="1", max=100, cite=CITE, rule=pi.Relative())
    methodology = edition(entries=[leaf, item], blocks=[pi.Block(id="bonus", effect="add", cap=5)])
    assert pi.compile_plan(methodology).refusal is not None
    parts = (table("AB", c1=[1, 2], cb=[None, 3]), table("CD", c1=[5, 4], cb=[0, 7]))
    whole = pi.Extremes.merge(pi.extremes(methodology, part) for part in parts)
    together = pi.score_many(methodology, table("ABCD", c1=[1, 2, 5, 4], cb=[None, 3, 0, 7]))
    apart = [pi.score_many(methodology, part, peers=whole) for part in parts]
    assert [index for board in apart for index in board.printed_index] == list(together.printed_index)


def test_without_relative_rules_there_is_nothing_to_compare() -> None:
    """An edition without relative rules has no extremes, and its parts take the empty ones."""
    methodology = edition(entries=[Entry(id="1", max=100, cite=CITE, rule=pi.PerUnit(points=1))])
    units = pi.ObservationTable.from_columns(["A"], {"1:count": [7]})
    none = pi.extremes(methodology, units)
    assert none.peers == {}
    assert pi.score_many(methodology, units, peers=none).ranks().tolist() == [1]


def test_extremes_that_leave_units_out_are_refused() -> None:
    """Extremes taken without some of the units to score would give wrong points: that is an error, as is a mix-up."""
    methodology = edition()
    units = table("AB", c1=[1, 5], c2=[1, 2], group=["x", "y"])
    other = table("C", c1=[3], c2=[1], group="x")
    few = pi.extremes(methodology, other)
    with pytest.raises(pi.PopulationError, match="the extremes of criterion 1 leave out units to score"):
        pi.score_many(methodology, units, peers=few)
    with pytest.raises(pi.PopulationError, match="the extremes of criterion 2, group 'y' leave out"):
        pi.score_many(methodology, table("A", c1=[3], c2=[1], group="y"), peers=few)
    with pytest.raises(pi.PopulationError, match="criterion 1 leave out"):
        pi.score_many(methodology, table("A", c2=[1], group="x"), peers=few, partial=True)
    elsewhere = pi.extremes(edition(edition="2025"), other)
    with pytest.raises(pi.PopulationError, match="for different methodologies"):
        _ = few | elsewhere
    with pytest.raises(pi.PopulationError, match="for another methodology"):
        pi.score_many(methodology, other, peers=elsewhere)
    with pytest.raises(pi.Fault, match="there are no extremes to merge"):
        pi.Extremes.merge([])


def test_what_cannot_be_compared_is_refused() -> None:
    """A column that names nothing, and a methodology that cannot be scored with, are errors before anything else."""
    with made.refused(pi.ObservationFaults, "there is no such column"):
        pi.extremes(edition(), table("A", c9=[1]))
    with pytest.raises(pi.RefusedError):
        pi.extremes(edition(total=90), table("A", c1=[1]))


def test_a_table_without_units_gives_a_board_without_units() -> None:
    """An empty part is scored like any other."""
    methodology = edition()
    board = pi.score_many(methodology, table("", c1=[], c2=[]), engine="batch")
    assert (len(board), board.ranks().tolist(), board.order_keys()) == (0, [], ())
    assert pi.extremes(methodology, table("", c1=[], c2=[])).peers == {}


@pytest.mark.parametrize("headline", ["index", "points"])
@pytest.mark.parametrize("value", ["exact", "printed"])
def test_order_keys_follow_what_is_ranked(headline: str, value: str) -> None:
    """Units that print alike share a key only where the printed figure is ranked; unranked ones have none."""
    policy = pi.Policy(
        headline=headline, ranked_value=value, print_rounding=pi.Rounding(digits=0), not_applicable="full"
    )
    methodology = edition(entries=[Entry(id="1", max=100, cite=CITE, rule=pi.Given(scale=100))], policy=policy)
    units = pi.ObservationTable.from_columns(
        list("ABCD"), {"1:value": ["70.1", "70.2", "71", "99"]}, unranked=[None, None, None, "mới"]
    )
    keys = pi.score_many(methodology, units).order_keys()
    a, b, c, d = keys
    assert d is None
    assert None not in {a, b, c}
    assert (a == b) is (value == "printed")
    assert str(a) <= str(b) < str(c)
    assert pi.score_many(methodology, units).order_keys("1")[:3] == keys[:3]
