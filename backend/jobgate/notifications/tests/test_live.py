"""Live updates, through a real server and a real PostgreSQL."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
import uvicorn
from django.conf import LazySettings
from django.db import connection, transaction
from rest_framework_simplejwt.tokens import AccessToken

from jobgate.accounts.models import Membership, Organization, Role, User
from jobgate.core.asgi import Receive, Scope, Send
from jobgate.core.cors import with_cors
from jobgate.core.ids import new_id
from jobgate.core.limits import Limiter
from jobgate.notifications.realtime import announce, live
from jobgate.notifications.realtime.channel import Change
from jobgate.notifications.realtime.hub import WAITING_CHANGES, Hub

pytestmark = pytest.mark.django_db(transaction=True)


class Page:
    """What a page reads from the stream."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.lines = response.iter_lines()

    def until(self, start: str) -> str:
        """Return the next line that starts so, without its start."""
        return next(line for line in self.lines if line.startswith(start)).removeprefix(start)

    def change(self) -> dict[str, Any]:
        assert self.until("event: ") == "change"
        return dict(json.loads(self.until("data: ")))


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await with_cors(live.application)(scope, receive, send)
        return
    while (await receive())["type"] != "lifespan.shutdown":
        await send({"type": "lifespan.startup.complete"})
    await live.close()
    await send({"type": "lifespan.shutdown.complete"})


@pytest.fixture
def server() -> Iterator[httpx.Client]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # whoever connects before the server runs waits instead of being refused
        config = uvicorn.Config(application, log_level="error", timeout_graceful_shutdown=1)
        running = uvicorn.Server(config)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with httpx.Client(base_url=url, timeout=10) as client:
            yield client
        running.should_exit = True
        thread.join()


def member_of(organization: Organization, role: str = Role.REVIEWER) -> User:
    user = User.objects.create_user(f"{new_id()}@example.test")
    Membership.objects.create(user=user, organization=organization, role=role)
    return user


@pytest.fixture
def ours() -> Organization:
    return Organization.objects.create(name="Ours", slug="ours")


@pytest.fixture
def theirs() -> Organization:
    return Organization.objects.create(name="Theirs", slug="theirs")


def bearer(user: User, headers: dict[str, str] | None = None, seconds: int = 60) -> dict[str, str]:
    token = AccessToken.for_user(user)
    token.set_exp(lifetime=timedelta(seconds=seconds))
    return {"Authorization": f"Bearer {token}", **(headers or {})}


@contextmanager
def listening(server: httpx.Client, headers: dict[str, str]) -> Iterator[Page]:
    with server.stream("GET", "/api/events/", headers=headers) as response:
        assert response.status_code == 200
        page = Page(response)
        page.until(": listening")
        yield page


def test_a_member_hears_a_change(server: httpx.Client, ours: Organization) -> None:
    with listening(server, bearer(member_of(ours))) as page:
        announce(ours.id, "session", "42")
        assert page.change() == {"kind": "session", "id": "42"}


def test_a_page_gets_a_stream_that_no_proxy_holds_back(
    server: httpx.Client, ours: Organization
) -> None:
    with listening(server, bearer(member_of(ours))) as page:
        headers = page.response.headers
    assert headers["content-type"].startswith("text/event-stream")
    assert headers["x-accel-buffering"] == "no"
    assert headers["cache-control"] == "no-store"
    assert headers["x-request-id"]


def test_a_change_is_heard_when_it_is_committed_and_not_before(
    server: httpx.Client, ours: Organization
) -> None:
    with listening(server, bearer(member_of(ours))) as page:
        with transaction.atomic():
            announce(ours.id, "session", "rolled back")
            transaction.set_rollback(True)
        announce(ours.id, "session", "committed")
        assert page.change()["id"] == "committed"


def test_a_stranger_hears_nothing_of_it(
    server: httpx.Client, ours: Organization, theirs: Organization
) -> None:
    with listening(server, bearer(member_of(theirs))) as page:
        announce(ours.id, "session", "ours")
        announce(theirs.id, "session", "theirs")
        assert page.change()["id"] == "theirs"


def test_a_member_of_two_says_for_which_they_listen(
    server: httpx.Client, ours: Organization, theirs: Organization
) -> None:
    user = member_of(ours)
    Membership.objects.create(user=user, organization=theirs, role=Role.ADMIN)
    refused = server.get("/api/events/", headers=bearer(user))
    assert (refused.status_code, refused.json()["code"]) == (400, "organization_required")
    with listening(server, bearer(user, {"X-Organization": str(theirs.id)})) as page:
        announce(ours.id, "session", "ours")
        announce(theirs.id, "session", "theirs")
        assert page.change()["id"] == "theirs"


def test_pages_share_one_database_connection(server: httpx.Client, ours: Organization) -> None:
    headers = bearer(member_of(ours))
    with (
        listening(server, headers),
        listening(server, headers),
        listening(server, headers),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%jobgate%%'"
            " AND datname = current_database()"
        )
        assert cursor.fetchone()[0] == 1


def test_nobody_listens_without_signing_in(server: httpx.Client) -> None:
    response = server.get("/api/events/", headers={"Accept-Language": "en"})
    assert response.status_code == 401
    assert set(response.json()) == {"code", "detail", "fields"}
    assert response.json()["detail"] == "Please sign in."
    assert response.headers["www-authenticate"] == "Bearer"


def test_a_token_of_another_key_is_refused(server: httpx.Client, ours: Organization) -> None:
    headers = bearer(member_of(ours))
    headers["Authorization"] = headers["Authorization"][:-4] + "AAAA"
    response = server.get("/api/events/", headers=headers)
    assert (response.status_code, response.json()["code"]) == (401, "token_not_valid")


def test_a_person_without_an_organisation_may_not_listen(server: httpx.Client) -> None:
    user = User.objects.create_user("candidate@example.test")
    response = server.get("/api/events/", headers=bearer(user))
    assert (response.status_code, response.json()["code"]) == (403, "no_organization")


def test_a_stranger_may_not_name_our_organisation(
    server: httpx.Client, ours: Organization, theirs: Organization
) -> None:
    headers = bearer(member_of(theirs), {"X-Organization": str(ours.id)})
    response = server.get("/api/events/", headers=headers)
    assert (response.status_code, response.json()["code"]) == (403, "no_organization")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_only_get_is_taken(server: httpx.Client, method: str) -> None:
    response = server.request(method, "/api/events/")
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")


def test_an_address_below_does_not_exist(server: httpx.Client) -> None:
    assert server.get("/api/events/more/").json()["code"] == "not_found"


def test_the_stream_ends_when_the_access_token_expires(
    server: httpx.Client, ours: Organization
) -> None:
    with listening(server, bearer(member_of(ours), seconds=2)) as page:
        begin = time.monotonic()
        for _ in page.lines:
            pass
    assert time.monotonic() - begin < 5


def test_a_quiet_stream_beats(
    server: httpx.Client, ours: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.05)
    with listening(server, bearer(member_of(ours))) as page:
        assert page.until(": heart") == "beat"


def test_pages_reconnect_after_the_database_was_lost(
    server: httpx.Client, ours: Organization
) -> None:
    headers = bearer(member_of(ours))
    with listening(server, headers) as page:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE query LIKE 'LISTEN%%jobgate%%' AND datname = current_database()"
            )
        assert list(page.lines) == [""]  # sent away, for it may have missed something
    with listening(server, headers) as page:
        announce(ours.id, "session", "after")
        assert page.change()["id"] == "after"


def test_an_allowed_origin_may_listen(
    server: httpx.Client, ours: Organization, settings: LazySettings
) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example.test"]
    preflight = {"Origin": "https://app.example.test", "Access-Control-Request-Method": "GET"}
    response = server.options("/api/events/", headers=preflight)
    assert response.headers["access-control-allow-origin"] == "https://app.example.test"
    assert "authorization" in response.headers["access-control-allow-headers"]
    with listening(server, bearer(member_of(ours), {"Origin": "https://app.example.test"})) as page:
        allowed = page.response.headers["access-control-allow-origin"]
    assert allowed == "https://app.example.test"


def test_another_origin_may_not(server: httpx.Client, settings: LazySettings) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example.test"]
    origin = {"Origin": "https://evil.example.test", "Access-Control-Request-Method": "GET"}
    for response in (server.options("/api/events/", headers=origin), server.get("/api/events/")):
        assert "access-control-allow-origin" not in response.headers


def test_a_page_that_is_too_slow_is_sent_away() -> None:
    async def fall_behind() -> list[Change | None]:
        hub = Hub()
        organization_id = new_id()
        page = hub.join(organization_id)
        for number in range(WAITING_CHANGES + 1):
            hub.publish(Change(organization_id, "session", str(number)))
        return [await page.next()]

    assert asyncio.run(fall_behind()) == [None]


def test_nothing_is_kept_of_a_page_that_left() -> None:
    hub = Hub()
    organization_id = new_id()
    page = hub.join(organization_id)
    assert len(hub) == 1
    hub.leave(organization_id, page)
    assert len(hub) == 0


def test_an_address_that_connects_again_and_again_is_asked_to_wait(
    server: httpx.Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "starts_of_address", Limiter())
    settings.RAW_STARTS_PER_ADDRESS = 2
    answers = [server.get("/api/events/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert answers[-1].json()["code"] == "throttled"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 30
