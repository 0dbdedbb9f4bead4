"""Reviewers judge answers."""

from uuid import UUID

from django.db import transaction

from jobgate.interviews import access, lifecycle, rules
from jobgate.interviews.errors import AnswerMayChange, NothingToEvaluate
from jobgate.interviews.models import Evaluation, VideoResponse
from jobgate.interviews.progress import Progress, is_open_again
from jobgate.notifications.realtime import announce
from jobgate.operations.services import record


@transaction.atomic
def evaluate(response_id: UUID, *, reviewer_id: UUID, score: int, notes: str) -> Evaluation:
    """Keep the reviewer's one evaluation of this answer; a second call changes it."""
    response = access.lock_response(response_id)
    if response.kind == VideoResponse.Kind.SKIPPED:
        raise NothingToEvaluate
    if _may_change(response):
        raise AnswerMayChange
    evaluation, _ = Evaluation.objects.update_or_create(
        response=response, reviewer_id=reviewer_id, defaults={"score": score, "notes": notes}
    )
    record("response.evaluated", actor_id=reviewer_id, target=response)
    announce(response.organization_id, "response", response.id)
    return evaluation


def _may_change(response: VideoResponse) -> bool:
    session = response.session
    if lifecycle.is_over(session) or session.version is None:
        return False
    if is_open_again(response):
        return True
    progress = Progress(session)
    return progress.may_change(rules.find(progress.asked, response.question_id))
