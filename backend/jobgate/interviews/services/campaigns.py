"""Make, change and end campaigns; what matters to candidates is in versions.py."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from jobgate.core import clock
from jobgate.core.errors import FieldError, Invalid
from jobgate.interviews import access, lifecycle
from jobgate.interviews.errors import CampaignArchived, CampaignInUse
from jobgate.interviews.models import InterviewSession, VideoCampaign
from jobgate.interviews.services import versions
from jobgate.interviews.services.versions import RULES, QuestionData
from jobgate.media.models import Recording
from jobgate.notifications.realtime import announce
from jobgate.operations.services import record

IDENTITY = (
    "title",
    "job_title",
    "company",
    "department",
    "introduction",
    "introduction_prompt_id",
    "invitation_text",
    "language",
    "time_zone",
    "starts_at",
    "ends_at",
    "reply_by",
    "reminder_days",
)
# A copy promises nothing: its reply date is to be chosen anew.
NOT_COPIED = ("title", "starts_at", "ends_at", "reply_by")
TITLE_LENGTH = 200


class CampaignData(TypedDict):
    title: str
    job_title: NotRequired[str]
    company: NotRequired[str]
    department: NotRequired[str]
    introduction: NotRequired[str]
    introduction_prompt_id: NotRequired[UUID | None]
    invitation_text: NotRequired[str]
    language: NotRequired[str]
    time_zone: NotRequired[str]
    starts_at: datetime
    ends_at: datetime
    reply_by: NotRequired[date | None]
    reminder_days: NotRequired[list[int]]
    preparation_mode: NotRequired[str]
    preparation_seconds: NotRequired[int]
    answer_seconds: NotRequired[int]
    max_questions: NotRequired[int]
    takes_allowed: NotRequired[int]
    review_own_take: NotRequired[bool]
    going_back: NotRequired[bool]
    practice: NotRequired[bool]
    shuffled: NotRequired[bool]
    closing_minute: NotRequired[bool]
    questions_to_team: NotRequired[bool]
    questions: Sequence[QuestionData]


@transaction.atomic
def create_campaign(data: CampaignData, *, actor_id: UUID) -> VideoCampaign:
    """Make a draft with its first version."""
    _check_prompts(data)
    campaign = VideoCampaign.objects.create(**_chosen(data, IDENTITY))
    versions.write(campaign, _chosen(data, RULES), data["questions"])
    record("campaign.created", actor_id=actor_id, target=campaign)
    announce(campaign.organization_id, "campaign", campaign.id)
    return campaign


@transaction.atomic
def update_campaign(campaign_id: UUID, data: CampaignData, *, actor_id: UUID) -> VideoCampaign:
    """Replace what a campaign says; sessions not over follow a change of its end."""
    campaign = access.lock_campaign(campaign_id)
    if campaign.status == VideoCampaign.Status.ARCHIVED:
        raise CampaignArchived
    _check_prompts(data)
    former_end = campaign.ends_at
    for name, value in _chosen(data, IDENTITY).items():
        setattr(campaign, name, value)
    campaign.save()
    _move_expiry(campaign, former_end)
    versions.write(campaign, _chosen(data, RULES), data["questions"])
    record(
        "campaign.updated",
        actor_id=actor_id,
        target=campaign,
        data={"version": campaign.current.number if campaign.current else None},
    )
    announce(campaign.organization_id, "campaign", campaign.id)
    return campaign


def effect_of_update(campaign_id: UUID, data: CampaignData) -> versions.Effect:
    """Return what `update_campaign` would do to the versions."""
    campaign = access.campaign(campaign_id)
    return versions.effect(campaign, _chosen(data, RULES), data["questions"])


@transaction.atomic
def duplicate_campaign(campaign_id: UUID, *, actor_id: UUID) -> VideoCampaign:
    """Make a draft that says the same, from now on and for as long."""
    held = access.campaign(campaign_id)
    now = clock.now()
    data: dict[str, Any] = {
        name: getattr(held, name) for name in IDENTITY if name not in NOT_COPIED
    }
    data["title"] = _("Copy of %(title)s") % {"title": held.title}
    data["title"] = data["title"][:TITLE_LENGTH]
    data["starts_at"], data["ends_at"] = now, now + (held.ends_at - held.starts_at)
    data |= {name: getattr(held.current, name) for name in RULES} if held.current else {}
    data["questions"] = _copied_questions(held)
    return create_campaign(data, actor_id=actor_id)  # type: ignore[arg-type]  # by its own names


@transaction.atomic
def delete_campaign(campaign_id: UUID, *, actor_id: UUID) -> None:
    """Remove a campaign to which nobody was invited."""
    campaign = access.lock_campaign(campaign_id)
    if campaign.sessions.exists():
        raise CampaignInUse
    record("campaign.deleted", actor_id=actor_id, target=campaign)
    announce(campaign.organization_id, "campaign", campaign.id)
    campaign.delete()


@transaction.atomic
def open_campaign(campaign_id: UUID, *, actor_id: UUID) -> VideoCampaign:
    campaign = _lock_unless_archived(campaign_id)
    if lifecycle.open_campaign(campaign):
        record("campaign.opened", actor_id=actor_id, target=campaign)
    return campaign


@transaction.atomic
def close_campaign(campaign_id: UUID, *, actor_id: UUID) -> VideoCampaign:
    campaign = _lock_unless_archived(campaign_id)
    if lifecycle.close_campaign(campaign):
        record("campaign.closed", actor_id=actor_id, target=campaign)
    return campaign


@transaction.atomic
def archive_campaign(campaign_id: UUID, *, actor_id: UUID) -> VideoCampaign:
    campaign = access.lock_campaign(campaign_id)
    if lifecycle.archive_campaign(campaign):
        record("campaign.archived", actor_id=actor_id, target=campaign)
    return campaign


def _lock_unless_archived(campaign_id: UUID) -> VideoCampaign:
    campaign = access.lock_campaign(campaign_id)
    if campaign.status == VideoCampaign.Status.ARCHIVED:
        raise CampaignArchived
    return campaign


def _chosen(data: CampaignData, names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name in names}


def _copied_questions(campaign: VideoCampaign) -> list[dict[str, Any]]:
    """Return the questions without their identities."""
    if campaign.current is None:
        return []
    return [
        {name: getattr(row, name) for name in versions.WORDING}
        for row in versions.asked(campaign.current)
    ]


def _check_prompts(data: CampaignData) -> None:
    """Raise Invalid for a recording that is not the organisation's, or that cannot be played."""
    wanted = {"introduction_prompt": data.get("introduction_prompt_id")}
    for index, question in enumerate(data["questions"]):
        wanted[f"questions.{index}.prompt"] = question.get("prompt_id")
    named: Mapping[str, UUID] = {path: pk for path, pk in wanted.items() if pk is not None}
    if not named:
        return
    usable = access.visible_prompts().exclude(
        recording__state__in=[Recording.State.REJECTED, Recording.State.FAILED]
    )
    known = set(usable.filter(pk__in=named.values()).values_list("pk", flat=True))
    error: FieldError = {"code": "unknown", "detail": _("This recording cannot be used.")}
    if fields := {path: [error] for path, pk in named.items() if pk not in known}:
        raise Invalid(fields=fields)


def _move_expiry(campaign: VideoCampaign, former_end: datetime) -> None:
    if campaign.ends_at != former_end:
        campaign.sessions.filter(status__in=InterviewSession.LIVE, expires_at=former_end).update(
            expires_at=campaign.ends_at
        )
