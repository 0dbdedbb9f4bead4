"""The one place where a session's and a campaign's status changes.

invited → started → in_progress → completed, or expired, or withdrawn. Each function expects the
row locked by its caller, writes the log and tells open pages, in the caller's transaction.
"""

from datetime import datetime, timedelta

from jobgate.core import clock
from jobgate.interviews import rules
from jobgate.interviews.errors import (
    CampaignClosed,
    CampaignHasNoQuestions,
    CampaignNotStarted,
    CampaignOver,
    LinkExpired,
    SessionCompleted,
    SessionExpired,
    SessionWithdrawn,
)
from jobgate.interviews.links import digest, token_of
from jobgate.interviews.logs import log
from jobgate.interviews.models import InterviewSession, Take, VideoCampaign
from jobgate.notifications.realtime import announce

Status = InterviewSession.Status
# How long an answer begun in time may still be sent: as long as a device keeps its spool.
FINISH_WITHIN = timedelta(days=7)
# How long somebody has at least whom a technical fault calls back.
AGAIN_WITHIN = timedelta(hours=48)


def changed(session: InterviewSession) -> None:
    """Tell open pages of the organisation that this session is different now."""
    announce(session.organization_id, "session", session.id)


def note(session: InterviewSession, *, late: bool = False, trouble: bool = False) -> None:
    """Keep on the session what lists are filtered by; neither is ever taken back."""
    found = {name: True for name, holds in (("late", late), ("trouble", trouble)) if holds}
    if found:
        InterviewSession.objects.filter(pk=session.pk).update(**found)


def start(session: InterviewSession) -> None:
    """Pin the campaign's current version and the order of its questions, once."""
    if session.status != Status.INVITED:
        return
    session.version = session.campaign.current
    if session.version is not None:
        session.question_order = rules.order_for(session.version)
    session.status = Status.STARTED
    session.started_at = clock.now()
    session.save(update_fields=["version", "question_order", "status", "started_at"])
    log(session, "started")
    changed(session)


def progress(session: InterviewSession) -> None:
    """Note that the first question was opened."""
    if session.status != Status.STARTED:
        return
    session.status = Status.IN_PROGRESS
    session.save(update_fields=["status"])
    log(session, "in_progress")
    changed(session)


def complete(session: InterviewSession) -> None:
    """End the session as the candidate confirmed it."""
    now = clock.now()
    session.status = Status.COMPLETED
    session.completed_at = session.confirmed_at = now
    session.save(update_fields=["status", "completed_at", "confirmed_at"])
    log(session, "completed")
    changed(session)


def ask_again(session: InterviewSession) -> bool:
    """Let the session take an answer again that a technical fault spoilt; return whether it may.

    A completed one goes back to in progress; its `confirmed_at` stays and tells that it was ended.
    One that is over stays so: a person decides.
    """
    if session.status != Status.COMPLETED and is_over(session):
        return False
    if session.status == Status.COMPLETED:
        session.status, session.completed_at = Status.IN_PROGRESS, None
        log(session, "reopened")
    session.expires_at = max(session.expires_at, clock.now() + AGAIN_WITHIN)
    session.save(update_fields=["status", "completed_at", "expires_at"])
    changed(session)
    return True


def reopen(session: InterviewSession) -> None:
    """Let a person's wish open the session again, however it ended; `confirmed_at` stays."""
    session.status, session.completed_at = Status.IN_PROGRESS, None
    session.expires_at = max(session.expires_at, clock.now() + AGAIN_WITHIN)
    session.save(update_fields=["status", "completed_at", "expires_at"])
    changed(session)


def expire(session: InterviewSession) -> bool:
    """Flip a session whose time is over; return whether it was one."""
    if session.status not in InterviewSession.LIVE or session.expires_at > clock.now():
        return False
    session.status = Status.EXPIRED
    session.save(update_fields=["status"])
    log(session, "expired")
    changed(session)
    return True


def extend(session: InterviewSession, expires_at: datetime) -> None:
    """Give more time; a session that had expired goes on where it stood."""
    if session.status == Status.EXPIRED:
        session.status = _status_before_expiry(session)
    session.expires_at = expires_at
    # Who is given time is reminded again, by the same rule.
    session.reminded_days = []
    session.save(update_fields=["status", "expires_at", "reminded_days"])
    log(session, "extended", expires_at=expires_at.isoformat())
    changed(session)


def _status_before_expiry(session: InterviewSession) -> InterviewSession.Status:
    if session.started_at is None:
        return Status.INVITED
    return Status.IN_PROGRESS if session.openings.exists() else Status.STARTED


def new_link(session: InterviewSession) -> None:
    """Make the link, the cookies and the tokens given so far useless, for another link."""
    session.generation += 1
    session.token_digest = digest(token_of(session.id, session.generation))
    session.lease = session.lease_renewed_at = None
    session.save(update_fields=["generation", "token_digest", "lease", "lease_renewed_at"])
    log(session, "link_renewed")
    changed(session)


def withdraw(session: InterviewSession) -> None:
    """End the session for good, as the candidate wishes; a second time changes nothing."""
    if session.status == Status.WITHDRAWN:
        return
    session.status, session.completed_at = Status.WITHDRAWN, None
    session.withdrawn_at = clock.now()
    session.save(update_fields=["status", "completed_at", "withdrawn_at"])
    log(session, "withdrawn")
    changed(session)


def is_over(session: InterviewSession) -> bool:
    """Return whether nothing new may begin, by the server's clock and not by the row alone."""
    return session.status not in InterviewSession.LIVE or session.expires_at <= clock.now()


def check_may_act(session: InterviewSession) -> None:
    """Raise the reason why nothing new may begin in this session."""
    if session.status == Status.WITHDRAWN:
        raise SessionWithdrawn
    if session.status == Status.COMPLETED:
        raise SessionCompleted
    if is_over(session):
        raise SessionExpired


def check_may_enter(session: InterviewSession) -> None:
    """Raise the reason why this session cannot be entered.

    Whoever began sees their own page afterwards. Closing a campaign keeps out those who have not
    started: the others may finish what they began.
    """
    if session.started_at is not None:
        return
    if is_over(session):
        raise LinkExpired
    check_campaign_lets_in(session.campaign)


def shows_own_page(session: InterviewSession) -> bool:
    """Return whether there is nothing left to do but to look back.

    One that expired in the middle of an answer is entered to send that answer.
    """
    if session.status in (Status.COMPLETED, Status.WITHDRAWN):
        return True
    return is_over(session) and not answer_under_way(session)


def check_campaign_lets_in(campaign: VideoCampaign) -> None:
    """Raise the reason why nobody may begin in this campaign."""
    # Its end counts by way of the session's own, which may have been put off.
    if campaign.status != VideoCampaign.Status.OPEN:
        raise CampaignClosed
    if campaign.starts_at > clock.now():
        raise CampaignNotStarted


def answer_under_way(session: InterviewSession) -> bool:
    """Return whether an answer begun in time can still be sent."""
    return Take.objects.filter(
        session=session, state=Take.State.OPEN, deadline__gt=oldest_deadline()
    ).exists()


def oldest_deadline() -> datetime:
    """Return the deadline before which an open take is given up."""
    return clock.now() - FINISH_WITHIN


def open_campaign(campaign: VideoCampaign) -> bool:
    """Let candidates in; return whether anything changed."""
    if campaign.status == VideoCampaign.Status.OPEN:
        return False
    if campaign.ends_at <= clock.now():
        raise CampaignOver
    if campaign.current is None or not campaign.current.questions.exists():
        raise CampaignHasNoQuestions
    _set_campaign(campaign, VideoCampaign.Status.OPEN)
    return True


def close_campaign(campaign: VideoCampaign) -> bool:
    """Let nobody else in; return whether anything changed."""
    if campaign.status == VideoCampaign.Status.CLOSED:
        return False
    _set_campaign(campaign, VideoCampaign.Status.CLOSED)
    return True


def archive_campaign(campaign: VideoCampaign) -> bool:
    """Put the campaign away for good; return whether anything changed."""
    if campaign.status == VideoCampaign.Status.ARCHIVED:
        return False
    _set_campaign(campaign, VideoCampaign.Status.ARCHIVED)
    return True


def _set_campaign(campaign: VideoCampaign, status: VideoCampaign.Status) -> None:
    campaign.status = status
    campaign.save(update_fields=["status", "updated_at"])
    announce(campaign.organization_id, "campaign", campaign.id)
