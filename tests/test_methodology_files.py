"""The methodology file: what it may say, what it comes to, and everything that makes it impossible or doubtful."""

# mypy: no-strict-equality
# A Fraction equals the whole number it is.

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import pytest

import parindex as pi
from parindex._methodology.convert import converter, faults_in
from parindex._methodology.document import from_tables, to_tables
from parindex._methodology.fingerprints import canonical
from parindex._methodology.tree_faults import MOST_LEVELS

Table: TypeAlias = dict[str, Any]

EXAMPLE = Path(__file__).parent / "data" / "design-example.toml"


def criterion(criterion_id: str, **keys: Any) -> Table:
    """Return a criterion of the file; a key given as None is left out."""
    whole = {"id": criterion_id, "vi": "Tiêu chí", "en": "Criterion", "cite": {"source": "qd"}, **keys}
    return {key: value for key, value in whole.items() if value is not None}


def leaf(criterion_id: str, most: object = 10, **keys: Any) -> Table:
    """Return a criterion with given points."""
    return criterion(criterion_id, max=most, **{"rule": {"type": "given"}, **keys})


def tables(*criteria: Table, **head: Any) -> Table:
    """Return the tables of a methodology; a key given as None is left out."""
    whole: Table = {
        "format": "parindex.methodology/1",
        "id": "vn.test",
        "edition": "2024",
        "years": [2024],
        "unit_kind": "district",
        "completeness": "full",
        "total": 10,
        "title": {"vi": "Chỉ số", "en": "Index"},
        "source": [{"key": "qd", "title": "Quyết định", "status": "illustrative"}],
        "criterion": list(criteria),
        **head,
    }
    return {key: value for key, value in whole.items() if value is not None}


def read(*criteria: Table, **head: Any) -> pi.Methodology:
    """Return the methodology of such tables, by way of JSON text."""
    return pi.parse_methodology(json.dumps(tables(*criteria, **head), ensure_ascii=False))


def refused(*criteria: Table, **head: Any) -> dict[str, pi.Fault]:
    """Return the faults for which such tables are refused, by their place within the file."""
    text = json.dumps(tables(*criteria, **head), ensure_ascii=False)
    return faults_of(text)


def faults_of(text: str) -> dict[str, pi.Fault]:
    """Return the faults for which a text is refused, by their place within the file."""
    with pytest.raises(pi.MethodologyFaults) as caught:
        pi.parse_methodology(text, name="tệp.json")
    found: dict[str, pi.Fault] = {}
    for fault in caught.value.exceptions:
        assert isinstance(fault, pi.Fault)
        assert fault.place.file == "tệp.json"
        assert fault.place.at is not None
        assert fault.place.at not in found, f"{fault} and {found[fault.place.at]}"
        found[fault.place.at] = fault
    return found


def codes(methodology: pi.Methodology) -> list[tuple[str, str, str]]:
    """Return code, severity and place of each finding."""
    return [(each.code, str(each.severity), each.place) for each in pi.check(methodology)]


# The example


def test_example_is_that_of_the_format() -> None:
    """The example of the file format loads unchanged."""
    m = pi.read_methodology(EXAMPLE)
    assert (m.id, m.edition, m.revision, m.years, m.unit_kind) == (
        "vn.example.district",
        "2024",
        1,
        (2024, 2025),
        "district",
    )
    assert [each.id for each in m] == ["1", "1.1", "1.2", "2"]
    assert [each.id for each in m.leaves] == ["1.1", "1.2", "2"]
    assert [each.id for each in m.roots] == ["1", "2"]
    assert m["1.1"].max_points == 60
    assert m["1.1"].lead == "Văn phòng UBND"
    assert m["2"].origin == "survey"
    assert m.origins["survey"].self_assessed is False
    assert m.policy.leaf_rounding == pi.Rounding(digits=4)
    assert m.policy.index_cap == 100
    assert m.blocks == (pi.Block(id="bonus", effect="add", cap=3),)
    assert [(grade.key, grade.from_) for grade in m.grades] == [("tot", 80), ("kha", 0)]
    assert m.events[0].grade_at_most == "kha"
    assert str(m.sources[0].issued) == "2024-01-15"


def test_example_has_no_error() -> None:
    """Check finds no error in the example; its only remark, if any, is a warning."""
    assert pi.read_methodology(EXAMPLE).errors == ()


def test_json_is_equal_to_toml() -> None:
    """JSON of the same shape is the same methodology with the same fingerprint."""
    toml = pi.read_methodology(EXAMPLE)
    again = pi.parse_methodology(pi.dumps(toml))
    assert again == toml
    assert again.fingerprint == toml.fingerprint
    assert hash(again) == hash(toml)


def test_shortest_form_is_a_fixed_point() -> None:
    """Writing and reading again changes not one byte."""
    toml = pi.read_methodology(EXAMPLE)
    assert canonical(from_tables(to_tables(toml))) == canonical(toml)


WRITTEN_OUT: dict[str, Table] = {
    "policy": {
        "headline": "index",
        "not_applicable": "exclude",
        "ranked_value": "exact",
        "ranked_within": "all",
        "ties": "competition",
        "print_rounding": {"digits": 2, "mode": "half-up"},
        "accept_unequal_maxima": False,
    },
    "revision": {},
}


def test_defaults_left_out_are_defaults_written() -> None:
    """The defaults of DESIGN 4, written out, make the same methodology and the same fingerprint."""
    short = read(leaf("1"))
    long = read(
        leaf("1", rule={"type": "given", "lowest": 0}, applies_to=[]),
        policy=WRITTEN_OUT["policy"],
        revision=1,
        titles_verified=True,
        block=[],
        grade=[],
        event=[],
        origin={},
        note={},
    )
    assert long == short
    assert long.fingerprint == short.fingerprint


TOML = """
format = "parindex.methodology/1"
id = "vn.test"
edition = "2024"
years = [2024]
unit_kind = "district"
completeness = "full"
total = 10
[title]
vi = "Chỉ số"
[[source]]
key = "qd"
title = "Quyết định"
status = "illustrative"
[[criterion]]
id = "1"
vi = "Tiêu chí"
max = 2.5
cite = { source = "qd" }
rule = { type = "ratio", from = "80%" }
[[criterion]]
id = "2"
vi = "Tiêu chí"
max = 7.5
cite = { source = "qd" }
rule = { type = "given" }
"""


@pytest.mark.parametrize(
    ("found", "put"),
    [
        ("max = 2.5", 'max = "5/2"'),
        ("max = 2.5", 'max = "2.50"'),
        ("max = 2.5", "max = 25e-1"),
        ("total = 10", "total = 10.0"),
        ('from = "80%"', 'from = "80.00%"'),
        ('type = "ratio", from = "80%"', 'from = "80%", full_at = "100%", type = "ratio"'),
        ('id = "1"\nvi = "Tiêu chí"\n', 'vi = "Tiêu chí"  # lời chú\nid = "1"\n'),
        ('vi = "Chỉ số"', 'vi = "  Chỉ số "'),
        ('vi = "Chỉ số"', 'vi = "Chi\u0309 s\u00f4\u0301"'),
        ("years = [2024]", "revision = 1\nyears = [2024]"),
    ],
)
def test_fingerprint_is_blind_to_spelling(found: str, put: str) -> None:
    """Comments, the order of keys, the spelling of numbers and of letters do not change the fingerprint."""
    assert found in TOML
    one, other = pi.parse_methodology(TOML), pi.parse_methodology(TOML.replace(found, put, 1))
    assert other == one
    assert other.fingerprint == one.fingerprint


@pytest.mark.parametrize(
    ("found", "put"),
    [
        ('from = "80%"', 'from = "81%"'),
        ('from = "80%"', 'from = "80%", zero_total = "full"'),
        ("years = [2024]", "revision = 2\nyears = [2024]"),
        ('vi = "Chỉ số"', 'vi = "Chỉ sô"'),
        ('title = "Quyết định"', 'title = "Quyết nghị"'),
        ("[title]", "[policy]\nties = 'dense'\n[title]"),
    ],
)
def test_fingerprint_sees_a_change(found: str, put: str) -> None:
    """Any change of content changes the fingerprint."""
    assert found in TOML
    assert pi.parse_methodology(TOML.replace(found, put, 1)).fingerprint != pi.parse_methodology(TOML).fingerprint


def test_fingerprint_is_sha256_of_the_canonical_form() -> None:
    """The fingerprint is 64 hexadecimal digits."""
    fingerprint = pi.parse_methodology(TOML).fingerprint
    assert len(fingerprint) == 64
    assert set(fingerprint) <= set("0123456789abcdef")


# The methodology as a mapping


def test_criterion_near_miss() -> None:
    """Asking for a criterion that does not exist names the near miss."""
    m = pi.read_methodology(EXAMPLE)
    with pytest.raises(
        pi.CatalogError, match=r"vn\.example\.district@2024 has no criterion '1\.3'; did you mean '1\.\d'\?"
    ):
        m["1.3"]
    with pytest.raises(pi.CatalogError, match=r"no criterion 'zzz'$"):
        m["zzz"]
    assert "1.1" in m
    assert "1.3" not in m
    assert len(m) == 4
    assert repr(m) == "<Methodology vn.example.district@2024 revision 1, full, 3 leaves>"


def test_groups_are_those_named() -> None:
    """The groups of a methodology are those that its criteria and grades name, each once."""
    m = read(
        leaf("1", applies_to=["a", "b"]),
        leaf("2", applies_to=["c"]),
        grade=[{"key": "x", "from": 0, "groups": ["b", "d"]}, {"key": "y", "from": 0, "groups": ["c"]}],
    )
    assert m.groups == ("a", "b", "c", "d")


# Changes


def test_change_is_merged() -> None:
    """A change of one key of a rule keeps its other keys, and the original stays as it was."""
    m = pi.read_methodology(EXAMPLE)
    changed = m.with_changes({"1.1": {"lead": "Sở Tư pháp", "rule": {"from": "90%"}}})
    assert changed["1.1"].lead == "Sở Tư pháp"
    assert changed["1.1"].rule == pi.Ratio(from_="90%", full_at="100%", zero_total="not-applicable")
    assert m["1.1"].lead == "Văn phòng UBND"
    assert changed["1.1"].max_points == 60
    assert changed.fingerprint != m.fingerprint


def test_change_to_none_takes_a_key_out() -> None:
    """None takes a key out, at the top and inside a rule."""
    m = pi.read_methodology(EXAMPLE)
    changed = m.with_changes({"1.1": {"lead": None, "rule": {"zero_total": None}, "not_applicable": None}})
    assert changed["1.1"].lead is None
    assert changed["1.1"].rule == pi.Ratio(from_="80%")


def test_change_of_the_type_replaces_the_rule() -> None:
    """Another rule type starts afresh: nothing of the old rule stays."""
    m = pi.read_methodology(EXAMPLE)
    changed = m.with_changes({"1.1": {"rule": {"type": "given", "scale": 10}}})
    assert changed["1.1"].rule == pi.Given(scale=10)


def test_change_of_the_same_type_merges() -> None:
    """The same rule type named again merges as without it."""
    m = pi.read_methodology(EXAMPLE)
    changed = m.with_changes({"1.1": {"rule": {"type": "ratio", "from": "85%"}}})
    assert changed["1.1"].rule == pi.Ratio(from_="85%", zero_total="not-applicable")


def test_change_of_policy() -> None:
    """Policies change likewise, also where the file states none."""
    m = pi.read_methodology(EXAMPLE)
    changed = m.with_changes(policy={"ties": "dense", "leaf_rounding": None})
    assert changed.policy.ties is pi.Ties.DENSE
    assert changed.policy.leaf_rounding is None
    assert changed.policy.index_cap == 100
    assert read(leaf("1")).with_changes(policy={"ties": "dense"}).policy.ties is pi.Ties.DENSE


def test_no_change_is_the_same() -> None:
    """Without changes the result equals the original."""
    m = pi.read_methodology(EXAMPLE)
    assert m.with_changes() == m
    assert m.with_changes({"1.1": {}}) == m


def test_change_accepts_values_of_the_library() -> None:
    """A rule may be given as the value that the library makes of it."""
    m = pi.read_methodology(EXAMPLE)
    assert m.with_changes({"1.1": {"rule": pi.Given(scale=10)}})["1.1"].rule == pi.Given(scale=10)


def test_change_of_an_unknown_criterion() -> None:
    """A change of a criterion that does not exist is refused with the near miss."""
    with pytest.raises(pi.CatalogError, match=r"no criterion '1\.11'; did you mean '1\.1'\?"):
        pi.read_methodology(EXAMPLE).with_changes({"1.11": {"lead": "A"}})


def test_change_faults_have_places() -> None:
    """An impossible change is refused with all its faults, each at its place."""
    m = pi.read_methodology(EXAMPLE)
    with pytest.raises(pi.MethodologyFaults) as caught:
        m.with_changes({"1.1": {"rule": {"form": "90%"}, "maxx": 3}, "2": {"origin": "servey"}})
    found = {str(fault) for fault in caught.value.exceptions}
    assert found == {
        "criterion 1.1, maxx: unknown key; did you mean 'max'?",
        "criterion 1.1, rule.form: unknown key; did you mean 'from'?",
        "criterion 2, origin: 'servey' is not declared; did you mean 'survey'?",
    }


def test_change_is_checked_again() -> None:
    """Maxima that no longer add up are found by check, not moved by themselves."""
    changed = pi.read_methodology(EXAMPLE).with_changes({"1.1": {"max": 50}})
    assert changed["1"].max_points == 90
    assert [code for code, _, _ in codes(changed)] == ["maxima-mismatch", "total-mismatch", "origin-mismatch"]


# The tree


def test_weights_become_exact_maxima() -> None:
    """Weights of siblings divide the maximum above them exactly, level by level."""
    m = read(
        criterion("1", weight=1),
        criterion("2", weight="2", rule={"type": "given"}),
        criterion("1.1", weight="1/3", rule={"type": "given"}),
        criterion("1.2", weight=0.5, rule={"type": "given"}),
    )
    assert m["1"].max_points == Fraction(10, 3)
    assert m["2"].max_points == Fraction(20, 3)
    assert m["1.1"].max_points == Fraction(4, 3)
    assert m["1.2"].max_points == 2
    assert m.errors == ()


def test_weights_below_a_stated_maximum() -> None:
    """Weights below a node with a maximum divide that."""
    m = read(
        criterion("1", max=10),
        criterion("1.1", weight=3, rule={"type": "given"}),
        criterion("1.2", weight=2, rule={"type": "given"}),
    )
    assert (m["1.1"].max_points, m["1.2"].max_points) == (6, 4)


def test_inner_maximum_may_be_left_out() -> None:
    """An inner maximum that is left out is the sum of its children's, at every level."""
    m = read(criterion("1"), criterion("1.1"), leaf("1.1.1", 4), leaf("1.1.2", 3), leaf("1.2", 3))
    assert (m["1"].max_points, m["1.1"].max_points) == (10, 7)


def test_origin_and_lead_are_inherited() -> None:
    """Origin, lead and block come from the nearest ancestor that states them."""
    m = read(
        criterion("1", origin="a", lead="Sở Nội vụ"),
        criterion("1.1", origin="b"),
        leaf("1.1.1", 4),
        leaf("1.2", 6, lead="Văn phòng"),
        criterion("x", block="bonus"),
        leaf("x.1", 2),
        origin={"a": {}, "b": {}},
        block=[{"id": "bonus", "effect": "add", "cap": 2}],
    )
    assert (m["1.1.1"].origin, m["1.1.1"].lead) == ("b", "Sở Nội vụ")
    assert (m["1.2"].origin, m["1.2"].lead) == ("a", "Văn phòng")
    assert m["x.1"].block == "bonus"
    assert [each.id for each in m.roots] == ["1"]


def test_parent_overrides_the_id() -> None:
    """A stated parent overrides the id, and an empty one makes a root."""
    m = read(criterion("1"), leaf("a.b", 4, parent="1"), leaf("9.9", 6, parent=""))
    assert m["a.b"].parent == "1"
    assert m["a.b"].level == 2
    assert m["9.9"].parent is None
    assert [each.id for each in m.roots] == ["1", "9.9"]
    assert [each.id for each in m["1"].children] == ["a.b"]


def test_parents_may_stand_below() -> None:
    """A parent may stand after its children in the file; criteria are given parents first."""
    m = read(leaf("1.1", 10), criterion("1"))
    assert [each.id for each in m] == ["1", "1.1"]
    assert m["1"].children == (m["1.1"],)


def test_groups_make_different_sums() -> None:
    """Where children differ by group, the inner maximum is the greatest of their sums, and each group adds up."""
    m = read(
        criterion("1"),
        leaf("1.1", 4, applies_to=["vùng núi"]),
        criterion("1.2"),
        leaf("1.2.1", 4, applies_to=["đồng bằng"]),
        leaf("1.3", 6),
    )
    assert m["1"].max_points == 10
    assert m["1.1"].exists_for("vùng núi")
    assert not m["1.1"].exists_for("đồng bằng")
    assert not m["1.1"].exists_for(None)
    assert m.errors == ()


def test_outline_may_leave_maxima_unknown() -> None:
    """In an outline a maximum may be unknown; then so is a maximum above it that is not stated."""
    m = read(
        criterion("1"),
        criterion("1.1", max="unknown"),
        criterion("1.2", max=3),
        criterion("2", max=20),
        criterion("2.1", max="unknown"),
        completeness="outline",
        total="unknown",
        policy={"headline": "points"},
    )
    assert m["1"].max_points is None
    assert m["1.1"].max_points is None
    assert m["2"].max_points == 20
    assert m["1.1"].rule == pi.Given()
    assert str(m.total) == "unknown"


def test_outline_weights_of_unknown() -> None:
    """Below weights whose whole is known the maxima are known in an outline too."""
    m = read(criterion("1", weight=1), criterion("2", weight=3), completeness="outline")
    assert (m["1"].max_points, m["2"].max_points) == (Fraction(5, 2), Fraction(15, 2))


def test_entry_has_no_criteria() -> None:
    """An entry may have no criteria, and check finds no error in it."""
    m = read(completeness="entry", criterion=None, total="unknown")
    assert len(m) == 0
    assert m.errors == ()


def test_blocks_with_items_and_defaults() -> None:
    """Items of a block may have a default, as points or as a table of inputs."""
    m = read(
        leaf("1"),
        leaf("b1", 2, block="bonus", default=1),
        leaf("b2", 2, block="bonus", rule={"type": "per-unit", "points": 1}, default={"count": 2}),
        block=[{"id": "bonus", "effect": "add", "cap": 3}, {"id": "malus", "effect": "subtract"}],
    )
    assert m["b1"].default == 1
    assert m["b2"].default == {"count": 2}
    assert m.total == 10
    assert pi.loads(pi.dumps(m)) == m
    assert codes(m) == [("block-without-cap", "warning", "block[1]")]


def test_grades_by_years_and_groups() -> None:
    """Grades may be limited to years and groups."""
    m = read(
        leaf("1"),
        years=[2024, 2025],
        grade=[
            {"key": "a", "from": 50, "years": [2024], "vi": "Tốt"},
            {"key": "b", "from": "0.5", "years": [2025], "groups": ["vùng núi"]},
        ],
    )
    assert m.grades[0].holds(year=2024, group=None)
    assert not m.grades[0].holds(year=2025, group=None)
    assert m.grades[1].holds(year=2025, group="vùng núi")
    assert not m.grades[1].holds(year=2025, group=None)
    assert str(m.grades[0]) == "a"
    assert m.grades[1].from_ == Fraction(1, 2)


def test_labels_may_be_left_out() -> None:
    """Labels of levels, items and the like may be left out: the key stands in."""
    m = read(leaf("1", rule={"type": "levels", "levels": [{"key": "good", "points": 10}, {"key": "bad", "points": 0}]}))
    assert m["1"].rule is not None
    assert m["1"].rule.in_words(Fraction(10)) == "Chọn một mức: good: 10 điểm; bad: 0 điểm"


@pytest.mark.parametrize("word", ["0.25", "1/4", " 0.25 ", "25e-2", "+0.25"])
def test_numbers_may_be_text(word: str) -> None:
    """Any number may be written as text."""
    assert read(leaf("1", word), total=word)["1"].max_points == Fraction(1, 4)


def test_part_of_best_round_trips() -> None:
    """The parts of a best rule keep their labels and rules when written."""
    rule = {
        "type": "best",
        "of": [
            {"key": "a", "vi": "Giải", "type": "per-unit", "points": "0.5"},
            {"key": "b", "en": "B", "type": "given"},
        ],
    }
    m = read(leaf("1", rule=rule))
    assert to_tables(m)["criterion"][0]["rule"] == rule


def test_values_of_the_library_pass_the_converter() -> None:
    """Values that are read already pass as they are."""
    part = pi.Part("a", rule=pi.Given())
    assert converter.structure(part, pi.Part) is part
    best = pi.Best([part])
    assert read(leaf("1")).with_changes({"1": {"rule": best}})["1"].rule == best
    assert read(leaf("1")).with_changes({"1": {"rule": {"type": "best", "of": [part]}}})["1"].rule == best


# Refusals of the head


@pytest.mark.parametrize(
    ("head", "at", "message", "hint"),
    [
        ({"format": None}, "format", 'is missing, expected "parindex.methodology/1"', None),
        ({"format": "parindex.methodology/9"}, "format", "'parindex.methodology/9' is not a format", None),
        ({"id": None}, "id", "is missing", None),
        ({"edition": None}, "edition", "is missing", None),
        ({"years": None}, "years", "is missing", None),
        ({"unit_kind": None}, "unit_kind", "is missing", None),
        ({"completeness": None}, "completeness", "is missing", None),
        ({"total": None}, "total", "is missing", None),
        ({"title": None}, "title", "is missing", None),
        ({"id": "VN.test"}, "id", "'VN.test' is not made of small letters", None),
        ({"id": "vn..test"}, "id", "'vn..test'", None),
        ({"id": ""}, "id", "''", None),
        ({"id": "vn.tеst"}, "id", "is not made of small letters", None),
        ({"edition": "2024.1"}, "edition", "'2024.1'", None),
        ({"unit_kind": "a.b"}, "unit_kind", "'a.b'", None),
        ({"id": 7}, "id", "expected text, found a number", None),
        ({"edition": 2024}, "edition", "expected text, found a number", None),
        ({"revision": 0}, "revision", "expected 1 or more", None),
        ({"revision": True}, "revision", "expected a whole number, found a truth value", None),
        ({"revision": "1"}, "revision", "expected a whole number, found text", None),
        ({"revision": 1.5}, "revision", "expected a whole number, found a decimal number", None),
        ({"titles_verified": "no"}, "titles_verified", "expected a truth value, found text", None),
        ({"titles_verified": 1}, "titles_verified", "expected a truth value, found a number", None),
        ({"years": []}, "years", "expected each index year once, in order", None),
        ({"years": [2025, 2024]}, "years", "expected each index year once, in order", None),
        ({"years": [2024, 2024]}, "years", "expected each index year once, in order", None),
        ({"years": [24]}, "years", "24 is not from 1900 to 2200", None),
        ({"years": 2024}, "years", "expected a list, found a number", None),
        ({"years": ["2024"]}, "years[0]", "expected a whole number, found text", None),
        ({"years": [True]}, "years[0]", "expected a whole number, found a truth value", None),
        ({"completeness": "ful"}, "completeness", "'ful' is none of full, outline, entry", "full"),
        ({"completeness": 1}, "completeness", "1 is none of full, outline, entry", None),
        ({"total": 0}, "total", "expected more than 0", None),
        ({"total": -5}, "total", "expected more than 0", None),
        ({"total": True}, "total", "True is a truth value", None),
        ({"total": "many"}, "total", "'many' is not a number", None),
        ({"total": "1/0"}, "total", "divides by zero", None),
        ({"total": "1e999"}, "total", "longer than", None),
        ({"title": "Chỉ số"}, "title", "expected a table, found text", None),
        ({"title": {"vn": "Chỉ số"}}, "title.vn", "unknown key, expected one of vi, en", None),
        ({"title": {"vi": 3}}, "title.vi", "expected text, found a number", None),
        ({"criterion": []}, "criterion", "a full methodology has criteria", None),
        ({"criterion": {"id": "1"}}, "criterion", "expected a list of tables, found a table", None),
        ({"sources": []}, "sources", "unknown key", "source"),
        ({"zzz": 1}, "zzz", "unknown key, expected one of format, id,", None),
        ({"source": {}}, "source", "expected a list, found a table", None),
        ({"source": ["qd"]}, "source[0]", "expected a table, found text", None),
        ({"origin": []}, "origin", "expected a table, found a list", None),
        ({"origin": {"A": {}}}, "origin.A", "'A' is not an id", None),
        ({"origin": {"a.b": {}}}, "origin.a.b", "'a.b' is not an id", None),
        ({"origin": {"a": {"max": "x"}}}, "origin.a.max", "'x' is not a number", None),
        ({"origin": {"a": {"self_assesed": False}}}, "origin.a.self_assesed", "unknown key", "self_assessed"),
        ({"policy": {"headline": "indx"}}, "policy.headline", "'indx' is none of index, points", "index"),
        ({"policy": {"index_cap": 0}}, "policy.index_cap", "0 is no cap", None),
        ({"policy": {"print_rounding": {"digits": 13}}}, "policy.print_rounding.digits", "12", None),
        (
            {"policy": {"print_rounding": {"digits": "2"}}},
            "policy.print_rounding.digits",
            "expected a whole number, found text",
            None,
        ),
        (
            {"policy": {"print_rounding": {"mode": "half-upp"}}},
            "policy.print_rounding.mode",
            "'half-upp' is none of",
            "half-up",
        ),
        ({"policy": {"print_rounding": 2}}, "policy.print_rounding", "expected a table, found a number", None),
        ({"policy": {"accept_unequal_maxima": "yes"}}, "policy.accept_unequal_maxima", "expected a truth value", None),
        ({"block": [{"id": "B", "effect": "add"}]}, "block[0].id", "'B' is not an id", None),
        ({"block": [{"id": "b", "effect": "ad"}]}, "block[0].effect", "'ad' is none of add, subtract", "add"),
        ({"block": [{"id": "b"}]}, "block[0].effect", "is missing", None),
        ({"block": [{"id": "b", "effect": "add", "cap": 0}]}, "block[0].cap", "0 is no cap", None),
        ({"block": [{"id": "b", "effect": "add"}, {"id": "b", "effect": "add"}]}, "block[1]", "'b' stands twice", None),
        ({"event": [{"key": "e"}, {"key": "e"}]}, "event[1]", "'e' stands twice", None),
        (
            {"event": [{"key": "e", "grade_at_most": "kha"}]},
            "event[0].grade_at_most",
            "no grade has the key 'kha'",
            None,
        ),
        ({"event": [{"key": "e f"}]}, "event[0].key", "'e f' is not an id", None),
        ({"grade": [{"key": "none", "from": 0}]}, "grade[0].key", "the key 'none'", None),
        ({"grade": [{"key": "a"}]}, "grade[0].from", "is missing", None),
        ({"grade": [{"key": "a", "from": "80%"}]}, "grade[0].from", "'80%' is not a number", None),
        (
            {"grade": [{"key": "a", "from": 0, "requires": ["no-zero"]}]},
            "grade[0].requires[0]",
            "'no-zero' is none of no-zero-criterion",
            None,
        ),
        (
            {"grade": [{"key": "a", "from": 0, "years": 2024}]},
            "grade[0].years",
            "expected a list, found a number",
            None,
        ),
        ({"grade": [{"key": "Tốt", "from": 0}]}, "grade[0].key", "'Tốt' is not an id", None),
    ],
)
def test_head_refused(head: Table, at: str, message: str, hint: str | None) -> None:
    """What is impossible in the head is refused at its place, with the near miss, and nothing else is said."""
    found = refused_head(head)
    assert list(found) == [at]
    assert message in found[at].message
    assert found[at].hint == hint


def refused_head(head: Table) -> dict[str, pi.Fault]:
    """Return the faults of a methodology of one leaf with another head."""
    whole = {**tables(leaf("1")), **head}
    return faults_of(json.dumps({key: value for key, value in whole.items() if value is not None}, ensure_ascii=False))


@pytest.mark.parametrize(
    ("source", "at", "message"),
    [
        ({"key": "qd", "status": "official"}, "title", "is missing"),
        ({"key": "qd", "title": "T"}, "status", "is missing"),
        ({"title": "T", "status": "official"}, "key", "is missing"),
        ({"key": "Qd", "title": "T", "status": "official"}, "key", "'Qd' is not an id"),
        ({"key": "qd", "title": "T", "status": "oficial"}, "status", "is none of official, derived, illustrative"),
        (
            {"key": "qd", "title": "T", "status": "official", "sha256": "abc"},
            "sha256",
            "expected 64 hexadecimal digits",
        ),
        ({"key": "qd", "title": "T", "status": "official", "issued": "15/01/2024"}, "issued", "is not a date"),
        ({"key": "qd", "title": "T", "status": "official", "issued": 2024}, "issued", "2024 is not a date"),
        ({"key": "qd", "title": "T", "status": "official", "retrieved": "2024-02-30"}, "retrieved", "is not a date"),
        ({"key": "qd", "title": 5, "status": "official"}, "title", "expected text, found a number"),
    ],
)
def test_source_refused(source: Table, at: str, message: str) -> None:
    """What is impossible in a source is refused at its place, and its citations are not called unknown besides."""
    found = refused_head({"source": [source]})
    assert list(found) == [f"source[0].{at}"]
    assert message in found[f"source[0].{at}"].message


def test_source_twice() -> None:
    """A source key that stands twice is refused."""
    source = {"key": "qd", "title": "T", "status": "official"}
    assert list(refused_head({"source": [source, source]})) == ["source[1]"]


def test_date_of_toml() -> None:
    """A date may be written as TOML writes dates, but no time."""
    text = TOML.replace('key = "qd"\n', 'key = "qd"\nissued = 2024-01-15\nretrieved = 2024-02-01\n')
    assert str(pi.parse_methodology(text).sources[0].issued) == "2024-01-15"
    found = faults_of(TOML.replace('key = "qd"\n', 'key = "qd"\nissued = 2024-01-15T10:00:00\n'))
    assert list(found) == ["source[0].issued"]


def test_date_where_text_is_expected() -> None:
    """A bare TOML date where text is expected is refused by what it is."""
    found = faults_of(TOML.replace('edition = "2024"', "edition = 2024-01-01"))
    assert list(found) == ["edition"]
    assert "expected text, found a date" in found["edition"].message


# Refusals of the tree


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ([leaf("1"), leaf("1")], {"criterion 1, id": ("the id '1' stands twice", None)}),
        ([leaf("A.1", parent="")], {"criterion A.1, id": ("'A.1' is not an id", None)}),
        ([leaf("1 1")], {"criterion 1 1, id": ("is not an id", None)}),
        ([leaf("а")], {"criterion а, id": ("is not an id", None)}),
        ([leaf("1/2")], {"criterion 1/2, id": ("'1/2' is not an id", None)}),
        (
            [criterion("1", max=10), leaf("2.1", 10)],
            {
                "criterion 2.1, parent": ("its parent '2' does not exist", None),
                "criterion 1, rule": ("has no criteria below it, expected a rule", None),
            },
        ),
        (
            [criterion("chung"), leaf("chug.1", 10)],
            {
                "criterion chug.1, parent": ("its parent 'chug' does not exist", "chung"),
                "criterion chung, rule": ("has no criteria below it, expected a rule", None),
                "criterion chung, max": ("expected max or weight", None),
            },
        ),
        ([leaf("1", parent="2"), leaf("2", parent="1")], {"criterion 1, parent": ("circle: 1 → 2 → 1", None)}),
        ([leaf("1", parent="1")], {"criterion 1, parent": ("circle: 1 → 1", None)}),
        (
            [leaf("1", parent="2"), leaf("2", parent="3"), leaf("3", parent="2")],
            {"criterion 2, parent": ("circle: 2 → 3 → 2", None)},
        ),
        ([criterion("1", max=10)], {"criterion 1, rule": ("expected a rule", None)}),
        ([leaf("1"), leaf("1.1")], {"criterion 1, rule": ("has criteria below it, the rule belongs to them", None)}),
        ([criterion("1", rule={"type": "given"})], {"criterion 1, max": ("expected max or weight", None)}),
        ([leaf("1", "unknown")], {"criterion 1, max": ('"unknown" is allowed in an outline only', None)}),
        ([leaf("1", -1)], {"criterion 1, max": ("-1 is negative", None)}),
        ([leaf("1", origin="x")], {"criterion 1, origin": ("'x' is not declared", None)}),
        ([leaf("1", block="x")], {"criterion 1, block": ("'x' is not declared", None)}),
        ([leaf("1", cite={"source": "q"})], {"criterion 1, cite.source": ("'q' is not declared", "qd")}),
        ([leaf("1", default=1)], {"criterion 1, default": ("only items of a block have a default", None)}),
        ([leaf("1", 10, weight=1)], {"criterion 1, max": ("siblings state all maxima or all weights", None)}),
        (
            [criterion("1", weight=1, rule={"type": "given"}), leaf("2", 5)],
            {"criterion 2, max": ("siblings state all maxima or all weights, and 1 states a weight", None)},
        ),
        ([criterion("1", weight=0, rule={"type": "given"})], {"criterion 1, weight": ("are all zero", None)}),
        ([criterion("1", weight=-1, rule={"type": "given"})], {"criterion 1, weight": ("-1 is negative", None)}),
        (
            [criterion("1", weight=1, rule={"type": "given"}, applies_to=["a"])],
            {"criterion 1, weight": ("weights among criteria of some groups only", None)},
        ),
        (
            [criterion("1"), criterion("1.1", weight=1, rule={"type": "given"})],
            {"criterion 1.1, weight": ("weights divide the max of 1, which is not stated", None)},
        ),
        ([leaf("1", idd=3)], {"criterion 1, idd": ("unknown key", "id")}),
        ([leaf("1", max_points=3)], {"criterion 1, max_points": ("unknown key", None)}),
        ([leaf("1", rule={})], {"criterion 1, rule": ("expected a type: one of given, levels, bands,", None)}),
        ([leaf("1", rule="given")], {"criterion 1, rule": ("expected a table, found text", None)}),
        ([leaf("1", rule=["given"])], {"criterion 1, rule": ("expected a table, found a list", None)}),
        ([leaf("1", rule={"type": "ration"})], {"criterion 1, rule.type": ("'ration' is no rule", "ratio")}),
        ([leaf("1", rule={"type": 5})], {"criterion 1, rule.type": ("5 is no rule", None)}),
        ([leaf("1", rule={"type": ["given"]})], {"criterion 1, rule.type": ("is no rule", None)}),
        ([leaf("1", rule={"type": "ratio", "from": 80})], {"criterion 1, rule.from": ("80 is not a rate", None)}),
        (
            [leaf("1", rule={"type": "ratio", "zero_total": "ful"})],
            {"criterion 1, rule.zero_total": ("'ful' is none of", "full")},
        ),
        (
            [leaf("1", rule={"type": "ratio", "inverse": 1})],
            {"criterion 1, rule.inverse": ("expected a truth value", None)},
        ),
        (
            [leaf("1", rule={"type": "levels", "levels": []})],
            {"criterion 1, rule.levels": ("expected at least one level", None)},
        ),
        (
            [leaf("1", rule={"type": "levels", "levels": {}})],
            {"criterion 1, rule.levels": ("expected a list, found a table", None)},
        ),
        ([leaf("1", rule={"type": "levels"})], {"criterion 1, rule.levels": ("is missing", None)}),
        (
            [leaf("1", rule={"type": "levels", "levels": [{"key": "a", "points": 1}, {"key": "a", "points": 2}]})],
            {"criterion 1, rule.levels[1].key": ("the key 'a' stands twice", None)},
        ),
        (
            [leaf("1", rule={"type": "levels", "levels": [{"key": "a", "points": True}]})],
            {"criterion 1, rule.levels[0].points": ("True is a truth value, expected a number", None)},
        ),
        (
            [leaf("1", rule={"type": "bands", "bands": [{"from": "80%", "points": 2}]})],
            {"criterion 1, rule.bands[0]": ("the last band takes all the rest, it has no edge", None)},
        ),
        (
            [leaf("1", rule={"type": "weighted-counts", "credits": {"a": 2}})],
            {"criterion 1, rule.credits.a": ("2 is not a credit from 0 to 1", None)},
        ),
        (
            [leaf("1", rule={"type": "weighted-counts", "credits": {"total": 1}})],
            {"criterion 1, rule": ("the key 'total' would collide with another input of this rule", None)},
        ),
        (
            [leaf("1", rule={"type": "checklist", "items": [{"key": "not-applicable", "points": 1}]})],
            {"criterion 1, rule.items[0].key": ("the key 'not-applicable' is reserved", None)},
        ),
        (
            [leaf("1", rule={"type": "bands", "of": "ration", "bands": [{"points": 0}]})],
            {"criterion 1, rule.of": ("'ration' is none of ratio, value", "ratio")},
        ),
        (
            [leaf("1", rule={"type": "best", "of": [{"type": "given"}]})],
            {"criterion 1, rule.of[0].key": ("is missing", None)},
        ),
        (
            [leaf("1", rule={"type": "best", "of": [{"key": 5, "type": "given"}]})],
            {"criterion 1, rule.of[0].key": ("expected text, found a number", None)},
        ),
        (
            [leaf("1", rule={"type": "best", "of": [7]})],
            {"criterion 1, rule.of[0]": ("expected a table, found a number", None)},
        ),
        (
            [leaf("1", rule={"type": "relative", "all_equal": "both"})],
            {"criterion 1, rule.all_equal": ("'both' is not a number", None)},
        ),
        ([leaf("1", cite="qd")], {"criterion 1, cite": ("expected a table, found text", None)}),
        ([leaf("1", cite={})], {"criterion 1, cite.source": ("is missing", None)}),
        ([leaf("1", vi=["Tiêu chí"])], {"criterion 1, vi": ("expected text, found a list", None)}),
        ([leaf("1", lead=True)], {"criterion 1, lead": ("expected text, found a truth value", None)}),
        ([leaf("1", applies_to="vùng núi")], {"criterion 1, applies_to": ("expected a list, found text", None)}),
        ([leaf("1", not_applicable="exlude")], {"criterion 1, not_applicable": ("'exlude' is none of", "exclude")}),
        (
            [criterion("1", max=True, rule={"type": "given"})],
            {"criterion 1, max": ("True is a truth value, expected a number", None)},
        ),
        ([leaf("1", [10])], {"criterion 1, max": ("expected a number", None)}),
        ([leaf("1", "10,5")], {"criterion 1, max": ("is written with ','", None)}),
        ([{"max": 10, "rule": {"type": "given"}}], {"criterion[0].id": ("is missing", None)}),
        ([{**leaf("1"), "id": 1}], {"criterion[0].id": ("expected text, found a number", None)}),
        ([leaf("1"), "hai"], {"criterion[1]": ("expected a table, found text", None)}),
    ],
)
def test_criteria_refused(criteria: list[Any], expected: dict[str, tuple[str, str | None]]) -> None:
    """What makes the tree impossible is refused at its place, with the near miss, and nothing that only follows."""
    found = refused(*criteria)
    assert {at: fault.hint for at, fault in found.items()} == {at: hint for at, (_, hint) in expected.items()}
    for at, (message, _) in expected.items():
        assert message in found[at].message


def test_empty_id() -> None:
    """An empty id is refused like any other that is none, and in no time."""
    text = json.dumps(tables(leaf("")))
    code = "import sys, parindex; parindex.parse_methodology(sys.stdin.read())"
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code], input=text.encode(), capture_output=True, check=False, timeout=20
    )
    assert b"'' is not an id" in done.stderr


BONUS = {"block": [{"id": "bonus", "effect": "add", "cap": 5}, {"id": "malus", "effect": "subtract", "cap": 5}]}


@pytest.mark.parametrize(
    ("item", "at", "message"),
    [
        ({"not_applicable": "full"}, "not_applicable", "full inside a block has no documented use"),
        ({"not_applicable": "redistribute"}, "not_applicable", "redistribute inside a block has no documented use"),
        ({"rule": {"type": "given", "lowest": -1}}, "rule", "an item of a block gives no points below 0"),
        ({"default": 6}, "default", "6 points cannot be had by this rule"),
        ({"default": -1}, "default", "-1 points cannot be had by this rule"),
        ({"default": True}, "default", "True is a truth value"),
        ({"default": {"pointz": 1}}, "default.pointz", "unknown input, expected points"),
        ({"default": {"points": 9}}, "default.points", "9 is above 5"),
        ({"default": {}}, "default.points", "expected a value for every input"),
    ],
)
def test_block_item_refused(item: Table, at: str, message: str) -> None:
    """What has no documented use inside a block is refused at its place."""
    found = refused(leaf("1"), leaf("b", 5, block="bonus", **item), **BONUS)
    assert [each.removeprefix("criterion b, ") for each in found if message in found[each].message] == [at]


def test_block_of_parent_and_child() -> None:
    """A child may not belong to another block than its parent."""
    found = refused(leaf("1"), criterion("b", block="bonus"), leaf("b.1", 5, block="malus"), **BONUS)
    assert {at: fault.message for at, fault in found.items()} == {
        "criterion b.1, block": "belongs to another block than its parent"
    }


def test_block_below_a_criterion_of_the_base() -> None:
    """An item of a block below a criterion of the base is refused too."""
    found = refused(criterion("1"), leaf("1.1", 10), leaf("1.2", 5, block="bonus"), **BONUS)
    assert list(found) == ["criterion 1.2, block"]


def test_block_items_by_weight() -> None:
    """Items of a block state their maximum, since no total is divided among them."""
    item = criterion("b.1", weight=1, rule={"type": "given"})
    found = refused(leaf("1"), criterion("b", block="bonus", max=5), item, **BONUS)
    assert {at: fault.message for at, fault in found.items()} == {
        "criterion b.1, weight": "items of a block state their max"
    }


def test_outline_leaves_are_given() -> None:
    """Leaves of an outline are given, no other rule."""
    found = refused(leaf("1", rule={"type": "ratio"}), completeness="outline")
    assert {at: fault.message for at, fault in found.items()} == {
        "criterion 1, rule.type": "leaves of an outline are given"
    }


def test_scale_needs_a_maximum() -> None:
    """A scale below an unknown maximum is refused."""
    found = refused(
        criterion("1", max="unknown", rule={"type": "given", "scale": 10}),
        completeness="outline",
        policy={"headline": "points"},
    )
    assert {at: fault.message for at, fault in found.items()} == {
        "criterion 1, rule.scale": "a scale needs a known maximum"
    }


@pytest.mark.parametrize("total", ["unknown", 10])
def test_weights_of_an_unknown_total(total: object) -> None:
    """Weights cannot divide what no source states."""
    upper = criterion("1", max="unknown")
    found = refused(
        *([upper, criterion("1.1", weight=1)] if total == 10 else [criterion("1", weight=1)]),
        completeness="outline",
        total=total,
        policy={"headline": "points"},
    )
    above = "the max of 1" if total == 10 else "the total"
    assert [fault.message for fault in found.values()] == [f"weights divide {above}, which is not stated"]


def test_leaf_maximum_beyond_leaf_rounding() -> None:
    """A leaf maximum that leaf_rounding cannot represent is refused."""
    rounding = {"leaf_rounding": {"digits": 1}}
    found = refused(leaf("1", "9.95"), leaf("2", "0.05"), policy=rounding)
    assert {at: fault.message for at, fault in found.items()} == {
        "criterion 1, max": "the maximum 9.95 has more decimals than leaf_rounding keeps",
        "criterion 2, max": "the maximum 0.05 has more decimals than leaf_rounding keeps",
    }
    assert read(leaf("1", "9.9"), leaf("2", "0.1"), policy=rounding).errors == ()


@pytest.mark.parametrize("changes", [{}, {"not_applicable": "exclude"}])
def test_headline_points_with_excluded_maxima(changes: Table) -> None:
    """Headline points with excluded maxima are refused unless the policy accepts them."""
    found = refused(leaf("1"), policy={"headline": "points", **changes})
    assert list(found) == ["criterion 1, not_applicable"]
    assert "accept_unequal_maxima = true" in found["criterion 1, not_applicable"].message


@pytest.mark.parametrize(
    "policy",
    [
        {"not_applicable": "zero"},
        {"not_applicable": "full"},
        {"not_applicable": "redistribute"},
        {"accept_unequal_maxima": True},
    ],
)
def test_headline_points_without_excluded_maxima(policy: Table) -> None:
    """Headline points are read where no maximum can be excluded, or the policy accepts it."""
    m = read(leaf("1"), policy={"headline": "points", **policy})
    assert m.policy.headline is pi.Headline.POINTS


def test_headline_points_with_fixed_maxima() -> None:
    """Where an unknown maximum stands above or beside, nothing can be excluded and points are no trouble."""
    m = read(
        criterion("1", max=5), criterion("2", max="unknown"), completeness="outline", policy={"headline": "points"}
    )
    assert m["1"].max_points == 5


def test_many_faults_at_once() -> None:
    """All faults of a file come at once, each with its line, those of its tree beside those of its keys."""
    text = TOML.replace('unit_kind = "district"', 'unit_kind = "Quận"').replace("max = 2.5", 'max = "2,5"')
    text = text.replace('rule = { type = "given" }', 'rule = { type = "giveen" }').replace("total = 10", "totl = 10")
    with pytest.raises(pi.MethodologyFaults) as caught:
        pi.parse_methodology(text, name="a.toml")
    places = {str(fault.place) for fault in caught.value.exceptions if isinstance(fault, pi.Fault)}
    assert places == {
        "a.toml, totl",
        "a.toml, total",
        "a.toml, unit_kind",
        "a.toml line 15, criterion 1, max",
        "a.toml line 21, criterion 2, rule.type",
    }
    assert str(caught.value).startswith("vn.test@2024 cannot be read\n- a.toml, ")


def test_fault_of_the_tree_beside_a_fault_of_a_key() -> None:
    """A broken key of one criterion hides neither a missing parent nor a wrong origin of another."""
    found = refused(leaf("1", "zehn"), leaf("3.1", 5), leaf("4", 5, origin="x"))
    assert set(found) == {"criterion 1, max", "criterion 3.1, parent", "criterion 4, origin"}


def test_broken_section_hides_no_other() -> None:
    """References to a section that could not be read are not called unknown besides."""
    found = refused(
        leaf("1", origin="a"),
        leaf("b", 5, block="bonus"),
        origin=[],
        block={},
        source=[{"key": "qd"}],
        grade=[{"key": "none"}],
        event=[{"key": "e", "grade_at_most": "x"}],
    )
    assert set(found) == {"origin", "block", "source[0].title", "source[0].status", "grade[0].from"}


def test_broken_parent_is_still_a_parent() -> None:
    """The children of a criterion with a broken key keep their parent."""
    found = refused(criterion("1", max="x"), leaf("1.1"), leaf("2.1", "y", parent="9"))
    assert set(found) == {"criterion 1, max", "criterion 2.1, max", "criterion 2.1, parent"}


def test_broken_sibling_of_weights() -> None:
    """A broken sibling among weights does not make the others wrong."""
    found = refused(
        criterion("1", weight="x", rule={"type": "given"}), criterion("2", weight=1, rule={"type": "given"})
    )
    assert set(found) == {"criterion 1, weight"}


def test_broken_total_is_the_only_fault() -> None:
    """A total that cannot be read does not make the rest wrong."""
    assert set(refused(leaf("1"), total="zehn")) == {"total"}


def test_broken_policy_is_the_only_fault() -> None:
    """A policy that cannot be read does not make the rest wrong."""
    assert set(refused(leaf("1"), total="unknown", completeness="outline", policy={"headline": "pts"})) == {
        "policy.headline"
    }


def test_lines_are_left_out_where_they_are_not_certain() -> None:
    """Where criteria are not written as [[criterion]] each, no line is claimed."""
    head, _, _ = TOML.partition("[[criterion]]")
    text = head.replace("[title]", 'criterion = [{ id = "1", max = "x" }]\n[title]')
    found = faults_of(text)
    assert found["criterion 1, max"].place.line is None
    whole = faults_of(head.replace("[title]", "criterion = 5\n[title]"))
    assert list(whole) == ["criterion"]


def test_depth_is_bounded() -> None:
    """A tree deeper than the bound is refused by name, whether by ids or by parents."""
    deep = [".".join(["1"] * level) for level in range(1, MOST_LEVELS + 2)]
    found = refused(*(criterion(each) for each in deep[:-1]), leaf(deep[-1]))
    assert [fault.message for fault in found.values()] == [
        f"stands {MOST_LEVELS + 1} levels deep, at most {MOST_LEVELS} are read"
    ]
    assert len(read(*(criterion(each) for each in deep[:-2]), leaf(deep[-2]))) == MOST_LEVELS


def test_constructor_refuses_what_the_file_refuses() -> None:
    """A methodology cannot be built with a fault either."""
    years: Any = [2024]
    with pytest.raises(pi.MethodologyFaults, match=r"vn\.x@1 cannot be built") as caught:
        pi.Methodology(id="vn.x", edition="1", years=years, unit_kind="Q", completeness="full", total=1)
    assert {str(fault.place) for fault in caught.value.exceptions if isinstance(fault, pi.Fault)} == {
        "unit_kind",
        "criterion",
    }


def test_fault_without_a_class_lists_nothing() -> None:
    """Any other error of the converter becomes a fault with its text and place."""
    (fault,) = faults_in(RuntimeError("lạ"), "policy")
    assert str(fault) == "policy: lạ"
    (missing,) = faults_in(KeyError("x"), "policy")
    assert str(missing) == "policy: is missing"


# Check


def findings(*criteria: Table, **head: Any) -> list[tuple[str, str, str]]:
    """Return code, severity and place of each finding in such a methodology."""
    return codes(read(*criteria, **head))


def rule(kind: str, **keys: Any) -> Table:
    """Return a rule of the file."""
    return {"type": kind, **keys}


RATIO = {"type": "ratio"}
EDGES = [{"from": "90%", "points": 10}, {"from": "70%", "points": 5}, {"points": 0}]
HIDDEN = [{"from": "70%", "points": 10}, {"from": "90%", "points": 5}, {"points": 0}]


@pytest.mark.parametrize(
    ("wrong", "right", "code", "severity", "place"),
    [
        (
            ([criterion("1", max=9), leaf("1.1", 10)], {}),
            ([criterion("1", max=10), leaf("1.1", 10)], {}),
            "maxima-mismatch",
            "error",
            "criterion 1, max",
        ),
        (([leaf("1", 9)], {}), ([leaf("1", 10)], {}), "total-mismatch", "error", "total"),
        (
            ([leaf("1", 4, origin="a", rule=RATIO), leaf("2", 6)], {"origin": {"a": {"max": 4}}}),
            ([leaf("1", 4, origin="a", rule=RATIO), leaf("2", 6, origin="b")], {"origin": {"a": {"max": 4}, "b": {}}}),
            "origin-missing",
            "error",
            "criterion 2, origin",
        ),
        (
            ([leaf("1", origin="a")], {"origin": {"a": {"max": 9}}}),
            ([leaf("1", origin="a")], {"origin": {"a": {"max": 10}}}),
            "origin-mismatch",
            "error",
            "origin.a.max",
        ),
        (
            ([leaf("1", rule=rule("bands", bands=HIDDEN))], {}),
            ([leaf("1", rule=rule("bands", bands=EDGES))], {}),
            "band-hidden",
            "error",
            "criterion 1, rule.bands[1]",
        ),
        (
            ([leaf("1", rule=rule("ratio", **{"from": "90%", "full_at": "80%"}))], {}),
            ([leaf("1", rule=rule("ratio", **{"from": "80%", "full_at": "80%"}))], {}),
            "from-above-full",
            "error",
            "criterion 1, rule.from",
        ),
        (
            ([leaf("1", rule=rule("levels", levels=[{"key": "a", "points": 11}, {"key": "b", "points": 0}]))], {}),
            ([leaf("1", rule=rule("levels", levels=[{"key": "a", "points": 10}, {"key": "b", "points": 0}]))], {}),
            "points-above-maximum",
            "error",
            "criterion 1, rule.levels[0]",
        ),
        (
            ([leaf("1", rule=rule("levels", levels=[{"key": "a", "points": 9}, {"key": "b", "points": 0}]))], {}),
            ([leaf("1", rule=rule("levels", levels=[{"key": "a", "share": 1}, {"key": "b", "points": 0}]))], {}),
            "maximum-out-of-reach",
            "warning",
            "criterion 1, rule",
        ),
        (
            ([leaf("1", rule=rule("given", lowest=1))], {}),
            ([leaf("1", rule=rule("given", lowest=-1))], {}),
            "lowest-above-zero",
            "warning",
            "criterion 1, rule",
        ),
        (
            ([leaf("1")], {"grade": [{"key": "a", "from": 50, "years": [2023]}]}),
            ([leaf("1")], {"grade": [{"key": "a", "from": 50, "years": [2024]}]}),
            "grade-year",
            "error",
            "grade[0].years",
        ),
        (
            ([leaf("1")], {"grade": [{"key": "a", "from": 50}, {"key": "b", "from": 50}]}),
            ([leaf("1")], {"grade": [{"key": "a", "from": 50}, {"key": "b", "from": 49}]}),
            "grade-hidden",
            "error",
            "grade[1].from",
        ),
        (
            ([leaf("1")], {"grade": [{"key": "a", "from": 50, "requires": ["no-zero-criterion"]}]}),
            (
                [leaf("1")],
                {"grade": [{"key": "a", "from": 50, "requires": ["no-zero-criterion"]}, {"key": "b", "from": 40}]},
            ),
            "grade-hole",
            "error",
            "grade[0]",
        ),
        (
            (
                [leaf("1")],
                {
                    "years": [2024, 2025],
                    "event": [{"key": "e", "grade_at_most": "a"}],
                    "grade": [{"key": "a", "from": 50, "years": [2024]}, {"key": "b", "from": 50, "years": [2025]}],
                },
            ),
            ([leaf("1")], {"event": [{"key": "e", "grade_at_most": "a"}], "grade": [{"key": "a", "from": 50}]}),
            "limit-unknown",
            "warning",
            "event[0].grade_at_most",
        ),
        (
            ([leaf("1", 9, rule=RATIO), leaf("2", 1, cite=None)], {}),
            ([leaf("1", 9, rule=RATIO), leaf("2", 1)], {}),
            "citation-missing",
            "error",
            "criterion 2, cite",
        ),
        (
            (
                [leaf("1")],
                {
                    "source": [
                        {"key": "qd", "title": "A", "status": "official"},
                        {"key": "b", "title": "B", "status": "derived"},
                    ]
                },
            ),
            ([leaf("1")], {"source": [{"key": "qd", "title": "A", "status": "official"}]}),
            "source-unused",
            "warning",
            "source[1]",
        ),
        (
            (
                [leaf("1")],
                {
                    "source": [
                        {
                            "key": "qd",
                            "title": "A",
                            "status": "official",
                            "issued": "2024-02-02",
                            "retrieved": "2024-02-01",
                        }
                    ]
                },
            ),
            (
                [leaf("1")],
                {
                    "source": [
                        {
                            "key": "qd",
                            "title": "A",
                            "status": "official",
                            "issued": "2024-02-02",
                            "retrieved": "2024-02-02",
                        }
                    ]
                },
            ),
            "source-dates",
            "error",
            "source[0].retrieved",
        ),
        (
            ([leaf("1")], {"titles_verified": False}),
            ([leaf("1")], {}),
            "titles-unverified",
            "warning",
            "titles_verified",
        ),
        (([leaf("1", en=None)], {}), ([leaf("1")], {}), "title-missing", "warning", "criterion 1, en"),
        (([leaf("1")], {"title": {"en": "Index"}}), ([leaf("1")], {}), "title-missing", "warning", "title, vi"),
        (
            ([leaf("1")], {"block": [{"id": "b", "effect": "add"}]}),
            ([leaf("1")], {"block": [{"id": "b", "effect": "add", "cap": 1}]}),
            "block-without-cap",
            "warning",
            "block[0]",
        ),
        (
            ([leaf("1", rule=rule("given", lowest=11))], {}),
            ([leaf("1", rule=rule("given", lowest=0))], {}),
            "lowest-above-maximum",
            "error",
            "criterion 1, rule.lowest",
        ),
    ],
)
def test_finding_and_its_twin(
    wrong: tuple[list[Table], Table], right: tuple[list[Table], Table], code: str, severity: str, place: str
) -> None:
    """Check names what is wrong or doubtful, and has nothing to say about the twin that is right."""
    assert (code, severity, place) in findings(*wrong[0], **wrong[1])
    assert findings(*right[0], **right[1]) == []


def test_grade_twice() -> None:
    """A key that stands twice in one list of grades is an error at both places."""
    found = findings(leaf("1"), grade=[{"key": "a", "from": 50}, {"key": "a", "from": 40}])
    assert found == [("grade-twice", "error", "grade[0].key"), ("grade-twice", "error", "grade[1].key")]


def test_grade_key_in_two_lists() -> None:
    """The same key in the lists of two years is no error."""
    grades = [{"key": "a", "from": 50, "years": [2024]}, {"key": "a", "from": 60, "years": [2025]}]
    assert findings(leaf("1"), years=[2024, 2025], grade=grades) == []


def test_grade_list_that_ends_above_zero_is_no_hole() -> None:
    """A list that ends above 0, or a year without a list, is no hole."""
    assert findings(leaf("1"), years=[2024, 2025], grade=[{"key": "a", "from": 50, "years": [2024]}]) == []


def test_grade_hole_in_the_middle() -> None:
    """A conditional last band with an unconditional one above still leaves a hole below that."""
    grades = [
        {"key": "a", "from": 80},
        {"key": "b", "from": 50, "requires": ["no-zero-criterion"]},
    ]
    assert findings(leaf("1"), grade=grades) == [("grade-hole", "error", "grade[1]")]


def test_conditional_grade_hides_nothing() -> None:
    """A grade with a condition leaves what does not meet it to the next, even from the same edge."""
    grades = [{"key": "a", "from": 80, "requires": ["no-zero-criterion"]}, {"key": "b", "from": 80}]
    assert findings(leaf("1"), grade=grades) == []


def test_all_hidden_grades_are_named() -> None:
    """Every grade that some earlier one hides is named, not only the first."""
    grades = [{"key": "a", "from": 50}, {"key": "b", "from": 80}, {"key": "c", "from": 60}]
    assert findings(leaf("1"), grade=grades) == [
        ("grade-hidden", "error", "grade[1].from"),
        ("grade-hidden", "error", "grade[2].from"),
    ]


def test_grade_findings_are_said_once() -> None:
    """What is wrong in the lists of several years and groups is said once."""
    grades = [{"key": "a", "from": 50}, {"key": "b", "from": 60}, {"key": "c", "from": 10, "years": [2024]}]
    found = findings(leaf("1"), years=[2024, 2025], grade=grades)
    assert found == [("grade-hidden", "error", "grade[1].from")]


def test_grade_messages_name_their_list() -> None:
    """A finding in the grades of one year and group says which."""
    grades = [
        {"key": "a", "from": 50, "years": [2024], "groups": ["vùng núi"]},
        {"key": "b", "from": 60, "years": [2024], "groups": ["vùng núi"]},
    ]
    (finding,) = pi.check(read(leaf("1"), grade=grades))
    assert finding.message == (
        "an earlier grade takes every value from 60 on in 2024 for group 'vùng núi': list the best first"
    )
    assert str(finding) == f"error: grade[1].from: {finding.message} [grade-hidden]"


def test_maxima_are_held_for_each_group() -> None:
    """The sums are held against the total for each group of units."""
    found = pi.check(read(leaf("1", 4, rule=RATIO), leaf("2", 6, applies_to=["a"]), leaf("3", 5, applies_to=["b"])))
    assert [(each.code, each.place) for each in found] == [("total-mismatch", "total")]
    assert found[0].message == "the criteria add up to 9, not to 10 for group 'b'"


def test_what_all_groups_share_is_told_once() -> None:
    """A sum that is wrong for every group alike is told once, and for none of them."""
    found = pi.check(read(leaf("1", 3, rule=RATIO), leaf("2", 6, applies_to=["a"]), leaf("3", 6, applies_to=["b"])))
    assert [each.message for each in found] == ["the criteria add up to 9, not to 10"]


def test_origins_are_held_for_each_group() -> None:
    """The sums by origin are held for each group of units, and a criterion below one that does not exist counts not."""
    found = pi.check(
        read(
            leaf("1", 4, origin="x", rule=RATIO),
            criterion("2", applies_to=["a"], origin="x"),
            leaf("2.1", 6),
            leaf("3", 6, applies_to=["b"], origin="y"),
            origin={"x": {"max": 10}, "y": {}},
        )
    )
    assert [each.message for each in found] == ["its criteria add up to 4, not to 10 for group 'b'"]


def test_unknown_parts_below_a_stated_maximum() -> None:
    """Beside an unknown part, known parts may stay below the stated maximum but not exceed it."""
    fine = [criterion("1", max=10), criterion("1.1", max=4), criterion("1.2", max="unknown")]
    assert findings(*fine, completeness="outline") == []
    over = [criterion("1", max=10), criterion("1.1", max=14), criterion("1.2", max="unknown")]
    assert findings(*over, completeness="outline") == [("maxima-mismatch", "error", "criterion 1, max")]


def test_unknown_root_leaves_the_total() -> None:
    """With a root of unknown maximum nothing is held against the total or the origin."""
    found = findings(
        criterion("1", max=4, origin="a"),
        criterion("2", max="unknown", origin="a"),
        completeness="outline",
        origin={"a": {"max": 10}},
    )
    assert found == []


def test_no_source_at_all() -> None:
    """A methodology without sources is an error of check."""
    found = findings(leaf("1", cite=None), source=None)
    assert found == [("citation-missing", "error", "criterion 1, cite"), ("citation-missing", "error", "source")]


def test_errors_come_first() -> None:
    """Errors come before warnings, whatever stands first in the file."""
    severities = [severity for _, severity, _ in findings(leaf("1", 9, en=None, vi=None), titles_verified=False)]
    assert severities == sorted(severities)
    assert severities[0] == "error"
    assert severities[-1] == "warning"


def test_error_in_a_rule_silences_its_reach() -> None:
    """A rule that is wrong already is not called out of reach besides."""
    (finding,) = pi.check(read(leaf("1", rule=rule("bands", bands=HIDDEN))))
    assert finding.code == "band-hidden"
    assert finding.severity is pi.Severity.ERROR


def test_hidden_last_band() -> None:
    """A last band below 0 % is never reached."""
    bands = [{"from": "0%", "points": 10}, {"points": 0}]
    assert findings(leaf("1", rule=rule("bands", bands=bands))) == [
        ("band-hidden", "error", "criterion 1, rule.bands[1]")
    ]


def test_decimal_of_toml_is_exact() -> None:
    """TOML and JSON decimals never pass through binary floating point."""
    m = pi.parse_methodology(TOML.replace("max = 2.5", "max = 2.3").replace("max = 7.5", "max = 7.7"))
    assert m["1"].max_points == Fraction(23, 10)
    assert m.errors == ()
    assert from_tables(tables(leaf("1", Decimal("0.1")), total=Decimal("0.1"))).total == Fraction(1, 10)
