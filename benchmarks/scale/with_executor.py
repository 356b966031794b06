"""Parts of one table, scored by the processes of an executor, and ranked together."""

from __future__ import annotations

import functools
from bisect import bisect_right
from concurrent.futures import Executor, ProcessPoolExecutor
from itertools import pairwise

from work import answer, edition, must_be, table, timed, wide

import parindex as pi

PARTS = 4


def score_part(plan: pi.Plan, peers: pi.Extremes, part: pi.ObservationTable) -> list[tuple[str, str, str, str | None]]:
    """Return unit, printed index, grade and order key of each unit of a part; this runs in another process."""
    board = pi.score_many(plan, part, peers=peers)
    return list(
        zip(board.units, map(str, board.printed_index), map(str, board.grades), board.order_keys(), strict=True)
    )


def score_in_parts(
    executor: Executor, methodology: pi.Methodology, units: pi.ObservationTable
) -> dict[str, tuple[str, int, str]]:
    """Return printed index, rank among all units and grade of every unit."""
    plan = pi.compile_plan(methodology)
    edges = [len(units) * part // PARTS for part in range(PARTS + 1)]
    parts = [units.rows(first, stop) for first, stop in pairwise(edges)]
    # What relative rules compare with comes from all units; without such rules there is nothing in it.
    peers = pi.Extremes.merge(executor.map(functools.partial(pi.extremes, plan), parts))
    scored = [row for rows in executor.map(functools.partial(score_part, plan, peers), parts) for row in rows]
    # A part's own ranks are among its own units: the rank among all is 1 + the number of greater keys.
    ordered = sorted(key for *_, key in scored if key is not None)
    return {
        unit: (index, 0 if key is None else 1 + len(ordered) - bisect_right(ordered, key), grade)
        for unit, index, grade, key in scored
    }


def main() -> None:
    """Score with and without a rule that compares units, and hold both against one process."""
    with ProcessPoolExecutor(2) as executor:
        for relative in (False, True):
            methodology, units = edition(relative=relative), table(wide(relative=relative))
            name = "with a relative rule" if relative else "without a relative rule"
            with timed(f"one process, {name}"):
                expected = answer(pi.score_many(methodology, units))
            with timed(f"executor of 2 processes, {name}"):
                found = score_in_parts(executor, methodology, units)
            must_be(found, expected)


if __name__ == "__main__":
    main()
