"""What of parindex is measured, in one place: how the runner calls it, and what it may look into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import parindex
import workload
from parindex._batch.board import ColumnBoard
from parindex._batch.results import Results
from parindex._batch.run import Run
from timing import least

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Columns = dict[str, NDArray[Any]]

NAME = "batch engine"


def table(names: list[str], columns: Columns) -> parindex.ObservationTable:
    """Return what is scored, packed from the user's arrays."""
    return parindex.ObservationTable.from_columns(names, columns)


def points(edition: parindex.Methodology, names: list[str], columns: Columns) -> parindex.Scoreboard:
    """Return the board from the user's arrays on: validated, the points of all leaves added up; nothing printed yet."""
    return parindex.score_many(edition, table(names, columns))


def full(edition: parindex.Methodology, names: list[str], columns: Columns) -> parindex.Scoreboard:
    """Return the board from the user's arrays on, with the printed index and the ranks computed."""
    board = points(edition, names, columns)
    assert board.printed_index_scaled is not None
    assert board.ranks() is not None
    return board


def reference(edition: parindex.Methodology, names: list[str], columns: Columns) -> parindex.Scoreboard:
    """Return the board of the reference engine, the definition of right."""
    return parindex.score_many(edition, workload.assessments(names, columns), engine="reference")


def parts(edition: parindex.Methodology, scored: parindex.ObservationTable, rounds: int) -> dict[str, float]:
    """Return the seconds of the parts of scoring a table, by name: kernels and validation, print, ranks."""
    plan = parindex.compile_plan(edition)
    run = Run.of(plan, scored, partial=False, year=None)
    everything = np.arange(len(scored))

    def fresh() -> ColumnBoard:
        return ColumnBoard(edition, Results(run), everything)

    steps: dict[str, Callable[[], object]] = {
        "table to checked points, one pass": lambda: Run.of(plan, scored, partial=False, year=None),
        "printed index": lambda: fresh().printed_index_scaled,
        "ranks": lambda: fresh().ranks(),
    }
    return {name: seconds for name, (seconds, _) in least(steps, rounds).items()}
