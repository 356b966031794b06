"""Every figure can be asked why, in either language, and the answer can be checked by hand from its text alone."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parindex as pi
import strategies as made
from parindex._methodology.words import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

Lang = Literal["vi", "en"]
MARK = {"vi": ",", "en": "."}
WORD = {"vi": "điểm", "en": "points"}
_SYMBOL = re.compile(r"\s*(-?\d+(?:\.\d+)?(?: %)?|[()×+−/])")
_EQUATION = re.compile(
    r"(?P<left>[-(\d][-\d.()/ ×+−%]*?) (?P<sign>[=≈]) (?P<right>-?\d+(?:\.\d+)?(?:/\d+)?)(?P<percent> %)?"
)


def value_of(text: str) -> Fraction:
    """Return the value of an expression by the rules of school: products before sums, from left to right."""
    symbols = _SYMBOL.findall(text)

    def term() -> Fraction:
        symbol = symbols.pop(0)
        if symbol == "(":
            value = total()
            assert symbols.pop(0) == ")"
            return value
        return Fraction(symbol.removesuffix(" %")) / (100 if symbol.endswith("%") else 1)

    def product() -> Fraction:
        value = term()
        while symbols and symbols[0] in "×/":
            value = value * term() if symbols.pop(0) == "×" else value / term()
        return value

    def total() -> Fraction:
        value = product()
        while symbols and symbols[0] in "+−":
            value = value + product() if symbols.pop(0) == "+" else value - product()
        return value

    value = total()
    assert not symbols, text
    return value


def equations(text: str) -> Iterator[tuple[Fraction, str, Fraction]]:
    """Yield each "expression = figure" of a text, but those of which a term is rounded or a word."""
    for found in _EQUATION.finditer(text):
        before = text[: found.start()].rstrip()
        if before.endswith(("≈", "×", "+", "−", "/")):
            continue
        right = Fraction(found["right"]) / (100 if found["percent"] else 1)
        yield value_of(found["left"]), found["sign"], right


def check_by_hand(text: str, rounding: pi.Rounding) -> int:
    """Assert that every equation of an English text holds, rounded as print is where it says ≈; return how many."""
    checked = 0
    for left, sign, right in equations(text):
        if sign == "=":
            assert left == right, text
        else:
            assert right in {rounding.apply(left), rounding.apply(left * 100) / 100}, text
        checked += 1
    return checked


def spoken(value: Fraction, lang: Lang, rounding: pi.Rounding) -> str:
    """Return a figure as it is printed in a language."""
    return f"{rounding.printed(value):f}".replace(".", MARK[lang])


@given(st.data())
@settings(max_examples=60)
def test_every_node_is_explained_in_both_languages(data: st.DataObject) -> None:
    """Each node of each card, final, provisional or not applicable, has a sentence that begins with its title."""
    methodology = data.draw(made.methodologies())
    everyone = data.draw(made.populations(methodology, most=2))
    gone = data.draw(st.sets(st.sampled_from(sorted(everyone[0].observations) or [""])))
    cards = pi.score_many(methodology, [made.hidden(everyone[0], gone), *everyone[1:]], partial=True).cards
    for card in cards:
        for lang, title in (("vi", "Tiêu chí"), ("en", "Criterion")):
            assert card.explain(lang="vi" if lang == "vi" else "en").startswith(card.unit)
            for key in card.nodes:
                text = card.explain(key, lang="vi" if lang == "vi" else "en")
                assert text.startswith(f"{key} {title}: ")
                assert "Quyết định số 1" in text


@pytest.mark.parametrize("lang", ["vi", "en"])
@given(data=st.data())
def test_the_sentence_of_a_leaf_ends_in_its_printed_points(lang: Lang, data: st.DataObject) -> None:
    """The figure before the word for points is what the leaf was awarded, as print rounds it.

    Conditions: a leaf that was observed and applies; without leaf rounding, which has a sentence of its own.
    """
    methodology = data.draw(made.methodologies(leaf_rounding=False))
    rounding = methodology.policy.print_rounding
    for card in pi.score_many(methodology, data.draw(made.populations(methodology, most=2))).cards:
        for leaf in made.leaves_for(methodology):
            node = card[leaf.id]
            if node.observed and node.reason is None and node.awarded is not None:
                printed = f"{spoken(node.awarded, lang, rounding)} {WORD[lang]}"
                sentence = card.explain(leaf.id, lang=lang)
                assert re.search(rf"(?<![\d{MARK[lang]}-]){re.escape(printed)}", sentence), sentence


@given(st.data())
def test_leaf_rounding_is_said_with_the_rounded_points(data: st.DataObject) -> None:
    """Where rounding a leaf changed its points, the text names the decimals kept and the exact points that count."""
    methodology = data.draw(made.methodologies())
    rounding = methodology.policy.leaf_rounding
    for card in pi.score_many(methodology, data.draw(made.populations(methodology, most=2))).cards:
        for leaf in made.leaves_for(methodology):
            rule, maximum = made.rule_of(leaf)
            node = card[leaf.id]
            if rounding is None or not node.observed or node.reason is not None or node.awarded is None:
                continue
            exact = rule.award(node.observed, maximum, node.peers).points
            said = f"rounded to {rounding.digits} decimals" in card.explain(leaf.id, lang="en")
            assert said == (exact != node.awarded)


@given(st.data())
@settings(max_examples=120)
def test_the_arithmetic_of_a_leaf_holds_as_it_stands(data: st.DataObject) -> None:
    """Each equation in the sentence of a leaf is true, read by the rules of school."""
    methodology = data.draw(made.methodologies())
    for card in pi.score_many(methodology, data.draw(made.populations(methodology, most=2))).cards:
        for leaf in made.leaves_for(methodology):
            text = card.explain(leaf.id, lang="en").partition(" Source: ")[0]
            check_by_hand(text.partition(": ")[2], methodology.policy.print_rounding)


@given(st.data())
@settings(max_examples=120)
def test_the_arithmetic_of_the_whole_holds_as_it_stands(data: st.DataObject) -> None:
    """Each equation in the text of the whole is true: the sum of the domains and the index."""
    methodology = data.draw(made.methodologies())
    for card in pi.score_many(methodology, data.draw(made.populations(methodology, most=2))).cards:
        lines = card.explain(lang="en").splitlines()[1:]
        for line in lines:
            plain = re.sub(r" \((?:{})\)".format("|".join(map(re.escape, card.nodes))), "", line).replace(" %", "")
            check_by_hand(plain, methodology.policy.print_rounding)


@given(st.data())
def test_the_text_of_the_whole_ends_in_the_printed_index(data: st.DataObject) -> None:
    """The line of the index names the figure that is printed, and that of the grade its label."""
    methodology = data.draw(made.methodologies(kinds=made.ALONE))
    card = pi.score(methodology, data.draw(made.assessments(methodology)))
    text = card.explain(lang="en")
    if card.index is not None:
        line = next(line for line in text.splitlines() if line.startswith("Index"))
        assert f"{card.printed_index:f} %" in line
    if card.grade is not None:
        assert f"Grade: {card.grade.text.get('en', card.grade.key)}" in text


THIRDS: list[tuple[pi.Rule, dict[str, object]]] = [
    (pi.Given(scale="1/3"), {"value": "1/6"}),
    (pi.Ratio(full_at="200/3%"), {"percent": 50}),
    (pi.Ratio(amounts=True), {"done": "1/3", "total": "1/2"}),
    (pi.Ratio(amounts=True), {"done": "1/3", "total": "2/3"}),
    (pi.WeightedCounts(credits={"paid": 1}, amounts=True), {"total": "2/3", "paid": "1/3"}),
]


@pytest.mark.parametrize(("rule", "inputs"), THIRDS)
def test_a_divisor_that_is_no_decimal_stands_in_brackets(rule: pi.Rule, inputs: dict[str, object]) -> None:
    """Dividing by 1/3 is written so that it is not read as dividing by 1 and then by 3."""
    maximum = Fraction(10)
    text = rule.award(rule.read(inputs, maximum).values, maximum).say(Writer("en"))
    assert check_by_hand(text, pi.Rounding()) > 0
