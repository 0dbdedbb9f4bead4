"""The product as it runs: one web process and one worker, on data of their own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from support import database
from support.layout import BACKEND, E2E, FRONTEND
from support.waiting import until

# As the launcher starts them.
WEB = (
    *("-m", "uvicorn", "jobgate.config.asgi:application", "--no-access-log"),
    *("--loop", "asyncio", "--host", "127.0.0.1"),
)
WORKER = ("manage.py", "worker", "--shutdown-graceful-timeout", "8")


@dataclass
class Process:
    """One process of the product, which the tests may stop, kill and start again."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert self.running is None
        with self.log.open("ab") as sink:
            self.running = subprocess.Popen(
                [sys.executable, *self.command],
                cwd=BACKEND,
                env={**self.environ, "JOBGATE_PROCESS": self.name},
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
            )

    def send(self, number: signal.Signals) -> None:
        assert self.running is not None
        self.running.send_signal(number)

    def kill(self) -> None:
        """End it as a crash does: nothing is finished or said."""
        self.send(signal.SIGKILL)
        self.ended()

    def stop(self) -> None:
        """Ask it to end."""
        if self.running is None:
            return
        self.send(signal.SIGTERM)
        try:
            self.ended()
        except subprocess.TimeoutExpired:
            self.kill()

    def ended(self) -> None:
        """Wait until it is gone."""
        assert self.running is not None
        self.running.wait(timeout=15)
        self.running = None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Product:
    """A whole installation in one folder."""

    home: Path
    logs: Path
    port: int = field(default_factory=free_port)
    # Names the PostgreSQL.
    surroundings: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def __post_init__(self) -> None:
        self.url = f"http://127.0.0.1:{self.port}"
        self.mail = self.home / "mail"
        self.media = self.home / "media"
        self.environ = {**self.surroundings, **self._settings()}
        self.web = self._process("web", [*WEB, "--port", str(self.port)])
        self.worker = self._process("worker", WORKER)

    def _settings(self) -> dict[str, str]:
        secret = "only-for-tests-0123456789-0123456789-0123456789-0123456789"
        return {
            "DB_NAME": database.name(self.surroundings),
            "JOBGATE_DB_ROLE": "app",
            "JOBGATE_ENV": "default",
            "DEBUG": "off",
            "JOBGATE_DEMO": "1",
            "JOBGATE_HOME": str(self.home),
            "MEDIA_ROOT": str(self.media),
            "EMAIL_FILE_PATH": str(self.mail),
            "NOTIFICATION_EMAIL_ENABLED": "off",
            "PUBLIC_URL": self.url,
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECRET_KEY": secret,
            "FRONTEND_DIST": self.surroundings.get("FRONTEND_DIST", str(FRONTEND / "dist")),
            "DB_POOL_SIZE": "5",
        }

    def _process(self, name: str, command: Sequence[str]) -> Process:
        return Process(name, command, self.environ, self.logs / f"{name}.log")

    def install(self) -> None:
        """Make the database, and everything in it."""
        database.create(self.surroundings)
        for step in ("migrate", "grant_app_role"):
            self.manage(step, JOBGATE_DB_ROLE="owner")

    def manage(self, *arguments: str, **more: str) -> str:
        """Run a command of the product and return what it prints."""
        return self.run(["manage.py", *arguments], **more)

    def run(self, arguments: Sequence[str | Path], *, stdin: str = "", **more: str) -> str:
        """Run a Python program beside the product, with its settings; return what it prints."""
        done = subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=BACKEND,
            env={**self.environ, "PYTHONPATH": f"{BACKEND}{os.pathsep}{E2E}", **more},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stderr[-4000:]}"
        return done.stdout

    def start(self) -> None:
        self.web.start()
        self.worker.start()
        self.answers()

    def stop(self) -> None:
        self.web.stop()
        self.worker.stop()

    def answers(self) -> None:
        """Wait until the web process serves, database included."""
        until("the web process answers", self._healthy, 30)

    def _healthy(self) -> bool:
        alive = self.web.running is not None and self.web.running.poll() is None
        assert alive, self.web.log.read_text(encoding="utf-8")[-4000:]
        try:
            return httpx.get(f"{self.url}/healthz", timeout=5).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    @contextmanager
    def worker_stopped(self) -> Iterator[None]:
        """Hold the worker still, as a busy machine does."""
        self.worker.send(signal.SIGSTOP)
        try:
            yield
        finally:
            if self.worker.running:
                self.worker.send(signal.SIGCONT)

    def letters(self) -> list[str]:
        """Return the e-mails written so far."""
        return [file.read_text(encoding="utf-8") for file in sorted(self.mail.glob("*"))]
