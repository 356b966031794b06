"""The reader against phrasings and near misses that somebody else wrote."""

from __future__ import annotations

from typing import Any

import pytest
from near_misses import NEAR_MISSES
from phrasings import PHRASINGS, WISHES

import parindex as pi
from parindex._methodology.convert import converter
from parindex._methodology.wording.clean import slug
from strategies import Table, read_rule


def content(rule: pi.Rule) -> Any:
    """Return what a rule's table says, its keys left out."""
    return _content(converter.unstructure(rule))


def _content(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _content(each) for key, each in value.items() if key != "key"}
    return [_content(each) for each in value] if isinstance(value, list | tuple) else value


def keyed(table: Table) -> Table:
    """Return a table whose entries have keys; which ones does not matter."""
    return {
        name: [{"key": f"key-{at}", **row} for at, row in enumerate(value)]
        if name in {"levels", "items", "faults"}
        else value
        for name, value in table.items()
    }


@pytest.mark.parametrize(("text", "maximum", "table"), PHRASINGS)
def test_read(text: str, maximum: int | str, table: Table) -> None:
    """A phrasing is read as the rule that it means."""
    reading = pi.read_rule_text(text, max_points=maximum)
    assert reading.rule is not None, (reading.unread, reading.reason)
    assert content(reading.rule) == content(read_rule(keyed(table)))


@pytest.mark.parametrize(("text", "maximum", "table"), WISHES)
def test_never_read_otherwise(text: str, maximum: int | str, table: Table) -> None:
    """A phrasing that is not read yet is refused or read rightly, never read as something else."""
    rule = pi.read_rule_text(text, max_points=maximum).rule
    assert rule is None or content(rule) == content(read_rule(keyed(table)))


@pytest.mark.parametrize(("text", "maximum", "part"), NEAR_MISSES)
def test_refused(text: str, maximum: int | str, part: str) -> None:
    """A near miss is refused, with the part that stopped the reading."""
    reading = pi.read_rule_text(text, max_points=maximum)
    assert reading.rule is None
    assert part in reading.unread
    assert reading.reason


UNEXPECTED = {
    "survey": "Điểm tối đa × bình quân các câu trả lời: tốt 1/0",
    "groups": "Điểm tối đa × bình quân các câu trả lời: tốt 100%; trọng số: dân 1/0",
    "credits": "(a × 1/0) / tổng số × điểm tối đa",
    "relative": "So với các đơn vị khác, càng cao càng tốt: kém nhất 0/0, tốt nhất 1/0 điểm tối đa, "
    "ở giữa tính theo tỷ lệ; tất cả bằng nhau: 1/1 điểm tối đa",
    "brackets": "(" * 2000 + "b" + ")" * 2000 + "/a × điểm tối đa",
    "best": "Chỉ tính mức cao nhất trong: a: " * 2000 + "mỗi x: 0,5 điểm",
    "digits of a share": f"Đạt: 1/{'9' * 5000} điểm tối đa; không đạt: 0",
    "digits of a credit": f"(a × 1/{'9' * 5000}) / tổng số × điểm tối đa",
}


@pytest.mark.parametrize("text", UNEXPECTED.values(), ids=UNEXPECTED)
def test_nothing_else_comes_out(text: str) -> None:
    """Whatever the text, a reading comes out."""
    assert pi.read_rule_text(text, max_points=1).reason


def test_keys_are_told_apart() -> None:
    """Labels that come to the same key have different ones, and none that an input has already."""
    taken: set[str] = set()
    made = [slug(label, taken, frozenset({"level"})) for label in ("Đúng hạn", "dung han", "Level", "…", "?")]
    assert made == ["dung-han", "dung-han-2", "level-2", "muc", "muc-2"]


def test_long_labels_have_short_keys() -> None:
    """A key ends with a whole word; one word that is too long is cut."""
    assert (
        slug("Ban hành kế hoạch kiểm tra cải cách hành chính năm 2024", set()) == "ban-hanh-ke-hoach-kiem-tra-cai-cach"
    )
    assert slug("a" * 50, set()) == "a" * 40


def test_levels_without_a_maximum() -> None:
    """Where the maximum is not known, levels are told to be such."""
    rule = pi.Levels([pi.Level("a", points=1), pi.Level("b", points=0)])
    assert rule.in_words(None, lang="en") == "One of: a: 1 point; b: 0 points"
