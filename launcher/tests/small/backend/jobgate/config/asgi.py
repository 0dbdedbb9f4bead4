"""Answers /healthz, /die (ends the process) and /environ."""

import json
import os
from typing import Any

SHOWN = ("DEBUG", "DB_HOST", "DB_USER", "ALLOWED_HOSTS", "PUBLIC_URL", "JOBGATE_ENV")


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    if scope["path"] == "/die":
        os._exit(3)
    body = json.dumps({name: os.environ.get(name) for name in SHOWN}).encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})
