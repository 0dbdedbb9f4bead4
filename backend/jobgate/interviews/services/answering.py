"""A candidate opens a question, records an attempt at it, and submits or skips it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet

from jobgate.core import clock
from jobgate.interviews import access, lifecycle, rules
from jobgate.interviews.errors import (
    AlreadyAnswered,
    ConsentRequired,
    NoTakesLeft,
    OtherWay,
    QuestionMandatory,
    QuestionNotOpen,
    QuestionNotYet,
    TakeUnknown,
)
from jobgate.interviews.logs import log
from jobgate.interviews.models import (
    InterviewSession,
    QuestionOpening,
    Take,
    VideoResponse,
)
from jobgate.interviews.progress import Progress
from jobgate.interviews.rules import Asked
from jobgate.interviews.services import faults, limits, reopening
from jobgate.media import services as media
from jobgate.media.models import Recording
from jobgate.notifications.realtime import announce

UPLOAD_SECONDS = 15 * 60


@dataclass(frozen=True)
class Opened:
    """A question whose words the candidate may read now."""

    session: InterviewSession
    asked: Asked
    preparation_ends_at: datetime


@dataclass(frozen=True)
class Upload:
    """A permission to write one recording."""

    recording: Recording
    token: str
    expires_at: datetime


@transaction.atomic
def open_question(session_id: UUID, question_id: UUID) -> Opened:
    """Reveal a question; its preparation ends at the same moment however often it is asked."""
    session = access.lock_session(session_id)
    progress = Progress(session)
    asked = rules.find(progress.asked, question_id)
    lifecycle.check_may_act(session)
    if session.consented_at is None:
        raise ConsentRequired
    if not progress.is_turn_of(asked):
        raise QuestionNotYet
    preparation = timedelta(seconds=asked.preparation_seconds)
    opening, made = QuestionOpening.objects.get_or_create(
        session=session,
        question_id=question_id,
        defaults={"preparation_ends_at": clock.now() + preparation},
    )
    if made:
        lifecycle.progress(session)
        log(session, "question_opened", question=str(question_id), position=asked.position)
    return Opened(session, asked, opening.preparation_ends_at)


@transaction.atomic
def open_take(session_id: UUID, question_id: UUID) -> tuple[Take, Upload]:
    """Begin an attempt, or come back to the one that is open."""
    session = access.lock_session(session_id)
    take = _take_for(session, question_id)
    return take, _upload(take)


@transaction.atomic
def renew_upload(session_id: UUID, take_id: UUID) -> Upload:
    """Give a fresh permission for an attempt under way, also after the session's end."""
    session = access.lock_session(session_id)
    take = Take.objects.filter(session=session, pk=take_id).first()
    if take is None:
        raise TakeUnknown
    return _upload(_attempt(session, take.question_id, pk=take_id))


@transaction.atomic
def submit_upload(
    session_id: UUID, question_id: UUID, upload_id: UUID, *, sha256: str, duration_ms: int | None
) -> tuple[VideoResponse, bool]:
    """Make a finished upload the answer; return it and whether this call did so.

    Raises:
        UploadIncomplete: some bytes have not arrived.
    """
    session = access.lock_session(session_id)
    rules.question(session, question_id)
    held = _response(session, question_id)
    kept = faults.kept(session, question_id).filter(recording_id=upload_id)
    if held and held.take and held.take.recording_id == upload_id and not kept.exists():
        return held, False
    take = _attempt(session, question_id, recording_id=upload_id)
    media.receive(take.recording, claimed_sha256=sha256, claimed_duration_ms=duration_ms)
    return _count(session, take), True


@transaction.atomic
def submit_file(
    session_id: UUID, question_id: UUID, file: "File[bytes]"
) -> tuple[VideoResponse, bool]:
    """Make a whole recording the answer; a repeat when none is left returns what is held."""
    session = access.lock_session(session_id)
    try:
        take = _take_for(session, question_id)
    except NoTakesLeft:
        held = _response(session, question_id)
        if held is None:
            raise
        return held, False
    media.receive_file(take.recording, file)
    return _count(session, take), True


@transaction.atomic
def skip(session_id: UUID, question_id: UUID) -> tuple[VideoResponse, bool]:
    """Leave an optional question without an answer."""
    session = access.lock_session(session_id)
    asked = rules.question(session, question_id)
    held = _response(session, question_id)
    if held is not None:
        reopened = reopening.settle(session, question_id)
        if held.kind != VideoResponse.Kind.SKIPPED and not reopened:
            raise AlreadyAnswered
        return held, reopened
    lifecycle.check_may_act(session)
    if asked.wording.mandatory:
        raise QuestionMandatory
    opening_of(session, question_id)
    abandon(session, question_id)
    response = VideoResponse.objects.create(
        session=session,
        question_id=question_id,
        kind=VideoResponse.Kind.SKIPPED,
        submitted_at=clock.now(),
    )
    log(session, "question_skipped", question=str(question_id), position=asked.position)
    lifecycle.changed(session)
    return response, True


def opening_of(session: InterviewSession, question_id: UUID) -> QuestionOpening:
    """Return when the question was read; whose attempt was given back has read it before."""
    question = {"session": session, "question_id": question_id}
    if Take.objects.filter(**question).exists():
        now = {"preparation_ends_at": clock.now()}
        return QuestionOpening.objects.get_or_create(**question, defaults=now)[0]
    try:
        return QuestionOpening.objects.get(**question)
    except QuestionOpening.DoesNotExist as error:
        raise QuestionNotOpen from error


def abandon(session: InterviewSession, question_id: UUID) -> None:
    """End the attempt under way, if there is one: the question is answered without it."""
    _open_takes(session).filter(question_id=question_id).update(state=Take.State.ABANDONED)


def _open_takes(session: InterviewSession) -> QuerySet[Take]:
    return Take.objects.select_related("recording").filter(
        session=session, state=Take.State.OPEN, deadline__gt=lifecycle.oldest_deadline()
    )


def _attempt(session: InterviewSession, question_id: UUID, **which: UUID) -> Take:
    """Return the attempt that may still be sent: open, or given back and not replaced."""
    of_question = _open_takes(session).filter(question_id=question_id)
    kept = faults.kept(session, question_id)
    take = of_question.filter(**which).first() or kept.filter(**which).first()
    if take is None:
        raise TakeUnknown
    return take


def _take_for(session: InterviewSession, question_id: UUID) -> Take:
    """Return the question's open attempt, or a new one if one is left."""
    progress = Progress(session)
    asked = rules.find(progress.asked, question_id)
    under_way = _open_takes(session).filter(question_id=question_id).first()
    if under_way is not None:
        return under_way
    lifecycle.check_may_act(session)
    if not asked.is_recorded:
        raise OtherWay
    opening = opening_of(session, question_id)
    progress.check_may_record(asked)
    return _new_take(session, asked, opening)


def _new_take(session: InterviewSession, asked: Asked, opening: QuestionOpening) -> Take:
    seconds = limits.seconds_of(asked)
    number = Take.objects.filter(session=session, question_id=asked.id).count() + 1
    take = Take.objects.create(
        session=session,
        question_id=asked.id,
        number=number,
        deadline=limits.deadline(asked, opening),
        recording=media.create_recording(
            session.organization_id,
            max_bytes=limits.most_bytes(seconds),
            max_duration_seconds=seconds,
        ),
    )
    log(session, "take_opened", question=str(asked.id), number=number)
    if number == 1:
        _note_overrun(session, asked, opening)
    return take


def _note_overrun(session: InterviewSession, asked: Asked, opening: QuestionOpening) -> None:
    """Log that an answer began long after a limited preparation: a fault may be the reason."""
    seconds = (clock.now() - opening.preparation_ends_at).total_seconds()
    if rules.is_limited(session) and seconds > limits.TOLERANCE_SECONDS:
        log(session, "preparation_overrun", question=str(asked.id), seconds=round(seconds))


def _upload(take: Take) -> Upload:
    expires_at = clock.now() + timedelta(seconds=UPLOAD_SECONDS)
    token = media.upload_grant(
        take.recording, generation=take.recording.generation, expires_in=UPLOAD_SECONDS
    )
    return Upload(take.recording, token, expires_at)


def _response(session: InterviewSession, question_id: UUID) -> VideoResponse | None:
    rows = VideoResponse.objects.select_related("session", "take__recording")
    return rows.filter(session=session, question_id=question_id).first()


def _count(session: InterviewSession, take: Take) -> VideoResponse:
    """Make this attempt the answer that counts."""
    now = clock.now()
    again = take.state == Take.State.GIVEN_BACK
    take.state = Take.State.SUBMITTED
    take.save(update_fields=["state"])
    late = now > min(take.deadline, session.expires_at)
    response = _response(session, take.question_id)
    if response is None or response.take_id != take.id:
        if response is not None:
            reopening.keep_former(response)
        response, _ = VideoResponse.objects.update_or_create(
            session=session,
            question_id=take.question_id,
            defaults={
                "take": take,
                "kind": VideoResponse.Kind.RECORDED,
                "written": "",
                "chosen": [],
                "submitted_at": now,
                "late": late,
            },
        )
    lifecycle.note(session, late=late)
    kind = "answer_kept" if again else "response_submitted"
    log(session, kind, question=str(take.question_id), late=late)
    lifecycle.changed(session)
    announce(session.organization_id, "response", response.id)
    return response
