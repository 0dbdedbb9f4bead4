"""A company that has one of everything an organisation can own."""

import shutil
from dataclasses import dataclass
from uuid import UUID

from django.core.files.base import ContentFile

from jobgate.accounts.models import Organization, User
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews import notice
from jobgate.interviews.links import access_token, public_token_of, token_of
from jobgate.interviews.models import (
    Attachment,
    BankQuestion,
    CampaignTemplate,
    HiringManager,
    InterviewSession,
    InvitationImport,
    Prompt,
    Take,
    VersionQuestion,
    VideoCampaign,
    VideoResponse,
)
from jobgate.interviews.services import (
    answering,
    entering,
    evaluation,
    imports,
    invitations,
    joining,
    library,
    profiles,
)
from jobgate.media import documents, lifecycle, storage
from jobgate.media.models import BucketUpload, Recording
from jobgate.media.upload.store import new_sidecar, store
from tests.belongings import furnish_campaign, furnish_session
from tests.factories import CampaignFactory

ANSWER = b"what the camera saw"


@dataclass(frozen=True)
class Page:
    """A candidate's page, at its second question with an attempt open."""

    session: InterviewSession
    questions: list[UUID]
    take: Take
    upload_token: str

    @property
    def link_token(self) -> str:
        return str(token_of(self.session.id, self.session.generation))

    @property
    def header(self) -> str:
        return f"Session {access_token(self.session)}"


@dataclass(frozen=True)
class World:
    """Rows of one organisation. Its candidate has answered the first question."""

    organization: Organization
    campaign: VideoCampaign
    unused_campaign: VideoCampaign
    prompt: Prompt
    template: CampaignTemplate
    bank_question: BankQuestion
    page: Page
    other_page: Page
    response: VideoResponse
    recording: Recording
    attachment: Attachment
    profile: HiringManager
    batch: InvitationImport
    public_token: str


def furnish(organization: Organization, *, manager: User, reviewer: User) -> World:
    """Make the rows by the services, as people would."""
    with tenant_scope(organization.id):
        campaign = CampaignFactory.create(questions=3)
        page = _interview(campaign, manager, "youssef@example.test")
        response = page.session.responses.get()
        evaluation.evaluate(response.id, reviewer_id=reviewer.id, score=7, notes="Clear.")
        other_page = _interview(campaign, manager, "zineb@example.test")
        furnish_campaign(campaign)
        furnish_session(other_page.session, _wording(other_page.session, 3))
        return World(
            organization=organization,
            campaign=campaign,
            unused_campaign=CampaignFactory.create(),
            prompt=Prompt.objects.get(),
            template=library.create_template("Own", {"questions": []}, actor_id=manager.id),
            bank_question=library.create_bank_question("Why?", "", {}, actor_id=manager.id),
            page=page,
            other_page=other_page,
            response=response,
            recording=_ready(response),
            attachment=_attachment(page.session),
            profile=profiles.own_profile(manager),
            batch=_list_read(campaign, manager),
            public_token=_public_token(campaign, manager),
        )


def _interview(campaign: VideoCampaign, manager: User, email: str) -> Page:
    person: invitations.Invitee = {"first_name": "Y.", "last_name": "Alaoui", "email": email}
    (invited,) = invitations.invite_candidates(campaign.id, [person], actor_id=manager.id).invited
    entering.start_session(str(token_of(invited.id, invited.generation)))
    session = entering.consent(invited.id, notice.VERSION)
    questions = [_question(session, position) for position in (1, 2, 3)]
    _answer(session, questions[0])
    answering.open_question(session.id, questions[1])
    take, upload = answering.open_take(session.id, questions[1])
    begin_upload(take.recording)
    session.refresh_from_db()
    return Page(session, questions, take, upload.token)


def _list_read(campaign: VideoCampaign, manager: User) -> InvitationImport:
    """Make a list of people that waits for its confirmation."""
    lines = imports.read_text("Hamza;Idrissi;hamza@example.test")
    batch = imports.begin(campaign.id, lines, file_name="", actor_id=manager.id)
    imports.read_lines(batch.id)
    return batch


def _public_token(campaign: VideoCampaign, manager: User) -> str:
    row = joining.renew_public_link(campaign.id, actor_id=manager.id)
    return str(public_token_of(row.id, row.generation))


def begin_upload(recording: Recording) -> None:
    """Put an empty upload where the recording's bytes shall come."""
    shutil.rmtree(storage.folder_of(recording.organization_id, recording.id), ignore_errors=True)
    sidecar = new_sidecar(max_bytes=recording.max_bytes, generation=recording.generation)
    store.create(recording.organization_id, recording.id, sidecar)


def _question(session: InterviewSession, position: int) -> UUID:
    return _wording(session, position).question_id


def _wording(session: InterviewSession, position: int) -> VersionQuestion:
    assert session.version
    return session.version.questions.get(position=position)


def _answer(session: InterviewSession, question: UUID) -> VideoResponse:
    answering.open_question(session.id, question)
    answering.open_take(session.id, question)
    response, _ = answering.submit_file(session.id, question, ContentFile(ANSWER, "answer.webm"))
    return response


def _attachment(session: InterviewSession) -> Attachment:
    """Answer the third question with a file."""
    question = _question(session, 3)
    document = documents.keep(session.organization_id, question, ContentFile(b"My work."))
    attachment = Attachment.objects.create(
        session=session,
        question_id=question,
        file_name="work.txt",
        content_type=document.content_type,
        stored_name=document.stored_name,
        byte_length=document.byte_length,
        sha256=document.sha256,
    )
    VideoResponse.objects.create(
        session=session,
        question_id=question,
        kind=VideoResponse.Kind.FILE,
        attachment=attachment,
        submitted_at=attachment.created_at,
    )
    return attachment


def _ready(response: VideoResponse) -> Recording:
    """Put files where the worker would have put them."""
    assert response.take
    recording = response.take.recording
    names = {
        kind: storage.name_of(recording.organization_id, recording.id, f"{kind}.bin")
        for kind in ("video", "poster", "storyboard")
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
    lifecycle.note_extras(recording.id, "ok", storyboard=names["storyboard"], facts={})
    # As if its bytes had come by way of a bucket.
    BucketUpload.objects.create(
        recording=recording,
        max_bytes=recording.max_bytes,
        generation=recording.generation,
        expires_at=recording.upload_expires_at,
        length=0,
        sealed=True,
        joined=True,
    )
    recording.refresh_from_db()
    return recording
