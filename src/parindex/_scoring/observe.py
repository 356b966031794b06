"""Observation tables, long and wide, to assessments: every fault with its line, unit and column."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from parindex._files.csv_table import Row, Table, parse_csv
from parindex._files.text import read_text
from parindex._methodology.methodology import Methodology
from parindex._methodology.rules.inputs import NOT_APPLICABLE
from parindex._scoring.assessment import Assessment, NotApplicable, Stage
from parindex._text import tidy
from parindex.errors import Fault, ObservationFaults, Place, near

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from parindex._methodology.rules import Input
    from parindex._numbers import Mark

_LONG: Final = ("unit", "criterion", "input", "value")
_LONG_OPTIONAL: Final = ("period", "stage", "group", "note", "evidence")
_WIDE_OPTIONAL: Final = ("period", "stage", "group", "note")
_RESULTS: Final = ("points", "index", "rank", "grade", "change", "moved", "previous_index", "previous_rank")
_FACTS: Final = ("event", "group", "unranked")

_log: Final = logging.getLogger("parindex")


@frozen
class Cell:
    """One observed value and where it stands; *name* is "" for a whole leaf that does not apply."""

    criterion: str
    name: str
    value: str
    place: Place


@frozen(eq=False)
class _Unit:
    """What a table says of one unit at one stage and period."""

    place: Place
    cells: dict[tuple[str, str], Cell] = field(factory=dict)
    facts: dict[str, list[str]] = field(factory=dict)
    notes: dict[str, list[str]] = field(factory=dict)
    evidence: dict[str, list[str]] = field(factory=dict)


def read_assessments(
    path: str | Path,
    methodology: Methodology,
    *,
    decimal: Mark = ".",
    stage: str | None = None,
    period: str | None = None,
) -> tuple[Assessment, ...]:
    """Return the assessments of a CSV file, long or wide, in the order in which the units first stand.

    Args:
        path: the file; comma, semicolon or tab separated, with or without a byte-order mark.
        methodology: whose criteria and inputs the columns name.
        decimal: the decimal mark of the file.
        stage: which stage to take from a file that has several.
        period: which period to take from a file that has several.

    Raises:
        FileError: if the file cannot be read, or is no such table.
        ObservationFaults: with every fault, each placed by line, unit and column.
    """
    return parse_assessments(read_text(path), methodology, decimal=decimal, stage=stage, period=period, name=str(path))


def parse_assessments(
    text: str,
    methodology: Methodology,
    *,
    decimal: Mark = ".",
    stage: str | None = None,
    period: str | None = None,
    name: str = "observations",
) -> tuple[Assessment, ...]:
    """Return the assessments of a CSV text; as :func:`read_assessments`, *name* is what errors call it.

    Result columns of a published table (points, index, rank ...) are passed over, which the logger ``parindex`` says.
    """
    if decimal not in {".", ","}:
        raise Fault(f"{decimal!r} is no decimal mark, expected '.' or ','", place=Place(at="decimal"))
    table = parse_csv(text, name=name)
    columns, reader = _long(table, methodology) if "criterion" in table.columns else _wide(table, methodology)
    if columns:
        _log.warning("%s: result columns passed over: %s", name, ", ".join(columns))
    return reader.assessments(decimal, stage, period)


@frozen(eq=False)
class _Reader:
    table: Table
    methodology: Methodology
    units: dict[tuple[str, str, str], _Unit] = field(factory=dict)
    faults: list[Fault] = field(factory=list)

    def fault(self, place: Place, message: str, hint: str | None = None) -> None:
        self.faults.append(Fault(message, place=place, hint=hint))

    def unit(self, row: Row, place: Place) -> _Unit | None:
        """Return the unit, stage and period that *row* is about."""
        name = tidy(row.cells["unit"])
        stage = tidy(row.cells.get("stage", "")).casefold()
        stages = [str(each) for each in Stage]
        if not name:
            self.fault(place, "the name of the unit is empty")
            return None
        if stage and stage not in stages:
            self.fault(place, f"{stage!r} is no stage, expected one of {', '.join(stages)}", near(stage, stages))
            return None
        key = (name, stage, tidy(row.cells.get("period", "")))
        return self.units.setdefault(key, _Unit(Place(file=self.table.name, line=row.line, unit=name)))

    def assessments(self, decimal: Mark, stage: str | None, period: str | None) -> tuple[Assessment, ...]:
        """Return the assessments of the stage and the period chosen, or raise all faults."""
        chosen = self._chosen(stage, period)
        self._check_marks(chosen, decimal)
        made = [assessment for key, unit in chosen.items() if (assessment := self._assessment(key, unit, decimal))]
        if self.faults:
            raise ObservationFaults(f"{self.table.name} cannot be read", self.faults)
        return tuple(made)

    def _chosen(self, stage: str | None, period: str | None) -> dict[tuple[str, str, str], _Unit]:
        """Return the units of the stage and period wanted; a table that names neither is of the one wanted."""
        stages = [str(each) for each in Stage]
        if stage is not None and stage not in stages:
            message = f"{stage!r} is no stage, expected one of {', '.join(stages)}"
            self.fault(Place(file=self.table.name), message, near(stage, stages))
            return {}
        chosen = self.units
        for position, option, wanted in ((1, "stage", stage), (2, "period", period)):
            found = sorted({key[position] for key in chosen})
            listed = ", ".join(each or "(empty)" for each in found)
            if wanted is None and len(found) > 1:
                message = f"holds several {option}s ({listed}): choose one with {option}="
                self.fault(Place(file=self.table.name), message)
                return {}
            if wanted is None:
                continue
            if found == [""]:
                chosen = {_with(key, position, tidy(wanted)): unit for key, unit in chosen.items()}
            elif tidy(wanted) not in found:
                message = f"has no {option} {wanted!r}, found {listed}"
                self.fault(Place(file=self.table.name), message, near(wanted, found))
                return {}
            chosen = {key: unit for key, unit in chosen.items() if key[position] == tidy(wanted)}
        return chosen

    def _input(self, cell: Cell) -> Input | None:
        rule = self.methodology[cell.criterion].rule if cell.criterion in self.methodology else None
        return rule.input_by_name.get(cell.name) if rule is not None else None

    def _check_marks(self, units: Mapping[tuple[str, str, str], _Unit], decimal: Mark) -> None:
        """Report a column written with the other mark, or with both, once and not cell by cell."""
        other = "," if decimal == "." else "."
        columns: dict[str, list[tuple[_Unit, Cell]]] = {}
        for unit in units.values():
            for cell in unit.cells.values():
                known = self._input(cell)
                if known is not None and known.numeric and (other in cell.value or decimal in cell.value):
                    columns.setdefault(f"{cell.criterion}:{cell.name}", []).append((unit, cell))
        for column, cells in columns.items():
            wrong = [(unit, cell) for unit, cell in cells if other in cell.value]
            right = [cell for _, cell in cells if other not in cell.value]
            if not wrong:
                continue
            first = wrong[0][1]
            count = f" in {len(wrong)} cells, first" if len(wrong) > 1 else ""
            message = f"column {column}: {first.value!r} is written with {other!r}{count} here; the mark is {decimal!r}"
            if right:
                message += f" and {right[0].value!r} (line {right[0].place.line}) has it: both marks in one column"
            else:
                message += f": say decimal={other!r} if the whole file is written so"
            self.fault(first.place, message)
            for unit, cell in wrong:
                del unit.cells[cell.criterion, cell.name]

    def _assessment(self, key: tuple[str, str, str], unit: _Unit, decimal: Mark) -> Assessment | None:
        name, stage, period = key
        observations: dict[str, dict[str, str] | NotApplicable] = {}
        for (criterion, input_name), cell in unit.cells.items():
            if input_name == NOT_APPLICABLE:
                continue
            known = self._input(cell)
            value = cell.value.replace(decimal, ".") if known is not None and known.numeric else cell.value
            kept = observations.setdefault(criterion, {})
            if isinstance(kept, dict) and value:
                kept[input_name] = value
        for (criterion, input_name), cell in unit.cells.items():
            if input_name == NOT_APPLICABLE:
                if observations.get(criterion):
                    self.fault(cell.place, "is not applicable and has values too")
                observations[criterion] = NotApplicable(cell.value)
        before = len(self.faults)
        self._check_values(unit, observations)
        groups = list(dict.fromkeys(unit.facts.get("group", [])))
        if len(groups) > 1:
            self.fault(unit.place, f"belongs to several groups: {', '.join(groups)}")
        if len(self.faults) > before:
            return None
        return Assessment(
            name,
            observations,
            stage=Stage(stage) if stage else Stage.FINAL,
            period=period or None,
            group=groups[0] if groups else None,
            events=tuple(unit.facts.get("event", [])),
            unranked=" ".join(unit.facts["unranked"]) if "unranked" in unit.facts else None,
            notes={criterion: "; ".join(texts) for criterion, texts in unit.notes.items()},
            evidence={criterion: "; ".join(texts) for criterion, texts in unit.evidence.items()},
        )

    def _check_values(self, unit: _Unit, observations: Mapping[str, dict[str, str] | NotApplicable]) -> None:
        """Report, with their lines, the values that no rule can read."""
        for criterion, inputs in observations.items():
            if criterion not in self.methodology or isinstance(inputs, NotApplicable):
                continue
            leaf = self.methodology[criterion]
            if leaf.rule is None:
                continue
            for fault in leaf.rule.read(inputs, leaf.max_points).faults:
                cell = unit.cells.get((criterion, fault.place.at or ""))
                place = cell.place if cell is not None else unit.place
                at = f"{criterion}:{fault.place.at}"
                self.fault(Place(file=place.file, line=place.line, unit=place.unit, at=at), fault.message, fault.hint)


def _with(key: tuple[str, str, str], position: int, value: str) -> tuple[str, str, str]:
    name, stage, period = key
    return (name, value, period) if position == 1 else (name, stage, value)


def _long(table: Table, methodology: Methodology) -> tuple[tuple[str, ...], _Reader]:
    reader = _Reader(table, methodology)
    known = (*_LONG, *_LONG_OPTIONAL)
    place = Place(file=table.name)
    for column in table.columns:
        if column not in known:
            reader.fault(place, f"unknown column {column!r}", near(column, known))
    missing = [column for column in _LONG if column not in table.columns]
    for column in missing:
        reader.fault(place, f"the column {column!r} is missing")
    if missing:
        raise ObservationFaults(f"{table.name} cannot be read", reader.faults)
    for row in table.rows:
        place = Place(file=table.name, line=row.line, unit=tidy(row.cells["unit"]) or None)
        unit = reader.unit(row, place)
        if unit is not None:
            _long_row(reader, unit, row, place)
    return (), reader


def _long_row(reader: _Reader, unit: _Unit, row: Row, place: Place) -> None:
    criterion, name, value = (row.cells[column] for column in ("criterion", "input", "value"))
    for column, kept in (("note", unit.notes), ("evidence", unit.evidence)):
        if text := row.cells.get(column):
            kept.setdefault(criterion, []).append(text)
    if group := row.cells.get("group"):
        unit.facts.setdefault("group", []).append(group)
    if not criterion:
        if name and name not in _FACTS:
            message = f"{name!r} is no fact of a unit, expected {', '.join(_FACTS)}"
            reader.fault(
                Place(file=place.file, line=place.line, unit=place.unit, at="input"), message, near(name, _FACTS)
            )
        elif name and (value or name == "unranked"):
            unit.facts.setdefault(name, []).append(value)
        return
    at = Place(file=place.file, line=place.line, unit=place.unit, at=f"{criterion}:{name}" if name else criterion)
    if not _known_leaf(reader, criterion, at):
        return
    if not name:
        reader.fault(at, "names no input")
        return
    if (criterion, name) in unit.cells:
        first = unit.cells[criterion, name].place.line
        reader.fault(at, f"stands twice, first on line {first}")
        return
    rule = reader.methodology[criterion].rule
    if name != NOT_APPLICABLE and rule is not None and name not in rule.input_by_name:
        names = [*rule.input_by_name, NOT_APPLICABLE]
        reader.fault(at, f"unknown input, expected {', '.join(names)}", near(name, names))
        return
    if value or name == NOT_APPLICABLE:
        unit.cells[criterion, name] = Cell(criterion, name, value, at)


def _known_leaf(reader: _Reader, criterion: str, place: Place) -> bool:
    methodology = reader.methodology
    if criterion not in methodology:
        hint = near(criterion, (each.id for each in methodology.criteria))
        reader.fault(place, "there is no such criterion", hint)
        return False
    if methodology[criterion].rule is None:
        reader.fault(place, "has criteria below it, observe those")
        return False
    return True


def _wide(table: Table, methodology: Methodology) -> tuple[tuple[str, ...], _Reader]:
    reader = _Reader(table, methodology)
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
            reader.faults.append(found.within(file=table.name))
    for row in table.rows:
        place = Place(file=table.name, line=row.line, unit=row.cells["unit"] or None)
        known = (row.cells["unit"], row.cells.get("stage", "").casefold(), row.cells.get("period", ""))
        if known in reader.units and known[0]:
            reader.fault(place, f"stands twice, first on line {reader.units[known].place.line}")
            continue
        unit = reader.unit(row, place)
        if unit is not None:
            _wide_row(unit, row, inputs)
    return tuple(passed_over), reader


def _wide_row(unit: _Unit, row: Row, inputs: Mapping[str, tuple[str, str]]) -> None:
    if note := row.cells.get("note"):
        unit.notes.setdefault("", []).append(note)
    if group := row.cells.get("group"):
        unit.facts.setdefault("group", []).append(group)
    for column, (criterion, name) in inputs.items():
        value = row.cells[column]
        at = Place(file=unit.place.file, line=row.line, unit=unit.place.unit, at=f"{criterion}:{name}")
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
    if column in _RESULTS or (column.endswith("%") and column[:-1] in methodology):
        return None
    return Fault(f"unknown column {column!r}", hint=near(column, _all_columns(methodology)))


def _all_columns(methodology: Methodology) -> Iterator[str]:
    yield from ("unit", *_WIDE_OPTIONAL, *_RESULTS)
    for leaf in methodology.leaves:
        if leaf.rule is not None:
            yield leaf.id
            yield from (f"{leaf.id}:{name}" for name in leaf.rule.input_by_name)
