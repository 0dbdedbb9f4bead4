"""Write a recording anew, into a file that can be sought; a plan says what becomes of it."""

# PyAV's Packet is generic for the type checker alone.
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Protocol

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from jobgate.media.child import reading
from jobgate.media.child.outcomes import Outcome, Refused
from jobgate.media.child.probe import Media, Track, describe, packets, probe, repair, tracks_of
from jobgate.media.child.sandbox import Limits
from jobgate.media.child.sound import SoundWriter

# What tells a player where to seek goes to the front. The muxers do that by moving all the rest.
MUXER_OPTIONS = {
    "mp4": {"movflags": "+faststart", "avoid_negative_ts": "make_zero"},
    "webm": {"cues_to_front": "1", "avoid_negative_ts": "make_zero"},
}
# Of WebM's index, for a keyframe each second: browsers make one in three.
INDEX_BYTES_PER_SECOND = 24
INDEX_BYTES_AT_LEAST = 1024
# What MP4 holds so that Chromium, Firefox and Edge play it. Other sound becomes AAC at once.
SOUND_OF_MP4 = {"aac", "opus"}
# The muxers round to milliseconds, and a codec's last frame may be padded.
TOLERANCE_MS = 250

MediaStream = VideoStream | AudioStream


class Writer(Protocol):
    """Takes one stream's packets, each with the time at which it is decoded."""

    def write(self, packet: Packet[Stream], stamp: int) -> bool:
        """Return False where the packet is so damaged that no file can hold it."""

    def finish(self) -> None:
        """Write what was held back."""


class Copier:
    """Passes packets on as they are, with rising timestamps."""

    def __init__(self, source: Stream, output: OutputContainer) -> None:
        self.output = output
        # As it is, whether or not this build could encode it: AV1 is read by a decoder alone.
        self.stream = output.add_stream_from_template(source, opaque=True)
        self.last: int | None = None

    def write(self, packet: Packet[Stream], stamp: int) -> bool:
        shown, decoded = packet.pts, packet.dts
        delay = 0 if shown is None or decoded is None else max(0, shown - decoded)
        if self.last is not None and stamp <= self.last:
            stamp = self.last + 1
        self.last = packet.dts = stamp
        packet.pts = stamp + delay
        packet.stream = self.stream
        try:
            self.output.mux_one(packet)
        except av.error.InvalidDataError:
            return False
        return True

    def finish(self) -> None:
        """Nothing is held back."""


class Plan(Protocol):
    """Says what becomes of a recording."""

    def form(self, container: InputContainer) -> str:
        """Return the container to write: mp4 or webm."""

    def writer(self, source: MediaStream, output: OutputContainer, form: str) -> Writer:
        """Return what writes one stream."""


class AsItIs:
    """Every stream is copied, into the container in which it plays in the most browsers."""

    def form(self, container: InputContainer) -> str:
        codecs = {reading.codec_name(stream) for stream in reading.media_streams(container)}
        return "mp4" if codecs & {"h264", "aac"} else "webm"

    def writer(self, source: MediaStream, output: OutputContainer, form: str) -> Writer:
        if isinstance(source, VideoStream) or form != "mp4":
            return Copier(source, output)
        if reading.codec_name(source) in SOUND_OF_MP4:
            return Copier(source, output)
        return SoundWriter(source, output, "aac")


class IndexTooLarge(Exception):
    """Raised where the room that was left for the index is too small."""


def remux(source: Path, target: Path, limits: Limits, plan: Plan) -> Media:
    """Write the seekable copy in one reading, and return what reading it back says."""
    index_bytes = INDEX_BYTES_PER_SECOND * limits.duration_ms // 1000
    try:
        return write_anew(source, target, limits, plan, max(index_bytes, INDEX_BYTES_AT_LEAST))
    except IndexTooLarge:
        return write_anew(source, target, limits, plan, None)


def write_anew(
    source: Path, target: Path, limits: Limits, plan: Plan, index_bytes: int | None
) -> Media:
    try:
        with reading.open_media(source, limits) as container:
            tracks = copy(container, target, plan, {}, index_bytes)
            if repair(tracks, limits):
                # Some times lie, which shows only at the end: once more, with what is right.
                with reading.open_media(source, limits) as again:
                    copy(again, target, plan, tracks, index_bytes)
            original = describe(container, tracks, limits)
    except av.error.FFmpegError as error:
        raise reading.refusal(error) from error
    copied = probe(target, limits)
    check(original, copied)
    return replace(copied, frame_rate=original.frame_rate)


def copy(
    container: InputContainer,
    target: Path,
    plan: Plan,
    known: dict[int, Track],
    index_bytes: int | None,
) -> dict[int, Track]:
    """Write all packets, at their own times or at those known; return what they said.

    `index_bytes`: room to leave at the front, where moving the rest can be spared; None for none.
    """
    form = plan.form(container)
    options = muxer_options(form, index_bytes)
    try:
        with av.open(f"file:{target}", "w", format=form, options=options) as output:
            writers = {
                stream.index: plan.writer(stream, output, form)
                for stream in reading.media_streams(container)
            }
            return pass_on(container, writers, known)
    except av.error.ArgumentError as error:
        if "reserve_index_space" in options:
            raise IndexTooLarge from error
        raise


def muxer_options(form: str, index_bytes: int | None) -> dict[str, str]:
    options = dict(MUXER_OPTIONS[form])
    if index_bytes is not None and form == "webm":
        del options["cues_to_front"]
        options["reserve_index_space"] = str(index_bytes)
    return options


def pass_on(
    container: InputContainer, writers: dict[int, Writer], known: dict[int, Track]
) -> dict[int, Track]:
    tracks = tracks_of(container)
    for packet in packets(container):
        index = packet.stream_index
        track = tracks[index]
        if track.add(packet):
            times = (known[index].times if known else None) or track.stamps
            track.refused += not writers[index].write(packet, times[len(track.stamps) - 1])
    for writer in writers.values():
        writer.finish()
    return tracks


def check(original: Media, copied: Media) -> None:
    """Raise Refused where the copy lacks something of the original: that is our fault."""
    if abs(original.duration_ms - copied.duration_ms) > TOLERANCE_MS + original.duration_ms // 100:
        detail = f"{original.duration_ms} ms became {copied.duration_ms} ms"
        raise Refused(Outcome.COPY_DIFFERS, detail)
    same_codec = original.video_codec == copied.video_codec
    if same_codec and copied.video_packets != original.video_packets:
        detail = f"{original.video_packets} frames became {copied.video_packets}"
        raise Refused(Outcome.COPY_DIFFERS, detail)
