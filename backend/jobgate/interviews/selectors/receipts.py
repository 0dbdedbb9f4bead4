"""What was received of a candidate, as they read it."""

from datetime import datetime
from typing import Any

from jobgate.interviews import attachments
from jobgate.interviews.models import InterviewSession, VideoResponse
from jobgate.interviews.progress import Progress, is_spoilt
from jobgate.interviews.rules import Asked
from jobgate.media import services as media
from jobgate.media.models import Recording


def lines(session: InterviewSession) -> list[dict[str, Any]]:
    """Return what was received of each question, with its checksum, and where to fetch it."""
    progress = Progress(session)
    return [_line(progress, asked) for asked in progress.asked]


def _line(progress: Progress, asked: Asked) -> dict[str, Any]:
    response = progress.responses.get(asked.id)
    url, expires_at = _address(response, progress.session)
    opened = asked.id in progress.opened or response is not None
    return {
        "question_id": asked.id,
        "position": asked.position,
        "text": asked.text(progress.session.language) if opened else None,
        "url": url,
        "url_expires_at": expires_at,
        **(_received(response, asked) if response else UNANSWERED),
    }


UNANSWERED: dict[str, Any] = {
    "answer_kind": None,
    "state": "unanswered",
    "submitted_at": None,
    "upload": None,
    "sha256": None,
    "bytes": 0,
    "written": "",
    "chosen": [],
    "file_name": None,
    "given_back": False,
    "reason": None,
    "reason_text": None,
}


def _received(response: VideoResponse, asked: Asked) -> dict[str, Any]:
    recording = response.take.recording if response.take else None
    file = recording or response.attachment
    return {
        **UNANSWERED,
        "answer_kind": response.kind,
        "state": recording.state if recording else response.kind,
        "submitted_at": response.submitted_at,
        "upload": recording.id if recording else None,
        "sha256": (file.sha256 or None) if file else None,
        "bytes": (file.byte_length or 0) if file else 0,
        "written": response.written,
        "chosen": [asked.wording.choices[n] for n in response.chosen],
        "file_name": response.attachment.file_name if response.attachment else None,
        "given_back": is_spoilt(response),
        **(refusal(recording) if recording else {}),
    }


def refusal(recording: Recording) -> dict[str, Any]:
    """Return why a recording was refused, as a code and as a sentence."""
    return {
        "reason": recording.reason or None,
        "reason_text": recording.get_reason_display() if recording.reason else None,
    }


def _address(
    response: VideoResponse | None, session: InterviewSession
) -> tuple[str | None, datetime | None]:
    """Return where the candidate fetches their own answer, and until when."""
    if response is not None and response.attachment is not None:
        return attachments.address(response.attachment, session.id)
    if response is not None and response.take is not None:
        recording = response.take.recording
        if recording.state == Recording.State.READY:
            found = media.playback(recording, session)
            return found["url"], found["grant_expires_at"]
    return None, None
