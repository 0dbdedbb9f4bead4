"""Entry for ASGI servers: the raw routes first, then Django."""

import gc
import os
from typing import Any

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobgate.config.settings")
django_application: Any = get_asgi_application()

from jobgate.accounts.api.authentication import signed_in_by_us  # noqa: E402
from jobgate.core.asgi import (  # noqa: E402 -- after the settings
    Application,
    Receive,
    Scope,
    Send,
    bind_request_id,
    header,
)
from jobgate.core.body_limit import with_body_limit  # noqa: E402
from jobgate.core.cors import with_cors  # noqa: E402
from jobgate.interviews.api.authentication import signed_by_us  # noqa: E402
from jobgate.interviews.services import prompts  # noqa: E402
from jobgate.interviews.services.limits import longest_file  # noqa: E402
from jobgate.media.upload.application import upload_application  # noqa: E402
from jobgate.notifications.realtime import live  # noqa: E402

# What a form wraps around the file that it carries.
MULTIPART_BYTES = 64 * 1024
# Captions and transcript that go with a recruiter's recording.
PROMPT_WORDS_BYTES = 1024 * 1024
OBJECTS_BETWEEN_COLLECTIONS = 10_000

# Prefix of the path → application. These routes never reach Django's handler, which would read
# the whole body before the view sees it.
RAW_ROUTES: dict[str, Application] = {
    "/api/upload/": upload_application,
    "/api/events/": with_cors(live.application),
}


def longest_body(scope: Scope) -> int:
    """Return how many bytes Django may be sent: a whole recording by those we know alone."""
    authorization = header(scope, b"authorization")
    is_answer = scope["path"].endswith("/submit_response/")
    if is_answer and signed_by_us(authorization):
        return longest_file() + MULTIPART_BYTES
    if scope["path"] == "/api/prompts/" and signed_in_by_us(authorization):
        return prompts.MOST_BYTES + PROMPT_WORDS_BYTES + MULTIPART_BYTES
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE


limited_django = with_body_limit(django_application, longest_body)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Dispatch a connection."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    for prefix, raw in RAW_ROUTES.items():
        if scope["path"].startswith(prefix):
            bind_request_id(scope)
            await raw(scope, receive, send)
            return
    await limited_django(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _spare_what_stays()
            await send({"type": "lifespan.startup.complete"})
        else:
            await live.close()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _spare_what_stays() -> None:
    """Load what the first request would, and keep all of it out of later garbage collections.

    A full one went through Django's 130,000 objects, and stopped every upload for 70 ms and more.
    What requests leave behind is looked for less often as well: at 1,000 a second the usual 700
    objects come together in no time, and a tenth of the CPU went there.
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20, 20)
