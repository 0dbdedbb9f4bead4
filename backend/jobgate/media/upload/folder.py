"""Uploads in a local folder.

The truth is the file's length after a sync. A sidecar beside it holds what the file cannot say,
and a lock on the file says who writes. None of it needs the database.
"""

import errno
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from uuid import UUID

import orjson
from django.conf import settings

from jobgate.media import storage
from jobgate.media.errors import DiskFull, UploadBusy, UploadUnknown
from jobgate.media.locks import try_lock
from jobgate.media.storage import local
from jobgate.media.upload import direct
from jobgate.media.upload.gathering import Gathered
from jobgate.media.upload.sidecar import LockHeld, Sidecar

SIDECAR = "upload.json"
# Written by whoever holds the lock: what a process that died left is written over.
FRESH = "upload.json.new"
# Touched by whoever wants the lock: the holder gives way.
WANTED = "upload.wanted"
# What must not count yet lies apart: were the process killed, nobody would take it back.
UNCHECKED = "upload.unchecked"
# More than one ever has.
SIDECAR_BYTES = 4096
COPY_BYTES = 1024 * 1024
TAKE_PAUSE_SECONDS = 0.02
TAKE_TRIES = 200
DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


# Windows would turn each line feed of the recording into two bytes.
MODE = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0)
# macOS and Windows have no fdatasync.
SYNC = getattr(os, "fdatasync", os.fsync)


@contextmanager
def room_needed() -> Iterator[None]:
    """Raise DiskFull where the disk says that it is."""
    try:
        yield
    except OSError as error:
        if error.errno not in DISK_ERRORS:
            raise
        raise DiskFull from error


class Store:
    """The uploads of this installation."""

    def create(self, organization_id: UUID, recording_id: UUID, sidecar: Sidecar) -> "Upload":
        """Make an empty upload, or return the one that is there: a lost answer is asked again."""
        self.check_room()
        upload = _upload(settings.MEDIA_ROOT, organization_id, recording_id)
        with room_needed():
            if not upload.sidecar_path.exists():
                upload.begin(sidecar)
        return upload

    def get(self, organization_id: UUID, recording_id: UUID) -> "Upload":
        """Return the upload; its sidecar tells whether it is there."""
        return _upload(settings.MEDIA_ROOT, organization_id, recording_id)

    def check_room(self) -> None:
        """Raise DiskFull while little is left: what was accepted must still find room."""
        try:
            free = shutil.disk_usage(settings.MEDIA_ROOT).free
        except FileNotFoundError:
            # Before the very first upload.
            Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
            free = shutil.disk_usage(settings.MEDIA_ROOT).free
        if free < settings.UPLOAD_MIN_FREE_BYTES:
            raise DiskFull

    def original(self, organization_id: UUID, recording_id: UUID) -> AbstractContextManager[Path]:
        """Give the path of the file as it came, for the length of a block; raise FileMissing."""
        return storage.files().reading(storage.name_of(organization_id, recording_id))


class Upload:
    """One upload's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / storage.ORIGINAL
        self.sidecar_path = folder / SIDECAR
        self.wanted_path = folder / WANTED
        self.unchecked_path = folder / UNCHECKED
        self.key = str(self.path)

    def begin(self, sidecar: Sidecar) -> None:
        """Make it, unless someone else just did."""
        _make_folder(self.folder)
        os.close(os.open(self.path, MODE | os.O_CREAT, 0o666))
        with self.take():
            if not self.sidecar_path.exists():
                self.write_sidecar(sidecar)
                local.sync_folder(self.folder.parent)

    def offset(self) -> int:
        return self.path.stat().st_size

    def sidecar(self) -> Sidecar:
        try:
            return _parsed(_read(self.sidecar_path))
        except FileNotFoundError as error:
            raise UploadUnknown from error

    def write_sidecar(self, sidecar: Sidecar) -> None:
        """Replace the sidecar at one stroke, durably; raise DiskFull, and the old one stays."""
        fresh = self.folder / FRESH
        try:
            with room_needed():
                fresh.write_bytes(orjson.dumps(asdict(sidecar)))
                local.publish(fresh, self.sidecar_path)
        except DiskFull:
            fresh.unlink(missing_ok=True)
            raise

    def change(self, **changes: object) -> Sidecar:
        sidecar = replace(self.sidecar(), **changes)  # type: ignore[arg-type]  # checked by replace
        self.write_sidecar(sidecar)
        # It may be the last time that somebody comes by: what a killed process left goes, too.
        self.unchecked_path.unlink(missing_ok=True)
        return sidecar

    def is_whole(self) -> bool:
        return self.sidecar().length == self.offset()

    def drop_bytes(self) -> None:
        """Give the room back; the sidecar stays and says what became of the upload."""
        self.path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Forget the upload; what is not there is gone already."""
        marks = (self.wanted_path, self.unchecked_path, self.folder / FRESH)
        for path in (self.sidecar_path, self.path, *marks):
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
        self.unchecked: IO[bytes] | None = None
        self.checked = False
        # What is not in the file yet.
        self.ahead: Gathered | direct.Blocks = Gathered(self.descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._drop_unchecked()
        self.ahead.close()
        os.close(self.descriptor)

    def sidecar(self) -> Sidecar:
        return self.upload.sidecar()

    def change(self, **changes: object) -> Sidecar:
        return self.upload.change(**changes)

    def offset(self) -> int:
        size = os.fstat(self.descriptor).st_size
        apart = os.fstat(self.unchecked.fileno()).st_size if self.unchecked else 0
        return size + apart + self.ahead.length

    def holds(self, data: bytes, position: int) -> bool:
        """Tell whether these bytes lie at this place."""
        os.lseek(self.descriptor, position, os.SEEK_SET)  # appending goes to the end all the same
        return os.read(self.descriptor, len(data)) == data

    def append(self, data: bytes) -> None:
        """Take it; what found room stays where DiskFull is raised."""
        with room_needed():
            if self.unchecked:
                direct.write_all(self.unchecked.fileno(), data)
            else:
                self.ahead.add(data)

    def expect(self, size: int) -> None:
        if size >= direct.LARGE_BYTES and not self.ahead.length:
            blocks = direct.blocks_for(self.upload.path, self.descriptor)
            self.ahead = blocks or self.ahead

    def cut(self, offset: int) -> None:
        """Take back what was written after `offset`."""
        self._drop_unchecked()
        self.ahead.close()
        self.ahead = Gathered(self.descriptor)
        os.ftruncate(self.descriptor, offset)

    def sync(self) -> None:
        with room_needed():
            self.ahead.finish()
            if self.unchecked and self.checked:
                self._add(self.unchecked)
            SYNC(self.descriptor)
        direct.forget(self.descriptor)

    def due(self) -> bool:
        return self.ahead.due()

    def store(self) -> None:
        with room_needed():
            self.ahead.write()

    def overdue(self) -> bool:
        return isinstance(self.ahead, Gathered) and self.ahead.overdue()

    def patience(self) -> float | None:
        return None

    def hold_back(self) -> None:
        with room_needed():
            self.unchecked = self.upload.unchecked_path.open("w+b", buffering=0)
        self.checked = False

    def let_go(self) -> None:
        self.checked = True

    def must_give_way(self) -> bool:
        return self.upload.wanted_since() != self.wanted_at_start

    def _add(self, checked: IO[bytes]) -> None:
        """Append what lay apart; what finds no room is forgotten."""
        try:
            checked.seek(0)
            while data := checked.read(COPY_BYTES):
                direct.write_all(self.descriptor, data)
        finally:
            self._drop_unchecked()

    def _drop_unchecked(self) -> None:
        if self.unchecked:
            self.unchecked.close()
            self.upload.unchecked_path.unlink(missing_ok=True)
            self.unchecked = None


@lru_cache(maxsize=2048)
def _upload(root: str, organization_id: UUID, recording_id: UUID) -> Upload:
    """Return an upload; kept, for each second's piece asks again. It holds names and no state.

    `root` is MEDIA_ROOT, below which its folder is: the setting of another test is another upload.
    """
    return Upload(local.folder_of(organization_id, recording_id))


def _make_folder(folder: Path) -> None:
    """Make it; the ones above it are there but for the first time."""
    try:
        folder.mkdir()
    except FileExistsError:
        return
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)


@lru_cache(maxsize=2048)
def _parsed(data: bytes) -> Sidecar:
    values = orjson.loads(data)
    return Sidecar(**values | {"expires_at": datetime.fromisoformat(values["expires_at"])})


def _read(path: Path) -> bytes:
    """Return what a sidecar holds. It is read with every piece: no layers of a file object."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(descriptor, SIDECAR_BYTES)
    finally:
        os.close(descriptor)
