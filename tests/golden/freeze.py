"""Note the fingerprint of every shipped revision that has none yet; what stands there already is never changed.

Run ``python tests/golden/freeze.py`` when a new edition or a new revision is ready to be published.
A revision that was published stays as it is: a correction is a file of its own, ``<id>@<edition>.r2.toml``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from parindex._catalog.shelf import ShippedFile, shipped
from parindex._methodology.files import parse_methodology

FROZEN: Final = Path(__file__).parent / "fingerprints.txt"


def key(file: ShippedFile) -> str:
    """Return how the list names a revision."""
    return f"{file.id}@{file.edition} {file.revision}"


def frozen() -> dict[str, str]:
    """Return the fingerprints that are noted, by edition and revision."""
    lines = FROZEN.read_text("utf-8").splitlines()
    return {name: fingerprint for name, _, fingerprint in (line.rpartition(" ") for line in lines if line)}


def found() -> dict[str, str]:
    """Return the fingerprints of what ships, by edition and revision."""
    return {key(file): parse_methodology(file.read(), name=file.name).fingerprint for file in shipped()}


def main() -> None:
    """Add what is new to the list."""
    told = {**found(), **frozen()}
    FROZEN.write_text("".join(f"{name} {fingerprint}\n" for name, fingerprint in sorted(told.items())), "utf-8")


if __name__ == "__main__":
    main()
