"""A campaign's public link: recruiters keep it, candidates invite themselves by it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from jobgate.core import clock
from jobgate.core.errors import Invalid, NotFound
from jobgate.core.ids import new_id
from jobgate.core.tenancy import all_tenants, tenant_scope
from jobgate.interviews import access, lifecycle
from jobgate.interviews.errors import CampaignClosed, LinkUnknown, PublicLinkFull
from jobgate.interviews.invitation import INVITATION, send
from jobgate.interviews.links import digest, digest_of_text, public_token_of, token_of
from jobgate.interviews.logs import log
from jobgate.interviews.models import (
    Candidate,
    InterviewSession,
    PublicLink,
    SessionLog,
    VideoCampaign,
)
from jobgate.interviews.services.invitations import Invitee, check_takes_candidates, invite
from jobgate.operations.services import record

Status = InterviewSession.Status
# Somebody's address must not be flooded by others who type it.
BETWEEN_LETTERS = timedelta(hours=1)


@dataclass(frozen=True)
class Joined:
    """What came of it: a token to go in with, or None when the link was sent by e-mail."""

    token: UUID | None


def public_link_of(campaign_id: UUID) -> PublicLink | None:
    return PublicLink.objects.filter(campaign=access.campaign(campaign_id)).first()


@transaction.atomic
def set_public_link(
    campaign_id: UUID, *, enabled: bool, most_sessions: int, actor_id: UUID
) -> PublicLink:
    """Make the campaign's public link, or change whether and how many it lets in."""
    campaign = access.lock_campaign(campaign_id)
    row = _lock(campaign) or _new(campaign)
    if enabled:
        check_takes_candidates(campaign)
    if most_sessions < row.sessions_made:
        detail = _("%(made)d candidates came by this link already.") % {"made": row.sessions_made}
        raise Invalid(fields={"most_sessions": [{"code": "too_few", "detail": detail}]})
    row.enabled, row.most_sessions = enabled, most_sessions
    row.save()
    record("campaign.public_link", actor_id=actor_id, target=campaign, data={"enabled": enabled})
    return row


@transaction.atomic
def renew_public_link(campaign_id: UUID, *, actor_id: UUID) -> PublicLink:
    """Put another link in the place of this one, which leads nowhere from now on."""
    campaign = access.lock_campaign(campaign_id)
    row = _lock(campaign)
    if row is None:
        raise NotFound
    row.generation += 1
    row.token_digest = digest(public_token_of(row.id, row.generation))
    row.save()
    record("campaign.public_link_renewed", actor_id=actor_id, target=campaign)
    return row


def _lock(campaign: VideoCampaign) -> PublicLink | None:
    return PublicLink.objects.select_for_update().filter(campaign=campaign).first()


def _new(campaign: VideoCampaign) -> PublicLink:
    identifier = new_id()
    token = digest(public_token_of(identifier, 1))
    return PublicLink(id=identifier, campaign=campaign, token_digest=token)


def campaign_to_join(token: str) -> VideoCampaign:
    """Return the campaign of a public link, if somebody may come in now."""
    organization_id, campaign_id, link_id = _find(token)
    with tenant_scope(organization_id):
        row = PublicLink.objects.get(pk=link_id)
        campaigns = access.visible_campaigns().select_related("organization")
        campaign = access.one(campaigns, campaign_id)
        _check_open(row, campaign)
        return campaign


def join(token: str, person: Invitee) -> Joined:
    """Invite oneself.

    Whom the organisation knows gets the link by e-mail and in no other way: else anybody could
    come in as somebody else by typing their address.
    """
    organization_id, campaign_id, link_id = _find(token)
    with tenant_scope(organization_id), transaction.atomic():
        campaign = access.lock_campaign(campaign_id)
        row = PublicLink.objects.select_for_update().get(pk=link_id)
        known = Candidate.objects.filter(email__iexact=person["email"]).first()
        session = campaign.sessions.filter(candidate=known).first() if known else None
        if session is not None:
            _remind_of_link(session)
            return Joined(None)
        _check_open(row, campaign)
        made = _make(row, campaign, person)
        return Joined(None if known else token_of(made.id, made.generation))


def _make(row: PublicLink, campaign: VideoCampaign, person: Invitee) -> InterviewSession:
    (made,) = invite(campaign, [person], InterviewSession.Source.PUBLIC_LINK).invited
    row.sessions_made += 1
    row.save(update_fields=["sessions_made"])
    return made


def _find(token: str) -> tuple[UUID, UUID, UUID]:
    """Return the ids of organisation, campaign and link; raise LinkUnknown."""
    with all_tenants("a public link does not name its organisation"):
        found = (
            PublicLink.objects.filter(token_digest=digest_of_text(token))
            .values_list("organization_id", "campaign_id", "id")
            .first()
        )
    if found is None:
        raise LinkUnknown
    return found


def _check_open(row: PublicLink, campaign: VideoCampaign) -> None:
    lifecycle.check_campaign_lets_in(campaign)
    if not row.enabled or campaign.ends_at <= clock.now():
        raise CampaignClosed
    if row.sessions_made >= row.most_sessions:
        raise PublicLinkFull


def _remind_of_link(session: InterviewSession) -> None:
    """Send somebody the link that they have, at most once an hour."""
    recent = SessionLog.objects.filter(
        session=session, kind__in=["invited", "resent"], at__gt=clock.now() - BETWEEN_LETTERS
    )
    if session.status == Status.WITHDRAWN or recent.exists():
        return
    send(session, INVITATION)
    log(session, "resent")
