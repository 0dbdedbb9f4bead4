"""What a campaign's figures say."""

from datetime import timedelta
from typing import Any

import pytest

from jobgate.core import clock
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import InterviewSession, VideoCampaign
from jobgate.interviews.services import expiry
from jobgate.interviews.tests.driving import Page
from tests.factories import CampaignFactory, Cast, session_in


@pytest.fixture
def campaign(cast: Cast) -> VideoCampaign:
    with tenant_scope(cast.organization.id):
        return CampaignFactory.create(questions=3, questions__takes_allowed=2)


def figures(cast: Cast, campaign: VideoCampaign) -> dict[str, Any]:
    address = f"/api/campaigns/{campaign.id}/statistics/"
    found: dict[str, Any] = cast.client("reviewer").get(address).json()
    return found


def page_in(cast: Cast, campaign: VideoCampaign) -> Page:
    return Page(session_in(cast.organization, campaign=campaign)).begin()


def change(session: InterviewSession, **values: Any) -> None:
    with tenant_scope(session.organization_id):
        InterviewSession.objects.filter(pk=session.pk).update(**values)


def test_where_candidates_leave(cast: Cast, campaign: VideoCampaign, webm: bytes) -> None:
    done, gone, going = (page_in(cast, campaign) for _ in range(3))
    for position in (1, 2, 3):
        done.answer(position, webm)
    done.post("complete_session")
    for page in (gone, going):
        page.answer(1, webm)
        page.open_take(2)
    change(gone.row, expires_at=clock.now() - timedelta(minutes=1))
    expiry.expire_sessions()
    asked = figures(cast, campaign)["questions"]
    assert [row["opened"] for row in asked] == [3, 3, 1]
    assert [row["answered"] for row in asked] == [3, 1, 1]
    assert [row["left"] for row in asked] == [0, 1, 0]


def test_attempts_are_counted_without_those_that_a_fault_spoilt(
    cast: Cast, campaign: VideoCampaign, webm: bytes
) -> None:
    page = page_in(cast, campaign)
    take = page.open_take(1)["take"]["id"]
    page.post(f"takes/{take}/report_fault", {"reason": "camera_ended"})
    page.answer(1, webm)
    page.answer(1, webm)
    found = figures(cast, campaign)
    first = found["questions"][0]
    assert (first["takes"], first["takes_per_answer"], found["takes_per_answer"]) == (2, 2.0, 2.0)
    assert found["technical_error_rate"] == pytest.approx(1 / 3, abs=0.001)
    assert found["sessions_with_trouble"] == 1


def test_rates_of_invited_and_of_started(cast: Cast, campaign: VideoCampaign, webm: bytes) -> None:
    done = page_in(cast, campaign)
    page_in(cast, campaign)
    for _ in range(2):
        session_in(cast.organization, campaign=campaign)
    for position in (1, 2, 3):
        done.answer(position, webm)
    done.post("complete_session")
    found = figures(cast, campaign)
    assert (found["total"], found["ever_started"], found["invited"]) == (4, 2, 2)
    assert (found["completion_rate"], found["completion_rate_of_started"]) == (0.25, 0.5)


def test_devices_and_time_to_complete(cast: Cast, campaign: VideoCampaign) -> None:
    began = clock.now() - timedelta(hours=3)
    for minutes, kind in ((10, "mobile"), (20, "mobile"), (60, "desktop")):
        page = page_in(cast, campaign)
        change(
            page.row,
            device={"kind": kind},
            status="completed",
            created_at=began - timedelta(days=1),
            started_at=began,
            completed_at=began + timedelta(minutes=minutes),
        )
    page_in(cast, campaign)
    session_in(cast.organization, campaign=campaign)
    found = figures(cast, campaign)
    assert found["devices"] == {"desktop": 1, "tablet": 0, "mobile": 2, "unknown": 1}
    times = found["time_to_complete"]
    assert times["from_start_median_seconds"] == 20 * 60
    assert times["from_start_most_seconds"] == pytest.approx(52 * 60)
    assert times["from_invitation_median_seconds"] == 24 * 3600 + 20 * 60


def test_satisfaction_is_shown_when_nobody_can_be_told_by_it(
    cast: Cast, campaign: VideoCampaign
) -> None:
    sessions = [session_in(cast.organization, campaign=campaign) for _ in range(5)]
    for session in sessions[:4]:
        change(session, satisfaction=5)
    assert figures(cast, campaign)["satisfaction"] == {
        "answers": 4,
        "mean": None,
        "by_score": None,
    }
    change(sessions[4], satisfaction=2)
    assert figures(cast, campaign)["satisfaction"] == {
        "answers": 5,
        "mean": 4.4,
        "by_score": [0, 1, 0, 0, 4],
    }


def test_other_campaigns_do_not_count(cast: Cast, campaign: VideoCampaign, webm: bytes) -> None:
    with tenant_scope(cast.organization.id):
        other = CampaignFactory.create()
    page_in(cast, other).answer(1, webm)
    found = figures(cast, campaign)
    assert (found["total"], found["questions"][0]["opened"]) == (0, 0)
    assert found["takes_per_answer"] is None
