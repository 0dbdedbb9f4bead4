"""Faults that spoil an answer: it can be saved, it is asked for again, and nobody is punished."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Download, Route, expect

from support import database
from support.api import Client, Invitation
from support.browsers import Visitors
from support.candidate import PATIENCE, Candidate
from support.product import Product
from support.recruiter import Recruiter
from support.scene import Cast
from support.situations import hand_in
from support.waiting import until


@pytest.fixture
def invitation(recruiter: Client) -> Invitation:
    return recruiter.invite(recruiter.campaign())


@pytest.fixture
def candidate(visitors: Visitors, invitation: Invitation) -> Candidate:
    """Return a candidate before the first question."""
    candidate = Candidate(visitors.come("candidate"))
    candidate.arrive(invitation.link)
    candidate.begin()
    return candidate


def original_of(product: Product, recruiter: Client, invitation: Invitation, answer: int) -> Path:
    """Return the stored file of an answer, as it came."""
    recording = recruiter.get(f"/api/sessions/{invitation.session}/")["responses"][answer]
    [folder] = product.media.glob(f"**/{recording['recording']['id']}")
    return folder / "original"


def damage(file: Path) -> None:
    """Change one byte, as a failing disk does."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def digest(download: Download) -> str:
    return hashlib.sha256(Path(download.path()).read_bytes()).hexdigest()


def test_an_answer_that_the_disk_spoilt_is_saved_and_recorded_again(
    candidate: Candidate,
    visitors: Visitors,
    cast: Cast,
    product: Product,
    recruiter: Client,
    invitation: Invitation,
) -> None:
    candidate.answer(2)
    with product.worker_stopped():
        candidate.answer(2)
        hand_in(candidate)
        expect(candidate.heading("sending.arrived")).to_be_visible(timeout=PATIENCE)
        until("both answers are handed in", lambda: len(candidate.submissions) == 2)
        damage(original_of(product, recruiter, invitation, 1))

    spoilt = candidate.page.get_by_role("alert")
    expect(spoilt).to_contain_text(candidate.t("failed.spoilt", position=2), timeout=PATIENCE)
    expect(spoilt).to_contain_text(candidate.t("failed.notCounted"), timeout=PATIENCE)
    with candidate.page.expect_download() as started:
        candidate.button("download.answer").first.click()
    assert started.value.suggested_filename.startswith("ma-reponse-question-2.")
    assert digest(started.value) == candidate.submissions[1]["sha256"]
    until("the letter", lambda: any(invitation.link in each for each in product.letters()[1:]))
    status = recruiter.get(f"/api/sessions/{invitation.session}/")["status"]
    assert status == "in_progress"

    candidate.button("failed.recordAgain").click()
    candidate.test_devices()
    candidate.ready()
    expect(candidate.position(2)).to_be_visible()
    candidate.answer(2)
    candidate.confirm()

    reviewer = Recruiter(visitors.come("recruiter"))
    reviewer.sign_in(cast.logins["recruiter"], cast.password)
    reviewer.page.goto(f"/sessions/{invitation.session}")
    expect(reviewer.page.get_by_text(reviewer.t("timeline.reopened"))).to_be_visible()
    reviewer.play(1)


def test_the_recruiter_reads_why_an_answer_cannot_be_played(
    candidate: Candidate,
    visitors: Visitors,
    cast: Cast,
    product: Product,
    recruiter: Client,
    invitation: Invitation,
) -> None:
    with product.worker_stopped():
        candidate.answer(2)
        until("the answer is handed in", lambda: len(candidate.submissions) == 1)
        state = "SELECT count(*) FROM interviews_videoresponse WHERE session_id = %s"
        until("it is an answer", lambda: database.value(state, invitation.session))
        original_of(product, recruiter, invitation, 0).unlink()

    reviewer = Recruiter(visitors.come("recruiter"))
    reviewer.sign_in(cast.logins["recruiter"], cast.password)
    reviewer.page.goto(f"/sessions/{invitation.session}")
    asked = reviewer.page.get_by_text(reviewer.t("response.askedAgain"))
    expect(asked).to_be_visible(timeout=PATIENCE)
    [answer] = recruiter.get(f"/api/sessions/{invitation.session}/")["responses"]
    assert answer["recording"]["reason"] == "missing"
    expect(reviewer.page.get_by_text(answer["recording"]["reason_text"])).to_be_visible()


def test_an_end_whose_confirmation_was_lost_is_confirmed_once_more(
    candidate: Candidate, recruiter: Client, invitation: Invitation
) -> None:
    lost: list[str] = []

    def commit_and_lose(route: Route) -> None:
        """Let the server do it, and drop its answer once."""
        route.fetch()
        lost.append(route.request.url)
        route.abort("connectionreset")

    candidate.visitor.watch.may_lose_server = True
    for action in ("submit_response", "complete_session"):
        candidate.page.route(f"**/{action}/", commit_and_lose, times=1)
    candidate.answer(2)
    candidate.answer(2)
    candidate.confirm()

    assert [url.rsplit("/", 2)[1] for url in lost] == ["submit_response", "complete_session"]
    session = recruiter.get(f"/api/sessions/{invitation.session}/")
    assert (session["status"], session["answered"]) == ("completed", 2)
    kinds = [entry["kind"] for entry in session["timeline"] if entry["source"] == "server"]
    assert kinds.count("completed") == 1


def test_an_answer_that_a_reload_cut_short_can_be_given_again(
    candidate: Candidate, recruiter: Client, invitation: Invitation
) -> None:
    candidate.visitor.watch.expect(401, "/api/upload/")
    candidate.visitor.watch.expect(404, "/renew_upload/$")
    candidate.start_answer()
    candidate.speak(2)
    candidate.page.reload()

    candidate.button("interrupted.recordAgain").click()
    expect(candidate.button("failed.useKept")).to_be_visible()
    candidate.test_devices()
    candidate.ready()
    expect(candidate.position(1)).to_be_visible()
    candidate.answer(2)
    candidate.answer(2)
    candidate.confirm()

    session = recruiter.get(f"/api/sessions/{invitation.session}/")
    assert (session["status"], session["answered"]) == ("completed", 2)
    given_back = [each["data"] for each in session["timeline"] if each["kind"] == "take_given_back"]
    assert [(each["reason"], each["by"]) for each in given_back] == [("page_ended", "page")]
