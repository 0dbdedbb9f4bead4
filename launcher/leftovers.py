"""What a killed run left behind: find it by its pid file, and end it."""

import os
import signal
import time
from pathlib import Path

from launcher import commands

GRACE_SECONDS = 12.0


def command_line(pid: int) -> str | None:
    """Return the command line of a running process, or None when there is none."""
    if Path("/proc/self").exists():
        try:
            raw = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return None
        # A zombie has an empty one: it is gone but for its parent's notice.
        return raw.replace(b"\0", b" ").decode(errors="replace") or None
    return commands.answer(["ps", "-o", "command=", "-p", str(pid)]) or None


def is_running(pid: int, marks: tuple[str, ...]) -> bool:
    """Tell whether the process is there and is still the program it was; pids are used again."""
    line = command_line(pid)
    return line is not None and all(mark in line for mark in marks)


def wait_gone(pid: int, marks: tuple[str, ...], seconds: float) -> bool:
    """Wait until the process is gone; return whether it is."""
    end = time.monotonic() + seconds
    while is_running(pid, marks):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def end(pid: int, marks: tuple[str, ...], *signals: signal.Signals, group: bool = False) -> bool:
    """Send each signal in turn until the process is gone; return whether it is.

    With `group` it goes to all that the process started as well.
    """
    send = os.killpg if group and hasattr(os, "killpg") else os.kill
    for one in signals:
        if not is_running(pid, marks):
            break
        try:
            send(pid, one)
        except ProcessLookupError:
            break
        except PermissionError:
            return False
        wait_gone(pid, marks, GRACE_SECONDS)
    return not is_running(pid, marks)


def pid_in(file: Path) -> int | None:
    """Return the pid on the first line of a file."""
    try:
        return int(file.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def clear(folder: Path) -> None:
    """End the children that an earlier run left; their marks are on the second line."""
    for file in sorted(folder.glob("*.pid")):
        pid = pid_in(file)
        marks = tuple(file.read_text().splitlines()[1:])
        if pid is not None and marks:
            end(pid, marks, signal.SIGTERM, signal.SIGKILL, group=True)
        file.unlink(missing_ok=True)
