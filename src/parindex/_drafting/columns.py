"""The columns of an annex: which row is the header, and what each column is taken as by the words of its header."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from parindex._drafting.cells import fold, is_figure, names_assessor
from parindex._text import Word
from parindex.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Role(Word):
    """What a column is taken as."""

    NUMBER = "number"
    TITLE = "title"
    MAXIMUM = "maximum"
    RULE = "rule"
    SURVEY = "survey"
    METHOD = "method"
    LEAD = "lead"
    NOTE = "note"
    OTHER = "other"


@frozen
class Column:
    """One column: its position from 1, its header, and what it is taken as."""

    position: int
    header: str
    role: Role


@frozen
class Header:
    """A header: the rows that it takes, counted from 0, and its columns."""

    first: int
    last: int
    columns: tuple[Column, ...]

    def of(self, *roles: Role) -> tuple[Column, ...]:
        """Return the columns of these roles from left to right."""
        return tuple(column for column in self.columns if column.role in roles)


_MOST_LETTERS: Final = 80
"""A longer cell is no header: it is a text in which the words of a header happen to stand."""

_LOOKED_AT: Final = 200
"""So many rows below a header tell whether a column holds figures."""

_WORDS: Final = (
    (Role.NUMBER, r"^((so )?tt|stt|so thu tu|(ma|so)( so)?( tieu chi)?|ky hieu|muc|no\.?|#)$"),
    (Role.OTHER, r"\b(co quan|don vi) (tham dinh|danh gia|cham)\b|\b(don vi tinh|trong so)\b"),
    (Role.METHOD, r"\b(phuong phap|phuong thuc|hinh thuc|cach thuc) danh gia\b|\bnguon diem\b"),
    (Role.SURVEY, r"\b(dt ?xhh|xhh|xa hoi hoc)\b"),
    (Role.OTHER, r"\b(tu cham|tu danh gia|dat duoc|tham dinh|ket qua|diem cham|cham lai|thuc te|giai trinh)\b"),
    (Role.RULE, r"\bcach (tinh|cham|danh gia|xac dinh)\b|\b(quy dinh cham|thang diem chi tiet)\b"),
    (Role.RULE, r"\b(phuong phap|huong dan|cong thuc)\b"),
    (Role.MAXIMUM, r"^[^×*=]*\b(toi da|diem chuan)\b[^×*=]*$"),
    (Role.OTHER, r"\b(kiem chung|minh chung|tai lieu|ho so)\b"),
    (Role.LEAD, r"\b(chu tri|theo doi|phu trach|(don vi|co quan) thuc hien|trach nhiem|tham muu|dau moi)\b"),
    (Role.NOTE, r"\b(ghi chu|luu y)\b"),
    (Role.TITLE, r"\b(tieu chi|linh vuc)\b"),
)
"""What the words of a header say, the first that fits; folded as by :func:`fold`."""

_MAYBE_MAXIMUM: Final = (
    r"\b(khung diem|so diem|diem so)\b",
    r"\b(thang diem|muc diem)\b",
    r"^diem( \(.*\)| nam \d{4})?$",
)
"""Headers that mean the maximum where no other does, the likeliest first; the second kind else holds the rules."""

_MAYBE_RULE: Final = r"\b(phuong phap|phuong thuc|cach thuc)\b"
"""Headers that say who assesses where the cells below do, and else how points are given."""

_MAYBE_TITLE: Final = r"\b(noi dung|chi tieu|chi so|nhiem vu|ten)\b"
_OF_LEVELS: Final = r"\b(cham|diem|muc|yeu cau)\b"
_COUNTED: Final = re.compile(r"\(?([1-9]\d?|[a-e])\)?( ?= ?[-+*/x():0-9 ]+)?")


def headers(table: Sequence[Sequence[str]], *, name: str) -> Iterator[Header]:
    """Yield the header of *table*, and each later one that differs from the one before it.

    Raises:
        FileError: if there is none with a title and a maximum; it lists what was found.
    """
    first = next(filter(None, (_header(table, row) for row in range(len(table)))), None)
    if first is None:
        raise FileError(_no_header(table, name))
    width = max(map(len, table))
    yield _widened(first, width)
    row, last = first.last + 1, first
    while row < len(table):
        found = _header(table, row) if len([cell for cell in table[row] if cell]) >= 3 else None
        if found and all(_role(column.header) for column in found.columns if column.header):
            if [column.header for column in found.columns] != [column.header for column in last.columns]:
                yield _widened(found, width)
            row, last = found.last, found
        row += 1


def _widened(header: Header, width: int) -> Header:
    """Return *header* with the columns right of it, which have no header and are not read."""
    more = tuple(Column(at + 1, "", Role.OTHER) for at in range(len(header.columns), width))
    return evolve(header, columns=(*header.columns, *more))


def repeats(row: Sequence[str], header: Header, table: Sequence[Sequence[str]]) -> bool:
    """Return whether *row* says again what a row of the header says."""
    said = [fold(cell) for cell in row if cell]
    return any(said == [fold(cell) for cell in table[at] if cell] for at in range(header.first, header.last + 1))


def is_counted(row: Sequence[str]) -> bool:
    """Return whether *row* numbers the columns: (1), (2), (3), or A, B, 1, 2, 3 = 1 + 2."""
    said = [match[1] if (match := _COUNTED.fullmatch(fold(cell))) else "" for cell in row if cell]
    letters = sum(1 for each in said if each.isalpha())
    counts = [*"abcde"[:letters], *map(str, range(1, len(said) - letters + 1))]
    return len(said) >= 3 and said == counts


def _header(table: Sequence[Sequence[str]], row: int) -> Header | None:
    """Return the header that begins with *row*, or None."""
    top, below = table[row], (table[row + 1] if row + 1 < len(table) else ())
    if not _may_head(top):
        return None
    if _continues(top, below):
        columns = _columns(_joined(top, below), table[row + 2 : row + 2 + _LOOKED_AT])
        if _complete(columns):
            return Header(row, row + 1, columns)
    columns = _columns(top, table[row + 1 : row + 1 + _LOOKED_AT])
    return Header(row, row, columns) if _complete(columns) else None


def _may_head(row: Sequence[str]) -> bool:
    """Return whether the cells of *row* are short words, and none of them a figure."""
    said = [cell for cell in row if cell]
    return len(said) >= 2 and _are_words(said)


def _are_words(said: Sequence[str]) -> bool:
    return all(len(cell) <= _MOST_LETTERS and not is_figure(cell) for cell in said)


def _continues(top: Sequence[str], below: Sequence[str]) -> bool:
    """Return whether *below* is the second row of a header: words of a header, each below none or one of a group."""
    said = [at for at, cell in enumerate(below) if cell]
    if not said or not _are_words([below[at] for at in said]):
        return False
    joined = _joined(top, below)
    above = [*top, *[""] * (len(joined) + 1 - len(top))]
    return all(_role(joined[at]) and (not above[at] or (at + 1 in said and not above[at + 1])) for at in said)


def _joined(top: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return the header of each column, the words of a cell that spans several with those below it."""
    joined, spanning = [], ""
    for at in range(max(len(top), len(below))):
        above = top[at] if at < len(top) else ""
        under = below[at] if at < len(below) else ""
        if above:
            spanning = above if under else ""
        joined.append(" / ".join(part for part in ((above or spanning) if under else above, under) if part))
    return joined


def _role(header: str) -> Role | None:
    """Return what the words of a header say by themselves; None for words that are none of a header."""
    folded = fold(header)
    for role, words in _WORDS:
        if re.search(words, folded):
            return role
    if any(re.search(words, folded) for words in _MAYBE_MAXIMUM):
        return Role.MAXIMUM
    return Role.TITLE if re.search(_MAYBE_TITLE, folded) else None


def _columns(cells: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Return the columns of a header row; the cells below decide between headers that may both mean the maximum."""
    folded = [fold(cell) for cell in cells]
    sure = [next((role for role, words in _WORDS if re.search(words, each)), None) for each in folded]
    taken: list[Role] = [role or Role.OTHER for role in sure]
    maybe = [
        (rank, at)
        for rank, words in enumerate(_MAYBE_MAXIMUM)
        for at, each in enumerate(folded)
        if sure[at] is None and re.search(words, each)
    ]
    for rank, at in sorted(maybe):
        if Role.MAXIMUM not in taken and _mostly(is_figure, rows, at):
            taken[at] = Role.MAXIMUM
        elif rank == 1:
            taken[at] = Role.RULE
    for at, each in enumerate(folded):
        if taken[at] is Role.METHOD and re.search(_MAYBE_RULE, each) and not _mostly(names_assessor, rows, at):
            taken[at] = Role.RULE
    titled = Role.TITLE in taken
    for at, each in enumerate(folded):
        if sure[at] is None and taken[at] is Role.OTHER and re.search(_MAYBE_TITLE, each):
            if not titled:
                taken[at] = Role.TITLE
            elif re.search(_OF_LEVELS, each):
                taken[at] = Role.RULE
    return tuple(Column(at + 1, cell.replace("\n", " "), taken[at]) for at, cell in enumerate(cells))


def _mostly(says: Callable[[str], bool], rows: Sequence[Sequence[str]], at: int) -> bool:
    said = [row[at] for row in rows if at < len(row) and row[at]]
    return 2 * sum(map(says, said)) > len(said)


def _complete(columns: Sequence[Column]) -> bool:
    return {Role.TITLE, Role.MAXIMUM} <= {column.role for column in columns}


def _no_header(table: Sequence[Sequence[str]], name: str) -> str:
    """Return why no header was found, with the row that comes nearest to one."""
    expected = "expected a header with a title (Tiêu chí, Lĩnh vực, Nội dung) and a maximum (Điểm tối đa, Điểm chuẩn)"
    if not any(cell for row in table for cell in row):
        return f"{name}: holds no table; {expected}"

    def fits(at: int) -> tuple[int, int]:
        said = [cell for cell in table[at] if cell] if _may_head(table[at]) else []
        return len({_role(cell) for cell in said} - {None}), len(said)

    best = max(range(len(table)), key=fits)
    columns = _columns(table[best], table[best + 1 : best + 1 + _LOOKED_AT])
    roles = {column.role for column in columns}
    missing = " and ".join(each for each in (Role.TITLE, Role.MAXIMUM) if each not in roles)
    said = ", ".join(repr(column.header) for column in columns[:30] if column.header)
    return f"{name} row {best + 1}: no column of {missing} is among {said}; {expected}"
