"""Make one picture of many small ones along a recording, for its seek bar."""

from __future__ import annotations

from bisect import bisect_left
from math import ceil
from pathlib import Path
from typing import Any

from av.video.frame import VideoFrame

from jobgate.media.child.pictures import even, fitted, jpeg, upright

TILE_PIXELS = 160
INTERVAL_SECONDS = 5.0
MOST_TILES = 120
COLUMNS = 10
QUALITY = 6
BLACK = (0, 128, 128)


class Storyboard:
    """Takes keyframes as they come; a tile shows the nearest to the middle of its interval."""

    def __init__(self, keyframes: list[float], seconds: float) -> None:
        self.interval = max(INTERVAL_SECONDS, ceil(seconds / MOST_TILES * 10) / 10)
        # The last tile stands also for a little more than its interval.
        count = max(1, ceil(seconds / self.interval - 0.1))
        middles = [(place + 0.5) * self.interval for place in range(count)]
        self.wanted = [nearest(sorted(keyframes), middle) for middle in middles]
        self.pictures: dict[float, VideoFrame] = {}

    def wants(self, second: float) -> bool:
        return second in self.wanted and second not in self.pictures

    def take(self, second: float, picture: VideoFrame | None) -> None:
        """Keep the picture, already small; None is one that does not decode."""
        if picture is not None:
            picture = upright(picture)
            self.pictures[second] = fitted(picture, *tile_size(picture))

    def write(self, target: Path) -> dict[str, Any] | None:
        """Write the JPEG and return how it is cut, or None where no picture decoded."""
        if not self.pictures:
            return None
        taken = sorted(self.pictures)
        tiles = [self.pictures[nearest(taken, second)] for second in self.wanted]
        width, height = tiles[0].width, tiles[0].height
        columns = min(COLUMNS, len(tiles))
        rows = ceil(len(tiles) / columns)
        target.write_bytes(jpeg(sheet(tiles, columns, rows), QUALITY))
        return {
            "columns": columns,
            "rows": rows,
            "tile_width": width,
            "tile_height": height,
            "interval_seconds": self.interval,
            "tiles": len(tiles),
        }


def nearest(rising: list[float], second: float) -> float:
    place = bisect_left(rising, second)
    return min(rising[max(0, place - 1) : place + 1], key=lambda at: abs(at - second))


def tile_size(picture: VideoFrame) -> tuple[int, int]:
    """Return the picture's size within a square, never enlarged."""
    scale = min(1.0, TILE_PIXELS / max(picture.width, picture.height))
    return even(picture.width * scale), even(picture.height * scale)


def sheet(tiles: list[VideoFrame], columns: int, rows: int) -> VideoFrame:
    """Lay the tiles out row by row, on black."""
    width, height = tiles[0].width, tiles[0].height
    whole = VideoFrame(columns * width, rows * height, "yuvj420p")
    for index, plane in enumerate(whole.planes):
        part = 1 if index == 0 else 2
        data = bytearray([BLACK[index]]) * plane.buffer_size
        for place, tile in enumerate(tiles):
            if (tile.width, tile.height) == (width, height):
                left, top = place % columns * width // part, place // columns * height // part
                paste(data, plane.line_size, tile.planes[index], left, top)
        plane.update(bytes(data))
    return whole


def paste(data: bytearray, line_size: int, plane: Any, left: int, top: int) -> None:
    """Copy a tile's plane into the whole one's bytes, at a place in its own pixels."""
    source, width = bytes(plane), plane.width
    for row in range(plane.height):
        start = (top + row) * line_size + left
        data[start : start + width] = source[row * plane.line_size :][:width]
