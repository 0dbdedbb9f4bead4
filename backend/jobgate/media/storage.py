"""Where a recording's files lie: one folder for each, named by the server alone."""

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

ORIGINAL = "original"


def name_of(organization_id: UUID, recording_id: UUID, file: str = ORIGINAL) -> str:
    """Return a file's name in the store."""
    return f"recordings/{organization_id}/{recording_id}/{file}"


def path_of(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def folder_of(organization_id: UUID, recording_id: UUID) -> Path:
    return path_of(name_of(organization_id, recording_id)).parent


def publish(temporary: Path, final: Path) -> None:
    """Give a finished file its name at one stroke; afterwards it survives a power cut."""
    # For writing, else Windows syncs nothing.
    with temporary.open("r+b") as file:
        os.fsync(file.fileno())
    temporary.replace(final)
    sync_folder(final.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
