"""Figures under errors of observed points: each leaf of each unit drawn alone, and summed up the tree exactly.

Whole numbers of a common denominator hold all figures: of 64 bits where they fit, else of any length.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from attrs import frozen

from parindex._methodology.words import Effect, Headline
from parindex._numbers import RoundingMode
from parindex.analysis.drawn import STEPS
from parindex.analysis.simulation.drawing import errors
from parindex.analysis.simulation.ordering import Order
from parindex.analysis.weighed import Ranking, least_multiple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from parindex._numbers import Rounding
    from parindex._scoring.board import Scoreboard
    from parindex._scoring.results import Scorecard
    from parindex.analysis.simulation.drawing import Stream

    Whole = NDArray[Any]

LONGEST: Final = 2**61
"""Whole numbers below it are computed with in 64 bits."""

_NONE = Fraction(0)


@frozen
class Term:
    """What a leaf of a unit adds to its figure: *worth* x points.

    These are *points* + *error* x a drawn number / 2**12, held within *low* and *high*; *block* is that which caps
    them, None in the base.
    """

    points: Fraction = _NONE
    error: Fraction = _NONE
    low: Fraction = _NONE
    high: Fraction = _NONE
    worth: Fraction = _NONE
    block: str | None = None


@frozen
class Sum:
    """The figure of a unit: what stays, the terms, and for each block that has some what it holds beside them."""

    stays: Fraction
    terms: tuple[Term, ...]
    beside: tuple[Fraction, ...]


def sum_of(card: Scorecard, errors_of: Mapping[str, Fraction], touched: Mapping[str, Fraction | None]) -> Sum:
    """Return the figure of a final card, for the errors of leaves; *touched* are the caps of the blocks they are in."""
    index = card.methodology.headline is Headline.INDEX
    base = block_worth = Fraction(1)
    if index:
        assert card.max_points is not None
        base, block_worth = 100 / card.max_points, 100 / Fraction(card.methodology.total)
    terms = []
    beside = dict.fromkeys(touched, _NONE)
    stays = base * (card.base_points or _NONE)
    for block in card.blocks:
        sign = 1 if block.effect is Effect.ADD else -1
        if block.id in touched:
            beside[block.id] = block.points * block_worth
        else:
            stays += sign * block_worth * block.counted
    for key, error in errors_of.items():
        node, leaf = card.nodes.get(key), card.methodology[key]
        if node is None or node.awarded is None or node.reason is not None:
            terms.append(Term(block=leaf.block))  # nothing was observed that could be wrong
            continue
        own = node.awarded
        worth = base * node.factor if leaf.block is None else block_worth
        high = own + error if leaf.max_points is None else max(own, leaf.max_points)
        terms.append(Term(own, error, min(_NONE, own), high, worth, leaf.block))
        if leaf.block is None:
            stays -= worth * own
        else:
            beside[leaf.block] -= worth * own
    return Sum(stays, tuple(terms), tuple(beside.values()))


@frozen(eq=False)
class Erring:
    """The figures of units in whole numbers; arrays of shape (units,), (units, leaves) or (units, blocks).

    Attributes:
        unit: what a figure is multiplied by to be whole.
        caps: what the points of each block are held below, and whether they add; None without a cap.
        blocks: for each leaf the number of its block, -1 in the base.
    """

    ranking: Ranking
    unit: int
    stays: Whole
    points: Whole
    steps: Whole
    low: Whole
    high: Whole
    worth: Whole
    beside: Whole
    caps: tuple[tuple[int | None, bool], ...]
    blocks: tuple[int, ...]

    @classmethod
    def of(cls, board: Scoreboard, errors_of: Mapping[str, Fraction], members: Sequence[int]) -> Erring:
        """Return the figures of some units, for the error of each leaf that has one."""
        methodology = board.methodology
        ranking = Ranking.of(methodology)
        inside = {methodology[key].block for key in errors_of}
        touched = {block.id: block.cap for block in methodology.blocks if block.id in inside}
        adds = [block.effect is Effect.ADD for block in methodology.blocks if block.id in inside]
        sums = [sum_of(board.cards[each], errors_of, touched) for each in members]
        share = Fraction(100, 1) / Fraction(methodology.total) if ranking.held else Fraction(1)
        caps = [None if cap is None else cap * share for cap in touched.values()]
        scales = [
            least_multiple(
                number for each in column for number in (each.points, each.low, each.high, each.error / 2**STEPS)
            )
            for column in zip(*(each.terms for each in sums), strict=True)
        ]
        held = [each for each in (*caps, ranking.cap) if each is not None]
        unit = least_multiple(
            [
                *held,
                *(each.stays for each in sums),
                *(number for each in sums for number in each.beside),
                *(term.worth / scale for each in sums for term, scale in zip(each.terms, scales, strict=True)),
            ]
        )
        of_terms = {
            "points": [[term.points * scale for term, scale in _pairs(each, scales)] for each in sums],
            "steps": [[term.error * scale / 2**STEPS for term, scale in _pairs(each, scales)] for each in sums],
            "low": [[term.low * scale for term, scale in _pairs(each, scales)] for each in sums],
            "high": [[term.high * scale for term, scale in _pairs(each, scales)] for each in sums],
            "worth": [[term.worth * unit / scale for term, scale in _pairs(each, scales)] for each in sums],
        }
        tables = {name: [[int(number) for number in row] for row in rows] for name, rows in of_terms.items()}
        beside = [[int(number * unit) for number in each.beside] for each in sums]
        stays = [int(each.stays * unit) for each in sums]
        most = max(
            abs(own) + sum(map(abs, others)) + sum(worth * (high - low) for worth, high, low in zip(*row, strict=True))
            for own, others, *row in zip(stays, beside, tables["worth"], tables["high"], tables["low"], strict=True)
        )
        widest = max(abs(number) for rows in tables.values() for row in rows for number in row)
        printing = 1 if ranking.rounding is None else 2 * 10**ranking.rounding.digits
        fits = max(most * printing, unit * printing, widest << STEPS, *(int(each * unit) for each in held), 0) < LONGEST
        kind = np.int64 if fits else np.object_
        order = [block.id for block in methodology.blocks if block.id in inside]
        return cls(
            ranking=ranking,
            unit=unit,
            stays=np.array(stays, dtype=kind),
            **{name: np.array(rows, dtype=kind) for name, rows in tables.items()},
            beside=np.array(beside, dtype=kind),
            caps=tuple((None if cap is None else int(cap * unit), add) for cap, add in zip(caps, adds, strict=True)),
            blocks=tuple(-1 if (block := methodology[key].block) is None else order.index(block) for key in errors_of),
        )

    def figures(self, stream: Stream, rows: int) -> Whole:
        """Return the figures of the next draws as whole numbers, shape (rows, units)."""
        units, leaves = self.points.shape
        drawn = errors(stream, rows, units * leaves).reshape(rows, units, leaves)
        points = np.minimum(np.maximum(self.points + self.steps * drawn, self.low), self.high) * self.worth
        found = np.repeat(self.stays[None, :], rows, axis=0)
        for leaf, block in enumerate(self.blocks):
            if block < 0:
                found += points[:, :, leaf]
        for number, (cap, adds) in enumerate(self.caps):
            inside = np.repeat(self.beside[None, :, number], rows, axis=0)
            for leaf, block in enumerate(self.blocks):
                if block == number:
                    inside += points[:, :, leaf]
            counted = inside if cap is None else np.minimum(inside, cap)
            found = found + counted if adds else found - counted
        return self._ranked(found)

    def _ranked(self, found: Whole) -> Whole:
        """Return what is ranked of figures: held within 0 and the cap, and printed where that is what is ranked."""
        if self.ranking.held:
            found = np.maximum(found, 0)
            found = found if self.ranking.cap is None else np.minimum(found, int(self.ranking.cap * self.unit))
        return found if self.ranking.rounding is None else rounded(found, self.unit, self.ranking.rounding)


def _pairs(each: Sum, scales: Sequence[int]) -> zip[tuple[Term, int]]:
    return zip(each.terms, scales, strict=True)


def rounded(values: Whole, unit: int, rounding: Rounding) -> Whole:
    """Return values / unit in units of the last digit that is printed; see :meth:`Rounding.scaled`."""
    scaled: Whole = values * 10**rounding.digits
    below: Whole = scaled // unit
    rest = scaled - below * unit
    match rounding.mode:
        case RoundingMode.HALF_UP:
            up = (2 * rest > unit) | ((2 * rest == unit) & (scaled >= 0))
        case RoundingMode.HALF_EVEN:
            up = (2 * rest > unit) | ((2 * rest == unit) & (below % 2 == 1))
        case RoundingMode.TRUNCATE:
            up = (scaled < 0) & (rest > 0)
        case RoundingMode.CEILING:
            up = rest > 0
        case _:  # floor
            up = rest < 0
    told: Whole = below + up
    return told


def sorted_order(keys: Whole) -> Order:
    """Return the order of whole numbers of any length."""
    ids = np.argsort(keys, axis=1, kind="stable")
    ascending = np.take_along_axis(keys, ids, axis=1)
    return Order(ids, (ascending[:, 1:] == ascending[:, :-1]).astype(bool))
