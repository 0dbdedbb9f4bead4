"""Sessions, their log, and candidates as recruiters see them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Avg,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from jobgate.interviews import access
from jobgate.interviews.models import (
    Candidate,
    InterviewSession,
    SessionLog,
    VersionQuestion,
    VideoResponse,
)
from jobgate.interviews.selectors.counting import counted, standing
from jobgate.media.models import Recording

ON_ITS_WAY = (Recording.State.RECEIVING, Recording.State.RECEIVED, Recording.State.VERIFIED)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_TIMELINE = 500
COLUMNS = (
    "id", "status", "started_at", "completed_at", "expires_at", "created_at", "candidate_id",
    "campaign_id", "answered", "question_count", "score", "to_review", "processing",
    "completed_order", "late", "trouble", "device",
    "candidate__first_name", "candidate__last_name", "candidate__email", "campaign__title",
)  # fmt: skip


def rows(sessions: QuerySet[InterviewSession], user_id: UUID) -> QuerySet[Any, Any]:
    """Return what a list shows of each session; `shape` makes a row of it."""
    answers = VideoResponse.objects.filter(session=OuterRef("pk"))
    recorded = standing(answers)
    asked = VersionQuestion.objects.filter(version=OuterRef("asked_version"))
    own = access.visible_evaluations(user_id).filter(response__session=OuterRef("pk")).order_by()
    found: QuerySet[Any, Any] = sessions.annotate(
        asked_version=Coalesce("version_id", "campaign__current_id"),
        answered=counted(recorded),
        question_count=counted(asked),
        score=Subquery(own.values("organization").annotate(mean=Avg("score")).values("mean")),
        to_review=counted(recorded.filter(unscored(user_id))),
        processing=Exists(recorded.filter(take__recording__state__in=ON_ITS_WAY)),
        # Cursors need a column without nulls.
        completed_order=Coalesce("completed_at", Value(NEVER, output_field=DateTimeField())),
    ).values(*COLUMNS)
    return found


def unscored(user_id: UUID) -> Q:
    """Return the condition that an answer has no score of this reviewer's own."""
    return ~Q(Exists(access.visible_evaluations(user_id).filter(response=OuterRef("pk"))))


def waiting_for(sessions: QuerySet[InterviewSession], user_id: UUID) -> QuerySet[InterviewSession]:
    """Return the sessions with a recorded answer that this reviewer has not scored."""
    answers = VideoResponse.objects.filter(session=OuterRef("pk"))
    recorded = standing(answers)
    return sessions.filter(Exists(recorded.filter(unscored(user_id))))


def with_own_score(
    sessions: QuerySet[InterviewSession], user_id: UUID, bounds: dict[str, Any]
) -> QuerySet[InterviewSession]:
    """Return the sessions whose mean of this reviewer's scores lies within the bounds."""
    own = access.visible_evaluations(user_id).order_by().values("response__session")
    scored = own.annotate(mean=Avg("score")).filter(**bounds)
    return sessions.filter(pk__in=scored.values("response__session"))


def shape(row: dict[str, Any]) -> dict[str, Any]:
    """Return a session as the API shows it in lists."""
    return {
        "id": row["id"],
        "status": row["status"],
        "candidate": {
            "id": row["candidate_id"],
            "first_name": row["candidate__first_name"],
            "last_name": row["candidate__last_name"],
            "email": row["candidate__email"],
        },
        "campaign": {"id": row["campaign_id"], "title": row["campaign__title"]},
        "invited_at": row["created_at"],
        "started_at": row["started_at"],
        "completed_at": row["completed_at"],
        "expires_at": row["expires_at"],
        "answered": row["answered"],
        "question_count": row["question_count"],
        "score": None if row["score"] is None else round(float(row["score"]), 2),
        "to_review": row["to_review"],
        "processing": row["processing"],
        "late": row["late"],
        "trouble": row["trouble"],
        "device": row["device"].get("kind"),
    }


def search(sessions: QuerySet[InterviewSession], words: str) -> QuerySet[InterviewSession]:
    """Return the sessions of candidates whose name or e-mail holds every word."""
    for word in words.split():
        sessions = sessions.filter(
            Q(candidate__first_name__icontains=word)
            | Q(candidate__last_name__icontains=word)
            | Q(candidate__email__icontains=word)
        )
    return sessions


def timeline(session_id: UUID, user_id: UUID) -> list[Any]:
    """Return the session's log in the order of time, as this member may read it."""
    entries = access.visible_timeline(session_id, user_id).order_by("at", "id")
    return list(entries.values("at", "source", "kind", "data")[:LONGEST_TIMELINE])


def log_rows(entries: QuerySet[SessionLog]) -> QuerySet[Any, Any]:
    return entries.values("id", "session_id", "at", "source", "kind", "data", "created_at")


CANDIDATE_COLUMNS = (
    "id", "first_name", "last_name", "email", "phone", "linkedin_url", "language", "created_at",
)  # fmt: skip


def candidate_rows(
    candidates: QuerySet[Candidate],
) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = candidates.values(*CANDIDATE_COLUMNS)
    return found


def candidate_detail(candidate_id: UUID) -> dict[str, Any]:
    """Return a candidate with their sessions, newest first."""
    candidate = access.one(access.visible_candidates(), candidate_id)
    sessions = access.visible_sessions().filter(candidate=candidate).order_by("-created_at")
    found: dict[str, Any] = {name: getattr(candidate, name) for name in CANDIDATE_COLUMNS}
    found["sessions"] = [
        {
            "id": row["id"],
            "campaign": {"id": row["campaign_id"], "title": row["title"]},
            "status": row["status"],
        }
        for row in sessions.values("id", "campaign_id", "status", title=F("campaign__title"))
    ]
    return found


def search_candidates(candidates: QuerySet[Candidate], words: str) -> QuerySet[Candidate]:
    """Return the candidates whose name or e-mail holds every word."""
    for word in words.split():
        candidates = candidates.filter(
            Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
        )
    return candidates
