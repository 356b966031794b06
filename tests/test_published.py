"""Published tables: what the editions make of the published parts, against the published totals and ranks.

The tables lie outside the repository; without them these tests are skipped.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

import parindex as pi

PUBLISHED: Final = Path(__file__).parents[2] / "shared" / "data" / "published"
PCI: Final = "vn.pci.province"
YEARS: Final = {2006: 64, 2007: 64, 2008: 64, 2009: 63, 2010: 63, 2012: 63}
"""The years whose totals follow from their parts, and how many provinces each has."""


def table(name: str) -> Path:
    """Return the path of a published table, or skip."""
    path = PUBLISHED / name
    if not path.exists():
        pytest.skip(f"the published table {name} lies outside the repository")
    return path


def column(path: Path, name: str) -> list[str]:
    """Return one column of a published table as it is printed."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


def ministries() -> tuple[pi.Scoreboard, list[Decimal]]:
    """Return the ministries of 2023 scored from their published parts, and their published indices."""
    path = table("par-ministry-2023.csv")
    methodology = pi.load("vn.par.ministry", year=2023)
    return pi.score_many(methodology, pi.read_assessments(path, methodology)), list(map(Decimal, column(path, "index")))


def differences() -> list[Decimal]:
    """Return how far each printed index of 2023 is from the published one."""
    board, published = ministries()
    return [abs(ours - theirs) for ours, theirs in zip(board.printed_index, published, strict=True) if ours is not None]


def test_ministry_ranks() -> None:
    """The published parts of 2023 give the published ranks 1 to 17."""
    board, _ = ministries()
    ranks = board.ranks().tolist()
    assert ranks == list(range(1, 18))
    assert ranks == list(map(int, column(table("par-ministry-2023.csv"), "rank")))


def test_ministry_indices() -> None:
    """Every index of 2023 is within a hundredth of print, and exactly 9 of 17 miss it by that hundredth."""
    assert sorted(differences()) == [Decimal("0.00")] * 8 + [Decimal("0.01")] * 9


def test_ministry_example() -> None:
    """The packaged example is the published table, line for line."""
    assert pi.example("ministries-2023").splitlines() == table("par-ministry-2023.csv").read_text("utf-8").splitlines()


def provinces(year: int) -> tuple[pi.Scoreboard, Path]:
    """Return the provinces of one year scored from their published sub-indices, and the published table."""
    path = table(f"pci-{year}.csv")
    methodology = pi.load(PCI, year=year)
    return pi.score_many(methodology, pi.read_assessments(path, methodology)), path


@pytest.mark.parametrize("year", YEARS)
def test_pci_totals(year: int) -> None:
    """The sub-indices of a year give every published total within 0.0001."""
    board, path = provinces(year)
    published = list(map(Fraction, column(path, "points")))
    found = [points for points in board.points() if points is not None]
    misses = [abs(ours - theirs) for ours, theirs in zip(found, published, strict=True)]
    assert len(misses) == YEARS[year]
    assert [miss for miss in misses if miss > Fraction(1, 10_000)] == []


@pytest.mark.parametrize("year", YEARS)
def test_pci_ranks(year: int) -> None:
    """The sub-indices of a year give every published rank."""
    board, path = provinces(year)
    assert board.ranks().tolist() == list(map(int, column(path, "rank")))


def test_pci_2011() -> None:
    """There is no edition for 2011, and the error says which exist."""
    with pytest.raises(pi.CatalogError) as error:
        pi.load(PCI, year=2011)
    told = str(error.value)
    assert "no edition for 2011" in told
    for name in ("vn.pci.province@2006", "vn.pci.province@2009", "vn.pci.province@2013"):
        assert name in told


def test_pci_2011_totals() -> None:
    """The published totals of 2011 do not follow from its parts: by the weights of 2009 one misses by 0.55193."""
    path = table("pci-2011.csv")
    methodology = pi.load("vn.pci.province@2009")
    board = pi.score_many(methodology, pi.read_assessments(path, methodology))
    found = [points for points in board.points() if points is not None]
    misses = [abs(ours - Fraction(theirs)) for ours, theirs in zip(found, column(path, "points"), strict=True)]
    assert max(misses) == Fraction("0.55193")
