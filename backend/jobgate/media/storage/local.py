"""Files in a local folder."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from jobgate.media.errors import StorageUnavailable
from jobgate.media.storage.names import FileMissing, Method, name_of


class LocalFiles:
    """The files under MEDIA_ROOT. Nothing is copied, to read it or to give it its name."""

    @contextmanager
    def reading(self, name: str) -> Iterator[Path]:
        """Give the file's own path; raise FileMissing, StorageUnavailable."""
        path = path_of(name)
        if not path.exists():
            # Without its folder, it is the disk that is not there, and may come back.
            raise FileMissing(name) if path.parent.exists() else StorageUnavailable
        yield path

    def size(self, name: str) -> int:
        try:
            return path_of(name).stat().st_size
        except FileNotFoundError as error:
            raise FileMissing(name) from error

    def publish(self, path: Path, name: str) -> None:
        publish(path, path_of(name))

    def delete(self, name: str) -> None:
        path_of(name).unlink(missing_ok=True)

    def delete_recording(self, organization_id: UUID, recording_id: UUID) -> None:
        shutil.rmtree(folder_of(organization_id, recording_id), ignore_errors=True)

    def work_root(self, organization_id: UUID, recording_id: UUID) -> Path:
        """Return the recording's own folder: a file made there gets its name without a copy."""
        return folder_of(organization_id, recording_id)

    def address(self, name: str, content_type: str, method: Method = "GET") -> str | None:
        return None


def path_of(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def folder_of(organization_id: UUID, recording_id: UUID) -> Path:
    return path_of(name_of(organization_id, recording_id)).parent


def publish(temporary: Path, final: Path) -> None:
    """Give a finished file its name at one stroke; afterwards it survives a power cut."""
    # For writing, else Windows syncs nothing.
    descriptor = os.open(temporary, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
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
