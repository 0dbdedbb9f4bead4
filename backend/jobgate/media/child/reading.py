"""Open a file that nobody vouches for."""

import errno
from pathlib import Path
from typing import cast

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Stream
from av.video.stream import VideoStream

from jobgate.media.child.outcomes import Outcome, Refused
from jobgate.media.child.sandbox import Limits

DISK_ERRORS = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})
EBML = b"\x1a\x45\xdf\xa3"
EBML_DOCUMENTS = (b"webm", b"matroska")
# The decoders that may be opened; everything else in the build stays closed.
VIDEO_DECODERS = ("h264", "vp8", "vp9", "av1", "libdav1d")
AUDIO_DECODERS = ("opus", "vorbis", "aac")
VIDEO_CODECS = frozenset({"h264", "vp8", "vp9", "av1"})
AUDIO_CODECS = frozenset(AUDIO_DECODERS)


def container_format(path: Path) -> str:
    """Return the demuxer for the file, by its first bytes and never by its name."""
    with path.open("rb") as file:
        head = file.read(64)
    if not head:
        raise Refused(Outcome.EMPTY)
    if head.startswith(EBML) and any(name in head for name in EBML_DOCUMENTS):
        return "matroska"
    if head[4:8] == b"ftyp":
        return "mp4"
    raise Refused(Outcome.NOT_A_VIDEO)


def open_media(path: Path, limits: Limits) -> InputContainer:
    """Open the file with the demuxer forced and everything that reaches elsewhere shut."""
    demuxer = container_format(path)
    options = {
        "protocol_whitelist": "file",
        "format_whitelist": "matroska,webm" if demuxer == "matroska" else "mov,mp4,m4a,3gp,3g2,mj2",
        "codec_whitelist": ",".join((*VIDEO_DECODERS, *AUDIO_DECODERS)),
        "max_streams": str(limits.streams),
        # Some decoders hide the size of what is over their own limit: it guards the memory only.
        "max_pixels": str(4 * limits.pixels),
    }
    try:
        container = av.open(
            f"file:{path}", "r", format=demuxer, options=options, metadata_errors="replace"
        )
    except av.error.FFmpegError as error:
        if demuxer == "mp4" and breaks_off(path):
            raise Refused(Outcome.INCOMPLETE) from error
        raise refusal(error) from error
    check_streams(container, limits)
    return container


def breaks_off(path: Path) -> bool:
    """Tell whether an MP4 ends before the box without which nothing in it can be found."""
    size = path.stat().st_size
    with path.open("rb") as file:
        while file.tell() + 8 <= size:
            start, head = file.tell(), file.read(16)
            kind, length = head[4:8], int.from_bytes(head[:4], "big")
            # 1 says that a longer length follows.
            length = int.from_bytes(head[8:16], "big") if length == 1 else length
            if kind == b"moov" or not kind.isalnum() or length < 8:
                return False
            file.seek(start + length)
    return True


def refusal(error: av.error.FFmpegError) -> Refused:
    """Return the named outcome of an error of FFmpeg."""
    if error.errno in DISK_ERRORS:
        return Refused(Outcome.DISK_FULL)
    if isinstance(error, MemoryError):
        return Refused(Outcome.MEMORY_LIMIT)
    if isinstance(error, av.error.DecoderNotFoundError):
        return Refused(Outcome.UNSUPPORTED_CODEC)
    if isinstance(error, OSError) and error.errno != errno.EIO:
        # A file that is not there, no permission, too many files: this machine's fault. The
        # demuxers say EIO where a file breaks off.
        return Refused(Outcome.CRASHED, str(error.strerror))
    return Refused(Outcome.DAMAGED, str(error.strerror))


def check_streams(container: InputContainer, limits: Limits) -> None:
    streams = container.streams
    if not (streams.video or streams.audio):
        raise Refused(Outcome.NO_STREAMS)
    if len(streams) > limits.streams or len(streams.video) > 1 or len(streams.audio) > 1:
        raise Refused(Outcome.TOO_MANY_STREAMS)
    for stream in media_streams(container):
        check_codec(stream)
    for video in streams.video:
        if video.width * video.height > limits.pixels:
            raise Refused(Outcome.TOO_MANY_PIXELS)


def check_codec(stream: VideoStream | AudioStream) -> None:
    allowed = VIDEO_CODECS if stream.type == "video" else AUDIO_CODECS
    name = codec_name(stream)
    if name not in allowed:
        raise Refused(Outcome.UNSUPPORTED_CODEC, name)
    stream.codec_context.thread_count = 1


def codec_name(stream: Stream) -> str:
    """Return the codec's name, not that of the library which decodes it."""
    context = stream.codec_context
    # A codec outside the whitelist gets no context at all.
    return str(context.codec.canonical_name) if context else "unknown"


def media_streams(container: InputContainer) -> list[VideoStream | AudioStream]:
    return [*container.streams.video, *container.streams.audio]


def seconds(value: int, stream: Stream) -> float:
    """Return a timestamp of the stream in seconds."""
    return float(value * cast("int", stream.time_base))
