"""Mutants that are data: each states one wrong thing at its place, most of them in any edition.

``VALUES`` are wrong at their place, ``TABLES`` in any list of them, ``CRITERIA`` in any tree, ``RULES`` at any leaf.
``UNSEEN`` are rules that no leaf can have either, for a reason that a schema does not see.
"""

from __future__ import annotations

import copy
import re
from typing import Any, Final

from breaking import ADDED, Mutant, Table, add

# A wrong value at a place

VALUES: Final[tuple[tuple[str, str, object], ...]] = (
    ("an unknown key in the head", "colour", "red"),
    ("a format of another version", "format", "parindex.methodology/2"),
    ("a format that is a number", "format", 1),
    ("an id with a capital", "id", "vn.Par.province"),
    ("an id with a blank", "id", "vn par province"),
    ("an id with an accent", "id", "vn.pár.province"),
    ("an id with an underscore", "id", "vn.par_province"),
    ("an id with an empty segment", "id", "vn..province"),
    ("an id that ends in a dot", "id", "vn.par."),
    ("an empty id", "id", ""),
    ("an id that is a number", "id", 2024),
    ("an edition that is a number", "edition", 2024),
    ("an edition with a dot", "edition", "2024.1"),
    ("revision 0", "revision", 0),
    ("a negative revision", "revision", -1),
    ("a revision in quotes", "revision", "1"),
    ("a revision with decimals", "revision", 1.5),
    ("a revision that is a truth value", "revision", True),
    ("an empty list of years", "years", []),
    ("one year without a list", "years", 2024),
    ("years in a text", "years", "2024"),
    ("a year in quotes", "years", ["2024"]),
    ("a year in two digits", "years", [24]),
    ("a year with a digit too many", "years", [20244]),
    ("the same year twice", "years", [2024, 2024]),
    ("a kind of unit with a capital", "unit_kind", "Province"),
    ("a kind of unit in Vietnamese", "unit_kind", "tỉnh"),
    ("a completeness that is no word of the format", "completeness", "complete"),
    ("a completeness with a capital", "completeness", "Full"),
    ("a completeness that is a truth value", "completeness", True),
    ("a total of 0", "total", 0),
    ("a negative total", "total", -100),
    ("a total in words", "total", "một trăm"),
    ("a total with a decimal comma", "total", "100,0"),
    ("a total with a percent sign", "total", "100%"),
    ("a total with a capital word", "total", "Unknown"),
    ("a total in full-width digits", "total", "１００"),
    ("a total that divides by zero", "total", "100/0"),
    ("a total that is a truth value", "total", True),
    ("a total in a list", "total", [100]),
    ("a total that is nothing", "total", None),
    ("a title that is a text", "title", "PAR INDEX"),
    ("a title in another language", "title.fr", "Indice"),
    ("a title that is a number", "title.vi", 876),
    ("a note that is a text", "note", "Ghi chú"),
    ("titles verified in words", "titles_verified", "yes"),
    ("sources that are one table", "source", {"key": "qd-1", "title": "Quyết định 1", "status": "official"}),
    ("a source that is a text", "source[0]", "Quyết định 876/QĐ-BNV"),
    ("an unknown key of a source", "source[0].link", "https://example.vn"),
    ("the key of a source with a capital", "source[0].key", "QD-876"),
    ("the key of a source with a Vietnamese letter", "source[0].key", "qđ-876"),
    ("a source of no known status", "source[0].status", "unofficial"),
    ("a source with an empty title", "source[0].title", " "),
    ("a source whose title is a number", "source[0].title", 876),
    ("a date of day, month and year", "source[0].issued", "15/01/2024"),
    ("a date that does not exist", "source[0].issued", "2024-02-30"),
    ("a date in a month 13", "source[0].issued", "2024-13-01"),
    ("a date without hyphens", "source[0].issued", "20240115"),
    ("a date that is a week", "source[0].issued", "2024-W03-1"),
    ("a date that is a year", "source[0].issued", 2024),
    ("a date with a time of day", "source[0].retrieved", "2024-01-15T08:00:00"),
    ("a date that is nothing", "source[0].retrieved", None),
    ("a checksum that is too short", "source[0].sha256", "e3b0c44298fc1c14"),
    ("a checksum in capitals", "source[0].sha256", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"),
    ("an address that is a list", "source[0].url", ["https://example.vn"]),
    ("a policy that is a list", "policy", ["index"]),
    ("an unknown key of the policy", "policy.rounding", {"digits": 2}),
    ("a headline that is no figure", "policy.headline", "percent"),
    ("a policy on what does not apply that is no word", "policy.not_applicable", "skip"),
    ("a ranked value that is no word", "policy.ranked_value", "rounded"),
    ("ranked within a region", "policy.ranked_within", "region"),
    ("ties that are no word", "policy.ties", "ordinal"),
    ("a rounding that is a number", "policy.print_rounding", 2),
    ("a rounding to too many decimals", "policy.print_rounding.digits", 13),
    ("a rounding to -1 decimals", "policy.print_rounding.digits", -1),
    ("a rounding to decimals in quotes", "policy.print_rounding.digits", "2"),
    ("a mode of rounding that is no word", "policy.print_rounding.mode", "up"),
    ("an unknown key of a rounding", "policy.leaf_rounding.places", 2),
    ("a cap of 0 on the index", "policy.index_cap", 0),
    ("a cap of the index in words", "policy.index_cap", "none"),
    ("a cap of the index that is nothing", "policy.index_cap", None),
    ("unequal maxima accepted in words", "policy.accept_unequal_maxima", "yes"),
    ("origins that are a list", "origin", [{"key": "survey"}]),
    ("an origin with a capital", "origin.Survey", {"vi": "Điều tra"}),
    ("an origin that is a text", "origin.added", "Điều tra"),
    ("an unknown key of an origin", "origin.added.share", "10%"),
    ("an origin whose maximum is unknown", "origin.added.max", "unknown"),
    ("an origin self-assessed in words", "origin.added.self_assessed", "no"),
    ("criteria that are one table", "criterion", {"id": "1", "max": 1}),
    ("blocks that are one table", "block", {"id": "bonus", "effect": "add"}),
    ("grades by key", "grade", {"tot": 80}),
    ("events in a list of texts", "event", "reprimand"),
)


def value_mutant(name: str, place: str, value: object) -> Mutant:
    """Return the mutant that states *value* at *place*; the tables on the way are made where there are none."""

    def breaks(tables: Table) -> str:
        steps = [int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", place)]
        at: Any = tables
        for step in steps[:-1]:
            at = at[step] if isinstance(step, int) else at.setdefault(step, {})
        at[steps[-1]] = value
        return f"{place}[0]" if value == ["2024"] else place

    return Mutant(name, breaks, shape=True)


# A wrong table among others

TABLES: Final[tuple[tuple[str, str, Table, str], ...]] = (
    ("a source without a key", "source", {"title": "Quyết định", "status": "official"}, ".key"),
    ("a source without a title", "source", {"key": ADDED, "status": "official"}, ".title"),
    ("a source without a status", "source", {"key": ADDED, "title": "Quyết định"}, ".status"),
    ("a block without an id", "block", {"effect": "add", "cap": 1}, ".id"),
    ("a block without an effect", "block", {"id": ADDED, "cap": 1}, ".effect"),
    ("a block whose effect is no word", "block", {"id": ADDED, "effect": "multiply", "cap": 1}, ".effect"),
    ("a block with a cap of 0", "block", {"id": ADDED, "effect": "add", "cap": 0}, ".cap"),
    ("a block with a negative cap", "block", {"id": ADDED, "effect": "subtract", "cap": "-3"}, ".cap"),
    ("a block with a cap that is nothing", "block", {"id": ADDED, "effect": "add", "cap": None}, ".cap"),
    ("an unknown key of a block", "block", {"id": ADDED, "effect": "add", "cap": 1, "max": 3}, ".max"),
    ("a block whose id is dotted", "block", {"id": "a.b", "effect": "add", "cap": 1}, ".id"),
    ("a grade without a key", "grade", {"from": -1}, ".key"),
    ("a grade without an edge", "grade", {"key": ADDED}, ".from"),
    ("a grade whose edge is a rate", "grade", {"key": ADDED, "from": "80%"}, ".from"),
    ("a grade whose edge is nothing", "grade", {"key": ADDED, "from": None}, ".from"),
    ("a grade with an upper edge", "grade", {"key": ADDED, "from": -1, "to": 0}, ".to"),
    ("a grade that is called none", "grade", {"key": "none", "from": -1}, ".key"),
    ("a grade with a capital", "grade", {"key": "A", "from": -1}, ".key"),
    ("a grade with an unknown condition", "grade", {"key": ADDED, "from": -1, "requires": ["on-time"]}, ".requires[0]"),
    ("a grade with a condition in no list", "grade", {"key": ADDED, "from": -1, "requires": "x"}, ".requires"),
    ("a grade of a year in quotes", "grade", {"key": ADDED, "from": -1, "years": ["2024"]}, ".years[0]"),
    ("a grade of groups in no list", "grade", {"key": ADDED, "from": -1, "groups": "mountain"}, ".groups"),
    ("a grade of a group without a name", "grade", {"key": ADDED, "from": -1, "groups": [" "]}, ".groups"),
    ("an event without a key", "event", {"vi": "Khiển trách"}, ".key"),
    ("an event with a blank", "event", {"key": "head reprimanded"}, ".key"),
    ("an event that takes points", "event", {"key": ADDED, "points": 1}, ".points"),
    ("an event whose limit is a number", "event", {"key": ADDED, "grade_at_most": 80}, ".grade_at_most"),
)


def table_mutant(name: str, kind: str, table: Table, at: str) -> Mutant:
    """Return the mutant that adds a wrong table to a list of them."""

    def breaks(tables: Table) -> str:
        listed = tables.setdefault(kind, [])
        listed.append(copy.deepcopy(table))
        return f"{kind}[{len(listed) - 1}]{at}"

    return Mutant(name, breaks, shape=True)


# A wrong criterion

CRITERIA: Final[tuple[tuple[str, Table, str], ...]] = (
    ("an unknown key of a criterion", {"maximum": 1}, "maximum"),
    ("a misspelt key of a criterion", {"orgin": "survey"}, "orgin"),
    ("a criterion whose title is a table", {"vi": {"text": "Kế hoạch"}}, "vi"),
    ("a maximum in words", {"max": "ten"}, "max"),
    ("a maximum that is a truth value", {"max": True}, "max"),
    ("a maximum that is a rate", {"max": "10%"}, "max"),
    ("a maximum that is nothing", {"max": None}, "max"),
    ("a negative maximum", {"max": -1}, "max"),
    ("a negative maximum as text", {"max": "-0.5"}, "max"),
    ("a negative weight", {"max": ..., "weight": -1}, "weight"),
    ("a maximum and a weight", {"weight": 1}, "max"),
    ("a parent that is a number", {"parent": 1}, "parent"),
    ("a parent that is nothing", {"parent": None}, "parent"),
    ("an origin that is a table", {"origin": {"key": "survey"}}, "origin"),
    ("a citation that is a text", {"cite": "Phụ lục"}, "cite"),
    ("a citation that is nothing", {"cite": None}, "cite"),
    ("a citation without a source", {"cite": {"at": "Phụ lục, mục 1"}}, "cite.source"),
    ("an unknown key of a citation", {"cite": {"source": ..., "page": 3}}, "cite.page"),
    ("groups in a text", {"applies_to": "mountain"}, "applies_to"),
    ("a group that is a number", {"applies_to": [1]}, "applies_to[0]"),
    ("a group without a name", {"applies_to": [""]}, "applies_to"),
    ("a criterion that skips what does not apply", {"not_applicable": "skip"}, "not_applicable"),
    ("a default that is a truth value", {"default": True}, "default"),
    ("a default of inputs in a list", {"default": [1]}, "default"),
    ("a note that is a list", {"note": ["Ghi chú"]}, "note"),
    ("a rule that is a text", {"rule": "given"}, "rule"),
    ("a rule without a type", {"rule": {"scale": 100}}, "rule"),
    ("a rule of no known type", {"rule": {"type": "ration"}}, "rule.type"),
    ("a rule whose type is a number", {"rule": {"type": 1}}, "rule.type"),
    ("a rule that is nothing", {"rule": None}, "rule"),
    ("a rule that is a formula", {"rule": {"type": "given", "formula": "a / b"}}, "rule.formula"),
)

_EDGES: Final = [{"from": "90%", "points": 1}, {"points": 0}]
_LEVELS: Final = [{"key": "late", "points": 0}]
_OPTIONS: Final = [{"key": "good", "share": 1}, {"key": "poor", "share": 0}]

RULES: Final[tuple[tuple[str, Table, str], ...]] = (
    ("given on a scale of 0", {"type": "given", "scale": 0}, "scale"),
    ("given on a scale in percent", {"type": "given", "scale": "100%"}, "scale"),
    ("levels without any", {"type": "levels", "levels": []}, "levels"),
    ("levels left out", {"type": "levels"}, "levels"),
    ("levels by key", {"type": "levels", "levels": {"late": 0}}, "levels"),
    ("a level without a key", {"type": "levels", "levels": [{"points": 1}]}, "levels[0].key"),
    ("a level without points", {"type": "levels", "levels": [{"key": "late"}]}, "levels[0]"),
    (
        "a level of points and a share",
        {"type": "levels", "levels": [{"key": "a", "points": 1, "share": 1}]},
        "levels[0]",
    ),
    ("a level with a blank", {"type": "levels", "levels": [{"key": "in time", "points": 1}]}, "levels[0].key"),
    (
        "a level that is reserved",
        {"type": "levels", "levels": [{"key": "not-applicable", "points": 1}]},
        "levels[0].key",
    ),
    ("an unknown key of a level", {"type": "levels", "levels": [{"key": "a", "point": 1}]}, "levels[0].point"),
    ("a share above the whole", {"type": "levels", "levels": [{"key": "a", "share": 2}]}, "levels[0].share"),
    ("a share in words", {"type": "levels", "levels": [{"key": "a", "share": "half"}]}, "levels[0].share"),
    ("bands without any", {"type": "bands", "bands": []}, "bands"),
    ("bands left out", {"type": "bands"}, "bands"),
    ("bands whose last one has an edge", {"type": "bands", "bands": _EDGES[:1]}, "bands[0]"),
    ("bands of which two have no edge", {"type": "bands", "bands": [{"points": 1}, {"points": 0}]}, "bands[0]"),
    (
        "a band from and over",
        {"type": "bands", "bands": [{"from": "90%", "over": "80%", "points": 1}, {"points": 0}]},
        "bands[0]",
    ),
    ("a band up to", {"type": "bands", "bands": [{"to": "90%", "points": 1}, {"points": 0}]}, "bands[0].to"),
    (
        "bands of a rate with a plain edge",
        {"type": "bands", "bands": [{"from": 90, "points": 1}, {"points": 0}]},
        "bands[0].from",
    ),
    ("bands of a value with a rate", {"type": "bands", "of": "value", "bands": _EDGES}, "bands[0].from"),
    (
        "bands of a value with a denominator",
        {"type": "bands", "of": "value", "bands": [{"points": 0}], "zero_total": "full"},
        "zero_total",
    ),
    ("bands of something else", {"type": "bands", "of": "count", "bands": _EDGES}, "of"),
    ("a threshold that is a plain number", {"type": "ratio", "from": 0.8}, "from"),
    ("a threshold in quotes without its sign", {"type": "ratio", "from": "80"}, "from"),
    ("a threshold that is nothing", {"type": "ratio", "from": None}, "from"),
    ("a negative threshold", {"type": "ratio", "from": "-1%"}, "from"),
    ("full points at 0 %", {"type": "ratio", "full_at": "0%"}, "full_at"),
    ("a rate that is inverse in words", {"type": "ratio", "inverse": "yes"}, "inverse"),
    ("an empty denominator that is no word", {"type": "ratio", "zero_total": "none"}, "zero_total"),
    ("a parameter of another rule", {"type": "ratio", "scale": 100}, "scale"),
    ("credits without any", {"type": "weighted-counts", "credits": {}}, "credits"),
    ("credits in a list", {"type": "weighted-counts", "credits": [1]}, "credits"),
    ("a credit above 1", {"type": "weighted-counts", "credits": {"full": 2}}, "credits.full"),
    ("a negative credit", {"type": "weighted-counts", "credits": {"full": "-1/2"}}, "credits.full"),
    ("a credit that is called total", {"type": "weighted-counts", "credits": {"total": 1}}, ""),
    ("a checklist without items", {"type": "checklist", "items": []}, "items"),
    ("an item that takes points off", {"type": "checklist", "items": [{"key": "a", "points": -1}]}, "items[0]"),
    ("an item in capitals", {"type": "checklist", "items": [{"key": "A", "points": 1}]}, "items[0].key"),
    ("nothing for each", {"type": "per-unit", "points": 0}, "points"),
    ("points for each left out", {"type": "per-unit"}, "points"),
    ("a deduction without faults", {"type": "deduct", "faults": []}, "faults"),
    ("a fault that takes nothing", {"type": "deduct", "faults": [{"key": "late", "points": 0}]}, "faults[0].points"),
    ("a fault that gives points", {"type": "deduct", "faults": [{"key": "late", "share": "-25%"}]}, "faults[0].share"),
    (
        "a fault per month",
        {"type": "deduct", "faults": [{"key": "late", "points": 1, "per": "month"}]},
        "faults[0].per",
    ),
    (
        "a fault with a cap of 0",
        {"type": "deduct", "faults": [{"key": "late", "points": 1, "cap": 0}]},
        "faults[0].cap",
    ),
    (
        "a fault that wipes at 0",
        {"type": "deduct", "faults": [{"key": "late", "points": 1, "wipe_at": 0}]},
        "faults[0].wipe_at",
    ),
    (
        "a fault that wipes at a half",
        {"type": "deduct", "faults": [{"key": "late", "points": 1, "wipe_at": 2.5}]},
        "faults[0].wipe_at",
    ),
    (
        "a fault that is called level",
        {"type": "deduct", "levels": _LEVELS, "faults": [{"key": "level", "points": 1}]},
        "",
    ),
    ("a best of nothing", {"type": "best", "of": []}, "of"),
    ("a part without a key", {"type": "best", "of": [{"type": "given"}]}, "of[0].key"),
    ("a part without a rule", {"type": "best", "of": [{"key": "a"}]}, "of[0]"),
    ("a part that compares units", {"type": "best", "of": [{"key": "a", "type": "relative"}]}, "of[0].type"),
    (
        "a best within a best",
        {"type": "best", "of": [{"key": "a", "type": "best", "of": [{"key": "b", "type": "given"}]}]},
        "of[0].type",
    ),
    ("an unknown key of a part", {"type": "best", "of": [{"key": "a", "type": "given", "max": 1}]}, "of[0].max"),
    ("a survey without answers", {"type": "survey", "options": []}, "options"),
    ("an answer without a share", {"type": "survey", "options": [{"key": "good"}]}, "options[0].share"),
    (
        "an answer of less than nothing",
        {"type": "survey", "options": [{"key": "good", "share": "-10%"}]},
        "options[0].share",
    ),
    (
        "respondents without weight",
        {"type": "survey", "options": _OPTIONS, "groups": [{"key": "a", "weight": 0}]},
        "groups[0].weight",
    ),
    ("a comparison by another method", {"type": "relative", "method": "z-score"}, "method"),
    ("a comparison with no direction", {"type": "relative", "direction": "up"}, "direction"),
    ("a comparison from a plain number", {"type": "relative", "low": 0.1}, "low"),
    ("a comparison within a region", {"type": "relative", "within": "region"}, "within"),
    ("a comparison whose ties get a word", {"type": "relative", "all_equal": "middle"}, "all_equal"),
)


def criterion_mutant(name: str, keys: Table, at: str) -> Mutant:
    """Return the mutant that adds a wrong criterion."""

    def breaks(tables: Table) -> str:
        add(tables, **keys)
        return f"criterion {ADDED}, {at}"

    return Mutant(name, breaks, shape=True)


_TWO: Final = [{"key": "a", "points": 1}, {"key": "a", "points": 0}]

UNSEEN: Final[tuple[tuple[str, Table, str], ...]] = (
    ("a lowest above the scale", {"type": "given", "scale": 10, "lowest": 10}, "lowest"),
    ("the same level twice", {"type": "levels", "levels": _TWO}, "levels[1].key"),
    ("the same item twice", {"type": "checklist", "items": _TWO}, "items[1].key"),
    ("the same fault twice", {"type": "deduct", "faults": [_TWO[0], _TWO[0]]}, "faults[1].key"),
    (
        "a share above the whole as text",
        {"type": "levels", "levels": [{"key": "a", "share": "3/2"}]},
        "levels[0].share",
    ),
    ("a credit above 1 as text", {"type": "weighted-counts", "credits": {"full": "1.01"}}, "credits.full"),
    ("a band without an edge before others", {"type": "bands", "bands": _EDGES[::-1]}, "bands[0]"),
    ("the same part twice", {"type": "best", "of": [{"key": "a", "type": "given"}] * 2}, "of[1].key"),
    ("the same answer twice", {"type": "survey", "options": [_OPTIONS[0]] * 2}, "options[1].key"),
    ("a comparison from high to low", {"type": "relative", "low": "60%", "high": "40%"}, "low"),
    ("a comparison to more than all", {"type": "relative", "high": "101%"}, "low"),
    ("equal values outside low and high", {"type": "relative", "low": "10%", "all_equal": "5%"}, "all_equal"),
    ("a lowest of too many digits", {"type": "given", "lowest": "1e-101"}, "lowest"),
)
"""Rules that no leaf can have, for a reason that a schema does not see: it compares nothing."""

REQUIRED: Final = ("format", "id", "edition", "years", "unit_kind", "completeness", "total", "title")


def rule_mutant(name: str, rule: Table, at: str, *, shape: bool) -> Mutant:
    """Return the mutant that adds a criterion with a rule that cannot be.

    Where it is wrong for a reason that a schema does not see, only a full edition shows that: an outline has no rules.
    """

    def breaks(tables: Table) -> str | None:
        if not shape and tables["completeness"] != "full" and rule["type"] != "given":
            return None
        add(tables, rule=rule)
        return f"criterion {ADDED}, rule.{at}" if at else f"criterion {ADDED}, rule"

    return Mutant(name, breaks, shape=shape)


def missing_mutant(key: str) -> Mutant:
    """Return the mutant without a required key of the head."""

    def breaks(tables: Table) -> str:
        del tables[key]
        return key

    return Mutant(f"no {key}", breaks, shape=True)


BY_DATA: Final = (
    *(missing_mutant(key) for key in REQUIRED),
    *(value_mutant(*each) for each in VALUES),
    *(table_mutant(*each) for each in TABLES),
    *(criterion_mutant(*each) for each in CRITERIA),
    *(rule_mutant(*each, shape=True) for each in RULES),
    *(rule_mutant(*each, shape=False) for each in UNSEEN),
)
