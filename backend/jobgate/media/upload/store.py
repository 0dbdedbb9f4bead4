"""Uploads in a local folder.

The truth is the file's length after a sync. A sidecar beside it holds what the file cannot say,
and a lock on the file says who writes. None of it needs the database.
"""

import os
import shutil
import time
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

import orjson
from django.conf import settings

from jobgate.core import clock
from jobgate.media import storage
from jobgate.media.errors import DiskFull, UploadBusy, UploadUnknown
from jobgate.media.locks import try_lock

LIFETIME = timedelta(days=7)
SIDECAR = "upload.json"
# Touched by whoever wants the lock: the holder gives way.
WANTED = "upload.wanted"
TAKE_PAUSE_SECONDS = 0.02
TAKE_TRIES = 200


@dataclass(frozen=True)
class Sidecar:
    """What is known of an upload beside its bytes."""

    expires_at: datetime
    max_bytes: int
    generation: int
    length: int | None = None
    file_type: str = ""
    sealed: bool = False


# Windows would turn each line feed of the recording into two bytes.
MODE = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0)
# macOS and Windows have no fdatasync.
SYNC = getattr(os, "fdatasync", os.fsync)


class LockHeld(Exception):
    """Someone else writes this upload at the moment."""


class Store:
    """The uploads of this installation."""

    def create(self, organization_id: UUID, recording_id: UUID, sidecar: Sidecar) -> "Upload":
        """Make an empty upload, or return the one that is there: a lost answer is asked again."""
        self.check_room()
        upload = Upload(storage.folder_of(organization_id, recording_id))
        upload.folder.mkdir(parents=True, exist_ok=True)
        if not upload.sidecar_path.exists():
            upload.path.touch()
            upload.write_sidecar(sidecar)
            storage.sync_folder(upload.folder.parent)
        return upload

    def get(self, organization_id: UUID, recording_id: UUID) -> "Upload":
        """Return the upload; raise UploadUnknown."""
        upload = Upload(storage.folder_of(organization_id, recording_id))
        if not upload.sidecar_path.exists():
            raise UploadUnknown
        return upload

    def check_room(self) -> None:
        """Raise DiskFull while little is left: what was accepted must still find room."""
        root = Path(settings.MEDIA_ROOT)
        root.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(root).free < settings.UPLOAD_MIN_FREE_BYTES:
            raise DiskFull


class Upload:
    """One upload's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / storage.ORIGINAL
        self.sidecar_path = folder / SIDECAR
        self.wanted_path = folder / WANTED

    def offset(self) -> int:
        return self.path.stat().st_size

    def sidecar(self) -> Sidecar:
        try:
            data = orjson.loads(self.sidecar_path.read_bytes())
        except FileNotFoundError as error:
            raise UploadUnknown from error
        return Sidecar(**data | {"expires_at": datetime.fromisoformat(data["expires_at"])})

    def write_sidecar(self, sidecar: Sidecar) -> None:
        """Replace the sidecar at one stroke, durably."""
        fresh = self.folder / f"{SIDECAR}.{os.getpid()}"
        fresh.write_bytes(orjson.dumps(asdict(sidecar)))
        storage.publish(fresh, self.sidecar_path)

    def change(self, **changes: object) -> Sidecar:
        sidecar = replace(self.sidecar(), **changes)  # type: ignore[arg-type]  # checked by replace
        self.write_sidecar(sidecar)
        return sidecar

    def is_whole(self) -> bool:
        return self.sidecar().length == self.offset()

    def drop_bytes(self) -> None:
        """Give the room back; the sidecar stays and says what became of the upload."""
        self.path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Forget the upload; what is not there is gone already."""
        for path in (self.sidecar_path, self.path, self.wanted_path):
            path.unlink(missing_ok=True)

    def ask_for_lock(self) -> None:
        """Tell the holder, in whatever process, to give way."""
        self.wanted_path.touch()

    def wanted_since(self) -> int:
        """Return a number that grows when someone asks for the lock."""
        try:
            return self.wanted_path.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def open(self) -> "Writer":
        """Lock the upload for writing; raise LockHeld."""
        return Writer(self)

    def take(self) -> "Writer":
        """Lock the upload for writing, whoever holds it; raise UploadBusy."""
        for _ in range(TAKE_TRIES):
            try:
                return self.open()
            except LockHeld:
                self.ask_for_lock()
                time.sleep(TAKE_PAUSE_SECONDS)
        raise UploadBusy


class Writer:
    """The one who may append to an upload, while the lock is held."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload
        try:
            self.descriptor = os.open(upload.path, MODE)
        except FileNotFoundError as error:
            raise UploadUnknown from error
        if not try_lock(self.descriptor):
            os.close(self.descriptor)
            raise LockHeld
        self.wanted_at_start = upload.wanted_since()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self.descriptor)

    def offset(self) -> int:
        return os.fstat(self.descriptor).st_size

    def holds(self, data: bytes, position: int) -> bool:
        """Tell whether these bytes lie at this place."""
        os.lseek(self.descriptor, position, os.SEEK_SET)  # appending goes to the end all the same
        return os.read(self.descriptor, len(data)) == data

    def append(self, data: bytes) -> None:
        """Write it all; OSError says what stopped it."""
        view = memoryview(data)
        while view:
            view = view[os.write(self.descriptor, view) :]

    def cut(self, offset: int) -> None:
        """Take back what was written after `offset`."""
        os.ftruncate(self.descriptor, offset)

    def sync(self) -> None:
        SYNC(self.descriptor)

    def must_give_way(self) -> bool:
        return self.upload.wanted_since() != self.wanted_at_start


def new_sidecar(
    *, max_bytes: int, generation: int, length: int | None = None, file_type: str = ""
) -> Sidecar:
    """Return the sidecar of an upload that begins now."""
    return Sidecar(clock.now() + LIFETIME, max_bytes, generation, length, file_type)


store = Store()
