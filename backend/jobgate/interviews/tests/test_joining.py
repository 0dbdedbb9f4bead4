"""A campaign's public link, and candidates who come by it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from rest_framework.test import APIClient

from jobgate.core import clock
from jobgate.core.background import run_waiting_jobs
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import Candidate, InterviewSession, PublicLink, VideoCampaign
from jobgate.interviews.tests.driving import Page
from jobgate.interviews.tests.test_renewing import refused
from tests.factories import CampaignFactory, CandidateFactory, Cast, session_in


@pytest.fixture
def campaign(cast: Cast) -> VideoCampaign:
    with tenant_scope(cast.organization.id):
        return CampaignFactory.create(title="Baker")


class Public:
    """A campaign's public link, kept by a recruiter, opened by anybody."""

    def __init__(self, cast: Cast, campaign: VideoCampaign) -> None:
        self.recruiter = cast.client("recruiter")
        self.anybody = APIClient(headers={"accept-language": "en"})
        self.path = f"/api/campaigns/{campaign.id}/public_link/"
        self.token = ""

    def set(self, **wishes: Any) -> Any:
        return self.keep(self.recruiter.put(self.path, wishes))

    def renew(self) -> Any:
        return self.keep(self.recruiter.post(f"{self.path}renew/"))

    def keep(self, response: Any) -> Any:
        if response.status_code == 200:
            self.token = response.json()["link"].partition("#join-")[2]
        return response

    def open(self) -> Any:
        return self.anybody.post("/api/sessions/public_link/", {"token": self.token})

    def join(self, n: int = 1, **changes: Any) -> Any:
        person = {"first_name": "Nora", "last_name": "B.", "email": f"n{n}@example.test"}
        body = {"token": self.token, "language": "en", **person, **changes}
        return self.anybody.post("/api/sessions/join/", body)


@pytest.fixture
def public(cast: Cast, campaign: VideoCampaign) -> Public:
    public = Public(cast, campaign)
    public.set()
    return public


def letters() -> list[Any]:
    run_waiting_jobs()
    return mail.outbox


def test_there_is_none_until_somebody_makes_one(cast: Cast, campaign: VideoCampaign) -> None:
    path = f"/api/campaigns/{campaign.id}/public_link/"
    found = cast.client("recruiter").get(path).json()
    assert (found["enabled"], found["link"], found["sessions_made"]) == (False, None, 0)


def test_the_page_is_told_who_invites_to_what(cast: Cast, public: Public) -> None:
    found = public.open().json()
    assert (found["organization"], found["campaign"]) == (cast.organization.name, "Baker")


def test_a_newcomer_goes_straight_in_and_can_come_back(cast: Cast, public: Public) -> None:
    token = public.join().json()["token"]
    with tenant_scope(cast.organization.id):
        session = InterviewSession.objects.get()
    assert session.source == "public_link"
    page = Page(session)
    assert page.start(token).json()["candidate"]["first_name"] == "Nora"
    assert token in letters()[-1].body


def test_a_campaign_takes_each_person_once(cast: Cast, public: Public) -> None:
    public.join()
    assert public.join(email="N1@example.TEST").json() == {"token": None}
    with tenant_scope(cast.organization.id):
        assert InterviewSession.objects.count() == PublicLink.objects.get().sessions_made == 1


def test_nobody_comes_in_as_somebody_else(cast: Cast, public: Public) -> None:
    """Whom the company knows gets the link by e-mail, and the page is told no name."""
    with tenant_scope(cast.organization.id):
        CandidateFactory.create(email="known@example.test", first_name="Maryam")
    assert public.join(email="known@example.test").json() == {"token": None}
    assert "known@example.test" in letters()[-1].to[0]


def test_typing_an_address_often_sends_one_letter(
    cast: Cast, public: Public, campaign: VideoCampaign
) -> None:
    with tenant_scope(cast.organization.id):
        known = CandidateFactory.create(email="known@example.test")
    session_in(cast.organization, campaign=campaign, candidate=known)
    for _ in range(3):
        assert public.join(email="known@example.test").json() == {"token": None}
    assert len(letters()) == 1


def test_the_limit_holds(cast: Cast, public: Public) -> None:
    public.set(most_sessions=2)
    assert [public.join(n).status_code for n in (1, 2, 3)] == [201, 201, 410]
    assert refused(public.join(4)) == (410, "public_link_full")
    assert refused(public.open()) == (410, "public_link_full")
    refusal = public.set(most_sessions=1).json()["fields"]["most_sessions"][0]
    assert refusal["code"] == "too_few"
    with tenant_scope(cast.organization.id):
        assert Candidate.objects.count() == 2


def test_switched_off_it_lets_nobody_in(public: Public) -> None:
    public.set(enabled=False)
    assert refused(public.open()) == (410, "campaign_closed")
    assert refused(public.join()) == (410, "campaign_closed")


def test_another_link_puts_an_end_to_this_one(public: Public) -> None:
    old = public.token
    public.renew()
    assert public.join().status_code == 201
    public.token = old
    assert refused(public.join(2)) == (404, "link_unknown")


@pytest.mark.parametrize("token", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_link_is_unknown(public: Public, token: str) -> None:
    public.token = token or "-"
    assert refused(public.open()) == (404, "link_unknown")
    assert refused(public.join()) == (404, "link_unknown")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"status": "closed"}, 410, "campaign_closed"),
        ({"starts_at": clock.now() + timedelta(days=1)}, 409, "campaign_not_started"),
        ({"ends_at": clock.now() - timedelta(hours=1)}, 410, "campaign_closed"),
    ],
)
def test_it_opens_and_ends_with_the_campaign(
    cast: Cast, public: Public, changes: dict[str, Any], status: int, code: str
) -> None:
    with tenant_scope(cast.organization.id):
        VideoCampaign.objects.update(**changes)
    assert refused(public.join()) == (status, code)


def test_a_wrong_address_is_named(public: Public) -> None:
    response = public.join(email="nobody", first_name="\u202e")
    assert set(response.json()["fields"]) == {"email", "first_name"}


def test_the_row_does_not_hold_the_token(cast: Cast, public: Public) -> None:
    with tenant_scope(cast.organization.id):
        values = PublicLink.objects.values_list().get()
    assert public.token not in [str(value) for value in values]
