"""Describes a board as reviewers ask: how components go together, what decides the result, what tells units apart."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Final

from attrs import frozen

from parindex._frozen import FrozenMap
from parindex._methodology.rules.base import rate
from parindex._methodology.words import UNKNOWN, Headline
from parindex._numbers import decimal, exact_sum
from parindex._scoring.board import Scoreboard
from parindex._scoring.results import Status
from parindex.analysis.finding import figure_of
from parindex.analysis.shortfalls import Share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from parindex._methodology.methodology import Methodology
    from parindex._scoring.results import Scorecard

_NONE: Final = Fraction(0)


@frozen(kw_only=True)
class Spread:
    """How the final units stand at one node, by its component index, or by its points where the maximum is unknown.

    Attributes:
        id: the node.
        units: how many units have a figure; those it does not apply to have none.
        mean, variance: over them, the variance divided by their number; None without any.
        commonest: how many of them have the figure that most have.
        weight: the share of the variance of the whole that comes from a component, its effective weight: the covariance
            of what it contributes with the whole over the variance of the whole.
            They add up to one; a component that goes against the whole has less than 0.
            None of what is no component, and where all units are equal.
    """

    id: str
    units: int
    mean: Fraction | None
    variance: Fraction | None
    commonest: Share
    weight: Fraction | None = None

    @property
    def constant(self) -> bool:
        """Whether all units have the same figure, so that the node tells none of them apart."""
        return self.units > 0 and self.commonest.count == self.units


@frozen(kw_only=True)
class Correlation:
    """How two components go together over the units that have both.

    Attributes:
        units: how many those are.
        covariance: theirs, divided by their number; None without any.
        squared: the square of the coefficient of correlation, exactly; None where one of them has no variance.
    """

    units: int
    covariance: Fraction | None
    squared: Fraction | None

    def printed(self, digits: int = 2) -> Decimal | None:
        """Return the coefficient itself, rounded half up by its size from its exact square; None where undefined.

        >>> Correlation(units=3, covariance=Fraction(-1), squared=Fraction(1, 2)).printed(4)
        Decimal('-0.7071')
        """
        if self.squared is None or self.covariance is None:
            return None
        over, under = self.squared.as_integer_ratio()
        scaled = (_root(4 * over * 10 ** (2 * digits) // under) + 1) // 2
        return decimal(-scaled if self.covariance < 0 else scaled, digits)


@frozen(kw_only=True, repr=False)
class Description:
    """What reviewers ask of a board, over its final units.

    Attributes:
        board: the board.
        components: the domains, and the blocks outside the base.
        leaves: every leaf.
        correlations: of each domain with each, by the ids of both.
    """

    board: Scoreboard
    components: FrozenMap[str, Spread]
    leaves: FrozenMap[str, Spread]
    correlations: FrozenMap[tuple[str, str], Correlation]

    def alike(self, share: object = "90%") -> tuple[Spread, ...]:
        """Return the leaves at which at least that share of the units has one figure: they tell few units apart.

        Raises:
            NumberError: for what is no share, such as "90%" or an exact part of one.
        """
        part = rate(share)
        return tuple(
            each for each in self.leaves.values() if each.commonest.part is not None and each.commonest.part >= part
        )

    def __repr__(self) -> str:
        return f"<Description of {self.board!r}>"


def describe(board: Scoreboard) -> Description:
    """Return how the components of a board go together, what decides its result, and what tells units apart.

    Only units with a final card count.
    """
    methodology = board.methodology
    cards = [card for card in board if card.status is Status.FINAL and card.headline is not None]
    weights = _weights(methodology, cards)
    roots = [each.id for each in methodology.roots]
    figures = {each.id: [figure_of(card.nodes.get(each.id), each) for card in cards] for each in methodology.criteria}
    blocks = {
        block.id: [next(each.counted for each in card.blocks if each.id == block.id) for card in cards]
        for block in methodology.blocks
    }
    components = {each: _spread(each, figures[each], weights.get(each)) for each in roots}
    components |= {each: _spread(each, own, weights.get(each)) for each, own in blocks.items()}
    return Description(
        board=board,
        components=FrozenMap(components),
        leaves=FrozenMap({leaf.id: _spread(leaf.id, figures[leaf.id], None) for leaf in methodology.leaves}),
        correlations=FrozenMap({pair: _correlation(*map(figures.__getitem__, pair)) for pair in product(roots, roots)}),
    )


def _spread(node: str, figures: Iterable[Fraction | None], weight: Fraction | None) -> Spread:
    known = [each for each in figures if each is not None]
    most = Counter(known).most_common(1)
    return Spread(
        id=node,
        units=len(known),
        mean=exact_sum(known) / len(known) if known else None,
        variance=_covariance(known, known),
        commonest=Share(most[0][1] if most else 0, len(known)),
        weight=weight,
    )


def _covariance(one: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction | None:
    """Return the mean product less the product of the means; None without any."""
    if not one:
        return None
    products = exact_sum(a * b for a, b in zip(one, other, strict=True))
    return products / len(one) - exact_sum(one) * exact_sum(other) / len(one) ** 2


def _correlation(one: Iterable[Fraction | None], other: Iterable[Fraction | None]) -> Correlation:
    both = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    left, right = [a for a, _ in both], [b for _, b in both]
    covariance = _covariance(left, right)
    spread = (_covariance(left, left) or _NONE) * (_covariance(right, right) or _NONE)
    squared = None if covariance is None or not spread else covariance**2 / spread
    return Correlation(units=len(both), covariance=covariance, squared=squared)


def _weights(methodology: Methodology, cards: Sequence[Scorecard]) -> dict[str, Fraction]:
    """Return the effective weight of every component; none where all units are equal."""
    contributed: dict[str, list[Fraction]] = {}
    for card in cards:
        for each, amount in _contributions(methodology, card).items():
            contributed.setdefault(each, []).append(amount)
    wholes = [exact_sum(amounts) for amounts in zip(*contributed.values(), strict=True)]
    variance = _covariance(wholes, wholes)
    if not variance:
        return {}
    return {each: (_covariance(own, wholes) or _NONE) / variance for each, own in contributed.items()}


def _contributions(methodology: Methodology, card: Scorecard) -> dict[str, Fraction]:
    """Return what every component brings to the headline before it is held within its limits; they add up to it."""
    indexed = methodology.headline is Headline.INDEX
    per_point = 100 / card.max_points if indexed and card.max_points else Fraction(1)
    outside = 100 / Fraction(methodology.total) if indexed and methodology.total is not UNKNOWN else Fraction(1)
    found = {}
    for root in methodology.roots:
        node = card.nodes.get(root.id)
        found[root.id] = _NONE if node is None or node.points is None else node.points * per_point
    for block in card.blocks:
        found[block.id] = block.net * outside
    return found


def _root(square: int) -> int:
    """Return the greatest whole number whose square is at most that."""
    if not square:
        return 0
    guess = 1 << (square.bit_length() + 1) // 2
    while (better := (guess + square // guess) // 2) < guess:
        guess = better
    return guess
