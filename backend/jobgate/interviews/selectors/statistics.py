"""A campaign's figures, in three queries whatever its size."""

from typing import Any
from uuid import UUID

from django.db.models import (
    Aggregate,
    Avg,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from jobgate.interviews import access
from jobgate.interviews.models import (
    InterviewSession,
    QuestionOpening,
    Take,
    VersionQuestion,
    VideoCampaign,
    VideoResponse,
)
from jobgate.interviews.selectors.campaigns import to_review
from jobgate.interviews.selectors.counting import counted
from jobgate.media.models import Recording

Status = InterviewSession.Status
DEVICES = ("desktop", "tablet", "mobile")
PARTS = ("median", "most")
SCORES = (1, 2, 3, 4, 5)
# Fewer answers than these could be traced to who gave them.
FEWEST_SATISFIED = 5


class Percentile(Aggregate):
    """The value below which a share of the values lies."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, expression: Any, share: float, **extra: Any) -> None:
        super().__init__(expression, share=float(share), **extra)


def statistics(campaign_id: UUID, user_id: UUID) -> dict[str, Any]:
    """Return the figures; rates and means are null where there is nothing to divide by."""
    campaign: Any = access.one(_figures(user_id), campaign_id)
    sessions = access.visible_sessions().filter(campaign=campaign_id)
    found = sessions.aggregate(**_of_sessions())
    by_status = {status: found[f"n_{status}"] for status in Status.values}
    questions = _questions(campaign)
    answers = sum(question["answered"] for question in questions)
    takes = sum(question["takes"] for question in questions)
    return {
        **by_status,
        "total": found["total"],
        "ever_started": found["ever_started"],
        "completion_rate": _rate(by_status[Status.COMPLETED], found["total"]),
        "completion_rate_of_started": _rate(by_status[Status.COMPLETED], found["ever_started"]),
        "technical_error_rate": _rate(campaign.n_faults, campaign.n_takes),
        "sessions_with_trouble": found["trouble"],
        "sessions_late": found["late"],
        "takes_per_answer": _ratio(takes, answers),
        "devices": _devices(found),
        "satisfaction": _satisfaction(found),
        "time_to_complete": _times(found),
        "average_score": _rounded(campaign.own_score),
        "to_review": campaign.n_to_review,
        "questions": questions,
    }


def _figures(user_id: UUID) -> QuerySet[VideoCampaign]:
    campaign = OuterRef("pk")
    takes = Take.objects.filter(session__campaign=campaign).exclude(state=Take.State.OPEN)
    own = access.visible_evaluations(user_id).filter(response__session__campaign=campaign)
    return access.visible_campaigns().annotate(
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


def _of_sessions() -> dict[str, Any]:
    started = Q(started_at__isnull=False)
    return {
        "total": Count("*"),
        "ever_started": Count("id", filter=started),
        "late": Count("id", filter=Q(late=True)),
        "trouble": Count("id", filter=Q(trouble=True)),
        "satisfied_mean": Avg("satisfaction"),
        **{f"n_{status}": Count("id", filter=Q(status=status)) for status in Status.values},
        **{kind: Count("id", filter=started & Q(device__kind=kind)) for kind in DEVICES},
        **{f"satisfied_{n}": Count("id", filter=Q(satisfaction=n)) for n in SCORES},
        **_spans("from_start", "started_at"),
        **_spans("from_invitation", "created_at"),
    }


def _devices(found: dict[str, Any]) -> dict[str, int]:
    known = {kind: found[kind] for kind in DEVICES}
    return {**known, "unknown": found["ever_started"] - sum(known.values())}


def _spans(name: str, since: str) -> dict[str, Any]:
    span = ExpressionWrapper(F("completed_at") - F(since), output_field=DurationField())
    return {
        f"{name}_median": Percentile(span, 0.5, output_field=DurationField()),
        f"{name}_most": Percentile(span, 0.9, output_field=DurationField()),
    }


def _times(found: dict[str, Any]) -> dict[str, float | None]:
    names = [f"from_{since}_{part}" for since in ("start", "invitation") for part in PARTS]
    return {
        f"{name}_seconds": None if found[name] is None else round(found[name].total_seconds(), 1)
        for name in names
    }


def _satisfaction(found: dict[str, Any]) -> dict[str, Any]:
    given = [found[f"satisfied_{n}"] for n in SCORES]
    enough = sum(given) >= FEWEST_SATISFIED
    return {
        "answers": sum(given),
        "mean": _rounded(found["satisfied_mean"]) if enough else None,
        "by_score": given if enough else None,
    }


def _questions(campaign: VideoCampaign) -> list[dict[str, Any]]:
    """Return how each question of the current version fared."""
    question = OuterRef("question_id")
    answers = VideoResponse.objects.filter(question=question).order_by()
    timed = answers.filter(take__recording__duration_ms__isnull=False).values("organization")
    takes = Take.objects.filter(question=question).exclude(state__in=Take.NOT_COUNTED)
    openings = QuestionOpening.objects.filter(question=question)
    rows = (
        VersionQuestion.objects.filter(version=campaign.current_id)
        .annotate(
            mean=Subquery(timed.annotate(mean=Avg("take__recording__duration_ms")).values("mean")),
            answered=counted(answers.exclude(kind=VideoResponse.Kind.SKIPPED)),
            skipped=counted(answers.filter(kind=VideoResponse.Kind.SKIPPED)),
            opened=counted(openings),
            left=counted(_last_seen(openings)),
            takes=counted(takes.exclude(state=Take.State.OPEN)),
        )
        .order_by("position")
    )
    return [_question(row) for row in rows.values(*COLUMNS)]


COLUMNS = (
    "question_id", "position", "text", "answer_by", "mean", "answered", "skipped", "opened",
    "left", "takes",
)  # fmt: skip


def _last_seen(openings: QuerySet[QuestionOpening]) -> QuerySet[QuestionOpening]:
    """Return the openings after which the candidate opened nothing more and never finished."""
    later = QuestionOpening.objects.filter(
        session=OuterRef("session_id"), created_at__gt=OuterRef("created_at")
    )
    over = openings.filter(session__status__in=(Status.EXPIRED, Status.WITHDRAWN))
    return over.filter(~Exists(later))


def _question(row: dict[str, Any]) -> dict[str, Any]:
    given = row["answered"] + row["skipped"]
    return {
        **{name: row[name] for name in ("question_id", "position", "text", "answer_by")},
        # An answer that is reopened has no opening for a while.
        "opened": max(row["opened"], given),
        "answered": row["answered"],
        "skipped": row["skipped"],
        "left": row["left"],
        "takes": row["takes"],
        "takes_per_answer": _ratio(row["takes"], row["answered"]),
        "average_answer_seconds": _rounded(row["mean"] and row["mean"] / 1000),
    }


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 2) if whole else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 2)
