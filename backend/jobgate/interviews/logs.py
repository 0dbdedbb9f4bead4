"""Write the log of a session."""

from collections.abc import Iterable, Mapping
from typing import Any

from jobgate.core import clock
from jobgate.interviews.models import InterviewSession, SessionLog

# A page that goes mad must not fill the database.
MOST_PAGE_ENTRIES = 2000


def log(session: InterviewSession, kind: str, /, **data: Any) -> None:
    """Add an entry of the server's own, in the caller's transaction."""
    SessionLog.objects.create(session=session, kind=kind, data=data)


def log_from_page(session: InterviewSession, events: Iterable[Mapping[str, Any]]) -> int:
    """Add what the candidate's page tells, up to a bound; return how many were kept.

    The server's time counts; the device's is kept beside it.
    """
    told = SessionLog.objects.filter(session=session, source=SessionLog.Source.PAGE).count()
    now = clock.now()
    rows = [
        SessionLog(
            session=session,
            at=now,
            source=SessionLog.Source.PAGE,
            kind=event["kind"],
            data={**event["data"], "device_at": event["at"].isoformat()},
        )
        for event in events
    ][: max(0, MOST_PAGE_ENTRIES - told)]
    SessionLog.objects.bulk_create(rows)
    return len(rows)
