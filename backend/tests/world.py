"""A company that has one of everything an organisation can own."""

from dataclasses import dataclass
from uuid import UUID

from django.core.files.base import ContentFile

from jobgate.accounts.models import Organization, User
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews import notice
from jobgate.interviews.links import access_token, token_of
from jobgate.interviews.models import (
    Candidate,
    HiringManager,
    InterviewSession,
    Take,
    VideoCampaign,
    VideoResponse,
)
from jobgate.interviews.services import answering, entering, evaluation, invitations, profiles
from jobgate.media import lifecycle, storage
from jobgate.media.models import Recording
from tests.factories import CampaignFactory

ANSWER = b"what the camera saw"


@dataclass(frozen=True)
class World:
    """Rows of one organisation; the candidate has answered one question and is at the second."""

    organization: Organization
    campaign: VideoCampaign
    unused_campaign: VideoCampaign
    candidate: Candidate
    session: InterviewSession
    questions: list[UUID]
    response: VideoResponse
    recording: Recording
    take: Take
    upload_token: str
    profile: HiringManager

    @property
    def link_token(self) -> str:
        return str(token_of(self.session.id, self.session.generation))

    @property
    def page_header(self) -> str:
        """Return the header that the candidate's page sends."""
        return f"Session {access_token(self.session)}"


def furnish(organization: Organization, *, manager: User, reviewer: User) -> World:
    """Make the rows by the services, as people would."""
    with tenant_scope(organization.id):
        campaign = CampaignFactory(questions=3)
        session = _invite(campaign, manager)
        response = _answer(session, _question(session, 1))
        evaluation.evaluate(response.id, reviewer_id=reviewer.id, score=7, notes="Clear.")
        answering.open_question(session.id, _question(session, 2))
        take, upload = answering.open_take(session.id, _question(session, 2))
        session.refresh_from_db()
        return World(
            organization=organization,
            campaign=campaign,
            unused_campaign=CampaignFactory(),
            candidate=session.candidate,
            session=session,
            questions=[_question(session, position) for position in (1, 2, 3)],
            response=response,
            recording=_ready(response),
            take=take,
            upload_token=upload.token,
            profile=profiles.own_profile(manager),
        )


def _invite(campaign: VideoCampaign, manager: User) -> InterviewSession:
    person: invitations.Invitee = {
        "first_name": "Youssef",
        "last_name": "Alaoui",
        "email": "youssef@example.test",
    }
    (session,) = invitations.invite_candidates(campaign.id, [person], actor_id=manager.id).invited
    started = entering.start_session(str(token_of(session.id, session.generation)))
    return entering.consent(started.id, notice.VERSION)


def _question(session: InterviewSession, position: int) -> UUID:
    assert session.version
    return session.version.questions.get(position=position).question_id


def _answer(session: InterviewSession, question: UUID) -> VideoResponse:
    answering.open_question(session.id, question)
    answering.open_take(session.id, question)
    response, _ = answering.submit_file(session.id, question, ContentFile(ANSWER, "answer.webm"))
    return response


def _ready(response: VideoResponse) -> Recording:
    """Put files where the worker would have put them."""
    assert response.take
    recording = response.take.recording
    names = {
        kind: storage.name_of(recording.organization_id, recording.id, f"{kind}.bin")
        for kind in ("video", "poster")
    }
    for name in names.values():
        path = storage.path_of(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(ANSWER)
    lifecycle.mark_verified(recording.id, sha256="0" * 64)
    facts = {"duration_ms": 1000, "mime_type": "video/webm", "has_video": True}
    lifecycle.mark_ready(
        recording.id, derivative=names["video"], poster=names["poster"], facts=facts
    )
    recording.refresh_from_db()
    return recording
