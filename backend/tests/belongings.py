"""The rest of what an organisation can own, made without the services that make it in life."""

from datetime import timedelta

from jobgate.core import clock
from jobgate.core.ids import new_id
from jobgate.interviews.models import (
    Accommodation,
    Attachment,
    Handover,
    ImportLine,
    InterviewSession,
    InvitationImport,
    Prompt,
    PublicLink,
    VersionQuestion,
    VideoCampaign,
    VideoResponse,
)
from jobgate.media import services as media


def digest() -> str:
    """Return what no other row has."""
    return new_id().hex * 2


def furnish_campaign(campaign: VideoCampaign) -> None:
    """Give it a recruiter's recording, a public link and a file of people."""
    recording = media.create_recording(
        campaign.organization_id, max_bytes=1000, max_duration_seconds=60
    )
    prompt = Prompt.objects.create(recording=recording, captions="WEBVTT\n")
    VideoCampaign.objects.filter(pk=campaign.pk).update(introduction_prompt=prompt)
    VersionQuestion.objects.filter(version=campaign.current, position=3).update(prompt=prompt)
    PublicLink.objects.create(campaign=campaign, token_digest=digest())
    batch = InvitationImport.objects.create(campaign=campaign)
    ImportLine.objects.create(batch=batch, number=2)


def furnish_session(session: InterviewSession, question: VersionQuestion) -> None:
    """Give it more time, a code for another device, and a file that answers a question."""
    Accommodation.objects.create(session=session)
    Handover.objects.create(
        session=session, code_digest=digest(), expires_at=clock.now() + timedelta(minutes=5)
    )
    attachment = Attachment.objects.create(
        session=session,
        question_id=question.question_id,
        file_name="cv.pdf",
        content_type="application/pdf",
        stored_name=digest(),
        byte_length=1,
        sha256="0" * 64,
    )
    VideoResponse.objects.create(
        session=session,
        question_id=question.question_id,
        kind=VideoResponse.Kind.FILE,
        attachment=attachment,
        submitted_at=clock.now(),
    )
