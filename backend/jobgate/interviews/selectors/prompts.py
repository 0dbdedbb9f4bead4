"""A recruiter's recording as the candidate's page plays it."""

from typing import Any

from jobgate.interviews.models import InterviewSession, Prompt
from jobgate.media import services as media
from jobgate.media.models import Recording

NOT_PLAYABLE: dict[str, Any] = {"url": None, "poster_url": None, "grant_expires_at": None}


def shape(prompt: Prompt | None, session: InterviewSession) -> dict[str, Any] | None:
    """Return the recording with a grant of this session's own to play it."""
    if prompt is None:
        return None
    recording = prompt.recording
    return {
        "id": prompt.id,
        "kind": "audio" if recording.has_audio and not recording.has_video else "video",
        "state": recording.state,
        "mime_type": recording.mime_type,
        "duration_ms": recording.duration_ms,
        "language": prompt.language,
        "captions": prompt.captions,
        "transcript": prompt.transcript,
        **_playing(recording, session),
    }


def _playing(recording: Recording, session: InterviewSession) -> dict[str, Any]:
    if recording.state != Recording.State.READY:
        return NOT_PLAYABLE
    found = media.playback(recording, session)
    return {name: found[name] for name in ("url", "poster_url", "grant_expires_at")}
