"""Law: what a rule prints, the reader reads back as the same rule, up to the keys of its options.

It holds wherever every parameter is worded: points of more decimals than print can mean, such as a third, could be
taken for a share or a thousand, and points that a council gives have no phrasing at all.
"""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import parindex as pi
from parindex._methodology.convert import converter
from strategies import RULE_TYPES, Table, read_rule, rule_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDED: Final = tuple(kind for kind in RULE_TYPES if kind != "given")
"""Every rule that has a phrasing; ``given`` has one where it has a scale."""

MAXIMA: Final = (Fraction(1), Fraction(2), Fraction(4), Fraction(10))
LISTS: Final = ("levels", "items", "faults", "options", "groups", "of")
NAMES: Final = {
    "vi": (
        "Ban hành kịp thời",
        "không kịp thời",
        "Không ban hành",
        "Niêm yết công khai",
        "Có biển tên",
        "Báo cáo trễ",
        "Rất hài lòng",
        "Bình thường",
    ),
    "en": ("Issued on time", "late", "Not issued", "Posted", "Badges", "Late report", "Very satisfied", "Neutral"),
}


def labelled(table: Table, lang: str, names: Iterator[str]) -> Table:
    """Return a rule's table whose options have labels in one language alone."""
    made = dict(table)
    for key in LISTS:
        if isinstance(made.get(key), list):
            rows = []
            for row in made[key]:
                name = next(names)
                rows.append(labelled({**row, "vi": None, "en": None, lang: name}, lang, names))
                rows[-1] = {each: value for each, value in rows[-1].items() if value is not None}
            made[key] = rows
    return made


def plain(value: object) -> bool:
    """Return whether every number in a table is one that print can mean: a decimal, or a percentage."""
    if isinstance(value, dict):
        return all(plain(each) for key, each in value.items() if key not in {"share", "weight", "credits"})
    if isinstance(value, list):
        return all(map(plain, value))
    return not (isinstance(value, str) and "/" in value)


def content(rule: pi.Rule) -> Any:
    """Return what a rule's table says, its keys left out."""
    return _content(converter.unstructure(rule))


def _content(value: Any) -> Any:
    if isinstance(value, dict):
        told = {key: _content(each) for key, each in value.items() if key not in {"key", "all_equal"}}
        if value.get("type") == "relative":
            told["equal"] = str(read_rule(value).reach(Fraction(1))), str(_equal(read_rule(value)))
        return told
    return [_content(each) for each in value] if isinstance(value, list | tuple) else value


def _equal(rule: pi.Rule) -> Fraction:
    assert isinstance(rule, pi.Relative)
    named = {"high": rule.high, "low": rule.low}
    return named[rule.all_equal] if isinstance(rule.all_equal, str) else rule.all_equal


def worded(draw: st.DrawFn, kind: str, maximum: Fraction, lang: str) -> pi.Rule:
    """Return a sound rule of which every parameter is worded."""
    table = draw(rule_tables(maximum, kind))
    names = itertools.cycle(draw(st.permutations(NAMES[lang])))
    table = labelled(table, lang, names)
    rule = read_rule(table)
    assume(plain(converter.unstructure(rule)))
    # A step above 100 % says by itself that the rate may exceed it, whatever the rule says.
    problems = list(rule.problems(maximum))
    assume(not any(each.severity is pi.Severity.ERROR or each.code == "band-out-of-reach" for each in problems))
    return rule


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("kind", WORDED)
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_read_back(kind: str, lang: Any, data: st.DataObject) -> None:
    """A rule in words is read as the rule it was."""
    maximum = data.draw(st.sampled_from(MAXIMA))
    rule = data.draw(st.composite(worded)(kind, maximum, lang))
    assume(kind != "best" or not _has_given(rule))
    text = rule.in_words(maximum, lang=lang)
    reading = pi.read_rule_text(text, max_points=maximum)
    assert (reading.unread, reading.reason) == ("", ""), text
    assert reading.rule is not None
    assert content(reading.rule) == content(rule), text


LEAVES: Final = [
    (entry.name, leaf)
    for entry in pi.catalog()
    if entry.completeness is not pi.Completeness.ENTRY
    for leaf in pi.load(entry.name).leaves
    if not isinstance(leaf.rule, pi.Given)
]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("edition", "leaf"), LEAVES, ids=[f"{name} {leaf.id}" for name, leaf in LEAVES])
def test_shipped_rules_are_read_back(edition: str, leaf: pi.Criterion, lang: Any) -> None:
    """Every rule of the shipped editions that is computed is read from its words, and words itself the same again."""
    assert leaf.max_points is not None, edition
    text = leaf.leaf_rule.in_words(leaf.max_points, lang=lang)
    rule = pi.read_rule_text(text, max_points=leaf.max_points).rule
    assert rule is not None, text
    assert type(rule) is type(leaf.rule)
    assert rule.in_words(leaf.max_points, lang=lang) == text


def _has_given(rule: pi.Rule) -> bool:
    assert isinstance(rule, pi.Best)
    return any(isinstance(part.rule, pi.Given) and part.rule.scale is None for part in rule.of)


@pytest.mark.parametrize("lang", ["vi", "en"])
@given(scale=st.sampled_from((1, 5, 10, 100)), lowest=st.sampled_from((0, -1, "0.5")))
def test_scale_read_back(lang: Any, scale: int, lowest: int | str) -> None:
    """Points from a value on a scale are read as the rule they were."""
    rule = pi.Given(scale=scale, lowest=lowest)
    assert pi.read_rule_text(rule.in_words(Fraction(10), lang=lang), max_points=10).rule == rule


def test_points_of_a_council() -> None:
    """Points that somebody sets have no phrasing that a rule could be read from."""
    reading = pi.read_rule_text(pi.Given().in_words(Fraction(10)), max_points=10)
    assert reading.rule is None
    assert reading.unread != ""
