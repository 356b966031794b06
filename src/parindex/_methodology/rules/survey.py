"""The rule on answers: what share of the maximum the respondents give."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import field, frozen

from parindex._methodology.rules.base import NOTHING, Award, Peers, Share, key_faults, listed, share
from parindex._methodology.rules.inputs import Input
from parindex._methodology.rules.rated import ZeroTotalRule
from parindex._methodology.rules.ways import Way, moving
from parindex._methodology.words import Labelled, Lang, Text, Writer, ZeroTotal
from parindex._numbers import exact_sum, fraction, shortest
from parindex.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@frozen
class SurveyOption(Labelled):
    """One answer, with the share of the maximum it stands for."""

    key: str
    share: Share = field(converter=share, kw_only=True)


@frozen
class SurveyGroup(Labelled):
    """One kind of respondents, with its weight among those that answered."""

    key: str
    weight: Fraction = field(default=Fraction(1), converter=fraction, kw_only=True)


def option_tuple(items: Iterable[SurveyOption]) -> tuple[SurveyOption, ...]:
    """Return *items* as a tuple of SurveyOption."""
    return listed(items, SurveyOption)


def group_tuple(items: Iterable[SurveyGroup]) -> tuple[SurveyGroup, ...]:
    """Return *items* as a tuple of SurveyGroup."""
    return listed(items, SurveyGroup)


@frozen(kw_only=True)
class Survey(ZeroTotalRule):
    """The maximum times the mean share of the answers given; groups by weight.

    >>> rule = Survey(options=[SurveyOption("good", share=1), SurveyOption("fair", share="60%")])
    >>> rule.award({"good": Fraction(1), "fair": Fraction(1)}, Fraction(10)).points
    Fraction(8, 1)
    """

    type: ClassVar[str] = "survey"

    options: tuple[SurveyOption, ...] = field(converter=option_tuple)
    groups: tuple[SurveyGroup, ...] = field(default=(), converter=group_tuple)

    def _faults(self) -> Iterator[Fault]:
        if not self.options:
            yield Fault("expected at least one option", place=Place(at="options"))
        yield from key_faults("options", (option.key for option in self.options))
        yield from key_faults("groups", (group.key for group in self.groups))
        for position, option in enumerate(self.options):
            if option.share < 0:
                yield Fault(f"{shortest(option.share)} is negative", place=Place(at=f"options[{position}].share"))
        for position, group in enumerate(self.groups):
            if group.weight <= 0:
                yield Fault("expected a weight above 0", place=Place(at=f"groups[{position}].weight"))

    def _inputs(self) -> Iterable[Input]:
        kind = self._number_kind()
        if not self.groups:
            for option in self.options:
                yield Input(option.key, kind, option.text, low=NOTHING)
        for group in self.groups:
            for option in self.options:
                labels = (f"{group.text.get(lang, group.key)}: {option.text.get(lang, option.key)}" for lang in _LANGS)
                yield Input(f"{group.key}/{option.key}", kind, Text(*labels), low=NOTHING)

    def ways(self, values: Mapping[str, Any], max_points: Fraction | None) -> Iterator[Way]:
        """Yield the answers that could have been the best one, or the worst, group by group."""
        kind = self._number_kind()
        ends = [(max, 1), (min, -1)]
        for _, prefix in self._prefixes():
            for outer, more in ends:
                end = outer(self.options, key=lambda option: option.share)
                for option in self.options:
                    count = values[prefix + option.key]
                    if option.share != end.share and count:
                        yield moving(prefix + end.key, prefix + option.key, Fraction(count), kind, more)

    def _prefixes(self) -> list[tuple[SurveyGroup, str]]:
        if not self.groups:
            return [(SurveyGroup("all"), "")]
        return [(group, f"{group.key}/") for group in self.groups]

    def value_faults(self, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield a survey without answers where the rule does not say what that means."""
        if not any(values.values()) and self.zero_total is ZeroTotal.ERROR:
            yield self.inputs[0].name, "nobody answered and the rule does not say what that means (zero_total)"

    def _answered(self, values: Mapping[str, Any]) -> list[tuple[SurveyGroup, str, Fraction, Fraction]]:
        """Return the groups that answered, each with its prefix, the sum of its shares and the number of answers."""
        answered: list[tuple[SurveyGroup, str, Fraction, Fraction]] = []
        for group, prefix in self._prefixes():
            count = exact_sum(values[prefix + option.key] for option in self.options)
            earned = exact_sum(values[prefix + option.key] * option.share for option in self.options)
            if count:
                answered.append((group, prefix, earned, count))
        return answered

    def earned(
        self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None
    ) -> Fraction | None:
        """Return the maximum times the mean share of the answers."""
        maximum = max_points or NOTHING
        answered = self._answered(values)
        if not answered:
            return self.when_empty(maximum)
        weight = exact_sum(group.weight for group, *_ in answered)
        return maximum * exact_sum(group.weight * earned / count for group, _, earned, count in answered) / weight

    def award(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Award:
        """Return the maximum times the mean share of the answers."""
        maximum = max_points or NOTHING
        answered = self._answered(values)
        points = self.earned(values, max_points)
        if not answered or points is None:
            return self.empty(maximum)
        weight = exact_sum(group.weight for group, *_ in answered)

        def say(writer: Writer) -> str:
            told = []
            means = []
            for group, prefix, earned, count in answered:
                terms = " + ".join(
                    f"{writer.operand(values[prefix + option.key])} × {writer.rate_operand(option.share)}"
                    for option in self.options
                )
                total = writer.operand(count)
                label = f"{group.text.get(writer.lang, group.key)}: " if self.groups else ""
                told.append(f"{label}({terms})/{total} {writer.rate_equals(earned / count)}")
                means.append(f"{writer.operand(group.weight)} × {writer.operand(earned)}/{total}")
            text = "; ".join(told) + writer.pick(" nên được ", ", hence ")
            if self.groups:
                factor = f"({' + '.join(means)})/{writer.operand(weight)}"
            else:
                factor = f"{writer.operand(answered[0][2])}/{writer.operand(answered[0][3])}"
            return text + writer.points(f"{writer.operand(maximum)} × {factor}", points)

        return Award(points, say)

    def reach(self, max_points: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
        """Return everybody giving the worst answer, and everybody the best."""
        maximum = max_points or NOTHING
        points = [maximum * option.share for option in self.options]
        if self.zero_total is ZeroTotal.FULL:
            points.append(maximum)
        elif self.zero_total is ZeroTotal.ZERO:
            points.append(NOTHING)
        return min(points), max(points)

    def in_words(self, max_points: Fraction | None, *, lang: Lang = "vi") -> str:
        """Return the share of each answer."""
        writer = Writer(lang)
        answers = ", ".join(
            f"{option.text.get(lang, option.key)} {writer.rate(option.share)}" for option in self.options
        )
        text = writer.pick(
            f"Điểm tối đa × bình quân các câu trả lời: {answers}", f"Maximum points × mean of the answers: {answers}"
        )
        if self.groups:
            weights = ", ".join(
                f"{group.text.get(lang, group.key)} {writer.number(group.weight)}" for group in self.groups
            )
            text += writer.pick(f"; trọng số: {weights}", f"; weights: {weights}")
        return text + self.further_words(writer)


_LANGS: tuple[Lang, ...] = ("vi", "en")
