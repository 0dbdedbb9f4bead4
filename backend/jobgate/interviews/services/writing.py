"""A candidate answers without a recording: in words, by a choice, or with a file."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import transaction

from jobgate.core import clock
from jobgate.core.ids import new_id
from jobgate.interviews import access, lifecycle, rules
from jobgate.interviews.errors import ChoiceUnknown, OtherWay
from jobgate.interviews.logs import log
from jobgate.interviews.models import (
    Attachment,
    InterviewSession,
    QuestionOpening,
    VersionQuestion,
    VideoResponse,
)
from jobgate.interviews.progress import Progress
from jobgate.interviews.rules import Asked
from jobgate.interviews.services import answering, limits, reopening
from jobgate.interviews.text import clean_line
from jobgate.media import documents
from jobgate.notifications.realtime import announce

AnswerBy = VersionQuestion.AnswerBy
Kind = VideoResponse.Kind
Made = tuple[VideoResponse, bool]


@transaction.atomic
def write(session_id: UUID, question_id: UUID, text: str) -> Made:
    """Answer in words; the same words again change nothing."""
    session = access.lock_session(session_id)
    progress, asked = _look(session, question_id, AnswerBy.TEXT)
    held = progress.standing(question_id)
    if held is not None and held.kind == Kind.TEXT and held.written == text:
        return held, False
    opening = _may_write(progress, asked)
    return _keep(progress, asked, Kind.TEXT, late=_is_late(asked, opening), written=text), True


@transaction.atomic
def choose(session_id: UUID, question_id: UUID, chosen: Sequence[int]) -> Made:
    """Answer by choosing; the same choice again changes nothing."""
    session = access.lock_session(session_id)
    progress, asked = _look(session, question_id, AnswerBy.CHOICE)
    wanted = sorted(set(chosen))
    if wanted and wanted[-1] >= len(asked.wording.choices):
        raise ChoiceUnknown
    held = progress.standing(question_id)
    if held is not None and held.kind == Kind.CHOICE and held.chosen == wanted:
        return held, False
    _may_write(progress, asked)
    return _keep(progress, asked, Kind.CHOICE, chosen=wanted), True


@transaction.atomic
def attach(session_id: UUID, question_id: UUID, file: "File[bytes]") -> Made:
    """Answer with a file; the same bytes again change nothing.

    Raises:
        DocumentRefused, DocumentTooLarge, DiskFull.
    """
    session = access.lock_session(session_id)
    progress, asked = _look(session, question_id, AnswerBy.FILE)
    held, sha256 = progress.standing(question_id), documents.hash_of(file)
    if held is not None and held.attachment is not None and held.attachment.sha256 == sha256:
        return held, False
    _may_write(progress, asked)
    return _keep(progress, asked, Kind.FILE, attachment=_store(session, question_id, file)), True


def takes_file(session: InterviewSession, question_id: UUID) -> bool:
    """Return whether a file is the answer to this question, and not a recording."""
    return AnswerBy.FILE in rules.question(session, question_id).ways


def _look(session: InterviewSession, question_id: UUID, way: str) -> tuple[Progress, Asked]:
    progress = Progress(session)
    asked = rules.find(progress.asked, question_id)
    if way not in asked.ways:
        raise OtherWay
    return progress, asked


def _may_write(progress: Progress, asked: Asked) -> QuestionOpening:
    lifecycle.check_may_act(progress.session)
    opening = answering.opening_of(progress.session, asked.id)
    progress.check_may_write(asked)
    return opening


def _is_late(asked: Asked, opening: QuestionOpening) -> bool:
    return clock.now() > limits.deadline(asked, opening, opening.created_at)


def _store(session: InterviewSession, question_id: UUID, file: "File[bytes]") -> Attachment:
    attachment_id = new_id()
    kept = documents.keep(session.organization_id, attachment_id, file)
    return Attachment.objects.create(
        id=attachment_id,
        session=session,
        question_id=question_id,
        file_name=documents.safe_name(clean_line(file.name or ""), kept.content_type),
        content_type=kept.content_type,
        stored_name=kept.stored_name,
        byte_length=kept.byte_length,
        sha256=kept.sha256,
    )


def _keep(
    progress: Progress, asked: Asked, kind: Kind, *, late: bool = False, **answer: Any
) -> VideoResponse:
    """Make this the answer that counts, in the place of what was there."""
    session, before = progress.session, progress.responses.get(asked.id)
    answering.abandon(session, asked.id)
    is_former = before is not None and before.reopened_at is not None
    if before is not None:
        reopening.keep_former(before)
    empty: dict[str, Any] = {"take": None, "written": "", "chosen": [], "attachment": None}
    response, _ = VideoResponse.objects.update_or_create(
        session=session,
        question_id=asked.id,
        defaults={**empty, **answer, "kind": kind, "submitted_at": clock.now(), "late": late},
    )
    if before is not None and before.attachment is not None and not is_former:
        _forget(before.attachment)
    lifecycle.note(session, late=late)
    log(session, "response_submitted", question=str(asked.id), way=str(kind), late=late)
    lifecycle.changed(session)
    announce(session.organization_id, "response", response.id)
    return response


def _forget(attachment: Attachment) -> None:
    name = attachment.stored_name
    attachment.delete()
    transaction.on_commit(lambda: documents.remove(name))
