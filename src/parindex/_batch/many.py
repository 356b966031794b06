"""Scoring many units: which engine does it, for a table or for assessments; the answer is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, cast

from attrs import evolve

from parindex._frozen import FrozenMap
from parindex._methodology.tree import variant_for
from parindex._scoring.board import Computation, Scoreboard, reference_board
from parindex._scoring.engine import refuse_unsound
from parindex.errors import Fault, ObservationFaults, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parindex._batch.plan import Plan
    from parindex._batch.table import ObservationTable
    from parindex._methodology.methodology import Methodology
    from parindex._scoring.assessment import Assessment
    from parindex._scoring.engine import PeersOf
    from parindex._scoring.extremes import Extremes

Engine = Literal["auto", "reference", "batch"]

MANY: Final = 20_000
"""So many leaves of assessments in all, and the batch engine is faster even where it has to be loaded first."""


def score_many(
    methodology: Methodology | Plan,
    observations: Iterable[Assessment] | ObservationTable,
    *,
    partial: bool = False,
    year: int | None = None,
    engine: Engine = "auto",
    threads: int = 1,
    peers: Extremes | None = None,
) -> Scoreboard:
    """Return the board of several units.

    Args:
        methodology: what to score with, or its compiled plan.
        observations: an assessment for each unit, or a table of them by column.
        partial: as for :func:`score`; provisional units are not ranked.
        year: whose grades count, where they differ by year; else each assessment's period says.
        engine: "reference" makes every card, "batch" computes in bulk, "auto" chooses by size.
            The answer never depends on it; ``board.computation`` says which one it was.
        threads: how many the batch engine uses; they pay above some 100,000 units.
        peers: what relative rules compare with, where these units are a part of all; see :func:`extremes`.

    Raises:
        ObservationFaults: with everything that is wrong or missing in any unit; also for a unit that stands twice.
            From a table each kind of fault of a column is told once, with its first unit and a count.
        PopulationError: if *peers* were taken without these units.
        RefusedError: if the methodology cannot be scored with.
    """
    if engine not in {"auto", "reference", "batch"}:
        raise Fault(f"{engine!r} is no engine, expected auto, reference or batch", place=Place(at="engine"))
    if threads < 1:
        raise Fault(f"{threads!r} is no number of threads, expected 1 or more", place=Place(at="threads"))
    by_column = hasattr(observations, "packed")
    stated = _stated(methodology)
    refuse_unsound(stated)
    if not by_column:
        listed = tuple(cast("Iterable[Assessment]", observations))
        among = _among(methodology, listed, peers)
        if engine == "reference" or (engine == "auto" and len(listed) * len(stated.leaves) < MANY):
            return reference_board(stated, listed, partial=partial, year=year, peers=among)
        return _from_assessments(methodology, listed, partial=partial, year=year, threads=threads, peers=among)
    table = cast("ObservationTable", observations)
    among = _among(methodology, table, peers)
    return _from_table(methodology, table, partial=partial, year=year, engine=engine, threads=threads, peers=among)


def _among(methodology: Any, observations: Any, peers: Extremes | None) -> PeersOf | None:
    """Return the extremes that were handed in, held against those of the units themselves."""
    if peers is None:
        return None
    from parindex._batch.partitions import extremes

    return peers.covering(extremes(methodology, observations))


def _stated(methodology: Any) -> Methodology:
    found: Methodology = getattr(methodology, "methodology", methodology)
    return found


def _from_assessments(
    methodology: Any,
    listed: tuple[Assessment, ...],
    *,
    partial: bool,
    year: int | None,
    threads: int,
    peers: PeersOf | None,
) -> Scoreboard:
    """Return the board of assessments by way of a table; what is wrong in them is told unit by unit."""
    from parindex._batch.table import ObservationTable

    try:
        table = ObservationTable.from_assessments(listed)
        return _from_table(methodology, table, partial=partial, year=year, engine="batch", threads=threads, peers=peers)
    except ObservationFaults:
        return reference_board(_stated(methodology), listed, partial=partial, year=year, peers=peers)


def _from_table(
    methodology: Any,
    table: ObservationTable,
    *,
    partial: bool,
    year: int | None,
    engine: str,
    threads: int,
    peers: PeersOf | None,
) -> Scoreboard:
    import numpy as np

    from parindex._batch.board import ColumnBoard
    from parindex._batch.plan import compile_plan
    from parindex._batch.results import Results
    from parindex._batch.run import Run

    plan: Plan = methodology if hasattr(methodology, "methodology") else compile_plan(methodology)
    if engine == "reference" or plan.refusal is not None or not len(table) or _strays(plan.methodology, table):
        return _by_reference(plan, table, partial=partial, year=year, refused=engine != "reference", peers=peers)
    run = Run.of(plan, table, partial=partial, year=year, threads=threads, peers=peers)
    return ColumnBoard(plan.methodology, Results(run), np.arange(len(table)))


def _strays(methodology: Methodology, table: ObservationTable) -> bool:
    """Return whether assessments observe leaves that their units do not have, be it with nothing: no column tells."""
    return not all(each.observations.keys() <= variant_for(methodology, each.group).ids for each in table.given)


def _by_reference(
    plan: Plan, table: ObservationTable, *, partial: bool, year: int | None, refused: bool, peers: PeersOf | None
) -> Scoreboard:
    """Return the board of a table from the reference engine, and say so where that was not asked for."""
    from parindex._batch.faults import column_faults

    _, faults = column_faults(plan, table)
    if faults:
        raise ObservationFaults("these observations cannot be scored", faults)
    listed = []
    for unit in range(len(table)):
        assessment, odd = table.row(unit)
        listed.append(assessment)
        faults += odd
    if faults:
        raise ObservationFaults("these observations cannot be scored", faults)
    board = reference_board(plan.methodology, listed, partial=partial, year=year, peers=peers)
    if not refused or plan.refusal is None:
        return board
    reasons = FrozenMap({plan.refusal: len(listed)})
    return evolve(board, fell_back=Computation("reference", len(listed), len(listed), reasons))
