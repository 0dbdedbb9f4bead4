"""A request's hold on one upload: check, append, sync."""

import asyncio
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from jobgate.core import clock
from jobgate.core.asgi import Message, Receive, Scope
from jobgate.media import errors
from jobgate.media.upload import protocol, takeover
from jobgate.media.upload.form import MARGIN, FormFile
from jobgate.media.upload.store import Sidecar, Upload, store
from jobgate.media.upload.takeover import Holder
from jobgate.media.upload.threads import in_thread, reach, to_its_end
from jobgate.media.upload.tokens import UploadToken

if TYPE_CHECKING:
    from hashlib import _Hash

log = structlog.get_logger("jobgate.upload")

Headers = list[tuple[bytes, bytes]]


class Disconnected(Exception):
    """The sender is gone; what it sent stays."""


@asynccontextmanager
async def writing(upload: Upload, token: UploadToken) -> AsyncIterator["Writing"]:
    """Hold the upload for this request, once the token is found to be still good."""
    organization_id = token.organization_id
    check(await reach(organization_id, upload.sidecar), token)
    with (
        await takeover.acquire(upload, organization_id) as writer,
        takeover.held(upload, writer, organization_id) as holder,
    ):
        try:
            # Read again under the lock: another request may have changed it.
            sidecar = writer.sidecar()
            check(sidecar, token)
            if token.generation > sidecar.generation:
                sidecar = await to_its_end(
                    in_thread(organization_id, writer.change, generation=token.generation)
                )
            yield Writing(upload, holder, sidecar, organization_id)
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

    def __init__(
        self, upload: Upload, holder: Holder, sidecar: Sidecar, organization_id: UUID
    ) -> None:
        self.upload = upload
        self.organization_id = organization_id
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

    async def settle_length(self, length: int | None) -> None:
        """Take the length that was deferred; it is said once."""
        if length is None or length == self.sidecar.length:
            return
        if length > self.sidecar.max_bytes:
            raise errors.TooLarge
        if self.sidecar.length is not None or length < self.offset():
            raise errors.BadHeader(header="upload-length")
        self.sidecar = await to_its_end(
            in_thread(self.organization_id, self.writer.change, length=length)
        )

    async def write(self, scope: Scope, receive: Receive) -> None:
        """Append the body. What is not covered by a checksum stays, however the request ends."""
        self.check_open()
        start = self.offset()
        size = protocol.number(scope, b"content-length") or 0
        if start + size > self.limit:
            raise errors.TooLarge
        store.check_room()
        checksum = protocol.checksum(scope)
        digest = checksum.new() if checksum else None
        if checksum:
            self.writer.hold_back()
        else:
            self.writer.expect(size)
        try:
            await self.append(receive, digest)
            if digest and checksum and not hmac.compare_digest(digest.digest(), checksum.digest):
                raise errors.ChecksumMismatch
            self.writer.let_go()
        except BaseException:
            # Also when the server stops: an unchecked piece must not count as received.
            if checksum:
                await self.cut(start)
            raise
        finally:
            await self.sync()

    async def append(self, receive: Receive, digest: "_Hash | None") -> None:
        position = self.offset()
        async for piece in pieces(receive, self.writer.patience):
            position += len(piece)
            if position > self.limit:
                raise errors.TooLarge
            if digest:
                digest.update(piece)
            await self.put(piece)

    async def take_whole(self, file: FormFile, receive: Receive) -> None:
        """Take the file of a form: all of it, or nothing.

        What is there already was acknowledged: it stays, and must be how the file begins.
        """
        start = self.offset()
        self.writer.hold_back()
        try:
            length = await self.append_file(file, receive, start)
            self.writer.let_go()
            await self.sync()
            await self.settle_length(length)
        except BaseException:
            # Also when the server stops: nobody was told of these bytes.
            if self.offset() > start:
                await self.cut(start)
            raise

    async def append_file(self, file: FormFile, receive: Receive, start: int) -> int:
        """Append what follows `start`; return the file's length."""
        position = received = 0
        async for body in pieces(receive, self.writer.patience):
            received += len(body)
            if received > self.limit + MARGIN:
                raise errors.TooLarge
            for piece in file.feed(body):
                await self.add(piece, position, start)
                position += len(piece)
        file.finish()
        if position < start:
            raise errors.OtherBytes
        return position

    async def add(self, piece: bytes, position: int, start: int) -> None:
        """Compare what is there, append what is not."""
        if position + len(piece) > self.limit:
            raise errors.TooLarge
        known = piece[: max(0, start - position)]
        if known and not await reach(self.organization_id, self.writer.holds, known, position):
            raise errors.OtherBytes
        if fresh := piece[len(known) :]:
            await self.put(fresh)

    async def put(self, piece: bytes) -> None:
        self.synced = False
        self.writer.append(piece)
        if self.writer.due():
            await self.on_disk(self.writer.store)

    async def cut(self, offset: int) -> None:
        """Take back what came after `offset`; in a bucket a row may have to say so."""
        await to_its_end(in_thread(self.organization_id, self.writer.cut, offset))

    async def sync(self) -> None:
        """Wait for the disk."""
        if self.synced:
            return
        await self.on_disk(self.writer.sync)
        self.synced = True

    async def on_disk(self, act: Callable[[], None]) -> None:
        try:
            await to_its_end(in_thread(self.organization_id, act))
        except errors.DiskFull:
            log.warning("disk_full", upload=str(self.upload.key))
            raise


class Body:
    """A request's body, for those who cannot wait for it for ever."""

    def __init__(self, receive: Receive) -> None:
        self.receive = receive
        self.waiting: asyncio.Future[Message] | None = None

    async def next(self, seconds: float | None) -> Message | None:
        """Return what comes next, None when nothing came for so long."""
        if seconds is None and self.waiting is None:
            return await self.receive()
        # Goes on waiting: a server may lose what it gives to a call that is cancelled.
        self.waiting = self.waiting or asyncio.ensure_future(self.receive())
        done, _ = await asyncio.wait({self.waiting}, timeout=seconds)
        if not done:
            return None
        message, self.waiting = self.waiting.result(), None
        return message

    def close(self) -> None:
        if self.waiting:
            self.waiting.cancel()


async def pieces(receive: Receive, patience: Callable[[], float | None]) -> AsyncIterator[bytes]:
    """Yield the body as it comes; raise Disconnected when it breaks off.

    Yield an empty piece when nothing came for as many seconds as `patience` says.
    """
    body = Body(receive)
    try:
        while True:
            message = await body.next(patience())
            if message is None:
                yield b""
                continue
            if message["type"] == "http.disconnect":
                raise Disconnected
            yield message.get("body", b"")
            if not message.get("more_body", False):
                return
    finally:
        body.close()
