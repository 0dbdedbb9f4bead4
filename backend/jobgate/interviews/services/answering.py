"""A candidate opens a question, records an attempt at it, and submits or skips it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet

from jobgate.core import clock
from jobgate.interviews import access, lifecycle
from jobgate.interviews.errors import (
    AlreadyAnswered,
    ConsentRequired,
    NoTakesLeft,
    QuestionMandatory,
    QuestionNotOpen,
    QuestionNotYet,
    QuestionUnknown,
    TakeUnknown,
)
from jobgate.interviews.logs import log
from jobgate.interviews.models import (
    CampaignVersion,
    InterviewSession,
    QuestionOpening,
    Take,
    VersionQuestion,
    VideoResponse,
)
from jobgate.interviews.models.campaigns import LONGEST_SECONDS
from jobgate.interviews.services import faults, reopening
from jobgate.media import services as media
from jobgate.media.models import Recording
from jobgate.notifications.realtime import announce

# What starting a recorder and sending a request may cost a candidate.
TOLERANCE_SECONDS = 15
BYTES_PER_SECOND = 3_000_000 // 8
SPARE_BYTES = 8 * 1024 * 1024
UPLOAD_SECONDS = 15 * 60


@dataclass(frozen=True)
class Opened:
    """A question whose words the candidate may read now."""

    wording: VersionQuestion
    version: CampaignVersion
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
    wording = _asked(session, question_id)
    lifecycle.check_may_act(session)
    if session.consented_at is None:
        raise ConsentRequired
    _check_turn(session, wording)
    version = _version(session)
    preparation = timedelta(seconds=wording.preparation(version))
    opening, made = QuestionOpening.objects.get_or_create(
        session=session,
        question_id=question_id,
        defaults={"preparation_ends_at": clock.now() + preparation},
    )
    if made:
        lifecycle.progress(session)
        log(session, "question_opened", question=str(question_id), position=wording.position)
    return Opened(wording, version, opening.preparation_ends_at)


@transaction.atomic
def open_take(session_id: UUID, question_id: UUID) -> tuple[Take, Upload]:
    """Begin an attempt, or come back to the one that is open."""
    session = access.lock_session(session_id)
    take = _take_for(session, _asked(session, question_id))
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
    _asked(session, question_id)
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
    """Make a whole file the answer; a repeat when no attempt is left returns what is held."""
    session = access.lock_session(session_id)
    wording = _asked(session, question_id)
    try:
        take = _take_for(session, wording)
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
    wording = _asked(session, question_id)
    held = _response(session, question_id)
    if held is not None:
        reopened = reopening.settle(session, question_id)
        if held.kind != VideoResponse.Kind.SKIPPED and not reopened:
            raise AlreadyAnswered
        return held, reopened
    lifecycle.check_may_act(session)
    if wording.mandatory:
        raise QuestionMandatory
    _opening(session, wording)
    _open_takes(session).filter(question_id=question_id).update(state=Take.State.ABANDONED)
    response = VideoResponse.objects.create(
        session=session,
        question_id=question_id,
        kind=VideoResponse.Kind.SKIPPED,
        submitted_at=clock.now(),
    )
    log(session, "question_skipped", question=str(question_id), position=wording.position)
    lifecycle.changed(session)
    return response, True


def longest_file() -> int:
    """Return the bytes of the largest answer that any question allows."""
    return _most_bytes(LONGEST_SECONDS + TOLERANCE_SECONDS)


def takes_used(session: InterviewSession, question_id: UUID) -> int:
    """Return how many attempts count against the candidate."""
    takes = Take.objects.filter(session=session, question_id=question_id)
    return takes.exclude(state__in=Take.NOT_COUNTED).count()


def _version(session: InterviewSession) -> CampaignVersion:
    if session.version is None:
        raise QuestionUnknown
    return session.version


def _asked(session: InterviewSession, question_id: UUID) -> VersionQuestion:
    try:
        return _version(session).questions.get(question_id=question_id)
    except VersionQuestion.DoesNotExist as error:
        raise QuestionUnknown from error


def _check_turn(session: InterviewSession, wording: VersionQuestion) -> None:
    """Raise QuestionNotYet while an earlier question has neither an answer nor an attempt."""
    earlier = _version(session).questions.filter(position__lt=wording.position)
    tried = Take.objects.filter(session=session).values("question")
    answered = VideoResponse.objects.filter(session=session).values("question")
    if earlier.exclude(question__in=tried).exclude(question__in=answered).exists():
        raise QuestionNotYet


def _opening(session: InterviewSession, wording: VersionQuestion) -> QuestionOpening:
    """Return when the question was read; whose attempt was given back has read it before."""
    question = {"session": session, "question_id": wording.question_id}
    if Take.objects.filter(**question).exists():
        now = {"preparation_ends_at": clock.now()}
        return QuestionOpening.objects.get_or_create(**question, defaults=now)[0]
    try:
        return QuestionOpening.objects.get(**question)
    except QuestionOpening.DoesNotExist as error:
        raise QuestionNotOpen from error


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


def _take_for(session: InterviewSession, wording: VersionQuestion) -> Take:
    """Return the question's open attempt, or a new one if one is left."""
    under_way = _open_takes(session).filter(question_id=wording.question_id).first()
    if under_way is not None:
        return under_way
    lifecycle.check_may_act(session)
    opening = _opening(session, wording)
    held = _response(session, wording.question_id)
    if held is not None and _stands(held):
        raise AlreadyAnswered
    if takes_used(session, wording.question_id) >= _version(session).takes_allowed:
        raise NoTakesLeft
    return _new_take(session, wording, opening)


def _stands(held: VideoResponse) -> bool:
    """Return whether the answer is not to be given again: skipped, or confirmed at an end."""
    if held.reopened_at is not None:
        return False
    if held.take is None:
        return True
    confirmed = held.session.confirmed_at is not None
    return confirmed and held.take.state == Take.State.SUBMITTED


def _new_take(
    session: InterviewSession, wording: VersionQuestion, opening: QuestionOpening
) -> Take:
    seconds = wording.limit(_version(session)) + TOLERANCE_SECONDS
    number = Take.objects.filter(session=session, question_id=wording.question_id).count() + 1
    take = Take.objects.create(
        session=session,
        question_id=wording.question_id,
        number=number,
        deadline=max(clock.now(), opening.preparation_ends_at) + timedelta(seconds=seconds),
        recording=media.create_recording(
            session.organization_id,
            max_bytes=_most_bytes(seconds),
            max_duration_seconds=seconds,
        ),
    )
    log(session, "take_opened", question=str(wording.question_id), number=number)
    return take


def _most_bytes(seconds: int) -> int:
    return seconds * BYTES_PER_SECOND + SPARE_BYTES


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
                "kind": VideoResponse.Kind.RECORDED,
                "take": take,
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
