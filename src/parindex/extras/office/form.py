"""Writes the form: a sheet for each unit, a row for each input, with what may be filled in and within which limits."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from attrs import define, field
from xlsxwriter.utility import xl_col_to_name

from parindex._methodology.rules import Input, InputKind
from parindex._methodology.words import Lang, Writer
from parindex._numbers import shortest
from parindex._render.forms import instead_of, limits
from parindex._render.methodology import block_text, event_limit
from parindex._scoring.assessment import Stage
from parindex.extras.office.cells import spot
from parindex.extras.office.looks import LINE, LOOK_OF, LOOKS, TALLEST, WIDTHS
from parindex.extras.office.words import COLUMNS, EVENT, FORMAT, HEAD, STAGES, entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology

_AT: Final = {role: column for column, role in enumerate(COLUMNS)}
_HEADER: Final = 6
"""The row of the headings."""

_LISTS: Final = "parindex"
"""The hidden sheet that holds the entries of the drop-downs, which are too long to stand in a cell's own rule."""

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST: Final = 31
"""The signs that the name of a sheet may have."""


def form_workbook(
    methodology: Methodology,
    units: Sequence[str] = (),
    *,
    lang: Lang = "vi",
    stage: str | None = None,
    period: str | None = None,
) -> bytes:
    """Return the form of a methodology as a workbook, one sheet a unit; without *units* one whose unit is left open.

    *stage* and *period* are filled in where they are stated.
    The same arguments give the same bytes.

    Raises:
        Fault: if the stage is none.
    """
    written = BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.set_properties({"title": methodology.title.get(lang, methodology.id), "created": _CREATED})
    writer = _Form(methodology, Writer(lang), book, Stage(stage) if stage else None, period or "")
    named = list(dict.fromkeys(units)) or [""]
    for unit, sheet in zip(named, _sheet_names(named, writer.words.pick("Phiếu", "Form")), strict=True):
        _Sheet(writer, book.add_worksheet(sheet)).write(unit)
    writer.write_lists()
    book.close()
    return written.getvalue()


_CREATED: Final = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""The date of every file inside a workbook, and so of the workbook: it says nothing, and is always the same."""


def _sheet_names(units: Iterable[str], otherwise: str) -> Iterator[str]:
    """Yield a name for the sheet of each unit that a workbook can have."""
    taken = {_LISTS, "history"}
    for unit in units:
        plain = _FORBIDDEN.sub(" ", unit).strip(" '") or otherwise
        name, number = plain[:_LONGEST].strip(" '"), 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain[: _LONGEST - len(f' ({number})')]} ({number})"
        taken.add(name.casefold())
        yield name


@define
class _Form:
    """What the sheets of one workbook share."""

    methodology: Methodology
    words: Writer
    book: Any
    stage: Stage | None
    period: str
    looks: dict[str, Any] = field(init=False)
    lists: dict[tuple[str, ...], str] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.looks = {name: self.book.add_format(dict(look)) for name, look in LOOKS.items()}

    def list_of(self, texts: Sequence[str]) -> str:
        """Return where on the hidden sheet these entries stand, one column each list."""
        column = xl_col_to_name(len(self.lists), col_abs=True)
        return self.lists.setdefault(tuple(texts), f"={_LISTS}!{column}$2:{column}${len(texts) + 1}")

    def write_lists(self) -> None:
        """Write the hidden sheet."""
        sheet = self.book.add_worksheet(_LISTS)
        sheet.hide()
        sheet.write_string(0, 0, FORMAT)
        for column, texts in enumerate(self.lists):
            for row, text in enumerate(texts, 1):
                sheet.write_string(row, column, text)


@define
class _Sheet:
    """Writes one sheet from top to bottom."""

    form: _Form
    sheet: Any
    row: int = _HEADER

    def write(self, unit: str) -> None:
        """Write the whole form of one unit."""
        self._page()
        self._head(unit)
        methodology, words = self.form.methodology, self.form.words
        for criterion in methodology.criteria:
            if criterion.block is None:
                self._criterion(criterion)
        for block in methodology.blocks:
            self._heading("", block_text(block, words), "", "domain")
            for criterion in methodology.criteria:
                if criterion.block == block.id:
                    self._criterion(criterion)
        if methodology.events:
            self._facts()
        last = max(self.row - 1, _HEADER)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:{spot(last, len(_AT) - 1)}"})

    def _page(self) -> None:
        sheet = self.sheet
        for role, column in _AT.items():
            sheet.set_column(column, column, WIDTHS[role])
        sheet.freeze_panes(_HEADER + 1, _AT["title"] + 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left="0.4", right="0.4", top="0.5", bottom="0.6")
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEADER)
        sheet.set_footer("&L&A&R&P/&N")
        # Without a password: it keeps what is not to be filled in from being changed unawares.
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _put(self, row: int, role: str, text: str, look: str) -> None:
        """Write a text, or with "" the cell alone."""
        if text:
            self.sheet.write_string(row, _AT[role], text, self.form.looks[look])
        else:
            self.sheet.write_blank(row, _AT[role], None, self.form.looks[look])

    def _head(self, unit: str) -> None:
        methodology, words = self.form.methodology, self.form.words
        self.sheet.write_string(0, 0, methodology.title.get(words.lang, methodology.id), self.form.looks["title"])
        stated = {
            "methodology": methodology.name,
            "revision": str(methodology.revision),
            "fingerprint": methodology.fingerprint,
        }
        for row, (role, text) in enumerate(stated.items(), 1):
            self._labelled(row, "title", role, text, "stated")
        stage = self.form.stage
        shown = dict(zip([option.key for option in STAGES], entries(STAGES, words.lang), strict=True))
        filled = {"unit": unit, "period": self.form.period, "stage": shown[str(stage)] if stage else "", "group": ""}
        for row, (role, text) in enumerate(filled.items(), 1):
            self._labelled(row, "label", role, text, "word")
        at = _AT["label"] + 1
        self._offer(3, at, list(shown.values()))
        if methodology.groups:
            self._offer(4, at, methodology.groups, others=True)
        told = words.pick(
            "Điền vào các ô màu vàng. Ô để trống là chưa có số liệu, không phải 0. "
            "Tiêu chí không áp dụng: ghi lý do vào dòng đầu của tiêu chí và để trống giá trị. "
            "Số gõ vào ô kiểu văn bản được đọc theo dấu thập phân mà người chấm chọn (--decimal, mặc định là dấu chấm) "
            "và không có dấu phân cách hàng nghìn.",
            "Fill in the yellow cells. A cell left empty is not known, it is not 0. "
            "Where a criterion does not apply, write the reason into its first row and leave the values empty. "
            "A number typed as text is read with the decimal mark that the scorer states (--decimal, else a dot) "
            "and has no marks between thousands.",
        )
        self.sheet.merge_range(5, _AT["title"], 5, len(_AT) - 1, told, self.form.looks["told"])
        self.sheet.set_row(5, len(wrap(told, sum(WIDTHS.values()))) * LINE)
        headings = {role: heading.get(words.lang) for role, heading in COLUMNS.items()}
        for role, heading in headings.items():
            self._put(_HEADER, role, heading, "heading")
        self._end_row(headings)

    def _labelled(self, row: int, column: str, role: str, text: str, look: str) -> None:
        """Write a label above the headings, and what it names to its right, two cells wide."""
        self._put(row, column, HEAD[role].get(self.form.words.lang), "label")
        at = _AT[column] + 1
        self.sheet.merge_range(row, at, row, at + 1, text, self.form.looks[look])

    def _offer(self, row: int, column: int, texts: Sequence[str], *, others: bool = False) -> None:
        """Let a cell be chosen from a list; *others* may be typed after a warning."""
        rule = {"validate": "list", "source": self.form.list_of(texts)}
        self.sheet.data_validation(row, column, row, column, {**rule, "error_type": "warning"} if others else rule)

    def _heading(self, number: str, title: str, most: str, look: str) -> None:
        shown = {"criterion": number, "title": title, "max": most}
        for role in COLUMNS:
            self._put(self.row, role, shown.get(role, ""), look)
        self._end_row(shown)

    def _end_row(self, shown: Mapping[str, str]) -> None:
        """Go to the next row; this one gets the height that its texts need, since not every spreadsheet sees to it."""
        lines = max(
            sum(len(wrap(line, WIDTHS[role] * 5 // 4)) or 1 for line in text.split("\n"))
            for role, text in shown.items()
        )
        if lines > 1:
            self.sheet.set_row(self.row, min(lines * LINE, TALLEST))
        self.row += 1

    def _criterion(self, criterion: Criterion) -> None:
        words = self.form.words
        title = criterion.title.get(words.lang)
        most = "?" if criterion.max_points is None else words.number(criterion.max_points)
        if criterion.rule is None:
            self._heading(criterion.id, title, most, "domain" if criterion.level == 1 else "inner")
            return
        told = [title] if title else []
        told += [f"{words.pick('Chủ trì', 'Lead')}: {criterion.lead}"] if criterion.lead else []
        groups = ", ".join(criterion.applies_to)
        told += [f"{words.pick('Chỉ áp dụng cho nhóm', 'Of the group only')}: {groups}"] if groups else []
        first = {
            "title": "\n".join(told),
            "max": most,
            "rule": criterion.rule.in_words(criterion.max_points, lang=words.lang),
        }
        for number, each in enumerate(criterion.rule.inputs):
            self._input(criterion, each, {} if number else first)

    def _input(self, leaf: Criterion, each: Input, first: Mapping[str, str]) -> None:
        """Write the row of one input; *first* is what stands on the first row of its leaf alone."""
        words = self.form.words
        row = self.row
        shown = {"criterion": leaf.id, **first, "label": each.text.get(words.lang, each.name)}
        shown["limits"] = self._asked(leaf, each)
        for role in ("criterion", "title", "max", "rule", "label", "limits"):
            self._put(row, role, shown.get(role, ""), "plain")
        self._put(row, "not-applicable", "", "text" if first and leaf.may_drop else "plain")
        self._put(row, "value", "", LOOK_OF.get(each.kind, "number"))
        self._restrict(leaf, each, shown["limits"])
        self._put(row, "evidence", "", "text")
        self._put(row, "note", "", "text")
        self._put(row, "input", each.name, "key")
        self._end_row(shown)

    def _asked(self, leaf: Criterion, each: Input) -> str:
        """Return what may be filled in, as a short text beside the cell."""
        words = self.form.words
        names = {other.name: other.text.get(words.lang, other.name) for other in leaf.leaf_rule.inputs}
        told = [words.pick(*_KINDS[each.kind]), *limits(leaf, each, words, names)]
        told += [instead_of(each, words, names)] if each.instead_of else []
        origin = self.form.methodology.origins.get(leaf.origin or "")
        if origin is not None and not origin.self_assessed:
            told.append(words.pick("không tự đánh giá", "not self-assessed"))
        if leaf.default is not None:
            told.append(words.pick("để trống: tính mặc định", "left empty: the default counts"))
        return "; ".join(told)

    def _restrict(self, leaf: Criterion, each: Input, asked: str) -> None:
        """Hold the value cell to what the input may be, with *asked* as what is told of anything else."""
        row, column = self.row, _AT["value"]
        if each.kind is InputKind.CHOICE:
            self._offer(row, column, entries(each.options, self.form.words.lang))
            return
        if each.kind is InputKind.YES_NO:
            self._offer(row, column, self._yes_no())
            return
        scale = 100 if each.kind is InputKind.PERCENT else 1
        high = leaf.max_points if each.up_to_max else each.high
        ends = [f"={shortest(end / scale)}" for end in (each.low, high) if end is not None]
        rule: dict[str, object] = {"validate": "integer" if each.kind is InputKind.COUNT else "decimal"}
        if each.low is None:
            rule = {"validate": "custom", "value": f"=ISNUMBER({spot(row, column)})"}
        elif high is None:
            rule |= {"criteria": ">=", "value": ends[0]}
        else:
            rule |= {"criteria": "between", "minimum": ends[0], "maximum": ends[1]}
        told = {"error_title": self.form.words.pick("Giá trị không hợp lệ", "No such value")}
        told["error_message"] = asked[:255]
        self.sheet.data_validation(row, column, row, column, {**rule, **told})

    def _yes_no(self) -> list[str]:
        return [self.form.words.pick("có", "yes"), self.form.words.pick("không", "no")]

    def _facts(self) -> None:
        """Write the rows that state facts of the unit."""
        methodology, words = self.form.methodology, self.form.words
        self._heading("", words.pick("Sự kiện, tình trạng của đơn vị", "Facts of the unit"), "", "domain")
        for event in methodology.events:
            asked = ["/".join(self._yes_no())]
            if limit := event_limit(event, methodology, words):
                asked.append(f"{words.pick('xếp loại', 'grade')} {limit}")
            self._offer(self.row, _AT["value"], self._yes_no())
            self._fact(event.text.get(words.lang, event.key), "; ".join(asked), f"{EVENT}{event.key}")
        self._fact(words.pick("Không xếp hạng", "Not ranked"), words.pick("ghi lý do", "the reason"), "unranked")

    def _fact(self, label: str, asked: str, key: str) -> None:
        shown = {"label": label, "limits": asked}
        for role in COLUMNS:
            self._put(self.row, role, shown.get(role, ""), "plain")
        self._put(self.row, "value", "", "word")
        self._put(self.row, "note", "", "text")
        self._put(self.row, "input", key, "key")
        self._end_row(shown)


_KINDS: Final[Mapping[InputKind, tuple[str, str]]] = {
    InputKind.COUNT: ("số nguyên", "whole number"),
    InputKind.AMOUNT: ("số", "number"),
    InputKind.NUMBER: ("số", "number"),
    InputKind.PERCENT: ("tỷ lệ %", "percent"),
    InputKind.POINTS: ("điểm", "points"),
    InputKind.CHOICE: ("chọn trong danh sách", "choose from the list"),
    InputKind.YES_NO: ("có/không", "yes/no"),
}
