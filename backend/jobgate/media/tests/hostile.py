"""Make files that no browser makes: python -m jobgate.media.tests.hostile <kind> <path> [<source>].

A program of its own, since nothing of the application imports PyAV.
"""

# PyAV's Packet is generic for the type checker alone.
from __future__ import annotations

import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream


def giant_picture(path: str) -> None:
    """A PNG of 16,000 × 16,000 pixels in QuickTime: small to send, 768 MB to decode."""
    write_picture(path, "png", 16_000, "rgb24")


def old_codec(path: str) -> None:
    """MPEG-4 part 2 in QuickTime."""
    write_picture(path, "mpeg4", 64, "yuv420p")


def write_picture(path: str, codec: str, size: int, pix_fmt: str) -> None:
    with av.open(path, "w", format="mov") as output:
        stream = cast("VideoStream", output.add_stream(codec, rate=1))
        stream.width = stream.height = size
        stream.pix_fmt = pix_fmt
        frame = VideoFrame(size, size, pix_fmt)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.pts, frame.time_base = 0, Fraction(1, 1)
        output.mux([*stream.encode(frame), *stream.encode(None)])


def many_streams(path: str) -> None:
    """Six sound tracks."""
    with av.open(path, "w", format="webm") as output:
        streams = [output.add_stream("libopus", rate=48_000, layout="mono") for _ in range(6)]
        for stream in streams:
            sound = av.AudioFrame(format="s16", layout="mono", samples=960)
            sound.planes[0].update(bytes(sound.planes[0].buffer_size))
            sound.sample_rate, sound.pts = 48_000, 0
            output.mux([*stream.encode(sound), *stream.encode(None)])


def index_last(path: str, source: str) -> None:
    """A copy as MP4 whose index follows the data, as cameras write it."""
    remade(path, source, "mp4", lambda packet: packet)


def pictures_of_noise(path: str, source: str) -> None:
    """The same file, but no picture in it decodes; its sound does."""
    data = Path(source).read_bytes()
    with av.open(source) as container:
        for packet in container.demux(video=0):
            if packet.size:
                data = data.replace(bytes(packet), b"\xff" * packet.size)
    Path(path).write_bytes(data)


def slowing_down(path: str, source: str) -> None:
    """A copy in which the time between two pictures grows from one to the next."""

    def later(packet: Packet[Any]) -> Packet[Any]:
        packet.pts = packet.dts = (packet.dts or 0) ** 2 // 1000
        return packet

    remade(path, source, "webm", later, kinds=("video",))


def av1(path: str, source: str) -> None:
    """The same pictures and sound as some browsers record them: AV1 and Opus in WebM."""
    with av.open(source) as old, av.open(path, "w", format="webm") as output:
        pictures, sound = old.streams.video[0], old.streams.audio[0]
        video = output.add_stream("libsvtav1", rate=15, options={"preset": "12"})
        video.width, video.height, video.pix_fmt = pictures.width, pictures.height, "yuv420p"
        audio = output.add_stream_from_template(sound)
        for packet in old.demux():
            if packet.stream is sound and packet.size:
                packet.stream = audio
                output.mux(packet)
            elif packet.stream is pictures:
                for frame in cast("list[VideoFrame]", packet.decode()):
                    output.mux(video.encode(frame))
        output.mux(video.encode(None))


def remade(
    path: str,
    source: str,
    form: str,
    change: Callable[[Packet[Any]], Packet[Any]],
    kinds: tuple[str, ...] = ("video", "audio"),
) -> None:
    with av.open(source) as old, av.open(path, "w", format=form) as output:
        streams = {
            stream.index: output.add_stream_from_template(stream)
            for stream in old.streams
            if stream.type in kinds
        }
        for packet in old.demux():
            if packet.size and packet.stream_index in streams:
                stream = streams[packet.stream_index]
                changed = change(packet)
                changed.stream = stream
                output.mux(changed)


KINDS: dict[str, Callable[..., None]] = {
    "giant_picture": giant_picture,
    "old_codec": old_codec,
    "many_streams": many_streams,
    "index_last": index_last,
    "av1": av1,
    "pictures_of_noise": pictures_of_noise,
    "slowing_down": slowing_down,
}

if __name__ == "__main__":
    KINDS[sys.argv[1]](*sys.argv[2:])
