"""Runs every recipe in a Python of its own; each ends with an error unless it gives what one process gives."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path


def main() -> None:
    """Run the recipes named, or all of them."""
    folder = Path(__file__).parent
    names = sys.argv[1:] or ["executor", "dask", "spark", "duckdb"]
    for name in names:
        start = time.perf_counter()
        subprocess.run([sys.executable, str(folder / f"with_{name}.py")], check=True)
        print(f"{name}: as in one process, {time.perf_counter() - start:.1f} s in all")


if __name__ == "__main__":
    main()
