"""Bounds of a provisional card: the least and the greatest over everything the missing leaves may still bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Final, TypeAlias

from attrs import frozen

from parindex._methodology.methodology import Methodology
from parindex._scoring.results import Bounds
from parindex._scoring.tally import NOTHING, Brought, Totals, tally, totals

MOST_ALTERNATIVES: Final = 8
"""So many leaves that may yet turn out not applicable are tried in every combination, 256 at the most."""


@frozen
class Open:
    """A leaf whose points are not known yet: between *low* and *high*, None where nothing bounds them.

    *drops* says that it may turn out not to apply and leave the tree, to its siblings where *redistributed*.
    """

    low: Fraction | None
    high: Fraction | None
    drops: bool = False
    redistributed: bool = False


Leaf: TypeAlias = Brought | Open
Interval: TypeAlias = tuple[Fraction | None, Fraction | None]


@frozen
class _Question:
    methodology: Methodology
    group: str | None
    leaves: Mapping[str, Leaf]

    def in_base(self, key: str) -> bool:
        return self.methodology[key].block is None

    def extreme(self, key: str, *, greatest: bool) -> Brought:
        """Return what the leaf brings where the whole is greatest, or least."""
        leaf = self.leaves[key]
        if isinstance(leaf, Brought):
            return leaf
        return Brought((self.high(key, leaf) if greatest != self.taken_off(key) else leaf.low) or NOTHING)

    def taken_off(self, key: str) -> bool:
        """Return whether the points of the leaf lower the whole."""
        return self.methodology.takes_off(key)

    def high(self, key: str, leaf: Open) -> Fraction | None:
        """Return the most the leaf can bring: its own limit, or the cap of its block; None without either."""
        if leaf.high is not None:
            return leaf.high
        caps = [block.cap for block in self.methodology.blocks if block.id == self.methodology[key].block]
        return caps[0] if caps else None

    def endless(self, *, greatest: bool) -> bool:
        """Return whether nothing bounds the whole at that end."""
        return any(
            isinstance(leaf, Open) and self.high(key, leaf) is None and greatest != self.taken_off(key)
            for key, leaf in self.leaves.items()
        )

    def ratio(self, key: str, *, greatest: bool) -> Fraction:
        """Return that as a part of the leaf's maximum; without a maximum its sign, beyond any ratio."""
        points = self.extreme(key, greatest=greatest).points or NOTHING
        maximum = self.methodology[key].max_points
        return points / maximum if maximum else points * 10**9

    def totals(self, brought: Mapping[str, Brought]) -> Totals:
        return totals(self.methodology, tally(self.methodology, self.group, brought))


def bounds_of(methodology: Methodology, group: str | None, leaves: Mapping[str, Leaf], *, tight: bool = True) -> Bounds:
    """Return bounds that contain every completion; where they may be wider than needed they say so.

    Without *tight* the intervals of the leaves are themselves known to be wider than what can happen.
    """
    question = _Question(methodology, group, leaves)
    dropping = [key for key, leaf in leaves.items() if isinstance(leaf, Open) and leaf.drops]
    if len(dropping) <= MOST_ALTERNATIVES:
        return _exact(question, _combinations(dropping), tight=tight)
    if any(leaf.redistributed for leaf in leaves.values()):
        return _wide(question)
    return _exact(question, _extremes(question, dropping), tight=tight)


def _combinations(dropping: list[str]) -> Iterator[frozenset[str]]:
    for chosen in product((False, True), repeat=len(dropping)):
        yield frozenset(key for key, drops in zip(dropping, chosen, strict=True) if drops)


def _extremes(question: _Question, dropping: list[str]) -> Iterator[frozenset[str]]:
    """Yield sets of dropped leaves among which both extremes lie, where a dropped leaf is simply excluded.

    An index is a ratio of sums: keeping a leaf lowers it exactly if the leaf's own ratio is lower.
    So the least is reached by keeping the leaves of the lowest ratios, however many, and the greatest likewise.
    The points depend on the sign of each leaf alone, or on a single leaf where nothing else applies.
    """
    for greatest in (False, True):
        ordered = sorted(dropping, key=lambda key: question.ratio(key, greatest=greatest), reverse=greatest)
        for kept in range(len(ordered) + 1):
            yield frozenset(ordered[kept:])
        yield frozenset(key for key in dropping if (question.ratio(key, greatest=greatest) < 0) == greatest)
    for key in dropping:
        yield frozenset(dropping) - {key}


def _exact(question: _Question, alternatives: Iterable[frozenset[str]], *, tight: bool) -> Bounds:
    points: list[Interval] = []
    index: list[Interval] = []
    for dropped in alternatives:
        least, most = (_filled(question, dropped, greatest=greatest) for greatest in (False, True))
        if least.points is not None:  # else nothing applies, and there is no figure to bound
            points.append((least.points, most.points))
            index.append((least.index, most.index))
    below, above = (question.endless(greatest=greatest) for greatest in (False, True))
    return Bounds(
        points=_hull(points, below=below, above=above),
        index=_hull(index, below=below, above=above),
        tight=tight and not (below or above),
    )


def _filled(question: _Question, dropped: frozenset[str], *, greatest: bool) -> Totals:
    brought = {}
    for key, leaf in question.leaves.items():
        gone = Brought(None, leaf.redistributed)
        brought[key] = gone if key in dropped else question.extreme(key, greatest=greatest)
    return question.totals(brought)


def _hull(intervals: list[Interval], *, below: bool, above: bool) -> Interval:
    """Return the interval around all of them, open *below* or *above*."""
    lows = [low for low, _ in intervals if low is not None]
    highs = [high for _, high in intervals if high is not None]
    return None if below else min(lows, default=None), None if above else max(highs, default=None)


def _wide(question: _Question) -> Bounds:
    """Return bounds from the leaves' own ratios: however maxima are redistributed, the index is a mean of them."""
    base = [key for key in question.leaves if question.in_base(key)]
    applying = [key for key in base if question.extreme(key, greatest=False).points is not None]
    ends = {}
    for greatest, outer in ((False, min), (True, max)):
        part = outer(question.ratio(key, greatest=greatest) for key in applying)
        ends[greatest] = (
            _flat(question, base, outer(part, NOTHING), greatest=greatest).points,
            _flat(question, base, part, greatest=greatest).index,
        )
    (low_points, low_index), (high_points, high_index) = ends[False], ends[True]
    return Bounds(points=(low_points, high_points), index=(low_index, high_index), tight=False)


def _flat(question: _Question, base: list[str], part: Fraction, *, greatest: bool) -> Totals:
    """Return the totals when every base leaf applies and has the same part of its maximum."""
    brought = {key: question.extreme(key, greatest=greatest) for key in question.leaves}
    brought |= {key: Brought(part * (question.methodology[key].max_points or NOTHING)) for key in base}
    return question.totals(brought)
