"""Uploads over HTTP, against real server processes: what is not taken, and why."""

import base64
import hashlib
from datetime import timedelta

import httpx
import pytest
from django.conf import LazySettings

from jobgate.media.tests.serving import BrokenPatch, Server
from jobgate.media.tests.upload.sending import (
    PART,
    PIECE,
    Start,
    Take,
    code,
    in_folder,
)
from tests.processes import wait_until


def test_the_length_is_said_once(take: Take, data: bytes) -> None:
    take.create(**{"Upload-Defer-Length": "1"})
    take.patch(data[:1000], 0, **{"Upload-Length": "2000"})
    assert code(take.patch(data[:500], 1000, **{"Upload-Length": "3000"})) == "bad_header"


def test_a_piece_at_the_wrong_place_is_refused(take: Take, data: bytes) -> None:
    take.create()
    take.patch(data[:1000], 0)
    for offset in (0, 999, 1001):
        response = take.patch(data[:10], offset)
        assert (response.status_code, code(response)) == (409, "wrong_offset")
    assert take.stored() == data[:1000]


def test_a_checksum_covers_its_piece(take: Take, data: bytes) -> None:
    take.create()
    for algorithm in ("sha256", "sha1"):
        good = base64.b64encode(hashlib.new(algorithm, data[:1000]).digest()).decode()
        wrong = take.patch(b"x" * 1000, take.offset(), **{"Upload-Checksum": f"{algorithm} {good}"})
        assert (wrong.status_code, code(wrong)) == (460, "checksum_mismatch")
        right = take.patch(data[:1000], take.offset(), **{"Upload-Checksum": f"{algorithm} {good}"})
        assert right.status_code == 204
    assert take.stored() == data[:1000] * 2


def test_an_unfinished_piece_with_a_checksum_does_not_count(take: Take, data: bytes) -> None:
    take.create()
    broken = BrokenPatch(take.server, take.path, take.token(), offset=0, announced=2000)
    broken.send(data[:1000], f"Upload-Checksum: sha1 {base64.b64encode(b'x' * 20).decode()}\r\n")
    wait_until(lambda: take.is_under_way(connection=2))
    broken.close()
    wait_until(lambda: len(take.stored()) == 0)
    assert take.offset() == 0


def test_a_server_killed_before_a_checksum_was_compared_counts_nothing_of_the_piece(
    start: Start, data: bytes
) -> None:
    take = Take(start())
    take.create()
    take.patch(data[:1000], 0)
    broken = BrokenPatch(take.server, take.path, take.token(), offset=1000, announced=2000)
    digest = base64.b64encode(hashlib.sha1(data[1000:3000], usedforsecurity=False).digest())
    broken.send(b"x" * 1000, f"Upload-Checksum: sha1 {digest.decode()}\r\n")
    wait_until(lambda: take.is_under_way(connection=3))
    take.server.kill()

    take.server = start()
    assert take.offset() == 1000
    assert take.patch(data[1000:], 1000).status_code == 204
    assert take.stored() == data
    take.upload().change(sealed=True)
    assert take.unchecked() == 0


@pytest.mark.parametrize("checksum", ["md5 AAAA", "sha1 !!!", "sha1"])
def test_a_checksum_that_is_no_checksum_is_refused(take: Take, checksum: str) -> None:
    take.create()
    response = take.patch(b"abc", 0, **{"Upload-Checksum": checksum})
    assert response.status_code in {400, 460}
    assert take.offset() == 0


def test_more_than_the_limit_is_refused(server: Server, data: bytes) -> None:
    take = Take(server, max_bytes=1000)
    assert code(take.create(**{"Upload-Length": "1001"})) == "too_large"
    take.create(**{"Upload-Defer-Length": "1"})
    assert code(take.patch(data[:1001], 0)) == "too_large"
    assert take.patch(data[:1000], 0).status_code == 204
    assert code(take.patch(b"x", 1000)) == "too_large"
    assert take.stored() == data[:1000]


def test_a_body_without_a_length_stops_at_the_limit(server: Server, data: bytes) -> None:
    take = Take(server, max_bytes=100_000)
    take.create(**{"Upload-Defer-Length": "1"})
    response = httpx.patch(
        f"{server.url}{take.path}",
        headers={**take.headers(), **PIECE, "Upload-Offset": "0"},
        content=iter([data[:90_000], data[:90_000]]),
    )
    assert (response.status_code, code(response)) == (413, "too_large")
    assert len(take.stored()) <= 100_000


def test_the_length_that_was_announced_is_the_limit(take: Take, data: bytes) -> None:
    take.create(**{"Upload-Length": "10"})
    assert code(take.patch(data[:11], 0)) == "too_large"


def test_an_expired_token_is_renewed_at_the_same_offset(take: Take, data: bytes) -> None:
    take.create()
    take.patch(data[:1000], 0)

    old = take.token(expires_in=timedelta(seconds=-1))
    refused = take.patch(data[1000:], 1000, Authorization=f"Upload {old}")

    assert (refused.status_code, code(refused)) == (401, "token_expired")
    assert take.patch(data[1000:], 1000).status_code == 204


@pytest.mark.parametrize(
    ("authorization", "expected"),
    [("", "token_missing"), ("Bearer x", "token_missing"), ("Upload x.y.z", "token_invalid")],
)
def test_without_a_token_nothing_is_done(take: Take, authorization: str, expected: str) -> None:
    response = take.call("POST", "/api/upload/", Authorization=authorization)
    assert (response.status_code, code(response)) == (401, expected)
    assert response.headers["WWW-Authenticate"] == "Upload"


def test_a_token_signed_by_another_key_is_refused(take: Take, settings: LazySettings) -> None:
    settings.UPLOAD_SIGNING_KEY = "another key, another key, another key, another key"
    assert code(take.create()) == "token_invalid"


def test_a_token_for_another_upload_does_not_see_this_one(take: Take) -> None:
    take.create()
    other = Take(take.server)
    for response in (other.call("HEAD", take.path), other.call("PATCH", take.path)):
        assert response.status_code == 404
    stranger = Take(take.server, recording_id=take.recording_id)
    assert stranger.head().status_code == 404


def test_a_newer_token_ends_the_older_one(take: Take, data: bytes) -> None:
    take.create()
    old = take.token()
    take.generation = 2
    assert take.patch(data[:1000], 0).status_code == 204

    refused = take.patch(data[1000:], 1000, Authorization=f"Upload {old}")

    assert (refused.status_code, code(refused)) == (403, "token_revoked")


def test_an_old_token_does_not_even_disturb_the_newer_one(take: Take, data: bytes) -> None:
    take.create()
    old = take.token()
    take.generation = 2
    live = BrokenPatch(take.server, take.path, take.token(), offset=0, announced=2 * PART)
    live.send(data[:PART])
    wait_until(lambda: len(take.stored()) == PART)

    take.call("HEAD", take.path, Authorization=f"Upload {old}")
    live.send_more(data[PART : 2 * PART])

    assert live.answer().startswith(b"HTTP/1.1 204")


def test_an_upload_that_expired_is_gone(take: Take) -> None:
    take.create()
    upload = take.upload()
    upload.change(expires_at=upload.sidecar().expires_at - timedelta(days=8))
    assert take.head().status_code == 410
    assert code(take.patch(b"x", 0)) == "upload_expired"


def test_a_sealed_upload_takes_nothing_more(take: Take, data: bytes) -> None:
    take.create()
    take.patch(data, 0)
    take.upload().change(sealed=True)

    assert code(take.patch(b"", len(data))) == "upload_complete"
    assert code(take.call("DELETE", take.path)) == "upload_complete"
    assert take.offset() == len(data)


def test_requests_that_are_not_tus_are_refused_by_name(take: Take) -> None:
    take.create()
    metadata = {"Upload-Length": "1", "Upload-Metadata": "filetype ???"}
    cases = [
        (take.call("PATCH", take.path, **{"Tus-Resumable": "0.2"}), 412, "wrong_tus_version"),
        (take.patch(b"x", 0, **{"Content-Type": "text/plain"}), 415, "wrong_content_type"),
        (take.call("PATCH", take.path, **PIECE), 400, "bad_header"),
        (take.patch(b"x", 0, **{"Upload-Offset": "-1"}), 400, "bad_header"),
        (take.call("POST", "/api/upload/"), 400, "bad_header"),
        (take.create(**metadata), 400, "bad_header"),
        (take.call("GET", take.path), 405, "method_not_allowed"),
        (take.call("GET", "/api/upload/"), 405, "method_not_allowed"),
        (take.call("PATCH", "/api/upload/no-such/"), 404, "upload_unknown"),
    ]  # fmt: skip
    for response, status, expected in cases:
        assert (response.status_code, code(response)) == (status, expected)


@in_folder
def test_a_full_disk_keeps_what_it_took(start: Start, data: bytes) -> None:
    small = start("sh", "-c", 'ulimit -f 400; exec "$@"', "sh")
    take = Take(small)
    take.create()
    take.patch(data[:1000], 0)

    response = take.patch(data[1000:], 1000)

    assert (response.status_code, code(response)) == (507, "disk_full")
    kept = take.offset()
    assert 1000 <= kept < len(data)
    assert take.stored() == data[:kept]


@in_folder
def test_a_nearly_full_disk_takes_nothing_new(start: Start) -> None:
    take = Take(start(UPLOAD_MIN_FREE_BYTES=str(1 << 60)))
    response = take.create()
    assert (response.status_code, code(response)) == (507, "disk_full")


def test_who_begins_an_upload_again_and_again_is_asked_to_wait(start: Start, data: bytes) -> None:
    server = start(UPLOAD_STARTS_PER_TOKEN="3", CORS_ALLOWED_ORIGINS="https://jobs.example")
    take, other = Take(server), Take(server)
    assert [take.create().status_code for _ in range(3)] == [201] * 3

    refused = take.create(**{"Upload-Length": "1", "Origin": "https://jobs.example"})

    assert (refused.status_code, code(refused)) == (429, "throttled")
    assert 0 < int(refused.headers["Retry-After"]) <= 20
    assert "Retry-After" in refused.headers["Access-Control-Expose-Headers"]
    assert other.create().status_code == 201
    for offset in range(10):
        assert take.patch(data[offset : offset + 1], offset).status_code == 204


def test_an_address_that_only_knocks_is_asked_to_wait(start: Start, data: bytes) -> None:
    server = start(RAW_STARTS_PER_ADDRESS="3", TRUSTED_PROXIES="1")
    begun = Take(server)
    begun.create(**{"Upload-Length": "10", "X-Forwarded-For": "192.0.2.1"})
    knocking = {"Authorization": "Upload x.y.z", "X-Forwarded-For": "198.51.100.9, 192.0.2.1"}

    answers = [begun.call("POST", "/api/upload/", **knocking) for _ in range(4)]

    assert [code(answer) for answer in answers] == ["token_invalid"] * 2 + ["throttled"] * 2
    elsewhere = Take(server).create(**{"Upload-Length": "1", "X-Forwarded-For": "192.0.2.2"})
    assert elsewhere.status_code == 201
    patched = begun.patch(data[:10], 0, **{"X-Forwarded-For": "192.0.2.1"})
    assert patched.status_code == 204


def test_pages_of_allowed_sites_may_upload(take: Take) -> None:
    preflight = {
        "Origin": "https://jobs.example",
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "upload-offset",
    }
    allowed = httpx.options(f"{take.server.url}{take.path}", headers=preflight)
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://jobs.example"
    assert "PATCH" in allowed.headers["Access-Control-Allow-Methods"]
    assert "upload-offset" in allowed.headers["Access-Control-Allow-Headers"]
    created = take.call(
        "POST", "/api/upload/", **{"Origin": "https://jobs.example", "Upload-Length": "1"}
    )
    assert "Upload-Offset" in created.headers["Access-Control-Expose-Headers"]


def test_pages_of_other_sites_may_not(take: Take) -> None:
    response = httpx.options(
        f"{take.server.url}{take.path}",
        headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "PATCH"},
    )
    assert "Access-Control-Allow-Origin" not in response.headers


def test_errors_speak_the_callers_language(take: Take) -> None:
    english = take.call("HEAD", take.path).headers
    assert english["X-Request-ID"]
    said = {
        language: take.call("PATCH", take.path, **PIECE, **{"Accept-Language": language}).json()
        for language in ("fr", "en")
    }
    assert said["fr"]["code"] == said["en"]["code"] == "bad_header"
