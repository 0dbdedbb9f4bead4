"""The interview as the candidate's page sees it."""

from typing import Any

from jobgate.core import clock
from jobgate.interviews import lifecycle, notice, rules
from jobgate.interviews.links import ACCESS_SECONDS, access_token, spool_key
from jobgate.interviews.models import (
    CampaignVersion,
    InterviewSession,
    Take,
    VideoResponse,
)
from jobgate.interviews.progress import Progress, is_spoilt
from jobgate.interviews.rules import Asked
from jobgate.interviews.selectors import prompts, receipts
from jobgate.interviews.services import faults
from jobgate.interviews.services.answering import Opened, Upload

# What reading, the pauses between questions and the end take, for each question.
SECONDS_BESIDE = 20


def interview(session: InterviewSession) -> dict[str, Any]:
    """Return everything the page needs to begin or to go on, and a fresh access token.

    A question's words are in it only once the question was opened.
    """
    organization = session.organization
    over = lifecycle.shows_own_page(session)
    progress = Progress(session)
    return {
        "view": "own_page" if over else "interview",
        "access": access_token(session),
        "access_expires_in": ACCESS_SECONDS,
        "server_time": clock.now(),
        "spool_key": spool_key(session),
        "session": session_state(session),
        "organization": {"name": organization.name, "brand_color": organization.brand_color},
        "campaign": campaign(session, progress.asked),
        "candidate": {
            "first_name": session.candidate.first_name,
            "last_name": session.candidate.last_name,
        },
        "accommodation": accommodation(session),
        "notice": {
            "version": notice.VERSION,
            "paragraphs": notice.paragraphs(organization.name, session.language),
        },
        "questions": [shape(progress, asked) for asked in progress.asked],
        "receipt": receipts.lines(session) if over else None,
    }


def campaign(session: InterviewSession, asked: list[Asked]) -> dict[str, Any]:
    """Return the company's words and the rules that hold for this candidate."""
    found = session.campaign
    seconds = sum(one.preparation_seconds + one.answer_seconds + SECONDS_BESIDE for one in asked)
    return {
        "title": found.title,
        "job_title": found.job_title,
        "company": found.company,
        "department": found.department,
        "introduction": found.introduction,
        "introduction_prompt": prompts.shape(found.introduction_prompt, session),
        "reply_by": found.reply_by,
        "question_count": len(asked),
        "minutes": -(-seconds // 60),
        **_rules(session.version or CampaignVersion()),
    }


def _rules(version: CampaignVersion) -> dict[str, Any]:
    return {
        "takes_allowed": version.takes_allowed,
        "preparation_mode": version.preparation_mode,
        "review_own_take": version.review_own_take,
        "going_back": version.going_back,
        "practice": version.practice,
        "closing_minute": version.closing_minute,
        "questions_to_team": version.questions_to_team,
    }


def accommodation(session: InterviewSession) -> dict[str, Any] | None:
    """Return what this candidate was granted, for their own page alone."""
    found = rules.granted(session)
    if found is None:
        return None
    return {
        "time_percent": found.time_percent,
        "no_limit": found.no_limit,
        "extra_takes": found.extra_takes,
        "instead": found.instead,
    }


def session_state(session: InterviewSession) -> dict[str, Any]:
    return {
        "id": session.id,
        "status": session.status,
        "expires_at": session.expires_at,
        "language": session.language,
        "consented": session.consented_at is not None,
        "started_at": session.started_at,
        "completed_at": session.completed_at,
        "confirmed_at": session.confirmed_at,
        "withdrawn_at": session.withdrawn_at,
        "satisfaction": session.satisfaction,
        "satisfaction_comment": session.satisfaction_comment,
        "question_to_team": session.question_to_team,
    }


def questions(session: InterviewSession) -> list[dict[str, Any]]:
    """Return the questions in their order, and how each stands."""
    progress = Progress(session)
    return [shape(progress, asked) for asked in progress.asked]


def shape(progress: Progress, asked: Asked) -> dict[str, Any]:
    """Return a question with how it stands; its words once it was opened."""
    words: dict[str, Any] = {"text": None, "choices": [], "prompt": None}
    if asked.id in progress.opened:
        words = _words(asked, progress.session)
    return {
        **_terms(asked),
        **words,
        "state": _state(progress, asked),
        "takes_allowed": asked.takes_allowed,
        "takes_used": progress.used(asked.id),
        "may_change": progress.may_change(asked),
        "retakes_left": faults.MOST_BELIEVED - progress.believed(asked.id),
        "fault": _fault(progress.responses.get(asked.id)),
    }


def _terms(asked: Asked) -> dict[str, Any]:
    return {
        "id": asked.id,
        "position": asked.position,
        "role": asked.wording.role,
        "mandatory": asked.wording.mandatory,
        "answer_by": asked.wording.answer_by,
        "ways": asked.ways,
        "preparation_seconds": asked.preparation_seconds,
        "answer_seconds": asked.answer_seconds,
    }


def _words(asked: Asked, session: InterviewSession) -> dict[str, Any]:
    return {
        "text": asked.text(session.language),
        "choices": asked.wording.choices,
        "prompt": prompts.shape(asked.wording.prompt, session),
    }


def _fault(response: VideoResponse | None) -> dict[str, Any] | None:
    """Return the fault that spoilt an answer, as long as nothing has taken its place."""
    if response is None or response.take is None or not is_spoilt(response):
        return None
    take = response.take
    return {"take": take.id, "upload": take.recording_id, **receipts.refusal(take.recording)}


def _state(progress: Progress, asked: Asked) -> str:
    held = progress.standing(asked.id)
    if held is None:
        return "open" if asked.id in progress.opened else "pending"
    return "skipped" if held.kind == VideoResponse.Kind.SKIPPED else "answered"


def opened_question(opened: Opened) -> dict[str, Any]:
    asked = opened.asked
    return {
        "server_time": clock.now(),
        "question": {**_terms(asked), **_words(asked, opened.session), "state": "open"},
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
            "state": response.take.recording.state if response.take else response.kind,
            "late": response.late,
        },
    }
