"""Rules on a rate: done of total, or a percentage; in proportion, in steps, or weighted by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, ClassVar, TypeAlias

from attrs import field, frozen

from parindex._frozen import FrozenMap
from parindex._methodology.rules.base import (
    NOTHING,
    WHOLE,
    Award,
    Peers,
    Problem,
    Rate,
    Rule,
    decimals_in_words,
    key_faults,
    rate,
)
from parindex._methodology.rules.inputs import Input, InputKind
from parindex._methodology.rules.ways import Way, counting, moving
from parindex._methodology.words import Lang, Severity, Text, Writer, ZeroTotal
from parindex._numbers import exact_sum, fraction, shortest
from parindex.errors import Fault, NumberError, Place

_HUNDRED = Fraction(100)

Quotient: TypeAlias = tuple[int, int]
"""A rate or a value as one whole number over another that is positive, not reduced: enough to compare it exactly."""


def quotient(values: Mapping[str, Any]) -> Quotient | None:
    """Return the rate in *values*, None where its denominator is zero."""
    if "percent" in values:
        over, under = values["percent"].as_integer_ratio()
        return over, 100 * under
    done, done_under = values["done"].as_integer_ratio()
    total, total_under = values["total"].as_integer_ratio()
    return (done * total_under, done_under * total) if total else None


def reaches(seen: Quotient, edge: Fraction) -> bool:
    """Return whether *seen* is at least *edge*, by cross-multiplication."""
    over, under = edge.as_integer_ratio()
    return seen[0] * under >= over * seen[1]


@frozen
class SeenRate:
    """An observed rate, and how it was stated."""

    value: Fraction
    done: Fraction | None = None
    total: Fraction | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> SeenRate | None:
        """Return the rate in *values*, None where its denominator is zero."""
        seen = quotient(values)
        return None if seen is None else cls(Fraction(*seen), values.get("done"), values.get("total"))

    def ratio(self, writer: Writer) -> str:
        """Return "190/200", or the percentage where no counts are known."""
        if self.done is None or self.total is None:
            return writer.rate(self.value)
        return f"{writer.operand(self.done)}/{writer.operand(self.total)}"

    def equation(self, writer: Writer, *, inverse: bool = False) -> str:
        """Return "190/200 = 95,00 %"; with *inverse* "1 − 190/200 = 5,00 %"."""
        counted = self.done is not None
        if inverse:
            one = "1 − " if counted else "100 % − "
            return f"{one}{self.ratio(writer)} {writer.rate_equals(1 - self.value)}"
        return f"{self.ratio(writer)} {writer.rate_equals(self.value)}" if counted else self.ratio(writer)

    def factor(self, writer: Writer, *, inverse: bool = False) -> str:
        """Return the rate for a product: "95 %", or "187/193" where the percentage is long."""
        value = 1 - self.value if inverse else self.value
        percent = writer.rate(value)
        if len(percent) <= len("99.9999 %") and "/" not in percent:
            return percent
        return f"(1 − {self.ratio(writer)})" if inverse else self.ratio(writer)


@frozen(kw_only=True)
class ZeroTotalRule(Rule):
    """What the rules with a denominator share."""

    amounts: bool = False
    zero_total: ZeroTotal = field(default=ZeroTotal.ERROR, converter=ZeroTotal)

    @property
    def may_not_apply(self) -> bool:
        """Whether an empty denominator makes the leaf not applicable."""
        return self.zero_total is ZeroTotal.NOT_APPLICABLE

    def _number_kind(self) -> InputKind:
        return InputKind.AMOUNT if self.amounts else InputKind.COUNT

    def when_empty(self, max_points: Fraction) -> Fraction | None:
        """Return the points of an empty denominator, None where the leaf does not apply then."""
        if self.zero_total is ZeroTotal.NOT_APPLICABLE:
            return None
        return max_points if self.zero_total is ZeroTotal.FULL else NOTHING

    def empty(self, max_points: Fraction) -> Award:
        """Return what an empty denominator gives."""
        points = self.when_empty(max_points)
        if points is None:
            return Award(None, lambda writer: writer.pick("tổng số bằng 0", "the total is 0"))
        return Award(
            points,
            lambda writer: (
                writer.pick("tổng số bằng 0 nên theo quy định được ", "the total is 0, by the rule ")
                + writer.points(writer.number(points), points)
            ),
        )

    def value_faults(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Return a zero total where the rule does not say what it means."""
        if values.get("total") == 0 and self.zero_total is ZeroTotal.ERROR:
            return [("total", "is 0 and the rule does not say what that means (zero_total)")]
        return ()

    def further_words(self, writer: Writer) -> str:
        """Return, as clauses, whether figures may have decimals and what an empty denominator does."""
        text = decimals_in_words(writer) if self.amounts else ""
        if self.zero_total is ZeroTotal.ERROR:
            return text
        effect = {
            ZeroTotal.FULL: writer.pick("điểm tối đa", "maximum points"),
            ZeroTotal.ZERO: writer.pick("0 điểm", "0 points"),
            ZeroTotal.NOT_APPLICABLE: writer.pick("không áp dụng", "not applicable"),
        }[self.zero_total]
        return f"{text}; {writer.pick('không phát sinh', 'none arising')}: {effect}"


@frozen(kw_only=True)
class RateRule(ZeroTotalRule):
    """What the rules on one rate share: done and total, or a percentage alone."""

    may_exceed: bool = False

    def _rate_inputs(self) -> Iterable[Input]:
        kind = self._number_kind()
        most = None if self.may_exceed else "total"
        yield Input("done", kind, Text("Số đã hoàn thành", "Done"), low=NOTHING, at_most=most)
        yield Input("total", kind, Text("Tổng số", "Total"), low=NOTHING)
        high = None if self.may_exceed else _HUNDRED
        text = Text("Tỷ lệ (%)", "Percentage")
        yield Input("percent", InputKind.PERCENT, text, low=NOTHING, high=high, instead_of=("done", "total"))

    def _influenced(self, values: Mapping[str, Any]) -> Iterable[Input]:
        """Return what is done, of the same total, or the percentage; nothing of an empty denominator."""
        known = [self.input_by_name[name] for name in ("done", "percent") if name in values]
        return known if values.get("total") != 0 else []

    def further_words(self, writer: Writer) -> str:
        """Return, as clauses, also whether the rate may exceed 100 %."""
        most = writer.pick("; tỷ lệ có thể vượt 100 %", "; the rate may exceed 100 %") if self.may_exceed else ""
        return most + super().further_words(writer)


@frozen(kw_only=True)
class Ratio(RateRule):
    """The maximum in proportion to a rate: nothing below *from_*, everything from *full_at* on.

    >>> Ratio(from_="80%").award({"done": Fraction(190), "total": Fraction(200)}, Fraction(60)).points
    Fraction(57, 1)
    """

    type: ClassVar[str] = "ratio"

    from_: Rate = field(default=Rate(NOTHING), converter=rate)
    full_at: Rate = field(default=Rate(WHOLE), converter=rate)
    inverse: bool = False

    def _faults(self) -> Iterator[Fault]:
        if self.full_at <= 0:
            yield Fault("expected a rate above 0%", place=Place(at="full_at"))
        if self.from_ < 0:
            yield Fault("expected a rate of 0% or more", place=Place(at="from"))

    def _inputs(self) -> Iterable[Input]:
        yield from self._rate_inputs()

    def earned(
        self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None
    ) -> Fraction | None:
        """Return min(maximum, maximum x rate / full_at), nothing below *from_*."""
        maximum = max_points or NOTHING
        seen = quotient(values)
        if seen is None:
            return self.when_empty(maximum)
        over, under = seen
        if self.inverse:
            over = under - over
        if not reaches((over, under), self.from_):
            return NOTHING
        if reaches((over, under), self.full_at):
            return maximum
        most, most_under = maximum.as_integer_ratio()
        full, full_under = self.full_at.as_integer_ratio()
        return Fraction(most * over * full_under, most_under * under * full)

    def award(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Award:
        """Return min(maximum, maximum x rate / full_at), nothing below *from_*."""
        maximum = max_points or NOTHING
        seen = SeenRate.of(values)
        points = self.earned(values, max_points)
        if seen is None or points is None:
            return self.empty(maximum)
        value = 1 - seen.value if self.inverse else seen.value

        def say(writer: Writer) -> str:
            text = seen.equation(writer, inverse=self.inverse)
            hence = writer.pick(" nên được ", ", hence ")
            if value < self.from_:
                return f"{text} < {writer.rate(self.from_)}{hence}{writer.points(writer.number(points), points)}"
            if value >= self.full_at:
                full = writer.pick(" (mức đạt điểm tối đa)", " (the rate of full points)")
                return (
                    f"{text} ≥ {writer.rate(self.full_at)}{full}{hence}{writer.points(writer.number(points), points)}"
                )
            if self.from_ > 0:
                text = f"{text} ≥ {writer.rate(self.from_)}"
            divisor = "" if self.full_at == 1 else f" / {writer.rate_operand(self.full_at)}"
            factor = seen.factor(writer, inverse=self.inverse)
            return f"{text}{hence}{writer.points(f'{writer.operand(maximum)} × {factor}{divisor}', points)}"

        return Award(points, say)

    def reach(self, max_points: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
        """Return nothing and the maximum, or less where *full_at* is out of reach."""
        maximum = max_points or NOTHING
        best = maximum
        if self.inverse or not self.may_exceed:
            best = NOTHING if self.from_ > 1 else min(maximum, maximum / self.full_at)
        return NOTHING, max(best, maximum) if self.zero_total is ZeroTotal.FULL else best

    @property
    def _more(self) -> int:
        """Less is better where the rate counts inversely."""
        return -1 if self.inverse else 1

    def problems(self, max_points: Fraction) -> Iterator[Problem]:
        """Yield a threshold above the rate of full points."""
        if self.from_ > self.full_at:
            message = f"from {shortest(self.from_ * 100)}% is above full_at {shortest(self.full_at * 100)}%"
            yield Problem("from-above-full", Severity.ERROR, "from", message)

    def in_words(self, max_points: Fraction | None, *, lang: Lang = "vi") -> str:
        """Return the proportion and its thresholds."""
        writer = Writer(lang)
        what = writer.pick("Tỷ lệ %", "Rate")
        if self.inverse:
            what = writer.pick("(100 % − tỷ lệ %)", "(100 % − rate)")
        divisor = "" if self.full_at == 1 else f" / {writer.rate_operand(self.full_at)}"
        text = f"{what}{divisor} × {writer.pick('điểm tối đa', 'maximum points')}"
        # A threshold of the inverse rate is not one of the rate itself, and must not read like it.
        of_inverse = f"{what.casefold()} " if self.inverse else ""
        if self.full_at != 1:
            full = writer.rate(self.full_at)
            text += "; " + of_inverse + writer.pick(f"từ {full} trở lên: điểm tối đa", f"from {full}: maximum points")
        if self.from_ > 0:
            least = writer.rate(self.from_)
            text += "; " + of_inverse + writer.pick(f"dưới {least}: 0 điểm", f"below {least}: 0 points")
        return text + self.further_words(writer)


def _credits(items: Mapping[str, object]) -> FrozenMap[str, Fraction]:
    if not isinstance(items, Mapping):
        raise NumberError(f"{items!r} is no table of credits", found=items)
    return FrozenMap({key: fraction(value) for key, value in items.items()})


@frozen(kw_only=True)
class WeightedCounts(ZeroTotalRule):
    """The maximum times the credited counts over the total: full for one kind, part for another.

    >>> rule = WeightedCounts(credits={"full": 1, "partly": "1/2"})
    >>> rule.award({"total": Fraction(4), "full": Fraction(2), "partly": Fraction(1)}, Fraction(1)).points
    Fraction(5, 8)
    """

    type: ClassVar[str] = "weighted-counts"

    credits: FrozenMap[str, Fraction] = field(converter=_credits)

    def _faults(self) -> Iterator[Fault]:
        if not self.credits:
            yield Fault("expected at least one credit", place=Place(at="credits"))
        for fault in key_faults("credits", self.credits):
            yield Fault(fault.message, place=Place(at="credits"))
        for key, credit in self.credits.items():
            if not 0 <= credit <= 1:
                yield Fault(f"{shortest(credit)} is not a credit from 0 to 1", place=Place(at=f"credits.{key}"))

    def ways(self, values: Mapping[str, Any], max_points: Fraction | None) -> Iterator[Way]:
        """Yield what could be counted otherwise: not at all, or for the most instead of less."""
        best = max(self.credits, key=lambda key: self.credits[key])
        kind = self._number_kind()
        rest = Fraction(values["total"] - exact_sum(values[key] for key in self.credits))
        for key, credit in self.credits.items():
            yield counting(key, Fraction(values[key]), rest if key == best else NOTHING, kind)
            if credit < self.credits[best]:
                yield moving(best, key, Fraction(values[key]), kind)

    def _inputs(self) -> Iterable[Input]:
        kind = self._number_kind()
        yield Input("total", kind, Text("Tổng số", "Total"), low=NOTHING)
        for key, credit in self.credits.items():
            worth = shortest(credit)
            text = Text(f"{key} (hệ số {worth.replace('.', ',')})", f"{key} (credit {worth})")
            yield Input(key, kind, text, low=NOTHING)

    def value_faults(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Return counts that add up to more than the total, or a zero total that is not provided for."""
        counted = exact_sum(values[key] for key in self.credits)
        if counted > values["total"]:
            return [("total", f"the counts add up to {shortest(counted)}, above total {shortest(values['total'])}")]
        return super().value_faults(values)

    def earned(
        self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None
    ) -> Fraction | None:
        """Return the maximum times the credited share."""
        maximum = max_points or NOTHING
        if not values["total"]:
            return self.when_empty(maximum)
        credited = exact_sum(credit * values[key] for key, credit in self.credits.items())
        points: Fraction = maximum * credited / values["total"]
        return points

    def award(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Award:
        """Return the maximum times the credited share."""
        maximum = max_points or NOTHING
        total = values["total"]
        points = self.earned(values, max_points)
        if not total or points is None:
            return self.empty(maximum)

        def say(writer: Writer) -> str:
            terms = " + ".join(
                f"{writer.operand(credit)} × {writer.operand(values[key])}" for key, credit in self.credits.items()
            )
            labels = ", ".join(f"{key} {writer.number(values[key])}" for key in self.credits)
            product = f"{writer.operand(maximum)} × ({terms})/{writer.operand(total)}"
            return f"{labels}{writer.pick(' nên được ', ', hence ')}{writer.points(product, points)}"

        return Award(points, say)

    def reach(self, max_points: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
        """Return nothing, and the maximum times the best credit."""
        maximum = max_points or NOTHING
        return NOTHING, maximum if self.zero_total is ZeroTotal.FULL else maximum * max(self.credits.values())

    def in_words(self, max_points: Fraction | None, *, lang: Lang = "vi") -> str:
        """Return the formula."""
        writer = Writer(lang)
        terms = " + ".join(f"{key} × {writer.number(credit)}" for key, credit in self.credits.items())
        total, most = writer.pick("tổng số", "total"), writer.pick("điểm tối đa", "maximum points")
        return f"({terms}) / {total} × {most}{self.further_words(writer)}"
