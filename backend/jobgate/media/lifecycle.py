"""Change a recording's state: one function for each change, under the row's lock.

receiving → received → verified → ready, and from each of the first three → rejected | failed.
A change that was made already is not made again: each function says whether it made it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from jobgate.core import clock
from jobgate.core.events import publish
from jobgate.media.events import RecordingFailed, RecordingReady, RecordingVerified
from jobgate.media.models import Recording

State = Recording.State
UNFINISHED = (State.RECEIVING, State.RECEIVED, State.VERIFIED)


def locked(recording_id: UUID) -> Recording:
    """Return the row under a lock; the caller holds a transaction."""
    return Recording.objects.select_for_update().get(pk=recording_id)


@transaction.atomic
def mark_received(
    recording_id: UUID, *, byte_length: int, sha256: str, duration_ms: int | None
) -> bool:
    """Note that every byte is on disk; the hash and the duration are the sender's claims."""
    recording = locked(recording_id)
    if recording.state != State.RECEIVING:
        return False
    recording.byte_length = byte_length
    recording.claimed_sha256 = sha256
    recording.claimed_duration_ms = duration_ms
    recording.received_at = clock.now()
    _enter(recording, State.RECEIVED)
    return True


@transaction.atomic
def mark_verified(recording_id: UUID, *, sha256: str) -> bool:
    """Note the stored file's hash, equal to the claimed one if any was claimed."""
    recording = locked(recording_id)
    if recording.state != State.RECEIVED:
        return False
    recording.sha256 = sha256
    recording.verified_at = clock.now()
    _enter(recording, State.VERIFIED)
    publish(RecordingVerified(recording.organization_id, recording.id))
    return True


@transaction.atomic
def mark_ready(
    recording_id: UUID, *, derivative: str, poster: str, facts: Mapping[str, Any]
) -> bool:
    """Note that the checked copy is in the store under `derivative`."""
    recording = locked(recording_id)
    if recording.state != State.VERIFIED:
        return False
    recording.derivative, recording.poster = derivative, poster
    for name, value in facts.items():
        setattr(recording, name, value)
    recording.ready_at = clock.now()
    _enter(recording, State.READY)
    publish(RecordingReady(recording.organization_id, recording.id))
    return True


def mark_rejected(recording_id: UUID, reason: Recording.Reason, *, sha256: str = "") -> bool:
    """Refuse the recording: the file itself cannot be used."""
    return _refuse(recording_id, State.REJECTED, reason, sha256)


def mark_failed(recording_id: UUID, reason: Recording.Reason) -> bool:
    """Give up on the recording: the fault is ours, the file may be good."""
    return _refuse(recording_id, State.FAILED, reason, "")


@transaction.atomic
def _refuse(
    recording_id: UUID, state: Recording.State, reason: Recording.Reason, sha256: str
) -> bool:
    recording = locked(recording_id)
    if recording.state not in UNFINISHED:
        return False
    recording.reason = reason
    recording.sha256 = sha256 or recording.sha256
    recording.refused_at = clock.now()
    _enter(recording, state)
    publish(RecordingFailed(recording.organization_id, recording.id))
    return True


@transaction.atomic
def revoke_tokens(recording_id: UUID) -> int:
    """Make every token given so far useless; return the new generation."""
    recording = locked(recording_id)
    recording.generation += 1
    recording.save(update_fields=["generation"])
    return recording.generation


def _enter(recording: Recording, state: Recording.State) -> None:
    recording.state = state
    recording.state_changed_at = clock.now()
    recording.save()
