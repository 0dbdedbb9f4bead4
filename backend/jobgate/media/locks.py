"""Lock an open file for one process, until it is closed or the process ends."""

import sys

if sys.platform == "win32":
    import msvcrt
    import os

    # Far behind any data, since Windows keeps others from reading a locked byte.
    LOCKED_BYTE = 1 << 62

    def try_lock(descriptor: int) -> bool:
        """Take the lock; return False while someone else has it."""
        os.lseek(descriptor, LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Take the lock; return False while someone else has it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
