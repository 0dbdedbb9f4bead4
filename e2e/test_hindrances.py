"""What stands in a candidate's way: each screen says what it is and what to do."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from support import database
from support.api import Client, Invitation, Json
from support.browsers import Mood, Visitors
from support.candidate import Candidate
from support.product import Product


@pytest.fixture(scope="module")
def campaign(recruiter: Client) -> Json:
    return recruiter.campaign()


@pytest.fixture
def invitation(recruiter: Client, campaign: Json) -> Invitation:
    return recruiter.invite(campaign)


def assert_told(candidate: Candidate, what: str) -> None:
    """See the heading and the advice of a screen."""
    expect(candidate.heading(f"{what}.title")).to_be_visible()
    expect(candidate.page.get_by_text(candidate.t(f"{what}.text"))).to_be_visible()


@pytest.mark.parametrize(
    ("mood", "reason"), [("refuses", "permission_denied"), ("without-camera", "no_devices")]
)
def test_without_camera_or_permission_the_page_tells_how_to_get_them(
    mood: Mood, reason: str, visitors: Visitors, invitation: Invitation
) -> None:
    candidate = Candidate(visitors.come("candidate", mood=mood))
    candidate.arrive(invitation.link)
    candidate.consent()
    candidate.button("devices.open").click()

    assert_told(candidate, f"device.{reason}")
    expect(candidate.button("problem.retry")).to_be_enabled()
    if reason == "permission_denied":
        expect(candidate.page.get_by_text(candidate.t("permission.chrome"))).to_be_visible()


def test_a_browser_that_cannot_record_is_told_before_anything_is_asked(
    visitors: Visitors, invitation: Invitation
) -> None:
    old = visitors.come("candidate", init_script="delete window.MediaRecorder")
    candidate = Candidate(old, records=False)
    candidate.page.goto(invitation.link)
    assert_told(candidate, "problem.unsupported_browser")


def unknown(product: Product, recruiter: Client, invitation: Invitation, answer: Path) -> None:
    invitation.link = f"{product.url}/interview#{uuid4()}"


def revoked(product: Product, recruiter: Client, invitation: Invitation, answer: Path) -> None:
    change = "UPDATE interviews_interviewsession SET generation = 2, token_digest = %s "
    database.execute(change + "WHERE id = %s", str(uuid4()), invitation.session)


def expired(product: Product, recruiter: Client, invitation: Invitation, answer: Path) -> None:
    change = "UPDATE interviews_interviewsession SET expires_at = now() - interval '1 minute' "
    database.execute(change + "WHERE id = %s", invitation.session)


def closed(product: Product, recruiter: Client, invitation: Invitation, answer: Path) -> None:
    campaign = recruiter.campaign()
    fresh = recruiter.invite(campaign)
    invitation.link, invitation.session = fresh.link, fresh.session
    recruiter.post(f"/api/campaigns/{campaign['id']}/close/")


@pytest.mark.parametrize(
    ("happens", "problem", "status"),
    [
        (unknown, "link_unknown", 404),
        (revoked, "link_unknown", 404),
        (expired, "link_expired", 410),
        (closed, "campaign_closed", 410),
    ],
)
def test_a_link_that_leads_nowhere_says_why(
    happens: Callable[[Product, Client, Invitation, Path], None],
    problem: str,
    status: int,
    visitors: Visitors,
    product: Product,
    recruiter: Client,
    invitation: Invitation,
    answer_file: Path,
) -> None:
    happens(product, recruiter, invitation, answer_file)
    candidate = Candidate(visitors.come("candidate"))
    candidate.visitor.watch.expect(status, "/start_session/$")
    candidate.page.goto(invitation.link)
    assert_told(candidate, f"problem.{problem}")


def test_the_page_without_a_link_asks_for_it(visitors: Visitors) -> None:
    candidate = Candidate(visitors.come("candidate"))
    candidate.page.goto("/interview")
    assert_told(candidate, "problem.link_missing")


def test_a_second_tab_does_not_take_the_interview_from_the_first(
    visitors: Visitors, invitation: Invitation
) -> None:
    candidate = Candidate(visitors.come("candidate"))
    candidate.arrive(invitation.link)
    candidate.begin()

    second = Candidate(visitors.another_tab(candidate.visitor))
    second.page.goto(invitation.link)

    assert_told(second, "problem.other_tab")
    expect(candidate.button("preparation.begin")).to_be_visible()
