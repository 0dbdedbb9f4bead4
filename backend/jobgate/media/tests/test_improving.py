"""What follows once a recording can be played: extras, a copy for every browser, less to keep."""

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from jobgate.accounts.models import Organization
from jobgate.core import background, clock, events
from jobgate.media import (
    access,
    improving,
    lifecycle,
    processing,
    program,
    services,
    storage,
    tasks,
    tidying,
)
from jobgate.media.child.outcomes import Outcome
from jobgate.media.events import RecordingImproved
from jobgate.media.models import Recording
from jobgate.media.sweeping import sweep
from jobgate.media.tests.conftest import SAMPLES, new_recording, received
from jobgate.media.tests.test_playback import Person, body

State = Recording.State
H264 = SAMPLES / "h264_opus.webm"


@pytest.fixture
def improved(monkeypatch: pytest.MonkeyPatch) -> list[events.Event]:
    """Collect what is told of recordings that got more."""
    told: list[events.Event] = []
    subscribers = defaultdict(list, {RecordingImproved: [told.append]})
    monkeypatch.setattr(events, "_subscribers", subscribers)
    return told


@pytest.fixture
def viewer(monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setattr(access, "_checks", [lambda actor, recording: True])
    return Person(uuid4())


def ready(organization: Organization, source: Path) -> Recording:
    """Return a recording that can be played, with what follows still to be done."""
    recording = received(organization, source.read_bytes())
    background.run_waiting_jobs(later=False)
    return fresh(recording)


def fresh(recording: Recording) -> Recording:
    recording.refresh_from_db()
    return recording


def waiting() -> list[str]:
    jobs = ProcrastinateJob.objects.filter(status="todo").order_by("id")
    return [name.rpartition(".")[2] for name in jobs.values_list("task_name", flat=True)]


def path_of(recording: Recording, file: str) -> Path:
    return storage.path_of(processing.name(recording, file))


def file_names(recording: Recording) -> set[str]:
    folder = storage.folder_of(recording.organization_id, recording.id)
    return {path.name for path in folder.iterdir()}


def test_a_recording_is_ready_before_it_is_improved(
    organization: Organization, spoken: Path
) -> None:
    recording = ready(organization, spoken)
    assert recording.state == State.READY
    assert (recording.extras_outcome, recording.waveform) == ("", None)
    assert recording.plays_everywhere
    assert waiting() == ["add_extras"]


def test_a_recording_gets_a_storyboard_and_its_sound_is_measured(
    organization: Organization,
    spoken: Path,
    viewer: Person,
    client: Client,
    improved: list[events.Event],
) -> None:
    recording = ready(organization, spoken)
    assert services.playback(recording, viewer)["storyboard"] is None

    background.run_waiting_jobs()

    assert fresh(recording).extras_outcome == "ok"
    assert recording.waveform
    assert recording.loudness_lufs == pytest.approx(-16.5, abs=1)
    assert recording.peak_dbfs == pytest.approx(-12, abs=1)
    assert len(improved) == 1
    shown = services.playback(recording, viewer)["storyboard"]
    assert shown
    assert (shown["columns"], shown["rows"], shown["tiles"]) == (1, 1, 1)
    answer = client.get(shown["url"])
    assert answer["Content-Type"] == "image/jpeg"
    assert body(answer) == path_of(recording, "storyboard.jpg").read_bytes()


def test_extras_that_fail_change_nothing_of_a_ready_recording(
    organization: Organization, spoken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = ready(organization, spoken)
    monkeypatch.setattr(program, "run", lambda *args, **paths: program.Result(Outcome.DAMAGED))
    background.run_waiting_jobs()
    assert (fresh(recording).state, recording.extras_outcome) == (State.READY, "damaged")
    assert recording.storyboard == ""


@pytest.mark.parametrize("improve", [improving.add_extras, improving.make_portable])
def test_a_technical_fault_in_improving_is_tried_again(
    organization: Organization,
    monkeypatch: pytest.MonkeyPatch,
    improve: Callable[[Recording], None],
) -> None:
    recording = ready(organization, H264)
    with monkeypatch.context() as patch:
        patch.setattr(program, "run", lambda *args, **paths: program.Result(Outcome.CRASHED))
        with pytest.raises(processing.TryAgain):
            improve(recording)
    assert fresh(recording).state == State.READY

    improve(recording)

    assert "ok" in {fresh(recording).extras_outcome, recording.portable_outcome}


def test_an_improvement_that_takes_too_long_is_not_begun_again(
    organization: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = ready(organization, H264)
    slow = program.Result(Outcome.TIME_LIMIT)
    monkeypatch.setattr(program, "run", lambda *args, **paths: slow)

    improving.add_extras(recording)
    improving.make_portable(fresh(recording))

    assert fresh(recording).state == State.READY
    assert (recording.extras_outcome, recording.portable_outcome) == ("time_limit", "time_limit")


def test_h264_with_opus_plays_at_once_and_everywhere_a_little_later(
    organization: Organization, improved: list[events.Event]
) -> None:
    recording = ready(organization, H264)
    first = recording.derivative
    assert (recording.mime_type, recording.audio_codec) == ("video/mp4", "opus")
    assert not recording.plays_everywhere
    assert waiting() == ["add_extras", "make_portable"]

    background.run_waiting_jobs()

    assert fresh(recording).plays_everywhere
    assert (recording.mime_type, recording.audio_codec) == ("video/mp4", "aac")
    assert recording.derivative.endswith("/portable.mp4")
    assert (recording.replaced, recording.portable_outcome) == (first, "ok")
    assert storage.path_of(first).exists()
    assert len(improved) == 2


def test_a_player_that_began_with_the_first_copy_gets_the_rest_of_it(
    organization: Organization, viewer: Person, client: Client
) -> None:
    recording = ready(organization, H264)
    first = storage.path_of(recording.derivative).read_bytes()
    begun = services.playback(recording, viewer)["url"]

    background.run_waiting_jobs()

    second = storage.path_of(fresh(recording).derivative).read_bytes()
    assert first != second
    rest = client.get(begun, headers={"range": "bytes=1000-"})
    assert body(rest) == first[1000:]
    assert rest["Content-Type"] == "video/mp4"
    assert body(client.get(services.playback(recording, viewer)["url"])) == second


@pytest.mark.parametrize("copy", ["", "elsewhere.mp4", "original", "../original", "poster.jpg"])
def test_an_address_names_no_file_but_the_copies(
    organization: Organization, viewer: Person, client: Client, copy: str
) -> None:
    recording = ready(organization, H264)
    background.run_waiting_jobs()
    url = services.playback(fresh(recording), viewer)["url"].partition("&copy=")[0]
    answer = client.get(url, {"grant": url.partition("grant=")[2], "copy": copy})
    assert body(answer) == storage.path_of(recording.derivative).read_bytes()


def test_improving_twice_is_improving_once(
    organization: Organization, improved: list[events.Event]
) -> None:
    recording = ready(organization, H264)
    background.run_waiting_jobs()
    before = Recording.objects.filter(pk=recording.pk).values().get()

    services.enqueue_improvements(recording, plays_everywhere=False)
    background.run_waiting_jobs()

    assert Recording.objects.filter(pk=recording.pk).values().get() == before
    assert len(improved) == 2


def test_a_recording_of_before_is_only_looked_at(organization: Organization, spoken: Path) -> None:
    """A row made before it was noted what plays where."""
    recording = ready(organization, spoken)
    Recording.objects.update(plays_everywhere=False, video_codec="", audio_codec="")
    improving.make_portable(fresh(recording))
    assert fresh(recording).plays_everywhere
    assert (recording.video_codec, recording.audio_codec) == ("vp9", "opus")
    assert recording.replaced == ""


def age(recording: Recording, **ago: int) -> None:
    then = clock.now() - timedelta(**ago)
    Recording.objects.filter(pk=recording.pk).update(ready_at=then)


def test_the_sweeper_enqueues_improvements_that_lost_their_jobs(
    organization: Organization,
) -> None:
    recording = ready(organization, H264)
    ProcrastinateJob.objects.all()._raw_delete("default")
    sweep()
    assert waiting() == []
    age(recording, minutes=3)

    sweep()
    sweep()

    assert waiting() == ["add_extras", "make_portable"]


def test_the_sweeper_gives_up_improvements_that_failed(organization: Organization) -> None:
    recording = ready(organization, H264)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    age(recording, minutes=3)

    sweep()
    sweep()

    assert waiting() == []
    assert (fresh(recording).extras_outcome, recording.portable_outcome) == ("crashed", "crashed")
    assert (recording.state, recording.plays_everywhere) == (State.READY, False)


def test_a_job_outlasts_the_program_that_it_runs() -> None:
    """A thread cannot be stopped: the program has to be, before the job's time is over."""
    limits = {
        tasks.process_recording: program.WALL_SECONDS,
        tasks.add_extras: improving.EXTRAS_SECONDS,
        tasks.make_portable: improving.PORTABLE_SECONDS,
    }
    for task, wall_seconds in limits.items():
        assert task.seconds > wall_seconds + 60


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that moves the clock."""
    begun = clock.now()

    def move(**later: Any) -> None:
        monkeypatch.setattr(clock, "now", lambda: begun + timedelta(**later))

    return move


def test_the_original_goes_a_week_after_its_copy_was_checked(
    organization: Organization, spoken: Path, today: Callable[..., None]
) -> None:
    recording = ready(organization, spoken)
    original, sha256 = path_of(recording, "original"), recording.sha256

    today(days=6, hours=23)
    tidying.remove_spent_files()
    assert original.exists()

    today(days=7, hours=1)
    tidying.remove_spent_files()
    assert not original.exists()
    removed_at = fresh(recording).original_removed_at
    assert removed_at == clock.now()
    assert (recording.sha256, recording.byte_length) == (sha256, spoken.stat().st_size)
    assert storage.path_of(recording.derivative).exists()

    today(days=9)
    assert not tidying.remove_original(recording.id)
    assert fresh(recording).original_removed_at == removed_at


def test_an_original_whose_removal_was_cut_off_is_noted_the_next_time(
    organization: Organization, spoken: Path, today: Callable[..., None]
) -> None:
    recording = ready(organization, spoken)
    path_of(recording, "original").unlink()
    today(days=8)
    assert tidying.remove_original(recording.id)
    assert fresh(recording).original_removed_at


def test_the_original_stays_while_its_copy_is_not_there(
    organization: Organization, spoken: Path, today: Callable[..., None]
) -> None:
    recording = ready(organization, spoken)
    storage.path_of(recording.derivative).unlink()
    today(days=8)
    assert not tidying.remove_original(recording.id)
    assert path_of(recording, "original").exists()


def test_a_refused_or_failed_recording_keeps_what_came(
    organization: Organization, today: Callable[..., None]
) -> None:
    refused = received(organization, b"<html>")
    failed = received(organization, b"something")
    lifecycle.mark_failed(failed.id, Recording.Reason.CRASHED)
    background.run_waiting_jobs()
    assert fresh(refused).state == State.REJECTED
    today(days=400)
    tidying.remove_spent_files()
    for recording in (refused, failed):
        assert path_of(recording, "original").exists()
        assert not tidying.remove_original(recording.id)


def test_a_recording_that_is_still_received_keeps_what_came(organization: Organization) -> None:
    assert not tidying.remove_original(new_recording(organization).id)


def test_a_replaced_copy_goes_two_days_later(
    organization: Organization, today: Callable[..., None]
) -> None:
    recording = ready(organization, H264)
    background.run_waiting_jobs()
    assert {"play.mp4", "portable.mp4"} <= file_names(recording)

    today(days=1)
    tidying.remove_spent_files()
    assert "play.mp4" in file_names(recording)

    today(days=3)
    tidying.remove_spent_files()
    tidying.remove_spent_files()
    assert "play.mp4" not in file_names(recording)
    assert "portable.mp4" in file_names(recording)
    assert fresh(recording).replaced == ""
    assert not tidying.remove_replaced(recording.id)
