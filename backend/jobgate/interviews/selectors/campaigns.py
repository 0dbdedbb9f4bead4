"""Campaigns as lists and screens show them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from jobgate.interviews import access
from jobgate.interviews.models import (
    CampaignVersion,
    InterviewSession,
    VersionQuestion,
    VideoCampaign,
    VideoResponse,
)
from jobgate.interviews.selectors.counting import counted, standing
from jobgate.interviews.services import versions
from jobgate.interviews.services.versions import RULES

Status = InterviewSession.Status
COUNTED = (
    Status.INVITED,
    Status.STARTED,
    Status.IN_PROGRESS,
    Status.COMPLETED,
    Status.EXPIRED,
)
COLUMNS = (
    "id", "title", "job_title", "company", "department", "introduction", "language", "time_zone",
    "status", "starts_at", "ends_at", "reply_by", "created_at", "updated_at",
)  # fmt: skip
# What is of use to those alone who set one campaign up.
DETAILS = ("invitation_text", "reminder_days")


def rows(campaigns: QuerySet[VideoCampaign]) -> QuerySet[Any, Any]:
    """Return what a list shows of each campaign, without its counts."""
    asked = VersionQuestion.objects.filter(
        version=OuterRef("current_id"), role=VersionQuestion.Role.QUESTION
    )
    rules = {name: F(f"current__{name}") for name in RULES}
    found: QuerySet[Any, Any] = campaigns.annotate(
        version=F("current__number"), question_count=counted(asked), **rules
    ).values(*COLUMNS, "version", "question_count", *RULES)
    return found


def with_counts(page: Iterable[dict[str, Any]], user_id: UUID) -> list[dict[str, Any]]:
    """Add each campaign's counts, in two queries for the whole page."""
    campaigns = list(page)
    found = counts([row["id"] for row in campaigns], user_id)
    return [{**row, "counts": found[row["id"]]} for row in campaigns]


def counts(campaign_ids: list[UUID], user_id: UUID) -> dict[UUID, dict[str, int]]:
    """Return the number of sessions by status, and of answers that wait for this reviewer."""
    found = {
        identifier: {**dict.fromkeys(COUNTED, 0), "total": 0, "to_review": 0}
        for identifier in campaign_ids
    }
    sessions = access.visible_sessions().filter(campaign__in=campaign_ids)
    for campaign_id, status, n in sessions.values_list("campaign", "status").annotate(n=Count("*")):
        found[campaign_id]["total"] += n
        if status in found[campaign_id]:
            found[campaign_id][status] = n
    waiting = to_review(user_id).filter(session__campaign__in=campaign_ids)
    for campaign_id, n in waiting.values_list("session__campaign").annotate(n=Count("*")):
        found[campaign_id]["to_review"] = n
    return found


def to_review(user_id: UUID) -> QuerySet[VideoResponse]:
    """Return the recorded answers that this reviewer has not scored yet."""
    own = access.visible_evaluations(user_id).filter(response=OuterRef("pk"))
    return standing(access.visible_responses()).filter(~Exists(own))


def detail(campaign: VideoCampaign, user_id: UUID) -> dict[str, Any]:
    """Return a campaign with its questions and counts."""
    found: dict[str, Any] = {name: getattr(campaign, name) for name in (*COLUMNS, *DETAILS)}
    version = campaign.current
    found |= {name: getattr(version, name) for name in RULES}
    found["introduction_prompt"] = campaign.introduction_prompt_id
    found["version"] = version.number if version else None
    found["version_started"] = version.sessions.count() if version else 0
    found["questions"] = _questions(version)
    found["counts"] = counts([campaign.id], user_id)[campaign.id]
    return found


def _questions(version: CampaignVersion | None) -> list[dict[str, Any]]:
    if version is None:
        return []
    names = (
        "position", "text", "answer_by", "choices", "preparation_seconds", "answer_seconds",
        "mandatory",
    )  # fmt: skip
    return [
        {
            "id": asked.question_id,
            "prompt": asked.prompt_id,
            **{name: getattr(asked, name) for name in names},
        }
        for asked in versions.asked(version)
    ]


def search(campaigns: QuerySet[VideoCampaign], words: str) -> QuerySet[VideoCampaign]:
    return campaigns.filter(Q(title__icontains=words) | Q(job_title__icontains=words))
