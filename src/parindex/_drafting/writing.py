"""The drafted edition as TOML: what was read, and every text that was not as a comment where it belongs."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final

from parindex._drafting.annex import Pass
from parindex._drafting.cells import cleaned
from parindex._drafting.reading import Drafted, Kind
from parindex._methodology.check import FIRST_INDEX_YEAR, PLACEHOLDER
from parindex._methodology.words import Lang, Writer
from parindex._numbers import shortest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from parindex._drafting.annex import Line
    from parindex._drafting.draft import Draft
    from parindex._drafting.tree import Node, Stray
    from parindex._methodology.rules import Rule

SOURCE: Final = "annex"
"""The key of the one source of a draft."""

MARK: Final = PLACEHOLDER.upper()
"""What a draft writes where its reader has to: part of the file that is made; ``check`` refuses it."""

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_DECIMAL: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")

_FIRST: Final = ("type", "key", "from", "over", "points", "share")
"""The keys of a rule that come first, in the order in which they are read best."""

_HINTS: Final = {
    Kind.UNREAD: 'rule = { type = "..." }',
    Kind.SURVEY: 'rule = { type = "given", scale = 100 }',
    Kind.COUNCIL: 'rule = { type = "given" }',
}
"""What a person may make of the rule of a leaf."""


def toml_text(value: str) -> str:
    """Return *value* as a basic string of TOML: a JSON string, but for one sign that TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_value(value: object, *, key: str = "", wide: bool = False) -> str:
    """Return a value of plain tables as TOML on one line; *wide*, a list of tables takes a line for each."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str():
            # Decimal numbers come as text, which reads as well; as a number they are easier to compare.
            return value if key == "points" and _DECIMAL.fullmatch(value) else toml_text(value)
        case dict():
            items = sorted(value.items(), key=lambda item: _FIRST.index(item[0]) if item[0] in _FIRST else len(_FIRST))
            inner = (f"{_key(name)} = {toml_value(each, key=name, wide=wide)}" for name, each in items)
            return "{ " + ", ".join(inner) + " }"
        case _:
            assert isinstance(value, list | tuple)
            told = [toml_value(each) for each in value]
            if wide and value and isinstance(value[0], dict):
                return "[\n" + "".join(f"  {each},\n" for each in told) + "]"
            return "[" + ", ".join(told) + "]"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else toml_text(name)


def rule_text(rule: Rule) -> str:
    """Return the table of a rule."""
    from parindex._methodology.convert import converter

    return toml_value(converter.unstructure(rule), wide=True)


def edition_text(draft: Draft, *, lang: Lang, year: int | None) -> str:
    """Return the file, with all that a person has to write marked by ``MARK``."""
    page = _Page(draft, lang)
    found: list[Drafted | Stray] = [*draft.criteria, *draft.tree.strays]
    blocks: list[Iterable[str]] = [page.opening(), page.head(year), page.source(), page.origins()]
    blocks += [
        page.criterion(each) if isinstance(each, Drafted) else page.stray(each)
        for each in sorted(found, key=lambda each: each.row)
    ]
    blocks.append(page.outside())
    return "\n\n".join(text for block in blocks if (text := "\n".join(block))) + "\n"


class _Page:
    """Writes the blocks of the file in one language."""

    def __init__(self, draft: Draft, lang: Lang) -> None:
        self._draft = draft
        self._lang: Lang = lang
        self._pick = Writer(lang).pick
        self._surveyed = any(each.kind is Kind.SURVEY for each in draft.criteria)
        self._doubts = {row: tuple(doubts) for row, doubts in groupby(draft.doubts, key=lambda doubt: doubt.row)}
        self._paths = Counter(each.node.path for each in draft.criteria if each.node.number)

    def _todo(self, line: str, vi: str, en: str) -> str:
        return f"{line}  # {MARK}: {self._pick(vi, en)}"

    def opening(self) -> Iterator[str]:
        """Yield what the file is, and the texts above the table."""
        name = _flat(self._draft.name)
        yield self._pick(
            f"# Bản thảo do parindex lập từ {name}. Chỗ nào ghi {MARK} là chỗ người phải viết.",
            f"# Drafted by parindex from {name}. What a person has to write is marked {MARK}.",
        )
        yield self._pick(
            "# Dưới mỗi tiêu chí là nguyên văn cách tính điểm: hãy đối chiếu với quy tắc đã đọc được.",
            "# Below each criterion stands its wording in the annex: hold the rule that was read against it.",
        )
        yield self._pick("# Viết xong thì chạy lệnh parindex check.", "# When all is written, run parindex check.")
        above = [each.text for each in self._draft.annex.passed if each.why is Pass.ABOVE]
        yield from _quoted(self._pick("Phía trên bảng, phụ lục ghi:", "Above its table the annex says:"), above)

    def head(self, year: int | None) -> Iterator[str]:
        """Yield the keys of the whole; all but the total are unknown to an annex."""
        edition, years = (PLACEHOLDER, FIRST_INDEX_YEAR) if year is None else (str(year), year)
        yield 'format = "parindex.methodology/1"'
        yield self._todo(
            f'id = "{PLACEHOLDER}"',
            "mã của chỉ số, giữ nguyên qua các năm",
            "the id of the index, stable over the years",
        )
        yield self._todo(
            f'edition = "{edition}"',
            "tên bộ tiêu chí, thường là năm đầu áp dụng",
            "the edition, usually its first year",
        )
        yield self._todo(f"years = [{years}]", "các năm áp dụng", "the index years it applies to")
        yield f'unit_kind = "{PLACEHOLDER}"  # {MARK}: ministry, province, department, district, commune'
        yield 'completeness = "full"'
        total, line = self._draft.total, self._draft.total_line
        if total is None:
            yield self._todo('total = "unknown"', "tổng điểm tối đa", "the maximum of the whole")
        elif line is None:
            vi, en = "phụ lục không có dòng tổng cộng", "the annex has no row of the total"
            if self._draft.total_disagrees:
                vi, en = "không dòng tổng cộng nào khớp", "with which no row of a total agrees"
            total_key = f"total = {shortest(total)}"
            yield self._todo(total_key, f"tổng của các lĩnh vực, {vi}", f"the sum of the domains, {en}")
        else:
            yield f"total = {shortest(total)}  # {_flat(line.title)}"
        yield self._todo(f'title = {{ vi = "{MARK}" }}', "tên của chỉ số", "the title of the index")
        yield self._todo(
            "titles_verified = false",
            "true khi tên các tiêu chí đã được đối chiếu với văn bản",
            "true once the titles were held against the decision",
        )

    def source(self) -> Iterator[str]:
        """Yield the one source, which the annex itself does not name."""
        yield "[[source]]"
        yield f'key = "{SOURCE}"'
        yield self._todo(
            f'title = "{MARK}"', "số và tên của văn bản ban hành phụ lục", "the number and title of the decision"
        )
        yield self._todo(f'issuer = "{MARK}"', "cơ quan ban hành", "who issued it")
        yield self._todo("# issued = 2025-01-15", "ngày ban hành", "the day it was issued")
        yield self._todo(
            'status = "illustrative"',
            "official khi số liệu đã được đối chiếu với văn bản chính thức",
            "official once the figures were held against the official text",
        )

    def origins(self) -> Iterator[str]:
        """Yield where points come from, if rows are marked as the survey's."""
        if self._surveyed:
            yield from ("[origin.appraised]", 'vi = "Thẩm định"', 'en = "Appraised"', "")
            yield from ("[origin.survey]", 'vi = "Điều tra xã hội học"', 'en = "Survey"', "self_assessed = false")

    def criterion(self, drafted: Drafted) -> Iterator[str]:
        """Yield one criterion, its texts and its rule, or where to write it."""
        node, line = drafted.node, drafted.node.line
        yield "[[criterion]]"
        yield f"id = {toml_text(node.id)}"
        if node.parent_stated:
            yield f"parent = {toml_text(node.parent.id if node.parent else '')}"
        yield f"vi = {toml_text(line.title)}" if line.title else self._todo('# vi = ""', "tên tiêu chí", "its title")
        yield from self._maximum(node)
        if self._surveyed and drafted.kind is not Kind.HEADING:
            yield f'origin = "{"survey" if drafted.kind is Kind.SURVEY else "appraised"}"'
        if line.lead:
            yield f"lead = {toml_text(line.lead)}"
        if line.note:
            yield f"note = {toml_text(line.note)}"
        yield f'cite = {{ source = "{SOURCE}", at = {toml_text(self._place(drafted))} }}'
        yield from self._comments(drafted)
        if drafted.rule is not None:
            yield f"rule = {rule_text(drafted.rule)}"
        elif drafted.kind is not Kind.HEADING:
            reason = _flat(drafted.reason.get(self._lang))
            unread = f" {toml_text(drafted.unread)}:" if drafted.unread else ""
            yield f"# {MARK}:{unread} {reason}"
            yield f"# {_HINTS[drafted.kind]}"

    def _maximum(self, node: Node) -> Iterator[str]:
        """Yield the maximum, and beside it what the row says where that is more than a number."""
        said = _flat(", ".join([*node.line.more_points, *([node.line.points.text] if node.line.points else [])]))
        if node.maximum is not None and node.maximum >= 0:
            yield _beside(node.maximum, said)
        elif not node.children:
            yield self._todo("# max = ...", f"điểm tối đa {said}", f"its maximum {said}").rstrip()
        elif said:
            yield f"# max = ...  # {said}"

    def _place(self, drafted: Drafted) -> str:
        node = drafted.node
        row = f"{self._pick('dòng', 'row')} {drafted.row}"
        if node.number is None:
            return row
        printed = ", ".join(node.path)
        printed = printed if " " in node.path[0] else f"STT {printed}"
        return printed if self._paths[node.path] == 1 else f"{printed}, {row}"

    def _comments(self, drafted: Drafted) -> Iterator[str]:
        """Yield the wording of the rule, the texts of columns that are not read, and what is doubtful."""
        node = drafted.node
        yield from _quoted(self._pick("Phụ lục ghi:", "The annex says:"), drafted.wording)
        for line in (node.line, *node.below):
            yield from self._others(line, own=line is node.line)
        for doubt in self._doubts.get(drafted.row, ()):
            yield f"# {self._pick('Xem lại', 'Look at')}: {_flat(doubt.text.get(self._lang))}"

    def _others(self, line: Line, *, own: bool) -> Iterator[str]:
        """Yield the texts that have no key in the file; a criterion's *own* row has keys for who leads and a note."""
        told = [*line.others, (self._pick("Điều tra XHH", "Survey"), line.survey)]
        if not own:
            told += [(self._pick("Cơ quan", "Lead"), line.lead), (self._pick("Ghi chú", "Note"), line.note)]
        for header, text in told:
            if text:
                yield from _quoted(f"{_flat(header)}:", text.split("\n"))

    def stray(self, stray: Stray) -> Iterator[str]:
        """Yield a row that has no certain place, as a comment to be made a criterion of."""
        line = stray.line
        place = self._pick(f"dòng {stray.row}", f"row {stray.row}")
        yield f"# {MARK}: {place}: {_flat(stray.reason.get(self._lang))}"
        yield "# [[criterion]]"
        yield '# id = "..."'
        yield f"# vi = {toml_text(line.title)}"
        known = line.points.value if line.points else None
        said = _flat(line.points.text) if line.points else ""
        if known is None or known < 0:
            yield f"# max = ...  # {said}" if said else "# max = ..."
        else:
            yield f"# {_beside(known, said)}"
        yield f'# cite = {{ source = "{SOURCE}", at = {toml_text(place)} }}'
        yield from _quoted(self._pick("Phụ lục ghi:", "The annex says:"), stray.wording)
        for each in (line, *stray.below):
            yield from self._others(each, own=False)

    def outside(self) -> Iterator[str]:
        """Yield the texts that belong to no criterion."""
        draft = self._draft
        told = [(each.row, each.text) for each in draft.annex.passed if each.why is Pass.OUTSIDE]
        told += [(line.row, line.everything) for line in draft.tree.outside]
        texts = [text for _, text in sorted(told)]
        yield from _quoted(self._pick("Ngoài các tiêu chí, phụ lục còn ghi:", "Beside its criteria it says:"), texts)


def _beside(maximum: Fraction, said: str) -> str:
    """Return the key of a maximum, and beside it what the row says where that is more than a number."""
    written = f"max = {shortest(maximum)}"
    return written if said.replace(",", ".") == shortest(maximum) else f"{written}  # {said}"


def _quoted(title: str, texts: Iterable[str]) -> Iterator[str]:
    """Yield texts of the annex as a comment below a title; nothing where there are none."""
    lines = [line for text in texts for line in text.split("\n")]
    if lines:
        yield f"# {title}"
        yield from (f"#   {line}" for line in lines)


def _flat(text: str) -> str:
    """Return *text* on one line, without signs that a comment may not hold."""
    return " ".join(cleaned(text).split())
