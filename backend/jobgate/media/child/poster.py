"""Make a still picture of a recording."""

# PyAV's Packet is generic for the type checker alone.
from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from jobgate.media.child import reading
from jobgate.media.child.outcomes import Outcome, Refused
from jobgate.media.child.sandbox import Limits

WANTED_SECOND = 1.0
WIDTH = 640
TRIES = 8


def poster(source: Path, target: Path, keyframes: list[float], limits: Limits) -> None:
    """Write a JPEG of the keyframe nearest to the first second that decodes."""
    target.write_bytes(jpeg(first_picture(source, keyframes, limits)))


def first_picture(source: Path, keyframes: list[float], limits: Limits) -> VideoFrame:
    by_nearness = sorted(keyframes, key=lambda at: abs(at - WANTED_SECOND))
    with reading.open_media(source, limits) as container:
        for second in by_nearness[:TRIES]:
            frame = picture_at(container, second)
            if frame is not None:
                return frame
    raise Refused(Outcome.DAMAGED, "no picture decodes")


def picture_at(container: InputContainer, second: float) -> VideoFrame | None:
    """Return the keyframe at `second`, decoded from its packet alone."""
    stream = container.streams.video[0]
    container.seek(round(second / float(stream.time_base or 1)), stream=stream)
    for packet in container.demux(stream):
        if packet.is_keyframe and packet.size:
            return decode_alone(stream, packet)
    return None


def decode_alone(stream: VideoStream, packet: Packet[VideoStream]) -> VideoFrame | None:
    context = stream.codec_context
    try:
        frames = [*context.decode(packet), *context.decode(None)]
    except av.error.InvalidDataError:
        frames = []
    context.flush_buffers()
    return frames[0] if frames else None


def jpeg(frame: VideoFrame) -> bytes:
    width = min(WIDTH, frame.width) // 2 * 2
    height = max(2, round(frame.height * width / frame.width) // 2 * 2)
    encoder = av.VideoCodecContext.create("mjpeg", "w")
    encoder.width, encoder.height = width, height
    encoder.pix_fmt = "yuvj420p"
    encoder.time_base = frame.time_base or Fraction(1, 1000)
    encoder.options = {"qscale": "4"}
    picture = frame.reformat(width=width, height=height, format="yuvj420p")
    return b"".join(bytes(packet) for packet in [*encoder.encode(picture), *encoder.encode(None)])
