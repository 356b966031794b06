"""The JSON Schemas that ship: they accept what is read, refuse what is wrong by its shape, and never drift."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import tomllib
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import TYPE_CHECKING, Any, Final, get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import parindex as pi
import strategies as made
from mutants import MUTANTS, Mutant, Table, editions, texts
from parindex._catalog import example
from parindex._methodology import parts
from parindex._methodology.convert import converter, file_key
from parindex._methodology.criteria import Entry
from parindex._methodology.document import FORMAT, to_tables
from parindex._methodology.rules import RULES
from parindex._methodology.rules.base import rate
from parindex._numbers import MAX_DECIMALS, fraction
from parindex._schemas import NAMES, schema
from parindex._scoring import rows
from parindex._text import Word
from parindex.errors import CatalogError, ParindexError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

METHODOLOGY: Final = schema("methodology-1")
OBSERVATIONS: Final = schema("observations-1")
DEFS: Final[dict[str, Any]] = METHODOLOGY["$defs"]
EDITIONS: Final = editions()
TEXTS: Final = texts()

EXAMPLE: Final = EDITIONS["design-example.toml"]
"""An edition that states something under every key of the head but those that the test adds."""


def validator(whole: Mapping[str, Any], name: str = "") -> Draft202012Validator:
    """Return the validator of a schema, or of one of its definitions."""
    part = {"$ref": f"#/$defs/{name}", "$defs": whole["$defs"]} if name else whole
    return Draft202012Validator(part, format_checker=Draft202012Validator.FORMAT_CHECKER)


WHOLE: Final = validator(METHODOLOGY)


def complaints(tables: object) -> list[str]:
    """Return what the schema of methodologies says of tables."""
    return [f"{error.json_path}: {error.message}" for error in WHOLE.iter_errors(tables)]


def plain(tables: object) -> Any:
    """Return the tables of a TOML text as JSON can hold them: decimals as numbers, dates as text."""
    return json.loads(
        json.dumps(tables, default=lambda value: float(value) if isinstance(value, Decimal) else str(value))
    )


# The files


@pytest.mark.parametrize("name", NAMES)
def test_is_a_schema(name: str) -> None:
    """Each file is a schema of draft 2020-12, with a name that does not depend on where it lies."""
    whole = schema(name)
    Draft202012Validator.check_schema(whole)
    assert whole["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert whole["$id"] == f"urn:parindex:{name.replace('-', ':')}"


def test_every_call_gives_a_new_value() -> None:
    """Who changes a schema changes it for himself."""
    schema("methodology-1").clear()
    assert schema("methodology-1") == METHODOLOGY


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("methodology", "there is no schema 'methodology'; did you mean 'methodology-1'?"),
        ("rule", "there is no schema 'rule'; there are methodology-1, observations-1"),
    ],
)
def test_unknown_name(name: str, message: str) -> None:
    """A name that is not there is told with the near miss, or with the names that are."""
    with pytest.raises(CatalogError) as caught:
        schema(name)
    assert str(caught.value) == message


def properties(whole: object, at: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every property that a schema describes, with its place; those of conditions describe nothing."""
    if isinstance(whole, dict):
        for key, each in whole.items():
            if key == "properties":
                yield from ((f"{at}/{name}", found) for name, found in each.items())
            if key not in {"if", "then", "else", "allOf", "anyOf"}:
                yield from properties(each, f"{at}/{key}")


@pytest.mark.parametrize("name", NAMES)
def test_properties_are_described(name: str) -> None:
    """Every property has a title, its own or that of what it refers to, so that an editor can show it."""
    whole = schema(name)
    silent = []
    for at, found in properties(whole):
        if isinstance(found, bool):
            continue  # it stands here to be allowed or refused, and is described elsewhere
        while "title" not in found and "$ref" in found:
            found = whole["$defs"][found["$ref"].rpartition("/")[2]]  # noqa: PLW2901  the next one that is referred to
        if not found.get("title") and set(found) != {"not"}:
            silent.append(at)
    assert silent == []


@pytest.mark.parametrize("name", NAMES)
def test_references_lead_somewhere(name: str) -> None:
    """Every definition is used, and every reference leads to one."""
    text = json.dumps(schema(name))
    assert set(re.findall(r'"#/\$defs/([a-z0-9-]+)"', text)) == set(schema(name)["$defs"])


# What it accepts


@pytest.mark.parametrize("edition", EDITIONS)
def test_accepts_every_edition(edition: str) -> None:
    """Every edition fits, as the library writes it and as the TOML file states it."""
    assert complaints(json.loads(json.dumps(EDITIONS[edition]))) == []
    assert complaints(plain(tomllib.loads(TEXTS[edition], parse_float=Decimal))) == []


@given(made.methodologies())
def test_accepts_what_is_written(methodology: pi.Methodology) -> None:
    """What parses, validates: the tables of every methodology fit."""
    assert complaints(json.loads(pi.dumps(methodology))) == []


@given(made.methodology_tables())
def test_accepts_what_is_read(tables: Table) -> None:
    """What a file states in more words than needed fits too."""
    assert complaints(tables) == []


@pytest.mark.parametrize("kind", RULES)
@given(data=st.data())
def test_accepts_every_rule(kind: str, data: st.DataObject) -> None:
    """Every rule fits as a leaf has it."""
    rule = data.draw(made.rule_tables(Fraction(25, 3), kind))
    assert validator(METHODOLOGY, "rule").is_valid(rule)


# What it refuses


@pytest.mark.parametrize("mutant", [mutant for mutant in MUTANTS if mutant.shape], ids=str)
def test_refuses_what_is_wrong_by_its_shape(mutant: Mutant) -> None:
    """A mutant of shape is refused in every edition."""
    silent = [name for name, tables in EDITIONS.items() if (broken := mutant.of(tables)) and fits(broken[0], tables)]
    assert silent == []


@pytest.mark.parametrize("mutant", [mutant for mutant in MUTANTS if not mutant.shape], ids=str)
def test_does_not_see_sums_and_references(mutant: Mutant) -> None:
    """A mutant that only its surroundings make wrong fits: it is for reading and for check."""
    refused = [
        name for name, tables in EDITIONS.items() if (broken := mutant.of(tables)) and not fits(broken[0], tables)
    ]
    assert refused == []


GIVEN: Final[Table] = {"type": "given"}
TWICE: Final[list[Table]] = [{"key": "a", "points": 1}, {"key": "a", "points": 2}]
SHARES_TWICE: Final[list[Table]] = [{"key": "a", "share": 1}, {"key": "a", "share": 0}]

UNSEEN: Final[Mapping[str, tuple[Table, str]]] = {
    "two levels of one key": ({"max": 2, "rule": {"type": "levels", "levels": TWICE}}, "rule.levels[1].key"),
    "two items of one key": ({"max": 2, "rule": {"type": "checklist", "items": TWICE}}, "rule.items[1].key"),
    "two faults of one key": ({"max": 2, "rule": {"type": "deduct", "faults": TWICE}}, "rule.faults[1].key"),
    "two options of one key": ({"max": 2, "rule": {"type": "survey", "options": SHARES_TWICE}}, "rule.options[1].key"),
    "a lowest that is not below the scale": ({"max": 2, "rule": {**GIVEN, "scale": 1, "lowest": 1}}, "rule.lowest"),
    "a leaf without a rule": ({"max": 2}, "rule"),
    "a leaf without a maximum": ({"rule": GIVEN}, "max"),
    "a weight beside maxima": ({"weight": 1, "rule": GIVEN}, "weight"),
    "a number longer than what is read": ({"max": "1e101", "rule": GIVEN}, "max"),
    "a parent that is not there": ({"parent": "8", "max": 2, "rule": GIVEN}, "parent"),
    "a source that is not declared": ({"max": 2, "rule": GIVEN, "cite": {"source": "qd-2"}}, "cite.source"),
}
"""What the page on the format says that a schema does not see: one more criterion, and the key where reading tells."""


@pytest.mark.parametrize("name", UNSEEN)
def test_does_not_see_what_the_page_lists(name: str) -> None:
    """What the page lists fits, and is refused on reading."""
    criterion, at = UNSEEN[name]
    tables = {**EXAMPLE, "criterion": [*EXAMPLE["criterion"], {"id": "9", **criterion}]}
    assert complaints(tables) == []
    with pytest.raises(pi.MethodologyFaults) as caught:
        made.build(tables)
    assert f"criterion 9, {at}" in [each.place.at for each in caught.value.exceptions if isinstance(each, pi.Fault)]


def fits(broken: Table, tables: Table) -> bool:
    """Return whether broken tables fit; a criterion that the edition has too is looked at once, as it fits there."""
    found = broken.get("criterion")
    if isinstance(found, list):
        broken = {
            **broken,
            "criterion": [each for each in found if each not in tables.get("criterion", [])] or found[:1],
        }
    return bool(WHOLE.is_valid(broken))


# Numbers

ASCENDING: Final = ("number", "not-negative", "positive", "rate", "not-negative-rate", "positive-rate")
SHARES: Final = ("share", "not-negative-share", "positive-share", "credit")

SPELLINGS: Final = st.tuples(
    st.sampled_from(("", " ")),
    st.sampled_from(("", "", "+", "-")),
    st.sampled_from(("0", "12", "", "00", "1 0", "x")),
    st.sampled_from(("", ".", "/", ",", "..")),
    st.sampled_from(("", "0", "5", "05")),
    st.sampled_from(("", "", "e2", "E-3", "e", "e+1.5")),
    st.sampled_from(("", "%", " %", "%%")),
    st.sampled_from(("", "\t")),
).map("".join)


def value_of(name: str, written: object) -> Fraction | None:
    """Return the value that the library reads where the schema says *name*; None where it refuses it."""
    percent = isinstance(written, str) and written.strip().endswith("%")
    try:
        if name.endswith("rate"):
            return rate(written)
        return rate(written) if percent and name != "credit" and name in SHARES else fraction(written)
    except ParindexError:
        return None


@given(SPELLINGS, st.sampled_from((*ASCENDING, *SHARES)))
def test_numbers_as_text(written: str, name: str) -> None:
    """A number as text fits exactly where the library reads one of that sign; how great it is, a schema cannot see."""
    value = value_of(name, written)
    signed = name in {"number", "rate", "share"}
    least = 1 if name.startswith("positive") else 0
    expected = value is not None and (signed or ("-" not in written.lstrip()[:1] and (value > 0 or least == 0)))
    assert validator(METHODOLOGY, name).is_valid(written) == expected


@pytest.mark.parametrize("name", [*ASCENDING, *SHARES])
@pytest.mark.parametrize("number", [-2, -1, -0.5, 0, 0.25, 1, 1.5, 2])
def test_numbers(name: str, number: float) -> None:
    """A number as such fits where the library reads it: never as a rate, and as a share from -1 to 1."""
    least = {"positive": Fraction(1, 100), "not": Fraction(0), "credit": Fraction(0)}.get(name.partition("-")[0], -2)
    value = value_of(name, number)
    expected = value is not None and least <= value <= (1 if name in SHARES else 2) and (name != "share" or value >= -1)
    assert validator(METHODOLOGY, name).is_valid(number) == expected


@given(st.text("0123456789-", max_size=10) | st.dates().map(str))
def test_dates(written: str) -> None:
    """A date fits exactly where the library reads one."""
    try:
        converter.structure(written, dt.date)
    except pi.Fault:
        assert not validator(METHODOLOGY, "date").is_valid(written)
    else:
        assert validator(METHODOLOGY, "date").is_valid(written)


# It never drifts from the classes

TABLES: Final[Mapping[str, type]] = {
    "text": pi.Text,
    "rounding": pi.Rounding,
    "source": pi.Source,
    "cite": pi.Cite,
    "policy": pi.Policy,
    "origin": pi.Origin,
    "block": pi.Block,
    "grade": pi.Grade,
    "event": pi.Event,
    "criterion": Entry,
    "level": pi.Level,
    "item": pi.Item,
    "band": pi.Band,
    "fault": pi.DeductFault,
    "option": pi.SurveyOption,
    "group": pi.SurveyGroup,
    **RULES,
}
"""The classes that tables of a file become, by the definition that describes them."""

OWN: Final = {"type": True, "key": True, "vi": True, "en": True}
"""What stands in the definition of a rule for the sake of those that refer to it."""


def known(name: str) -> dict[str, Any]:
    """Return the properties of a definition, without those that every rule has."""
    found: dict[str, Any] = DEFS[name]["properties"]
    return {key: each for key, each in found.items() if name not in RULES or each is not True}


def attributes(cls: type) -> dict[str, Any]:
    """Return the attributes that a file states, by their key."""
    attrs.resolve_types(cls)
    return {file_key(each.name): each for each in attrs.fields(cls) if each.init}


def resolved(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a schema with what it refers to; what it says itself counts first."""
    if "$ref" in found:
        return {**resolved(DEFS[found["$ref"].rpartition("/")[2]]), **found}
    return found


@pytest.mark.parametrize("name", TABLES)
def test_keys(name: str) -> None:
    """A table has the keys of its class and no others, and those without a default are required."""
    fields = attributes(TABLES[name])
    assert set(known(name)) == set(fields)
    assert set(DEFS[name].get("required", ())) == {key for key, each in fields.items() if each.default is attrs.NOTHING}
    assert DEFS[name]["additionalProperties"] is False


@pytest.mark.parametrize("name", RULES)
def test_rules_have_what_parts_have(name: str) -> None:
    """The definition of a rule leaves room for its type and for the labels of a part; a leaf refuses these."""
    assert {key: each for key, each in DEFS[name]["properties"].items() if each is True} == OWN
    assert {key for key, each in DEFS["rule"]["properties"].items() if each is False} == set(OWN) - {"type"}
    assert set(DEFS["part"]["properties"]) == set(OWN)


def test_keys_of_the_head() -> None:
    """The head has the keys of a methodology; the format and the title are required too."""
    methodology = made.build(EXAMPLE)
    everything = attrs.evolve(
        methodology, note=pi.Text(vi="Ghi chú"), titles_verified=False, policy=pi.Policy(index_cap=1)
    )
    assert set(METHODOLOGY["properties"]) == set(to_tables(everything))
    needed = {key for key, each in attributes(pi.Methodology).items() if each.default is attrs.NOTHING}
    assert set(METHODOLOGY["required"]) == {"format", "title", *needed}
    assert METHODOLOGY["properties"]["format"]["const"] == FORMAT


def written(each: Any) -> object:
    """Return the default of an attribute as a file states it."""
    return converter.unstructure(each.default, unstructure_as=each.type)


@pytest.mark.parametrize("name", TABLES)
def test_defaults(name: str) -> None:
    """Where leaving a key out means a value, the schema says which."""
    fields = attributes(TABLES[name])
    meant = {
        key: written(each)
        for key, each in fields.items()
        if each.default is not attrs.NOTHING
        and each.default not in (None, ())
        and not isinstance(each.default, pi.Rounding)
    }
    assert {key: resolved(each)["default"] for key, each in known(name).items() if "default" in resolved(each)} == meant


def test_defaults_of_the_head() -> None:
    """So it does in the head."""
    stated = {key: each["default"] for key, each in METHODOLOGY["properties"].items() if "default" in each}
    fields = attributes(pi.Methodology)
    assert stated == {key: fields[key].default for key in ("revision", "titles_verified")}


def words_in(kind: Any) -> type[Word] | None:
    """Return the closed set of words in the type of an attribute, or None."""
    if isinstance(kind, type) and issubclass(kind, Word):
        return kind
    return next((found for each in get_args(kind) if (found := words_in(each))), None)


def enum_in(found: Mapping[str, Any]) -> list[str]:
    """Return the words that a schema allows, those of a list or of one choice among others included."""
    one = resolved(found)
    if "const" in one:
        return [one["const"]]
    nested = [enum_in(each) for each in (*one.get("anyOf", ()), *([one["items"]] if "items" in one else ()))]
    return [*one.get("enum", ()), *(word for each in nested for word in each)]


@pytest.mark.parametrize("name", TABLES)
def test_words(name: str) -> None:
    """A closed set of words is that of its class, in its order."""
    fields = attributes(TABLES[name])
    sets = {key: [str(word) for word in words] for key, each in fields.items() if (words := words_in(each.type))}
    assert {key: enum_in(known(name)[key]) for key in sets} == sets


def test_words_of_the_head() -> None:
    """So it is in the head."""
    assert enum_in(METHODOLOGY["properties"]["completeness"]) == [str(each) for each in pi.Completeness]
    assert enum_in(METHODOLOGY["properties"]["total"]) == ["unknown"]


def test_words_of_comparisons() -> None:
    """What equal values get is a word of the rule, or a share."""
    assert enum_in(DEFS["relative"]["properties"]["all_equal"]) == ["high", "low"]
    assert [pi.Relative(low="10%", all_equal=word).all_equal for word in ("high", "low")] == ["high", "low"]


def test_rules() -> None:
    """The rules are those of the library, each with its own definition; a part is none that best refuses."""
    any_rule = DEFS["any-rule"]
    assert any_rule["properties"]["type"]["enum"] == list(RULES)
    chosen = {each["if"]["properties"]["type"]["const"]: each["then"]["$ref"] for each in any_rule["allOf"]}
    assert chosen == {name: f"#/$defs/{name}" for name in RULES}
    inside = {"best": pi.Best([pi.Part(key="a", rule=pi.Given())]), "relative": pi.Relative()}
    assert set(inside) == set(DEFS["part"]["properties"]["type"]["not"]["enum"])
    for rule in inside.values():
        with pytest.raises(pi.MethodologyFaults, match="cannot be built"):
            pi.Best([pi.Part(key="b", rule=rule)])


def test_patterns_and_limits() -> None:
    """Ids, keys and decimals are bounded as the library bounds them."""
    assert DEFS["id"]["pattern"] == f"^{parts.DOTTED.pattern}$"
    assert DEFS["key"]["pattern"] == f"^{parts.SEGMENT.pattern}$"
    assert DEFS["rounding"]["properties"]["digits"]["maximum"] == MAX_DECIMALS


# It refuses what its class refuses

SAMPLES: Final[Mapping[str, tuple[Table, ...]]] = {
    "text": ({},),
    "rounding": ({},),
    "source": ({"key": "a", "title": "Quyết định 1", "status": "official"},),
    "cite": ({"source": "a"},),
    "policy": ({},),
    "origin": ({},),
    "block": ({"id": "a", "effect": "add"},),
    "grade": ({"key": "a", "from": 0},),
    "event": ({"key": "a"},),
    "criterion": ({"id": "a"},),
    "level": ({"key": "a", "points": 1}, {"key": "a", "share": 1}),
    "item": ({"key": "a", "points": 1}, {"key": "a", "share": 1}),
    "band": ({"points": 1}, {"share": 1}, {"points": 1, "from": 0}, {"points": 1, "over": "0%"}),
    "fault": ({"key": "a", "points": 1}, {"key": "a", "share": 1}),
    "option": ({"key": "a", "share": 1},),
    "group": ({"key": "a"},),
    "given": ({},),
    "levels": ({"levels": [{"key": "a", "points": 1}]},),
    "bands": ({"bands": [{"points": 0}]}, {"of": "value", "bands": [{"points": 0}]}),
    "ratio": ({},),
    "weighted-counts": ({"credits": {"a": 1}},),
    "checklist": ({"items": [{"key": "a", "points": 1}]},),
    "per-unit": ({"points": 1},),
    "deduct": ({"faults": [{"key": "a", "points": 1}]},),
    "best": ({"of": [{"key": "a", "type": "given"}]},),
    "survey": ({"options": [{"key": "a", "share": 1}]},),
    "relative": ({},),
}
"""Tables that are right, by the definition that describes them; a rule without its type."""

ODD: Final[tuple[object, ...]] = (
    *(None, True, 0, 1, -1, 2, 0.5),
    *("", " ", "a", "a b", "not-applicable", "80%", "1/2", "1/0"),
    *([], [""], ["a"], [1], {}, {"a": 1}, {"b c": 1}),
)
"""Values of every kind; most of them are wrong at most places."""

LATER: Final = {
    ("cite", "source"): "whether it is declared is looked at when the whole is read",
    ("event", "grade_at_most"): "so is whether there is such a grade",
    ("level", "key"): "so are the keys of a list, when its rule is made",
    ("item", "key"): "likewise",
    ("item", "points"): "that items add points is for their rule",
    ("item", "share"): "likewise",
    ("fault", "key"): "likewise",
    ("fault", "points"): "that faults take points off is for their rule",
    ("fault", "share"): "likewise",
    ("fault", "cap"): "likewise",
    ("fault", "wipe_at"): "likewise",
    ("option", "key"): "likewise",
    ("option", "share"): "likewise",
    ("group", "key"): "likewise",
    ("group", "weight"): "likewise",
    **{
        ("criterion", key): "the place in the tree is looked at later"
        for key in ("id", "parent", "max", "weight", "origin", "applies_to", "block", "default")
    },
}
"""What the schema refuses in a table that its class, taken alone, still accepts, with the reason."""


def taken(name: str, table: object) -> bool:
    """Return whether the class of a definition accepts a table."""
    if name in RULES and isinstance(table, dict):
        table = {"type": name, **table}
    try:
        converter.structure(table, pi.Rule if name in RULES else TABLES[name])
    except Exception:
        return False
    return True


def fitting(name: str, table: object) -> bool:
    """Return whether a table fits its definition; a rule does as a leaf has it."""
    if name in RULES and isinstance(table, dict):
        return bool(validator(METHODOLOGY, "rule").is_valid({"type": name, **table}))
    return bool(validator(METHODOLOGY, name).is_valid(table))


@pytest.mark.parametrize("name", TABLES)
def test_values_of_every_kind(name: str) -> None:
    """Whatever stands at a key, the schema and the class agree on it, but for what can be seen only later."""
    for sample in SAMPLES[name]:
        assert taken(name, sample)
        assert fitting(name, sample)
        for key in known(name):
            for odd in ODD:
                table = {**sample, key: odd}
                told = taken(name, table), fitting(name, table)
                allowed = {(True, True), (False, False)} | ({(True, False)} if (name, key) in LATER else set())
                assert told in allowed, (key, odd)


def test_what_is_seen_later_is_listed() -> None:
    """Each of the exceptions is one."""
    unused = set(LATER)
    for name, key in LATER:
        for sample in SAMPLES[name]:
            tables = [{**sample, key: odd} for odd in ODD]
            unused -= {(name, key)} if any(taken(name, each) and not fitting(name, each) for each in tables) else set()
    assert unused == set()


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("odd", [None, True, 1, "a", [], [{}]])
def test_tables_are_tables(name: str, odd: object) -> None:
    """What is no table fits nowhere."""
    if name not in RULES:
        assert not taken(name, odd)
        assert not fitting(name, odd)
    assert not validator(METHODOLOGY, "rule").is_valid(odd)
    assert not validator(METHODOLOGY, "part").is_valid(odd)


@pytest.mark.parametrize("key", ["key", "vi", "en"])
@pytest.mark.parametrize("odd", ODD)
def test_labels_of_parts(key: str, odd: object) -> None:
    """A part has a key and labels of text, and a rule of a leaf has none."""
    table = {"key": "a", "type": "given", key: odd}
    expected = isinstance(odd, str) and (key != "key" or odd == "a")
    assert validator(METHODOLOGY, "part").is_valid(table) == expected
    assert not validator(METHODOLOGY, "rule").is_valid({"type": "given", key: odd})


@pytest.mark.parametrize("key", METHODOLOGY["properties"])
@pytest.mark.parametrize("odd", ODD)
def test_values_of_every_kind_in_the_head(key: str, odd: object) -> None:
    """What the schema refuses in the head, the library refuses."""
    changed = {**EXAMPLE, key: odd}
    if not WHOLE.is_valid(changed):
        with pytest.raises(pi.MethodologyFaults):
            made.build(changed)


# Observations


def table(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV text."""
    return list(csv.DictReader(StringIO(text)))


LONG: Final = """\
unit,criterion,input,value,note,evidence
Xã A,1.1,done,190,,Báo cáo 12/BC-UBND
Xã A,1.1,total,200,,
Xã A,1.2,not-applicable,không phát sinh,chờ bổ sung,
Xã A,4.1,award/level,none,,
Xã A,,event,reprimand,,
Xã A,,,,ghi chú,
Xã B,1.1,percent,,,
"""

WIDE: Final = """\
unit,group,stage,1.1:done,1.1:total,4.1:award/level,2,1,1%,points,previous_index
Xã A,mountain,final,190,200,none,not-applicable: chưa kiểm tra,9.5,95,87,
"""


@pytest.mark.parametrize("kind", ["long", "wide", "assessment"])
def test_each_form_has_an_anchor(kind: str) -> None:
    """A form is found by its name alone, as ``urn:parindex:observations:1#long``."""
    whole = {**OBSERVATIONS, "anyOf": [{"$ref": f"{OBSERVATIONS['$id']}#{kind}"}]}
    forms = {"long": table(LONG), "wide": table(WIDE), "assessment": json.loads(pi.dumps(pi.Assessment("Xã A")))}
    assert [name for name, form in forms.items() if validator(whole).is_valid(form)] == [kind]


@pytest.mark.parametrize("name", [each.name for each in pi.examples()])
def test_accepts_the_packaged_examples(name: str) -> None:
    """Every packaged table fits, as long or as wide as it is."""
    found = table(example(name))
    kind = "long" if "criterion" in found[0] else "wide"
    assert list(validator(OBSERVATIONS, kind).iter_errors(found)) == []
    assert validator(OBSERVATIONS).is_valid(found)


def test_accepts_tables() -> None:
    """A long and a wide table fit, each as what it is and not as the other."""
    for text, kind, other in ((LONG, "long", "wide"), (WIDE, "wide", "long")):
        assert list(validator(OBSERVATIONS, kind).iter_errors(table(text))) == []
        assert not validator(OBSERVATIONS, other).is_valid(table(text))
        assert validator(OBSERVATIONS).is_valid(table(text))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"unit": ""}, "$[0].unit"),
        ({"unit": None}, "$[0].unit"),
        ({"criterion": "1.1 "}, "$[0].criterion"),
        ({"criterion": "1.A"}, "$[0].criterion"),
        ({"criterion": "1.1:done"}, "$[0].criterion"),
        ({"input": ""}, "$[0].input"),
        ({"input": "Done"}, "$[0].input"),
        ({"input": "not applicable"}, "$[0].input"),
        ({"criterion": ""}, "$[0].input"),
        ({"criterion": "", "input": "events"}, "$[0].input"),
        ({"criterion": "", "input": ""}, "$[0].value"),
        ({"value": 190}, "$[0].value"),
        ({"value": None}, "$[0].value"),
        ({"stage": "draft"}, "$[0].stage"),
        ({"period": 2024}, "$[0].period"),
        ({"points": "5"}, "$[0]"),
        ({"Ghi chú": ""}, "$[0]"),
    ],
)
def test_refuses_rows_of_a_long_table(change: dict[str, Any], place: str) -> None:
    """A row that no long table has is refused at its cell."""
    row = {"unit": "Xã A", "criterion": "1.1", "input": "done", "value": "190"}
    assert validator(OBSERVATIONS, "long").is_valid([row])
    errors = validator(OBSERVATIONS, "long").iter_errors([{**row, **change}])
    assert {error.json_path for error in errors} == {place}


@pytest.mark.parametrize("column", ["unit", "criterion", "input", "value"])
def test_long_tables_have_their_columns(column: str) -> None:
    """A long table without one of its columns is refused."""
    row = {"unit": "Xã A", "criterion": "1.1", "input": "done", "value": "190"}
    assert not validator(OBSERVATIONS, "long").is_valid([{key: row[key] for key in row if key != column}])


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"unit": " "}, "$[0].unit"),
        ({"1.1:done": 190}, "$[0]['1.1:done']"),
        ({"1.1:done": None}, "$[0]['1.1:done']"),
        ({"stage": "Self"}, "$[0].stage"),
        ({"evidence ": ""}, "$[0]"),
        ({"1.1 done": "190"}, "$[0]"),
        ({"1.1:Done": "190"}, "$[0]"),
        ({"previous": "1", "Hạng": "1"}, "$[0]"),
        ({"criterion": "1.1"}, "$[0]"),
        ({"previous_index": 9.5}, "$[0].previous_index"),
    ],
)
def test_refuses_rows_of_a_wide_table(change: dict[str, Any], place: str) -> None:
    """A row that no wide table has is refused at its cell, and for a column that names nothing."""
    row = {"unit": "Xã A", "1.1:done": "190", "2": "27.5", "rank": "1"}
    assert validator(OBSERVATIONS, "wide").is_valid([row])
    errors = validator(OBSERVATIONS, "wide").iter_errors([{**row, **change}])
    assert {error.json_path for error in errors} == {place}


@pytest.mark.parametrize("kind", ["long", "wide"])
def test_refuses_a_table_without_rows(kind: str) -> None:
    """A header alone is no table."""
    assert not validator(OBSERVATIONS, kind).is_valid([])


@given(st.data())
def test_accepts_assessments(data: st.DataObject) -> None:
    """Every assessment fits as it is written."""
    assessment = data.draw(made.assessments(data.draw(made.methodologies())))
    whole = json.loads(
        pi.dumps(attrs.evolve(assessment, stage="self", period="2024", notes={"": "x"}, evidence={"1": "y"}))
    )
    assert list(validator(OBSERVATIONS, "assessment").iter_errors(whole)) == []
    assert validator(OBSERVATIONS).is_valid(whole)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"format": "parindex.assessment/2"}, "$.format"),
        ({"unit": ""}, "$.unit"),
        ({"units": ["A"]}, "$"),
        ({"observations": []}, "$.observations"),
        ({"observations": {"1.A": {"done": 1}}}, "$.observations"),
        ({"observations": {"1.1": 5}}, "$.observations['1.1']"),
        ({"observations": {"1.1": {"done": [1]}}}, "$.observations['1.1'].done"),
        ({"observations": {"1.1": {"Done": 1}}}, "$.observations['1.1']"),
        ({"observations": {"1.1": {"not-applicable": None}}}, "$.observations['1.1']['not-applicable']"),
        ({"observations": {"1.1": {"not-applicable": "x", "done": 1}}}, "$.observations['1.1']"),
        ({"stage": ""}, "$.stage"),
        ({"period": 2024}, "$.period"),
        ({"events": "reprimand"}, "$.events"),
        ({"notes": {"1.1": 3}}, "$.notes['1.1']"),
        ({"evidence": {"Báo cáo": "x"}}, "$.evidence"),
    ],
)
def test_refuses_assessments(change: dict[str, Any], place: str) -> None:
    """What no assessment says is refused at its place."""
    whole = {"format": "parindex.assessment/1", "unit": "Xã A", "observations": {"1.1": {"done": 190}}}
    assert validator(OBSERVATIONS, "assessment").is_valid(whole)
    errors = validator(OBSERVATIONS, "assessment").iter_errors({**whole, **change})
    assert {error.json_path for error in errors} == {place}


def test_columns() -> None:
    """The columns are those that are read."""
    long, wide = (OBSERVATIONS["$defs"][f"{kind}-row"] for kind in ("long", "wide"))
    assert tuple(long["required"]) == rows.LONG
    assert set(long["properties"]) == {*rows.LONG, *rows.LONG_OPTIONAL}
    assert {key for key, each in wide["properties"].items() if each} == {"unit", *rows._WIDE_OPTIONAL, *rows.RESULTS}
    assert long["then"]["properties"]["input"]["enum"] == [*rows.FACTS, ""]


def test_assessments_have_the_keys_of_their_class() -> None:
    """An assessment has the keys of its class, and its stages are those of the library."""
    found = OBSERVATIONS["$defs"]["assessment"]
    assert set(found["properties"]) == {"format", *attributes(pi.Assessment)}
    assert found["properties"]["stage"]["enum"] == [str(each) for each in pi.Stage]
    assert OBSERVATIONS["$defs"]["long-row"]["properties"]["stage"]["enum"] == ["", *map(str, pi.Stage)]
