"""Make what Chromium's fake camera and microphone read: an .mjpeg and a .wav, from small assets.

    python fake_media.py camera FACE.jpg OUT.mjpeg WIDTH HEIGHT
    python fake_media.py microphone SPEECH.ogg OUT.wav

A program of its own: only it imports `av`.
"""

import sys
import wave
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.filter import Graph
from av.video.frame import VideoFrame

# Chromium plays an .mjpeg at 30 frames a second, over and over: the movement must end where it
# began.
FRAME_RATE = 30
LOOP_FRAMES = 6 * FRAME_RATE
SOUND_RATE = 48_000


def camera(face: Path, output: Path, width: int, height: int) -> None:
    """Write a loop in which the camera wanders slowly over the picture."""
    with av.open(str(output), "w", format="mjpeg") as container:
        stream = container.add_stream("mjpeg", rate=FRAME_RATE)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuvj420p"
        stream.options = {"q:v": "5"}
        for index, frame in enumerate(wandering(face, width, height)):
            frame.pts, frame.time_base = index, Fraction(1, FRAME_RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def wandering(face: Path, width: int, height: int) -> Iterator[VideoFrame]:
    """Yield the frames: a window of the wanted shape, moving inside the picture."""
    graph = Graph()
    with av.open(str(face)) as container:
        picture = next(container.decode(video=0))
        picture.pts = 0
    across = picture.width * 0.9
    window = f"{across:.0f}:{across * height / width:.0f}"
    turn = f"2*PI*n/{LOOP_FRAMES}"
    # The window stays near the top: the face is there.
    path = f"(iw-ow)*(1+sin({turn}))/2:(ih-oh)*(0.12+0.05*cos({turn}))"
    nodes = [
        graph.add_buffer(template=None, width=picture.width, height=picture.height,
                         format=picture.format, time_base=Fraction(1, FRAME_RATE)),
        graph.add("loop", f"loop={LOOP_FRAMES - 1}:size=1"),
        graph.add("setpts", "N"),
        graph.add("crop", f"{window}:{path}"),
        graph.add("scale", f"{width}:{height}:flags=bicubic"),
        graph.add("format", "yuvj420p"),
        graph.add("buffersink"),
    ]  # fmt: skip
    graph.link_nodes(*nodes).configure()
    graph.push(picture)
    graph.push(None)
    for _ in range(LOOP_FRAMES):
        frame = graph.pull()
        assert isinstance(frame, VideoFrame)
        yield frame


def microphone(speech: Path, output: Path) -> None:
    """Write the speech as Chromium wants it: 16 bit, mono, 48 kHz."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SOUND_RATE)
    with av.open(str(speech)) as container, wave.open(str(output), "wb") as sound:
        sound.setparams((1, 2, SOUND_RATE, 0, "NONE", "not compressed"))
        for decoded in container.decode(audio=0):
            for frame in resampler.resample(decoded):
                sound.writeframes(bytes(frame.planes[0])[: frame.samples * 2])


def main(arguments: list[str]) -> None:
    """Run what the command line asks for."""
    kind, source, output, *size = arguments
    if kind == "camera":
        width, height = map(int, size)
        camera(Path(source), Path(output), width, height)
    else:
        microphone(Path(source), Path(output))


if __name__ == "__main__":
    main(sys.argv[1:])
