"""Rules that choose or tick: one level of several, or the items of a checklist."""

from __future__ import annotations

import re
from enum import Enum
from functools import cached_property
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, ClassVar, Final

from attrs import field, frozen

from parindex._methodology.rules.base import NOTHING, Award, Peers, Problem, Rule, Worth, key_faults, listed
from parindex._methodology.rules.inputs import Input, InputKind, Option
from parindex._methodology.words import Lang, Severity, Text, Writer
from parindex._numbers import exact_sum, shortest
from parindex.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction


@frozen
class Level(Worth):
    """One level to choose, with its points; they may be negative."""

    key: str


@frozen
class Item(Level):
    """One item of a checklist, with the points it adds."""


def level_tuple(items: Iterable[Level]) -> tuple[Level, ...]:
    """Return *items* as a tuple of Level."""
    return listed(items, Level)


def item_tuple(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return *items* as a tuple of Item."""
    return listed(items, Item)


def level_input(levels: Iterable[Level]) -> Input:
    """Return the input that chooses one of *levels*."""
    options = tuple(Option(level.key, level.text) for level in levels)
    return Input("level", InputKind.CHOICE, Text("Mức đạt", "Level"), options=options)


def over_maximum(path: str, worths: Iterable[Worth], max_points: Fraction) -> Iterator[Problem]:
    """Yield the entries of the list at *path* that give more than the maximum."""
    for position, worth in enumerate(worths):
        if worth.of(max_points) > max_points:
            message = f"{shortest(worth.of(max_points))} points are above the maximum {shortest(max_points)}"
            yield Problem("points-above-maximum", Severity.ERROR, f"{path}[{position}]", message)


class Kind(Enum):
    """What a list of labels with points can be."""

    LEVELS = "levels"
    ITEMS = "items"


def _alone(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


_LESSER: Final = _alone(
    "không|chưa|trễ|chậm|muộn|quá|quá hạn|một phần|thiếu|còn lại|sau|not|no|never|late|partly|incomplete|otherwise"
)
_FOREIGN: Final = _alone(
    "thưởng|phạt|giảm|khấu|tổng|tổng cộng|tự chấm|ghi chú|hệ số|trong đó|điểm|tối đa|chỉ|ngoài ra|bonus|total|note"
    r"|^(?:hoặc|riêng|or)"
)
_RANKED: Final = _alone(
    "xuất sắc|tốt|khá|trung bình|yếu|kém|loại|mức|hạng|cấp|quý|tháng|ngày|trước|một|hai|ba|hài lòng|bình thường|nếu"
    r"|\w*\d+\w*|good|fair|poor|if"
)
_SCALES: Final = tuple(
    re.compile(rf"(?:(?:đạt|xếp|kết quả|mức độ)\s+)*(?:loại |mức |nhóm |hạng )?(?:{words})", re.IGNORECASE)
    for words in (
        "xuất sắc|tốt|khá|trung bình|yếu|kém|không xếp loại|không xếp hạng",
        "đạt|chưa đạt|không đạt",
        "(?:hoàn thành )?(?:xuất sắc|tốt)(?: nhiệm vụ)?|(?:không )?hoàn thành(?: nhiệm vụ)?",
        "[a-e]|không xếp loại|không xếp hạng",
        "(?:rất )?hài lòng|bình thường|(?:rất )?không hài lòng|chưa hài lòng",
        "excellent|good|fair|average|poor",
    )
)
"""Words of one scale each; those of two scales do not exclude each other."""
_OBJECT: Final = _alone(
    "kế hoạch|báo cáo|kiểm tra|tuyên truyền|hội nghị|văn bản|quy chế|kinh phí|hồ sơ|phần mềm|plan|report"
)
_COMPOUND: Final = _alone(
    "chỉ đạo|chỉ tiêu|tổng kết|tổng hợp|khen thưởng|thí điểm|điểm cầu|định mức|phân loại|cấp ủy|quan điểm|thời điểm"
)
"""Ordinary words in which one of those above is no word of its own."""
_NEGATED: Final = re.compile(r"(?:không|chưa|no)(?!\w)", re.IGNORECASE)
_NEGATION: Final = re.compile(r"^(?:không có|chưa có|không|chưa|có|no)\s+")


def kind_of_list(labels: Sequence[str], points: Sequence[Fraction], maximum: Fraction) -> Kind | None:
    """Return what a list of labels with points is when nothing else says so; None where it could be either.

    A level takes the place of the others, and the best one gives the maximum; items add up to it.
    """
    labels = [_COMPOUND.sub("_", label.casefold()) for label in labels]
    parted = [frozenset(re.findall(r"\w+", label.casefold())) for label in labels]
    if len(labels) < 2 or min(points) < 0 or len(set(parted)) < len(labels) or any(map(_FOREIGN.search, labels)):
        return None
    best, total = max(points), sum(points, NOTHING)
    if min(points) > 0 and total == maximum and best < maximum:
        falls = all(one > other for one, other in pairwise(points))
        rises = all(one < other for one, other in pairwise(points))
        if falls or rises:
            return None  # a scale whose steps add up by chance looks like this
        nested = any(one < other for one in parted for other in parted)
        told = [label for label in labels if _LESSER.search(label) or _RANKED.search(label)]
        return None if nested or told else Kind.ITEMS
    if best != maximum or list(points).count(best) > 1 or not _exclude(labels, points):
        return None
    zeros = [label for label, worth in zip(labels, points, strict=True) if worth == 0]
    fuller = [label for label in labels if not _LESSER.search(label)]
    return None if len(zeros) > 1 and (len(fuller) != 1 or not all(map(_LESSER.search, zeros))) else Kind.LEVELS


def _exclude(labels: Sequence[str], points: Sequence[Fraction]) -> bool:
    """Return whether labels are cases of one thing: a scale, or something and what falls short of it."""
    if any(all(map(scale.fullmatch, labels)) for scale in _SCALES):
        return True
    objects = [set(_OBJECT.findall(label)) for label in labels]
    if any(one and other and not one & other for one, other in combinations(objects, 2)):
        return False
    negated = sum(_NEGATED.match(label) is not None for label in labels)
    if (
        len(labels) == 2
        and negated == 1
        and _NEGATION.sub("", labels[0].casefold()) == _NEGATION.sub("", labels[1].casefold())
    ):
        return True
    fuller = [_content(label) for label in labels if not _LESSER.search(label)]
    lesser = [(_content(label), worth) for label, worth in zip(labels, points, strict=True) if _LESSER.search(label)]
    if not fuller or not lesser:
        return False
    alike = all(any(one & other for other in fuller if other is not one) for one in fuller) or len(fuller) == 1
    known = [*fuller, *(words for words, _ in lesser)]
    if len(labels) == 2:
        return lesser[0][0] <= fuller[0] or fuller[0] == {"có"}
    # Nothing at all falls short of everything: "không gửi: 0" says no more than that nothing was done.
    none = [words - _DONE for words, worth in lesser if not worth]
    short = [words for words, worth in lesser if worth and words]
    return (
        alike
        and all(words <= frozenset().union(*fuller, *short) for words in none)
        and all(any(words & other for other in known if other is not words) for words in short)
    )


_DONE: Final = frozenset(
    re.findall(r"\w+", "gửi ban hành thực hiện có làm báo cáo xây dựng triển khai tổ chức nộp công khai đạt sent done")
)
"""What "không ..." says nothing more with than that nothing was done."""


def _content(label: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", _LESSER.sub(" ", label.casefold())))


@frozen
class Levels(Rule):
    """The points of the level that was chosen.

    >>> rule = Levels([Level("on-time", points=1), Level("late", share="1/2"), Level("none", points=-1)])
    >>> rule.award({"level": "late"}, Fraction(1)).points
    Fraction(1, 2)
    """

    type: ClassVar[str] = "levels"

    levels: tuple[Level, ...] = field(converter=level_tuple)

    def _faults(self) -> Iterator[Fault]:
        if not self.levels:
            yield Fault("expected at least one level", place=Place(at="levels"))
        yield from key_faults("levels", (level.key for level in self.levels))

    def _inputs(self) -> Iterable[Input]:
        yield level_input(self.levels)

    @cached_property
    def _by_key(self) -> dict[str, Level]:
        return {level.key: level for level in self.levels}

    def earned(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Fraction:
        """Return the points of the chosen level."""
        return self._by_key[values["level"]].of(max_points or NOTHING)

    def award(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Award:
        """Return the points of the chosen level."""
        maximum = max_points or NOTHING
        level = self._by_key[values["level"]]
        points = self.earned(values, max_points)
        return Award(
            points,
            lambda writer: (
                f"{level.text.get(writer.lang, level.key)}{writer.pick(' nên được ', ', hence ')}"
                f"{writer.points(level.expression(writer, maximum), points)}"
            ),
        )

    def reach(self, max_points: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
        """Return the least and the greatest level."""
        points = [level.of(max_points or NOTHING) for level in self.levels]
        return min(points), max(points)

    def problems(self, max_points: Fraction) -> Iterator[Problem]:
        """Yield the levels above the maximum."""
        yield from over_maximum("levels", self.levels, max_points)

    def in_words(self, max_points: Fraction | None, *, lang: Lang = "vi") -> str:
        """Return the levels with their points; that one is chosen, where the list alone does not show it."""
        return levels_in_words(self.levels, max_points, Writer(lang))


@frozen
class Checklist(Rule):
    """The sum of the items that are met, held at the maximum.

    >>> rule = Checklist([Item("posted", points=1), Item("badges", share="50%")])
    >>> rule.award({"posted": True, "badges": True}, Fraction(1)).points
    Fraction(1, 1)
    """

    type: ClassVar[str] = "checklist"

    items: tuple[Item, ...] = field(converter=item_tuple)

    def _faults(self) -> Iterator[Fault]:
        if not self.items:
            yield Fault("expected at least one item", place=Place(at="items"))
        yield from key_faults("items", (item.key for item in self.items))
        for position, item in enumerate(self.items):
            if (item.points or item.share or 0) < 0:
                yield Fault(
                    "an item adds points; take them off with a deduct rule", place=Place(at=f"items[{position}]")
                )

    def _inputs(self) -> Iterable[Input]:
        for item in self.items:
            yield Input(item.key, InputKind.YES_NO, item.text)

    def _met(self, values: Mapping[str, Any], maximum: Fraction) -> Fraction:
        """Return the sum of the items met."""
        return exact_sum([item.of(maximum) for item in self.items if values[item.key]])

    def earned(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Fraction:
        """Return the sum of the items met, at most the maximum."""
        maximum = max_points or NOTHING
        return min(maximum, self._met(values, maximum))

    def award(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Award:
        """Return the sum of the items met, at most the maximum."""
        maximum = max_points or NOTHING
        met = [item for item in self.items if values[item.key]]
        total = self._met(values, maximum)
        points = self.earned(values, max_points)

        def say(writer: Writer) -> str:
            if not met:
                return writer.pick("không đạt nội dung nào nên được ", "no item is met, hence ") + writer.points(
                    writer.number(NOTHING), NOTHING
                )
            terms = [f"{item.text.get(writer.lang, item.key)} {writer.number(item.of(maximum))}" for item in met]
            listed = writer.pick("đạt: ", "met: ") + "; ".join(terms)
            expression = " + ".join(writer.number(item.of(maximum)) for item in met)
            if total > maximum:
                most = writer.pick("nhiều nhất ", "at most ") + writer.number(maximum)
                capped = writer.points(writer.number(points), points)
                return f"{listed}; {expression} = {writer.number(total)}, {most}: {capped}"
            return f"{listed}; {writer.points(expression, points)}"

        return Award(points, say)

    def reach(self, max_points: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
        """Return nothing met and everything met."""
        maximum = max_points or NOTHING
        return NOTHING, min(maximum, sum((item.of(maximum) for item in self.items), NOTHING))

    def in_words(self, max_points: Fraction | None, *, lang: Lang = "vi") -> str:
        """Return the items with their points; that they add up, where the list alone does not show it."""
        writer = Writer(lang)
        shown = _kind(self.items, max_points, writer) is Kind.ITEMS
        return ("" if shown else writer.pick("Cộng điểm các nội dung đạt: ", "The sum of: ")) + _listed(
            self.items, writer
        )


def levels_in_words(levels: Sequence[Level], max_points: Fraction | None, writer: Writer) -> str:
    """Return levels with their points; that one is chosen, where the list alone does not show it."""
    shown = _kind(levels, max_points, writer) is Kind.LEVELS
    return ("" if shown else one_of(writer)) + _listed(levels, writer)


def one_of(writer: Writer) -> str:
    """Return the words that say that one of what follows sets the points."""
    return writer.pick("Chọn một mức: ", "One of: ")


def _kind(levels: Sequence[Level], max_points: Fraction | None, writer: Writer) -> Kind | None:
    if max_points is None:
        return None
    labels = [level.text.get(writer.lang, level.key) for level in levels]
    return kind_of_list(labels, [level.of(max_points) for level in levels], max_points)


def _listed(levels: Iterable[Level], writer: Writer) -> str:
    return "; ".join(f"{level.text.get(writer.lang, level.key)}: {level.in_words(writer)}" for level in levels)
