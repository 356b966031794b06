"""Observations by the path of their file: CSV, and workbooks where the extra for them is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex._files.text import read_bytes, read_text
from parindex._scoring.observe import parse_table, refuse_other_marks, table_assessments

if TYPE_CHECKING:
    from pathlib import Path

    from parindex._files.records import Table
    from parindex._methodology.methodology import Methodology
    from parindex._numbers import Mark
    from parindex._scoring.assessment import Assessment


def read_assessments(
    path: str | Path,
    methodology: Methodology,
    *,
    decimal: Mark = ".",
    stage: str | None = None,
    period: str | None = None,
) -> tuple[Assessment, ...]:
    """Return the assessments of a CSV file, long or wide, or of a workbook, in the order in which units first stand.

    A file whose name ends in ``.xlsx`` is a workbook: the form that ``parindex template`` writes, filled in, or a table
    typed into a sheet.

    Args:
        path: the file; comma, semicolon or tab separated, with or without a byte-order mark; or a workbook.
        methodology: whose criteria and inputs the columns name.
        decimal: the decimal mark of the file; in a workbook, of numbers that were typed as text.
        stage: which stage to take from a file that has several.
        period: which period to take from a file that has several.

    Raises:
        FileError: if the file cannot be read, or is no such table.
        ParindexError: if a workbook is read without the extra ``office``.
        ObservationFaults: with every fault, each placed by line, or by sheet and cell, by unit and by input.
    """
    refuse_other_marks(decimal)
    table = read_table(path, methodology, decimal=decimal)
    return table_assessments(table, methodology, decimal=decimal, stage=stage, period=period)


def read_table(path: str | Path, methodology: Methodology, *, decimal: Mark) -> Table:
    """Return the table of observations that a CSV file or a workbook holds, whatever it says."""
    if not is_workbook(path):
        return parse_table(read_text(path), name=str(path))
    from parindex.extras.office import workbook_table

    return workbook_table(read_bytes(path), methodology, name=str(path), decimal=decimal)


def is_workbook(path: str | Path) -> bool:
    """Return whether a file is a workbook by its name."""
    return str(path).casefold().endswith(".xlsx")
