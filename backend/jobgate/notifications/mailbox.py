"""The demonstration's mailbox: the e-mails that were written to a folder instead of sent.

It exists only with demonstration data, and only for a browser on this very machine: the e-mails
hold candidates' links.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from functools import wraps
from ipaddress import ip_address
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jobgate.core.languages import direction

FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
# What Django writes after each message of a file.
SEPARATOR = re.compile(rb"\n-{79}\n")
SHOWN = 100

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Letter:
    name: str
    subject: str
    to: str
    sent_at: datetime
    text: str


def on_this_machine(view: View) -> View:
    """Answer 404 unless the mailbox is open and the caller is on this machine."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if not (_is_open() and _is_local(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _is_open() -> bool:
    return bool(settings.DEMO and settings.EMAIL_BACKEND == FILE_BACKEND)


def _is_local(request: HttpRequest) -> bool:
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False  # a proxy on this machine speaks for somebody elsewhere
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@require_safe
@never_cache
@on_this_machine
def index(request: HttpRequest) -> HttpResponse:
    """List the newest e-mails."""
    newest = list(islice(_letters(), SHOWN))
    return _page(request, "mailbox/index.html", {"letters": newest})


@require_safe
@never_cache
@on_this_machine
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """Show one e-mail's text."""
    for found in _letters():
        if found.name == name:
            return _page(request, "mailbox/letter.html", {"letter": found})
    raise Http404


def _page(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return render(
        request, template, {**context, "language": language, "direction": direction(language)}
    )


def _letters() -> Iterator[Letter]:
    """Read the e-mails, the newest first."""
    # Their own dates are in whole seconds.
    paths = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=_written, reverse=True)
    for path in paths:
        messages = [raw for raw in SEPARATOR.split(path.read_bytes()) if raw.strip()]
        for number, raw in reversed(list(enumerate(messages, 1))):
            yield _letter(f"{path.stem}-{number}", raw)


def _written(path: Path) -> int:
    return path.stat().st_mtime_ns


def _letter(name: str, raw: bytes) -> Letter:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 -- policy.default makes these
    body = mail.get_body(("plain",))
    return Letter(
        name=name,
        subject=str(mail["Subject"]),
        to=str(mail["To"]),
        sent_at=parsedate_to_datetime(str(mail["Date"])),
        text=str(body.get_content()) if body else "",
    )
