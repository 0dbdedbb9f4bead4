"""Upload as many candidates do at once, and see when each piece is acknowledged.

    python -m bench.upload_load [--steps 50 100 200 500 1000] [--seconds 40] [--quick]

The product as `./jobgate up` runs it, on one core: the web process, the worker and a PostgreSQL of
its own. The generator has the other core. Up to 500 send 1.5 Mb/s each, more send 0.8 Mb/s, in
pieces of a second. Alongside, a recruiter's page asks for a list of 50 sessions. They all come from
one address, which is let do so: RAW_STARTS_PER_ADDRESS=0.
"""

import argparse
import asyncio
import os
import shutil
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field

import uvloop
from support import scene
from support.scene import Cast

from bench import crowd, installation, machine, report, tickets
from bench.crowd import Tally
from bench.installation import Installation

# Candidates at most, bits a second of each, milliseconds that the slowest of a hundred may take.
RATES = ((500, 1_500_000, 250), (1000, 800_000, 500))
MEMORY_MIB = 300
RAMP_PER_SECOND = 250
SESSIONS = 50
LISTS_PER_SECOND = 5.0


@dataclass
class Step:
    """So many candidates for so long, and what it came to."""

    candidates: int
    seconds: int
    tally: Tally = field(default_factory=Tally)
    memory: dict[str, float] = field(default_factory=dict)
    server_cpu: dict[str, float] = field(default_factory=dict)
    generator_cpu: float = 0.0
    stored: bool = False

    @property
    def rate(self) -> tuple[int, int]:
        """Return bits a second, and the bar for p99 in milliseconds."""
        for most, bits, bar in RATES:
            if self.candidates <= most:
                return bits, bar
        return RATES[-1][1:]

    @property
    def size(self) -> int:
        return self.rate[0] // 8

    def total_memory(self) -> float:
        return sum(self.memory.values())


async def crowd_of(step: Step, ours: Installation, access: str) -> None:
    """Let them come within seconds, send, and go."""
    port = ours.product.port
    watching = asyncio.create_task(watch(step, ours))
    asking = asyncio.create_task(
        crowd.recruiter(port, "/api/sessions/", access, 1 / LISTS_PER_SECOND, step.tally)
    )
    issued = [tickets.issue(step.size * step.seconds) for _ in range(step.candidates)]
    ramp = max(1.0, step.candidates / RAMP_PER_SECOND)
    begun = {name: machine.cpu_seconds(pids) for name, pids in ours.processes().items()}
    used, since = time.process_time(), time.monotonic()

    async def come(number: int) -> None:
        await asyncio.sleep(number / step.candidates * ramp)
        await crowd.candidate(port, issued[number], step.size, step.seconds, step.tally)

    await asyncio.gather(*map(come, range(step.candidates)))
    taken = time.monotonic() - since
    step.generator_cpu = (time.process_time() - used) / taken
    for name, pids in ours.processes().items():
        step.server_cpu[name] = (machine.cpu_seconds(pids) - begun[name]) / taken
    for task in (watching, asking):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    step.stored = whole(ours, step)


async def watch(step: Step, ours: Installation) -> None:
    """Note the most that each part ever held at once."""
    while True:
        # Beside the loop: the kernel counts for milliseconds.
        held = await asyncio.to_thread(ours.memory)
        if sum(held.values()) > step.total_memory():
            step.memory = held
        await asyncio.sleep(1)


def whole(ours: Installation, step: Step) -> bool:
    """Tell whether every byte lies in the folder."""
    sizes = [file.stat().st_size for file in ours.product.media.rglob("original")]
    return sizes == [step.size * step.seconds] * step.candidates


def row(step: Step) -> list[str]:
    tally, (bits, bar) = step.tally, step.rate
    p50, p99 = (report.percentile(tally.pieces, percent) * 1000 for percent in (50, 99))
    good = p99 < bar and step.total_memory() < MEMORY_MIB and not tally.failures and step.stored
    memory = " + ".join(f"{name} {held:.0f}" for name, held in step.memory.items())
    cpu = ", ".join(f"{name} {share:.0%}" for name, share in step.server_cpu.items())
    return [
        f"{step.candidates} × {bits / 1e6} Mb/s",
        f"{len(tally.pieces)} ({len(tally.failures)})",
        f"{p50:.0f} / {p99:.0f} / {max(tally.pieces) * 1000:.0f} ms",
        f"{report.percentile(tally.api, 50) * 1000:.0f} / "
        f"{report.percentile(tally.api, 99) * 1000:.0f} ms ({len(tally.api)})",
        f"{step.total_memory():.0f} = {memory}",
        cpu,
        f"{step.generator_cpu:.0%}, {report.percentile(tally.late, 99) * 1000:.0f} ms late",
        f"{report.verdict(good)} (< {bar} ms)",
    ]


HEAD = (
    "uploads at once",
    "pieces (failed)",
    "acknowledged: p50 / p99 / worst",
    "API p50 / p99",
    "PSS MiB, most at once",
    "CPU of a core",
    "generator: CPU, p99",
    "bar, < 300 MiB",
)


def make_company(ours: Installation) -> Cast:
    """Make a company with sessions to list."""
    cast = scene.make_cast(ours.product)
    client = cast.api()
    people = [
        {"first_name": "A", "last_name": "B", "email": f"{n}@example.test", "language": "fr"}
        for n in range(SESSIONS)
    ]
    path = f"/api/campaigns/{client.campaign()['id']}/invite_candidates/"
    client.post(path, candidates=people)
    return cast


def run(step: Step, ours: Installation, cast: Cast) -> None:
    """Do one step, from a disk that has nothing left to write."""
    machine.settle(ours.product.home)
    access = str(cast.api().http.headers["Authorization"])
    uvloop.run(crowd_of(step, ours, access))
    shutil.rmtree(ours.product.media)


def main() -> int:
    """Print a row for each step; return 1 when something was not taken."""
    options = arguments()
    server, generator = machine.cores()
    with machine.folder(on_disk=not options.quick) as folder:
        report.say(machine.shape(folder) + "\n")
        machine.pin([os.getpid()], generator)
        with installation.running(folder, server, RAW_STARTS_PER_ADDRESS="0") as ours:
            cast = make_company(ours)
            steps = [Step(candidates, options.seconds) for candidates in options.steps]
            report.table(HEAD)
            for step in steps:
                run(step, ours, cast)
                report.line(row(step))
    report.say(f"\nload average at the end {machine.load():.2f}")
    for step in steps:
        for failure in sorted(set(step.tally.failures))[:5]:
            report.say(f"{step.candidates}: {failure}")
    return int(any(step.tally.failures or not step.stored for step in steps))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.upload_load", description=__doc__)
    parser.add_argument("--steps", type=int, nargs="+", default=[50, 100, 200, 500, 1000])
    parser.add_argument("--seconds", type=int, default=40, help="of each step")
    parser.add_argument("--quick", action="store_true", help="few for long enough to see it run")
    options = parser.parse_args()
    if options.quick:
        options.steps, options.seconds = [5], 3
    return options


if __name__ == "__main__":
    sys.exit(main())
