"""The rule of steps: the points of the first band that a rate or a value reaches."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import field, frozen
from attrs.converters import optional

from parindex._methodology.rules.base import NOTHING, Award, Peers, Problem, Worth, listed
from parindex._methodology.rules.chosen import one_of, over_maximum
from parindex._methodology.rules.inputs import Input, InputKind
from parindex._methodology.rules.rated import Quotient, RateRule, SeenRate, quotient, reaches
from parindex._methodology.rules.ways import choosing, turns
from parindex._methodology.words import Lang, Measure, Severity, Text, Writer, ZeroTotal
from parindex._numbers import fraction, parse_number
from parindex.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parindex._methodology.rules.ways import Way


@frozen
class Edge:
    """The edge of a band: a plain value, or a rate where *percent*."""

    value: Fraction
    percent: bool

    def text(self, writer: Writer) -> str:
        """Return the edge as it is printed."""
        return writer.rate(self.value) if self.percent else writer.number(self.value)


def edge(value: object) -> Edge:
    """Return an edge from "80%", or from a number."""
    if isinstance(value, Edge):
        return value
    if isinstance(value, str) and value.strip().endswith("%"):
        return Edge(parse_number(value.strip()[:-1]) / 100, percent=True)
    return Edge(fraction(value), percent=False)


@frozen
class Band(Worth):
    """A step: its points from an edge on, or over it; the last step has none."""

    from_: Edge | None = field(default=None, converter=optional(edge))
    over: Edge | None = field(default=None, converter=optional(edge))

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.from_ is not None and self.over is not None:
            raise Fault("state either from or over, not both")

    @property
    def edge(self) -> Edge | None:
        """The edge, whichever kind it is."""
        return self.over if self.from_ is None else self.from_

    def takes(self, seen: Quotient) -> bool:
        """Return whether a rate or a value reaches this band."""
        if self.over is not None:
            over, under = self.over.value.as_integer_ratio()
            return seen[0] * under > over * seen[1]
        return self.from_ is None or reaches(seen, self.from_.value)


def band_tuple(items: Iterable[Band]) -> tuple[Band, ...]:
    """Return *items* as a tuple of Band."""
    return listed(items, Band)


@frozen(kw_only=True)
class Bands(RateRule):
    """The points of the first step that a rate or a value reaches.

    >>> rule = Bands(bands=[Band(over="90%", points=2), Band(from_="70%", points=1), Band(points=0)])
    >>> rule.award({"percent": Fraction(90)}, Fraction(2)).points
    Fraction(1, 1)
    """

    type: ClassVar[str] = "bands"

    of: Measure = field(default=Measure.RATIO, converter=Measure)
    bands: tuple[Band, ...] = field(converter=band_tuple)

    def _faults(self) -> Iterator[Fault]:
        if not self.bands:
            yield Fault("expected at least one band", place=Place(at="bands"))
        for position, band in enumerate(self.bands):
            at = Place(at=f"bands[{position}]")
            last = position == len(self.bands) - 1
            if band.edge is None and not last:
                yield Fault("expected an edge, from or over: only the last band has none", place=at)
            elif band.edge is not None and last:
                yield Fault("the last band takes all the rest, it has no edge", place=at)
            elif band.edge is not None and band.edge.percent != (self.of is Measure.RATIO):
                wanted = 'a percent in quotes such as "80%"' if self.of is Measure.RATIO else "a plain number"
                yield Fault(f"expected {wanted}", place=Place(at=f"bands[{position}].{_edge_name(band)}"))
        if self.of is Measure.VALUE:
            for name in ("zero_total", "amounts", "may_exceed"):
                if getattr(self, name) not in {False, ZeroTotal.ERROR}:
                    yield Fault("belongs to bands of a ratio", place=Place(at=name))

    def _inputs(self) -> Iterable[Input]:
        if self.of is Measure.RATIO:
            yield from self._rate_inputs()
        else:
            yield Input("value", InputKind.NUMBER, Text("Giá trị", "Value"))

    def ways(self, values: Mapping[str, Any], max_points: Fraction | None) -> Iterator[Way]:
        """Yield the values on both sides of each edge, of the same total, the nearest first."""
        for each in self._influenced(values):
            whole = values["total"] if each.name == "done" else 100 if each.name == "percent" else 1
            edges = [(band.edge.value * whole, band.over is None) for band in self.bands if band.edge is not None]
            low, high = self._limits_beside(each, values, max_points)
            options = [number for number in turns(edges, low, high, each.kind) if number != values[each.name]]
            yield choosing(each.name, sorted(options, key=lambda number: abs(number - values[each.name])))

    def _influenced(self, values: Mapping[str, Any]) -> Iterable[Input]:
        """Return the value itself, or of a rate what RateRule says."""
        return self.inputs if self.of is Measure.VALUE else super()._influenced(values)

    def _met(self, seen: Quotient) -> int:
        """Return the position of the first band that *seen* reaches; the last takes all the rest."""
        return next(position for position, band in enumerate(self.bands) if band.takes(seen))

    def earned(
        self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None
    ) -> Fraction | None:
        """Return the points of the first band met."""
        maximum = max_points or NOTHING
        seen = quotient(values) if self.of is Measure.RATIO else values["value"].as_integer_ratio()
        return self.when_empty(maximum) if seen is None else self.bands[self._met(seen)].of(maximum)

    def award(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Award:
        """Return the points of the first band met."""
        maximum = max_points or NOTHING
        seen = SeenRate.of(values) if self.of is Measure.RATIO else SeenRate(values["value"])
        points = self.earned(values, max_points)
        if seen is None or points is None:
            return self.empty(maximum)
        hit = self._met(seen.value.as_integer_ratio())
        band = self.bands[hit]

        def say(writer: Writer) -> str:
            text = seen.equation(writer) if self.of is Measure.RATIO else writer.number(seen.value)
            above = self.bands[hit - 1] if hit else None
            for sign, limit in ((_reached(band), band.edge), (_missed(above), above.edge if above else None)):
                text += f" {sign} {limit.text(writer)}" if limit else ""
                if limit and sign == _reached(band) and above:
                    text += writer.pick(" và", " and")
            expression = band.expression(writer, maximum)
            return f"{text}{writer.pick(' nên được ', ', hence ')}{writer.points(expression, points)}"

        return Award(points, say)

    def reach(self, max_points: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
        """Return the least and the greatest step that some value takes."""
        maximum = max_points or NOTHING
        points = [band.of(maximum) for band in self.bands if not self._out_of_reach(band)]
        if self.zero_total is ZeroTotal.FULL:
            points.append(maximum)
        elif self.zero_total is ZeroTotal.ZERO:
            points.append(NOTHING)
        return min(points), max(points)

    def _out_of_reach(self, band: Band) -> bool:
        if self.of is Measure.VALUE or self.may_exceed or band.edge is None:
            return False
        return band.edge.value > 1 or (band.over is not None and band.edge.value == 1)

    def problems(self, max_points: Fraction) -> Iterator[Problem]:
        """Yield bands above the maximum and bands that an earlier one hides."""
        yield from over_maximum("bands", self.bands, max_points)
        for position, band in enumerate(self.bands[:-1]):
            if self._out_of_reach(band):
                message = "no rate goes beyond 100 %: this band is never reached unless the rule says may_exceed = true"
                yield Problem("band-out-of-reach", Severity.WARNING, f"bands[{position}]", message)
            if any(_hides(before, band) for before in self.bands[:position]):
                message = "an earlier band takes every value of this one: order the edges from high to low"
                yield Problem("band-hidden", Severity.ERROR, f"bands[{position}]", message)
        last_edge = self.bands[-2].edge if len(self.bands) > 1 else None
        if self.of is Measure.RATIO and last_edge and self.bands[-2].takes((0, 1)):
            message = "no rate is below 0 %: the last band is never reached"
            yield Problem("band-hidden", Severity.ERROR, f"bands[{len(self.bands) - 1}]", message)

    def in_words(self, max_points: Fraction | None, *, lang: Lang = "vi") -> str:
        """Return the steps with their points."""
        writer = Writer(lang)
        steps = []
        above: Band | None = None
        for band in self.bands:
            steps.append(f"{_step(band, above, writer, self.of)}: {band.in_words(writer)}")
            above = band
        text = "; ".join(steps)
        short = max_points is not None and max(band.of(max_points) for band in self.bands) != max_points
        # Below 0 a step could be points taken off, and short of the maximum one of several: say that it sets them.
        if (short and self.of is Measure.VALUE) or any(
            (band.points or band.share or NOTHING) < 0 for band in self.bands
        ):
            return one_of(writer) + text + self.further_words(writer)
        return text[0].upper() + text[1:] + self.further_words(writer)


def _hides(before: Band, band: Band) -> bool:
    """Return whether *before* takes every value that *band* takes; both have edges."""
    assert before.edge is not None and band.edge is not None
    higher = band.edge.value > before.edge.value
    return higher or (band.edge.value == before.edge.value and (before.over is None or band.over is not None))


def _edge_name(band: Band) -> str:
    return "over" if band.over is not None else "from"


def _reached(band: Band) -> str:
    return ">" if band.over is not None else "≥"


def _missed(band: Band | None) -> str:
    return "≤" if band is not None and band.over is not None else "<"


def _step(band: Band, above: Band | None, writer: Writer, of: Measure) -> str:
    """Return the values of a band as an annex words them, given the band above it."""
    low = band.edge.text(writer) if band.edge else ""
    high = above.edge.text(writer) if above and above.edge else ""
    at_least, at_most = band.over is None, above is not None and above.over is not None
    if not low and not high:
        return writer.pick("mọi tỷ lệ", "any rate") if of is Measure.RATIO else writer.pick("mọi giá trị", "any value")
    if not low:
        return writer.pick(
            f"từ {high} trở xuống" if at_most else f"dưới {high}", f"up to {high}" if at_most else f"below {high}"
        )
    if not high:
        return writer.pick(
            f"từ {low} trở lên" if at_least else f"trên {low}", f"{'from' if at_least else 'over'} {low}"
        )
    if low == high:
        return writer.pick(f"bằng {low}", f"exactly {low}")
    first = writer.pick("từ" if at_least else "trên", "from" if at_least else "over")
    second = writer.pick("đến" if at_most else "đến dưới", "to" if at_most else "to below")
    return f"{first} {low} {second} {high}"
