"""Files under names, in a folder and in a bucket of a real S3 server."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
from django.conf import LazySettings

from jobgate.media import storage
from jobgate.media.errors import StorageUnavailable
from jobgate.media.storage.s3 import ADDRESS_SECONDS, bucket
from jobgate.media.tests.conftest import Environment


@pytest.fixture
def name(settings: LazySettings) -> str:
    """A name in the store, whose folder is there as an upload leaves it."""
    organization, recording = uuid4(), uuid4()
    storage.folder_of(organization, recording).mkdir(parents=True)
    return storage.name_of(organization, recording, "play.webm")


def finished(folder: Path, data: bytes) -> Path:
    path = folder / "finished"
    path.write_bytes(data)
    return path


def read(name: str) -> bytes:
    with storage.files().reading(name) as path:
        return path.read_bytes()


def test_a_published_file_is_read_under_its_name(where: str, name: str, tmp_path: Path) -> None:
    storage.files().publish(finished(tmp_path, b"recorded"), name)
    assert read(name) == b"recorded"
    assert storage.files().size(name) == 8


def test_a_file_is_replaced_whole(where: str, name: str, tmp_path: Path) -> None:
    for data in (b"first, and longer", b"second"):
        storage.files().publish(finished(tmp_path, data), name)
    assert read(name) == b"second"


def test_a_removed_file_is_missing(where: str, name: str, tmp_path: Path) -> None:
    storage.files().publish(finished(tmp_path, b"recorded"), name)
    for _ in range(2):
        storage.files().delete(name)
    with pytest.raises(storage.FileMissing):
        read(name)
    with pytest.raises(storage.FileMissing):
        storage.files().size(name)


def test_all_files_of_a_recording_go_and_no_other(where: str, tmp_path: Path) -> None:
    organization, recording, other = uuid4(), uuid4(), uuid4()
    names = [
        storage.name_of(organization, owner, file)
        for owner in (recording, other)
        for file in ("original", "play.webm")
    ]
    for owner in (recording, other):
        storage.folder_of(organization, owner).mkdir(parents=True)
    for name in names:
        storage.files().publish(finished(tmp_path, b"recorded"), name)

    storage.files().delete_recording(organization, recording)

    for name in names[:2]:
        with pytest.raises(storage.FileMissing):
            storage.files().size(name)
    assert [storage.files().size(name) for name in names[2:]] == [8, 8]


def test_only_the_named_file_is_removed(where: str, name: str, tmp_path: Path) -> None:
    for full in (name, f"{name}.other"):
        storage.files().publish(finished(tmp_path, b"recorded"), full)
    storage.files().delete(name)
    assert read(f"{name}.other") == b"recorded"


def test_nothing_is_left_in_the_scratch(
    where: str, name: str, tmp_path: Path, settings: LazySettings
) -> None:
    storage.files().publish(finished(tmp_path, b"recorded"), name)
    read(name)
    assert not list(Path(settings.SCRATCH_ROOT).glob("work-*"))


def test_a_folder_gives_no_address_of_its_own(name: str) -> None:
    assert storage.files().address(name, "video/webm") is None


@pytest.mark.s3
def test_an_address_plays_inline_and_in_ranges(
    in_bucket: Environment, name: str, tmp_path: Path
) -> None:
    storage.files().publish(finished(tmp_path, b"0123456789"), name)
    address = storage.files().address(name, "video/webm")
    assert address

    part = httpx.get(address, headers={"Range": "bytes=2-4"})

    assert (part.status_code, part.content) == (206, b"234")
    assert part.headers["Content-Type"] == "video/webm"
    assert part.headers["Content-Disposition"] == "inline"
    assert "private" in part.headers["Cache-Control"]


@pytest.mark.s3
def test_an_address_may_be_asked_for_its_headers(
    in_bucket: Environment, name: str, tmp_path: Path
) -> None:
    storage.files().publish(finished(tmp_path, b"0123456789"), name)
    head = httpx.head(str(storage.files().address(name, "video/webm", "HEAD")))
    assert (head.status_code, head.headers["Content-Length"]) == (200, "10")


@pytest.mark.s3
def test_an_address_is_for_five_minutes_and_for_one_file(in_bucket: Environment, name: str) -> None:
    address = str(storage.files().address(name, "video/webm"))
    assert int(parse_qs(urlsplit(address).query)["X-Amz-Expires"][0]) == ADDRESS_SECONDS <= 300
    longer = address.replace("X-Amz-Expires=300", "X-Amz-Expires=900")
    other = address.replace("play.webm", "original")
    unsigned = address.partition("?")[0]
    for changed in (longer, other, unsigned):
        assert httpx.get(changed).status_code == 403


@pytest.mark.s3
def test_the_past_of_a_removed_file_goes_with_it(
    in_bucket: Environment, name: str, tmp_path: Path
) -> None:
    client = bucket().client
    client.create_bucket(Bucket="with-versions")
    client.put_bucket_versioning(
        Bucket="with-versions", VersioningConfiguration={"Status": "Enabled"}
    )
    files = bucket()
    files.name = "with-versions"
    for data in (b"first", b"second"):
        files.publish(finished(tmp_path, data), name)
    client.delete_object(Bucket="with-versions", Key=name)

    files.delete(name)

    left = client.list_object_versions(Bucket="with-versions", Prefix=name)
    assert not {"Versions", "DeleteMarkers"} & set(left)


@pytest.mark.s3
def test_bytes_that_changed_on_their_way_are_not_stored(
    in_bucket: Environment, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobgate.media.storage.s3.base64.b64encode", lambda _: b"x" * 22 + b"==")
    with pytest.raises(StorageUnavailable):
        bucket().put(name, b"recorded")
    with pytest.raises(storage.FileMissing):
        storage.files().size(name)


@pytest.mark.s3
def test_a_bucket_that_is_away_is_said_to_be_away(
    in_bucket: Environment, name: str, settings: LazySettings
) -> None:
    settings.AWS_S3_ENDPOINT_URL = "http://127.0.0.1:9"
    with pytest.raises(StorageUnavailable):
        storage.files().size(name)


@pytest.mark.s3
def test_a_wrong_key_is_no_missing_file(
    in_bucket: Environment, name: str, settings: LazySettings
) -> None:
    settings.AWS_SECRET_ACCESS_KEY = "another one"
    with pytest.raises(StorageUnavailable):
        read(name)


def test_a_missing_server_is_skipped_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from jobgate.media.tests import gateway

    monkeypatch.setenv("PATH", "/nowhere")
    assert "radosgw" in gateway.missing_programs()
