"""What the raw ASGI routes have in common."""

from typing import Any

import pytest
from asgiref.sync import async_to_sync

from jobgate.core.asgi import Message, header, language, respond_error, scope_request_id
from jobgate.core.errors import NotFound
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


def test_ids_follow_one_another() -> None:
    import re

    ids = [new_id() for _ in range(100)]
    assert ids == sorted(ids)
    assert all(re.fullmatch(PATTERN, str(identifier)) for identifier in ids)
