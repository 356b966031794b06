"""What may be drawn: weights of nodes, and errors of observed points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from parindex._methodology.rules.base import percent_text, rate
from parindex._numbers import fraction, shortest, whole
from parindex.errors import Fault, NumberError, Place

if TYPE_CHECKING:
    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology

STEPS: Final = 12
"""A uniform draw takes one of 2**12 values in equal steps, the middles of as many equal parts of its range."""

PARTS: Final = 16
"""Dirichlet weights are whole numbers of parts that together are 2**16 - 1 and one for each node."""

FINEST: Final = 10**6
"""What the denominator of a share may be at most, so that drawn weights stay small whole numbers."""

MOST_CUTS: Final = 1_000
"""The concentrations of a Dirichlet draw add up to this at most: so many numbers are sorted for each draw."""


def _ids(nodes: Iterable[str]) -> tuple[str, ...]:
    if isinstance(nodes, str):
        raise Fault(f"expected ids in a list, found {nodes!r}", place=Place(at="nodes"))
    return tuple(nodes)


def _level(level: object) -> int:
    found = whole(level)
    if found < 1:
        raise Fault(f"{found} is no level, expected 1 or more", place=Place(at="level"))
    return found


def chosen_nodes(methodology: Methodology, level: int, nodes: Iterable[str] = ()) -> tuple[Criterion, ...]:
    """Return the nodes of the base that are named, else those of a level, with the leaves that stand above it.

    Raises:
        CatalogError: for an id that is not there, with the near miss.
        Fault: for nodes outside the base, named twice or one within another, and where there is none at all.
    """
    named = [methodology[each] for each in nodes]
    for place, each in enumerate(named):
        if each.block is not None:
            raise Fault(f"{each.id!r} is outside the base", place=Place(at="nodes"))
        if each in named[:place]:
            raise Fault(f"{each.id!r} stands twice", place=Place(at="nodes"))
        above = each.parent
        while above is not None:
            if methodology[above] in named:
                raise Fault(f"{each.id!r} is a part of {above!r}, which stands there too", place=Place(at="nodes"))
            above = methodology[above].parent
    base = (each for each in methodology.criteria if each.block is None)
    found = tuple(named) or tuple(
        each for each in base if each.level == level or (each.rule is not None and each.level < level)
    )
    if not found:
        raise Fault(f"{methodology.name} has no criteria in its base", place=Place(at="nodes"))
    return found


@frozen
class DrawnWeights:
    """Weights of nodes that are drawn anew each time, all else staying as it was scored.

    A draw replaces the maxima that the decision states: the points and the applied maximum that a unit has at a drawn
    node are both multiplied by drawn weight / stated maximum, those of what is not drawn stay.
    The index is then 100 x points / applied maximum of the base as ever, so that weights are shared anew among the
    nodes that apply to a unit; points, where they are the headline, are brought back to the total that was stated.
    What redistribution gave to a node stays there, blocks stay as they were scored, and the index is held within 0 and
    its cap.
    With drawn weights that are the stated ones the ranks are those of the board.

    Made by :meth:`uniform` and :meth:`dirichlet`.

    Attributes:
        within: of uniform draws, how far each weight may go as a part of itself; None of Dirichlet draws.
        concentration: of Dirichlet draws, one for all nodes or one for each by id.
        level: the level of the nodes that are drawn, with the leaves above it: 1 are the domains.
        nodes: the ids of the nodes instead.
    """

    within: Fraction | None
    concentration: int | tuple[tuple[str, int], ...] = 1
    level: int = field(default=1, converter=_level)
    nodes: tuple[str, ...] = field(default=(), converter=_ids)

    @classmethod
    def uniform(cls, within: object, *, level: int = 1, nodes: Iterable[str] = ()) -> DrawnWeights:
        """Return weights of which each becomes itself times 1 + u, u anywhere within + and - *within*, such as "10%".

        u takes 4,096 values in equal steps, each as likely as the others and none exactly at an end.

        Raises:
            NumberError: for what is no rate.
            Fault: for less than 0 %, more than 100 %, or more than four decimals of a percent.
        """
        part = rate(within)
        if not 0 <= part <= 1 or part.denominator > FINEST:
            message = f"{percent_text(part)} is not from 0% to 100% with at most four decimals"
            raise Fault(message, place=Place(at="within"))
        return cls(part, level=level, nodes=nodes)

    @classmethod
    def dirichlet(
        cls, concentration: int | Mapping[str, int] = 1, *, level: int = 1, nodes: Iterable[str] = ()
    ) -> DrawnWeights:
        """Return weights that share the stated sum of the nodes at random, whatever each of them was stated to be.

        With concentration 1 every way to share is as likely as any other, to steps of 1/65,536; greater ones stay
        nearer to equal shares, and with one for each node in proportion to its stated maximum, nearer to those.
        The shares are made of the spacings between sorted whole numbers, so that they are the same everywhere.

        Raises:
            Fault: for a concentration that is no whole number of 1 or more, or for too large ones.
        """
        given = concentration if isinstance(concentration, Mapping) else {"concentration": concentration}
        known = {}
        for key, value in given.items():
            place = Place(at=key)
            try:
                known[key] = whole(value)
            except NumberError as error:
                message = f"{error}: shares are sums of whole numbers of spacings, expected 1 or more"
                raise Fault(message, place=place) from None
            if not 1 <= known[key] <= MOST_CUTS:
                raise Fault(f"{known[key]} is not from 1 to {MOST_CUTS}", place=place)
        if not isinstance(concentration, Mapping):
            return cls(None, known["concentration"], level=level, nodes=nodes)
        if nodes:
            raise Fault("name the nodes by their concentrations or by themselves, not both", place=Place(at="nodes"))
        if not known:
            raise Fault("expected a concentration for each node", place=Place(at="concentration"))
        return cls(None, tuple(known.items()), nodes=tuple(known))

    def chosen(self, methodology: Methodology) -> tuple[Criterion, ...]:
        """Return the nodes that are drawn; see :func:`chosen_nodes`.

        Raises:
            Fault: where a Dirichlet draw would share an unknown maximum, or concentrations add up to too much.
        """
        found = chosen_nodes(methodology, self.level, self.nodes)
        if self.within is None:
            for each in found:
                if not each.max_points:
                    place = Place(at=each.id)
                    raise Fault("its maximum is unknown or 0, so that there is nothing to share", place=place)
            if sum(self.concentrations(len(found))) > MOST_CUTS:
                message = f"the concentrations add up to more than {MOST_CUTS:,}"
                raise Fault(message, place=Place(at="concentration"))
        return found

    def concentrations(self, nodes: int) -> tuple[int, ...]:
        """Return the concentration of each of so many nodes."""
        if isinstance(self.concentration, int):
            return (self.concentration,) * nodes
        return tuple(value for _, value in self.concentration)

    def most(self, nodes: int) -> tuple[int, ...]:
        """Return the greatest whole number that each of so many weights, and last what stays, can be drawn as."""
        if self.within is None:
            return (2**PARTS,) * nodes + (2**PARTS - 1 + nodes,)
        over, under = self.within.as_integer_ratio()
        return ((under + over) * 2**STEPS,) * nodes + (under * 2**STEPS,)


def _points(value: object) -> Fraction:
    found = fraction(value)
    if found < 0:
        raise Fault(f"{shortest(found)} is no error, expected 0 points or more", place=Place(at="points"))
    return found


@frozen
class ErrorOf:
    """Points that are known only to + or - so much: those of one leaf, or of every leaf of one origin.

    The error of each unit and leaf is drawn alone, uniform in 4,096 equal steps, and added to the points that were
    awarded; the sum is held within 0 and the maximum of the leaf, not rounded again, and summed up the tree.
    Points that are below 0 themselves may stay where they are.

    Made by :meth:`leaf` and :meth:`origin`.
    """

    points: Fraction = field(converter=_points)
    leaf_id: str | None = None
    origin_key: str | None = None

    @classmethod
    def leaf(cls, criterion_id: str, points: object) -> ErrorOf:
        """Return the error of one leaf.

        Raises:
            NumberError: for points that are no number.
            Fault: for points below 0.
        """
        return cls(points, leaf_id=criterion_id)

    @classmethod
    def origin(cls, key: str, points: object) -> ErrorOf:
        """Return the error of every leaf whose points come from one origin; see :meth:`leaf`."""
        return cls(points, origin_key=key)
