"""The rules of the leaves as plain float objects, the way a program without parindex would hold them.

Each object says what its numbers are and gives the points of one unit; the other peers read the same numbers.
Rates are divided and compared as floats, as such programs do.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import parindex

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Chosen:
    """The points of level 0, 1, 2 and so on."""

    column: str
    points: tuple[float, ...]

    def of(self, row: Mapping[str, int]) -> float:
        """Return the points of one unit."""
        return self.points[row[self.column]]


@dataclass(frozen=True, slots=True)
class Counted:
    """A start and points for each, negative where they are taken off, between two limits."""

    column: str
    start: float
    each: float
    least: float
    most: float

    def of(self, row: Mapping[str, int]) -> float:
        """Return the points of one unit."""
        return min(self.most, max(self.least, self.start + row[self.column] * self.each))


@dataclass(frozen=True, slots=True)
class Ticked:
    """Points for a yes."""

    column: str
    points: float

    def of(self, row: Mapping[str, int]) -> float:
        """Return the points of one unit."""
        return self.points if row[self.column] else 0.0


@dataclass(frozen=True, slots=True)
class Stepped:
    """Points of the highest edge that a rate reaches, or passes where edges are not *included*; rising."""

    done: str
    total: str
    edges: tuple[float, ...]
    included: bool
    points: tuple[float, ...]

    def of(self, row: Mapping[str, int]) -> float:
        """Return the points of one unit."""
        rate = row[self.done] / row[self.total]
        reached = sum(rate >= edge if self.included else rate > edge for edge in self.edges)
        return self.points[reached]


@dataclass(frozen=True, slots=True)
class Proportional:
    """The maximum in proportion to a rate, nothing below *least*, everything from *full* on."""

    done: str
    total: str
    most: float
    least: float
    full: float
    inverse: bool

    def of(self, row: Mapping[str, int]) -> float:
        """Return the points of one unit."""
        rate = row[self.done] / row[self.total]
        if self.inverse:
            rate = 1 - rate
        return 0.0 if rate < self.least else min(self.most, self.most * rate / self.full)


Leaf = Chosen | Counted | Ticked | Stepped | Proportional


def describe(edition: parindex.Methodology) -> dict[str, Leaf]:
    """Return the leaves of the edition by id."""
    assert edition.total == 100
    return {leaf.id: _leaf(leaf) for leaf in edition.leaves}


def _leaf(leaf: parindex.Criterion) -> Leaf:
    assert leaf.max_points is not None
    most = float(leaf.max_points)
    match leaf.rule:
        case parindex.Levels(levels=levels):
            assert [level.key for level in levels] == [str(key) for key in range(len(levels))]
            return Chosen(f"{leaf.id}:level", tuple(float(level.points or 0) for level in levels))
        case parindex.PerUnit(points=points):
            return Counted(f"{leaf.id}:count", 0.0, float(points), 0.0, most)
        case parindex.Deduct(faults=(fault,), levels=()):
            cap = inf if fault.cap is None else float(fault.cap)
            return Counted(f"{leaf.id}:{fault.key}", most, -float(fault.points or 0), max(0.0, most - cap), most)
        case parindex.Checklist(items=(item,)):
            return Ticked(f"{leaf.id}:{item.key}", float(item.points or 0))
        case parindex.Bands(bands=(*bands, rest)):
            edges = [band.edge for band in bands if band.edge is not None]
            return Stepped(
                f"{leaf.id}:done",
                f"{leaf.id}:total",
                tuple(float(edge.value) for edge in reversed(edges)),
                all(band.over is None for band in bands),
                tuple(float(band.points or 0) for band in (rest, *reversed(bands))),
            )
        case parindex.Ratio(from_=least, full_at=full, inverse=inverse):
            done, total = f"{leaf.id}:done", f"{leaf.id}:total"
            return Proportional(done, total, most, float(least), float(full), inverse)
        case other:
            raise TypeError(f"no peer knows {other!r}")
