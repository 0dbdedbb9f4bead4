"""Sign in, stay signed in, sign out."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import RefreshToken

from jobgate.accounts.access import may_enter
from jobgate.accounts.errors import BadCredentials, RefreshRefused, TooManyAttempts
from jobgate.accounts.models import SignIn, User
from jobgate.core import clock

# Two tabs that refresh at once must not sign each other out.
GRACE = timedelta(seconds=10)


@dataclass(frozen=True)
class Tokens:
    access: str
    refresh: str


def sign_in(request: HttpRequest, email: str, password: str) -> Tokens:
    """Return the first tokens of a new sign-in.

    Raises:
        BadCredentials: no active account has this e-mail and password.
        TooManyAttempts: this address failed too often for this account.
    """
    user = authenticate(request, username=email, password=password)
    if getattr(request, "axes_locked_out", False):
        raise TooManyAttempts
    if not isinstance(user, User) or not may_enter(user):
        raise BadCredentials
    family = SignIn.objects.create(user=user, current=uuid4(), rotated_at=clock.now())
    return _tokens(user, family)


def refresh(token: str) -> Tokens:
    """Return the next tokens of the sign-in that `token` belongs to.

    A token that was replaced more than 10 s ago was stolen or replayed: its whole sign-in ends.

    Raises:
        RefreshRefused: the token is unknown, expired, revoked or used again.
    """
    family_id, identifier = _read(token)
    with transaction.atomic():
        try:
            family = SignIn.lock(family_id)
        except SignIn.DoesNotExist as error:
            raise RefreshRefused from error
        accepted = _accept(family, identifier)
    if not accepted or not may_enter(family.user):
        raise RefreshRefused
    return _tokens(family.user, family)


def sign_out(token: str) -> None:
    """End the sign-in that `token` belongs to; an unknown one is ended already."""
    try:
        family_id, _ = _read(token)
    except RefreshRefused:
        return
    SignIn.objects.filter(pk=family_id, revoked_at=None).update(revoked_at=clock.now())


def _accept(family: SignIn, identifier: UUID) -> bool:
    now = clock.now()
    if family.revoked_at:
        return False
    if identifier == family.current:
        family.previous, family.current, family.rotated_at = family.current, uuid4(), now
    elif identifier != family.previous or now - family.rotated_at > GRACE:
        family.revoked_at = now
    family.save()
    return family.revoked_at is None


def _read(token: str) -> tuple[UUID, UUID]:
    try:
        claims = RefreshToken(token)  # type: ignore[arg-type]  # the library takes its text
        return UUID(claims["family"]), UUID(claims["jti"])
    except (TokenError, KeyError, ValueError) as error:
        raise RefreshRefused from error


def _tokens(user: User, family: SignIn) -> Tokens:
    token = RefreshToken.for_user(user)
    token["jti"] = str(family.current)
    token["family"] = str(family.id)
    return Tokens(access=str(token.access_token), refresh=str(token))
