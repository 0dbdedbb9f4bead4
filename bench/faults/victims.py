"""What can be hurt and healed, and who does it."""

import resource
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Protocol

from support.product import Process

from bench.faults.postgres import Postgres

WAITS = 6


class Victim(Protocol):
    """Something that a fault takes away for a while."""

    # Seconds that it is left in peace once it is healed, so that work goes on between two faults.
    breath: float

    def hurt(self) -> None: ...

    def heal(self) -> None: ...


class KilledProcess:
    """A process of the product, killed with SIGKILL and started again."""

    def __init__(self, process: Process, answers: Callable[[], None], breath: float) -> None:
        self.process, self.answers, self.least = process, answers, breath
        self.breath = breath

    def hurt(self) -> None:
        self.process.kill()

    def heal(self) -> None:
        begun = time.monotonic()
        self._start()
        # On a busy machine it starts slowly, and needs as long again to do anything.
        self.breath = max(self.least, time.monotonic() - begun)

    def _start(self) -> None:
        self.process.start()
        for patience in reversed(range(WAITS)):
            try:
                self.answers()
                return
            except AssertionError:
                # A busy machine: it is waited for a few times longer than a test would.
                if not patience:
                    raise


class KilledDatabase:
    """PostgreSQL, every process of it killed at once."""

    # Procrastinate's worker ends itself about 30 s after its connections broke, and starts again.
    breath = 42.0

    def __init__(self, postgres: Postgres) -> None:
        self.postgres = postgres

    def hurt(self) -> None:
        self.postgres.kill()

    def heal(self) -> None:
        self.postgres.start()


class FullDisk:
    """A file system of its own for the recordings, filled up to some bytes. Needs root."""

    breath = 1.0
    most_left = 1_000_000

    def __init__(self, rng: Random, megabytes: int) -> None:
        self.rng = rng
        self.folder = folder = Path(mkdtemp(prefix="jobgate-disk-"))
        self.ballast = folder / "ballast"
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
        subprocess.run(mount, check=True)  # noqa: S603 -- a fixed command

    def hurt(self) -> None:
        left = self.rng.randint(0, self.most_left)
        with suppress(OSError), self.ballast.open("wb", buffering=0) as file:
            while file.write(bytes(64 * 1024)):
                pass
        size = max(0, self.ballast.stat().st_size - left)
        with self.ballast.open("r+b") as file:
            file.truncate(size)

    def heal(self) -> None:
        self.ballast.unlink(missing_ok=True)

    def leave(self) -> None:
        subprocess.run(["umount", "-l", str(self.folder)], check=False)  # noqa: S603
        self.folder.rmdir()


class FullFiles:
    """No file of the web process may grow past some bytes: a disk that is full, without root."""

    breath = 1.0

    def __init__(self, process: Process, rng: Random) -> None:
        self.process, self.rng = process, rng

    def hurt(self) -> None:
        self._limit(self.rng.randint(4_096, 200_000))

    def heal(self) -> None:
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        if self.process.running is not None:
            pid = self.process.running.pid
            _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))


class Reaper:
    """Hurts a victim when a run asks for it, and heals it a little later.

    One thread heals for the whole campaign, and stays: the kernel ends a PostgreSQL with the thread
    that started it.
    """

    def __init__(self, victim: Victim, rng: Random, outage: tuple[float, float] = (0, 1)) -> None:
        self.victim, self.rng, self.outage = victim, rng, outage
        self.hits: list[float] = []
        self.problem: BaseException | None = None
        self._may_strike = threading.Event()
        self._may_strike.set()
        self._struck, self._over = threading.Event(), threading.Event()
        self._healed = threading.Event()
        self._lock = threading.Lock()
        threading.Thread(target=self._work, daemon=True).start()

    def strike(self) -> None:
        """Hurt it now; when it was hurt a moment ago, as soon as it has had its breath."""
        while not self._may_strike.wait(0.05):
            if self._over.is_set():
                return
        with self._lock:
            if not self._may_strike.is_set() or self._over.is_set():
                return
            self._may_strike.clear()
            self.hits.append(time.monotonic())
            self.victim.hurt()
            self._struck.set()

    def stop(self) -> None:
        """Heal for good."""
        self._over.set()
        self._struck.set()
        self._healed.wait()

    def _work(self) -> None:
        self._heal_until_over()
        self._healed.set()
        threading.Event().wait()

    def _heal_until_over(self) -> None:
        while self._struck.wait():
            if self._over.is_set() and self._may_strike.is_set():
                return
            self._struck.clear()
            time.sleep(self.rng.uniform(*self.outage))
            try:
                self.victim.heal()
            except BaseException as error:
                self.problem = error
                signal.raise_signal(signal.SIGTERM)
                raise
            self._over.wait(self.victim.breath * self.rng.uniform(0.9, 1.1))
            self._may_strike.set()
            if self._over.is_set():
                return
