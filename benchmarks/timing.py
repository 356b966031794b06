"""How everything here is timed: steps take turns within one run, and the least time of each counts.

The ratio of two steps of one run means about the same on any machine; the seconds do not.
The garbage collector works as usual.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FEWEST = 3
"""The rounds that even the slowest step gets."""


class Least(NamedTuple):
    """The least time of a step in seconds, and out of how many rounds."""

    seconds: float
    rounds: int


def least(steps: Mapping[str, Callable[[], object]], rounds: int, budget: float = float("inf")) -> dict[str, Least]:
    """Return the least time of each step; one that would take longer than *budget* seconds gets fewer rounds."""
    told: dict[str, Least] = {}
    for number in range(rounds):
        for name, step in steps.items():
            best = told.get(name, Least(float("inf"), 0))
            if number >= FEWEST and best.seconds * (number + 1) > budget:
                continue
            started = time.perf_counter()
            step()
            told[name] = Least(min(best.seconds, time.perf_counter() - started), number + 1)
    return told


def in_new_python(setup: str, statement: str) -> str:
    """Return a program that runs *setup* and prints the seconds that *statement* takes."""
    return f"{setup}\nimport time\nstarted = time.perf_counter()\n{statement}\nprint(time.perf_counter() - started)\n"


def least_fresh(programs: Mapping[str, str], rounds: int) -> dict[str, Least]:
    """Return the least of the seconds that each program prints, run every time in a new Python."""
    told = dict.fromkeys(programs, float("inf"))
    for _ in range(rounds):
        for name, program in programs.items():
            done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
            told[name] = min(told[name], float(done.stdout))
    return {name: Least(seconds, rounds) for name, seconds in told.items()}
