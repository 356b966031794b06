"""From the tree of an annex to drafted criteria: what words the rule of each leaf, and what was read of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import frozen

from parindex._drafting.cells import is_survey_mark, names_council, names_survey, without_bullet
from parindex._drafting.tree import Node
from parindex._methodology.rules import Rule
from parindex._methodology.wording import read_rule_text
from parindex._methodology.words import Text
from parindex._text import Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parindex._drafting.annex import Line


class Kind(Word):
    """How a criterion was understood."""

    HEADING = "heading"
    READ = "read"
    UNREAD = "unread"
    SURVEY = "survey"
    COUNCIL = "council"


@frozen
class Drafted:
    """A criterion of the draft.

    Attributes:
        wording: the lines that word its rule, levels of rows of their own with their points.
        rule: the rule that was read, or None.
        unread: the part of the wording that stopped the reading.
        reason: why there is no rule.
    """

    node: Node
    kind: Kind
    wording: tuple[str, ...]
    rule: Rule | None = None
    unread: str = ""
    reason: Text = Text()

    @property
    def row(self) -> int:
        """The row it stands in."""
        return self.node.line.row


_SAID_POINTS: Final = re.compile(r"[:=]\s*([+-]?\d+(?:[.,]\d+)?)\s*(?:điểm|đ)?\.?$", re.IGNORECASE)

_NO_MAXIMUM: Final = Text("không có điểm tối đa", "has no maximum")
_NO_WORDING: Final = Text("không có câu chữ nào nói cách tính điểm", "no text says how points are given")
_OF_SURVEY: Final = Text(
    "điểm từ điều tra xã hội học: phụ lục không nêu cách đổi kết quả ra điểm",
    "points from the survey: the annex does not say how answers become points",
)
_OF_COUNCIL: Final = Text(
    "điểm do hội đồng chấm: hãy xác nhận bằng một quy tắc given", "points set by a council: confirm with a given rule"
)
_PARTLY_SURVEY: Final = Text(
    "chỉ một phần điểm từ điều tra xã hội học: hãy tách thành hai tiêu chí",
    "only a part of its points comes from the survey: make two criteria of it",
)
_BOTH: Final = Text(
    "vừa có điểm ở dòng bên dưới, vừa có câu chữ nêu điểm", "both rows below it and a wording beside them state points"
)


def read_nodes(nodes: Sequence[Node]) -> tuple[Drafted, ...]:
    """Return every criterion with the rule of its leaves, where it was read wholly."""
    return tuple(_read(node) for node in nodes)


def _read(node: Node) -> Drafted:
    wording = tuple(_wording(node))
    if node.children:
        return Drafted(node, Kind.HEADING, wording)
    if any(each.line.of_survey for each in _lineage(node)):
        return Drafted(node, Kind.SURVEY, wording, reason=_OF_SURVEY)
    reason = _unreadable(node, wording)
    if reason is not None or node.maximum is None:
        return Drafted(node, Kind.UNREAD, wording, reason=reason or _NO_MAXIMUM)
    text = "\n".join(wording)
    reading = read_rule_text(text, max_points=node.maximum)
    if reading.rule is not None:
        return Drafted(node, Kind.READ, wording, reading.rule)
    if is_survey_mark(text) or (names_survey(text) and not re.search(r"\d", text)):
        return Drafted(node, Kind.SURVEY, wording, reason=_OF_SURVEY)
    if names_council(text):
        return Drafted(node, Kind.COUNCIL, wording, reason=_OF_COUNCIL)
    return Drafted(node, Kind.UNREAD, wording, unread=reading.unread, reason=Text(en=reading.reason))


def several_maxima(line: Line) -> Text:
    """Return that a row states more maxima than it has titles."""
    told = ", ".join([*line.more_points, *([line.points.text] if line.points else [])])
    return Text(f"có nhiều điểm tối đa: {told}", f"has several maxima: {told}")


def _lineage(node: Node | None) -> Iterator[Node]:
    while node is not None:
        yield node
        node = node.parent


def _unreadable(node: Node, wording: Sequence[str]) -> Text | None:
    """Return why the wording of a leaf is not even handed to the reader, or None."""
    line, maximum = node.line, node.maximum
    if line.points and line.points.problem:
        return line.points.problem
    if line.more_points:
        return several_maxima(line)
    if maximum is None:
        return _NO_MAXIMUM
    if maximum < 0:
        return Text(
            "điểm tối đa âm: điểm trừ là quy tắc deduct hoặc [[block]]",
            "its maximum is negative: deductions are a deduct rule or a [[block]]",
        )
    if line.partly_survey:
        return _PARTLY_SURVEY
    if not wording:
        return _NO_WORDING
    for each in node.below:
        if each.points and each.title and (each.texts or re.search(r"\d", " ".join(line.texts))):
            return _BOTH
    return None


def _wording(node: Node) -> Iterator[str]:
    """Yield the lines that word a rule, a level of a row of its own as "label: points"."""
    line, below = node.line, node.below
    # Where the rows below hold a level in the column of the rule and its points in that of the maximum, so does the
    # row of the criterion itself: its own level is the one that gives the maximum.
    first = len(line.texts) == 1 and below and line.points and not re.search(r"\d", line.texts[0])
    if first and line.points and all(each.rule and each.points and not each.title for each in below):
        yield f"{without_bullet(line.texts[0])}: {line.points.text}"
    else:
        yield from line.texts
    for each in below:
        yield from _level(each)


def _level(line: Line) -> Iterator[str]:
    """Yield the lines of a level: its label with its points, and what else its row says."""
    texts = [without_bullet(text) for text in (line.title, *line.texts) if text]
    if line.points:
        label, *texts = texts or [""]
        said = _SAID_POINTS.search(label)
        yield label if said and said[1] == line.points.text else f"{label}: {line.points.text}"
    yield from (*texts, *line.more_points)
