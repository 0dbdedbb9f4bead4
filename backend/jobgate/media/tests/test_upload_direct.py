"""Large bodies go past the page cache, and not a byte of them is lost or moved."""

import errno
import mmap
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from uuid import uuid4

import pytest
from django.conf import LazySettings

from jobgate.media.errors import DiskFull
from jobgate.media.upload import direct
from jobgate.media.upload.direct import (
    ALIGNMENT,
    BLOCK_BYTES,
    BUFFER_BYTES,
    BUFFERS,
    LARGE_BYTES,
    Blocks,
)  # fmt: skip
from jobgate.media.upload.folder import Store, Upload, Writer
from jobgate.media.upload.gathering import Gathered
from jobgate.media.upload.sidecar import new_sidecar

BODY = os.urandom(3 * BUFFER_BYTES + 777)
# As an HTTP server gives a body, and all of it at once.
PIECES = (65_536, 262_144 + 1, len(BODY))


@pytest.fixture
def upload(settings: LazySettings, tmp_path: Path) -> Upload:
    settings.MEDIA_ROOT = str(tmp_path)
    return Store().create(uuid4(), uuid4(), new_sidecar(max_bytes=1 << 40, generation=1))


@pytest.fixture
def writer(upload: Upload) -> Iterator[Writer]:
    with upload.open() as writer:
        writer.expect(len(BODY))
        if not isinstance(writer.ahead, Blocks):
            pytest.skip("this file system has no way past the page cache")
        yield writer


def send(writer: Writer, body: bytes, piece: int = 65_536) -> None:
    for begin in range(0, len(body), piece):
        writer.append(body[begin : begin + piece])
        if writer.due():
            writer.store()


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("before", [0, 1, ALIGNMENT - 1, ALIGNMENT, BLOCK_BYTES + 5])
def test_a_large_body_is_stored_as_it_came(upload: Upload, before: int, piece: int) -> None:
    earlier = os.urandom(before)
    upload.path.write_bytes(earlier)
    with upload.open() as writer:
        writer.expect(len(BODY))
        send(writer, BODY, piece)
        assert writer.offset() == before + len(BODY)
        writer.sync()
        assert upload.path.read_bytes() == earlier + BODY


def test_what_follows_a_sync_is_appended(upload: Upload, writer: Writer) -> None:
    for part in (BODY[:5000], BODY[5000:BLOCK_BYTES], BODY[BLOCK_BYTES:]):
        send(writer, part)
        writer.sync()
    assert upload.path.read_bytes() == BODY


def test_what_is_sent_stays_with_the_page_cache_left_alone(upload: Upload, writer: Writer) -> None:
    """Seen by the descriptor that is written to: only the odd end went the usual way."""
    assert isinstance(writer.ahead, Blocks)
    usual = upload.path.with_name("usual")
    beside = os.open(usual, os.O_RDWR | os.O_CREAT | os.O_APPEND)
    try:
        writer.ahead.descriptor = beside
        send(writer, BODY[: BLOCK_BYTES + 10])
        writer.store()
        assert upload.path.stat().st_size == BLOCK_BYTES
        writer.ahead.finish()
        assert usual.stat().st_size == 10
    finally:
        os.close(beside)


def test_a_small_body_needs_no_buffer(upload: Upload) -> None:
    with upload.open() as writer:
        writer.expect(LARGE_BYTES - 1)
        assert isinstance(writer.ahead, Gathered)


def test_who_comes_when_all_buffers_are_taken_goes_the_usual_way(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    uploads = [
        Store().create(uuid4(), uuid4(), new_sidecar(max_bytes=1 << 40, generation=1))
        for _ in range(BUFFERS + 1)
    ]
    for turn in (1, 2):  # they come back
        with ExitStack() as stack:
            writers = [stack.enter_context(upload.open()) for upload in uploads]
            for writer in writers:
                writer.expect(len(BODY))
            assert isinstance(writers[-1].ahead, Gathered)
            send(writers[-1], BODY[:1000])
            writers[-1].sync()
        assert uploads[-1].path.read_bytes() == turn * BODY[:1000]


def test_where_no_memory_is_left_a_body_goes_the_usual_way(
    upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    unmade: SimpleQueue[mmap.mmap | None] = SimpleQueue()
    unmade.put(None)
    monkeypatch.setattr(direct, "_buffers", unmade)
    with monkeypatch.context() as patch, upload.open() as writer:
        patch.setattr(mmap, "mmap", refuse)
        writer.expect(len(BODY))
        assert isinstance(writer.ahead, Gathered)
    assert unmade.qsize() == 1


def test_a_disk_of_larger_blocks_is_written_the_usual_way(
    upload: Upload, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(writer.ahead, Blocks)
    refused, real = writer.ahead.direct, os.write

    def write(descriptor: int, data: memoryview) -> int:
        if descriptor == refused:
            raise OSError(errno.EINVAL, "Invalid argument")
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", write)
    send(writer, BODY)
    writer.sync()
    assert upload.path.read_bytes() == BODY


def test_a_full_disk_is_said_and_what_found_room_stays(
    upload: Upload, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(writer.ahead, Blocks)
    refused, real = writer.ahead.direct, os.write
    send(writer, BODY[:BLOCK_BYTES])
    writer.store()

    def write(descriptor: int, data: memoryview) -> int:
        if descriptor == refused:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(DiskFull):
        send(writer, BODY[BLOCK_BYTES : 3 * BLOCK_BYTES])
    writer.sync()
    assert writer.offset() == BLOCK_BYTES
    assert upload.path.read_bytes() == BODY[:BLOCK_BYTES]
