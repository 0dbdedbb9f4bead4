"""The right to upload, given as the product gives it: signed, and known to no database."""

import logging
import os
import sys
from dataclasses import dataclass
from uuid import UUID, uuid4

from bench.machine import ROOT

ORGANIZATION = uuid4()


@dataclass(frozen=True)
class Ticket:
    """One upload that may be made."""

    recording: UUID
    header: str


def prepare(secret: str) -> None:
    """Sign with the secret of the product that will check it."""
    os.environ["SECRET_KEY"] = secret
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobgate.config.settings")
    sys.path.append(str(ROOT / "backend"))
    import django  # noqa: PLC0415 -- after the settings

    django.setup()
    # The product's settings would let it tell each request of the bench.
    logging.getLogger("httpx").setLevel(logging.WARNING)


def issue(max_bytes: int) -> Ticket:
    """Return a ticket for an upload of its own."""
    from jobgate.media.upload import tokens  # noqa: PLC0415 -- after `prepare`

    recording = uuid4()
    token = tokens.sign(
        recording_id=recording, organization_id=ORGANIZATION, generation=1, max_bytes=max_bytes
    )
    return Ticket(recording, f"Authorization: Upload {token}\r\n")
