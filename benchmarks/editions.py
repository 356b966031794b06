"""How long an edition of about a hundred leaves takes to load, check and fingerprint, beside reading its TOML alone.

Run ``python benchmarks/editions.py``.
Each step is timed in turn within one run, many times over, and the least time counts: the ratio to the bare TOML parser
means the same on any machine, the milliseconds do not.
"""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
from typing import TYPE_CHECKING

import parindex as pi
from parindex._catalog.shelf import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "example.par.province@2023"
ROUNDS = 40
FIRST = f"""
import time
import parindex as pi
from parindex._methodology import document
started = time.perf_counter()
edition = pi.load({NAME!r})
assert not edition.errors and edition.fingerprint
print(time.perf_counter() - started)
"""


def whole() -> pi.Methodology:
    """Load, check and fingerprint the edition."""
    edition = pi.load(NAME)
    assert not edition.errors
    assert edition.fingerprint
    return edition


def least(steps: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the least time of each step in milliseconds, the steps taking turns."""
    times = dict.fromkeys(steps, float("inf"))
    for _ in range(ROUNDS):
        for name, step in steps.items():
            started = time.perf_counter()
            step()
            times[name] = min(times[name], time.perf_counter() - started)
    return {name: value * 1000 for name, value in times.items()}


def main() -> None:
    """Print the times and the ratios."""
    text = next(file.read() for file in shipped() if f"{file.id}@{file.edition}" == NAME)
    told = least(
        {
            "TOML alone": lambda: tomllib.loads(text),
            "load": lambda: pi.load(NAME),
            "load, check, fingerprint": whole,
            "and every criterion": lambda: whole().fingerprints,
        }
    )
    print(f"{NAME}, {len(pi.load(NAME).leaves)} leaves, {len(text) / 1000:.0f} kB")
    for name, milliseconds in told.items():
        print(f"{name:26} {milliseconds:7.2f} ms {milliseconds / told['TOML alone']:6.2f} x")
    first = [
        float(subprocess.run([sys.executable, "-c", FIRST], check=True, capture_output=True, text=True).stdout)
        for _ in range(5)
    ]
    print(f"{'the first time':26} {min(first) * 1000:7.2f} ms, in a new process that has imported the file format")


if __name__ == "__main__":
    main()
