"""A request's hold on one upload: check, append, sync."""

import asyncio
import errno
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog

from jobgate.core import clock
from jobgate.core.asgi import Receive, Scope
from jobgate.media import errors
from jobgate.media.upload import protocol, takeover
from jobgate.media.upload.form import MARGIN, FormFile
from jobgate.media.upload.store import Sidecar, Upload, store
from jobgate.media.upload.takeover import Holder
from jobgate.media.upload.tokens import UploadToken

if TYPE_CHECKING:
    from hashlib import _Hash

log = structlog.get_logger("jobgate.upload")

Headers = list[tuple[bytes, bytes]]
DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Disconnected(Exception):
    """The sender is gone; what it sent stays."""


@asynccontextmanager
async def writing(upload: Upload, token: UploadToken) -> AsyncIterator["Writing"]:
    """Hold the upload for this request, once the token is found to be still good."""
    check(upload.sidecar(), token)
    with await takeover.acquire(upload) as writer, takeover.held(writer) as holder:
        # Read again under the lock: another request may have changed it.
        sidecar = upload.sidecar()
        check(sidecar, token)
        if token.generation > sidecar.generation:
            sidecar = upload.change(generation=token.generation)
        try:
            yield Writing(upload, holder, sidecar)
        except asyncio.CancelledError as error:
            if not holder.gave_way:
                raise
            holder.resume()
            raise errors.TakenOver from error


def check(sidecar: Sidecar, token: UploadToken) -> None:
    """Raise TokenRevoked or UploadExpired."""
    if token.generation < sidecar.generation:
        raise errors.TokenRevoked
    if sidecar.expires_at <= clock.now():
        raise errors.UploadExpired


class Writing:
    """An upload held by one request."""

    def __init__(self, upload: Upload, holder: Holder, sidecar: Sidecar) -> None:
        self.upload = upload
        self.writer = holder.writer
        self.sidecar = sidecar
        # An earlier request may have died between its last piece and the sync.
        self.synced = False

    def offset(self) -> int:
        return self.writer.offset()

    @property
    def limit(self) -> int:
        return self.sidecar.max_bytes if self.sidecar.length is None else self.sidecar.length

    async def headers(self) -> Headers:
        """Return what is true on disk now."""
        await self.sync()
        headers = [
            (b"upload-offset", str(self.offset()).encode()),
            (b"upload-expires", protocol.http_date(self.sidecar.expires_at)),
        ]
        if self.sidecar.length is None:
            return [*headers, (b"upload-defer-length", b"1")]
        return [*headers, (b"upload-length", str(self.sidecar.length).encode())]

    def check_open(self) -> None:
        if self.sidecar.sealed:
            raise errors.UploadComplete

    def settle_length(self, length: int | None) -> None:
        """Take the length that was deferred; it is said once."""
        if length is None or length == self.sidecar.length:
            return
        if length > self.sidecar.max_bytes:
            raise errors.TooLarge
        if self.sidecar.length is not None or length < self.offset():
            raise errors.BadHeader(header="upload-length")
        self.sidecar = self.upload.change(length=length)

    async def write(self, scope: Scope, receive: Receive) -> None:
        """Append the body. What is not covered by a checksum stays, however the request ends."""
        self.check_open()
        start = self.offset()
        if start + (protocol.number(scope, b"content-length") or 0) > self.limit:
            raise errors.TooLarge
        store.check_room()
        checksum = protocol.checksum(scope)
        digest = checksum.new() if checksum else None
        try:
            await self.append(receive, digest)
            if digest and checksum and not hmac.compare_digest(digest.digest(), checksum.digest):
                raise errors.ChecksumMismatch
        except BaseException:
            # Also when the server stops: an unchecked piece must not count as received.
            if checksum:
                self.writer.cut(start)
            raise
        finally:
            await self.sync()

    async def append(self, receive: Receive, digest: "_Hash | None") -> None:
        position = self.offset()
        async for piece in pieces(receive):
            position += len(piece)
            if position > self.limit:
                raise errors.TooLarge
            if digest:
                digest.update(piece)
            self.put(piece)

    async def take_whole(self, file: FormFile, receive: Receive) -> None:
        """Take the file of a form: all of it, or nothing.

        What is there already was acknowledged: it stays, and must be how the file begins.
        """
        start = self.offset()
        try:
            length = await self.append_file(file, receive, start)
            await self.sync()
            self.settle_length(length)
        except BaseException:
            # Also when the server stops: nobody was told of these bytes.
            if self.offset() > start:
                self.writer.cut(start)
            raise

    async def append_file(self, file: FormFile, receive: Receive, start: int) -> int:
        """Append what follows `start`; return the file's length."""
        position = received = 0
        async for body in pieces(receive):
            received += len(body)
            if received > self.limit + MARGIN:
                raise errors.TooLarge
            for piece in file.feed(body):
                self.add(piece, position, start)
                position += len(piece)
        file.finish()
        if position < start:
            raise errors.OtherBytes
        return position

    def add(self, piece: bytes, position: int, start: int) -> None:
        """Compare what is there, append what is not."""
        if position + len(piece) > self.limit:
            raise errors.TooLarge
        known = piece[: max(0, start - position)]
        if known and not self.writer.holds(known, position):
            raise errors.OtherBytes
        if fresh := piece[len(known) :]:
            self.put(fresh)

    def put(self, piece: bytes) -> None:
        self.synced = False
        try:
            self.writer.append(piece)
        except OSError as error:
            if error.errno not in DISK_ERRORS:
                raise
            log.warning("disk_full", folder=str(self.upload.folder))
            raise errors.DiskFull from error

    async def sync(self) -> None:
        """Wait for the disk, even when cancelled: the file must not be closed under the sync."""
        if self.synced:
            return
        syncing = asyncio.get_running_loop().run_in_executor(None, self.writer.sync)
        try:
            await asyncio.shield(syncing)
        except asyncio.CancelledError:
            await syncing
            raise
        self.synced = True


async def pieces(receive: Receive) -> AsyncIterator[bytes]:
    """Yield the body as it comes; raise Disconnected when it breaks off."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        yield message.get("body", b"")
        if not message.get("more_body", False):
            return
