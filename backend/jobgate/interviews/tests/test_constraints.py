"""What the database itself refuses, whatever the code above it does."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jobgate.core import clock
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import (
    CampaignVersion,
    Evaluation,
    InterviewSession,
    Take,
    VersionQuestion,
    VideoCampaign,
    VideoResponse,
)
from jobgate.interviews.tests.driving import Page
from jobgate.media import services as media
from tests.factories import CandidateFactory, Cast, session_in


@pytest.fixture
def page(cast: Cast) -> Iterator[Page]:
    driven = Page(session_in(cast.organization)).begin()
    driven.open_take(1)
    with tenant_scope(cast.organization.id):
        driven.row.refresh_from_db()
        yield driven


def refused(function: Any, *args: Any, **kwargs: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        function(*args, **kwargs)


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (VideoCampaign, {"ends_at": clock.now() - timedelta(days=400)}),
        (VideoCampaign, {"status": "lost"}),
        (VideoCampaign, {"language": "de"}),
        (CampaignVersion, {"answer_seconds": 0}),
        (CampaignVersion, {"preparation_seconds": 4000}),
        (CampaignVersion, {"takes_allowed": 0}),
        (VersionQuestion, {"position": 1}),
        (VersionQuestion, {"text": ""}),
        (VersionQuestion, {"answer_seconds": 0}),
        (InterviewSession, {"status": "lost"}),
        (InterviewSession, {"version": None}),
        (InterviewSession, {"status": "completed"}),
        (InterviewSession, {"completed_at": clock.now()}),
        (Take, {"state": "lost"}),
        (Take, {"number": 0}),
    ],
)
def test_a_row_that_cannot_be(page: Page, model: Any, values: dict[str, Any]) -> None:
    refused(model.objects.update, **values)


def test_one_open_take_of_a_question(page: Page) -> None:
    take = Take.objects.get()
    recording = media.create_recording(
        page.row.organization_id, max_bytes=1, max_duration_seconds=1
    )
    again = {"session": page.row, "question": take.question, "deadline": take.deadline}
    refused(Take.objects.create, **again, number=2, recording=recording)
    Take.objects.create(**again, number=2, recording=recording, state=Take.State.ABANDONED)


def test_one_session_of_a_candidate_in_a_campaign(page: Page) -> None:
    refused(
        InterviewSession.objects.create,
        campaign=page.row.campaign,
        candidate=page.row.candidate,
        token_digest="other",
        expires_at=clock.now(),
    )


def test_one_candidate_of_an_address_however_it_is_written(page: Page) -> None:
    CandidateFactory.create(email="one@example.test")
    refused(CandidateFactory.create, email="ONE@example.test")


def test_a_response_is_a_take_or_skipped_and_one_of_a_question(page: Page) -> None:
    take = Take.objects.get()
    row = {"session": page.row, "question": take.question, "submitted_at": clock.now()}
    refused(VideoResponse.objects.create, **row)
    refused(VideoResponse.objects.create, **row, take=take, kind="skipped")
    VideoResponse.objects.create(**row, kind="skipped")
    refused(VideoResponse.objects.create, **row, take=take)


def test_a_score_is_from_1_to_10_and_one_of_a_reviewer(page: Page, cast: Cast) -> None:
    take = Take.objects.get()
    response = VideoResponse.objects.create(
        session=page.row, question=take.question, take=take, submitted_at=clock.now()
    )
    for score in (0, 11):
        refused(Evaluation.objects.create, response=response, reviewer=cast.admin, score=score)
    Evaluation.objects.create(response=response, reviewer=cast.admin, score=1)
    refused(Evaluation.objects.create, response=response, reviewer=cast.admin, score=2)
