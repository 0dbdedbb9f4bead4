"""A real S3 for tests: Ceph's own gateway on a throwaway cluster in memory, on loopback."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import httpx

PROGRAMS = ("ceph", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")
START_SECONDS = 60.0
STEP_SECONDS = 30.0
KEY_ID, SECRET = "tests", "only-for-tests"
# The kernel ends them with the tests, also when those are killed.
WITH_US = ("setpriv", "--pdeathsig", "KILL")

# One monitor, one store in memory, one copy of everything, no passwords. The cache of the gateway
# is off since its notices wait 10 s for watchers that are gone.
CONFIGURATION = """
[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{monitor_port}/0]
mon initial members = a
mon data = {folder}/mon
osd data = {folder}/osd
osd objectstore = memstore
memstore device bytes = 4294967296
run dir = {folder}
log file = {folder}/$name.log
admin socket =
keyring = {folder}/keyring
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms bind msgr1 = false
ms cluster mode = crc
ms mon client mode = crc
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 1
mon data avail warn = 1
paxos propose interval = 0.01
paxos min wait = 0.01
rgw cache enabled = false
rgw enable gc threads = false
rgw enable usage log = false
rgw dynamic resharding = false
rgw run sync thread = false
"""


@dataclass
class Gateway:
    """An S3 server: where it is, and the process that answers."""

    url: str
    process: "subprocess.Popen[bytes]"

    def pause(self) -> None:
        """Let it answer nothing, as a network that swallows everything."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)


def missing_programs() -> list[str]:
    """Return what this system lacks to run one."""
    return [name for name in (*PROGRAMS, WITH_US[0]) if shutil.which(name) is None]


@contextmanager
def running_gateway() -> Iterator[Gateway]:
    """Run a gateway for the length of the block; leave nothing."""
    # A short path: Ceph's names of sockets are limited.
    folder = Path(mkdtemp(prefix="s3-"))
    cluster = Cluster(folder)
    try:
        yield cluster.start()
    finally:
        cluster.kill()
        shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    """The processes of one throwaway cluster."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fsid = str(uuid4())
        self.monitor_port, self.gateway_port = free_port(), free_port()
        self.processes: list[subprocess.Popen[bytes]] = []
        self.log = (folder / "output.log").open("ab")

    def start(self) -> Gateway:
        for name in ("mon", "osd"):
            (self.folder / name).mkdir()
        self._file("ceph.conf").write_text(
            CONFIGURATION.format(
                fsid=self.fsid, folder=self.folder, monitor_port=self.monitor_port
            ),
            encoding="utf-8",
        )
        self._start_monitor()
        self._start_store()
        keys = ("--access-key", KEY_ID, "--secret-key", SECRET)
        self._run("radosgw-admin", "user", "create", "--uid=tests", "--display-name=tests", *keys)
        frontend = f"--rgw_frontends=beast endpoint=127.0.0.1:{self.gateway_port}"
        process = self._spawn("radosgw", "-n", "client.admin", frontend)
        url = f"http://127.0.0.1:{self.gateway_port}"
        self._wait(url)
        return Gateway(url, process)

    def kill(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()
        self.log.close()

    def _start_monitor(self) -> None:
        address = f"[v2:127.0.0.1:{self.monitor_port}/0]"
        monmap = str(self._file("monmap"))
        self._file("keyring").touch()
        self._run_plain(
            "monmaptool", "--create", "--fsid", self.fsid, "--addv", "a", address, monmap
        )
        self._run("ceph-mon", "-i", "a", "--mkfs", "--monmap", monmap)
        self._spawn("ceph-mon", "-i", "a")

    def _start_store(self) -> None:
        identity = str(uuid4())
        self._run("ceph", "osd", "new", identity)
        self._run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", identity)
        self._spawn("ceph-osd", "-i", "0")

    def _wait(self, url: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                httpx.get(url, timeout=2)
            except httpx.HTTPError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return

    def _file(self, name: str) -> Path:
        return self.folder / name

    def _run(self, program: str, *arguments: str) -> None:
        self._run_plain(program, "-c", str(self._file("ceph.conf")), *arguments)

    def _run_plain(self, *command: str) -> None:
        done = subprocess.run(
            command, capture_output=True, timeout=STEP_SECONDS, check=False, cwd=self.folder
        )
        if done.returncode:
            sys.stderr.write(done.stderr.decode())
            raise RuntimeError(f"{command[0]} failed")

    def _spawn(self, program: str, *arguments: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [*WITH_US, program, "-c", str(self._file("ceph.conf")), "-f", *arguments],
            stdout=self.log,
            stderr=self.log,
            cwd=self.folder,
        )
        self.processes.append(process)
        return process


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
