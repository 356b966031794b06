"""Figures under drawn weights, as whole numbers for the weights to multiply.

The figure of a unit is N / D, both of them sums over the drawn nodes of weight x number, and of what stays.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from parindex._methodology.words import Headline, RankedValue, Ties, Within
from parindex._numbers import Rounding, exact_sum

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology
    from parindex._scoring.board import Scoreboard
    from parindex._scoring.results import Scorecard
    from parindex.analysis.drawn import DrawnWeights

FULL: Final = 1_000
"""Units that are ranked with each other, up to which every rank is counted."""

_NONE: Final = Fraction(0)

Numbers = tuple[Fraction, ...]


@frozen
class Figure:
    """The numbers of one unit: for each drawn node, and last for what stays, a part of N and one of D."""

    over: Numbers
    under: Numbers


@frozen
class Ranking:
    """How figures become ranks, by the policy.

    Attributes:
        cap: what an index is held below; None without one.
        held: whether figures are held at 0 and the cap, as an index is.
        rounding: how figures are printed before they are ranked, None where exact ones are.
        dense: whether ranks after a tie go on without a gap.
    """

    cap: Fraction | None
    held: bool
    rounding: Rounding | None
    dense: bool

    @classmethod
    def of(cls, methodology: Methodology) -> Ranking:
        """Return how the headlines of a methodology are ranked."""
        policy = methodology.policy
        index = methodology.headline is Headline.INDEX
        return cls(
            cap=policy.index_cap if index else None,
            held=index,
            rounding=policy.print_rounding if policy.ranked_value is RankedValue.PRINTED else None,
            dense=policy.ties is Ties.DENSE,
        )

    def hold(self, value: Fraction) -> Fraction:
        """Return a figure held within 0 and the cap."""
        if not self.held:
            return value
        return max(_NONE, value if self.cap is None else min(value, self.cap))

    def ranked(self, value: Fraction) -> Fraction:
        """Return what is ranked of a figure."""
        return self.hold(value) if self.rounding is None else self.rounding.apply(self.hold(value))


def pools(board: Scoreboard) -> tuple[tuple[int, ...], ...]:
    """Return the positions of the ranked units, those that are ranked with each other together."""
    within = board.methodology.policy.ranked_within is Within.GROUP
    found: dict[str | None, list[int]] = {}
    for position, (group, rank) in enumerate(zip(board.groups, board.rank_list(), strict=True)):
        if rank:
            found.setdefault(group if within else None, []).append(position)
    return tuple(tuple(each) for each in found.values())


def figures(board: Scoreboard, drawn: DrawnWeights, positions: Iterable[int]) -> tuple[Figure, ...]:
    """Return the numbers of some units of a board, all of them ranked; see :class:`DrawnWeights` for what they mean."""
    methodology = board.methodology
    nodes = drawn.chosen(methodology)
    scales = None
    if drawn.within is None:  # of a share of all parts a weight is share x sum / what was stated
        maxima = [each.max_points or _NONE for each in nodes]
        scales = tuple(exact_sum(maxima) / each for each in maxima)
    shape = _Shape.of(methodology, nodes)
    made = (_figure(board.cards[position], shape) for position in positions)
    if scales is None:
        return tuple(made)
    return tuple(Figure(_scaled(each.over, scales), _scaled(each.under, scales)) for each in made)


def _scaled(numbers: Numbers, scales: Numbers) -> Numbers:
    return (*(number * scale for number, scale in zip(numbers[:-1], scales, strict=True)), numbers[-1])


@frozen
class _Shape:
    """What all units of a board have in common.

    Attributes:
        ids: the drawn nodes.
        total: what a block's points are parts of, where D stands for the same.
        scale: what a figure of the whole maximum comes to.
        stated: the parts of D that are the same for all units; None where they are what applies to each.
        known: whether every maximum that counts is known.
        whole: whether nothing of the base stays.
        unders: the parts of D that were made, by the maxima they were made of.
    """

    ids: tuple[str, ...]
    total: Fraction
    scale: Fraction
    stated: Numbers | None
    known: bool
    whole: bool
    unders: dict[Numbers, Numbers] = field(factory=dict)

    @classmethod
    def of(cls, methodology: Methodology, nodes: tuple[Criterion, ...]) -> _Shape:
        ids = tuple(each.id for each in nodes)
        known = all(each.max_points is not None for each in (*nodes, *methodology.roots))
        whole = set(nodes) == set(methodology.roots)
        if methodology.headline is Headline.INDEX:
            total = Fraction(methodology.total)
            return cls(ids, total, Fraction(100), None, known, whole)
        if not known:
            return cls(ids, Fraction(1), Fraction(1), (*(_NONE for _ in nodes), Fraction(1)), known, whole)
        stated = [each.max_points or _NONE for each in nodes]
        roots = exact_sum(root.max_points or _NONE for root in methodology.roots)
        stated.append(max(_NONE, roots - exact_sum(stated)))
        total = exact_sum(stated)
        return cls(ids, total, total, tuple(stated), known, whole)

    def under(self, maxima: Numbers) -> Numbers:
        """Return the parts of D of these maxima."""
        if maxima not in self.unders:
            self.unders[maxima] = tuple(each / self.scale for each in maxima)
        return self.unders[maxima]


def _figure(card: Scorecard, shape: _Shape) -> Figure:
    """Return the numbers of one unit, for weights that multiply what was scored."""
    nodes = [card.nodes.get(each) for each in shape.ids]
    points = [_NONE if node is None or node.points is None else node.points for node in nodes]
    assert card.base_points is not None
    points.append(_NONE if shape.whole else card.base_points - exact_sum(points))
    maxima = shape.stated
    if maxima is None:
        assert card.max_points is not None
        applied = [_NONE if node is None or node.max_points is None else node.max_points for node in nodes]
        if not shape.known:  # nothing can be left out there, and no weight moves the maximum
            applied = [_NONE for _ in nodes]
        stays = _NONE if shape.whole and shape.known else card.max_points - exact_sum(applied)
        maxima = (*applied, stays)
    net = exact_sum(each.net for each in card.blocks)
    if net:
        points = [mine + net * most / shape.total for mine, most in zip(points, maxima, strict=True)]
    return Figure(tuple(points), shape.under(maxima))


def least_multiple(numbers: Iterable[Fraction]) -> int:
    """Return the least whole number that makes all of them whole."""
    found = 1
    for number in numbers:
        found *= Fraction(found, number.denominator).denominator
    return found
