"""A person lets one question be answered again; the former answer is kept.

Until it is given again the former one stands by: it counts when the session ends without another.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jobgate.core import clock
from jobgate.interviews import access, lifecycle
from jobgate.interviews.errors import CampaignArchived, CandidateWithdrew, NothingToReopen
from jobgate.interviews.logs import log
from jobgate.interviews.models import (
    InterviewSession,
    QuestionOpening,
    Take,
    VideoCampaign,
    VideoResponse,
)
from jobgate.interviews.record_again import ANSWER_AGAIN
from jobgate.notifications.realtime import announce
from jobgate.notifications.services import notify
from jobgate.operations.services import record

State = Take.State


@transaction.atomic
def reopen_question(session_id: UUID, question_id: UUID, *, actor_id: UUID) -> InterviewSession:
    """Let the candidate answer this question once more, and write to them; a repeat is one."""
    session = access.lock_session(session_id)
    check_may_go_on(session)
    answers = VideoResponse.objects.select_related("take")
    response = answers.filter(session=session, question_id=question_id).first()
    if response is None:
        raise NothingToReopen
    if response.reopened_at is not None and not lifecycle.is_over(session):
        return session
    _release(response)
    lifecycle.reopen(session)
    log(session, "question_reopened", question=str(question_id))
    record("session.question_reopened", actor_id=actor_id, target=session)
    announce(session.organization_id, "response", response.id)
    _write(session, question_id)
    return session


def check_may_go_on(session: InterviewSession) -> None:
    """Raise why a person may not let this session go on."""
    if session.status == InterviewSession.Status.WITHDRAWN:
        raise CandidateWithdrew
    if session.campaign.status == VideoCampaign.Status.ARCHIVED:
        raise CampaignArchived


def settle(session: InterviewSession, question_id: UUID | None = None) -> bool:
    """Let the answers that were reopened and not given again count; return whether one was."""
    waiting = VideoResponse.objects.filter(session=session, reopened_at__isnull=False)
    if question_id is not None:
        waiting = waiting.filter(question_id=question_id)
    _takes_of(waiting).update(state=State.SUBMITTED)
    return bool(waiting.update(reopened_at=None))


def keep_former(response: VideoResponse) -> None:
    """Put by what a reopened answer was, and what reviewers thought of it: another comes."""
    if response.reopened_at is None:
        return
    scores = response.evaluations.values("reviewer_id", "score", "notes", "updated_at")
    response.former = [*response.former, _shape(response, [_plain(dict(row)) for row in scores])]
    response.reopened_at = None
    response.save(update_fields=["former", "reopened_at"])
    response.evaluations.all().delete()


def _release(response: VideoResponse) -> None:
    """Open the question again, with the time to prepare."""
    response.reopened_at = clock.now()
    response.save(update_fields=["reopened_at"])
    if response.take is not None and response.take.state == State.SUBMITTED:
        response.take.state = State.REOPENED
        response.take.save(update_fields=["state"])
    QuestionOpening.objects.filter(
        session=response.session_id, question=response.question_id
    ).delete()


def _takes_of(responses: QuerySet[VideoResponse]) -> QuerySet[Take]:
    return Take.objects.filter(pk__in=responses.values("take"), state=State.REOPENED)


def _shape(response: VideoResponse, evaluations: list[dict[str, object]]) -> dict[str, object]:
    names = ("kind", "take_id", "written", "chosen", "attachment_id", "submitted_at", "late")
    held = _plain({name: getattr(response, name) for name in names})
    return {**held, "evaluations": evaluations}


def _plain(row: dict[str, object]) -> dict[str, object]:
    kept = (str, int, list, type(None))
    return {name: value if isinstance(value, kept) else str(value) for name, value in row.items()}


def _write(session: InterviewSession, question_id: UUID) -> None:
    notify(
        ANSWER_AGAIN,
        organization_id=session.organization_id,
        to_email=session.candidate.email,
        to_name=str(session.candidate),
        language=session.language,
        context_ref={"session": session.id, "question": str(question_id)},
    )
