"""Who a request comes from, and for which organisation."""

from typing import Any

from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme
from rest_framework.request import Request
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import AccessToken, Token

from jobgate.accounts.access import active_membership
from jobgate.accounts.models import Membership, User
from jobgate.core.tenancy import enter_tenant


class MemberAuthentication(JWTAuthentication):
    """Accept `Authorization: Bearer`, and enter the scope of the organisation acted for."""

    def authenticate(self, request: Request) -> tuple[Any, Token] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        user, token = found
        if isinstance(user, User):
            membership = active_membership(user, request.headers.get("X-Organization"))
            request._request.membership = membership  # type: ignore[attr-defined]
            if membership:
                # TenantScopeMiddleware leaves it when the request ends.
                enter_tenant(membership.organization_id)
        return user, token


def signed_in_by_us(authorization: str) -> bool:
    """Return whether the header holds an access token of ours that is still good.

    Looks at the token alone, without the database.
    """
    scheme, _, token = authorization.partition(" ")
    try:
        AccessToken(token.strip().encode())  # type: ignore[arg-type]  # it takes bytes as well
    except TokenError:
        return False
    return scheme.lower() == "bearer"


def membership_of(request: Request) -> Membership | None:
    """Return the membership that this request acts under."""
    return getattr(request._request, "membership", None)


class MemberScheme(SimpleJWTScheme):  # type: ignore[no-untyped-call]
    """Describe the header in OpenAPI."""

    target_class = "jobgate.accounts.api.authentication.MemberAuthentication"
