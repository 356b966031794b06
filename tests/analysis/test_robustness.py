"""Robustness: ranks under drawn weights, errors, rounding, nodes left out and other policies."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest
from test_compare import GIVEN, edition, told

import parindex as pi
from parindex._numbers import Rounding
from parindex.analysis import (
    Alternatives,
    Beaten,
    DrawnWeights,
    ErrorOf,
    RankRange,
    other_policies,
    possible_ranks,
    robustness,
)
from parindex.analysis.simulation.counting import Run, Weighed
from parindex.analysis.simulation.erring import rounded
from parindex.analysis.simulation.ordering import Screened
from parindex.analysis.weighed import Ranking, pools

TWO = edition({"1": ("Một", 50, GIVEN), "2": ("Hai", 50, GIVEN)})


def board(points: dict[str, tuple[Any, Any]], methodology: pi.Methodology = TWO, **facts: Any) -> pi.Scoreboard:
    """Return a board of units by their points at two leaves, None where one does not apply."""
    rows = []
    for unit, pair in points.items():
        seen = {
            key: pi.NotApplicable("") if given is None else {"points": given}
            for key, given in zip(("1", "2"), pair, strict=True)
        }
        rows.append(pi.Assessment(unit, seen, **facts))
    return pi.score_many(methodology, rows)


CLOSE = {"A": (40, 20), "B": (20, 40), "C": (5, 5)}


def test_two_units_that_weights_decide_between() -> None:
    found = robustness(board(CLOSE), draws=2000, seed=1, at_most=[1])
    counted = found.weights
    assert counted is not None
    a, b, c = counted
    assert (a.histogram or ())[2] == 0
    assert told(c.least, c.greatest, c.mean, c.variance, c.interval()) == (3, 3, 3, 0, (3, 3))
    assert a.interval("100%") == (1, 2)
    wins = counted.beats("A", "B")
    assert sum(wins) == 2000
    assert wins.losses == counted.beats("B", "A").wins
    assert a.probability(at_most=1) == Fraction(wins.wins + wins.ties, 2000)
    assert Fraction(45, 100) < wins.probability < Fraction(55, 100)
    assert a.count(at_most=3) == 2000
    with pytest.raises(pi.Fault, match="unit 'A', at_most: -1 is no rank"):
        a.count(at_most=-1)
    assert (a.rank, b.rank, a.of) == (1, 1, 3)
    assert repr(counted) == "<DrawnRanks of 3 units, 2000 draws>"
    assert repr(found) == "<Robustness of 3 units>"
    assert pickle.loads(pickle.dumps(counted)) == counted  # noqa: S301  made here


def test_the_interval_is_the_shortest_with_most_draws() -> None:
    counted = robustness(board(CLOSE), draws=10).weights
    assert counted is not None
    unit = counted["A"]
    spread = attrs.evolve(unit, draws=10, histogram=(4, 1, 4, 1), least=1, greatest=4)
    assert [spread.interval(share) for share in ("0%", "40%", "50%", "90%", "100%")] == [
        (1, 1),
        (1, 1),
        (1, 2),
        (1, 3),
        (1, 4),
    ]


def test_identical_units_are_level_in_every_draw() -> None:
    methodology = TWO.with_changes(policy={"ties": "dense"})
    points = {"A": (40, 20), "B": (40, 20), "C": (20, 41)}
    for stated in (TWO, methodology):
        counted = robustness(board(points, stated), draws=100).weights
        assert counted is not None
        assert counted.beats("A", "B") == Beaten(0, 100, 0)
        assert counted["A"].histogram == counted["B"].histogram
        assert counted["C"].greatest == 2 if stated is methodology else 3


def test_dirichlet_weights_around_the_stated_ones() -> None:
    """Concentrations in proportion to maxima keep the mean of the shares near what was stated."""
    near = DrawnWeights.dirichlet({"1": 500, "2": 500})
    firm = robustness(board({"A": (40, 20), "B": (20, 20)}), weights=near, draws=50).weights
    assert firm is not None
    assert firm["A"].greatest == 1
    alone = robustness(board(CLOSE), weights=DrawnWeights.dirichlet(3, nodes=["1"]), draws=50).weights
    assert alone is not None
    assert alone["A"].greatest == alone["A"].least


def test_above_a_thousand_units_only_what_was_asked_for_is_counted() -> None:
    source = Weighed.of(board(CLOSE), DrawnWeights.uniform("10%"), pools(board(CLOSE)))
    counts = Run(source=source, draws=50, seed=0, at_most=(1,), full=2).counts()
    assert counts[2].histogram is None
    assert (counts[2].least, counts[2].at_most) == (3, (0,))
    many = {f"U{place}": (Fraction(place, 50), Fraction(1050 - place, 50)) for place in range(1001)}
    found = robustness(board(many), draws=20, at_most=[5, 5, 7]).weights
    assert found is not None
    unit = found["U3"]
    assert unit.histogram is None
    assert list(unit.at_most) == [5, 7]
    assert unit.probability(at_most=5) == Fraction(unit.count(at_most=5), 20)
    with pytest.raises(pi.Fault, match="only the ranks asked for are counted, at_most 5, 7; found 6"):
        unit.count(at_most=6)
    with pytest.raises(pi.Fault, match="not every rank is counted"):
        unit.interval()
    long = {f"U{place}": (Fraction(place + 1, 3**20 + place), Fraction(place, 7**12)) for place in range(260)}
    assert isinstance(
        Weighed.of(board(long), DrawnWeights.uniform("1%"), pools(board(long))).pools[0].orderer, Screened
    )


def test_units_are_compared_within_their_group() -> None:
    methodology = TWO.with_changes(policy={"ranked_within": "group"})
    rows = [
        pi.Assessment(unit, {"1": {"points": points}, "2": {"points": 10}}, group=group)
        for unit, points, group in (("A", 9, "x"), ("B", 8, "x"), ("C", 7, "y"))
    ]
    counted = robustness(pi.score_many(methodology, rows), draws=5).weights
    assert counted is not None
    assert told(counted["C"].of, counted["C"].greatest, counted["B"].greatest) == (1, 1, 2)
    with pytest.raises(pi.Fault, match="unit 'A': is not ranked with 'C', which is of another group"):
        counted.beats("A", "C")
    with pytest.raises(pi.Fault, match="unit 'A': expected another unit"):
        counted.beats("A", "A")
    with pytest.raises(pi.CatalogError, match="there is no ranked unit 'D'"):
        counted["D"]


def test_unknown_maxima_are_multiplied_as_points() -> None:
    listed = [
        {"id": key, "vi": key, "max": most, "cite": {"source": "s"}, "rule": GIVEN}
        for key, most in (("1", "unknown"), ("2", 50))
    ]
    methodology = edition({"x": ("x", 1, GIVEN)}, criterion=listed, total="unknown", completeness="outline")
    ranked = board({"A": (Fraction(41, 3**30), 20), "B": (Fraction(20, 7**25), 40)}, methodology)
    counted = robustness(ranked, draws=20).weights
    assert counted is not None
    assert counted["B"].histogram == (20, 0)
    printed = robustness(board(CLOSE, methodology.with_changes(policy={"ranked_value": "printed"})), draws=20).weights
    assert printed is not None
    assert printed["C"].histogram == (0, 0, 20)
    with pytest.raises(pi.Fault, match="1: its maximum is unknown or 0"):
        robustness(ranked, weights=DrawnWeights.dirichlet())
    indexed = edition({"x": ("x", 1, GIVEN)}, criterion=listed, total=100, completeness="outline")
    counted = robustness(board(CLOSE, indexed), draws=20).weights
    assert counted is not None
    assert counted["C"].histogram == (0, 0, 20)


def test_printed_figures_too_long_for_floats() -> None:
    methodology = edition({"1": ("Một", 50, GIVEN), "2": ("Hai", 50, GIVEN)}).with_changes(
        policy={"ranked_value": "printed", "print_rounding": {"digits": 12}}
    )
    for points in (CLOSE, {"A": (50, 50), "B": (50, 49)}):
        counted = robustness(board(points, methodology), draws=4).weights
        assert counted is not None
        assert sum(counted["A"].histogram or ()) == 4


def test_errors_of_points() -> None:
    ranked = board({"A": (30, 20), "B": (29, 20), "C": (10, 20)})
    counted = robustness(ranked, weights=None, errors=[ErrorOf.leaf("1", 1)], draws=500).errors
    assert counted is not None
    assert counted["C"].histogram == (0, 0, 500)
    assert counted["B"].least == 1
    beaten = counted.beats("A", "B")
    assert beaten.wins > beaten.losses > 0
    assert told(counted.drawn) == told({"1": 1})
    long = board({"A": (Fraction(1, 3**40), 20), "B": (Fraction(1, 7**35), 20)})
    assert robustness(long, weights=None, errors=[ErrorOf.leaf("1", "1/9")], draws=20).errors is not None
    dropped = board({"A": (None, 20), "B": (29, 20)})
    firm = robustness(dropped, weights=None, errors=[ErrorOf.leaf("1", 1)], draws=20).errors
    assert firm is not None
    assert firm["B"].histogram == (20, 0)


def test_errors_of_an_origin() -> None:
    criteria = [
        {"id": key, "vi": key, "max": 50, "cite": {"source": "s"}, "rule": GIVEN, "origin": origin}
        for key, origin in (("1", "a"), ("2", "b"))
    ]
    origins = {"a": {"max": 50}, "b": {"max": 50}}
    methodology = edition({"x": ("x", 100, GIVEN)}, criterion=criteria, origin=origins)
    ranked = board({"A": (30, 20), "B": (29, 20)}, methodology)
    counted = robustness(ranked, weights=None, errors=[ErrorOf.origin("a", "1/2")], draws=20).errors
    assert counted is not None
    assert told(counted.drawn) == told({"1": Fraction(1, 2)})
    with pytest.raises(pi.CatalogError, match="has no origin 'c'"):
        robustness(ranked, errors=[ErrorOf.origin("c", 1)])
    with pytest.raises(pi.Fault, match="1: has an error already"):
        robustness(ranked, errors=[ErrorOf.origin("a", 1), ErrorOf.leaf("1", 1)])


@pytest.mark.parametrize("mode", ["half-up", "half-even", "truncate", "ceiling", "floor"])
def test_whole_numbers_are_rounded_as_fractions_are(mode: str) -> None:
    rounding = Rounding(0, mode)
    values = list(range(-13, 14))
    for kind in (np.int64, np.object_):
        found = rounded(np.array(values, dtype=kind), 4, rounding).tolist()
        assert found == [rounding.scaled(Fraction(value, 4)) for value in values]


def test_possible_ranks_of_figures_printed_alike() -> None:
    coarse = TWO.with_changes(policy={"print_rounding": {"digits": 0}})
    points = {"A": ("40.2", 20), "B": ("40.1", 20), "C": (40, "19.4")}
    found = possible_ranks(board(points, coarse))
    assert found["A"] == RankRange(unit="A", rank=1, of=3, least=1, greatest=2)
    assert [found["C"].least, found["C"].greatest, found["C"].firm] == [3, 3, True]
    printed = coarse.with_changes(policy={"ranked_value": "printed"})
    assert all(each.firm for each in possible_ranks(board(points, printed)).values())


def test_leaving_out_each_domain() -> None:
    found = robustness(board({"A": (40, 20), "B": (20, 39), "C": (5, None)}), draws=1, leave_out=1)
    others = found.left_out
    assert isinstance(others, Alternatives)
    assert others.names == ("1", "2")
    assert others.under("1") == {"A": 2, "B": 1, "C": 0}
    assert others.range("A") == (1, 2)
    assert others.moved_most("A") == ("1",)
    assert others.moved_most("C") == ()
    assert others.unranked("C") == ("1",)
    assert repr(others) == "<Alternatives of 3 units: 1, 2>"
    with pytest.raises(pi.CatalogError, match="there is no alternative '3'"):
        others.under("3")
    one = robustness(board(CLOSE), draws=1, leave_out=["2", "2"]).left_out
    assert one is not None
    assert one.names == ("2",)


def test_units_that_are_not_final_stay_unranked() -> None:
    rows = [pi.Assessment("A", {"1": {"points": 1}}), pi.Assessment("B", {"1": {"points": 1}, "2": {"points": 1}})]
    partial = pi.score_many(TWO, rows, partial=True)
    found = robustness(partial, draws=1, leave_out=1, policies=True)
    assert found.left_out is not None
    assert found.policies is not None
    assert list(found.left_out.ranks) == list(found.policies.ranks) == list(found.rounding) == ["B"]
    empty = robustness(pi.score_many(TWO, []), draws=1, errors=[ErrorOf.leaf("1", 1)])
    assert empty.weights is not None
    assert list(empty.weights) == []


def test_other_policies() -> None:
    ranked = board({"A": (40, None), "B": (20, 39), "C": (20, 39), "D": (1, 1)})
    seen: list[tuple[int, int]] = []
    found = robustness(ranked, weights=None, policies=True, progress=lambda *done: seen.append(done)).policies
    assert found is not None
    assert set(found.names) == set(other_policies(TWO))
    assert found.under("ties=dense")["D"] == 3
    assert found.under("not_applicable=zero")["A"] == 3
    assert found.moved_most("A") == ("not_applicable=zero",)
    assert seen[-1] == (len(found.names), len(found.names))
    rounding = TWO.with_changes(policy={"leaf_rounding": {"digits": 2}})
    assert "leaf_rounding=none" in other_policies(rounding)
    own = robustness(ranked, weights=None, policies={"even": {"print_rounding": {"digits": 0}}}).policies
    assert own is not None
    assert own.names == ("even",)
    with pytest.raises(pi.MethodologyFaults):
        robustness(ranked, weights=None, policies={"odd": {"ties": "odd"}})


def test_policies_that_an_edition_cannot_have_are_told() -> None:
    """Leaf points cannot be rounded to two decimals where a maximum has three, nor excluded where one is unknown."""
    tables = {"id": "1", "vi": "1", "max": "10.001", "cite": {"source": "s"}, "rule": GIVEN}
    fine = edition({"x": ("x", 1, GIVEN)}, criterion=[tables], total="10.001")
    ranked = pi.score_many(fine, [pi.Assessment("A", {"1": {"points": 3}})])
    found = robustness(ranked, weights=None, policies=True).policies
    assert found is not None
    assert list(found.refused) == ["leaf_rounding=half-up"]


def test_progress_is_told_in_draws() -> None:
    seen: list[tuple[int, int]] = []
    robustness(board(CLOSE), draws=9000, workers=2, leave_out=1, progress=lambda *done: seen.append(done))
    assert seen == [(8192, 9000), (9000, 9000), (0, 2), (1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("named", "pattern"),
    [
        ({"draws": 0}, "draws: 0 is not from 1 to"),
        ({"draws": "many"}, "draws: 'many' is not a number"),
        ({"seed": -1}, "seed: -1 is not from 0 to"),
        ({"workers": 0}, "workers: 0 is not from 1 to"),
        ({"at_most": [0]}, "at_most: 0 is not from 1 to"),
        ({"errors": ErrorOf.leaf("1", 1)}, "errors: expected a list"),
        ({"errors": ["1"]}, "errors: expected errors such as"),
        ({"errors": None}, "errors: expected a list, found None"),
        ({"at_most": 3}, "at_most: expected a list, found 3"),
        ({"leave_out": 1.5}, "leave_out: expected a list, found 1.5"),
        ({"policies": {}}, "policies: expected at least one policy"),
        ({"weights": "10%"}, "weights: expected weights such as"),
        ({"weights": {"1": 1}}, "weights: expected weights such as"),
        ({"errors": [ErrorOf.leaf("1", 1), ErrorOf.leaf("1", 1)]}, "1: has an error already"),
        ({"leave_out": "1"}, "leave_out: expected a list, found '1'"),
        ({"leave_out": []}, "leave_out: expected at least one node"),
        ({"leave_out": ["3"]}, "has no criterion '3'"),
        ({"leave_out": 0}, "leave_out: 0 is not from 1"),
        ({"policies": [1]}, "policies: expected"),
        ({"weights": DrawnWeights.uniform("1%", nodes=["1", "1"])}, "nodes: '1' stands twice"),
        ({"weights": DrawnWeights.dirichlet({"1": 600, "2": 600})}, "the concentrations add up to more than 1,000"),
    ],
)
def test_what_is_refused(named: dict[str, Any], pattern: str) -> None:
    with pytest.raises(pi.ParindexError, match=pattern):
        robustness(board(CLOSE), **named)


@pytest.mark.parametrize(
    ("make", "pattern"),
    [
        (lambda: DrawnWeights.uniform("120%"), "within: 120% is not from 0% to 100%"),
        (lambda: DrawnWeights.uniform("0.00001%"), "with at most four decimals"),
        (lambda: DrawnWeights.uniform(10), "10 is not a rate"),
        (lambda: DrawnWeights.uniform("1%", level=0), "level: 0 is no level"),
        (lambda: DrawnWeights.uniform("1%", nodes="1"), "nodes: expected ids in a list, found '1'"),
        (lambda: DrawnWeights.dirichlet(Fraction(1, 2)), "concentration: .* is not a whole number: shares are sums"),  # type: ignore[arg-type]  # refused
        (lambda: DrawnWeights.dirichlet({"1": 0}), "1: 0 is not from 1 to 1000"),
        (lambda: DrawnWeights.dirichlet({}), "concentration: expected a concentration for each node"),
        (lambda: DrawnWeights.dirichlet({"1": 1}, nodes=["1"]), "not both"),
        (lambda: ErrorOf.leaf("1", -1), "points: -1 is no error"),
        (
            lambda: next(iter(robustness(board(CLOSE), draws=1).weights or ())).interval("101%"),
            "share: '101%' is not from",
        ),
    ],
)
def test_what_cannot_be_drawn(make: Any, pattern: str) -> None:
    with pytest.raises(pi.ParindexError, match=pattern):
        make()


def test_nodes_that_are_drawn_are_in_the_base_and_apart() -> None:
    criteria = [
        {"id": "1", "vi": "1", "max": 10, "cite": {"source": "s"}},
        {"id": "1.1", "vi": "1", "max": 10, "cite": {"source": "s"}, "rule": GIVEN},
        {"id": "b", "vi": "1", "max": 1, "cite": {"source": "s"}, "rule": GIVEN, "block": "bonus"},
    ]
    blocks = [{"id": "bonus", "effect": "add"}]
    methodology = edition({"x": ("x", 10, GIVEN)}, criterion=criteria, block=blocks)
    with pytest.raises(pi.Fault, match=r"nodes: '1\.1' is a part of '1', which stands there too"):
        DrawnWeights.uniform("1%", nodes=["1", "1.1"]).chosen(methodology)
    with pytest.raises(pi.Fault, match="nodes: 'b' is outside the base"):
        DrawnWeights.uniform("1%", nodes=["b"]).chosen(methodology)
    for drawn in (DrawnWeights.uniform("1%", level=2), DrawnWeights.uniform("1%", nodes=["1.1"])):
        assert [each.id for each in drawn.chosen(methodology)] == ["1.1"]
    entry = next(each for each in pi.catalog() if each.completeness == "entry")
    with pytest.raises(pi.Fault, match="has no criteria in its base"):
        DrawnWeights.uniform("1%").chosen(pi.load(f"{entry.id}@{entry.edition}"))
    ranked = pi.score_many(methodology, [pi.Assessment("A", {"1.1": {"points": 1}, "b": {"points": 1}})])
    with pytest.raises(pi.Fault, match="1: is no leaf: points"):
        robustness(ranked, errors=[ErrorOf.leaf("1", 1)])
    found = robustness(ranked, errors=[ErrorOf.leaf("b", 1)], draws=3)
    assert found.errors is not None
    assert found.errors["A"].histogram == (3,)


def test_how_figures_are_ranked() -> None:
    points = Ranking.of(TWO.with_changes(policy={"headline": "points", "accept_unequal_maxima": True}))
    assert points.hold(Fraction(-1)) == -1
    assert Ranking.of(TWO.with_changes(policy={"index_cap": 90})).ranked(Fraction(95)) == 90


def test_figures_that_only_long_numbers_tell_apart() -> None:
    """A unit that is better by 1/3**60 everywhere is better in every draw."""
    step = Fraction(1, 3**60)
    points = {"A": (30 + step, 20), "B": (30, 20), "C": (30 - step, 20 + step), "D": (10, 10)}
    counted = robustness(board(points), draws=40, seed=1).weights
    assert counted is not None
    assert counted["A"].least == 1
    assert counted["D"].histogram == (0, 0, 0, 40)
    assert counted.beats("A", "B") == (40, 0, 0)
    dropped = robustness(board({**points, "E": (30, None)}), draws=40, seed=1).weights
    assert dropped is not None
    assert dropped.beats("A", "B") == (40, 0, 0)
    assert dropped["A"].greatest < dropped["D"].least


def test_a_maximum_that_is_next_to_nothing() -> None:
    """Next to 50 points 1/10**40 is nothing in a float, and decides between two units all the same."""
    small, whole = f"1/{10**40}", f"{50 * 10**40 + 1}/{10**40}"
    listed = [
        {"id": key, "vi": key, "max": most, "cite": {"source": "s"}, "rule": GIVEN}
        for key, most in (("1", 50), ("2", small))
    ]
    methodology = edition({"x": ("x", 1, GIVEN)}, criterion=listed, total=whole)
    ranked = board({"A": (40, 0), "B": (40, None), "C": (39, small)}, methodology)
    counted = robustness(ranked, draws=3).weights
    assert counted is not None
    assert [unit.histogram for unit in counted] == [(0, 3, 0), (3, 0, 0), (0, 0, 3)]


def test_many_units_are_drawn_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parindex.analysis.robust._SIGNED", 100)
    with pytest.raises(pi.Fault, match="draws: sums of squared ranks of 50 draws and 2 units"):
        robustness(board({"A": (50, 3), "B": (40, 3)}), draws=50)
