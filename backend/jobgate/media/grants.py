"""Short-lived permissions to play one recording: signed, and checked again at every request."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing

from jobgate.media.errors import GrantRefused

LIFETIME = timedelta(minutes=10)
SALT = "jobgate.media.playback"


@dataclass(frozen=True)
class Grant:
    """Who may play what, in which organisation."""

    actor_id: UUID
    organization_id: UUID
    recording_id: UUID


def sign(grant: Grant) -> str:
    parts = (grant.actor_id, grant.organization_id, grant.recording_id)
    return signing.dumps([part.hex for part in parts], salt=SALT)


def verify(text: str) -> Grant:
    """Return the grant; raise GrantRefused when it is forged or old."""
    try:
        parts = signing.loads(text, salt=SALT, max_age=LIFETIME)
        return Grant(*(UUID(part) for part in parts))
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise GrantRefused from error
