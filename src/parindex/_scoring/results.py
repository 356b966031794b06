"""What scoring gives back for one unit: a card of exact figures, each of which can be asked why."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from parindex._frozen import FrozenMap
from parindex._methodology.methodology import Methodology
from parindex._methodology.parts import Grade
from parindex._methodology.rules import Peers
from parindex._methodology.words import Effect, Headline, Lang, Writer
from parindex._scoring.assessment import Assessment
from parindex._text import Word
from parindex.errors import found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal


class Status(Word):
    """Whether a figure stands, may still move, or does not exist for want of anything applicable."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    NOT_APPLICABLE = "not-applicable"


def percentage(points: Fraction | None, max_points: Fraction | None) -> Fraction | None:
    """Return 100 x points / maximum, None where either is unknown or the maximum is zero."""
    return 100 * points / max_points if points is not None and max_points else None


@frozen(kw_only=True)
class NodeScore:
    """One node of a card.

    Attributes:
        id: the criterion.
        status: final, provisional, or not-applicable.
        points: what was scored, None unless final.
        max_points: the applied maximum; None unless final, or where it is unknown.
        awarded: a leaf's points before redistribution multiplies them; None for inner nodes, while the leaf is open,
            and where it does not apply.
        factor: what redistribution among the nodes above and beside multiplied points and maximum by; 1 without any.
        observed: a leaf's inputs in exact form, None where it was not observed.
        reason: why a leaf does not apply, None where it does.
        peers: the extremes a relative leaf was compared with, or None.
        defaulted: whether the default of a block item stood for an observation.
    """

    id: str
    status: Status
    points: Fraction | None = None
    max_points: Fraction | None = None
    awarded: Fraction | None = None
    factor: Fraction = Fraction(1)
    observed: FrozenMap[str, Any] | None = None
    reason: str | None = None
    peers: Peers | None = None
    defaulted: bool = False

    @property
    def index(self) -> Fraction | None:
        """The component index, 100 x points / applied maximum; None where it does not exist."""
        return percentage(self.points, self.max_points)

    @property
    def lost(self) -> Fraction | None:
        """The points that miss the applied maximum; None where they are unknown."""
        return None if self.points is None or self.max_points is None else self.max_points - self.points


@frozen(kw_only=True)
class OriginScore:
    """The points of one origin, the second partition of the same base."""

    points: Fraction
    max_points: Fraction | None

    @property
    def ratio(self) -> Fraction | None:
        """Points / applied maximum, a part of one; None where it does not exist."""
        return self.points / self.max_points if self.max_points else None

    @property
    def index(self) -> Fraction | None:
        """100 x points / applied maximum; None where it does not exist."""
        return percentage(self.points, self.max_points)


@frozen(kw_only=True)
class BlockScore:
    """Points outside the base: the sum of the items, and what the cap leaves of it."""

    id: str
    effect: Effect
    points: Fraction
    counted: Fraction

    @property
    def net(self) -> Fraction:
        """What counts, below 0 where it is taken off."""
        return self.counted if self.effect is Effect.ADD else -self.counted


@frozen(kw_only=True)
class Bounds:
    """The least and the greatest a provisional card can still come to; None where nothing bounds it.

    Every completion lies within; *tight* says that both ends of both intervals can be reached.
    """

    points: tuple[Fraction | None, Fraction | None]
    index: tuple[Fraction | None, Fraction | None]
    tight: bool


@frozen(kw_only=True, repr=False)
class Scorecard:
    """The result of one unit.

    Attributes:
        methodology, assessment: what was computed with.
        status: final, provisional or not-applicable.
        points: base + added - subtracted, exact; None unless final.
        max_points: the applicable base maximum; None unless final, or where it is unknown.
        index: the headline percentage, exact, held within 0 and the cap; None where it does not exist.
        base_points: the points of the base alone.
        grade: the grade, ``none`` for a figure below all bands; None without grades or unless final.
        earned_grade: the grade before events limited it.
        bounds: what a provisional card can still come to, else None.
        nodes: every node that exists for the unit, by id.
        blocks: the points outside the base.
        by_origin: the base points by where they come from; empty unless final.
        year: the year whose grades counted, or None.
    """

    methodology: Methodology
    assessment: Assessment
    status: Status
    points: Fraction | None = None
    max_points: Fraction | None = None
    index: Fraction | None = None
    base_points: Fraction | None = None
    grade: Grade | None = None
    earned_grade: Grade | None = None
    bounds: Bounds | None = None
    nodes: FrozenMap[str, NodeScore]
    blocks: tuple[BlockScore, ...] = ()
    by_origin: FrozenMap[str, OriginScore] = field(default=FrozenMap())
    year: int | None = None

    @property
    def unit(self) -> str:
        """The name of the unit."""
        return self.assessment.unit

    @property
    def group(self) -> str | None:
        """The group of the unit."""
        return self.assessment.group

    @property
    def headline(self) -> Fraction | None:
        """The figure that is published, graded and ranked: the index or the points."""
        return self.index if self.methodology.headline is Headline.INDEX else self.points

    @property
    def printed_points(self) -> Decimal | None:
        """The points as printed, trailing zeros kept."""
        return self._printed(self.points)

    @property
    def printed_index(self) -> Decimal | None:
        """The index as printed, trailing zeros kept."""
        return self._printed(self.index)

    def _printed(self, value: Fraction | None) -> Decimal | None:
        return None if value is None else self.methodology.policy.print_rounding.printed(value)

    def out_of(self, *, lang: Lang = "vi") -> str:
        """Return the points over the applied maximum as they are printed, "78,77/100"; "" unless final."""
        if self.points is None:
            return ""
        writer = Writer(lang, self.methodology.policy.print_rounding)
        most = "?" if self.max_points is None else writer.number(self.max_points)
        return f"{writer.printed(self.points)}/{most}"

    def __contains__(self, criterion_id: object) -> bool:
        return criterion_id in self.nodes

    def __iter__(self) -> Iterator[NodeScore]:
        return iter(self.nodes.values())

    def __getitem__(self, criterion_id: str) -> NodeScore:
        """Return one node.

        Raises:
            CatalogError: if the unit has no such node, with the near miss.
        """
        return found(self.nodes, criterion_id, f"the card of {self.unit!r} has no node")

    def explain(self, criterion_id: str | None = None, *, lang: Lang = "vi") -> str:
        """Return how the points of a node, or without an id those of the whole, came about.

        The arithmetic can be checked by hand from the text alone; the last sentence cites the source.
        """
        from parindex._scoring.explain import explain

        return explain(self, criterion_id, lang)

    def __repr__(self) -> str:
        figure = self.printed_index if self.index is not None else self.printed_points
        return f"<Scorecard {self.unit!r} {self.methodology.name} {figure if figure is not None else self.status}>"
