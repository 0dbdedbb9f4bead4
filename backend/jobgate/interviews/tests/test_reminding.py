"""Candidates are reminded by their campaign's rule."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from jobgate.core import clock
from jobgate.core.background import run_waiting_jobs
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import InterviewSession, SessionLog
from jobgate.interviews.tasks import remind_candidates
from jobgate.interviews.tests.driving import Page
from tests.factories import CampaignFactory, Cast, session_in

END = datetime(2026, 12, 24, 12, tzinfo=UTC)


class Calendar:
    """The server's clock, and the letters of a campaign that ends on 24 December at noon."""

    def __init__(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cast, self.monkeypatch = cast, monkeypatch

    def at(self, day: int, hour: int = 12) -> None:
        now = datetime(2026, 12, day, hour, tzinfo=UTC)
        self.monkeypatch.setattr(clock, "now", lambda: now)

    def session(self, *, invited: int = 1, **changes: Any) -> Page:
        self.at(invited)
        wishes = {"starts_at": clock.now(), "ends_at": END, "reminder_days": [7, 2]} | changes
        with tenant_scope(self.cast.organization.id):
            campaign = CampaignFactory.create(**wishes)
        return Page(session_in(self.cast.organization, campaign=campaign, created_at=clock.now()))

    def letters_on(self, day: int, hour: int = 12) -> int:
        """Return how many letters go out that day."""
        self.at(day, hour)
        mail.outbox.clear()
        remind_candidates.run()
        run_waiting_jobs()
        return len(mail.outbox)


@pytest.fixture
def calendar(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Calendar:
    return Calendar(cast, monkeypatch)


def test_once_for_each_day_of_the_rule(calendar: Calendar) -> None:
    calendar.session()
    found = {day: calendar.letters_on(day) for day in (15, 17, 18, 22, 23, 24, 25)}
    assert {day for day, n in found.items() if n} == {17, 22}
    assert set(found.values()) == {0, 1}


def test_twice_in_a_row_sends_one(calendar: Calendar) -> None:
    calendar.session()
    assert [calendar.letters_on(17), calendar.letters_on(17)] == [1, 0]


def test_after_a_standstill_one_letter_stands_for_all(calendar: Calendar) -> None:
    calendar.session()
    assert [calendar.letters_on(23), calendar.letters_on(23)] == [1, 0]


@pytest.mark.parametrize(
    ("zone", "hours"), [("Africa/Casablanca", (3, 8)), ("America/New_York", (8, 14))]
)
def test_nobody_is_written_to_at_night(
    calendar: Calendar, zone: str, hours: tuple[int, int]
) -> None:
    calendar.session(time_zone=zone)
    night, day = hours
    assert [calendar.letters_on(18, night), calendar.letters_on(18, day)] == [0, 1]


def test_who_was_invited_within_the_time_of_the_rule_is_left_in_peace(calendar: Calendar) -> None:
    calendar.session(invited=18)
    assert [calendar.letters_on(19), calendar.letters_on(22)] == [0, 1]


@pytest.mark.parametrize("status", ["completed", "withdrawn", "expired"])
def test_who_is_done_is_left_in_peace(calendar: Calendar, cast: Cast, status: str) -> None:
    page = calendar.session()
    page.begin()
    done = clock.now() if status == "completed" else None
    with tenant_scope(cast.organization.id):
        InterviewSession.objects.update(status=status, completed_at=done)
    assert calendar.letters_on(17) == 0


@pytest.mark.parametrize("changes", [{"status": "closed"}, {"reminder_days": []}])
def test_without_a_rule_or_an_open_campaign_nobody_is(
    calendar: Calendar, changes: dict[str, Any]
) -> None:
    calendar.session(**changes)
    assert calendar.letters_on(17) == 0


def test_the_letter_has_the_link_and_says_how_it_stands(calendar: Calendar, cast: Cast) -> None:
    page = calendar.session()
    page.begin()
    calendar.letters_on(17)
    link = cast.client("recruiter").get(f"/api/sessions/{page.row.id}/link/").json()["link"]
    (letter,) = mail.outbox
    assert link in letter.body
    assert "commencé" in letter.body
    with tenant_scope(cast.organization.id):
        assert SessionLog.objects.get(kind="reminded").data == {"days": 7}


def test_more_time_begins_the_rule_anew(calendar: Calendar, cast: Cast) -> None:
    page = calendar.session()
    assert calendar.letters_on(22) == 1
    later = (END + timedelta(days=5)).isoformat()
    path = f"/api/sessions/{page.row.id}/extend/"
    cast.client("recruiter").post(path, {"expires_at": later, "tell": False})
    assert [calendar.letters_on(23), calendar.letters_on(27)] == [1, 1]
