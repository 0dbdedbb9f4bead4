"""Links, tokens and cookies of candidates."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.test import override_settings
from rest_framework.test import APIClient

from jobgate.core import clock
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews import links, notice
from jobgate.interviews.models import InterviewSession, SessionLog
from jobgate.interviews.tests.driving import Page
from tests.factories import CampaignFactory, Cast, session_in


def refused(response: Any) -> tuple[int, str]:
    body = response.json()
    assert set(body) == {"code", "detail", "fields"}
    return response.status_code, body["code"]


def change(session: InterviewSession, **values: Any) -> None:
    with tenant_scope(session.organization_id):
        InterviewSession.objects.filter(pk=session.pk).update(**values)
        session.refresh_from_db()


@pytest.fixture
def page(cast: Cast) -> Page:
    return Page(session_in(cast.organization, language="ar"))


def test_the_link_gives_the_interview_in_the_sessions_language(page: Page, cast: Cast) -> None:
    response = page.start()
    body = response.json()
    assert body["session"]["status"] == "started"
    assert body["session"]["language"] == "ar"
    assert body["session"]["consented"] is False
    assert body["organization"]["name"] == cast.organization.name
    assert body["notice"]["version"] == notice.VERSION
    assert cast.organization.name in body["notice"]["paragraphs"][0]
    assert body["server_time"]
    assert [q["state"] for q in body["questions"]] == ["pending", "pending"]


def test_no_words_of_a_question_are_given_before_it_is_opened(page: Page) -> None:
    assert "Question 1?" not in page.start().content.decode()
    page.consent()
    page.post("open_question", {"question": page.question(1)})
    body = page.start().content.decode()
    assert "Question 1?" in body
    assert "Question 2?" not in body


def test_the_cookie_is_out_of_scripts_reach(page: Page) -> None:
    cookie = page.start().cookies["jobgate-session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["path"] == "/api/sessions/"
    assert not cookie["secure"]
    secure = page.client.post(
        "/api/sessions/start_session/",
        {"token": str(links.token_of(page.row.id, 1))},
        secure=True,
    )
    assert secure.cookies["jobgate-session"]["secure"]


def test_a_second_start_comes_back_to_the_same_session(page: Page) -> None:
    first, second = page.start().json(), page.start().json()
    assert first["session"] == second["session"]
    assert first["spool_key"] == second["spool_key"]
    with tenant_scope(page.row.organization_id):
        assert SessionLog.objects.filter(kind="started").count() == 1


@pytest.mark.parametrize("token", ["", "x", "00000000-0000-0000-0000-000000000000", "a" * 64])
def test_an_unknown_token_leads_nowhere(page: Page, token: str) -> None:
    response = page.start(token or " ")
    assert response.status_code in {400, 404}
    if response.status_code == 404:
        assert refused(response) == (404, "link_unknown")


def test_every_unknown_link_gets_the_same_answer(page: Page) -> None:
    answers = {page.start(token).content for token in (uuid4(), uuid4(), page.row.id, "nonsense")}
    assert len(answers) == 1


def test_the_error_is_in_the_language_of_the_request(page: Page) -> None:
    client = APIClient(headers={"accept-language": "en"})
    response = client.post("/api/sessions/start_session/", {"token": str(uuid4())})
    assert response.json()["detail"].startswith("This link does not lead")


def test_a_token_made_with_another_key_is_unknown(page: Page) -> None:
    with override_settings(LINK_SIGNING_KEY="another"):
        forged = links.token_of(page.row.id, 1)
    assert refused(page.start(forged)) == (404, "link_unknown")


def test_the_session_id_is_no_token(page: Page) -> None:
    assert refused(page.start(page.row.id)) == (404, "link_unknown")


def test_a_new_generation_ends_the_link_the_access_and_the_cookie(page: Page) -> None:
    page.start()
    change(page.row, generation=2, token_digest=links.digest(links.token_of(page.row.id, 2)))
    assert refused(page.start(links.token_of(page.row.id, 1))) == (404, "link_unknown")
    assert refused(page.consent()) == (401, "token_invalid")
    assert refused(page.client.post("/api/sessions/renew/")) == (401, "token_invalid")
    assert page.start().status_code == 200


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"status": "expired"}, (410, "link_expired")),
        ({"expires_at": clock.now() - timedelta(minutes=1)}, (410, "link_expired")),
        ({"status": "withdrawn"}, (410, "link_expired")),
    ],
)
def test_a_session_that_is_over_is_not_entered(
    page: Page, values: dict[str, Any], expected: tuple[int, str]
) -> None:
    change(page.row, **values)
    assert refused(page.start()) == expected


@pytest.mark.parametrize("status", ["draft", "closed", "archived"])
def test_a_campaign_that_is_not_open_lets_nobody_else_in(cast: Cast, status: str) -> None:
    with tenant_scope(cast.organization.id):
        campaign = CampaignFactory.create(status=status)
    page = Page(session_in(cast.organization, campaign=campaign))
    assert refused(page.start()) == (410, "campaign_closed")


def test_who_started_before_the_campaign_was_closed_may_finish(cast: Cast, page: Page) -> None:
    page.begin()
    recruiter = cast.client("recruiter")
    assert recruiter.post(f"/api/campaigns/{page.row.campaign_id}/close/").status_code == 200
    assert page.start().status_code == 200
    page.open_take(1)


def test_before_the_campaign_starts_the_link_waits(cast: Cast) -> None:
    with tenant_scope(cast.organization.id):
        campaign = CampaignFactory.create(starts_at=clock.now() + timedelta(days=1))
    page = Page(session_in(cast.organization, campaign=campaign))
    assert refused(page.start()) == (409, "campaign_not_started")


def test_the_cookie_brings_a_reload_back(page: Page) -> None:
    page.begin()
    again = page.client.post("/api/sessions/renew/")
    assert again.status_code == 200
    assert again.json()["session"]["consented"] is True
    page.use(again.json())
    page.open_take(1)


@pytest.mark.parametrize("cookie", [None, "nonsense", "a:b:c"])
def test_without_a_good_cookie_the_page_is_sent_back_to_the_link(
    page: Page, cookie: str | None
) -> None:
    client = APIClient()
    if cookie:
        client.cookies["jobgate-session"] = cookie
    assert refused(client.post("/api/sessions/renew/")) == (401, "session_cookie_missing")


def test_an_access_token_is_no_cookie_and_a_cookie_no_access_token(page: Page) -> None:
    page.start()
    cookie = page.client.cookies["jobgate-session"].value
    client = APIClient()
    client.cookies["jobgate-session"] = page.interview["access"]
    assert client.post("/api/sessions/renew/").status_code == 401
    page.client.credentials(HTTP_AUTHORIZATION=f"Session {cookie}")
    assert refused(page.consent()) == (401, "token_invalid")


def test_an_access_token_lives_ten_minutes(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page.start()
    monkeypatch.setattr(links, "ACCESS_SECONDS", -1)
    assert refused(page.consent()) == (401, "token_expired")


@pytest.mark.parametrize("header", ["", "Session", "Session x", "Session \u00e9", "Bearer x"])
def test_other_headers_open_nothing(page: Page, header: str) -> None:
    page.start()
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=header)
    response = client.post(f"/api/sessions/{page.row.id}/consent/", {"notice_version": "x"})
    assert response.status_code == 401


def test_a_forged_access_token_is_refused(page: Page) -> None:
    page.start()
    claims = [str(page.row.id), str(page.row.organization_id), 1]
    forged = signing.dumps(claims, key="another", salt="jobgate.interviews.access")
    page.client.credentials(HTTP_AUTHORIZATION=f"Session {forged}")
    assert refused(page.consent()) == (401, "token_invalid")


def test_a_member_is_no_candidate_and_a_candidate_no_member(page: Page, cast: Cast) -> None:
    page.start()
    member = cast.client("admin").post(f"/api/sessions/{page.row.id}/complete_session/")
    assert member.status_code == 401
    assert page.client.get("/api/sessions/").status_code == 401
    assert page.client.get(f"/api/sessions/{page.row.id}/").status_code == 401


def test_another_candidates_session_does_not_exist(page: Page, cast: Cast) -> None:
    page.start()
    other = session_in(cast.organization)
    stranger = session_in(cast.elsewhere)
    for session in (other, stranger):
        for step in ("consent", "open_question", "submit_response", "complete_session", "log"):
            response = page.client.post(f"/api/sessions/{session.id}/{step}/", {})
            assert refused(response) == (404, "not_found")


def test_the_candidate_changes_the_language(page: Page) -> None:
    page.start()
    response = page.post("language", {"language": "fr"})
    assert response.json()["session"]["language"] == "fr"
    assert "jobgate-session" not in response.cookies
    assert page.start().json()["session"]["language"] == "fr"
    assert page.post("language", {"language": "de"}).status_code == 400


def test_consent_is_kept_with_the_version_that_was_read(page: Page) -> None:
    page.start()
    assert refused(page.post("consent", {"notice_version": "old"})) == (409, "notice_outdated")
    assert page.consent().json()["session"]["consented"] is True
    with tenant_scope(page.row.organization_id):
        row = InterviewSession.objects.get(pk=page.row.pk)
    assert row.notice_version == notice.VERSION
    first = row.consented_at
    page.consent()
    with tenant_scope(page.row.organization_id):
        assert InterviewSession.objects.get(pk=page.row.pk).consented_at == first


def test_a_form_of_another_site_cannot_start_an_interview(page: Page) -> None:
    token = str(links.token_of(page.row.id, 1))
    response = page.client.post(
        "/api/sessions/start_session/", {"token": token}, format="multipart"
    )
    assert response.status_code == 415
    assert "jobgate-session" not in response.cookies


def test_a_flood_of_guesses_is_slowed(page: Page) -> None:
    answers = [page.start(uuid4()).status_code for _ in range(61)]
    assert answers[:60] == [404] * 60
    assert answers[60] == 429


def test_a_real_browser_comes_in_and_the_log_says_which_device_it_was(page: Page) -> None:
    chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
    page.client.credentials(HTTP_USER_AGENT=chrome)
    assert page.start().status_code == 200
    with tenant_scope(page.row.organization_id):
        entry = SessionLog.objects.get(session=page.row, kind="entered")
    assert (entry.data["kind"], entry.data["browser"]) == ("desktop", "Chrome")
