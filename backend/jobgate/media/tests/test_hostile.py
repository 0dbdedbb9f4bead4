"""Files that are not what they should be: each ends under a name, and what is good is kept."""

import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from jobgate.media import program
from jobgate.media.child.outcomes import Outcome
from jobgate.media.tests.conftest import SAMPLES, make_hostile
from jobgate.media.tests.test_child import prepare

Make = Callable[..., Path]
WEBM = SAMPLES / "vp9_opus.webm"
CLUSTER_TIME = re.compile(rb"(\x1f\x43\xb6\x75.{8}\xe7)\x82(..)", re.DOTALL)
HOURS_MS = 4 * 3600 * 1000


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.fixture
def camera_mp4(tmp_path: Path) -> Path:
    """Return an MP4 with its index behind its data."""
    return make_hostile("index_last", tmp_path / "camera.mp4", SAMPLES / "h264_opus.mp4")


def test_an_mp4_cut_before_its_index_is_called_incomplete(camera_mp4: Path, tmp_path: Path) -> None:
    data = camera_mp4.read_bytes()
    cut = written(tmp_path / "cut.mp4", data[: data.index(b"moov") - 100])
    assert prepare(cut, tmp_path).outcome is Outcome.INCOMPLETE


def test_an_mp4_with_its_index_first_and_cut_data_keeps_what_there_is(
    camera_mp4: Path, tmp_path: Path
) -> None:
    prepare(camera_mp4, tmp_path)
    data = (tmp_path / "copy").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    cut = written(tmp_path / "cut.mp4", data[: len(data) * 6 // 10])

    result = prepare(cut, tmp_path)

    assert result.outcome is Outcome.OK
    assert 1000 < result.facts["duration_ms"] < 2800


@pytest.mark.parametrize("tail", [b"<html><script>alert(1)</script>", b"PK\x03\x04evil.zip"])
def test_what_is_hidden_behind_a_recording_is_not_in_the_copy(tmp_path: Path, tail: bytes) -> None:
    both = written(tmp_path / "both.webm", WEBM.read_bytes() + tail)

    result = prepare(both, tmp_path)

    assert result.outcome is Outcome.OK
    assert tail not in (tmp_path / "copy").read_bytes()
    assert tail not in (tmp_path / "poster.jpg").read_bytes()


@pytest.mark.parametrize("body", [b"<html><script>alert(1)</script>", b"PK\x03\x04evil.zip"])
def test_another_kind_of_file_behind_a_recordings_head_is_damaged(
    tmp_path: Path, body: bytes
) -> None:
    head = WEBM.read_bytes()[:40]
    result = prepare(written(tmp_path / "both.webm", head + body * 50), tmp_path)
    assert result.outcome in {Outcome.DAMAGED, Outcome.NO_STREAMS}


def later(data: bytes, places: range) -> bytes:
    """Return the WebM with some of its clusters moved to four hours later."""
    found = iter(range(100))

    def moved(match: re.Match[bytes]) -> bytes:
        if next(found) not in places:
            return match[0]
        time = int.from_bytes(match[2], "big") + HOURS_MS
        return match[1] + b"\x84" + time.to_bytes(4, "big")

    return CLUSTER_TIME.sub(moved, data)


@pytest.mark.parametrize("places", [range(1), range(1, 3), range(2, 4), range(2, 9)])
@pytest.mark.parametrize("sample", ["vp9_opus.webm", "h264_opus.webm"])
def test_times_that_lie_make_no_recording_too_long(
    tmp_path: Path, sample: str, places: range
) -> None:
    data = (SAMPLES / sample).read_bytes()
    source = written(tmp_path / "later.webm", later(data, places))
    assert source.read_bytes() != data

    result = prepare(source, tmp_path, duration_ms=60_000)

    assert result.outcome is Outcome.OK
    assert result.facts["duration_ms"] == pytest.approx(3000, abs=200)
    assert program.run("probe", source=tmp_path / "copy").facts["frame_rate"] > 14


def test_a_recording_that_really_is_too_long_is_called_so(spoken: Path, tmp_path: Path) -> None:
    assert prepare(spoken, tmp_path, duration_ms=2000).outcome is Outcome.TOO_LONG


def test_no_picture_that_decodes_is_no_reason_to_refuse_the_recording(
    spoken: Path, tmp_path: Path
) -> None:
    source = make_hostile("pictures_of_noise", tmp_path / "noise.webm", spoken)

    result = prepare(source, tmp_path)

    assert result.outcome is Outcome.OK
    assert result.facts["has_audio"]
    assert result.facts["has_poster"] is False
    assert not (tmp_path / "poster.jpg").exists()


def test_pictures_at_uneven_times_keep_their_times(spoken: Path, tmp_path: Path) -> None:
    source = make_hostile("slowing_down", tmp_path / "uneven.webm", spoken)

    result = prepare(source, tmp_path)

    assert result.outcome is Outcome.OK
    assert result.facts["duration_ms"] == pytest.approx(2933**2 / 1000, abs=300)
    assert result.facts["frame_rate"] == pytest.approx(45 / 8.6, rel=0.1)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (2, 2), (33, 17), (17, 401), (641, 3)])
def test_pictures_of_any_size_get_a_poster(
    recordings: Make, tmp_path: Path, width: int, height: int
) -> None:
    source = recordings(f"{width}x{height}", seconds=0.5, width=width, height=height)

    result = prepare(source, tmp_path)

    assert result.outcome is Outcome.OK
    assert (result.facts["width"], result.facts["height"]) == (width, height)
    assert result.facts["has_poster"]


TURNS = {
    90: (0, 1, -1, 0),
    180: (-1, 0, 0, -1),
    270: (0, -1, 1, 0),
}


def turned(data: bytes, degrees: int) -> bytes:
    """Return the MP4 with a note in its picture's track: to be turned to the right."""
    a, b, c, d = (value << 16 for value in TURNS[degrees])
    matrix = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    header = data.index(b"tkhd")
    return data[: header + 44] + matrix + data[header + 44 + 36 :]


@pytest.mark.parametrize("degrees", sorted(TURNS))
def test_a_recording_that_lies_on_its_side_is_set_upright(
    camera_mp4: Path, tmp_path: Path, degrees: int
) -> None:
    plain = prepare(camera_mp4, tmp_path).facts
    size = (plain["width"], plain["height"])
    poster = jpeg_size(tmp_path / "poster.jpg")
    source = written(tmp_path / "turned.mp4", turned(camera_mp4.read_bytes(), degrees))

    result = prepare(source, tmp_path)

    assert result.outcome is Outcome.OK
    step = 1 if degrees == 180 else -1
    assert (result.facts["width"], result.facts["height"]) == size[::step]
    assert (jpeg_size(tmp_path / "poster.jpg")[0] > jpeg_size(tmp_path / "poster.jpg")[1]) is (
        (poster[0] > poster[1]) is (degrees == 180)
    )
    assert turned((tmp_path / "copy").read_bytes(), degrees) == (tmp_path / "copy").read_bytes()


def jpeg_size(path: Path) -> tuple[int, int]:
    """Return width and height from the frame's header."""
    data = path.read_bytes()
    start = re.search(rb"\xff[\xc0\xc2]", data)
    assert start
    height, width = struct.unpack_from(">HH", data, start.end() + 3)
    return width, height
