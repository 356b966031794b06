"""Rules that count: points per unit, and points taken off per fault."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import field, frozen
from attrs.converters import optional

from parindex._methodology.rules.base import NOTHING, Award, Peers, Problem, Rule, decimals_in_words, key_faults, listed
from parindex._methodology.rules.chosen import (
    Level,
    level_input,
    level_tuple,
    levels_in_words,
    over_maximum,
)
from parindex._methodology.rules.inputs import Input, InputKind
from parindex._methodology.words import Lang, Per, Severity, Text, Writer
from parindex._numbers import exact_sum, fraction, shortest, whole
from parindex.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@frozen(kw_only=True)
class PerUnit(Rule):
    """So many points for each, up to the maximum.

    >>> PerUnit(points="0.5").award({"count": Fraction(3)}, Fraction(2)).points
    Fraction(3, 2)
    """

    type: ClassVar[str] = "per-unit"

    points: Fraction = field(converter=fraction)
    amounts: bool = False

    def _faults(self) -> Iterator[Fault]:
        if self.points <= 0:
            yield Fault(f"{shortest(self.points)} is not above 0", place=Place(at="points"))

    def _inputs(self) -> Iterable[Input]:
        kind = InputKind.AMOUNT if self.amounts else InputKind.COUNT
        yield Input("count", kind, Text("Số lượng", "Count"), low=NOTHING)

    def earned(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Fraction:
        """Return count x points, at most the maximum."""
        count: Fraction = values["count"]
        return min(max_points or NOTHING, count * self.points)

    def award(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Award:
        """Return count x points, at most the maximum."""
        maximum = max_points or NOTHING
        count = values["count"]
        earned = count * self.points
        points = self.earned(values, max_points)

        def say(writer: Writer) -> str:
            product = f"{writer.operand(count)} × {writer.operand(self.points)}"
            if earned > maximum:
                most = writer.pick("nhiều nhất ", "at most ") + writer.number(maximum)
                return f"{product} = {writer.number(earned)}, {most}: {writer.points(writer.number(points), points)}"
            return writer.points(product, points)

        return Award(points, say)

    def reach(self, max_points: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
        """Return nothing and the maximum."""
        return NOTHING, max_points

    def in_words(self, max_points: Fraction | None, *, lang: Lang = "vi") -> str:
        """Return the points for each."""
        writer = Writer(lang)
        each = writer.number(self.points)
        text = writer.pick(f"Mỗi đơn vị: {each} điểm, không quá điểm tối đa", f"Each: {each} points, up to the maximum")
        return text + (decimals_in_words(writer) if self.amounts else "")


@frozen
class DeductFault(Level):
    """A fault and what it takes off.

    Attributes:
        per: what is counted, each occurrence or each day.
        cap: the most this fault takes, or None.
        wipe_at: the count from which it takes the whole start instead, or None.
    """

    per: Per = field(default=Per.OCCURRENCE, converter=Per, kw_only=True)
    cap: Fraction | None = field(default=None, converter=optional(fraction), kw_only=True)
    wipe_at: int | None = field(default=None, converter=optional(whole), kw_only=True)

    def takes(self, count: Fraction, start: Fraction, max_points: Fraction) -> Fraction:
        """Return the points that *count* of this fault take off *start*."""
        if self.wipe_at is not None and count >= self.wipe_at:
            return max(start, NOTHING)
        if not count:
            return NOTHING
        taken = count * self.of(max_points)
        return taken if self.cap is None else min(taken, self.cap)


def fault_tuple(items: Iterable[DeductFault]) -> tuple[DeductFault, ...]:
    """Return *items* as a tuple of DeductFault."""
    return listed(items, DeductFault)


@frozen(kw_only=True)
class Deduct(Rule):
    """A start, the maximum or a chosen level, less what the faults take, never below *lowest*.

    >>> rule = Deduct(faults=[DeductFault("late", points=5), DeductFault("absent", points=10)])
    >>> rule.award({"late": Fraction(1), "absent": Fraction(0)}, Fraction(30)).points
    Fraction(25, 1)
    """

    type: ClassVar[str] = "deduct"

    levels: tuple[Level, ...] = field(default=(), converter=level_tuple)
    faults: tuple[DeductFault, ...] = field(converter=fault_tuple)
    lowest: Fraction = field(default=NOTHING, converter=fraction)
    amounts: bool = False

    def _faults(self) -> Iterator[Fault]:
        if not self.faults:
            yield Fault("expected at least one fault", place=Place(at="faults"))
        yield from key_faults("levels", (level.key for level in self.levels))
        yield from key_faults("faults", (fault.key for fault in self.faults))
        for position, fault in enumerate(self.faults):
            at = f"faults[{position}]"
            if (fault.points or fault.share or 0) <= 0:
                message = "expected more than 0: what is stated here is taken off"
                yield Fault(message, place=Place(at=f"{at}.{'share' if fault.points is None else 'points'}"))
            if fault.cap is not None and fault.cap <= 0:
                yield Fault("expected more than 0", place=Place(at=f"{at}.cap"))
            if fault.wipe_at is not None and fault.wipe_at < 1:
                yield Fault("expected 1 or more", place=Place(at=f"{at}.wipe_at"))

    def _inputs(self) -> Iterable[Input]:
        if self.levels:
            yield level_input(self.levels)
        for fault in self.faults:
            kind = InputKind.AMOUNT if self.amounts else InputKind.COUNT
            yield Input(fault.key, kind, fault.text, low=NOTHING)

    @property
    def _more(self) -> int:
        """The more faults, the fewer points."""
        return -1

    def _starts(self, maximum: Fraction) -> list[Fraction]:
        return [level.of(maximum) for level in self.levels] or [maximum]

    def _level(self, values: Mapping[str, Any]) -> Level | None:
        return next((level for level in self.levels if level.key == values["level"]), None) if self.levels else None

    def _taken(self, values: Mapping[str, Any], maximum: Fraction) -> tuple[Fraction, list[Fraction]]:
        """Return the start, and what each fault takes off it."""
        level = self._level(values)
        start = maximum if level is None else level.of(maximum)
        return start, [fault.takes(values[fault.key], start, maximum) for fault in self.faults]

    def earned(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Fraction:
        """Return max(lowest, start - what the faults take)."""
        start, taken = self._taken(values, max_points or NOTHING)
        return max(self.lowest, start - exact_sum(taken))

    def award(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Award:
        """Return max(lowest, start - what the faults take)."""
        maximum = max_points or NOTHING
        level = self._level(values)
        start, taken = self._taken(values, maximum)
        rest = start - exact_sum(taken)
        points = self.earned(values, max_points)

        def say(writer: Writer) -> str:
            number = writer.number
            base = writer.pick("điểm ban đầu ", "start ") + number(start)
            if level is not None:
                base = f"{level.text.get(writer.lang, level.key)}: {base}"
            told = [base]
            for fault, loss in zip(self.faults, taken, strict=True):
                if values[fault.key]:
                    told.append(_loss(fault, values[fault.key], loss, maximum, writer))
            losses = "".join(f" − {writer.operand(loss)}" for loss in taken if loss)
            left = writer.pick("còn ", "leaves ")
            if rest < self.lowest:
                least = writer.pick("thấp nhất ", "at least ") + number(self.lowest)
                told.append(f"{left}{number(start)}{losses} = {number(rest)}, {least}")
                return f"{'; '.join(told)}: {writer.points(number(points), points)}"
            return f"{'; '.join(told)}; {left}{writer.points(number(start) + losses, points)}"

        return Award(points, say)

    def reach(self, max_points: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
        """Return what is left when every fault takes all it can, and the best start."""
        maximum = max_points or NOTHING
        starts = self._starts(maximum)
        least = min((self._least(start, maximum) for start in starts), default=self.lowest)
        return least, max(self.lowest, *starts)

    def _least(self, start: Fraction, maximum: Fraction) -> Fraction:
        taken = [self._most_taken(fault, start, maximum) for fault in self.faults]
        limits = [most for most in taken if most is not None]
        return max(self.lowest, start - sum(limits, NOTHING)) if len(limits) == len(taken) else self.lowest

    def _most_taken(self, fault: DeductFault, start: Fraction, maximum: Fraction) -> Fraction | None:
        """Return the most that any count of *fault* takes off *start*; None where there is no limit."""
        if fault.wipe_at is None:
            return fault.cap
        return max(self._taken_before_wipe(fault, fault.wipe_at, maximum), start, NOTHING)

    def _taken_before_wipe(self, fault: DeductFault, wipe_at: int, maximum: Fraction) -> Fraction:
        """Return the most that counts below *wipe_at* take; with decimals they come as near to it as one likes."""
        counted = (wipe_at if self.amounts else wipe_at - 1) * fault.of(maximum)
        return counted if fault.cap is None else min(counted, fault.cap)

    def problems(self, max_points: Fraction) -> Iterator[Problem]:
        """Yield starts above the maximum, a lowest above it, and a wipe that takes less than the faults before it."""
        yield from over_maximum("levels", self.levels, max_points)
        if self.lowest > max_points:
            message = f"the lowest {shortest(self.lowest)} is above the maximum {shortest(max_points)}"
            yield Problem("lowest-above-maximum", Severity.ERROR, "lowest", message)
        for position, fault in enumerate(self.faults):
            if fault.wipe_at is None:
                continue
            most = self._taken_before_wipe(fault, fault.wipe_at, max_points)
            if any(
                most > max(start, NOTHING) and self.lowest < min(start, NOTHING) for start in self._starts(max_points)
            ):
                message = f"fewer than {fault.wipe_at} take {shortest(most)}, more than the start that is then wiped"
                yield Problem("wipe-gives-back", Severity.ERROR, f"faults[{position}].wipe_at", message)

    def in_words(self, max_points: Fraction | None, *, lang: Lang = "vi") -> str:
        """Return the start and what each fault takes off."""
        writer = Writer(lang)
        parts = [levels_in_words(self.levels, max_points, writer)] if self.levels else []
        for fault in self.faults:
            each = writer.pick(*(("ngày", "day") if fault.per is Per.DAY else ("lần", "occurrence")))
            text = f"{fault.text.get(lang, fault.key)}: -{fault.in_words(writer)}/{each}"
            if fault.cap is not None:
                most = writer.number(fault.cap)
                text += writer.pick(f" (trừ tối đa {most} điểm)", f" (at most {most} points)")
            if fault.wipe_at is not None:
                text += writer.pick(
                    f" (từ {fault.wipe_at} {each}: trừ toàn bộ)", f" (from {fault.wipe_at} on: all of it)"
                )
            parts.append(text)
        if self.lowest != 0:
            least = writer.number(self.lowest)
            parts.append(writer.pick(f"thấp nhất {least} điểm", f"at least {least} points"))
        return "; ".join(parts) + (decimals_in_words(writer) if self.amounts else "")


def _loss(fault: DeductFault, count: Fraction, loss: Fraction, maximum: Fraction, writer: Writer) -> str:
    label = fault.text.get(writer.lang, fault.key)
    vi, en = ("ngày", "day") if fault.per is Per.DAY else ("lần", "time")
    each = writer.pick(f" {vi}", f" {en}" if count == 1 else f" {en}s")
    number = writer.number
    if fault.wipe_at is not None and count >= fault.wipe_at:
        return writer.pick(
            f"{label}: {number(count)}{each} (từ {fault.wipe_at}): trừ toàn bộ {number(loss)}",
            f"{label}: {number(count)}{each} ({fault.wipe_at} or more): takes the whole {number(loss)}",
        )
    taken = count * fault.of(maximum)
    text = f"{label}: {number(count)}{each} × {_bracketed(fault.expression(writer, maximum))} = {number(taken)}"
    return text if taken == loss else f"{text}, {writer.pick('trừ tối đa', 'at most')} {number(loss)}"


def _bracketed(expression: str) -> str:
    return f"({expression})" if "/" in expression or "×" in expression else expression
