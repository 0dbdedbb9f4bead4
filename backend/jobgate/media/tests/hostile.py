"""Make files that no browser makes: python -m jobgate.media.tests.hostile <kind> <path>.

A program of its own, since nothing of the application imports PyAV.
"""

import sys
from fractions import Fraction
from typing import cast

import av
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


if __name__ == "__main__":
    kinds = {"giant_picture": giant_picture, "old_codec": old_codec, "many_streams": many_streams}
    kinds[sys.argv[1]](sys.argv[2])
