"""Turn every refusal into the API's one shape: {code, detail, fields}."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.settings import api_settings

from jobgate.core.errors import ApiError, FieldError, Forbidden, Invalid, NotFound, Unauthenticated


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return the response for an error of a view, None for one that nobody foresaw."""
    if isinstance(error, Http404 | exceptions.NotFound):
        error = NotFound()
    elif isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        error = Forbidden()
    elif isinstance(error, exceptions.NotAuthenticated):
        error = Unauthenticated()
    elif isinstance(error, DjangoValidationError):
        error = exceptions.ValidationError(
            error.message_dict if hasattr(error, "error_dict") else error.messages
        )
    if isinstance(error, exceptions.ValidationError):
        error = Invalid(fields=field_errors(error))
    if isinstance(error, ApiError):
        return _refusal(error)
    if isinstance(error, exceptions.APIException):
        return _framework_error(error)
    return None


def _refusal(error: ApiError) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
    if error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    return Response(error.body(), status=error.status, headers=headers)


def _framework_error(error: exceptions.APIException) -> Response:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    wait = getattr(error, "wait", None)
    if wait is not None:
        headers["Retry-After"] = str(int(wait) + 1)
    codes = error.get_codes()
    code = codes if isinstance(codes, str) else str(error.default_code)
    detail = error.detail if isinstance(error.detail, str) else str(error.default_detail)
    body = {"code": code, "detail": str(detail), "fields": {}}
    return Response(body, status=error.status_code, headers=headers)


def field_errors(error: exceptions.ValidationError) -> dict[str, list[FieldError]]:
    """Return the errors by dotted path, e.g. `questions.0.text`; "" for the whole."""
    found: dict[str, list[FieldError]] = {}
    for path, code, detail in _walk(error.get_full_details(), ""):
        found.setdefault(path, []).append({"code": code, "detail": detail})
    return found


def _walk(details: Any, path: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield path, str(details["code"]), str(details["message"])
    elif isinstance(details, dict):
        for key, value in details.items():
            name = "" if key == api_settings.NON_FIELD_ERRORS_KEY else str(key)
            yield from _walk(value, f"{path}.{name}".strip("."))
    elif isinstance(details, list):
        for index, value in enumerate(details):
            leaf = isinstance(value, dict) and set(value) == {"message", "code"}
            yield from _walk(value, path if leaf else f"{path}.{index}".strip("."))
    else:
        yield path, "invalid", str(details) or _("Invalid value.")
