"""From the last byte to a playable recording, with real files, real jobs and real workers."""

import hashlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from jobgate.accounts.models import Organization
from jobgate.core import background, clock, events
from jobgate.core.errors import NotFound
from jobgate.core.tenancy import NoTenant, tenant_scope
from jobgate.media import access, lifecycle, processing, program, services, storage, tasks
from jobgate.media.child.outcomes import Outcome
from jobgate.media.errors import StorageUnavailable, TokenRevoked, TooLarge, UploadIncomplete
from jobgate.media.events import (
    RecordingFailed,
    RecordingReady,
    RecordingVerified,
)
from jobgate.media.models import Recording
from jobgate.media.storage import scratch
from jobgate.media.tests.conftest import SAMPLES, Make, new_recording, received, upload
from jobgate.media.upload import folder, tokens
from jobgate.media.upload.gathering import MOST_BYTES
from jobgate.media.upload.store import store
from jobgate.media.upload.writing import check
from tests.processes import StartWorker, wait_until

State = Recording.State
READY = {"original", "upload.json", "play.webm", "poster.jpg"}
WHOLE = READY | {"storyboard.jpg"}


def files(recording: Recording) -> set[str]:
    folder = storage.folder_of(recording.organization_id, recording.id)
    return {path.name for path in folder.iterdir()}


def run_prompt_jobs() -> int:
    """Run what makes recordings playable, and nothing that follows."""
    return background.run_waiting_jobs(later=False)


def fresh(recording: Recording) -> Recording:
    recording.refresh_from_db()
    return recording


def test_an_upload_becomes_playable(
    organization: Organization, spoken: Path, heard: list[events.Event]
) -> None:
    data = spoken.read_bytes()
    claimed = hashlib.sha256(data).hexdigest()
    recording = received(organization, data, claimed_sha256=claimed, claimed_duration_ms=3000)
    assert (recording.state, recording.byte_length) == (State.RECEIVED, len(data))

    assert run_prompt_jobs() == 1

    assert fresh(recording).state == State.READY
    assert recording.sha256 == claimed
    assert recording.duration_ms == pytest.approx(3000, abs=60)
    assert (recording.width, recording.height, recording.mime_type) == (320, 240, "video/webm")
    assert recording.has_video
    assert recording.has_audio
    assert files(recording) == READY
    assert storage.path_of(recording.derivative).stat().st_size > 10_000
    original = storage.path_of(processing.name(recording, storage.ORIGINAL))
    assert original.read_bytes() == data
    assert [type(event) for event in heard] == [RecordingVerified, RecordingReady]
    assert recording.reason == ""


def test_h264_is_played_as_mp4(organization: Organization) -> None:
    recording = received(organization, (SAMPLES / "h264_opus.webm").read_bytes())
    run_prompt_jobs()
    assert fresh(recording).mime_type == "video/mp4"
    assert recording.derivative.endswith("play.mp4")


def test_sound_alone_is_ready_without_a_poster(
    organization: Organization, recordings: Make
) -> None:
    source = recordings("sound", seconds=1, video=None)
    recording = received(organization, source.read_bytes())
    run_prompt_jobs()
    assert (fresh(recording).state, recording.poster) == (State.READY, "")


def test_an_upload_that_is_not_whole_is_not_taken_in(organization: Organization) -> None:
    recording = new_recording(organization)
    with pytest.raises(UploadIncomplete):
        services.receive(recording)

    upload(recording, b"half")
    store.get(organization.id, recording.id).change(length=8)
    with pytest.raises(UploadIncomplete):
        services.receive(recording)

    assert fresh(recording).state == State.RECEIVING
    assert not ProcrastinateJob.objects.exists()


def test_taking_in_twice_is_taking_in_once(organization: Organization, spoken: Path) -> None:
    recording = received(organization, spoken.read_bytes())
    services.receive(recording)
    services.receive(Recording.objects.get(pk=recording.pk))
    assert run_prompt_jobs() == 1


def test_a_file_in_one_request_is_taken_in(organization: Organization, spoken: Path) -> None:
    recording = new_recording(organization)
    services.receive_file(recording, ContentFile(spoken.read_bytes()))
    run_prompt_jobs()
    assert fresh(recording).state == State.READY


def test_a_file_in_one_request_waits_for_the_disk_once(
    organization: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(
        folder, "SYNC", lambda descriptor: synced.append(os.fstat(descriptor).st_size)
    )
    data = bytes(3 * MOST_BYTES + 1)
    services.receive_file(new_recording(organization), ContentFile(data))
    assert synced == [len(data)]


def test_a_file_over_the_limit_is_not_taken_in(organization: Organization) -> None:
    recording = new_recording(organization, max_bytes=3)
    with pytest.raises(TooLarge):
        services.receive_file(recording, ContentFile(b"four"))


def test_a_file_that_differs_from_what_was_recorded_is_refused(
    organization: Organization, spoken: Path, heard: list[events.Event]
) -> None:
    recording = received(organization, spoken.read_bytes(), claimed_sha256="0" * 64)

    run_prompt_jobs()

    assert (fresh(recording).state, recording.reason) == (State.REJECTED, "hash_mismatch")
    assert recording.sha256 == hashlib.sha256(spoken.read_bytes()).hexdigest()
    assert [type(event) for event in heard] == [RecordingFailed]
    assert "original" in files(recording)


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (b"", {"empty"}),
        (b"<html>", {"not_a_video"}),
        (b"\x1a\x45\xdf\xa3webm" * 9, {"damaged", "no_streams"}),
    ],
)
def test_a_file_that_is_no_recording_is_refused_with_a_sentence(
    organization: Organization, data: bytes, reasons: set[str]
) -> None:
    recording = received(organization, data)
    run_prompt_jobs()
    assert fresh(recording).state == State.REJECTED
    assert recording.reason in reasons
    assert str(recording.get_reason_display()).endswith(".")


def test_a_recording_over_its_time_is_refused(organization: Organization, spoken: Path) -> None:
    recording = new_recording(organization, max_duration_seconds=0)
    upload(recording, spoken.read_bytes())
    services.receive(recording)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processing, "DURATION_GRACE_MS", 2000)
        run_prompt_jobs()
    assert fresh(recording).reason == "too_long"


def test_a_disk_that_is_away_fails_no_recording(organization: Organization, spoken: Path) -> None:
    recording = received(organization, spoken.read_bytes())
    folder = storage.folder_of(organization.id, recording.id)
    away = folder.rename(folder.with_suffix(".away"))
    with pytest.raises(StorageUnavailable):
        processing.process(recording)
    assert fresh(recording).state == State.RECEIVED

    away.rename(folder)
    processing.process(recording)

    assert fresh(recording).state == State.READY


def test_a_missing_file_is_our_fault(organization: Organization, spoken: Path) -> None:
    recording = received(organization, spoken.read_bytes())
    storage.path_of(processing.name(recording, storage.ORIGINAL)).unlink()
    run_prompt_jobs()
    assert (fresh(recording).state, recording.reason) == (State.FAILED, "missing")


def test_a_full_disk_leaves_the_job_to_be_tried_again(
    organization: Organization, spoken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = received(organization, spoken.read_bytes())
    full = program.Result(Outcome.DISK_FULL)
    monkeypatch.setattr(program, "run", lambda *args, **kwargs: full)
    with pytest.raises(processing.NoRoom):
        processing.process(recording)
    assert fresh(recording).state == State.VERIFIED


def test_a_technical_fault_is_tried_again_before_it_is_called_a_failure(
    organization: Organization, spoken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = received(organization, spoken.read_bytes())
    crashed = program.Result(Outcome.CRASHED)
    monkeypatch.setattr(program, "run", lambda *args, **kwargs: crashed)
    for _ in range(processing.TRIES - 1):
        with pytest.raises(processing.TryAgain):
            processing.process(recording)
    assert fresh(recording).state == State.VERIFIED

    processing.process(recording)

    assert (fresh(recording).state, recording.reason) == (State.FAILED, "crashed")


def test_a_technical_fault_that_passes_leaves_no_trace(
    organization: Organization, spoken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = received(organization, spoken.read_bytes())
    with monkeypatch.context() as patch:
        patch.setattr(program, "run", lambda *args, **kwargs: program.Result(Outcome.TIME_LIMIT))
        with pytest.raises(processing.TryAgain):
            processing.process(recording)
    processing.process(recording)
    assert (fresh(recording).state, recording.reason) == (State.READY, "")


def test_work_is_never_seen_without_its_owner(tmp_path: Path) -> None:
    """Two who prepare the same recording, as a worker thought dead and its heir do."""

    def work(_: int) -> int:
        lost = 0
        for _ in range(200):
            scratch.remove_dead_work(tmp_path)
            with scratch.work_folder(tmp_path) as folder:
                time.sleep(0.0005)
                lost += not folder.exists()
        return lost

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 0
    assert not list(tmp_path.iterdir())


def test_work_half_removed_is_removed(tmp_path: Path) -> None:
    (tmp_path / "work-half").mkdir()
    scratch.remove_dead_work(tmp_path)
    assert not list(tmp_path.iterdir())


def test_every_outcome_has_a_reason_and_a_sentence() -> None:
    outcomes = {str(outcome) for outcome in Outcome} - {"ok"}
    assert outcomes <= set(Recording.Reason.values)
    assert all(str(reason.label) for reason in Recording.Reason)


def test_a_job_that_runs_twice_gives_one_result(
    organization: Organization, spoken: Path, heard: list[events.Event]
) -> None:
    recording = received(organization, spoken.read_bytes())
    run_prompt_jobs()
    first = storage.path_of(fresh(recording).derivative).stat()

    services.enqueue_processing(recording)
    run_prompt_jobs()

    assert storage.path_of(fresh(recording).derivative).stat().st_mtime_ns == first.st_mtime_ns
    assert [type(event) for event in heard].count(RecordingReady) == 1


def test_what_a_dead_worker_left_is_removed(organization: Organization, spoken: Path) -> None:
    recording = received(organization, spoken.read_bytes())
    left = storage.folder_of(organization.id, recording.id) / "work-left"
    left.mkdir()
    (left / "lock").touch()
    (left / "copy").write_bytes(b"half a file")

    run_prompt_jobs()

    assert files(fresh(recording)) == READY


def test_what_a_worker_left_that_died_when_all_was_done_is_removed(
    organization: Organization, spoken: Path
) -> None:
    recording = received(organization, spoken.read_bytes())
    background.run_waiting_jobs()
    left = storage.folder_of(organization.id, recording.id) / "work-left"
    for task in (tasks.process_recording, tasks.add_extras, tasks.make_portable):
        left.mkdir()
        (left / "lock").touch()
        task.run(str(organization.id), recording_id=str(recording.id))
        assert not left.exists(), task.name


@pytest.mark.parametrize("moment", ["verified", "work-*", "play.webm"])
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_preparing_gives_one_result_in_the_end(
    start_worker: StartWorker, settings: LazySettings, recordings: Make, moment: str
) -> None:
    company = Organization.objects.create(name="Atlas", slug="atlas")
    data = recordings("long", seconds=15).read_bytes()
    with tenant_scope(company.id):
        recording = received(company, data)
        folder = storage.folder_of(company.id, recording.id)
        first = start_worker("--one-shot", MEDIA_ROOT=settings.MEDIA_ROOT)
        wait_until(lambda: reached(moment, recording, folder))
        first.kill()
        first.wait()

        start_worker(MEDIA_ROOT=settings.MEDIA_ROOT)
        wait_until(lambda: fresh(recording).extras_outcome == "ok")
        wait_until(lambda: not any(folder.glob("work-*")))

        assert (folder / "original").read_bytes() == data
        assert files(recording) == WHOLE
        ready = program.run("probe", source=storage.path_of(recording.derivative))
        assert ready.facts["duration_ms"] == recording.duration_ms


def reached(moment: str, recording: Recording, folder: Path) -> bool:
    if moment == "verified":
        return fresh(recording).state != State.RECEIVED
    return any(folder.glob(moment))


def test_the_database_refuses_a_state_without_what_it_needs(organization: Organization) -> None:
    recording = new_recording(organization)
    now = clock.now()
    wrong: list[dict[str, Any]] = [
        {"state": "received"},
        {"state": "received", "received_at": now},
        {"state": "verified", "received_at": now, "byte_length": 1, "verified_at": now},
        {"state": "ready", "received_at": now, "byte_length": 1},
        {"state": "rejected", "refused_at": now},
        {"state": "failed", "reason": "crashed"},
        {"state": "receiving", "reason": "crashed"},
        {"state": "elsewhere"},
    ]
    for columns in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Recording.objects.filter(pk=recording.pk).update(**columns)


def test_a_state_is_left_once(organization: Organization, spoken: Path) -> None:
    recording = received(organization, spoken.read_bytes())
    assert lifecycle.mark_rejected(recording.id, Recording.Reason.DAMAGED)
    assert not lifecycle.mark_failed(recording.id, Recording.Reason.CRASHED)
    assert not lifecycle.mark_verified(recording.id, sha256="0" * 64)
    assert not lifecycle.mark_received(recording.id, byte_length=1, sha256="", duration_ms=None)
    assert not lifecycle.mark_ready(recording.id, derivative="x", poster="", facts={})
    assert fresh(recording).reason == "damaged"


def test_another_organisations_recording_is_not_there(organization: Organization) -> None:
    recording = new_recording(organization)
    other = Organization.objects.create(name="Rif", slug="rif")
    with tenant_scope(other.id), pytest.raises(NotFound):
        access.recording(recording.id)


def test_without_an_organisation_nothing_is_asked(db: None) -> None:
    with pytest.raises(NoTenant):
        access.recording(uuid4())


def test_a_revoked_token_is_refused_before_and_after_the_first_byte(
    organization: Organization,
) -> None:
    for begun in (True, False):
        recording = new_recording(organization)
        token = tokens.verify(f"Upload {services.upload_grant(recording)}")
        if begun:
            upload(recording, b"some")
        services.revoke_uploads(recording)
        with pytest.raises(TokenRevoked):
            check(store.get(organization.id, recording.id).sidecar(), token)
        renewed = tokens.verify(f"Upload {services.upload_grant(fresh(recording))}")
        check(store.get(organization.id, recording.id).sidecar(), renewed)
