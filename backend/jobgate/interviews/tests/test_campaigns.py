"""Campaigns over HTTP: make, read, replace, open, close, archive, remove."""

from datetime import timedelta
from typing import Any

import pytest

from jobgate.core import clock
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import CampaignVersion, Question, VideoCampaign
from jobgate.interviews.tests.driving import Page
from jobgate.operations.models import AuditEntry
from tests.factories import CampaignFactory, Cast, session_in

URL = "/api/campaigns/"


def draft(**changes: Any) -> dict[str, Any]:
    campaign: dict[str, Any] = {
        "title": "Baker",
        "questions": [{"text": "Why bread?"}, {"text": "Why us?", "mandatory": False}],
    }
    return campaign | changes


def make(cast: Cast, **changes: Any) -> dict[str, Any]:
    response = cast.client("recruiter").post(URL, draft(**changes))
    assert response.status_code == 201, response.json()
    made: dict[str, Any] = response.json()
    return made


def codes(response: Any, field: str) -> list[str]:
    assert response.status_code == 400, response.json()
    body = response.json()
    assert body["code"] == "invalid"
    return [error["code"] for error in body["fields"][field]]


def test_a_new_campaign_is_a_draft_with_sensible_defaults(cast: Cast) -> None:
    made = make(cast)
    assert (made["status"], made["version"], made["language"]) == ("draft", 1, "fr")
    rules = ("preparation_seconds", "answer_seconds", "max_questions", "takes_allowed")
    assert [made[name] for name in rules] == [60, 120, 10, 1]
    assert [(q["position"], q["mandatory"]) for q in made["questions"]] == [(1, True), (2, False)]
    assert made["counts"]["total"] == 0
    assert cast.client("reviewer").get(f"{URL}{made['id']}/").json() == made


def test_making_a_campaign_leaves_a_trace_without_its_words(cast: Cast) -> None:
    made = make(cast)
    with tenant_scope(cast.organization.id):
        entry = AuditEntry.objects.get(action="campaign.created")
    assert str(entry.target_id) == made["id"]
    assert entry.actor_id == cast.recruiter.id
    assert "Baker" not in str(entry.data)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"title": "   "}, "title", "blank"),
        ({"title": "x" * 201}, "title", "max_length"),
        ({"language": "de"}, "language", "invalid_choice"),
        ({"answer_seconds": 0}, "answer_seconds", "min_value"),
        ({"preparation_seconds": -1}, "preparation_seconds", "min_value"),
        ({"answer_seconds": 3601}, "answer_seconds", "max_value"),
        ({"takes_allowed": 0}, "takes_allowed", "min_value"),
        ({"max_questions": 1}, "questions", "too_many"),
        ({"questions": "why?"}, "questions", "not_a_list"),
        ({"questions": [{"text": ""}]}, "questions.0.text", "blank"),
        ({"starts_at": "soon"}, "starts_at", "invalid"),
        (
            {"starts_at": "2027-02-01T00:00:00Z", "ends_at": "2027-01-01T00:00:00Z"},
            "ends_at",
            "before_start",
        ),
    ],
)
def test_a_wrong_value_is_named(cast: Cast, changes: dict[str, Any], field: str, code: str) -> None:
    response = cast.client("recruiter").post(URL, draft(**changes))
    assert code in codes(response, field)


def test_an_order_with_gaps_becomes_the_order_of_the_list(cast: Cast) -> None:
    questions = [{"text": "Third?", "position": 9}, {"text": "First?", "position": 3}]
    made = make(cast, questions=questions)
    assert [(q["position"], q["text"]) for q in made["questions"]] == [
        (1, "Third?"),
        (2, "First?"),
    ]


def test_direction_overrides_and_control_characters_are_taken_out(cast: Cast) -> None:
    made = make(cast, title="Ba\u202eker\x00\n \U0001f35e", introduction="One\r\n\u2066two\x07")
    assert made["title"] == "Baker \U0001f35e"
    assert made["introduction"] == "One\ntwo"


def test_a_campaign_is_replaced_whole_and_dates_stay_when_not_named(cast: Cast) -> None:
    made = make(cast, ends_at="2030-01-01T00:00:00Z", job_title="Night shift")
    put = cast.client("admin").put(f"{URL}{made['id']}/", draft(title="Pastry cook"))
    assert put.status_code == 200
    assert (put.json()["title"], put.json()["job_title"]) == ("Pastry cook", "")
    assert put.json()["ends_at"] == made["ends_at"]
    assert put.json()["starts_at"] == made["starts_at"]


def test_an_end_before_the_held_start_is_refused(cast: Cast) -> None:
    made = make(cast)
    response = cast.client("admin").put(
        f"{URL}{made['id']}/", draft(ends_at="2020-01-01T00:00:00Z")
    )
    assert codes(response, "ends_at") == ["before_start"]


def test_until_somebody_started_a_change_of_questions_stays_in_the_version(cast: Cast) -> None:
    made = make(cast)
    first, second = made["questions"]
    put = cast.client("recruiter").put(
        f"{URL}{made['id']}/", draft(questions=[second, {"text": "New?"}])
    )
    assert put.json()["version"] == 1
    assert [q["text"] for q in put.json()["questions"]] == ["Why us?", "New?"]
    assert put.json()["questions"][0]["id"] == second["id"]
    with tenant_scope(cast.organization.id):
        assert not Question.objects.filter(pk=first["id"]).exists()


def started(cast: Cast) -> tuple[dict[str, Any], Page]:
    """Return an open campaign in which somebody has started."""
    made = make(cast)
    cast.client("recruiter").post(f"{URL}{made['id']}/open/")
    with tenant_scope(cast.organization.id):
        campaign = VideoCampaign.objects.get(pk=made["id"])
    page = Page(session_in(cast.organization, campaign=campaign))
    return made, page.begin()


def test_once_somebody_started_a_change_that_matters_makes_a_version(cast: Cast) -> None:
    made, page = started(cast)
    put = cast.client("recruiter").put(
        f"{URL}{made['id']}/",
        draft(questions=[{**made["questions"][0], "text": "Why rye?"}], answer_seconds=90),
    )
    assert put.json()["version"] == 2
    page.start()
    assert len(page.interview["questions"]) == 2
    opened = page.post("open_question", {"question": page.question(1)}).json()
    assert opened["question"]["text"] == "Why bread?"
    assert opened["question"]["answer_seconds"] == 120
    with tenant_scope(cast.organization.id):
        assert CampaignVersion.objects.filter(campaign=made["id"]).count() == 2


def test_a_title_a_typo_in_the_introduction_and_a_later_end_make_no_version(cast: Cast) -> None:
    made, page = started(cast)
    later = draft(
        title="Baker (F/M)",
        introduction="Hello.",
        ends_at="2031-01-01T00:00:00Z",
        questions=made["questions"],
    )
    put = cast.client("recruiter").put(f"{URL}{made['id']}/", later)
    assert put.json()["version"] == 1
    page.start()
    assert page.interview["campaign"]["title"] == "Baker (F/M)"
    with tenant_scope(cast.organization.id):
        page.row.refresh_from_db()


def test_a_later_end_is_followed_by_the_sessions_that_are_not_over(cast: Cast) -> None:
    session = session_in(cast.organization)
    campaign = f"{URL}{session.campaign_id}/"
    held = cast.client("recruiter").get(campaign).json()
    held["ends_at"] = "2031-01-01T00:00:00Z"
    assert cast.client("recruiter").put(campaign, held).status_code == 200
    listed = cast.client("recruiter").get("/api/sessions/").json()["results"][0]
    assert listed["expires_at"].startswith("2031-01-01")


def test_a_question_of_another_campaign_is_refused(cast: Cast) -> None:
    theirs = make(cast)["questions"][0]["id"]
    response = cast.client("recruiter").post(
        URL, draft(questions=[{"id": theirs, "text": "Mine?"}])
    )
    assert codes(response, "questions.0.id") == ["unknown"]


def test_the_same_question_twice_is_refused(cast: Cast) -> None:
    made = make(cast)
    question = made["questions"][0]
    response = cast.client("recruiter").put(
        f"{URL}{made['id']}/", draft(questions=[question, question])
    )
    assert codes(response, "questions.1.id") == ["unknown"]


def test_opening_and_closing_are_the_same_twice(cast: Cast) -> None:
    made, client = make(cast), cast.client("recruiter")
    for step, status in [("open", "open"), ("open", "open"), ("close", "closed")] * 2:
        response = client.post(f"{URL}{made['id']}/{step}/")
        assert (response.status_code, response.json()["status"]) == (200, status)
    with tenant_scope(cast.organization.id):
        assert AuditEntry.objects.filter(action="campaign.opened").count() == 2


def test_a_campaign_without_questions_does_not_open(cast: Cast) -> None:
    made = make(cast, questions=[])
    response = cast.client("recruiter").post(f"{URL}{made['id']}/open/")
    assert (response.status_code, response.json()["code"]) == (409, "campaign_has_no_questions")


def test_a_campaign_whose_end_is_past_does_not_open(cast: Cast) -> None:
    made = make(cast, starts_at="2020-01-01T00:00:00Z", ends_at="2020-02-01T00:00:00Z")
    response = cast.client("recruiter").post(f"{URL}{made['id']}/open/")
    assert (response.status_code, response.json()["code"]) == (409, "campaign_over")


def test_an_archived_campaign_does_not_change(cast: Cast) -> None:
    made, client = make(cast), cast.client("recruiter")
    assert client.post(f"{URL}{made['id']}/archive/").json()["status"] == "archived"
    for response in (
        client.post(f"{URL}{made['id']}/open/"),
        client.post(f"{URL}{made['id']}/close/"),
        client.put(f"{URL}{made['id']}/", draft()),
    ):
        assert (response.status_code, response.json()["code"]) == (409, "campaign_archived")
    assert client.get(f"{URL}?status=archived").json()["results"][0]["id"] == made["id"]


def test_only_a_campaign_without_sessions_can_be_removed(cast: Cast) -> None:
    made, client = make(cast), cast.client("recruiter")
    used = session_in(cast.organization).campaign_id
    assert client.delete(f"{URL}{made['id']}/").status_code == 204
    assert client.get(f"{URL}{made['id']}/").status_code == 404
    response = client.delete(f"{URL}{used}/")
    assert (response.status_code, response.json()["code"]) == (409, "campaign_in_use")


@pytest.mark.parametrize("who", ["reviewer", "stranger", "anonymous"])
def test_others_cannot_change_a_campaign(cast: Cast, who: str) -> None:
    made, client = make(cast), cast.client(who)
    url = f"{URL}{made['id']}/"
    expected = {"reviewer": 403, "stranger": 404, "anonymous": 401}[who]
    for response in (
        client.put(url, draft()),
        client.delete(url),
        client.post(f"{url}open/"),
        client.post(f"{url}close/"),
        client.post(f"{url}archive/"),
        client.post(f"{url}invite_candidates/", {"candidates": [INVITEE]}),
    ):
        assert response.status_code == expected, response.json()


INVITEE = {"first_name": "A", "last_name": "B", "email": "a@example.test"}


def test_a_stranger_sees_none_of_them(cast: Cast) -> None:
    made, client = make(cast), cast.client("stranger")
    assert client.get(URL).json()["results"] == []
    for path in ("", "statistics/"):
        assert client.get(f"{URL}{made['id']}/{path}").status_code == 404


def test_the_list_filters_searches_and_sorts(cast: Cast) -> None:
    with tenant_scope(cast.organization.id):
        CampaignFactory.create(title="Zebra keeper", job_title="Zoo", days=1)
        CampaignFactory.create(title="Archivist", status=VideoCampaign.Status.CLOSED, days=5)
        CampaignFactory.create(title="Miller", status=VideoCampaign.Status.DRAFT, days=3)
    client = cast.client("reviewer")

    def titles(query: str) -> list[str]:
        return [row["title"] for row in client.get(URL + query).json()["results"]]

    assert titles("") == ["Miller", "Archivist", "Zebra keeper"]
    assert titles("?ordering=title") == ["Archivist", "Miller", "Zebra keeper"]
    assert titles("?ordering=-ends_at") == ["Archivist", "Miller", "Zebra keeper"]
    assert titles("?status=closed") == ["Archivist"]
    assert titles("?search=zoo") == ["Zebra keeper"]
    assert client.get(f"{URL}?ordering=secret").json()["fields"]["ordering"]
    assert client.get(f"{URL}?status=lost").status_code == 400


def test_the_list_goes_on_from_page_to_page(cast: Cast) -> None:
    with tenant_scope(cast.organization.id):
        made = [str(CampaignFactory.create(title="Same").id) for _ in range(5)]
    client, url, seen = cast.client("recruiter"), f"{URL}?page_size=2&ordering=title", []
    while url:
        page = client.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert sorted(seen) == sorted(made)
    assert len(seen) == 5


def test_an_unknown_id_and_one_that_is_none_are_not_found(cast: Cast) -> None:
    client = cast.client("recruiter")
    for identifier in (cast.organization.id, "1", "../me", "%00", "-" * 36, "g" * 36):
        response = client.get(f"{URL}{identifier}/")
        assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_counts_say_who_is_where(cast: Cast) -> None:
    with tenant_scope(cast.organization.id):
        campaign = CampaignFactory.create()
    for _ in range(2):
        session_in(cast.organization, campaign=campaign)
    Page(session_in(cast.organization, campaign=campaign)).begin()
    over = clock.now() - timedelta(hours=1)
    session_in(cast.organization, campaign=campaign, expires_at=over, status="expired")
    session_in(cast.organization, campaign=campaign, status="withdrawn")
    row = cast.client("reviewer").get(URL).json()["results"][0]
    assert row["counts"] == {
        "invited": 2,
        "started": 1,
        "in_progress": 0,
        "completed": 0,
        "expired": 1,
        "total": 5,
        "to_review": 0,
    }
