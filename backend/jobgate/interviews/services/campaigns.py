"""Make and change campaigns.

An edit of a limit, of the number of takes or of a question makes a new version once a session
is pinned to the current one; title, introduction, language and dates never do.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NotRequired, TypedDict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from jobgate.core.errors import FieldError, Invalid
from jobgate.interviews import access, lifecycle
from jobgate.interviews.errors import CampaignArchived, CampaignInUse
from jobgate.interviews.models import (
    CampaignVersion,
    InterviewSession,
    Question,
    VersionQuestion,
    VideoCampaign,
)
from jobgate.notifications.realtime import announce
from jobgate.operations.services import record

IDENTITY = ("title", "job_title", "introduction", "language", "starts_at", "ends_at")
RULES = ("preparation_seconds", "answer_seconds", "max_questions", "takes_allowed")


class QuestionData(TypedDict):
    id: NotRequired[UUID | None]
    text: str
    preparation_seconds: int | None
    answer_seconds: int | None
    mandatory: bool


class CampaignData(TypedDict):
    title: str
    job_title: str
    introduction: str
    language: str
    starts_at: datetime
    ends_at: datetime
    preparation_seconds: int
    answer_seconds: int
    max_questions: int
    takes_allowed: int
    questions: Sequence[QuestionData]


@transaction.atomic
def create_campaign(data: CampaignData, *, actor_id: UUID) -> VideoCampaign:
    """Make a draft with its first version."""
    campaign = VideoCampaign.objects.create(**_chosen(data, IDENTITY))
    _write_version(campaign, data)
    record("campaign.created", actor_id=actor_id, target=campaign)
    announce(campaign.organization_id, "campaign", campaign.id)
    return campaign


@transaction.atomic
def update_campaign(campaign_id: UUID, data: CampaignData, *, actor_id: UUID) -> VideoCampaign:
    """Replace what a campaign says; sessions not over follow a change of its end."""
    campaign = access.lock_campaign(campaign_id)
    if campaign.status == VideoCampaign.Status.ARCHIVED:
        raise CampaignArchived
    former_end = campaign.ends_at
    for name, value in _chosen(data, IDENTITY).items():
        setattr(campaign, name, value)
    campaign.save()
    _move_expiry(campaign, former_end)
    _write_version(campaign, data)
    record(
        "campaign.updated",
        actor_id=actor_id,
        target=campaign,
        data={"version": campaign.current.number if campaign.current else None},
    )
    announce(campaign.organization_id, "campaign", campaign.id)
    return campaign


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


def _chosen(data: CampaignData, names: Sequence[str]) -> dict[str, object]:
    return {name: value for name, value in data.items() if name in names}


def _move_expiry(campaign: VideoCampaign, former_end: datetime) -> None:
    if campaign.ends_at != former_end:
        campaign.sessions.filter(status__in=InterviewSession.LIVE, expires_at=former_end).update(
            expires_at=campaign.ends_at
        )


def _write_version(campaign: VideoCampaign, data: CampaignData) -> None:
    """Make the campaign's current version say what `data` says."""
    _check_identities(campaign, data["questions"])
    version = campaign.current
    if version is not None and _says(version, data):
        return
    if version is None or version.sessions.exists():
        number = version.number + 1 if version else 1
        version = CampaignVersion(campaign=campaign, number=number)
    for name, value in _chosen(data, RULES).items():
        setattr(version, name, value)
    version.save()
    _write_questions(version, data["questions"])
    campaign.current = version
    campaign.save(update_fields=["current", "updated_at"])


def _says(version: CampaignVersion, data: CampaignData) -> bool:
    if any(getattr(version, name) != value for name, value in _chosen(data, RULES).items()):
        return False
    held = [
        (q.question_id, q.text, q.preparation_seconds, q.answer_seconds, q.mandatory)
        for q in version.questions.order_by("position")
    ]
    asked = [
        (q.get("id"), q["text"], q["preparation_seconds"], q["answer_seconds"], q["mandatory"])
        for q in data["questions"]
    ]
    return held == asked


def _write_questions(version: CampaignVersion, questions: Sequence[QuestionData]) -> None:
    version.questions.all().delete()
    rows = []
    for position, data in enumerate(questions, 1):
        identity = data.get("id") or Question.objects.create(campaign=version.campaign).id
        wording = {name: value for name, value in data.items() if name != "id"}
        rows.append(
            VersionQuestion(version=version, question_id=identity, position=position, **wording)
        )
    VersionQuestion.objects.bulk_create(rows)
    # An identity that no version knows any more has no answers either.
    Question.objects.filter(campaign=version.campaign, wordings=None).delete()


def _check_identities(campaign: VideoCampaign, questions: Sequence[QuestionData]) -> None:
    """Raise Invalid for an id of another campaign, or one that is used twice."""
    known = set(campaign.questions.values_list("id", flat=True))
    fields: dict[str, list[FieldError]] = {}
    for index, data in enumerate(questions):
        identity = data.get("id")
        if identity is None:
            continue
        if identity not in known:
            detail = _("This question does not belong to the campaign.")
            fields[f"questions.{index}.id"] = [{"code": "unknown", "detail": detail}]
        known.discard(identity)
    if fields:
        raise Invalid(fields=fields)
