"""An upload in a folder is made once, however many ask for it at the same moment."""

import errno
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest
from django.conf import LazySettings

from jobgate.media.errors import DiskFull
from jobgate.media.upload.folder import Store
from jobgate.media.upload.sidecar import Sidecar, new_sidecar

AT_ONCE = 12


@pytest.fixture(autouse=True)
def media_root(settings: LazySettings, tmp_path: Path) -> Path:
    """Name a folder that is not there yet."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def test_all_who_begin_an_upload_at_once_get_the_same(media_root: Path) -> None:
    organization, recording, together = uuid4(), uuid4(), Barrier(AT_ONCE)

    def begin(number: int) -> Sidecar:
        together.wait()
        wish = new_sidecar(max_bytes=1000 + number, generation=number)
        return Store().create(organization, recording, wish).sidecar()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        given = set(pool.map(begin, range(AT_ONCE)))
    assert len(given) == 1
    assert len(list(media_root.rglob("upload.json*"))) == 1


def test_the_first_upload_makes_the_folder_of_all_recordings(media_root: Path) -> None:
    upload = Store().create(uuid4(), uuid4(), new_sidecar(max_bytes=1, generation=1))
    assert media_root in upload.path.parents
    assert upload.offset() == 0


def test_nothing_begins_while_little_room_is_left(settings: LazySettings) -> None:
    settings.UPLOAD_MIN_FREE_BYTES = 1 << 62
    with pytest.raises(DiskFull):
        Store().check_room()


def full(*_: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_is_full_as_an_upload_begins_leaves_nothing_in_its_way(
    media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = (uuid4(), uuid4(), new_sidecar(max_bytes=10, generation=1))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(DiskFull):
            Store().create(*wanted)

    assert Store().create(*wanted).sidecar() == wanted[2]


def test_a_disk_that_is_full_as_an_upload_is_closed_keeps_what_was_known(
    media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = Store().create(uuid4(), uuid4(), new_sidecar(max_bytes=10, generation=1))
    before = upload.sidecar()
    with monkeypatch.context() as patch:
        patch.setattr("jobgate.media.storage.local.publish", full)
        with pytest.raises(DiskFull):
            upload.change(sealed=True)

    assert upload.sidecar() == before
    assert [file.name for file in media_root.rglob("upload.json*")] == ["upload.json"]


def test_what_a_process_left_that_died_while_it_noted_something_is_written_over(
    media_root: Path,
) -> None:
    upload = Store().create(uuid4(), uuid4(), new_sidecar(max_bytes=10, generation=1))
    (upload.folder / "upload.json.new").write_bytes(b'{"expires_at"')

    upload.change(sealed=True)

    assert upload.sidecar().sealed
    assert [file.name for file in media_root.rglob("upload.json*")] == ["upload.json"]
