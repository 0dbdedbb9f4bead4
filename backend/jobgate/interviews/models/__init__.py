"""Campaigns, candidates, sessions, answers and evaluations."""

from jobgate.interviews.models.answers import (
    Attachment,
    Evaluation,
    QuestionOpening,
    Take,
    VideoResponse,
)
from jobgate.interviews.models.campaigns import (
    CampaignVersion,
    Question,
    VersionQuestion,
    VideoCampaign,
)
from jobgate.interviews.models.invitations import ImportLine, InvitationImport, PublicLink
from jobgate.interviews.models.library import BankQuestion, CampaignTemplate
from jobgate.interviews.models.people import Candidate, HiringManager
from jobgate.interviews.models.prompts import Prompt
from jobgate.interviews.models.sessions import (
    Accommodation,
    Handover,
    InterviewSession,
    SessionLog,
)

__all__ = [
    "Accommodation",
    "Attachment",
    "BankQuestion",
    "CampaignTemplate",
    "CampaignVersion",
    "Candidate",
    "Evaluation",
    "Handover",
    "HiringManager",
    "ImportLine",
    "InterviewSession",
    "InvitationImport",
    "Prompt",
    "PublicLink",
    "Question",
    "QuestionOpening",
    "SessionLog",
    "Take",
    "VersionQuestion",
    "VideoCampaign",
    "VideoResponse",
]
