"""HTTP over one bare connection: no more work than the sender's own sends and receives."""

import os
import socket
from types import TracebackType
from typing import Self

BLOCK = 1024 * 1024
# Not zeros, which a disk may keep without keeping them.
NOISE = os.urandom(BLOCK)


class Refused(Exception):
    """A server answered otherwise than it should; holds its answer."""


class Connection:
    """A connection that stays open for many requests."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.socket.close()

    def send(self, head: bytes, size: int) -> None:
        """Send a request with a body of so many bytes, and wait for its answer."""
        first = NOISE[: min(size, BLOCK)]
        self.socket.sendall(head + first)
        for begin in range(len(first), size, BLOCK):
            self.socket.sendall(NOISE[: size - begin])
        self.ask(b"", 201, 204)

    def ask(self, request: bytes, *wanted: int) -> dict[str, str]:
        """Return the headers of the answer to a request without a body; raise Refused."""
        if request:
            self.socket.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            part = self.socket.recv(65536)
            if not part:
                raise ConnectionResetError
            answer += part
        lines = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        if wanted and int(lines[0].split()[1]) not in wanted:
            raise Refused(answer.decode("latin-1"))
        return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
