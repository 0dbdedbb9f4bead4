"""The words to a candidate who may give one answer again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jobgate.interviews import access, invitation, rules
from jobgate.interviews.models import InterviewSession

# A technical fault spoilt the answer after the interview's end.
RECORD_AGAIN = "record_again"
# The company lets one question be answered again.
ANSWER_AGAIN = "answer_again"


def context(ids: Mapping[str, str]) -> dict[str, Any]:
    """Return what the templates of messages/record_again and answer_again show."""
    session = access.one(InterviewSession.objects.select_related("version"), UUID(ids["session"]))
    asked = rules.question(session, UUID(ids["question"]))
    return {**invitation.context(ids), "position": asked.position}
