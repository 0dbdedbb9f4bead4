"""Sending a link again, putting another in its place, giving more time."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from jobgate.core import clock
from jobgate.core.background import run_waiting_jobs
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import InterviewSession, SessionLog, VideoCampaign
from jobgate.interviews.tasks import sweep_sessions
from jobgate.interviews.tests.driving import Page
from jobgate.media.errors import TokenRevoked
from jobgate.media.upload import tokens
from jobgate.media.upload.store import store
from jobgate.media.upload.writing import check
from jobgate.operations.models import AuditEntry
from tests.factories import CampaignFactory, Cast, session_in


def refused(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def row(page: Page) -> InterviewSession:
    with tenant_scope(page.row.organization_id):
        return InterviewSession.objects.get(pk=page.row.pk)


def change(page: Page, **changes: Any) -> None:
    with tenant_scope(page.row.organization_id):
        InterviewSession.objects.filter(pk=page.row.pk).update(**changes)


def ask(cast: Cast, page: Page, what: str, body: Any = None) -> Any:
    return cast.client("recruiter").post(f"/api/sessions/{page.row.id}/{what}/", body)


def run_out(page: Page) -> None:
    change(page, expires_at=clock.now() - timedelta(seconds=1))
    sweep_sessions.run()


def in_days(days: float) -> str:
    return (clock.now() + timedelta(days=days)).isoformat()


@pytest.fixture
def page(cast: Cast) -> Page:
    return Page(session_in(cast.organization))


def letters() -> list[Any]:
    run_waiting_jobs()
    return mail.outbox


class TestResend:
    def test_the_same_link_goes_out_again(self, cast: Cast, page: Page) -> None:
        assert ask(cast, page, "resend").status_code == 200
        link = cast.client("recruiter").get(f"/api/sessions/{page.row.id}/link/").json()["link"]
        (letter,) = letters()
        assert link in letter.body

    def test_a_second_click_sends_nothing(self, cast: Cast, page: Page) -> None:
        ask(cast, page, "resend")
        assert refused(ask(cast, page, "resend")) == (409, "sent_just_now")
        assert len(letters()) == 1

    def test_who_is_done_or_late_gets_no_letter(self, cast: Cast, page: Page) -> None:
        run_out(page)
        assert refused(ask(cast, page, "resend")) == (409, "session_over")
        change(page, status="withdrawn")
        assert refused(ask(cast, page, "resend")) == (409, "session_finished")
        assert letters() == []

    def test_a_link_into_a_closed_campaign_is_not_sent(self, cast: Cast, page: Page) -> None:
        with tenant_scope(cast.organization.id):
            VideoCampaign.objects.update(status="closed")
        assert refused(ask(cast, page, "resend")) == (409, "campaign_not_open")

    def test_it_is_in_the_log_and_in_the_audit_log(self, cast: Cast, page: Page) -> None:
        ask(cast, page, "resend")
        with tenant_scope(cast.organization.id):
            assert SessionLog.objects.filter(session=page.row, kind="resent").exists()
            entry = AuditEntry.objects.get(action="session.resent")
        assert (entry.actor_id, entry.target_id) == (cast.recruiter.id, page.row.id)


class TestRevoke:
    def test_the_old_link_is_unknown_and_the_new_one_goes_on(self, cast: Cast, page: Page) -> None:
        page.begin()
        answer = ask(cast, page, "revoke").json()
        assert answer["sent"] is True
        assert refused(page.start()) == (404, "link_unknown")
        new = answer["link"].partition("#")[2]
        entered = page.start(new).json()
        assert entered["session"]["status"] == "started"
        assert entered["session"]["consented"] is True
        assert answer["link"] in letters()[-1].body

    def test_who_came_in_by_the_old_link_is_out(self, cast: Cast, page: Page) -> None:
        page.begin()
        ask(cast, page, "revoke")
        assert refused(page.get("receipt")) == (401, "token_invalid")
        renewed = page.client.post("/api/sessions/renew/")
        assert refused(renewed) == (401, "token_invalid")

    def test_what_the_old_link_still_sends_is_refused_and_what_it_sent_stays(
        self, cast: Cast, page: Page, webm: bytes
    ) -> None:
        page.begin()
        opened = page.open_take(1)
        page.send(opened["upload"], webm[:1000])
        new = ask(cast, page, "revoke").json()["link"].partition("#")[2]
        run_waiting_jobs()
        old = tokens.verify(f"Upload {opened['upload']['token']}")
        upload = store.get(cast.organization.id, old.recording_id)
        with pytest.raises(TokenRevoked):
            check(upload.sidecar(), old)
        page.start(new)
        again = page.post("open_take", {"question": page.question(1)}).json()
        assert again["take"]["id"] == opened["take"]["id"]
        check(upload.sidecar(), tokens.verify(f"Upload {again['upload']['token']}"))
        assert upload.offset() == 1000

    def test_a_link_can_be_renewed_without_a_letter(self, cast: Cast, page: Page) -> None:
        assert ask(cast, page, "revoke", {"tell": False}).json()["sent"] is False
        assert letters() == []

    def test_no_letter_says_begin_once_the_time_is_over(self, cast: Cast, page: Page) -> None:
        run_out(page)
        assert ask(cast, page, "revoke").json()["sent"] is False
        assert letters() == []

    def test_who_withdrew_gets_no_new_link(self, cast: Cast, page: Page) -> None:
        change(page, status="withdrawn")
        assert refused(ask(cast, page, "revoke")) == (409, "session_finished")


class TestExtend:
    @pytest.mark.parametrize(
        ("begun", "status"), [(0, "invited"), (1, "started"), (2, "in_progress")]
    )
    def test_one_that_expired_goes_on_where_it_stood(
        self, cast: Cast, page: Page, begun: int, status: str
    ) -> None:
        if begun:
            page.begin()
        if begun == 2:
            page.open_take(1)
        run_out(page)
        until = in_days(3)
        answer = ask(cast, page, "extend", {"expires_at": until}).json()
        assert answer["status"] == status
        assert datetime.fromisoformat(answer["expires_at"]) == datetime.fromisoformat(until)
        assert page.start().status_code == 200

    def test_the_candidate_is_told_until_when(self, cast: Cast, page: Page) -> None:
        ask(cast, page, "extend", {"expires_at": "2027-01-31T10:00:00Z"})
        (letter,) = letters()
        assert "31 janvier 2027" in letter.body
        assert "plus de temps" in letter.subject

    def test_nothing_is_sent_where_nobody_shall_be_told(self, cast: Cast, page: Page) -> None:
        ask(cast, page, "extend", {"expires_at": in_days(30), "tell": False})
        assert letters() == []
        assert row(page).expires_at > clock.now() + timedelta(days=29)

    def test_somebody_may_begin_after_the_campaigns_end(self, cast: Cast) -> None:
        with tenant_scope(cast.organization.id):
            campaign = CampaignFactory.create(days=-0.5)
        page = Page(session_in(cast.organization, campaign=campaign))
        assert refused(page.start()) == (410, "link_expired")
        ask(cast, page, "extend", {"expires_at": in_days(2)})
        assert page.start().status_code == 200

    @pytest.mark.parametrize(
        ("days", "code"), [(-1, "too_early"), (9, "too_early"), (400, "too_late")]
    )
    def test_less_time_and_far_too_much_are_refused(
        self, cast: Cast, page: Page, days: float, code: str
    ) -> None:
        response = ask(cast, page, "extend", {"expires_at": in_days(days)})
        assert response.status_code == 400
        assert response.json()["fields"]["expires_at"][0]["code"] == code

    @pytest.mark.parametrize("status", ["completed", "withdrawn"])
    def test_who_is_done_needs_no_time(
        self, cast: Cast, page: Page, webm: bytes, status: str
    ) -> None:
        page.begin()
        page.answer(1, webm)
        page.answer(2, webm)
        page.post("complete_session")
        if status == "withdrawn":
            change(page, status=status, completed_at=None)
        body = {"expires_at": in_days(30)}
        assert refused(ask(cast, page, "extend", body)) == (409, "session_finished")

    def test_nobody_is_let_into_a_closed_campaign(self, cast: Cast, page: Page) -> None:
        with tenant_scope(cast.organization.id):
            VideoCampaign.objects.update(status="closed")
        body = {"expires_at": in_days(30)}
        assert refused(ask(cast, page, "extend", body)) == (409, "campaign_not_open")


class TestOwnWords:
    def words(self, cast: Cast, page: Page, text: str, **more: Any) -> Any:
        with tenant_scope(cast.organization.id):
            VideoCampaign.objects.update(invitation_text=text, **more)
        ask(cast, page, "resend")
        return letters()[-1]

    def test_stand_in_the_letter_line_by_line(self, cast: Cast, page: Page) -> None:
        letter = self.words(cast, page, "Venez comme vous êtes.\n\nÀ bientôt, Salma")
        assert "Venez comme vous êtes.\n\nÀ bientôt, Salma" in letter.body
        assert "<p>À bientôt, Salma</p>" in str(letter.alternatives[0][0])

    def test_cannot_bring_markup_or_code(self, cast: Cast, page: Page) -> None:
        letter = self.words(cast, page, "<script>x</script> {{ link }} {% now 'Y' %}")
        html = str(letter.alternatives[0][0])
        assert "<script>" not in html
        assert "{{ link }} {% now" in html

    def test_the_reply_that_was_promised_is_said(self, cast: Cast, page: Page) -> None:
        letter = self.words(cast, page, "", reply_by="2027-02-15")
        assert "15 février 2027" in letter.body
        assert "15 février 2027" in str(letter.alternatives[0][0])
