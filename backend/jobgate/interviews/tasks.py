from uuid import UUID

from jobgate.core.background import task
from jobgate.interviews.services import expiry, faults


@task(seconds=60)
def give_back(take_id: str, reason: str) -> None:
    """Return an attempt that a technical fault spoilt to the candidate."""
    faults.give_back(UUID(take_id), reason)


@task(seconds=120, cron="* * * * *")
def sweep_sessions() -> None:
    """Expire the sessions that are due, a batch at a time."""
    while expiry.expire_sessions() == expiry.AT_ONCE:
        pass
    expiry.abandon_takes()
