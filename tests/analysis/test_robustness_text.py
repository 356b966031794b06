"""What is said of robustness beside the districts: no draws at all, many units, groups, and nodes by name."""

from __future__ import annotations

from test_compare import GIVEN, edition
from test_robustness import CLOSE, TWO, board

import parindex as pi
from parindex._render.robust import robustness_document, robustness_text, unit_robustness_text
from parindex.analysis import DrawnWeights, robustness


def test_without_draws_the_possible_ranks_are_told() -> None:
    text = robustness_text(robustness(board(CLOSE), weights=None), (), "en")
    assert "\n1  A     1–2\n1  B     1–2\n3  C     3\n" in text


def test_named_nodes_and_what_could_not_be_looked_at() -> None:
    tables = {"id": "1", "vi": "1", "max": "10.001", "cite": {"source": "s"}, "rule": GIVEN}
    fine = edition({"x": ("x", 1, GIVEN)}, criterion=[tables], total="10.001")
    ranked = pi.score_many(fine, [pi.Assessment("A", {"1": {"points": 3}})])
    found = robustness(ranked, weights=DrawnWeights.uniform("2.5%", nodes=["1"]), draws=2, policies=True, leave_out=1)
    text = robustness_text(found, (), "en")
    assert "Weights of 1 ± 2.5 % (2 draws, seed 0):" in text
    assert "A has no rank under: 1" in text
    assert "Not looked at, leaf_rounding=half-up: " in text
    assert "  1: –\n" in unit_robustness_text(found, "A", (), "en")


def test_many_units_have_no_interval() -> None:
    many = {f"U{place}": (place / 50, 10) for place in range(1001)}
    found = robustness(board(many), draws=2, at_most=[9])
    lines = [line.split() for line in robustness_text(found, [9], "en").splitlines()]
    assert ["1", "U1000", "–", "1", "1.00", "100.0", "%"] in lines
    assert "Ranks 1, mean 1.00\n" in unit_robustness_text(found, "U1000", [9], "en")
    (unit, *_) = [each for each in robustness_document(found)["weights"]["units"] if each["unit"] == "U1000"]
    assert (unit["interval_95"], unit["histogram"]) == (None, None)


def test_neighbours_are_those_of_the_group() -> None:
    methodology = TWO.with_changes(policy={"ranked_within": "group"})
    rows = [
        pi.Assessment(unit, {"1": {"points": points}, "2": {"points": 10}}, group=group)
        for unit, points, group in (("A", 9, "x"), ("B", 8, "y"), ("C", 7, "x"))
    ]
    text = unit_robustness_text(robustness(pi.score_many(methodology, rows), draws=2), "A", (), "vi")
    assert "Đứng trên C: 100,0 %" in text
    assert "Đứng trên B" not in text
