"""The first sheet of an Excel workbook: the values that it shows. No formula is ever computed."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException

from jobgate.interviews.errors import SheetUnreadable
from jobgate.interviews.sheets.text import Row

# A workbook of 10,000 people takes 5 MB once unpacked.
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 500
MOST_COLUMNS = 40

# What the reader raises on a file that is damaged or made to harm.
_DAMAGED = (
    AttributeError,
    DefusedXmlException,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OverflowError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def is_workbook(data: bytes) -> bool:
    """Return whether these are the bytes of a zip, which every .xlsx is."""
    return data.startswith(b"PK\x03\x04")


def rows_of_workbook(data: bytes, most: int) -> Iterator[Row]:
    """Give the rows of the first sheet that are not empty, the first `most` of them.

    Raises:
        SheetUnreadable: it is damaged, or far larger than it seems.
    """
    try:
        book = openpyxl.load_workbook(_checked(data), read_only=True, data_only=True)
        try:
            yield from _rows(book.worksheets[0], most)
        finally:
            book.close()
    except _DAMAGED as error:
        raise SheetUnreadable from error


def _rows(sheet: Any, most: int) -> Iterator[Row]:
    # What the file says of its own size may be wrong.
    sheet.reset_dimensions()
    given = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS, max_row=2 * most)
    for number, values in enumerate(given, 1):
        cells = [_shown(value) for value in values]
        if any(cells):
            yield number, cells


def _shown(value: Any) -> str:
    """Return a value as a person would read it: a telephone number has no decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _checked(data: bytes) -> io.BytesIO:
    """Return the same workbook, unpacked within bounds: its directory may lie about sizes."""
    left, checked = MOST_UNPACKED, io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(checked, "w") as kept:
        if len(given.infolist()) > MOST_PARTS:
            raise SheetUnreadable
        for part in given.infolist():
            with given.open(part) as opened:
                content = opened.read(left + 1)
            left -= len(content)
            if left < 0:
                raise SheetUnreadable
            kept.writestr(part.filename, content)
    checked.seek(0)
    return checked
