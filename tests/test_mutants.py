"""Every edition, broken in every named way: it is refused or reported at the right place, and never scores silently."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

import parindex as pi
from mutants import MUTANTS, TEXTS, Mutant, Table, editions, texts

EDITIONS: Final = editions()
FILES: Final = texts()
BY_NAME: Final = {mutant.name: mutant for mutant in MUTANTS}

WARNED: Final = {
    "a band above all rates": "the decision may have printed it so",
    "a block without a cap": "a decision may set no limit",
    "a criterion titled in one language": "the other language stands in",
    "a decision issued long after its years": "some years are decided on afterwards",
    "a limit that one list of grades lacks": "it can be meant to limit nothing there",
    "a lowest above zero": "a rule may give something to everybody",
    "a cap below the whole": "a decision may hold the index below 100",
    "a criterion of nothing": "it changes no figure",
    "a grade that nobody reaches": "it takes nothing from the others",
    "an origin that nothing has": "it changes no figure",
    "a maximum that nothing reaches": "it stands so in some decisions",
    "a source that nothing rests on": "it changes no figure",
    "a title in one language": "the other language stands in",
    "an index without a total": "the points are ranked instead",
    "an outline that pretends to be full": "given points may be the real rule",
    "titles that were not verified": "they change no figure",
}
"""The mutants that can be scored with a warning, each with the reason why that is right."""

SPREAD: Final = {
    "a misspelt key": "the right key is missing too",
    "a maximum finer than the rounding of leaves": "other maxima may be finer too",
    "a negative weight": "beside a single maximum, that one is the odd one",
    "an orphan by a lost criterion": "all of its parts are orphans",
}
"""The mutants of which other criteria and keys of the head may be told too, each with the reason."""


def read(tables: Table) -> pi.Methodology:
    """Return the methodology of tables, by way of JSON text."""
    return pi.parse_methodology(json.dumps(tables, ensure_ascii=False))


def subject(place: str) -> str:
    """Return what a place is about: one criterion, one table of a list, or one key of the head."""
    return place.partition(",")[0].partition(".")[0] if place.startswith("criterion ") else place.partition(".")[0]


def refused(tables: Table, place: str, *, spread: bool) -> None:
    """Expect that tables cannot be read, for a fault at a place and none elsewhere."""
    with pytest.raises(pi.MethodologyFaults) as caught:
        read(tables)
    places = [fault.place.at for fault in caught.value.exceptions if isinstance(fault, pi.Fault) and fault.place.at]
    assert place in places, str(caught.value)
    assert spread or {subject(each) for each in places} == {subject(place)}, str(caught.value)


def reported(tables: Table, before: pi.Methodology, mutant: Mutant, place: str) -> None:
    """Expect that tables can be read, that check tells the mutant, and that an error stands in the way of scoring."""
    methodology = read(tables)
    severity = pi.Severity.WARNING if mutant.warns else pi.Severity.ERROR
    found = [each for each in pi.check(methodology) if (each.code, each.place) == (mutant.code, place)]
    assert {each.severity for each in found} == {severity}, pi.check(methodology)
    assert not set(found) & set(pi.check(before))
    if mutant.warns:
        assert methodology.errors == before.errors == ()
        return
    with pytest.raises(pi.RefusedError) as caught:
        pi.score(methodology, pi.Assessment("Đơn vị A"))
    assert methodology.completeness is pi.Completeness.ENTRY or set(found) <= set(caught.value.findings)


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_told_in_every_edition(mutant: Mutant) -> None:
    """Wherever an edition has what the mutant breaks, it is told at the right place."""
    applied = 0
    for tables in EDITIONS.values():
        broken = mutant.of(tables)
        if broken is None:
            continue
        applied += 1
        if mutant.code is None:
            refused(*broken, spread=mutant.name in SPREAD)
        else:
            reported(broken[0], read(tables), mutant, broken[1])
    assert applied, "no edition has what it breaks"


@pytest.mark.parametrize("edition", EDITIONS)
def test_many_for_every_edition(edition: str) -> None:
    """Every edition, an entry of the catalogue among them, is broken in at least 40 ways, and is right before that."""
    assert read(EDITIONS[edition]).errors == ()
    assert sum(mutant.of(EDITIONS[edition]) is not None for mutant in MUTANTS) >= 40


def test_the_edition_itself_stays_whole() -> None:
    """A mutant breaks a copy."""
    before = json.dumps(EDITIONS)
    for mutant in MUTANTS:
        for tables in EDITIONS.values():
            mutant.of(tables)
    assert json.dumps(EDITIONS) == before


def test_names() -> None:
    """No two mutants have the same name."""
    assert [name for name, count in Counter(mutant.name for mutant in MUTANTS).items() if count > 1] == []


def test_warnings_are_listed() -> None:
    """The mutants that can be scored with a warning are those listed, each with a reason."""
    assert {mutant.name for mutant in MUTANTS if mutant.warns} == set(WARNED)


def test_every_finding_has_a_mutant() -> None:
    """Whatever check can say, some mutant makes it say."""
    folder = Path(pi.__file__).parent / "_methodology"
    told = [
        re.findall(r'(?:\berror|\bwarning|Problem)\(\s*"([a-z-]+)"', file.read_text("utf-8"))
        for file in folder.rglob("*.py")
    ]
    assert {code for codes in told for code in codes} == {mutant.code for mutant in MUTANTS if mutant.code}


def test_spread_is_listed() -> None:
    """The mutants of which others are told too are real ones, and can be refused only."""
    assert [name for name in SPREAD if BY_NAME[name].code is not None] == []


# Files as they are written


@pytest.mark.parametrize("name", TEXTS)
def test_texts_told_in_every_edition(name: str) -> None:
    """A text that is no TOML is told with its line, and so is what TOML can say and an edition cannot."""
    applied = 0
    for file, text in FILES.items():
        broken = TEXTS[name](text)
        if broken is None:
            continue
        applied += 1
        changed, told = broken
        with pytest.raises(pi.ParindexError) as caught:
            pi.parse_methodology(changed, name=file)
        assert re.search(rf"{re.escape(file)}.*{told}", str(caught.value))
    assert applied, "no edition has what it breaks"


def test_every_edition_is_broken() -> None:
    """The editions are those of the catalogue and of the tests: none is left out by its name or its folder."""
    assert {f"{entry.name}.toml" for entry in pi.catalog()} <= FILES.keys() == EDITIONS.keys()


# What the mutants found


def faults(tables: Table) -> list[str]:
    """Return the faults for which tables are refused, without the name of the file."""
    with pytest.raises(pi.MethodologyFaults) as caught:
        read(tables)
    return [str(fault).removeprefix("methodology, ") for fault in caught.value.exceptions]


def example(**head: Any) -> Table:
    """Return the tables of an edition with three leaves, with other keys in the head."""
    return {**EDITIONS["design-example.toml"], **head}


def test_unknown_completeness_is_no_outline() -> None:
    """A completeness that cannot be read is told alone: no rule is held against that of an outline."""
    assert faults(example(completeness="complete")) == [
        "completeness: 'complete' is none of full, outline, entry",
    ]


def test_date_has_one_spelling() -> None:
    """Only a year, a month and a day with hyphens are a date, whatever Python can read."""
    source = EDITIONS["design-example.toml"]["source"][0]
    assert faults(example(source=[{**source, "issued": "20240115"}])) == [
        "source[0].issued: '20240115' is not a date, expected one such as 2024-01-15",
    ]


def test_null_states_nothing() -> None:
    """JSON can write null where TOML writes no key; it says neither that there is no cap nor what it is."""
    assert faults(example(policy={"index_cap": None})) == [
        "policy.index_cap: expected a value, found nothing: state one, or leave the key out",
    ]


def test_look_alike_is_named() -> None:
    """A letter that looks like one that ids have is told by its name."""
    source = EDITIONS["design-example.toml"]["source"][0]
    (told,) = [each for each in faults(example(source=[{**source, "key": "qd-1а"}])) if each.startswith("source")]
    assert told.endswith("; 'а' is CYRILLIC SMALL LETTER A")


def test_grade_cites_the_near_miss() -> None:
    """A source that a grade cites and nobody declared is told with the one that was meant."""
    grade = {"key": "tot", "from": 0, "cite": {"source": "qd1"}}
    assert faults(example(grade=[grade], event=[])) == [
        "grade[0].cite.source: 'qd1' is not declared; did you mean 'qd-1'?",
    ]


def test_grades_are_not_held_against_unread_sources() -> None:
    """Where the sources could not be read, nothing is said of who cites them."""
    grade = {"key": "tot", "from": 0, "cite": {"source": "qd-1"}}
    assert faults(example(source="qd-1", grade=[grade], event=[])) == ["source: expected a list, found text"]


def test_source_that_only_a_grade_cites_is_used() -> None:
    """A source on which nothing but an edge rests is not told as unused."""
    announced = {"key": "announcement", "title": "Công bố", "status": "illustrative"}
    sources = [*EDITIONS["design-example.toml"]["source"], announced]
    grade = {"key": "tot", "from": 0, "cite": {"source": "announcement"}}
    assert read(example(source=sources, grade=[grade], event=[])).findings == ()


def test_unnamed_sign() -> None:
    """A sign without a name, such as a control character, is told as one."""
    source = EDITIONS["design-example.toml"]["source"][0]
    (told,) = [each for each in faults(example(source=[{**source, "key": "qd\x80"}])) if each.startswith("source")]
    assert told.endswith(r"; '\x80' is a sign without a name")


def test_unknown_is_written_small() -> None:
    """The word for a maximum that nobody knows is offered to who writes it with a capital."""
    assert faults(example(total="Unknown")) == ["total: 'Unknown' is not a number; did you mean 'unknown'?"]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (({"max": 1}, {"max": 1}, {"weight": 1}), "3, weight: {}, and 1 states no weight"),
        (({"weight": 1}, {"weight": 1}, {"max": 1}), "3, max: {}, and 1 states a weight"),
        (({"max": 1}, {"max": 1, "weight": 1}), "2, max: {}, and this one states both"),
    ],
)
def test_odd_sibling_is_told(keys: tuple[Table, ...], told: str) -> None:
    """Of siblings that mix maxima and weights, those that state both are told, or else the fewer ones."""
    listed = [
        {"id": str(number), **each, "cite": {"source": "qd-1"}, "rule": {"type": "given"}}
        for number, each in enumerate(keys, 1)
    ]
    assert faults(example(criterion=listed, origin={})) == [
        f"criterion {told}".format("siblings state all maxima or all weights")
    ]


def test_source_needs_a_title() -> None:
    """A source whose title is empty could not be cited."""
    with pytest.raises(pi.Fault, match="title: is empty, expected the title as it is cited"):
        pi.Source(key="qd-1", title=" ", status=pi.SourceStatus.OFFICIAL)
