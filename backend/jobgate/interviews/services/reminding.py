"""Remind candidates by their campaign's rule: so many days before the end, and never at night."""

import zoneinfo
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from jobgate.core import clock
from jobgate.core.tenancy import all_tenants, tenant_scope
from jobgate.interviews import access, lifecycle
from jobgate.interviews.invitation import REMINDER, send
from jobgate.interviews.logs import log
from jobgate.interviews.models import InterviewSession, VideoCampaign

AT_ONCE = 500
# Hours of the day, by the campaign's time zone, in which letters go out.
FIRST_HOUR, LAST_HOUR = 8, 20


def remind() -> int:
    """Write to whoever is due, in all organisations; return how many were looked at."""
    with all_tenants("candidates of every organisation are reminded by themselves"):
        due = list(_due().values_list("organization_id", "id")[:AT_ONCE])
    for organization_id, session_id in due:
        _remind(organization_id, session_id)
    return len(due)


def _due() -> QuerySet[InterviewSession]:
    """Return the sessions that a rule speaks of and that were not dealt with yet."""
    campaigns = VideoCampaign.objects.filter(status=VideoCampaign.Status.OPEN).exclude(
        reminder_days=[]
    )
    zones = campaigns.order_by().values_list("time_zone", flat=True).distinct()
    awake = [zone for zone in zones if _is_day(zone)]
    rules = campaigns.order_by().values_list("reminder_days", flat=True).distinct()
    now, either = clock.now(), Q(pk=None)
    for days in {days for rule in rules for days in rule}:
        soon = Q(expires_at__lte=now + timedelta(days=days))
        ruled = Q(campaign__reminder_days__contains=[days])
        either |= soon & ruled & ~Q(reminded_days__contains=[days])
    sessions = InterviewSession.objects.filter(
        either,
        status__in=InterviewSession.LIVE,
        expires_at__gt=now,
        campaign__status=VideoCampaign.Status.OPEN,
        campaign__time_zone__in=awake,
    )
    return sessions.order_by("expires_at")


def _is_day(time_zone: str) -> bool:
    hour = clock.now().astimezone(zoneinfo.ZoneInfo(time_zone)).hour
    return FIRST_HOUR <= hour < LAST_HOUR


@transaction.atomic
def _remind(organization_id: UUID, session_id: UUID) -> None:
    """Send one letter, however many days of the rule have passed; note them all."""
    with tenant_scope(organization_id):
        session = access.lock_session(session_id)
        if lifecycle.is_over(session):
            return
        passed = _passed(session)
        missed = [days for days in passed if days not in session.reminded_days]
        if not missed:
            return
        session.reminded_days = passed
        session.save(update_fields=["reminded_days"])
        # Who was invited within the time that the rule speaks of has just had a letter.
        latest = session.expires_at - timedelta(days=min(missed))
        if session.created_at < latest:
            send(session, REMINDER)
            log(session, "reminded", days=min(missed))


def _passed(session: InterviewSession) -> list[int]:
    left = session.expires_at - clock.now()
    return [days for days in session.campaign.reminder_days if left <= timedelta(days=days)]
