"""Errors that reach a person: coded, translated, one shape."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class FieldError(TypedDict):
    code: str
    detail: str


Fields = Mapping[str, Sequence[FieldError]]


class ApiError(Exception):
    """Base of every refusal. Subclasses set `code`, `status` (HTTP) and `message`."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    message: ClassVar[str | Promise] = _("This could not be done.")
    # Seconds, where asking again later helps.
    retry_after: int | None = None

    def __init__(self, *, fields: Fields | None = None, **values: object) -> None:
        super().__init__(self.code)
        self.fields: Fields = fields or {}
        self.values = values

    def detail(self) -> str:
        """Return the sentence in the active language, its placeholders filled."""
        text = str(self.message)
        return text % self.values if self.values else text

    def body(self) -> dict[str, object]:
        return {"code": self.code, "detail": self.detail(), "fields": dict(self.fields)}


class NotFound(ApiError):
    """What is missing, and what is not yours to see."""

    code = "not_found"
    status = 404
    message = _("This does not exist, or you may not see it.")


class Invalid(ApiError):
    code = "invalid"
    status = 400
    message = _("Some fields need your attention.")


class Conflict(ApiError):
    code = "conflict"
    status = 409
    message = _("Something changed in the meantime. Reload and try again.")


class Unauthenticated(ApiError):
    code = "not_authenticated"
    status = 401
    message = _("Please sign in.")


class Forbidden(ApiError):
    code = "permission_denied"
    status = 403
    message = _("Your role does not allow this.")


class BodyTooLarge(ApiError):
    code = "body_too_large"
    status = 413
    message = _("This is larger than what can be sent here.")


class TooManyRequests(ApiError):
    code = "throttled"
    status = 429
    message = _("Too many requests. Wait a moment, then try again.")
    retry_after: int

    def __init__(self, *, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class ServerFault(ApiError):
    code = "server_error"
    status = 500
    message = _("Something went wrong on our side. It has been logged.")
