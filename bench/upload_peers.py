"""Compare what an upload costs JOBGATE with what it costs others, on the same disk.

    python -m bench.upload_peers [--rounds 7] [--only whole|5MiB|256KiB] [--quick]

JOBGATE as `./jobgate up` starts it; `@tus/server` with its file store, which neither syncs nor asks
who sends; and nginx's own PUT, the limit. They have one core, the sender has the other. The rounds
are interleaved.
"""

import argparse
import os
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass

from bench import machine, peers, report
from bench.peers import Jobgate, Peer, TusNode
from bench.wire import Connection

MEGABYTE = 1_000_000
MEBIBYTE = 1024 * 1024
CASES = {"whole": 0, "5MiB": 5 * MEBIBYTE, "256KiB": 256 * 1024}
FASTER, CHEAPER = 1.2, 0.5


@dataclass(frozen=True)
class Figure:
    """What one upload took."""

    speed: float  # MB/s, seen by the sender
    cost: float  # CPU seconds of the server for a GB


def measure(peer: Peer, length: int, piece: int) -> Figure:
    """Upload once, each piece acknowledged before the next, over one connection."""
    machine.settle(peer.folder)
    upload = peer.begin(length)
    with Connection(peer.port) as connection:
        pids = peer.pids()
        used, begun = machine.cpu_seconds(pids), time.perf_counter()
        for offset in range(0, length, piece):
            size = min(piece, length - offset)
            connection.send(upload.head(offset, size), size)
        taken, spent = time.perf_counter() - begun, machine.cpu_seconds(pids) - used
    if peer.stored() != length:
        raise SystemExit(f"{peer.name} has {peer.stored()} bytes of {length}.")
    peer.forget()
    return Figure(length / MEGABYTE / taken, spent / length * 1e9)


def compare(servers: list[Peer], length: int, piece: int, rounds: int) -> dict[str, list[Figure]]:
    """Return the figures of each; the first round is to warm up and does not count."""
    figures = defaultdict(list)
    for number in range(rounds + 1):
        for peer in servers:
            figure = measure(peer, length, piece)
            if number:
                figures[peer.name].append(figure)
    return figures


def row(case: str, name: str, figures: dict[str, list[Figure]]) -> list[str]:
    """Return a line of the table: its figures, and JOBGATE's beside them."""
    speeds = [one.speed for one in figures[name]]
    costs = [one.cost for one in figures[name]]
    ours = figures[Jobgate.name]
    speed = statistics.median(one.speed for one in ours) / statistics.median(speeds)
    cost = statistics.median(one.cost for one in ours) / statistics.median(costs)
    line = [case, name, report.spread(speeds, 0), report.spread(costs)]
    if name == Jobgate.name:
        return [*line, "", "", ""]
    good = speed >= FASTER and cost <= CHEAPER
    bar = report.verdict(good) if name == TusNode.name else "the limit"
    return [*line, f"{speed:.2f} ×", f"{cost:.2f} ×", bar]


HEAD = (
    "pieces",
    "server",
    "MB/s (least–most)",
    "CPU s/GB (least–most)",
    "JOBGATE's speed",
    "JOBGATE's CPU",
    f"≥ {FASTER} × and ≤ {CHEAPER} ×",
)


def main() -> None:
    """Print the tables."""
    options = arguments()
    length = options.megabytes * MEGABYTE
    kinds, missing = peers.available()
    with machine.folder(on_disk=not options.quick) as folder:
        report.say(machine.shape(folder))
        for line in missing:
            report.say(f"left out: {line}")
        server, sender = machine.cores()
        machine.pin([os.getpid()], sender)
        with peers.running(kinds, folder, server) as servers:
            report.say("; ".join(peer.what() for peer in servers))
            report.say(f"{options.megabytes} MB, {options.rounds} interleaved rounds\n")
            report.table(HEAD)
            for case in options.only or CASES:
                figures = compare(servers, length, CASES[case] or length, options.rounds)
                for name in figures:
                    report.line(row(case, name, figures))
    report.say(f"\nload average at the end {machine.load():.2f}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.upload_peers", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", choices=CASES, nargs="+")
    parser.add_argument("--quick", action="store_true", help="a few bytes, to see that it runs")
    options = parser.parse_args()
    if options.quick:
        options.megabytes, options.rounds = 2, 1
    return options


if __name__ == "__main__":
    main()
