"""What a measurement needs to know of the machine it runs on. Linux only: read from /proc."""

import os
import platform
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parents[1]
# A process's own CPU clock by its number, as `clock_getcpuclockid` makes it.
CPU_CLOCK = 2


@contextmanager
def folder(*, on_disk: bool = True) -> Iterator[Path]:
    """Yield an empty folder, on a real disk if wished: below BENCH_DIR, else below `var/`."""
    parent = Path(os.environ.get("BENCH_DIR", ROOT / "var" / "bench"))
    parent.mkdir(parents=True, exist_ok=True)
    if on_disk and file_system(parent)[0] in {"tmpfs", "ramfs"}:
        raise SystemExit(f"{parent} is in memory: name a folder on a disk in BENCH_DIR.")
    made = Path(mkdtemp(prefix="run-", dir=parent))
    try:
        yield made
    finally:
        rmtree(made, ignore_errors=True)


def file_system(path: Path) -> tuple[str, str]:
    """Return the kind of file system and the device that hold a path."""
    found = ("", "", "unknown")
    for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines():
        device, point, kind = line.split()[:3]
        if path.resolve().is_relative_to(point) and len(point) >= len(found[0]):
            found = (point, device, kind)
    return found[2], found[1]


def shape(path: Path) -> str:
    """Return the machine's shape and how busy it is, in one line."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.partition(": ")[2] for line in info if line.startswith("model name")), "?")
    kind, device = file_system(path)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} × {model}, {memory:.0f} GiB, {kind} on {device} "
        f"(fdatasync after 256 KiB: {sync_milliseconds(path):.2f} ms), "
        f"Linux {platform.release()}, Python {platform.python_version()}; "
        f"load average at the start {load():.2f}"
    )


def load() -> float:
    """Return how many processes wanted to run at once, on average, in the last minute."""
    return os.getloadavg()[0]


def sync_milliseconds(path: Path, rounds: int = 20) -> float:
    """Return the median of what a sync of 256 KiB takes here."""
    probe = path / "sync-probe"
    taken = []
    descriptor = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        for _ in range(rounds):
            os.write(descriptor, os.urandom(256 * 1024))
            begun = time.perf_counter()
            os.fdatasync(descriptor)
            taken.append(time.perf_counter() - begun)
    finally:
        os.close(descriptor)
        probe.unlink()
    return sorted(taken)[rounds // 2] * 1000


def cores() -> tuple[int, int]:
    """Return the server's core and the generator's: two different ones where there are two."""
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]


def pin(pids: Iterable[int], core: int) -> None:
    """Keep processes, and all that they begin, on one core."""
    for pid in pids:
        # Threads and children end while one looks.
        with suppress(FileNotFoundError, ProcessLookupError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                os.sched_setaffinity(int(task.name), {core})


def on_core(core: int, command: Sequence[str]) -> list[str]:
    """Return a command that stays on one core from its start."""
    return ["taskset", "--cpu-list", str(core), *command]


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    found = [pid]
    for one in found:
        with suppress(FileNotFoundError, ProcessLookupError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text(encoding="ascii").split())
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """Return the CPU time that living processes have used, their threads included."""
    return sum(time.clock_gettime((~pid << 3) | CPU_CLOCK) for pid in pids)


def pss_mib(pids: Iterable[int]) -> float:
    """Return the memory of processes in MiB; what several share is divided among them."""
    return sum(map(_pss_kib, pids)) / 1024


def _pss_kib(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return int(next(line for line in rollup if line.startswith("Pss:")).split()[1])


def settle(path: Path) -> None:
    """Have the file system write out what the last measurement left: the next must not pay for it.

    Its files are removed already. A sync of everything would wait for whatever else is written.
    """
    sync_milliseconds(path, rounds=1)


def version(*command: str) -> str:
    """Return the first line that a program says of its version."""
    done = subprocess.run(  # noqa: S603 -- a program of ours
        command, capture_output=True, text=True, check=True
    )
    return (done.stdout or done.stderr).splitlines()[0].strip()
