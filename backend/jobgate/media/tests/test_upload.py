"""Uploads over HTTP, against real server processes."""

import base64
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from django.conf import LazySettings
from tusclient.client import TusClient

from jobgate.media import storage
from jobgate.media.tests.serving import BrokenPatch, Server
from jobgate.media.upload import tokens
from jobgate.media.upload.store import store
from tests.processes import wait_until

APPLICATION = "jobgate.media.tests.raw_app:application"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {"Content-Type": "application/offset+octet-stream"}
MEBIBYTE = 1024 * 1024

Start = Callable[..., Server]


@pytest.fixture(scope="session")
def media_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def shared_folder(own_folders: None, settings: LazySettings, media_root: Path) -> None:
    settings.MEDIA_ROOT = str(media_root)


@pytest.fixture(scope="session")
def start(media_root: Path) -> Iterator[Start]:
    servers: list[Server] = []

    def start_server(*prefix: str, **environment: str) -> Server:
        environment = {"MEDIA_ROOT": str(media_root), **environment}
        server = Server(APPLICATION, environment, prefix=prefix)
        servers.append(server)
        return server.wait("/api/upload/")

    yield start_server
    for server in servers:
        server.kill()


@pytest.fixture(scope="session")
def server(start: Start) -> Server:
    return start(CORS_ALLOWED_ORIGINS="https://jobs.example")


@dataclass
class Take:
    """One upload, seen from its sender."""

    server: Server
    recording_id: UUID = field(default_factory=uuid4)
    organization_id: UUID = field(default_factory=uuid4)
    max_bytes: int = 8 * MEBIBYTE
    generation: int = 1

    @property
    def path(self) -> str:
        return f"/api/upload/{self.recording_id}/"

    def token(self, **changes: object) -> str:
        wishes = {
            "recording_id": self.recording_id,
            "organization_id": self.organization_id,
            "generation": self.generation,
            "max_bytes": self.max_bytes,
        }
        return tokens.sign(**(wishes | changes))  # type: ignore[arg-type]  # names are checked

    def headers(self) -> dict[str, str]:
        return {**TUS, "Authorization": f"Upload {self.token()}"}

    def create(self, **headers: str) -> httpx.Response:
        wishes = headers or {"Upload-Length": str(MEBIBYTE)}
        return self.call("POST", "/api/upload/", **wishes)

    def head(self) -> httpx.Response:
        return self.call("HEAD", self.path)

    def offset(self) -> int:
        return int(self.head().headers["Upload-Offset"])

    def patch(self, data: bytes, offset: int, **headers: str) -> httpx.Response:
        return self.call(
            "PATCH", self.path, data, **{**PIECE, "Upload-Offset": str(offset), **headers}
        )

    def call(
        self, method: str, path: str, content: bytes | None = None, /, **headers: str
    ) -> httpx.Response:
        merged = self.headers() | headers
        return httpx.request(
            method, f"{self.server.url}{path}", headers=merged, content=content, timeout=20
        )

    def stored(self) -> bytes:
        name = storage.name_of(self.organization_id, self.recording_id)
        return storage.path_of(name).read_bytes()


@pytest.fixture
def take(server: Server) -> Take:
    return Take(server)


@pytest.fixture(scope="session")
def data() -> bytes:
    return os.urandom(MEBIBYTE)


def code(response: httpx.Response) -> str:
    body = response.json()
    assert set(body) == {"code", "detail", "fields"}
    assert response.headers["X-Request-ID"]
    return str(body["code"])


def test_a_client_of_another_make_uploads_in_pieces(
    take: Take, data: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "answer.webm"
    file.write_bytes(data)
    client = TusClient(f"{take.server.url}/api/upload/", headers=take.headers())

    uploader = client.uploader(str(file), chunk_size=100_000, metadata={"filetype": "video/webm"})
    uploader.upload()

    assert take.stored() == data


def test_that_client_checks_its_pieces(take: Take, data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "answer.webm"
    file.write_bytes(data)
    client = TusClient(f"{take.server.url}/api/upload/", headers=take.headers())

    client.uploader(str(file), chunk_size=300_000, upload_checksum=True).upload()

    assert take.stored() == data


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


def test_the_length_is_said_once(take: Take, data: bytes) -> None:
    take.create(**{"Upload-Defer-Length": "1"})
    take.patch(data[:1000], 0, **{"Upload-Length": "2000"})
    assert code(take.patch(data[:500], 1000, **{"Upload-Length": "3000"})) == "bad_header"


def test_creation_brings_the_first_piece(take: Take, data: bytes) -> None:
    created = take.call(
        "POST", "/api/upload/", data[:1000], **PIECE, **{"Upload-Length": str(len(data))}
    )
    assert (created.status_code, created.headers["Upload-Offset"]) == (201, "1000")


def test_a_creation_whose_answer_was_lost_is_asked_again(take: Take, data: bytes) -> None:
    take.create()
    take.patch(data[:1000], 0)

    again = take.create()

    assert (again.status_code, again.headers["Upload-Offset"]) == (201, "1000")


def test_a_connection_cut_in_the_middle_of_a_piece_loses_nothing(take: Take, data: bytes) -> None:
    take.create()
    broken = BrokenPatch(take.server, take.path, take.token(), offset=0, announced=len(data))
    broken.send(data[:300_000])
    wait_until(lambda: len(take.stored()) == 300_000)
    broken.close()

    assert take.offset() == 300_000
    take.patch(data[300_000:], 300_000)
    assert hashlib.sha256(take.stored()).digest() == hashlib.sha256(data).digest()


def test_a_silent_connection_gives_way_at_once(take: Take, data: bytes) -> None:
    take.create()
    silent = BrokenPatch(take.server, take.path, take.token(), offset=0, announced=len(data))
    silent.send(data[:1000])
    wait_until(lambda: len(take.stored()) == 1000)

    begun = time.monotonic()
    response = take.patch(data[1000:], 1000)

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
    silent.send(data[:1000])
    wait_until(lambda: len(take.stored()) == 1000)

    begun = time.monotonic()
    response = other.patch(data[1000:], 1000)

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
    broken = BrokenPatch(take.server, take.path, take.token(), offset=1000, announced=199_000)
    broken.send(data[1000:200_000])
    wait_until(lambda: len(take.stored()) > 1000)
    take.server.kill()

    take.server = start()
    offset = take.offset()
    assert offset > 1000
    take.patch(data[offset:], offset)
    assert take.stored() == data


def test_a_piece_at_the_wrong_place_is_refused(take: Take, data: bytes) -> None:
    take.create()
    take.patch(data[:1000], 0)
    for offset in (0, 999, 1001):
        response = take.patch(data[:10], offset)
        assert (response.status_code, code(response)) == (409, "wrong_offset")
    assert take.stored() == data[:1000]


def test_a_piece_sent_twice_at_the_same_time_is_stored_once(take: Take, data: bytes) -> None:
    from concurrent.futures import ThreadPoolExecutor

    take.create()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: take.patch(data, 0).status_code, range(4)))

    offset = take.offset()
    take.patch(data[offset:], offset)
    assert set(answers) <= {204, 409, 413}
    assert take.stored() == data


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
    wait_until(lambda: len(take.stored()) == 1000)
    broken.close()
    wait_until(lambda: len(take.stored()) == 0)
    assert take.offset() == 0


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
    live = BrokenPatch(take.server, take.path, take.token(), offset=0, announced=2000)
    live.send(data[:1000])
    wait_until(lambda: len(take.stored()) == 1000)

    take.call("HEAD", take.path, Authorization=f"Upload {old}")
    live.send_more(data[1000:2000])

    assert live.answer().startswith(b"HTTP/1.1 204")


def test_an_upload_that_expired_is_gone(take: Take) -> None:
    take.create()
    upload = store.get(take.organization_id, take.recording_id)
    upload.change(expires_at=upload.sidecar().expires_at - timedelta(days=8))
    assert take.head().status_code == 410
    assert code(take.patch(b"x", 0)) == "upload_expired"


def test_a_sealed_upload_takes_nothing_more(take: Take, data: bytes) -> None:
    take.create()
    take.patch(data, 0)
    store.get(take.organization_id, take.recording_id).change(sealed=True)

    assert code(take.patch(b"", len(data))) == "upload_complete"
    assert code(take.call("DELETE", take.path)) == "upload_complete"
    assert take.offset() == len(data)


def test_an_upload_is_given_up(take: Take, data: bytes) -> None:
    take.create()
    take.patch(data[:1000], 0)
    assert take.call("DELETE", take.path).status_code == 204
    assert take.head().status_code == 404


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


def test_a_nearly_full_disk_takes_nothing_new(start: Start) -> None:
    take = Take(start(UPLOAD_MIN_FREE_BYTES=str(1 << 60)))
    response = take.create()
    assert (response.status_code, code(response)) == (507, "disk_full")


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
