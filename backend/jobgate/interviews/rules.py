"""The questions as one candidate is asked them: their order, their times, the ways to answer."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from jobgate.interviews.errors import QuestionUnknown
from jobgate.interviews.models import (
    Accommodation,
    CampaignVersion,
    InterviewSession,
    VersionQuestion,
)
from jobgate.interviews.models.campaigns import LONGEST_SECONDS

AnswerBy = VersionQuestion.AnswerBy
RECORDED = frozenset({AnswerBy.VIDEO, AnswerBy.AUDIO})
# A whole hour, twice as long for whom that is granted.
LONGEST_GRANTED = 2 * LONGEST_SECONDS


@dataclass(frozen=True)
class Asked:
    """A question as this candidate meets it; its times hold what was granted to them."""

    wording: VersionQuestion
    position: int
    preparation_seconds: int
    answer_seconds: int
    takes_allowed: int
    ways: tuple[str, ...]

    @property
    def id(self) -> UUID:
        return self.wording.question_id

    @property
    def is_recorded(self) -> bool:
        return not RECORDED.isdisjoint(self.ways)

    def text(self, language: str) -> str:
        """Return the question's words; the closing minute's are the product's own."""
        if self.wording.role != VersionQuestion.Role.CLOSING:
            return self.wording.text
        with translation.override(language):
            return _("Is there anything else that you would like to tell us? This minute is yours.")


def version_of(session: InterviewSession) -> CampaignVersion:
    if session.version is None:
        raise QuestionUnknown
    return session.version


def is_limited(session: InterviewSession) -> bool:
    """Return whether an answer is to begin when its preparation ends."""
    return version_of(session).preparation_mode == CampaignVersion.Preparation.HARD


def order_for(version: CampaignVersion) -> list[str]:
    """Return the order in which a new candidate meets the questions; empty: as they stand."""
    if not version.shuffled:
        return []
    rows = list(version.questions.order_by("position").values_list("question_id", "role"))
    closing = [str(key) for key, role in rows if role == VersionQuestion.Role.CLOSING]
    others = [str(key) for key, role in rows if role != VersionQuestion.Role.CLOSING]
    secrets.SystemRandom().shuffle(others)
    return [*others, *closing]


def granted(session: InterviewSession) -> Accommodation | None:
    """Return what this candidate was granted beyond the campaign's rules."""
    return Accommodation.objects.filter(session=session).first()


def questions(session: InterviewSession) -> list[Asked]:
    """Return the questions in the candidate's own order."""
    if session.version is None:
        return []
    wordings = session.version.questions.select_related("prompt__recording")
    order = {key: place for place, key in enumerate(session.question_order)}
    last = len(order)
    ordered = sorted(wordings, key=lambda w: (order.get(str(w.question_id), last), w.position))
    more = granted(session)
    return [
        _asked(session.version, wording, position, more)
        for position, wording in enumerate(ordered, 1)
    ]


def question(session: InterviewSession, question_id: UUID) -> Asked:
    """Return this question; raise QuestionUnknown when it is not one of the session's."""
    return find(questions(session), question_id)


def find(asked: Iterable[Asked], question_id: UUID) -> Asked:
    for one in asked:
        if one.id == question_id:
            return one
    raise QuestionUnknown


def _asked(
    version: CampaignVersion, wording: VersionQuestion, position: int, more: Accommodation | None
) -> Asked:
    return Asked(
        wording=wording,
        position=position,
        preparation_seconds=stretched(wording.preparation(version), more),
        answer_seconds=stretched(wording.limit(version), more),
        takes_allowed=version.takes_allowed + (more.extra_takes if more else 0),
        ways=_ways(wording.answer_by, more),
    )


def stretched(seconds: int, more: Accommodation | None) -> int:
    """Return a time as it was granted; what has no time at all gets none."""
    if more is None or seconds == 0:
        return seconds
    if more.no_limit:
        return LONGEST_SECONDS
    return -(-seconds * more.time_percent // 100)


def _ways(answer_by: str, more: Accommodation | None) -> tuple[str, ...]:
    if more is None or answer_by not in RECORDED:
        return (answer_by,)
    return (answer_by, *(way for way in more.instead if way != answer_by))
