"""What a score means, on cases small enough to be computed by hand; the comments are those computations."""

# mypy: no-strict-equality
# A Fraction equals the whole number it is.

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import pytest

import parindex as pi

Table: TypeAlias = dict[str, Any]
NA = pi.NotApplicable("không phát sinh")


def criterion(criterion_id: str, **keys: Any) -> Table:
    """Return a criterion of the file; a key given as None is left out."""
    whole = {
        "id": criterion_id,
        "vi": f"Tiêu chí {criterion_id}",
        "en": f"Criterion {criterion_id}",
        "cite": {"source": "qd"},
        **keys,
    }
    return {key: value for key, value in whole.items() if value is not None}


def leaf(criterion_id: str, most: object = 10, **keys: Any) -> Table:
    """Return a criterion with given points."""
    return criterion(criterion_id, max=most, **{"rule": {"type": "given"}, **keys})


def read(*criteria: Table, **head: Any) -> pi.Methodology:
    """Return the methodology of such criteria."""
    whole: Table = {
        "format": "parindex.methodology/1",
        "id": "vn.cham",
        "edition": "2024",
        "years": [2024, 2025],
        "unit_kind": "district",
        "completeness": "full",
        "total": 10,
        "title": {"vi": "Chỉ số", "en": "Index"},
        "source": [{"key": "qd", "title": "Quyết định 1", "status": "illustrative"}],
        "criterion": list(criteria),
        **head,
    }
    return pi.parse_methodology(json.dumps(whole, ensure_ascii=False))


def unit(name: str = "A", /, *, facts: Table | None = None, **points: Any) -> pi.Assessment:
    """Return an assessment from points by id, dots written as underscores, or from inputs, or not applicable."""
    observed = {
        key.removeprefix("c").replace("_", "."): value
        if isinstance(value, dict | pi.NotApplicable)
        else {"points": value}
        for key, value in points.items()
    }
    return pi.Assessment(name, observed, **(facts or {}))


def faults(call: Any, *arguments: Any, **options: Any) -> list[str]:
    """Return the faults for which a call is refused."""
    with pytest.raises(pi.ObservationFaults) as caught:
        call(*arguments, **options)
    return [str(fault) for fault in caught.value.exceptions]


# Not applicable


def test_exclude() -> None:
    """Excluded: 68.32 of an applicable 84 prints 81.33."""
    m = read(leaf("1", 84), leaf("2", 16), total=100)
    card = pi.score(m, unit(c1="68.32", c2=NA))
    # 68.32/84 = 0.81333...
    assert (card.points, card.max_points) == (Fraction(6832, 100), 84)
    assert card.index == Fraction(6832, 84)
    assert card.printed_index == Decimal("81.33")
    assert str(card.printed_points) == "68.32"
    assert card["2"].status is pi.Status.NOT_APPLICABLE
    assert (card["2"].points, card["2"].max_points, card["2"].index, card["2"].lost) == (None, None, None, None)
    assert card["2"].reason == "không phát sinh"
    assert card.out_of() == "68,32/84"
    assert card.out_of(lang="en") == "68.32/84"


def test_exclude_all_below_a_node() -> None:
    """A node whose leaves are all excluded is itself excluded."""
    m = read(criterion("1"), leaf("1.1", 2), leaf("1.2", 3), leaf("2", 5))
    card = pi.score(m, unit(c1_1=NA, c1_2=NA, c2=4))
    assert card["1"].status is pi.Status.NOT_APPLICABLE
    assert card["1"].points is None
    assert (card.points, card.max_points, card.index) == (4, 5, 80)


def test_nothing_applies() -> None:
    """Where nothing applies there are no points, no index, no rank and no grade."""
    m = read(leaf("1"), grade=[{"key": "a", "from": 0}])
    card = pi.score(m, unit(c1=NA))
    assert card.status is pi.Status.NOT_APPLICABLE
    assert (card.points, card.max_points, card.index, card.grade, card.bounds) == (None, None, None, None, None)
    assert (card.printed_index, card.printed_points, card.headline) == (None, None, None)
    assert card.out_of() == ""
    assert repr(card) == "<Scorecard 'A' vn.cham@2024 not-applicable>"
    assert pi.score_many(m, [unit(c1=NA)]).rank_list() == (0,)
    assert card.explain() == "A: Chỉ số (vn.cham@2024)\nKhông có tiêu chí nào áp dụng."
    assert card.explain(lang="en").endswith("No criterion applies.")


def test_full_and_zero() -> None:
    """Full gives the maximum, zero gives nothing, and both stay in the maximum."""
    m = read(leaf("1", 4, not_applicable="full"), leaf("2", 4, not_applicable="zero"), leaf("3", 2))
    card = pi.score(m, unit(c1=NA, c2=NA, c3=1))
    assert (card["1"].points, card["2"].points) == (4, 0)
    assert (card.points, card.max_points, card.index) == (5, 10, 50)
    assert card["1"].status is pi.Status.FINAL
    assert "không áp dụng (không phát sinh): tính đủ 4 điểm." in card.explain("1")
    assert "not applicable (không phát sinh): counts 0 points." in card.explain("2", lang="en")


def test_redistribute() -> None:
    """Redistributed: the applicable siblings share the maximum in proportion, and so grow their points."""
    m = read(
        criterion("1"),
        leaf("1.1", 2),
        leaf("1.2", 3),
        leaf("1.3", 1),
        leaf("2", 4),
        policy={"not_applicable": "redistribute"},
    )
    card = pi.score(m, unit(c1_1=1, c1_2=3, c1_3=NA, c2=2))
    # S = 2 + 3 = 5, R = 1, factor 6/5: 1.1 has 1 x 6/5 of 12/5, 1.2 has 18/5 of 18/5; together 24/5 of 6.
    assert (card["1.1"].points, card["1.1"].max_points) == (Fraction(6, 5), Fraction(12, 5))
    assert (card["1.2"].points, card["1.2"].max_points) == (Fraction(18, 5), Fraction(18, 5))
    assert (card["1"].points, card["1"].max_points) == (Fraction(24, 5), 6)
    assert (card["1.1"].awarded, card["1.1"].factor) == (1, Fraction(6, 5))
    assert (card["1"].factor, card["1"].awarded) == (1, None)
    # 24/5 + 2 = 6.8 of 10
    assert (card.points, card.max_points, card.index) == (Fraction(34, 5), 10, 68)
    assert card["1.1"].index == 50
    assert card["1.1"].lost == Fraction(6, 5)
    told = card.explain("1.1")
    assert "1 × 1,2 = 1,20 điểm" in told
    assert "2 × 1,2 = 2,40" in told
    assert "chia lại" in told
    assert "redistributed, factor 1.2" in card.explain("1.1", lang="en")
    assert "chia lại cho các tiêu chí cùng cấp" in card.explain("1.3")
    assert "shared among its siblings in proportion" in card.explain("1.3", lang="en")
    assert "(5 + 1)/5 = 1,2" in card.explain("1")
    assert "(5 + 1)/5 = 1.2" in card.explain("1", lang="en")


def test_redistribute_rises() -> None:
    """With no applicable sibling the maximum rises to the parent's siblings."""
    m = read(
        criterion("1"),
        leaf("1.1", 1),
        leaf("1.2", 2),
        leaf("2", 4),
        leaf("3", 3),
        policy={"not_applicable": "redistribute"},
    )
    card = pi.score(m, unit(c1_1=NA, c1_2=NA, c2=2, c3=3))
    # 3 points rise to 2 and 3: factor (7 + 3)/7 = 10/7; 5 x 10/7 = 50/7 of 10.
    assert card["1"].status is pi.Status.NOT_APPLICABLE
    assert card["2"].points == Fraction(20, 7)
    assert card["3"].max_points == Fraction(30, 7)
    assert (card.points, card.max_points) == (Fraction(50, 7), 10)
    assert card.index == Fraction(500, 7)


def test_redistribute_on_two_levels() -> None:
    """Factors of several levels multiply."""
    m = read(criterion("1"), leaf("1.1", 2), leaf("1.2", 2), leaf("2", 6), policy={"not_applicable": "redistribute"})
    card = pi.score(m, unit(c1_1=1, c1_2=NA, c2=NA))
    # Within 1: (2 + 2)/2 = 2; above: (4 + 6)/4 = 5/2; 1.1 has 1 x 2 x 5/2 = 5 of 10.
    assert card["1.1"].factor == 5
    assert (card["1.1"].points, card["1.1"].max_points) == (5, 10)
    assert (card["1"].points, card["1"].max_points) == (5, 10)
    assert card.index == 50
    assert "2,5" in card.explain("1")
    assert "times the factor from above" in card.explain("1", lang="en")


def test_redistribute_beside_exclude() -> None:
    """What siblings exclude is out before the rest is redistributed."""
    m = read(leaf("1", 2, not_applicable="redistribute"), leaf("2", 3, not_applicable="exclude"), leaf("3", 5))
    card = pi.score(m, unit(c1=NA, c2=NA, c3=3))
    # S = 5, R = 2: 3 x 7/5 = 21/5 of 7.
    assert (card.points, card.max_points, card.index) == (Fraction(21, 5), 7, 60)


def test_redistribute_without_anyone() -> None:
    """Where nobody is left to take the maximum, nothing applies."""
    m = read(criterion("1"), leaf("1.1", 10), policy={"not_applicable": "redistribute"})
    assert pi.score(m, unit(c1_1=NA)).status is pi.Status.NOT_APPLICABLE


def test_redistribute_to_siblings_without_a_maximum() -> None:
    """Siblings whose maxima are all 0 take nothing, and what is redistributed rises past them."""
    m = read(criterion("1"), leaf("1.1", 4), leaf("1.2", 0), leaf("2", 6), policy={"not_applicable": "redistribute"})
    card = pi.score(m, unit(c1_1=NA, c1_2=0, c2=3))
    # S = 0 in 1, so 4 rises: (6 + 4)/6; 3 x 5/3 = 5 of 10.
    assert (card.points, card.max_points) == (5, 10)
    assert card["1"].index is None


def test_empty_denominator_that_does_not_apply() -> None:
    """An empty denominator that means not applicable is excluded, and the explanation says why."""
    m = read(leaf("1", rule={"type": "ratio", "zero_total": "not-applicable"}), leaf("2", 90), total=100)
    card = pi.score(m, unit(c1={"done": 0, "total": 0}, c2=45))
    assert (card.max_points, card.index) == (90, 50)
    assert "tổng số bằng 0" in card.explain("1")
    assert "loại khỏi điểm và điểm tối đa (10 điểm)" in card.explain("1")
    assert "left out of points and maximum (10 points)" in card.explain("1", lang="en")


def test_leaf_rounding_comes_before_scaling() -> None:
    """Leaf points are rounded before redistribution multiplies them, and nothing is rounded again."""
    m = read(
        leaf("1", 6, rule={"type": "ratio"}),
        leaf("2", 4, not_applicable="redistribute"),
        policy={"leaf_rounding": {"digits": 1, "mode": "truncate"}},
    )
    card = pi.score(m, unit(c1={"done": 1, "total": 7}, c2=NA))
    # 6/7 = 0.857..., truncated 0.8; x 10/6 = 4/3
    assert (card["1"].awarded, card["1"].points) == (Fraction(4, 5), Fraction(4, 3))
    assert card.index == Fraction(40, 3)
    assert "làm tròn đến 1 chữ số thập phân (cắt bỏ phần dư): 0,8" in card.explain("1")
    assert "rounded to 1 decimals (truncated): 0.8" in card.explain("1", lang="en")


def test_unknown_maximum_cannot_be_dropped() -> None:
    """Not applicable beside or below an unknown maximum is refused."""
    m = read(
        criterion("1", max=5),
        criterion("1.1", max="unknown"),
        criterion("1.2", max=2),
        criterion("2", max=5),
        completeness="outline",
    )
    message = "an unknown maximum stands above or beside it, so it cannot be left out as not applicable"
    assert faults(pi.score, m, unit(c1_1=1, c1_2=NA, c2=1)) == [f"unit 'A', 1.2: {message}"]
    assert pi.score(m, unit(c1_1=1, c1_2=1, c2=NA)).max_points == 5
    none = read(criterion("1", max=5), completeness="outline", total="unknown", policy={"headline": "points"})
    assert faults(pi.score, none, unit(c1=NA)) == [f"unit 'A', 1: {message}"]


def test_unknown_maximum_has_points_and_no_index() -> None:
    """Below an unknown maximum there are points, and the node's own maximum counts above."""
    m = read(criterion("1", max=4), criterion("1.1", max="unknown"), criterion("2", max=6), completeness="outline")
    card = pi.score(m, unit(c1_1=3, c2=6))
    assert (card["1.1"].points, card["1.1"].max_points, card["1.1"].index, card["1.1"].lost) == (3, None, None, None)
    assert (card["1"].points, card["1"].max_points, card["1"].index) == (3, 4, 75)
    assert card.index == 90
    assert "(điểm tối đa chưa biết)" in card.explain("1.1")
    assert "(maximum unknown)" in card.explain("1.1", lang="en")
    assert "Bộ tiêu chí chỉ có phần đã biết." in card.explain()


def test_unknown_total() -> None:
    """With an unknown total there are points and ranks, and no index."""
    m = read(
        criterion("1", max="unknown"),
        criterion("2", max=5),
        completeness="outline",
        total="unknown",
        policy={"headline": "points"},
    )
    card = pi.score(m, unit(c1=45, c2="5"))
    assert (card.points, card.max_points, card.index, card.headline) == (50, None, None, 50)
    assert card.out_of() == "50,00/?"
    assert repr(card) == "<Scorecard 'A' vn.cham@2024 50.00>"
    assert "Chỉ số: không tính được, điểm tối đa chưa biết." in card.explain()
    assert "Index: does not exist, the maximum is unknown." in card.explain(lang="en")
    board = pi.score_many(m, [unit("A", c1=45, c2=5), unit("B", c1=46, c2=5)])
    assert board.rank_list() == (2, 1)
    assert board.rank_list("1") == (2, 1)
    assert board.mean("1") == Fraction(91, 2)
    assert board.printed_index == (None, None)
    assert board.printed_index_scaled.tolist() == [-1, -1]
    assert np.isnan(board.index_float).all()


# Blocks, caps and floors

BLOCKS = [
    {"id": "bonus", "vi": "Điểm thưởng", "effect": "add", "cap": 3},
    {"id": "malus", "effect": "subtract", "cap": 4},
]


def block_methodology(**head: Any) -> pi.Methodology:
    """Return a base of 80 and 20 with a bonus of at most 3 and a malus of at most 4."""
    return read(
        leaf("1", 80),
        leaf("2", 20),
        leaf("b1", 2, block="bonus"),
        leaf("b2", 2, block="bonus", default=1),
        criterion("m", block="malus"),
        leaf("m.1", 9, rule={"type": "per-unit", "points": 1}, default={"count": 0}),
        **{"total": 100, "block": BLOCKS, **head},
    )


def test_blocks_are_capped() -> None:
    """Added and subtracted points are held by their caps, and a bonus is worth its points whatever was excluded."""
    m = block_methodology()
    card = pi.score(m, unit(c1=40, c2=NA, b1=2, b2=2, m_1={"count": 5}))
    # added min(4, 3) = 3, subtracted min(5, 4) = 4; points 40 + 3 - 4 = 39 of 80;
    # index 100 x 40/80 + 100 x (3 - 4)/100 = 49
    assert (card.points, card.max_points, card.base_points, card.index) == (39, 80, 40, 49)
    assert [(each.id, each.points, each.counted) for each in card.blocks] == [("bonus", 4, 3), ("malus", 5, 4)]
    told = card.explain()
    assert "Điểm thưởng: cộng 3 (tổng 4, không quá 3)." in told
    assert "malus: trừ 4 (tổng 5, không quá 4)." in told
    assert "Điểm sau cộng, trừ: 40 + 3 − 4 = 39,00 điểm." in told
    assert "100 × 40/80 − 100 × 1/100 = 49,00 %" in told
    english = card.explain(lang="en")
    assert "malus: subtracted 4 (in all 5, at most 4)." in english
    assert "Điểm thưởng: added 3 (in all 4, at most 3)." in english
    assert "Points after the blocks: 40 + 3 − 4 = 39.00 points." in english
    assert "(applicable maximum 80 of 100)" in english


def test_block_defaults() -> None:
    """Items of a block need not be typed: a default of points, or of inputs, stands in, and says so."""
    card = pi.score(block_methodology(), unit(c1=40, c2=10, b1=0))
    assert [(each.id, each.points, each.counted) for each in card.blocks] == [("bonus", 1, 1), ("malus", 0, 0)]
    assert (card.points, card.index) == (51, 51)
    assert "không ghi nhận nên lấy mặc định: 1,00 điểm (tối đa 2)." in card.explain("b2")
    assert "not observed, by default: 1.00 points (maximum 2)." in card.explain("b2", lang="en")
    assert card["m.1"].points == 0
    assert card["m"].points == 0


def test_block_item_not_applicable_is_zero() -> None:
    """A block item that is not applicable counts 0, whatever the policy."""
    card = pi.score(block_methodology(), unit(c1=40, c2=10, b1=NA, b2=NA))
    assert card["b1"].points == 0
    assert card.points == 50
    assert "tính 0 điểm" in card.explain("b1")


@pytest.mark.parametrize(("cap", "index", "told"), [(None, 103, None), (100, 100, "không quá 100 %: 100,00 %")])
def test_index_cap(cap: int | None, index: int, told: str | None) -> None:
    """The index is held at the cap, if there is one; the points are not."""
    m = block_methodology(policy={} if cap is None else {"index_cap": cap})
    card = pi.score(m, unit(c1=80, c2=20, b1=2, b2=2))
    assert (card.points, card.index) == (103, index)
    assert told is None or told in card.explain()


def test_index_floor() -> None:
    """The index is never below 0, and the explanation says so."""
    card = pi.score(block_methodology(), unit(c1=0, c2=1, b1=0, b2=0, m_1={"count": 4}))
    # 1 + 0 - 4 = -3
    assert (card.points, card.index) == (-3, 0)
    assert "không dưới 0 %: 0,00 %" in card.explain()
    assert "at least 0 %: 0.00 %" in card.explain(lang="en")


# Grades

GRADES = [
    {"key": "tot", "vi": "Tốt", "en": "Good", "from": 80, "requires": ["no-zero-criterion"]},
    {"key": "kha", "vi": "Khá", "en": "Fair", "from": 60},
    {"key": "yeu", "vi": "Yếu", "en": "Weak", "from": 30},
]
EVENTS = [
    {"key": "khien-trach", "vi": "Bị khiển trách", "grade_at_most": "kha"},
    {"key": "ky-luat", "grade_at_most": "yeu"},
    {"key": "khen"},
]


def grade_of(points: object, **facts: Any) -> str:
    """Return the grade of so many points of 10, all criteria above zero."""
    m = read(leaf("1", 9), leaf("2", 1), grade=GRADES, event=EVENTS)
    card = pi.score(m, pi.Assessment("A", {"1": {"points": points}, "2": {"points": 1}}, **facts))
    assert card.grade is not None
    return card.grade.key


@pytest.mark.parametrize(
    ("points", "key"),
    [
        (9, "tot"),
        (7, "tot"),
        ("6.9995", "tot"),
        ("6.9994", "kha"),
        (5, "kha"),
        ("4.99", "yeu"),
        (2, "yeu"),
        ("1.99", "none"),
        (0, "none"),
    ],
)
def test_grade_of_the_printed_figure(points: object, key: str) -> None:
    """The grade is the first band whose edge the printed figure reaches: 79.995 prints 80.00."""
    assert grade_of(points) == key


@pytest.mark.parametrize(
    ("events", "key"),
    [
        ([], "tot"),
        (["khen"], "tot"),
        (["khien-trach"], "kha"),
        (["ky-luat", "khien-trach"], "yeu"),
        (["khien-trach", "khen"], "kha"),
    ],
)
def test_events_limit_the_grade(events: list[str], key: str) -> None:
    """The strictest limit of the events caps the grade."""
    assert grade_of(9, events=events) == key


def test_limit_above_the_grade_changes_nothing() -> None:
    """A limit above the grade earned changes nothing."""
    assert grade_of(2, events=["khien-trach"]) == "yeu"


def test_events_never_change_points() -> None:
    """An event limits the grade and never the points, and the explanation names it."""
    m = read(leaf("1"), grade=GRADES, event=EVENTS)
    card = pi.score(m, unit(c1=9, facts={"events": ["khien-trach"]}))
    assert (card.points, card.index) == (9, 90)
    assert card.grade is not None
    assert card.earned_grade is not None
    assert (card.grade.key, card.earned_grade.key) == ("kha", "tot")
    assert "Xếp loại: Khá (90,00 ≥ 80; lẽ ra Tốt, bị giới hạn vì: Bị khiển trách)." in card.explain()
    assert "would be Good, limited by: Bị khiển trách" in card.explain(lang="en")


def test_unknown_event() -> None:
    """An event that is not declared is refused with the near miss."""
    m = read(leaf("1"), grade=GRADES, event=EVENTS)
    assert faults(pi.score, m, unit(c1=9, facts={"events": ["khien-trac"]})) == [
        "unit 'A': the event 'khien-trac' is not declared; did you mean 'khien-trach'?"
    ]


def test_no_zero_criterion() -> None:
    """A criterion of the second level, or a leaf above it, with exactly 0 points keeps from a grade that forbids it."""
    m = read(
        criterion("1"),
        criterion("1.1"),
        leaf("1.1.1", 4),
        leaf("1.1.2", 4),
        leaf("2", 2),
        grade=GRADES,
        block=BLOCKS[:1],
    )
    fine = pi.score(m, unit(c1_1_1=0, c1_1_2=4, c2=2))
    assert fine.grade is not None
    assert fine.grade.key == "kha"  # 6 of 10
    good = pi.score(m, unit(c1_1_1=4, c1_1_2=4, c2=0))
    assert good.grade is not None
    assert good.index == 80
    assert good.grade.key == "kha"  # 2 is a leaf of the first level with 0 points
    assert "không được Tốt vì có tiêu chí 0 điểm: 2" in good.explain()
    assert "not Good, since criteria have 0 points: 2" in good.explain(lang="en")
    third = read(criterion("1"), criterion("1.1"), leaf("1.1.1", 2), leaf("1.1.2", 8), grade=GRADES)
    card = pi.score(third, unit(c1_1_1=0, c1_1_2=8))
    assert card.grade is not None
    assert card.grade.key == "tot"  # 1.1.1 is of the third level


def test_no_zero_criterion_looks_at_what_applies() -> None:
    """A criterion that does not apply, or stands in a block, is no zero criterion."""
    m = read(leaf("1", 8), leaf("2", 2), leaf("b", 1, block="bonus", default=0), grade=GRADES, block=BLOCKS[:1])
    card = pi.score(m, unit(c1=8, c2=NA))
    assert card.grade is not None
    assert card.grade.key == "tot"


def test_no_band_is_met() -> None:
    """Below all bands the grade is none, and the card says why; without grades it is null."""
    m = read(leaf("1"), grade=GRADES)
    card = pi.score(m, unit(c1=1))
    assert card.grade is not None
    assert card.grade.key == "none"
    assert "Xếp loại: Không xếp loại (10,00 không đạt mức nào, mức thấp nhất từ 30)." in card.explain()
    assert "Grade: No grade (10.00 meets no band, the lowest is from 30)." in card.explain(lang="en")
    assert pi.score(read(leaf("1")), unit(c1=1)).grade is None


def test_limit_leaves_none_as_it_is() -> None:
    """An event gives no grade to a unit that has none."""
    m = read(leaf("1"), grade=GRADES, event=EVENTS)
    card = pi.score(m, unit(c1=1, facts={"events": ["ky-luat"]}))
    assert card.grade is not None
    assert card.grade.key == "none"


def test_grade_of_headline_points() -> None:
    """With headline points the printed points find the grade."""
    m = read(leaf("1", 200), total=200, grade=GRADES, policy={"headline": "points", "not_applicable": "zero"})
    card = pi.score(m, unit(c1=90))
    assert card.grade is not None
    assert (card.grade.key, card.index, card.headline) == ("tot", 45, 90)


YEARLY = [
    {"key": "tot", "from": 80, "years": [2024]},
    {"key": "kha", "from": 0, "years": [2024]},
    {"key": "dat", "from": 50, "years": [2025]},
]


def test_grades_by_year() -> None:
    """Where grades differ by year, the year or the period chooses; otherwise it is an error."""
    m = read(leaf("1"), grade=YEARLY)
    assert [
        grade.key
        for grade in (
            pi.score(m, unit(c1=6), year=2024).grade,
            pi.score(m, unit(c1=6), year=2025).grade,
            pi.score(m, unit(c1=6, facts={"period": "2024-Q4"})).grade,
            pi.score(m, unit(c1=6, facts={"period": "2024"}), year=2025).grade,
        )
        if grade is not None
    ] == ["kha", "dat", "kha", "dat"]
    message = "its grades differ by year: state year= or a period, one of 2024, 2025"
    assert faults(pi.score, m, unit(c1=6)) == [f"year: {message}"]
    assert faults(pi.score_many, m, [unit("A", c1=6), unit("B", c1=6)]) == [f"year: {message}"]
    assert pi.score_many(m, [unit(c1=6)], year=2025).grades[0] == m.grades[2]
    assert pi.score(m, unit(c1=6), year=2025).year == 2025


def test_year_without_grades() -> None:
    """A year without a list gives no grade."""
    assert pi.score(read(leaf("1"), grade=YEARLY[:2]), unit(c1=6), year=2025).grade is None


def test_grades_by_group() -> None:
    """Grades may differ by group of units."""
    grades = [{"key": "tot", "from": 50, "groups": ["vùng núi"]}, {"key": "tot", "from": 80, "groups": ["đồng bằng"]}]
    m = read(leaf("1"), grade=grades)
    assert m.errors == ()
    found = [pi.score(m, unit(c1=6, facts={"group": group})).grade for group in ("vùng núi", "đồng bằng")]
    assert [grade.key for grade in found if grade is not None] == ["tot", "none"]
    assert faults(pi.score, m, unit(c1=6)) == ["unit 'A': needs a group, expected one of vùng núi, đồng bằng"]


# Groups and origins


def test_applies_to() -> None:
    """A criterion of some groups does not exist elsewhere."""
    m = read(leaf("1", 6), leaf("2", 4, applies_to=["sở"]), leaf("3", 4, applies_to=["huyện"]))
    card = pi.score(m, unit(c1=6, c2=1, facts={"group": "sở"}))
    assert set(card.nodes) == {"1", "2"}
    assert card.index == 70
    assert faults(pi.score, m, unit(c1=6, c2=1, facts={"group": "huyện"})) == [
        "unit 'A', 2: does not exist for units of group 'huyện'",
        "unit 'A', 3:points: is missing",
    ]
    told = faults(pi.score, m, unit(c1=6, facts={"group": "huyên"}))
    assert told == [
        (
            "unit 'A': the criteria for group 'huyên' do not add up to the total, expected one of sở, huyện; "
            "did you mean 'huyện'?"
        )
    ]
    with pytest.raises(pi.CatalogError, match=r"the card of 'A' has no node '3'$"):
        card["3"]
    board = pi.score_many(
        m, [unit("A", c1=6, c2=1, facts={"group": "sở"}), unit("B", c1=6, c3=2, facts={"group": "huyện"})]
    )
    assert board.points("2") == (1, None)
    assert board.component_index("2") == (25, None)
    assert board.rank_list("2") == (1, 0)


def test_by_origin() -> None:
    """Points by origin partition the base a second time; redistributed points belong to who received them."""
    m = read(
        leaf("1", 6, origin="td"),
        leaf("2", 2, origin="xh", not_applicable="redistribute"),
        leaf("3", 2, origin="xh"),
        leaf("b", 1, block="bonus", origin="td", default=1),
        origin={"td": {"max": 6}, "xh": {"max": 4}},
        block=BLOCKS[:1],
    )
    card = pi.score(m, unit(c1=3, c2=NA, c3=1))
    # factor (8 + 2)/8 = 5/4
    assert (card.by_origin["td"].points, card.by_origin["td"].max_points) == (Fraction(15, 4), Fraction(15, 2))
    assert (card.by_origin["xh"].points, card.by_origin["xh"].max_points) == (Fraction(5, 4), Fraction(5, 2))
    assert card.by_origin["xh"].index == 50
    assert card.base_points == 5


def test_by_origin_with_an_unknown_maximum() -> None:
    """Where a maximum is unknown the origin's own stands."""
    m = read(
        criterion("1", max="unknown", origin="td"),
        completeness="outline",
        origin={"td": {"max": 8}},
        total="unknown",
        policy={"headline": "points"},
    )
    assert pi.score(m, unit(c1=4)).by_origin["td"] == pi.OriginScore(points=Fraction(4), max_points=Fraction(8))


def test_origin_of_which_nothing_applies() -> None:
    """An origin of which nothing applies has no ratio."""
    m = read(leaf("1", 6, origin="td"), leaf("2", 4, origin="xh"), origin={"td": {}, "xh": {}})
    card = pi.score(m, unit(c1=3, c2=NA))
    assert card.by_origin["xh"].points == 0
    assert card.by_origin["xh"].index is None


# Partial cards and stages


def test_missing_is_an_error() -> None:
    """A card with missing leaves is an error that lists all of them, in all units."""
    m = read(leaf("1", 5), leaf("2", 5, rule={"type": "ratio"}))
    assert faults(pi.score_many, m, [unit("A", c2={"done": 1}), unit("B", c1=1)]) == [
        "unit 'A', 1:points: is missing",
        "unit 'A', 2:total: is missing",
        "unit 'B', 2:done: is missing",
        "unit 'B', 2:total: is missing",
    ]


def test_partial_card() -> None:
    """With partial the card is provisional and has bounds over all that may still come."""
    m = read(
        criterion("1"), leaf("1.1", 4), leaf("1.2", 4), leaf("2", 2, rule={"type": "given", "lowest": 1}), grade=GRADES
    )
    card = pi.score(m, unit(c1_1=3, c1_2=2), partial=True)
    assert card.status is pi.Status.PROVISIONAL
    # 5 + 1 to 5 + 2, of 10
    assert card.bounds == pi.Bounds(points=(Fraction(6), Fraction(7)), index=(Fraction(60), Fraction(70)), tight=True)
    assert (card.points, card.index, card.grade, card.by_origin) == (None, None, None, {})
    assert card["1"].points == 5
    assert card["1"].status is pi.Status.FINAL
    assert card["2"].status is pi.Status.PROVISIONAL
    assert card.explain("2").startswith("2 Tiêu chí 2: chưa đủ số liệu, có thể được từ 1 đến 2 điểm.")
    assert "not known yet, between 1 and 2 points." in card.explain("2", lang="en")
    assert card.explain() == (
        "A: Chỉ số (vn.cham@2024)\nTạm tính: chưa đủ số liệu.\nĐiểm: từ 6,00 đến 7,00.\nChỉ số: từ 60,00 đến 70,00."
    )
    assert "Provisional: not everything is known yet." in card.explain(lang="en")
    assert repr(card) == "<Scorecard 'A' vn.cham@2024 provisional>"
    board = pi.score_many(m, [unit("A", c1_1=3, c1_2=2), unit("B", c1_1=0, c1_2=0, c2=1)], partial=True)
    assert board.rank_list() == (0, 1)
    assert board.mean() == 10
    assert board.status == (pi.Status.PROVISIONAL, pi.Status.FINAL)


def test_inner_node_with_an_open_leaf() -> None:
    """A node above a missing leaf is provisional too."""
    m = read(criterion("1"), leaf("1.1", 4), leaf("1.2", 4), leaf("2", 2))
    card = pi.score(m, unit(c1_1=3, c2=1), partial=True)
    assert card["1"].points is None
    assert "chưa đủ số liệu." in card.explain("1")
    assert "not all of it is known yet." in card.explain("1", lang="en")
    assert card["2"].points == 1


def test_bounds_of_a_leaf_that_may_not_apply() -> None:
    """A missing leaf that may turn out not applicable counts both ways."""
    m = read(leaf("1", 5, rule={"type": "ratio", "zero_total": "not-applicable"}), leaf("2", 5))
    card = pi.score(m, unit(c2=4), partial=True)
    # Applying: 4 to 9 of 10, 40 to 90; not applying: 4 of 5, 80.
    assert card.bounds == pi.Bounds(points=(Fraction(4), Fraction(9)), index=(Fraction(40), Fraction(90)), tight=True)
    low = pi.score(m, unit(c2=5), partial=True)
    # Applying: 5 to 10, 50 to 100; not applying: 5 of 5, 100.
    assert low.bounds == pi.Bounds(points=(Fraction(5), Fraction(10)), index=(Fraction(50), Fraction(100)), tight=True)


@pytest.mark.parametrize(("policy", "low"), [("full", 5), ("zero", 4)])
def test_bounds_of_a_leaf_that_counts_where_it_does_not_apply(policy: str, low: int) -> None:
    """A missing leaf that would count in full, or as zero, where it does not apply stays in the maximum."""
    rule = {"type": "bands", "zero_total": "not-applicable", "bands": [{"from": "50%", "points": 5}, {"points": 1}]}
    m = read(leaf("1", 5, rule=rule, not_applicable=policy), leaf("2", 5))
    card = pi.score(m, unit(c2=4), partial=True)
    # The bands give 1 or 5, in full it is 5, as zero 0; plus 4.
    assert card.bounds is not None
    assert card.bounds.points == (Fraction(low), Fraction(9))


def test_bounds_of_a_default() -> None:
    """A block item observed in part only may still come to its default, or to anything its rule gives."""
    rule = {"type": "levels", "levels": [{"key": "a", "points": 1}, {"key": "b", "points": 2}]}
    m = read(leaf("1"), leaf("b", 2, block="bonus", rule={"type": "ratio"}, default=1), block=BLOCKS[:1])
    card = pi.score(m, unit(c1=5, b={"done": 1}), partial=True)
    assert card.bounds is not None
    assert card.bounds.points == (Fraction(5), Fraction(7))
    chosen = read(leaf("1"), leaf("b", 2, block="bonus", rule=rule, default=2), block=BLOCKS[:1])
    assert pi.score(chosen, unit(c1=5)).points == 7


def test_bounds_with_redistribution() -> None:
    """While something may still be redistributed, nothing of the base is final."""
    m = read(
        leaf("1", 5, rule={"type": "ratio", "zero_total": "not-applicable"}, not_applicable="redistribute"),
        leaf("2", 5),
        leaf("b", 1, block="bonus"),
        block=BLOCKS[:1],
    )
    card = pi.score(m, unit(c2=4, b=1), partial=True)
    # Applying: 4 to 9, plus 1; not applying: 4 x 2 = 8 of 10, plus 1.
    assert card.bounds == pi.Bounds(points=(Fraction(5), Fraction(10)), index=(Fraction(50), Fraction(100)), tight=True)
    assert card["2"].status is pi.Status.PROVISIONAL
    assert card["b"].points == 1


@pytest.mark.parametrize("policy", ["exclude", "redistribute"])
def test_bounds_of_many_leaves_that_may_not_apply(policy: str) -> None:
    """With more such leaves than are tried one by one, the bounds still hold, and say so where they are wide."""
    many = [leaf(f"{number}", 1, rule={"type": "ratio", "zero_total": "not-applicable"}) for number in range(1, 10)]
    m = read(*many, leaf("10", 1), policy={"not_applicable": policy})
    card = pi.score(m, unit(c10="0.5"), partial=True)
    assert card.bounds is not None
    # Least index: all nine apply with 0, 0.5 of 10 = 5; greatest: all nine in full, 9.5 of 10 = 95.
    low, high = card.bounds.index
    assert low is not None
    assert high is not None
    if policy == "exclude":
        assert (low, high, card.bounds.tight) == (5, 95, True)
    else:
        assert low <= 5
        assert high >= 95
        assert not card.bounds.tight
        assert "Khoảng này có thể rộng hơn thực tế." in card.explain()


def test_bounds_with_a_block_that_subtracts() -> None:
    """The sign of a block counts in the bounds."""
    m = read(leaf("1"), leaf("m", 2, block="malus"), block=BLOCKS[1:])
    card = pi.score(m, unit(c1=5), partial=True)
    assert card.bounds == pi.Bounds(points=(Fraction(3), Fraction(5)), index=(Fraction(30), Fraction(50)), tight=True)


def test_bounds_of_an_unknown_maximum() -> None:
    """A missing leaf of unknown maximum has no greatest points."""
    m = read(
        criterion("1", max="unknown"),
        criterion("2", max=5),
        completeness="outline",
        total="unknown",
        policy={"headline": "points"},
    )
    card = pi.score(m, unit(c2=5), partial=True)
    assert card.bounds == pi.Bounds(points=(Fraction(5), None), index=(None, None), tight=False)
    assert "Điểm: từ 5,00 đến ?." in card.explain()
    assert "có thể được từ 0 đến không rõ điểm" in card.explain("1")


def test_self_assessment_leaves_out_others() -> None:
    """At stage self, origins that are not self-assessed are not asked for, and the card is provisional."""
    m = read(leaf("1", 6, origin="td"), leaf("2", 4, origin="xh"), origin={"td": {}, "xh": {"self_assessed": False}})
    card = pi.score(m, unit(c1=3, facts={"stage": "self"}))
    assert card.status is pi.Status.PROVISIONAL
    assert card.bounds == pi.Bounds(points=(Fraction(3), Fraction(7)), index=(Fraction(30), Fraction(70)), tight=True)
    assert faults(pi.score, m, unit(c2=3, facts={"stage": "self"})) == [
        "unit 'A', 1:points: is missing",
        "unit 'A', 2: is not self-assessed (origin xh): leave it out at stage self",
    ]
    assert faults(pi.score, m, unit(c1=3, facts={"stage": "appraised"})) == ["unit 'A', 2:points: is missing"]


# Many units

RELATIVE = {"type": "relative", "low": "10%"}


def test_relative_compares_all() -> None:
    """A relative rule gives the worst its low share, the best its high one, and the rest in proportion."""
    m = read(leaf("1", rule=RELATIVE))
    values = {"A": 20, "B": 30, "C": 25}
    board = pi.score_many(m, [unit(name, c1={"value": value}) for name, value in values.items()])
    # low 10 %: A 1, B 10, C (0.1 + 0.9/2) x 10 = 5.5
    assert board.points() == (1, 10, Fraction(11, 2))
    assert board.rank_list() == (3, 1, 2)
    told = board.card("C").explain("1")
    assert "giá trị 25, thấp nhất là 20, cao nhất là 30 trong 3 đơn vị" in told


def test_relative_alone() -> None:
    """One unit alone cannot be compared: the error names score_many."""
    m = read(leaf("1", rule=RELATIVE))
    with pytest.raises(pi.PopulationError, match=r"criterion 1 .*score_many"):
        pi.score(m, unit(c1={"value": 20}))
    card = pi.score(m, unit(), partial=True)
    assert card.bounds == pi.Bounds(points=(Fraction(1), Fraction(10)), index=(Fraction(10), Fraction(100)), tight=True)


def test_relative_counts_the_unranked_and_skips_what_does_not_apply() -> None:
    """Unranked units are compared too; units to which the leaf does not apply are not."""
    m = read(leaf("1", 5, rule={"type": "relative"}), leaf("2", 5))
    board = pi.score_many(
        m,
        [
            unit("A", c1={"value": 10}, c2=5, facts={"unranked": "sáp nhập"}),
            unit("B", c1={"value": 0}, c2=5),
            unit("C", c1={"value": 5}, c2=5),
            unit("D", c1=NA, c2=1),
        ],
    )
    assert board.points("1") == (5, 0, Fraction(5, 2), None)
    assert board.rank_list() == (0, 2, 1, 3)


def test_relative_while_a_value_is_missing() -> None:
    """While one unit lacks its value, every leaf of the rule is open."""
    m = read(leaf("1", 5, rule=RELATIVE), leaf("2", 5))
    board = pi.score_many(m, [unit("A", c1={"value": 10}, c2=5), unit("B", c2=5)], partial=True)
    assert board.status == (pi.Status.PROVISIONAL, pi.Status.PROVISIONAL)
    bounds = board.cards[0].bounds
    assert bounds is not None
    # 5 x 10 % = 0.5 to 5, plus 5
    assert bounds.points == (Fraction(11, 2), 10)


def test_relative_within_groups() -> None:
    """A relative rule within groups compares each group with itself."""
    m = read(leaf("1", rule={"type": "relative", "within": "group"}))
    board = pi.score_many(
        m,
        [
            unit(name, c1={"value": value}, facts={"group": group})
            for name, value, group in [("A", 1, "x"), ("B", 3, "x"), ("C", 9, "y")]
        ],
    )
    assert board.points() == (0, 10, 10)
    assert faults(pi.score_many, m, [unit("A", c1={"value": 1})]) == ["unit 'A': needs a group"]


def test_a_unit_twice() -> None:
    """A unit that stands twice is an error."""
    m = read(leaf("1"))
    assert faults(pi.score_many, m, [unit("A", c1=1), unit("B", c1=1), unit(" A ", c1=2)]) == ["unit 'A': stands twice"]


@pytest.mark.parametrize(("ties", "ranks"), [("competition", (3, 1, 1, 4)), ("dense", (2, 1, 1, 3))])
def test_ties(ties: str, ranks: tuple[int, ...]) -> None:
    """Ranks after a tie go on as the policy says."""
    m = read(leaf("1"), policy={"ties": ties})
    board = pi.score_many(m, [unit(name, c1=points) for name, points in zip("ABCD", (5, 9, 9, 1), strict=True)])
    assert board.rank_list() == ranks
    assert board.ranks().tolist() == list(ranks)


@pytest.mark.parametrize(("value", "ranks"), [("exact", (2, 1)), ("printed", (1, 1))])
def test_ranked_value(value: str, ranks: tuple[int, ...]) -> None:
    """Printed figures tie where exact ones differ."""
    m = read(leaf("1"), policy={"ranked_value": value})
    assert pi.score_many(m, [unit("A", c1="5.0001"), unit("B", c1="5.0002")]).rank_list() == ranks


def test_ranked_within_group() -> None:
    """Units of one group compete only with each other."""
    m = read(leaf("1"), policy={"ranked_within": "group"})
    rows = [("A", 5, "x"), ("B", 6, "x"), ("C", 1, "y"), ("D", 7, "x")]
    board = pi.score_many(m, [unit(name, c1=points, facts={"group": group}) for name, points, group in rows])
    assert board.rank_list() == (3, 2, 1, 1)
    assert board.place("A") == "3/3"
    assert board.place("C") == "1/1"
    assert faults(pi.score_many, m, [unit("A", c1=1)]) == ["unit 'A': needs a group"]


def test_unranked() -> None:
    """An unranked unit has a card and counts in the mean, and no rank."""
    m = read(leaf("1"))
    board = pi.score_many(m, [unit("A", c1=9, facts={"unranked": "thí điểm"}), unit("B", c1=5), unit("C", c1=7)])
    assert board.rank_list() == (0, 2, 1)
    assert board.place("A") == ""
    assert board.place("B") == "2/2"
    assert board.mean() == 70


def test_place_is_printed() -> None:
    """A place is printed as rank and number, "2/8"; of a node too."""
    m = read(leaf("1", 6), leaf("2", 4))
    board = pi.score_many(m, [unit(name, c1=6 - n % 7, c2=n % 5) for n, name in enumerate("ABCDEFGH")])
    # points: A 6, B 6, C 6, D 6, E 6, F 1, G 1, H 8
    assert board.place("H") == "1/8"
    assert board.place("A") == "2/8"
    assert board.place("F") == "7/8"
    assert board.place("A", "1") == "1/8"


def test_printed_out_of() -> None:
    """Points over the maximum are printed as "78,77/100"."""
    card = pi.score(read(leaf("1", 100), total=100), unit(c1="78.77"))
    assert card.out_of() == "78,77/100"


def test_mean_and_groups() -> None:
    """Means are plain means over units; boards by group keep the cards and rank within."""
    m = read(leaf("1", 6), leaf("2", 4))
    rows = [("A", 5, 1, "x"), ("B", 6, 4, None), ("C", 1, 2, "x")]
    board = pi.score_many(m, [unit(name, c1=one, c2=two, facts={"group": group}) for name, one, two, group in rows])
    # index 60, 100, 30
    assert board.mean() == Fraction(190, 3)
    assert board.mean("1") == Fraction(200, 3)  # 500/6, 100, 100/6
    groups = board.by_group()
    assert list(groups) == ["x", None]
    assert groups["x"].units == ("A", "C")
    assert groups["x"].rank_list() == (1, 2)
    assert groups["x"].mean() == 45
    assert groups[None].card("B") is board.card("B")
    assert len(board) == 3
    assert repr(board) == "<Scoreboard vn.cham@2024, 3 units>"
    assert pi.score_many(m, []).mean() is None
    assert pi.score_many(m, []).rank_list() == ()


def test_board_near_misses() -> None:
    """A unit or a node that is not there is named with its near miss."""
    board = pi.score_many(read(leaf("1")), [unit("Thị xã A", c1=1)])
    with pytest.raises(pi.CatalogError, match=r"there is no unit 'Thi xã A'; did you mean 'Thị xã A'\?"):
        board.card("Thi xã A")
    with pytest.raises(pi.CatalogError, match=r"there is no unit 'zzz'$"):
        board.card("zzz")
    for call in (board.points, board.component_index, board.ranks, board.mean, board.compared):
        with pytest.raises(pi.CatalogError, match="no criterion '9'"):
            call("9")
    with pytest.raises(pi.CatalogError, match=r"the card of 'Thị xã A' has no node 'zzz'$"):
        board.cards[0]["zzz"]
    with pytest.raises(pi.CatalogError, match="has no node"):
        board.cards[0].explain("zzz")


def test_unit_names_are_found_in_any_composition() -> None:
    """A unit is found by its name decomposed or padded too, since names are compared trimmed and in NFC."""
    board = pi.score_many(read(leaf("1")), [unit("Xã Ấ", c1=1)])
    assert board.card("Xa\u0303 A\u0302\u0301").unit == "Xã Ấ"
    assert board.card(" Xã Ấ ").unit == "Xã Ấ"


def test_arrays_are_read_only() -> None:
    """Arrays are of stated types and cannot be written to."""
    board = pi.score_many(read(leaf("1")), [unit("A", c1="9.08"), unit("B", c1=1)])
    for array, kind in (
        (board.ranks(), np.int64),
        (board.ranks("1"), np.int64),
        (board.printed_index_scaled, np.int64),
        (board.index_float, np.float64),
    ):
        assert array.dtype == kind
        assert array.shape == (2,)
        assert array.flags.writeable is False
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    assert board.printed_index_scaled.tolist() == [9080, 1000]
    assert board.printed_index == (Decimal("90.80"), Decimal("10.00"))
    assert board.index_float.tolist() == [90.8, 10.0]


# What cannot be scored


def test_entry_is_refused() -> None:
    """An entry is refused, and the message says who would have the annex."""
    m = read(
        completeness="entry",
        source=[{"key": "qd", "title": "Q", "status": "official", "issuer": "Sở Nội vụ"}],
        note={"vi": "Phụ lục chưa công bố"},
    )
    with pytest.raises(pi.RefusedError, match="Sở Nội vụ would have the annex: Phụ lục chưa công bố") as caught:
        pi.score(m, unit())
    assert caught.value.findings == ()
    with pytest.raises(pi.RefusedError, match=r"cannot be scored with$"):
        pi.score_many(read(completeness="entry"), [])


def test_errors_of_check_are_refused() -> None:
    """A methodology with errors of check is refused, naming them; warnings do not stand in the way."""
    m = read(leaf("1", 9))
    with pytest.raises(pi.RefusedError) as caught:
        pi.score(m, unit(c1=9))
    assert str(caught.value) == (
        "vn.cham@2024 has errors, see check:\n- error: total: the criteria add up to 9, not to 10 [total-mismatch]"
    )
    assert caught.value.findings == m.errors
    assert pi.score(read(leaf("1", en=None)), unit(c1=9)).index == 90


@pytest.mark.parametrize(
    ("observed", "told"),
    [
        ({"3": {"points": 1}}, "unit 'A', 3: there is no such criterion"),
        ({"1": {"points": 1}}, "unit 'A', 1: has criteria below it, observe those"),
        ({"1.1": {"points": 1, "pts": 2}}, "unit 'A', 1.1:pts: unknown input, expected points"),
        ({"1.1": {"points": True}}, "unit 'A', 1.1:points: True is a truth value, expected a number"),
        ({"1.1": {"points": 11}}, "unit 'A', 1.1:points: 11 is above 10"),
        ({"1.1": NA, "1": NA}, "unit 'A', 1: has criteria below it, observe those"),
    ],
)
def test_observations_refused(observed: Table, told: str) -> None:
    """What cannot be an observation is refused at its place."""
    m = read(criterion("1"), leaf("1.1"))
    found = faults(pi.score, m, pi.Assessment("A", observed), partial=True)
    assert [each.partition("; did you mean")[0] for each in found] == [told]


# Cards as values


def test_cards_round_trip() -> None:
    """Cards and boards of every status are written and read back."""
    m = block_methodology(grade=GRADES, event=EVENTS)
    board = pi.score_many(
        m,
        [
            unit(
                "A",
                c1=40,
                c2=NA,
                b1=2,
                m_1={"count": 5},
                facts={"events": ["khien-trach"], "group": "x", "period": "2024"},
            ),
            unit("B", c1=NA, c2=NA, b1=2),
            unit("C", c1=4, facts={"unranked": "x"}),
        ],
        partial=True,
    )
    assert pi.loads(pi.dumps(board)) == board
    for card in board.cards:
        assert pi.loads(pi.dumps(card)) == card
        assert pi.loads(pi.dumps(card.assessment)) == card.assessment


def test_sum_is_told_term_by_term() -> None:
    """The whole is explained by its domains, the index by its division, and the print by its mode."""
    m = read(leaf("1", 6), leaf("2", 4), policy={"print_rounding": {"digits": 1, "mode": "floor"}})
    card = pi.score(m, unit(c1="3.33", c2=NA))
    assert card.explain() == (
        "A: Chỉ số (vn.cham@2024)\n"
        "Điểm: 3,33 (1) + không áp dụng (2) ≈ 3,3 điểm (tối đa áp dụng 6 của 10).\n"
        "Chỉ số: 100 × 3,33/6 = 55,5 % (in 1 chữ số thập phân, làm tròn xuống)."
    )
    assert card.explain("1", lang="en").endswith("Source: Quyết định 1. Illustrative figures.")


def test_inner_node_of_which_nothing_applies_is_told() -> None:
    """A node of which nothing applies says so."""
    m = read(criterion("1"), leaf("1.1", 5), leaf("2", 5))
    card = pi.score(m, unit(c1_1=NA, c2=1))
    assert "không có tiêu chí nào áp dụng." in card.explain("1")
    assert "nothing below it applies." in card.explain("1", lang="en")


@pytest.mark.parametrize(
    ("status", "worth"), [("official", ""), ("derived", " Số liệu suy ra."), ("illustrative", " Số liệu minh họa.")]
)
def test_citation_says_what_it_is_worth(status: str, worth: str) -> None:
    """The last sentence cites the source, its place, and what it is worth."""
    source = [{"key": "qd", "title": "Quyết định 1", "status": status}]
    m = read(leaf("1", cite={"source": "qd", "at": "Phụ lục, mục 1"}), source=source)
    assert pi.score(m, unit(c1=1)).explain("1").endswith(f"Căn cứ: Phụ lục, mục 1, Quyết định 1.{worth}")


def test_a_board_is_its_cards() -> None:
    """A board gives its cards one by one and knows its units by any spelling of their names."""
    board = pi.score_many(read(leaf("1")), [unit("A", c1=5), unit("B", c1=6)])
    assert list(board) == list(board.cards)
    assert " A " in board
    assert "C" not in board
    assert 5 not in board


def test_a_card_is_its_nodes() -> None:
    """A card gives its nodes one by one and knows them by id."""
    card = pi.score(read(leaf("1", 4), leaf("2", 6)), unit(c1=4, c2=3))
    assert [node.id for node in card] == ["1", "2"]
    assert "2" in card
    assert "3" not in card


def test_an_index_beyond_64_bits_is_refused_as_an_array() -> None:
    """What no 64 bits hold is an error of the library, and the printed index still tells it."""
    bonus = leaf("b", 10**40, block="bonus")
    methodology = read(leaf("1"), bonus, block=[{"id": "bonus", "effect": "add"}])
    board = pi.score_many(methodology, [unit(c1=5, b={"points": 10**40})])
    with pytest.raises(pi.NumberError, match="more digits than 64 bits hold"):
        _ = board.printed_index_scaled
    assert board.printed_index[0] == Decimal(50 + 10 * 10**40)


def test_a_single_name_is_no_list_of_events() -> None:
    """A text in place of the list of events is refused, not taken letter by letter."""
    with pytest.raises(pi.Fault, match="expected a list of events"):
        pi.Assessment("A", {}, events="reprimand")


def test_a_period_may_be_a_number() -> None:
    """A year given as a number is the same period as its text."""
    assert pi.Assessment("A", {}, period=2024) == pi.Assessment("A", {}, period="2024")


GROUPED = [{"key": "tot", "from": 5, "groups": ["nui"]}, {"key": "kha", "from": 3, "groups": ["bien"]}]


def test_a_group_without_grades_is_an_error() -> None:
    """A misspelt group is not silently without a grade."""
    methodology = read(leaf("1"), grade=GROUPED)
    with pytest.raises(pi.ObservationFaults) as caught:
        pi.score(methodology, unit(c1=5, facts={"group": "nuii"}))
    told = "there are no grades for group 'nuii', expected one of nui, bien; did you mean 'nui'?"
    assert told in str(caught.value)


def test_an_outline_holds_points_below_stated_maxima() -> None:
    """Parts of unknown maxima may not add up to more than their node states, nor the whole to more than the total."""
    methodology = read(
        criterion("1", max=6),
        leaf("1.1", "unknown"),
        leaf("1.2", 1),
        leaf("2", 4),
        leaf("3", "unknown"),
        completeness="outline",
        total=12,
    )
    with pytest.raises(pi.ObservationFaults) as caught:
        pi.score(methodology, unit(c1_1="5.9", c1_2=1, c2=4, c3=3))
    assert [str(fault) for fault in caught.value.exceptions] == [
        "unit 'A', 1: the points add up to 6.9, above the maximum 6",
        "unit 'A', total: the points add up to 13.9, above the maximum 12",
    ]


def test_a_node_of_unknown_maximum_has_no_component_index_to_explain() -> None:
    """The sentence on a node whose maximum nobody states says so and gives no ratio."""
    methodology = read(criterion("1"), leaf("1.1", "unknown"), leaf("2", 4), completeness="outline")
    text = pi.score(methodology, unit(c1_1=5, c2=4)).explain("1", lang="en")
    assert text == "1 Criterion 1: 5 (1.1) = 5.00 points (maximum unknown). Source: Quyết định 1. Illustrative figures."


def test_a_maximum_of_zero_gives_no_index() -> None:
    """Where all that applies has a maximum of 0, the explanation says why there is no index."""
    card = pi.score(read(leaf("1", 0), leaf("2", 10)), unit(c1=0, c2=NA))
    assert card.index is None
    assert "the applicable maximum is 0" in card.explain(lang="en")


def test_a_card_without_citation_explains_without_one() -> None:
    """A card that was stored with a methodology lacking a citation still says how its points came about."""
    text = pi.dumps(pi.score(read(leaf("1")), unit(c1=5)))
    bare = text.replace('"cite": {"source": "qd"}, ', "")
    assert bare != text
    assert pi.loads(bare).explain("1", lang="en") == "1 Criterion 1: given 5.00 points (maximum 10)."


def test_a_language_is_one_of_two() -> None:
    """Another language is refused by the word."""
    with pytest.raises(pi.Fault, match="lang: 'fr' is none of vi, en"):
        pi.score(read(leaf("1")), unit(c1=5)).explain(lang="fr")  # type: ignore[arg-type]  # that is what is refused


def test_a_long_sum_is_told_with_more_decimals_than_are_printed() -> None:
    """Terms too long to write out are told with four decimals more, so that the sum can still be checked."""
    rule = {"type": "ratio"}
    methodology = read(criterion("1"), leaf("1.1", 5, rule=rule), leaf("1.2", 5, rule=rule))
    card = pi.score(methodology, unit(c1_1={"done": 1000, "total": 1013}, c1_2={"done": 1000, "total": 1019}))
    # 5000/1013 + 5000/1019 = 10160000/1032247, too long a fraction for a sum
    assert "≈ 9.842606" in card.explain(lang="en")


def test_parents_spelled_out_change_nothing() -> None:
    """A parent that says what the id says is the same methodology, with the same fingerprint."""
    plain, spelled = (read(criterion("1"), leaf("1.1", 10, **keys)) for keys in ({}, {"parent": "1"}))
    assert plain == spelled
    assert plain.fingerprint == spelled.fingerprint


def test_rules_of_the_wrong_make_are_refused() -> None:
    """What is no list of levels is refused in words."""
    with pytest.raises(pi.Fault, match="expected a list of Level, found 'a'"):
        pi.Levels("a")  # type: ignore[arg-type]  # that is what is refused
    with pytest.raises(pi.Fault, match="expected Level, found 'a'"):
        pi.Levels(["a"])  # type: ignore[list-item]  # that is what is refused


def test_policies_of_inner_criteria_are_refused() -> None:
    """Only leaves can be not applicable, so only they say what that means."""
    with pytest.raises(pi.MethodologyFaults) as caught:
        read(criterion("1", not_applicable="full"), leaf("1.1"))
    assert "belongs to the criteria below it, which are scored" in str(caught.value)


def test_an_event_without_a_limit_is_shown_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    """An event that limits no grade is listed all the same."""
    from parindex._render.methodology import methodology_text

    methodology = read(leaf("1"), event=[{"key": "khen", "vi": "Được khen thưởng"}])
    assert methodology_text(methodology, "vi").endswith("Được khen thưởng\n")
    assert capsys.readouterr().out == ""


def test_a_table_of_groups_is_read_group_by_group() -> None:
    """Where ranks are within groups, the ranking lists one group after the other."""
    from parindex._render.tables import board_text

    methodology = read(leaf("1"), policy={"ranked_within": "group"})
    units = [
        unit(name, c1=points, facts={"group": group})
        for name, points, group in (("A", 5, "y"), ("B", 9, "x"), ("C", 7, "y"), ("D", 2, "x"))
    ]
    lines = board_text(pi.score_many(methodology, units), "en", 100).splitlines()
    assert [line.split()[:2] for line in lines[5:9]] == [["1", "C"], ["2", "A"], ["1", "B"], ["2", "D"]]


def test_a_band_of_the_group_stands_in_place_of_the_general_one() -> None:
    """A list for one group beside a general one gives that group its own edges, and the others the general ones."""
    grades = [
        {"key": "tot", "from": 80},
        {"key": "kha", "from": 0},
        {"key": "tot", "from": 70, "groups": ["nui"]},
        {"key": "tot", "from": 60, "groups": ["nui"], "years": [2025]},
    ]
    methodology = read(leaf("1"), grade=grades)
    assert methodology.errors == ()
    found = {
        (group, year): str(pi.score(methodology, unit(c1="6.5", facts={"group": group}), year=year).grade)
        for group in ("nui", "bien")
        for year in (2024, 2025)
    }
    assert found == {("nui", 2024): "kha", ("nui", 2025): "tot", ("bien", 2024): "kha", ("bien", 2025): "kha"}


def test_a_hole_below_a_band_without_conditions_is_found() -> None:
    """A conditional band below one without conditions leaves a hole between their edges, whatever their order."""
    grades = [{"key": "x", "from": 50, "requires": ["no-zero-criterion"]}, {"key": "y", "from": 60}]
    hole, order = read(leaf("1"), grade=grades).errors[::-1]
    assert (hole.code, hole.place) == ("grade-hole", "grade[0]")
    assert (order.code, order.place) == ("grade-order", "grade[1].from")
    (finding,) = read(leaf("1"), grade=grades[::-1]).errors
    assert (finding.code, finding.place) == ("grade-hole", "grade[1]")


def test_a_group_is_asked_for_only_where_it_matters() -> None:
    """Groups that another year's grades name are no concern of this year's."""
    grades = [
        {"key": "tot", "from": 50, "years": [2024], "groups": ["nui"]},
        {"key": "dat", "from": 0, "years": [2025]},
    ]
    methodology = read(leaf("1"), grade=grades)
    assert str(pi.score(methodology, unit(c1=6), year=2025).grade) == "dat"
    with pytest.raises(pi.ObservationFaults) as caught:
        pi.score(methodology, unit(c1=6), year=2024)
    assert "needs a group, expected one of nui" in str(caught.value)


def test_an_unknown_total_is_ranked_by_points() -> None:
    """Without a total there is no index; the points rank, and check says that they do."""
    methodology = read(leaf("1", "unknown"), total="unknown", completeness="outline")
    assert [finding.code for finding in pi.check(methodology)] == ["headline-unknown"]
    board = pi.score_many(methodology, [unit("A", c1=5), unit("B", c1=7)])
    assert board.component_index() == (None, None)
    assert board.rank_list() == (2, 1)
    assert board.mean() == 6


def test_what_moves_within_an_open_node_stays_among_siblings() -> None:
    """While a sibling is open, what does not apply is said to go to the siblings."""
    methodology = read(criterion("1"), leaf("1.1", 5, not_applicable="redistribute"), leaf("1.2", 5))
    card = pi.score(methodology, unit(c1_1=NA), partial=True)
    assert "shared among its siblings in proportion" in card.explain("1.1", lang="en")
    nothing = pi.score(methodology, unit(c1_1=NA, c1_2=NA))
    assert "nothing applies to take its maximum of 5 points" in nothing.explain("1.1", lang="en")


def test_shown_terms_round_as_the_figure_does() -> None:
    """A term is told with as many decimals as it takes to round to the figure printed, or exactly."""
    from parindex._methodology.words import Writer

    writer = Writer("en")
    assert writer.term(Fraction(69995, 1000) - Fraction(1, 300_000_000)) == "≈ 69.994999997"
    assert writer.term(Fraction(69995, 1000) - Fraction(1, 3 * 10**15)) == "209984999999999999/3000000000000000"


def test_inputs_that_are_there_narrow_an_open_leaf() -> None:
    """Bounds of a leaf of which some inputs are known contain every completion and are not called tight."""
    rule = {"type": "deduct", "faults": [{"key": "a", "points": 3}, {"key": "b", "points": 3}]}
    methodology = read(leaf("1", 10, rule=rule))
    open_card = pi.score(methodology, unit(c1={"a": 3}), partial=True)
    assert open_card.bounds == pi.Bounds(
        points=(Fraction(0), Fraction(10)), index=(Fraction(0), Fraction(100)), tight=False
    )
    assert pi.score(methodology, unit(), partial=True).bounds == pi.Bounds(
        points=(Fraction(0), Fraction(10)), index=(Fraction(0), Fraction(100)), tight=True
    )


def test_an_origin_has_its_ratio() -> None:
    """An origin tells its points as a part of one, and of a hundred; without a maximum neither."""
    assert (pi.OriginScore(points=Fraction(3), max_points=Fraction(4)).ratio) == Fraction(3, 4)
    assert pi.OriginScore(points=Fraction(3), max_points=None).ratio is None


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: pi.Assessment("A", {}, group=3), "3 is not text"),  # type: ignore[arg-type]  # that is refused
        (lambda: pi.load("vn.pci.province", year="2008"), "'2008' is no year"),  # type: ignore[arg-type]  # likewise
        (lambda: pi.load("vn.par.ministry@2022").with_changes({"survey": 3}), "expected the keys to change by name"),  # type: ignore[dict-item]  # likewise
    ],
)
def test_arguments_of_the_wrong_kind(make: Any, told: str) -> None:
    """A number where a text is meant, and the like, is an error of the library."""
    with pytest.raises(pi.ParindexError) as caught:
        make()
    assert told in str(caught.value)


def test_a_comparison_within_the_group_says_so() -> None:
    """The sentence on a leaf compared within groups counts the units of the group."""
    methodology = read(leaf("1", rule={"type": "relative", "within": "group"}))
    units = [unit(name, c1={"value": value}, facts={"group": "x"}) for name, value in (("A", 1), ("B", 3), ("C", 2))]
    card = pi.score_many(methodology, units).card("C")
    assert "of 3 units of the group, hence 10 × (2 − 1)/(3 − 1) = 5.00 points" in card.explain("1", lang="en")


def test_a_general_band_never_stands_in_place_of_a_special_one() -> None:
    """The band of the group counts whichever of the two the file lists first."""
    grades = [{"key": "tot", "from": 60, "groups": ["nui"]}, {"key": "tot", "from": 80}, {"key": "kha", "from": 0}]
    methodology = read(leaf("1"), grade=grades)
    assert str(pi.score(methodology, unit(c1="6.5", facts={"group": "nui"})).grade) == "tot"
    assert str(pi.score(methodology, unit(c1="6.5", facts={"group": "bien"})).grade) == "kha"


def test_a_year_outside_the_edition_is_refused() -> None:
    """A year asked for must be one that the methodology applies to; it is told once for all units."""
    methodology = read(leaf("1"))
    told = ["year: vn.cham@2024 applies to 2024, 2025, not to 1999"]
    assert faults(pi.score_many, methodology, [unit("A", c1=5), unit("B", c1=6)], year=1999) == told


def test_a_card_is_the_same_whenever_it_is_looked_at() -> None:
    """What is made when somebody first looks is equal, hashed and pickled as if it had been there at once."""
    methodology = read(
        leaf("1", 4, origin="all"), leaf("2", 6, origin="all"), origin={"all": {"vi": "Tất cả", "en": "All", "max": 10}}
    )
    unread, looked_at = (pi.score(methodology, unit(c1=3, c2=NA)) for _ in range(2))
    assert [node.id for node in looked_at] == ["1", "2"]
    assert looked_at.by_origin["all"].max_points == 4
    again = pickle.loads(pickle.dumps(unread))  # noqa: S301  our own bytes
    assert (again, hash(again), pi.dumps(again)) == (looked_at, hash(looked_at), pi.dumps(looked_at))
    assert not hasattr(pi.score(methodology, unit(c1=3, c2=NA)).nodes, "more")


def test_observed_counts_are_shown_as_fractions() -> None:
    """A card shows every number that was observed as an exact fraction, whatever a rule computes with."""
    methodology = read(leaf("1", rule={"type": "ratio"}))
    observed = pi.score(methodology, unit(c1={"done": 1, "total": 3}))["1"].observed
    assert observed is not None
    assert [type(value) for value in observed.values()] == [Fraction, Fraction]
