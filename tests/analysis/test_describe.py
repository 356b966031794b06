"""Descriptions: what goes together, what decides the result, what tells units apart; and units beside their peers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from test_compare import GIVEN, RATE, board, edition, penal_board, told

import parindex as pi
from parindex.analysis import Correlation, Share, describe, profile

FOUR = {"A": (0, 0), "B": (50, 6), "C": (100, 3), "D": (50, 3)}


def test_how_the_units_stand_at_a_component() -> None:
    spread = describe(board(FOUR)).components["1"]
    assert told(spread.units, spread.mean, spread.variance, spread.commonest) == (4, 50, 1250, Share(2, 4))
    assert not spread.constant


def test_effective_weights_are_shares_of_the_variance() -> None:
    components = describe(board(FOUR)).components
    # The index is 0, 80, 70, 50; of it the components bring 0, 20, 40, 20 and 0, 60, 30, 30.
    assert {key: each.weight for key, each in components.items()} == {"1": Fraction(7, 19), "2": Fraction(12, 19)}


def test_a_block_is_a_component() -> None:
    found = describe(penal_board(A=(5, 2, 0), B=(5, 0, 0), C=(5, 0, 2)))
    assert {key: each.weight for key, each in found.components.items()} == {
        "1": 0,
        "tru": Fraction(1, 2),
        "cong": Fraction(1, 2),
    }


def test_equal_units_leave_nothing_to_explain() -> None:
    found = describe(board({"A": (50, 3), "B": (50, 3)}))
    assert [each.weight for each in found.components.values()] == [None, None]
    assert [each.id for each in found.leaves.values() if each.constant] == ["1", "2"]
    assert found.correlations["1", "2"].squared is None
    assert found.correlations["1", "2"].printed() is None
    assert repr(found) == "<Description of <Scoreboard x.y@2023, 2 units>>"


def test_how_two_components_go_together() -> None:
    found = describe(board(FOUR)).correlations
    assert told(found["1", "2"].covariance, found["1", "2"].squared, found["1", "2"].units) == (625, Fraction(1, 4), 4)
    assert found["1", "2"] == found["2", "1"]
    assert (found["1", "2"].printed(), found["1", "1"].printed(3)) == (Decimal("0.50"), Decimal("1.000"))


@pytest.mark.parametrize(
    ("squared", "covariance", "digits", "printed"),
    [
        (Fraction(1, 2), Fraction(1), 2, "0.71"),
        (Fraction(1, 2), Fraction(-1), 8, "-0.70710678"),
        (Fraction(0), Fraction(0), 2, "0.00"),
        (Fraction(9, 400), Fraction(1), 2, "0.15"),
        (Fraction(9, 400), Fraction(1), 1, "0.2"),
    ],
)
def test_a_coefficient_is_printed_from_its_square(
    squared: Fraction, covariance: Fraction, digits: int, printed: str
) -> None:
    assert str(Correlation(units=3, covariance=covariance, squared=squared).printed(digits)) == printed


def test_leaves_at_which_most_units_stand_alike() -> None:
    found = describe(board({"A": (50, 3), "B": (50, 4), "C": (60, 5)}))
    assert [each.id for each in found.alike(Fraction(2, 3))] == ["1"]
    assert found.alike(Fraction(1)) == ()


def test_units_that_are_not_final_are_left_out() -> None:
    methodology = board(FOUR).methodology
    rows = [
        pi.Assessment("A", {"1": {"percent": 50}}),
        pi.Assessment("B", {"1": pi.NotApplicable(""), "2": {"points": 3}}),
    ]
    found = describe(pi.score_many(methodology, rows, partial=True))
    assert {key: each.units for key, each in found.components.items()} == {"1": 0, "2": 1}
    assert told(found.correlations["1", "2"].units, found.correlations["1", "2"].covariance) == (0, None)
    assert found.leaves["1"].mean is None
    assert not found.leaves["1"].constant
    empty = describe(pi.score_many(methodology, rows[:1], partial=True))
    assert empty.components["1"].weight is None


def test_points_are_compared_where_they_are_published() -> None:
    points = edition(
        {"1": ("x", 4, RATE), "2": ("y", 6, GIVEN)}, policy={"headline": "points", "not_applicable": "zero"}
    )
    assert describe(board(FOUR, points)).components["1"].weight == Fraction(7, 19)


# One unit beside its peers


def test_where_a_unit_is_stronger_and_weaker() -> None:
    found = profile(board(FOUR), "B")
    assert found.peers == ("A", "C", "D")
    (strong,) = found.strengths
    assert told(strong.id, strong.figure, strong.mean, strong.ahead) == ("2", 100, Fraction(100, 3), Fraction(200, 3))
    assert told(strong.points, strong.better_than) == (4, Share(3, 3))
    assert found.weaknesses == ()
    assert [each.id for each in profile(board(FOUR), "A").weaknesses] == ["2", "1"]
    assert [each.id for each in profile(board(FOUR), "A", level=None).weaknesses] == ["2", "1"]
    with pytest.raises(pi.Fault, match="has no level 2"):
        profile(board(FOUR), "A", level=2)


def test_peers_are_those_that_are_named() -> None:
    assert profile(board(FOUR), "B", among=["B", "D"]).peers == ("D",)
    with pytest.raises(pi.CatalogError, match="there is no unit 'E'"):
        profile(board(FOUR), "B", among=["E"])
    with pytest.raises(pi.Fault, match="unit 'D', among: is named twice"):
        profile(board(FOUR), "B", among=["D", "D"])
    with pytest.raises(pi.Fault, match="among: expected the peers in a list"):
        profile(board(FOUR), "B", among="AC")
    alone = profile(board(FOUR), "B", among=[])
    assert (alone.strengths, alone.weaknesses) == ((), ())


def test_fewer_points_taken_off_are_a_strength() -> None:
    found = profile(penal_board(A=(5, 0, 1), B=(5, 2, 1)), "A")
    assert [told(each.id, each.points) for each in found.strengths] == [("t", 2)]


def test_nodes_without_a_maximum_are_set_beside_by_points() -> None:
    listed = [{"id": "1", "vi": "1", "max": "unknown", "cite": {"source": "s"}, "rule": GIVEN}]
    outline = edition({"x": ("x", 1, RATE)}, criterion=listed, total="unknown", completeness="outline")
    on = pi.score_many(outline, [pi.Assessment(unit, {"1": {"points": at}}) for unit, at in (("A", 3), ("B", 5))])
    (weak,) = profile(on, "A").weaknesses
    assert told(weak.ahead, weak.points) == (-2, None)


def test_a_unit_that_is_not_final_has_no_profile() -> None:
    on = pi.score_many(board(FOUR).methodology, [pi.Assessment("A", {"1": {"percent": 50}})], partial=True)
    with pytest.raises(pi.Fault, match="the card of 'A' is provisional"):
        profile(on, "A")
    rows = [pi.Assessment("A", {"1": {"percent": 50}}), pi.Assessment("B", {"1": {"percent": 50}, "2": {"points": 3}})]
    both = pi.score_many(board(FOUR).methodology, rows, partial=True)
    with pytest.raises(pi.Fault, match="unit 'A', among: its card is provisional"):
        profile(both, "B", among=["A"])
