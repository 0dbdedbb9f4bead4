"""The servers that take the same bytes: JOBGATE, the reference tus server, and nginx.

Each says how a request for it is written; who sends and what counts the time is the same for all.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit
from uuid import uuid4

from support.product import Product, free_port

from bench import tickets
from bench.machine import ROOT, family, on_core, version
from bench.wire import Connection

MODULES = ROOT / "frontend" / "node_modules"
START_SECONDS = 30.0
NGINX = """
daemon off; worker_processes 1; error_log {folder}/error.log; pid {folder}/pid;
{user}
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/t1; fastcgi_temp_path {folder}/t2;
    uwsgi_temp_path {folder}/t3; scgi_temp_path {folder}/t4;
    server {{
        listen 127.0.0.1:{port};
        client_max_body_size 0;
        keepalive_requests 100000;
        location / {{ root {files}; dav_methods PUT; }}
    }}
}}
"""


class Upload(Protocol):
    """One upload to one server."""

    def head(self, offset: int, size: int) -> bytes: ...


class Peer:
    """A server of its own process, on one core."""

    name: str

    def __init__(self, folder: Path, core: int) -> None:
        self.folder, self.core, self.port = folder, core, free_port()
        self.files = folder / "files"
        self.files.mkdir(parents=True)
        # nginx's worker is somebody else.
        self.files.chmod(0o777)
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def environ(self) -> Mapping[str, str]:
        return os.environ

    def begin(self, length: int) -> Upload:
        """Announce an upload of so many bytes."""
        raise NotImplementedError

    def what(self) -> str:
        """Say what runs, for the report."""
        raise NotImplementedError

    def stored(self) -> int:
        """Return how many bytes of recordings lie in its folder."""
        return sum(file.stat().st_size for file in self.files.rglob("*") if file.is_file())

    def forget(self) -> None:
        """Remove what was uploaded."""
        for file in self.files.iterdir():
            shutil.rmtree(file) if file.is_dir() else file.unlink()

    def pids(self) -> list[int]:
        if self.process is None:
            raise RuntimeError("It was not started.")
        return family(self.process.pid)

    def start(self) -> None:
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603 -- a server of ours
                on_core(self.core, self.command()),
                cwd=ROOT / "backend",
                env=dict(self.environ()),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise SystemExit(f"{self.name}: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            with Connection(self.port) as connection:
                connection.ask(b"OPTIONS / HTTP/1.1\r\nHost: bench\r\n\r\n")
        except OSError:
            return False
        return True

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Tus:
    """An upload to a tus server that knows it already."""

    def __init__(self, path: str, authorization: str = "") -> None:
        self.path, self.authorization = path, authorization

    def head(self, offset: int, size: int) -> bytes:
        return (
            f"PATCH {self.path} HTTP/1.1\r\nHost: bench\r\nTus-Resumable: 1.0.0\r\n"
            f"{self.authorization}Upload-Offset: {offset}\r\n"
            f"Content-Type: application/offset+octet-stream\r\nContent-Length: {size}\r\n\r\n"
        ).encode()


def create(port: int, path: str, length: int, authorization: str = "") -> str:
    """Make an upload; return its path."""
    request = (
        f"POST {path} HTTP/1.1\r\nHost: bench\r\nTus-Resumable: 1.0.0\r\n{authorization}"
        f"Upload-Length: {length}\r\nContent-Length: 0\r\n\r\n"
    )
    with Connection(port) as connection:
        location = connection.ask(request.encode(), 201)["location"]
    return urlsplit(location).path


class Jobgate(Peer):
    """The product's one web process, as `./jobgate up` starts it. Syncs before it answers."""

    name = "JOBGATE"

    def __init__(self, folder: Path, core: int) -> None:
        super().__init__(folder, core)
        self.product = Product(folder, folder, self.port)
        self.product.environ["MEDIA_ROOT"] = str(self.files)
        tickets.prepare(self.product.environ["SECRET_KEY"])

    def command(self) -> list[str]:
        return [sys.executable, *self.product.web.command]

    def environ(self) -> Mapping[str, str]:
        return self.product.environ

    def begin(self, length: int) -> Upload:
        ticket = tickets.issue(length)
        path = create(self.port, "/api/upload/", length, ticket.header)
        return Tus(path, ticket.header)

    def stored(self) -> int:
        return sum(file.stat().st_size for file in self.files.rglob("original"))

    def what(self) -> str:
        return f"JOBGATE on uvicorn {metadata.version('uvicorn')}"


class TusNode(Peer):
    """The reference server of the tus project. Does not sync."""

    name = "@tus/server"

    def command(self) -> list[str]:
        program = str(ROOT / "bench" / "tus_peer.mjs")
        return ["node", program, str(MODULES), str(self.port), str(self.files)]

    def begin(self, length: int) -> Upload:
        return Tus(create(self.port, "/files", length))

    def stored(self) -> int:
        # Beside each file lies what the store knows of it.
        return sum(file.stat().st_size for file in self.files.iterdir() if not file.suffix)

    def what(self) -> str:
        package = (MODULES / "@tus" / "server" / "package.json").read_text(encoding="utf-8")
        number = package.partition('"version": "')[2].partition('"')[0]
        return f"@tus/server {number}, Node {version('node', '--version')}"


class Nginx(Peer):
    """nginx's own PUT, each request a file: the limit. Does not sync, and cannot append."""

    name = "nginx PUT"

    def command(self) -> list[str]:
        settings = self.folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        text = NGINX.format(folder=self.folder, files=self.files, port=self.port, user=user)
        settings.write_text(text, encoding="utf-8")
        return [program("nginx"), "-p", str(self.folder), "-c", str(settings)]

    def begin(self, length: int) -> Upload:  # noqa: ARG002 -- each file has a length of its own
        return Put(uuid4().hex)

    def what(self) -> str:
        return version(program("nginx"), "-v").rpartition(": ")[2]


class Put:
    """Files that are put one after another."""

    def __init__(self, name: str) -> None:
        self.name = name

    def head(self, offset: int, size: int) -> bytes:
        return (
            f"PUT /{self.name}-{offset} HTTP/1.1\r\nHost: bench\r\nContent-Length: {size}\r\n\r\n"
        ).encode()


def program(name: str) -> str:
    """Return where a program is; servers are often outside a person's PATH."""
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin") or ""


def available() -> tuple[list[type[Peer]], list[str]]:
    """Return who can run here, and why the others cannot."""
    missing = []
    if not (MODULES / "@tus" / "server").is_dir():
        missing.append("@tus/server: `npm ci` in frontend/ installs it")
    if not program("nginx"):
        missing.append("nginx: not installed")
    absent = {line.partition(":")[0] for line in missing}
    every: list[type[Peer]] = [Jobgate, TusNode, Nginx]
    return [peer for peer in every if peer.name.split()[0] not in absent], missing


@contextmanager
def running(kinds: list[type[Peer]], folder: Path, core: int) -> Iterator[list[Peer]]:
    """Start servers; they wait for their turn, idle."""
    peers: list[Peer] = []
    try:
        for number, kind in enumerate(kinds):
            peer = kind(folder / str(number), core)
            peers.append(peer)
            peer.start()
        yield peers
    finally:
        for peer in peers:
            peer.stop()
