"""Make what not every browser plays into what they all do, with the encoders that we may use.

H.264 is copied and never made (docs/adr/0006-portable-copies.md).
"""

# PyAV's Packet is generic for the type checker alone.
from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from jobgate.media.child import reading
from jobgate.media.child.outcomes import Outcome, Refused
from jobgate.media.child.pictures import first_picture, upright
from jobgate.media.child.probe import PLAY_EVERYWHERE, USUAL_PICTURES, Media
from jobgate.media.child.remux import Copier, MediaStream, Writer
from jobgate.media.child.sandbox import Limits
from jobgate.media.child.sound import SoundWriter

SOUND_OF = {"mp4": "aac", "webm": "opus"}
TICKS = Fraction(1, 1000)
# In one pass, faster than it plays.
QUICK = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "row-mt": "1"}
KEYFRAME_EVERY = 120
USUAL_RATE = 30.0
# Bits for each picture element and frame: 1.4 Mb/s for 720p at 30 frames a second.
BITS_PER_PIXEL = 0.05


class Portable:
    """Copies what plays everywhere, and encodes the rest: sound as AAC or Opus, picture as VP9."""

    def __init__(self, source: Path, media: Media, limits: Limits) -> None:
        self.source = source
        self.media = media
        self.limits = limits

    def form(self, container: InputContainer) -> str:
        if video := next(iter(container.streams.video), None):
            return "mp4" if copied(video, "mp4") else "webm"
        return "mp4" if copied(container.streams.audio[0], "mp4") else "webm"

    def writer(self, source: MediaStream, output: OutputContainer, form: str) -> Writer:
        if copied(source, form):
            return Copier(source, output)
        if isinstance(source, VideoStream):
            first = first_picture(self.source, self.media.keyframes, self.limits)
            if first is None:
                raise Refused(Outcome.DAMAGED, "no picture decodes")
            return PictureWriter(source, output, first, self.media.frame_rate or USUAL_RATE)
        return SoundWriter(source, output, SOUND_OF[form])


def copied(stream: MediaStream, form: str) -> bool:
    """Tell whether the stream as it is plays everywhere in this container."""
    video, audio = PLAY_EVERYWHERE[form]
    name = reading.codec_name(stream)
    if isinstance(stream, VideoStream):
        return name in video and stream.pix_fmt in USUAL_PICTURES
    return name in audio


class PictureWriter:
    """Decodes pictures packet by packet and encodes them as VP9, each at its own time."""

    def __init__(
        self, source: VideoStream, output: OutputContainer, first: VideoFrame, frame_rate: float
    ) -> None:
        """`first` is a picture of the stream, upright: all become as large."""
        self.output = output
        self.decoder = source.codec_context
        rate = Fraction(frame_rate).limit_denominator(1000)
        self.stream = output.add_stream("libvpx-vp9", rate=rate, options=dict(QUICK))
        self.stream.pix_fmt = "yuv420p"
        self.stream.width, self.stream.height = first.width, first.height
        self.stream.codec_context.time_base = TICKS
        self.stream.gop_size = KEYFRAME_EVERY
        self.stream.bit_rate = round(first.width * first.height * frame_rate * BITS_PER_PIXEL)
        self.last = -1

    def write(self, packet: Packet[Stream], stamp: int) -> bool:
        if packet.pts is not None and packet.dts is not None:
            packet.pts = stamp + max(0, packet.pts - packet.dts)
        packet.dts = stamp
        try:
            frames = self.decoder.decode(packet)
        except av.error.InvalidDataError:
            return False
        for frame in frames:
            self.encode(frame)
        return True

    def encode(self, frame: VideoFrame) -> None:
        time = round((frame.time or 0.0) / TICKS)
        if time <= self.last:
            return
        picture = upright(frame).reformat(self.stream.width, self.stream.height, "yuv420p")
        picture.pts, picture.time_base = time, TICKS
        self.last = time
        self.output.mux(self.stream.encode(picture))

    def finish(self) -> None:
        for frame in self.decoder.decode(None):
            self.encode(frame)
        self.output.mux(self.stream.encode(None))
