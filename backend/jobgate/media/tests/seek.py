"""Seek as a player does: python -m jobgate.media.tests.seek <path> <second>.

Prints the duration that the head of the file declares, where the seek landed, and what it read.
"""

import json
import sys
from io import FileIO

import av


class CountingFile(FileIO):
    """A file that knows how much was read of it."""

    read_bytes = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size if size is not None else -1)
        self.read_bytes += len(data)
        return data


def main(path: str, second: float) -> None:
    with CountingFile(path) as file, av.open(file, "r") as container:
        duration = container.duration / av.time_base if container.duration else None
        stream = container.streams.video[0]
        container.seek(int(second * av.time_base))
        packet = next(packet for packet in container.demux(stream) if packet.pts is not None)
        found = float((packet.pts or 0) * packet.time_base)
        print(json.dumps({"duration": duration, "found": found, "read_bytes": file.read_bytes}))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
