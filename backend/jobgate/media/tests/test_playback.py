"""Playing over HTTP: grants, ranges, and memory, under WSGI and ASGI."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client

from jobgate.accounts.models import Organization
from jobgate.core import background, clock
from jobgate.core.tenancy import tenant_scope
from jobgate.media import access, grants, services, storage
from jobgate.media.models import Recording
from jobgate.media.tests.conftest import new_recording, received
from jobgate.media.tests.serving import Server

MEBIBYTE = 1024 * 1024
Players = dict[UUID, bool]


@dataclass
class Person:
    id: UUID


@pytest.fixture
def players(monkeypatch: pytest.MonkeyPatch) -> Players:
    """Return who may play: change it to see the answer change."""
    allowed: Players = {}
    check = lambda actor, recording: allowed.get(actor, False)  # noqa: E731
    monkeypatch.setattr(access, "_checks", [check])
    return allowed


@pytest.fixture
def viewer(players: Players) -> Person:
    person = Person(uuid4())
    players[person.id] = True
    return person


@pytest.fixture
def ready(organization: Organization, spoken: Path) -> Recording:
    recording = received(organization, spoken.read_bytes())
    background.run_waiting_jobs()
    recording.refresh_from_db()
    return recording


@pytest.fixture
def content(ready: Recording) -> bytes:
    return storage.path_of(ready.derivative).read_bytes()


@pytest.fixture
def url(ready: Recording, viewer: Person) -> str:
    return services.playback(ready, viewer)["url"]


def body(response: Any) -> bytes:
    """Return the bytes of a streamed or a plain response."""
    pieces: list[bytes] = list(response.streaming_content) if response.streaming else []
    return b"".join(pieces) if pieces else bytes(getattr(response, "content", b""))


def test_a_recording_is_played_inline(client: Client, url: str, content: bytes) -> None:
    response = client.get(url)
    assert response.status_code == 200
    assert body(response) == content
    assert response["Content-Type"] == "video/webm"
    assert response["Content-Disposition"] == "inline"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == str(len(content))
    assert response["Cache-Control"] == "private, no-cache"


def test_the_poster_is_a_jpeg(client: Client, ready: Recording, viewer: Person) -> None:
    address = services.playback(ready, viewer)["poster_url"]
    response = client.get(str(address), headers={"Accept-Encoding": "gzip"})
    assert response["Content-Type"] == "image/jpeg"
    assert body(response).startswith(b"\xff\xd8\xff")


RANGES = [
    ("0-", 0, None),
    ("0-0", 0, 1),
    ("100-199", 100, 200),
    ("5-999999999", 5, None),
    ("-50", -50, None),
]
ENDLESS = "9" * 5000
NO_RANGES = [
    "bytes=5-3",
    "bytes=0-1,5-6",
    "bytes=x-",
    "bytes=-",
    "lines=1-2",
    f"bytes={ENDLESS}-",
    f"bytes=0-{ENDLESS}",
]


@pytest.mark.parametrize(("wanted", "start", "end"), RANGES)
def test_a_range_is_answered_with_that_range(
    client: Client, url: str, content: bytes, wanted: str, start: int, end: int | None
) -> None:
    response = client.get(url, headers={"Range": f"bytes={wanted}"})
    expected = content[start:end]
    assert response.status_code == 206
    assert body(response) == expected
    first = start % len(content)
    said = f"bytes {first}-{first + len(expected) - 1}/{len(content)}"
    assert response["Content-Range"] == said


@pytest.mark.parametrize("wanted", NO_RANGES)
def test_what_is_no_single_range_gives_the_whole(
    client: Client, url: str, content: bytes, wanted: str
) -> None:
    response = client.get(url, headers={"Range": wanted})
    assert (response.status_code, body(response)) == (200, content)


@pytest.mark.parametrize("wanted", ["99999999-", "-0"])
def test_a_range_behind_the_end_is_refused(
    client: Client, url: str, content: bytes, wanted: str
) -> None:
    response = client.get(url, headers={"Range": f"bytes={wanted}"})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(content)}"


def test_a_head_says_what_a_get_would(client: Client, url: str, content: bytes) -> None:
    response = client.head(url)
    assert (response.status_code, body(response)) == (200, b"")
    assert response["Content-Length"] == str(len(content))
    part = client.head(url, headers={"Range": "bytes=0-9"})
    assert (part.status_code, part["Content-Length"]) == (206, "10")


def test_a_changed_file_is_not_patched_together(client: Client, url: str, content: bytes) -> None:
    etag = client.head(url)["ETag"]
    wanted = {"Range": "bytes=0-9"}
    assert client.get(url, headers={**wanted, "If-Range": etag}).status_code == 206
    assert client.get(url, headers={**wanted, "If-Range": '"older"'}).status_code == 200
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304


def test_a_grant_is_asked_for_again_at_every_request(
    client: Client, url: str, players: Players, viewer: Person
) -> None:
    assert client.get(url).status_code == 200
    players[viewer.id] = False
    refused = client.get(url, headers={"Range": "bytes=0-9"})
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")


def test_a_grant_grows_old(client: Client, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now().timestamp() + grants.LIFETIME.total_seconds() + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert client.get(url).status_code == 404


def test_a_grant_is_for_one_recording(
    client: Client, url: str, organization: Organization, spoken: Path
) -> None:
    with tenant_scope(organization.id):
        other = received(organization, spoken.read_bytes())
        background.run_waiting_jobs()
    grant = urlsplit(url).query
    assert client.get(f"/api/recordings/{other.id}/video/?{grant}").status_code == 404


def test_a_grant_of_another_organisation_opens_nothing(
    client: Client, ready: Recording, viewer: Person
) -> None:
    forged = grants.sign(grants.Grant(viewer.id, uuid4(), ready.id))
    assert client.get(f"/api/recordings/{ready.id}/video/?grant={forged}").status_code == 404


@pytest.mark.parametrize("grant", ["", "x", "x:y:z", "%00"])
def test_without_a_grant_nothing_is_there(client: Client, ready: Recording, grant: str) -> None:
    response = client.get(f"/api/recordings/{ready.id}/video/?grant={grant}")
    assert response.status_code == 404
    assert set(response.json()) == {"code", "detail", "fields"}


def test_what_is_not_ready_is_not_there(
    client: Client, organization: Organization, viewer: Person
) -> None:
    with tenant_scope(organization.id):
        playback = services.playback(new_recording(organization), viewer)
    assert playback["poster_url"] is None
    assert client.get(playback["url"]).status_code == 404


def test_nothing_is_changed_by_playing(client: Client, url: str) -> None:
    assert client.post(url).status_code == 405


def test_behind_nginx_the_file_is_left_to_nginx(
    client: Client, url: str, ready: Recording, settings: LazySettings
) -> None:
    settings.X_ACCEL_REDIRECT = "/protected/"
    response = client.get(url, headers={"Range": "bytes=0-9"})
    assert response["X-Accel-Redirect"] == f"/protected/{ready.derivative}"
    assert response["Content-Type"] == "video/webm"
    assert response.content == b""


def serve(kind: str, media_root: str) -> Server:
    environment = {
        "MEDIA_ROOT": media_root,
        "DB_NAME": str(connection.settings_dict["NAME"]),
        "DB_POOL_SIZE": "2",
    }
    return Server(f"tests.playback_app:{kind}", environment, wsgi=kind == "wsgi")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("kind", ["application", "wsgi"])
@pytest.mark.django_db(transaction=True)
def test_a_large_file_is_sent_without_being_held_in_memory(
    kind: str, settings: LazySettings, spoken: Path
) -> None:
    company = Organization.objects.create(name="Atlas", slug="atlas")
    with tenant_scope(company.id):
        recording = received(company, spoken.read_bytes())
        background.run_waiting_jobs()
        recording.refresh_from_db()
        url = services.playback(recording, Person(uuid4()))["url"]
    size = 300 * MEBIBYTE
    os.truncate(storage.path_of(recording.derivative), size)
    server = serve(kind, settings.MEDIA_ROOT)
    try:
        server.wait("/healthz")
        httpx.get(f"{server.url}{url}", headers={"Range": "bytes=0-9"}).raise_for_status()
        before = server.peak_memory_kib()
        assert download(f"{server.url}{url}") == size
        assert download(f"{server.url}{url}", Range="bytes=1000-") == size - 1000
        assert server.peak_memory_kib() - before < 40 * 1024
    finally:
        server.kill()


def download(url: str, **headers: str) -> int:
    with httpx.stream("GET", url, headers=headers, timeout=60) as response:
        response.raise_for_status()
        return sum(len(piece) for piece in response.iter_raw())
