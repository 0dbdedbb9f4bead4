"""Every way to answer, back and forth, from one device to another, and the page that remains."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from support.api import Client, Invitation, Json
from support.browsers import Visitors
from support.candidate import Candidate
from support.waiting import until

CHOICES = ["Le matin", "Le soir"]
RULES: Json = {
    "going_back": True,
    "questions_to_team": True,
    "review_own_take": True,
    "preparation_mode": "soft",
    "reply_by": "2027-03-01",
}


def asked(text: str, **more: object) -> Json:
    times = {"preparation_seconds": 30, "answer_seconds": 60, "mandatory": True}
    return {"text": text, **times, **more}


@pytest.fixture
def invitation(recruiter: Client) -> Invitation:
    questions = [
        asked("Présentez-vous."),
        asked("Votre projet préféré ?", answer_by="text"),
        asked("Quand êtes-vous libre ?", answer_by="choice", choices=CHOICES),
        asked("Votre CV, s'il vous plaît.", answer_by="file"),
    ]
    return recruiter.invite(recruiter.campaign(questions=questions, **RULES))


@pytest.fixture
def candidate(visitors: Visitors, invitation: Invitation) -> Candidate:
    candidate = Candidate(visitors.come("candidate"))
    candidate.arrive(invitation.link)
    candidate.consent()
    candidate.test_devices()
    return candidate


def test_answers_of_every_kind_arrive_and_remain_on_ones_own_page(
    candidate: Candidate, recruiter: Client, invitation: Invitation, tmp_path: Path
) -> None:
    page = candidate.page
    candidate.ready()
    candidate.start_answer()
    candidate.speak(2)
    candidate.stop()
    candidate.button("review.open").click()
    expect(page.get_by_label(candidate.t("playback.label"))).to_be_visible()
    candidate.button("between.next").click()

    candidate.write("Un four solaire.")
    candidate.button("between.next").click()
    page.get_by_role("checkbox", name=CHOICES[1]).check()
    candidate.send()
    candidate.button("between.next").click()
    cv = tmp_path / "cv.txt"
    cv.write_text("Salma Bennani, boulangère", encoding="utf-8")
    page.get_by_label(candidate.t("file.label"), exact=True).set_input_files(cv)
    candidate.send()
    candidate.button("between.toSummary").click()

    again = candidate.t("summary.change", position=2)
    page.get_by_role("button", name=again, exact=True).click()
    candidate.write("Un four solaire, et un moulin.")
    candidate.button("between.toSummary").click()
    candidate.ask_team("Combien êtes-vous ?")
    candidate.confirm()
    candidate.rate(5)

    page.reload()
    expect(candidate.heading("own.completed.title")).to_be_visible()
    for words in ("Un four solaire, et un moulin.", CHOICES[1], "1 mars 2027"):
        expect(page.get_by_text(words)).to_be_visible()
    assert page.request.get(page.get_by_role("link").get_attribute("href") or "").ok
    with page.expect_download() as receipt:
        candidate.button("done.download").click()
    assert candidate.answers[0].sha256 in receipt.value.path().read_text(encoding="utf-8")

    candidate.withdraw()
    until("it is withdrawn", lambda: status(recruiter, invitation) == "withdrawn")


def status(recruiter: Client, invitation: Invitation) -> str:
    found: str = recruiter.get(f"/api/sessions/{invitation.session}/")["status"]
    return found


def test_a_code_hands_the_interview_over_and_back(candidate: Candidate, visitors: Visitors) -> None:
    candidate.button("phone.offer").click()
    expect(candidate.page.get_by_role("img", name=candidate.t("phone.code"))).to_be_visible()
    address = candidate.page.get_by_text("#handover=").inner_text()

    phone = Candidate(visitors.come("phone", width=390))
    phone.page.goto(address)
    phone.button("intro.next").click()
    phone.test_devices()
    phone.ready()

    # A page that is looked at asks every 20 s whether it may go on.
    elsewhere = candidate.heading("problem.session_elsewhere.title")
    expect(elsewhere).to_be_visible(timeout=30_000)
    candidate.button("problem.takeOver").click()
    candidate.test_devices()
    candidate.ready()

    again = Candidate(visitors.come("late"))
    again.visitor.watch.expect(410, "/accept_handover/$")
    again.page.goto(address)
    expect(again.heading("problem.handover_expired.title")).to_be_visible()
