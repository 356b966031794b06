"""Explanations: every step from what was observed to the printed figure, in Vietnamese or English.

The text alone is enough to check the arithmetic by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex._methodology.words import (
    Lang,
    Writer,
)
from parindex._scoring.explain_node import cited, inner_sentence, leaf_sentence, named
from parindex._scoring.explain_whole import whole_lines

if TYPE_CHECKING:
    from parindex._scoring.results import Scorecard


def explain(card: Scorecard, criterion_id: str | None, lang: Lang) -> str:
    """Return the explanation of one node, or of the whole."""
    writer = Writer(lang, card.methodology.policy.print_rounding)
    if criterion_id is None:
        return "\n".join(whole_lines(card, writer))
    node = card[criterion_id]
    criterion = card.methodology[criterion_id]
    body = (
        leaf_sentence(card, criterion, node, writer)
        if criterion.rule is not None
        else inner_sentence(card, criterion, node, writer)
    )
    return f"{named(criterion, writer)}: {body} {cited(card.methodology, criterion, writer)}".rstrip()
