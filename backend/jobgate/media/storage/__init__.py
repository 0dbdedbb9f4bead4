"""Where a recording's files lie: under names that the server alone gives, never under paths.

The settings choose: a local folder, or a bucket that speaks S3.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings

from jobgate.media.storage.local import LocalFiles, folder_of, path_of
from jobgate.media.storage.names import ORIGINAL, FileMissing, Method, name_of
from jobgate.media.storage.s3 import bucket

__all__ = [
    "ORIGINAL",
    "FileMissing",
    "Files",
    "files",
    "folder_of",
    "in_bucket",
    "name_of",
    "path_of",
]


class Files(Protocol):
    """The files of this installation. Anything may raise StorageUnavailable: try again later."""

    def reading(self, name: str) -> AbstractContextManager[Path]:
        """Give a path to read the file from, for the length of the block; raise FileMissing."""

    def size(self, name: str) -> int:
        """Return how many bytes the file holds; raise FileMissing."""

    def publish(self, path: Path, name: str) -> None:
        """Give a finished file its name at one stroke, durably; `path` may be gone afterwards."""

    def delete(self, name: str) -> None:
        """Remove the file for good; one that is not there is gone already."""

    def delete_recording(self, organization_id: UUID, recording_id: UUID) -> None:
        """Remove every file of a recording for good."""

    def work_root(self, organization_id: UUID, recording_id: UUID) -> Path:
        """Return a local folder in which this recording may be worked on."""

    def address(self, name: str, content_type: str, method: Method = "GET") -> str | None:
        """Return a short-lived address of the file's own, None where the web process serves it."""


def in_bucket() -> bool:
    return bool(settings.AWS_STORAGE_BUCKET_NAME)


def files() -> Files:
    """Return the files where the settings say they are."""
    return bucket() if in_bucket() else LocalFiles()
