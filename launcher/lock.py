"""One run at a time on the same data; the lock goes with the process that holds it."""

import os
import sys
from pathlib import Path
from typing import IO

from launcher import codes
from launcher.failure import Failure

if sys.platform != "win32":
    import fcntl


def take(file: Path, note: str) -> IO[str]:
    """Take the lock and keep it as long as the returned file is open."""
    file.parent.mkdir(parents=True, exist_ok=True)
    holder = file.open("a+", encoding="utf-8")
    if sys.platform != "win32":
        try:
            fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _taken(file) from error
    holder.truncate(0)
    holder.write(f"{os.getpid()}\n{note}\n")
    holder.flush()
    return holder


def _taken(file: Path) -> Failure:
    pid, note, *_ = [*file.read_text().splitlines(), "?", "?"]
    return Failure(
        codes.ALREADY_RUNNING,
        f"JOBGATE runs already on {file.parent.parent} (process {pid}: {note}). "
        "Stop that one, or set JOBGATE_HOME to another folder.",
    )
