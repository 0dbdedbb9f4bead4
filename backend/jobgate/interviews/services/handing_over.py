"""A code, shown as a QR code, by which the candidate goes on with another device."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from jobgate.core import clock
from jobgate.core.ids import new_id
from jobgate.core.tenancy import all_tenants, tenant_scope
from jobgate.interviews import access, lifecycle, links
from jobgate.interviews.errors import HandoverExpired, LinkUnknown
from jobgate.interviews.logs import log
from jobgate.interviews.models import Handover, InterviewSession
from jobgate.interviews.services import leasing

LIFETIME = timedelta(minutes=5)


@dataclass(frozen=True)
class Code:
    """What the first device shows; only its digest is kept."""

    code: UUID
    expires_at: datetime


@transaction.atomic
def make(session_id: UUID) -> Code:
    """Make a code that works once; an earlier one does not work any more."""
    session = access.lock_session(session_id)
    lifecycle.check_may_act(session)
    Handover.objects.filter(session=session, used_at=None).delete()
    handover_id = new_id()
    code = links.handover_code(handover_id, session.generation)
    handover = Handover.objects.create(
        id=handover_id,
        session=session,
        code_digest=links.digest(code),
        expires_at=clock.now() + LIFETIME,
    )
    log(session, "handover_made")
    return Code(code, handover.expires_at)


def accept(code: str, visitor: leasing.Visitor) -> InterviewSession:
    """Let the device that read the code go on; unknown, used and old codes look alike."""
    organization_id, session_id, handover_id = _find(code)
    with tenant_scope(organization_id), transaction.atomic():
        session = access.lock_session(session_id)
        handover = Handover.objects.filter(pk=handover_id, session=session, used_at=None).first()
        if handover is None or not _works(handover, session):
            raise HandoverExpired
        handover.used_at = clock.now()
        handover.save(update_fields=["used_at"])
        lifecycle.check_may_enter(session)
        log(session, "handover_used")
        leasing.enter(session, replace(visitor, take_over=True))
        return session


def _works(handover: Handover, session: InterviewSession) -> bool:
    code = links.handover_code(handover.id, session.generation)
    return handover.expires_at > clock.now() and handover.code_digest == links.digest(code)


def _find(code: str) -> tuple[UUID, UUID, UUID]:
    try:
        digest = links.digest_of_text(code)
    except LinkUnknown as error:
        raise HandoverExpired from error
    with all_tenants("a code on a screen does not name its organisation"):
        found = (
            Handover.objects.filter(code_digest=digest)
            .values_list("organization_id", "session_id", "id")
            .first()
        )
    if found is None:
        raise HandoverExpired
    return found
