"""Read people from what somebody pastes or sends as a file: text in columns, or a workbook.

Nothing of this touches the database. A `Line` says what was read, and where.
"""

from jobgate.interviews.sheets.columns import Line, people
from jobgate.interviews.sheets.text import rows_of_text, text_of
from jobgate.interviews.sheets.workbook import is_workbook, rows_of_workbook

__all__ = ["Line", "is_workbook", "people", "rows_of_text", "rows_of_workbook", "text_of"]
