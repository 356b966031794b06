"""What the recipes score: an invented edition, with or without a rule that compares units, and drawn observations.

Nothing here knows how anything is scored.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

import parindex as pi

if TYPE_CHECKING:
    from collections.abc import Iterator

UNITS = 20_000
"""About twice the communes of the country before 2025."""

RULES: dict[str, tuple[int, dict[str, Any]]] = {
    "1": (40, {"type": "ratio", "from": "80%", "full_at": "98%"}),
    "2": (
        20,
        {
            "type": "bands",
            "bands": [{"from": "95%", "points": 20}, {"over": "57%", "points": 10}, {"points": 0}],
        },
    ),
    "3": (15, {"type": "levels", "levels": [{"key": key, "share": f"{share}/3"} for share, key in enumerate("dcba")]}),
    "4": (15, {"type": "relative", "direction": "lower", "low": "10%", "within": "group"}),
    "5": (10, {"type": "given", "scale": 100}),
}


def edition(*, relative: bool = False) -> pi.Methodology:
    """Return the edition; *relative* says whether its fourth criterion compares the units of a group."""
    cite = {"source": "bench", "at": "invented"}
    rules = RULES if relative else RULES | {"4": (15, {"type": "per-unit", "points": "3/2"})}
    return pi.parse_methodology(
        json.dumps(
            {
                "format": "parindex.methodology/1",
                "id": "example.bench.commune",
                "edition": "2024",
                "years": [2024],
                "unit_kind": "commune",
                "completeness": "full",
                "total": 100,
                "title": {"en": "Invented edition"},
                "source": [{"key": "bench", "title": "Invented", "status": "illustrative"}],
                "criterion": [
                    {"id": key, "en": key, "max": most, "cite": cite, "rule": rule}
                    for key, (most, rule) in rules.items()
                ],
                "grade": [
                    {"key": "tot", "en": "Good", "from": 80},
                    {"key": "kha", "en": "Fair", "from": 60},
                    {"key": "dat", "en": "Passed", "from": 0},
                ],
            }
        )
    )


def wide(units: int = UNITS, *, relative: bool = False) -> dict[str, Any]:
    """Return the columns of a wide table, one row a unit."""
    draw = np.random.default_rng(766)
    totals = draw.integers(50, 5_000, (2, units))
    done = [draw.binomial(total, 0.9) for total in totals]
    return {
        "unit": [f"Xã {number:05d}" for number in range(units)],
        "group": draw.choice(["mountain", "delta"], units),
        "1:done": done[0],
        "1:total": totals[0],
        "2:done": done[1],
        "2:total": totals[1],
        "3:level": draw.choice(list("abcd"), units),
        "4:value" if relative else "4:count": draw.integers(0, 12, units),
        "5:value": draw.integers(0, 10_001, units) / 100,
    }


def table(columns: dict[str, Any]) -> pi.ObservationTable:
    """Return the columns as one table of observations."""
    observed = {name: values for name, values in columns.items() if name not in {"unit", "group"}}
    return pi.ObservationTable.from_columns(columns["unit"], observed, group=columns.get("group"))


def answer(board: pi.Scoreboard) -> dict[str, tuple[Any, ...]]:
    """Return what one process says of every unit: printed index, rank and key of the grade."""
    grades = [grade.key for grade in board.grades if grade is not None]
    figures = zip(map(str, board.printed_index), board.ranks().tolist(), grades, strict=True)
    return dict(zip(board.units, figures, strict=True))


def must_be(found: dict[str, tuple[Any, ...]], expected: dict[str, tuple[Any, ...]]) -> None:
    """End with an error unless both say the same of every unit."""
    if found != expected:
        different = [unit for unit in expected if found.get(unit) != expected[unit]]
        sys.exit(f"{len(different)} units differ, such as {different[:3]}")


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Print how long what happens within took."""
    start = time.perf_counter()
    yield
    print(f"{name}: {time.perf_counter() - start:.2f} s")
