"""The candidate's page: `Authorization: Session <token>`."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from jobgate.core.errors import NotFound, Unauthenticated
from jobgate.core.tenancy import enter_tenant
from jobgate.interviews.errors import TokenExpired, TokenInvalid
from jobgate.interviews.links import Claims, read_access
from jobgate.interviews.models import InterviewSession
from jobgate.interviews.services.entering import session_of


def signed_by_us(authorization: str) -> bool:
    """Return whether the header holds a token that a session was given, also one past its time.

    Looks at the signature alone, without the database.
    """
    scheme, _, token = authorization.partition(" ")
    try:
        read_access(token.strip())
    except TokenExpired:
        pass  # the view says so
    except TokenInvalid:
        return False
    return scheme.lower() == "session"


def claims_of(request: Request) -> Claims:
    """Return what the request's access token says; raise TokenExpired, TokenInvalid."""
    _, _, token = get_authorization_header(request).partition(b" ")
    try:
        return read_access(token.strip().decode("ascii"))
    except UnicodeDecodeError as error:
        raise TokenInvalid from error


class CandidateAuthentication(BaseAuthentication):
    """Accept a session's access token, and enter its organisation's scope.

    `request.auth` is the session; there is no user.
    """

    def authenticate(self, request: Request) -> tuple[None, InterviewSession] | None:
        scheme, _, _ = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"session":
            return None
        claims = claims_of(request)
        # TenantScopeMiddleware leaves it when the request ends.
        enter_tenant(claims.organization_id)
        return None, session_of(claims)

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class OwnSession(BasePermission):
    """Let a candidate's page reach its own session: another one does not exist for it."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(request.auth, InterviewSession):
            raise Unauthenticated
        if str(request.auth.id) != view.kwargs["pk"].lower():
            raise NotFound
        return True


class CandidateScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describe the header in OpenAPI."""

    target_class = CandidateAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Session <access>`, from start_session or renew.",
        }
