"""From pieces in a bucket to a recording that plays from there, with real files and a real S3."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client

from jobgate.accounts.models import Organization
from jobgate.core import background, clock
from jobgate.core.tenancy import tenant_scope
from jobgate.media import access, processing, services, storage
from jobgate.media.errors import StorageUnavailable
from jobgate.media.models import BucketUpload, Recording
from jobgate.media.storage.s3 import Bucket, bucket
from jobgate.media.tasks import sweep_pieces
from jobgate.media.tests.conftest import Environment, Make, new_recording, received
from jobgate.media.upload import pieces as upload_pieces
from jobgate.media.upload.pieces import prefix_of, remove_orphans
from tests.processes import StartWorker, wait_until

pytestmark = [pytest.mark.s3, pytest.mark.usefixtures("in_bucket")]
State = Recording.State


def fresh(recording: Recording) -> Recording:
    recording.refresh_from_db()
    return recording


def pieces(recording: Recording) -> list[str]:
    return list(bucket().names(prefix_of(BucketUpload.objects.get(recording=recording))))


def files(recording: Recording) -> set[str]:
    prefix = storage.name_of(recording.organization_id, recording.id, "")
    return {name.removeprefix(prefix) for name in bucket().names(prefix)}


def original(recording: Recording) -> bytes:
    name = storage.name_of(recording.organization_id, recording.id)
    with storage.files().reading(name) as path:
        return path.read_bytes()


def test_an_upload_becomes_playable_and_its_pieces_one_object(
    organization: Organization, spoken: Path, settings: LazySettings
) -> None:
    data = spoken.read_bytes()
    recording = received(organization, data)
    assert pieces(recording)
    assert not files(recording)

    processing.process(recording)

    assert fresh(recording).state == State.READY
    assert {"original", "play.webm", "poster.jpg"} <= files(recording)
    assert original(recording) == data
    assert not pieces(recording)
    assert not list(Path(settings.SCRATCH_ROOT).glob("work-*"))


def test_a_file_in_one_request_is_taken_in(organization: Organization, spoken: Path) -> None:
    recording = new_recording(organization)
    for _ in range(2):
        services.receive_file(recording, ContentFile(spoken.read_bytes()))
    processing.process(fresh(recording))
    assert fresh(recording).state == State.READY
    assert original(recording) == spoken.read_bytes()


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_bucket_that_fails_in_the_middle_leaves_the_job_to_be_tried_again(
    organization: Organization, spoken: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    """It fails at storing the original, the copy, or the poster."""
    recording = received(organization, spoken.read_bytes())
    calls: list[str] = []
    publish = Bucket.publish

    def failing(self: Bucket, path: Path, name: str) -> None:
        calls.append(name)
        if len(calls) == call:
            raise StorageUnavailable
        publish(self, path, name)

    with monkeypatch.context() as patch:
        patch.setattr(Bucket, "publish", failing)
        with pytest.raises(StorageUnavailable):
            processing.process(recording)
    assert fresh(recording).state in {State.RECEIVED, State.VERIFIED}

    processing.process(recording)

    assert fresh(recording).state == State.READY
    assert original(recording) == spoken.read_bytes()
    assert not pieces(recording)


def test_pieces_that_could_not_be_removed_are_swept_later(
    organization: Organization, spoken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: Bucket, prefix: str) -> None:
        raise StorageUnavailable

    recording = received(organization, spoken.read_bytes())
    with monkeypatch.context() as patch:
        patch.setattr(Bucket, "delete_under", away)
        processing.process(recording)
    assert fresh(recording).state == State.READY
    assert pieces(recording)

    monkeypatch.setattr(upload_pieces, "YOUNG", timedelta(0))
    sweep_pieces.run()

    assert not pieces(recording)
    assert original(recording) == spoken.read_bytes()


def test_a_piece_that_is_gone_is_our_fault(organization: Organization, spoken: Path) -> None:
    recording = received(organization, spoken.read_bytes())
    for name in pieces(recording):
        storage.files().delete(name)
    processing.process(recording)
    assert (fresh(recording).state, recording.reason) == (State.FAILED, "missing")


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_after_joining_gives_one_result_in_the_end(
    start_worker: StartWorker,
    in_bucket: Environment,
    recordings: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    company = Organization.objects.create(name="Atlas", slug="atlas")
    data = recordings("long", seconds=15).read_bytes()
    with tenant_scope(company.id):
        recording = received(company, data)
        first = start_worker("--one-shot", **in_bucket)
        wait_until(lambda: "original" in files(recording))
        first.kill()
        first.wait()

        start_worker(**in_bucket)
        wait_until(lambda: fresh(recording).state == State.READY)

        assert original(recording) == data
        monkeypatch.setattr(upload_pieces, "YOUNG", timedelta(0))
        remove_orphans()
        assert not pieces(recording)
    connection.close()


def test_a_player_is_sent_to_the_bucket_while_it_may_play(
    client: Client, organization: Organization, spoken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_play = {"now": True}
    monkeypatch.setattr(access, "_checks", [lambda actor, recording: may_play["now"]])
    recording = received(organization, spoken.read_bytes())
    processing.process(recording)
    playback = services.playback(fresh(recording), organization)
    assert playback["grant_expires_at"] - clock.now() <= timedelta(minutes=5)
    url = playback["url"]

    sent = client.get(url, headers={"Range": "bytes=0-9"})
    part = httpx.get(sent["Location"], headers={"Range": "bytes=0-9"})

    assert (sent.status_code, sent["Cache-Control"]) == (302, "private, no-cache")
    assert urlsplit(sent["Location"]).path.endswith(recording.derivative)
    assert (part.status_code, len(part.content)) == (206, 10)
    assert part.headers["Content-Type"] == "video/webm"
    assert part.headers["Content-Disposition"] == "inline"
    may_play["now"] = False
    assert client.get(url).status_code == 404


def test_jobs_of_a_bucket_that_is_away_stay_to_be_tried_again(
    organization: Organization, spoken: Path, settings: LazySettings
) -> None:
    recording = received(organization, spoken.read_bytes())
    settings.AWS_S3_ENDPOINT_URL = "http://127.0.0.1:9"
    with pytest.raises(StorageUnavailable):
        background.run_waiting_jobs()
    assert fresh(recording).state == State.RECEIVED
