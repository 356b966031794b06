"""Named ways to break an edition, each with the place where it must be told.

A mutant takes the tables of an edition, as ``to_tables`` gives them, and breaks one thing.
It says where the fault or the finding must stand, or None where the edition has nothing to break that way.
Most mutants are refused on reading; a few can be read and are told by ``check``.

The functions of this module look for what they break; the mutants of :mod:`mutants_of_shape` are data.
``TEXTS`` are ways to break the text of a file.
"""

from __future__ import annotations

import copy
import itertools
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import parindex as pi
from breaking import (
    ADDED,
    FOUND,
    Mutant,
    Table,
    add,
    block,
    children,
    criteria,
    grade,
    inner,
    instead,
    known_below,
    leaves,
    more,
    mutant,
    parent_of,
    stated,
    sums,
    within,
)
from mutants_of_shape import BY_DATA
from parindex._drafting.writing import MARK
from parindex._methodology.document import to_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["MUTANTS", "TEXTS", "Mutant", "Table", "editions", "texts"]

Rewrites: TypeAlias = "Callable[[str], tuple[str, str] | None]"

FOLDERS: Final = (Path(pi.__file__).parent / "_catalog", Path(__file__).parent / "data")


def texts() -> dict[str, str]:
    """Return the TOML text of every edition that ships, and of those of the tests, by file name."""
    files = [file for folder in FOLDERS for file in sorted(folder.rglob("*.toml"))]
    found = {file.name: file.read_text("utf-8") for file in files}
    return {name: text for name, text in found.items() if re.search("^format = ", text, re.MULTILINE)}


def editions() -> dict[str, Table]:
    """Return the tables of every edition of :func:`texts`, as ``dumps`` writes them."""
    return {name: to_tables(pi.parse_methodology(text)) for name, text in texts().items()}


# The head


@mutant(shape=True)
def a_misspelt_key(tables: Table) -> str:
    tables["titel"] = tables.pop("title")
    return "titel"


@mutant(shape=True)
def a_cyrillic_letter_in_the_id(tables: Table) -> str:
    tables["id"] = tables["id"].replace("p", "р", 1) if "p" in tables["id"] else f"{tables['id']}.а"
    return "id"


@mutant(shape=True)
def a_zero_width_space_in_the_edition(tables: Table) -> str:
    tables["edition"] += "\u200b"
    return "edition"


@mutant()
def years_out_of_order(tables: Table) -> str:
    tables["years"] = [tables["years"][0] + 1, tables["years"][0]]
    return "years"


@mutant()
def a_total_of_too_many_digits(tables: Table) -> str:
    tables["total"] = "1e101"
    return "total"


@mutant(shape=True)
def an_entry_that_pretends_to_be_full(tables: Table) -> str | None:
    if criteria(tables):
        return None
    tables["completeness"] = "full"
    return "criterion"


@mutant(code="outline-as-full", warns=True)
def an_outline_that_pretends_to_be_full(tables: Table) -> str | None:
    unknown = any(entry.get("max") == "unknown" for entry in criteria(tables))
    if tables["completeness"] != "outline" or unknown or len(list(leaves(tables))) < 2:
        return None
    tables["completeness"] = "full"
    for leaf in leaves(tables):
        leaf["rule"] = {"type": "given"}
    return "completeness"


# Sources and citations


@mutant(shape=True)
def a_cyrillic_letter_in_the_key_of_a_source(tables: Table) -> str:
    tables["source"][-1]["key"] += "а"
    return f"source[{len(tables['source']) - 1}].key"


@mutant()
def the_same_source_twice(tables: Table) -> str:
    tables["source"].append(dict(tables["source"][0]))
    return f"source[{len(tables['source']) - 1}]"


@mutant(code="source-dates")
def a_source_read_before_it_was_issued(tables: Table) -> str:
    tables["source"][0] |= {"issued": "2024-03-01", "retrieved": "2024-02-29"}
    return "source[0].retrieved"


@mutant(code="source-dates")
def a_source_issued_in_another_century(tables: Table) -> str:
    tables["source"][0] |= {"issued": "1802-03-01", "retrieved": "2024-03-01"}
    return "source[0].issued"


@mutant(code="source-dates")
def a_source_issued_in_the_year_2202(tables: Table) -> str:
    tables["source"][0] |= {"issued": "2202-03-01", "retrieved": "2202-03-01"}
    return "source[0].issued"


@mutant(code="source-dates")
def a_source_read_in_the_year_24(tables: Table) -> str:
    tables["source"][0]["retrieved"] = "0024-03-01"
    return "source[0].retrieved"


@mutant(code="source-dates", warns=True)
def a_decision_issued_long_after_its_years(tables: Table) -> str:
    tables["source"][0] |= {"status": "official", "issued": f"{tables['years'][-1] + 2}-01-15"}
    return "source[0].issued"


@mutant(code="citation-missing")
def an_entry_without_a_source(tables: Table) -> str | None:
    if criteria(tables):
        return None
    del tables["source"]
    for each in tables.get("grade", []):
        each.pop("cite", None)
    return "source"


@mutant(code="citation-missing")
def a_criterion_without_a_citation(tables: Table) -> str | None:
    for entry in criteria(tables)[-1:]:
        del entry["cite"]
        return f"criterion {entry['id']}, cite"
    return None


@mutant()
def a_source_that_is_not_declared(tables: Table) -> str:
    add(tables, cite={"source": "no-such-source"})
    return f"criterion {ADDED}, cite.source"


@mutant(shape=True)
def a_citation_with_a_cyrillic_letter(tables: Table) -> str | None:
    for entry in criteria(tables):
        if "cite" in entry:
            entry["cite"]["source"] = "а" + entry["cite"]["source"][1:]
            return f"criterion {entry['id']}, cite.source"
    return None


@mutant()
def a_grade_of_a_source_that_is_not_declared(tables: Table) -> str:
    return f"{grade(tables, cite={'source': 'no-such-source'})}.cite.source"


@mutant(shape=True)
def a_grade_citing_with_a_cyrillic_letter(tables: Table) -> str:
    key = tables["source"][0]["key"]
    return f"{grade(tables, cite={'source': 'а' + key[1:]})}.cite.source"


@mutant(code="source-unused", warns=True)
def a_source_that_nothing_rests_on(tables: Table) -> str | None:
    if not criteria(tables):
        return None
    tables["source"].append({"key": ADDED, "title": "Quyết định khác", "status": "illustrative"})
    return f"source[{len(tables['source']) - 1}]"


# The tree


@mutant()
def the_same_id_twice(tables: Table) -> str:
    entry = criteria(tables)[-1] if criteria(tables) else add(tables)
    tables["criterion"].append(copy.deepcopy(entry))
    return f"criterion {entry['id']}, id"


@mutant(shape=True)
def a_cyrillic_letter_in_the_id_of_a_criterion(tables: Table) -> str:
    entry = add(tables)
    entry["id"] = "аdded"
    return "criterion аdded, id"


@mutant(shape=True)
def an_id_of_a_criterion_with_a_capital(tables: Table) -> str:
    entry = add(tables)
    entry["id"] = "Added"
    return "criterion Added, id"


@mutant(shape=True)
def a_criterion_without_an_id(tables: Table) -> str:
    del add(tables)["id"]
    return f"criterion[{len(tables['criterion']) - 1}].id"


@mutant(shape=True)
def a_criterion_whose_id_is_a_number(tables: Table) -> str:
    add(tables)["id"] = 1.1
    return f"criterion[{len(tables['criterion']) - 1}].id"


@mutant(shape=True)
def a_criterion_that_is_a_text(tables: Table) -> str:
    tables.setdefault("criterion", []).append("Công tác chỉ đạo, điều hành")
    return f"criterion[{len(tables['criterion']) - 1}]"


@mutant()
def an_orphan(tables: Table) -> str:
    add(tables)["id"] = "no-such-criterion.1"
    return "criterion no-such-criterion.1, parent"


@mutant()
def an_orphan_by_a_lost_criterion(tables: Table) -> str | None:
    for entry in inner(tables):
        child = children(tables, entry["id"])[0]
        tables["criterion"].remove(entry)
        return f"criterion {child['id']}, parent"
    return None


@mutant()
def a_parent_that_does_not_exist(tables: Table) -> str:
    add(tables, parent="no-such-criterion")
    return f"criterion {ADDED}, parent"


@mutant()
def a_criterion_that_is_its_own_parent(tables: Table) -> str:
    add(tables, parent=ADDED)
    return f"criterion {ADDED}, parent"


@mutant()
def a_circle_of_two_parents(tables: Table) -> str:
    add(tables, parent="second")
    add(tables, parent=ADDED)["id"] = "second"
    return f"criterion {ADDED}, parent"


@mutant()
def a_domain_below_its_own_criterion(tables: Table) -> str | None:
    for entry in inner(tables):
        if parent_of(entry) is None:
            entry["parent"] = children(tables, entry["id"])[0]["id"]
            return f"criterion {entry['id']}, parent"
    return None


@mutant()
def more_levels_than_are_read(tables: Table) -> str:
    for level in range(1, 34):
        add(tables)["id"] = ".".join("d" * level)
    return f"criterion {'.'.join('d' * 33)}, parent"


@mutant()
def a_leaf_without_a_maximum(tables: Table) -> str:
    add(tables, max=...)
    return f"criterion {ADDED}, max"


@mutant()
def a_leaf_without_a_rule(tables: Table) -> str | None:
    if tables["completeness"] != "full":
        return None
    leaf = next(leaves(tables))
    del leaf["rule"]
    return f"criterion {leaf['id']}, rule"


@mutant()
def a_rule_above_the_leaves(tables: Table) -> str | None:
    for entry in inner(tables):
        entry["rule"] = {"type": "given"}
        return f"criterion {entry['id']}, rule"
    return None


@mutant()
def an_inner_criterion_that_may_not_apply(tables: Table) -> str | None:
    for entry in inner(tables):
        entry["not_applicable"] = "zero"
        return f"criterion {entry['id']}, not_applicable"
    return None


@mutant(shape=True)
def an_unknown_maximum_in_a_full_edition(tables: Table) -> str | None:
    if tables["completeness"] != "full":
        return None
    add(tables, max="unknown")
    return f"criterion {ADDED}, max"


@mutant()
def an_unknown_maximum_above_known_ones(tables: Table) -> str | None:
    if tables["completeness"] == "full":
        return None
    add(tables, max="unknown", rule=...)
    add(tables)["id"] = f"{ADDED}.1"
    return f"criterion {ADDED}, max"


@mutant(shape=True)
def a_scale_of_an_unknown_maximum(tables: Table) -> str:
    add(tables, max="unknown", rule={"type": "given", "scale": 100})
    return f"criterion {ADDED}, rule.scale"


@mutant(shape=True)
def a_rule_that_an_outline_cannot_have(tables: Table) -> str | None:
    if tables["completeness"] == "full":
        return None
    add(tables, rule={"type": "ratio"})
    return f"criterion {ADDED}, rule.type"


@mutant()
def a_maximum_finer_than_the_rounding_of_leaves(tables: Table) -> str:
    tables.setdefault("policy", {})["leaf_rounding"] = {"digits": 2}
    add(tables, max="0.125")
    return f"criterion {ADDED}, max"


@mutant()
def weights_that_are_all_zero(tables: Table) -> str:
    add(tables, rule=...)
    add(tables, max=..., weight=0)["id"] = f"{ADDED}.1"
    return f"criterion {ADDED}.1, weight"


@mutant()
def a_weight_beside_a_maximum(tables: Table) -> str:
    add(tables, rule=...)
    add(tables, max=..., weight=1)["id"] = f"{ADDED}.1"
    add(tables)["id"] = f"{ADDED}.2"
    return f"criterion {ADDED}.2, max"


@mutant(shape=True)
def weights_of_some_groups_only(tables: Table) -> str:
    add(tables, rule=...)
    add(tables, max=..., weight=1, applies_to=["mountain"])["id"] = f"{ADDED}.1"
    return f"criterion {ADDED}.1, weight"


@mutant()
def weights_that_divide_nothing(tables: Table) -> str:
    add(tables, rule=..., max=...)
    add(tables, max=..., weight=1)["id"] = f"{ADDED}.1"
    return f"criterion {ADDED}.1, weight"


@mutant()
def headline_points_over_unequal_maxima(tables: Table) -> str | None:
    unknown = "unknown" in (tables["total"], *(entry.get("max") for entry in criteria(tables)))
    if unknown or tables.get("policy", {}).get("accept_unequal_maxima"):
        return None
    tables.setdefault("policy", {}).update(headline="points", not_applicable="zero")
    add(tables, not_applicable="exclude")
    return f"criterion {ADDED}, not_applicable"


# Maxima that do not add up


@mutant(code="maxima-mismatch")
def the_maximum_of_a_sum_off_by_a_hundredth(tables: Table) -> str | None:
    for entry in sums(tables):
        entry["max"] = more(entry["max"])
        return f"criterion {entry['id']}, max"
    return None


@mutant(code="maxima-mismatch")
def the_maximum_of_a_part_off_by_a_hundredth(tables: Table) -> str | None:
    digits = tables.get("policy", {}).get("leaf_rounding", {"digits": 2}).get("digits", 2)
    for entry in sums(tables) if digits >= 2 else ():
        for child in children(tables, entry["id"]):
            if "max" in child and not children(tables, child["id"]):
                child["max"] = more(child["max"])
                return f"criterion {entry['id']}, max"
    return None


@mutant(code="maxima-mismatch")
def a_lost_leaf(tables: Table) -> str | None:
    for entry in sums(tables):
        for child in children(tables, entry["id"])[1:]:
            if Fraction(str(child.get("max", 0))) > 0 and not children(tables, child["id"]):
                tables["criterion"].remove(child)
                return f"criterion {entry['id']}, max"
    return None


@mutant(code="maxima-mismatch")
def a_leaf_below_another_parent(tables: Table) -> str | None:
    found = list(sums(tables))
    for entry, other in itertools.pairwise(found):
        for child in children(tables, entry["id"])[1:]:
            if Fraction(str(child.get("max", 0))) > 0 and not children(tables, child["id"]):
                child["parent"] = other["id"]
                return f"criterion {other['id']}, max"
    return None


@mutant(code="total-mismatch")
def a_total_off_by_a_hundredth(tables: Table) -> str | None:
    roots = [entry for entry in criteria(tables) if parent_of(entry) is None and "block" not in entry]
    if tables["total"] == "unknown" or not roots or not known_below(tables, {"id": None}):
        return None
    tables["total"] = more(tables["total"])
    return "total"


# Origins


@mutant(code="origin-mismatch")
def the_maximum_of_an_origin_off_by_a_hundredth(tables: Table) -> str | None:
    for key, origin in tables.get("origin", {}).items():
        if "max" in origin and all(entry.get("max") != "unknown" for entry in criteria(tables)):
            origin["max"] = more(origin["max"])
            return f"origin.{key}.max"
    return None


@mutant(code="origin-missing")
def a_leaf_of_no_origin(tables: Table) -> str | None:
    for leaf in stated(tables) if tables.get("origin") else ():
        at: Table | None = leaf
        by_id = {entry["id"]: entry for entry in criteria(tables)}
        while at is not None:
            at.pop("origin", None)
            at = by_id.get(parent_of(at) or "")
        return f"criterion {leaf['id']}, origin"
    return None


@mutant()
def an_origin_that_is_not_declared(tables: Table) -> str:
    add(tables, origin="no-such-origin")
    return f"criterion {ADDED}, origin"


# Blocks


@mutant()
def a_block_that_is_not_declared(tables: Table) -> str:
    add(tables, block="no-such-block")
    return f"criterion {ADDED}, block"


@mutant()
def the_same_block_twice(tables: Table) -> str:
    block(tables)
    tables["block"].append(dict(tables["block"][-1]))
    return f"block[{len(tables['block']) - 1}]"


@mutant()
def a_part_of_another_block_than_its_parent(tables: Table) -> str:
    block(tables, rule=...)
    tables["block"].append({"id": "other", "effect": "add", "cap": 1})
    add(tables, block="other")["id"] = f"{ADDED}.1"
    return f"criterion {ADDED}.1, block"


@mutant()
def an_item_of_a_block_below_zero(tables: Table) -> str:
    block(tables, rule={"type": "given", "lowest": -1})
    return f"criterion {ADDED}, rule"


@mutant(shape=True)
def an_item_of_a_block_that_redistributes(tables: Table) -> str:
    block(tables, not_applicable="redistribute")
    return f"criterion {ADDED}, not_applicable"


@mutant(shape=True)
def an_item_of_a_block_with_a_weight(tables: Table) -> str:
    block(tables, max=..., weight=1)
    return f"criterion {ADDED}, weight"


@mutant()
def a_default_outside_a_block(tables: Table) -> str:
    add(tables, default=0)
    return f"criterion {ADDED}, default"


@mutant()
def a_default_above_the_maximum(tables: Table) -> str:
    block(tables, default=5)
    return f"criterion {ADDED}, default"


@mutant()
def a_default_of_an_unknown_input(tables: Table) -> str:
    block(tables, default={"pionts": 0})
    return f"criterion {ADDED}, default.pionts"


@mutant()
def a_default_that_lacks_an_input(tables: Table) -> str:
    block(tables, default={})
    return f"criterion {ADDED}, default.points"


@mutant(code="placeholder")
def a_draft_that_nobody_finished(tables: Table) -> str:
    tables["source"][0]["title"] = MARK
    return "source[0].title"


@mutant(code="placeholder")
def years_that_nobody_filled_in(tables: Table) -> str | None:
    if any(each.get("years") for each in tables.get("grade", [])) or any(
        "issued" in each or "retrieved" in each for each in tables["source"]
    ):
        return None
    tables["years"] = [1900]
    return "years"


@mutant(code="grade-order")
def a_better_grade_below(tables: Table) -> str | None:
    if tables.get("grade"):
        return None
    tables["grade"] = [
        {"key": "a", "from": 80, "vi": "A", "en": "A", "requires": ["no-zero-criterion"]},
        {"key": "b", "from": 90, "vi": "B", "en": "B"},
        {"key": "c", "from": 0, "vi": "C", "en": "C"},
    ]
    return "grade[1].from"


@mutant(code="outline-empty")
def an_outline_without_any_part(tables: Table) -> str | None:
    if tables["completeness"] != "outline":
        return None
    tables.pop("criterion")
    tables.pop("origin", None)
    return "criterion"


@mutant(code="origin-unused", warns=True)
def an_origin_that_nothing_has(tables: Table) -> str | None:
    if not tables.get("origin") or tables["completeness"] == "entry":
        return None
    tables["origin"][ADDED] = {"vi": "Khác", "en": "Other"}
    return f"origin.{ADDED}"


@mutant(code="maximum-zero", warns=True)
def a_criterion_of_nothing(tables: Table) -> str | None:
    if tables["completeness"] != "full" or tables.get("origin") or any("weight" in each for each in criteria(tables)):
        return None
    add(tables, max=0, rule={"type": "ratio"})
    return f"criterion {ADDED}, max"


@mutant(code="cap-below-whole", warns=True)
def a_cap_below_the_whole(tables: Table) -> str | None:
    policy = tables.setdefault("policy", {})
    if policy.get("headline", "index") == "points" or tables["total"] == "unknown" or tables.get("grade"):
        return None
    policy["index_cap"] = 90
    return "policy.index_cap"


@mutant(code="grade-out-of-reach", warns=True)
def a_grade_that_nobody_reaches(tables: Table) -> str | None:
    unlimited = any(each["effect"] == "add" and "cap" not in each for each in tables.get("block", []))
    if tables["total"] == "unknown" or tables.get("grade") or unlimited:
        return None
    tables["grade"] = [
        {"key": "a", "from": 100000, "vi": "A", "en": "A"},
        {"key": "b", "from": 0, "vi": "B", "en": "B"},
    ]
    return "grade[0].from"


@mutant(code="block-without-cap", warns=True)
def a_block_without_a_cap(tables: Table) -> str:
    tables.setdefault("block", []).append({"id": ADDED, "effect": "add"})
    return f"block[{len(tables['block']) - 1}]"


# Rules that can be read and are wrong


@mutant(code="points-above-maximum")
def a_level_above_the_maximum(tables: Table) -> str | None:
    place = instead(
        tables,
        lambda maximum: {
            "type": "levels",
            "levels": [{"key": "a", "points": more(maximum)}, {"key": "b", "points": 0}],
        },
    )
    return within(place, "levels[0]")


@mutant(code="points-above-maximum")
def a_band_above_the_maximum(tables: Table) -> str | None:
    place = instead(
        tables, lambda maximum: {"type": "bands", "bands": [{"from": "90%", "points": more(maximum)}, {"points": 0}]}
    )
    return within(place, "bands[0]")


@mutant(code="band-hidden")
def bands_that_overlap(tables: Table) -> str | None:
    place = instead(
        tables,
        lambda maximum: {
            "type": "bands",
            "bands": [{"from": "50%", "points": 0}, {"from": "80%", "points": str(maximum)}, {"points": 0}],
        },
    )
    return within(place, "bands[1]")


@mutant(code="band-hidden")
def bands_from_low_to_high(tables: Table) -> str | None:
    for leaf in leaves(tables):
        bands = leaf.get("rule", {}).get("bands", [])
        if len(bands) > 2:
            bands[:2] = bands[1::-1]
            return f"criterion {leaf['id']}, rule.bands[1]"
    return None


@mutant(code="band-hidden")
def bands_with_the_same_edge(tables: Table) -> str | None:
    place = instead(
        tables,
        lambda maximum: {
            "type": "bands",
            "bands": [{"from": "80%", "points": str(maximum)}, {"over": "80%", "points": 0}, {"points": 0}],
        },
    )
    return within(place, "bands[1]")


@mutant(code="band-hidden")
def a_last_band_that_nothing_reaches(tables: Table) -> str | None:
    place = instead(
        tables, lambda maximum: {"type": "bands", "bands": [{"from": "0%", "points": str(maximum)}, {"points": 0}]}
    )
    return within(place, "bands[1]")


@mutant(code="band-out-of-reach", warns=True)
def a_band_above_all_rates(tables: Table) -> str | None:
    place = instead(
        tables,
        lambda maximum: {
            "type": "bands",
            "bands": [{"from": "101%", "points": 0}, {"from": "80%", "points": str(maximum)}, {"points": 0}],
        },
    )
    return within(place, "bands[0]")


@mutant(code="from-above-full")
def a_threshold_above_the_rate_of_full_points(tables: Table) -> str | None:
    return within(instead(tables, lambda _: {"type": "ratio", "from": "90%", "full_at": "80%"}), "from")


@mutant(code="lowest-above-maximum")
def a_lowest_above_the_maximum(tables: Table) -> str | None:
    place = instead(tables, lambda maximum: {"type": "given", "lowest": more(maximum)}, given=True)
    return within(place, "lowest")


@mutant(code="wipe-gives-back")
def a_wipe_that_gives_points_back(tables: Table) -> str | None:
    place = instead(
        tables,
        lambda maximum: {
            "type": "deduct",
            "lowest": str(-maximum),
            "faults": [{"key": "late", "points": str(maximum), "wipe_at": 3}],
        },
    )
    return within(place, "faults[0].wipe_at")


@mutant(code="maximum-out-of-reach", warns=True)
def a_maximum_that_nothing_reaches(tables: Table) -> str | None:
    return instead(
        tables,
        lambda maximum: {
            "type": "levels",
            "levels": [{"key": "a", "points": str(maximum / 2)}, {"key": "b", "points": 0}],
        },
    )


@mutant(code="lowest-above-zero", warns=True)
def a_lowest_above_zero(tables: Table) -> str | None:
    for leaf in stated(tables):
        if Fraction(str(leaf["max"])) > 0 and "lowest" not in leaf.get("rule", {}):
            leaf["rule"] = {"type": "given", "lowest": leaf["max"]}
            return f"criterion {leaf['id']}, rule"
    return None


# Grades and events


@mutant(code="grade-twice")
def the_same_grade_twice(tables: Table) -> str:
    grade(tables)
    return f"{grade(tables)}.key"


@mutant(code="grade-hidden")
def a_grade_that_another_hides(tables: Table) -> str:
    grade(tables)
    return f"{grade(tables, key='better', **{'from': tables['grade'][-1]['from']})}.from"


@mutant(code="grade-hidden")
def grades_from_low_to_high(tables: Table) -> str | None:
    general = [grade for grade in tables.get("grade", []) if "groups" not in grade and "years" not in grade]
    if len(general) < 2:
        return None
    first, last = (tables["grade"].index(general[end]) for end in (0, -1))
    tables["grade"][first], tables["grade"][last] = tables["grade"][last], tables["grade"][first]
    return f"grade[{last}].from"


@mutant(code="grade-hole")
def a_hole_among_the_grades(tables: Table) -> str:
    return grade(tables, requires=["no-zero-criterion"])


@mutant(code="grade-year")
def a_grade_of_another_year(tables: Table) -> str:
    return f"{grade(tables, years=[max(tables['years']) + 1])}.years"


@mutant()
def the_same_event_twice(tables: Table) -> str:
    tables.setdefault("event", []).extend([{"key": ADDED}, {"key": ADDED}])
    return f"event[{len(tables['event']) - 1}]"


@mutant()
def a_limit_that_is_no_grade(tables: Table) -> str:
    tables.setdefault("event", []).append({"key": ADDED, "grade_at_most": "no-such-grade"})
    return f"event[{len(tables['event']) - 1}].grade_at_most"


@mutant(code="limit-unknown", warns=True)
def a_limit_that_one_list_of_grades_lacks(tables: Table) -> str | None:
    if not tables.get("grade"):
        return None
    grade(tables, groups=["mountain"])
    tables.setdefault("event", []).append({"key": ADDED, "grade_at_most": ADDED})
    return f"event[{len(tables['event']) - 1}].grade_at_most"


# What is doubtful in the head and in titles


@mutant(code="headline-unknown", warns=True)
def an_index_without_a_total(tables: Table) -> str | None:
    if tables["completeness"] == "entry":
        return None
    headline = tables.get("policy", {}).get("headline", "index")
    weighted = any("weight" in entry for entry in criteria(tables))
    if tables["total"] == "unknown" or headline == "points" or weighted:
        return None
    tables["total"] = "unknown"
    return "policy.headline"


@mutant(code="titles-unverified", warns=True)
def titles_that_were_not_verified(tables: Table) -> str | None:
    if not tables.get("titles_verified", True):
        return None
    tables["titles_verified"] = False
    return "titles_verified"


@mutant(code="title-missing", warns=True)
def a_title_in_one_language(tables: Table) -> str | None:
    return "title, en" if tables["title"].pop("en", None) else None


@mutant(code="title-missing", warns=True)
def a_criterion_titled_in_one_language(tables: Table) -> str | None:
    for entry in criteria(tables):
        if entry.pop("en", None):
            return f"criterion {entry['id']}, en"
    return None


MUTANTS: Final = (*BY_DATA, *FOUND)


# Files that are broken as texts


def _before(line: str) -> Rewrites:
    """Return what writes a line before all others, where the fault is told on line 1 or where the key comes again."""
    return lambda text: (f"{line}\n{text}", r"is not TOML: .*\(at line \d+, column \d+\)")


def _cut(text: str) -> tuple[str, str]:
    return text[: text.rindex('"')], r"is not TOML: .*\(at (line \d+, column \d+|end of document)\)"


def _twice(text: str) -> tuple[str, str]:
    return f"{text}\n[added]\n[added]\n", rf"is not TOML: .*\(at line {text.count(chr(10)) + 3}, column \d+\)"


def _added_criterion(text: str) -> tuple[str, str]:
    whole = f'{text}\n[[criterion]]\nid = "{ADDED}"\ncolour = "red"\n'
    return whole, rf" line {text.count(chr(10)) + 2}, criterion {ADDED}, colour: unknown key"


def _total(value: str) -> Rewrites:
    return lambda text: (
        re.sub("^total = .*$", f"total = {value}", text, flags=re.MULTILINE),
        "total: .* is not a number",
    )


def _time_of_day(text: str) -> tuple[str, str] | None:
    changed, count = re.subn(r"^(issued = \S+)$", r"\1T08:00:00", text, count=1, flags=re.MULTILINE)
    return (changed, r"source\[\d+\]\.issued: .* is not a date") if count else None


TEXTS: Final[Mapping[str, Rewrites]] = {
    "a text that ends in the middle": _cut,
    "a key that stands twice": _before('format = "parindex.methodology/1"'),
    "a table that stands twice": _twice,
    "a decimal comma": _before("total = 100,0"),
    "a word without quotes": _before("completeness = full"),
    "a day that does not exist": _before("issued = 2024-02-30"),
    "a criterion with an unknown key at the end": _added_criterion,
    "a total that is no number": _total("nan"),
    "a total without end": _total("inf"),
    "a date with a time of day": _time_of_day,
}
"""Ways to break the text of an edition, each to the broken text and to what must be told, as a pattern."""
