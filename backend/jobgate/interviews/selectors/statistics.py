"""A campaign's figures, in two queries whatever its size."""

from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, OuterRef, Q, QuerySet, Subquery

from jobgate.interviews import access
from jobgate.interviews.models import (
    InterviewSession,
    Take,
    VersionQuestion,
    VideoCampaign,
    VideoResponse,
)
from jobgate.interviews.selectors.campaigns import to_review
from jobgate.interviews.selectors.counting import counted
from jobgate.media.models import Recording

Status = InterviewSession.Status


def statistics(campaign_id: UUID, user_id: UUID) -> dict[str, Any]:
    """Return the figures; rates are null where there is nothing to divide by."""
    campaign = access.one(_figures(user_id), campaign_id)
    by_status = {status: getattr(campaign, f"n_{status}") for status in Status.values}
    total = sum(by_status.values())
    return {
        **by_status,
        "total": total,
        "completion_rate": _rate(by_status[Status.COMPLETED], total),
        "average_answer_seconds": _times(campaign),
        "technical_error_rate": _rate(
            getattr(campaign, "n_faults"),  # noqa: B009 -- an annotation
            getattr(campaign, "n_takes"),  # noqa: B009
        ),
        "average_score": _rounded(getattr(campaign, "own_score")),  # noqa: B009
        "to_review": getattr(campaign, "n_to_review"),  # noqa: B009
    }


def _figures(user_id: UUID) -> QuerySet[VideoCampaign]:
    campaign = OuterRef("pk")
    by_status = {
        f"n_{status}": Count("sessions", filter=Q(sessions__status=status))
        for status in Status.values
    }
    takes = Take.objects.filter(session__campaign=campaign).exclude(state=Take.State.OPEN)
    own = access.visible_evaluations(user_id).filter(response__session__campaign=campaign)
    return access.visible_campaigns().annotate(
        **by_status,
        n_takes=counted(takes),
        n_faults=counted(takes.filter(faulty())),
        own_score=Subquery(
            own.order_by().values("organization").annotate(mean=Avg("score")).values("mean")
        ),
        n_to_review=counted(to_review(user_id).filter(session__campaign=campaign)),
    )


def faulty() -> Q:
    """Return the condition that a technical fault spoilt the take."""
    return Q(state=Take.State.GIVEN_BACK) | Q(recording__state=Recording.State.FAILED)


def _times(campaign: VideoCampaign) -> list[dict[str, Any]]:
    """Return the mean length of the answers to each question of the current version."""
    answers = VideoResponse.objects.filter(
        question=OuterRef("question_id"), take__recording__duration_ms__isnull=False
    ).order_by()
    grouped = answers.values("organization")
    rows = (
        VersionQuestion.objects.filter(version=campaign.current_id)
        .annotate(
            mean=Subquery(
                grouped.annotate(mean=Avg("take__recording__duration_ms")).values("mean")
            ),
            answers=counted(answers),
        )
        .order_by("position")
    )
    return [
        {
            "question_id": row["question_id"],
            "position": row["position"],
            "text": row["text"],
            "average_answer_seconds": _rounded(row["mean"] and row["mean"] / 1000),
            "answers": row["answers"],
        }
        for row in rows.values("question_id", "position", "text", "mean", "answers")
    ]


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 2)
