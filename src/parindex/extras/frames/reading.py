"""Data frames to tables of observations: which kind it is, which stage and period, and what is passed over."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np

from parindex._batch.table import ObservationTable
from parindex._scoring.assessment import Stage
from parindex._scoring.rows import RESULTS
from parindex.errors import Fault, ParindexError, near
from parindex.extras.frames.choice import chosen, refusal, stated
from parindex.extras.frames.long import long_table
from parindex.extras.frames.series import column

if TYPE_CHECKING:
    from parindex._methodology.methodology import Methodology
    from parindex.extras.frames.series import Frame

_log: Final = logging.getLogger("parindex")

_ABOUT: Final = ("unit", "group", "stage", "period", "note", "unranked")


def from_frame(
    frame: Any, methodology: Methodology | None = None, *, stage: str | None = None, period: str | None = None
) -> ObservationTable:
    """Return the table of observations that a data frame holds, wide or long, as the same CSV file would hold it.

    Null and NaN are missing.
    Integers, floats, truth values, decimals, texts and categoricals are taken as they are, by column.
    A wide frame has the column ``unit`` and one for each input, ``3.2.1:done``; it may have group, stage, period,
    unranked (why a unit is not ranked) and note.
    A frame with a column ``criterion`` is long: unit, criterion, input, value, and perhaps group, stage, period, note
    and evidence.
    Notes and evidence are not kept.
    Result columns of a published table (points, index, rank ..., ``<id>%``) are passed over, which the logger
    ``parindex`` says; any other column that names no input is an error when the table is scored.

    Args:
        frame: of pandas, polars, pyarrow or anything else that narwhals reads; what is lazy is collected.
        methodology: tells columns of inner nodes, which are results, from those of leaves.
        stage: which stage to take, needed where there are several.
        period: which period to take, likewise.

    Raises:
        ObservationFaults: with everything that is wrong with the frame itself.
        ParindexError: if it is no data frame.
    """
    eager = _eager(frame)
    if "unit" not in eager.columns:
        hint = near("unit", eager.columns)
        raise refusal([Fault("the column 'unit' is missing", hint=hint)])
    if "criterion" in eager.columns:
        return long_table(eager, stage, period)
    return _wide(eager, methodology, stage, period)


def _eager(frame: Any) -> Frame:
    try:
        found = nw.from_native(frame)
        eager = found.collect() if isinstance(found, nw.LazyFrame) else found
        _ = eager.columns
    except (TypeError, ValueError) as error:
        raise ParindexError(f"{type(frame).__name__} is no data frame that can be read: {error}") from None
    return eager


def _wide(frame: Frame, methodology: Methodology | None, stage: str | None, period: str | None) -> ObservationTable:
    rows = np.ones(len(frame), dtype=bool)
    told: dict[str, str] = {}
    for name, wanted in (("stage", stage), ("period", period)):
        said = stated(frame, name)
        try:
            told[name], own = chosen(name, said, rows, wanted)
        except Fault as fault:
            raise refusal([fault]) from None
        rows = rows & own
    if not rows.all():
        frame = frame.filter(rows.tolist())
    results = [name for name in frame.columns if _is_result(name, methodology)]
    if results:
        _log.warning("frame: result columns passed over: %s", ", ".join(results))
    inputs = [name for name in frame.columns if name not in _ABOUT and name not in results]
    facts: dict[str, Any] = {name: frame[name].to_list() for name in ("group", "unranked") if name in frame.columns}
    return ObservationTable.from_columns(
        frame["unit"].to_list(),
        {name: column(frame[name]) for name in inputs},
        stage=told["stage"] or Stage.FINAL,
        period=told["period"] or None,
        **facts,
    )


def _is_result(name: str, methodology: Methodology | None) -> bool:
    """Return whether a column is the result of a published table, and no observation."""
    if methodology is None:
        return name in RESULTS or name.endswith("%")
    if name in methodology:
        return bool(methodology[name].children)
    return name in RESULTS or (name.endswith("%") and name[:-1] in methodology)
