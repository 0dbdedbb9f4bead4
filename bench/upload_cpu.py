"""Measure what an upload costs the server: CPU seconds for each GB, and MB/s.

    python bench/upload_cpu.py [--megabytes 200] [--piece 262144] [--rounds 5]

The real application under uvicorn with its defaults, in a process of its own; the sender's work is
not counted. Linux only: the CPU time is the process's own, from /proc.
"""

import argparse
import os
import socket
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

BACKEND = Path(__file__).resolve().parents[1] / "backend"
sys.path.insert(0, str(BACKEND))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobgate.config.settings")

import django  # noqa: E402

django.setup()

from jobgate.media.tests.serving import Server  # noqa: E402
from jobgate.media.tests.upload.sending import MEBIBYTE, Take  # noqa: E402

APPLICATION = "jobgate.config.asgi:application"
BLOCK = bytes(MEBIBYTE)
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(server: Server) -> float:
    """Return what the server's process has used so far, its threads included."""
    stat = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="ascii")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / TICKS


def send(take: Take, length: int, piece: int) -> None:
    """Send it in pieces over one bare connection, each acknowledged before the next."""
    take.max_bytes = length
    take.create(**{"Upload-Length": str(length)}).raise_for_status()
    with socket.create_connection(("127.0.0.1", take.server.port), timeout=120) as connection:
        for offset in range(0, length, piece):
            patch(connection, take, offset, min(piece, length - offset))
    if take.offset() != length:
        raise SystemExit("not all of it arrived")


def patch(connection: socket.socket, take: Take, offset: int, size: int) -> None:
    """Send one PATCH, and wait for its answer."""
    head = (
        f"PATCH {take.path} HTTP/1.1\r\nHost: bench\r\nTus-Resumable: 1.0.0\r\n"
        f"Authorization: Upload {take.token()}\r\nUpload-Offset: {offset}\r\n"
        f"Content-Type: application/offset+octet-stream\r\nContent-Length: {size}\r\n\r\n"
    )
    connection.sendall(head.encode())
    for begin in range(0, size, len(BLOCK)):
        connection.sendall(BLOCK[: size - begin])
    answer = connection.recv(4096)
    if not answer.startswith(b"HTTP/1.1 204"):
        raise SystemExit(f"not acknowledged: {answer!r}")


def measure(length: int, piece: int, rounds: int) -> list[tuple[float, float]]:
    """Return CPU s/GB and MB/s of each round; the first one is to warm up and does not count."""
    figures = []
    with TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        server = Server(APPLICATION, {"MEDIA_ROOT": folder})
        try:
            server.wait("/api/upload/")
            for _ in range(rounds + 1):
                take = Take(server, uuid4())
                used, begun = cpu_seconds(server), time.monotonic()
                send(take, length, piece)
                spent, taken = cpu_seconds(server) - used, time.monotonic() - begun
                figures.append((spent / length * 1e9, length / 1e6 / taken))
                take.call("DELETE", take.path)
        finally:
            server.kill()
    return figures[1:]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--piece", type=int, help="bytes in each PATCH; without it, one PATCH")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    length = options.megabytes * 1_000_000
    piece = options.piece or length
    cost, speed = zip(*measure(length, piece, options.rounds), strict=True)
    each = ", ".join(f"{one:.2f}" for one in cost)
    result = f"{options.megabytes} MB, {-(-length // piece)} PATCH: CPU s/GB {each}; "
    result += f"median {statistics.median(cost):.2f}, {statistics.median(speed):.0f} MB/s"
    print(result)  # noqa: T201 -- its result


if __name__ == "__main__":
    main()
