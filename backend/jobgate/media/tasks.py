from uuid import UUID

from jobgate.core import background
from jobgate.media import (
    access,
    improving,
    processing,
    program,
    services,
    storage,
    sweeping,
    tidying,
)
from jobgate.media.upload import pieces

# The program is killed at its own limit, which has to come first: a thread cannot be. The rest is
# for hashing, and for bringing files from a bucket and back.
FILES_SECONDS = 600


@background.task(seconds=60)
def enforce_revocation(recording_id: str) -> None:
    """Refuse who still sends with a token that was given before a revocation."""
    services.enforce_revocation(access.recording(UUID(recording_id)))


@background.task(queue="media", seconds=int(program.WALL_SECONDS) + FILES_SECONDS)
def process_recording(recording_id: str) -> None:
    """Verify a received recording and make it playable."""
    processing.process(access.recording(UUID(recording_id)))


@background.task(
    queue=background.LATER, seconds=improving.EXTRAS_SECONDS + FILES_SECONDS, retries=3
)
def add_extras(recording_id: str) -> None:
    """Make the storyboard of a recording that is ready, and measure its sound."""
    improving.add_extras(access.recording(UUID(recording_id)))


@background.task(
    queue=background.LATER, seconds=improving.PORTABLE_SECONDS + FILES_SECONDS, retries=3
)
def make_portable(recording_id: str) -> None:
    """Make the copy of a recording that every browser plays."""
    improving.make_portable(access.recording(UUID(recording_id)))


@background.task(cron="* * * * *", seconds=50, retries=1)
def sweep_recordings() -> None:
    """Heal what is stuck."""
    sweeping.sweep()


@background.task(cron="17 * * * *", seconds=1800, retries=1)
def sweep_pieces() -> None:
    """Remove the pieces in the bucket that nobody needs."""
    if storage.in_bucket():
        pieces.remove_orphans()


@background.task(cron="41 2 * * *", seconds=3600, retries=1)
def remove_spent_files() -> None:
    """Remove the files that nobody needs any more."""
    tidying.remove_spent_files()
