"""Reads the phrasing of an annex into rules: wholly, or not at all.

A text is made even and parted into clauses, each clause says one thing, and all of them together must come to exactly
one rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from parindex._methodology.rules import Rule
from parindex._methodology.wording.amounts import Stopped
from parindex._methodology.wording.reader import read_text
from parindex._numbers import fraction

if TYPE_CHECKING:
    from fractions import Fraction


@frozen
class RuleReading:
    """What a text of an annex says.

    Attributes:
        rule: the rule, or None where the text is not understood wholly.
        unread: the part that stopped the reading; "" where there is a rule.
        reason: why it stopped there; "" where there is a rule.
    """

    rule: Rule | None
    unread: str = ""
    reason: str = ""


def read_rule_text(text: str, *, max_points: Fraction | int | str) -> RuleReading:
    """Return the rule that an annex words, or the part of the text that is not understood.

    Nothing is guessed: a text that says less than a rule needs, more than a rule holds, or what can be taken in two
    ways, is returned as unread.
    So is one without points or a formula, as where a council decides or a survey is held.
    Keys of levels, items, faults and credits are made from their labels; a text does not have them.

    Args:
        text: the phrasing, in Vietnamese or English, of one line or several.
        max_points: the maximum of the criterion.

    >>> read_rule_text("Từ 30% trở lên: 1; từ 20% - dưới 30%: 0,5; dưới 20%: 0", max_points=1).rule.type
    'bands'
    >>> read_rule_text("Ban hành trễ: 0; không ban hành: -1", max_points=1).unread
    'không ban hành: -1'
    """
    try:
        return RuleReading(read_text(text, fraction(max_points)))
    except Stopped as stop:
        return RuleReading(None, stop.part, stop.reason)


__all__ = ["RuleReading", "read_rule_text"]
