"""What media tells those above."""

from dataclasses import dataclass
from uuid import UUID

from jobgate.core.events import Event


@dataclass(frozen=True)
class RecordingVerified(Event):
    """The file is stored whole, and its hash is the one that was claimed, if any was."""

    recording_id: UUID


@dataclass(frozen=True)
class RecordingReady(Event):
    """The recording can be played."""

    recording_id: UUID


@dataclass(frozen=True)
class RecordingImproved(Event):
    """A recording that was ready got more: a storyboard, or a copy that plays everywhere."""

    recording_id: UUID


@dataclass(frozen=True)
class RecordingFailed(Event):
    """The recording was refused, or could not be prepared; its row says why."""

    recording_id: UUID
