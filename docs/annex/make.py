"""Make the Excel and the Word file of the annex in the tutorial from its CSV file: python docs/annex/make.py."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import docx
import xlsxwriter
from docx.enum.text import WD_ALIGN_PARAGRAPH

HERE = Path(__file__).parent
WIDTHS = (6, 44, 10, 40, 16, 12)
MADE = datetime(2025, 1, 15, tzinfo=UTC).replace(tzinfo=None)
"""Stands in the files, so that making them again changes little."""


def rows_of(path: Path) -> list[list[str]]:
    """Return the records of the CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def is_across(row: list[str]) -> bool:
    """Return whether a row is one text across the table."""
    return bool(row[0]) and len(row[0]) > 5 and not any(row[1:])


def write_excel(rows: list[list[str]], path: Path) -> None:
    """Write the workbook; texts across the table are merged cells, and so are the total and its first column."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet("Phụ lục")
    box = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
    bold = book.add_format({"border": 1, "bold": True, "text_wrap": True, "align": "center"})
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    for number, row in enumerate(rows):
        if is_across(row):
            sheet.merge_range(number, 0, number, len(row) - 1, row[0], bold)
        elif row[1] == "TỔNG CỘNG":
            sheet.merge_range(number, 0, number, 1, row[1], bold)
            for at in range(2, len(row)):
                sheet.write_string(number, at, row[at], bold)
        else:
            for at, cell in enumerate(row):
                sheet.write_string(number, at, cell, box)
    book.close()


def write_word(rows: list[list[str]], path: Path) -> None:
    """Write the document: texts across the table are paragraphs beside it, the total is a merged cell."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = MADE
    table = None
    for row in rows:
        if is_across(row):
            document.add_paragraph(row[0]).alignment = WD_ALIGN_PARAGRAPH.CENTER
            continue
        if table is None:
            table = document.add_table(rows=0, cols=len(row), style="Table Grid")
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
        if row[1] == "TỔNG CỘNG":
            cells[1].text = ""
            cells[0].merge(cells[1]).text = row[1]
    document.save(str(path))


if __name__ == "__main__":
    annex = rows_of(HERE / "phu-luc.csv")
    write_excel(annex, HERE / "phu-luc.xlsx")
    write_word(annex, HERE / "phu-luc.docx")
