"""Workbooks (.xlsx): the form that an office fills in, and tables of observations typed into a sheet.

xlsxwriter writes them and python-calamine reads them; both come with the extra ``office``.
"""

from __future__ import annotations

from parindex.errors import ParindexError

try:
    from parindex.extras.office.form import form_workbook
    from parindex.extras.office.reading import workbook_table
except ImportError as error:
    raise ParindexError(f'workbooks need {error.name}: pip install "parindex[office]"') from None

__all__ = ["form_workbook", "workbook_table"]
