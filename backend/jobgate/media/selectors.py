"""What others read of a recording."""

from jobgate.media.models import Recording


def reason_detail(recording: Recording) -> str | None:
    """Return why the recording cannot be played, in the active language; None if it can."""
    return str(Recording.Reason(recording.reason).label) if recording.reason else None


def is_processing(recording: Recording) -> bool:
    """Return whether the recording has arrived and is being prepared."""
    return recording.state in {Recording.State.RECEIVED, Recording.State.VERIFIED}
