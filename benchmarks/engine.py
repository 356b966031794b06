"""What of parindex is measured, in one place: how the runner calls it, and what it may look into.

Until the batch engine is there the reference engine stands in for small numbers of units.
The runner asks no other module how parindex is called.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import parindex
import workload
from timing import least

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Columns = dict[str, NDArray[Any]]

BATCH = hasattr(parindex, "ObservationTable")
NAME = "batch engine" if BATCH else "reference engine, standing in for the batch engine"
STAND_IN_UP_TO = 200
"""The most units that the reference engine is timed with where it stands in."""


def can_time(units: int) -> bool:
    """Return whether so many units are timed with what is there."""
    return BATCH or units <= STAND_IN_UP_TO


def table(names: list[str], columns: Columns) -> Any:
    """Return what is scored, validated and packed, from the user's arrays."""
    if BATCH:
        return parindex.ObservationTable.from_columns(names, columns)
    return workload.assessments(names, columns)


def points(edition: parindex.Methodology, names: list[str], columns: Columns) -> parindex.Scoreboard:
    """Return the board from the user's arrays on: the points of all leaves and nodes, nothing printed or ranked."""
    return parindex.score_many(edition, table(names, columns))


def full(edition: parindex.Methodology, names: list[str], columns: Columns) -> parindex.Scoreboard:
    """Return the board from the user's arrays on, with the printed index and the ranks computed."""
    board = points(edition, names, columns)
    assert board.printed_index_scaled is not None
    assert board.ranks() is not None
    return board


def reference(edition: parindex.Methodology, names: list[str], columns: Columns) -> parindex.Scoreboard:
    """Return the board of the reference engine, the definition of right."""
    return parindex.score_many(edition, workload.assessments(names, columns))


def parts(edition: parindex.Methodology, scored: Any, rounds: int) -> dict[str, float]:
    """Return the seconds of the parts of scoring *scored*, a table, by name.

    To be filled in with the inner steps of the batch engine, such as validation, packing and its kernels.
    """
    told = least(
        {
            "table to points": lambda: parindex.score_many(edition, scored),
            "table to points and printed index": lambda: parindex.score_many(edition, scored).printed_index_scaled,
            "table to points and ranks": lambda: parindex.score_many(edition, scored).ranks(),
        },
        rounds,
    )
    return {name: seconds for name, (seconds, _) in told.items()}


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold the batch engine to one thread; to be filled in where it uses several."""
    yield
