"""How much memory a batch run takes beside its input: run as ``python benchmarks/memory.py UNITS`` in a new process.

Told is the growth that tracemalloc sees, to which NumPy reports its arrays: from the user's arrays to printed index and
ranks, at its peak. It prints one JSON object with the bytes of the input and of the peak.
"""

from __future__ import annotations

import json
import sys
import tracemalloc

import engine
import workload


def main() -> None:
    """Measure so many units and print the bytes."""
    units = int(sys.argv[1])
    edition = workload.edition()
    engine.full(edition, workload.names(10), workload.columns(10, seed=1))
    names, columns = workload.names(units), workload.columns(units, seed=1)
    tracemalloc.start()
    board = engine.full(edition, names, columns)
    peak = tracemalloc.get_traced_memory()[1]
    assert len(board) == units
    print(json.dumps({"input": sum(column.nbytes for column in columns.values()), "peak": peak}))


if __name__ == "__main__":
    main()
