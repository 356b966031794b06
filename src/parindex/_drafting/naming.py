"""The ids of a draft: the annex's own numbers where they are clear, else places; and what is odd about the numbers."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from attrs import evolve

from parindex._drafting.tree import Doubt
from parindex._methodology.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parindex._drafting.numbering import Number
    from parindex._drafting.tree import Node


def name_all(roots: Sequence[Node]) -> Iterator[Doubt]:
    """Give every criterion its id and the path of its printed numbers, and yield what is odd about the numbers."""
    told: set[Text] = set()
    for doubt in _name(roots, None, set()):
        if doubt.text not in told:
            told.add(doubt.text)
            yield doubt


def _name(siblings: Sequence[Node], parent: Node | None, used: set[str]) -> Iterator[Doubt]:
    wanted = {segment for node in siblings if (segment := _segment(node)) is not None}
    last = 0
    for node in siblings:
        node.path = _path(node, parent)
        own = _own_id(node, parent, used)
        if own is not None:
            node.id, node.parent_stated = own, True
            yield Doubt(node.line.row, _no_parent(node))
        else:
            segment = _segment(node)
            if segment is None or _below(parent, segment) in used:
                free = (each for each in count(last + 1) if each not in wanted and _below(parent, each) not in used)
                segment = next(free)
            last, node.id = segment, _below(parent, segment)
        used.add(node.id)
    yield from _order(siblings)
    for node in siblings:
        yield from _name(node.children, node, used)


def _below(parent: Node | None, segment: int) -> str:
    return f"{parent.id}.{segment}" if parent else str(segment)


def _segment(node: Node) -> int | None:
    """Return the segment that a number asks for; letters and rows without a number take the next place."""
    return node.number.parts[-1] if node.number and node.style not in {"A", "a"} else None


def _path(node: Node, parent: Node | None) -> tuple[str, ...]:
    above = parent.path if parent else ()
    if node.number is None:
        return above
    if parent and parent.within(node.number):
        above = above[:-1]
    return (*above, node.number.printed)


def _own_id(node: Node, parent: Node | None, used: set[str]) -> str | None:
    """Return a dotted number whole, where the row that it goes on from is not there and the id would not say it."""
    number = node.number
    if number is None or number.depth < 2 or not number.bare.replace(".", "").isdigit():
        return None
    above, own = parent.id if parent else "", number.bare
    if own.rpartition(".")[0] == above or own in used:
        return None
    goes_on = parent is None or (parent.within(number) and own.startswith(f"{above}."))
    return own if goes_on else None


def _no_parent(node: Node) -> Text:
    above = node.number.bare.rpartition(".")[0] if node.number else ""
    return Text(f"không có dòng nào mang số {above}", f"no row has the number {above}")


def _order(siblings: Sequence[Node]) -> Iterator[Doubt]:
    """Yield the numbers that stand a second time, go back or leave some out."""
    before: dict[str, Number] = {}
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for node in siblings:
        number = node.number
        if number is None:
            continue
        last = before.get(number.style)
        meant = _meant(number, last) if (number.style, number.parts) in seen else None
        text = _odd(number, last, meant)
        if text:
            yield Doubt(node.line.row, text)
        number = meant or number
        seen.add((number.style, number.parts))
        if last is None or last.parts < number.parts:
            before[number.style] = number


def _meant(number: Number, last: Number | None) -> Number:
    """Return the number that stood where *number* stands again: 1.10, of which a spreadsheet makes 1.1."""
    if number.depth > 1 and last is not None:
        parts = (*last.parts[:-1], last.parts[-1] + 1)
        printed = ".".join(map(str, parts))
        if printed != number.bare and printed.rstrip("0") == number.bare:
            return evolve(last, printed=printed, parts=parts)
    return number


def _odd(number: Number, last: Number | None, meant: Number | None) -> Text | None:
    """Return what is odd about a number after the *last* of its kind; *meant* is given where it stands again."""
    printed = number.printed
    if meant is not None:
        vi, en = f"số {printed} xuất hiện lần thứ hai", f"the number {printed} stands a second time"
        if meant != number:
            vi += f"; bảng tính biến {meant.printed} thành {printed}"
            en += f"; a spreadsheet makes {printed} of {meant.printed}"
        return Text(vi, en)
    if last is None:
        first = number.depth < 2 or number.parts[-1] == 1
        return None if first else Text(f"số {printed} đứng đầu", f"the number {printed} comes first")
    if number.parts < last.parts:
        return Text(f"số {printed} đứng sau số {last.printed}", f"the number {printed} stands after {last.printed}")
    if number.style not in {"A", "a"} and number.parts[-1] > last.parts[-1] + 1:
        return Text(f"số nhảy từ {last.printed} đến {printed}", f"the numbers go from {last.printed} to {printed}")
    return None
