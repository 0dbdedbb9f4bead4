"""What makes a recording pleasant to look through: small pictures along it, and its sound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jobgate.media.child import reading
from jobgate.media.child.loudness import Ear
from jobgate.media.child.pictures import decode_alone
from jobgate.media.child.probe import packets, probe
from jobgate.media.child.sandbox import Limits
from jobgate.media.child.storyboard import Storyboard

NOTHING_SEEN = {"storyboard_layout": None}
NOTHING_HEARD = {"waveform": None, "loudness_lufs": None, "peak_dbfs": None}


def extras(source: Path, target: Path, limits: Limits) -> dict[str, Any]:
    """Write the storyboard and measure the sound, in one reading; a bad packet costs itself."""
    media = probe(source, limits)
    seconds = media.duration_ms / 1000
    with reading.open_media(source, limits) as container:
        streams = container.streams
        ear = Ear(streams.audio[0], seconds) if media.audio_codec else None
        board = Storyboard(media.keyframes, seconds) if media.keyframes else None
        for packet in packets(container):
            if packet.stream.type == "audio":
                if ear:
                    ear.hear(packet)
            elif board and packet.is_keyframe and packet.pts is not None:
                second = reading.seconds(packet.pts, packet.stream)
                if board.wants(second):
                    board.take(second, decode_alone(streams.video[0], packet))
        return {
            **({"storyboard_layout": board.write(target)} if board else NOTHING_SEEN),
            **(ear.findings() if ear else NOTHING_HEARD),
        }
