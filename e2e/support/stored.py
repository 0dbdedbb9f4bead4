"""Look into a stored recording:  python stored.py FILE SEEK_SECONDS  prints what it finds as JSON.

A program of its own: only it imports `av`.
"""

import hashlib
import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass
class Recording:
    """What a file holds."""

    seconds: float
    pictures: int
    sounds: int
    errors: int
    landed_at: float
    sha256: str


def inspect(file: Path, seek_to: float = 0) -> Recording:
    """Decode a file from end to end in a process of its own, and seek in it."""
    command = [sys.executable, __file__, str(file), str(seek_to)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return Recording(**json.loads(done.stdout))


def _decode(file: Path, seek_to: float) -> Recording:
    import av

    found = Recording(0, 0, 0, 0, 0, hashlib.sha256(file.read_bytes()).hexdigest())
    with av.open(str(file)) as container:
        for packet in container.demux():
            if packet.pts is not None and packet.time_base is not None:
                end = (packet.pts + (packet.duration or 0)) * packet.time_base
                found.seconds = max(found.seconds, float(end))
            try:
                decoded = len(packet.decode())
            except av.FFmpegError:
                found.errors += 1
                continue
            if packet.stream.type == "video":
                found.pictures += decoded
            else:
                found.sounds += decoded
        container.seek(int(seek_to * av.time_base))
        landing = next(container.decode(video=0))
        found.landed_at = landing.time or 0
    return found


if __name__ == "__main__":
    json.dump(asdict(_decode(Path(sys.argv[1]), float(sys.argv[2]))), sys.stdout)
