"""All that can be set in a campaign, and which of it makes a version."""

from typing import Any
from uuid import UUID

import pytest

from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import VersionQuestion, VideoCampaign
from jobgate.interviews.tests.driving import Page
from jobgate.interviews.tests.test_campaigns import URL, codes, draft, make, started
from tests.factories import Cast, session_in

SETTINGS: dict[str, Any] = {
    "company": "Atelier",
    "department": "Ovens",
    "time_zone": "Asia/Riyadh",
    "reply_by": "2030-02-01",
    "invitation_text": "We look forward to it.",
    "reminder_days": [7, 2],
    "preparation_mode": "soft",
    "review_own_take": False,
    "going_back": True,
    "practice": False,
    "shuffled": True,
    "closing_minute": True,
    "questions_to_team": True,
}
CHOICE = {"text": "Which shift?", "answer_by": "choice", "choices": ["Early", "Late"]}


def test_every_setting_is_kept_and_read_again(cast: Cast) -> None:
    made = make(cast, ends_at="2030-01-01T00:00:00Z", **SETTINGS)
    read = cast.client("recruiter").get(f"{URL}{made['id']}/").json()
    assert {name: read[name] for name in SETTINGS} == SETTINGS


def test_what_is_not_said_has_a_sensible_default(cast: Cast) -> None:
    made = make(cast)
    assert {name: made[name] for name in SETTINGS} == {
        "company": "",
        "department": "",
        "time_zone": "Africa/Casablanca",
        "reply_by": None,
        "invitation_text": "",
        "reminder_days": [],
        "preparation_mode": "hard",
        "review_own_take": True,
        "going_back": False,
        "practice": True,
        "shuffled": False,
        "closing_minute": False,
        "questions_to_team": False,
    }
    asked = made["questions"][0]
    assert (asked["answer_by"], asked["choices"], asked["prompt"]) == ("video", [], None)


def test_a_campaign_as_it_was_read_can_be_saved(cast: Cast) -> None:
    made = make(cast, ends_at="2030-01-01T00:00:00Z", **SETTINGS, questions=[CHOICE])
    put = cast.client("recruiter").put(f"{URL}{made['id']}/", made)
    assert put.status_code == 200
    assert {**put.json(), "updated_at": None} == {**made, "updated_at": None}


@pytest.mark.parametrize("kind", ["video", "audio", "text", "file"])
def test_a_question_says_how_it_is_answered(cast: Cast, kind: str) -> None:
    made = make(cast, questions=[{"text": "How?", "answer_by": kind}, CHOICE])
    assert [q["answer_by"] for q in made["questions"]] == [kind, "choice"]
    assert made["questions"][1]["choices"] == ["Early", "Late"]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"preparation_mode": "strict"}, "preparation_mode", "invalid_choice"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "unknown"),
        ({"time_zone": "../etc/passwd"}, "time_zone", "unknown"),
        ({"reply_by": "2020-01-01"}, "reply_by", "before_end"),
        ({"reply_by": "soon"}, "reply_by", "invalid"),
        ({"reminder_days": [0]}, "reminder_days.0", "min_value"),
        ({"reminder_days": [1, 2, 3, 4, 5, 6]}, "reminder_days", "max_length"),
        ({"going_back": "perhaps"}, "going_back", "invalid"),
        ({"introduction_prompt": "0" * 32}, "introduction_prompt", "unknown"),
    ],
)
def test_a_wrong_setting_is_named(
    cast: Cast, changes: dict[str, Any], field: str, code: str
) -> None:
    response = cast.client("recruiter").post(URL, draft(**changes))
    assert code in codes(response, field)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"answer_by": "song"}, "answer_by", "invalid_choice"),
        ({"choices": ["Early"]}, "choices", "too_few"),
        ({"choices": ["Late", "late "]}, "choices", "repeated"),
        ({"choices": ["Late", " "]}, "choices.1", "blank"),
        ({"choices": ["x" * 301, "y"]}, "choices.0", "max_length"),
        ({"choices": [str(n) for n in range(21)]}, "choices", "max_length"),
        ({"answer_by": "text"}, "choices", "not_a_choice"),
        ({"prompt": "0" * 32}, "prompt", "unknown"),
    ],
)
def test_a_wrong_setting_of_a_question_is_named(
    cast: Cast, changes: dict[str, Any], field: str, code: str
) -> None:
    questions = [{"text": "Why?"}, {**CHOICE, **changes}]
    response = cast.client("recruiter").post(URL, draft(questions=questions))
    assert code in codes(response, f"questions.1.{field}")


def test_the_last_day_of_the_campaign_is_early_enough_for_a_reply(cast: Cast) -> None:
    """It is the day in the campaign's time zone: there the new year has begun already."""
    dates = {"ends_at": "2029-12-31T22:30:00Z", "reply_by": "2029-12-31"}
    refused = cast.client("recruiter").post(URL, draft(**dates, time_zone="Asia/Riyadh"))
    assert codes(refused, "reply_by") == ["before_end"]
    assert make(cast, **dates, time_zone="America/New_York")["reply_by"] == "2029-12-31"


def test_reminders_are_said_once_and_in_order(cast: Cast) -> None:
    assert make(cast, reminder_days=[1, 7, 1])["reminder_days"] == [7, 1]


# The closing minute


def closing(campaign: str) -> list[VersionQuestion]:
    rows = VersionQuestion.objects.filter(version__campaign_id=UUID(campaign), role="closing")
    return list(rows.order_by("version__number"))


def test_the_closing_minute_comes_last_and_is_no_question_of_the_recruiter(cast: Cast) -> None:
    made = make(cast, closing_minute=True, language="fr")
    assert len(made["questions"]) == 2
    with tenant_scope(cast.organization.id):
        (last,) = closing(made["id"])
    assert (last.position, last.mandatory, last.answer_by) == (3, False, "video")
    assert (last.preparation_seconds, last.answer_seconds) == (0, 60)
    assert cast.client("recruiter").get(URL).json()["results"][0]["question_count"] == 2


def test_the_closing_minute_keeps_its_identity_over_versions(cast: Cast) -> None:
    made, _page = started(cast)
    client, url = cast.client("recruiter"), f"{URL}{made['id']}/"
    on = draft(questions=made["questions"], closing_minute=True)
    assert client.put(url, on).json()["version"] == 2
    Page(session_in(cast.organization, campaign=_campaign(cast, made))).begin()
    assert client.put(url, {**on, "answer_seconds": 30}).json()["version"] == 3
    with tenant_scope(cast.organization.id):
        first, second = closing(made["id"])
    assert first.question_id == second.question_id


def test_without_the_switch_the_closing_minute_goes(cast: Cast) -> None:
    made = make(cast, closing_minute=True)
    cast.client("recruiter").put(f"{URL}{made['id']}/", draft(questions=made["questions"]))
    with tenant_scope(cast.organization.id):
        assert closing(made["id"]) == []


def test_the_closing_minute_cannot_be_taken_for_a_question(cast: Cast) -> None:
    made = make(cast, closing_minute=True)
    with tenant_scope(cast.organization.id):
        (last,) = closing(made["id"])
    stolen = draft(questions=[{"id": str(last.question_id), "text": "Mine?"}])
    response = cast.client("recruiter").put(f"{URL}{made['id']}/", stolen)
    assert codes(response, "questions.0.id") == ["unknown"]


def _campaign(cast: Cast, made: dict[str, Any]) -> VideoCampaign:
    with tenant_scope(cast.organization.id):
        return VideoCampaign.objects.get(pk=made["id"])


# Versions

RULE_CHANGES = [
    {"preparation_mode": "none"},
    {"preparation_seconds": 5},
    {"answer_seconds": 30},
    {"max_questions": 5},
    {"takes_allowed": 3},
    {"review_own_take": False},
    {"going_back": True},
    {"practice": False},
    {"shuffled": True},
    {"closing_minute": True},
    {"questions_to_team": True},
]
FREE_CHANGES = {
    "title": "Baker (F/M)",
    "job_title": "Night shift",
    "company": "Atelier",
    "department": "Ovens",
    "introduction": "Hello.",
    "invitation_text": "Do come.",
    "language": "ar",
    "time_zone": "Europe/Paris",
    "ends_at": "2031-01-01T00:00:00+00:00",
    "reply_by": "2031-02-01",
    "reminder_days": [3],
}


@pytest.mark.parametrize("change", RULE_CHANGES, ids=lambda change: next(iter(change)))
def test_a_rule_makes_a_version_and_the_check_says_so(cast: Cast, change: dict[str, Any]) -> None:
    made, _page = started(cast)
    client, url = cast.client("recruiter"), f"{URL}{made['id']}/"
    body = draft(questions=made["questions"]) | change
    told = client.post(f"{url}check_update/", body).json()
    assert told == {"version": 2, "new_version": True, "changes": [*change], "started": 1}
    assert client.get(url).json()["version"] == 1
    saved = client.put(url, body).json()
    assert (saved["version"], saved["version_started"]) == (2, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Why rye?"},
        {"answer_by": "audio"},
        {"answer_by": "choice", "choices": ["A", "B"]},
        {"preparation_seconds": 5},
        {"answer_seconds": 50},
        {"mandatory": False},
    ],
    ids=str,
)
def test_a_question_makes_a_version_and_the_check_says_so(
    cast: Cast, change: dict[str, Any]
) -> None:
    made, _page = started(cast)
    first, second = made["questions"]
    for questions in ([{**first, **change}, second], [second, first], [first]):
        body = draft(questions=questions)
        told = cast.client("recruiter").post(f"{URL}{made['id']}/check_update/", body).json()
        assert (told["new_version"], told["changes"]) == (True, ["questions"])


def test_what_is_said_about_the_campaign_makes_none(cast: Cast) -> None:
    made, _page = started(cast)
    client, url = cast.client("recruiter"), f"{URL}{made['id']}/"
    body = draft(questions=made["questions"]) | FREE_CHANGES
    told = client.post(f"{url}check_update/", body).json()
    assert told == {"version": 1, "new_version": False, "changes": [], "started": 1}
    saved = client.put(url, body).json()
    assert saved["version"] == 1
    assert {name: saved[name] for name in FREE_CHANGES} == FREE_CHANGES


def test_before_anybody_started_the_check_foresees_no_version(cast: Cast) -> None:
    made = make(cast)
    body = draft(answer_seconds=30)
    told = cast.client("recruiter").post(f"{URL}{made['id']}/check_update/", body).json()
    assert (told["version"], told["new_version"], told["started"]) == (1, False, 0)
    assert told["changes"] == ["answer_seconds", "questions"]


def test_the_check_refuses_what_saving_would_refuse(cast: Cast) -> None:
    made = make(cast)
    response = cast.client("recruiter").post(f"{URL}{made['id']}/check_update/", draft(title=""))
    assert "blank" in codes(response, "title")


# A copy


def test_a_copy_is_a_draft_that_says_the_same(cast: Cast) -> None:
    held = make(cast, ends_at="2030-01-01T00:00:00Z", **SETTINGS, questions=[CHOICE])
    response = cast.client("recruiter").post(f"{URL}{held['id']}/duplicate/")
    assert response.status_code == 201
    copy = response.json()
    assert (copy["status"], copy["version"], copy["title"]) == ("draft", 1, "Copy of Baker")
    assert copy["reply_by"] is None
    same = SETTINGS.keys() - {"reply_by"}
    assert {name: copy[name] for name in same} == {name: held[name] for name in same}
    (asked,), (former,) = copy["questions"], held["questions"]
    assert asked["id"] != former["id"]
    assert {**asked, "id": None} == {**former, "id": None}


def test_an_archived_campaign_can_be_copied_and_a_long_title_is_cut(cast: Cast) -> None:
    held, client = make(cast, title="x" * 200), cast.client("recruiter")
    client.post(f"{URL}{held['id']}/archive/")
    copy = client.post(f"{URL}{held['id']}/duplicate/").json()
    assert copy["status"] == "draft"
    assert len(copy["title"]) == 200
