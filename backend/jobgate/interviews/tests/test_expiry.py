"""Sessions end by themselves, and keep the answer that is under way."""

from datetime import timedelta
from typing import Any

import pytest

from jobgate.core import clock
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import InterviewSession, SessionLog, Take
from jobgate.interviews.tasks import sweep_sessions
from jobgate.interviews.tests.driving import Page
from tests.factories import Cast, session_in


def refused(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def run_out(page: Page) -> None:
    with tenant_scope(page.row.organization_id):
        InterviewSession.objects.filter(pk=page.row.pk).update(
            expires_at=clock.now() - timedelta(seconds=1)
        )


def row(page: Page) -> InterviewSession:
    with tenant_scope(page.row.organization_id):
        return InterviewSession.objects.get(pk=page.row.pk)


@pytest.fixture
def page(cast: Cast) -> Page:
    return Page(session_in(cast.organization)).begin()


def test_nothing_new_begins_after_the_end_even_before_the_sweeper(page: Page) -> None:
    run_out(page)
    question = {"question": page.question(1)}
    assert refused(page.post("open_question", question)) == (410, "session_expired")
    assert refused(page.consent()) == (410, "session_expired")
    assert refused(page.post("complete_session")) == (410, "session_expired")
    assert page.start().json()["view"] == "own_page"
    assert row(page).status == "started"


def test_the_sweeper_flips_what_is_due_in_every_organisation(page: Page, cast: Cast) -> None:
    other = Page(session_in(cast.elsewhere))
    waiting = Page(session_in(cast.organization))
    run_out(page)
    run_out(other)
    sweep_sessions.run()
    assert [row(p).status for p in (page, other, waiting)] == ["expired", "expired", "invited"]
    with tenant_scope(page.row.organization_id):
        assert SessionLog.objects.filter(session=page.row, kind="expired").count() == 1
    sweep_sessions.run()
    with tenant_scope(page.row.organization_id):
        assert SessionLog.objects.filter(session=page.row, kind="expired").count() == 1


@pytest.mark.parametrize("swept", [False, True])
def test_an_answer_under_way_is_kept_and_marked_late(
    page: Page, webm: bytes, swept: bool, cast: Cast
) -> None:
    opened = page.open_take(1)
    run_out(page)
    if swept:
        sweep_sessions.run()
    assert page.post("renew_upload", {"take": opened["take"]["id"]}).status_code == 200
    again = page.post("open_take", {"question": page.question(1)})
    assert again.json()["take"]["id"] == opened["take"]["id"]
    page.send(opened["upload"], webm)
    answer = page.submit(1, opened["upload"], webm)
    assert answer.status_code == 201
    assert answer.json()["response"]["late"] is True
    listed = cast.client("reviewer").get("/api/responses/").json()["results"]
    assert [found["late"] for found in listed] == [True]


def test_a_reload_in_the_middle_of_an_answer_can_still_send_it(page: Page, webm: bytes) -> None:
    upload = page.open_take(1)["upload"]
    run_out(page)
    sweep_sessions.run()
    again = page.start().json()
    assert (again["view"], again["session"]["status"]) == ("interview", "expired")
    renewed = page.client.post("/api/sessions/renew/")
    page.use(renewed.json())
    page.send(upload, webm)
    assert page.submit(1, upload, webm).status_code == 201
    assert page.start().json()["view"] == "own_page"


def test_after_the_end_no_new_take_begins(page: Page) -> None:
    page.post("open_question", {"question": page.question(1)})
    run_out(page)
    response = page.post("open_take", {"question": page.question(1)})
    assert refused(response) == (410, "session_expired")
    response = page.post("submit_response", {"question": page.question(1), "skipped": True})
    assert refused(response) == (410, "session_expired")


def test_a_take_that_nobody_finishes_is_given_up_after_a_week(page: Page, webm: bytes) -> None:
    opened = page.open_take(1)
    with tenant_scope(page.row.organization_id):
        Take.objects.update(deadline=clock.now() - timedelta(days=8))
    sweep_sessions.run()
    with tenant_scope(page.row.organization_id):
        assert Take.objects.get().state == Take.State.ABANDONED
    response = page.submit(1, opened["upload"], webm)
    assert refused(response) == (404, "take_unknown")


def test_a_completed_session_does_not_expire(page: Page, webm: bytes) -> None:
    page.answer(1, webm)
    page.answer(2, webm)
    page.post("complete_session")
    run_out(page)
    sweep_sessions.run()
    assert row(page).status == "completed"
