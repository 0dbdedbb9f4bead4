"""What a candidate says beside their answers, and that they withdraw."""

from uuid import UUID

from django.db import transaction

from jobgate.interviews import access, lifecycle, rules
from jobgate.interviews.errors import NoQuestionsToTeam, SessionExpired, SessionWithdrawn
from jobgate.interviews.logs import log
from jobgate.interviews.models import Handover, InterviewSession, Take
from jobgate.media import services as media
from jobgate.operations.services import record

Status = InterviewSession.Status


@transaction.atomic
def rate(session_id: UUID, *, score: int, comment: str) -> InterviewSession:
    """Keep how the candidate found the interview; they may change it."""
    session = access.lock_session(session_id)
    session.satisfaction, session.satisfaction_comment = score, comment
    session.save(update_fields=["satisfaction", "satisfaction_comment"])
    log(session, "satisfaction_given", score=score)
    lifecycle.changed(session)
    return session


@transaction.atomic
def ask_team(session_id: UUID, text: str) -> InterviewSession:
    """Keep the candidate's question to the team; no words take it back."""
    session = access.lock_session(session_id)
    if session.status == Status.WITHDRAWN:
        raise SessionWithdrawn
    if lifecycle.is_over(session) and session.status != Status.COMPLETED:
        raise SessionExpired
    if not rules.version_of(session).questions_to_team:
        raise NoQuestionsToTeam
    if session.question_to_team != text:
        session.question_to_team = text
        session.save(update_fields=["question_to_team"])
        log(session, "team_asked", characters=len(text))
        lifecycle.changed(session)
    return session


@transaction.atomic
def withdraw(session_id: UUID) -> InterviewSession:
    """End the candidate's part for good: nothing more is taken in, members see no answers."""
    session = access.lock_session(session_id)
    if session.status == Status.WITHDRAWN:
        return session
    lifecycle.withdraw(session)
    Handover.objects.filter(session=session, used_at=None).delete()
    open_takes = Take.objects.select_related("recording").filter(
        session=session, state=Take.State.OPEN
    )
    for take in open_takes:
        media.revoke_uploads(take.recording)
    open_takes.update(state=Take.State.ABANDONED)
    record("session.withdrawn", actor_id=None, target=session)
    return session
