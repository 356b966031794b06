"""Measure parindex beside its limits and its peers; print one table, write it as JSON or as a page on request.

Run ``nox -s bench``, or ``python benchmarks/run.py`` where the peers are installed.
With ``--quick`` it only shows that it works.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import comparison
import engine
import machine
import marks
import workload
from page import page
from rows import table
from sizes import QUICK, WHOLE

if TYPE_CHECKING:
    from rows import Row
    from sizes import Sizes


def measured(sizes: Sizes, *, reference_up_to: int) -> list[Row]:
    """Return all rows."""
    edition = workload.edition()
    return [
        *marks.batches(sizes, edition),
        *marks.single(sizes, edition),
        *marks.imports(sizes),
        *marks.memory(sizes),
        *marks.simulation(sizes),
        *comparison.peers(sizes, edition, reference_up_to=reference_up_to),
        *comparison.awkward(sizes, edition),
    ]


def main() -> None:
    """Read the arguments, measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes and 3 rounds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write machine and rows as JSON")
    parser.add_argument("--docs", type=Path, metavar="FILE", help="write the page of the documentation")
    parser.add_argument(
        "--reference-up-to",
        type=int,
        default=3300,
        metavar="UNITS",
        help="the most units that the reference engine scores, to hold the others against (11000 take about 20 s)",
    )
    told = parser.parse_args()
    on = machine.described()
    rows = measured(QUICK if told.quick else WHOLE, reference_up_to=told.reference_up_to)
    print("; ".join(f"{name} {value}" for name, value in on.items()) + f"; parindex: {engine.NAME}")
    print(table(rows))
    if told.json:
        told_rows = [asdict(row) for row in rows]
        document = {"format": "parindex.benchmark/1", "machine": on, "engine": engine.NAME, "rows": told_rows}
        told.json.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if told.docs:
        told.docs.write_text(page(on, rows), encoding="utf-8")


if __name__ == "__main__":
    main()
