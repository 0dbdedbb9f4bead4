"""A candidate comes in: by the link, or again by the cookie."""

from uuid import UUID

from django.db import transaction

from jobgate.core import clock
from jobgate.core.errors import NotFound
from jobgate.core.tenancy import all_tenants, tenant_scope
from jobgate.interviews import access, lifecycle, notice
from jobgate.interviews.errors import LinkUnknown, NoticeOutdated, TokenInvalid
from jobgate.interviews.links import Claims, digest_of_text
from jobgate.interviews.logs import log
from jobgate.interviews.models import InterviewSession
from jobgate.interviews.services import leasing
from jobgate.interviews.services.leasing import Visitor


def find_by_token(token: str) -> tuple[UUID, UUID, UUID]:
    """Return the ids of organisation, campaign and session of a link; raise LinkUnknown."""
    with all_tenants("a candidate's link does not name its organisation"):
        found = (
            InterviewSession.objects.filter(token_digest=digest_of_text(token))
            .values_list("organization_id", "campaign_id", "id")
            .first()
        )
    if found is None:
        raise LinkUnknown
    return found


def start_session(token: str, visitor: Visitor | None = None) -> InterviewSession:
    """Start the session of this link, or come back to it; twice at once is the same as once.

    Raises:
        SessionElsewhere: another device acts at the moment, and was not to be taken over.
    """
    organization_id, campaign_id, session_id = find_by_token(token)
    with tenant_scope(organization_id), transaction.atomic():
        # The campaign first, as in its own changes: its version must not change meanwhile.
        access.lock_campaign(campaign_id)
        session = access.lock_session(session_id)
        lifecycle.check_may_enter(session)
        lifecycle.start(session)
        leasing.enter(session, visitor or Visitor())
        return session


def renew(claims: Claims, visitor: Visitor | None = None) -> InterviewSession:
    """Return the session that a cookie speaks for, if it may still be entered."""
    with tenant_scope(claims.organization_id), transaction.atomic():
        session_of(claims)
        session = access.lock_session(claims.session_id)
        lifecycle.check_may_enter(session)
        leasing.enter(session, visitor or Visitor(known_as=claims.lease))
        return session


def session_of(claims: Claims) -> InterviewSession:
    """Return the session of the claims, in its tenant's scope; raise TokenInvalid if revoked."""
    try:
        session = access.one(
            InterviewSession.objects.select_related(
                "campaign", "candidate", "version", "organization"
            ),
            claims.session_id,
        )
    except NotFound as error:
        raise TokenInvalid from error
    if session.generation != claims.generation:
        raise TokenInvalid
    return session


@transaction.atomic
def set_language(session_id: UUID, language: str) -> InterviewSession:
    """Speak another language in this session."""
    session = access.lock_session(session_id)
    if session.language != language:
        session.language = language
        session.save(update_fields=["language"])
        log(session, "language_changed", language=language)
    return session


@transaction.atomic
def consent(session_id: UUID, notice_version: str) -> InterviewSession:
    """Record the candidate's consent to what this version of the notice says."""
    session = access.lock_session(session_id)
    lifecycle.check_may_act(session)
    if notice_version != notice.VERSION:
        raise NoticeOutdated
    if session.consented_at is None or session.notice_version != notice_version:
        session.consented_at, session.notice_version = clock.now(), notice_version
        session.save(update_fields=["consented_at", "notice_version"])
        log(session, "consented", notice_version=notice_version)
    return session
