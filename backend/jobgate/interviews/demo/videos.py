"""Little videos for the demonstration: a drawn scene that moves, and a hum that speaks nothing."""

import math
import struct
import wave
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from jobgate.media import program

WIDTH, HEIGHT = 480, 360
# Drawn larger than shown: edges come out smooth.
SCALE = 2
SOUND_RATE = 16_000

Color = tuple[int, int, int]


@dataclass(frozen=True)
class Scene:
    """The colours of one drawn candidate and their room."""

    wall: Color
    skin: Color
    hair: Color
    jacket: Color
    pitch: float
    long_hair: bool = True


SCENES = (
    Scene(
        (222, 214, 201), (224, 172, 134), (52, 36, 30), (31, 95, 107), long_hair=True, pitch=205.0
    ),
    Scene(
        (205, 216, 222), (240, 205, 178), (110, 74, 44), (70, 78, 104), long_hair=False, pitch=125.0
    ),
    Scene(
        (226, 219, 228), (198, 146, 110), (34, 28, 34), (150, 74, 62), long_hair=True, pitch=220.0
    ),
)


def make_video(folder: Path, scene: Scene, seconds: float, name: str) -> Path:
    """Write a recording of this scene; return its path."""
    image, sound, output = (folder / f"{name}.{end}" for end in ("png", "wav", "webm"))
    draw(scene).save(image)
    hum(sound, scene.pitch)
    program.synthesize(
        output,
        seconds=seconds,
        width=WIDTH,
        height=HEIGHT,
        frame_rate=12,
        image=str(image),
        sound=str(sound),
    )
    return output


def draw(scene: Scene) -> Image.Image:
    """Return a person at a desk as a flat drawing: nobody's picture."""
    wide, high = WIDTH * SCALE, HEIGHT * SCALE
    image = Image.new("RGB", (wide, high), scene.wall)
    pen = ImageDraw.Draw(image)
    _room(pen, scene.wall, wide, high)
    _person(pen, scene, wide // 2, high)
    return image


def _room(pen: ImageDraw.ImageDraw, wall: Color, wide: int, high: int) -> None:
    # A window with hills, a shelf with books, a plant.
    pen.rounded_rectangle((60, 60, 300, 330), 10, fill=(247, 244, 238))
    pen.rectangle((76, 76, 284, 314), fill=(176, 209, 226))
    pen.ellipse((84, 236, 276, 420), fill=(126, 164, 130))
    pen.rectangle((60, 314, 300, 331), fill=(247, 244, 238))
    pen.rectangle((30, 331, 310, 440), fill=wall)
    pen.rectangle((174, 76, 186, 314), fill=(247, 244, 238))
    pen.rectangle((wide - 320, 210, wide - 40, 224), fill=(146, 110, 80))
    books = ((150, 70, 60), (70, 98, 120), (196, 160, 90), (88, 120, 96), (120, 90, 130))
    for index, color in enumerate(books):
        left = wide - 300 + index * 30
        pen.rectangle((left, 110 + (index % 3) * 14, left + 22, 210), fill=color)
    for angle in range(-60, 61, 30):
        x = wide - 90 + math.sin(math.radians(angle)) * 56
        pen.line((wide - 90, 188, x, 110), fill=(82, 130, 92), width=14)
    pen.polygon(
        [(wide - 120, 176), (wide - 60, 176), (wide - 70, 210), (wide - 110, 210)],
        fill=(190, 120, 86),
    )
    pen.rectangle((0, high - 60, wide, high), fill=(168, 130, 98))


def _person(pen: ImageDraw.ImageDraw, scene: Scene, middle: int, high: int) -> None:
    top = 150
    if scene.long_hair:
        pen.rounded_rectangle((middle - 128, top, middle + 128, top + 350), 110, fill=scene.hair)
    pen.rounded_rectangle(
        (middle - 220, high - 260, middle + 220, high + 120), 130, fill=scene.jacket
    )
    pen.rectangle((middle - 46, top + 220, middle + 46, high - 220), fill=shade(scene.skin))
    pen.ellipse((middle - 62, high - 300, middle + 62, high - 210), fill=shade(scene.skin))
    pen.ellipse((middle - 104, top + 20, middle + 104, top + 282), fill=scene.skin)
    pen.pieslice((middle - 112, top - 10, middle + 112, top + 210), 180, 360, fill=scene.hair)
    for side in (-1, 1):
        x = middle + side * 42
        pen.ellipse((x - 10, top + 138, x + 10, top + 160), fill=(48, 40, 40))
        pen.arc((x - 24, top + 112, x + 24, top + 140), 200, 340, fill=scene.hair, width=7)
    pen.arc((middle - 42, top + 172, middle + 42, top + 234), 20, 160, fill=(150, 70, 66), width=8)


def shade(color: Color) -> Color:
    return color[0] * 9 // 10, color[1] * 9 // 10, color[2] * 9 // 10


def hum(path: Path, pitch: float, seconds: float = 4.0) -> None:
    """Write a soft hum with the rhythm of syllables."""
    samples = (
        math.sin(2 * math.pi * pitch * t + 0.4 * math.sin(2 * math.pi * 3 * t))
        * max(0.0, math.sin(2 * math.pi * 2.2 * t)) ** 0.6
        * (0.6 + 0.4 * math.sin(2 * math.pi * 0.5 * t))
        for t in (index / SOUND_RATE for index in range(int(seconds * SOUND_RATE)))
    )
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SOUND_RATE)
        file.writeframes(b"".join(struct.pack("<h", int(3000 * value)) for value in samples))
