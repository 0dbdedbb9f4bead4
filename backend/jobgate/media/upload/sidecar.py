"""What is known of an upload beside its bytes, in a folder as in a bucket."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jobgate.core import clock

LIFETIME = timedelta(days=7)


@dataclass(frozen=True)
class Sidecar:
    """What is known of an upload beside its bytes."""

    expires_at: datetime
    max_bytes: int
    generation: int
    length: int | None = None
    file_type: str = ""
    sealed: bool = False


class LockHeld(Exception):
    """Someone else writes this upload at the moment."""


def new_sidecar(
    *, max_bytes: int, generation: int, length: int | None = None, file_type: str = ""
) -> Sidecar:
    """Return the sidecar of an upload that begins now."""
    return Sidecar(clock.now() + LIFETIME, max_bytes, generation, length, file_type)
