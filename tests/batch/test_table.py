"""Tables by column: what may stand in a column, and that it is held exactly as it was given."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from made import LEVELS, RATIO, edition, same, told

import parindex as pi
from strategies import refused

GIVEN = {"type": "given", "lowest": -3}
VALUE = {"type": "given", "scale": 100}


@pytest.mark.parametrize(
    "values",
    [
        np.array([0, 1, 3], dtype=np.int64),
        np.array([0, 1, 3], dtype=np.uint64),
        np.array([0, 1, 3], dtype=np.int32),
        np.array([0, 1, 3], dtype=np.int8),
        np.array([0, 1, 3], dtype=np.float64),
        np.array([0, 1, 3], dtype=np.float32),
        np.array([0.5, 1.25, 0.1], dtype=np.float16),
        np.array([0.1, 1.25, 0.7], dtype=np.float32),
        np.array([0.1, 1.25, 0.7]),
        np.array([0.1, 2.675, 1 / 3]),
        [0, 1.5, Fraction(1, 3)],
        [Decimal("0.25"), "1/3", 2],
        [1, 2, 3],
        [0.5, 1.0, 2.0],
        (1, 2, 3),
        np.array(["1", "0.5", "2"]),
        np.array([1, Decimal("0.5"), "2"], dtype=object),
        pd.Series([1, 2, 3]),
        pd.Series(["1", "2.5", "0"]),
        pd.Categorical(["1", "2", "1"]),
        [-3, -1.5, "-1/3"],
    ],
    ids=str,
)
def test_numbers_of_every_kind(values: Any) -> None:
    same(edition({"1": GIVEN}, maximum=4), {"1": values})


def test_what_a_cell_holds_is_what_was_given() -> None:
    table = pi.ObservationTable.from_columns(
        ["A", "B"], {"1": np.array([0.1, 2.0]), "2:level": ["full", "0"], "3:late": np.array([True, False])}
    )
    assert dict(table.assessment(0).observations) == {
        "1": {"points": "0.1"},
        "2": {"level": "full"},
        "3": {"late": True},
    }
    assert table.assessment(1).observations["1"] == pi.Assessment("B", {"1": {"points": 2}}).observations["1"]
    assert table.units == ("A", "B")
    assert (len(table), "A" in table, "C" in table, 1 in table) == (2, True, False, False)
    assert repr(table) == "<ObservationTable 2 units, 3 columns>"


def test_later_changes_of_an_array_change_nothing() -> None:
    values = np.array([1, 2])
    table = pi.ObservationTable.from_columns(["A", "B"], {"1": values})
    values[0] = 99
    assert table.assessment(0).observations["1"] == pi.Assessment("A", {"1": {"points": 1}}).observations["1"]


def test_levels_by_number_by_word_and_by_category() -> None:
    methodology = edition({"1": LEVELS})
    for values in (
        np.array([0, 1, 1]),
        ["0", "full", "1"],
        pd.Categorical(["full", "0", "full"]),
        np.array([0.0, 1.0, 0.0]),
    ):
        same(methodology, {"1:level": values})


def test_yes_and_no_in_every_spelling() -> None:
    methodology = edition({"1": {"type": "checklist", "items": [{"key": "a", "points": 1}, {"key": "b", "points": 1}]}})
    words = ["có", "không", "yes", "no", True, False, 1, 0]
    same(methodology, {"1:a": words, "1:b": np.array([True, False] * 4)})
    same(methodology, {"1:a": np.array([0, 1, 1]), "1:b": np.array([0.0, 1.0, 0.0])})


@pytest.mark.parametrize(
    "values",
    [
        np.array([1.0, np.nan]),
        np.ma.MaskedArray([1, 2], mask=[False, True]),
        np.ma.MaskedArray([1, 2], mask=[False, False]),
        np.ma.MaskedArray([True, False], mask=[False, True]),
        np.ma.MaskedArray(["1", "2"], mask=[False, True]),
        np.ma.MaskedArray([1, 2**60], mask=[True, False]),
        [1, None],
        [1, float("nan")],
        [1, ""],
        pd.Series([1, None], dtype="Int64"),
        pd.Series([1, None]),
        pd.Categorical(["1", None]),
    ],
    ids=str,
)
def test_what_is_missing_is_missing(values: Any) -> None:
    """NaN, None, an empty text and a masked cell say nothing; nothing of it is zero."""
    table = pi.ObservationTable.from_columns(["A", "B"], {"1:value": values})
    rows = [table.assessment(unit) for unit in (0, 1)]
    methodology = edition({"1": VALUE})
    outcomes: list[tuple[str, ...]] = []
    for given in (table, rows):
        try:
            outcomes.append(tuple(map(str, pi.score_many(methodology, given, partial=True).status)))
        except pi.ObservationFaults as faults:
            outcomes.append(tuple(str(fault) for fault in faults.exceptions))
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize(
    "mark", [np.array([True, False]), ["chưa phát sinh", None], [pi.NotApplicable("x"), None], np.array([1.0, np.nan])]
)
def test_a_column_of_its_own_says_what_does_not_apply(mark: Any) -> None:
    board = same(
        edition({"1": RATIO, "2": VALUE}),
        {"1:done": [None, 1], "1:total": [None, 2], "1:not-applicable": mark, "2:value": [50, 50]},
    )
    assert board.card("Xã 0")["1"].status == "not-applicable"


def test_a_cell_says_that_its_leaf_does_not_apply() -> None:
    board = same(
        edition({"1": RATIO, "2": VALUE}),
        {"1:done": ["not-applicable: chưa phát sinh", 1], "1:total": [pi.NotApplicable(), 2], "2:value": [50, 50]},
    )
    assert board.card("Xã 0")["1"].reason == "chưa phát sinh"


@pytest.mark.parametrize(
    ("columns", "pattern"),
    [
        ({"1": [1]}, "has 1 values for 2 units"),
        ({"1": np.ones((2, 2))}, "has 2 dimensions"),
        ({"1": np.array(["2024-01-01", "2024-01-02"], dtype="datetime64[D]")}, "holds datetime64"),
        ({"1": np.array([1j, 2j])}, "holds complex128"),
        ({"1": [[1], [2]]}, "neither|no numbers"),
        ({"1": [{1}, {2}]}, "no numbers, texts or truth values"),
        ({"1": "ab"}, "expected one value for each unit"),
        ({"1": 5}, "expected one value for each unit"),
        ({"1": [object(), 1]}, "expected a number"),
        ({"1": [float("inf"), 1]}, "not a number"),
        ({"1": np.ma.MaskedArray([object(), 1, 1][:2], mask=[False, True])}, "expected a number"),
    ],
)
def test_what_can_be_no_column(columns: Any, pattern: str) -> None:
    with refused(pi.ObservationFaults, pattern):
        pi.ObservationTable.from_columns(["A", "B"], columns)


def test_all_that_is_wrong_comes_at_once() -> None:
    with pytest.raises(pi.ObservationFaults) as caught:
        pi.ObservationTable.from_columns(
            ["A", "A", "B", "B", " "], {"1": [1], "2": [object()] * 5}, group=[1], stage="late", events=[(), ()]
        )
    texts = [str(fault) for fault in caught.value.exceptions]
    assert len(texts) == 7
    assert any("stands twice; and 1 more units" in text for text in texts)
    assert any("the name of the unit is empty" in text for text in texts)


@pytest.mark.parametrize("odd", [[1, 2], ["A\ud800", "B"]])
def test_names_that_are_none(odd: Any) -> None:
    with refused(pi.ObservationFaults, "name|half a character"):
        pi.ObservationTable.from_columns(odd, {"1": [1, 2]})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([" A", "B\n"], ("A", "B")),
        (["Xa\u0303", "Huế "], ("Xã", "Huế")),
        (np.array(["A", "B"]), ("A", "B")),
        (["A\nB", "C"], ("A\nB", "C")),
        (["A\t", "B"], ("A", "B")),
        (["A\n", "B"], ("A", "B")),
        (["A", "\nB"], ("A", "B")),
        (["Xã A", "Xã B"], ("Xã A", "Xã B")),
    ],
)
def test_names_are_trimmed_and_in_nfc(given: Any, kept: tuple[str, ...]) -> None:
    assert pi.ObservationTable.from_columns(given, {"1": [1, 2]}).units == kept


def test_facts_of_units() -> None:
    table = pi.ObservationTable.from_columns(
        ["A", "B"],
        {"1": [1, 2]},
        group=["x", None],
        stage="self",
        period=2024,
        unranked=[None, "mới lập"],
        events=[("late",), None],
    )
    first, second = table.assessment(0), table.assessment(1)
    assert (first.group, first.stage, first.period, first.unranked, first.events) == (
        "x",
        "self",
        "2024",
        None,
        ("late",),
    )
    assert (second.group, second.unranked, second.events) == (None, "mới lập", ())
    several = pi.ObservationTable.from_columns(["A", "B"], {"1": [1, 2]}, stage=["self", None], period=["2024", None])
    assert [several.assessment(unit).stage for unit in (0, 1)] == ["self", "final"]


def test_a_part_of_a_table() -> None:
    table = pi.ObservationTable.from_columns(
        ["A", "B", "C"],
        {"1": [1, 2, 3], "2:level": ["a", "b", "c"], "3:x": np.array([True, False, True])},
        group=["x", "y", "z"],
    )
    part = table.rows(1, 3)
    assert part.units == ("B", "C")
    assert [part.assessment(unit) for unit in (0, 1)] == [table.assessment(unit) for unit in (1, 2)]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([True, False], ("", None)),
        ([float("nan"), "mới lập"], (None, "mới lập")),
        (np.array([None, "mới lập"], dtype=object), (None, "mới lập")),
        (pd.Series([pd.NA, "mới lập"], dtype="string"), (None, "mới lập")),
    ],
)
def test_units_that_are_not_ranked_by_reason_or_by_yes(given: Any, kept: tuple[str | None, ...]) -> None:
    table = pi.ObservationTable.from_columns(["A", "B"], {"1": [1, 2]}, unranked=given)
    assert tuple(table.assessment(unit).unranked for unit in (0, 1)) == kept


@pytest.mark.parametrize(
    ("facts", "pattern"),
    [
        ({"unranked": "mới lập"}, "unranked: found 'mới lập', expected one for each unit"),
        ({"unranked": [None]}, "unranked: has 1 values for 2 units"),
        ({"events": 5}, "events: found 5, expected one for each unit"),
        ({"events": ["late", None]}, "events: found 'late', expected a list of events for each unit"),
        ({"events": [7, None]}, "events: found 7, expected a list of events for each unit"),
        ({"group": [True, None]}, "group: True is a truth value, expected a word"),
        ({"group": [["x"], None]}, "group: holds what is no word"),
        ({"unranked": [5, None]}, "unranked: 5 is not text"),
    ],
)
def test_facts_that_say_nothing_that_is_known(facts: dict[str, Any], pattern: str) -> None:
    with refused(pi.ObservationFaults, pattern):
        pi.ObservationTable.from_columns(["A", "B"], {"1": [1, 2]}, **facts)


def test_facts_that_are_missing_as_frames_write_it() -> None:
    table = pi.ObservationTable.from_columns(
        ["A", "B"], {"1": [1, 2]}, group=[float("nan"), " x"], events=[float("nan"), ["late"]], period=["", 2024]
    )
    rows = [table.assessment(unit) for unit in (0, 1)]
    assert [(each.group, each.events, each.period) for each in rows] == [(None, (), None), ("x", ("late",), "2024")]


def test_whole_numbers_with_gaps_keep_all_digits() -> None:
    """Pandas makes floats of them, which hold whole numbers up to 2**53 alone."""
    table = pi.ObservationTable.from_columns(["A", "B"], {"1": pd.Series([2**60 + 1, None], dtype="Int64")})
    assert [table.cell("1", unit) for unit in (0, 1)] == [2**60 + 1, None]


def test_equal_numbers_of_several_kinds_stay_what_they_are() -> None:
    """0.1 in 32 bits is another decimal than in 64, and a decimal is its text; to a dict some of them are equal."""
    values = [0.5, Decimal("0.5"), Fraction(1, 2), 1, True, 1.0, np.float32(0.1), 0.1]
    table = pi.ObservationTable.from_columns([f"{place}" for place in range(8)], {"1": values})
    alone = [pi.ObservationTable.from_columns(["A"], {"1": [each]}).cell("1", 0) for each in values]
    assert [(type(cell), cell) for cell in map(table.cell, ["1"] * 8, range(8))] == [
        (type(cell), cell) for cell in alone
    ]


def test_nothing_in_32_bits_is_missing_too() -> None:
    table = pi.ObservationTable.from_columns(["A", "B"], {"1": np.array([np.nan, 0.1], dtype=np.float32)})
    assert [table.cell("1", unit) for unit in (0, 1)] == [None, "0.1"]


def test_what_a_mask_hides_is_not_looked_at() -> None:
    table = pi.ObservationTable.from_columns(["A", "B"], {"1": np.ma.MaskedArray([object(), 1], mask=[True, False])})
    assert [table.cell("1", unit) for unit in (0, 1)] == [None, 1]


def test_an_unknown_unit_is_named_with_the_near_miss() -> None:
    table = pi.ObservationTable.from_columns(["Thị xã A"], {"1": [1]})
    with pytest.raises(pi.CatalogError, match="did you mean 'Thị xã A'"):
        table.position("Thị xã B")
    with pytest.raises(pi.CatalogError, match=r"there is no unit 'Q'$"):
        table.position("Q")


def test_no_units_at_all() -> None:
    board = same(edition({"1": VALUE, "2": {"type": "relative"}}), {"1:value": np.zeros(0), "2:value": np.zeros(0)})
    assert len(board) == 0
    assert board.ranks().shape == (0,)


def test_columns_that_name_nothing() -> None:
    methodology = edition({"1": VALUE, "3": GIVEN})
    assert told(
        methodology, {"1:valeu": [1], "4:x": [1], "3": [1], "3:points": [1], "group": ["x"], "1:value": [1]}
    ) == [
        "1:valeu: unknown column, expected 1:value, 1:not-applicable; did you mean '1:value'?",
        "4:x: there is no such column",
        "3:points: stands twice",
        "group: there is no such column",
    ]


def test_a_column_of_an_inner_criterion() -> None:
    methodology = edition({"1": {"rule": None}, "1.1": GIVEN}, total=1)
    assert told(methodology, {"1": [1], "1.1": [1]}) == ["1: has criteria below it, observe those"]


@pytest.mark.parametrize("engine", ["batch", "reference"])
def test_a_leaf_that_does_not_apply_has_no_values(engine: Any) -> None:
    """Both are told of every unit, beside whatever else is wrong with it."""
    table = pi.ObservationTable.from_columns(
        ["A", "B"], {"1:value": [50, 60], "1:not-applicable": ["mới", None], "2:value": [200, 50]}
    )
    with pytest.raises(pi.ObservationFaults) as caught:
        pi.score_many(edition({"1": VALUE, "2": VALUE}), table, engine=engine)
    texts = [str(fault) for fault in caught.value.exceptions]
    assert "unit 'A', 1: is not applicable and has values too" in texts
    with refused(pi.ObservationFaults, "is not applicable and has values too"):
        table.assessment(0)


def test_a_level_whose_key_is_a_large_number() -> None:
    rule = {"type": "levels", "levels": [{"key": "0", "points": 0}, {"key": "5000", "points": 1}]}
    same(edition({"1": rule}), {"1:level": np.array([0, 5000, 0])})
    assert told(edition({"1": rule}), {"1:level": np.array([0, 4999, 7])}) == [
        "unit 'Xã 1', 1:level: '4999' is none of 0, 5000; and 1 more of this kind"
    ]


def test_threads_are_one_or_more() -> None:
    with pytest.raises(pi.Fault, match="0 is no number of threads"):
        pi.score_many(edition({"1": VALUE}), [], threads=0)


def test_a_value_beyond_all_digits_is_told_by_a_relative_rule() -> None:
    assert "digits" in " ".join(told(edition({"1": {"type": "relative"}}), {"1:value": np.array([1.0, 1e300])}))
