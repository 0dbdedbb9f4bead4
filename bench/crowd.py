"""Many candidates who upload at once, on one event loop: each a connection that stays open.

A piece is due each second, as the page makes it. It waits for the one before to be acknowledged,
and its time counts from the moment it was due: a server that falls behind cannot hide it.
"""

import asyncio
import time
from dataclasses import dataclass, field
from typing import cast

from bench.peers import Tus
from bench.tickets import Ticket
from bench.wire import NOISE, Refused

GIVE_UP_SECONDS = 60.0


class Line(asyncio.Protocol):
    """A bare HTTP connection that waits for one answer at a time."""

    def __init__(self) -> None:
        self.received = b""
        self.answered: asyncio.Future[bytes] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are not derived from asyncio's.
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self.received += data
        if self.answered and not self.answered.done() and self.is_whole():
            self.answered.set_result(self.received)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.answered and not self.answered.done():
            self.answered.set_exception(exc or ConnectionResetError())

    def is_whole(self) -> bool:
        """Tell whether an answer is there to its end; its length is always said."""
        head, end, body = self.received.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        return bool(end) and len(body) >= int(length or 0)

    async def ask(self, status: bytes, head: bytes, body: bytes | memoryview = b"") -> bytes:
        """Return the answer to a request; raise Refused on another status."""
        if self.transport is None:
            raise ConnectionResetError
        self.received, self.answered = b"", asyncio.get_running_loop().create_future()
        self.transport.write(head)
        if body:
            self.transport.write(body)
        answer = await asyncio.wait_for(self.answered, GIVE_UP_SECONDS)
        if not answer.startswith(b"HTTP/1.1 " + status):
            raise Refused(answer.decode("latin-1"))
        return answer

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()


async def connect(port: int) -> Line:
    loop = asyncio.get_running_loop()
    return (await loop.create_connection(Line, "127.0.0.1", port))[1]


@dataclass
class Tally:
    """What came of all the requests of a step."""

    # Seconds from a piece's moment to its acknowledgement.
    pieces: list[float] = field(default_factory=list)
    # Seconds that the sender itself was late with a piece that nothing held up.
    late: list[float] = field(default_factory=list)
    # Seconds of the API requests alongside.
    api: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


async def candidate(port: int, ticket: Ticket, size: int, count: int, tally: Tally) -> None:
    """Make an upload, and send so many pieces of so many bytes, one a second."""
    # Recording begins when the candidate does, whatever the server makes of it.
    due, free = time.monotonic() + 1, 0.0
    line = await connect(port)
    create = (
        "POST /api/upload/ HTTP/1.1\r\nHost: bench\r\nTus-Resumable: 1.0.0\r\n"
        f"{ticket.header}Upload-Defer-Length: 1\r\nContent-Length: 0\r\n\r\n"
    )
    upload = Tus(f"/api/upload/{ticket.recording}/", ticket.header)
    body = memoryview(NOISE)[:size]
    try:
        await line.ask(b"201", create.encode())
        for number in range(count):
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if free < due:
                tally.late.append(time.monotonic() - due)
            answer = await line.ask(b"204", upload.head(number * size, size), body)
            if b"upload-offset: %d\r\n" % ((number + 1) * size) not in answer:
                raise Refused(answer.decode("latin-1"))
            free = time.monotonic()
            tally.pieces.append(free - due)
            due += 1
    except (Refused, OSError, TimeoutError) as error:
        tally.failures.append(f"{type(error).__name__}: {str(error)[:300]}")
    finally:
        line.close()


async def recruiter(port: int, path: str, access: str, pause: float, tally: Tally) -> None:
    """Ask for a list over and over, until cancelled."""
    line = await connect(port)
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {access}\r\n\r\n".encode()
    try:
        while True:
            begun = time.monotonic()
            await line.ask(b"200", request)
            taken = time.monotonic() - begun
            tally.api.append(taken)
            await asyncio.sleep(max(0.0, pause - taken))
    except (Refused, OSError, TimeoutError) as error:
        tally.failures.append(f"API: {type(error).__name__}: {str(error)[:300]}")
    finally:
        line.close()
