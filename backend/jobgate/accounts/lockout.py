"""Whom and where from a failed sign-in counts against, and what the person reads."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.throttling import BaseThrottle


def account(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """Return the address tried, in the one spelling that names the account."""
    given = (credentials or request.POST).get("username")
    return str(given or "").lower()


def address(request: HttpRequest) -> str | None:
    """Return where the request comes from, by the proxies that the settings trust."""
    return BaseThrottle().get_ident(request)  # type: ignore[arg-type]  # it reads META alone


def answer(request: HttpRequest, response: HttpResponse, credentials: Any) -> HttpResponse:
    """Keep the view's own answer, which is coded and translated already."""
    response.status_code = 429
    return response
