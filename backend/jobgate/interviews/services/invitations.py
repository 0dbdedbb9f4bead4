"""Invite candidates to a campaign."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from jobgate.core import clock
from jobgate.core.ids import new_id
from jobgate.interviews import access
from jobgate.interviews.errors import CampaignNotOpen, CampaignOver
from jobgate.interviews.invitation import INVITATION, send
from jobgate.interviews.links import digest, token_of
from jobgate.interviews.models import Candidate, InterviewSession, SessionLog, VideoCampaign
from jobgate.notifications.realtime import announce
from jobgate.operations.services import record

MOST_AT_ONCE = 500


class Invitee(TypedDict):
    first_name: str
    last_name: str
    email: str
    phone: NotRequired[str]
    linkedin_url: NotRequired[str]
    language: NotRequired[str]


@dataclass(frozen=True)
class Skipped:
    """Somebody who was not invited, and why."""

    email: str
    code: str
    detail: str


@dataclass
class Invitations:
    invited: list[InterviewSession] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@transaction.atomic
def invite_candidates(
    campaign_id: UUID, invitees: Sequence[Invitee], *, actor_id: UUID
) -> Invitations:
    """Give each person a session and a message with their link; skip who has one already."""
    campaign = access.lock_campaign(campaign_id)
    check_takes_candidates(campaign)
    result = invite(campaign, invitees)
    record("campaign.invited", actor_id=actor_id, target=campaign, data={"n": len(result.invited)})
    return result


def check_takes_candidates(campaign: VideoCampaign) -> None:
    """Raise the reason why nobody can be invited to this campaign."""
    if campaign.status != VideoCampaign.Status.OPEN:
        raise CampaignNotOpen
    if campaign.ends_at <= clock.now():
        raise CampaignOver


def invite(
    campaign: VideoCampaign,
    invitees: Sequence[Invitee],
    source: InterviewSession.Source = InterviewSession.Source.INVITATION,
) -> Invitations:
    """Invite people to a campaign that is locked and takes candidates."""
    result = Invitations()
    wanted = _without_repeats(invitees, result)
    candidates = _candidates(wanted, campaign.language)
    _skip_invited(campaign, candidates, result)
    result.invited = _make_sessions(campaign, wanted, candidates, source)
    for session in result.invited:
        send(session, INVITATION)
    announce(campaign.organization_id, "campaign", campaign.id)
    return result


def _without_repeats(invitees: Sequence[Invitee], result: Invitations) -> dict[str, Invitee]:
    wanted: dict[str, Invitee] = {}
    for invitee in invitees:
        key = invitee["email"].lower()
        if key in wanted:
            result.skipped.append(_already(invitee["email"]))
        else:
            wanted[key] = invitee
    return wanted


def _already(email: str) -> Skipped:
    return Skipped(email, "already_invited", _("This person was invited already."))


def _candidates(wanted: dict[str, Invitee], language: str) -> dict[str, Candidate]:
    """Return the candidates by lower-case e-mail; who is known stays as known."""
    # Somebody else may be inviting the same people to another campaign right now: in one order,
    # neither waits for the other for ever.
    Candidate.objects.bulk_create(
        [Candidate(**{"language": language, **wanted[key]}) for key in sorted(wanted)],
        ignore_conflicts=True,
    )
    rows = Candidate.objects.annotate(key=Lower("email")).filter(key__in=list(wanted))
    return {candidate.email.lower(): candidate for candidate in rows}


def _skip_invited(
    campaign: VideoCampaign, candidates: dict[str, Candidate], result: Invitations
) -> None:
    """Take those who have a session out of `candidates`."""
    invited = campaign.sessions.filter(candidate__in=candidates.values())
    for candidate_id in set(invited.values_list("candidate_id", flat=True)):
        key = next(key for key, row in candidates.items() if row.id == candidate_id)
        result.skipped.append(_already(candidates.pop(key).email))


def _make_sessions(
    campaign: VideoCampaign,
    wanted: dict[str, Invitee],
    candidates: dict[str, Candidate],
    source: InterviewSession.Source,
) -> list[InterviewSession]:
    sessions = []
    # In the order in which they were named.
    for key, invitee in wanted.items():
        if key not in candidates:
            continue
        identifier = new_id()
        sessions.append(
            InterviewSession(
                id=identifier,
                campaign=campaign,
                candidate=candidates[key],
                language=invitee.get("language") or candidates[key].language,
                token_digest=digest(token_of(identifier, 1)),
                expires_at=campaign.ends_at,
                source=source,
            )
        )
    InterviewSession.objects.bulk_create(sessions)
    SessionLog.objects.bulk_create(
        [SessionLog(session=session, kind="invited") for session in sessions]
    )
    return sessions
