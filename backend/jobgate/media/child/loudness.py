"""Measure sound: its loudness after EBU R 128 (ITU-R BS.1770), its highest sample, its outline."""

# PyAV's Packet is generic for the type checker alone.
from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any, cast

import av
import av.filter
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet
from av.stream import Stream

# FFmpeg's own: the first counts the loudness so far into each tenth of a second that it passes on.
FILTERS = (
    ("ebur128", "metadata=1:framelog=quiet"),
    ("astats", "metadata=1:reset=1:measure_perchannel=none:measure_overall=Peak_level"),
    ("abuffersink", ""),
)
LOUDNESS = "lavfi.r128.I"
PEAK = "lavfi.astats.Overall.Peak_level"
WINDOW_SECONDS = 0.1
MOST_PEAKS = 400
# What the filter says of silence, and of less than 0.4 s.
NO_LOUDNESS_LUFS = -70.0
SILENCE_DBFS = float("-inf")


class Ear:
    """Hears a stream packet by packet."""

    def __init__(self, stream: AudioStream, seconds: float) -> None:
        """`seconds` is how long the whole recording lasts."""
        self.stream = stream
        self.seconds = seconds
        self.graph: av.filter.Graph | None = None
        self.loudness = NO_LOUDNESS_LUFS
        self.peaks = [SILENCE_DBFS] * max(1, min(MOST_PEAKS, ceil(seconds / WINDOW_SECONDS)))

    def hear(self, packet: Packet[Stream] | None) -> None:
        """Take in a packet, or None at the end; a bad one is as if it had not been."""
        try:
            for frame in self.stream.codec_context.decode(packet):
                self.pass_through(frame)
        except av.error.InvalidDataError:
            return

    def pass_through(self, frame: AudioFrame | None) -> None:
        if self.graph is None:
            if frame is None:
                return
            self.graph = filters(frame)
        self.graph.push(frame)
        for measured in pulled(self.graph):
            self.note(measured)

    def note(self, measured: AudioFrame) -> None:
        values = measured.metadata
        self.loudness = float(values.get(LOUDNESS, self.loudness))
        # What is too short to have a length has one place.
        part = (measured.time or 0.0) / self.seconds if self.seconds else 0.0
        place = int(part * len(self.peaks))
        place = min(max(place, 0), len(self.peaks) - 1)
        peak = float(values.get(PEAK, SILENCE_DBFS))
        self.peaks[place] = max(self.peaks[place], peak)

    def findings(self) -> dict[str, Any]:
        """Return loudness in LUFS, peak in dBFS and the outline, 0 to 100 of full scale."""
        self.hear(None)
        self.pass_through(None)
        peak = max(self.peaks)
        return {
            "waveform": [round(100 * min(1.0, 10 ** (level / 20))) for level in self.peaks],
            "loudness_lufs": round(self.loudness, 1) if self.loudness > NO_LOUDNESS_LUFS else None,
            "peak_dbfs": round(peak, 1) if peak > SILENCE_DBFS else None,
        }


def filters(frame: AudioFrame) -> av.filter.Graph:
    """Return the chain that measures sound like this frame's."""
    graph = av.filter.Graph()
    last = graph.add_abuffer(
        sample_rate=frame.sample_rate,
        format=frame.format.name,
        layout=frame.layout.name,
        time_base=frame.time_base,
    )
    for name, options in FILTERS:
        following = graph.add(name, options)
        last.link_to(following)
        last = following
    graph.configure()
    return graph


def pulled(graph: av.filter.Graph) -> Iterator[AudioFrame]:
    while True:
        try:
            yield cast("AudioFrame", graph.pull())
        except (av.error.BlockingIOError, av.error.EOFError):
            return
