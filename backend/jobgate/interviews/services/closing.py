"""The candidate confirms the end, and gets a receipt."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from jobgate.core.errors import FieldError
from jobgate.interviews import access, lifecycle
from jobgate.interviews.errors import MandatoryMissing, SessionExpired
from jobgate.interviews.models import InterviewSession, Take, VersionQuestion
from jobgate.interviews.services import reopening


@transaction.atomic
def complete_session(session_id: UUID) -> InterviewSession:
    """End the session; a second call finds it ended.

    Raises:
        MandatoryMissing: its `fields` names the questions.
    """
    session = access.lock_session(session_id)
    if session.status == InterviewSession.Status.COMPLETED:
        return session
    if lifecycle.is_over(session):
        raise SessionExpired
    reopening.settle(session)
    missing = _missing(session)
    if missing:
        raise MandatoryMissing(fields={str(q.question_id): [_answer_it(q)] for q in missing})
    lifecycle.complete(session)
    return session


def _missing(session: InterviewSession) -> list[VersionQuestion]:
    """Return the mandatory questions without an answer that counts."""
    if session.version is None:
        return []
    answered = Take.objects.filter(
        session=session, state=Take.State.SUBMITTED, response__isnull=False
    )
    mandatory = session.version.questions.filter(mandatory=True)
    return list(mandatory.exclude(question__in=answered.values("question")))


def _answer_it(question: VersionQuestion) -> FieldError:
    detail = _("Question %(position)d has no answer yet.") % {"position": question.position}
    return {"code": "missing", "detail": detail}
