"""The words of an invitation, made when it is sent: its row holds the session's id alone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jobgate.interviews import access
from jobgate.interviews.links import link
from jobgate.interviews.models import InterviewSession


def context(ids: Mapping[str, str]) -> dict[str, Any]:
    """Return what the templates of messages/interview_invitation show."""
    rows = InterviewSession.objects.select_related("organization", "campaign", "candidate")
    session = access.one(rows, UUID(ids["session"]))
    return {
        "organization": session.organization.name,
        "brand_color": session.organization.brand_color,
        "campaign": session.campaign.title,
        "job_title": session.campaign.job_title,
        "to_name": session.candidate.first_name,
        "expires_at": session.expires_at,
        "link": link(session.id, session.generation),
    }
