"""What a draft understood and what is left, row by row: as text in either language, and as one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from parindex._drafting.annex import Pass
from parindex._drafting.columns import Role
from parindex._drafting.draft import total_difference
from parindex._drafting.reading import Kind
from parindex._methodology.words import Lang, Text, Writer
from parindex._numbers import Rounding
from parindex._render.tables import aligned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parindex._drafting.annex import Line
    from parindex._drafting.draft import Draft
    from parindex._drafting.reading import Drafted

FORMAT: Final = "parindex.draft/1"
_MOST_SIGNS: Final = 48
_PERCENT: Final = Rounding(digits=2)

_ROLES: Final = {
    Role.NUMBER: Text("số thứ tự", "number"),
    Role.TITLE: Text("tên tiêu chí", "title"),
    Role.MAXIMUM: Text("điểm tối đa", "maximum"),
    Role.RULE: Text("cách tính điểm", "rule"),
    Role.SURVEY: Text("đánh dấu điều tra xã hội học", "mark of the survey"),
    Role.METHOD: Text("ai đánh giá, chép thành chú thích", "who assesses, kept as a comment"),
    Role.LEAD: Text("cơ quan chủ trì", "lead"),
    Role.NOTE: Text("ghi chú", "note"),
    Role.OTHER: Text("không đọc, chép thành chú thích", "not read, kept as a comment"),
}
_PASSED: Final = {
    Pass.ABOVE: Text("phía trên bảng", "above the table"),
    Pass.HEADER: Text("tiêu đề cột", "header"),
    Pass.COUNTED: Text("số của các cột", "numbers of the columns"),
    Pass.OUTSIDE: Text("ngoài các tiêu chí", "beside the criteria"),
}
_KINDS: Final = {
    Kind.HEADING: Text("tiêu chí có tiêu chí con", "heading"),
    Kind.UNREAD: Text("chưa đọc được quy tắc", "rule not read"),
    Kind.SURVEY: Text("điều tra xã hội học, chưa có quy tắc", "survey, rule not read"),
    Kind.COUNCIL: Text("hội đồng chấm, chưa có quy tắc", "council, rule not read"),
}


@frozen
class Row:
    """What was understood of one row: a word for programs, a phrase for people."""

    row: int
    number: str
    title: str
    criterion: str | None
    what: str
    said: Text


def rows(draft: Draft) -> tuple[Row, ...]:
    """Return what was understood of every row that holds anything, in order."""
    found = [Row(each.row, "", each.text, None, str(each.why), _PASSED[each.why]) for each in draft.annex.passed]
    for drafted in draft.criteria:
        found.append(_criterion(drafted))
        found += [_below(line, drafted) for line in drafted.node.below]
    for stray in draft.tree.strays:
        found.append(Row(stray.row, stray.line.bad_number, stray.line.title, None, "unplaced", stray.reason))
        place = Text(f"thuộc dòng {stray.row}", f"belongs to row {stray.row}")
        found += [Row(line.row, "", line.whole_text, None, "text", place) for line in stray.below]
    for line, node in draft.tree.totals:
        difference = total_difference(line, node, draft)
        agrees = Text("khớp", "agrees")
        said = Text(*(f"{word}: {(difference or agrees).get(lang)}" for word, lang in _TOTALS))
        found.append(Row(line.row, "", line.everything, node.id if node else None, "total", said))
    found += [Row(line.row, "", line.everything, None, "outside", _PASSED[Pass.OUTSIDE]) for line in draft.tree.outside]
    return tuple(sorted(found, key=lambda each: each.row))


_TOTALS: Final[tuple[tuple[str, Lang], ...]] = (("tổng", "vi"), ("total", "en"))


def _criterion(drafted: Drafted) -> Row:
    node = drafted.node
    number = node.number.printed if node.number else ""
    if drafted.rule is not None:
        kind = drafted.rule.type
        return Row(
            drafted.row, number, node.line.title, node.id, "read", Text(f"đã đọc quy tắc: {kind}", f"rule read: {kind}")
        )
    return Row(drafted.row, number, node.line.title, node.id, str(drafted.kind), _KINDS[drafted.kind])


def _below(line: Line, drafted: Drafted) -> Row:
    place = drafted.node.id
    number = line.number.printed if line.number else ""
    what, said = "text", Text(f"câu chữ của {place}", f"text of {place}")
    if line.points:
        what, said = "level", Text(f"mức điểm của {place}", f"level of {place}")
    return Row(line.row, number, line.title or line.whole_text, place, what, said)


def document(draft: Draft) -> dict[str, Any]:
    """Return ``parindex.draft/1``."""
    return {
        "format": FORMAT,
        "annex": draft.name,
        "columns": [
            {"column": column.position, "header": column.header, "role": str(column.role)}
            for column in draft.annex.columns
        ],
        "criteria": len(draft.criteria),
        "leaves": {
            "read": draft.count(Kind.READ),
            "to_read": draft.to_read,
            "survey": draft.count(Kind.SURVEY),
            "council": draft.count(Kind.COUNCIL),
        },
        "share": None if draft.share is None else f"{_PERCENT.printed(draft.share * 100):f}",
        "rows": [
            {"row": each.row, "number": each.number, "title": each.title, "criterion": each.criterion}
            | {"what": each.what, "said": _both(each.said)}
            for each in rows(draft)
        ],
        "left": [
            {"row": each.row, "criterion": each.criterion, "text": each.text, "reason": _both(each.reason)}
            for each in draft.left
        ],
        "doubts": [{"row": each.row, "text": _both(each.text)} for each in draft.doubts],
    }


def _both(text: Text) -> dict[str, str]:
    """Return a message in both languages; what the reader of rules says is in one of them."""
    return {"vi": text.get("vi"), "en": text.get("en")}


def report_text(draft: Draft, lang: Lang) -> str:
    """Return the report for people: the columns, the rows, the share, what to look at and what is left to write."""
    pick = Writer(lang).pick
    columns = [(pick("Cột", "Column"), pick("Tiêu đề", "Header"), pick("Hiểu là", "Taken as"))]
    columns += [(str(each.position), each.header, _ROLES[each.role].get(lang)) for each in draft.annex.columns]
    found = [(pick("Dòng", "Row"), pick("Số", "Number"), "Id", pick("Nội dung", "Text"), columns[0][2])]
    for each in rows(draft):
        cells = (_short(each.number), each.criterion or "", _short(each.title), each.said.get(lang))
        found.append((str(each.row), *cells))
    first = frozenset({0})
    lines = [*aligned(columns, right=first), "", *aligned(found, right=first), "", *_share(draft, Writer(lang))]
    doubts = [(doubt.row, doubt.text.get(lang)) for doubt in draft.doubts]
    lines += _listed(pick("Cần xem lại", "To look at"), doubts, lang)
    left = [(each.row, f"{each.criterion or ''} {each.reason.get(lang)}: {_short(each.text)}") for each in draft.left]
    lines += _listed(pick("Còn phải viết", "Left to write"), left, lang)
    return "\n".join(lines) + "\n"


def _share(draft: Draft, writer: Writer) -> Iterator[str]:
    """Yield the sentences about the share that was understood."""
    read, whole = draft.count(Kind.READ), draft.to_read
    percent = "" if draft.share is None else f" ({writer.printed(draft.share * 100)} %)"
    yield writer.pick(
        f"Đã đọc quy tắc của {read}/{whole} tiêu chí chấm điểm{percent}.",
        f"The rules of {read} of {whole} scored criteria were read{percent}.",
    )
    survey, council = draft.count(Kind.SURVEY), draft.count(Kind.COUNCIL)
    if survey or council:
        yield writer.pick(
            f"Ngoài ra: {survey} tiêu chí điều tra xã hội học, {council} tiêu chí do hội đồng chấm.",
            f"Besides: {survey} of the survey, {council} set by a council.",
        )


def _listed(title: str, items: Sequence[tuple[int, str]], lang: Lang) -> Iterator[str]:
    if items:
        row = Writer(lang).pick("dòng", "row")
        yield from ("", f"{title}:", *(f"- {row} {at}: {text.strip()}" for at, text in items))


def _short(text: str) -> str:
    """Return *text* on one line, cut where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _MOST_SIGNS else f"{flat[: _MOST_SIGNS - 1]}…"
