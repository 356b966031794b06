"""Order keys: the order of the texts is the order of the numbers, and equal texts stand for equal numbers alone."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import parindex as pi
import strategies as made
from parindex._scoring.keys import order_key

NUMBERS = st.one_of(
    st.fractions(min_value=-3, max_value=3, max_denominator=9),
    st.fractions(max_denominator=10**6),
    st.integers(-(2**300), 2**300).map(Fraction),
    st.builds(Fraction, st.integers(-(10**80), 10**80), st.integers(1, 10**80)),
    st.builds(lambda near, far: near + Fraction(1, far), st.integers(-3, 3), st.integers(1, 2**280)),
)


@given(NUMBERS, NUMBERS)
@example(Fraction(0xDF), Fraction(0xE0))
@example(Fraction(0xFF), Fraction(0x100))
@example(Fraction(1, 2**240 - 1), Fraction(1, 2**240))
@example(Fraction(2**240 - 1), Fraction(2**240))
@example(Fraction(-(2**240)), Fraction(1 - 2**240))
@example(Fraction(-1, 2), Fraction(-1))
@example(Fraction(1, 2), Fraction(2, 3))
def test_keys_compare_as_the_numbers_do(one: Fraction, other: Fraction) -> None:
    """A key is less than another exactly where its number is, and equal exactly where the numbers are."""
    assert (order_key(one) < order_key(other)) is (one < other)
    assert (order_key(one) == order_key(other)) is (one == other)
    assert (order_key(one).encode() < order_key(other).encode()) is (one < other)


@given(st.lists(NUMBERS, max_size=12))
def test_sorted_keys_are_those_of_sorted_numbers(values: list[Fraction]) -> None:
    """Sorting the texts sorts the numbers."""
    assert sorted(map(order_key, values)) == list(map(order_key, sorted(values)))


@given(NUMBERS)
def test_a_key_is_a_letter_and_hexadecimal_digits(value: Fraction) -> None:
    """No key can be taken for a number, nor does a locale move a letter within it."""
    key = order_key(value)
    assert key[0] == ("n" if value < 0 else "p")
    assert set(key[1:]) <= set("0123456789abcdef")


@given(st.data())
def test_keys_of_parts_give_the_ranks_of_the_whole(data: st.DataObject) -> None:
    """Ranks are 1 + how many keys of the same pool are greater, or how many different ones where ties are dense.

    Conditions: every policy, wholes and nodes, units that are not ranked.
    """
    methodology = data.draw(made.methodologies())
    board = pi.score_many(methodology, data.draw(made.populations(methodology, most=5)))
    policy = methodology.policy
    for node in (None, *(root.id for root in methodology.roots)):
        keys = board.order_keys(node)
        for group, key, rank in zip(board.groups, keys, board.rank_list(node), strict=True):
            pool = [
                other
                for own, other in zip(board.groups, keys, strict=True)
                if other is not None and (policy.ranked_within == "all" or own == group)
            ]
            better = [] if key is None else [other for other in pool if other > key]
            expected = 1 + len(set(better) if policy.ties == "dense" else better)
            assert rank == (0 if key is None else expected)


@pytest.mark.parametrize("engine", ["reference", "batch"])
@given(data=st.data())
def test_either_engine_gives_the_same_keys(engine: str, data: st.DataObject) -> None:
    """The keys of a board do not depend on what computed it."""
    methodology = data.draw(made.methodologies())
    units = data.draw(made.populations(methodology, most=4))
    table = pi.ObservationTable.from_assessments(units)
    board = pi.score_many(methodology, table, engine=engine)  # type: ignore[arg-type]  # one of its words
    assert board.order_keys() == pi.score_many(methodology, units, engine="reference").order_keys()
    assert pickle.loads(pickle.dumps(board.order_keys())) == board.order_keys()  # noqa: S301  made here
