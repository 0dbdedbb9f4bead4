"""After the invitation: send the link again, put another in its place, give more time."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from jobgate.core import clock
from jobgate.core.errors import Invalid
from jobgate.interviews import access, lifecycle
from jobgate.interviews.errors import (
    CampaignNotOpen,
    SentJustNow,
    SessionFinished,
    SessionOver,
)
from jobgate.interviews.invitation import EXTENDED, INVITATION, send
from jobgate.interviews.logs import log
from jobgate.interviews.models import InterviewSession, SessionLog, Take, VideoCampaign
from jobgate.media import services as media
from jobgate.operations.services import record

Status = InterviewSession.Status
FINISHED = (Status.COMPLETED, Status.WITHDRAWN)
BETWEEN_LETTERS = timedelta(minutes=1)
LONGEST_EXTENSION = timedelta(days=366)


@transaction.atomic
def resend(session_id: UUID, *, actor_id: UUID) -> InterviewSession:
    """Send the candidate their link once more.

    Raises:
        SentJustNow: the same was done within the last minute, as by a second click.
    """
    session = access.lock_session(session_id)
    _check_lets_in(session)
    recent = SessionLog.objects.filter(
        session=session, kind="resent", at__gt=clock.now() - BETWEEN_LETTERS
    )
    if recent.exists():
        raise SentJustNow
    send(session, INVITATION)
    log(session, "resent")
    record("session.resent", actor_id=actor_id, target=session)
    return session


@transaction.atomic
def revoke(session_id: UUID, *, actor_id: UUID, tell: bool) -> tuple[InterviewSession, bool]:
    """Put a new link in the old one's place; return the session and whether a letter goes out.

    Whoever came in by the old one is out, and what they still send is refused. What they had
    sent stays, and the new link goes on from there.
    """
    session = access.lock_session(session_id)
    if session.status == Status.WITHDRAWN:
        raise SessionFinished
    lifecycle.new_link(session)
    for take in session.takes.filter(state=Take.State.OPEN).select_related("recording"):
        media.revoke_uploads_soon(take.recording)
    told = tell and _lets_in(session)
    if told:
        send(session, INVITATION)
    record("session.link_renewed", actor_id=actor_id, target=session)
    return session, told


@transaction.atomic
def extend(
    session_id: UUID, expires_at: datetime, *, actor_id: UUID, tell: bool
) -> InterviewSession:
    """Give a candidate until then, also one whose time is over."""
    session = access.lock_session(session_id)
    if session.status in FINISHED:
        raise SessionFinished
    if session.started_at is None and session.campaign.status != VideoCampaign.Status.OPEN:
        raise CampaignNotOpen
    _check_later(session, expires_at)
    lifecycle.extend(session, expires_at)
    if tell:
        send(session, EXTENDED)
    record("session.extended", actor_id=actor_id, target=session)
    return session


def _check_later(session: InterviewSession, expires_at: datetime) -> None:
    now = clock.now()
    if expires_at <= max(now, session.expires_at):
        code, detail = "too_early", _("Choose a time after the present end, in the future.")
    elif expires_at > now + LONGEST_EXTENSION:
        code, detail = "too_late", _("Choose a time within a year.")
    else:
        return
    raise Invalid(fields={"expires_at": [{"code": code, "detail": detail}]})


def _lets_in(session: InterviewSession) -> bool:
    """Return whether the link leads into the interview now."""
    return not lifecycle.is_over(session) and (
        session.started_at is not None or session.campaign.status == VideoCampaign.Status.OPEN
    )


def _check_lets_in(session: InterviewSession) -> None:
    """Raise the reason why the link would lead nowhere."""
    if session.status in FINISHED:
        raise SessionFinished
    if lifecycle.is_over(session):
        raise SessionOver
    if not _lets_in(session):
        raise CampaignNotOpen
