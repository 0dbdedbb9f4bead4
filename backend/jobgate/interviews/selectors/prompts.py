"""A recruiter's recording, for those who set up a campaign and for those who answer."""

from typing import Any

from jobgate.interviews.models import InterviewSession, Prompt
from jobgate.media import services as media
from jobgate.media.models import Recording

NOT_PLAYABLE: dict[str, Any] = {"url": None, "poster_url": None, "grant_expires_at": None}


def for_team(prompt: Prompt, actor: media.Actor) -> dict[str, Any]:
    """Return the recording for a member, and why it cannot be played where that is so."""
    recording = prompt.recording
    reason = recording.get_reason_display() if recording.reason else None
    return {**_shape(prompt, actor), "reason_text": reason}


def shape(prompt: Prompt | None, session: InterviewSession) -> dict[str, Any] | None:
    """Return the recording with a grant of this session's own to play it."""
    return None if prompt is None else _shape(prompt, session)


def _shape(prompt: Prompt, actor: media.Actor) -> dict[str, Any]:
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
        **_playing(recording, actor),
    }


def _playing(recording: Recording, actor: media.Actor) -> dict[str, Any]:
    if recording.state != Recording.State.READY:
        return NOT_PLAYABLE
    found = media.playback(recording, actor)
    return {name: found[name] for name in ("url", "poster_url", "grant_expires_at")}
