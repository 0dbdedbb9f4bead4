"""Uploads in pieces in a bucket, for any number of app servers.

Each piece becomes an object before anybody is told of it. How far the upload goes stands in one
row, moved by an UPDATE that names the offset and the fence it knows: whoever takes the upload over
raises the fence, and from then on an earlier connection, however late it wakes, moves nothing.

An object is named by its offset, its fence and its length. So a loser's object never replaces a
winner's, and the winners need no list: of the objects that begin where the one before ended, it is
the one with the highest fence. For had someone with a higher fence put an object there, they would
have taken over before this one was confirmed, and it never would have been.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from io import BytesIO
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from uuid import UUID

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from jobgate.core import clock
from jobgate.core.tenancy import tenant_scope
from jobgate.media import storage
from jobgate.media.errors import StorageUnavailable, TakenOver, UploadUnknown
from jobgate.media.models import BucketUpload
from jobgate.media.storage import scratch
from jobgate.media.storage.s3 import bucket, scratch_root
from jobgate.media.upload.sidecar import Sidecar

log = structlog.get_logger("jobgate.upload")

PIECES = "pieces/"
# The most that a request holds in memory, but for the few kilobytes that came last.
PIECE_BYTES = 5 * 1024 * 1024
# The row of a file that comes in one request is committed when all of it is in the bucket.
YOUNG = timedelta(hours=2)


@dataclass(frozen=True)
class Piece:
    """An object that holds a part of an upload."""

    name: str
    offset: int
    fence: int
    length: int

    @property
    def end(self) -> int:
        return self.offset + self.length


class Store:
    """The uploads of this installation."""

    def create(self, organization_id: UUID, recording_id: UUID, sidecar: Sidecar) -> "Upload":
        """Make an empty upload, or return the one that is there: a lost answer is asked again."""
        try:
            row, _ = BucketUpload.objects.get_or_create(
                recording_id=recording_id, defaults=asdict(sidecar)
            )
        except IntegrityError as error:
            # The recording is not there, or no more.
            raise UploadUnknown from error
        return Upload(row)

    def get(self, organization_id: UUID, recording_id: UUID) -> "Upload":
        """Return the upload; raise UploadUnknown."""
        return Upload(_found(BucketUpload.objects.filter(recording_id=recording_id).first()))

    def check_room(self) -> None:
        """Do nothing: a bucket says that it is full when it is."""

    @contextmanager
    def original(self, organization_id: UUID, recording_id: UUID) -> Iterator[Path]:
        """Join what is still in pieces; give a path to read the whole; raise FileMissing."""
        name = storage.name_of(organization_id, recording_id)
        row = BucketUpload.objects.filter(recording_id=recording_id, sealed=True).first()
        if row is None or row.joined:
            with storage.files().reading(name) as path:
                yield path
            return
        with scratch.swept_folder(scratch_root()) as folder:
            path = folder / storage.ORIGINAL
            with path.open("wb") as file:
                write_pieces(row, file)
            bucket().publish(path, name)
            BucketUpload.objects.filter(pk=row.pk).update(joined=True)
            Upload(row).drop_bytes()
            yield path


class Upload:
    """One upload: its row, and the objects under its prefix."""

    def __init__(self, row: BucketUpload) -> None:
        self.id = row.id
        self.prefix = prefix_of(row)

    @property
    def key(self) -> UUID:
        return self.id

    def row(self) -> BucketUpload:
        return _found(BucketUpload.objects.filter(pk=self.id).first())

    def sidecar(self) -> Sidecar:
        return sidecar_of(self.row())

    def change(self, **changes: object) -> Sidecar:
        BucketUpload.objects.filter(pk=self.id).update(**changes)
        return self.sidecar()

    def offset(self) -> int:
        return self.row().offset

    def is_whole(self) -> bool:
        row = self.row()
        return row.length == row.offset

    def drop_bytes(self) -> None:
        """Give the room back. What the bucket keeps for now, the sweeper removes later."""
        try:
            bucket().delete_under(self.prefix)
        except StorageUnavailable:
            log.warning("pieces_left", prefix=self.prefix)

    def remove(self) -> None:
        """Forget the upload; a new one for the recording has another prefix."""
        BucketUpload.objects.filter(pk=self.id).delete()
        self.drop_bytes()

    def ask_for_lock(self) -> None:
        """Do nothing: the fence keeps out whoever was there before."""

    @transaction.atomic
    def open(self) -> "Writer":
        """Take the upload over from whoever has it."""
        row = _found(BucketUpload.objects.select_for_update().filter(pk=self.id).first())
        row.fence += 1
        row.save(update_fields=["fence"])
        return Writer(self, row)

    def take(self) -> "Writer":
        return self.open()


class Writer:
    """The one who may append to an upload, until another raises the fence."""

    def __init__(self, upload: Upload, row: BucketUpload) -> None:
        self.upload = upload
        self.row = row
        # Told to others; in objects; the rest is in memory.
        self.confirmed = self.stored = row.offset
        self.buffer = bytearray()
        self.since = 0.0
        self.held_back = False
        self.known = Piece("", 0, 0, 0)
        self.known_bytes = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Do nothing: nothing is locked."""

    def sidecar(self) -> Sidecar:
        return sidecar_of(self.row)

    def change(self, **changes: object) -> Sidecar:
        """Change the row; raise TakenOver."""
        self._update(**changes)
        for name, value in changes.items():
            setattr(self.row, name, value)
        return self.sidecar()

    def offset(self) -> int:
        return self.stored + len(self.buffer)

    def append(self, data: bytes) -> None:
        if not self.buffer:
            self.since = time.monotonic()
        self.buffer += data

    def due(self) -> bool:
        if len(self.buffer) >= PIECE_BYTES:
            return True
        return self.patience() == 0

    def overdue(self) -> bool:
        return False

    def patience(self) -> float | None:
        """Return the seconds until what waits in memory must be stored."""
        if not self.buffer or self.held_back:
            return None
        return max(0, self.since + settings.UPLOAD_PIECE_SECONDS - time.monotonic())

    def expect(self, size: int) -> None:
        pass

    def store(self) -> None:
        self.sync()

    def sync(self) -> None:
        """Store what waits in memory, then move the offset; raise TakenOver."""
        data, self.buffer = self.buffer, bytearray()
        # What fails is forgotten: its sender was not told of it.
        start, self.stored = self.stored, self.confirmed
        if data:
            name = f"{self.upload.prefix}{start:015d}-{self.row.fence:010d}-{len(data)}"
            bucket().put(name, data)
        end = start + len(data)
        if end != self.confirmed and not self.held_back:
            self._update(offset=end)
            self.confirmed = end
        self.stored = end

    def hold_back(self) -> None:
        self.held_back = True

    def let_go(self) -> None:
        self.held_back = False

    def cut(self, offset: int) -> None:
        """Take back what came after `offset`; its objects stay until the pieces are removed."""
        self.buffer.clear()
        self.stored = offset
        if offset != self.confirmed:
            self._update(offset=offset)
            self.confirmed = offset

    def holds(self, data: bytes, position: int) -> bool:
        """Tell whether these bytes lie at this place of what is confirmed."""
        while data:
            self._know(position)
            start = position - self.known.offset
            part = self.known_bytes[start : start + len(data)]
            if data[: len(part)] != part:
                return False
            data, position = data[len(part) :], position + len(part)
        return True

    def must_give_way(self) -> bool:
        """Return False: the next UPDATE tells."""
        return False

    def _know(self, position: int) -> None:
        """Have the piece with this place in memory; one is kept."""
        if self.known.offset <= position < self.known.end:
            return
        pieces = chain(self.upload.prefix, self.confirmed)
        self.known = next(piece for piece in pieces if piece.offset <= position < piece.end)
        content = BytesIO()
        bucket().fetch(self.known.name, content)
        self.known_bytes = content.getvalue()

    def _update(self, **changes: object) -> None:
        """Change the row if it is as this writer knows it; raise TakenOver."""
        rows = BucketUpload.objects.filter(
            pk=self.row.pk, fence=self.row.fence, offset=self.confirmed, sealed=False
        )
        if not rows.update(**changes):
            raise TakenOver


def chain(prefix: str, end: int) -> list[Piece]:
    """Return the pieces that make up the first `end` bytes; raise FileMissing when one lacks."""
    winners: dict[int, Piece] = {}
    for piece in map(parse, bucket().names(prefix)):
        held = winners.get(piece.offset)
        if held is None or held.fence < piece.fence:
            winners[piece.offset] = piece
    found: list[Piece] = []
    while (offset := found[-1].end if found else 0) != end:
        piece = winners.get(offset, Piece("", offset, 0, 0))
        if not piece.length or piece.end > end:
            raise storage.FileMissing(f"{prefix}{offset}")
        found.append(piece)
    return found


def write_pieces(row: BucketUpload, file: IO[bytes]) -> None:
    """Write what was uploaded, piece by piece; raise FileMissing when one lacks or is short."""
    for piece in chain(prefix_of(row), row.offset):
        if bucket().fetch(piece.name, file) != piece.length:
            raise storage.FileMissing(piece.name)


def parse(name: str) -> Piece:
    """Return what the name of an object says."""
    offset, fence, length = name.rpartition("/")[2].split("-")
    return Piece(name, int(offset), int(fence), int(length))


def prefix_of(row: BucketUpload) -> str:
    return f"{PIECES}{row.organization_id}/{row.id}/"


def remove_orphans() -> None:
    """Remove the pieces that nobody needs: of uploads joined, given up, or not there any more.

    Also what arrived after the others had been removed, from a server that was away.
    """
    old = bucket().names(PIECES, before=clock.now() - YOUNG)
    by_upload = groupby(old, key=lambda name: name.rpartition("/")[0])
    for prefix in unneeded(by for by, _ in by_upload):
        log.info("orphans_removed", prefix=prefix)
        bucket().delete_under(f"{prefix}/")


def unneeded(prefixes: Iterable[str]) -> Iterator[str]:
    needed = Q(sealed=True) | Q(expires_at__gt=clock.now())
    for prefix in prefixes:
        try:
            organization_id, upload_id = map(UUID, prefix.split("/")[1:])
        except ValueError:
            # Somebody else's, in our bucket.
            log.warning("not_an_upload", name=prefix)
            continue
        with tenant_scope(organization_id):
            rows = BucketUpload.objects.filter(needed, pk=upload_id, joined=False)
            if not rows.exists():
                yield prefix


def sidecar_of(row: BucketUpload) -> Sidecar:
    return Sidecar(**{field.name: getattr(row, field.name) for field in fields(Sidecar)})


def _found(row: BucketUpload | None) -> BucketUpload:
    if row is None:
        raise UploadUnknown
    return row
