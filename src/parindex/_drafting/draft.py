"""From the annex of a decision to the draft of an edition, and to what a person has still to do."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from parindex._drafting.annex import Annex, Line, read_annex
from parindex._drafting.naming import name_all
from parindex._drafting.reading import Drafted, Kind, read_nodes, several_maxima
from parindex._drafting.tree import Doubt, Node, Tree, added, grow, whole_sums
from parindex._drafting.writing import edition_text
from parindex._methodology.words import Lang, Text
from parindex._numbers import shortest
from parindex.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@frozen
class Left:
    """Something that a person has to write: the row, the criterion if it has an id, its text, and why."""

    row: int
    criterion: str | None
    text: str
    reason: Text


@frozen(repr=False)
class Draft:
    """The draft of an edition.

    Attributes:
        name: what the annex is called.
        annex: its columns and rows.
        tree: its criteria, and the rows without a place among them.
        criteria: the criteria with what was read of their rules.
        doubts: what was read and should be looked at, by row.
        text: the edition as TOML; it names the same rows and texts.
    """

    name: str
    annex: Annex
    tree: Tree
    criteria: tuple[Drafted, ...]
    doubts: tuple[Doubt, ...]
    text: str = ""

    def __repr__(self) -> str:
        return f"<Draft of {self.name!r}, {self.count(Kind.READ)} of {self.to_read} rules read>"

    def count(self, *kinds: Kind) -> int:
        """Return how many criteria were understood in one of these ways."""
        return sum(each.kind in kinds for each in self.criteria)

    @property
    def to_read(self) -> int:
        """How many leaves have a rule to read: all but those of the survey and of councils."""
        return self.count(Kind.READ, Kind.UNREAD)

    @property
    def share(self) -> Fraction | None:
        """The share of them whose rule was read, None where there are none."""
        return Fraction(self.count(Kind.READ), self.to_read) if self.to_read else None

    @property
    def left(self) -> tuple[Left, ...]:
        """What a person has still to write, by row."""
        found = [Left(each.row, None, each.line.whole_text, each.reason) for each in self.tree.strays]
        for each in self.criteria:
            if each.kind not in {Kind.HEADING, Kind.READ}:
                text = each.unread or "\n".join(each.wording) or each.node.line.title
                found.append(Left(each.row, each.node.id, text, each.reason))
        return tuple(sorted(found, key=lambda left: left.row))

    @property
    def total_line(self) -> Line | None:
        """The row of the total of all criteria, or None."""
        found = [line for line, node in reversed(self.tree.totals) if node is None and line.points]
        return next((line for line in found if total_difference(line, None, self) is None), next(iter(found), None))

    @property
    def total(self) -> Fraction | None:
        """The maximum of the whole: what its row states, else the sum of the domains; None where that is not known."""
        line = self.total_line
        stated = line.points.value if line and line.points else added(self.tree.roots)
        return stated if stated and stated > 0 else None

    @property
    def total_disagrees(self) -> bool:
        """Whether the annex has a row of a total that agrees with nothing it could sum up."""
        return any(total_difference(line, node, self) is not None for line, node in self.tree.totals if line.points)


def draft_edition(
    table: Sequence[Sequence[str]], *, name: str = "annex", lang: Lang = "vi", year: int | None = None
) -> Draft:
    """Return the draft of an edition that the annex in *table* states.

    Args:
        table: the rows of the annex with the text of their cells, "" for an empty one and for all but the first of
            merged ones.
        name: what errors and the draft call the annex.
        lang: the language of the comments.
        year: the first index year, where it is known.

    Raises:
        FileError: if no row is a header with a title and a maximum, or none below it is a criterion.
    """
    annex = read_annex(table, name=name)
    tree = grow(annex.lines)
    if not (tree.roots or tree.strays):
        raise FileError(f"{name}: no row below its header is a criterion")
    named = tuple(name_all(tree.roots))
    criteria = read_nodes(tree.nodes)
    draft = Draft(name, annex, tree, criteria, ())
    doubts = [*tree.doubts, *named, *_doubts(draft)]
    draft = evolve(draft, doubts=tuple(sorted(doubts, key=lambda doubt: doubt.row)))
    return evolve(draft, text=edition_text(draft, lang=lang, year=year))


def total_difference(line: Line, node: Node | None, draft: Draft) -> Text | None:
    """Return how the row of a total differs from what it sums up, or None where it agrees."""
    stated = line.points.value if line.points else None
    if stated is None or line.total_of == "?":
        return Text("không rõ là tổng của những dòng nào", "it is unclear what it sums up")
    whole = added(draft.tree.roots)
    parts = added(node.children or [node]) if node else whole
    if parts is None:
        return Text("không đối chiếu được: có điểm tối đa chưa biết", "cannot be held: some maximum is unknown")
    if parts == stated or (node is None and stated in whole_sums(draft.tree.roots)):
        return None
    above = [root for root in draft.tree.roots if root.line.row < line.row]
    if line.total_of or whole is None or len(above) < 2 or stated == above[-1].maximum:
        return _sums(parts, stated)
    return _fits_neither(above[-1], whole, stated)


def _sums(parts: Fraction, stated: Fraction) -> Text:
    return Text(
        f"các phần cộng lại là {shortest(parts, mark=',')}, không phải {shortest(stated, mark=',')}",
        f"the parts add up to {shortest(parts)}, not to {shortest(stated)}",
    )


def _fits_neither(domain: Node, whole: Fraction, stated: Fraction) -> Text:
    of_domain = added(domain.children or [domain])
    vi, en = ("?", "?") if of_domain is None else (shortest(of_domain, mark=","), shortest(of_domain))
    return Text(
        f"lĩnh vực ngay trên cộng lại là {vi}, các lĩnh vực cộng lại là {shortest(whole, mark=',')}, "
        f"không phải {shortest(stated, mark=',')}",
        f"the domain above it adds up to {en} and all domains to {shortest(whole)}, not to {shortest(stated)}",
    )


def _doubts(draft: Draft) -> Iterator[Doubt]:
    for row in draft.annex.changes:
        yield Doubt(row, Text("tiêu đề các cột thay đổi từ dòng này", "the headers change from this row on"))
    for line, node in draft.tree.totals:
        difference = total_difference(line, node, draft)
        if difference:
            yield Doubt(line.row, difference)
    for drafted in draft.criteria:
        for text in (*_maximum_doubts(drafted.node), *_rule_doubts(drafted)):
            yield Doubt(drafted.row, text)


def _maximum_doubts(node: Node) -> Iterator[Text]:
    if node.line.outside_base:
        yield Text("điểm ngoài thang điểm gốc thuộc về [[block]]", "points outside the base belong to a [[block]]")
    if not node.children:
        return
    if node.line.more_points:
        yield several_maxima(node.line)
    if node.line.points and node.line.points.problem:
        yield node.line.points.problem
    parts = added(node.children)
    if parts is not None and node.maximum is not None and parts != node.maximum:
        yield _sums(parts, node.maximum)


def _rule_doubts(drafted: Drafted) -> Iterator[Text]:
    """Yield what is odd about the text of a heading, or about a rule and its maximum."""
    if drafted.kind is Kind.HEADING and drafted.wording:
        yield Text(
            "câu chữ này đứng ở một tiêu chí có tiêu chí con: quy tắc thuộc về tiêu chí con",
            "this text stands at a criterion with others below it: rules belong to those",
        )
    maximum = drafted.node.maximum
    if drafted.rule is None or maximum is None:
        return
    problems = list(drafted.rule.problems(maximum))
    yield from (Text(en=problem.message) for problem in problems)
    _, high = drafted.rule.reach(maximum)
    if not problems and high is not None and high < maximum:
        yield Text(
            f"cao nhất chỉ đạt {shortest(high, mark=',')} trên {shortest(maximum, mark=',')} điểm",
            f"at best {shortest(high)} of {shortest(maximum)} points can be reached",
        )
