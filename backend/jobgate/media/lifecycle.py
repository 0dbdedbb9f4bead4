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
from jobgate.media.events import (
    RecordingFailed,
    RecordingImproved,
    RecordingReady,
    RecordingVerified,
)
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


@transaction.atomic
def note_extras(
    recording_id: UUID, outcome: str, *, storyboard: str = "", facts: Mapping[str, Any]
) -> bool:
    """Note what makes a ready recording pleasant to look through, or why it is not there."""
    recording = locked(recording_id)
    if recording.state != State.READY or recording.extras_outcome:
        return False
    recording.extras_outcome, recording.storyboard = outcome, storyboard
    _improve(recording, facts)
    return True


@transaction.atomic
def mark_portable(recording_id: UUID, *, derivative: str, facts: Mapping[str, Any]) -> bool:
    """Let the copy that plays everywhere take the place of the first, in one update.

    Players may hold the first one open: it stays for a while under `replaced`.
    """
    recording = locked(recording_id)
    if recording.state != State.READY or recording.plays_everywhere:
        return False
    if derivative != recording.derivative:
        recording.replaced, recording.replaced_at = recording.derivative, clock.now()
        recording.derivative = derivative
    recording.portable_outcome = "ok"
    _improve(recording, facts)
    return True


@transaction.atomic
def give_up_portable(recording_id: UUID, outcome: str) -> None:
    """Note why there will be no copy that plays everywhere."""
    recording = locked(recording_id)
    recording.portable_outcome = recording.portable_outcome or outcome
    recording.save(update_fields=["portable_outcome"])


def mark_rejected(recording_id: UUID, reason: Recording.Reason, *, sha256: str = "") -> bool:
    """Refuse the recording: the file itself cannot be used."""
    return _refuse(recording_id, State.REJECTED, reason, sha256)


def mark_failed(recording_id: UUID, reason: Recording.Reason) -> bool:
    """Give up on the recording: the fault is ours, the file may be good."""
    return _refuse(recording_id, State.FAILED, reason, "")


@transaction.atomic
def count_fault(recording_id: UUID) -> int:
    """Count a technical fault in preparing the recording; return how many there were."""
    recording = locked(recording_id)
    recording.faults += 1
    recording.save(update_fields=["faults"])
    return recording.faults


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


def _improve(recording: Recording, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        setattr(recording, name, value)
    recording.save()
    publish(RecordingImproved(recording.organization_id, recording.id))


def _enter(recording: Recording, state: Recording.State) -> None:
    recording.state = state
    recording.state_changed_at = clock.now()
    recording.save()
