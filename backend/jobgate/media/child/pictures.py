"""Take still pictures out of a recording."""

# PyAV's Packet is generic for the type checker alone.
from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import av.filter
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from jobgate.media.child import reading
from jobgate.media.child.sandbox import Limits

WANTED_SECOND = 1.0
POSTER_WIDTH = 640
TRIES = 8
# By how far the picture is to be turned to the left: the filters that do it.
TURNS = {
    90: (("transpose", "cclock"),),
    180: (("hflip", ""), ("vflip", "")),
    270: (("transpose", "clock"),),
}


def first_picture(source: Path, keyframes: list[float], limits: Limits) -> VideoFrame | None:
    """Return the keyframe nearest to the first second that decodes, upright."""
    by_nearness = sorted(keyframes, key=lambda at: abs(at - WANTED_SECOND))
    with reading.open_media(source, limits) as container:
        for second in by_nearness[:TRIES]:
            frame = picture_at(container, second)
            if frame is not None:
                return upright(frame)
    return None


def picture_at(container: InputContainer, second: float) -> VideoFrame | None:
    """Return the keyframe at `second`, decoded from its packet alone."""
    stream = container.streams.video[0]
    container.seek(round(second / float(stream.time_base or 1)), stream=stream)
    for packet in container.demux(stream):
        if packet.is_keyframe and packet.size:
            return decode_alone(stream, packet)
    return None


def decode_alone(stream: VideoStream, packet: Packet[Any]) -> VideoFrame | None:
    context = stream.codec_context
    try:
        frames = [*context.decode(packet), *context.decode(None)]
    except av.error.FFmpegError:
        frames = []
    context.flush_buffers()
    return frames[0] if frames else None


def upright(frame: VideoFrame) -> VideoFrame:
    """Turn a picture as its file wants it turned: phones record lying, with a note on how."""
    steps = TURNS.get(round(frame.rotation / 90) * 90 % 360, ())
    if not steps:
        return frame
    graph = av.filter.Graph()
    base = frame.time_base or Fraction(1, 1000)
    last = graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=base
    )
    for step in (*steps, ("buffersink", "")):
        following = graph.add(*step)
        last.link_to(following)
        last = following
    graph.configure()
    graph.push(frame)
    return cast("VideoFrame", graph.pull())


def thumbnail(frame: VideoFrame, width: int) -> bytes:
    """Return the picture as a JPEG of at most this width."""
    width = even(min(width, frame.width))
    return jpeg(fitted(frame, width, even(frame.height * width / frame.width)))


def fitted(frame: VideoFrame, width: int, height: int) -> VideoFrame:
    return frame.reformat(width=width, height=height, format="yuvj420p")


def even(length: float) -> int:
    """Return the nearest even number of pixels: colour has half the resolution."""
    return max(2, round(length / 2) * 2)


def jpeg(picture: VideoFrame, quality: int = 4) -> bytes:
    """Return the picture as a JPEG; `quality` is 2 for the best to 31."""
    encoder = av.VideoCodecContext.create("mjpeg", "w")
    encoder.width, encoder.height = picture.width, picture.height
    encoder.pix_fmt = "yuvj420p"
    encoder.time_base = picture.time_base or Fraction(1, 1000)
    encoder.options = {"qscale": str(quality)}
    return b"".join(bytes(packet) for packet in [*encoder.encode(picture), *encoder.encode(None)])
