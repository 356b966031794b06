"""Names of units: which of two tables are the same though they are spelled in two ways."""

from __future__ import annotations

import pytest

import parindex as pi
from parindex._unit_names import bare_name, kind_and_name, paired, plain_name
from strategies import refused


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TP. Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("Hoà Bình", "Tỉnh Hòa Bình"),
        ("Bà Rịa–Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Thừa Thiên - Huế", "Thừa Thiên Huế"),
        ("Đắk Lắk", "Đăk Lăk"),
        ("Ha Noi", "Hà Nội"),
        ("TPHCM", "Hồ Chí Minh"),
        ("TX. Sơn Tây", "thị xã Sơn Tây"),
    ],
)
def test_spellings_of_one_place(one: str, other: str) -> None:
    pairs = paired([one], [other])
    assert (pairs.same, pairs.spelled) == ({other: one}, ((other, one),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Huyện Cao Lãnh", "Thành phố Cao Lãnh"),
        ("Hà Nam", "Hà Nội"),
        ("Quận 1", "Quận 10"),
        ("Xã 1-11", "Xã 11-1"),
        ("Phường 1.2", "Phường 12"),
        ("Hà Tinh", "Ha Tình"),
        ("Nam An", "Na Man"),
        ("Tân Hà", "Tân Hạ"),
        ("---", "***"),
    ],
)
def test_two_places(one: str, other: str) -> None:
    pairs = paired([one], [other])
    assert (pairs.same, pairs.appeared, pairs.vanished) == ({}, (other,), (one,))


def test_a_spelling_that_two_places_share_decides_nothing() -> None:
    pairs = paired(["Tân Hà", "Tân Hạ"], ["Tan Ha"])
    assert (pairs.appeared, pairs.vanished) == (("Tan Ha",), ("Tân Hà", "Tân Hạ"))


def test_accents_that_tell_places_apart_are_kept() -> None:
    assert paired(["Tân Hà", "Tân Hạ"], ["Tân Hạ", "Tân Hà"]).same == {"Tân Hạ": "Tân Hạ", "Tân Hà": "Tân Hà"}
    assert plain_name("Tân Hà") != plain_name("Tân Hạ")
    assert bare_name("Tân Hà") == bare_name("Tân Hạ")


def test_the_kind_of_place_is_no_part_of_another_word() -> None:
    assert kind_and_name("Xã Xuân") == ("xã", "xuân")
    assert kind_and_name("Xãng") == ("", "xãng")
    assert kind_and_name("Huyện") == ("", "huyện")


def test_a_unit_that_others_joined_need_not_be_stated() -> None:
    pairs = paired(["Hà Giang", "Tuyên Quang"], ["Tuyên Quang"], {"Hà Giang": "Tuyên Quang"})
    assert pairs.merged == {"Tuyên Quang": ("Hà Giang", "Tuyên Quang")}
    assert (pairs.same, pairs.vanished) == ({}, ())


def test_two_units_may_swap_their_names() -> None:
    pairs = paired(["A", "B"], ["A", "B"], {"A": "B", "B": "A"})
    assert (pairs.same, pairs.spelled) == ({"A": "B", "B": "A"}, ())


def test_a_unit_that_others_joined_may_be_spelled_otherwise() -> None:
    pairs = paired(["Tỉnh Tuyên Quang", "Hà Giang"], ["Tuyên Quang"], {"Ha Giang": "tỉnh Tuyên Quang"})
    assert pairs.merged == {"Tuyên Quang": ("Tỉnh Tuyên Quang", "Hà Giang")}
    assert (pairs.same, pairs.appeared, pairs.vanished) == ({}, (), ())


def test_a_crosswalk_names_a_unit_once() -> None:
    with refused(pi.ObservationFaults, "unit 'Hòa Bình', crosswalk: stands twice"):
        paired(["Hòa Bình"], ["A", "B"], {"Hòa Bình": "A", "Hoà Bình": "B"})


def test_a_crosswalk_is_a_table() -> None:
    with pytest.raises(pi.Fault, match="crosswalk: expected"):
        paired(["A"], ["B"], [("A", "B")])  # type: ignore[arg-type]  # what is refused


@pytest.mark.parametrize(
    ("before", "after", "unsure"),
    [
        (["Đông Sơn", "Xã A"], ["Phường Đông Sơn", "Xã A"], {"Phường Đông Sơn"}),
        (["Tỉnh Hà Nam", "Tỉnh Hà Giang"], ["Hà Nam", "Hà Giang"], set()),
        (["Hoà Bình"], ["Hòa Bình"], set()),
    ],
)
def test_a_kind_of_place_that_one_table_leaves_out_is_doubtful(
    before: list[str], after: list[str], unsure: set[str]
) -> None:
    assert paired(before, after).unsure == unsure
