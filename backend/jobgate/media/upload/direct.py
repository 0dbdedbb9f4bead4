"""Write large bodies past the page cache.

To keep a large body there costs the kernel more than all the rest of receiving it, and pushes out
what others read. So it is gathered in blocks, and each goes straight to the disk; what does not
fill a block, and small bodies, go the usual way. See open(2), `O_DIRECT`: place, length and memory
of such a write are multiples of the disk's block.
"""

import errno
import mmap
import os
from pathlib import Path
from queue import Empty, SimpleQueue

# As large as the blocks of any disk in use; a file system refuses where that is not so.
ALIGNMENT = 4096
BLOCK_BYTES = 1024 * 1024
# A block, and the piece that makes it full.
BUFFER_BYTES = 2 * BLOCK_BYTES
# A smaller body is not worth a buffer.
LARGE_BYTES = 2 * BLOCK_BYTES
# What all large bodies may hold in memory together; who comes later goes the usual way.
BUFFERS = 8
# Linux alone has it.
O_DIRECT: int = getattr(os, "O_DIRECT", 0)

# Made when first needed.
_buffers: SimpleQueue[mmap.mmap | None] = SimpleQueue()
for _ in range(BUFFERS):
    _buffers.put(None)


def write_all(descriptor: int, data: bytes | memoryview) -> None:
    """Write it all, however often that takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def forget(descriptor: int) -> None:
    """Have the page cache forget what is on the disk already, where the system can be asked to.

    A recording is read once more, by the worker, which reads ahead. Kept until then, each piece
    wants memory that nothing has used yet: on a virtual machine that costs more than all the rest
    of receiving it; given back at once, the next piece gets the same memory again.
    """
    if not hasattr(os, "posix_fadvise"):
        return
    size = os.fstat(descriptor).st_size
    # The page that is not full stays: the next piece goes on in it.
    os.posix_fadvise(descriptor, 0, size - size % ALIGNMENT, os.POSIX_FADV_DONTNEED)


def blocks_for(path: Path, descriptor: int) -> "Blocks | None":
    """Return a way past the page cache to the file's end, None where there is none."""
    if not O_DIRECT:
        return None
    try:
        buffer = _buffers.get_nowait()
    except Empty:
        return None
    try:
        buffer = buffer or mmap.mmap(-1, BUFFER_BYTES)
        direct = os.open(path, os.O_WRONLY | os.O_APPEND | O_DIRECT)
    except OSError:
        # The file system knows no such way, or there is no memory for it.
        _buffers.put(buffer)
        return None
    return Blocks(descriptor, direct, buffer)


class Blocks:
    """A body on its way to the end of a file. `descriptor` is the usual way, also to append."""

    def __init__(self, descriptor: int, direct: int, buffer: mmap.mmap) -> None:
        self.descriptor = descriptor
        self.direct = direct
        self.buffer = buffer
        # Of the buffer, what waits.
        self.length = 0
        self.lead = self._to_next_block()

    def add(self, data: bytes) -> None:
        """Take these bytes; OSError says what stopped it."""
        lead = data[: self.lead]
        write_all(self.descriptor, lead)
        self.lead -= len(lead)
        view = memoryview(data)[len(lead) :]
        while view:
            part = view[: BUFFER_BYTES - self.length]
            self.buffer[self.length : self.length + len(part)] = part
            self.length += len(part)
            view = view[len(part) :]
            if view:
                self.write()

    def due(self) -> bool:
        return self.length >= BLOCK_BYTES

    def write(self) -> None:
        """Write what fills blocks. What fails is forgotten: its sender was not told of it."""
        rest = self.length % ALIGNMENT
        whole, self.length = self.length - rest, 0
        with memoryview(self.buffer) as view:
            self._write(view[:whole])
            self.buffer[:rest] = view[whole : whole + rest]
        self.length = rest

    def finish(self) -> None:
        """Write all that is left."""
        self.write()
        rest, self.length = self.length, 0
        write_all(self.descriptor, self.buffer[:rest])
        self.lead = self._to_next_block()

    def close(self) -> None:
        os.close(self.direct)
        _buffers.put(self.buffer)

    def _write(self, whole: memoryview) -> None:
        while whole:
            try:
                written = os.write(self.direct, whole)
            except OSError as error:
                if error.errno != errno.EINVAL:
                    raise
                # The file system wants larger blocks.
                write_all(self.descriptor, whole)
                return
            whole = whole[written:]

    def _to_next_block(self) -> int:
        return -os.fstat(self.descriptor).st_size % ALIGNMENT
