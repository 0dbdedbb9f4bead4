"""How a session stands, and which answers may be given anew."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from jobgate.interviews import rules
from jobgate.interviews.errors import AlreadyAnswered, NoGoingBack, NoTakesLeft
from jobgate.interviews.models import InterviewSession, Take, VideoResponse
from jobgate.interviews.rules import Asked
from jobgate.interviews.services import faults

Kind = VideoResponse.Kind
ANSWERS_STAND = (AlreadyAnswered, NoGoingBack, NoTakesLeft)


class Progress:
    """How a session stands: one look at its questions, openings, attempts and answers."""

    def __init__(self, session: InterviewSession) -> None:
        self.session = session
        self.asked = rules.questions(session)
        self.opened: set[UUID] = set(session.openings.values_list("question_id", flat=True))
        rows = session.responses.select_related("take__recording", "attachment")
        self.responses: dict[UUID, VideoResponse] = {row.question_id: row for row in rows}
        self.takes: dict[UUID, Any] = {row["question_id"]: row for row in _takes(session)}

    def used(self, question_id: UUID) -> int:
        """Return how many attempts count against the candidate."""
        used: int = self.takes.get(question_id, {}).get("used", 0)
        return used

    def believed(self, question_id: UUID) -> int:
        """Return how many attempts were given back on the page's word."""
        believed: int = self.takes.get(question_id, {}).get("believed", 0)
        return believed

    def standing(self, question_id: UUID) -> VideoResponse | None:
        """Return the answer unless it is to be given again."""
        held = self.responses.get(question_id)
        return None if held is None or is_open_again(held) else held

    def check_may_record(self, asked: Asked) -> None:
        """Raise the reason why this question takes no other recording."""
        self.check_may_write(asked)
        if self.used(asked.id) >= asked.takes_allowed:
            raise NoTakesLeft

    def check_may_write(self, asked: Asked) -> None:
        """Raise the reason why an answer stands as it is; writing one is no attempt."""
        held = self.standing(asked.id)
        if held is None:
            return
        goes_back = rules.version_of(self.session).going_back
        if self.session.confirmed_at is not None or (held.kind == Kind.SKIPPED and not goes_back):
            raise AlreadyAnswered
        if not goes_back and self._went_on(asked):
            raise NoGoingBack

    def may_change(self, asked: Asked) -> bool:
        """Return whether the answer that stands may still be given anew."""
        if self.standing(asked.id) is None:
            return False
        try:
            self.check_may_record(asked) if asked.is_recorded else self.check_may_write(asked)
        except ANSWERS_STAND:
            return False
        return True

    def _went_on(self, asked: Asked) -> bool:
        later = {other.id for other in self.asked if other.position > asked.position}
        return not later.isdisjoint(self.opened | set(self.responses))

    def is_turn_of(self, asked: Asked) -> bool:
        """Return whether each earlier question has an answer, or at least an attempt."""
        tried = set(self.takes) | set(self.responses)
        return all(one.id in tried for one in self.asked if one.position < asked.position)


def is_open_again(held: VideoResponse) -> bool:
    """Return whether it is to be given again: a fault spoilt it, or a person wished so."""
    return held.reopened_at is not None or is_spoilt(held)


def is_spoilt(held: VideoResponse) -> bool:
    return held.take is not None and held.take.state == Take.State.GIVEN_BACK


def _takes(session: InterviewSession) -> Iterable[Any]:
    """Return for each question how many attempts count, and how many were given back."""
    given_back = Q(state=Take.State.GIVEN_BACK)
    return session.takes.values("question_id").annotate(
        used=Count("id", filter=~Q(state__in=Take.NOT_COUNTED)),
        believed=Count("id", filter=given_back & ~faults.ours()),
    )
