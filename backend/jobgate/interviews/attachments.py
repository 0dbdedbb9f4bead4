"""Signed addresses of the files that answer questions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse

from jobgate.core import clock
from jobgate.core.errors import NotFound
from jobgate.interviews.models import Attachment

LIFETIME = timedelta(minutes=10)
SALT = "jobgate.interviews.attachment"


@dataclass(frozen=True)
class Grant:
    """Who may fetch which file, in which organisation."""

    actor_id: UUID
    organization_id: UUID
    attachment_id: UUID


def address(attachment: Attachment, actor_id: UUID) -> tuple[str, datetime]:
    """Return where this person or session fetches the file for the next minutes."""
    parts = (actor_id, attachment.organization_id, attachment.id)
    grant = signing.dumps([part.hex for part in parts], salt=SALT)
    path = reverse("attachment", args=[attachment.id])
    return f"{path}?grant={grant}", clock.now() + LIFETIME


def verify(text: str, attachment_id: UUID) -> Grant:
    """Return the grant for this file; raise NotFound when it is forged, old or another's."""
    try:
        parts = signing.loads(text, salt=SALT, max_age=LIFETIME)
        grant = Grant(*(UUID(part) for part in parts))
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise NotFound from error
    if grant.attachment_id != attachment_id:
        raise NotFound
    return grant
