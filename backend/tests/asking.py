"""Send a request to any route, raw ASGI ones included, without a server."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from asgiref.sync import async_to_sync
from django.test import Client

from jobgate.config.asgi import RAW_ROUTES, application
from jobgate.core.asgi import Message
from jobgate.notifications.realtime import live

STREAM = "/api/events/"


@dataclass
class Answer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    method: str, url: str, headers: dict[str, str] | None = None, body: bytes | Any = b""
) -> Answer:
    """Return the answer; of a stream, its first piece. A `body` that is not bytes goes as JSON."""
    sent = dict(headers or {})
    if not isinstance(body, bytes):
        body, sent["content-type"] = json.dumps(body).encode(), "application/json"
    if url.startswith(tuple(RAW_ROUTES)):
        return async_to_sync(_ask_raw)(method, url, sent, body)
    return _ask_django(method, url, sent, body)


def _ask_django(method: str, url: str, headers: dict[str, str], body: bytes) -> Answer:
    # In this very thread, so that the test's transaction holds what the view sees.
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    content_type = headers.pop("content-type", "application/octet-stream")
    response = client.generic(method, url, body, content_type, headers=headers)
    content = b"".join(response) if response.streaming else response.content
    return Answer(response.status_code, dict(response.items()), content)


async def _ask_raw(method: str, url: str, headers: dict[str, str], body: bytes) -> Answer:
    answer, first_piece = Answer(), asyncio.Event()
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if messages:
            return messages.pop()
        await first_piece.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {k.decode().lower(): v.decode() for k, v in message["headers"]}
            return
        answer.body += message.get("body", b"")
        if url == STREAM:
            first_piece.set()

    try:
        # As Django's test client does: the test's connection stays open.
        with patch.object(live, "close_old_connections"):
            await application(_scope(method, url, headers, body), receive, send)
    finally:
        await live.close()
    return answer


def _scope(method: str, url: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
    parts = urlsplit(url)
    named = {"host": "localhost", "content-length": str(len(body)), **headers}
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": method,
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": [(k.lower().encode(), v.encode()) for k, v in named.items()],
        "client": ("127.0.0.1", 50000),
        "server": ("localhost", 80),
    }
