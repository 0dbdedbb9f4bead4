"""The interview as the candidate's page sees it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from jobgate.core import clock
from jobgate.interviews import notice
from jobgate.interviews.links import ACCESS_SECONDS, access_token, spool_key
from jobgate.interviews.models import InterviewSession, Take, VersionQuestion, VideoResponse
from jobgate.interviews.services import faults
from jobgate.interviews.services.answering import Opened, Upload
from jobgate.media.models import Recording


def interview(session: InterviewSession) -> dict[str, Any]:
    """Return everything the page needs to begin or to go on, and a fresh access token.

    A question's words are in it only once the question was opened.
    """
    organization, campaign = session.organization, session.campaign
    return {
        "access": access_token(session),
        "access_expires_in": ACCESS_SECONDS,
        "server_time": clock.now(),
        "spool_key": spool_key(session),
        "session": session_state(session),
        "organization": {"name": organization.name, "brand_color": organization.brand_color},
        "campaign": {
            "title": campaign.title,
            "job_title": campaign.job_title,
            "introduction": campaign.introduction,
            "takes_allowed": session.version.takes_allowed if session.version else 1,
        },
        "candidate": {
            "first_name": session.candidate.first_name,
            "last_name": session.candidate.last_name,
        },
        "notice": {
            "version": notice.VERSION,
            "paragraphs": notice.paragraphs(organization.name, session.language),
        },
        "questions": questions(session),
    }


def session_state(session: InterviewSession) -> dict[str, Any]:
    return {
        "id": session.id,
        "status": session.status,
        "expires_at": session.expires_at,
        "language": session.language,
        "consented": session.consented_at is not None,
        "confirmed_at": session.confirmed_at,
    }


def questions(session: InterviewSession) -> list[dict[str, Any]]:
    """Return the questions in their order, and how each stands."""
    if session.version is None:
        return []
    opened = set(session.openings.values_list("question_id", flat=True))
    answered = {response.question_id: response for response in _responses(session)}
    takes = {row["question_id"]: row for row in _takes(session)}
    none = {"used": 0, "believed": 0}
    return [
        {
            "id": wording.question_id,
            "position": wording.position,
            "mandatory": wording.mandatory,
            "preparation_seconds": wording.preparation(session.version),
            "answer_seconds": wording.limit(session.version),
            "state": _state(wording, opened, answered),
            "takes_used": takes.get(wording.question_id, none)["used"],
            "retakes_left": faults.MOST_BELIEVED - takes.get(wording.question_id, none)["believed"],
            "text": wording.text if wording.question_id in opened else None,
            "fault": _fault(answered.get(wording.question_id)),
        }
        for wording in session.version.questions.order_by("position")
    ]


def _takes(session: InterviewSession) -> Iterable[Mapping[str, Any]]:
    """Return for each question how many attempts count, and how many faults were believed."""
    given_back = Q(state=Take.State.GIVEN_BACK)
    return session.takes.values("question_id").annotate(
        used=Count("id", filter=~Q(state__in=Take.NOT_COUNTED)),
        believed=Count("id", filter=given_back & ~faults.ours()),
    )


def _fault(response: VideoResponse | None) -> dict[str, Any] | None:
    """Return the fault that spoilt an answer, as long as nothing has taken its place."""
    take = response.take if response else None
    if take is None or take.state != Take.State.GIVEN_BACK:
        return None
    return {"take": take.id, "upload": take.recording_id, **_refusal(take.recording)}


def _refusal(recording: Recording) -> dict[str, Any]:
    return {
        "reason": recording.reason or None,
        "reason_text": recording.get_reason_display() if recording.reason else None,
    }


def _responses(session: InterviewSession) -> list[VideoResponse]:
    return list(session.responses.select_related("take__recording"))


def _state(wording: VersionQuestion, opened: set[UUID], answered: dict[UUID, VideoResponse]) -> str:
    response = answered.get(wording.question_id)
    if response is not None and response.reopened_at is not None:
        response = None
    if response is not None and response.kind == VideoResponse.Kind.SKIPPED:
        return "skipped"
    # An attempt that was given back left the question without an answer.
    if response and response.take and response.take.state == Take.State.SUBMITTED:
        return "answered"
    return "open" if wording.question_id in opened else "pending"


def opened_question(opened: Opened) -> dict[str, Any]:
    wording = opened.wording
    return {
        "server_time": clock.now(),
        "question": {
            "id": wording.question_id,
            "position": wording.position,
            "mandatory": wording.mandatory,
            "preparation_seconds": wording.preparation(opened.version),
            "answer_seconds": wording.limit(opened.version),
            "text": wording.text,
            "state": "open",
        },
        "preparation_ends_at": opened.preparation_ends_at,
    }


def opened_take(take: Take, permission: Upload) -> dict[str, Any]:
    return {
        "server_time": clock.now(),
        "take": {"id": take.id, "number": take.number, "deadline": take.deadline},
        "upload": upload(permission),
    }


def upload(permission: Upload) -> dict[str, Any]:
    return {
        "id": permission.recording.id,
        "url": "/api/upload/",
        "token": permission.token,
        "expires_at": permission.expires_at,
        "max_bytes": permission.recording.max_bytes,
    }


def submitted(response: VideoResponse) -> dict[str, Any]:
    """Return what the page is told about an answer it sent."""
    if response.take is not None:
        response.take.recording.refresh_from_db()
    return {
        "server_time": clock.now(),
        "response": {
            "id": response.id,
            "question": response.question_id,
            "state": response.take.recording.state if response.take else "skipped",
            "late": response.late,
        },
    }


def receipt(session: InterviewSession) -> list[dict[str, Any]]:
    """Return what was received of each question, with its checksum."""
    if session.version is None:
        return []
    answered = {response.question_id: response for response in _responses(session)}
    wordings = session.version.questions.order_by("position")
    return [_line(wording, answered.get(wording.question_id)) for wording in wordings]


def _line(wording: VersionQuestion, response: VideoResponse | None) -> dict[str, Any]:
    recording = response.take.recording if response and response.take else None
    nothing = "skipped" if response else "unanswered"
    return {
        "question_id": wording.question_id,
        "position": wording.position,
        "upload": recording.id if recording else None,
        "sha256": (recording.sha256 or None) if recording else None,
        "bytes": (recording.byte_length or 0) if recording else 0,
        "state": recording.state if recording else nothing,
        "given_back": bool(
            response and response.take and response.take.state == Take.State.GIVEN_BACK
        ),
        **(_refusal(recording) if recording else {"reason": None, "reason_text": None}),
    }
