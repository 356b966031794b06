"""Print and parse: files, values, results and numbers come back equal."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import parindex as pi
import strategies as made
from parindex._numbers import exact_text, fraction, parse_exact, parse_number, shortest


def pickled(value: object) -> Any:
    """Return a value that was pickled and read back."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301  our own bytes


NUMBERS = st.fractions(max_denominator=10**6)


class TestNumbers:
    """Every exact number survives its printed forms."""

    @given(NUMBERS)
    def test_exact_text_comes_back(self, value: Fraction) -> None:
        """ "n/d" is read as the number it was written from."""
        assert parse_exact(exact_text(value)) == value

    @given(st.integers(), st.integers(-(10**9), -1))
    def test_exact_text_comes_back_in_lowest_terms(self, over: int, under: int) -> None:
        """The text is that of the lowest terms, with the sign in front."""
        value = Fraction(over, under)
        assert exact_text(value) == f"{value.numerator}/{value.denominator}"

    @given(NUMBERS, st.sampled_from((".", ",")))
    def test_the_shortest_text_comes_back_under_its_mark(self, value: Fraction, mark: str) -> None:
        """The shortest exact text, a decimal or a ratio, is read back under the same decimal mark."""
        assert mark in {".", ","}
        written = shortest(value, mark="." if mark == "." else ",")
        assert parse_number(written, mark="." if mark == "." else ",") == value

    @given(NUMBERS)
    def test_the_shortest_decimal_has_no_needless_zero(self, value: Fraction) -> None:
        """A decimal is never longer than it must be, and a ratio stands only where no decimal is exact."""
        written = shortest(value)
        if "/" in written:
            rest = value.denominator
            for factor in (2, 5):
                while rest % factor == 0:
                    rest //= factor
            assert rest != 1
        else:
            assert "." not in written or not written.endswith(("0", "."))
            assert written != "-0"

    @given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e20, max_value=1e20))
    def test_a_float_counts_as_the_shortest_decimal_that_prints_it(self, value: float) -> None:
        """A float is read as its own printed text; its value as a float is kept."""
        assume(abs(value) >= 1e-60 or value == 0)
        assert fraction(value) == Fraction(repr(value))
        assert float(fraction(value)) == value

    @given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6))
    def test_a_printed_figure_comes_back(self, value: object) -> None:
        """A figure printed with its trailing zeros is read as the figure."""
        assert fraction(str(value)) == fraction(value)

    @given(NUMBERS, st.integers(0, 12), st.sampled_from(made.MODES))
    def test_a_rounded_figure_is_printed_and_read_alike(self, value: Fraction, digits: int, mode: str) -> None:
        """Printed, applied and scaled forms of one rounding are the same number, with all digits shown."""
        rounding = pi.Rounding(digits=digits, mode=pi.RoundingMode(mode))
        printed = rounding.printed(value)
        assert Fraction(printed) == rounding.apply(value) == Fraction(rounding.scaled(value), 10**digits)
        assert len(f"{printed:f}".partition(".")[2]) == digits


class TestFiles:
    """A methodology is the same after it was written and read."""

    @given(made.methodologies())
    def test_a_methodology_comes_back_equal_with_its_fingerprint(self, methodology: pi.Methodology) -> None:
        """Written as JSON and read again, a methodology is equal and has the same fingerprint and hash."""
        again = pi.loads(pi.dumps(methodology))
        assert again == methodology
        assert (again.fingerprint, hash(again)) == (methodology.fingerprint, hash(methodology))
        assert again.criteria == methodology.criteria
        assert pi.parse_methodology(pi.dumps(methodology, indent=2)) == methodology

    @given(st.data())
    def test_the_order_of_keys_and_the_form_of_numbers_do_not_change_the_fingerprint(self, data: st.DataObject) -> None:
        """The same tables with keys in another order and whole numbers as text have the same fingerprint."""
        tables = data.draw(made.methodology_tables())
        respelled = json.loads(
            json.dumps(dict(reversed(tables.items()))),
            object_pairs_hook=lambda pairs: {key: _respelled(key, each) for key, each in reversed(pairs)},
        )
        assert made.build(respelled).fingerprint == made.build(tables).fingerprint

    @given(made.methodologies())
    def test_a_methodology_is_pickled(self, methodology: pi.Methodology) -> None:
        """A pickled methodology comes back equal."""
        assert pickled(methodology) == methodology

    @given(made.methodologies())
    def test_no_change_gives_the_same_methodology(self, methodology: pi.Methodology) -> None:
        """``with_changes`` without a change gives an equal methodology."""
        assert methodology.with_changes({}) == methodology


def _respelled(key: str, value: object) -> object:
    """Return a whole number of points as text with a needless zero."""
    plain = isinstance(value, int) and not isinstance(value, bool)
    return f"{value}.0" if plain and key in {"max", "weight", "points", "lowest", "scale", "cap", "total"} else value


class TestValuesAndResults:
    """Public values and results are the same after they were written and read, or pickled."""

    @pytest.mark.parametrize("kind", made.RULE_TYPES)
    @given(data=st.data())
    def test_a_rule_comes_back(self, kind: str, data: st.DataObject) -> None:
        """A rule is equal after JSON and after a pickle, and asks for the same inputs."""
        rule = data.draw(made.rules(Fraction(25, 3), kind))
        for again in (pi.loads(pi.dumps(rule)), pickled(rule)):
            assert again == rule
            assert hash(again) == hash(rule)
            assert again.inputs == rule.inputs

    @given(st.data())
    def test_an_assessment_comes_back(self, data: st.DataObject) -> None:
        """An assessment is equal after JSON and after a pickle."""
        methodology = data.draw(made.methodologies())
        assessment = data.draw(made.assessments(methodology))
        assert pi.loads(pi.dumps(assessment)) == assessment
        assert pickled(assessment) == assessment

    @given(st.data())
    def test_results_come_back(self, data: st.DataObject) -> None:
        """A board, its cards, their nodes and criteria are equal after JSON and after a pickle, also provisional."""
        methodology = data.draw(made.methodologies())
        everyone = data.draw(made.populations(methodology, most=3))
        first = everyone[0]
        gone = data.draw(st.sets(st.sampled_from(sorted(first.observations) or [""])))
        board = pi.score_many(methodology, [made.hidden(first, gone), *everyone[1:]], partial=True)
        assert pi.loads(pi.dumps(board)) == board
        assert pickled(board) == board
        for card in board.cards:
            assert pi.loads(pi.dumps(card)) == card
            for value in (*card.nodes.values(), *card.blocks, *card.by_origin.values(), card.bounds, card.grade):
                assert value is None or pi.loads(pi.dumps(value)) == value
        for criterion in methodology.criteria:
            assert pi.loads(pi.dumps(criterion)) == criterion

    @given(st.data())
    def test_parts_of_a_methodology_come_back(self, data: st.DataObject) -> None:
        """Sources, policies, origins, blocks, grades, events, titles and findings are equal after JSON."""
        methodology = data.draw(made.methodologies())
        parts: list[object] = [methodology.policy, methodology.policy.print_rounding, methodology.title]
        parts += [*methodology.sources, *methodology.origins.values(), *methodology.blocks]
        parts += [*methodology.grades, *methodology.events, *pi.check(methodology)]
        for part in parts:
            assert pi.loads(pi.dumps(part)) == part
            assert pickled(part) == part


def test_not_applicable_with_values() -> None:
    """A document in which a leaf does not apply and has values too is refused, not read as one of the two."""
    text = pi.dumps(pi.Assessment("A", {"1": pi.NotApplicable("x")})).replace('"x"}', '"x", "done": 3}')
    with made.refused(pi.Faults, "1: is not applicable and has values too"):
        pi.loads(text)
