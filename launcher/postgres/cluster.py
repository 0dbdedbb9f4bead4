"""One PostgreSQL of our own: its folder, its start, its end, and what a killed run left of it."""

import hashlib
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from launcher import codes, commands, kernel, leftovers
from launcher.failure import Failure, disk_full
from launcher.postgres import account as accounts
from launcher.postgres.account import Account
from launcher.postgres.binaries import Binaries

LONGEST_SOCKET_PATH = 107
SOCKET_NAME = ".s.PGSQL.5432"
SUPERUSER = "postgres"
READY_SECONDS = 60.0
# After a crash the old server's memory or pid file may still be held for a moment.
TRY_AGAIN = re.compile(r"shared memory block|postmaster\.pid|is already in use|socket lock file")
UNSAFE_BUT_FAST = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")


@dataclass
class Cluster:
    """A database server on the data below `folder`, for this machine only."""

    binaries: Binaries
    folder: Path
    log: Path
    password_file: Path
    throwaway: bool = False
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.account: Account | None = None
        self._tcp_port = 0
        self._socket = self.folder

    @property
    def data(self) -> Path:
        return self.folder / str(self.binaries.major)

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    def start(self) -> None:
        """Start the server, on a new data folder the first time; return when it takes queries."""
        self._prepare_folder()
        self.stop_leftover()
        if not (self.data / "PG_VERSION").exists():
            self._refuse_other_major()
            self._initialise()
        self._socket = self._prepare_socket_folder()
        try:
            self._start_until_ready()
        except BaseException:
            self.stop()
            raise

    def attach(self) -> None:
        """Point to the server that another process has started; `stop` leaves it alone."""
        self._socket = socket_folder(self.folder)
        if sys.platform == "win32":
            self._tcp_port = int(self.pid_file.read_text().splitlines()[3])

    def stop(self) -> None:
        """Stop the server; connections are closed, nothing is lost."""
        if self.process is None:
            return
        for one in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if self.process.poll() is None:
                self.process.send_signal(one)
                _wait(self.process, leftovers.GRACE_SECONDS)

    @property
    def host(self) -> str:
        """What DB_HOST is for this server."""
        return "127.0.0.1" if sys.platform == "win32" else str(self._socket)

    @property
    def port(self) -> int:
        return self._tcp_port if sys.platform == "win32" else 5432

    def stop_leftover(self) -> None:
        """End a server that an earlier run left on these data."""
        pid = leftovers.pid_in(self.pid_file)
        if pid is None:
            return
        if not leftovers.end(pid, ("postgres",), signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            raise Failure(
                codes.POSTGRES_FAILED,
                f"Another account's PostgreSQL (process {pid}) runs on {self.data}. "
                "Stop it, then run the same command again.",
            )

    def _prepare_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.account = accounts.choose(self.folder.parent, self.binaries.folder)
        if self.account is not None and self.folder.stat().st_uid != self.account.uid:
            self.account.own(self.folder)
        # PostgreSQL refuses data that others may read, as after a chmod of the whole checkout.
        for folder in (self.folder, self.data):
            if folder.exists():
                folder.chmod(0o700)

    def _refuse_other_major(self) -> None:
        others = sorted(file.parent.name for file in self.folder.glob("[0-9]*/PG_VERSION"))
        if not others:
            return
        other, mine = others[-1], self.binaries.major
        raise Failure(
            codes.POSTGRES_MAJOR,
            f"The database in {self.folder / other} was made by PostgreSQL {other}; this is "
            f"PostgreSQL {mine}, which cannot read it. Either keep using version {other} (install "
            "it on the system and set JOBGATE_POSTGRES=system), or move the data: start version "
            f"{other}, run pg_dump, set that folder aside, start again, and load the dump.",
        )

    def _initialise(self) -> None:
        fresh = self.folder / "new"
        shutil.rmtree(fresh, ignore_errors=True)
        password = self.folder / "password"
        password.touch(mode=0o600)
        password.write_text(self.password_file.read_text())
        if self.account is not None:
            os.chown(password, self.account.uid, self.account.gid)
        options = ["--auth=scram-sha-256", f"--pwfile={password}", f"--username={SUPERUSER}"]
        program = str(self.binaries.program("initdb"))
        self._run("initdb", [program, "-D", str(fresh), *options, *self._locale(), "--no-sync"])
        password.unlink()
        fresh.rename(self.data)

    def _locale(self) -> list[str]:
        language = f"--lc-ctype={character_type()}"
        plain = ["--encoding=UTF8", "--locale=C", language]
        if self.binaries.major < 17:
            return plain
        return [*plain, "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]

    def _run(self, name: str, command: Sequence[str]) -> None:
        done = subprocess.run(  # noqa: S603 -- commands are built by this class
            command,
            cwd=os.sep,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=accounts.dropping(self.account),
        )
        if done.returncode:
            output = done.stdout + done.stderr
            if commands.NO_ROOM.search(output):
                raise disk_full(self.folder)
            raise Failure(codes.POSTGRES_FAILED, f"{name} failed:\n{commands.tail(output)}")

    def _prepare_socket_folder(self) -> Path:
        folder = socket_folder(self.folder)
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        mine = {_own_uid(), self.account.uid if self.account else _own_uid()}
        # In a shared /tmp somebody else could have laid a folder or a link there.
        if not stat.S_ISDIR(status.st_mode) or status.st_uid not in mine:
            raise Failure(codes.POSTGRES_FAILED, f"{folder} belongs to another account. Remove it.")
        folder.chmod(0o700)
        if self.account is not None:
            os.chown(folder, self.account.uid, self.account.gid)
        return folder

    def _start_until_ready(self) -> None:
        end = time.monotonic() + READY_SECONDS
        while True:
            self.process = self._spawn()
            if self._becomes_ready(end):
                return
            said = self.log.read_text(errors="replace")[-4000:]
            if commands.NO_ROOM.search(said):
                raise disk_full(self.folder)
            if time.monotonic() > end or not TRY_AGAIN.search(said):
                raise Failure(
                    codes.POSTGRES_FAILED,
                    f"PostgreSQL did not start:\n{commands.tail(said)}\nIts log: {self.log}",
                )
            time.sleep(0.5)

    def _spawn(self) -> "subprocess.Popen[bytes]":
        options = UNSAFE_BUT_FAST if self.throwaway else ()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as sink:
            return subprocess.Popen(  # noqa: S603 -- as above
                [self.binaries.program("postgres"), "-D", self.data, *self._address(), *options],
                cwd=os.sep,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=kernel.before_exec(signal.SIGINT, accounts.dropping(self.account)),
            )

    def _address(self) -> list[str]:
        if sys.platform == "win32":
            self._tcp_port = _free_port()
            return ["-c", "listen_addresses=127.0.0.1", "-p", str(self._tcp_port)]
        folder = f"unix_socket_directories={self._socket}"
        return ["-c", "listen_addresses=", "-c", folder, "-c", "unix_socket_permissions=0700"]

    def _becomes_ready(self, end: float) -> bool:
        assert self.process is not None  # noqa: S101 -- narrows the type
        while self.process.poll() is None and time.monotonic() < end:
            if self._says_ready():
                return True
            time.sleep(0.02)
        return False

    def _says_ready(self) -> bool:
        try:
            lines = self.pid_file.read_text().splitlines()
        except OSError:
            return False
        assert self.process is not None  # noqa: S101 -- as above
        mine = len(lines) > 7 and lines[0] == str(self.process.pid)
        return mine and lines[7].strip() == "ready"


def socket_folder(folder: Path) -> Path:
    """Return a folder for the socket whose path is short enough for the kernel."""
    near = folder / "socket"
    if len(os.fsencode(near / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return near
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"jobgate-{_own_uid()}-{digest}"


def character_type() -> str:
    """Return the name of a UTF-8 locale that this system has, for the text search's parser."""
    import locale  # noqa: PLC0415 -- changes the process's state, so only for a moment here

    before = locale.setlocale(locale.LC_CTYPE)
    for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8"):
        try:
            locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        locale.setlocale(locale.LC_CTYPE, before)
        return name
    return "C"


def _own_uid() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
