"""What a candidate finds behind their link afterwards, and what they may still say."""

from datetime import date, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from jobgate.core import clock
from jobgate.core.background import run_waiting_jobs
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import (
    InterviewSession,
    Prompt,
    SessionLog,
    Take,
    VersionQuestion,
    VideoCampaign,
)
from jobgate.interviews.tests.driving import Page
from jobgate.interviews.tests.test_rules import open_question, page_of, refused
from jobgate.media import services as media
from jobgate.operations.models import AuditEntry
from tests.factories import Cast


@pytest.fixture
def page(cast: Cast, webm: bytes) -> Page:
    """A page whose one answer is in, and the interview ended."""
    page = page_of(cast, questions=1)
    page.answer(1, webm)
    assert page.post("complete_session").status_code == 200
    return page


def responses(cast: Cast) -> list[Any]:
    found: list[Any] = cast.client("reviewer").get("/api/responses/").json()["results"]
    return found


def test_the_same_link_leads_to_the_own_page(page: Page) -> None:
    with tenant_scope(page.row.organization_id):
        VideoCampaign.objects.update(reply_by=date(2027, 1, 15))
    run_waiting_jobs()
    found = page.start().json()
    assert (found["view"], found["session"]["status"]) == ("own_page", "completed")
    assert found["campaign"]["reply_by"] == "2027-01-15"
    (line,) = found["receipt"]
    assert (line["state"], len(line["sha256"])) == ("ready", 64)
    assert APIClient().get(line["url"]).status_code == 200


def test_a_receipt_is_only_on_the_own_page(cast: Cast) -> None:
    found = page_of(cast).interview
    assert (found["view"], found["receipt"]) == ("interview", None)


def test_the_own_page_is_there_on_any_device(page: Page) -> None:
    other = Page(page.row)
    assert other.start().json()["view"] == "own_page"
    assert other.get("receipt").status_code == 200


def test_whoever_ran_out_of_time_sees_what_was_kept(cast: Cast, webm: bytes) -> None:
    page = page_of(cast)
    page.answer(1, webm)
    with tenant_scope(cast.organization.id):
        InterviewSession.objects.update(expires_at=clock.now() - timedelta(hours=1))
    found = page.start().json()
    assert found["view"] == "own_page"
    assert [line["state"] for line in found["receipt"]] == ["received", "unanswered"]
    assert found["receipt"][1]["text"] is None


def test_a_candidate_plays_their_own_answer_alone(page: Page, cast: Cast, webm: bytes) -> None:
    other = page_of(cast, questions=1)
    other.answer(1, webm)
    run_waiting_jobs()
    with tenant_scope(cast.organization.id):
        theirs = Take.objects.get(session=other.row.id).recording
        address = media.playback(theirs, page.row)["url"]
    assert APIClient().get(address).status_code == 404


# Withdrawing


def test_whoever_withdraws_is_seen_no_more(page: Page, cast: Cast) -> None:
    run_waiting_jobs()
    (found,) = responses(cast)
    assert APIClient().get(found["recording"]["url"]).status_code == 200
    state = page.post("withdraw").json()["session"]
    assert (state["status"], state["completed_at"]) == ("withdrawn", None)
    assert state["withdrawn_at"]
    assert responses(cast) == []
    assert APIClient().get(found["recording"]["url"]).status_code == 404
    url = f"/api/responses/{found['id']}/evaluate/"
    assert cast.client("reviewer").post(url, {"score": 5}).status_code == 404


def test_withdrawing_twice_is_withdrawing_once(page: Page) -> None:
    first, second = (page.post("withdraw").json()["session"] for _ in range(2))
    assert first == second
    with tenant_scope(page.row.organization_id):
        assert SessionLog.objects.filter(kind="withdrawn").count() == 1
        assert AuditEntry.objects.filter(action="session.withdrawn").count() == 1


def test_nothing_begins_after_withdrawing(cast: Cast) -> None:
    page = page_of(cast, questions_to_team=True)
    page.open_take(1)
    page.post("withdraw")
    question = {"question": page.question(1)}
    assert refused(page.post("open_question", question)) == (409, "session_withdrawn")
    assert refused(page.post("complete_session")) == (409, "session_withdrawn")
    assert refused(page.post("question_to_team", {"text": "?"})) == (409, "session_withdrawn")
    found = page.start().json()
    assert (found["view"], found["session"]["status"]) == ("own_page", "withdrawn")


def test_an_upload_under_way_ends_with_withdrawing(cast: Cast, webm: bytes) -> None:
    page = page_of(cast)
    upload = page.open_take(1)["upload"]
    page.post("withdraw")
    response = page.submit(1, upload, webm)
    assert refused(response) == (404, "take_unknown")


# What the candidate says


def test_satisfaction_is_said_and_changed(page: Page) -> None:
    page.post("satisfaction", {"score": 2, "comment": "Too short."})
    state = page.post("satisfaction", {"score": 4}).json()["session"]
    assert (state["satisfaction"], state["satisfaction_comment"]) == (4, "")
    assert page.start().json()["session"]["satisfaction"] == 4


@pytest.mark.parametrize("score", [0, 6, "good", None])
def test_satisfaction_is_from_1_to_5(page: Page, score: object) -> None:
    assert refused(page.post("satisfaction", {"score": score})) == (400, "invalid")


def test_a_question_to_the_team_is_asked_where_it_is_invited(cast: Cast) -> None:
    page = page_of(cast, questions_to_team=True)
    state = page.post("question_to_team", {"text": " Who is in\u202e the team? "}).json()["session"]
    assert state["question_to_team"] == "Who is in the team?"
    read = cast.client("reviewer").get(f"/api/sessions/{page.row.id}/").json()
    assert read["question_to_team"] == "Who is in the team?"
    assert page.post("question_to_team", {"text": ""}).json()["session"]["question_to_team"] == ""
    with tenant_scope(cast.organization.id):
        told = SessionLog.objects.filter(kind="team_asked").values_list("data", flat=True)
        assert [entry["characters"] for entry in told] == [19, 0]


def test_a_question_that_is_not_invited_is_refused(page: Page) -> None:
    response = page.post("question_to_team", {"text": "Who?"})
    assert refused(response) == (409, "no_questions_to_team")


# What the company shows


def give_prompts(page: Page, webm: bytes) -> Prompt:
    """Put a recruiter's recording beside the first question and before the interview."""
    from django.core.files.base import ContentFile

    with tenant_scope(page.row.organization_id):
        recording = media.create_recording(
            page.row.organization_id, max_bytes=10_000_000, max_duration_seconds=60
        )
        media.receive_file(recording, ContentFile(webm, "prompt.webm"))
        prompt = Prompt.objects.create(recording=recording, captions="WEBVTT", transcript="Hello")
        VersionQuestion.objects.filter(position=1).update(prompt=prompt)
    run_waiting_jobs()
    return prompt


def test_the_recording_beside_a_question_plays_once_it_was_opened(cast: Cast, webm: bytes) -> None:
    page = page_of(cast)
    prompt = give_prompts(page, webm)
    assert page.start().json()["questions"][0]["prompt"] is None
    with tenant_scope(cast.organization.id):
        early = media.playback(prompt.recording, page.row)["url"]
    assert APIClient().get(early).status_code == 404
    shown = open_question(page, 1).json()["question"]["prompt"]
    assert (shown["state"], shown["captions"], shown["transcript"]) == ("ready", "WEBVTT", "Hello")
    assert APIClient().get(shown["url"]).status_code == 200


def test_the_introduction_plays_from_the_start_and_for_this_campaign_alone(
    cast: Cast, webm: bytes
) -> None:
    page, other = page_of(cast), page_of(cast)
    prompt = give_prompts(page, webm)
    with tenant_scope(cast.organization.id):
        VideoCampaign.objects.filter(pk=page.row.campaign_id).update(introduction_prompt=prompt)
    shown = page.start().json()["campaign"]["introduction_prompt"]
    assert APIClient().get(shown["url"]).status_code == 200
    assert other.start().json()["campaign"]["introduction_prompt"] is None
    with tenant_scope(cast.organization.id):
        prompt.recording.refresh_from_db()
        theirs = media.playback(prompt.recording, other.row)["url"]
    assert APIClient().get(theirs).status_code == 404
