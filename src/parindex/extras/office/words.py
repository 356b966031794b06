"""What stands in a form and is understood when it is read: its headings, in both languages, and its drop-downs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parindex._methodology.rules import Option
from parindex._methodology.words import LANGS, Lang, Text
from parindex._scoring.assessment import Stage
from parindex._text import tidy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parindex._methodology.methodology import Methodology
    from parindex._methodology.rules import Input
    from parindex._numbers import Mark
    from parindex.extras.office.cells import Cell

FORMAT: Final = "parindex.form/1"
"""Stands in the first cell of the hidden sheet that holds the entries of the drop-downs."""

COLUMNS: Final[Mapping[str, Text]] = {
    "criterion": Text("STT", "No."),
    "title": Text("Lĩnh vực, tiêu chí, tiêu chí thành phần", "Domain, criterion, component criterion"),
    "max": Text("Điểm tối đa", "Maximum points"),
    "rule": Text("Cách chấm điểm", "Rule"),
    "label": Text("Nội dung cần điền", "To be filled in"),
    "value": Text("Giá trị", "Value"),
    "limits": Text("Yêu cầu", "Limits"),
    "not-applicable": Text("Không áp dụng (lý do)", "Not applicable (reason)"),
    "evidence": Text("Tài liệu kiểm chứng", "Evidence"),
    "note": Text("Ghi chú", "Note"),
    "input": Text("Mã", "Key"),
}
"""The headings of the rows by what stands below them, in the order of the form."""

HEAD: Final[Mapping[str, Text]] = {
    "methodology": Text("Bộ tiêu chí", "Edition"),
    "revision": Text("Bản", "Revision"),
    "fingerprint": Text("Dấu vân tay", "Fingerprint"),
    "unit": Text("Đơn vị", "Unit"),
    "period": Text("Kỳ đánh giá", "Period"),
    "stage": Text("Giai đoạn", "Stage"),
    "group": Text("Nhóm", "Group"),
}
"""The labels above the rows; what they name stands to their right."""

STAGES: Final = (
    Option(str(Stage.SELF), Text("Tự đánh giá", "Self-assessed")),
    Option(str(Stage.APPRAISED), Text("Thẩm định", "Appraised")),
    Option(str(Stage.FINAL), Text("Kết quả cuối cùng", "Final")),
)

_THOUSAND: Final = re.compile(r"(?P<whole>[+-]?[1-9]\d{0,2})[.,](?P<part>\d{3})(?P<sign>\s*%)?", re.ASCII)

EVENT: Final = "event/"
"""What the key of an event is preceded by, where a row of the form states a fact of the unit."""


def role_of(text: str, headings: Mapping[str, Text]) -> str | None:
    """Return which of *headings* a text is, in either language, or None."""
    return next((role for role, heading in headings.items() if text in {heading.vi, heading.en}), None)


def entries(options: Sequence[Option], lang: Lang) -> list[str]:
    """Return what a drop-down offers: the labels, preceded by the key where a label alone could mean another option."""
    return [_entry(option, options, lang) for option in options]


def key_of(text: str, options: Sequence[Option]) -> str:
    """Return the key of the option that an entry stands for, in either language; another text as it is."""
    for option in options:
        shown = {option.key, *(_entry(option, options, lang) for lang in LANGS)}
        if text.casefold() in map(str.casefold, shown):
            return option.key
    return text


def _entry(option: Option, options: Sequence[Option], lang: Lang) -> str:
    label = tidy(option.text.get(lang, option.key))
    taken = {
        word.casefold() for other in options if other is not option for word in (other.key, *_labels(other)) if word
    }
    return f"{option.key} — {label}" if label.casefold() in taken else label


def _labels(option: Option) -> tuple[str, str]:
    return option.text.vi or "", option.text.en or ""


def ambiguous_id(cell: Cell, methodology: Methodology) -> str | None:
    """Return what is wrong with the id of a criterion in a cell that holds a number, which drops the zero of 1.10."""
    if not cell.numeric:
        return None
    meant = [each.id for each in methodology.criteria if "." in cell.text and each.id.rstrip("0") == cell.text]
    if meant in ([], [cell.text]):
        return None
    return f"the number {cell.text} may stand for {' or '.join(meant)}: format the cell as text and write the id again"


def input_of(methodology: Methodology, criterion: str, name: str) -> Input | None:
    """Return the input that a criterion and a name ask for, a criterion alone for its points; None for none."""
    rule = methodology[criterion].rule if criterion in methodology else None
    return None if rule is None else rule.input_by_name.get(name or rule.bare_input or "")


def ambiguous_number(cell: Cell, asked: Input | None, decimal: Mark) -> str | None:
    """Return what is wrong with a text where a number is asked for, and in which a mark may part thousands."""
    found = None if cell.numeric or asked is None or not asked.numeric else _THOUSAND.fullmatch(cell.text)
    if found is None:
        return None
    whole, part, sign = found["whole"], found["part"], found["sign"] or ""
    small = f"{whole}{decimal}{part}".rstrip("0").rstrip(decimal)
    return f"{cell.text!r} may be {whole}{part}{sign} or {small}{sign}: type it as a number, or write one of these"
