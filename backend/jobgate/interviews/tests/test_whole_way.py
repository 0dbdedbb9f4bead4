"""The whole way of one answer, from the campaign to the score."""

import httpx
from django.core import mail

from jobgate.core.background import run_waiting_jobs
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import InterviewSession
from jobgate.interviews.tests.driving import Page
from tests.asking import ask
from tests.factories import Cast, session_in

CAMPAIGN = {
    "title": "Chargé de clientèle",
    "language": "fr",
    "questions": [
        {"text": "Présentez-vous.", "answer_seconds": 90},
        {"text": "Autre chose ?", "mandatory": False},
    ],
}


def test_a_campaign_an_answer_and_its_score(cast: Cast, webm: bytes) -> None:
    recruiter = cast.client("recruiter")
    campaign = recruiter.post("/api/campaigns/", CAMPAIGN).json()
    assert recruiter.post(f"/api/campaigns/{campaign['id']}/open/").json()["status"] == "open"

    invitee = {"first_name": "Aïcha", "last_name": "Bennani", "email": "aicha@example.test"}
    answer = recruiter.post(
        f"/api/campaigns/{campaign['id']}/invite_candidates/", {"candidates": [invitee]}
    )
    assert answer.status_code == 201
    invited = answer.json()["invited"][0]
    run_waiting_jobs()
    (letter,) = mail.outbox
    assert invited["link"] in str(letter.body)

    with tenant_scope(cast.organization.id):
        page = Page(InterviewSession.objects.get(pk=invited["session_id"]))
    page.start(invited["link"].partition("#")[2])
    assert [q["text"] for q in page.interview["questions"]] == [None, None]
    page.consent()
    assert page.answer(1, webm).status_code == 201
    page.post("open_question", {"question": page.question(2)})
    assert (
        page.post("submit_response", {"question": page.question(2), "skipped": True}).status_code
        == 201
    )
    receipt = page.post("complete_session").json()
    assert receipt["session"]["status"] == "completed"
    run_waiting_jobs()
    assert page.get("receipt").json()["receipt"][0]["state"] == "ready"

    session = recruiter.get(f"/api/sessions/{invited['session_id']}/").json()
    assert session["status"] == "completed"
    assert (session["answered"], session["question_count"]) == (1, 2)
    recorded, skipped = session["responses"]
    assert recorded["answer_kind"] == "video"
    assert recorded["recording"]["duration_ms"] > 1500
    assert skipped["answer_kind"] == "skipped"
    assert recruiter.get(recorded["recording"]["url"]).status_code == 200

    scored = recruiter.post(
        f"/api/responses/{recorded['id']}/evaluate/", {"score": 8, "notes": "Clair."}
    )
    assert scored.json()["score"] == 8
    listed = recruiter.get("/api/sessions/").json()["results"]
    assert [row["score"] for row in listed] == [8.0]


def test_a_recording_sent_in_one_form_is_handed_in_like_any_other(cast: Cast, webm: bytes) -> None:
    page = Page(session_in(cast.organization)).begin()
    question = {"question": page.question(1)}
    page.post("open_question", question)
    upload = page.post("open_take", question).json()["upload"]
    form = httpx.Request("POST", "http://testserver", files={"file": ("answer.webm", webm)})
    headers = {"Authorization": f"Upload {upload['token']}", **form.headers}
    sent = ask("POST", upload["url"], headers, form.read())
    assert (sent.status, sent.headers["upload-offset"]) == (201, str(len(webm)))

    response = page.post("submit_response", question | {"upload": upload["id"]})

    assert response.status_code == 201
    run_waiting_jobs()
    assert page.get("receipt").json()["receipt"][0]["state"] == "ready"
