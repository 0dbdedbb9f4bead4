from uuid import UUID

from jobgate.core import background
from jobgate.media import access, processing, sweeping


@background.task(queue="media", seconds=600)
def process_recording(recording_id: str) -> None:
    """Verify a received recording and make it playable."""
    processing.process(access.recording(UUID(recording_id)))


@background.task(cron="* * * * *", seconds=50, retries=1)
def sweep_recordings() -> None:
    """Heal what is stuck."""
    sweeping.sweep()
