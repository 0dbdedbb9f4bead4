"""Text in columns, as spreadsheets of every kind and country write it."""

import csv
from collections.abc import Iterator

# A row: its number as a person counts, and its cells.
Row = tuple[int, list[str]]

_SEPARATORS = ";,\t|"
# How many lines a quoted cell may span: further on, it is a quote that was never closed.
_MOST_SPANNED = 5
_LONGEST_LINE = 10_000


def text_of(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or Windows-1252, whichever it is."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:400]:
        # Two bytes a letter, without the mark that says so.
        order = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        return data.decode(order, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def rows_of_text(text: str) -> Iterator[Row]:
    """Give the rows that are not empty."""
    lines = [line[:_LONGEST_LINE] for line in text.replace("\r\n", "\n").split("\n")]
    lines = [part for line in lines for part in line.split("\r")]
    first = 0
    if lines and lines[0].lower().startswith("sep="):
        separator, first = lines[0][4:5] or ";", 1
    else:
        separator = _separator(lines)
    yield from _rows(lines, separator, first)


def _separator(lines: list[str]) -> str:
    """Return what parts the cells of the first line that says anything."""
    said = next((line for line in lines if line.strip()), "")
    return max(_SEPARATORS, key=said.count) if said else ";"


def _rows(lines: list[str], separator: str, first: int) -> Iterator[Row]:
    width, index = 0, first
    while index < len(lines):
        cells, used = _cells(lines, index, separator, width)
        if any(cell.strip() for cell in cells):
            width = width or len(cells)
            yield index + 1, cells
        index += used


def _cells(lines: list[str], index: int, separator: str, width: int) -> tuple[list[str], int]:
    """Return the cells of the row that begins here, and how many lines it takes."""
    line = lines[index]
    if line.count('"') % 2 == 0:
        return _split([line], separator), 1
    for spanned in range(2, _MOST_SPANNED + 1):
        record = lines[index : index + spanned]
        if "".join(record).count('"') % 2 == 0:
            cells = _split([f"{part}\n" for part in record], separator)
            # A cell of several lines makes the row whole; a stray quote swallows other people.
            if len(cells) == width and "".join(record).count("@") <= 1:
                return cells, spanned
            break
    return [cell.replace('"', "") for cell in line.split(separator)], 1


def _split(record: list[str], separator: str) -> list[str]:
    return next(csv.reader(record, delimiter=separator, skipinitialspace=True), [])
