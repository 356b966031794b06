"""Progress: what is known period by period, what it can still end at, what is lost for good, and what is due."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from test_commands import WARD, said, table, ward
from test_compare import GIVEN, RATE, edition, penal, told

import parindex as pi
from parindex._methodology.words import Ties
from parindex.analysis import Due, Loss, Moved, UnitPeriod, progress
from parindex.analysis.progressing import in_order
from parindex.analysis.rank_intervals import rank_intervals, within
from strategies import refused

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["said"]

TWO = edition({"1": ("x", 4, RATE), "2": ("y", 6, GIVEN)})


def seen(unit: str, period: str, percent: int | None = None, points: int | None = None, **facts: Any) -> pi.Assessment:
    return pi.Assessment(unit, {"1": {"percent": percent}, "2": {"points": points}}, period=period, **facts)


def one(*rows: pi.Assessment, methodology: pi.Methodology = TWO, unit: str = "A") -> list[UnitPeriod]:
    """Return the periods of a unit."""
    return list(progress(methodology, rows)[unit].values())


def test_what_is_known_and_what_can_still_be() -> None:
    first, second = one(seen("A", "2024-Q1", 50), seen("A", "2024-Q2", 50, 6))
    assert first.so_far is not None
    assert told(first.so_far.points, first.so_far.max_points, first.so_far.index) == (2, 4, 50)
    assert told(str(first.so_far.known), *first.index, *first.points) == ("2/5", 20, 80, 2, 8)
    assert first.due == (Due(id="2", lead=None, missing=("points",), low=Fraction(0), high=Fraction(6)),)
    assert second.so_far is not None
    assert told(second.so_far.index, second.so_far.known, second.lost) == (80, 1, 2)
    assert told(*second.headline) == (80, 80)
    assert (first.became_known, second.became_known) == (("1",), ("2",))
    assert repr(first) == "<UnitPeriod 'A' 2024-Q1: 1 leaves due>"


def test_nothing_known_is_no_figure() -> None:
    (first,) = one(pi.Assessment("A"))
    assert first.so_far is None
    assert told(*first.index) == (0, 100)
    assert told(first.period, first.lost) == ("", 0)
    assert repr(first) == "<UnitPeriod 'A' of all: 2 leaves due>"


def test_what_is_known_and_changes_is_told() -> None:
    _, second, third = one(seen("A", "Q1", 50), seen("A", "Q2", 75), seen("A", "Q10", points=1))
    assert second.moved == (Moved(id="1", before=Fraction(2), after=Fraction(3)),)
    assert third.moved == (Moved(id="1", before=Fraction(3), after=None),)


def test_periods_are_in_the_order_of_their_numbers() -> None:
    assert sorted(["2024-Q10", "2024-Q2", "2023", "2024"], key=in_order) == ["2023", "2024-Q2", "2024-Q10", "2024"]
    rows = [seen("A", "Q10", 50), seen("A", "Q9", 25)]
    found = progress(TWO, rows)
    assert (found.periods, repr(found)) == (("Q9", "Q10"), "<Progress of 1 units over 2 periods>")
    assert [each.period for each in found.latest] == ["Q10"]
    assert progress(TWO, rows, periods=["Q10"]).periods == ("Q10",)
    assert [list(own) for own in found] == [["Q9", "Q10"]]
    with pytest.raises(pi.CatalogError, match="there is no period 'Q8'"):
        progress(TWO, rows, periods=["Q8"])
    for periods in ((), "Q9"):
        with pytest.raises(pi.Fault, match="periods: expected the periods in a list"):
            progress(TWO, rows, periods=periods)
    with pytest.raises(pi.Fault, match="assessments: there are no"):
        progress(TWO, [])
    with pytest.raises(pi.CatalogError, match="there is no unit 'B'"):
        found["B"]


def test_the_ranks_that_follow_from_the_bounds_of_all() -> None:
    rows = [seen("A", "Q1", 50), seen("B", "Q1", 100, 6), seen("C", "Q1", 0, 0), seen("D", "Q1", 0, 0, unranked="mới")]
    found = progress(TWO, rows)
    assert {each.unit: each.ranks for each in found.latest} == {"A": (2, 2), "B": (1, 1), "C": (3, 3), "D": None}
    open_ = progress(TWO, [seen("A", "Q1", 50), seen("B", "Q1", 75)])
    assert [each.ranks for each in open_.latest] == [(1, 2), (1, 2)]


def test_a_unit_that_may_have_no_figure_is_surely_above_nobody() -> None:
    rule = {"type": "bands", "zero_total": "not-applicable", "bands": [{"from": "1%", "points": 4}, {"points": 3}]}
    methodology = edition({"1": ("x", 4, rule), "2": ("y", 6, GIVEN)})
    gone = pi.NotApplicable("mới lập")
    rows = [pi.Assessment("A", {"2": gone}), pi.Assessment("B", {"1": gone, "2": {"points": 0}})]
    assert [each.ranks for each in progress(methodology, rows).latest] == [(1, 2), (1, 2)]
    known = [pi.Assessment("A", {"2": {"points": 3}}), rows[1]]
    assert [each.ranks for each in progress(methodology, known).latest] == [(1, 1), (2, 2)]


def test_ranks_within_groups_and_of_printed_figures() -> None:
    within = edition({"1": ("x", 3, RATE)}, policy={"ranked_within": "group", "ranked_value": "printed"})
    rows = [
        pi.Assessment(unit, {"1": {"percent": percent}}, group=group)
        for unit, percent, group in (("A", "50.001", "x"), ("B", "50.002", "x"), ("C", 0, "y"))
    ]
    assert [each.ranks for each in progress(within, rows).latest] == [(1, 1), (1, 1), (1, 1)]
    gone = pi.Assessment("D", {"1": pi.NotApplicable("x")}, group="x")
    assert progress(within, [*rows, gone]).latest[-1].ranks is None


@pytest.mark.parametrize(
    ("ends", "ties", "ranks"),
    [
        ([(0, 2), (1, 3), (4, 5)], Ties.COMPETITION, [(2, 3), (2, 3), (1, 1)]),
        ([(None, 2), (1, None), (4, 5)], Ties.COMPETITION, [(2, 3), (1, 3), (1, 2)]),
        ([(0, 0), (1, 4), (3, 6), (5, 7)], Ties.DENSE, [(3, 4), (2, 3), (1, 3), (1, 2)]),
        ([(0, 0), (1, 1), (1, 1)], Ties.DENSE, [(2, 2), (1, 1), (1, 1)]),
    ],
)
def test_rank_intervals(ends: list[Any], ties: Ties, ranks: list[tuple[int, int]]) -> None:
    intervals = [within(*(None if end is None else Fraction(end) for end in pair)) for pair in ends]
    assert rank_intervals(intervals, ties) == ranks


def test_what_is_lost_and_what_is_taken_off() -> None:
    (first,) = one(pi.Assessment("A", {"1": {"points": 4}, "t": {"points": 2}}), methodology=penal())
    assert first.losses == (Loss(id="1", lead=None, points=Fraction(6)), Loss(id="t", lead=None, points=Fraction(2)))
    assert told(first.lost, first.so_far.points if first.so_far else None) == (8, 2)
    assert [each.id for each in first.due] == ["c"]


def test_a_bonus_that_is_capped_counts_so_far() -> None:
    items = [
        {"id": "1", "vi": "x", "max": 10, "cite": {"source": "s"}, "rule": GIVEN},
        {"id": "2", "vi": "x", "max": 10, "cite": {"source": "s"}, "rule": GIVEN},
        {"id": "c", "vi": "Cộng", "max": 5, "cite": {"source": "s"}, "rule": GIVEN, "block": "cong"},
    ]
    block = {"id": "cong", "vi": "C", "effect": "add", "cap": 2}
    capped = edition({"x": ("x", 20, RATE)}, criterion=items, block=[block])
    (first,) = one(pi.Assessment("A", {"1": {"points": 4}, "c": {"points": 5}}), methodology=capped)
    assert first.so_far is not None
    assert told(first.so_far.points, first.so_far.index) == (6, 50)
    assert first.losses == (Loss(id="1", lead=None, points=Fraction(6)),)


def test_unknown_maxima_leave_the_share_unknown() -> None:
    listed = [
        {"id": key, "vi": key, "max": most, "cite": {"source": "s"}, "rule": GIVEN}
        for key, most in (("1", "unknown"), ("2", 3), ("3", "unknown"))
    ]
    outline = edition({"x": ("x", 1, RATE)}, criterion=listed, total="unknown", completeness="outline")
    (first,) = one(pi.Assessment("A", {"1": {"points": 2}}), methodology=outline)
    assert first.so_far is not None
    so_far = first.so_far
    assert told(so_far.points, so_far.max_points, so_far.index, so_far.known) == (2, None, None, None)
    assert told(*first.points) == (2, None)
    assert first.due[1].high is None
    (second,) = one(pi.Assessment("A", {"2": {"points": 2}}), methodology=outline)
    assert second.so_far is not None
    assert told(second.so_far.max_points, second.so_far.known) == (3, None)


def test_a_value_that_waits_for_those_of_others_is_due() -> None:
    rules = {"1": ("x", 4, {"type": "relative", "low": "10%"}), "2": ("y", 6, GIVEN)}
    relative = edition(rules, policy={"leaf_rounding": {"digits": 0}})
    rows = [pi.Assessment("A", {"1": {"value": 3}, "2": {"points": 6}}), pi.Assessment("B", {"2": {"points": 6}})]
    (first,) = one(*rows, methodology=relative)
    assert first.due == (Due(id="1", lead=None, missing=(), low=Fraction(0), high=Fraction(4)),)


QUARTERS = """unit,criterion,input,value,period
A,files,percent,50,2024-Q1
B,files,percent,100,2024-Q1
A,files,percent,60,2024-Q2
A,plan,points,3,2024-Q2
B,files,percent,100,2024-Q2
"""


def test_the_command_tells_the_last_period(said: Any, tmp_path: Path) -> None:
    wards, rows = ward(tmp_path, 2024), table(tmp_path, "quarters.csv", QUARTERS)
    text = said("progress", wards, rows, "--lang", "en")
    assert "Period 2024-Q2\n" in text
    assert "B             100.00   60.00   100.00             1-2         0.00    1\n" in text
    assert "Kỳ 2024-Q1" in said("progress", wards, rows, "--period", "2024-Q1")
    document = json.loads(said("progress", wards, rows, "--json"))
    assert (document["format"], document["periods"]) == ("parindex.progress/1", ["2024-Q1", "2024-Q2"])
    assert document["units"][1]["periods"][0]["index"] == ["60.00", "100.00"]
    assert "there is no period '2024-Q3'" in said("progress", wards, rows, "--period", "2024-Q3", code=2)


def test_the_command_tells_a_unit_period_by_period(said: Any, tmp_path: Path) -> None:
    wards, rows = ward(tmp_path, 2024), table(tmp_path, "quarters.csv", QUARTERS)
    text = said("progress", wards, rows, "--unit", "A", "--lang", "en")
    assert "2024-Q2: files was known and changed: 3.00 → 3.60\n" in text
    assert "Lost for good:\n   files Files on time: 2.40\n   plan" in text
    other = said("progress", wards, rows, "--unit", "B", "--lang", "en")
    assert "Due:\n   plan Kế hoạch [0.00, 4.00]: points\n" in other
    (unit,) = json.loads(said("progress", wards, rows, "--unit", "B", "--json"))["units"]
    assert unit["periods"][1]["due"][0]["missing"] == ["points"]


def test_periods_without_a_name_are_one(said: Any, tmp_path: Path) -> None:
    points = ward(tmp_path, 2024, headline="points")
    rows = table(tmp_path, "plain.csv", "unit,criterion,input,value\nA,files,percent,50\nA,,unranked,mới\n")
    text = said("progress", points, rows, "--lang", "en")
    assert "Period" not in text
    assert "Points so far" in text
    assert "–" in said("progress", points, rows, "--unit", "A", "--lang", "en")


def test_values_of_others_that_are_due(said: Any, tmp_path: Path) -> None:
    relative = tmp_path / "relative.toml"
    words = {"year": 2024, "headline": "index", "edge": "0%", "plan": "plan", "title": "Kế hoạch"}
    rule = WARD.format(**words).replace('rule = { type = "given" }', 'rule = { type = "relative" }\nlead = "Sở Nội vụ"')
    relative.write_text(rule, "utf-8")
    rows = table(tmp_path, "plain.csv", "unit,files:percent,plan:value\nA,,3\nB,50,\n")
    text = said("progress", str(relative), rows, "--unit", "A")
    assert "plan Kế hoạch (Sở Nội vụ) [0,00, 4,00]: số liệu của đơn vị khác" in text
    assert "–" in text


def test_faults_of_all_periods_come_together(said: Any, tmp_path: Path) -> None:
    wards = ward(tmp_path, 2024)
    rows = table(tmp_path, "bad.csv", QUARTERS.replace("50,2024-Q1", "150,2024-Q1").replace("3,2024-Q2", "9,2024-Q2"))
    refused_text = said("progress", wards, rows, code=2)
    assert "150 is above 100" in refused_text
    assert "9 is above 4" in refused_text
    staged = QUARTERS.replace("period\n", "period,stage\n").replace("Q1\n", "Q1,self\n").replace("Q2\n", "Q2,self\n")
    selves = table(tmp_path, "selves.csv", staged)
    assert "holds no observations of stage appraised" in said("progress", wards, selves, "--stage", "appraised", code=2)


def test_faults_of_assessments_are_raised() -> None:
    with refused(pi.ObservationFaults, "1:percent: 150 is above 100"):
        progress(TWO, [seen("A", "Q1", 150)])


def test_a_unit_that_can_never_be_ranked_stands_outside_the_ranks() -> None:
    gone = pi.NotApplicable("mới lập")
    rows = [
        pi.Assessment("A", {"1": {"points": 3}, "t": {"points": 0}, "c": {"points": 0}}),
        pi.Assessment("B", {"1": gone}),
    ]
    assert [each.ranks for each in progress(penal(), rows).latest] == [(1, 1), None]


def test_inputs_that_are_known_in_part_leave_bounds_that_may_be_wide(said: Any, tmp_path: Path) -> None:
    counted = edition({"1": ("x", 4, {"type": "ratio"}), "2": ("y", 6, GIVEN)})
    first, second = one(
        pi.Assessment("A", {"1": {"done": 1}}, period="Q1"), seen("A", "Q2", 50, 6), methodology=counted
    )
    assert (first.tight, second.tight) == (False, True)
    rows = table(tmp_path, "part.csv", "unit,criterion,input,value\nA,files,done,1\n")
    for options in ((), ("--unit", "A")):
        text = said("progress", ward(tmp_path, 2024), rows, "--lang", "en", *options)
        assert "Of some criteria inputs are known in part" in text


def test_units_that_a_period_lacks_are_told(said: Any, tmp_path: Path) -> None:
    wards, rows = ward(tmp_path, 2024), QUARTERS.replace("B,files,percent,100,2024-Q2\n", "")
    seen_rows = table(tmp_path, "quarters.csv", rows)
    assert "Not in this period: B\n" in said("progress", wards, seen_rows, "--lang", "en")
    assert "Not in period 2024-Q2\n" in said("progress", wards, seen_rows, "--unit", "B", "--lang", "en")
    assert json.loads(said("progress", wards, seen_rows, "--json"))["gone"] == ["B"]


def test_rows_without_a_period_beside_others_are_placed(said: Any, tmp_path: Path) -> None:
    rows = table(tmp_path, "blank.csv", QUARTERS.replace("B,files,percent,100,2024-Q1", "B,files,percent,100,"))
    refused_text = said("progress", ward(tmp_path, 2024), rows, "--period", "2024-Q1", code=2)
    assert "blank.csv line 3: has no period, and other rows have one" in refused_text
