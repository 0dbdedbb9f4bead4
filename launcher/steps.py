"""Steps that are done once: each is stamped by a hash of what it depends on."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from launcher import say
from launcher.failure import need_room

SKIPPED_FOLDERS = {"node_modules", "dist", "__pycache__", "coverage", ".vite", "test-results"}


def files_below(folder: Path, suffixes: tuple[str, ...] = ()) -> Iterator[Path]:
    """Yield the files below a folder in a stable order, without what is built."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - SKIPPED_FOLDERS)
        for name in sorted(names):
            if name.endswith(suffixes or ""):
                yield Path(parent, name)


def fingerprint(facts: Iterable[str], files: Iterable[Path] = ()) -> str:
    """Return a hash of facts and of the names and contents of files."""
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(fact.encode() + b"\0")
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


@dataclass(frozen=True)
class Step:
    """Something to do when `depends_on` changed or when what it makes is gone."""

    name: str
    title: str
    depends_on: str
    makes: Path
    megabytes: int
    action: Callable[[], None]


def is_done(stamps: Path, step: Step) -> bool:
    """Tell whether the step was done for the same inputs and its result is still there."""
    stamp = stamps / step.name
    return stamp.is_file() and stamp.read_text() == step.depends_on and step.makes.exists()


def do(stamps: Path, step: Step) -> bool:
    """Do the step unless it is done; return whether it was."""
    if is_done(stamps, step):
        return False
    stamp = stamps / step.name
    stamp.unlink(missing_ok=True)
    need_room(step.makes, step.megabytes)
    with say.step(step.title):
        step.action()
    write_stamp(stamps, step.name, step.depends_on)
    return True


def write_stamp(stamps: Path, name: str, value: str) -> None:
    """Record a step as done, whole or not at all."""
    stamps.mkdir(parents=True, exist_ok=True)
    fresh = stamps / f"{name}.new"
    fresh.write_text(value)
    fresh.replace(stamps / name)
