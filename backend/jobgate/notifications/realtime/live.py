"""`GET /api/events/`: server-sent events for members, on raw ASGI."""

import asyncio
import time
from dataclasses import dataclass
from uuid import UUID

import orjson
import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections
from django.http import HttpRequest
from django.utils import translation
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from jobgate.accounts.api.authentication import MemberAuthentication, membership_of
from jobgate.accounts.errors import NoOrganization
from jobgate.core.api.errors import handle
from jobgate.core.asgi import (
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
from jobgate.core.errors import ApiError, NotFound, Unauthenticated
from jobgate.core.limits import Limiter
from jobgate.core.tenancy import no_tenant
from jobgate.notifications.errors import LiveUnavailable, MethodNotAllowed
from jobgate.notifications.realtime.channel import Change
from jobgate.notifications.realtime.hub import Hub, Subscription
from jobgate.notifications.realtime.listener import Listener

PATH = "/api/events/"
HEARTBEAT_SECONDS = 15.0
READY_SECONDS = 5.0
# A page that takes nothing for so long is gone.
SEND_SECONDS = 20.0

log = structlog.get_logger("jobgate.live")

starts_of_address = Limiter()


@dataclass(frozen=True)
class Member:
    organization_id: UUID
    expires_at: float


class Refused(Exception):
    """The request may not listen; holds the response that says why."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


class Live:
    """The pages of this process, and the connection that feeds them."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.listener = Listener(self.hub)


_live: Live | None = None


def _current() -> Live:
    global _live
    if _live is None:
        _live = Live()
    return _live


async def close() -> None:
    """End every stream and the LISTEN connection."""
    global _live
    live, _live = _live, None
    if live:
        await live.listener.close()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request for live updates."""
    try:
        _check_route(scope)
        starts_of_address.check(client_address(scope), settings.RAW_STARTS_PER_ADDRESS)
        member = await sync_to_async(_member)(scope)
        if not await _current().listener.ready(READY_SECONDS):
            raise LiveUnavailable
    except ApiError as error:
        await respond_error(scope, send, error)
    except Refused as refusal:
        await _respond_refusal(scope, send, refusal.response)
    else:
        await _stream(scope, receive, send, member)


def _check_route(scope: Scope) -> None:
    if scope["path"] != PATH:
        raise NotFound
    if scope["method"] != "GET":
        raise MethodNotAllowed


def _member(scope: Scope) -> Member:
    """Return who listens, by the very rules of the API's views."""
    close_old_connections()
    try:
        with no_tenant(), translation.override(language(scope)):
            return _authenticated(scope)
    finally:
        close_old_connections()


def _authenticated(scope: Scope) -> Member:
    http = HttpRequest()
    http.META["HTTP_AUTHORIZATION"] = header(scope, b"authorization")
    if organization := header(scope, b"x-organization"):
        http.META["HTTP_X_ORGANIZATION"] = organization
    request = Request(http)
    try:
        found = MemberAuthentication().authenticate(request)
        if found is None:
            raise Unauthenticated
        membership = membership_of(request)
        if membership is None:
            raise NoOrganization
    except (ApiError, APIException) as error:
        response = handle(error, {})
        if response is None:
            raise
        raise Refused(response) from error
    return Member(membership.organization_id, float(found[1]["exp"]))


async def _respond_refusal(scope: Scope, send: Send, response: Response) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in response.items()]
    headers.append((b"content-type", b"application/json"))
    await respond(scope, send, response.status_code, headers, orjson.dumps(response.data))


async def _stream(scope: Scope, receive: Receive, send: Send, member: Member) -> None:
    hub = _current().hub
    page = hub.join(member.organization_id)
    leaving = asyncio.create_task(_end_on_leave(receive, page))
    try:
        await _start(scope, send)
        await _send_changes(send, page, member)
        await _write(send, b"", more=False)
    except TimeoutError:
        log.info("live_page_too_slow")
    finally:
        leaving.cancel()
        hub.leave(member.organization_id, page)


async def _end_on_leave(receive: Receive, page: Subscription) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    page.end()


async def _start(scope: Scope, send: Send) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-request-id", scope_request_id(scope).encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await _write(send, b": listening\n\n")


async def _send_changes(send: Send, page: Subscription, member: Member) -> None:
    """Send changes and heartbeats until the page leaves, falls behind or its token expires."""
    while (left := member.expires_at - time.time()) > 0:
        change: Change | None
        try:
            change = await asyncio.wait_for(page.next(), min(HEARTBEAT_SECONDS, left))
        except TimeoutError:
            await _write(send, b": heartbeat\n\n")
            continue
        if change is None:
            return
        data = orjson.dumps({"kind": change.kind, "id": change.id})
        await _write(send, b"event: change\ndata: " + data + b"\n\n")


async def _write(send: Send, body: bytes, *, more: bool = True) -> None:
    async with asyncio.timeout(SEND_SECONDS):
        await send({"type": "http.response.body", "body": body, "more_body": more})
