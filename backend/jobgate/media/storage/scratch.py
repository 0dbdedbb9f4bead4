"""Folders for work in progress: each with an owner, and removed when the owner is dead."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from jobgate.media.locks import try_lock

WORK_PREFIX = "work-"
# A folder has this name until its lock is held: seen under the other, it always has an owner.
NEW_PREFIX = "new-"
# Less than it takes to notice a dead worker: its heir removes what it left.
NEW_SECONDS = 20
LOCK = "lock"


@contextmanager
def work_folder(folder: Path) -> Iterator[Path]:
    """Make a folder for this process, which holds its lock as long as it lives."""
    new = Path(mkdtemp(prefix=NEW_PREFIX, dir=folder))
    work = folder / new.name.replace(NEW_PREFIX, WORK_PREFIX, 1)
    try:
        with (new / LOCK).open("wb") as lock:
            try_lock(lock.fileno())
            new.rename(work)
            yield work
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def swept_folder(root: Path) -> Iterator[Path]:
    """Make a folder for this process where others have theirs, without what the dead left."""
    remove_dead_work(root)
    with work_folder(root) as folder:
        yield folder


def remove_dead_work(folder: Path) -> None:
    """Remove the work of processes that died: nobody holds its lock."""
    for work in [*folder.glob(f"{WORK_PREFIX}*"), *folder.glob(f"{NEW_PREFIX}*")]:
        # Another process may end and remove its own folder at any moment.
        with suppress(FileNotFoundError):
            if is_dead(work):
                shutil.rmtree(work, ignore_errors=True)


def is_dead(work: Path) -> bool:
    if work.name.startswith(NEW_PREFIX):
        return time.time() - work.stat().st_mtime > NEW_SECONDS
    try:
        with (work / LOCK).open("rb") as lock:
            return try_lock(lock.fileno())
    except FileNotFoundError:
        # Its owner, dead or not, was removing it already.
        return True
