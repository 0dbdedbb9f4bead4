"""What nobody foresaw is answered in the one shape of errors, too."""

import asyncio
import json
from typing import Any

import pytest
from structlog.testing import capture_logs

from jobgate.core.asgi import Message, Scope
from jobgate.media.upload import application

SCOPE: Scope = {
    "type": "http",
    "method": "HEAD",
    "path": "/api/upload/",
    "headers": [(b"accept-language", b"en"), (b"x-request-id", b"request-0001")],
}


def answer_to(scope: Scope) -> tuple[int, dict[bytes, bytes], Any]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(application.upload_application(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), json.loads(sent[1]["body"])


def test_a_fault_of_ours_is_logged_and_said_in_the_usual_shape(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fail(*_: object) -> None:
        raise OSError("Input/output error: /srv/media")

    monkeypatch.setattr(application, "answer", fail)
    with capture_logs() as logs:
        status, headers, body = answer_to(dict(SCOPE))
    assert (status, body["code"], headers[b"x-request-id"]) == (
        500,
        "server_error",
        b"request-0001",
    )
    # Half of a body may still be on its way.
    assert headers[b"connection"] == b"close"
    assert "/srv" not in json.dumps(body)
    [entry] = logs
    assert (entry["log_level"], entry["exc_info"]) == ("error", True)
