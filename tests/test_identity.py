"""What names a methodology and each criterion of it: fingerprints, and the note of a what-if."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

import parindex as pi

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLE: Final = pi.read_methodology(Path(__file__).parent / "data" / "design-example.toml")
PROVINCE: Final = pi.load("example.par.province@2023")


def differing(first: Mapping[str, str], second: Mapping[str, str]) -> set[str]:
    """Return the criteria whose fingerprints are not the same."""
    return {each for each in first if first[each] != second.get(each)}


@pytest.mark.parametrize("entry", pi.catalog(), ids=lambda entry: entry.name)
def test_every_criterion(entry: pi.CatalogEntry) -> None:
    """Every criterion has a fingerprint of its own, 64 hexadecimal digits."""
    methodology = pi.load(entry.name)
    assert list(methodology.fingerprints) == [each.id for each in methodology.criteria]
    assert len(set(methodology.fingerprints.values())) == len(methodology.criteria)
    assert all(len(each) == 64 and set(each) <= set("0123456789abcdef") for each in methodology.fingerprints.values())


@pytest.mark.parametrize(
    "change",
    [
        {"vi": "Tỷ lệ"},
        {"lead": "Sở Tư pháp"},
        {"rule": {"from": "79%"}},
        {"not_applicable": "zero"},
        {"cite": {"at": "mục 9"}},
        {"note": "xem lại"},
    ],
)
def test_up_the_tree(change: dict[str, Any]) -> None:
    """A change of one leaf shows at it, at what stands above it and at the whole, and nowhere else."""
    other = EXAMPLE.with_changes({"1.1": change})
    assert differing(EXAMPLE.fingerprints, other.fingerprints) == {"1", "1.1"}
    assert EXAMPLE.fingerprint != other.fingerprint


def test_what_is_inherited() -> None:
    """What a criterion has from above is its own: a department named there shows in every leaf below."""
    other = EXAMPLE.with_changes({"1": {"lead": "Sở Nội vụ"}})
    assert differing(EXAMPLE.fingerprints, other.fingerprints) == {"1", "1.2"}


def test_a_policy_that_touches_leaves() -> None:
    """A policy that can move points of leaves shows in all of them, one of print in none."""
    assert differing(EXAMPLE.fingerprints, EXAMPLE.with_changes(policy={"not_applicable": "zero"}).fingerprints) == set(
        EXAMPLE.fingerprints
    )
    assert (
        differing(EXAMPLE.fingerprints, EXAMPLE.with_changes(policy={"print_rounding": {"digits": 3}}).fingerprints)
        == set()
    )


def test_a_source_is_part_of_what_cites_it() -> None:
    """A source that is told differently shows in every criterion that cites it."""
    tables = pi.dumps(EXAMPLE)
    other = pi.parse_methodology(tables.replace("Quyết định 1/QĐ-UBND", "Quyết định 2/QĐ-UBND"))
    assert differing(EXAMPLE.fingerprints, other.fingerprints) == set(EXAMPLE.fingerprints)


def test_weights_count_by_what_they_come_to() -> None:
    """The same maxima stated as weights are the same criteria, whatever the file."""
    maxima = EXAMPLE.with_changes({"1.1": {"max": 30}, "1.2": {"max": 60}})
    weights = EXAMPLE.with_changes({"1.1": {"max": None, "weight": 1}, "1.2": {"max": None, "weight": 2}})
    assert maxima.fingerprints == weights.fingerprints
    assert maxima.fingerprint != weights.fingerprint


# What if


def test_what_it_came_from() -> None:
    """A changed methodology says what it came from, by fingerprint, and what was changed, in both languages."""
    other = EXAMPLE.with_changes({"1.1": {"rule": {"from": "90%"}, "lead": "Sở Tư pháp"}}, policy={"index_cap": 90})
    assert other.note.en == (
        f"Changed from vn.example.district@2024 revision 1 (fingerprint {EXAMPLE.fingerprint}): "
        "1.1: rule, lead; policy.index_cap."
    )
    assert other.note.vi == (
        f"Thay đổi từ vn.example.district@2024 bản 1 (dấu vân tay {EXAMPLE.fingerprint}): "
        "1.1: rule, lead; policy.index_cap."
    )


def test_the_note_goes_on() -> None:
    """A note that was there stays, and a second change tells of the first."""
    once = PROVINCE.with_changes(policy={"index_cap": 90})
    twice = once.with_changes(policy={"index_cap": 80})
    assert PROVINCE.note.en is not None
    assert twice.note.en is not None
    assert twice.note.en.startswith(f"{PROVINCE.note.en} Changed from ")
    assert PROVINCE.fingerprint in twice.note.en
    assert once.fingerprint in twice.note.en


def test_nothing_changed() -> None:
    """A change to what is there already is none."""
    assert EXAMPLE.with_changes({"1.1": {"rule": {"from": "80.0%"}}}) is EXAMPLE


def test_the_note_is_printed() -> None:
    """Whoever reads the methodology reads what it came from."""
    other = EXAMPLE.with_changes({"1.1": {"rule": {"from": "90%"}}})
    assert pi.loads(pi.dumps(other)) == other
    assert pi.parse_methodology(pi.dumps(other)).note == other.note
