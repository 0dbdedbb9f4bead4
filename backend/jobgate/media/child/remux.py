"""Copy a recording into a file that can be sought, without transcoding its video."""

# PyAV's Packet is generic for the type checker alone.
from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream

from jobgate.media.child import reading
from jobgate.media.child.outcomes import Outcome, Refused
from jobgate.media.child.probe import Media, packets, probe
from jobgate.media.child.sandbox import Limits

MUXER_OPTIONS = {
    "mp4": {"movflags": "+faststart", "avoid_negative_ts": "make_zero"},
    "webm": {"cues_to_front": "1", "avoid_negative_ts": "make_zero"},
}
AAC_RATE = 48_000
AAC_BIT_RATE = 128_000
# The muxers round to milliseconds, and a codec's last frame may be padded.
TOLERANCE_MS = 250


def target_format(media: Media) -> str:
    """Return the container in which the recording plays in the most browsers."""
    return "mp4" if media.video_codec == "h264" or media.audio_codec == "aac" else "webm"


def remux(source: Path, target: Path, media: Media, limits: Limits) -> Media:
    """Write the seekable copy, and return what reading it back says."""
    form = target_format(media)
    try:
        with (
            reading.open_media(source, limits) as container,
            av.open(f"file:{target}", "w", format=form, options=MUXER_OPTIONS[form]) as output,
        ):
            copy(container, output, form)
    except av.error.FFmpegError as error:
        raise reading.refusal(error) from error
    return check(media, probe(target, limits))


def copy(container: InputContainer, output: OutputContainer, form: str) -> None:
    streams = reading.media_streams(container)
    writers = {stream.index: writer_for(stream, output, form) for stream in streams}
    for packet in packets(container):
        writers[packet.stream_index].write(packet)
    for writer in writers.values():
        writer.finish()


class Copier:
    """Passes packets on as they are, with rising timestamps."""

    def __init__(self, source: Stream, output: OutputContainer) -> None:
        self.output = output
        self.stream = output.add_stream_from_template(source)
        self.last: int | None = None

    def write(self, packet: Packet[Stream]) -> None:
        stamp = packet.dts if packet.dts is not None else packet.pts
        if stamp is None:
            return
        if self.last is not None and stamp <= self.last:
            stamp = self.last + 1
        self.last = packet.dts = stamp
        if packet.pts is None or packet.pts < stamp:
            packet.pts = stamp
        packet.stream = self.stream
        self.output.mux_one(packet)

    def finish(self) -> None:
        """Nothing is held back."""


class AacWriter:
    """Decodes sound packet by packet and encodes it as AAC; a bad packet costs itself alone."""

    def __init__(self, source: AudioStream, output: OutputContainer) -> None:
        self.output = output
        self.decoder = source.codec_context
        layout = "mono" if source.channels == 1 else "stereo"
        self.stream = output.add_stream("aac", rate=AAC_RATE, layout=layout)
        self.stream.bit_rate = AAC_BIT_RATE
        self.resampler = AudioResampler(format="fltp", layout=layout, rate=AAC_RATE)
        self.next_sample: int | None = None

    def write(self, packet: Packet[Stream]) -> None:
        try:
            frames = self.decoder.decode(packet)
        except av.error.InvalidDataError:
            return
        for frame in frames:
            self.encode(frame)

    def encode(self, frame: av.AudioFrame | None) -> None:
        for sound in self.resampler.resample(frame):
            if self.next_sample is None:
                self.next_sample = round((sound.time or 0.0) * AAC_RATE)
            sound.pts = self.next_sample
            sound.time_base = Fraction(1, AAC_RATE)
            self.next_sample += sound.samples
            self.output.mux(self.stream.encode(sound))

    def finish(self) -> None:
        for frame in self.decoder.decode(None):
            self.encode(frame)
        self.encode(None)
        self.output.mux(self.stream.encode(None))


def writer_for(source: Stream, output: OutputContainer, form: str) -> Copier | AacWriter:
    if form == "mp4" and isinstance(source, AudioStream) and reading.codec_name(source) != "aac":
        return AacWriter(source, output)
    return Copier(source, output)


def check(original: Media, copied: Media) -> Media:
    """Return `copied`, or raise Refused where it lacks something of the original."""
    if abs(original.duration_ms - copied.duration_ms) > TOLERANCE_MS + original.duration_ms // 100:
        raise Refused(Outcome.DAMAGED, f"{original.duration_ms} ms became {copied.duration_ms} ms")
    if copied.video_packets != original.video_packets:
        raise Refused(Outcome.DAMAGED, "frames were lost in the copy")
    return copied
