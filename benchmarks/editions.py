"""How long an edition of about a hundred leaves takes to load, check and fingerprint, beside reading its TOML alone.

Run ``python benchmarks/editions.py``.
Each step is timed in turn within one run, many times over, and the least time counts: the ratio to the bare TOML parser
means the same on any machine, the milliseconds do not.
"""

from __future__ import annotations

import tomllib

import parindex as pi
from parindex._catalog.shelf import shipped
from timing import in_new_python, least, least_fresh

NAME = "example.par.province@2023"
ROUNDS = 40
FIRST = in_new_python(
    "import parindex as pi; from parindex._methodology import document",
    f"edition = pi.load({NAME!r}); assert not edition.errors and edition.fingerprint",
)
"""The same the first time, in a Python that has imported the file format."""


def whole() -> pi.Methodology:
    """Load, check and fingerprint the edition."""
    edition = pi.load(NAME)
    assert not edition.errors
    assert edition.fingerprint
    return edition


def main() -> None:
    """Print the times and the ratios."""
    text = next(file.read() for file in shipped() if f"{file.id}@{file.edition}" == NAME)
    told = least(
        {
            "TOML alone": lambda: tomllib.loads(text),
            "load": lambda: pi.load(NAME),
            "load, check, fingerprint": whole,
            "and every criterion": lambda: whole().fingerprints,
        },
        ROUNDS,
    )
    print(f"{NAME}, {len(pi.load(NAME).leaves)} leaves, {len(text) / 1000:.0f} kB")
    for name, (seconds, _) in told.items():
        print(f"{name:26} {seconds * 1000:7.2f} ms {seconds / told['TOML alone'].seconds:6.2f} x")
    first = least_fresh({"first": FIRST}, 5)["first"].seconds
    print(f"{'the first time':26} {first * 1000:7.2f} ms, in a new process that has imported the file format")


if __name__ == "__main__":
    main()
