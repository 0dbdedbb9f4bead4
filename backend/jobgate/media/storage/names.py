"""What both kinds of storage have in common: names, and their absence."""

from typing import Literal
from uuid import UUID

# What a file's own address may be asked for.
Method = Literal["GET", "HEAD"]
ORIGINAL = "original"


class FileMissing(Exception):
    """There is no file of this name."""


def name_of(organization_id: UUID, recording_id: UUID, file: str = ORIGINAL) -> str:
    """Return a file's name in the store."""
    return f"recordings/{organization_id}/{recording_id}/{file}"
