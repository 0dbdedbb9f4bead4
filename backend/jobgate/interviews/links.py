"""The candidate's link, and what is derived from it.

The token is an HMAC of the session's id and generation in the form of a UUID: it can be made
again to be shown, is not readable in the database, and dies when the generation is raised.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing

from jobgate.interviews.errors import LinkUnknown, TokenExpired, TokenInvalid
from jobgate.interviews.models import InterviewSession

ACCESS_SECONDS = 10 * 60
COOKIE_SECONDS = 7 * 24 * 3600
_ACCESS_SALT = "jobgate.interviews.access"
_COOKIE_SALT = "jobgate.interviews.cookie"


@dataclass(frozen=True)
class Claims:
    """Whom an access token or a cookie speaks for."""

    session_id: UUID
    organization_id: UUID
    generation: int
    # The device that it was given to.
    lease: UUID | None = None


def _mac(text: str) -> bytes:
    return hmac.digest(settings.LINK_SIGNING_KEY.encode(), text.encode(), "sha256")


def token_of(session_id: UUID, generation: int) -> UUID:
    """Return the token of the session's link: 128 bits of HMAC-SHA256."""
    return UUID(bytes=_mac(f"{session_id}|{generation}")[:16])


def digest(token: UUID) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.bytes).hexdigest()


def digest_of_text(token: str) -> str:
    """Return the digest of a token as a person gives it; raise LinkUnknown when malformed."""
    try:
        return digest(UUID(token.strip()))
    except ValueError as error:
        raise LinkUnknown from error


def link(session_id: UUID, generation: int) -> str:
    """Return the candidate's link; the token is in the fragment, which browsers do not send."""
    return f"{settings.PUBLIC_URL}/interview#{token_of(session_id, generation)}"


def handover_code(handover_id: UUID, generation: int) -> UUID:
    """Return the code that lets another device go on; it dies with the link's generation."""
    return UUID(bytes=_mac(f"handover|{handover_id}|{generation}")[:16])


def handover_link(code: UUID) -> str:
    return f"{settings.PUBLIC_URL}/interview#handover={code}"


def public_token_of(link_id: UUID, generation: int) -> UUID:
    """Return the token of a campaign's public link, by the same rule as a session's."""
    return UUID(bytes=_mac(f"public|{link_id}|{generation}")[:16])


def public_link(link_id: UUID, generation: int) -> str:
    """Return the link by which anybody may invite themself; the page knows it by its prefix."""
    return f"{settings.PUBLIC_URL}/interview#join-{public_token_of(link_id, generation)}"


def spool_key(session: InterviewSession) -> str:
    """Return the key under which the candidate's device keeps what is not uploaded yet."""
    key = _mac(f"spool|{session.id}|{session.session_key_epoch}")
    return base64.b64encode(key).decode()


def access_token(session: InterviewSession) -> str:
    return _sign(session, _ACCESS_SALT)


def cookie_value(session: InterviewSession) -> str:
    return _sign(session, _COOKIE_SALT)


def read_access(token: str) -> Claims:
    """Return the claims of an access token; raise TokenExpired or TokenInvalid."""
    return _read(token, _ACCESS_SALT, ACCESS_SECONDS)


def read_cookie(value: str) -> Claims:
    """Return the claims of the session's cookie; raise TokenExpired or TokenInvalid."""
    return _read(value, _COOKIE_SALT, COOKIE_SECONDS)


def _sign(session: InterviewSession, salt: str) -> str:
    lease = str(session.lease) if session.lease else ""
    claims = [str(session.id), str(session.organization_id), session.generation, lease]
    return signing.dumps(claims, key=settings.LINK_SIGNING_KEY, salt=salt)


def _read(token: str, salt: str, max_age: int) -> Claims:
    try:
        session_id, organization_id, generation, *lease = signing.loads(
            token, key=settings.LINK_SIGNING_KEY, salt=salt, max_age=max_age
        )
    except signing.SignatureExpired as error:
        raise TokenExpired from error
    except signing.BadSignature as error:
        raise TokenInvalid from error
    held = UUID(lease[0]) if any(lease) else None
    return Claims(UUID(session_id), UUID(organization_id), int(generation), held)
