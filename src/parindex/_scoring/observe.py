"""Observation tables, long and wide, to assessments: every fault with its line, unit and column."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from attrs import evolve

from parindex._files.csv_table import parse_csv
from parindex._methodology.rules.inputs import NOT_APPLICABLE
from parindex._scoring.assessment import Assessment, NotApplicable, Stage
from parindex._scoring.board import Scoreboard, reference_board
from parindex._scoring.engine import refuse_unsound
from parindex._scoring.rows import Cell, Sheet, UnitKey, UnitRows, read_long, read_wide
from parindex._text import tidy
from parindex.errors import Fault, ObservationFaults, Place, near

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parindex._files.records import Table
    from parindex._methodology.methodology import Methodology
    from parindex._methodology.rules import Input
    from parindex._numbers import Mark

_log: Final = logging.getLogger("parindex")


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
    refuse_other_marks(decimal)
    return table_assessments(parse_table(text, name=name), methodology, decimal=decimal, stage=stage, period=period)


def parse_table(text: str, *, name: str) -> Table:
    """Return the table of observations that a CSV text holds, whatever it says."""
    return parse_csv(text, name=name, key="unit")


def table_assessments(
    table: Table, methodology: Methodology, *, decimal: Mark, stage: str | None, period: str | None
) -> tuple[Assessment, ...]:
    """Return the assessments that a table holds; see :func:`read_assessments`."""
    sheet = _held(table, methodology)
    made = _assessments(sheet, _chosen(sheet, stage, period), decimal)
    if sheet.faults:
        raise ObservationFaults(f"{table.name} cannot be read", sheet.faults)
    return made


def score_table(
    table: Table,
    methodology: Methodology,
    *,
    decimal: Mark = ".",
    stage: str | None = None,
    period: str | None = None,
    partial: bool = False,
    year: int | None = None,
) -> Scoreboard:
    """Return the board of a table: held against the methodology and scored in one go, so that all faults come together.

    Raises:
        ObservationFaults: with every fault, each placed by line, or by sheet and cell, by unit and by input.
        RefusedError: if the methodology cannot be scored with; said before the table is looked at.
    """
    refuse_unsound(methodology)
    sheet = _held(table, methodology)
    chosen = _chosen(sheet, stage, period)
    made = _assessments(sheet, chosen, decimal)
    units = {unit.place.unit: unit for unit in chosen.values()}
    told = {(fault.place.unit, fault.place.at) for fault in sheet.faults} | sheet.unread | _meant(sheet.faults)
    try:
        board = reference_board(methodology, made, partial=partial, year=year)
    except ObservationFaults as error:
        for fault in error.exceptions:
            # What reading has told already, or what a misspelt column leads to, is not told a second time.
            place = fault.place if isinstance(fault, Fault) else Place()
            if isinstance(fault, Fault) and not {(place.unit, place.at), (None, place.at)} & told:
                where = units[place.unit].where(place.at) if place.unit in units else Place()
                sheet.faults.append(fault.within(file=table.name, line=where.line, sheet=where.sheet, cell=where.cell))
        raise ObservationFaults(f"{table.name} cannot be scored", sheet.faults) from None
    if sheet.faults:
        raise ObservationFaults(f"{table.name} cannot be read", sheet.faults)
    return board


def _meant(faults: Iterable[Fault]) -> set[tuple[str | None, str | None]]:
    """Return the inputs that misspelt words most likely stand for, by unit; None for those of a whole column."""
    found: set[tuple[str | None, str | None]] = set()
    for fault in faults:
        if fault.hint is not None:
            criterion, colon, _ = (fault.place.at or "").partition(":")
            found.add((fault.place.unit, f"{criterion}:{fault.hint}") if colon else (None, fault.hint))
    return found


def refuse_other_marks(decimal: str) -> None:
    if decimal not in {".", ","}:
        raise Fault(f"{decimal!r} is no decimal mark, expected '.' or ','", place=Place(at="decimal"))


def _held(table: Table, methodology: Methodology) -> Sheet:
    """Return a table held against the methodology."""
    read = read_long if "criterion" in table.columns else read_wide
    columns, sheet = read(table, methodology)
    if columns:
        _log.warning("%s: result columns passed over: %s", table.name, ", ".join(columns))
    return sheet


def _assessments(sheet: Sheet, chosen: Mapping[UnitKey, UnitRows], decimal: Mark) -> tuple[Assessment, ...]:
    """Return the assessments of the units chosen, noting all faults."""
    _check_marks(sheet, chosen, decimal)
    return tuple(_assessment(sheet, key, unit, decimal) for key, unit in chosen.items())


def _chosen(sheet: Sheet, stage: str | None, period: str | None) -> dict[UnitKey, UnitRows]:
    """Return the units of the stage and period wanted; a table that names neither is of the one wanted."""
    stages = [str(each) for each in Stage]
    if stage is not None and stage not in stages:
        message = f"{stage!r} is no stage, expected one of {', '.join(stages)}"
        sheet.fault(Place(file=sheet.table.name), message, near(stage, stages))
        return {}
    chosen = sheet.units
    for position, option, wanted in ((1, "stage", stage), (2, "period", period)):
        found = sorted({key[position] for key in chosen})
        listed = ", ".join(each or "(empty)" for each in found)
        if wanted is None and len(found) > 1:
            message = f"holds several {option}s ({listed}): choose one with {option}="
            sheet.fault(Place(file=sheet.table.name), message)
            return {}
        if wanted is None:
            continue
        if found == [""]:
            chosen = {_with(key, position, tidy(wanted)): unit for key, unit in chosen.items()}
        elif tidy(wanted) not in found:
            message = f"has no {option} {wanted!r}, found {listed}"
            sheet.fault(Place(file=sheet.table.name), message, near(wanted, found))
            return {}
        chosen = {key: unit for key, unit in chosen.items() if key[position] == tidy(wanted)}
    return chosen


def _input(sheet: Sheet, cell: Cell) -> Input | None:
    return sheet.methodology[cell.criterion].leaf_rule.input_by_name.get(cell.name)


def _check_marks(sheet: Sheet, units: Mapping[UnitKey, UnitRows], decimal: Mark) -> None:
    """Report a column written with the other mark, or with both, once and not cell by cell."""
    other = "," if decimal == "." else "."
    columns: dict[str, list[tuple[UnitRows, Cell]]] = {}
    for unit in units.values():
        for cell in unit.cells.values():
            known = _input(sheet, cell)
            if known is not None and known.numeric and (other in cell.value or decimal in cell.value):
                columns.setdefault(f"{cell.criterion}:{cell.name}", []).append((unit, cell))
    for column, cells in columns.items():
        wrong = [(unit, cell) for unit, cell in cells if other in cell.value]
        right = [cell for _, cell in cells if other not in cell.value]
        if wrong:
            _wrong_mark(sheet, column, [cell for _, cell in wrong], right, decimal)
        for unit, cell in wrong:
            del unit.cells[cell.criterion, cell.name]
            instead_of = sheet.methodology[cell.criterion].leaf_rule.input_by_name[cell.name].instead_of
            sheet.unread.update((cell.place.unit, f"{cell.criterion}:{name}") for name in (cell.name, *instead_of))


def _wrong_mark(sheet: Sheet, column: str, wrong: list[Cell], right: list[Cell], decimal: Mark) -> None:
    other = "," if decimal == "." else "."
    first = wrong[0]
    place = evolve(first.place, at=None)
    both = [cell for cell in wrong if decimal in cell.value]
    if both:
        message = f"column {column}: {both[0].value!r} holds both marks; write numbers without marks between thousands"
    else:
        count = f" in {len(wrong)} cells, first" if len(wrong) > 1 else ""
        message = f"column {column}: {first.value!r} is written with {other!r}{count} here; the mark is {decimal!r}"
        if right:
            message += f" and {right[0].value!r} ({right[0].place.spot}) has it: both marks in one column"
        else:
            message += f": say decimal={other!r} if the whole file is written so"
    sheet.fault(place, message)


def _assessment(sheet: Sheet, key: tuple[str, str, str], unit: UnitRows, decimal: Mark) -> Assessment:
    name, stage, period = key
    inputs: dict[str, dict[str, str]] = {}
    dropped: dict[str, NotApplicable] = {}
    for (criterion, input_name), cell in unit.cells.items():
        if input_name == NOT_APPLICABLE:
            dropped[criterion] = NotApplicable(cell.value)
            continue
        known = _input(sheet, cell)
        value = cell.value.replace(decimal, ".") if known is not None and known.numeric else cell.value
        inputs.setdefault(criterion, {})[input_name] = value
    for criterion in dropped.keys() & inputs.keys():
        sheet.fault(unit.cells[criterion, NOT_APPLICABLE].place, "is not applicable and has values too")
    observations = {**inputs, **dropped}
    _check_values(sheet, unit, inputs)
    groups = list(dict.fromkeys(unit.facts.get("group", [])))
    if len(groups) > 1:
        sheet.fault(unit.place, f"belongs to several groups: {', '.join(groups)}")
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


def _check_values(sheet: Sheet, unit: UnitRows, inputs: Mapping[str, Mapping[str, str]]) -> None:
    """Report, with their lines, the values that no rule can read."""
    for criterion, values in inputs.items():
        leaf = sheet.methodology[criterion]
        for fault in leaf.leaf_rule.read(values, leaf.max_points).faults:
            at = f"{criterion}:{fault.place.at}"
            cell = unit.cells.get((criterion, fault.place.at or ""))
            place = cell.place if cell is not None else unit.where(at)
            sheet.fault(evolve(place, at=at), fault.message, fault.hint)


def _with(key: UnitKey, position: int, value: str) -> UnitKey:
    name, stage, period = key
    return (name, value, period) if position == 1 else (name, stage, value)
