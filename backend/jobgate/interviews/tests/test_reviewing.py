"""Sessions, answers and evaluations, as the hiring team sees them."""

from typing import Any

import pytest

from jobgate.accounts.models import User
from jobgate.core.background import run_waiting_jobs
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import Evaluation, VideoResponse
from jobgate.interviews.tests.driving import Page
from jobgate.media import lifecycle as media_lifecycle
from jobgate.media.models import Recording
from jobgate.operations.models import AuditEntry
from tests.factories import CampaignFactory, CandidateFactory, Cast, session_in


def answered(cast: Cast, data: bytes, **rules: Any) -> Page:
    """Return a session with one answer."""
    with tenant_scope(cast.organization.id):
        named = {f"questions__{name}": value for name, value in rules.items()}
        campaign = CampaignFactory.create(questions=2, **named)
    page = Page(session_in(cast.organization, campaign=campaign)).begin()
    assert page.answer_with_file(1, data).status_code == 201
    return page


@pytest.fixture
def page(cast: Cast, webm: bytes) -> Page:
    return answered(cast, webm)


def response_of(cast: Cast, who: str = "reviewer") -> dict[str, Any]:
    found: dict[str, Any] = cast.client(who).get("/api/responses/").json()["results"][0]
    return found


def evaluate(cast: Cast, who: str, response: str, **body: Any) -> Any:
    return cast.client(who).post(f"/api/responses/{response}/evaluate/", body)


def test_an_answer_is_shown_while_it_is_prepared_and_then_playable(page: Page, cast: Cast) -> None:
    before = response_of(cast)
    assert before["recording"]["state"] == "received"
    assert before["recording"]["url"] is None
    assert cast.client("reviewer").get("/api/sessions/").json()["results"][0]["processing"] is True
    run_waiting_jobs()
    after = response_of(cast)
    assert after["recording"]["state"] == "ready"
    assert after["answer_kind"] == "video"
    assert after["question"] == {
        "id": page.question(1),
        "position": 1,
        "text": "Question 1?",
    }
    assert cast.client("reviewer").get("/api/sessions/").json()["results"][0]["processing"] is False


def test_the_video_plays_with_ranges_for_members_alone(page: Page, cast: Cast) -> None:
    run_waiting_jobs()
    url = response_of(cast)["recording"]["url"]
    client = cast.client("anonymous")
    part = client.get(url, headers={"range": "bytes=0-99"})
    assert part.status_code == 206
    poster = client.get(response_of(cast)["recording"]["poster_url"])
    assert poster.status_code == 200
    with tenant_scope(cast.organization.id):
        VideoResponse.objects.all().delete()
    assert client.get(url).status_code == 404


def test_the_video_plays_no_more_for_who_was_made_inactive(page: Page, cast: Cast) -> None:
    run_waiting_jobs()
    url = response_of(cast)["recording"]["url"]
    assert cast.client("anonymous").get(url).status_code == 200
    User.objects.filter(pk=cast.reviewer.pk).update(is_active=False)
    assert cast.client("anonymous").get(url).status_code == 404


def test_why_an_answer_cannot_be_played_is_said_in_the_readers_language(
    page: Page, cast: Cast
) -> None:
    with tenant_scope(cast.organization.id):
        media_lifecycle.mark_rejected(Recording.objects.get().id, Recording.Reason.DAMAGED)
    recording = response_of(cast)["recording"]
    assert (recording["state"], recording["reason"]) == ("rejected", "damaged")
    assert recording["reason_text"] == "The recording is damaged and cannot be played."
    assert recording["url"] is None


def test_a_score_and_notes_are_kept_and_changed_by_a_second_time(page: Page, cast: Cast) -> None:
    response = response_of(cast)["id"]
    first = evaluate(cast, "reviewer", response, score=7, notes="Clear.\u202e")
    assert first.status_code == 200
    assert (first.json()["score"], first.json()["notes"]) == (7, "Clear.")
    second = evaluate(cast, "reviewer", response, score=9)
    assert second.json()["id"] == first.json()["id"]
    assert second.json()["notes"] == ""
    with tenant_scope(cast.organization.id):
        assert Evaluation.objects.count() == 1
        entries = AuditEntry.objects.filter(action="response.evaluated")
        assert {entry.actor_id for entry in entries} == {cast.reviewer.id}
        assert "Clear" not in str([entry.data for entry in entries])


@pytest.mark.parametrize("score", [0, 11, 5.5, "a", "", None, -3, True, [5], "7; DROP TABLE"])
def test_a_score_is_a_whole_number_from_1_to_10(page: Page, cast: Cast, score: Any) -> None:
    response = evaluate(cast, "reviewer", response_of(cast)["id"], score=score)
    assert response.status_code == 400
    assert "score" in response.json()["fields"]


@pytest.mark.parametrize("score", [1, 10])
def test_1_and_10_are_scores(page: Page, cast: Cast, score: int) -> None:
    response = evaluate(cast, "reviewer", response_of(cast)["id"], score=score)
    assert response.json()["score"] == score


def test_nobody_sees_anothers_score_before_or_after_their_own(page: Page, cast: Cast) -> None:
    response = response_of(cast)["id"]
    evaluate(cast, "reviewer", response, score=9, notes="Brilliant")
    for who in ("other_reviewer", "recruiter", "admin"):
        seen = response_of(cast, who)
        assert seen["evaluation"] is None
        assert seen["evaluations_count"] == 0
        client = cast.client(who)
        session = client.get(f"/api/sessions/{page.row.id}/")
        assert session.json()["score"] is None
        assert "Brilliant" not in session.content.decode()
        figures = client.get(f"/api/campaigns/{page.row.campaign_id}/statistics/").json()
        assert (figures["average_score"], figures["to_review"]) == (None, 1)
    evaluate(cast, "other_reviewer", response, score=3)
    assert response_of(cast, "other_reviewer")["evaluation"]["score"] == 3
    assert response_of(cast, "reviewer")["evaluation"]["score"] == 9
    assert response_of(cast, "reviewer")["evaluations_count"] == 1


def test_an_answer_that_can_still_be_recorded_again_is_not_scored_yet(
    cast: Cast, webm: bytes
) -> None:
    page = answered(cast, webm, takes_allowed=2)
    response = response_of(cast)["id"]
    early = evaluate(cast, "reviewer", response, score=5)
    assert (early.status_code, early.json()["code"]) == (409, "answer_may_change")
    page.answer_with_file(2, webm)
    page.post("complete_session")
    assert evaluate(cast, "reviewer", response, score=5).status_code == 200


def test_a_skipped_question_has_nothing_to_score(page: Page, cast: Cast) -> None:
    with tenant_scope(cast.organization.id):
        page.row.refresh_from_db()
        assert page.row.version
        page.row.version.questions.filter(position=2).update(mandatory=False)
    page.post("open_question", {"question": page.question(2)})
    page.post("submit_response", {"question": page.question(2), "skipped": True})
    skipped = response_of(cast)
    assert (skipped["answer_kind"], skipped["recording"]) == ("skipped", None)
    response = evaluate(cast, "reviewer", skipped["id"], score=5)
    assert (response.status_code, response.json()["code"]) == (409, "nothing_to_evaluate")


def test_a_stranger_sees_and_scores_nothing(page: Page, cast: Cast) -> None:
    response = response_of(cast)["id"]
    client = cast.client("stranger")
    for path in ("sessions", "responses", "candidates", "logs"):
        assert client.get(f"/api/{path}/").json()["results"] == []
    for path in (
        f"sessions/{page.row.id}",
        f"responses/{response}",
        f"candidates/{page.row.candidate_id}",
    ):
        found = client.get(f"/api/{path}/")
        assert (found.status_code, found.json()["code"]) == (404, "not_found")
    assert evaluate(cast, "stranger", response, score=5).status_code == 404


def test_filters_that_name_anothers_rows_find_nothing(page: Page, cast: Cast) -> None:
    theirs = session_in(cast.elsewhere)
    client = cast.client("admin")
    for query in (
        f"sessions/?campaign={theirs.campaign_id}",
        f"responses/?session={theirs.id}",
        f"responses/?campaign={theirs.campaign_id}",
        f"logs/?session={theirs.id}",
    ):
        assert client.get(f"/api/{query}").json()["results"] == []


def test_the_session_list_filters_searches_and_sorts(cast: Cast) -> None:
    with tenant_scope(cast.organization.id):
        create = CandidateFactory.create
        people = [
            create(first_name="Zineb", last_name="Amrani", email="z@example.test"),
            CandidateFactory.create(
                first_name="Adam", last_name="Zerouali", email="adam@other.test"
            ),
        ]
        campaign = CampaignFactory.create()
    first, second = (session_in(cast.organization, candidate=p, campaign=campaign) for p in people)
    Page(second).begin()
    client = cast.client("reviewer")

    def names(query: str) -> list[str]:
        rows = client.get(f"/api/sessions/{query}").json()["results"]
        return [row["candidate"]["first_name"] for row in rows]

    assert names("") == ["Adam", "Zineb"]
    assert names("?ordering=candidate") == ["Zineb", "Adam"]
    assert names("?ordering=created_at") == ["Zineb", "Adam"]
    assert names("?ordering=-completed_at") == ["Adam", "Zineb"]
    assert names("?status=started") == ["Adam"]
    assert names("?search=zineb+AMRANI") == ["Zineb"]
    assert names("?search=other.test") == ["Adam"]
    assert names(f"?campaign={campaign.id}") == ["Adam", "Zineb"]
    assert names(f"?campaign={first.candidate_id}") == []
    assert client.get("/api/sessions/?status=lost").status_code == 400
    assert client.get("/api/sessions/?campaign=1").status_code == 400
    assert client.get("/api/sessions/?search=%00").status_code == 400


def test_a_session_waits_for_a_reviewer_until_each_answer_has_their_own_score(
    page: Page, cast: Cast, webm: bytes
) -> None:
    assert page.answer_with_file(2, webm).status_code == 201
    answers = cast.client("reviewer").get("/api/responses/").json()["results"]

    def waiting(who: str, query: str = "true") -> list[int]:
        rows = cast.client(who).get(f"/api/sessions/?to_review={query}").json()["results"]
        return [row["to_review"] for row in rows]

    assert waiting("reviewer") == [2]
    assert evaluate(cast, "reviewer", answers[0]["id"], score=6).status_code == 200
    assert (waiting("reviewer"), waiting("other_reviewer")) == ([1], [2])
    assert evaluate(cast, "reviewer", answers[1]["id"], score=6).status_code == 200
    assert (waiting("reviewer"), waiting("reviewer", "false")) == ([], [0])
    assert waiting("other_reviewer") == [2]


def test_pages_of_sessions_follow_one_another_in_every_order(cast: Cast) -> None:
    with tenant_scope(cast.organization.id):
        campaign = CampaignFactory.create()
    made = {str(session_in(cast.organization, campaign=campaign).id) for _ in range(5)}
    client = cast.client("reviewer")
    for name in ("created_at", "completed_at", "expires_at", "status", "candidate"):
        for sign in ("", "-"):
            url, seen = f"/api/sessions/?page_size=2&ordering={sign}{name}", []
            while url:
                body = client.get(url).json()
                seen += [row["id"] for row in body["results"]]
                url = body["next"]
            assert len(seen) == 5
            assert set(seen) == made


def test_answers_are_found_by_session_and_question(page: Page, cast: Cast, webm: bytes) -> None:
    other = answered(cast, webm)
    client = cast.client("reviewer")

    def sessions(query: str) -> list[str]:
        rows = client.get(f"/api/responses/?{query}").json()["results"]
        return [row["session_id"] for row in rows]

    assert sessions(f"session={page.row.id}") == [str(page.row.id)]
    assert sessions(f"question={other.question(1)}") == [str(other.row.id)]
    assert sessions(f"campaign={page.row.campaign_id}") == [str(page.row.id)]
    one = client.get("/api/responses/").json()["results"][0]
    assert client.get(f"/api/responses/{one['id']}/").json()["id"] == one["id"]


def test_the_timeline_tells_what_happened_in_order(page: Page, cast: Cast) -> None:
    run_waiting_jobs()
    timeline = cast.client("reviewer").get(f"/api/sessions/{page.row.id}/").json()["timeline"]
    assert [entry["kind"] for entry in timeline] == [
        "started",
        "consented",
        "in_progress",
        "question_opened",
        "take_opened",
        "response_submitted",
        "recording_ready",
    ]
    assert {entry["source"] for entry in timeline} == {"server"}


def test_logs_and_candidates_are_for_those_who_invite(page: Page, cast: Cast) -> None:
    for path in ("logs/", "candidates/", f"candidates/{page.row.candidate_id}/"):
        assert cast.client("reviewer").get(f"/api/{path}").status_code == 403
        assert cast.client("recruiter").get(f"/api/{path}").status_code == 200
        assert cast.client("anonymous").get(f"/api/{path}").status_code == 401
    entries = cast.client("admin").get(f"/api/logs/?session={page.row.id}").json()["results"]
    assert entries[0]["kind"] == "response_submitted"
    assert set(entries[0]) == {"id", "session_id", "at", "source", "kind", "data"}


def test_a_candidate_is_shown_with_their_sessions(page: Page, cast: Cast) -> None:
    client = cast.client("recruiter")
    detail = client.get(f"/api/candidates/{page.row.candidate_id}/").json()
    assert detail["sessions"] == [
        {
            "id": str(page.row.id),
            "campaign": {"id": str(page.row.campaign_id), "title": page.row.campaign.title},
            "status": "in_progress",
        }
    ]
    found = client.get("/api/candidates/?search=youssef").json()["results"]
    assert [row["id"] for row in found] == [str(page.row.candidate_id)]
    assert client.get("/api/candidates/?search=nobody").json()["results"] == []


def test_figures_of_a_campaign(page: Page, cast: Cast, webm: bytes) -> None:
    campaign = page.row.campaign
    waiting = session_in(cast.organization, campaign=campaign)
    page.answer_with_file(2, webm)
    page.post("complete_session")
    run_waiting_jobs()
    faulty = Page(waiting).begin()
    upload = faulty.open_take(1)["upload"]
    with tenant_scope(cast.organization.id):
        media_lifecycle.mark_failed(upload["id"], Recording.Reason.UPLOAD_EXPIRED)
    run_waiting_jobs()
    evaluate(cast, "reviewer", response_of(cast)["id"], score=6)
    figures = cast.client("reviewer").get(f"/api/campaigns/{campaign.id}/statistics/").json()
    assert (figures["total"], figures["completed"], figures["in_progress"]) == (2, 1, 1)
    assert figures["completion_rate"] == 0.5
    assert figures["technical_error_rate"] == pytest.approx(1 / 3, abs=0.001)
    assert (figures["average_score"], figures["to_review"]) == (6.0, 1)
    times = figures["questions"]
    assert [(row["position"], row["answered"]) for row in times] == [(1, 1), (2, 1)]
    assert times[0]["average_answer_seconds"] == pytest.approx(2, abs=0.3)


def test_figures_of_an_empty_campaign_divide_by_nothing(cast: Cast) -> None:
    with tenant_scope(cast.organization.id):
        campaign = CampaignFactory.create()
    figures = cast.client("reviewer").get(f"/api/campaigns/{campaign.id}/statistics/").json()
    assert figures["completion_rate"] is None
    assert figures["technical_error_rate"] is None
    assert figures["average_score"] is None
    assert [row["average_answer_seconds"] for row in figures["questions"]] == [None, None]
