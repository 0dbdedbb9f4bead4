"""Gather what comes in, so that a thread writes it at one stroke.

A write may take long, for fresh memory or for the file system's journal, which others' syncs keep
busy: on the event loop everybody would wait with it.
"""

import os
import threading
import time

from jobgate.media.upload.direct import write_all

# Of one upload: more than a second's piece.
MOST_BYTES = 256 * 1024
# Of all together: on slow lines many are in the middle of a piece at any moment.
MOST_BYTES_OF_ALL = 16 * 1024 * 1024
# A sender that stalls in the middle of a piece may never come back.
MOST_SECONDS = 0.5
# What one call takes at most, by POSIX.
MOST_PARTS = 1024


class Gathered:
    """The next bytes of one file, in memory. `descriptor` is open to append.

    The event loop adds; threads write, several at once if need be, in the order of what was added.
    """

    _of_all = 0
    _counting = threading.Lock()

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.parts: list[bytes] = []
        # Of what is not in the file yet.
        self.length = 0
        self.since = 0.0
        self.failed: OSError | None = None
        self.closed = False
        self._adding = threading.Lock()
        self._writing = threading.Lock()

    def add(self, data: bytes) -> None:
        with self._adding:
            if not self.parts:
                self.since = time.monotonic()
            self.parts.append(data)
            self.length += len(data)
        self._count(len(data))

    def due(self) -> bool:
        return self.length >= MOST_BYTES or (
            self.length > 0 and Gathered._of_all > MOST_BYTES_OF_ALL
        )

    def overdue(self) -> bool:
        return bool(self.parts) and time.monotonic() - self.since > MOST_SECONDS

    def write(self) -> None:
        """Append all to the file; after a failure nothing more, for it would leave a hole."""
        with self._writing:
            if self.failed:
                raise self.failed
            if self.closed:
                return
            with self._adding:
                parts, self.parts = self.parts, []
            try:
                _append(self.descriptor, parts)
            except OSError as error:
                self.failed = error
                raise
            finally:
                self._forget(sum(map(len, parts)))

    def finish(self) -> None:
        self.write()

    def close(self) -> None:
        with self._writing:
            self.closed = True
            self.parts = []
            self._forget(self.length)

    def _forget(self, length: int) -> None:
        with self._adding:
            self.length -= length
        self._count(-length)

    @classmethod
    def _count(cls, change: int) -> None:
        with cls._counting:
            cls._of_all += change


def _append(descriptor: int, parts: list[bytes]) -> None:
    written = 0
    # Windows has no such call.
    if hasattr(os, "writev") and 0 < len(parts) <= MOST_PARTS:
        written = os.writev(descriptor, parts)
    if written < sum(map(len, parts)):
        write_all(descriptor, memoryview(b"".join(parts))[written:])
