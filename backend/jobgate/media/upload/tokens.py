"""Who may write: a signed token for one upload, checked without asking anyone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

import jwt
from django.conf import settings

from jobgate.core import clock
from jobgate.media.errors import TokenExpired, TokenInvalid, TokenMissing

ALGORITHM = "HS256"
AUDIENCE = "upload"
SCHEME = "upload "
LIFETIME = timedelta(minutes=15)


@dataclass(frozen=True)
class UploadToken:
    """The right to write one upload, until `expires_at` or until a newer generation is given."""

    recording_id: UUID
    organization_id: UUID
    generation: int
    max_bytes: int
    expires_at: datetime


def sign(
    *,
    recording_id: UUID,
    organization_id: UUID,
    generation: int,
    max_bytes: int,
    expires_in: timedelta = LIFETIME,
) -> str:
    """Return a token."""
    claims = {
        "aud": AUDIENCE,
        "sub": str(recording_id),
        "org": str(organization_id),
        "gen": generation,
        "max": max_bytes,
        "exp": clock.now() + expires_in,
    }
    return jwt.encode(claims, settings.UPLOAD_SIGNING_KEY, algorithm=ALGORITHM)


def verify(authorization: str) -> UploadToken:
    """Return what the header `Authorization: Upload <token>` permits.

    Raises:
        TokenMissing, TokenExpired, TokenInvalid.
    """
    if authorization[: len(SCHEME)].lower() != SCHEME:
        raise TokenMissing
    token = _opened(authorization[len(SCHEME) :].strip(), settings.UPLOAD_SIGNING_KEY)
    if token.expires_at <= clock.now():
        raise TokenExpired
    return token


# A page sends the same token with each second's piece: its signature is checked once.
@lru_cache(maxsize=4096)
def _opened(token: str, key: str) -> UploadToken:
    """Return what a token permits; raise TokenExpired, TokenInvalid."""
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            options={"require": ["exp", "sub", "org", "gen", "max"]},
        )
        return UploadToken(
            recording_id=UUID(claims["sub"]),
            organization_id=UUID(claims["org"]),
            generation=int(claims["gen"]),
            max_bytes=int(claims["max"]),
            expires_at=datetime.fromtimestamp(claims["exp"], tz=clock.now().tzinfo),
        )
    except jwt.ExpiredSignatureError as error:
        raise TokenExpired from error
    except (jwt.InvalidTokenError, ValueError, TypeError) as error:
        raise TokenInvalid from error
