"""A person lets an interview go on: one question again, and what a candidate is granted."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from jobgate.core import clock
from jobgate.core.background import run_waiting_jobs
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import InterviewSession, SessionLog, Take, VideoResponse
from jobgate.interviews.services import expiry
from jobgate.interviews.tests.driving import Page
from jobgate.interviews.tests.test_answering import page_of, refused
from jobgate.operations.models import AuditEntry
from tests.factories import Cast, session_in

REASONS = ("why", "reason", "medical")


@pytest.fixture
def page(cast: Cast) -> Page:
    return page_of(cast)


@pytest.fixture
def finished(page: Page, webm: bytes) -> Page:
    """A candidate who answered both questions and confirmed the end."""
    for position in (1, 2):
        assert page.answer(position, webm).status_code == 201
    assert page.post("complete_session").status_code == 200
    return page


def reopen(cast: Cast, page: Page, position: int = 1, who: str = "recruiter") -> Any:
    body = {"question": page.question(position)}
    return cast.client(who).post(f"/api/sessions/{page.row.id}/reopen/", body)


def seen(cast: Cast, page: Page, who: str = "reviewer") -> dict[str, Any]:
    found: dict[str, Any] = cast.client(who).get(f"/api/sessions/{page.row.id}/").json()
    return found


def moved(page: Page, **changes: Any) -> None:
    with tenant_scope(page.row.organization_id):
        InterviewSession.objects.filter(pk=page.row.pk).update(**changes)


def score(cast: Cast, response: str, points: int) -> Any:
    body = {"score": points, "notes": "Clear."}
    return cast.client("reviewer").post(f"/api/responses/{response}/evaluate/", body)


# One question again


def test_a_reopened_question_is_answered_again_and_nothing_else(
    finished: Page, cast: Cast, webm: bytes
) -> None:
    assert reopen(cast, finished).json()["status"] == "in_progress"
    asked = finished.start().json()["questions"]
    assert [one["state"] for one in asked] == ["pending", "answered"]
    assert (asked[0]["takes_used"], asked[0]["fault"]) == (0, None)
    assert refused(finished.post("open_take", {"question": finished.question(2)})) == (
        409,
        "already_answered",
    )
    assert finished.answer(1, webm).status_code == 201
    assert finished.post("complete_session").status_code == 200
    assert refused(finished.post("open_take", {"question": finished.question(1)}))[0] == 409


def test_the_former_answer_is_kept_with_what_reviewers_thought_of_it(
    finished: Page, cast: Cast, webm: bytes
) -> None:
    run_waiting_jobs()
    first = seen(cast, finished)["responses"][0]
    assert score(cast, first["id"], 3).status_code == 200
    reopen(cast, finished)
    assert finished.answer(1, webm).status_code == 201
    again = seen(cast, finished)["responses"][0]
    assert (again["id"], again["evaluation"], again["reopened_at"]) == (first["id"], None, None)
    assert again["recording"]["id"] != first["recording"]["id"]
    with tenant_scope(cast.organization.id):
        response = VideoResponse.objects.get(pk=first["id"])
        [former] = response.former
        take = Take.objects.get(pk=former["take_id"])
        assert (take.state, str(take.recording_id)) == ("reopened", first["recording"]["id"])
    assert (former["evaluations"][0]["score"], former["evaluations"][0]["notes"]) == (3, "Clear.")


def test_without_another_answer_the_former_one_counts_at_the_end(
    finished: Page, cast: Cast
) -> None:
    reopen(cast, finished)
    assert finished.start().status_code == 200
    assert finished.post("complete_session").status_code == 200
    answer = seen(cast, finished)["responses"][0]
    assert (answer["reopened_at"], seen(cast, finished)["answered"]) == (None, 2)


def test_without_another_answer_the_former_one_counts_when_time_is_over(
    finished: Page, cast: Cast
) -> None:
    reopen(cast, finished)
    assert seen(cast, finished)["answered"] == 1
    moved(finished, expires_at=clock.now() - timedelta(minutes=1))
    expiry.expire_sessions()
    found = seen(cast, finished)
    assert (found["status"], found["answered"]) == ("expired", 2)
    with tenant_scope(cast.organization.id):
        assert set(Take.objects.values_list("state", flat=True)) == {"submitted"}


def test_a_reopened_answer_is_not_scored_until_it_stands(finished: Page, cast: Cast) -> None:
    run_waiting_jobs()
    response = seen(cast, finished)["responses"][0]["id"]
    reopen(cast, finished)
    assert refused(score(cast, response, 5)) == (409, "answer_may_change")
    finished.start()
    finished.post("complete_session")
    assert score(cast, response, 5).status_code == 200


def test_the_candidate_is_told_once_in_their_language(finished: Page, cast: Cast) -> None:
    mail.outbox.clear()
    first, second = reopen(cast, finished), reopen(cast, finished)
    assert (first.status_code, second.status_code) == (200, 200)
    run_waiting_jobs()
    [letter] = mail.outbox
    assert "question 1" in letter.body
    assert f"{finished.row.id}" not in letter.body
    with tenant_scope(cast.organization.id):
        assert SessionLog.objects.filter(kind="question_reopened").count() == 1
        entry = AuditEntry.objects.get(action="session.question_reopened")
    assert entry.actor_id == cast.recruiter.id


def test_a_session_that_expired_goes_on_for_two_days(page: Page, cast: Cast, webm: bytes) -> None:
    page.answer(1, webm)
    moved(page, expires_at=clock.now() - timedelta(days=1))
    expiry.expire_sessions()
    found = reopen(cast, page).json()
    assert found["status"] == "in_progress"
    assert found["expires_at"] > (clock.now() + timedelta(hours=47)).isoformat()
    assert page.start().status_code == 200


def test_a_skipped_question_is_asked_once_more(page: Page, cast: Cast, webm: bytes) -> None:
    with tenant_scope(cast.organization.id):
        page.row.refresh_from_db()
        assert page.row.version
        page.row.version.questions.filter(position=2).update(mandatory=False)
    page.answer(1, webm)
    page.post("open_question", {"question": page.question(2)})
    page.post("submit_response", {"question": page.question(2), "skipped": True})
    page.post("complete_session")
    reopen(cast, page, 2)
    assert page.start().json()["questions"][1]["state"] == "pending"
    assert page.answer(2, webm).status_code == 201
    assert seen(cast, page)["responses"][1]["answer_kind"] == "video"


def test_what_cannot_be_reopened_says_why(page: Page, cast: Cast, webm: bytes) -> None:
    assert refused(reopen(cast, page)) == (409, "nothing_to_reopen")
    page.answer(1, webm)
    moved(page, status="withdrawn")
    assert refused(reopen(cast, page)) == (409, "candidate_withdrew")
    moved(page, status="in_progress")
    client = cast.client("recruiter")
    assert client.post(f"/api/campaigns/{page.row.campaign_id}/archive/").status_code == 200
    assert refused(reopen(cast, page)) == (409, "campaign_archived")


@pytest.mark.parametrize("body", [{}, {"question": "x"}, {"question": None}])
def test_the_question_is_named(finished: Page, cast: Cast, body: dict[str, Any]) -> None:
    client = cast.client("recruiter")
    response = client.post(f"/api/sessions/{finished.row.id}/reopen/", body)
    assert response.status_code == 400


# What a candidate is granted


def granted(cast: Cast, session: InterviewSession, body: Any, who: str = "recruiter") -> Any:
    return cast.client(who).put(f"/api/sessions/{session.id}/accommodation/", body)


def test_what_is_granted_is_kept_and_replaced(cast: Cast) -> None:
    session = session_in(cast.organization)
    address = f"/api/sessions/{session.id}/accommodation/"
    nothing = {"time_percent": 100, "no_limit": False, "extra_takes": 0, "instead": []}
    assert cast.client("recruiter").get(address).json() == nothing
    more = {"time_percent": 150, "extra_takes": 1, "instead": ["text", "audio"]}
    expected = {**nothing, **more, "instead": ["audio", "text"]}
    assert granted(cast, session, more).json() == expected
    assert cast.client("admin").get(address).json() == expected
    assert granted(cast, session, {"no_limit": True}).json() == {**nothing, "no_limit": True}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_percent", 110),
        ("time_percent", 0),
        ("extra_takes", 11),
        ("extra_takes", -1),
        ("instead", ["carrier pigeon"]),
        ("instead", "audio"),
        ("no_limit", "perhaps"),
    ],
)
def test_what_cannot_be_granted_is_refused(cast: Cast, field: str, value: Any) -> None:
    response = granted(cast, session_in(cast.organization), {field: value})
    assert response.status_code == 400
    assert any(name.startswith(field) for name in response.json()["fields"])


def test_reviewers_learn_nothing_of_it(page: Page, cast: Cast, webm: bytes) -> None:
    page.answer(1, webm)
    grants = {"time_percent": 200, "no_limit": True, "extra_takes": 3, "instead": ["audio"]}
    before = seen(cast, page)
    assert granted(cast, page.row, grants).status_code == 200
    assert granted(cast, page.row, grants, who="reviewer").status_code == 403
    after = seen(cast, page)
    for found in (before, after):
        for answer in found["responses"]:
            answer.pop("recording")
    assert after == before
    reviewer = cast.client("reviewer")
    for path in ("sessions/", "responses/", f"campaigns/{page.row.campaign_id}/statistics/"):
        assert "accommod" not in reviewer.get(f"/api/{path}").content.decode()
    kinds = [entry["kind"] for entry in seen(cast, page, "recruiter")["timeline"]]
    assert "accommodated" in kinds


def test_the_logs_say_that_and_not_what_and_never_why(page: Page, cast: Cast) -> None:
    granted(cast, page.row, {"time_percent": 150, **dict.fromkeys(REASONS, "dyslexia")})
    granted(cast, page.row, {"time_percent": 150})
    with tenant_scope(cast.organization.id):
        [entry] = SessionLog.objects.filter(kind="accommodated")
        [audited] = AuditEntry.objects.filter(action="session.accommodated")
    assert (entry.data, audited.data) == ({}, {})


def test_nothing_is_granted_when_it_is_over(finished: Page, cast: Cast) -> None:
    body = {"time_percent": 150}
    assert refused(granted(cast, finished.row, body)) == (409, "already_completed")
    moved(finished, status="withdrawn", completed_at=None)
    assert refused(granted(cast, finished.row, body)) == (409, "candidate_withdrew")
