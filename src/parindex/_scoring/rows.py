"""Rows of observation tables, long and wide, to cells by unit: what stands where, and what cannot stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import Factory, evolve, field, frozen

from parindex._files.records import Row, Table
from parindex._methodology.methodology import Methodology
from parindex._methodology.rules.inputs import NOT_APPLICABLE
from parindex._scoring.assessment import Stage
from parindex.errors import Fault, ObservationFaults, Place, near

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONG: Final = ("unit", "criterion", "input", "value")
LONG_OPTIONAL: Final = ("period", "stage", "group", "note", "evidence")
_WIDE_OPTIONAL: Final = ("period", "stage", "group", "note")
RESULTS: Final = ("points", "index", "rank", "grade", "change", "moved", "previous_index", "previous_rank")
FACTS: Final = ("event", "group", "unranked")
_ABOUT: Final = ("unit", "period", "stage", "group", "criterion", "input")
_TEXTS: Final = ("note", "evidence")


UnitKey = tuple[str, str, str]
"""Unit, stage and period."""


@frozen
class Cell:
    """One observed value and where it stands; *name* is "" for a whole leaf that does not apply."""

    criterion: str
    name: str
    value: str
    place: Place


@frozen(eq=False)
class UnitRows:
    """What a table says of one unit at one stage and period; *asked* is where a workbook asks for inputs."""

    place: Place
    asked: dict[str, Place] = field(factory=dict)
    cells: dict[tuple[str, str], Cell] = field(factory=dict)
    facts: dict[str, list[str]] = field(factory=dict)
    notes: dict[str, list[str]] = field(factory=dict)
    evidence: dict[str, list[str]] = field(factory=dict)

    def where(self, at: str | None) -> Place:
        """Return where a workbook asks for the input or the criterion *at*; otherwise where the unit first stands."""
        criterion = f"{at}:"
        found = (place for asked, place in self.asked.items() if asked == at or asked.startswith(criterion))
        return next(found, self.place)


@frozen(eq=False)
class Sheet:
    """A table held against a methodology: its cells by unit, and its faults."""

    table: Table
    methodology: Methodology
    units: dict[UnitKey, UnitRows] = field(factory=dict)
    facts: list[tuple[UnitKey, str, str, Place]] = field(factory=list)
    faults: list[Fault] = Factory(lambda self: list(self.table.faults), takes_self=True)
    unread: set[tuple[str | None, str | None]] = field(factory=set)

    def fault(self, place: Place, message: str, hint: str | None = None) -> None:
        """Note one fault."""
        self.faults.append(Fault(message, place=place, hint=hint))

    def place(self, row: Row, column: str, at: str | None = None) -> Place:
        """Return where the cell of *row* in *column* stands, and what it is about."""
        return evolve(row.place(self.table.name, column), unit=row.cells["unit"] or None, at=at)

    def unreadable(self, row: Row, inputs: Mapping[str, str]) -> bool:
        """Note the cells that hold no value; return whether they leave open what the row is about.

        *inputs* says what the columns of values are about; results and unknown columns are passed over.
        """
        for column, message in row.faults.items():
            if column in inputs or column in _ABOUT or column in _TEXTS:
                self.fault(self.place(row, column, inputs.get(column, column)), message)
        return any(column in row.faults for column in _ABOUT)

    def key(self, row: Row, place: Place) -> UnitKey | None:
        """Return the unit, stage and period that *row* is about."""
        name, stage = row.cells["unit"], row.cells.get("stage", "").casefold()
        stages = [str(each) for each in Stage]
        if not name:
            self.fault(place, "the name of the unit is empty")
            return None
        if stage and stage not in stages:
            self.fault(place, f"{stage!r} is no stage, expected one of {', '.join(stages)}", near(stage, stages))
            return None
        return name, stage, row.cells.get("period", "")

    def unit(self, row: Row, place: Place) -> UnitRows | None:
        """Return the rows of the unit, stage and period that *row* is about."""
        key = self.key(row, place)
        if key is None:
            return None
        return self.units.setdefault(key, UnitRows(place))


def read_long(table: Table, methodology: Methodology) -> tuple[tuple[str, ...], Sheet]:
    """Return the cells of a long table; it has no result columns to pass over."""
    sheet = Sheet(table, methodology)
    known = (*LONG, *LONG_OPTIONAL)
    place = Place(file=table.name)
    for column in table.columns:
        if column not in known:
            sheet.fault(place, f"unknown column {column!r}", near(column, known))
    missing = [column for column in LONG if column not in table.columns]
    for column in missing:
        sheet.fault(place, f"the column {column!r} is missing")
    if missing:
        raise ObservationFaults(f"{table.name} cannot be read", sheet.faults)
    for row in table.rows:
        place = sheet.place(row, "unit")
        criterion, name = row.cells["criterion"], row.cells["input"]
        if sheet.unreadable(row, {"value": f"{criterion}:{name}" if criterion else name}):
            continue
        if not criterion:
            _fact_row(sheet, row, place)
        elif (unit := sheet.unit(row, place)) is not None:
            _long_row(sheet, unit, row)
    for key, name, value, place in sheet.facts:
        for unit in _stated(sheet, key, place):
            texts = {"note": unit.notes, "evidence": unit.evidence}
            if name in texts:
                texts[name].setdefault("", []).append(value)
            else:
                unit.facts.setdefault(name, []).append(value)
    return (), sheet


def _fact_row(sheet: Sheet, row: Row, place: Place) -> None:
    """Note a line without a criterion: a fact of the unit, or a note."""
    name, value = row.cells["input"], row.cells["value"]
    key = sheet.key(row, place)
    if key is None:
        return
    if row.cells.get("group"):
        sheet.facts.append((key, "group", row.cells["group"], place))
    for column in ("note", "evidence"):
        if row.cells.get(column):
            sheet.facts.append((key, column, row.cells[column], place))
    if name in FACTS and (value or name == "unranked"):
        sheet.facts.append((key, name, value, place))
    elif name not in FACTS and (name or value):
        found = (
            f"{name!r} is no fact of a unit" if name else f"the value {value!r} names neither a criterion nor a fact"
        )
        sheet.fault(sheet.place(row, "input", "input"), f"{found}, expected {', '.join(FACTS)}", near(name, FACTS))


def _stated(sheet: Sheet, key: UnitKey, place: Place) -> list[UnitRows]:
    """Return the rows that a fact belongs to: all of the unit's where it states no stage or no period."""
    name, stage, period = key
    found = [
        unit
        for (other, at_stage, at_period), unit in sheet.units.items()
        if other == name and stage in {"", at_stage} and period in {"", at_period}
    ]
    return found or [sheet.units.setdefault(key, UnitRows(place))]


def _long_row(sheet: Sheet, unit: UnitRows, row: Row) -> None:
    criterion, name, value = (row.cells[column] for column in ("criterion", "input", "value"))
    for column, kept in (("note", unit.notes), ("evidence", unit.evidence)):
        if text := row.cells.get(column):
            kept.setdefault(criterion, []).append(text)
    if group := row.cells.get("group"):
        unit.facts.setdefault("group", []).append(group)
    about = f"{criterion}:{name}" if name else criterion
    if not _known_leaf(sheet, criterion, sheet.place(row, "criterion", about)):
        return
    if not name:
        sheet.fault(sheet.place(row, "input", about), "names no input")
        return
    at = sheet.place(row, "value", about)
    if (criterion, name) in unit.cells:
        sheet.fault(at, f"stands twice, first on {unit.cells[criterion, name].place.spot}")
        return
    rule = sheet.methodology[criterion].rule
    if name != NOT_APPLICABLE and rule is not None and name not in rule.input_by_name:
        names = [*rule.input_by_name, NOT_APPLICABLE]
        sheet.fault(sheet.place(row, "input", about), f"unknown input, expected {', '.join(names)}", near(name, names))
        return
    if at.cell is not None:
        unit.asked[about] = at
    if value or name == NOT_APPLICABLE:
        unit.cells[criterion, name] = Cell(criterion, name, value, at)


def _known_leaf(sheet: Sheet, criterion: str, place: Place) -> bool:
    methodology = sheet.methodology
    if criterion not in methodology:
        hint = near(criterion, (each.id for each in methodology.criteria))
        sheet.fault(place, "there is no such criterion", hint)
        return False
    if methodology[criterion].rule is None:
        sheet.fault(place, "has criteria below it, observe those")
        return False
    return True


def read_wide(table: Table, methodology: Methodology) -> tuple[tuple[str, ...], Sheet]:
    """Return the result columns of a wide table, which are passed over, and its cells."""
    sheet = Sheet(table, methodology)
    inputs: dict[str, tuple[str, str]] = {}
    passed_over = []
    for column in table.columns:
        if column == "unit" or column in _WIDE_OPTIONAL:
            continue
        found = _column(column, methodology)
        if isinstance(found, tuple):
            inputs[column] = found
        elif found is None:
            passed_over.append(column)
        else:
            sheet.faults.append(found.within(file=table.name))
    about = {column: f"{criterion}:{name}" for column, (criterion, name) in inputs.items()}
    for row in table.rows:
        place = sheet.place(row, "unit")
        if sheet.unreadable(row, about):
            continue
        known = (row.cells["unit"], row.cells.get("stage", "").casefold(), row.cells.get("period", ""))
        if known in sheet.units and known[0]:
            sheet.fault(place, f"stands twice, first on {sheet.units[known].place.spot}")
            continue
        unit = sheet.unit(row, place)
        if unit is not None:
            _wide_row(sheet, unit, row, inputs)
    return tuple(passed_over), sheet


def _wide_row(sheet: Sheet, unit: UnitRows, row: Row, inputs: Mapping[str, tuple[str, str]]) -> None:
    if note := row.cells.get("note"):
        unit.notes.setdefault("", []).append(note)
    if group := row.cells.get("group"):
        unit.facts.setdefault("group", []).append(group)
    for column, (criterion, name) in inputs.items():
        value = row.cells[column]
        at = sheet.place(row, column, f"{criterion}:{name}")
        if at.cell is not None:
            unit.asked[f"{criterion}:{name}"] = at
        if value == NOT_APPLICABLE or value.startswith(f"{NOT_APPLICABLE}:"):
            reason = value.removeprefix(NOT_APPLICABLE).removeprefix(":").strip()
            unit.cells.setdefault((criterion, NOT_APPLICABLE), Cell(criterion, NOT_APPLICABLE, reason, at))
        elif value:
            unit.cells[criterion, name] = Cell(criterion, name, value, at)


def _column(column: str, methodology: Methodology) -> tuple[str, str] | Fault | None:
    """Return the criterion and input that a wide column names, None for a result, or what is wrong with it."""
    criterion, colon, name = column.partition(":")
    if criterion in methodology:
        leaf = methodology[criterion]
        if leaf.rule is None:
            return Fault(f"column {column!r} has criteria below it, observe those") if colon else None
        if colon and name in leaf.rule.input_by_name:
            return criterion, name
        if not colon and leaf.rule.bare_input is not None:
            return criterion, leaf.rule.bare_input
        names = [f"{criterion}:{each}" for each in leaf.rule.input_by_name]
        return Fault(f"unknown column {column!r}, expected {', '.join(names)}", hint=near(column, names))
    if column in RESULTS or (column.endswith("%") and column[:-1] in methodology):
        return None
    return Fault(f"unknown column {column!r}", hint=near(column, _all_columns(methodology)))


def _all_columns(methodology: Methodology) -> Iterator[str]:
    yield from ("unit", *_WIDE_OPTIONAL, *RESULTS)
    for leaf in methodology.leaves:
        yield leaf.id
        yield from (f"{leaf.id}:{name}" for name in leaf.leaf_rule.input_by_name)
