"""Answers as reviewers see them."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from jobgate.accounts.models import User
from jobgate.interviews import access, attachments
from jobgate.interviews.models import Attachment, Evaluation, Take, VersionQuestion, VideoResponse
from jobgate.media import services as media
from jobgate.media.models import Recording

NOT_PLAYABLE: dict[str, Any] = {
    "url": None,
    "poster_url": None,
    "storyboard": None,
    "captions": [],
    "grant_expires_at": None,
}


def with_all(responses: QuerySet[VideoResponse], user_id: UUID) -> QuerySet[VideoResponse]:
    """Return the answers with all that `shape` reads, in two queries."""
    wording = VersionQuestion.objects.filter(
        version=OuterRef("session__version_id"), question=OuterRef("question_id")
    )
    own = Prefetch("evaluations", access.visible_evaluations(user_id), to_attr="visible")
    return (
        responses.select_related(
            "session__candidate", "session__campaign", "take__recording", "attachment"
        )
        .annotate(
            position=Subquery(wording.values("position")[:1]),
            text=Subquery(wording.values("text")[:1]),
            choices=Subquery(wording.values("choices")[:1]),
        )
        .prefetch_related(own)
    )


def shape(response: Any, actor: User) -> dict[str, Any]:
    """Return an answer as the API shows it; `response` comes from `with_all`."""
    session, candidate = response.session, response.session.candidate
    visible: list[Evaluation] = response.visible
    return {
        "id": response.id,
        "session_id": session.id,
        "candidate": {
            "id": candidate.id,
            "first_name": candidate.first_name,
            "last_name": candidate.last_name,
            "email": candidate.email,
        },
        "campaign": {"id": session.campaign_id, "title": session.campaign.title},
        "question": {
            "id": response.question_id,
            "position": response.position,
            "text": response.text,
        },
        "submitted_at": response.submitted_at,
        "late": response.late,
        "given_back": response.take is not None and response.take.state == Take.State.GIVEN_BACK,
        "reopened_at": response.reopened_at,
        "answer_kind": answer_kind(response),
        "recording": _recording(response.take.recording, actor) if response.take else None,
        "written": response.written,
        "chosen": [response.choices[n] for n in response.chosen],
        "attachment": _attachment(response.attachment, actor) if response.attachment else None,
        "evaluation": evaluation(visible[0]) if visible else None,
        "evaluations_count": len(visible),
    }


def answer_kind(response: VideoResponse) -> str:
    """Return how it was answered: "audio" is sound without a picture."""
    if response.take is None:
        return response.kind
    recording = response.take.recording
    return "audio" if recording.has_audio and not recording.has_video else "video"


def evaluation(found: Evaluation) -> dict[str, Any]:
    return {
        "id": found.id,
        "score": found.score,
        "notes": found.notes,
        "updated_at": found.updated_at,
    }


def _attachment(found: Attachment, actor: User) -> dict[str, Any]:
    url, expires_at = attachments.address(found, actor.id)
    return {
        "file_name": found.file_name,
        "content_type": found.content_type,
        "bytes": found.byte_length,
        "url": url,
        "url_expires_at": expires_at,
    }


def _recording(recording: Recording, actor: User) -> dict[str, Any]:
    ready = recording.state == Recording.State.READY
    return {
        "id": recording.id,
        "state": recording.state,
        "reason": recording.reason or None,
        "reason_text": recording.get_reason_display() if recording.reason else None,
        "duration_ms": recording.duration_ms,
        "width": recording.width,
        "height": recording.height,
        "mime_type": recording.mime_type,
        "has_video": recording.has_video,
        "has_audio": recording.has_audio,
        "plays_everywhere": recording.plays_everywhere,
        "waveform": recording.waveform,
        "loudness_lufs": recording.loudness_lufs,
        "peak_dbfs": recording.peak_dbfs,
        **(media.playback(recording, actor) if ready else NOT_PLAYABLE),
    }
