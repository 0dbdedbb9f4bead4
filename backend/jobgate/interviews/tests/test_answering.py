"""Questions, takes and answers, as the candidate's page asks for them."""

import hashlib
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import Mock
from uuid import uuid4

import pytest

from jobgate.core import clock
from jobgate.core.background import run_waiting_jobs
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import InterviewSession, SessionLog, Take, VideoResponse
from jobgate.interviews.services import answering
from jobgate.interviews.tests.driving import Page
from tests.factories import CampaignFactory, Cast, session_in


def refused(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def page_of(cast: Cast, questions: int = 2, **rules: Any) -> Page:
    with tenant_scope(cast.organization.id):
        named = {f"questions__{name}": value for name, value in rules.items()}
        campaign = CampaignFactory.create(questions=questions, **named)
    return Page(session_in(cast.organization, campaign=campaign)).begin()


def make_optional(page: Page, position: int) -> None:
    with tenant_scope(page.row.organization_id):
        page.row.refresh_from_db()
        assert page.row.version
        page.row.version.questions.filter(position=position).update(mandatory=False)


@pytest.fixture
def page(cast: Cast) -> Page:
    return page_of(cast)


def seconds_until(text: str) -> float:
    return (datetime.fromisoformat(text) - clock.now()).total_seconds()


def test_nothing_opens_before_consent(cast: Cast) -> None:
    page = Page(session_in(cast.organization))
    page.start()
    response = page.post("open_question", {"question": page.question(1)})
    assert refused(response) == (403, "consent_required")


def test_opening_a_question_reveals_it_and_starts_the_clock_once(page: Page) -> None:
    body = {"question": page.question(1)}
    first, second = page.post("open_question", body).json(), page.post("open_question", body).json()
    assert first["question"]["text"] == "Question 1?"
    assert 55 < seconds_until(first["preparation_ends_at"]) <= 60
    assert first["preparation_ends_at"] == second["preparation_ends_at"]
    assert page.start().json()["session"]["status"] == "in_progress"


def test_a_question_of_another_campaign_is_unknown(page: Page, cast: Cast) -> None:
    other = page_of(cast)
    for question in (other.question(1), str(uuid4())):
        for step in ("open_question", "open_take"):
            response = page.post(step, {"question": question})
            assert refused(response) == (404, "question_unknown")
        response = page.post("submit_response", {"question": question, "skipped": True})
        assert refused(response) == (404, "question_unknown")


def test_questions_cannot_be_read_ahead(page: Page) -> None:
    response = page.post("open_question", {"question": page.question(2)})
    assert refused(response) == (409, "question_not_yet")
    page.open_take(1)
    assert page.post("open_question", {"question": page.question(2)}).status_code == 200


def test_a_take_needs_an_open_question(page: Page) -> None:
    response = page.post("open_take", {"question": page.question(1)})
    assert refused(response) == (409, "question_not_open")


def test_a_take_has_the_servers_deadline_and_an_upload(page: Page) -> None:
    body = page.open_take(1)
    assert body["take"]["number"] == 1
    # 60 s of preparation, 120 s of answer, and the tolerance.
    assert 190 < seconds_until(body["take"]["deadline"]) <= 195
    assert body["upload"]["url"] == "/api/upload/"
    assert body["upload"]["token"]
    assert body["upload"]["max_bytes"] > 50_000_000
    assert 14 * 60 < seconds_until(body["upload"]["expires_at"]) <= 15 * 60


def test_a_question_has_one_open_take(page: Page) -> None:
    first, second = page.open_take(1), page.open_take(1)
    assert first["take"] == second["take"]
    assert first["upload"]["id"] == second["upload"]["id"]


def test_a_fresh_permission_is_for_the_same_upload(page: Page) -> None:
    body = page.open_take(1)
    renewed = page.post("renew_upload", {"take": body["take"]["id"]}).json()
    assert renewed["upload"]["id"] == body["upload"]["id"]
    assert refused(page.post("renew_upload", {"take": str(uuid4())})) == (404, "take_unknown")


def test_another_sessions_take_is_unknown(page: Page, cast: Cast) -> None:
    theirs = page_of(cast).open_take(1)
    response = page.post("renew_upload", {"take": theirs["take"]["id"]})
    assert refused(response) == (404, "take_unknown")
    page.open_take(1)
    response = page.submit(1, theirs["upload"], b"x")
    assert refused(response) == (404, "take_unknown")


def test_a_finished_upload_becomes_the_answer_once(page: Page, webm: bytes) -> None:
    upload = page.open_take(1)["upload"]
    page.send(upload, webm)
    first, second = page.submit(1, upload, webm), page.submit(1, upload, webm)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["response"]["id"] == second.json()["response"]["id"]
    assert first.json()["response"]["state"] == "received"
    assert first.json()["response"]["late"] is False
    with tenant_scope(page.row.organization_id):
        assert VideoResponse.objects.count() == 1
    run_waiting_jobs()
    assert page.submit(1, upload, webm).json()["response"]["state"] == "ready"


def test_an_unfinished_upload_is_asked_for_again_and_not_lost(page: Page, webm: bytes) -> None:
    upload = page.open_take(1)["upload"]
    assert refused(page.submit(1, upload, webm)) == (409, "upload_incomplete")
    page.send(upload, webm)
    assert page.submit(1, upload, webm).status_code == 201


def test_a_whole_file_becomes_the_answer(page: Page, webm: bytes) -> None:
    response = page.answer_with_file(1, webm)
    assert response.status_code == 201
    run_waiting_jobs()
    line = page.get("receipt").json()["receipt"][0]
    assert line["state"] == "ready"
    assert line["bytes"] == len(webm)
    assert line["sha256"] == hashlib.sha256(webm).hexdigest()
    assert page.submit_file(1, webm).status_code == 200
    with tenant_scope(page.row.organization_id):
        assert Take.objects.count() == 1


def test_a_file_whose_submission_broke_off_can_be_submitted_again(
    page: Page, webm: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.post("open_question", {"question": page.question(1)})
    page.post("open_take", {"question": page.question(1)})
    with monkeypatch.context() as broken:
        broken.setattr(answering, "_count", Mock(side_effect=OSError))
        page.client.raise_request_exception = False
        assert page.submit_file(1, webm).status_code == 500
    assert page.submit_file(1, webm).status_code == 201
    run_waiting_jobs()
    assert page.get("receipt").json()["receipt"][0]["state"] == "ready"


def test_an_empty_file_and_no_file_are_refused(page: Page) -> None:
    page.post("open_question", {"question": page.question(1)})
    assert page.submit_file(1, b"").status_code == 400
    missing = page.post("submit_response", {"question": page.question(1)}, format="multipart")
    assert missing.json()["fields"]["file"][0]["code"] == "required"


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"skipped": True, "upload": str(uuid4())},
        {"upload": "x"},
        {"upload": str(uuid4()), "sha256": "short"},
        {"upload": str(uuid4()), "duration_ms": -1},
    ],
)
def test_a_malformed_submission_is_named(page: Page, changes: dict[str, Any]) -> None:
    response = page.post("submit_response", {"question": page.question(1), **changes})
    assert refused(response) == (400, "invalid")


def test_an_optional_question_can_be_skipped_once(page: Page) -> None:
    make_optional(page, 1)
    body = {"question": page.question(1), "skipped": True}
    assert refused(page.post("submit_response", body)) == (409, "question_not_open")
    page.post("open_question", {"question": page.question(1)})
    assert page.post("submit_response", body).status_code == 201
    assert page.post("submit_response", body).status_code == 200
    assert page.start().json()["questions"][0]["state"] == "skipped"
    response = page.post("open_take", {"question": page.question(1)})
    assert refused(response) == (409, "already_answered")


def test_a_mandatory_question_cannot_be_skipped(page: Page) -> None:
    page.post("open_question", {"question": page.question(1)})
    response = page.post("submit_response", {"question": page.question(1), "skipped": True})
    assert refused(response) == (409, "question_mandatory")


def test_an_answered_question_cannot_be_skipped(page: Page, webm: bytes) -> None:
    make_optional(page, 1)
    page.answer(1, webm)
    response = page.post("submit_response", {"question": page.question(1), "skipped": True})
    assert refused(response) == (409, "already_answered")


def test_one_take_is_one_take(page: Page, webm: bytes) -> None:
    page.answer(1, webm)
    response = page.post("open_take", {"question": page.question(1)})
    assert refused(response) == (409, "no_takes_left")


def test_a_second_take_replaces_the_first_where_the_campaign_allows_it(
    cast: Cast, webm: bytes
) -> None:
    page = page_of(cast, takes_allowed=2)
    first = page.answer(1, webm).json()["response"]["id"]
    second = page.answer(1, webm).json()["response"]["id"]
    assert first == second
    question = page.start().json()["questions"][0]
    assert (question["state"], question["takes_used"]) == ("answered", 2)
    response = page.post("open_take", {"question": page.question(1)})
    assert refused(response) == (409, "no_takes_left")


def test_an_answer_sent_after_its_deadline_is_late(page: Page, webm: bytes) -> None:
    upload = page.open_take(1)["upload"]
    with tenant_scope(page.row.organization_id):
        Take.objects.update(deadline=clock.now() - timedelta(seconds=1))
    page.send(upload, webm)
    assert page.submit(1, upload, webm).json()["response"]["late"] is True


def test_the_devices_clock_decides_nothing(page: Page) -> None:
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    page.client.credentials(
        HTTP_AUTHORIZATION=f"Session {page.interview['access']}", HTTP_DATE=tomorrow
    )
    event = {"kind": "clock.skew", "at": tomorrow, "data": {"seconds": 86400}}
    assert page.post("log", {"events": [event]}).status_code == 204
    with tenant_scope(page.row.organization_id):
        entry = SessionLog.objects.get(kind="clock.skew")
    assert abs((entry.at - clock.now()).total_seconds()) < 60
    assert entry.data["device_at"].startswith(tomorrow[:10])


def status_of(page: Page) -> str:
    with tenant_scope(page.row.organization_id):
        return InterviewSession.objects.get(pk=page.row.pk).status


def test_completing_needs_every_mandatory_answer(page: Page, webm: bytes) -> None:
    page.answer(1, webm)
    response = page.post("complete_session")
    assert refused(response) == (409, "mandatory_missing")
    assert list(response.json()["fields"]) == [page.question(2)]
    assert status_of(page) == "in_progress"
    page.answer(2, webm)
    done = page.post("complete_session")
    assert done.status_code == 200
    assert done.json()["session"]["status"] == "completed"
    assert done.json()["session"]["confirmed_at"]
    assert [line["position"] for line in done.json()["receipt"]] == [1, 2]


def test_completing_twice_is_the_same_as_once(page: Page, webm: bytes) -> None:
    page.answer(1, webm)
    page.answer(2, webm)
    first, second = page.post("complete_session"), page.post("complete_session")
    assert second.status_code == 200
    assert first.json()["session"] == second.json()["session"]
    with tenant_scope(page.row.organization_id):
        assert SessionLog.objects.filter(kind="completed").count() == 1


def test_a_completed_session_takes_nothing_more_but_shows_its_receipt(
    page: Page, webm: bytes
) -> None:
    page.answer(1, webm)
    page.answer(2, webm)
    page.post("complete_session")
    assert page.start().json()["view"] == "own_page"
    response = page.post("open_question", {"question": page.question(1)})
    assert refused(response) == (409, "session_completed")
    run_waiting_jobs()
    assert [line["state"] for line in page.get("receipt").json()["receipt"]] == ["ready"] * 2
    again = page.client.post("/api/sessions/renew/").json()
    assert again["view"] == "own_page"
    assert [line["state"] for line in again["receipt"]] == ["ready"] * 2


def test_an_unanswered_optional_question_does_not_stop_the_end(page: Page, webm: bytes) -> None:
    make_optional(page, 2)
    page.answer(1, webm)
    receipt = page.post("complete_session").json()["receipt"]
    assert [line["state"] for line in receipt] == ["received", "unanswered"]


def test_the_page_log_is_bounded(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobgate.interviews.logs.MOST_PAGE_ENTRIES", 3)
    event = {"kind": "network.lost", "at": clock.now().isoformat(), "data": {"n": 1}}
    for _ in range(3):
        assert page.post("log", {"events": [event] * 2}).status_code == 204
    with tenant_scope(page.row.organization_id):
        assert SessionLog.objects.filter(source="page").count() == 3


@pytest.mark.parametrize(
    "event",
    [
        {"kind": "Not A Kind", "data": {}},
        {"kind": "x", "data": {"nested": {"a": 1}}},
        {"kind": "x", "data": {"long": "x" * 3000}},
        {"kind": "x", "data": "text"},
        {"kind": "x", "at": "yesterday"},
    ],
)
def test_a_log_entry_out_of_shape_is_refused(page: Page, event: dict[str, Any]) -> None:
    full = {"at": clock.now().isoformat(), "data": {}} | event
    assert page.post("log", {"events": [full]}).status_code == 400


def test_more_than_fifty_entries_at_once_are_refused(page: Page) -> None:
    event = {"kind": "x", "at": clock.now().isoformat(), "data": {}}
    assert page.post("log", {"events": [event] * 51}).status_code == 400
    assert page.post("log", {"events": []}).status_code == 400


def test_nul_and_lone_surrogates_do_not_reach_the_database(page: Page) -> None:
    data = '{"events":[{"kind":"x","at":"2026-11-20T12:00:00Z","data":{"a":"\\u0000b\\ud800c"}}]}'
    response = page.client.generic(
        "POST",
        f"/api/sessions/{page.row.id}/log/",
        data,
        content_type="application/json",
    )
    assert response.status_code == 204


def test_the_page_cannot_speak_for_the_server(page: Page) -> None:
    event = {"kind": "completed", "at": clock.now().isoformat(), "data": {}}
    page.post("log", {"events": [event]})
    with tenant_scope(page.row.organization_id):
        assert SessionLog.objects.get(kind="completed").source == "page"
    assert status_of(page) == "started"
