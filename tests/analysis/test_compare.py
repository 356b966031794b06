"""Comparisons: what moved between two results, and what of it the rules did."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

import parindex as pi
from parindex.analysis import Movement, compare, gaps, places_moved
from strategies import refused

RATE: dict[str, Any] = {"type": "ratio"}
GIVEN: dict[str, Any] = {"type": "given"}


def edition(leaves: dict[str, Any], *, year: int = 2023, **head: Any) -> pi.Methodology:
    """Return a methodology of these leaves, each with its title, maximum and rule."""
    criteria = [
        {"id": key, "vi": title, "max": most, "cite": {"source": "s"}, "rule": rule}
        for key, (title, most, rule) in leaves.items()
    ]
    tables = {
        "format": "parindex.methodology/1",
        "id": "x.y",
        "edition": str(year),
        "years": [year],
        "unit_kind": "commune",
        "completeness": "full",
        "total": sum(most for _, most, _ in leaves.values()),
        "title": {"vi": "Ví dụ"},
        "source": [{"key": "s", "title": "t", "status": "illustrative"}],
        "criterion": criteria,
        **head,
    }
    return pi.parse_methodology(json.dumps(tables))


TWO = edition({"1": ("Hồ sơ đúng hạn", 4, RATE), "2": ("Kế hoạch", 6, GIVEN)})


def told(*values: object) -> tuple[object, ...]:
    """Return figures side by side, whole numbers and fractions alike."""
    return values


def board(points: dict[str, tuple[Any, Any]], methodology: pi.Methodology = TWO, **facts: Any) -> pi.Scoreboard:
    """Return a board of units by their percentage and their points."""
    rows = [
        pi.Assessment(unit, {"1": {"percent": rate}, "2": {"points": given}}, **facts)
        for unit, (rate, given) in points.items()
    ]
    return pi.score_many(methodology, rows)


def test_what_improved_fell_and_kept() -> None:
    before = board({"A": (50, 3), "B": (75, 6), "C": (100, 0)})
    after = board({"A": (100, 2), "B": (75, 6), "C": (50, 1)})
    found = compare(before, after)
    change = found["A"]
    assert told(change.points, change.index, change.moved) == (1, 10, 0)
    assert [each.id for each in change.went("improved")] == ["1"]
    assert [each.id for each in change.went(Movement.FELL, level=1)] == ["2"]
    assert change.went("fell", level=2) == ()
    assert told(change["1"].points, change["1"].index, change["1"].moved) == (2, 50, 2)
    assert told(change["2"].points, change["2"].moved) == (-1, 0)
    assert [each.unit for each in found.went("kept")] == ["B"]
    assert [bool(each) for each in found] == [True, False, True]
    assert repr(found) == "<BoardChange of 3 units, 2 changed>"
    assert len(found) == 3


def test_a_thing_compared_with_itself_did_not_change() -> None:
    one = board({"A": (50, 3), "B": (75, 6)})
    assert not compare(one, one)
    assert not compare(one.card("A"), one.card("A"))


def test_a_unit_that_changed_its_group() -> None:
    """Criteria of the earlier group have vanished, those of the later one appeared, and each of these is a change."""
    listed = [
        {"id": each, "vi": each, "max": 5, "cite": {"source": "s"}, "rule": GIVEN, "applies_to": [each]}
        for each in "xy"
    ]
    methodology = edition({"x": ("x", 5, GIVEN)}, criterion=listed)
    boards = [
        pi.score_many(methodology, [pi.Assessment("A", {group: {"points": 3}}, group=group)]) for group in ("x", "y")
    ]
    change = compare(*boards)["A"]
    assert {key: each.movement.value for key, each in change.nodes.items()} == {"y": "appeared", "x": "vanished"}
    assert all(change.nodes.values())
    assert gaps(boards[1], earlier=boards[0])["A"]["y"].fell is None


def test_cards_have_no_ranks() -> None:
    one, other = board({"A": (50, 3)}).card("A"), board({"A": (60, 3)}).card("A")
    change = compare(one, other)
    assert (change.moved, change["1"].moved, change.movement) == (None, None, "improved")
    with pytest.raises(pi.CatalogError, match="the cards of 'A' have no node '3'"):
        change["3"]


def test_a_card_is_no_board() -> None:
    one = board({"A": (50, 3)})
    with pytest.raises(pi.Fault, match="a card is compared with a card"):
        compare(one, one.card("A"))  # type: ignore[call-overload]  # what is refused


def test_what_is_not_final_went_no_way() -> None:
    known = board({"A": (50, 3)}).card("A")
    open_ = pi.score(TWO, pi.Assessment("A", {"1": {"percent": 50}}), partial=True)
    change = compare(known, open_)
    assert (change.points, change.index, change.movement, bool(change)) == (None, None, "unknown", True)
    assert change["2"].movement == "unknown"
    assert bool(change["2"])
    assert change["1"].movement == "kept"


def test_units_that_appeared_vanished_and_merged() -> None:
    before = board({"Hà Giang": (50, 3), "Tuyên Quang": (60, 3), "Hoà Bình": (70, 3), "X": (10, 1), "Y": (20, 2)})
    after = board({"Tuyên Quang": (60, 3), "Tỉnh Hòa Bình": (70, 4), "Z": (20, 2), "W": (1, 1)})
    found = compare(before, after, crosswalk={"Hà Giang": "Tuyên Quang", "Tuyên Quang": "Tuyên Quang", "Y": "Z"})
    assert [(each.unit, [card.unit for card in each.before]) for each in found.merged] == [
        ("Tuyên Quang", ["Hà Giang", "Tuyên Quang"])
    ]
    assert found.merged[0].after.unit == "Tuyên Quang"
    assert found.spelled == (("Tỉnh Hòa Bình", "Hoà Bình"),)
    assert (found.appeared, found.vanished) == (("W",), ("X",))
    assert {each.unit: each.before_unit for each in found} == {"Tỉnh Hòa Bình": "Hoà Bình", "Z": "Y"}
    assert bool(found)
    with pytest.raises(pi.CatalogError, match="in both boards"):
        found["W"]


def test_a_crosswalk_names_units_that_are_there() -> None:
    one = board({"Hà Nội": (50, 3)})
    with refused(pi.ObservationFaults, "unit 'Hà Nôi', crosswalk: there is no such unit before; did you mean 'Hà Nội'"):
        compare(one, one, crosswalk={"Hà Nôi": "Hà Nội"})


def test_only_a_spelling_is_a_change_of_the_board() -> None:
    assert compare(board({"Hoà Bình": (50, 3)}), board({"Hòa Bình": (50, 3)}))


@pytest.mark.parametrize(
    ("moved", "vi", "en"), [(12, "tăng 12 bậc", "up 12 places"), (-1, "giảm 1 bậc", "down 1 place")]
)
def test_places_in_words(moved: int, vi: str, en: str) -> None:
    assert (places_moved(moved), places_moved(moved, "en")) == (vi, en)
    assert (places_moved(0), places_moved(None)) == ("giữ nguyên", "")


# Another methodology


LATER = edition({"1": ("Kế hoạch", 6, GIVEN), "2": ("Hồ sơ đúng hạn", 4, {"type": "ratio", "from": "60%"})}, year=2024)


def moved_board() -> tuple[pi.Scoreboard, pi.Scoreboard]:
    before = board({"A": (50, 3), "B": (80, 5)})
    rows = [
        pi.Assessment("A", {"2": {"percent": 70}, "1": {"points": 4}}),
        pi.Assessment("B", {"2": {"percent": 80}, "1": {"points": 5}}),
    ]
    return before, pi.score_many(LATER, rows)


def test_criteria_are_found_by_their_titles() -> None:
    change = compare(*moved_board())["A"]
    assert told(change["2"].before_id, change["2"].points, change["2"].index) == ("1", Fraction(4, 5), 20)
    assert change["2"].sure


def test_the_change_is_split_into_rules_and_data() -> None:
    found = compare(*moved_board())
    effect = found["A"].effect
    assert effect is not None
    # 5 of 10 became 6.8 of 10; the old data under the new rules: 50 % is below 60 %, and 3 points.
    assert told(*effect.rules_first) == (30 - 50, 68 - 30)
    # The new data under the old rules: 70 % of 4, and 4 points.
    assert told(*effect.data_first) == (68 - 68, 68 - 50)
    assert told(effect.rules, effect.data, effect.total) == (-10, 28, 18)
    assert effect.total == found["A"].index
    assert (effect.not_carried, effect.not_carried_back) == ((), ())


def test_what_cannot_be_carried_over_is_named() -> None:
    later = edition(
        {"1": ("Hồ sơ đúng hạn", 4, RATE), "2": ("Kế hoạch", 6, {"type": "per-unit", "points": 1})}, year=2024
    )
    after = pi.score_many(later, [pi.Assessment("A", {"1": {"percent": 50}, "2": {"count": 5}})])
    change = compare(board({"A": (40, 3)}), after)["A"]
    effect = change.effect
    assert effect is not None
    assert (effect.not_carried, effect.not_carried_back) == (("2",), ("2",))
    assert told(effect.data, effect.rules, effect.total) == (4, 20, change.index)


def test_a_criterion_that_appeared_and_one_that_vanished() -> None:
    later = edition({"1": ("Hồ sơ đúng hạn", 4, RATE), "3": ("Chính quyền số", 6, GIVEN)}, year=2024)
    after = pi.score_many(later, [pi.Assessment("A", {"1": {"percent": 40}, "3": {"points": 6}})])
    change = compare(board({"A": (40, 3)}), after)["A"]
    assert {key: each.movement.value for key, each in change.nodes.items()} == {
        "1": "kept",
        "3": "appeared",
        "2": "vanished",
    }
    assert [each.key for each in change.went("vanished", level=1)] == ["2"]
    assert change.effect is not None
    assert told(change.effect.rules, change.effect.data) == (30, 0)
    assert all(each.points is None and each.index is None for each in change.nodes.values() if each.key != "1")


def test_an_id_that_means_another_criterion_keeps_both() -> None:
    later = edition({"1": ("Hồ sơ đúng hạn", 4, RATE), "2": ("Chính quyền số", 6, {**RATE})}, year=2024)
    after = pi.score_many(later, [pi.Assessment("A", {"1": {"percent": 40}, "2": {"percent": 100}})])
    change = compare(board({"A": (40, 3)}), after)["A"]
    assert {(each.before_id, each.id) for each in change.nodes.values()} == {("1", "1"), (None, "2"), ("2", None)}
    assert set(change.nodes) == {"1", "2", "2 (2023)"}


def test_leaves_that_do_not_apply_are_carried_over() -> None:
    gone = {"1": pi.NotApplicable("chưa phát sinh"), "2": {"points": 3}}
    before = pi.score_many(TWO, [pi.Assessment("A", gone)])
    change = compare(before, pi.score_many(LATER, [pi.Assessment("A", {"2": {"percent": 70}, "1": {"points": 4}})]))[
        "A"
    ]
    assert change.effect is not None
    assert change.effect.not_carried == ()
    assert change.effect.rules_first[0] == 50 - 50


def test_no_split_without_a_figure_on_the_way() -> None:
    before, after = moved_board()
    open_ = pi.score(TWO, pi.Assessment("A", {"1": {"percent": 50}}), partial=True)
    assert (compare(open_, after.card("A")).effect, compare(open_, after.card("A")).unsplit) == (None, "not-final")
    by_points = edition(
        {"1": ("Hồ sơ đúng hạn", 5, RATE)}, year=2024, policy={"headline": "points", "not_applicable": "zero"}
    )
    other = pi.score(by_points, pi.Assessment("A", {"1": {"percent": 70}}))
    assert (compare(before.card("A"), other).effect, compare(before.card("A"), other).unsplit) == (None, "headline")


def test_a_unit_whose_data_break_the_other_rules_has_no_split() -> None:
    """Points above the later maximum cannot be scored under it; other units are split all the same."""

    def outline(year: int, most: int) -> pi.Methodology:
        listed = [
            {"id": "1", "vi": "Lĩnh vực", "max": most, "cite": {"source": "s"}},
            {"id": "1.1", "vi": "Kế hoạch", "max": "unknown", "cite": {"source": "s"}, "rule": GIVEN},
            {"id": "1.2", "vi": "Hồ sơ đúng hạn", "max": "unknown", "cite": {"source": "s"}, "rule": GIVEN},
        ]
        return edition({"x": ("x", most, GIVEN)}, year=year, criterion=listed, completeness="outline")

    def units(first: int, second: int) -> list[pi.Assessment]:
        points = {"A": first, "B": second}
        return [pi.Assessment(unit, {"1.1": {"points": 2}, "1.2": {"points": each}}) for unit, each in points.items()]

    before, after = pi.score_many(outline(2023, 10), units(6, 1)), pi.score_many(outline(2024, 5), units(1, 2))
    assert [(each.effect is None, each.unsplit) for each in compare(before, after)] == [(True, "data"), (False, None)]
    assert [each.unsplit for each in compare(after, before)] == ["data", None]


def test_relative_rules_are_split_among_their_units_alone() -> None:
    later = edition({"1": ("Hồ sơ đúng hạn", 4, RATE), "2": ("Kế hoạch", 6, {"type": "relative"})}, year=2024)
    rows = [pi.Assessment(unit, {"1": {"percent": 40}, "2": {"value": value}}) for unit, value in (("A", 1), ("B", 2))]
    before, after = board({"A": (40, 3), "B": (40, 6)}), pi.score_many(later, rows)
    effects = [each.effect for each in compare(before, after)]
    assert [None if each is None else each.rules for each in effects] == [-30, 0]
    assert compare(before.card("A"), after.card("A")).unsplit == "population"


def test_relative_rules_are_rescored_among_all_units_of_a_board() -> None:
    """A unit that has vanished since was among those that the others were compared with."""
    relative = {"type": "relative"}
    older = edition({"1": ("So với các đơn vị", 5, relative), "2": ("Kế hoạch", 5, GIVEN)})
    newer = edition({"1": ("So với các đơn vị", 5, relative), "2": ("Hồ sơ", 5, RATE)}, year=2024)

    def rows(second: dict[str, int], first: str, **values: int) -> list[pi.Assessment]:
        return [pi.Assessment(unit, {"1": {first: value}, "2": second}) for unit, value in values.items()]

    before = pi.score_many(older, rows({"points": 5}, "value", A=5, B=10, gone=0))
    effect = compare(before, pi.score_many(newer, rows({"percent": 100}, "value", A=5, B=10)))["A"].effect
    assert effect is not None
    assert told(effect.rules, effect.data) == (0, -25)  # A was in the middle, and is the last now
    given = edition({"1": ("So với các đơn vị", 5, GIVEN), "2": ("Kế hoạch", 5, GIVEN)})
    other = pi.score_many(given, rows({"points": 5}, "points", A=5, B=5, gone=0))
    assert compare(other, pi.score_many(newer, rows({"percent": 100}, "value", A=5, B=10)))["A"].unsplit == "population"


def test_points_out_of_another_maximum_are_not_carried_over() -> None:
    later = edition({"1": ("Hồ sơ đúng hạn", 4, RATE), "2": ("Kế hoạch", 16, GIVEN)}, year=2024)
    change = compare(board({"A": (50, 6)}), board({"A": (50, 4)}, later))["A"]
    assert change.effect is not None
    assert (change.effect.not_carried, change.effect.not_carried_back) == (("2",), ("2",))


def test_leaves_that_may_be_the_same_are_carried_and_named() -> None:
    later = edition({"1": ("Hồ sơ đúng hạn", 4, RATE), "2": ("Kế hoạch kiểm tra nội bộ", 6, GIVEN)}, year=2024)
    change = compare(board({"A": (50, 6)}), board({"A": (50, 4)}, later))["A"]
    assert change.effect is not None
    assert not change["2"].sure
    assert change.effect.unsure == ("2",)


def test_a_default_stands_for_an_observation_in_both() -> None:
    def bonus(year: int, *names: str) -> pi.Methodology:
        cite = {"source": "s"}
        items = [
            {"id": "1", "vi": "Kế hoạch", "max": 10, "cite": cite, "rule": GIVEN},
            *(
                {"id": name, "vi": name, "max": 2, "cite": cite, "rule": GIVEN, "block": "cong", "default": 0}
                for name in names
            ),
        ]
        head = {"total": 10, "block": [{"id": "cong", "vi": "Cộng", "effect": "add"}]}
        return edition({"1": ("x", 10, RATE)}, year=year, criterion=items, **head)

    seen = [pi.Assessment("A", {"1": {"points": 5}})]
    before = pi.score_many(bonus(2023, "thi-diem"), seen)
    effect = compare(before, pi.score_many(bonus(2024, "thi-diem"), seen))["A"].effect
    assert effect is not None
    assert told(effect.not_carried, effect.total) == ((), 0)
    other = compare(before, pi.score_many(bonus(2024, "thi-diem", "khen-thuong"), seen))["A"].effect
    assert other is not None
    assert told(other.not_carried, other.total) == (("khen-thuong",), 0)


# Points that are taken off


def penal() -> pi.Methodology:
    """Return a methodology with a leaf of 10 points and one that takes off up to 3."""
    items = [
        {"id": "1", "vi": "Kế hoạch", "max": 10, "cite": {"source": "s"}, "rule": GIVEN},
        {"id": "t", "vi": "Điểm trừ", "max": 3, "cite": {"source": "s"}, "rule": GIVEN, "block": "tru"},
        {"id": "c", "vi": "Điểm cộng", "max": 2, "cite": {"source": "s"}, "rule": GIVEN, "block": "cong"},
    ]
    blocks = [{"id": "tru", "vi": "Trừ", "effect": "subtract"}, {"id": "cong", "vi": "Cộng", "effect": "add"}]
    return edition({"1": ("x", 10, RATE)}, criterion=items, block=blocks)


def penal_board(**units: tuple[int, int, int]) -> pi.Scoreboard:
    """Return a board of units by their points, those taken off and those added."""
    rows = [
        pi.Assessment(unit, {key: {"points": each} for key, each in zip("1tc", points, strict=True)})
        for unit, points in units.items()
    ]
    return pi.score_many(penal(), rows)


def test_more_points_taken_off_are_a_fall() -> None:
    change = compare(penal_board(A=(5, 3, 1), B=(5, 2, 1)), penal_board(A=(5, 1, 1), B=(5, 2, 1)))["A"]
    assert (change.movement, change["t"].movement, change["t"].moved) == ("improved", "improved", 1)
    assert change["t"].taken_off


def test_what_is_taken_off_is_lost_outside_the_base() -> None:
    found = gaps(penal_board(A=(5, 3, 1), B=(5, 0, 2)), earlier=penal_board(A=(5, 1, 1)))
    unit, node = found["A"], found.nodes["t"]
    assert told(unit.lost, sum(unit.by_lead.values()), sum(unit.by_origin.values())) == (5, 5, 5)
    assert [each.id for each in unit.leaves] == ["1"]
    assert [told(each.id, each.lost) for each in unit.outside] == [("t", 3), ("c", 1)]
    assert [each.id for each in unit.fell] == ["t"]
    assert [each.id for each in unit.behind] == ["t", "c"]
    assert found["B"]["t"].behind == 0
    assert found["B"].zero == ()
    assert told(node.best, node.worst, node.lost) == (0, 100, 3)


# Ranks


def test_a_unit_that_joined_the_ranked_changed() -> None:
    alone = [pi.Assessment("A", {"1": {"percent": 50}, "2": {"points": 3}}, unranked="mới lập")]
    change = compare(pi.score_many(TWO, alone), board({"A": (50, 3)}))["A"]
    assert (change.rank_before, change.rank_after, change.moved, bool(change)) == (0, 1, None, True)


def test_ranks_within_two_groups_do_not_compare() -> None:
    within = edition({"1": ("x", 4, RATE), "2": ("y", 6, GIVEN)}, policy={"ranked_within": "group"})
    before, after = board({"A": (50, 3)}, within, group="I"), board({"A": (50, 3)}, within, group="II")
    change = compare(before, after)["A"]
    assert (change.regrouped, change.moved, change["1"].moved, bool(change)) == (True, None, None, True)
    one, other = board({"A": (50, 3)}, group="I"), board({"A": (50, 3)}, group="II")
    assert (compare(one, other)["A"].regrouped, compare(one, other)["A"].moved) == (True, 0)


def test_a_crosswalk_is_one_of_boards() -> None:
    card = board({"A": (50, 3)}).card("A")
    with pytest.raises(pi.Fault, match="here are two cards"):
        compare(card, card, crosswalk={})  # type: ignore[call-overload]  # what is refused
