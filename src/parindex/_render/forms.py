"""The plain form: the long observation table of a methodology, ready to be filled in."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from parindex._frozen import FrozenMap
from parindex._methodology.rules import Input, InputKind
from parindex._methodology.words import Lang, SourceStatus, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology
    from parindex._numbers import Mark


def form(methodology: Methodology, units: Sequence[str], *, lang: Lang, decimal: Mark) -> str:
    """Return the long CSV form, one line an input; the note says what belongs there.

    The note of the first line of each unit says so where the methodology is illustrative.
    With the decimal mark "," the cells are separated by semicolons, as spreadsheets of that locale expect.
    """
    text = StringIO()
    writer = csv.writer(text, delimiter=";" if decimal == "," else ",", lineterminator="\n")
    writer.writerow(["unit", "criterion", "input", "value", "note"])
    for unit in units or [""]:
        writer.writerows([unit, criterion, name, "", note] for criterion, name, note in _lines(methodology, lang))
    return text.getvalue()


def _lines(methodology: Methodology, lang: Lang) -> Iterator[tuple[str, str, str]]:
    writer = Writer(lang)
    mark = _mark(methodology, writer)
    for leaf in methodology.leaves:
        for each in leaf.leaf_rule.inputs:
            yield leaf.id, each.name, f"{mark}{leaf.title.get(lang, leaf.id)}: {_asked(leaf, each, writer)}"
            mark = ""


def _mark(methodology: Methodology, writer: Writer) -> str:
    """Return what says that a methodology is illustrative; "" of any other one."""
    illustrative = any(source.status is SourceStatus.ILLUSTRATIVE for source in methodology.sources)
    return writer.pick("Bộ tiêu chí minh họa. ", "Illustrative methodology. ") if illustrative else ""


def _asked(leaf: Criterion, each: Input, writer: Writer) -> str:
    label = each.text.get(writer.lang, each.name)
    if each.kind is InputKind.CHOICE:
        listed = "; ".join(f"{option.key} = {option.text.get(writer.lang, option.key)}" for option in each.options)
        return f"{label} [{listed}]"
    if each.kind is InputKind.YES_NO:
        return f"{label} [{writer.pick('có/không', 'yes/no')}]"
    stated = ", ".join(limits(leaf, each, writer))
    instead = f" ({instead_of(each, writer)})" if each.instead_of else ""
    return f"{label} [{stated}]{instead}" if stated else f"{label}{instead}"


def limits(leaf: Criterion, each: Input, writer: Writer, names: Mapping[str, str] = FrozenMap()) -> list[str]:
    """Return the limits of a number, "≥ 0" and "≤ total"; *names* says what other inputs are called."""
    high = leaf.max_points if each.up_to_max else each.high
    found = [] if each.low is None else [f"≥ {writer.number(each.low)}"]
    found += [] if high is None else [f"≤ {writer.number(high)}"]
    found += [f"≤ {names.get(each.at_most, each.at_most)}"] if each.at_most else []
    return found


def instead_of(each: Input, writer: Writer, names: Mapping[str, str] = FrozenMap()) -> str:
    """Return which inputs this one may stand for; *names* says what they are called."""
    replaced = ", ".join(names.get(name, name) for name in each.instead_of)
    return f"{writer.pick('thay cho', 'instead of')} {replaced}"
