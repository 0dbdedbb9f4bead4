"""Gather what comes in, so that a thread writes it at one stroke.

A write may take long, for fresh memory or for the file system's journal, which others' syncs keep
busy: on the event loop everybody would wait with it.
"""

import os
import threading

from jobgate.media.upload.direct import write_all

# Of one upload: more than a second's piece.
MOST_BYTES = 256 * 1024
# Of all together: on slow lines many are in the middle of a piece at any moment.
MOST_BYTES_OF_ALL = 16 * 1024 * 1024
# What one call takes at most, by POSIX.
MOST_PARTS = 1024


class Gathered:
    """The next bytes of one file, in memory. `descriptor` is open to append."""

    _of_all = 0
    _lock = threading.Lock()

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.parts: list[bytes] = []
        self.length = 0

    def add(self, data: bytes) -> None:
        self.parts.append(data)
        self.length += len(data)
        self._count(len(data))

    def due(self) -> bool:
        return self.length >= MOST_BYTES or (
            self.length > 0 and Gathered._of_all > MOST_BYTES_OF_ALL
        )

    def write(self) -> None:
        """Append all to the file. What fails is forgotten: its sender was not told of it."""
        parts, self.parts = self.parts, []
        length, self.length = self.length, 0
        self._count(-length)
        written = 0
        # Windows has no such call.
        if hasattr(os, "writev") and 0 < len(parts) <= MOST_PARTS:
            written = os.writev(self.descriptor, parts)
        if written < length:
            write_all(self.descriptor, memoryview(b"".join(parts))[written:])

    def finish(self) -> None:
        self.write()

    def close(self) -> None:
        self._count(-self.length)
        self.parts, self.length = [], 0

    @classmethod
    def _count(cls, change: int) -> None:
        with cls._lock:
            cls._of_all += change
