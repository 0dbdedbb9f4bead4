"""Make recordings, take them in, let them be played."""

from datetime import datetime, timedelta
from typing import Protocol, TypedDict, cast
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.urls import reverse

from jobgate.core import clock
from jobgate.core.background import enqueue
from jobgate.core.tenancy import current_organization_id
from jobgate.media import grants, lifecycle, storage
from jobgate.media.errors import TooLarge, UploadBusy, UploadIncomplete, UploadUnknown
from jobgate.media.models import Recording
from jobgate.media.storage.s3 import ADDRESS_SECONDS
from jobgate.media.upload import tokens
from jobgate.media.upload.store import LIFETIME, Upload, Writer, new_sidecar, store


class Actor(Protocol):
    """Whoever plays."""

    id: UUID


class Storyboard(TypedDict):
    """Small pictures in one, row by row: where it is and how it is cut."""

    url: str
    columns: int
    rows: int
    tile_width: int
    tile_height: int
    interval_seconds: float
    tiles: int


class Captions(TypedDict):
    """What is said, as WebVTT in one language."""

    url: str
    language: str
    label: str


class Playback(TypedDict):
    """Where to play a recording, and until when."""

    url: str
    poster_url: str | None
    storyboard: Storyboard | None
    captions: list[Captions]
    grant_expires_at: datetime


def create_recording(
    organization_id: UUID, *, max_bytes: int, max_duration_seconds: int
) -> Recording:
    """Make the row of a recording whose bytes are still to come."""
    now = clock.now()
    return Recording.objects.create(
        organization_id=organization_id,
        max_bytes=max_bytes,
        max_duration_seconds=max_duration_seconds,
        state_changed_at=now,
        upload_expires_at=now + LIFETIME,
    )


def upload_grant(
    recording: Recording, *, generation: int | None = None, expires_in: int | None = None
) -> str:
    """Return a token that lets its bearer write this recording for `expires_in` seconds."""
    return tokens.sign(
        recording_id=recording.id,
        organization_id=recording.organization_id,
        generation=recording.generation if generation is None else generation,
        max_bytes=recording.max_bytes,
        expires_in=tokens.LIFETIME if expires_in is None else timedelta(seconds=expires_in),
    )


def revoke_uploads(recording: Recording) -> None:
    """Make every token given so far useless, at once and in every process."""
    recording.generation = lifecycle.revoke_tokens(recording.id)
    enforce_revocation(recording)


def revoke_uploads_soon(recording: Recording) -> None:
    """Do so when the current transaction is kept: a worker tells those who write files."""
    # Here, since the task's module needs this one's neighbours.
    from jobgate.media.tasks import enforce_revocation

    lifecycle.revoke_tokens(recording.id)
    enqueue(
        enforce_revocation,
        organization_id=recording.organization_id,
        recording_id=recording.id,
    )


def enforce_revocation(recording: Recording) -> None:
    """Let those who write files know the generation of the row; a repeat changes nothing."""
    sidecar = new_sidecar(max_bytes=recording.max_bytes, generation=recording.generation)
    upload = store.create(recording.organization_id, recording.id, sidecar)
    with upload.take():
        upload.change(generation=recording.generation)


def allow_longer(recording: Recording, *, max_bytes: int, max_duration_seconds: int) -> None:
    """Let a recording under way become longer; what it may be already is not taken away."""
    recording.max_bytes = max(recording.max_bytes, max_bytes)
    recording.max_duration_seconds = max(recording.max_duration_seconds, max_duration_seconds)
    recording.save(update_fields=["max_bytes", "max_duration_seconds"])
    try:
        upload = store.get(recording.organization_id, recording.id)
        with upload.take():
            upload.change(max_bytes=recording.max_bytes)
    except (UploadUnknown, UploadBusy):
        # Nothing has come yet, or too much at this moment: the time holds all the same.
        return


def receive(
    recording: Recording, *, claimed_sha256: str = "", claimed_duration_ms: int | None = None
) -> None:
    """Take in a finished upload; a repeat changes nothing.

    Raises:
        UploadIncomplete: some bytes are not on disk.
    """
    if recording.state != Recording.State.RECEIVING:
        return
    try:
        upload = store.get(recording.organization_id, recording.id)
        with upload.take() as writer:
            _seal(upload, writer)
    except UploadUnknown as error:
        raise UploadIncomplete from error
    _take_in(recording, upload.offset(), claimed_sha256.lower(), claimed_duration_ms)


def receive_file(recording: Recording, file: "File[bytes]") -> None:
    """Take in a file that came whole, in one request."""
    if recording.state != Recording.State.RECEIVING:
        return
    if file.size > recording.max_bytes:
        raise TooLarge
    sidecar = new_sidecar(max_bytes=recording.max_bytes, generation=recording.generation)
    upload = store.create(recording.organization_id, recording.id, sidecar)
    with upload.take() as writer:
        writer.cut(0)
        for piece in file.chunks():
            writer.append(piece)
            if writer.due():
                writer.store()
        upload.change(length=writer.offset())
        _seal(upload, writer)
    _take_in(recording, file.size, "", None)


def playback(recording: Recording, actor: Actor) -> Playback:
    """Return where this person can play the recording for the next minutes.

    The caller has checked that they may; it is checked again whenever a byte is asked for.
    """
    grant = grants.sign(grants.Grant(actor.id, current_organization_id(), recording.id))
    return {
        "url": f"{_address(recording, 'video', grant)}&copy={file_of(recording.derivative)}",
        "poster_url": _address(recording, "poster", grant) if recording.poster else None,
        "storyboard": _storyboard(recording, grant),
        "captions": [],
        "grant_expires_at": clock.now() + _lifetime(),
    }


def file_to_play(recording: Recording, copy: str) -> tuple[str, str]:
    """Return the name and type of the copy that an address names, else of the present one.

    A player that began with a copy must get the rest of it from the same one.
    """
    replaced = recording.replaced
    if not replaced or copy != file_of(replaced):
        return recording.derivative, recording.mime_type
    kind = recording.mime_type.partition("/")[0]
    return replaced, f"{kind}/{replaced.rpartition('.')[2]}"


def file_of(name: str) -> str:
    return name.rpartition("/")[2]


def _storyboard(recording: Recording, grant: str) -> Storyboard | None:
    if not recording.storyboard_layout:
        return None
    url = _address(recording, "storyboard", grant)
    return cast("Storyboard", {"url": url, **recording.storyboard_layout})


def _seal(upload: Upload, writer: Writer) -> None:
    """Close a whole upload for good: what is hashed now stays as it is."""
    writer.sync()
    if not upload.is_whole():
        raise UploadIncomplete
    upload.change(sealed=True)


@transaction.atomic
def _take_in(recording: Recording, byte_length: int, sha256: str, duration_ms: int | None) -> None:
    received = lifecycle.mark_received(
        recording.id, byte_length=byte_length, sha256=sha256, duration_ms=duration_ms
    )
    recording.refresh_from_db()
    if received:
        enqueue_processing(recording)


def enqueue_processing(recording: Recording) -> None:
    """Have a worker prepare the recording; one at a time for each."""
    # Here, since the task's module needs this one's neighbours.
    from jobgate.media.tasks import process_recording

    enqueue(
        process_recording,
        organization_id=recording.organization_id,
        lock=job_lock(recording.id),
        recording_id=recording.id,
    )


def enqueue_improvements(recording: Recording, *, plays_everywhere: bool) -> None:
    """Have a worker add, when there is time, what a recording that is ready still lacks."""
    enqueue_extras(recording)
    if not plays_everywhere:
        enqueue_portable(recording)


def enqueue_extras(recording: Recording) -> None:
    from jobgate.media.tasks import add_extras

    lock = job_lock(recording.id, "extras")
    ids = {"organization_id": recording.organization_id, "recording_id": recording.id}
    enqueue(add_extras, lock=lock, **ids)


def enqueue_portable(recording: Recording) -> None:
    from jobgate.media.tasks import make_portable

    lock = job_lock(recording.id, "portable")
    ids = {"organization_id": recording.organization_id, "recording_id": recording.id}
    enqueue(make_portable, lock=lock, **ids)


def job_lock(recording_id: UUID, kind: str = "recording") -> str:
    return f"{kind}:{recording_id}"


def _lifetime() -> timedelta:
    """Return when to ask anew: browsers remember where a redirect led, and that ends earlier."""
    return timedelta(seconds=ADDRESS_SECONDS) if storage.in_bucket() else grants.LIFETIME


def _address(recording: Recording, kind: str, grant: str) -> str:
    return f"{reverse(f'recording-{kind}', args=[recording.id])}?grant={grant}"
