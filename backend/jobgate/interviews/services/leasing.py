"""One device at a time acts in a session; another one may take over."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction

from jobgate.core import clock
from jobgate.core.tenancy import all_tenants, tenant_scope
from jobgate.interviews import access, lifecycle
from jobgate.interviews.devices import Device
from jobgate.interviews.errors import SessionElsewhere
from jobgate.interviews.logs import log
from jobgate.interviews.models import InterviewSession, Take
from jobgate.interviews.services import faults

# Hidden pages are woken once a minute: one heartbeat may be missing.
SILENT_AFTER = timedelta(seconds=90)
AT_ONCE = 500


@dataclass(frozen=True)
class Visitor:
    """A device that comes in: what it calls itself, what its cookie says, what it is."""

    lease: UUID | None = None
    known_as: UUID | None = None
    take_over: bool = False
    device: Device = field(default_factory=Device)


def enter(session: InterviewSession, visitor: Visitor) -> None:
    """Let this device act from now on; the caller holds the session's lock.

    Raises:
        SessionElsewhere: another device acts at the moment, and was not to be taken over.
    """
    if lifecycle.shows_own_page(session):
        return
    same = session.lease in (None, visitor.lease, visitor.known_as)
    if not same and is_heard(session) and not visitor.take_over:
        raise SessionElsewhere
    if not same:
        _leave(session)
    lease = visitor.lease or visitor.known_as or uuid4()
    if session.lease != lease:
        # Not heard of yet: an answer that got lost on its way shuts nobody out.
        session.lease, session.lease_renewed_at = lease, None
    session.last_seen_at = clock.now()
    _note_device(session, visitor.device)
    session.save(update_fields=["lease", "lease_renewed_at", "last_seen_at", "device"])


def is_heard(session: InterviewSession) -> bool:
    """Return whether the device that holds the session was heard of a moment ago."""
    heard = session.lease_renewed_at
    return heard is not None and heard > clock.now() - SILENT_AFTER


def _leave(session: InterviewSession) -> None:
    """Give back what the other device was recording: what it sends still counts."""
    log(session, "taken_over")
    takes = Take.objects.select_related("recording").filter(session=session, state=Take.State.OPEN)
    for take in takes:
        if faults.faults_left(session, take.question_id) > 0:
            faults.release(session, take, "taken_over", by="server")


def _note_device(session: InterviewSession, device: Device) -> None:
    found = device.as_json()
    if found and session.device != found:
        session.device = found
        log(session, "entered", **found)


@contextmanager
def acting(session_id: UUID, lease: UUID | None) -> Iterator[None]:
    """Run a step of the device with this lease; nobody takes over in the midst of it.

    Raises:
        SessionElsewhere: another device has taken over.
    """
    with transaction.atomic():
        if not renew(session_id, lease):
            raise SessionElsewhere
        yield


def renew(session_id: UUID, lease: UUID | None) -> bool:
    """Note a sign of life; return whether this device may act."""
    now = clock.now()
    held = InterviewSession.objects.filter(pk=session_id, lease=lease)
    return held.update(last_seen_at=now, lease_renewed_at=now) == 1


def note_silence() -> int:
    """Log the sessions whose page has gone without a word, once each; return how many."""
    with all_tenants("pages of every organisation's candidates fall silent"):
        silent = list(
            InterviewSession.objects.filter(
                status__in=InterviewSession.LIVE,
                lease_renewed_at__lte=clock.now() - SILENT_AFTER,
            ).values_list("organization_id", "id")[:AT_ONCE]
        )
    return sum(_note_silence(organization_id, session_id) for organization_id, session_id in silent)


@transaction.atomic
def _note_silence(organization_id: UUID, session_id: UUID) -> bool:
    with tenant_scope(organization_id):
        session = access.lock_session(session_id)
        if session.lease_renewed_at is None or is_heard(session):
            return False
        log(session, "heartbeat_lost", last_seen_at=session.lease_renewed_at.isoformat())
        session.lease_renewed_at = None
        session.save(update_fields=["lease_renewed_at"])
        lifecycle.changed(session)
        return True
