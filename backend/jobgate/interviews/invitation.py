"""Letters with a candidate's link: an invitation, more time, a reminder.

Their words are made when they are sent: a message's row holds the session's id alone.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jobgate.interviews import access
from jobgate.interviews.links import link
from jobgate.interviews.models import InterviewSession
from jobgate.notifications.services import notify

INVITATION = "interview_invitation"
EXTENDED = "interview_extended"
REMINDER = "interview_reminder"


def send(session: InterviewSession, kind: str) -> None:
    """Add a letter of this kind to the candidate, in the caller's transaction."""
    notify(
        kind,
        organization_id=session.organization_id,
        to_email=session.candidate.email,
        to_name=str(session.candidate),
        language=session.language,
        context_ref={"session": session.id},
    )


def context(ids: Mapping[str, str]) -> dict[str, Any]:
    """Return what the templates of these letters show."""
    rows = InterviewSession.objects.select_related("organization", "campaign", "candidate")
    session = access.one(rows, UUID(ids["session"]))
    return {
        "organization": session.organization.name,
        "brand_color": session.organization.brand_color,
        "campaign": session.campaign.title,
        "job_title": session.campaign.job_title,
        "own_words": session.campaign.invitation_text,
        "reply_by": session.campaign.reply_by,
        "to_name": session.candidate.first_name,
        "expires_at": session.expires_at,
        "has_begun": session.started_at is not None,
        "link": link(session.id, session.generation),
    }
