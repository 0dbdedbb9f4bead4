"""Decode sound packet by packet, and encode it anew."""

# PyAV's Packet is generic for the type checker alone.
from __future__ import annotations

from fractions import Fraction
from typing import cast

import av
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream

RATE = 48_000
LONGEST_DRIFT = RATE // 10
# By codec: its encoder, its sample format, and bits a second.
ENCODERS = {"aac": ("aac", "fltp", 128_000), "opus": ("libopus", "flt", 96_000)}


class SoundWriter:
    """Encodes a stream's sound; a bad packet costs itself alone."""

    def __init__(self, source: AudioStream, output: OutputContainer, codec: str) -> None:
        encoder, form, bit_rate = ENCODERS[codec]
        self.output = output
        self.decoder = source.codec_context
        layout = "mono" if source.channels == 1 else "stereo"
        self.stream = cast("AudioStream", output.add_stream(encoder, rate=RATE, layout=layout))
        self.stream.bit_rate = bit_rate
        self.resampler = AudioResampler(format=form, layout=layout, rate=RATE)
        self.next_sample: int | None = None

    def write(self, packet: Packet[Stream], stamp: int) -> bool:
        packet.pts = packet.dts = stamp
        try:
            frames = self.decoder.decode(packet)
        except av.error.InvalidDataError:
            return False
        for frame in frames:
            self.encode(frame)
        return True

    def encode(self, frame: av.AudioFrame | None) -> None:
        for sound in self.resampler.resample(frame):
            begin = round((sound.time or 0.0) * RATE)
            if self.next_sample is None or begin - self.next_sample > LONGEST_DRIFT:
                # What is missing stays a hole: the sound does not run ahead of the picture.
                self.next_sample = begin
            sound.pts = self.next_sample
            sound.time_base = Fraction(1, RATE)
            self.next_sample += sound.samples
            self.output.mux(self.stream.encode(sound))

    def finish(self) -> None:
        for frame in self.decoder.decode(None):
            self.encode(frame)
        self.encode(None)
        self.output.mux(self.stream.encode(None))
