"""The plain form: the long observation table of a methodology, ready to be filled in."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from parindex._methodology.rules import Input, InputKind
from parindex._methodology.words import Lang, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology
    from parindex._numbers import Mark


def form(methodology: Methodology, units: Sequence[str], *, lang: Lang, decimal: Mark) -> str:
    """Return the long CSV form, one line an input; the note says what belongs there.

    With the decimal mark "," the cells are separated by semicolons, as spreadsheets of that locale expect.
    """
    text = StringIO()
    writer = csv.writer(text, delimiter=";" if decimal == "," else ",", lineterminator="\n")
    writer.writerow(["unit", "criterion", "input", "value", "note"])
    for unit in units or [""]:
        writer.writerows([unit, criterion, name, "", note] for criterion, name, note in _lines(methodology, lang))
    return text.getvalue()


def _lines(methodology: Methodology, lang: Lang) -> Iterator[tuple[str, str, str]]:
    for leaf in methodology.leaves:
        for each in leaf.leaf_rule.inputs:
            yield leaf.id, each.name, f"{leaf.title.get(lang, leaf.id)}: {_asked(leaf, each, Writer(lang))}"


def _asked(leaf: Criterion, each: Input, writer: Writer) -> str:
    label = each.text.get(writer.lang, each.name)
    high = leaf.max_points if each.up_to_max else each.high
    if each.kind is InputKind.CHOICE:
        listed = "; ".join(f"{option.key} = {option.text.get(writer.lang, option.key)}" for option in each.options)
        return f"{label} [{listed}]"
    if each.kind is InputKind.YES_NO:
        return f"{label} [{writer.pick('có/không', 'yes/no')}]"
    limits = [] if each.low is None else [f"≥ {writer.number(each.low)}"]
    limits += [] if high is None else [f"≤ {writer.number(high)}"]
    limits += [f"≤ {each.at_most}"] if each.at_most else []
    instead = ""
    if each.instead_of:
        instead = f" ({writer.pick('thay cho', 'instead of')} {', '.join(each.instead_of)})"
    return f"{label} [{', '.join(limits)}]{instead}" if limits else f"{label}{instead}"
