"""What every request passes through."""

import re
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from jobgate.core.ids import new_id
from jobgate.core.tenancy import no_tenant

GetResponse = Callable[[HttpRequest], HttpResponseBase]
REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")

log = structlog.get_logger("jobgate.request")


def request_id(given: str) -> str:
    """Return the caller's request id when it is well formed, else a new one."""
    return given if REQUEST_ID.match(given) else str(new_id())


class RequestIdMiddleware:
    """Bind a request id to the logs, answer it, and log the request without its query."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        identifier = request_id(request.headers.get("X-Request-ID", ""))
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=identifier)
        response = self.get_response(request)
        response["X-Request-ID"] = identifier
        if request.path.startswith("/api/"):
            log.info(
                "request", method=request.method, path=request.path, status=response.status_code
            )
        return response


class TenantScopeMiddleware:
    """Leave the tenant's scope that authentication entered when the request ends."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with no_tenant():
            return self.get_response(request)


class WholeBodyGZipMiddleware(GZipMiddleware):
    """Compress what is in memory; a stream may be a range of a video, whose bytes must stay."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.streaming:
            return response
        return super().process_response(request, response)
