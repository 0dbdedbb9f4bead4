"""Say what is in a file by reading all its packets: headers of live recordings know too little."""

# PyAV's Packet is generic for the type checker alone.
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf
from pathlib import Path

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream

from jobgate.media.child import reading, timeline
from jobgate.media.child.outcomes import Outcome, Refused
from jobgate.media.child.sandbox import Limits

# Browsers that play neither these nor their pictures are older than Safari 16 or iOS 17.4.
PLAY_EVERYWHERE = {
    "mp4": ({None, "h264"}, {None, "aac"}),
    "webm": ({None, "vp8", "vp9"}, {None, "opus", "vorbis"}),
}
# Eight bits and halved colour, which every decoder in hardware knows.
USUAL_PICTURES = {None, "yuv420p", "yuvj420p"}
# Muxers of browsers interleave coarsely, but within one stream time does not run backwards.
BACKWARDS_SECONDS = 0.5


@dataclass
class Track:
    """What the packets of one stream said, in ticks of its time base."""

    base: Fraction
    video: bool
    # For each packet, in the order of the file: when it is decoded, and when it has been shown.
    stamps: list[int] = field(default_factory=list)
    delays: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    # How many of them no file can hold.
    refused: int = 0
    # Set where the stamps lie.
    times: list[int] | None = None

    def add(self, packet: Packet[Stream]) -> bool:
        """Note the packet; return whether it has a place in time at all."""
        shown, stamp = packet.pts, packet.dts
        if stamp is None:
            stamp = shown
        if stamp is None:
            return False
        if self.video and packet.is_keyframe:
            self.keys.append(len(self.stamps))
        self.stamps.append(stamp)
        self.delays.append(0 if shown is None else max(0, shown - stamp))
        self.lengths.append(packet.duration or 0)
        return True

    def whole(self) -> int:
        return len(self.stamps) - self.refused

    def lies(self) -> bool:
        return timeline.lies(self.stamps, round(BACKWARDS_SECONDS / self.base))

    def repair(self, longest_gap_seconds: float = inf) -> None:
        self.times = timeline.repaired(self.stamps, longest_gap_seconds / self.base)

    def shown(self) -> list[int]:
        return list(map(int.__add__, self.times or self.stamps, self.delays))

    def span(self) -> tuple[float, float]:
        """Return when the track begins and ends, in seconds."""
        shown = self.shown()
        end = max(map(int.__add__, shown, self.lengths))
        return float(min(shown) * self.base), float(end * self.base)

    def keyframes(self) -> list[float]:
        """Return when the keyframes are shown, in seconds."""
        shown = self.shown()
        return [float(shown[index] * self.base) for index in self.keys]


@dataclass
class Media:
    """A file's shape."""

    mime: str
    duration_ms: int
    video_codec: str | None
    audio_codec: str | None
    width: int | None
    height: int | None
    frame_rate: float | None
    plays_everywhere: bool
    video_packets: int
    audio_packets: int
    keyframes: list[float]

    def summary(self) -> dict[str, object]:
        return {
            "mime": self.mime,
            "duration_ms": self.duration_ms,
            "has_video": self.video_codec is not None,
            "has_audio": self.audio_codec is not None,
            "video_codec": self.video_codec,
            "audio_codec": self.audio_codec,
            "width": self.width,
            "height": self.height,
            "frame_rate": self.frame_rate,
            "plays_everywhere": self.plays_everywhere,
        }


def probe(path: Path, limits: Limits) -> Media:
    """Return what is in the file, or raise Refused."""
    with reading.open_media(path, limits) as container:
        tracks = tracks_of(container)
        for packet in packets(container):
            tracks[packet.stream_index].add(packet)
        repair(tracks, limits)
        return describe(container, tracks, limits)


def packets(container: InputContainer) -> Iterator[Packet[Stream]]:
    """Yield every packet with data; a file that breaks off ends where it breaks."""
    demuxed = container.demux(reading.media_streams(container))
    while True:
        try:
            packet = next(demuxed, None)
        except av.error.InvalidDataError:
            return
        except av.error.FFmpegError as error:
            raise reading.refusal(error) from error
        if packet is None:
            return
        if packet.size:
            yield packet


def tracks_of(container: InputContainer) -> dict[int, Track]:
    return {
        stream.index: Track(Fraction(stream.time_base or 1), stream.type == "video")
        for stream in reading.media_streams(container)
    }


def repair(tracks: dict[int, Track], limits: Limits) -> bool:
    """Put right what the stamps cannot mean; return whether anything was."""
    filled = [track for track in tracks.values() if track.stamps]
    wrong = [track for track in filled if track.lies()]
    for track in wrong:
        track.repair()
    if filled and duration_ms(filled) > limits.duration_ms:
        # Either it is too long, or time leapt: it goes on where the packets go on.
        wrong = filled
        for track in wrong:
            track.repair(limits.longest_gap_seconds)
    return bool(wrong)


def duration_ms(tracks: list[Track]) -> int:
    spans = [track.span() for track in tracks]
    return round((max(end for _, end in spans) - min(begin for begin, _ in spans)) * 1000)


def describe(container: InputContainer, tracks: dict[int, Track], limits: Limits) -> Media:
    filled = {index: track for index, track in tracks.items() if track.stamps}
    if not filled:
        raise Refused(Outcome.DAMAGED, "no packets")
    duration = duration_ms(list(filled.values()))
    if duration > limits.duration_ms:
        raise Refused(Outcome.TOO_LONG, f"{duration} ms")
    video = next((stream for stream in container.streams.video if stream.index in filled), None)
    audio = next((stream for stream in container.streams.audio if stream.index in filled), None)
    if video and not (video.width and video.height):
        raise Refused(Outcome.DAMAGED, "a picture without a size")
    moving = filled[video.index] if video else None
    codecs = (
        reading.codec_name(video) if video else None,
        reading.codec_name(audio) if audio else None,
    )
    return Media(
        mime=mime_type(container, has_video=video is not None),
        duration_ms=duration,
        video_codec=codecs[0],
        audio_codec=codecs[1],
        width=video.width if video else None,
        height=video.height if video else None,
        frame_rate=frame_rate(moving) if moving else None,
        plays_everywhere=plays_everywhere(container, codecs, video.pix_fmt if video else None),
        video_packets=moving.whole() if moving else 0,
        audio_packets=filled[audio.index].whole() if audio else 0,
        keyframes=moving.keyframes() if moving else [],
    )


def frame_rate(track: Track) -> float | None:
    """Return the mean rate: live recordings vary, and their headers claim 1000 a second."""
    begin, end = track.span()
    return round(len(track.stamps) / (end - begin), 3) if end > begin else None


def form_of(container: InputContainer) -> str:
    return "webm" if "matroska" in container.format.name else "mp4"


def mime_type(container: InputContainer, *, has_video: bool) -> str:
    kind = "video" if has_video else "audio"
    return f"{kind}/{form_of(container)}"


def plays_everywhere(
    container: InputContainer, codecs: tuple[str | None, str | None], picture: str | None
) -> bool:
    """Tell whether every browser that we support plays this container with these codecs."""
    video, audio = PLAY_EVERYWHERE[form_of(container)]
    return codecs[0] in video and codecs[1] in audio and picture in USUAL_PICTURES
