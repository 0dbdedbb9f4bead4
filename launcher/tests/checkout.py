"""A checkout to run commands in, and what can be seen of them from outside."""

import contextlib
import json
import os
import pwd
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from launcher import environment, steps
from launcher.layout import Layout
from launcher.postgres import binaries

READY = "JOBGATE is open at"


@dataclass(frozen=True)
class User:
    """An account to run as."""

    name: str
    uid: int
    gid: int
    home: Path

    @classmethod
    def named(cls, name: str) -> "User":
        entry = pwd.getpwnam(name)
        return cls(name, entry.pw_uid, entry.pw_gid, Path(entry.pw_dir))

    @classmethod
    def current(cls) -> "User":
        return cls.named(pwd.getpwuid(os.getuid()).pw_name)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(true: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait for something; fail when it does not come."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not in {seconds} s: {what}"
        time.sleep(0.05)


def children_of(pid: int) -> list[int]:
    """Return the processes that a process started, and theirs."""
    parents = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = status.read_text().rpartition(")")[2].split()
            parents.append((int(status.parent.name), int(fields[1])))
    direct = [child for child, parent in parents if parent == pid]
    return [one for child in direct for one in (child, *children_of(child))]


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


@dataclass
class Running:
    """An `up` that is under way."""

    process: "subprocess.Popen[str]"
    output: Path
    port: int

    @property
    def said(self) -> str:
        return self.output.read_text()

    def wait_ready(self, seconds: float = 90) -> None:
        until(lambda: READY in self.said or self.process.poll() is not None, self.said, seconds)
        assert READY in self.said, self.said

    def family(self) -> list[int]:
        return children_of(self.process.pid)

    def ask(self, path: str = "/environ") -> dict[str, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as response:
            answer: dict[str, str] = json.load(response)
            return answer

    def interrupt(self, one: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(one)
        return self.process.wait(40)


@dataclass
class Checkout:
    """A checkout of the small product and its JOBGATE_HOME."""

    root: Path
    home: Path
    user: User | None = None
    python: str = sys.executable
    environ: dict[str, str] = field(default_factory=lambda: {"PATH": os.environ["PATH"]})
    started: list[Running] = field(default_factory=list)

    @property
    def layout(self) -> Layout:
        return Layout(self.root, self.home)

    def borrow_environment(self, prefix: Path) -> None:
        """Use an environment that is there instead of installing one."""
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "venv").symlink_to(prefix)
        installed = [
            environment.venv_step(self.layout),
            environment.packages_step(self.layout, "base"),
            environment.packages_step(self.layout, "dev"),
            binaries.wheel_step(self.layout),
        ]
        for step in installed:
            steps.write_stamp(self.layout.stamps, step.name, step.depends_on)

    def _options(self, environ: dict[str, str]) -> dict[str, object]:
        pip = {k: v for k, v in os.environ.items() if k.startswith(("PIP_", "npm_", "NPM_"))}
        env = {**pip, **self.environ, "JOBGATE_HOME": str(self.home), **environ}
        options: dict[str, object] = {"env": env, "cwd": self.root, "text": True}
        if self.user is not None and os.geteuid() == 0:
            options |= {"user": self.user.uid, "group": self.user.gid, "extra_groups": []}
            env["HOME"] = str(self.user.home)
        return options

    def run(self, *arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(  # type: ignore[call-overload,no-any-return]  # options as a dict
            [self.python, str(self.root / "jobgate"), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=180,
            check=False,
            **self._options(environ),
        )

    def up(self, *arguments: str, **environ: str) -> Running:
        """Start `up` and leave it running."""
        port = free_port()
        output = self.root / f"up-{port}.txt"
        command = [self.python, str(self.root / "jobgate"), "up", "--port", str(port)]
        with output.open("w") as sink:
            process = subprocess.Popen(  # type: ignore[call-overload]  # as above
                [*command, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                **self._options(environ),
            )
        running = Running(process, output, port)
        self.started.append(running)
        return running

    def end(self) -> None:
        """Stop what a test left running."""
        for running in self.started:
            if running.process.poll() is None:
                running.interrupt()
