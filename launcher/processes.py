"""The supervisor: starts children, restarts one that dies, stops all of them cleanly."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from launcher import commands, kernel, say

POLL_SECONDS = 0.2
STOP_SECONDS = 10.0
FIRST_BACK_OFF, LONGEST_BACK_OFF = 0.5, 30.0
# Alive that long, a child is healthy again and the next death starts from the first back-off.
HEALTHY_SECONDS = 60.0
# So many deaths before it was ever ready: it will not become so.
GIVE_UP_DEATHS = 3
LONGEST_LOG = 10_000_000


@dataclass
class Child:
    """One process that is to be there as long as the command runs."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    cwd: Path
    logs: Path
    pids: Path
    marks: tuple[str, ...]
    deaths: int = 0
    back_off: float = FIRST_BACK_OFF
    started: float = 0.0
    start_again_at: float | None = None
    process: "subprocess.Popen[bytes] | None" = field(default=None)

    @property
    def log(self) -> Path:
        return self.logs / f"{self.name}.out"

    @property
    def pid_file(self) -> Path:
        return self.pids / f"{self.name}.pid"

    def start(self) -> None:
        """Start the process in a group of its own, and note its pid."""
        self.logs.mkdir(parents=True, exist_ok=True)
        self.pids.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as sink:
            self.process = subprocess.Popen(  # noqa: S603 -- commands are built by this package
                self.command,
                cwd=self.cwd,
                env=dict(self.env),
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                umask=0o077,
                preexec_fn=kernel.before_exec(signal.SIGTERM),
            )
        self.pid_file.write_text("\n".join([str(self.process.pid), *self.marks]))
        self.started, self.start_again_at = time.monotonic(), None

    def is_running(self) -> bool:
        """Tell whether the process lives."""
        return self.process is not None and self.process.poll() is None

    def signal_group(self, one: signal.Signals) -> None:
        """Signal the process and all that it started."""
        if self.process is None:
            return
        try:
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, one)
            elif self.is_running():
                self.process.terminate()
        except (ProcessLookupError, PermissionError):
            return  # the whole group is gone already

    def last_words(self) -> str:
        """Return the end of what it printed."""
        return commands.tail(self.log.read_text(errors="replace")[-4000:])

    def watch(self) -> None:
        """Start the process again when it died, later each time it dies soon."""
        if self.log.stat().st_size > LONGEST_LOG:
            os.truncate(self.log, 0)
        if self.is_running() or self.process is None:
            return
        now = time.monotonic()
        if self.start_again_at is None:
            self._plan_restart(now)
        elif now >= self.start_again_at:
            self.signal_group(signal.SIGKILL)
            self.start()

    def _plan_restart(self, now: float) -> None:
        assert self.process is not None  # noqa: S101 -- narrows the type
        self.deaths += 1
        if now - self.started > HEALTHY_SECONDS:
            self.back_off = FIRST_BACK_OFF
        self.start_again_at = now + self.back_off
        say.warning(
            f"{self.name} ended with code {self.process.returncode}; "
            f"it starts again in {self.back_off:g} s.\n{self.last_words()}"
        )
        self.back_off = min(self.back_off * 2, LONGEST_BACK_OFF)


class Supervisor:
    """Keeps children running until it is told to stop."""

    def __init__(self, pids: Path) -> None:
        self.pids = pids
        self.children: list[Child] = []
        self.stopping = False

    def listen(self) -> None:
        """Stop at Ctrl-C, SIGTERM, and when the terminal is closed."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._on_signal)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self.stopping:
            return
        self.stopping = True
        raise Stop

    def start(self, child: Child) -> None:
        """Start a child and watch over it from now on."""
        self.children.append(child)
        child.start()

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Watch over the children until something is true; return whether it became so."""
        end = time.monotonic() + seconds
        while not ready():
            worst = max((child.deaths for child in self.children), default=0)
            if time.monotonic() > end or worst >= GIVE_UP_DEATHS:
                return False
            time.sleep(POLL_SECONDS)
            self.watch()
        return True

    def watch(self) -> None:
        """Look after each child once."""
        for child in self.children:
            child.watch()

    def run(self) -> None:
        """Watch over the children until the signal comes, which raises Stop."""
        while True:
            self.watch()
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """End all children, in the reverse order, and forget their pids."""
        self.stopping = True
        for child in reversed(self.children):
            if child.is_running():
                child.signal_group(signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        for child in reversed(self.children):
            self._finish(child, end)
        self.children.clear()

    def _finish(self, child: Child, end: float) -> None:
        assert child.process is not None  # noqa: S101 -- it was started
        try:
            child.process.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            say.warning(f"{child.name} did not stop in {STOP_SECONDS:g} s and is ended.")
        child.signal_group(getattr(signal, "SIGKILL", signal.SIGTERM))
        child.process.wait()
        child.pid_file.unlink(missing_ok=True)


class Stop(BaseException):
    """The person asked to stop; passes through every handler, as KeyboardInterrupt does."""
