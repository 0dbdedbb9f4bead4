"""Campaigns, candidates, sessions, answers and evaluations."""

from jobgate.interviews.models.answers import Evaluation, QuestionOpening, Take, VideoResponse
from jobgate.interviews.models.campaigns import (
    CampaignVersion,
    Question,
    VersionQuestion,
    VideoCampaign,
)
from jobgate.interviews.models.people import Candidate, HiringManager
from jobgate.interviews.models.sessions import InterviewSession, SessionLog

__all__ = [
    "CampaignVersion",
    "Candidate",
    "Evaluation",
    "HiringManager",
    "InterviewSession",
    "Question",
    "QuestionOpening",
    "SessionLog",
    "Take",
    "VersionQuestion",
    "VideoCampaign",
    "VideoResponse",
]
