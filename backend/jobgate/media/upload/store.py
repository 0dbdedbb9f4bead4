"""The uploads of this installation, where the settings say that they are: a folder, or a bucket."""

from collections.abc import Hashable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, Self
from uuid import UUID

from jobgate.media import storage
from jobgate.media.upload import folder, pieces
from jobgate.media.upload.sidecar import LIFETIME, LockHeld, Sidecar, new_sidecar

__all__ = [
    "LIFETIME", "LockHeld", "Sidecar", "Store", "Upload", "Writer", "new_sidecar", "store",
]  # fmt: skip


class Writer(AbstractContextManager["Writer"], Protocol):
    """The one who may append to an upload, until another takes it over."""

    def __enter__(self) -> Self: ...

    def sidecar(self) -> Sidecar: ...

    def change(self, **changes: object) -> Sidecar: ...

    def offset(self) -> int:
        """Return how far the upload goes, with what was appended and is not yet durable."""

    def holds(self, data: bytes, position: int) -> bool:
        """Tell whether these bytes lie at this place."""

    def append(self, data: bytes) -> None:
        """Take these bytes; OSError says what stopped it."""

    def cut(self, offset: int) -> None:
        """Take back what was appended after `offset`."""

    def expect(self, size: int) -> None:
        """Prepare for so many bytes, which are right as they come."""

    def store(self) -> None:
        """Pass on what waits in memory, since it is due."""

    def sync(self) -> None:
        """Make durable what was appended."""

    def due(self) -> bool:
        """Tell whether so much waits, or for so long, that it must be stored now."""

    def overdue(self) -> bool:
        """Tell whether something waits for so long that anybody may store it, from a thread."""

    def patience(self) -> float | None:
        """Return in how many seconds it will be due though nothing comes; None for never."""

    def hold_back(self) -> None:
        """Count nothing of what follows before `let_go` and a sync, even if the process dies."""

    def let_go(self) -> None: ...

    def must_give_way(self) -> bool:
        """Tell whether someone in another process asked for the upload."""


class Upload(Protocol):
    """One upload."""

    @property
    def key(self) -> Hashable: ...

    def sidecar(self) -> Sidecar: ...

    def change(self, **changes: object) -> Sidecar: ...

    def offset(self) -> int: ...

    def is_whole(self) -> bool: ...

    def drop_bytes(self) -> None:
        """Give the room back; what is known of the upload stays and says what became of it."""

    def remove(self) -> None:
        """Forget the upload; what is not there is gone already."""

    def ask_for_lock(self) -> None:
        """Tell who writes, in whatever process, to give way."""

    def open(self) -> Writer:
        """Become the one who writes; raise LockHeld."""

    def take(self) -> Writer:
        """Become the one who writes, whoever it was; raise UploadBusy."""


class Store(Protocol):
    """All uploads."""

    def create(self, organization_id: UUID, recording_id: UUID, sidecar: Sidecar) -> Upload:
        """Make an empty upload, or return the one that is there: a lost answer is asked again."""

    def get(self, organization_id: UUID, recording_id: UUID) -> Upload:
        """Return the upload; raise UploadUnknown."""

    def check_room(self) -> None:
        """Raise DiskFull while little is left: what was accepted must still find room."""

    def original(self, organization_id: UUID, recording_id: UUID) -> AbstractContextManager[Path]:
        """Give a path to read the file as it came, for the length of a block; raise FileMissing."""


class ChosenStore:
    """The store of the settings at the moment."""

    def create(self, organization_id: UUID, recording_id: UUID, sidecar: Sidecar) -> Upload:
        return _chosen().create(organization_id, recording_id, sidecar)

    def get(self, organization_id: UUID, recording_id: UUID) -> Upload:
        return _chosen().get(organization_id, recording_id)

    def check_room(self) -> None:
        _chosen().check_room()

    def original(self, organization_id: UUID, recording_id: UUID) -> AbstractContextManager[Path]:
        return _chosen().original(organization_id, recording_id)


def _chosen() -> Store:
    return pieces.Store() if storage.in_bucket() else folder.Store()


store: Store = ChosenStore()
