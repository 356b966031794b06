"""Differences between two methodologies: which criterion is which, what changed, in words, Markdown and JSON."""

from __future__ import annotations

import copy
import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import pytest

import parindex as pi
from parindex import cli
from parindex._frozen import FrozenMap
from parindex._methodology.diff import Change, Diff, diff
from parindex._methodology.differing.forms import Context
from parindex._methodology.differing.kinds import ChangeKind, ChangePart
from parindex._methodology.differing.phrases import worded
from parindex._methodology.differing.tables import deltas
from parindex._methodology.differing.titles import Title, common_words, words_of
from parindex._methodology.words import Text
from parindex._render.differences import diff_document, diff_markdown, diff_text
from parindex._render.documents import identity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Table = dict[str, Any]

GIVEN: Final = {"type": "given"}


def criterion(key: str, vi: str = "", maximum: Any = 1, **keys: Any) -> Table:
    """Return a criterion as a file has it; one without a rule has others below it."""
    table: Table = {"id": key, "cite": {"source": "qd-1"}}
    table |= {"vi": vi} if vi else {}
    table |= {} if maximum is None else {"max": maximum}
    return table | keys


def leaf(key: str, vi: str = "", maximum: Any = 1, **keys: Any) -> Table:
    """Return a criterion that is scored; given unless another rule is stated."""
    return criterion(key, vi, maximum, **{"rule": GIVEN, **keys})


def edition(*criteria: Table, **head: Any) -> pi.Methodology:
    """Return a methodology of some criteria, with more keys of the head."""
    tables = {
        "format": "parindex.methodology/1",
        "id": "vn.example.district",
        "edition": "2024",
        "years": [2024],
        "unit_kind": "district",
        "completeness": "full",
        "total": 100,
        "title": {"vi": "Chỉ số", "en": "Index"},
        "source": [{"key": "qd-1", "title": "Quyết định 1", "status": "illustrative"}],
        "criterion": [copy.deepcopy(each) for each in criteria],
    }
    return pi.parse_methodology(json.dumps({**tables, **head}, ensure_ascii=False))


def told(found: Diff, lang: Any = "vi") -> list[str]:
    """Return every change in words."""
    return [each.in_words(lang=lang) for each in found.changes]


def between(old: Iterable[Table], new: Iterable[Table], lang: Any = "vi") -> list[str]:
    """Return what changed from some criteria to others, in words."""
    return told(diff(edition(*old), edition(*new)), lang)


def of_rule(old: Table, new: Table, lang: Any = "en", maximum: Any = 10) -> list[str]:
    """Return what changed of a rule, in words, without its place."""
    found = between([leaf("1", "Hồ sơ", maximum, rule=old)], [leaf("1", "Hồ sơ", maximum, rule=new)], lang)
    return [each.removeprefix("1 Hồ sơ: ") for each in found]


def of_head(lang: Any = "en", /, **keys: tuple[Any, Any]) -> list[str]:
    """Return what changed of keys of the head, in words; None leaves a key out."""
    sides = [{key: values[side] for key, values in keys.items() if values[side] is not None} for side in (0, 1)]
    return told(diff(edition(leaf("1", "Hồ sơ"), **sides[0]), edition(leaf("1", "Hồ sơ"), **sides[1])), lang)


# The value


def test_nothing_differs() -> None:
    """Without differences the result is falsy and says so."""
    found = diff(edition(leaf("1", "Hồ sơ")), edition(leaf("1", "Hồ sơ")))
    assert not found
    assert found.changes == ()
    assert found.in_words(lang="en").splitlines()[1] == "No differences."
    assert found.in_words().splitlines()[1] == "Không có khác biệt."


def test_both_sides_are_named_exactly() -> None:
    """The sides carry the id, edition, revision and fingerprint of what was compared."""
    old, new = pi.load("vn.pci.province@2006"), pi.load("vn.pci.province@2009")
    found = diff(old, new)
    assert bool(found)
    assert (found.old.name, found.new.name) == (old.name, new.name)
    assert diff_document(found, "vi")["old"] == identity(old)


def test_a_change_turns_round() -> None:
    """Turned round, what was added is removed and the sides are exchanged."""
    (change,) = diff(edition(leaf("1", "Hồ sơ")), edition(leaf("1", "Hồ sơ"), leaf("2", "Báo cáo"))).changes
    assert (change.kind, change.old_id, change.new_id) == (ChangeKind.ADDED, None, "2")
    turned = change.reversed()
    assert (turned.kind, turned.old_id, turned.new_id, turned.new) == (ChangeKind.REMOVED, "2", None, None)
    assert turned.in_words(lang="en").startswith("2 Báo cáo: removed (maximum 1; ")


def test_an_unknown_language_is_refused() -> None:
    """A language that there is no wording in is an error."""
    with pytest.raises(pi.Fault, match="'fr' is none of vi, en"):
        diff(edition(leaf("1")), edition(leaf("2"))).in_words(lang="fr")  # type: ignore[arg-type]  # the wrong value is the point


# Which criterion is which


def test_a_title_under_another_number_is_renumbered() -> None:
    """A title that each side has once is the same criterion, wherever it stands among its siblings."""
    found = between([leaf("1", "Hồ sơ"), leaf("2", "Báo cáo")], [leaf("1", "Báo cáo"), leaf("2", "Hồ sơ")])
    assert found == ["2 → 1 Báo cáo: đổi mã số", "1 → 2 Hồ sơ: đổi mã số"]


def test_a_renumbered_parent_takes_its_children_along() -> None:
    """What stands below a renumbered criterion follows it and is told once."""
    old = [criterion("1", "Thể chế", None), leaf("1.1", "Hồ sơ"), leaf("1.2", "Báo cáo")]
    new = [criterion("3", "Thể chế", None), leaf("3.1", "Hồ sơ"), leaf("3.2", "Báo cáo")]
    assert between(old, new, "en") == ["1 -> 3 Thể chế: renumbered, with 2 below it"]


def test_a_moved_subtree_is_one_change() -> None:
    """A criterion below another parent was moved, and those below it follow."""
    old = [
        criterion("1", "Thể chế", None),
        criterion("1.1", "Thủ tục", None),
        leaf("1.1.1", "Hồ sơ"),
        leaf("1.2", "Văn bản"),
        criterion("2", "Tài chính", None),
        leaf("2.1", "Ngân sách"),
    ]
    new = [
        criterion("1", "Thể chế", None),
        leaf("1.2", "Văn bản"),
        criterion("2", "Tài chính", None),
        leaf("2.1", "Ngân sách"),
        criterion("2.2", "Thủ tục", None),
        leaf("2.2.1", "Hồ sơ"),
    ]
    assert between(old, new) == [
        "1 Thể chế: điểm tối đa 2 (cộng từ bên dưới) → 1 (cộng từ bên dưới) (−1), theo đó",
        "2 Tài chính: điểm tối đa 1 (cộng từ bên dưới) → 2 (cộng từ bên dưới) (+1), theo đó",
        "1.1 → 2.2 Thủ tục: chuyển chỗ, kèm 1 tiêu chí bên dưới: 1 Thể chế → 2 Tài chính",
    ]


def test_a_criterion_moves_to_the_top() -> None:
    """A criterion whose parent is gone stands at the top level."""
    old = [criterion("a", "Thể chế", None), leaf("b", "Hồ sơ", parent="a")]
    assert between(old, [leaf("b", "Hồ sơ")], "en") == [
        "a Thể chế: removed (maximum 1 (the sum below it))",
        "b Hồ sơ: moved: a Thể chế -> the top level",
    ]


def test_a_number_with_a_stated_parent_is_told() -> None:
    """An id that does not begin with its parent's is another number, even with the same last part."""
    old = [criterion("2", "Thể chế", None), leaf("2.1", "Hồ sơ")]
    new = [criterion("2", "Thể chế", None), leaf("1", "Hồ sơ", parent="2")]
    assert between(old, new) == ["2.1 → 1 Hồ sơ: đổi mã số"]


def test_the_spelling_of_tones_and_abbreviations_is_no_other_title() -> None:
    """A title is recognised in another case, spacing or spelling; that it changed is told nevertheless."""
    (change,) = diff(
        edition(leaf("1", "Số hoá  hồ sơ TTHC")), edition(leaf("1", "Số hóa hồ sơ thủ tục hành chính"))
    ).changes
    assert change.sure
    assert (change.kind, change.key) == (ChangeKind.CHANGED, "vi")


def test_titles_in_english_alone_are_compared() -> None:
    """Where a title has no Vietnamese, its English decides."""
    found = diff(edition(leaf("1", en="Files on time")), edition(leaf("2", en="Files on time")))
    assert told(found, "en") == ["1 -> 2 Files on time: renumbered"]


def test_a_near_title_in_its_place_is_the_same() -> None:
    """Under one number, a title with most of its words is the same criterion."""
    (change,) = diff(
        edition(leaf("1", "Hồ sơ giải quyết đúng hạn"), leaf("2", "Báo cáo")),
        edition(leaf("1", "Hồ sơ được giải quyết đúng hạn"), leaf("2", "Báo cáo")),
    ).changes
    assert change.sure
    assert change.in_words().endswith("tên “Hồ sơ giải quyết đúng hạn” → “Hồ sơ được giải quyết đúng hạn”")


def test_a_title_that_shares_less_may_be_the_same() -> None:
    """Under one number, a title with few of its words may be the same, and that is said."""
    found = diff(edition(leaf("1", "Chế độ báo cáo năm")), edition(leaf("1", "Báo cáo công tác năm")))
    assert [each.sure for each in found.changes] == [False]
    assert told(found)[0].startswith("1 Báo cáo công tác năm (chưa chắc là cùng một tiêu chí): tên ")


def test_a_near_title_under_another_number_may_be_the_same() -> None:
    """Under another number, a near title may be the same criterion."""
    old = [leaf("1", "Báo cáo"), leaf("2", "Hồ sơ giải quyết đúng hạn")]
    new = [leaf("1", "Báo cáo"), leaf("3", "Hồ sơ được giải quyết đúng hạn")]
    found = diff(edition(*old), edition(*new))
    assert [(each.kind, each.sure) for each in found.changes] == [
        (ChangeKind.RENUMBERED, False),
        (ChangeKind.CHANGED, False),
    ]


def test_a_near_title_elsewhere_may_be_the_same() -> None:
    """Below another parent, only a title with nearly all its words may be the same."""
    old = [
        criterion("1", "Thể chế", None),
        leaf("1.1", "Văn bản"),
        leaf("1.2", "Tỷ lệ hồ sơ trực tuyến giải quyết đúng hạn"),
        criterion("2", "Tài chính", None),
        leaf("2.1", "Ngân sách"),
    ]
    new = [*old[:2], *old[3:], leaf("2.2", "Tỷ lệ hồ sơ trực tuyến được giải quyết đúng hạn")]
    moved = next(each for each in diff(edition(*old), edition(*new)).changes if each.kind is ChangeKind.MOVED)
    assert (moved.old_id, moved.new_id, moved.sure) == ("1.2", "2.2", False)


def test_of_two_like_titles_the_number_decides() -> None:
    """Of equally like titles the one under the same number is the nearer."""
    old = [leaf("1", "Hồ sơ đúng hạn cấp huyện")]
    new = [leaf("1", "Hồ sơ đúng hạn cấp tỉnh"), leaf("2", "Hồ sơ đúng hạn cấp xã")]
    found = diff(edition(*old), edition(*new))
    assert [(each.kind, each.new_id) for each in found.changes] == [(ChangeKind.ADDED, "2"), (ChangeKind.CHANGED, "1")]


def test_nothing_is_guessed_between_equally_like_titles() -> None:
    """Where nothing decides between two like titles, neither is taken for the same."""
    old = [leaf("1", "Hồ sơ đúng hạn cấp huyện")]
    new = [leaf("2", "Hồ sơ đúng hạn cấp tỉnh"), leaf("3", "Hồ sơ đúng hạn cấp xã")]
    kinds = [each.kind for each in diff(edition(*old), edition(*new)).changes]
    assert kinds == [ChangeKind.REMOVED, ChangeKind.ADDED, ChangeKind.ADDED]


def test_several_of_one_title_are_paired_in_order() -> None:
    """Of siblings with one title the first is taken for the first, which is not sure."""
    old, new = [leaf("1", "Báo cáo"), leaf("2", "Báo cáo")], [leaf("3", "Báo cáo"), leaf("4", "Báo cáo")]
    found = diff(edition(*old), edition(*new))
    assert [(each.old_id, each.new_id, each.sure) for each in found.changes] == [("1", "3", False), ("2", "4", False)]


def test_unequally_many_of_one_title_are_not_paired() -> None:
    """Where one side has more of a title than the other, they are told as removed and added, unsure."""
    old, new = [leaf("1", "Báo cáo")], [leaf("3", "Báo cáo"), leaf("4", "Báo cáo")]
    found = diff(edition(*old), edition(*new))
    assert [(each.kind, each.sure) for each in found.changes] == [
        (ChangeKind.REMOVED, False),
        (ChangeKind.ADDED, False),
        (ChangeKind.ADDED, False),
    ]
    assert told(found, "en")[0].startswith("1 Báo cáo (unsure: may be renamed or moved): removed")


def test_a_common_title_belongs_to_its_parent() -> None:
    """A title that stands below several criteria is recognised below the one that it belongs to."""
    old = [
        criterion("1", "Thể chế", None),
        leaf("1.1", "Mức độ hoàn thành kế hoạch"),
        criterion("2", "Tài chính", None),
        leaf("2.1", "Mức độ hoàn thành kế hoạch"),
    ]
    new = [
        criterion("1", "Tài chính", None),
        leaf("1.1", "Mức độ hoàn thành kế hoạch"),
        criterion("2", "Thể chế", None),
        leaf("2.1", "Mức độ hoàn thành kế hoạch"),
    ]
    assert between(old, new, "en") == [
        "2 -> 1 Tài chính: renumbered, with 1 below it",
        "1 -> 2 Thể chế: renumbered, with 1 below it",
    ]


def test_a_parent_is_known_by_its_children() -> None:
    """A criterion with another title and number is the one above most of the same criteria."""
    old = [criterion("1", "Thể chế", None), leaf("1.1", "Hồ sơ"), leaf("1.2", "Văn bản"), leaf("1.3", "Rà soát")]
    new = [criterion("4", "Pháp luật", None), leaf("4.1", "Hồ sơ"), leaf("4.2", "Văn bản"), leaf("4.4", "Đối thoại")]
    found = diff(edition(*old), edition(*new))
    assert [(each.kind, each.old_id, each.new_id, each.sure) for each in found.changes] == [
        (ChangeKind.REMOVED, "1.3", None, True),
        (ChangeKind.ADDED, None, "4.4", True),
        (ChangeKind.RENUMBERED, "1", "4", False),
        (ChangeKind.CHANGED, "1", "4", False),
    ]


def test_half_of_the_children_are_not_enough() -> None:
    """A criterion above half of the same criteria is another one, below which they were moved."""
    old = [criterion("1", "Thể chế", None), leaf("1.1", "Hồ sơ"), leaf("1.2", "Văn bản")]
    new = [criterion("4", "Pháp luật", None), leaf("4.1", "Hồ sơ"), leaf("4.2", "Đối thoại")]
    kinds = [each.kind for each in diff(edition(*old), edition(*new)).changes]
    assert kinds[-1] == ChangeKind.MOVED
    assert kinds.count(ChangeKind.REMOVED) == 2


def test_a_name_is_the_same_criterion_under_any_title() -> None:
    """An id that is a name and no number stands for one criterion; with quite another title that is not sure."""
    (change,) = diff(edition(leaf("survey", "Hài lòng")), edition(leaf("survey", "Kết quả điều tra"))).changes
    assert (change.key, change.sure) == ("vi", False)


@pytest.mark.parametrize("key", ["1", "2a", "iv", "c"])
def test_a_number_is_not_the_same_criterion_under_any_title(key: str) -> None:
    """Under one number, a quite different title is another criterion."""
    found = diff(edition(leaf(key, "Hài lòng", 1)), edition(leaf(key, "Kết quả điều tra", 2)))
    assert [(each.kind, each.sure) for each in found.changes] == [(ChangeKind.REMOVED, True), (ChangeKind.ADDED, True)]


def test_in_one_place_with_one_rule_it_may_be_the_same() -> None:
    """Under one number, with one rule and maximum, another title may be the same criterion."""
    found = diff(edition(leaf("1", "Hài lòng")), edition(leaf("1", "Kết quả điều tra")))
    assert [(each.kind, each.sure) for each in found.changes] == [
        (ChangeKind.REMOVED, False),
        (ChangeKind.ADDED, False),
    ]


def test_without_a_title_the_number_decides() -> None:
    """Where a side has no title to compare, the id alone can tell, which is not sure."""
    (change,) = diff(edition(leaf("1", "Hài lòng")), edition(leaf("1", en="Satisfaction"))).changes[:1]
    assert (change.key, change.sure) == ("vi", False)
    assert not diff(edition(leaf("1")), edition(leaf("1")))


def test_many_titles_are_not_searched_for_near_ones() -> None:
    """Two large lists that share nothing are told apart without comparing every pair."""
    old = [leaf(f"{number}", f"Cũ {number}") for number in range(1, 318)]
    new = [leaf(f"{number}", f"Mới {number}") for number in range(400, 717)]
    assert len(diff(edition(*old), edition(*new)).changes) == 2 * 317


def test_another_order_of_siblings_is_told() -> None:
    """Children that kept their numbers and stand in another order were reordered."""
    old = [criterion("1", "Thể chế", None), leaf("1.1", "Hồ sơ"), leaf("1.2", "Văn bản"), leaf("1.3", "Rà soát")]
    new = [old[0], old[2], old[1], old[3]]
    assert between(old, new, "en") == ["1 Thể chế: order of those below: 1.1, 1.2, 1.3 -> 1.2, 1.1, 1.3"]


def test_another_order_of_the_top_level_is_told() -> None:
    """So it is at the top level, which has no place of its own."""
    old = [leaf("1", "Hồ sơ"), leaf("2", "Văn bản")]
    assert between(old, reversed(old)) == ["thứ tự ở cấp trên cùng: 1, 2 → 2, 1"]


def test_another_order_of_lines_is_told() -> None:
    """A file that lists the same tree in another order has another fingerprint, and so it is told."""
    old = [criterion("1", "Thể chế", None), leaf("1.1", "Hồ sơ"), leaf("2", "Văn bản")]
    new = [old[0], old[2], old[1]]
    assert between(old, new, "en") == ["order of the lines of the file: 1, 1.1, 2 -> 1, 2, 1.1"]


# Titles


def test_words_of_a_title() -> None:
    """Marks and case do not count, and an abbreviation is what it stands for."""
    assert words_of("Công tác CCHC, năm “2024”") == words_of("công tác cải cách hành chính năm 2024")


def test_likeness_is_the_part_of_words_shared() -> None:
    """Two titles are as like as the words they share among all their words; common ones weigh a third."""
    one, other = Title.of(Text("a b c")), Title.of(Text("a b d"))
    assert one.likeness(other) == Fraction(1, 2)
    assert one.likeness(other, frozenset({"a", "b"})) == Fraction(1, 4)


def test_titles_without_a_common_language_are_not_alike() -> None:
    """What cannot be compared is not alike."""
    assert Title.of(Text("a")).likeness(Title.of(Text(None, "a"))) == 0


def test_titles_are_as_like_as_in_one_language() -> None:
    """A title that was reworded in one language and not in the other is the same in that one."""
    assert Title.of(Text("Hài lòng", "Satisfaction")).likeness(Title.of(Text("Kết quả", "Satisfaction"))) == 1


def test_common_words_are_in_more_than_a_tenth() -> None:
    """A word is common among titles if more than one of ten has it, and more than three of them."""
    titles = [Title.of(Text(f"chung {number} {number // 4}x {number // 3}y")) for number in range(32)]
    assert common_words(titles) == {"chung", *(f"{number}x" for number in range(8))}


# Maxima and weights


def test_a_maximum_says_by_how_much() -> None:
    """A maximum that changed is told with the difference."""
    old, new = leaf("1", "Hồ sơ", "9.5"), leaf("1", "Hồ sơ", 10)
    assert between([old], [new]) == ["1 Hồ sơ: điểm tối đa 9,5 → 10 (+0,5)"]
    assert between([new], [old], "en") == ["1 Hồ sơ: maximum 10 -> 9.5 (−0.5)"]


def test_what_follows_from_weights_says_so() -> None:
    """A weight that changed is told, and the maxima that follow from it as what they are."""
    old = [leaf("1", "Hồ sơ", None, weight=1), leaf("2", "Văn bản", None, weight=1)]
    new = [leaf("1", "Hồ sơ", None, weight=1), leaf("2", "Văn bản", None, weight=2)]
    found = diff(edition(*old), edition(*new))
    assert [(each.new_id, each.key, each.kind, each.old, each.new) for each in found.changes] == [
        ("1", "max", ChangeKind.FOLLOWS, 50, "100/3"),
        ("2", "max", ChangeKind.FOLLOWS, 50, "200/3"),
        ("2", "weight", ChangeKind.CHANGED, 1, 2),
    ]
    assert told(found, "en")[0] == (
        "1 Hồ sơ: maximum 50 (by weight) -> 100/3 (≈ 33.33) (by weight) (−50/3), as a consequence"
    )


def test_a_maximum_no_longer_stated() -> None:
    """A maximum that is stated on one side only reads as what it comes to."""
    old = [criterion("1", "Thể chế", 1), leaf("1.1", "Hồ sơ")]
    new = [criterion("1", "Thể chế", None), leaf("1.1", "Hồ sơ")]
    assert between(old, new, "en") == ["1 Thể chế: maximum 1 -> 1 (the sum below it)"]


def test_an_unknown_maximum() -> None:
    """What no source states is told as unknown, also where it follows."""
    head = {"completeness": "outline", "total": "unknown", "policy": {"headline": "points"}}
    sides = [
        edition(criterion("1", "Thể chế", None), leaf("1.1", "Hồ sơ", maximum), **head) for maximum in ("unknown", 3)
    ]
    found = diff(*sides)
    assert told(found, "en") == [
        "1 Thể chế: maximum unknown (the sum below it) -> 3 (the sum below it), as a consequence",
        "1.1 Hồ sơ: maximum unknown -> 3",
    ]
    assert found.changes[0].old == "unknown"


# Rules in words

RATIO: Final = {"type": "ratio"}


@pytest.mark.parametrize(
    ("old", "new", "vi", "en"),
    [
        ({"from": "80%"}, {"from": "90%"}, "tính điểm từ 80 % → 90 %", "counts from 80 % -> 90 %"),
        ({}, {"from": "57.5%"}, "tính điểm từ 0 % → 57,5 %", "counts from 0 % -> 57.5 %"),
        ({}, {"full_at": "95%"}, "đạt điểm tối đa từ 100 % → 95 %", "full points from 100 % -> 95 %"),
        (
            {},
            {"inverse": True},
            "tính theo tỷ lệ → phần còn lại (100 % − tỷ lệ)",
            "in proportion to the rate -> the rest (100 % − rate)",
        ),
        (
            {"zero_total": "full"},
            {},
            "khi không phát sinh: điểm tối đa → không quy định",
            "when none arise: maximum points -> not provided for",
        ),
        ({"amounts": True}, {}, "số liệu có thể có số lẻ → là số nguyên", "figures may have decimals -> are whole"),
        (
            {},
            {"may_exceed": True},
            "tỷ lệ không quá 100 % → được vượt 100 %",
            "the rate is at most 100 % -> may exceed 100 %",
        ),
    ],
)
def test_parameters_of_a_ratio(old: Table, new: Table, vi: str, en: str) -> None:
    """Each parameter of a ratio is told in words, defaults included."""
    assert of_rule(RATIO | old, RATIO | new, "vi") == [vi]
    assert of_rule(RATIO | old, RATIO | new, "en") == [en]


def test_another_type_of_rule_is_told_whole() -> None:
    """Of a rule of another type both sides are told as an annex words them."""
    new = {"type": "levels", "levels": [{"key": "yes", "points": 10, "vi": "Đạt"}]}
    (change,) = diff(edition(leaf("1", rule=RATIO)), edition(leaf("1", rule=new))).changes
    rules = [pi.Ratio(), pi.Levels([pi.Level("yes", points=10, vi="Đạt")])]
    words = [each.in_words(Fraction(1)) for each in rules]
    assert (change.key, change.old["type"]) == ("rule", "ratio")  # type: ignore[index,call-overload]
    assert change.in_words() == f"1: cách tính điểm: {words[0]} → {words[1]}"


def test_a_leaf_that_is_divided() -> None:
    """Where others come below a leaf, its rule is theirs."""
    old, new = [leaf("1", "Thể chế")], [criterion("1", "Thể chế"), leaf("1.1", "Hồ sơ")]
    (change,) = (each for each in diff(edition(*old), edition(*new)).changes if each.key == "rule")
    assert change.new_words == Text("chấm ở các tiêu chí bên dưới", "scored by those below it")


def test_a_rule_that_is_not_stated() -> None:
    """In an outline a leaf without a rule is given, and both sides say what that means."""
    sides = [
        edition({key: each for key, each in leaf("1", "Hồ sơ").items() if key != out}, completeness="outline")
        for out in ("rule", "none")
    ]
    (change,) = diff(*sides).changes
    given = pi.Given().in_words(Fraction(1), lang="en")
    assert change.in_words(lang="en") == f"1 Hồ sơ: rule: {given} (not stated) -> {given}"


LEVELS: Final = {
    "type": "levels",
    "levels": [
        {"key": "on-time", "points": 2, "vi": "Kịp thời", "en": "In time"},
        {"key": "late", "points": 1, "vi": "Trễ", "en": "Late"},
    ],
}


def test_levels_are_compared_by_key() -> None:
    """A level is told by its label: what it gives, that it came, that it went."""
    new = copy.deepcopy(LEVELS)
    new["levels"][1] = {"key": "late", "points": "0.5", "vi": "Trễ", "en": "Late"}  # type: ignore[index]  # a plain table
    new["levels"][0] = {"key": "early", "share": "1/2", "vi": "Sớm"}  # type: ignore[index]  # a plain table
    assert of_rule(LEVELS, new) == [
        "level “In time”: 2 points -> none",
        "level “Sớm”: none -> 50 % of the maximum points",
        "level “Late”: 1 point -> 0.5 points",
    ]


def test_points_that_become_a_share_are_one_change() -> None:
    """Points on one side and a share on the other are one change of the entry."""
    new = copy.deepcopy(LEVELS)
    new["levels"][1] = {"key": "late", "share": "1/4", "vi": "Trễ", "en": "Late"}  # type: ignore[index]  # a plain table
    (change,) = diff(edition(leaf("1", rule=LEVELS)), edition(leaf("1", rule=new))).changes
    assert change.key == "rule.levels[late]"
    assert (change.old, change.new) == (FrozenMap({"points": 1}), FrozenMap({"share": "0.25"}))
    assert change.in_words() == "1: mức “Trễ”: 1 điểm → 25 % điểm tối đa"


def test_a_label_that_changed_is_no_name() -> None:
    """Where the label of an entry changed, its key names it."""
    new = copy.deepcopy(LEVELS)
    new["levels"][1]["en"] = "Too late"  # type: ignore[index]  # a plain table
    assert of_rule(LEVELS, new) == ["level “late”: title “Late” -> “Too late”"]


def test_entries_in_another_order() -> None:
    """Another order of levels is told."""
    new = {"type": "levels", "levels": LEVELS["levels"][::-1]}
    assert of_rule(LEVELS, new) == ["order on-time, late -> late, on-time"]


def test_a_survey() -> None:
    """Shares of answers and weights of respondents are told by their labels."""
    old = {
        "type": "survey",
        "options": [{"key": "good", "share": 1}, {"key": "bad", "share": 0}],
        "groups": [{"key": "firms"}],
    }
    new = {
        "type": "survey",
        "options": [{"key": "good", "share": "90%"}, {"key": "bad", "share": 0}],
        "groups": [{"key": "firms", "weight": 2}, {"key": "people"}],
    }
    assert of_rule(old, new) == [
        "answer “good”: 100 % -> 90 %",
        "respondents “firms”: weight 1 -> 2",
        "respondents “people”: none -> weight 1",
    ]


def test_bands_are_compared_by_edge() -> None:
    """A band is the one of its edge; else of its edge with the other sign; else of what it gives."""
    old = {
        "type": "bands",
        "bands": [
            {"from": "90%", "points": 10},
            {"from": "70%", "points": 7},
            {"from": "50%", "points": 5},
            {"points": 0},
        ],
    }
    new = {
        "type": "bands",
        "bands": [
            {"from": "90%", "points": 9},
            {"over": "70%", "points": 6},
            {"from": "40%", "points": 5},
            {"points": 1},
        ],
    }
    assert of_rule(old, new) == [
        "band “from 90 %”: 10 points -> 9 points",
        "band “70%”: from 70 % -> over 70 %",
        "band “70%”: 7 points -> 6 points",
        "band “5 points”: from 50 % -> from 40 %",
        "band “the rest”: 0 points -> 1 point",
    ]


def test_a_band_that_comes() -> None:
    """A new band is told with what it gives."""
    old = {"type": "bands", "of": "value", "bands": [{"from": 5, "points": 2}, {"points": 0}]}
    new = {
        "type": "bands",
        "of": "value",
        "bands": [{"from": 5, "points": 2}, {"from": 3, "share": "1/2"}, {"points": 0}],
    }
    assert of_rule(old, new, "vi") == ["bậc “từ 3”: không có → 50 % điểm tối đa"]


def test_bands_of_one_edge_are_counted() -> None:
    """Two bands of one edge are told apart by their place."""
    bands = [{"from": "50%", "points": 2}, {"from": "50%", "points": 1}, {"points": 0}]
    old = {"type": "bands", "bands": bands}
    new = {"type": "bands", "bands": [bands[0], {"from": "50%", "points": "0.5"}, bands[2]]}
    found = diff(edition(leaf("1", rule=old)), edition(leaf("1", rule=new)))
    assert [each.key for each in found.changes] == ["rule.bands[from 50% #2].points"]


def test_bands_of_another_measure() -> None:
    """What bands measure is told beside their edges."""
    old = {"type": "bands", "bands": [{"points": 1}]}
    assert of_rule(old, {**old, "of": "value"}) == ["bands of a rate -> a value"]


def test_faults() -> None:
    """A fault is told with what it takes, for what, and its limits."""
    old = {"type": "deduct", "faults": [{"key": "late", "points": 1, "en": "Late"}]}
    new = {
        "type": "deduct",
        "lowest": -1,
        "levels": [{"key": "all", "points": 10}],
        "faults": [
            {"key": "late", "points": 1, "en": "Late", "per": "day", "cap": 2, "wipe_at": 3},
            {"key": "absent", "share": "1/4"},
        ],
    }
    assert of_rule(old, new) == [
        "level “all”: none -> 10 points",
        "fault “Late”: for each occurrence -> day",
        "fault “Late”: at most no limit -> 2 points",
        "fault “Late”: all of it never -> from number 3",
        "fault “absent”: none -> 25 % of the maximum points; for each occurrence",
        "lowest 0 -> -1",
    ]


def test_best_of_parts() -> None:
    """A part of a best-of is told by its label: its parameters, or its rule where that is another one."""
    parts = [
        {"key": "award", "en": "Award", "type": "levels", "levels": [{"key": "state", "points": 10}]},
        {"key": "ideas", "en": "Ideas", "type": "per-unit", "points": 1},
        {"key": "rate", "type": "bands", "bands": [{"points": 1}]},
    ]
    changed = [
        {"key": "award", "en": "Award", "type": "levels", "levels": [{"key": "state", "points": 9}]},
        {"key": "ideas", "en": "Ideas", "type": "ratio"},
        {"key": "rate", "type": "bands", "of": "value", "bands": [{"points": 1}]},
    ]
    each, rate = (rule.in_words(Fraction(10), lang="en") for rule in (pi.PerUnit(points=1), pi.Ratio()))
    assert of_rule({"type": "best", "of": parts}, {"type": "best", "of": changed}) == [
        "part “Award”: level “state”: 10 points -> 9 points",
        f"part “Ideas”: rule: {each} -> {rate}",
        "part “rate”: bands of a rate -> a value",
    ]


def test_credits() -> None:
    """A credit is told by its key."""
    old = {"type": "weighted-counts", "credits": {"full": 1, "partly": "1/2"}}
    new = {"type": "weighted-counts", "credits": {"full": 1, "partly": "1/4", "started": "1/3"}}
    assert of_rule(old, new) == ["credit “partly” 0.5 -> 0.25", "credit “started” none -> 1/3 (≈ 0.33)"]


def test_a_relative_rule() -> None:
    """What a relative rule compares, and what it gives, is told in words."""
    old = {"type": "relative"}
    new = {"type": "relative", "direction": "lower", "low": "10%", "high": "90%", "all_equal": "50%", "within": "group"}
    assert of_rule(old, new) == [
        "better when higher -> lower",
        "the worst gets 0 % -> 10 %",
        "the best gets 100 % -> 90 %",
        "all equal: the best share -> 50 %",
        "compared within all units -> each group",
    ]


def test_other_rules() -> None:
    """Points for each, a scale and the lowest are told in words."""
    assert of_rule({"type": "per-unit", "points": 1}, {"type": "per-unit", "points": 2}, "vi") == [
        "mỗi đơn vị 1 điểm → 2 điểm"
    ]
    assert of_rule({"type": "given"}, {"type": "given", "scale": 100, "lowest": 1}) == [
        "scale none -> 100",
        "lowest 0 -> 1",
    ]


# Other keys of a criterion


def test_keys_of_a_criterion() -> None:
    """Who answers, where points come from, what it rests on, whom it concerns: each is told in words."""
    head = {
        "origin": {"appraised": {"vi": "Thẩm định", "en": "Appraised"}},
        "source": [
            {"key": "qd-1", "title": "Quyết định 1", "status": "illustrative"},
            {"key": "qd-2", "title": "Quyết định 2", "status": "illustrative"},
        ],
        "policy": {"not_applicable": "zero"},
    }
    new = leaf(
        "1",
        "Hồ sơ",
        en="Files",
        lead="Sở Nội vụ",
        origin="appraised",
        applies_to=["mountain", "delta"],
        not_applicable="full",
        note="Mới",
        cite={"source": "qd-2", "at": "mục 1"},
    )
    found = diff(edition(leaf("1", "Hồ sơ", lead="Văn phòng"), **head), edition(new, **head))
    assert told(found, "en") == [
        "1 Files: title none -> “Files”",
        "1 Files: lead “Văn phòng” -> “Sở Nội vụ”",
        "1 Files: origin not stated -> “Appraised”",
        "1 Files: applies to all groups -> mountain, delta",
        "1 Files: when not applicable: as everywhere -> counts in full",
        "1 Files: note none -> “Mới”",
        "1 Files: source “Quyết định 1” -> “Quyết định 2”",
        "1 Files: place in the source not stated -> “mục 1”",
    ]


def test_two_keys_of_one_label_are_told_by_key() -> None:
    """Where two sources are called alike, their keys tell them apart."""
    sides = [
        edition(
            leaf("1", "Hồ sơ", cite={"source": key}),
            source=[{"key": each, "title": "Quyết định", "status": "illustrative"} for each in ("a", "b")],
        )
        for key in ("a", "b")
    ]
    assert told(diff(*sides)) == ["1 Hồ sơ: căn cứ “a” → “b”"]


def test_items_of_a_block() -> None:
    """An item tells its block, and what counts when it was not observed."""
    blocks = {"block": [{"id": "bonus", "effect": "add", "vi": "Điểm thưởng"}]}
    sides = [
        edition(leaf("1", "Hồ sơ"), leaf("2", "Sáng kiến", block="bonus", rule=rule, **default), **blocks)
        for rule, default in (
            ({"type": "per-unit", "points": 1}, {"default": 0}),
            ({"type": "per-unit", "points": 1}, {"default": {"count": 0}}),
            ({"type": "per-unit", "points": 1}, {"default": {"count": 1}}),
        )
    ]
    assert told(diff(edition(leaf("1", "Hồ sơ"), leaf("2", "Sáng kiến"), **blocks), sides[0]))[1:] == [
        "2 Sáng kiến: thuộc phần điểm chính → “Điểm thưởng”",
        "2 Sáng kiến: khi không có số liệu: không có → 0 điểm",
    ]
    assert told(diff(sides[0], sides[1]), "en") == ["2 Sáng kiến: when not observed: 0 points -> count 0"]
    assert told(diff(sides[1], sides[2]), "en") == ["2 Sáng kiến: when not observed: “count” 0 -> 1"]


def test_a_new_criterion_says_what_it_is() -> None:
    """What is added is told with its maximum, its rule, who answers for it and where it stands."""
    old = [leaf("1", "Hồ sơ"), criterion("a", "Thể chế", None), leaf("a.1", "Văn bản")]
    new = [*old, leaf("b", "Rà soát", 2, parent="a", lead="Sở Tư pháp", rule={"type": "per-unit", "points": 1})]
    words = pi.PerUnit(points=1).in_words(Fraction(2))
    assert between(old, new)[0] == (f"b Rà soát: bổ sung (thuộc a; điểm tối đa 2; {words}; chủ trì “Sở Tư pháp”)")


# The head, policies and the other parts


def test_the_head() -> None:
    """What names the whole is told in words."""
    assert of_head(
        id=("vn.example.district", "vn.example.ward"),
        revision=(1, 2),
        years=([2024], [2025, 2026]),
        unit_kind=("district", "office"),
        completeness=("full", "outline"),
        total=(100, "1/3"),
        titles_verified=(None, False),
    ) == [
        "id vn.example.district -> vn.example.ward",
        "revision 1 -> 2",
        "index years 2024 -> 2025, 2026",
        "units: district -> office",
        "completeness: full -> outline, the known parts only",
        "total 100 -> 1/3 (≈ 0.33) (−299/3)",
        "titles held against the decision: yes -> no",
    ]


def test_policies() -> None:
    """Each policy is told in words, the defaults included."""
    new = {
        "headline": "points",
        "not_applicable": "redistribute",
        "ranked_value": "printed",
        "ranked_within": "group",
        "ties": "dense",
        "print_rounding": {"digits": 3},
        "leaf_rounding": {"digits": 2, "mode": "truncate"},
        "index_cap": "97.5",
        "accept_unequal_maxima": True,
    }
    assert of_head(policy=(None, new)) == [
        "published and ranked by the index -> the points",
        "when not applicable: left out of points and maximum -> its maximum shared by its siblings",
        "ranked by the value exact -> printed",
        "ranked among all units -> each group",
        "ranks after a tie: 1, 2, 2, 4 -> 1, 2, 2, 3",
        "printed with 2 decimals, half away from zero -> 3 decimals, half away from zero",
        "points of criteria: not rounded -> 2 decimals, truncated",
        "index at most: no limit -> 97.5 %",
        "unequal maxima accepted: no -> yes",
    ]


def test_origins() -> None:
    """Origins are compared by key, whatever their order."""
    old = {"a": {"en": "Appraised", "max": 60}, "b": {"en": "Survey", "max": 40}}
    new = {"c": {"en": "Leaders"}, "b": {"en": "Survey", "max": 30, "self_assessed": False}}
    assert of_head(origin=(old, new)) == [
        "origin Appraised: removed (maximum 60)",
        "origin Leaders: added",
        "origin Survey: maximum 40 -> 30 (−10)",
        "origin Survey: self-assessed: yes -> no",
    ]


def test_blocks_and_events() -> None:
    """Blocks and events are told by their labels, by their keys where they have none or other ones."""
    found = of_head(
        block=(
            [{"id": "bonus", "effect": "add", "en": "Bonus"}],
            [{"id": "bonus", "effect": "subtract", "cap": 3, "en": "Extra"}],
        ),
        grade=([{"key": "good", "from": 0}], [{"key": "good", "from": 0}]),
        event=([{"key": "warned"}], [{"key": "warned", "grade_at_most": "good"}, {"key": "praised"}]),
    )
    assert found == [
        "block bonus: title “Bonus” -> “Extra”",
        "block bonus: adds -> subtracts",
        "block bonus: at most no limit -> 3 points",
        "event warned: grade at most no limit -> “good”",
        "event praised: added",
    ]


def test_citations_of_grades() -> None:
    """What an edge rests on is told by the title of the source and the place in it."""
    old = [{"key": "good", "from": 80}]
    new = [{"key": "good", "from": 80, "cite": {"source": "qd-1", "at": "mục 2"}}]
    assert of_head(grade=(old, new)) == [
        "grade good: source none -> “Quyết định 1”",
        "grade good: place in the source not stated -> “mục 2”",
    ]


def test_grades_are_compared_with_their_scope() -> None:
    """A grade is the one of its key for its years and groups, else the next of its key."""
    old = [
        {"key": "good", "from": 80, "en": "Good"},
        {"key": "good", "from": 70, "en": "Good", "groups": ["mountain"]},
        {"key": "fair", "from": 0, "en": "Fair", "years": [2024]},
    ]
    new = [
        {"key": "fair", "from": 0, "en": "Fair"},
        {"key": "good", "from": 85, "en": "Good", "requires": ["no-zero-criterion"]},
        {"key": "good", "from": 75, "en": "Good", "groups": ["mountain"]},
    ]
    assert of_head(grade=(old, new)) == [
        "grade fair (2024) -> fair: years 2024 -> all years",
        "grade Good: from 80 -> 85",
        "grade Good: requires: nothing -> no criterion at zero",
        "grade Good (mountain): from 70 -> 75",
        "grade: order good, good (mountain), fair -> fair, good, good (mountain)",
    ]


def test_sources_are_cited_and_not_repealed() -> None:
    """A source that came or went is told as cited or not; its keys are told in words."""
    one = {"key": "qd-1", "title": "Quyết định 1", "status": "illustrative"}
    old = [one, {"key": "qd-2", "title": "Quyết định 2", "status": "official", "issued": "2020-12-30"}]
    new = [
        {
            "key": "qd-1",
            "title": "Quyết định 1",
            "status": "derived",
            "issuer": "UBND tỉnh",
            "issued": "2024-01-15",
            "url": "https://example.vn",
            "sha256": "0" * 64,
            "retrieved": "2024-02-01",
            "note": "Mới",
        },
        {"key": "qd-3", "title": "Quyết định 3", "status": "official"},
    ]
    assert of_head("vi", source=(old, new)) == [
        "căn cứ Quyết định 2: không còn dẫn (chính thức; ban hành ngày 30/12/2020)",
        "căn cứ Quyết định 1: minh họa → suy ra",
        "căn cứ Quyết định 1: cơ quan ban hành không ghi → “UBND tỉnh”",
        "căn cứ Quyết định 1: ban hành ngày không ghi → 15/01/2024",
        "căn cứ Quyết định 1: địa chỉ không ghi → https://example.vn",
        f"căn cứ Quyết định 1: mã SHA-256 không ghi → {'0' * 64}",
        "căn cứ Quyết định 1: truy cập ngày không ghi → 01/02/2024",
        "căn cứ Quyết định 1: ghi chú không có → “Mới”",
        "căn cứ Quyết định 3: dẫn thêm (chính thức)",
    ]


# What nobody has worded yet


def test_a_key_that_is_not_known_is_told_by_its_name() -> None:
    """A key that the format may get later is compared, and told as the file has it."""
    (delta,) = deltas({"quota": {"share": 1}}, {"quota": 2}, None)
    assert (delta.at.key, delta.old, delta.new) == ("quota", {"share": 1}, 2)
    context = Context(edition(leaf("1")))
    assert worded("criterion", delta, context, context) == (
        Text("quota", "quota"),
        *[Text(side, side) for side in ('{"share": 1}', "2")],
    )


def test_true_is_not_one() -> None:
    """Values that Python takes for equal are told apart as a file writes them."""
    assert [each.at.key for each in deltas({"met": True}, {"met": 1}, None)] == ["met"]


# The whole as text


TREE: Final = [
    criterion("1", "Thể chế", None),
    leaf("1.1", "Hồ sơ", rule=RATIO, lead="A"),
    leaf("1.2", "Văn bản", lead="A"),
    leaf("1.3", "Rà soát", lead="A"),
    leaf("2", "Hài lòng", 2, lead="A"),
]
LATER: Final = [
    criterion("1", "Thể chế", None),
    leaf("1.1", "Hồ sơ", "1.5", rule={**RATIO, "from": "80%"}, lead="B"),
    leaf("1.2", "Văn bản", lead="B"),
    leaf("1.4", "Rà soát", lead="B"),
    leaf("3", "Sáng kiến | ý tưởng", 2, lead="A", rule=RATIO),
]


def whole(lang: Any) -> tuple[Diff, str]:
    """Return a comparison of two small editions, and its text."""
    note = {"vi": "Ghi chú dài " * 9, "en": "A long note " * 9}
    found = diff(
        edition(*TREE, note={"vi": "Cũ", "en": "Old"}), edition(*LATER, edition="2025", years=[2025], note=note)
    )
    return found, found.in_words(lang=lang)


def test_the_text_in_vietnamese() -> None:
    """Changes stand part by part, those of one criterion together, and those that many share in one line."""
    rate = pi.Ratio().in_words(Fraction(2))
    given = pi.Given().in_words(Fraction(2))
    assert whole("vi")[1].splitlines() == [
        "vn.example.district@2024 (bản 1) → vn.example.district@2025 (bản 1)",
        (
            "Bãi bỏ 1 tiêu chí; bổ sung 1 tiêu chí; đổi mã số 1 tiêu chí; đổi điểm tối đa hoặc trọng số của 2 tiêu chí;"
            " đổi cách tính điểm của 1 tiêu chí; 7 thay đổi khác."
        ),
        "",
        "Thông tin chung",
        "  bộ tiêu chí của năm 2024 → 2025",
        "  năm áp dụng 2024 → 2025",
        "",
        "Tiêu chí bãi bỏ",
        f"  2 Hài lòng: điểm tối đa 2; {given}; chủ trì “A”",
        "",
        "Tiêu chí bổ sung",
        f"  3 Sáng kiến | ý tưởng: điểm tối đa 2; {rate}; chủ trì “A”",
        "",
        "Tiêu chí có thay đổi",
        "  1 Thể chế: điểm tối đa 3 (cộng từ bên dưới) → 3,5 (cộng từ bên dưới) (+0,5), theo đó",
        "  1.1 Hồ sơ",
        "      điểm tối đa 1 → 1,5 (+0,5)",
        "      tính điểm từ 0 % → 80 %",
        "  1.3 → 1.4 Rà soát: đổi mã số",
        "  3 tiêu chí (1.1, 1.2, 1.4): chủ trì “A” → “B”",
        "",
        "Ghi chú",
        "  ghi chú (cả bản tiếng Anh):",
        "    − “Cũ”",
        f"    + “{'Ghi chú dài ' * 8}Ghi chú dài”",
    ]


def test_the_text_in_english() -> None:
    """The same in English, with an arrow of plain signs."""
    lines = whole("en")[1].splitlines()
    assert lines[0] == "vn.example.district@2024 (revision 1) -> vn.example.district@2025 (revision 1)"
    assert lines[1] == (
        "1 criterion removed; 1 criterion added; 1 criterion renumbered; 2 criteria with another maximum or weight; "
        "1 criterion with another rule; 7 other changes."
    )
    assert "      counts from 0 % -> 80 %" in lines
    assert "  note (in Vietnamese too):" in lines


def test_a_label_in_one_language_is_told_in_both() -> None:
    """A label that changed in one language only is told in the text of either."""
    found = diff(edition(leaf("1", "Hồ sơ", en="File")), edition(leaf("1", "Hồ sơ", en="Files")))
    assert found.in_words().splitlines()[-1] == "  1 Hồ sơ: tên tiếng Anh “File” → “Files”"
    assert found.in_words().splitlines()[1] == "1 thay đổi khác."
    assert found.in_words(lang="en").splitlines()[1] == "1 other change."


def test_what_is_not_sure_is_never_told_together() -> None:
    """A change that several criteria share keeps its place where it is not sure."""
    names = ["survey", "report", "award"]
    old = [leaf(name, f"Cũ {name}", lead="A") for name in names]
    new = [leaf(name, f"Mới hẳn của {name} khác", lead="B") for name in names]
    assert "3 tiêu chí" not in diff(edition(*old), edition(*new)).in_words()


def test_what_an_outline_lacks_need_not_be_gone() -> None:
    """Where an edition holds the known parts only, it is said that nothing follows from what it lacks."""
    full, outline = edition(leaf("1", "Hồ sơ", 2)), edition(leaf("2", "Báo cáo"), completeness="outline")
    (gone,) = (each for each in diff(full, outline).in_words(lang="en").splitlines() if each.startswith("Note: "))
    assert (
        gone
        == "Note: vn.example.district@2024 holds the known parts only, so a criterion removed here may still exist."
    )
    (new,) = (each for each in diff_markdown(diff(outline, full), "vi").splitlines() if each.startswith("Lưu ý: "))
    assert new == "Lưu ý: vn.example.district@2024 chỉ gồm phần đã biết, nên tiêu chí bổ sung chưa chắc là mới."
    assert diff_document(diff(full, outline), "vi")["completeness"] == {"old": "full", "new": "outline"}
    assert "Note: " not in diff(full, edition(leaf("2", "Báo cáo"))).in_words(lang="en")


# Markdown and JSON


def test_markdown() -> None:
    """Each part is a table; a stroke in a title does not end its cell."""
    lines = diff_markdown(whole("vi")[0], "vi").splitlines()
    assert lines[0] == "# vn.example.district@2024 (bản 1) → vn.example.district@2025 (bản 1)"
    assert lines[lines.index("## Thông tin chung") + 2 :][:3] == [
        "| Nội dung | Cũ | Mới |",
        "| --- | --- | --- |",
        "| bộ tiêu chí của năm | 2024 | 2025 |",
    ]
    added = lines[lines.index("## Tiêu chí bổ sung") + 2 :]
    assert added[0] == "| Tiêu chí | Nội dung |"
    assert added[2].startswith(r"| 3 Sáng kiến \| ý tưởng | điểm tối đa 2; ")
    assert "| 1.1 Hồ sơ | tính điểm từ | 0 % | 80 % |" in lines
    assert "| 1.3 → 1.4 Rà soát | đổi mã số | 1.3 | 1.4 |" in lines
    assert "| 1 Thể chế | điểm tối đa (theo đó) | 3 (cộng từ bên dưới) | 3,5 (cộng từ bên dưới) |" in lines


def test_markdown_of_nothing() -> None:
    """Without differences there is no table."""
    same = edition(leaf("1"))
    assert diff_markdown(diff(same, same), "en").splitlines()[2:] == ["No differences."]


def test_json() -> None:
    """The document holds both identities and every change, with numbers as decimal strings."""
    found, _ = whole("en")
    document = diff_document(found, "en")
    assert list(document) == ["format", "old", "new", "completeness", "lang", "changes"]
    assert document["format"] == "parindex.diff/1"
    by_key = {(each["new_id"], each["key"]): each for each in document["changes"]}
    assert by_key["1.1", "max"] == {
        "kind": "changed",
        "part": "criterion",
        "old_id": "1.1",
        "new_id": "1.1",
        "old_title": {"vi": "Hồ sơ", "en": None},
        "new_title": {"vi": "Hồ sơ", "en": None},
        "key": "max",
        "old": "1",
        "new": "1.5",
        "sure": True,
        "text": "1.1 Hồ sơ: maximum 1 -> 1.5 (+0.5)",
    }
    assert by_key[None, "years"]["new"] == ["2025"]
    assert by_key["3", ""]["new"]["rule"] == {"type": "ratio"}
    assert by_key["3", ""]["old"] is None


def test_json_keeps_truth_values() -> None:
    """A truth value is no number."""
    found = diff(edition(leaf("1", rule=RATIO)), edition(leaf("1", rule={**RATIO, "inverse": True})))
    (change,) = diff_document(found, "vi")["changes"]
    assert (change["old"], change["new"]) == (False, True)


# The command


def test_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints what changed, with exit code 1."""
    names = ["vn.pci.province@2006", "vn.pci.province@2009"]
    assert cli.main(["diff", *names]) == 1
    found = diff(pi.load(names[0]), pi.load(names[1]))
    assert capsys.readouterr().out == diff_text(found, "vi")
    assert cli.main(["diff", *names, "--markdown", "--lang", "en"]) == 1
    assert capsys.readouterr().out == diff_markdown(found, "en")
    assert cli.main(["diff", *names, "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == diff_document(found, "vi")


@pytest.mark.parametrize("option", [[], ["--json"], ["--markdown"]])
def test_command_without_differences(option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing differs the exit code is 0."""
    assert cli.main(["diff", "vn.pci.province@2006", "vn.pci.province@2006", *option]) == 0
    assert capsys.readouterr().err == ""


def test_command_reads_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Either side may be a file."""
    file = tmp_path / "moi.json"
    file.write_text(pi.dumps(pi.load("vn.pci.province@2006")), "utf-8")
    assert cli.main(["diff", "vn.pci.province@2006", str(file)]) == 0
    assert capsys.readouterr().out.endswith("Không có khác biệt.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["vn.pci.province@2006", "vn.pci.province@2009", "--year", "2006"], "--year chooses one edition"),
        (["vn.pci.province", "vn.pci.province@2009"], "vn.pci.province has several editions"),
        (["vn.pci.province@2006", "vn.pci.province@2009", "--json", "--markdown"], "choose --json or --markdown"),
        (["vn.pci.province@2006", "vn.pci.province@2009", "--revision", "7"], "has no revision 7"),
    ],
)
def test_command_refuses(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be meant is told on standard error, with exit code 2 and nothing on standard output."""
    assert cli.main(["diff", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err


def test_revision_is_that_of_the_old_one(capsys: pytest.CaptureFixture[str]) -> None:
    """``--revision`` chooses an earlier revision of the first methodology, so that a correction can be seen."""
    name = "vn.pci.province@2006"
    assert cli.main(["diff", name, name, "--revision", str(pi.load(name).revision)]) == 0
    capsys.readouterr()


def test_a_change_stands_alone() -> None:
    """A change that is made by hand needs no more than its kind and part."""
    change = Change(kind=ChangeKind.REMOVED, part=ChangePart.EVENT, old_id="warned")
    assert change.in_words(lang="en") == "event warned: removed"
