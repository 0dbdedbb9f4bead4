"""What a candidate is granted beyond the campaign's rules; reviewers never know of it."""

from typing import TypedDict
from uuid import UUID

from django.db import transaction

from jobgate.interviews import access, lifecycle
from jobgate.interviews.errors import AlreadyCompleted
from jobgate.interviews.logs import log
from jobgate.interviews.models import Accommodation, InterviewSession
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
