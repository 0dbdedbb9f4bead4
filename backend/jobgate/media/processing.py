"""Turn a received file into a playable one. May be cut off anywhere and run again."""

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ParamSpec

import structlog
from django.db import transaction

from jobgate.media import lifecycle, program, services, storage
from jobgate.media.child.outcomes import Outcome
from jobgate.media.models import Recording
from jobgate.media.storage.scratch import remove_dead_work, work_folder
from jobgate.media.upload.store import store

log = structlog.get_logger("jobgate.media")

P = ParamSpec("P")
TO_PREPARE = frozenset({Recording.State.RECEIVED, Recording.State.VERIFIED})

# A technical fault (memory, time, a crash) is tried again: it may pass with the load.
TRIES = 3
# Clocks, the last chunk and padded frames: a recording stopped in time is not too long.
DURATION_GRACE_MS = 30_000
FILE_BYTES_SPARE = 64 * 1024 * 1024
FACTS = ("duration_ms", "width", "height", "frame_rate", "has_video", "has_audio")
EXTENSIONS = {"video/mp4": "mp4", "audio/mp4": "mp4", "video/webm": "webm", "audio/webm": "webm"}


class TryAgain(Exception):
    """Raised where the same file may well be prepared later; the job is run again."""


class NoRoom(TryAgain):
    """The disk is full."""


def process(recording: Recording) -> None:
    """Verify the file while the playable copy is made; each step is skipped when it was done.

    Raises:
        TryAgain: a fault of this machine that may pass.
    """
    clear_up(recording)
    if recording.state not in TO_PREPARE:
        return
    try:
        with original(recording) as source:
            verify_and_prepare(recording, source)
    except storage.FileMissing:
        log.error("original_missing", recording=str(recording.id))
        lifecycle.mark_failed(recording.id, Recording.Reason.MISSING)


def verify_and_prepare(recording: Recording, source: Path) -> None:
    """Make the copy and the poster in a folder aside; they get their names if the hash is right."""
    with work_on(recording) as work, beside(run_program, recording, source, work) as prepared:
        verify(recording, source)
        recording.refresh_from_db()
        if recording.state == Recording.State.VERIFIED:
            conclude(recording, work, prepared.result())


@contextmanager
def beside(
    function: Callable[P, program.Result], *args: P.args, **kwargs: P.kwargs
) -> Iterator["Future[program.Result]"]:
    """Run the function in a thread during the block; it ends before the block does."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(function, *args, **kwargs)


def verify(recording: Recording, source: Path) -> None:
    """Compare the stored file's hash with the one that the sender claims."""
    if recording.state != Recording.State.RECEIVED:
        return
    with source.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    claimed = recording.claimed_sha256
    if claimed and not hmac.compare_digest(claimed, sha256):
        lifecycle.mark_rejected(recording.id, Recording.Reason.HASH_MISMATCH, sha256=sha256)
        return
    lifecycle.mark_verified(recording.id, sha256=sha256)


def conclude(recording: Recording, work: Path, result: program.Result) -> None:
    if result.outcome is Outcome.OK:
        finish(recording, work, result.facts)
    else:
        refuse(recording, result)


def run_program(recording: Recording, source: Path, work: Path) -> program.Result:
    limits = {
        "duration_ms": recording.max_duration_seconds * 1000 + DURATION_GRACE_MS,
        "file_bytes": source.stat().st_size * 2 + FILE_BYTES_SPARE,
    }
    # After a technical fault the recording matters more than its picture.
    poster = None if recording.faults else work / "poster"
    return program.run("prepare", limits=limits, source=source, target=work / "copy", poster=poster)


def finish(recording: Recording, work: Path, facts: Any) -> None:
    """Publish the files first, the row last: a row never names a file that is not there."""
    derivative = name(recording, file_name("play", facts))
    storage.files().publish(work / "copy", derivative)
    poster = ""
    if facts["has_poster"]:
        poster = name(recording, "poster.jpg")
        storage.files().publish(work / "poster", poster)
    columns = {column: facts[column] for column in FACTS} | columns_of(facts)
    with transaction.atomic():
        if lifecycle.mark_ready(recording.id, derivative=derivative, poster=poster, facts=columns):
            services.enqueue_improvements(recording, plays_everywhere=facts["plays_everywhere"])


def file_name(stem: str, facts: Mapping[str, Any]) -> str:
    return f"{stem}.{EXTENSIONS[facts['mime']]}"


def columns_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the row says of a copy."""
    return {
        "mime_type": facts["mime"],
        "video_codec": facts["video_codec"] or "",
        "audio_codec": facts["audio_codec"] or "",
        "plays_everywhere": facts["plays_everywhere"],
    }


def refuse(recording: Recording, result: program.Result) -> None:
    """Note why there is no copy; raise TryAgain where trying again can help."""
    log.warning(
        "not_prepared", recording=str(recording.id), outcome=result.outcome, detail=result.detail
    )
    reason = Recording.Reason(result.outcome)
    if result.outcome is Outcome.DISK_FULL:
        raise NoRoom
    if result.fault_of_the_file:
        lifecycle.mark_rejected(recording.id, reason)
    elif lifecycle.count_fault(recording.id) < TRIES:
        raise TryAgain(str(reason))
    else:
        lifecycle.mark_failed(recording.id, reason)


@contextmanager
def work_on(recording: Recording) -> Iterator[Path]:
    """Give a folder of this process's own."""
    with work_folder(work_root(recording)) as work:
        yield work


def clear_up(recording: Recording) -> None:
    """Remove the folders of processes that died, also of one that had done all but this."""
    remove_dead_work(work_root(recording))


def work_root(recording: Recording) -> Path:
    return storage.files().work_root(recording.organization_id, recording.id)


def original(recording: Recording) -> AbstractContextManager[Path]:
    """Give the path of the file as it came, for the length of a block; raise FileMissing."""
    return store.original(recording.organization_id, recording.id)


def name(recording: Recording, file: str) -> str:
    return storage.name_of(recording.organization_id, recording.id, file)
