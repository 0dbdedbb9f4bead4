"""Turn a received file into a playable one. May be cut off anywhere and run again."""

import hashlib
import hmac
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import structlog

from jobgate.media import lifecycle, program, storage
from jobgate.media.child.outcomes import Outcome
from jobgate.media.locks import try_lock
from jobgate.media.models import Recording

log = structlog.get_logger("jobgate.media")

WORK_PREFIX = "work-"
LOCK = "lock"
UNLOCKED_SECONDS = 60
# Clocks, the last chunk and padded frames: a recording stopped in time is not too long.
DURATION_GRACE_MS = 30_000
FILE_BYTES_SPARE = 64 * 1024 * 1024
FACTS = ("duration_ms", "width", "height", "frame_rate", "has_video", "has_audio")
EXTENSIONS = {"video/mp4": "mp4", "audio/mp4": "mp4", "video/webm": "webm", "audio/webm": "webm"}


class NoRoom(Exception):
    """The disk is full: the job is tried again later."""


def process(recording: Recording) -> None:
    """Verify the file, then make the playable copy; each step is skipped when it was done."""
    try:
        verify(recording)
        recording.refresh_from_db()
        if recording.state == Recording.State.VERIFIED:
            prepare(recording)
    except FileNotFoundError:
        log.exception("original_missing", recording=str(recording.id))
        lifecycle.mark_failed(recording.id, Recording.Reason.MISSING)


def verify(recording: Recording) -> None:
    """Compare the stored file's hash with the one that the sender claims."""
    if recording.state != Recording.State.RECEIVED:
        return
    with original(recording).open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    claimed = recording.claimed_sha256
    if claimed and not hmac.compare_digest(claimed, sha256):
        lifecycle.mark_rejected(recording.id, Recording.Reason.HASH_MISMATCH, sha256=sha256)
        return
    lifecycle.mark_verified(recording.id, sha256=sha256)


def prepare(recording: Recording) -> None:
    """Make the copy and the poster in a folder aside, then give them their names."""
    folder = original(recording).parent
    remove_dead_work(folder)
    with work_folder(folder) as work:
        result = run_program(recording, work)
        if result.outcome is Outcome.OK:
            finish(recording, work, result.facts)
        else:
            refuse(recording, result)


def run_program(recording: Recording, work: Path) -> program.Result:
    source = original(recording)
    limits = {
        "duration_ms": recording.max_duration_seconds * 1000 + DURATION_GRACE_MS,
        "file_bytes": source.stat().st_size * 2 + FILE_BYTES_SPARE,
    }
    return program.run(
        "prepare", limits=limits, source=source, target=work / "copy", poster=work / "poster"
    )


def finish(recording: Recording, work: Path, facts: Any) -> None:
    """Publish the files first, the row last: a row never names a file that is not there."""
    derivative = name(recording, f"play.{EXTENSIONS[facts['mime']]}")
    storage.publish(work / "copy", storage.path_of(derivative))
    poster = ""
    if facts["has_video"]:
        poster = name(recording, "poster.jpg")
        storage.publish(work / "poster", storage.path_of(poster))
    columns = {column: facts[column] for column in FACTS} | {"mime_type": facts["mime"]}
    lifecycle.mark_ready(recording.id, derivative=derivative, poster=poster, facts=columns)


def refuse(recording: Recording, result: program.Result) -> None:
    """Note why there is no copy; raise NoRoom where trying again can help."""
    log.warning(
        "not_prepared", recording=str(recording.id), outcome=result.outcome, detail=result.detail
    )
    if result.outcome is Outcome.DISK_FULL:
        raise NoRoom
    mark = lifecycle.mark_rejected if result.fault_of_the_file else lifecycle.mark_failed
    mark(recording.id, Recording.Reason(result.outcome))


def original(recording: Recording) -> Path:
    return storage.path_of(name(recording, storage.ORIGINAL))


def name(recording: Recording, file: str) -> str:
    return storage.name_of(recording.organization_id, recording.id, file)


@contextmanager
def work_folder(folder: Path) -> Iterator[Path]:
    """Make a folder for this process, which holds its lock as long as it lives."""
    work = Path(mkdtemp(prefix=WORK_PREFIX, dir=folder))
    try:
        with (work / LOCK).open("wb") as lock:
            try_lock(lock.fileno())
            yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def remove_dead_work(folder: Path) -> None:
    """Remove the work of processes that died: nobody holds its lock."""
    for work in folder.glob(f"{WORK_PREFIX}*"):
        try:
            with (work / LOCK).open("rb") as lock:
                dead = try_lock(lock.fileno())
        except FileNotFoundError:
            # Another process may be about to lock its new folder.
            dead = time.time() - work.stat().st_mtime > UNLOCKED_SECONDS
        if dead:
            shutil.rmtree(work, ignore_errors=True)
