"""Boards of the batch engine: what they hand out, which engine made them, and that they last."""

from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from made import LEVELS, RATIO, both, edition, same, told

import parindex as pi
from parindex._batch import many, packed
from parindex._batch.figures import Figures
from parindex._batch.packed import Packed
from parindex._batch.run import Run
from strategies import refused

TWO = {"1": RATIO, "2": LEVELS}


def columns(units: int = 5000) -> dict[str, Any]:
    generator = np.random.default_rng(units)
    total = generator.integers(1, 50, units)
    return {"1:done": generator.integers(0, total + 1), "1:total": total, "2:level": generator.integers(0, 2, units)}


def test_what_a_board_hands_out() -> None:
    batch, reference = both(edition(TWO), columns(7), group=["a", "b", "a", None, "b", "a", "a"])
    assert batch == reference
    assert reference == batch
    assert hash(batch) == hash(reference)
    assert batch != 3
    assert (len(batch), list(batch.cards)) == (len(reference), list(reference.cards))
    assert list(batch) == list(reference)
    assert ("Xã 3" in batch, "Xã 9" in batch, 3 in batch) == (True, False, False)
    assert batch.units == reference.units
    assert batch.groups == reference.groups
    assert batch.card("Xã 2") == reference.card("Xã 2")
    assert batch.place("Xã 2") == reference.place("Xã 2")
    assert (batch.mean(), batch.mean("1")) == (reference.mean(), reference.mean("1"))
    assert batch.printed_mean() == reference.printed_mean()
    assert batch.rank_list("1") == reference.rank_list("1")
    assert np.allclose(batch.index_float, reference.index_float, rtol=0, atol=1e-6)
    assert batch.bounds == (None,) * 7
    assert repr(batch) == "<Scoreboard x.y@2024, 7 units>"
    with pytest.raises(pi.CatalogError, match="Xã 9"):
        batch.card("Xã 9")
    with pytest.raises(pi.CatalogError, match="no criterion"):
        batch.points("9")


def test_arrays_cannot_be_written_to() -> None:
    board, _ = both(edition(TWO), columns(7))
    for array in (board.printed_index_scaled, board.index_float, board.ranks(), board.ranks("1")):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_a_board_for_each_group() -> None:
    batch, reference = both(edition(TWO), columns(9), group=[*list("abcabcab"), None])
    mine, other = batch.by_group(), reference.by_group()
    assert list(mine) == list(other)
    for group, board in mine.items():
        assert board == other[group]
        assert list(board.ranks()) == list(other[group].ranks())
        assert board.printed_index == other[group].printed_index
        assert board.units == other[group].units
        assert board.groups == other[group].groups
        assert board.grades == other[group].grades
    assert "Xã 1" not in mine["a"]
    with pytest.raises(pi.CatalogError):
        mine["a"].card("Xã 1")
    alone = both(edition(TWO), columns(3))[0]
    assert list(alone.by_group()) == [None]
    assert alone.groups == (None, None, None)


def test_a_board_lasts() -> None:
    batch, reference = both(edition(TWO), columns(5))
    assert pickle.loads(pickle.dumps(batch)) == batch  # noqa: S301  our own bytes
    assert pi.loads(pi.dumps(batch)) == reference


def test_what_is_printed() -> None:
    board, _ = both(edition(TWO), {"1:done": [1, 2], "1:total": [3, 3], "2:level": ["full", "0"]})
    assert board.printed_index == (Decimal("66.67"), Decimal("33.33"))
    assert board.printed_index_scaled.tolist() == [6667, 3333]
    assert board.status == (pi.Status.FINAL, pi.Status.FINAL)


def test_an_index_beyond_64_bits() -> None:
    item = {"rule": {"type": "given"}, "block": "bonus", "max": 10**12}
    methodology = edition(
        {"1": LEVELS, "b": item},
        block=[{"id": "bonus", "effect": "add"}],
        policy={"print_rounding": {"digits": 12}},
        grade=[{"key": "a", "from": 10**12}, {"key": "b", "from": 0}],
    )
    board = same_figures(methodology, {"1:level": ["full", "0"], "b": [10**12, 0]})
    with pytest.raises(pi.NumberError, match="64 bits"):
        _ = board.printed_index_scaled


def test_a_figure_beyond_64_bits_among_others() -> None:
    three = np.arange(3)
    figures = Figures(three, three, 7, three >= 0).told([(1, Fraction(10**30, 3))])
    assert figures.exact(1) is None
    assert figures.low.tolist() == [0, 7 * 10**30 // 3, 2]
    assert figures.exact(2) == Fraction(2, 7)


def same_figures(methodology: pi.Methodology, given: dict[str, Any]) -> pi.Scoreboard:
    batch, reference = both(methodology, given)
    assert (batch.printed_index, batch.grades) == (reference.printed_index, reference.grades)
    assert list(batch.ranks()) == list(reference.ranks())
    return batch


@pytest.mark.parametrize("units", [1, 2048, 8191, 8192, 8193])
def test_tables_of_about_a_stretch(units: int) -> None:
    methodology, given = edition(TWO), columns(units)
    batch, reference = both(methodology, given)
    assert batch.printed_index == reference.printed_index
    assert list(batch.ranks()) == list(reference.ranks())


@pytest.mark.parametrize("size", [1, 7, 64, 5000, 10**6])
@pytest.mark.parametrize("threads", [1, 2])
def test_stretches_and_threads_change_nothing(size: int, threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    methodology, given = edition(TWO), columns(500)
    names = [f"Xã {place}" for place in range(500)]
    given["2:level"] = [str(level) for level in given["2:level"]]
    whole_table = pi.ObservationTable.from_columns(names, given, group=["a", "b"] * 250)
    expected = pi.score_many(methodology, whole_table)
    whole = Packed.of
    monkeypatch.setattr(packed, "_MANY", 100)  # from so many units on columns are taken one after the other
    monkeypatch.setattr(Packed, "of", lambda plain, count: whole(plain, count, size))
    table = pi.ObservationTable.from_columns(names, given, group=["a", "b"] * 250)
    assert table.packed.size == size
    assert table.assessment(499) == whole_table.assessment(499)
    board = pi.score_many(methodology, table, threads=threads)
    assert board.printed_index == expected.printed_index
    assert list(board.ranks()) == list(expected.ranks())
    assert list(board.ranks("1")) == list(expected.ranks("1"))


# Which engine


def test_the_engine_is_chosen_by_size(monkeypatch: pytest.MonkeyPatch) -> None:
    methodology = edition(TWO)
    table = pi.ObservationTable.from_columns([f"Xã {place}" for place in range(20)], columns(20))
    rows = [table.assessment(unit) for unit in range(20)]
    few = pi.score_many(methodology, rows)
    assert few.computation == pi.Computation("reference", 20)
    assert few.computation.share == 0
    monkeypatch.setattr(many, "MANY", 40)
    lot = pi.score_many(methodology, iter(rows))
    assert (lot.computation.engine, lot.computation.units) == ("batch", 20)
    assert lot == few
    assert pi.score_many(methodology, table, engine="reference").computation.engine == "reference"
    assert pi.score_many(methodology, rows, engine="batch").computation.engine == "batch"
    assert pi.Computation("batch", 0).share == 0
    with pytest.raises(pi.Fault, match="'fast' is no engine"):
        pi.score_many(methodology, rows, engine="fast")  # type: ignore[arg-type]  # another word


def test_faults_of_assessments_are_told_unit_by_unit() -> None:
    rows = [pi.Assessment("A", {"1": {"done": 3, "total": 2}}), pi.Assessment("B", {"1": {"done": 4, "total": 2}})]
    with pytest.raises(pi.ObservationFaults) as caught:
        pi.score_many(edition({"1": RATIO}), rows, engine="batch")
    assert len(caught.value.exceptions) == 2
    with pytest.raises(pi.ObservationFaults, match="cannot be scored"):
        pi.score_many(edition({"1": RATIO}), [rows[0], rows[0]], engine="batch")


def test_what_the_reference_engine_reads_of_a_table_is_held_against_it() -> None:
    table = pi.ObservationTable.from_columns(["A"], {"9:x": [1]})
    with pytest.raises(pi.ObservationFaults):
        pi.score_many(edition({"1": RATIO}), table, engine="reference")


def test_numbers_of_too_many_digits_are_told_by_the_reference_engine_too() -> None:
    table = pi.ObservationTable.from_columns(["A", "B"], {"1:percent": np.array([1e300, 50])})
    with refused(pi.ObservationFaults, "unit 'A', 1:percent: .* digits"):
        pi.score_many(edition({"1": RATIO}), table, engine="reference")


def test_provisional_units_have_bounds() -> None:
    batch, reference = both(
        edition(TWO), {"1:done": [1, None], "1:total": [2, 2], "2:level": ["0", "full"]}, partial=True
    )
    assert batch.status == ("final", "provisional")
    assert batch.bounds == reference.bounds
    assert batch.points("1") == reference.points("1")
    assert list(batch.ranks()) == [1, 0]
    assert batch.printed_index_scaled.tolist() == [2500, -1]
    assert np.isnan(batch.index_float[1])


def test_grades_by_year_group_and_event() -> None:
    grades = [
        {"key": "a", "from": 80, "requires": ["no-zero-criterion"], "years": [2024]},
        {"key": "a", "from": 90, "years": [2025]},
        {"key": "b", "from": 50},
        {"key": "b", "from": 60, "groups": ["x"]},
    ]
    only_one_year = edition(TWO, grade=[{"key": "a", "from": 0, "years": [2024]}])
    assert same(only_one_year, columns(2), period=["2024", "2025"]).grades[1] is None
    events = [{"key": "late", "grade_at_most": "b"}, {"key": "seen"}]
    methodology = edition({**TWO, "3": {"type": "given", "lowest": -1}}, grade=grades, event=events)
    given = {"1:done": [5] * 6, "1:total": [5] * 6, "2:level": ["full"] * 6, "3": [1, 0, "-1/2", 1, "0.9", 1]}
    board = same(
        methodology,
        given,
        group=["x", "y", "x", "y", "x", "y"],
        period=["2024", "2024", "2025", "2025", "2025", "2024"],
        events=[(), (), (), ("late",), (), ("seen",)],
        unranked=[None, "mới lập", None, None, None, None],
    )
    assert {str(grade) for grade in board.grades} == {"a", "b", "none"}
    assert told(methodology, given) == [
        "unit 'Xã 0': needs a group, expected one of x; and 5 more of this kind",
        "year: its grades differ by year: state year= or a period, one of 2024, 2025",
    ]


def test_criteria_without_points() -> None:
    """Points of opposite sign may come to nothing; what does not apply is no criterion at zero."""
    grades = [{"key": "a", "from": 0, "requires": ["no-zero-criterion"]}, {"key": "b", "from": 0}]
    criteria = {
        "1": {"rule": None, "max": None},
        "1.1": {"rule": None, "max": None},
        "1.1.1": {"type": "given", "lowest": -1},
        "1.1.2": RATIO,
        "2": {"rule": LEVELS, "not_applicable": "zero"},
    }
    given = {
        "1.1.1": ["-1/3", "-1/7", "0", 0],
        "1.1.2:done": [1, 999999, 0, 1],
        "1.1.2:total": [3, 7000000, 5, 3],
        "2:level": ["full", "full", "full", pi.NotApplicable()],
    }
    board = same(edition(criteria, total=3, grade=grades), given)
    assert [str(grade) for grade in board.grades] == ["b", "a", "b", "a"]


def test_outlines_with_unknown_maxima() -> None:
    criteria: dict[str, Any] = {
        "1": {"rule": None, "max": 60},
        "1.1": {"rule": None, "max": "unknown", "origin": None},
        "1.2": {"rule": None, "max": "unknown"},
        "2": {"rule": {"type": "given"}, "max": 40},
    }
    methodology = edition(criteria, total=100, completeness="outline")
    same(methodology, {"1.1": [30, 10.5], "1.2": [30, 0], "2": [40, 1]})
    assert told(methodology, {"1.1": [30, 31], "1.2": [31, 31], "2": [40, 1]}) == [
        "unit 'Xã 0', 1: the points add up to 61, above the maximum 60; and 1 more of this kind"
    ]
    assert (
        "an unknown maximum stands above"
        in told(methodology, {"1.1": [pi.NotApplicable(), 3], "1.2": [31, 31], "2": [40, 1]})[0]
    )
    loose = {"1.1": [30, 29.5], "1.2": ["30.0000000001", "30.4999999999"], "2": [40, 1]}
    assert told(methodology, loose) == [
        "unit 'Xã 0', 1: the points add up to 60.0000000001, above the maximum 60",
    ]
    batch, _ = both(methodology, {"1.1": [30, 1], "2": [40, 1]}, partial=True)
    assert batch.status == ("provisional", "provisional")
    beside = edition(
        {
            **criteria,
            "2": {"rule": None, "max": 40},
            "2.1": {"rule": {"type": "given"}, "max": 30},
            "2.2": {"rule": {"type": "given"}, "max": 10},
        },
        total=100,
        completeness="outline",
        policy={"not_applicable": "redistribute"},
    )
    same(beside, {"1.1": [30, 1], "1.2": [1, 1], "2.1": [pi.NotApplicable(), 5], "2.2": [5, 6]})
    close = ["10.000000000001", "10.000000000002"]
    same(beside, {"1.1": close, "1.2": [1, 1], "2.1": [pi.NotApplicable(), 5], "2.2": [5, 6]})
    unknown = edition(
        {key: {**each, "max": "unknown"} for key, each in criteria.items() if key != "2"},
        total="unknown",
        completeness="outline",
    )
    same(unknown, {"1.1": [30, 10.5], "1.2": [30, 0]})
    whole = edition(
        {"1": {"rule": None, "max": "unknown"}, "2": {"rule": None, "max": "unknown"}},
        total=100,
        completeness="outline",
    )
    same(whole, {"1": [60, 10.5], "2": [40, 0]})
    assert told(whole, {"1": [60], "2": [41]}) == [
        "unit 'Xã 0', total: the points add up to 101, above the maximum 100"
    ]


def test_blocks_with_defaults_caps_and_nothing_observed() -> None:
    items: dict[str, Any] = {
        "b": {"rule": {"type": "per-unit", "points": 1}, "block": "bonus", "default": 0, "max": 3},
        "c": {
            "rule": {"type": "ratio", "zero_total": "not-applicable"},
            "block": "bonus",
            "default": {"done": 0, "total": 0},
        },
        "d": {
            "rule": {"type": "deduct", "faults": [{"key": "late", "points": 1}]},
            "block": "malus",
            "default": {"late": 0},
        },
    }
    blocks = [{"id": "bonus", "effect": "add", "cap": "2.5"}, {"id": "malus", "effect": "subtract"}]
    methodology = edition({**TWO, **items}, block=blocks, policy={"index_cap": 100})
    base = {"1:done": [1, 2, 3], "1:total": [3, 3, 3], "2:level": ["0", "full", "full"]}
    same(methodology, base)
    same(
        methodology,
        {**base, "b:count": [None, 2, 9], "c:done": [None, 1, 1], "c:total": [None, 3, 7], "d:late": [1, None, 0]},
    )


def test_criteria_of_some_groups_only() -> None:
    criteria = {
        "1": {"rule": RATIO, "applies_to": ["x"]},
        "2": {"rule": LEVELS, "applies_to": ["y"]},
        "3": {"rule": RATIO},
    }
    methodology = edition(criteria, total=2, policy={"ranked_within": "group"})
    given = {
        "1:done": [1, None, 2, None],
        "1:total": [2, None, 2, None],
        "2:level": [None, "full", None, "0"],
        "3:percent": [50, 60, 70, 80],
    }
    same(methodology, given, group=["x", "y", "x", "y"])
    wrong = told(
        methodology,
        {**given, "1:done": [1, 1, 2, None], "2:not-applicable": [True, None, None, None]},
        group=["x", "y", "x", "y"],
    )
    assert sorted(wrong) == [
        "unit 'Xã 0', 2: does not exist for units of group 'x'",
        "unit 'Xã 1', 1: does not exist for units of group 'y'",
    ]


def test_stage_self_asks_for_less() -> None:
    origins = {"a": {"max": 1}, "s": {"max": 1, "self_assessed": False}}
    criteria = {"1": {"rule": RATIO, "origin": "a"}, "2": {"rule": LEVELS, "origin": "s"}}
    methodology = edition(criteria, origin=origins)
    given = {"1:percent": np.array([50.0, 60.0]), "2:level": [None, "full"]}
    board = same(methodology, given, stage=["self", "final"])
    assert board.status == ("provisional", "final")
    assert told(methodology, {"1:percent": np.array([50.0]), "2:level": np.array([1])}, stage="self") == [
        "unit 'Xã 0', 2: is not self-assessed (origin s): leave it out at stage self"
    ]


# Faults


def test_counts_are_whole() -> None:
    given = {"1:done": np.array([0.5, 1]), "1:total": np.array([2.0, 2]), "2:level": ["full"] * 2}
    assert told(edition(TWO), given) == ["unit 'Xã 0', 1:done: 0.5 is not a whole number"]
    given = {"1:percent": [5, 5], "2:level": ["not-applicable-at-all", "full"]}
    assert "is none of" in told(edition(TWO), given)[0]


def test_every_kind_of_fault_once_with_a_count() -> None:
    given = {
        "1:done": np.array([5, 3, 1, -1, 4]),
        "1:total": np.array([4, 2, 2, 2, 0]),
        "2:level": ["full", "ful", "ful", "0", None],
    }
    assert sorted(told(edition(TWO), given)) == [
        "unit 'Xã 0', 1:done: 5 is above total 4; and 2 more of this kind",
        "unit 'Xã 1', 2:level: 'ful' is none of 0, 1, full; and 1 more of this kind; did you mean 'full'?",
        "unit 'Xã 3', 1:done: -1 is negative",
        "unit 'Xã 4', 1:total: is 0 and the rule does not say what that means (zero_total)",
        "unit 'Xã 4', 2:level: is missing",
    ]


def test_what_is_missing_is_counted_by_column() -> None:
    given = {
        "1:done": np.array([1, 1, np.nan, np.nan]),
        "1:total": np.array([2, np.nan, 2, np.nan]),
        "2:level": [None, "full", "full", "full"],
    }
    assert sorted(told(edition(TWO), given)) == [
        "unit 'Xã 0', 2:level: is missing",
        "unit 'Xã 1', 1:total: is missing; and 1 more of this kind",
        "unit 'Xã 2', 1:done: is missing; and 1 more of this kind",
    ]
    assert sorted(told(edition(TWO), {"1:percent": [1, None], "1:done": [None, 2], "3:percent": [1, 1]})) == [
        "3:percent: there is no such column; did you mean '1:percent'?",
    ]
    assert sorted(told(edition(TWO), {"1:percent": [1, None], "1:done": [None, 2]})) == [
        "unit 'Xã 0', 2:level: is missing; and 1 more of this kind",
        "unit 'Xã 1', 1:total: is missing",
    ]


def test_an_input_that_is_missing_beside_a_wrong_one_counts() -> None:
    given = {"1:done": [-1, 1, 1], "1:total": [None, None, 2], "2:level": ["0"] * 3}
    assert told(edition(TWO), given) == [
        "unit 'Xã 0', 1:done: -1 is negative",
        "unit 'Xã 0', 1:total: is missing; and 1 more of this kind",
    ]


def test_spellings_of_one_group_are_one_pool() -> None:
    methodology = edition({"1": {"type": "relative", "within": "group"}}, policy={"ranked_within": "group"})
    board = same(methodology, {"1:value": [1, 2, 3]}, group=["x", " x", "x "])
    assert list(board.points()) == [0, Fraction(1, 2), 1]
    assert list(board.by_group()) == ["x"]


def test_a_rate_that_is_given_twice_in_every_cell() -> None:
    given = {"1:done": [1, 9], "1:total": [2, 9], "1:percent": [99, 1], "2:level": ["0", "0"]}
    assert told(edition(TWO), given) == [
        "unit 'Xã 0', 1:percent: give percent or done and total, not both; and 1 more of this kind"
    ]


def test_the_board_of_a_group_tells_of_its_own_units() -> None:
    batch, _ = both(
        edition(TWO), {"1:done": [2**60, 1], "1:total": [2**61, 3], "2:level": ["0", "0"]}, group=["a", "b"]
    )
    assert [board.computation.fell_back for board in batch.by_group().values()] == [1, 0]
    assert [board.computation.units for board in batch.by_group().values()] == [1, 1]


def test_beyond_what_floats_hold_the_reference_engine_reads() -> None:
    given = {"1:done": [2**60, 1, 2**61], "1:total": [2**59, 1, 2**59], "2:level": ["full"] * 3}
    assert told(edition(TWO), given) == [
        f"unit 'Xã 0', 1:done: {2**60} is above total {2**59}; and 1 more of this kind",
    ]
    mixed = {"1:done": [2**60, 5], "1:total": [2**59, 4], "2:level": ["full"] * 2}
    assert told(edition(TWO), mixed) == [
        f"unit 'Xã 0', 1:done: {2**60} is above total {2**59}; and 1 more of this kind"
    ]
    twice = {"1:done": [2**60], "1:total": [2**60], "2:level": ["ful"]}
    assert told(edition(TWO), twice) == ["unit 'Xã 0', 2:level: 'ful' is none of 0, 1, full; did you mean 'full'?"]
    assert told(edition({"1": {"type": "relative"}}), {"1:value": ["x", 1]}) == [
        "unit 'Xã 0', 1:value: 'x' is not a number"
    ]
    tiny = {"1:percent": np.array([5e-324]), "2:level": ["full"]}
    assert "longer than the 100 digits" in told(edition(TWO), tiny)[0]


def test_numbers_where_words_belong_and_words_where_numbers_belong() -> None:
    assert sorted(told(edition(TWO), {"1:percent": np.array([True]), "2:level": np.array([7])})) == [
        "unit 'Xã 0', 1:percent: True is a truth value, expected a number",
        "unit 'Xã 0', 2:level: '7' is none of 0, 1, full",
    ]
    assert sorted(told(edition(TWO), {"1:percent": np.array([0.5, np.inf, 101]), "2:level": np.array([True] * 3)})) == [
        "unit 'Xã 0', 1:percent: 0.5 is ambiguous: write 0.5% or 50%",
        "unit 'Xã 0', 2:level: 'True' is none of 0, 1, full; and 2 more of this kind",
        "unit 'Xã 1', 1:percent: 'inf' is not a number",
        "unit 'Xã 2', 1:percent: 101 is above 100",
    ]


def test_words_that_are_wrong_in_several_ways() -> None:
    given = {"1:percent": ["0.5", "101%", "0.7", "x", "1%"], "2:level": ["ful", "none", "full", "full", "ful"]}
    assert sorted(told(edition(TWO), given)) == [
        "unit 'Xã 0', 1:percent: 0.5 is ambiguous: write 0.5% or 50%; and 1 more of this kind",
        "unit 'Xã 0', 2:level: 'ful' is none of 0, 1, full; and 2 more of this kind; did you mean 'full'?",
        "unit 'Xã 1', 1:percent: 101 is above 100",
        "unit 'Xã 3', 1:percent: 'x' is not a number",
    ]


def test_not_applicable_with_values_too() -> None:
    given = {"1:percent": [5, 6], "1:not-applicable": [True, False], "2:level": ["full"] * 2}
    assert told(edition(TWO), given) == ["unit 'Xã 0', 1: is not applicable and has values too"]
    cells = {"1:done": [pi.NotApplicable(), 1], "1:total": [5, 6], "2:level": ["full"] * 2}
    assert told(edition(TWO), cells) == ["unit 'Xã 0', 1: is not applicable and has values too"]
    typed = {"1:percent": np.array([5, 6]), "1:not-applicable": np.array([1, 0]), "2:level": ["full"] * 2}
    assert told(edition(TWO), typed) == ["unit 'Xã 0', 1: is not applicable and has values too"]
    best = {"type": "best", "of": [{"key": "a", **RATIO}, {"key": "b", **RATIO}]}
    mixed = {"1:a/percent": [pi.NotApplicable(), 5], "1:b/percent": [7, -8]}
    assert told(edition({"1": best}), mixed) == [
        "unit 'Xã 0', 1: is not applicable and has values too",
        "unit 'Xã 1', 1:b/percent: -8 is negative",
    ]


def test_a_year_that_is_none_of_its() -> None:
    table = pi.ObservationTable.from_columns(["A"], {"1:percent": [5], "2:level": ["full"]})
    with pytest.raises(pi.ObservationFaults) as caught:
        pi.score_many(edition(TWO), table, year=1999)
    assert "applies to 2024, 2025" in str(caught.value.exceptions[0])


def test_the_plan_is_taken_as_it_is() -> None:
    plan = pi.compile_plan(edition(TWO))
    table = pi.ObservationTable.from_columns(["A"], {"1:percent": [5], "2:level": ["full"]})
    assert Run.of(plan, table, partial=False, year=None).plan is plan
    assert pi.score_many(plan, table).methodology == plan.methodology
