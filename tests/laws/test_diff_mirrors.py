"""Differences: a methodology differs from itself in nothing, and seen from the other side in the same things."""

from __future__ import annotations

import pickle
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

import parindex as pi
import strategies as made
from parindex._methodology.diff import diff
from parindex._methodology.differing.kinds import ChangeKind, ChangePart

if TYPE_CHECKING:
    from parindex._methodology.words import Lang

PAIRS = st.one_of(made.editions(), st.tuples(made.methodologies(depth=3), made.methodologies(depth=3)))


@given(made.methodologies())
def test_nothing_differs_from_itself(methodology: pi.Methodology) -> None:
    """A methodology and the same one read again have no differences."""
    assert not diff(methodology, pi.loads(pi.dumps(methodology)))


@given(PAIRS)
def test_the_reverse_is_the_mirror(pair: tuple[pi.Methodology, pi.Methodology]) -> None:
    """From new to old there are the same changes as from old to new, each turned round."""
    old, new = pair
    forth, back = diff(old, new), diff(new, old)
    assert Counter(map(repr_of, back.changes)) == Counter(repr_of(each.reversed()) for each in forth.changes)
    assert (back.old, back.new) == (forth.new, forth.old)


def repr_of(change: object) -> str:
    """Return a change with its words, which its own text leaves out."""
    return repr([getattr(change, name) for name in sorted(change.__slots__) if not name.startswith("__")])  # type: ignore[attr-defined]  # slots of attrs


@given(PAIRS)
def test_turned_round_twice_it_is_the_same(pair: tuple[pi.Methodology, pi.Methodology]) -> None:
    """Turning a change round twice gives it back."""
    for each in diff(*pair).changes:
        assert each.reversed().reversed() == each


@given(PAIRS)
def test_the_fingerprint_decides(pair: tuple[pi.Methodology, pi.Methodology]) -> None:
    """There is a difference exactly where the fingerprints differ."""
    old, new = pair
    assert bool(diff(old, new)) == (old.fingerprint != new.fingerprint)


@given(PAIRS)
def test_every_criterion_is_accounted_for(pair: tuple[pi.Methodology, pi.Methodology]) -> None:
    """What is not removed is kept, what is not added was there: the counts of criteria agree."""
    old, new = pair
    kinds = Counter(each.kind for each in diff(old, new).changes if each.part is ChangePart.CRITERION)
    assert len(old) - kinds[ChangeKind.REMOVED] == len(new) - kinds[ChangeKind.ADDED]


@given(PAIRS, st.sampled_from(("vi", "en")))
def test_every_change_has_words(pair: tuple[pi.Methodology, pi.Methodology], lang: Lang) -> None:
    """Each change is worded in either language, and a value that differs reads differently."""
    found = diff(*pair)
    text = found.in_words(lang=lang)
    assert all(text.splitlines()[:2])
    for each in found.changes:
        assert each.in_words(lang=lang)
        if each.kind is ChangeKind.CHANGED:
            assert each.old_words != each.new_words


@given(PAIRS)
def test_a_diff_is_a_value(pair: tuple[pi.Methodology, pi.Methodology]) -> None:
    """Differences can be hashed, pickled and compared."""
    found = diff(*pair)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  our own bytes
    assert len({found, diff(*pair)}) == 1
