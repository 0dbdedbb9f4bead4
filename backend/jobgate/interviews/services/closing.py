"""The candidate confirms the end, and gets a receipt."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from jobgate.core.errors import FieldError
from jobgate.interviews import access, lifecycle
from jobgate.interviews.errors import MandatoryMissing
from jobgate.interviews.models import InterviewSession, VideoResponse
from jobgate.interviews.progress import Progress
from jobgate.interviews.rules import Asked
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
    lifecycle.check_may_act(session)
    reopening.settle(session)
    missing = _missing(session)
    if missing:
        raise MandatoryMissing(fields={str(q.id): [_answer_it(q)] for q in missing})
    lifecycle.complete(session)
    return session


def _missing(session: InterviewSession) -> list[Asked]:
    """Return the mandatory questions without an answer that counts."""
    progress = Progress(session)
    return [
        asked
        for asked in progress.asked
        if asked.wording.mandatory and not _is_answered(progress, asked)
    ]


def _is_answered(progress: Progress, asked: Asked) -> bool:
    held = progress.standing(asked.id)
    return held is not None and held.kind != VideoResponse.Kind.SKIPPED


def _answer_it(asked: Asked) -> FieldError:
    detail = _("Question %(position)d has no answer yet.") % {"position": asked.position}
    return {"code": "missing", "detail": detail}
