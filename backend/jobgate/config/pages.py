"""The HTML entries of the front end, and the plain pages around the API."""

from functools import lru_cache
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework import permissions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from jobgate.core.errors import ApiError, NotFound, ServerFault
from jobgate.core.languages import direction

ROOTS = ("token", "me", "hiring-managers-list", "campaigns-list", "sessions-list",
         "responses-list", "candidates-list", "logs-list", "schema", "docs")  # fmt: skip


@lru_cache(maxsize=2)
def _entry(name: str) -> str:
    return (settings.FRONTEND_DIST / name).read_text(encoding="utf-8")


def _page(name: str) -> HttpResponse:
    if settings.DEBUG:
        _entry.cache_clear()
    language = get_language() or settings.LANGUAGE_CODE
    html = _entry(name).replace(
        '<html lang="fr" dir="ltr"', f'<html lang="{language}" dir="{direction(language)}"', 1
    )
    return HttpResponse(html)


@require_safe
@never_cache
def recruiter_page(request: HttpRequest) -> HttpResponse:
    """Serve the recruiter's app: it routes by itself."""
    response = _page("index.html")
    response["Permissions-Policy"] = "camera=(), microphone=()"
    return response


@require_safe
@never_cache
@csp_update({"script-src": ["'wasm-unsafe-eval'"], "worker-src": ["'self'"]})
def candidate_page(request: HttpRequest) -> HttpResponse:
    """Serve the interview: the one page that may use the camera and the microphone."""
    response = _page("interview.html")
    response["Permissions-Policy"] = "camera=(self), microphone=(self)"
    return response


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Say whether this process answers and reaches the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


class ApiRoot(APIView):
    """Where each part of the API begins."""

    authentication_classes = []
    permission_classes = [permissions.AllowAny]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """List the addresses."""
        return Response(
            {name.removesuffix("-list"): reverse(name, request=request) for name in ROOTS}
        )


def _error(request: HttpRequest, error: ApiError) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse(error.body(), status=error.status)
    return render(request, "error.html", {"error": error.detail()}, status=error.status)


@csrf_exempt  # whatever the method, the answer is that there is nothing
def unknown_api_route(request: HttpRequest) -> HttpResponse:
    return _error(request, NotFound())


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _error(request, NotFound())


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer in the API's shape, or with a plain page; the trace is in the log alone."""
    return _error(request, ServerFault())
