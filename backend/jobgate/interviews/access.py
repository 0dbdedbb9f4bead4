"""Which rows a member may see, and this one. Missing and forbidden look alike."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, QuerySet

from jobgate.accounts.models import Membership, Role
from jobgate.core.errors import NotFound
from jobgate.core.tenancy import TenantModel, current_organization_id
from jobgate.interviews.models import (
    Attachment,
    BankQuestion,
    CampaignTemplate,
    Candidate,
    Evaluation,
    HiringManager,
    InterviewSession,
    InvitationImport,
    Prompt,
    SessionLog,
    VersionQuestion,
    VideoCampaign,
    VideoResponse,
)

# The log's entry of what reviewers do not see.
ACCOMMODATED = "accommodated"

Row = TypeVar("Row", bound=TenantModel)


def visible_campaigns() -> QuerySet[VideoCampaign]:
    return VideoCampaign.objects.all()


def visible_sessions() -> QuerySet[InterviewSession]:
    return InterviewSession.objects.all()


def visible_responses() -> QuerySet[VideoResponse]:
    """Return the answers, without those of candidates who withdrew."""
    return VideoResponse.objects.exclude(session__status=InterviewSession.Status.WITHDRAWN)


def visible_candidates() -> QuerySet[Candidate]:
    return Candidate.objects.all()


def visible_prompts() -> QuerySet[Prompt]:
    return Prompt.objects.all()


def visible_templates() -> QuerySet[CampaignTemplate]:
    return CampaignTemplate.objects.all()


def visible_bank() -> QuerySet[BankQuestion]:
    return BankQuestion.objects.all()


def visible_logs() -> QuerySet[SessionLog]:
    return SessionLog.objects.all()


def visible_timeline(session_id: UUID, user_id: UUID) -> QuerySet[SessionLog]:
    """Return a session's log as this member may read it."""
    entries = visible_logs().filter(session=session_id)
    managing = Membership.objects.filter(
        user_id=user_id, organization_id=current_organization_id()
    ).exclude(role=Role.REVIEWER)
    return entries.exclude(~Exists(managing), kind=ACCOMMODATED)


def visible_imports() -> QuerySet[InvitationImport]:
    return InvitationImport.objects.all()


def visible_profiles(user_id: UUID) -> QuerySet[HiringManager]:
    """Return the person's own profile alone."""
    return HiringManager.objects.filter(user_id=user_id)


def visible_evaluations(user_id: UUID) -> QuerySet[Evaluation]:
    """Return one's own evaluations alone, so that nobody is swayed by another's score."""
    return Evaluation.objects.filter(reviewer_id=user_id)


def campaign(campaign_id: UUID) -> VideoCampaign:
    return one(visible_campaigns().select_related("current"), campaign_id)


def lock_campaign(campaign_id: UUID) -> VideoCampaign:
    """Return the campaign under a lock."""
    rows = visible_campaigns().select_related("current")
    return one(rows.select_for_update(of=("self",), no_key=True), campaign_id)


def session(session_id: UUID) -> InterviewSession:
    return one(visible_sessions(), session_id)


def lock_session(session_id: UUID) -> InterviewSession:
    """Return the session under a lock that lets others still refer to the row."""
    rows = InterviewSession.objects.select_related(
        "campaign", "candidate", "version", "organization"
    )
    return one(rows.select_for_update(of=("self",), no_key=True), session_id)


def lock_import(import_id: UUID) -> InvitationImport:
    """Return the import under a lock; who needs its campaign too locks that one first."""
    return one(visible_imports().select_for_update(no_key=True), import_id)


def lock_response(response_id: UUID) -> VideoResponse:
    rows = visible_responses().select_related("session__version", "take")
    return one(rows.select_for_update(of=("self",), no_key=True), response_id)


def one(rows: QuerySet[Row], row_id: UUID) -> Row:
    """Return the row; raise NotFound, also for another organisation's."""
    try:
        return rows.get(pk=row_id)
    except rows.model.DoesNotExist as error:
        raise NotFound from error


def is_member(actor_id: UUID) -> bool:
    """Return whether this is an active member of the organisation in scope."""
    return Membership.objects.filter(
        user_id=actor_id, user__is_active=True, organization_id=current_organization_id()
    ).exists()


def may_play(actor_id: UUID, recording_id: UUID) -> bool:
    """Return whether this member of the organisation in scope may watch the recording."""
    answers = visible_responses().filter(take__recording_id=recording_id)
    prompts = visible_prompts().filter(recording_id=recording_id)
    return is_member(actor_id) and (answers.exists() or prompts.exists())


def may_play_in_session(actor_id: UUID, recording_id: UUID) -> bool:
    """Return whether the page of this session may play it: an own answer, or what it is shown."""
    own = VideoResponse.objects.filter(session=actor_id, take__recording_id=recording_id)
    introduction = VideoCampaign.objects.filter(
        sessions=actor_id, introduction_prompt__recording_id=recording_id
    )
    shown = VersionQuestion.objects.filter(
        version__sessions=actor_id,
        question__openings__session=actor_id,
        prompt__recording_id=recording_id,
    )
    return own.exists() or introduction.exists() or shown.exists()


def attachment_for(actor_id: UUID, attachment_id: UUID) -> Attachment:
    """Return a file for its candidate's page or for a member; raise NotFound."""
    found = one(Attachment.objects.all(), attachment_id)
    shown = visible_responses().filter(attachment=found)
    if found.session_id != actor_id and not (is_member(actor_id) and shown.exists()):
        raise NotFound
    return found
