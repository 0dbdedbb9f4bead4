"""The media program, run as the application runs it: whatever it is given, it answers by name."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jobgate.media import program
from jobgate.media.child import lgpl
from jobgate.media.child.outcomes import Outcome
from jobgate.media.tests import ebml
from jobgate.media.tests.conftest import SAMPLES, make_hostile

Make = Callable[..., Path]


def prepare(source: Path, folder: Path, **limits: int) -> program.Result:
    return program.run(
        "prepare",
        limits=limits,
        source=source,
        target=folder / "copy",
        poster=folder / "poster.jpg",
    )


def probe(source: Path, **limits: int) -> program.Result:
    return program.run("probe", limits=limits, source=source)


def test_a_recording_becomes_a_webm_that_can_be_sought(spoken: Path, tmp_path: Path) -> None:
    result = prepare(spoken, tmp_path)

    assert result.outcome is Outcome.OK
    assert result.facts["mime"] == "video/webm"
    assert result.facts["duration_ms"] == pytest.approx(3000, abs=60)
    assert (result.facts["width"], result.facts["height"]) == (320, 240)
    assert result.facts["frame_rate"] == pytest.approx(15, rel=0.02)
    elements = ebml.top_elements(tmp_path / "copy")
    assert elements.index(ebml.CUES) < elements.index(ebml.CLUSTER)
    assert (tmp_path / "poster.jpg").read_bytes().startswith(b"\xff\xd8\xff")


def test_the_recording_as_received_has_no_index(spoken: Path) -> None:
    assert ebml.CUES not in ebml.top_elements(spoken)


def test_h264_from_a_browser_becomes_an_mp4_with_its_index_first(tmp_path: Path) -> None:
    result = prepare(SAMPLES / "h264_opus.webm", tmp_path)

    assert result.outcome is Outcome.OK
    assert result.facts["mime"] == "video/mp4"
    assert (result.facts["video_codec"], result.facts["audio_codec"]) == ("h264", "opus")
    assert result.facts["plays_everywhere"] is False
    assert result.facts["duration_ms"] == pytest.approx(3000, abs=150)
    data = (tmp_path / "copy").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_mp4_from_a_browser_keeps_its_container(tmp_path: Path) -> None:
    result = prepare(SAMPLES / "h264_opus.mp4", tmp_path)

    assert (result.outcome, result.facts["mime"]) == (Outcome.OK, "video/mp4")
    assert result.facts["audio_codec"] == "opus"


@pytest.mark.parametrize("sample", ["vp9_opus.webm", "h264_opus.webm"])
def test_a_copy_is_sought_by_its_index(tmp_path: Path, sample: str) -> None:
    prepare(SAMPLES / sample, tmp_path)

    sought = seek(tmp_path / "copy", second=2.5)

    assert sought["duration"] == pytest.approx(3, abs=0.15)
    assert 1 <= sought["found"] <= 2.5


def test_seeking_reads_a_small_part_of_the_copy(recordings: Make, tmp_path: Path) -> None:
    source = recordings("long", seconds=15)
    prepare(source, tmp_path)

    sought = seek(tmp_path / "copy", second=12)

    assert 10 <= sought["found"] <= 12
    assert sought["read_bytes"] < (tmp_path / "copy").stat().st_size / 2


def test_an_index_larger_than_the_room_for_it_still_comes_first(
    recordings: Make, tmp_path: Path
) -> None:
    source = recordings("keyframes", seconds=6, keyframe_every=1)
    result = prepare(source, tmp_path, duration_ms=10_000)

    assert result.outcome is Outcome.OK
    elements = ebml.top_elements(tmp_path / "copy")
    assert elements.index(ebml.CUES) < elements.index(ebml.CLUSTER)
    assert 5 <= seek(tmp_path / "copy", second=5.5)["found"] <= 5.5


def test_the_recording_as_received_does_not_know_its_duration() -> None:
    assert seek(SAMPLES / "vp9_opus.webm", second=2.5)["duration"] is None


def seek(path: Path, second: float) -> dict[str, float]:
    command = [sys.executable, "-m", "jobgate.media.tests.seek", str(path), str(second)]
    answer = subprocess.run(command, check=True, capture_output=True, cwd=program.BACKEND).stdout
    return json.loads(answer)  # type: ignore[no-any-return]  # numbers and null


@pytest.mark.parametrize(("video", "audio"), [("vp9", None), (None, "opus"), ("vp8", "opus")])
def test_sound_alone_and_picture_alone_are_right_results(
    recordings: Make, tmp_path: Path, video: str | None, audio: str | None
) -> None:
    source = recordings(f"{video}-{audio}", seconds=1, video=video, audio=audio)

    result = prepare(source, tmp_path)

    assert result.outcome is Outcome.OK
    assert result.facts["has_video"] is (video is not None)
    assert result.facts["has_audio"] is (audio is not None)
    assert (tmp_path / "poster.jpg").exists() is (video is not None)


def test_silence_is_a_right_result(recordings: Make, tmp_path: Path) -> None:
    source = recordings("silent", seconds=1, tone_hz=0)
    assert prepare(source, tmp_path).outcome is Outcome.OK


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_recording_cut_off_keeps_what_there_is(
    spoken: Path, tmp_path: Path, share: float
) -> None:
    data = spoken.read_bytes()
    cut = tmp_path / "cut.webm"
    cut.write_bytes(data[: int(len(data) * share)])

    result = prepare(cut, tmp_path)

    assert result.outcome is Outcome.OK
    assert 0 < result.facts["duration_ms"] < 3000


TEXTS = {
    "ffconcat": b"ffconcat version 1.0\nfile spoken.webm\n",
    "m3u8": b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    "sdp": b"v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
    "html": b"<!doctype html><script>alert(1)</script>",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(64),
}


@pytest.mark.parametrize("kind", sorted(TEXTS))
def test_a_file_under_a_wrong_name_is_not_a_video(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "answer.webm"
    path.write_bytes(TEXTS[kind])
    assert probe(path).outcome is Outcome.NOT_A_VIDEO


def test_a_right_recording_under_a_wrong_name_is_read(spoken: Path, tmp_path: Path) -> None:
    assert probe(Path(shutil.copy(spoken, tmp_path / "answer.txt"))).outcome is Outcome.OK


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    path = tmp_path / "empty.webm"
    path.touch()
    assert probe(path).outcome is Outcome.EMPTY


@pytest.mark.parametrize("head", [b"\x1a\x45\xdf\xa3 webm", b"\x00\x00\x00\x20ftypisom"])
def test_noise_behind_a_right_head_is_damaged(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "noise.webm"
    path.write_bytes(head + os.urandom(50_000))
    assert prepare(path, tmp_path).outcome in {Outcome.DAMAGED, Outcome.NO_STREAMS}


def test_a_head_without_anything_after_it_is_damaged(spoken: Path, tmp_path: Path) -> None:
    path = tmp_path / "head.webm"
    path.write_bytes(spoken.read_bytes()[:200])
    assert probe(path).outcome in {Outcome.DAMAGED, Outcome.NO_STREAMS}


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("giant_picture", Outcome.UNSUPPORTED_CODEC),
        ("old_codec", Outcome.UNSUPPORTED_CODEC),
        ("many_streams", Outcome.TOO_MANY_STREAMS),
    ],
)
def test_what_no_browser_records_is_refused_by_name(
    tmp_path: Path, kind: str, outcome: Outcome
) -> None:
    path = make_hostile(kind, tmp_path / "answer.webm")
    assert prepare(path, tmp_path).outcome is outcome


def test_too_many_pixels_are_refused(spoken: Path) -> None:
    assert probe(spoken, pixels=320 * 239).outcome is Outcome.TOO_MANY_PIXELS
    assert probe(spoken, pixels=100).outcome is Outcome.DAMAGED


def test_a_recording_over_the_limit_of_time_is_too_long(spoken: Path) -> None:
    assert probe(spoken, duration_ms=2000).outcome is Outcome.TOO_LONG


def test_a_job_without_end_is_killed(spoken: Path) -> None:
    result = program.run("probe", wall_seconds=0.01, source=spoken)
    assert result.outcome is Outcome.TIME_LIMIT


def test_a_copy_that_finds_no_room_is_a_technical_fault(spoken: Path, tmp_path: Path) -> None:
    result = prepare(spoken, tmp_path, file_bytes=20_000)
    assert result.outcome is Outcome.DISK_FULL
    assert not result.fault_of_the_file


def test_a_folder_that_is_gone_is_a_technical_fault(spoken: Path, tmp_path: Path) -> None:
    result = prepare(spoken, tmp_path / "gone")
    assert result.outcome is Outcome.CRASHED
    assert not result.fault_of_the_file


def test_too_little_memory_is_a_technical_fault(spoken: Path) -> None:
    result = probe(spoken, memory_bytes=60 * 1024 * 1024)
    assert result.outcome in {Outcome.MEMORY_LIMIT, Outcome.CRASHED}
    assert not result.fault_of_the_file


@pytest.mark.parametrize("seed", range(12))
def test_a_mutated_recording_never_crashes_the_program(
    spoken: Path, tmp_path: Path, seed: int
) -> None:
    data = bytearray(spoken.read_bytes())
    for step in range(40):
        # A fixed walk over the file, another for each seed.
        data[(seed * 7919 + step * step * 104_729) % len(data)] ^= 1 + (seed * 31 + step) % 255
    path = tmp_path / "mutated.webm"
    path.write_bytes(data)

    result = prepare(path, tmp_path)

    assert result.outcome is Outcome.OK or result.fault_of_the_file


def test_the_program_has_neither_network_nor_environment(spoken: Path) -> None:
    """Where the system permits a network namespace, as Linux mostly does."""
    permitted = subprocess.run(["unshare", "-Un", "true"], check=False).returncode == 0
    assert probe(spoken).facts["isolated"] is permitted


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """Return a folder with a copy of PyAV as it is installed."""
    installed = lgpl.libraries_folder().parent
    for folder in ("av", "av.libs"):
        shutil.copytree(installed / folder, tmp_path / "site" / folder)
    return tmp_path / "site"


def loaded_libraries(wheel: Path) -> str:
    """Return what a process maps that imports this copy and lists its codecs."""
    listing = "import av; print(av.__file__, av.codecs_available, open('/proc/self/maps').read())"
    return subprocess.run(
        [sys.executable, "-c", listing],
        env={"PYTHONPATH": str(wheel)}, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="the wheel is changed on Linux only")
def test_no_gpl_library_is_loaded_once_the_wheel_was_stripped(wheel: Path) -> None:
    strip = [sys.executable, "-m", "jobgate.media.child.lgpl"]
    for _ in range(2):
        subprocess.run(strip, env={"PYTHONPATH": str(wheel)}, cwd=program.BACKEND, check=True)

    loaded = loaded_libraries(wheel)

    assert str(wheel) in loaded
    assert "libx264-" not in loaded
    assert "libx265-" not in loaded


@pytest.mark.skipif(sys.platform != "linux", reason="the wheel is changed on Linux only")
def test_stripping_takes_out_a_library_and_leaves_the_rest_working(
    wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The installed wheel may be stripped already, so this is done with another encoder."""
    assert "libmp3lame-" in loaded_libraries(wheel)
    monkeypatch.setattr(lgpl, "GPL_LIBRARY", re.compile(rb"^libmp3lame\b"))
    monkeypatch.setattr(lgpl, "GPL_SYMBOL", re.compile(rb"^lame_"))

    removed = lgpl.strip(wheel / "av.libs")

    assert [name.split("-")[0] for name in removed] == ["libmp3lame"]
    assert "libmp3lame-" not in loaded_libraries(wheel)
    assert lgpl.strip(wheel / "av.libs") == []


def test_no_code_names_a_gpl_encoder() -> None:
    folder = Path(program.__file__).parent / "child"
    sources = [path for path in folder.glob("*.py") if path.name != "lgpl.py"]
    assert sources
    assert not [path.name for path in sources if "x26" in path.read_text(encoding="utf-8")]


def test_nothing_outside_the_program_imports_pyav() -> None:
    own = {program.BACKEND / "jobgate/media/child", program.BACKEND / "jobgate/media/tests"}
    importing = re.compile(r"^\s*(import av\b|from av\b)", re.MULTILINE)
    sources = [path for path in program.BACKEND.rglob("*.py") if not own & set(path.parents)]
    assert sources
    assert not [path for path in sources if importing.search(path.read_text(encoding="utf-8"))]
