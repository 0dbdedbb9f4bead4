"""Say what is in a file by reading all its packets: headers of live recordings know too little."""

# PyAV's Packet is generic for the type checker alone.
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream

from jobgate.media.child import reading
from jobgate.media.child.outcomes import Outcome, Refused
from jobgate.media.child.sandbox import Limits


@dataclass
class Track:
    """What the packets of one stream said."""

    packets: int = 0
    start: float = float("inf")
    end: float = 0.0
    keyframes: list[float] = field(default_factory=list)

    def add(self, packet: Packet[Stream], *, video: bool) -> None:
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is None:
            return
        begin = reading.seconds(stamp, packet.stream)
        self.packets += 1
        self.start = min(self.start, begin)
        self.end = max(self.end, begin + reading.seconds(packet.duration or 0, packet.stream))
        if video and packet.is_keyframe:
            self.keyframes.append(begin)


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
        }


def probe(path: Path, limits: Limits) -> Media:
    """Return what is in the file, or raise Refused."""
    with reading.open_media(path, limits) as container:
        tracks = read_tracks(container)
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


def read_tracks(container: InputContainer) -> dict[int, Track]:
    tracks = {stream.index: Track() for stream in reading.media_streams(container)}
    for packet in packets(container):
        tracks[packet.stream_index].add(packet, video=packet.stream.type == "video")
    return tracks


def describe(container: InputContainer, tracks: dict[int, Track], limits: Limits) -> Media:
    filled = {index: track for index, track in tracks.items() if track.packets}
    if not filled:
        raise Refused(Outcome.DAMAGED, "no packets")
    start = min(track.start for track in filled.values())
    duration = max(track.end for track in filled.values()) - start
    duration_ms = round(duration * 1000)
    if duration_ms > limits.duration_ms:
        raise Refused(Outcome.TOO_LONG)
    video = next((stream for stream in container.streams.video if stream.index in filled), None)
    audio = next((stream for stream in container.streams.audio if stream.index in filled), None)
    if video and not (video.width and video.height):
        raise Refused(Outcome.DAMAGED, "a picture without a size")
    moving = filled[video.index] if video else Track()
    return Media(
        mime=mime_type(container, has_video=video is not None),
        duration_ms=duration_ms,
        video_codec=reading.codec_name(video) if video else None,
        audio_codec=reading.codec_name(audio) if audio else None,
        width=video.width if video else None,
        height=video.height if video else None,
        frame_rate=frame_rate(moving) if video else None,
        video_packets=moving.packets,
        audio_packets=filled[audio.index].packets if audio else 0,
        keyframes=moving.keyframes,
    )


def frame_rate(track: Track) -> float | None:
    """Return the mean rate: live recordings vary, and their headers claim 1000 a second."""
    length = track.end - track.start
    return round(track.packets / length, 3) if length > 0 else None


def mime_type(container: InputContainer, *, has_video: bool) -> str:
    kind = "video" if has_video else "audio"
    return f"{kind}/webm" if "matroska" in container.format.name else f"{kind}/mp4"
