"""Run real servers in tests, on free ports."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx

from jobgate.media import program

START_SECONDS = 30.0
UVICORN = ("uvicorn", "--log-level", "warning", "--lifespan", "off", "--fd")
GUNICORN = ("gunicorn", "--threads", "2", "--log-level", "warning", "--bind")


class Server:
    """A uvicorn process, or gunicorn for WSGI, on a port of its own."""

    def __init__(
        self,
        application: str,
        environment: Mapping[str, str],
        *,
        prefix: tuple[str, ...] = (),
        wsgi: bool = False,
    ) -> None:
        listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        runner = GUNICORN if wsgi else UVICORN
        address = f"fd://{listener.fileno()}" if wsgi else str(listener.fileno())
        command = [*prefix, sys.executable, "-m", *runner, address, application]
        self.process = subprocess.Popen(
            command,
            cwd=program.BACKEND,
            env={**os.environ, **environment},
            start_new_session=True,
            pass_fds=[listener.fileno()],
        )
        listener.close()

    def wait(self, path: str) -> "Server":
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                httpx.options(f"{self.url}{path}", timeout=1)
            except httpx.HTTPError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return self

    def kill(self) -> None:
        """End it and its children as a power cut does."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def peak_memory_kib(self) -> int:
        """Return the most that one of its processes ever held."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        children = task.read_text(encoding="ascii").split()
        return max(_peak_kib(pid) for pid in [str(self.process.pid), *children])


def _peak_kib(pid: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])


class BrokenRequest:
    """A request over a bare connection that may fall silent."""

    def __init__(self, server: Server, head: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        self.socket.sendall(head.encode())

    def send(self, data: bytes, headers: str = "") -> None:
        self.socket.sendall(f"{headers}\r\n".encode() + data)

    def send_more(self, data: bytes) -> None:
        self.socket.sendall(data)

    def answer(self) -> bytes:
        return self.socket.recv(4096)

    def close(self) -> None:
        self.socket.close()


class BrokenPatch(BrokenRequest):
    """A PATCH that announces `announced` bytes."""

    def __init__(
        self, server: Server, path: str, token: str, *, offset: int, announced: int
    ) -> None:
        super().__init__(
            server,
            f"PATCH {path} HTTP/1.1\r\nHost: test\r\nTus-Resumable: 1.0.0\r\n"
            f"Authorization: Upload {token}\r\nContent-Type: application/offset+octet-stream\r\n"
            f"Upload-Offset: {offset}\r\nContent-Length: {announced}\r\n",
        )


class BrokenPost(BrokenRequest):
    """A form that announces `announced` bytes."""

    def __init__(self, server: Server, token: str, boundary: str, *, announced: int) -> None:
        super().__init__(
            server,
            f"POST /api/upload/ HTTP/1.1\r\nHost: test\r\nAuthorization: Upload {token}\r\n"
            f"Content-Type: multipart/form-data; boundary={boundary}\r\n"
            f"Content-Length: {announced}\r\n",
        )
