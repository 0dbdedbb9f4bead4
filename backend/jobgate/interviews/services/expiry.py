"""Sessions expire by themselves."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jobgate.core import clock
from jobgate.core.tenancy import all_tenants, tenant_scope
from jobgate.interviews import access, lifecycle
from jobgate.interviews.models import InterviewSession, Take
from jobgate.interviews.services import faults, reopening

AT_ONCE = 500


def expire_sessions() -> int:
    """Flip the sessions whose time is over, in all organisations; return how many."""
    with all_tenants("sessions of every organisation expire by themselves"):
        due = list(
            InterviewSession.objects.filter(
                status__in=InterviewSession.LIVE, expires_at__lte=clock.now()
            )
            .order_by("expires_at")
            .values_list("organization_id", "id")[:AT_ONCE]
        )
    return sum(_expire(organization_id, session_id) for organization_id, session_id in due)


@transaction.atomic
def _expire(organization_id: UUID, session_id: UUID) -> bool:
    with tenant_scope(organization_id):
        session = access.lock_session(session_id)
        expired = lifecycle.expire(session)
        if expired:
            faults.count_what_was_kept(session)
            reopening.settle(session)
        return expired


def abandon_takes() -> int:
    """Give up attempts that nobody can finish any more; return how many."""
    with all_tenants("attempts of every organisation are given up by themselves"):
        due = list(_unfinished().values_list("organization_id", flat=True).distinct())
    return sum(_abandon(organization_id) for organization_id in due)


def _abandon(organization_id: UUID) -> int:
    with tenant_scope(organization_id):
        return _unfinished().update(state=Take.State.ABANDONED)


def _unfinished() -> QuerySet[Take]:
    return Take.objects.filter(
        state=Take.State.OPEN, deadline__lte=lifecycle.oldest_deadline()
    ).order_by()
