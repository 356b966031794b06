"""From a table of texts to the lines of an annex: what stands in each row, and the rows that are passed over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from parindex._drafting.cells import (
    AUTOMATIC,
    Points,
    assessors,
    cleaned,
    fold,
    has_bullet,
    is_figure,
    is_survey_mark,
    names_survey,
    read_points,
    without_bullet,
)
from parindex._drafting.columns import Column, Header, Role, headers, is_counted, repeats
from parindex._drafting.numbering import Number, leading_number, number_of
from parindex._text import Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOTAL_WORDS: Final = frozenset(
    {"tong", "cong", "so", "diem", "toi", "da", "chuan", "linh", "vuc", "muc", "phan", "tieu", "chi", "thanh", "nhom"}
    | {"cac", "toan", "bo", "tat", "ca", "cua", "bang"}
)


_OUTSIDE_BASE: Final = re.compile(r"((phan|cac|nhom) )?diem (thuong|cong|tru)\b")
_BLOCK_WORDS: Final = frozenset({"phan", "cac", "nhom", "diem", "thuong", "cong", "tru", "va", "khac"})


@frozen(kw_only=True)
class Line:
    """What one row says of one criterion or level.

    Attributes:
        row: the row, counted from 1.
        level: the title column it stands in, counted from 0.
        number: its number, or None.
        bad_number: what stands in the place of the number and is none.
        title: its title, without the number.
        below_title: the further lines of the same cell that do not belong to the title.
        points: what the column of the maximum says, or None.
        more_points: what further columns of maxima say, more than there are titles for.
        rule: the lines of the columns that word the rule.
        survey: what stands in the column of the survey.
        method: what stands in the columns of who assesses.
        lead: who answers for it.
        note: the remark.
        others: the texts of the other columns, with their headers.
        across: whether it stands outside the title column, as a text across the table does.
        upper: whether the row goes on to a title of a lower level.
    """

    row: int
    level: int = 0
    number: Number | None = None
    bad_number: str = ""
    title: str = ""
    below_title: tuple[str, ...] = ()
    points: Points | None = None
    more_points: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    survey: str = ""
    method: str = ""
    lead: str = ""
    note: str = ""
    others: tuple[tuple[str, str], ...] = ()
    across: bool = False
    upper: bool = False

    @property
    def bullet(self) -> bool:
        """Whether the title begins as an item of a list."""
        return has_bullet(self.title)

    @property
    def capitals(self) -> bool:
        """Whether the title is in capitals, as headings without a number are."""
        return self.title.isupper() and " " in self.title and not self.rule

    @property
    def outside_base(self) -> bool:
        """Whether its title begins as that of points outside the base: a bonus, or deductions."""
        return _OUTSIDE_BASE.match(fold(self.title)) is not None

    @property
    def names_block(self) -> bool:
        """Whether its title says nothing but that, and it words no rule."""
        words = re.findall(r"\w+", fold(self.title))
        return self.outside_base and not self.rule and _BLOCK_WORDS.issuperset(words)

    @property
    def total_of(self) -> str | None:
        """For the row of a total, the number it is the total of, "" for all, "?" unclear; None for another row."""
        folded = fold(self.title)
        words = re.findall(r"[\w.]+", folded)
        if self.number or words[:1] not in (["tong"], ["cong"]) or re.search(r"\d (diem|d)\b", folded):
            return None
        others = [word for word in words if word not in _TOTAL_WORDS]
        if all(number_of(word) for word in others):
            return others[0] if len(others) == 1 else ""
        return "?" if words[1:2] in (["cong"], ["diem"]) else None

    @property
    def of_survey(self) -> bool:
        """Whether anything but the wording of the rule marks the points as the survey's."""
        figure = read_points(self.survey)
        if figure and figure.value:
            return self.points is None or self.points.value == figure.value
        marked = bool(self.survey.strip(" -0")) or assessors(self.method) == (True, False)
        return marked or names_survey(self.note) or is_survey_mark(self.title)

    @property
    def partly_survey(self) -> bool:
        """Whether the column of the survey holds some of the points, and not all, or that of who assesses says both."""
        figure = read_points(self.survey)
        return not self.of_survey and (bool(figure and figure.value) or assessors(self.method) == (True, True))

    @property
    def whole_text(self) -> str:
        """The texts of the row as they stand, apart from the columns that are not read."""
        points = [*self.more_points, *([self.points.text] if self.points else [])]
        return " | ".join(part for part in (self.title, *self.texts, *points, self.note) if part)

    @property
    def everything(self) -> str:
        """All texts of the row, but for a number that was read."""
        others = [text for _, text in self.others]
        return " | ".join(part for part in (self.bad_number, self.whole_text, self.survey, self.lead, *others) if part)

    @property
    def texts(self) -> tuple[str, ...]:
        """What the row says of how points are given."""
        return (*self.below_title, *self.rule)


class Pass(Word):
    """Why a row is passed over."""

    ABOVE = "above"
    HEADER = "header"
    COUNTED = "column-numbers"
    OUTSIDE = "outside"


@frozen
class Passed:
    """A row that says nothing of a criterion, and its text."""

    row: int
    why: Pass
    text: str


@frozen
class Annex:
    """The columns of an annex, its lines in order, and the rows that were passed over.

    Attributes:
        columns: as the first header states them, and as later ones change them.
        changes: the rows from which on the columns are others.
    """

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    passed: tuple[Passed, ...]
    changes: tuple[int, ...]


def read_annex(table: Sequence[Sequence[str]], *, name: str) -> Annex:
    """Return the lines of the annex that *table* holds.

    Raises:
        FileError: if no row is a header with a title and a maximum.
    """
    rows = [[cleaned(cell) for cell in row] for row in table]
    found = tuple(headers(rows, name=name))
    starts = {header.first: header for header in found}
    ends = [*(header.first for header in found[1:]), len(rows)]
    owners = {
        header.first: _owner_of_numbers(header, rows[header.last + 1 : end])
        for header, end in zip(found, ends, strict=True)
    }
    lines: list[Line] = []
    passed: list[Passed] = []
    header = found[0]
    for at, row in enumerate(rows):
        header = starts.get(at, header)
        why = _why_passed(at, row, header, rows)
        if why:
            passed.append(Passed(at + 1, why, " | ".join(cell for cell in row if cell)))
        elif any(row):
            lines += _lines(at + 1, row, header, owners[header.first])
    columns = dict.fromkeys(column for each in found for column in each.columns if column.header)
    return Annex(tuple(columns), tuple(lines), tuple(passed), tuple(each.first + 1 for each in found[1:]))


def _why_passed(at: int, row: Sequence[str], header: Header, rows: Sequence[Sequence[str]]) -> Pass | None:
    if not any(row):
        return None
    if at < header.first:
        return Pass.ABOVE
    if at <= header.last or repeats(row, header, rows):
        return Pass.HEADER
    if is_counted(row):
        return Pass.COUNTED
    return Pass.OUTSIDE if len(row) == 1 < len(header.columns) else None


def _owner_of_numbers(header: Header, rows: Sequence[Sequence[str]]) -> int:
    """Return which title column the numbers belong to: the first that has a text in every row with a number."""
    titles = [column.position - 1 for column in header.of(Role.TITLE)]
    numbers = [column.position - 1 for column in header.of(Role.NUMBER)]
    numbered = [row for row in rows if any(number_of(_at(row, at)) for at in numbers)]
    full = [level for level, at in enumerate(titles) if all(_at(row, at) for row in numbered)]
    return full[0] if full else 0


def _at(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def _lines(row: int, cells: Sequence[str], header: Header, owner: int) -> Iterator[Line]:
    """Yield a line for each title of a row, the domain before the criterion that shares its row."""

    def texts(*roles: Role) -> list[tuple[Column, str]]:
        return [(column, text) for column in header.of(*roles) if (text := _at(cells, column.position - 1))]

    levels = [column.position for column in header.of(Role.TITLE)]
    titles = [(levels.index(column.position), text) for column, text in texts(Role.TITLE)]
    number = " ".join(text for _, text in texts(Role.NUMBER))
    survey = " ".join(text for _, text in texts(Role.SURVEY))
    maxima = [text for _, text in texts(Role.MAXIMUM)] or [text for text in [survey] if is_figure(text)]
    across = not titles and bool(number) and number != AUTOMATIC and number_of(number) is None
    if across:
        titles, number = [(0, number)], ""
    *upper, (level, title) = titles or [(owner, "")]
    owner = owner if owner in dict(titles) else level
    count = len(upper) + 1
    last = Line(
        row=row,
        level=level,
        points=read_points(maxima[-1]) if maxima else None,
        more_points=tuple(maxima[:-count]),
        rule=tuple(_rule_lines([text for _, text in texts(Role.RULE)])),
        survey=survey,
        method=" ".join(text for _, text in texts(Role.METHOD)),
        lead=", ".join(" ".join(text.split()) for _, text in texts(Role.LEAD)),
        note="; ".join(" ".join(text.split()) for _, text in texts(Role.NOTE)),
        others=tuple(
            (column.header or f"({column.position})", text) for column, text in texts(Role.METHOD, Role.OTHER)
        ),
        across=across,
    )
    above = maxima[-count:-1]
    for (upper_level, text), points in zip(upper, [*[""] * (len(upper) - len(above)), *above], strict=True):
        line = Line(row=row, level=upper_level, points=read_points(points), upper=True)
        yield _titled(line, text, number if upper_level == owner else "")
    yield _titled(last, title, number if level == owner else "")


def _titled(line: Line, text: str, number: str) -> Line:
    """Return *line* with the title, the number and the further lines that its cells hold."""
    title, below = _split(text, has_rule=bool(line.rule))
    leading, rest = leading_number(title)
    own, dash = number_of(number), bool(number) and not without_bullet(number)
    if leading and (not number or (own and own.printed == leading.printed)):
        own, title = own or leading, rest
    elif dash:
        title = f"- {title}"
    bad = number if own is None and not dash else ""
    return evolve(line, number=own, bad_number=bad, title=title.strip(), below_title=below)


def _split(text: str, *, has_rule: bool) -> tuple[str, tuple[str, ...]]:
    """Return the title of a cell, and the lines below it that word the rule.

    A line goes on with the title if it begins in the middle of a sentence and holds no figure; where another column
    words the rule, if it is no item of a list.
    """
    title, *lines = text.split("\n")
    while lines and not has_bullet(lines[0]):
        if not has_rule and not (lines[0][0].islower() and not re.search(r"[\d:=×]|/", lines[0])):
            break
        title = f"{title} {lines.pop(0)}"
    return title, tuple(lines)


def _rule_lines(texts: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the columns that word a rule; a label with its points in the next column makes one."""
    if len(texts) == 2 and "\n" not in texts[0] and is_figure(texts[1]):
        yield f"{texts[0]}: {texts[1]}"
        return
    for text in texts:
        yield from text.split("\n")
