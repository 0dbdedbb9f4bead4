"""What is stuck is healed, and what nobody finishes is closed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from jobgate.accounts.models import Organization
from jobgate.core import clock, events
from jobgate.media.events import RecordingFailed
from jobgate.media.models import Recording
from jobgate.media.services import job_lock
from jobgate.media.sweeping import sweep
from jobgate.media.tests.conftest import new_recording, received, upload
from jobgate.media.tests.test_processing import State, files, fresh, run_prompt_jobs
from jobgate.media.upload import folder
from jobgate.media.upload.pieces import unneeded
from jobgate.media.upload.store import store


def age(recording: Recording, **ago: int) -> None:
    then = clock.now() - timedelta(**ago)
    Recording.objects.filter(pk=recording.pk).update(state_changed_at=then, upload_expires_at=then)


def test_the_sweeper_enqueues_what_lost_its_job(organization: Organization, spoken: Path) -> None:
    recording = received(organization, spoken.read_bytes())
    ProcrastinateJob.objects.all()._raw_delete("default")
    age(recording, minutes=3)

    sweep()
    sweep()

    assert run_prompt_jobs() == 1
    assert fresh(recording).state == State.READY


def test_the_sweeper_leaves_alone_what_is_under_way(
    organization: Organization, spoken: Path
) -> None:
    recording = received(organization, spoken.read_bytes())
    age(recording, minutes=3)
    sweep()
    assert run_prompt_jobs() == 1


def test_the_sweeper_waits_for_a_worker_that_was_away_for_days(
    organization: Organization, spoken: Path
) -> None:
    waiting, jobless = (received(organization, spoken.read_bytes()) for _ in range(2))
    jobs = ProcrastinateJob.objects.filter(lock=job_lock(jobless.id))
    jobs._raw_delete("default")
    for recording in (waiting, jobless):
        age(recording, days=3)
    sweep()
    assert run_prompt_jobs() == 2
    assert {fresh(waiting).state, fresh(jobless).state} == {State.READY}


def test_the_sweeper_gives_up_after_a_day_of_failures(
    organization: Organization, spoken: Path
) -> None:
    recording = received(organization, spoken.read_bytes())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    age(recording, hours=25)
    sweep()
    assert (fresh(recording).state, recording.reason) == (State.FAILED, "crashed")


def test_the_sweeper_closes_uploads_that_nobody_finishes(
    organization: Organization, heard: list[events.Event]
) -> None:
    recording, never_begun = new_recording(organization), new_recording(organization)
    upload(recording, b"some")
    age(recording, days=1)
    age(never_begun, days=1)

    sweep()

    assert (fresh(recording).state, recording.reason) == (State.FAILED, "upload_expired")
    assert fresh(never_begun).state == State.FAILED
    assert files(recording) == {"upload.json"}
    assert store.get(organization.id, recording.id).sidecar().expires_at <= clock.now()
    assert [type(event) for event in heard] == [RecordingFailed, RecordingFailed]


def test_the_sweeper_leaves_what_is_being_handed_in(organization: Organization) -> None:
    recording = new_recording(organization)
    upload(recording, b"whole")
    store.get(organization.id, recording.id).change(sealed=True)
    age(recording, minutes=5)

    sweep()

    assert fresh(recording).state == State.RECEIVING
    assert "original" in files(recording)


def test_an_upload_that_is_held_does_not_stop_the_sweep(
    organization: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, other = new_recording(organization), new_recording(organization)
    for recording in (busy, other):
        upload(recording, b"some")
        age(recording, days=1)
    monkeypatch.setattr(folder, "TAKE_TRIES", 2)

    with store.get(organization.id, busy.id).take():
        sweep()

    assert fresh(busy).state == State.RECEIVING
    assert fresh(other).state == State.FAILED


def test_what_is_somebody_elses_in_the_bucket_is_left_alone() -> None:
    assert not list(unneeded(["pieces/readme", "pieces/a/b", "pieces/a/b/c"]))
