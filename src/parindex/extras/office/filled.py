"""Forms that were filled in, one a sheet, to rows of one long table: what was meant by what stands in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from parindex._files.records import Row, Table
from parindex._methodology.rules import Input, InputKind
from parindex._methodology.rules.inputs import NOT_APPLICABLE
from parindex._scoring.assessment import Stage
from parindex.errors import Fault, FileError, ParindexError, Place, near
from parindex.extras.office.cells import EMPTY, Cell, Grid, spot
from parindex.extras.office.words import (
    COLUMNS,
    EVENT,
    HEAD,
    STAGES,
    ambiguous_id,
    ambiguous_number,
    input_of,
    key_of,
    role_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parindex._methodology.methodology import Methodology
    from parindex._numbers import Mark

_LONG: Final = ("unit", "criterion", "input", "value", "note", "evidence", "period", "stage")
_NEEDED: Final = frozenset({"criterion", "input", "value"})
"""The headings without which a sheet is no form."""

_YES_NO: Final = Input("", InputKind.YES_NO)


def forms_table(forms: Sequence[Form], *, name: str) -> Table:
    """Return the forms of a workbook as one long table.

    Raises:
        FileError: if no form has a row left.
    """
    rows: list[Row] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str, str], Place] = {}
    for form in forms:
        place = form.place("unit")
        if form.key in seen:
            faults.append(Fault(f"stands twice, first on {seen[form.key].spot}", place=evolve(place, unit=form.key[0])))
            continue
        seen[form.key] = place
        rows += form.rows()
        faults += form.faults
    if not rows:
        raise FileError(f"{name}: its forms have no rows below their headings")
    return Table(name, _LONG, tuple(rows), tuple(faults))


@define
class Form:
    """The form on one sheet.

    Attributes:
        grid: its cells.
        columns: the columns by what stands below their headings.
        header: the row of the headings.
        head: the cells beside the labels above the headings, by what they name.
        key: the unit, the stage and the period; the name of the sheet where the unit has none.
        faults: what is wrong above the headings.
    """

    grid: Grid
    methodology: Methodology
    file: str
    decimal: Mark
    header: int
    columns: Mapping[str, int]
    head: Mapping[str, tuple[int, int]]
    faults: list[Fault] = field(factory=list)
    key: tuple[str, str, str] = field(init=False)

    @classmethod
    def on(cls, grid: Grid, methodology: Methodology, *, file: str, decimal: Mark) -> Form | None:
        """Return the form on a sheet, or None where there is none."""
        head: dict[str, tuple[int, int]] = {}
        for row in grid.rows:
            texts = grid.texts(row)
            columns = {role: at for at, text in enumerate(texts) if (role := role_of(text, COLUMNS))}
            if columns.keys() >= _NEEDED:
                return cls(grid, methodology, file, decimal, row, columns, head)
            named = -1
            for at, text in enumerate(texts):
                role = role_of(text, HEAD)
                if role is not None and at != named:
                    named = at + 1
                    head[role] = row, named
        return None

    def __attrs_post_init__(self) -> None:
        unit, period = self._named("unit"), self._named("period")
        if not unit and not self._cell("unit").wrong:
            self._fault("unit", "the name of the unit is empty")
        stage = key_of(self._named("stage"), STAGES)
        stages = [str(each) for each in Stage]
        if stage and stage not in stages:
            self._fault("stage", f"{stage!r} is no stage, expected one of {', '.join(stages)}", near(stage, stages))
            stage = ""
        self.key = unit or self.grid.name, stage, period
        self._check_fingerprint()

    def place(self, role: str) -> Place:
        """Return where a cell above the headings stands; the sheet alone where it was taken out."""
        if role not in self.head:
            return Place(file=self.file, sheet=self.grid.name)
        return self.grid.place(self.file, *self.head[role])

    def _cell(self, role: str) -> Cell:
        return self.grid.cell(*self.head[role]) if role in self.head else EMPTY

    def _named(self, role: str) -> str:
        """Return the text of a cell above the headings, noting why it is none."""
        cell = self._cell(role)
        if cell.wrong is not None:
            self._fault(role, cell.wrong)
        return cell.written(".")

    def _fault(self, role: str, message: str, hint: str | None = None) -> None:
        self.faults.append(Fault(message, place=evolve(self.place(role), at=role), hint=hint))

    def _check_fingerprint(self) -> None:
        found = self._named("fingerprint")
        if not found or found == self.methodology.fingerprint:
            return
        stated = f"{self._named('methodology')} revision {self._named('revision')} ({found[:12]})"
        here = f"{self.methodology.name} revision {self.methodology.revision} ({self.methodology.fingerprint[:12]})"
        message = f"is a form of {stated}, not of {here}; empty this cell to have it read all the same"
        self._fault("fingerprint", message)

    def rows(self) -> Iterator[Row]:
        """Yield the rows of the long table: what the form states, and where it asks for what it does not state."""
        if group := self._named("group"):
            yield self._row({"input": "group", "value": group}, {"value": self.place("group").cell}, {})
        for row in self.grid.rows:
            if row > self.header:
                yield from self._rows(row)

    def _rows(self, row: int) -> Iterator[Row]:
        asked = {role: self.grid.cell(row, column) for role, column in self.columns.items()}
        spots = {role: spot(row, column) for role, column in self.columns.items()}
        cells = {"criterion": asked["criterion"].written("."), "input": asked["input"].written(".")}
        known = input_of(self.methodology, cells["criterion"], cells["input"])
        ambiguous = ambiguous_number(asked["value"], known, self.decimal)
        cells["value"] = "" if ambiguous else self._value(known, asked["value"])
        faults = {role: asked[role].wrong for role in cells}
        faults["value"] = faults["value"] or ambiguous
        faults["criterion"] = faults["criterion"] or ambiguous_id(asked["criterion"], self.methodology)
        for role in ("note", "evidence"):
            cells[role], faults[role] = asked.get(role, EMPTY).remark()
        if not cells["criterion"]:
            _state_fact(cells, faults)
        if cells["input"] or any(cells[role] or faults[role] for role in ("value", "note", "evidence")):
            yield self._row(cells, spots, faults)
        reason, wrong = asked.get("not-applicable", EMPTY).remark()
        if reason or wrong:
            told = {"criterion": cells["criterion"], "input": NOT_APPLICABLE, "value": reason}
            there = spots["not-applicable"]
            yield self._row(told, {**spots, "input": there, "value": there}, {"value": wrong or _no_reason(reason)})

    def _value(self, known: Input | None, cell: Cell) -> str:
        """Return the value of a cell; the key where a drop-down offers labels."""
        text = cell.written(self.decimal)
        return key_of(text, known.options) if known is not None else text

    def _row(self, cells: Mapping[str, str], spots: Mapping[str, str | None], faults: Mapping[str, str | None]) -> Row:
        unit, stage, period = self.key
        above = {role: self.place(role).cell for role in ("unit", "stage", "period")}
        return Row(
            None,
            {**dict.fromkeys(_LONG, ""), **cells, "unit": unit, "stage": stage, "period": period},
            sheet=self.grid.name,
            spots={role: each for role, each in {**spots, **above}.items() if each is not None},
            faults={role: each for role, each in faults.items() if each is not None},
        )


def _state_fact(cells: dict[str, str], faults: dict[str, str | None]) -> None:
    """Make the line of a fact of the unit from a row that belongs to no criterion; a fact left open is not stated."""
    if cells["input"].startswith(EVENT):
        event = cells["input"].removeprefix(EVENT)
        try:
            happened = bool(cells["value"]) and _YES_NO.read(cells["value"], None)
        except ParindexError as error:
            happened, faults["value"] = False, str(error)
        cells["input"], cells["value"] = "event", event if happened else ""
    if not cells["value"] and faults["value"] is None:
        cells["input"] = ""


def _no_reason(text: str) -> str | None:
    """Return why a text is no reason: yes or no, typed as an answer to the heading."""
    try:
        _YES_NO.read(text, None)
    except ParindexError:
        return None
    return f"{text!r} is no reason: write why it does not apply, or leave the cell empty"
