"""Inviting candidates over HTTP, and the message that they get."""

from email import message_from_string
from typing import Any

import pytest
from django.core import mail

from jobgate.core.background import run_waiting_jobs
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import Candidate, InterviewSession, VideoCampaign
from jobgate.notifications.models import Message
from tests.factories import CampaignFactory, CandidateFactory, Cast


@pytest.fixture
def campaign(cast: Cast) -> VideoCampaign:
    with tenant_scope(cast.organization.id):
        return CampaignFactory.create(title="Baker", language="fr")


def person(n: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "first_name": "Aïcha",
        "last_name": "Bennani",
        "email": f"p{n}@example.test",
    } | changes


def invite(cast: Cast, campaign: VideoCampaign, *people: dict[str, Any]) -> Any:
    url = f"/api/campaigns/{campaign.id}/invite_candidates/"
    return cast.client("recruiter").post(url, {"candidates": list(people)})


def letter_to(response: Any) -> Any:
    assert response.status_code == 201, response.json()
    run_waiting_jobs()
    return mail.outbox[-1]


def test_each_person_gets_a_link_of_their_own(cast: Cast, campaign: VideoCampaign) -> None:
    response = invite(cast, campaign, person(1), person(2))
    assert response.status_code == 201
    one, two = response.json()["invited"]
    assert one["link"] != two["link"]
    assert one["link"].startswith("http://127.0.0.1:8000/interview#")
    assert one["candidate"]["email"] == "p1@example.test"
    assert one["expires_at"] == campaign.ends_at.isoformat()
    shown = cast.client("admin").get(f"/api/sessions/{one['session_id']}/link/")
    assert shown.json() == {"link": one["link"]}


def test_no_row_of_the_database_holds_the_token(cast: Cast, campaign: VideoCampaign) -> None:
    response = invite(cast, campaign, person())
    token = response.json()["invited"][0]["link"].partition("#")[2]
    letter_to(response)
    with tenant_scope(cast.organization.id):
        rows = [*InterviewSession.objects.values(), *Message.objects.values()]
    assert token not in str(rows)
    assert token.replace("-", "") not in str(rows)


def test_who_is_invited_already_or_named_twice_is_skipped(
    cast: Cast, campaign: VideoCampaign
) -> None:
    invite(cast, campaign, person(1))
    response = invite(
        cast, campaign, person(1, email="P1@Example.test"), person(2), person(2), person(3)
    )
    body = response.json()
    assert [row["candidate"]["email"] for row in body["invited"]] == [
        "p2@example.test",
        "p3@example.test",
    ]
    assert {(row["email"].lower(), row["code"]) for row in body["skipped"]} == {
        ("p1@example.test", "already_invited"),
        ("p2@example.test", "already_invited"),
    }
    run_waiting_jobs()
    assert len(mail.outbox) == 3


def test_somebody_known_is_invited_to_another_campaign_under_the_same_row(
    cast: Cast, campaign: VideoCampaign
) -> None:
    with tenant_scope(cast.organization.id):
        known = CandidateFactory.create(email="Known@example.test", first_name="Maryam")
    response = invite(cast, campaign, person(email="known@EXAMPLE.test", first_name="Mary"))
    candidate = response.json()["invited"][0]["candidate"]
    assert candidate["id"] == str(known.id)
    assert candidate["first_name"] == "Maryam"


def test_the_same_person_belongs_to_each_organisation_apart(
    cast: Cast, campaign: VideoCampaign
) -> None:
    with tenant_scope(cast.elsewhere.id):
        theirs = CandidateFactory.create(email="p1@example.test")
    ours = invite(cast, campaign, person(1)).json()["invited"][0]["candidate"]["id"]
    assert ours != str(theirs.id)


@pytest.mark.parametrize(
    ("language", "subject", "direction"),
    [
        ("fr", "vous invite", "ltr"),
        ("en", "invites you", "ltr"),
        ("ar", "تدعوك", "rtl"),
    ],
)
def test_the_letter_is_in_the_candidates_language(
    cast: Cast, campaign: VideoCampaign, language: str, subject: str, direction: str
) -> None:
    letter = letter_to(invite(cast, campaign, person(language=language)))
    html = str(letter.alternatives[0][0])
    assert subject in letter.subject
    assert f'dir="{direction}"' in html
    assert "Baker" in letter.body


def test_without_a_language_the_letter_speaks_the_campaigns(
    cast: Cast, campaign: VideoCampaign
) -> None:
    assert "vous invite" in letter_to(invite(cast, campaign, person())).subject


def test_names_are_escaped_in_the_letter(cast: Cast, campaign: VideoCampaign) -> None:
    letter = letter_to(invite(cast, campaign, person(first_name="<b>Eve</b>")))
    html = str(letter.alternatives[0][0])
    assert "<b>Eve" not in html
    assert "&lt;b&gt;Eve" in html


def test_a_name_cannot_add_a_header(cast: Cast, campaign: VideoCampaign) -> None:
    name = 'Eve"\r\nBcc: all@example.test\r\n\r\n<x@example.test>,'
    letter = letter_to(invite(cast, campaign, person(last_name=name)))
    raw = message_from_string(letter.message().as_string())
    assert raw["Bcc"] is None
    assert letter.to == letter.recipients()
    assert len(letter.to) == 1
    assert "p1@example.test" in letter.to[0]


def test_an_override_of_direction_is_taken_out_of_a_name_and_an_emoji_stays(
    cast: Cast, campaign: VideoCampaign
) -> None:
    people = person(first_name="Sal\u202ema \U0001f469\u200d\U0001f680", last_name="\u2067أحمد")
    candidate = invite(cast, campaign, people).json()["invited"][0]["candidate"]
    assert candidate["first_name"] == "Salma \U0001f469\u200d\U0001f680"
    assert candidate["last_name"] == "أحمد"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"email": "nobody"}, "email", "invalid"),
        ({"email": "a@example.test\nBcc: b@example.test"}, "email", "invalid"),
        ({"first_name": "\u202e\u200e "}, "first_name", "blank"),
        ({"last_name": "x" * 101}, "last_name", "max_length"),
        ({"phone": "call me"}, "phone", "invalid"),
        ({"linkedin_url": "https://linkedin.com.evil.test/in/x"}, "linkedin_url", None),
        ({"linkedin_url": "javascript:alert(1)"}, "linkedin_url", None),
        ({"linkedin_url": "https://u:p@www.linkedin.com/in/x"}, "linkedin_url", None),
        ({"language": "de"}, "language", "invalid_choice"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(
    cast: Cast, campaign: VideoCampaign, changes: dict[str, Any], field: str, code: str | None
) -> None:
    response = invite(cast, campaign, person(1), person(2, **changes))
    assert response.status_code == 400
    errors = response.json()["fields"][f"candidates.1.{field}"]
    assert errors[0]["code"] == (code or "linkedin_invalid")
    with tenant_scope(cast.organization.id):
        assert not Candidate.objects.exists()


def test_linkedin_and_phone_are_kept(cast: Cast, campaign: VideoCampaign) -> None:
    url = "https://ma.linkedin.com/in/aicha"
    invite(cast, campaign, person(linkedin_url=url, phone="+212 600-000 000"))
    candidate = cast.client("recruiter").get("/api/candidates/").json()["results"][0]
    assert (candidate["linkedin_url"], candidate["phone"]) == (url, "+212 600-000 000")


@pytest.mark.parametrize("people", [[], [person(n) for n in range(501)]])
def test_none_and_more_than_500_are_refused(
    cast: Cast, campaign: VideoCampaign, people: list[Any]
) -> None:
    assert invite(cast, campaign, *people).status_code == 400


def test_500_are_invited_at_once(cast: Cast, campaign: VideoCampaign) -> None:
    response = invite(cast, campaign, *(person(n) for n in range(500)))
    assert len(response.json()["invited"]) == 500
    with tenant_scope(cast.organization.id):
        assert Message.objects.count() == 500


@pytest.mark.parametrize("status", ["draft", "closed", "archived"])
def test_only_an_open_campaign_takes_candidates(cast: Cast, status: str) -> None:
    with tenant_scope(cast.organization.id):
        campaign = CampaignFactory.create(status=status)
    response = invite(cast, campaign, person())
    assert (response.status_code, response.json()["code"]) == (409, "campaign_not_open")


def test_a_campaign_that_has_ended_takes_none(cast: Cast) -> None:
    with tenant_scope(cast.organization.id):
        campaign = CampaignFactory.create(days=-0.5)
    response = invite(cast, campaign, person())
    assert (response.status_code, response.json()["code"]) == (409, "campaign_over")


def test_a_reviewer_is_not_shown_links(cast: Cast, campaign: VideoCampaign) -> None:
    session = invite(cast, campaign, person()).json()["invited"][0]["session_id"]
    assert cast.client("reviewer").get(f"/api/sessions/{session}/link/").status_code == 403
    assert cast.client("stranger").get(f"/api/sessions/{session}/link/").status_code == 404
