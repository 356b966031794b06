"""How the values of a methodology file read, in Vietnamese or English."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import frozen

from parindex._frozen import FrozenMap
from parindex._methodology.convert import converter
from parindex._methodology.criteria import Criterion
from parindex._methodology.methodology import Methodology
from parindex._methodology.rules import Rule
from parindex._methodology.rules.base import Worth
from parindex._methodology.rules.stepped import edge
from parindex._methodology.said import MODES
from parindex._methodology.words import LANGS, UNKNOWN, Text, Writer
from parindex._numbers import fraction

if TYPE_CHECKING:
    from fractions import Fraction

Pair: TypeAlias = tuple[str, str]
"""A word in Vietnamese and in English."""


@frozen(eq=False)
class Context:
    """What the values of one side are read with: its methodology, and the criterion that they belong to."""

    methodology: Methodology
    criterion: Criterion | None = None
    table: Mapping[str, Any] = FrozenMap()

    @property
    def max_points(self) -> Fraction | None:
        """The maximum of the criterion."""
        return None if self.criterion is None else self.criterion.max_points

    @property
    def rule(self) -> Rule | None:
        """The rule of the criterion, None where those below it are scored."""
        return None if self.criterion is None else self.criterion.rule

    def label(self, kind: str, key: str, writer: Writer) -> str:
        """Return the label of what *key* refers to, the key itself where there is none."""
        whole = self.methodology
        labels = {
            "source": {each.key: each.title for each in whole.sources},
            "origin": {name: each.text.get(writer.lang) for name, each in whole.origins.items()},
            "block": {each.id: each.text.get(writer.lang) for each in whole.blocks},
            "grade": {each.key: each.text.get(writer.lang) for each in whole.grades},
        }
        return labels[kind].get(key) or key


Form: TypeAlias = Callable[[Any, Context, Writer], str]


def in_both(say: Callable[[Writer], str]) -> Text:
    """Return what *say* says, in both languages."""
    return Text(*(say(Writer(lang)) for lang in LANGS))


def quoted(text: str) -> str:
    """Return text in quotation marks."""
    return f"“{text}”"


def text(value: Any, _: Context, __: Writer) -> str:
    """Return text in quotation marks."""
    return quoted(value)


def plain(value: Any, _: Context, __: Writer) -> str:
    """Return a value as the file has it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def listed(value: Any, _: Context, __: Writer) -> str:
    """Return the entries of a list."""
    return ", ".join(map(str, value))


def date(value: Any, _: Context, __: Writer) -> str:
    """Return a date with its day first."""
    return dt.date.fromisoformat(value).strftime("%d/%m/%Y")


def number(value: Any, _: Context, writer: Writer) -> str:
    """Return a number exactly, and rounded where no decimal is exact."""
    exact = writer.number(fraction(value))
    return f"{exact} (≈ {writer.printed(fraction(value))})" if "/" in exact else exact


def percent(value: Any, context: Context, writer: Writer) -> str:
    """Return a number of percent."""
    return f"{number(value, context, writer)} %"


def points(value: Any, _: Context, writer: Writer) -> str:
    """Return points with their noun."""
    return Worth(points=value).in_words(writer)


def share(value: Any, _: Context, writer: Writer) -> str:
    """Return a part of the maximum."""
    return Worth(share=value).in_words(writer)


def part(value: Any, _: Context, writer: Writer) -> str:
    """Return a part of one as a rate."""
    return writer.rate(fraction(value))


def rate(value: Any, _: Context, writer: Writer) -> str:
    """Return a rate, or the plain number that stands in its place."""
    return edge(value).text(writer)


def after(words: Pair, form: Form) -> Form:
    """Return the form that has a word before the value."""
    return lambda value, context, writer: f"{writer.pick(*words)} {form(value, context, writer)}"


def known(value: Any, context: Context, writer: Writer) -> str:
    """Return a maximum, or that it is not known."""
    return writer.pick("chưa rõ", "unknown") if value == UNKNOWN else number(value, context, writer)


def maximum(value: Any, context: Context, writer: Writer) -> str:
    """Return the maximum of a criterion; where the file has none, what it comes to and why."""
    if value is not None:
        return known(value, context, writer)
    found = UNKNOWN if context.max_points is None else context.max_points
    why = ("theo trọng số", "by weight") if "weight" in context.table else ("cộng từ bên dưới", "the sum below it")
    return f"{known(found, context, writer)} ({writer.pick(*why)})"


def rounding(value: Any, _: Context, writer: Writer) -> str:
    """Return a rounding."""
    mode = writer.pick(*MODES[value["mode"]])
    return writer.pick(f"{value['digits']} chữ số thập phân, {mode}", f"{value['digits']} decimals, {mode}")


def rule(value: Any, context: Context, writer: Writer) -> str:
    """Return a rule as an annex words it; where the file states none, what holds instead."""
    if value is None:
        if context.rule is None:
            return writer.pick("chấm ở các tiêu chí bên dưới", "scored by those below it")
        words = context.rule.in_words(context.max_points, lang=writer.lang)
        return f"{words} ({writer.pick('không ghi', 'not stated')})"
    table = {key: each for key, each in value.items() if key not in {"key", "vi", "en"}}
    read: Rule = converter.structure(table, Rule)  # type: ignore[type-abstract]  # a hook picks the class
    return read.in_words(context.max_points, lang=writer.lang)


def default(value: Any, context: Context, writer: Writer) -> str:
    """Return what counts when a block item is not observed: points, or inputs."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {plain(each, context, writer)}" for key, each in value.items())
    return points(value, context, writer)


def refers_to(kind: str) -> Form:
    """Return the form of a key that refers to a source, an origin, a block or a grade."""
    return lambda value, context, writer: quoted(context.label(kind, value, writer))


def one_of(words: Mapping[Any, Pair], otherwise: Form = plain) -> Form:
    """Return the form of a closed set of words, and of what is none of them."""

    def say(value: Any, context: Context, writer: Writer) -> str:
        return writer.pick(*words[value]) if value in words else otherwise(value, context, writer)

    return say


def all_of(words: Mapping[Any, Pair], none: Pair) -> Form:
    """Return the form of a list of words of a closed set, and of an empty list."""

    def say(value: Any, context: Context, writer: Writer) -> str:
        return ", ".join(one_of(words)(each, context, writer) for each in value) or writer.pick(*none)

    return say


FLAG: Final = {True: ("có", "yes"), False: ("không", "no")}
ALL_GROUPS: Final = ("mọi nhóm", "all groups")
ALL_YEARS: Final = ("mọi năm", "all years")
UNIT_KINDS: Final = {
    "ministry": ("cấp bộ", "ministry"),
    "province": ("cấp tỉnh", "province"),
    "department": ("cấp sở", "department"),
    "district": ("cấp huyện", "district"),
    "commune": ("cấp xã", "commune"),
}
HEADLINE: Final = {"index": ("chỉ số", "the index"), "points": ("điểm", "the points")}
RANKED_VALUE: Final = {"exact": ("chính xác", "exact"), "printed": ("đã in", "printed")}
RANKED_WITHIN: Final = {"all": ("mọi đơn vị", "all units"), "group": ("từng nhóm", "each group")}
TIES: Final = {"competition": ("1, 2, 2, 4", "1, 2, 2, 4"), "dense": ("1, 2, 2, 3", "1, 2, 2, 3")}
EFFECT: Final = {"add": ("cộng", "adds"), "subtract": ("trừ", "subtracts")}
NO_CONDITION: Final = ("không đặt ra", "nothing")
CONDITION: Final = {"no-zero-criterion": ("không có tiêu chí 0 điểm", "no criterion at zero")}
ZERO_TOTAL: Final = {
    "error": ("không quy định", "not provided for"),
    "full": ("điểm tối đa", "maximum points"),
    "zero": ("0 điểm", "0 points"),
    "not-applicable": ("không áp dụng", "not applicable"),
}
MEASURE: Final = {"ratio": ("tỷ lệ", "a rate"), "value": ("giá trị", "a value")}
PER: Final = {"occurrence": ("lần", "occurrence"), "day": ("ngày", "day")}
DIRECTION: Final = {"higher": ("cao hơn", "higher"), "lower": ("thấp hơn", "lower")}
ALL_EQUAL: Final = {"high": ("mức cao nhất", "the best share"), "low": ("mức thấp nhất", "the worst share")}
