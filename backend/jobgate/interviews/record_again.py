"""The words to a candidate who may give one answer again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jobgate.interviews import access, invitation
from jobgate.interviews.models import InterviewSession

# A technical fault spoilt the answer after the interview's end.
RECORD_AGAIN = "record_again"
# The company lets one question be answered again.
ANSWER_AGAIN = "answer_again"


def context(ids: Mapping[str, str]) -> dict[str, Any]:
    """Return what the templates of messages/record_again and answer_again show."""
    session = access.one(InterviewSession.objects.select_related("version"), UUID(ids["session"]))
    asked = session.version.questions if session.version else None
    wording = asked.filter(question_id=UUID(ids["question"])).first() if asked else None
    return {**invitation.context(ids), "position": wording.position if wording else 1}
