"""Helpers for the raw ASGI routes, which stand beside Django."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

import orjson
import structlog
from django.utils import translation
from rest_framework.settings import api_settings

from jobgate.core.errors import ApiError
from jobgate.core.middleware import request_id

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = Iterable[tuple[bytes, bytes]]


def header(scope: Scope, name: bytes, default: str = "") -> str:
    """Return the value of a request header; `name` in lower case."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1"))
    return default


def client_address(scope: Scope) -> str:
    """Return whom limits count against, by the same rule as in Django's views."""
    forwarded = [v.decode("latin-1") for k, v in scope["headers"] if k == b"x-forwarded-for"]
    proxies = api_settings.NUM_PROXIES
    if proxies and forwarded:
        addresses = ",".join(forwarded).split(",")
        return addresses[-min(proxies, len(addresses))].strip()
    client = scope.get("client")
    return str(client[0]) if client else ""


def scope_request_id(scope: Scope) -> str:
    """Return this request's id, the same at each call."""
    if "jobgate.request_id" not in scope:
        scope["jobgate.request_id"] = request_id(header(scope, b"x-request-id"))
    return str(scope["jobgate.request_id"])


def bind_request_id(scope: Scope) -> None:
    """Put the request's id in all that is logged while it is answered."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=scope_request_id(scope))


def language(scope: Scope) -> str:
    """Return the first language of Accept-Language that the product speaks."""
    for part in header(scope, b"accept-language").split(","):
        code = part.split(";")[0].strip().lower()[:2]
        if code in {"fr", "en", "ar"}:
            return code
    return "fr"


async def respond(
    scope: Scope, send: Send, status: int, headers: Headers = (), body: bytes = b""
) -> None:
    """Send a whole response, with the request id."""
    all_headers = [
        *headers,
        (b"content-length", str(len(body)).encode()),
        (b"x-request-id", scope_request_id(scope).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": all_headers})
    await send({"type": "http.response.body", "body": body})


async def respond_error(scope: Scope, send: Send, error: ApiError, headers: Headers = ()) -> None:
    """Send an error in the API's one shape, in the caller's language."""
    with translation.override(language(scope)):
        body = orjson.dumps(error.body())
    headers = [*headers, (b"content-type", b"application/json")]
    if error.retry_after is not None:
        headers.append((b"retry-after", str(error.retry_after).encode()))
    await respond(scope, send, error.status, headers, body)
