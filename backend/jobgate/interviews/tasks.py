from uuid import UUID

from jobgate.core.background import task
from jobgate.interviews.services import expiry, faults, imports, leasing, reminding


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


@task(seconds=300)
def read_import(import_id: str) -> None:
    """Judge the lines of a list."""
    imports.read_lines(UUID(import_id))


@task(seconds=120)
def invite_lines(import_id: str) -> None:
    """Invite the next people of a list."""
    imports.invite_some(UUID(import_id))


@task(cron="41 3 * * *", retries=1)
def forget_import_lines() -> None:
    """Keep lists of people no longer than needed."""
    imports.forget_lines()


@task(seconds=60, cron="* * * * *")
def note_silence() -> None:
    """Log the pages that have gone without a word, a batch at a time."""
    while leasing.note_silence() == leasing.AT_ONCE:
        pass


@task(seconds=280, cron="*/5 * * * *", retries=1)
def remind_candidates() -> None:
    """Remind whoever is due, a batch at a time."""
    while reminding.remind() == reminding.AT_ONCE:
        pass
