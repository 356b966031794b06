"""What the arguments name: a methodology, a table of observations, the board that follows, and pairs from a file."""

from __future__ import annotations

import argparse
import csv
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from parindex import _catalog
from parindex._files.text import decode, read_text
from parindex._methodology.files import read_methodology
from parindex._numbers import parse_number
from parindex._paths import read_table
from parindex._scoring.engine import refuse_unsound
from parindex._scoring.observe import parse_table, score_table
from parindex._text import tidy
from parindex.errors import CatalogError, Fault, FileError, NumberError, ObservationFaults, ParindexError, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from fractions import Fraction

    from parindex._files.records import Table
    from parindex._methodology.methodology import Methodology
    from parindex._numbers import Mark
    from parindex._scoring.board import Scoreboard


def methodology_of(options: argparse.Namespace) -> Methodology:
    """Return the methodology that the first argument names."""
    return named(options.methodology, year=options.year, revision=options.revision)


def named(name: str, *, year: int | None = None, revision: int | None = None) -> Methodology:
    """Return the methodology of a name: an edition of the catalogue, or a file."""
    if name.endswith((".toml", ".json")) or os.sep in name or holds(Path(name), Path.exists):
        methodology = read_methodology(name)
        if year is not None and year not in methodology.years:
            years = ", ".join(map(str, methodology.years))
            raise CatalogError(f"{methodology.name} applies to {years}, not to {year}")
        if revision not in {None, methodology.revision}:
            raise CatalogError(f"{name} is revision {methodology.revision} of {methodology.name}, not {revision}")
        return methodology
    return _catalog.load(name, year=year, revision=revision)


def holds(path: Path, question: Callable[[Path], bool]) -> bool:
    """Return the answer to a question about a path; one that no file can have is no."""
    try:
        return question(path)
    except (OSError, ValueError):  # longer than the file system allows, or with a NUL
        return False


def input_of(options: argparse.Namespace, methodology: Methodology) -> tuple[Table, Mark]:
    """Return the table that the second argument names, and its decimal mark."""
    name = options.input
    if name.startswith(_catalog.EXAMPLE):
        return parse_table(_catalog.example(name), name=name), "."
    if name != "-":
        return read_table(name, methodology, decimal=options.decimal), options.decimal
    if sys.stdin is None:
        raise FileError("-: there is no standard input")
    return parse_table(decode(sys.stdin.buffer.read(), name="-"), name=name), options.decimal


def board_of(options: argparse.Namespace) -> Scoreboard:
    """Return the board of the methodology and the table that the arguments name."""
    methodology = methodology_of(options)
    refuse_unsound(methodology)
    table, decimal = input_of(options, methodology)
    return score_table(
        table,
        methodology,
        decimal=decimal,
        stage=options.stage,
        period=options.period,
        partial=options.partial,
        year=options.year,
    )


def boards_of(options: argparse.Namespace) -> dict[str, Scoreboard]:
    """Return the board of every period that the input holds of the stage, as far as its inputs are known.

    Raises:
        ObservationFaults: with the faults of all periods.
    """
    methodology = methodology_of(options)
    refuse_unsound(methodology)
    table, decimal = input_of(options, methodology)
    staged = [row for row in table.rows if options.stage is None or row.cells.get("stage", "") in {"", options.stage}]
    boards: dict[str, Scoreboard] = {}
    faults: dict[str, ParindexError] = {}
    stated = dict.fromkeys(row.cells.get("period", "") for row in staged)
    if "" in stated and len(stated) > 1:
        first = next(row for row in staged if not row.cells.get("period", ""))
        message = "has no period, and other rows have one: name the period of every row"
        raise ObservationFaults(
            f"{table.name} cannot be scored", [Fault(message, place=first.place(table.name, "period"))]
        )
    for period in stated:
        try:
            boards[period] = score_table(
                table,
                methodology,
                decimal=decimal,
                stage=options.stage,
                period=period or None,
                partial=True,
                year=options.year,
            )
        except ObservationFaults as error:
            faults.update((str(fault), fault) for fault in error.exceptions if isinstance(fault, ParindexError))
    if not boards and not faults:
        faults["none"] = Fault(f"holds no observations of stage {options.stage}", place=Place(file=table.name))
    if faults:
        raise ObservationFaults(f"{table.name} cannot be scored", list(faults.values()))
    return boards


EARLIER: Final = ("before_stage", "before_period", "before_year", "before_revision", "before_methodology")
"""What may be said of an earlier result alone."""


def on_input_once(*names: str | None) -> None:
    """Raise an error if several of the files named are standard input, which can be read once."""
    if names.count("-") > 1:
        raise ParindexError("standard input cannot be both results: name a file for one of them")


def earlier_of(options: argparse.Namespace, name: str) -> Scoreboard:
    """Return the earlier board: of the same methodology, stage and period unless another was named."""
    own = argparse.Namespace(**vars(options))
    own.input = name
    own.stage = options.before_stage or options.stage
    own.period = options.before_period or options.period
    own.year = options.before_year or options.year
    if options.before_methodology is not None:
        own.methodology, own.year = options.before_methodology, options.before_year
        own.revision = options.before_revision
    elif options.before_revision is not None:
        own.revision = options.before_revision
    return board_of(own)


def pairs_of(name: str | None, expected: str) -> dict[str, str] | None:
    """Return what a CSV file of two columns says; blank lines say nothing.

    Raises:
        FileError: for a line with more or fewer columns, and a name that stands twice.
    """
    if name is None:
        return None
    pairs: dict[str, str] = {}
    for line, row in enumerate(csv.reader(read_text(name).splitlines()), 1):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != 2:
            raise FileError(f"{name} line {line}: expected two columns, {expected}")
        if tidy(row[0]) in pairs:
            raise FileError(f"{name} line {line}: {tidy(row[0])!r} stands twice")
        pairs[tidy(row[0])] = row[1]
    return pairs


@contextmanager
def in_file(at: str, name: str | None) -> Iterator[None]:
    """Say of faults that stand at *at* which file they are in."""
    try:
        yield
    except ObservationFaults as error:
        placed = [
            fault.within(file=name) if isinstance(fault, Fault) and fault.place.at == at else fault
            for fault in error.exceptions
            if isinstance(fault, ParindexError)
        ]
        raise ObservationFaults(error.message, placed) from None


def numbers_of(name: str | None, expected: str, mark: Mark) -> dict[str, Fraction] | None:
    """Return what a CSV file of names and numbers says, the numbers written with the decimal *mark*.

    Raises:
        ObservationFaults: for everything that is no number, each with its name.
    """
    pairs = pairs_of(name, expected)
    if pairs is None:
        return None
    found, faults = {}, []
    for key, text in pairs.items():
        try:
            found[key] = parse_number(text, mark=mark)
        except NumberError as error:
            faults.append(Fault(str(error), place=Place(file=name, unit=key)))
    if faults:
        raise ObservationFaults(f"{name}: expected {expected}", faults)
    return found
