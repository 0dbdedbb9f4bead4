"""Uploads over HTTP, against real server processes: what arrives stays."""

import hashlib
import os
import time

import httpx
import pytest

from jobgate.media.tests.serving import BrokenPatch, Server
from jobgate.media.tests.upload.sending import (
    PART,
    PIECE,
    Start,
    Take,
    in_folder,
)
from jobgate.media.upload import folder
from tests.asking import ask
from tests.processes import wait_until


def test_options_say_what_is_spoken(server: Server) -> None:
    response = httpx.options(f"{server.url}/api/upload/")
    assert response.status_code == 204
    assert response.headers["Tus-Version"] == "1.0.0"
    assert "creation-defer-length" in response.headers["Tus-Extension"]
    assert response.headers["Tus-Checksum-Algorithm"] == "sha256,sha1"


def test_a_recording_of_unknown_length_is_sent_while_it_is_made(take: Take, data: bytes) -> None:
    created = take.create(**{"Upload-Defer-Length": "1"})
    assert created.status_code == 201
    assert created.headers["Location"] == take.path
    assert take.head().headers["Upload-Defer-Length"] == "1"

    half = len(data) // 2
    assert take.patch(data[:half], 0).headers["Upload-Offset"] == str(half)
    assert "Upload-Length" not in take.head().headers
    last = take.patch(data[half:], half, **{"Upload-Length": str(len(data))})

    assert last.status_code == 204
    assert take.head().headers["Upload-Length"] == str(len(data))
    assert take.stored() == data


def test_creation_brings_the_first_piece(take: Take, data: bytes) -> None:
    created = take.call(
        "POST", "/api/upload/", data[:1000], **PIECE, **{"Upload-Length": str(len(data))}
    )
    assert (created.status_code, created.headers["Upload-Offset"]) == (201, "1000")


@in_folder
def test_each_answer_stands_behind_one_sync(
    take: Take, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(
        folder, "SYNC", lambda descriptor: synced.append(os.fstat(descriptor).st_size)
    )
    take.create()
    for offset in (0, 500_000):
        headers = {**take.headers(), **PIECE, "Upload-Offset": str(offset)}
        assert ask("PATCH", take.path, headers, data[offset:][:500_000]).status == 204
    assert synced == [500_000, 1_000_000]
    # Whoever asks may follow a request that died before its sync.
    ask("HEAD", take.path, take.headers())
    assert synced == [500_000, 1_000_000, 1_000_000]


def test_a_creation_whose_answer_was_lost_is_asked_again(take: Take, data: bytes) -> None:
    take.create()
    take.patch(data[:1000], 0)

    again = take.create()

    assert (again.status_code, again.headers["Upload-Offset"]) == (201, "1000")


def test_a_connection_cut_in_the_middle_of_a_piece_loses_nothing(take: Take, data: bytes) -> None:
    take.create()
    broken = BrokenPatch(take.server, take.path, take.token(), offset=0, announced=len(data))
    broken.send(data[:300_000])
    wait_until(lambda: len(take.stored()) >= PART)
    broken.close()

    wait_until(lambda: take.offset() == 300_000)
    take.patch(data[300_000:], 300_000)
    assert hashlib.sha256(take.stored()).digest() == hashlib.sha256(data).digest()


def test_the_bytes_of_a_stalled_sender_reach_the_disk(take: Take, data: bytes) -> None:
    take.create()
    stalled = BrokenPatch(take.server, take.path, take.token(), offset=0, announced=len(data))
    stalled.send(data[:1000])
    wait_until(lambda: len(take.stored()) == 1000)
    stalled.send_more(data[1000:])
    assert stalled.answer().startswith(b"HTTP/1.1 204")
    assert take.stored() == data


def test_a_silent_connection_gives_way_at_once(take: Take, data: bytes) -> None:
    take.create()
    silent = BrokenPatch(take.server, take.path, take.token(), offset=0, announced=len(data))
    silent.send(data[:PART])
    wait_until(lambda: len(take.stored()) == PART)

    begun = time.monotonic()
    response = take.patch(data[PART:], PART)

    assert response.status_code == 204
    assert time.monotonic() - begun < 1
    assert b"taken_over" in silent.answer() + silent.answer()
    assert take.stored() == data


def test_a_silent_connection_to_another_process_gives_way_too(
    take: Take, start: Start, data: bytes
) -> None:
    other = Take(start(), take.recording_id, take.organization_id)
    take.create()
    silent = BrokenPatch(take.server, take.path, take.token(), offset=0, announced=len(data))
    silent.send(data[:PART])
    wait_until(lambda: len(take.stored()) == PART)

    begun = time.monotonic()
    response = other.patch(data[PART:], PART)

    assert response.status_code == 204
    assert time.monotonic() - begun < 1.5
    silent.send_more(b"late")
    assert take.stored() == data


def test_a_server_killed_in_the_middle_of_a_piece_goes_on_where_it_was(
    start: Start, data: bytes
) -> None:
    take = Take(start())
    take.create()
    take.patch(data[:1000], 0)
    rest = data[1000:]
    broken = BrokenPatch(take.server, take.path, take.token(), offset=1000, announced=len(rest))
    broken.send(rest[: 2 * PART])
    wait_until(lambda: len(take.stored()) > 1000)
    take.server.kill()

    take.server = start()
    offset = take.offset()
    assert offset > 1000
    take.patch(data[offset:], offset)
    assert take.stored() == data


def test_a_piece_sent_twice_at_the_same_time_is_stored_once(take: Take, data: bytes) -> None:
    from concurrent.futures import ThreadPoolExecutor

    take.create()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: take.patch(data, 0).status_code, range(4)))

    offset = take.offset()
    take.patch(data[offset:], offset)
    assert set(answers) <= {204, 409, 413}
    assert take.stored() == data


def test_an_upload_is_given_up(take: Take, data: bytes) -> None:
    take.create()
    take.patch(data[:1000], 0)
    assert take.call("DELETE", take.path).status_code == 204
    assert take.head().status_code == 404
