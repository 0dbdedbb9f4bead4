"""Make a long recording of a short one, as a browser would have written it, and cut it in seconds.

A WebM file from a recorder is a head (what the streams are) and clusters, each with a time of its
own and blocks that count from it. So a recording that begins with a key frame can follow itself:
its clusters again, with later times. Nothing is decoded. Ids: RFC 8794 and RFC 9559.
"""

from collections.abc import Iterator
from dataclasses import dataclass

SEGMENT, CLUSTER = 0x18538067, 0x1F43B675
TIMECODE, SIMPLE_BLOCK, BLOCK_GROUP, BLOCK = 0xE7, 0xA3, 0xA0, 0xA1
UNKNOWN = b"\x01" + b"\xff" * 7
# Between the last frame of a round and the first of the next.
FRAME_MS = 40


@dataclass(frozen=True)
class Element:
    """A piece of the file: `data` is all of it, its content begins at `start` in it."""

    identifier: int
    start: int
    data: bytes
    unknown: bool


@dataclass(frozen=True)
class Block:
    """A frame, counted from its cluster in milliseconds."""

    time: int
    data: bytes


@dataclass(frozen=True)
class Cluster:
    """Frames from one moment on, in milliseconds."""

    time: int
    blocks: tuple[Block, ...]

    def at(self, time: int) -> bytes:
        """Return how it begins when it stands at another moment."""
        return CLUSTER.to_bytes(4, "big") + UNKNOWN + b"\xe7\x88" + time.to_bytes(8, "big")


@dataclass(frozen=True)
class Recording:
    """A short recording, taken apart."""

    head: bytes
    clusters: tuple[Cluster, ...]

    @property
    def length(self) -> int:
        """Return how long one round takes, in milliseconds."""
        ends = (cluster.time + block.time for cluster in self.clusters for block in cluster.blocks)
        return max(ends) + FRAME_MS

    def pieces(self, seconds: float) -> list[bytes]:
        """Return what a recorder gives in so many seconds: a piece for each, the last shorter."""
        found: list[bytearray] = [bytearray(self.head)]
        for time, data in self._rounds(seconds * 1000):
            while time >= len(found) * 1000:
                found.append(bytearray())
            found[-1] += data
        return [bytes(piece) for piece in found]

    def _rounds(self, end: float) -> Iterator[tuple[int, bytes]]:
        begun = 0
        while True:
            for cluster in self.clusters:
                opening = cluster.at(begun + cluster.time)
                for block in cluster.blocks:
                    time = begun + cluster.time + block.time
                    if time >= end:
                        return
                    yield time, opening + block.data
                    opening = b""
            begun += self.length


def take_apart(data: bytes) -> Recording:
    """Return a recording's parts."""
    clusters: list[tuple[int, list[Block]]] = []
    head = b""
    for element in elements(data):
        if element.identifier == CLUSTER:
            clusters.append((0, []))
        elif not clusters:
            head += element.data
        elif element.identifier == TIMECODE:
            content = element.data[element.start :]
            clusters[-1] = (int.from_bytes(content, "big"), clusters[-1][1])
        elif element.identifier in {SIMPLE_BLOCK, BLOCK_GROUP}:
            clusters[-1][1].append(Block(block_time(element), element.data))
    return Recording(head, tuple(Cluster(time, tuple(blocks)) for time, blocks in clusters))


def elements(data: bytes) -> Iterator[Element]:
    """Yield the elements in the file's order; the segment and clusters without their content."""
    at = 0
    while at < len(data):
        identifier, width = number(data, at, keep_marker=True)
        size, more = number(data, at + width, keep_marker=False)
        start = width + more
        unknown = size == (1 << 7 * more) - 1
        if identifier == SEGMENT:
            # Of any length, whatever the recorder found out at its end.
            yield Element(identifier, start, data[at : at + width] + UNKNOWN, unknown=True)
            size = 0
        elif identifier == CLUSTER:
            yield Element(identifier, start, b"", unknown)
            size = 0
        else:
            yield Element(identifier, start, data[at : at + start + size], unknown)
        at += start + size


def number(data: bytes, at: int, *, keep_marker: bool) -> tuple[int, int]:
    """Return an EBML number and how many bytes it takes."""
    width = 9 - data[at].bit_length()
    value = int.from_bytes(data[at : at + width], "big")
    return (value if keep_marker else value & ((1 << 7 * width) - 1)), width


def block_time(element: Element) -> int:
    """Return a block's milliseconds after its cluster."""
    content = element.data[element.start :]
    if element.identifier == BLOCK_GROUP:
        inner = next(one for one in elements(content) if one.identifier == BLOCK)
        content = inner.data[inner.start :]
    _, width = number(content, 0, keep_marker=False)
    return int.from_bytes(content[width : width + 2], "big", signed=True)
