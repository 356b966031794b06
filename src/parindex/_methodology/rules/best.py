"""The rule of which only the highest part counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from attrs import evolve, field, frozen

from parindex._methodology.rules.base import Award, Observed, Peers, Problem, Reading, Rule, key_faults, listed
from parindex._methodology.words import Labelled, Lang, Text, Writer
from parindex.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from parindex._methodology.rules.inputs import Input
    from parindex._methodology.rules.ways import Way


@frozen
class Part(Labelled):
    """One of the rules of a best-of, under its key."""

    key: str
    rule: Rule


def part_tuple(items: Iterable[Part]) -> tuple[Part, ...]:
    """Return *items* as a tuple of Part."""
    return listed(items, Part)


@frozen
class Best(Rule):
    """The highest of its parts; a part not applicable is skipped, a missing one makes the leaf missing."""

    type: ClassVar[str] = "best"

    of: tuple[Part, ...] = field(converter=part_tuple)

    def _faults(self) -> Iterator[Fault]:
        if not self.of:
            yield Fault("expected at least one part", place=Place(at="of"))
        yield from key_faults("of", (part.key for part in self.of))
        for position, part in enumerate(self.of):
            if isinstance(part.rule, Best) or part.rule.compares_within is not None:
                message = f"a {part.rule.type} rule inside best has no documented use"
                yield Fault(message, place=Place(at=f"of[{position}].type"))

    def _inputs(self) -> Iterable[Input]:
        for part in self.of:
            for each in part.rule.inputs:
                yield evolve(
                    each,
                    name=f"{part.key}/{each.name}",
                    text=Text(*(_prefixed(part, each, lang) for lang in ("vi", "en"))),
                    at_most=each.at_most and f"{part.key}/{each.at_most}",
                    instead_of=tuple(f"{part.key}/{name}" for name in each.instead_of),
                )

    def read(self, observed: Observed, max_points: Fraction | None) -> Reading:
        """Return the reading of all parts; a fault of one part hides none of another."""
        whole = super().read(observed, max_points)
        own = tuple(fault for fault in whole.faults if fault.place.at not in self.input_by_name)
        parts = tuple(
            Fault(fault.message, place=Place(at=f"{part.key}/{fault.place.at}"), hint=fault.hint)
            for part in self.of
            for fault in part.rule.read(_own(part, observed), max_points).faults
        )
        return whole._replace(faults=own + parts)

    def ways(self, values: Mapping[str, Any], max_points: Fraction | None) -> Iterator[Way]:
        """Yield the ways of every part."""
        for part in self.of:
            for way in part.rule.ways(_own(part, values), max_points):
                yield way.within(part.key)

    def earned(
        self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None
    ) -> Fraction | None:
        """Return the best part's points, None if no part applies."""
        earned = [part.rule.earned(_own(part, values), max_points) for part in self.of]
        return max((points for points in earned if points is not None), default=None)

    def award(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Award:
        """Return the best part's points, not applicable if no part applies."""
        awards = [(part, part.rule.award(_own(part, values), max_points)) for part in self.of]
        points = self.earned(values, max_points)

        def say(writer: Writer) -> str:
            dropped = writer.pick(" (không áp dụng)", " (not applicable)")
            told = "; ".join(
                f"{part.text.get(writer.lang, part.key)}: {award.say(writer)}{dropped if award.points is None else ''}"
                for part, award in awards
            )
            if points is None:
                return told
            return f"{told}; {writer.pick('lấy mức cao nhất ', 'the highest counts, ')}" + writer.points(
                writer.number(points), points
            )

        return Award(points, say)

    @property
    def may_not_apply(self) -> bool:
        """Whether all parts can turn out not applicable."""
        return all(part.rule.may_not_apply for part in self.of)

    def reach(self, max_points: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
        """Return the least that the parts leave together, and the best of any."""
        reaches = [(part.rule.may_not_apply, *part.rule.reach(max_points)) for part in self.of]
        certain = [low for may_not_apply, low, _ in reaches if not may_not_apply]
        lows = [low for _, low, _ in reaches]
        highs = [high for _, _, high in reaches]
        return _greatest(certain) if certain else _least(lows), _greatest(highs)

    def problems(self, max_points: Fraction) -> Iterator[Problem]:
        """Yield the problems of the parts."""
        for position, part in enumerate(self.of):
            for problem in part.rule.problems(max_points):
                yield evolve(problem, path=f"of[{position}].{problem.path}")

    def in_words(self, max_points: Fraction | None, *, lang: Lang = "vi") -> str:
        """Return the parts in words."""
        writer = Writer(lang)
        parts = " | ".join(
            f"{part.text.get(lang, part.key)}: {part.rule.in_words(max_points, lang=lang)}" for part in self.of
        )
        return f"{writer.pick('Chỉ tính mức cao nhất trong: ', 'Only the highest counts of: ')}{parts}"


def _own(part: Part, observed: Observed) -> dict[str, Any]:
    prefix = f"{part.key}/"
    return {name.removeprefix(prefix): value for name, value in observed.items() if name.startswith(prefix)}


def _prefixed(part: Part, each: Input, lang: Lang) -> str:
    return f"{part.text.get(lang, part.key)}: {each.text.get(lang, each.name)}"


def _greatest(values: list[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return max(known) if len(known) == len(values) else None


def _least(values: list[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return min(known) if len(known) == len(values) else None
