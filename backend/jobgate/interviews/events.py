"""What interviews do when media tells them that a recording came to an end."""

from uuid import UUID

from jobgate.core.background import enqueue
from jobgate.core.events import subscribe
from jobgate.interviews import lifecycle, tasks
from jobgate.interviews.logs import log
from jobgate.interviews.models import Take
from jobgate.interviews.services.faults import COUNTS_AS_ATTEMPT
from jobgate.media.events import RecordingFailed, RecordingImproved, RecordingReady
from jobgate.notifications.realtime import announce


@subscribe(RecordingReady)
def recording_ready(event: RecordingReady) -> None:
    """Tell the log and the open pages; no lock here, the recording's own is held."""
    take = _take_of(event.recording_id)
    if take is None:
        return
    log(take.session, "recording_ready", question=str(take.question_id))
    _tell(take)


@subscribe(RecordingImproved)
def recording_improved(event: RecordingImproved) -> None:
    """Tell the pages that show the answer."""
    take = _take_of(event.recording_id)
    if take is not None and hasattr(take, "response"):
        announce(take.organization_id, "response", take.response.id)


@subscribe(RecordingFailed)
def recording_failed(event: RecordingFailed) -> None:
    """Log why, and have the attempt given back when the candidate is not to blame."""
    take = _take_of(event.recording_id)
    if take is None:
        return
    reason = take.recording.reason
    if reason not in COUNTS_AS_ATTEMPT:
        lifecycle.note(take.session, trouble=True)
    log(take.session, "recording_failed", question=str(take.question_id), reason=reason)
    if reason not in COUNTS_AS_ATTEMPT:
        enqueue(
            tasks.give_back,
            organization_id=event.organization_id,
            take_id=take.id,
            reason=reason,
        )
    _tell(take)


def _take_of(recording_id: UUID) -> Take | None:
    rows = Take.objects.select_related("session", "recording", "response")
    return rows.filter(recording_id=recording_id).first()


def _tell(take: Take) -> None:
    lifecycle.changed(take.session)
    if hasattr(take, "response"):
        announce(take.organization_id, "response", take.response.id)
