"""Errors that end the command with a sentence and a code."""

import errno
import shutil
from pathlib import Path

from launcher import codes


class Failure(Exception):
    """A reason to stop that is told to the person, never as a stack trace."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def existing_parent(path: Path) -> Path:
    """Return the nearest folder above `path` that is there."""
    while not path.exists():
        path = path.parent
    return path


def disk_full(path: Path) -> Failure:
    """Return the failure for a disk without room."""
    return Failure(
        codes.DISK_FULL,
        f"The disk of {path} is full. Make room, or set JOBGATE_HOME to a folder on another disk.",
    )


def need_room(path: Path, megabytes: int) -> None:
    """Stop early, and say so, when a step would not fit."""
    free = shutil.disk_usage(existing_parent(path)).free // 1_000_000
    if free < megabytes:
        raise Failure(
            codes.DISK_FULL,
            f"{path} has {free} MB free and this step needs {megabytes} MB. "
            "Make room, or set JOBGATE_HOME to a folder on another disk.",
        )


def is_disk_full(error: OSError) -> bool:
    """Tell whether the system refused for want of room."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)
