"""A technical fault spoils an attempt: it does not count, and the question is open again."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from jobgate.interviews import access, lifecycle
from jobgate.interviews.errors import AlreadyAnswered, NoRetakesLeft, TakeUnknown
from jobgate.interviews.logs import log
from jobgate.interviews.models import InterviewSession, QuestionOpening, Take, VideoResponse
from jobgate.interviews.record_again import RECORD_AGAIN
from jobgate.media.models import Recording
from jobgate.notifications.realtime import announce
from jobgate.notifications.services import notify

State = Take.State
Reason = Recording.Reason
# What a candidate can help: a file that is too long or no video at all counts as an attempt.
COUNTS_AS_ATTEMPT = frozenset(
    {Reason.NOT_A_VIDEO, Reason.TOO_LONG, Reason.TOO_MANY_PIXELS, Reason.TOO_MANY_STREAMS}
)
REFUSED = (Recording.State.REJECTED, Recording.State.FAILED)
# Faults that a page could bring about on purpose are believed so often for each question. Our own
# are not counted.
MOST_BELIEVED = 3


@transaction.atomic
def give_back(take_id: UUID, reason: str) -> bool:
    """Not count the attempt whose recording was refused; return whether this call did so.

    Who had ended the interview is asked to record this one answer again.
    """
    take = access.one(Take.objects.select_related("recording"), take_id)
    session = access.lock_session(take.session_id)
    take.refresh_from_db()
    if take.state not in {State.OPEN, State.SUBMITTED}:
        return False
    if not _is_ours(take.recording) and faults_left(session, take.question_id) == 0:
        log(session, "fault_not_believed", question=str(take.question_id), reason=reason)
        return False
    was_answer = VideoResponse.objects.filter(take=take).exists()
    release(session, take, reason, by="server")
    if was_answer:
        _ask_again(session, take)
    return True


@transaction.atomic
def report(session_id: UUID, take_id: UUID, reason: str) -> InterviewSession:
    """Not count an attempt because of a fault that the candidate's page tells; repeats are one.

    What was recorded is kept: until the next attempt it may be submitted all the same.

    Raises:
        AlreadyAnswered: the candidate ended the interview with this answer in it.
        NoRetakesLeft: so many faults in one question are not believed.
    """
    session = access.lock_session(session_id)
    take = Take.objects.filter(session=session, pk=take_id).first()
    if take is None:
        raise TakeUnknown
    if take.state == State.GIVEN_BACK:
        return session
    lifecycle.check_may_act(session)
    if take.state == State.ABANDONED or _later(take).exists():
        raise TakeUnknown
    if _was_handed_in(session, take):
        raise AlreadyAnswered
    if faults_left(session, take.question_id) == 0:
        raise NoRetakesLeft
    release(session, take, reason, by="page")
    return session


def faults_left(session: InterviewSession, question_id: UUID) -> int:
    """Return how many more faults of this question are believed."""
    believed = Take.objects.filter(session=session, question_id=question_id, state=State.GIVEN_BACK)
    return max(0, MOST_BELIEVED - believed.exclude(ours()).count())


def ours() -> Q:
    """Return the condition that the fault of a take was ours beyond doubt."""
    return Q(recording__state=Recording.State.FAILED) & ~Q(recording__reason=Reason.UPLOAD_EXPIRED)


def _is_ours(recording: Recording) -> bool:
    failed = recording.state == Recording.State.FAILED
    return failed and recording.reason != Reason.UPLOAD_EXPIRED


def kept(session: InterviewSession, question_id: UUID) -> QuerySet[Take]:
    """Return the attempts given back that may count after all: nothing has taken their place."""
    others = Take.objects.filter(session=session, question_id=question_id)
    standing = Q(state=State.OPEN) | Q(state=State.SUBMITTED, response__isnull=False)
    if others.filter(standing).exists():
        return Take.objects.none()
    return (
        others.select_related("recording")
        .filter(state=State.GIVEN_BACK, deadline__gt=lifecycle.oldest_deadline())
        .exclude(recording__state__in=REFUSED)
    )


def count_what_was_kept(session: InterviewSession) -> None:
    """Let the answers that were never recorded again count after all: the session is over."""
    unused = Take.objects.filter(session=session, state=State.GIVEN_BACK, response__isnull=False)
    for take in unused.exclude(recording__state__in=(*REFUSED, Recording.State.RECEIVING)):
        take.state = State.SUBMITTED
        take.save(update_fields=["state"])
        log(session, "answer_kept", question=str(take.question_id))


def _was_handed_in(session: InterviewSession, take: Take) -> bool:
    """Return whether it was an answer when the interview was ended, before it was opened again."""
    if session.confirmed_at is None:
        return False
    return VideoResponse.objects.filter(take=take, submitted_at__lte=session.confirmed_at).exists()


def _later(take: Take) -> QuerySet[Take]:
    return Take.objects.filter(
        session=take.session_id, question=take.question_id, number__gt=take.number
    )


def release(session: InterviewSession, take: Take, reason: str, *, by: str) -> None:
    """Not count an attempt; the caller holds the session's lock."""
    take.state = State.GIVEN_BACK
    take.save(update_fields=["state"])
    lifecycle.note(session, trouble=True)
    log(session, "take_given_back", question=str(take.question_id), reason=reason, by=by)
    _prepare_again(session, take.question_id)
    lifecycle.changed(session)
    for response in VideoResponse.objects.filter(take=take):
        announce(session.organization_id, "response", response.id)


def _prepare_again(session: InterviewSession, question_id: UUID) -> None:
    """Let the question be opened once more, with the time to prepare, unless it is answered."""
    takes = Take.objects.filter(session=session, question_id=question_id)
    standing = Q(state=State.OPEN) | Q(state=State.SUBMITTED, response__isnull=False)
    if not takes.filter(standing).exists():
        QuestionOpening.objects.filter(session=session, question_id=question_id).delete()


def _ask_again(session: InterviewSession, take: Take) -> None:
    """Have the session take the answer once more, and tell a candidate who had left."""
    question = str(take.question_id)
    if not lifecycle.ask_again(session):
        log(session, "fault_after_end", question=question)
        return
    if session.confirmed_at is None:
        return
    notify(
        RECORD_AGAIN,
        organization_id=session.organization_id,
        to_email=session.candidate.email,
        to_name=str(session.candidate),
        language=session.language,
        context_ref={"session": session.id, "question": question},
    )
    log(session, "asked_again", question=question)
