"""Rules whose points come straight from one figure: given, and relative to the other units."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from attrs import field, frozen
from attrs.converters import optional

from parindex._methodology.rules.base import NOTHING, WHOLE, Award, Peers, Problem, Rate, Rule, Share, rate, share
from parindex._methodology.rules.inputs import Input, InputKind
from parindex._methodology.words import Direction, Lang, Method, Severity, Text, Within, Writer
from parindex._numbers import fraction, shortest
from parindex.errors import Fault, NumberError, Place, PopulationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

AllEqual: TypeAlias = Literal["high", "low"] | Share


def all_equal(value: object) -> AllEqual:
    """Return what equal values earn: the word, or a share of the maximum."""
    if value == "high":
        return "high"
    if value == "low":
        return "low"
    try:
        return share(value)
    except NumberError as error:
        raise NumberError(f"{error}; expected high, low or a share of the maximum", found=value) from None


@frozen
class Given(Rule):
    """Points that somebody sets: outright, or as a value on a scale.

    >>> Given(scale=100).award({"value": Fraction(88)}, Fraction(10)).points
    Fraction(44, 5)
    """

    type: ClassVar[str] = "given"

    scale: Fraction | None = field(default=None, converter=optional(fraction))
    lowest: Fraction = field(default=NOTHING, converter=fraction)

    def _faults(self) -> Iterator[Fault]:
        if self.scale is not None and self.scale <= 0:
            yield Fault(f"{shortest(self.scale)} is not a scale, expected more than 0", place=Place(at="scale"))
        elif self.scale is not None and self.lowest >= self.scale:
            message = f"{shortest(self.lowest)} is not below the scale {shortest(self.scale)}"
            yield Fault(message, place=Place(at="lowest"))

    def _inputs(self) -> Iterable[Input]:
        if self.scale is None:
            text = Text("Điểm", "Points")
            yield Input("points", InputKind.POINTS, text, low=self.lowest, up_to_max=True)
        else:
            yield Input("value", InputKind.NUMBER, Text("Giá trị", "Value"), low=self.lowest, high=self.scale)

    def earned(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Fraction:
        """Return the points set, or the maximum times value over scale."""
        if self.scale is None or max_points is None:
            points: Fraction = values["points"]
            return points
        value: Fraction = values["value"]
        return max_points * value / self.scale

    def award(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Award:
        """Return the points set, or the maximum times value over scale."""
        points = self.earned(values, max_points)
        if self.scale is None or max_points is None:
            return Award(
                points,
                lambda writer: f"{writer.pick('được chấm', 'given')} {writer.points(writer.number(points), points)}",
            )
        value, scale = values["value"], self.scale
        return Award(
            points,
            lambda writer: writer.points(
                f"{writer.operand(max_points)} × {writer.operand(value)}/{writer.operand(scale)}", points
            ),
        )

    def reach(self, max_points: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
        """Return the lowest and the maximum."""
        if self.scale is None:
            return self.lowest, max_points
        return None if max_points is None else max_points * self.lowest / self.scale, max_points

    @property
    def bare_input(self) -> str | None:
        """The points, where there is no scale to confuse them with."""
        return "points" if self.scale is None else None

    def problems(self, max_points: Fraction) -> Iterator[Problem]:
        """Yield a lowest above the maximum."""
        if self.scale is None and self.lowest > max_points:
            message = f"the lowest {shortest(self.lowest)} is above the maximum {shortest(max_points)}"
            yield Problem("lowest-above-maximum", Severity.ERROR, "lowest", message)

    def in_words(self, max_points: Fraction | None, *, lang: Lang = "vi") -> str:
        """Return who sets the points and on what scale."""
        writer = Writer(lang)
        if self.scale is None:
            text = writer.pick("Điểm do cơ quan đánh giá chấm", "Points set by the assessing body")
        else:
            scale = writer.operand(self.scale)
            text = writer.pick(f"Giá trị/{scale} × điểm tối đa", f"Value/{scale} × maximum points")
        if self.lowest == 0:
            return text
        least = writer.number(self.lowest)
        return text + writer.pick(f"; thấp nhất là {least}", f"; the lowest is {least}")


@frozen
class Relative(Rule):
    """Points by where a value lies between the worst and the best of all units.

    >>> rule = Relative(low="10%")
    >>> rule.award({"value": Fraction(5)}, Fraction(10), Peers(Fraction(0), Fraction(10), 3)).points
    Fraction(11, 2)
    """

    type: ClassVar[str] = "relative"

    method: Method = field(default=Method.MIN_MAX, converter=Method)
    direction: Direction = field(default=Direction.HIGHER, converter=Direction)
    low: Rate = field(default=Rate(NOTHING), converter=rate)
    high: Rate = field(default=Rate(WHOLE), converter=rate)
    all_equal: AllEqual = field(default="high", converter=all_equal)
    within: Within = field(default=Within.ALL, converter=Within)

    def _faults(self) -> Iterator[Fault]:
        if not 0 <= self.low < self.high <= 1:
            yield Fault("expected 0% <= low < high <= 100%", place=Place(at="low"))
        if not isinstance(self.all_equal, str) and not self.low <= self.all_equal <= self.high:
            yield Fault("expected a share between low and high", place=Place(at="all_equal"))

    def _inputs(self) -> Iterable[Input]:
        yield Input("value", InputKind.NUMBER, Text("Giá trị", "Value"))

    def earned(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Fraction:
        """Return the share of the maximum that the place between worst and best earns."""
        if peers is None or max_points is None:
            raise PopulationError(
                "a relative rule compares all units: score them together with score_many, not one alone"
            )
        worst, best = self._ends(peers)
        if worst == best:
            return max_points * self.when_equal
        value: Fraction = values["value"]
        return max_points * (self.low + (self.high - self.low) * (value - worst) / (best - worst))

    def award(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Award:
        """Return the share of the maximum that the place between worst and best earns."""
        points = self.earned(values, max_points, peers)
        assert peers is not None and max_points is not None
        value = values["value"]
        worst, best = self._ends(peers)
        if worst == best:
            part = self.when_equal
            return Award(
                points,
                lambda writer: (
                    writer.pick(
                        f"mọi đơn vị bằng nhau ({writer.number(value)}) nên được ",
                        f"all units are equal ({writer.number(value)}), hence ",
                    )
                    + writer.points(f"{writer.operand(max_points)} × {writer.rate_operand(part)}", points)
                ),
            )

        def say(writer: Writer) -> str:
            number = writer.operand
            place = f"({number(value)} − {number(worst)})/({number(best)} − {number(worst)})"
            spread = self.high - self.low
            scaled = place if spread == 1 else f"{writer.rate_operand(spread)} × {place}"
            scaled = scaled if self.low == 0 else f"{writer.rate(self.low)} + {scaled}"
            group = (" cùng nhóm", " of the group") if self.within is Within.GROUP else ("", "")
            found = writer.pick(
                f"giá trị {number(value)}, thấp nhất là {number(peers.low)}, cao nhất là {number(peers.high)} "
                f"trong {peers.units} đơn vị{group[0]}, nên được ",
                f"value {number(value)}, lowest {number(peers.low)}, highest {number(peers.high)} "
                f"of {peers.units} units{group[1]}, hence ",
            )
            whole = f"({scaled})" if self.low != 0 else scaled
            return found + writer.points(f"{number(max_points)} × {whole}", points)

        return Award(points, say)

    @property
    def compares_within(self) -> Within:
        """All units, or those of one group."""
        return self.within

    def _ends(self, peers: Peers) -> tuple[Fraction, Fraction]:
        """Return the worst and the best of the values compared."""
        return (peers.low, peers.high) if self.direction is Direction.HIGHER else (peers.high, peers.low)

    @property
    def when_equal(self) -> Fraction:
        """The share of the maximum that equal values earn."""
        if isinstance(self.all_equal, str):
            return self.high if self.all_equal == "high" else self.low
        return self.all_equal

    def reach(self, max_points: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
        """Return the maximum times low and high."""
        return (None, None) if max_points is None else (max_points * self.low, max_points * self.high)

    def in_words(self, max_points: Fraction | None, *, lang: Lang = "vi") -> str:
        """Return the comparison as a sentence."""
        writer = Writer(lang)
        low, high = writer.rate(self.low), writer.rate(self.high)
        better = writer.pick("cao", "higher") if self.direction is Direction.HIGHER else writer.pick("thấp", "lower")
        group = self.within is Within.GROUP
        whom = writer.pick("cùng nhóm" if group else "khác", "of its group" if group else "")
        equal = writer.rate(self.when_equal)
        return writer.pick(
            f"So với các đơn vị {whom}, càng {better} càng tốt: kém nhất {low}, tốt nhất {high} điểm tối đa, "
            f"ở giữa tính theo tỷ lệ; tất cả bằng nhau: {equal} điểm tối đa",
            f"Compared with the other units {whom}, {better} is better: the worst gets {low}, the best {high} of the "
            f"maximum, in between in proportion; all equal: {equal} of the maximum".replace(" ,", ","),
        )
