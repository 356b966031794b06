"""From the lines of an annex to its tree: what stands below what, and which rows are levels of which criterion.

The numbers decide; where they contradict one another the place in the table does, and a doubt says so.
"""

from __future__ import annotations

from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

from parindex._drafting.annex import Line
from parindex._drafting.numbering import Number, why_no_number
from parindex._methodology.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction


_RANKS: Final = {"A": 1, "I": 2, "1": 3, "a": 5}
"""How high styles stand, the highest first; dotted numbers stand between "1" and "a"."""

_SOFT: Final = frozenset({"a", "1)"})
"""The styles that number levels as well as criteria."""

_CAPITALS: Final = "capitals"
_PLAIN: Final = "plain"


@define(eq=False, repr=False)
class Node:
    """A criterion of the draft: its line, and what stands below it.

    Attributes:
        below: the lines without a number that follow it: levels, and texts.
        id, path: its id, and the numbers that lead to it as they are printed; given when the tree stands.
        parent_stated: whether its id does not say its parent, so that the file must.
    """

    line: Line
    parent: Node | None
    number: Number | None
    children: list[Node] = field(factory=list)
    below: list[Line] = field(factory=list)
    id: str = ""
    path: tuple[str, ...] = ()
    parent_stated: bool = False

    def __repr__(self) -> str:
        return f"<Node {self.id}, row {self.line.row}>"

    @property
    def style(self) -> str:
        """How it is counted among its siblings."""
        if self.number:
            return self.number.style
        return _CAPITALS if self.line.capitals else _PLAIN

    @property
    def maximum(self) -> Fraction | None:
        """Its maximum, as its row states it."""
        return self.line.points.value if self.line.points else None

    @property
    def whole(self) -> Fraction | None:
        """Its maximum, or where none is stated the sum of its parts; None where that is unknown."""
        return self.maximum if self.maximum is not None or not self.children else added(self.children)

    def within(self, number: Number) -> bool:
        """Return whether a dotted *number* goes on from its own."""
        own = self.number.parts if self.number else ()
        return bool(own) and len(own) < number.depth and number.parts[: len(own)] == own


@define(eq=False, repr=False)
class Stray:
    """A row that has no certain place in the tree, and the lines that follow it."""

    line: Line
    reason: Text
    below: list[Line] = field(factory=list)

    def __repr__(self) -> str:
        return f"<Stray, row {self.row}>"

    @property
    def row(self) -> int:
        """The row it stands in."""
        return self.line.row

    @property
    def wording(self) -> tuple[str, ...]:
        """The texts of the row and of those that follow it."""
        return (*self.line.texts, *(line.whole_text for line in self.below))


@frozen
class Doubt:
    """Something to look at: the row, and what was found there."""

    row: int
    text: Text


@frozen
class Tree:
    """The domains, and what has no place below them.

    Attributes:
        totals: the rows of totals, each with the criterion that it sums up, None for all of them.
        outside: lines that belong to no criterion.
    """

    roots: tuple[Node, ...]
    strays: tuple[Stray, ...]
    totals: tuple[tuple[Line, Node | None], ...]
    outside: tuple[Line, ...]
    doubts: list[Doubt]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every criterion, each before those below it."""
        return tuple(_preorder(self.roots))


def added(nodes: Iterable[Node]) -> Fraction | None:
    """Return the sum of the maxima of *nodes*, None where one of them is unknown."""
    parts = [node.whole for node in nodes]
    known = [part for part in parts if part is not None]
    return sum(known[1:], known[0]) if known and len(known) == len(parts) else None


def whole_sums(roots: Sequence[Node]) -> tuple[Fraction | None, ...]:
    """Return what a total of all domains may state: their sum, or that of those within the base."""
    return added(roots), added(root for root in roots if not root.line.outside_base)


def grow(lines: Sequence[Line]) -> Tree:
    """Return the tree of *lines*, its ids not given yet."""
    builder = _Builder(lines)
    for line, after in zip_longest(lines, lines[1:]):
        builder.add(line, after)
    for root in builder.roots:
        _settle(root)
    return Tree(
        tuple(builder.roots),
        tuple(builder.strays),
        tuple((line, builder.summed(position)) for position, (line, _, _) in enumerate(builder.totals)),
        tuple(builder.outside),
        builder.doubts,
    )


class _Builder:
    """Places one line after the other; what is open stands on a stack, the domain first."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.roots: list[Node] = []
        self.strays: list[Stray] = []
        self.totals: list[tuple[Line, int, Node | None]] = []
        self.outside: list[Line] = []
        self.doubts: list[Doubt] = []
        self._nodes: list[Node] = []
        self._stack: list[Node] = []
        self._firsts: set[int] = set()
        self._current: Node | Stray | None = None
        self._numbered = {line.level for line in lines if line.number}
        self._deepest = max((line.level for line in lines), default=0)
        if lines and not self._numbered:
            message = Text(
                "không dòng nào có số thứ tự: mỗi dòng có điểm được coi là một tiêu chí",
                "no row has a number: every row with points was taken as a criterion",
            )
            self.doubts.append(Doubt(lines[0].row, message))

    def add(self, line: Line, after: Line | None) -> None:
        """Give *line* its place; *after* is the line that follows it."""
        if line.total_of is not None:
            self.totals.append((line, len(self._nodes), self.roots[-1] if self.roots else None))
            self._current = None
        elif line.bad_number:
            self._current = Stray(line, why_no_number(line.bad_number))
            self.strays.append(self._current)
        elif self._is_criterion(line, after):
            self._place(line)
        elif self._current is None or (line.across and not (line.bullet or line.points)):
            self.outside.append(line)
        else:
            self._current.below.append(line)

    def summed(self, position: int) -> Node | None:
        """Return the criterion that a total sums up: the one it names, else the domain above it, None for all.

        Its figure tells whether it is that domain or all of them.
        Where it fits both or neither, a total below the last criterion is one of all, unless another total follows it.
        """
        line, before, root = self.totals[position]
        for node in reversed(self._nodes[:before] if line.total_of else []):
            if node.number and node.number.bare.casefold() == line.total_of:
                return node
        stated = line.points.value if line.points else None
        if not line.total_of and root is not None and stated is not None and added(self.roots) is not None:
            of_domain, of_all = stated in {root.whole, added(root.children)}, stated in whole_sums(self.roots)
            if of_domain != of_all:
                return root if of_domain else None
        last = before == len(self._nodes) and position == len(self.totals) - 1
        return None if last else root

    def _is_criterion(self, line: Line, after: Line | None) -> bool:
        if line.number or line.upper:
            return True
        if not line.title or line.bullet:
            return False
        if self._heads_block(line, after):
            return True
        if line.capitals and (not self._stack or self._stack[0].style == _CAPITALS):
            return line.points is not None or (after is not None and bool(after.number or after.upper))
        counted = line.level in self._numbered or line.across
        return not counted and (line.points is not None or line.level < self._deepest)

    def _heads_block(self, line: Line, after: Line | None) -> bool:
        """Return whether a line without a number is a heading of points outside the base, with criteria below it."""
        below = after.number if after else None
        return line.names_block and (line.capitals or bool(below and below.depth == 1 and below.parts == (1,)))

    def _place(self, line: Line) -> None:
        node = Node(line, None, self._number(line))
        node.parent = self._parent(node)
        siblings = node.parent.children if node.parent else self.roots
        siblings.append(node)
        self._stack.append(node)
        self._nodes.append(node)
        self._current = node
        if node.number:
            self._firsts.add(node.number.parts[0])

    def _number(self, line: Line) -> Number | None:
        """Return the number of a line; a Roman one that goes on an open series of letters is a letter."""
        letter = line.number.as_letter if line.number else None
        open_ = self._open()
        if letter and line.number and line.number.style not in open_:
            before = open_.get(letter.style)
            if before and 0 < letter.parts[0] - before.parts[0] <= 2:
                return letter
        return line.number

    def _open(self) -> dict[str, Number]:
        """Return the last number of each series that is open."""
        return {node.style: node.number for node in self._stack if node.number}

    def _parent(self, node: Node) -> Node | None:
        """Close what *node* does not stand below, and return what it stands below."""
        level, number = node.line.level, node.number
        if (node.line.names_block and not number) or self._ends_block(node):
            self._stack.clear()
        for at, each in enumerate(self._stack):
            deeper = number and number.depth and each.number and each.number.depth >= number.depth
            if each.line.level > level or (each.line.level == level and (each.style == node.style or deeper)):
                del self._stack[at:]
                break
        if number and number.style in _RANKS and number.parts != (1,) and number.style not in self._open():
            # It goes on a series that is not open, so it stands no lower than that one would.
            self._stack = list(takewhile(lambda each: _rank(each) < _RANKS[node.style], self._stack))
        if number and number.depth > 1 and any(each.number for each in self._stack):
            self._continue(node, number)
        return self._stack[-1] if self._stack else None

    def _ends_block(self, node: Node) -> bool:
        """Return whether a number goes on the domains above a heading without one, of points outside the base."""
        number, block = node.number, next((each for each in self._stack[:1] if each.line.names_block), None)
        if block is None or block.number or number is None or number.parts == (1,) or number.style in self._open():
            return False
        return any(root.style == node.style for root in self.roots)

    def _continue(self, node: Node, number: Number) -> None:
        """Close what stands between a dotted number and the number that it goes on from.

        Where no row has that number, everything; where it stands elsewhere, nothing.
        """
        fitting = [at for at, each in enumerate(self._stack) if each.within(number)]
        if fitting or number.parts[0] not in self._firsts:
            del self._stack[max(fitting, default=-1) + 1 :]
            return
        above = next(each.number.printed for each in reversed(self._stack) if each.number)
        message = Text(f"số {number.printed} đứng dưới số {above}", f"the number {number.printed} stands below {above}")
        self.doubts.append(Doubt(node.line.row, message))


def _rank(node: Node) -> int:
    """Return how high a style stands, 0 for one that may stand anywhere."""
    return 4 if node.number and node.number.depth > 1 else _RANKS.get(node.style, 0)


def _settle(node: Node) -> None:
    """Turn lettered rows that are levels into such, and rows without a number that are components into such."""
    for child in node.children:
        _settle(child)
    if _are_levels(node):
        for child in node.children:
            node.below += [child.line, *child.below]
        node.children.clear()
    elif not node.children and _are_components(node):
        node.children += [Node(line, node, None) for line in node.below]
        node.below.clear()


def _are_levels(node: Node) -> bool:
    """Return whether all below *node* are lettered levels: without rules, the best at its maximum, not adding up to it.

    Or without points of their own, as texts that say them.
    """
    soft = [
        child
        for child in node.children
        if child.style in _SOFT and not (child.children or child.line.rule or child.line.of_survey)
    ]
    if len(soft) < 2 or len(soft) < len(node.children):
        return False
    points = [child.maximum for child in soft if child.line.points]
    known = [each for each in points if each is not None]
    if not points:
        return True
    return len(known) == len(soft) and max(known) == node.maximum != sum(known)


def _are_components(node: Node) -> bool:
    """Return whether the rows below *node* without a number are its parts: each with points and a rule, adding up."""
    points = [line.points.value for line in node.below if line.points and line.rule and line.title and not line.bullet]
    known = [each for each in points if each is not None]
    if not known or len(known) < len(node.below) or node.line.texts:
        return False
    return node.maximum is None or sum(known) == node.maximum


def _preorder(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _preorder(node.children)
