"""What the media program finds along a recording: small pictures, loudness, the sound's outline."""

from collections.abc import Callable
from math import log10
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from jobgate.media import program
from jobgate.media.child.loudness import PEAK, Ear
from jobgate.media.child.outcomes import Outcome
from jobgate.media.tests.conftest import SAMPLES, make_hostile
from jobgate.media.tests.test_child import prepare
from jobgate.media.tests.test_hostile import jpeg_size

Make = Callable[..., Path]
# The tone of synthesize.py, of full scale.
TONE_PEAK = 8000 / 32768


def extras(source: Path, folder: Path) -> dict[str, Any]:
    result = program.run("extras", source=source, storyboard=folder / "storyboard.jpg")
    assert result.outcome is Outcome.OK
    return dict(result.facts)


def test_a_storyboard_has_a_tile_for_each_five_seconds(recordings: Make, tmp_path: Path) -> None:
    facts = extras(recordings("long", seconds=15), tmp_path)

    assert facts["storyboard_layout"] == {
        "columns": 3, "rows": 1, "tile_width": 160, "tile_height": 120,
        "interval_seconds": 5.0, "tiles": 3,
    }  # fmt: skip
    assert jpeg_size(tmp_path / "storyboard.jpg") == (3 * 160, 120)


def test_a_long_recordings_storyboard_has_120_tiles_at_most(
    recordings: Make, tmp_path: Path
) -> None:
    source = recordings("hour", seconds=1800, frame_rate=1, width=64, height=36, audio=None)

    facts = extras(source, tmp_path)

    layout = facts["storyboard_layout"]
    assert (layout["tiles"], layout["columns"], layout["rows"]) == (120, 10, 12)
    assert layout["interval_seconds"] == pytest.approx(15, abs=0.1)
    assert (layout["tile_width"], layout["tile_height"]) == (64, 36)
    assert facts["waveform"] is None


def test_an_upright_picture_has_upright_tiles(recordings: Make, tmp_path: Path) -> None:
    layout = extras(recordings("tall", width=180, height=320), tmp_path)["storyboard_layout"]
    assert (layout["tile_width"], layout["tile_height"]) == (90, 160)


def test_a_tones_loudness_is_what_the_recommendation_says(spoken: Path, tmp_path: Path) -> None:
    """BS.1770: −0.691 dB + the mean square, at 440 Hz weighted by less than 1 dB."""
    facts = extras(spoken, tmp_path)
    mean_square = 10 * log10(TONE_PEAK**2 / 2)
    assert facts["loudness_lufs"] == pytest.approx(mean_square - 0.691, abs=0.8)
    assert facts["peak_dbfs"] == pytest.approx(20 * log10(TONE_PEAK), abs=0.5)


def test_a_waveform_has_a_peak_for_each_tenth_of_a_second_up_to_400(
    recordings: Make, spoken: Path, tmp_path: Path
) -> None:
    short = extras(spoken, tmp_path)["waveform"]
    assert len(short) == pytest.approx(30, abs=1)
    assert short[10] == pytest.approx(100 * TONE_PEAK, abs=2)
    long = extras(recordings("minute", seconds=60, video=None), tmp_path)["waveform"]
    assert len(long) == 400
    assert all(value == pytest.approx(100 * TONE_PEAK, abs=2) for value in long[1:-1])


def test_silence_has_an_outline_but_no_loudness(recordings: Make, tmp_path: Path) -> None:
    facts = extras(recordings("silent", seconds=1, tone_hz=0), tmp_path)
    assert set(facts["waveform"]) == {0}
    assert facts["loudness_lufs"] is None
    assert facts["peak_dbfs"] is None


def test_sound_alone_has_no_storyboard(recordings: Make, tmp_path: Path) -> None:
    facts = extras(recordings("sound", seconds=1, video=None), tmp_path)
    assert facts["storyboard_layout"] is None
    assert facts["loudness_lufs"] is not None
    assert not (tmp_path / "storyboard.jpg").exists()


def test_pictures_that_do_not_decode_leave_the_sounds_outline(spoken: Path, tmp_path: Path) -> None:
    source = make_hostile("pictures_of_noise", tmp_path / "noise.webm", spoken)
    facts = extras(source, tmp_path)
    assert facts["storyboard_layout"] is None
    assert len(facts["waveform"]) == pytest.approx(30, abs=1)


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_recording_gives_what_can_be_had(spoken: Path, tmp_path: Path, seed: int) -> None:
    data = bytearray(spoken.read_bytes())
    for step in range(200):
        data[1000 + (seed * 7919 + step * 104_729) % (len(data) - 1000)] ^= 1 + step % 255
    source = tmp_path / "damaged.webm"
    source.write_bytes(data)
    result = program.run("extras", source=source, storyboard=tmp_path / "board")
    assert result.outcome is Outcome.OK or result.fault_of_the_file


@pytest.mark.parametrize("sample", ["h264_opus.webm", "h264_opus.mp4"])
def test_h264_with_opus_gets_sound_that_plays_everywhere(tmp_path: Path, sample: str) -> None:
    result = program.run("portable", source=SAMPLES / sample, target=tmp_path / "copy")

    assert result.outcome is Outcome.OK
    facts = result.facts
    assert (facts["mime"], facts["video_codec"], facts["audio_codec"]) == (
        "video/mp4", "h264", "aac",
    )  # fmt: skip
    assert facts["plays_everywhere"]
    assert facts["duration_ms"] == pytest.approx(3000, abs=150)
    data = (tmp_path / "copy").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_av1_becomes_vp9_with_every_picture_at_its_time(spoken: Path, tmp_path: Path) -> None:
    recorded = make_hostile("av1", tmp_path / "av1.webm", spoken)
    prepared = prepare(recorded, tmp_path)
    assert (prepared.outcome, prepared.facts["video_codec"]) == (Outcome.OK, "av1")
    assert not prepared.facts["plays_everywhere"]
    assert prepared.facts["has_poster"]

    result = program.run("portable", source=tmp_path / "copy", target=tmp_path / "portable")

    assert result.outcome is Outcome.OK
    facts = result.facts
    assert (facts["mime"], facts["video_codec"], facts["audio_codec"]) == (
        "video/webm", "vp9", "opus",
    )  # fmt: skip
    assert facts["plays_everywhere"]
    assert facts["duration_ms"] == pytest.approx(3000, abs=100)
    assert facts["frame_rate"] == pytest.approx(15, rel=0.03)
    assert (facts["width"], facts["height"]) == (320, 240)


def test_what_plays_everywhere_is_not_written_again(spoken: Path, tmp_path: Path) -> None:
    result = program.run("portable", source=spoken, target=tmp_path / "copy")
    assert result.facts["made"] is False
    assert not (tmp_path / "copy").exists()


def test_a_sound_without_a_length_is_heard_all_the_same() -> None:
    ear = Ear(cast("Any", None), seconds=0.0)
    ear.note(cast("Any", SimpleNamespace(metadata={PEAK: "-6.0"}, time=0.0)))
    assert ear.peaks == [-6.0]
