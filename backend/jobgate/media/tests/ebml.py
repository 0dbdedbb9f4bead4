"""Read the outline of a WebM file: just enough to see where its index lies."""

from pathlib import Path

SEGMENT, CLUSTER, CUES = 0x18538067, 0x1F43B675, 0x1C53BB6B


def _number(data: bytes, at: int, *, keep_marker: bool) -> tuple[int, int]:
    length = 9 - data[at].bit_length()
    value = int.from_bytes(data[at : at + length], "big")
    return (value if keep_marker else value & ((1 << 7 * length) - 1)), at + length


def top_elements(path: Path) -> list[int]:
    """Return the ids of the segment's children, in the order of the file."""
    data, at, found = path.read_bytes(), 0, []
    while at < len(data):
        identifier, at = _number(data, at, keep_marker=True)
        size, at = _number(data, at, keep_marker=False)
        if identifier == SEGMENT:
            continue
        found.append(identifier)
        at += size
    return found
