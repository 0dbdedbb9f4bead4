"""Finding sessions and log entries among many."""

from datetime import timedelta
from typing import Any

import pytest

from jobgate.core import clock
from jobgate.core.background import run_waiting_jobs
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import InterviewSession, Take
from jobgate.interviews.tests.driving import Page
from jobgate.interviews.tests.test_answering import page_of
from jobgate.media import lifecycle as media_lifecycle
from jobgate.media.models import Recording
from tests.factories import Cast, session_in

NOW = clock.now()


@pytest.fixture
def page(cast: Cast) -> Page:
    return page_of(cast)


def found(cast: Cast, query: str, who: str = "recruiter") -> list[str]:
    response = cast.client(who).get(f"/api/sessions/?{query}")
    assert response.status_code == 200, response.json()
    return [row["id"] for row in response.json()["results"]]


def entries(cast: Cast, query: dict[str, str]) -> list[dict[str, Any]]:
    response = cast.client("admin").get("/api/logs/", query)
    assert response.status_code == 200, response.json()
    rows: list[dict[str, Any]] = response.json()["results"]
    return rows


def changed(session: InterviewSession, **values: Any) -> InterviewSession:
    with tenant_scope(session.organization_id):
        InterviewSession.objects.filter(pk=session.pk).update(**values)
    return session


def test_late_answers_are_found(page: Page, cast: Cast, webm: bytes) -> None:
    punctual = session_in(cast.organization)
    upload = page.open_take(1)["upload"]
    page.send(upload, webm)
    with tenant_scope(cast.organization.id):
        Take.objects.update(deadline=clock.now() - timedelta(minutes=1))
    assert page.submit(1, upload, webm).status_code == 201
    assert found(cast, "late=true") == [str(page.row.id)]
    assert found(cast, "late=false") == [str(punctual.id)]


@pytest.mark.parametrize("who", ["page", "server"])
def test_technical_trouble_is_found(page: Page, cast: Cast, webm: bytes, who: str) -> None:
    quiet = session_in(cast.organization)
    take = page.open_take(1)["take"]["id"]
    if who == "page":
        page.post(f"takes/{take}/report_fault", {"reason": "camera_ended"})
    else:
        with tenant_scope(cast.organization.id):
            recording = Take.objects.get(pk=take).recording_id
            media_lifecycle.mark_failed(recording, Recording.Reason.CRASHED)
        run_waiting_jobs()
    assert found(cast, "trouble=true") == [str(page.row.id)]
    assert found(cast, "trouble=false") == [str(quiet.id)]


def test_a_file_that_is_no_video_is_no_technical_trouble(page: Page, cast: Cast) -> None:
    assert page.answer_with_file(1, b"not a video").status_code == 201
    run_waiting_jobs()
    assert found(cast, "trouble=true") == []


def test_sessions_are_found_by_device(cast: Cast) -> None:
    phone = changed(session_in(cast.organization), device={"kind": "mobile", "browser": "Safari"})
    session_in(cast.organization)
    assert found(cast, "device=mobile") == [str(phone.id)]
    assert found(cast, "device=tablet") == []
    row = cast.client("reviewer").get("/api/sessions/?device=mobile").json()["results"][0]
    assert row["device"] == "mobile"


def test_sessions_are_found_by_ones_own_mean_score(page: Page, cast: Cast, webm: bytes) -> None:
    for position, score in ((1, 4), (2, 7)):
        page.answer(position, webm)
        answer = cast.client("reviewer").get("/api/responses/").json()["results"][0]["id"]
        body = {"score": score, "notes": ""}
        cast.client("reviewer").post(f"/api/responses/{answer}/evaluate/", body)
    mine = [str(page.row.id)]
    assert found(cast, "score_min=5.5", "reviewer") == mine
    assert found(cast, "score_min=5&score_max=6", "reviewer") == mine
    assert found(cast, "score_max=5", "reviewer") == []
    assert found(cast, "score_min=1", "other_reviewer") == []


def test_sessions_are_found_by_dates(cast: Cast) -> None:
    old = changed(session_in(cast.organization), created_at=NOW - timedelta(days=30))
    done = changed(
        session_in(cast.organization, started_at=NOW - timedelta(hours=2)),
        status="withdrawn",
    )
    day = (NOW - timedelta(days=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert found(cast, f"invited_until={day}") == [str(old.id)]
    assert found(cast, f"invited_from={day}") == [str(done.id)]
    assert found(cast, f"completed_from={day}") == []
    assert found(cast, f"completed_until={day}") == []


@pytest.mark.parametrize(
    "query",
    [
        "device=fridge",
        "score_min=a",
        "score_max=11",
        "invited_from=yesterday",
        "completed_until=2026-13-01T00:00:00Z",
        # Before the first moment that can be written in UTC.
        "invited_from=0001-01-01T00:00:00%2B19:20",
        "ordering=score",
        "campaign=1",
    ],
)
def test_what_cannot_be_asked_for_is_refused(cast: Cast, query: str) -> None:
    response = cast.client("recruiter").get(f"/api/sessions/?{query}")
    assert (response.status_code, response.json()["code"]) == (400, "invalid")


def test_a_moment_far_from_utc_is_the_same_moment(cast: Cast) -> None:
    """PostgreSQL knows no offset beyond 15:59:59."""
    session_in(cast.organization)
    query = "invited_from=2000-01-01T00:00:00%2B19:20&invited_until=3577-08-22T11:41:23%2B19:20"
    response = cast.client("recruiter").get(f"/api/sessions/?{query}")
    assert response.status_code == 200
    assert len(response.json()["results"]) == 1


def test_deep_pages_hold_each_session_once(cast: Cast) -> None:
    first = session_in(cast.organization)
    for _ in range(6):
        session_in(cast.organization, campaign=first.campaign)
    client, seen, address = (
        cast.client("reviewer"),
        [],
        "/api/sessions/?page_size=2&ordering=status",
    )
    while address:
        answer = client.get(address).json()
        seen += [row["id"] for row in answer["results"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == 7


# The log


def test_the_log_is_filtered(page: Page, cast: Cast, webm: bytes) -> None:
    other = page_of(cast)
    page.answer(1, webm)
    event = {"kind": "tab_hidden", "at": "2026-01-01T00:00:00Z", "data": {}}
    page.post("log", {"events": [event]})
    of_page = entries(cast, {"source": "page"})
    assert [(row["kind"], row["session_id"]) for row in of_page] == [
        ("tab_hidden", str(page.row.id))
    ]
    of_campaign = entries(cast, {"campaign": str(other.row.campaign_id)})
    assert {row["session_id"] for row in of_campaign} == {str(other.row.id)}
    kinds = entries(cast, {"kind": "started,tab_hidden", "session": str(page.row.id)})
    assert [row["kind"] for row in kinds] == ["tab_hidden", "started"]
    assert entries(cast, {"at_until": "2020-01-01T00:00:00Z"}) == []
    oldest = entries(cast, {"at_from": "2020-01-01T00:00:00Z", "ordering": "at"})
    assert oldest[0]["at"] <= oldest[-1]["at"]


@pytest.mark.parametrize("query", ["source=fridge", "at_from=now", "session=1", "ordering=kind"])
def test_what_the_log_cannot_tell_is_refused(cast: Cast, query: str) -> None:
    assert cast.client("admin").get(f"/api/logs/?{query}").status_code == 400
