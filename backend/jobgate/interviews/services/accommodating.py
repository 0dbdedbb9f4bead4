"""What a candidate is granted beyond the campaign's rules; reviewers never know of it."""

from datetime import timedelta
from typing import TypedDict
from uuid import UUID

from django.db import transaction

from jobgate.interviews import access, lifecycle, rules
from jobgate.interviews.errors import AlreadyCompleted
from jobgate.interviews.logs import log
from jobgate.interviews.models import Accommodation, InterviewSession, QuestionOpening, Take
from jobgate.interviews.services import limits
from jobgate.interviews.services.reopening import check_may_go_on
from jobgate.operations.services import record


class Granted(TypedDict):
    time_percent: int
    no_limit: bool
    extra_takes: int
    instead: list[str]


NOTHING: Granted = {"time_percent": 100, "no_limit": False, "extra_takes": 0, "instead": []}


@transaction.atomic
def grant(
    session_id: UUID,
    *,
    actor_id: UUID,
    time_percent: int,
    no_limit: bool,
    extra_takes: int,
    instead: list[str],
) -> Granted:
    """Keep what this candidate is granted, before or during the interview."""
    granted: Granted = {
        "time_percent": time_percent,
        "no_limit": no_limit,
        "extra_takes": extra_takes,
        "instead": instead,
    }
    session = access.lock_session(session_id)
    check_may_go_on(session)
    if session.status == InterviewSession.Status.COMPLETED:
        raise AlreadyCompleted
    if granted == of_session(session_id):
        return granted
    Accommodation.objects.update_or_create(session=session, defaults=dict(granted))
    log(session, access.ACCOMMODATED)
    # The audit log is read by more people than set interviews up: what was granted stays here.
    record("session.accommodated", actor_id=actor_id, target=session)
    for asked in rules.questions(session):
        _stretch(session, asked)
    lifecycle.changed(session)
    return granted


def of_session(session_id: UUID) -> Granted:
    """Return what a session is granted."""
    held = Accommodation.objects.filter(session_id=session_id).first()
    if held is None:
        return NOTHING
    return {
        "time_percent": held.time_percent,
        "no_limit": held.no_limit,
        "extra_takes": held.extra_takes,
        "instead": held.instead,
    }


def _stretch(session: InterviewSession, asked: rules.Asked) -> None:
    """Put off the ends that are still to come; none comes earlier than it was promised."""
    which = {"session": session, "question_id": asked.id}
    opening = QuestionOpening.objects.filter(**which).first()
    if opening is None:
        return
    ends_at = opening.created_at + timedelta(seconds=asked.preparation_seconds)
    if ends_at > opening.preparation_ends_at:
        opening.preparation_ends_at = ends_at
        opening.save(update_fields=["preparation_ends_at"])
    for take in Take.objects.select_related("recording").filter(**which, state=Take.State.OPEN):
        limits.stretch(take, asked, opening)
