"""Data frames: whatever library they are of, they give the results of the same CSV file, and boards become frames."""

from __future__ import annotations

import datetime as dt
import importlib
import io
import logging
import sys
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import parindex as pi
import strategies as made
from parindex.extras.frames import from_frame, to_frame

PROVINCES: Final = "example.par.province@2023"
LONG: Final = ("unit", "criterion", "input", "value")

KINDS: Final[dict[str, Any]] = {
    "pandas": pd.DataFrame,
    "polars": lambda data: pl.DataFrame(data, strict=False),
    "lazy": lambda data: pl.LazyFrame(data, strict=False),
    "pyarrow": pa.table,
}
every_kind = pytest.mark.parametrize("kind", KINDS)


def edition() -> pi.Methodology:
    """Return an edition with one leaf under one domain."""
    return pi.parse_methodology("""
format = "parindex.methodology/1"
id = "vn.example.district"
edition = "2024"
years = [2023, 2024]
unit_kind = "district"
completeness = "full"
total = 100
title = { en = "Example" }

[[source]]
key = "s"
title = "S"
status = "illustrative"
[[criterion]]
id = "1"
cite = { source = "s", at = "1" }
[[criterion]]
id = "1.1"
max = 100
cite = { source = "s", at = "1.1" }
rule = { type = "given", scale = 100 }
[[event]]
key = "reprimand"
[[grade]]
key = "tot"
from = 0
""")


def long_lines(*lines: tuple[Any, ...], **more: Any) -> dict[str, Any]:
    """Return the columns of a long frame."""
    return dict(zip(LONG, map(list, zip(*lines, strict=True)), strict=True)) | more


def said(table: pi.ObservationTable) -> list[Any]:
    """Return the rows of a table as assessments."""
    return [table.assessment(row) for row in range(len(table))]


# Wide


@every_kind
def test_a_wide_frame_gives_the_results_of_its_file(kind: str) -> None:
    """The packaged provinces, read as texts by each library, have the board of the CSV file."""
    methodology, text = pi.load(PROVINCES), pi.example("par-provinces")
    data = pd.read_csv(io.StringIO(text), dtype=str).astype(object)
    frame = KINDS[kind](data.where(data.notna(), None).to_dict("list"))
    board = pi.score_many(methodology, from_frame(frame, methodology, stage="appraised", period="2024"))
    expected = pi.score_many(methodology, pi.parse_assessments(text, methodology, stage="appraised", period="2024"))
    assert board.printed_index == expected.printed_index
    assert (board.grades, board.rank_list()) == (expected.grades, expected.rank_list())


@every_kind
def test_numbers_keep_what_they_are(kind: str) -> None:
    """Whole numbers beyond what floats hold, decimals, floats and truth values are kept, and null is missing."""
    large = 2**60 + 1
    data = {
        "unit": ["A", "B", "C"],
        "1:a": [large, None, 3],
        "1:b": [Decimal("12.50"), None, Decimal("0.10")],
        "1:c": [0.1, None, 7.0],
        "1:d": [True, None, False],
        "1:e": [None, None, None],
        "1:f": ["50%", None, None],
        "2:f": [None, None, "not-applicable: mới"],
        "1:g": [1, 2, 3],
    }
    frame = KINDS[kind](data)
    if kind == "pandas":
        frame = frame.astype({"1:a": "object", "1:d": "object"}).convert_dtypes()
        frame["1:a"] = pd.array([large, None, 3], dtype="Int64")
    first, second, third = said(from_frame(frame))
    assert first.observations["1"] == {"a": large, "b": "12.5", "c": "0.1", "d": True, "f": "50%", "g": 1}
    assert second.observations["1"] == {"g": 2}
    assert third.observations["1"] == {"a": 3, "b": "0.1", "c": 7.0, "d": False, "g": 3}
    assert third.observations["2"] == pi.NotApplicable("mới")


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(["good", None, "poor", "good"], dtype="category"),
        pd.Series(["good", None, "poor", "good"], dtype="str"),
        pl.Series(["good", None, "poor", "good"], dtype=pl.Categorical),
        pl.Series(["good", None, "poor", "good"], dtype=pl.Enum(["poor", "good"])),
        pa.array(["good", None, "poor", "good"]).dictionary_encode(),
    ],
)
def test_categoricals_go_by_their_codes(column: Any) -> None:
    """A categorical is its distinct words and codes, whichever library made it; null is missing."""
    library = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}[
        type(column).__module__.split(".")[0]
    ]
    table = from_frame(library({"unit": ["A", "B", "C", "D"], "1.1:level": column}))
    assert [each.observations.get("1.1") for each in said(table)] == [
        {"level": "good"},
        None,
        {"level": "poor"},
        {"level": "good"},
    ]


def test_a_categorical_of_numbers_keeps_them() -> None:
    """The categories of pandas may be numbers, and objects of mixed kinds are taken one by one."""
    mixed = pd.Series([1, "2", True], dtype=object)
    frame = pd.DataFrame({"unit": list("ABC"), "1:a": pd.Categorical([3, 1, None]), "1:b": mixed})
    assert [each.observations["1"] for each in said(from_frame(frame))] == [
        {"a": 3, "b": 1},
        {"a": 1, "b": "2"},
        {"b": True},
    ]


@every_kind
def test_facts_of_units_are_columns(kind: str) -> None:
    """Group, stage, period and the reason for being unranked are told of each unit, and notes are passed over."""
    data = {
        "unit": ["A", "B"],
        "group": ["x", None],
        "stage": ["self", "self"],
        "period": [2023, 2023],
        "unranked": [None, "mới"],
        "note": ["a", None],
        "1.1:value": [1, 2],
    }
    first, second = said(from_frame(KINDS[kind](data)))
    assert (first.group, first.stage, first.period, first.unranked) == ("x", pi.Stage.SELF, "2023", None)
    assert (second.group, second.unranked) == (None, "mới")


def test_stage_and_period_are_chosen() -> None:
    """Several stages or periods need a choice; rows without one are of the one wanted."""
    data = {
        "unit": list("AAB"),
        "stage": ["self", "final", "final"],
        "period": [None, None, "2024"],
        "1.1:value": [1, 2, 3],
    }
    frame = pl.DataFrame(data)
    with made.refused(pi.ObservationFaults, r"holds several stages \(final, self\): choose one with stage="):
        from_frame(frame)
    with made.refused(pi.ObservationFaults, r"holds several periods \(\(empty\), 2024\): choose one with period="):
        from_frame(frame, stage="final")
    with made.refused(pi.ObservationFaults, r"has no period '2023', found \(empty\), 2024"):
        from_frame(frame, stage="final", period="2023")
    with made.refused(pi.ObservationFaults, "has no stage 'appraised', found final, self"):
        from_frame(frame, stage="appraised")
    with made.refused(pi.ObservationFaults, "'finl' is no stage, .*did you mean 'final'"):
        from_frame(frame, stage="finl")
    with made.refused(pi.ObservationFaults, "'late' is no stage"):
        from_frame(pl.DataFrame({"unit": ["A"], "stage": ["late"]}))
    (only,) = said(from_frame(frame, stage="final", period="2024"))
    assert (only.unit, only.period) == ("B", "2024")
    (own,) = said(from_frame(frame, stage="self", period="2024"))
    assert (own.unit, own.stage, own.period) == ("A", pi.Stage.SELF, "2024")
    assert len(from_frame(frame.head(0))) == 0


def test_results_are_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    """Result columns of a published table are passed over with one warning, and unknown ones are an error later."""
    methodology = edition()
    data = {"unit": ["A"], "1.1:value": [50], "1": [50], "1%": [50], "rank": [1], "1.1:valu": [1]}
    with caplog.at_level(logging.WARNING, "parindex"):
        table = from_frame(pl.DataFrame(data), methodology)
    assert caplog.messages == ["frame: result columns passed over: 1, 1%, rank"]
    with made.refused(pi.ObservationFaults, "1.1:valu: unknown column.*did you mean '1.1:value'"):
        pi.score_many(methodology, table)
    caplog.clear()
    assert set(from_frame(pl.DataFrame(data)).columns) == {"1.1:value", "1.1:valu", "1"}
    assert caplog.messages == ["frame: result columns passed over: 1%, rank"]
    caplog.clear()
    assert set(from_frame(pl.DataFrame({"unit": ["A"], "9%": [1]}), methodology).columns) == {"9%"}
    assert caplog.messages == []


def test_what_is_no_table_is_refused() -> None:
    """No frame, no column of units, dates, a unit twice, a column twice: each is said."""
    with pytest.raises(pi.ParindexError, match="list is no data frame that can be read"):
        from_frame([1])
    with pytest.raises(pi.ParindexError, match="DataFrame is no data frame that can be read"):
        from_frame(pd.DataFrame([[1, 2]], columns=["unit", "unit"]))
    with made.refused(pi.ObservationFaults, "the column 'unit' is missing; did you mean 'units'"):
        from_frame(pd.DataFrame({"units": ["A"]}))
    with made.refused(pi.ObservationFaults, "1.1:value: holds datetime64"):
        from_frame(pl.DataFrame({"unit": ["A"], "1.1:value": [dt.date(2024, 1, 1)]}))
    with made.refused(pi.ObservationFaults, "unit 'A': stands twice"):
        from_frame(pl.DataFrame({"unit": ["A", "A"], "1.1:value": [1, 2]}))
    with made.refused(pi.ObservationFaults, "1 is no name of a unit"):
        from_frame(pl.DataFrame({"unit": [1]}))


# Long


def test_a_long_frame_gives_the_results_of_its_file() -> None:
    """The packaged districts written line by line, in any order, are the same assessments but for notes."""
    methodology = pi.load("example.par.district@2023")
    units = pi.parse_assessments(pi.example("par-districts"), methodology, stage="appraised", period="2024")
    lines = []
    for each in units:
        for criterion, inputs in each.observations.items():
            if isinstance(inputs, pi.NotApplicable):
                lines.append((each.unit, criterion, "not-applicable", inputs.reason, each.group))
            else:
                lines += [(each.unit, criterion, name, str(value), each.group) for name, value in inputs.items()]
    names = (*LONG, "group")
    for frame in (pl.DataFrame(lines, names, orient="row"), pd.DataFrame(lines, columns=list(names)).iloc[::-1]):
        board = pi.score_many(methodology, from_frame(frame))
        expected = pi.score_many(methodology, units, engine="reference")
        assert {card.unit: card.printed_index for card in board} == {card.unit: card.printed_index for card in expected}
        assert dict(zip(board.units, board.ranks(), strict=True)) == dict(
            zip(expected.units, expected.ranks(), strict=True)
        )


@every_kind
def test_values_of_any_kind_are_spread(kind: str) -> None:
    """Numbers, decimals and truth values of a long frame stay what they are; null or blank is missing."""
    for values, told in (
        ([2**60 + 1, 2, None], [2**60 + 1, 2, None]),
        ([0.5, None, 2.0], ["0.5", None, 2]),
        ([Decimal("0.10"), Decimal(2), None], ["0.1", 2, None]),
        ([True, None, False], [True, None, False]),
        (["5%", "  ", "2"], ["5%", None, "2"]),
    ):
        data = long_lines(("A", "1", "a", None), ("B", "1", "a", None), ("A", "1", "b", None)) | {"value": values}
        frame = KINDS[kind](data)
        if kind == "pandas" and isinstance(values[0], int):
            frame = frame.assign(value=pd.array(values))
        first, second = said(from_frame(frame))
        expected = {"a": told[0], "b": told[2]}
        assert first.observations["1"] == {key: each for key, each in expected.items() if each is not None}
        assert second.observations.get("1", {}) == ({} if told[1] is None else {"a": told[1]})


def test_objects_are_spread_too() -> None:
    """A column of mixed kinds is read value by value, and what can be no observation is said."""
    lines = long_lines(
        ("A", "1", "a", 1), ("B", "1", "a", True), ("C", "1", "a", ""), ("D", "1", "not-applicable", None)
    )
    values = [each.observations.get("1") for each in said(from_frame(pd.DataFrame(lines)))]
    assert values == [{"a": 1}, {"a": True}, None, pi.NotApplicable()]
    with pytest.raises(pi.ParindexError):
        from_frame(pd.DataFrame(long_lines(("A", "1", "a", 1), ("B", "1", "a", dt.date(2024, 1, 1)))))


def test_facts_are_lines_without_a_criterion() -> None:
    """Events, groups and reasons for being unranked stand in lines of their own; the group also in a column."""
    data = long_lines(
        ("A", "1.1", "value", "7"),
        ("A", None, "event", "reprimand"),
        ("A", "", "event", "reprimand"),
        ("B", "1.1", "not-applicable", "mới"),
        ("B", "1.1", "value", None),
        ("B", None, "unranked", None),
        ("B", None, "group", "y"),
        ("C", None, "unranked", "tách"),
        ("C", None, None, None),
        group=["x", None, "x", None, None, None, None, None, None],
    )
    first, second, third = said(from_frame(pl.DataFrame(data)))
    assert (first.group, first.events, first.unranked) == ("x", ("reprimand",), None)
    assert (second.group, second.unranked, second.observations["1.1"]) == ("y", "unranked", pi.NotApplicable("mới"))
    assert (third.unit, third.group, third.unranked, third.observations) == ("C", None, "tách", {})
    plain = said(from_frame(pl.DataFrame(long_lines(("A", "1.1", "value", "7")))))
    assert plain == [pi.Assessment("A", {"1.1": {"value": "7"}})]


def test_facts_belong_to_every_stage_of_their_unit() -> None:
    """A fact without a stage holds at each, one with a stage only there; a unit of facts alone counts as one."""
    data = long_lines(
        ("A", "1.1", "value", "1"),
        ("A", "1.1", "value", "2"),
        ("A", None, "group", "x"),
        ("A", None, "unranked", "mới"),
        stage=["self", "final", None, "final"],
        period=["2024"] * 3 + [None],
    )
    (own,) = said(from_frame(pl.DataFrame(data), stage="self"))
    assert (own.group, own.unranked, own.observations["1.1"]) == ("x", None, {"value": "1"})
    (last,) = said(from_frame(pl.DataFrame(data), stage="final", period="2024"))
    assert (last.group, last.unranked, last.stage, last.period) == ("x", "mới", pi.Stage.FINAL, "2024")
    with made.refused(pi.ObservationFaults, r"holds several stages \(final, self\)"):
        from_frame(pl.DataFrame(data))
    assert len(from_frame(pl.DataFrame(data).head(0))) == 0


def test_all_faults_of_a_long_frame_come_together() -> None:
    """Lines that stand twice, name nothing or contradict each other are told with their unit."""
    data = long_lines(
        ("A", "1.1", "value", "1"),
        ("A", "1.1", "value", "2"),
        ("B", "1.1", "value", "2"),
        ("B", "1.1", "value", "2"),
        ("B", "1.1", None, "2"),
        (" ", "1.1", "value", "2"),
        (None, "1.1", "value", "2"),
        ("C", None, "groups", "x"),
        ("C", None, None, "x"),
        ("C", None, "group", "x"),
        ("C", None, "group", "y"),
    )
    with pytest.raises(pi.ObservationFaults) as caught:
        from_frame(pl.DataFrame(data))
    assert [str(fault) for fault in caught.value.exceptions] == [
        "the name of the unit is empty; and 1 more of this kind",
        "unit 'B', 1.1: names no input",
        "unit 'A', 1.1:value: stands twice; and 1 more of this kind",
        "unit 'C', input: the value 'x' names neither a criterion nor a fact, expected event, group, unranked",
        "unit 'C', input: 'groups' is no fact of a unit, expected event, group, unranked; did you mean 'group'?",
        "unit 'C': belongs to several groups: x, y",
    ]


def test_columns_of_a_long_frame_are_checked() -> None:
    """Unknown and missing columns are errors, and so are ids that a library has made numbers of."""
    data = long_lines(("A", "1.1", "value", "1"))
    with made.refused(pi.ObservationFaults, "unknown column 'valu'; did you mean 'value'"):
        from_frame(pl.DataFrame(data | {"valu": ["1"]}))
    with made.refused(pi.ObservationFaults, "the column 'input' is missing"):
        from_frame(pl.DataFrame(data).drop("input"))
    with made.refused(pi.ObservationFaults, "criterion: holds Float64, expected text: as a number 1.10"):
        from_frame(pl.DataFrame(data | {"criterion": [1.1]}))
    with made.refused(pi.ObservationFaults, "criterion: 1 is not text"):
        from_frame(pd.DataFrame(long_lines(("A", "1.1", "a", 1), ("B", 1, "a", 1))))


# Results


@pytest.mark.parametrize("like", ["pandas", "polars", "pyarrow", pd, pl.DataFrame({"a": [1]}), pa.table({"a": [1]})])
def test_a_board_becomes_a_frame(like: Any) -> None:
    """Printed figures are text, whole numbers whole, and what does not exist is null, in any kind of frame."""
    methodology = edition()
    table = pi.ObservationTable.from_columns(
        ["A", "B", "C"],
        {"1.1:value": ["90.125", "not-applicable", 7]},
        group=["x", None, "x"],
        unranked=[None, None, "mới"],
    )
    board = pi.score_many(methodology, table)
    wanted = ("unit", "group", "points", "index", "index_scaled", "rank", "grade", "status", "order_key")
    frame = to_frame(board, like=like, columns=wanted, nodes=["1", "1.1"])
    if isinstance(frame, pa.Table):
        data = frame.to_pydict()
    else:
        data = frame.to_dict("list") if isinstance(frame, pd.DataFrame) else frame.to_dict(as_series=False)
    got = {name: [None if each != each else each for each in values] for name, values in data.items()}  # noqa: PLR0124  NaN
    assert got == {
        "unit": ["A", "B", "C"],
        "group": ["x", None, "x"],
        "points": ["90.13", None, "7.00"],
        "index": ["90.13", None, "7.00"],
        "index_scaled": [9013, -1, 700],
        "rank": [1, 0, 0],
        "grade": ["tot", None, "tot"],
        "status": ["final", "not-applicable", "final"],
        "order_key": [board.order_keys()[0], None, None],
        "1": ["90.13", None, "7.00"],
        "1%": ["90.13", None, "7.00"],
        "1.1": ["90.13", None, "7.00"],
        "1.1%": ["90.13", None, "7.00"],
    }


def test_what_cannot_be_made_is_said() -> None:
    """A column or a kind of frame that does not exist is an error; of nothing at all the types are the same."""
    board = pi.score_many(edition(), pi.ObservationTable.from_columns([], {"1.1:value": np.zeros(0)}))
    with pytest.raises(pi.Fault, match=r"'ranks' is none of unit.*did you mean 'rank'"):
        to_frame(board, like="polars", columns=["ranks"])
    for odd in ("duckdb", 5):
        with pytest.raises(pi.ParindexError, match="expected one of pandas, polars or pyarrow"):
            to_frame(board, like=odd)
    with pytest.raises(pi.CatalogError, match="'9'"):
        to_frame(board, like="polars", nodes=["9"])
    kinds = to_frame(board, like="pyarrow").schema
    assert [str(each.type) for each in kinds] == ["string", "string", "string", "int64", "int64", "string", "string"]


def test_without_narwhals_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where narwhals is missing, the error says what to install."""
    for name in [each for each in sys.modules if each.startswith("parindex.extras.frames")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(pi.ParindexError, match=r'data frames need narwhals: pip install "parindex\[frames\]"'):
        importlib.import_module("parindex.extras.frames")
