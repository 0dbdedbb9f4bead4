"""Make a small real recording: python -m jobgate.media.child.synthesize < request.json.

The request: output, seconds, width, height, frame_rate, video (vp8, vp9 or null), audio (opus or
null), image and sound (paths, or null for a test picture and a tone), tone_hz, live (true writes
like a browser's recorder does: no duration, no cues).
"""

# PyAV's Packet is generic for the type checker alone.
from __future__ import annotations

import itertools
import json
import math
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

ENCODERS = {"vp8": "libvpx", "vp9": "libvpx-vp9", "opus": "libopus"}
SOUND_RATE = 48_000
SOUND_FRAME = 960
KEYFRAME_EVERY = 30
# In one pass, as fast as it can. VP9 does it in a sixth of the time of VP8.
QUICK = {"deadline": "realtime", "cpu-used": "-8", "lag-in-frames": "0"}


@dataclass(frozen=True)
class Request:
    """What to make."""

    output: str
    seconds: float = 3.0
    width: int = 320
    height: int = 240
    frame_rate: int = 15
    video: str | None = "vp9"
    audio: str | None = "opus"
    image: str | None = None
    sound: str | None = None
    tone_hz: float = 440.0
    live: bool = True
    keyframe_every: int = KEYFRAME_EVERY


def synthesize(request: Request) -> None:
    """Write the recording."""
    options = {"live": "1"} if request.live else {"cues_to_front": "1"}
    with av.open(request.output, "w", format="webm", options=options) as output:
        tracks = []
        if request.video:
            tracks.append(video_packets(request, output))
        if request.audio:
            tracks.append(audio_packets(request, output))
        for packet in interleaved(tracks):
            output.mux(packet)


def interleaved(tracks: list[Iterator[Packet[Any]]]) -> Iterator[Packet[Any]]:
    """Yield packets in the order of their time, whatever the track."""
    heads = [(next(track, None), track) for track in tracks]
    waiting = [(head, track) for head, track in heads if head is not None]
    while waiting:
        first = min(waiting, key=lambda pair: when(pair[0]))
        yield first[0]
        waiting.remove(first)
        following = next(first[1], None)
        if following is not None:
            waiting.append((following, first[1]))


def when(packet: Packet[Any]) -> float:
    return float((packet.dts or 0) * packet.time_base)


def video_packets(request: Request, output: OutputContainer) -> Iterator[Packet[Any]]:
    rate = request.frame_rate
    codec = ENCODERS[request.video or ""]
    stream = cast("VideoStream", output.add_stream(codec, rate=rate, options=dict(QUICK)))
    stream.width, stream.height, stream.pix_fmt = request.width, request.height, "yuv420p"
    stream.bit_rate = 400_000
    stream.gop_size = request.keyframe_every
    for picture in pictures(request):
        yield from stream.encode(picture)
    yield from stream.encode(None)


def audio_packets(request: Request, output: OutputContainer) -> Iterator[Packet[Any]]:
    codec = ENCODERS[request.audio or ""]
    stream = cast("AudioStream", output.add_stream(codec, rate=SOUND_RATE, layout="mono"))
    for sound in sounds(request):
        yield from stream.encode(sound)
    yield from stream.encode(None)


def pictures(request: Request) -> Iterator[VideoFrame]:
    """Yield frames that move: a window that wanders over a larger picture."""
    margin = max(request.width // 10, 8)
    wide, high = request.width + margin, request.height + margin
    canvas = still(Path(request.image), wide, high) if request.image else pattern(wide, high)
    for index in range(round(request.seconds * request.frame_rate)):
        angle = index / request.frame_rate
        left = round((1 + math.sin(angle)) * margin / 2)
        top = round((1 + math.cos(angle)) * margin / 2)
        frame = window(canvas, wide, left, top, request)
        frame.pts, frame.time_base = index, Fraction(1, request.frame_rate)
        yield frame.reformat(format="yuv420p")


def window(canvas: bytes, wide: int, left: int, top: int, request: Request) -> VideoFrame:
    frame = VideoFrame(request.width, request.height, "rgb24")
    pad = bytes(frame.planes[0].line_size - request.width * 3)
    starts = (((top + row) * wide + left) * 3 for row in range(request.height))
    frame.planes[0].update(b"".join(canvas[at : at + request.width * 3] + pad for at in starts))
    return frame


def pattern(wide: int, high: int) -> bytes:
    """Return a picture of soft colours as RGB, wholly made up."""
    row_values = [bytes((x * 255 // wide, 96, 255 - x * 255 // wide)) for x in range(wide)]
    row = b"".join(row_values)
    shades = (
        bytes(min(255, value * (64 + y * 128 // high) // 128) for value in range(256))
        for y in range(high)
    )
    return b"".join(row.translate(shade) for shade in shades)


def still(path: Path, wide: int, high: int) -> bytes:
    """Return the image, scaled to cover wide × high, as RGB without padding."""
    with av.open(str(path)) as container:
        image = next(container.decode(video=0)).reformat(width=wide, height=high, format="rgb24")
    plane = image.planes[0]
    data = bytes(plane)
    return b"".join(
        data[row * plane.line_size : row * plane.line_size + wide * 3] for row in range(high)
    )


def sounds(request: Request) -> Iterator[AudioFrame]:
    source = recorded(Path(request.sound)) if request.sound else tone(request)
    samples = 0
    for frame in source:
        frame.pts, frame.time_base = samples, Fraction(1, SOUND_RATE)
        samples += frame.samples
        if samples > request.seconds * SOUND_RATE:
            return
        yield frame


def tone(request: Request) -> Iterator[AudioFrame]:
    for start in itertools.count(0, SOUND_FRAME):
        waves = (
            round(8000 * math.sin(2 * math.pi * request.tone_hz * sample / SOUND_RATE))
            for sample in range(start, start + SOUND_FRAME)
        )
        frame = AudioFrame(format="s16", layout="mono", samples=SOUND_FRAME)
        frame.planes[0].update(struct.pack(f"<{SOUND_FRAME}h", *waves))
        frame.sample_rate = SOUND_RATE
        yield frame


def recorded(path: Path) -> Iterator[AudioFrame]:
    """Yield the file's sound, over and over."""
    while True:
        resampler = AudioResampler(
            format="s16", layout="mono", rate=SOUND_RATE, frame_size=SOUND_FRAME
        )
        with av.open(str(path)) as container:
            for frame in container.decode(audio=0):
                yield from resampler.resample(frame)


if __name__ == "__main__":
    synthesize(Request(**json.load(sys.stdin)))
