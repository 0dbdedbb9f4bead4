"""What the raw ASGI routes have in common."""

from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.conf import LazySettings

from jobgate.core.asgi import (
    Message,
    Receive,
    Scope,
    Send,
    client_address,
    header,
    language,
    respond,
    respond_error,
    scope_request_id,
)
from jobgate.core.body_limit import with_body_limit
from jobgate.core.errors import NotFound, TooManyRequests
from jobgate.core.ids import PATTERN, new_id


def scope(**headers: str) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return {"headers": [(name.encode(), value.encode("latin-1")) for name, value in named.items()]}


def test_a_header_is_found_by_its_lower_case_name() -> None:
    assert header(scope(x_thing="1"), b"x-thing") == "1"
    assert header(scope(), b"x-thing", "none") == "none"


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [("ar", "ar"), ("en-GB,fr;q=0.8", "en"), ("de, AR-ma", "ar"), ("de", "fr"), ("*", "fr")],
)
def test_the_first_language_that_we_speak_is_taken(accepted: str, spoken: str) -> None:
    assert language(scope(accept_language=accepted)) == spoken


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "192.0.2.1", "203.0.113.5"),
        (1, "", "203.0.113.5"),
        (1, "198.51.100.9, 192.0.2.1", "192.0.2.1"),
        (2, "198.51.100.9, 192.0.2.1", "198.51.100.9"),
        (3, "192.0.2.1", "192.0.2.1"),
    ],
)
def test_an_address_is_believed_as_far_as_the_proxies_are(
    settings: LazySettings, proxies: int, forwarded: str, address: str
) -> None:
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": proxies}
    asked = scope(**({"x_forwarded_for": forwarded} if forwarded else {}))
    assert client_address(asked | {"client": ("203.0.113.5", 50000)}) == address
    assert client_address(scope()) == ""


def test_a_refusal_says_when_to_come_again() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async_to_sync(respond_error)(scope(), send, TooManyRequests(retry_after=7))
    assert sent[0]["status"] == 429
    assert dict(sent[0]["headers"])[b"retry-after"] == b"7"


def test_a_request_keeps_its_id() -> None:
    made = scope()
    assert scope_request_id(made) == scope_request_id(made)
    assert scope_request_id(scope(x_request_id="given-by-caller")) == "given-by-caller"


def test_an_error_has_the_apis_shape() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async_to_sync(respond_error)(scope(accept_language="en"), send, NotFound())
    start, body = sent
    headers = dict(start["headers"])
    assert start["status"] == 404
    assert headers[b"content-type"] == b"application/json"
    assert headers[b"content-length"] == str(len(body["body"])).encode()
    assert b'"code":"not_found"' in body["body"]
    assert b"you may not see it" in body["body"]


class TestBodyLimit:
    """A route that takes ten bytes."""

    def ask(self, *pieces: bytes, **headers: str) -> tuple[int, int]:
        """Return the status, and how many bytes the application was given."""
        given, sent, arriving = 0, list[Message](), list(pieces)

        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            nonlocal given
            more = True
            while more:
                message = await receive()
                given, more = given + len(message["body"]), message["more_body"]
            await respond(scope, send, 200)

        async def receive() -> Message:
            body = arriving.pop(0)
            return {"type": "http.request", "body": body, "more_body": bool(arriving)}

        async def send(message: Message) -> None:
            sent.append(message)

        limited = with_body_limit(application, lambda scope: {"/": 10}[scope["path"]])
        async_to_sync(limited)({**scope(**headers), "path": "/"}, receive, send)
        return sent[0]["status"], given

    def test_what_fits_goes_through(self) -> None:
        assert self.ask(b"12345", b"67890", content_length="10") == (200, 10)

    def test_what_is_declared_too_long_is_not_read(self) -> None:
        assert self.ask(b"12345", b"678901", content_length="11") == (413, 0)

    @pytest.mark.parametrize("declared", ["5", "", "many", "-1", "²"])
    def test_what_comes_beyond_is_not_kept(self, declared: str) -> None:
        assert self.ask(b"12345", b"678901", content_length=declared) == (413, 5)


def test_ids_follow_one_another() -> None:
    import re

    ids = [new_id() for _ in range(100)]
    assert ids == sorted(ids)
    assert all(re.fullmatch(PATTERN, str(identifier)) for identifier in ids)
