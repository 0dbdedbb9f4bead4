"""What people see when a technical fault spoils an answer, and while answers are on their way."""

from playwright.sync_api import Page, expect

from support.api import CandidateClient
from support.candidate import Candidate
from support.screen import screen
from support.situations import (
    at_first_question,
    at_last_answer,
    at_summary,
    forget_device,
    hand_in,
    skip_to_summary,
)
from support.stage import Stage


@screen
def answer_spoilt(stage: Stage) -> Page:
    invited = stage.invitation()
    helper = CandidateClient(stage.visitors.url, invited)
    helper.consent()
    helper.spoilt_answer(stage.answer)
    forget_device(invited)
    arrived = Candidate(stage.come("candidate"), stage.language)
    arrived.page.goto(invited.link)
    expect(arrived.page.get_by_role("alert")).to_be_visible()
    return arrived.page


def _cut_short(stage: Stage) -> Candidate:
    arrived = at_first_question(stage)
    arrived.visitor.watch.expect(401, "/api/upload/")
    arrived.visitor.watch.expect(404, "/renew_upload/$")
    arrived.start_answer()
    arrived.speak(1)
    arrived.page.reload()
    expect(arrived.button("interrupted.recordAgain")).to_be_visible()
    return arrived


@screen
def answer_cut_short(stage: Stage) -> Page:
    return _cut_short(stage).page


@screen
def answer_given_back(stage: Stage) -> Page:
    arrived = _cut_short(stage)
    arrived.button("interrupted.recordAgain").click()
    expect(arrived.button("failed.useKept")).to_be_visible()
    return arrived.page


@screen
def summary_spoilt(stage: Stage) -> Page:
    """Show a summary with an answer that could not be sent, and one that is confirmed."""
    arrived = at_last_answer(stage)
    arrived.visitor.watch.expect(413, "/api/upload/")
    arrived.page.route("**/api/upload/**", lambda route: route.fulfill(status=413))
    arrived.answer(1)
    skip_to_summary(arrived)
    expect(arrived.button("failed.recordAgain")).to_be_visible()
    return arrived.page


@screen
def sending_confirmed(stage: Stage) -> Page:
    arrived = at_summary(stage)
    arrived.page.route("**/complete_session/", lambda route: None)
    hand_in(arrived)
    expect(arrived.page.get_by_text(arrived.t("delivery.confirming"))).to_be_visible()
    return arrived.page


@screen
def sending(stage: Stage) -> Page:
    """Show the last answer on its way, with the upload held."""
    arrived = at_last_answer(stage)
    arrived.start_answer()
    arrived.speak(2)
    arrived.page.route("**/api/upload/**", lambda route: None)
    arrived.speak(4)
    arrived.stop()
    arrived.button("between.next").click()
    skip_to_summary(arrived)
    hand_in(arrived)
    expect(arrived.heading("sending.title")).to_be_visible()
    arrived.page.get_by_text(arrived.t("download.title")).click()
    return arrived.page


@screen
def other_tab(stage: Stage) -> Page:
    arrived = at_first_question(stage)
    arrived.start_answer()
    arrived.speak(1)
    second = Candidate(stage.visitors.another_tab(arrived.visitor), stage.language)
    second.page.goto("/interview")
    expect(second.button("download.answer")).to_be_visible()
    return second.page


@screen
def link_revoked(stage: Stage) -> Page:
    arrived = at_first_question(stage)
    arrived.visitor.watch.expect(401, "/api/")
    refusal = {"code": "token_invalid", "detail": "", "fields": {}}
    arrived.page.route("**/api/sessions/**", lambda route: route.fulfill(status=401, json=refusal))
    arrived.button("preparation.begin").click()
    expect(arrived.heading("problem.link_revoked.title")).to_be_visible()
    return arrived.page


@screen
def review_of_a_spoilt_answer(stage: Stage) -> Page:
    invited = stage.invitation()
    helper = CandidateClient(stage.visitors.url, invited)
    helper.consent()
    helper.spoilt_answer(stage.answer)
    recruiter = stage.recruiter(f"/sessions/{invited.session}")
    expect(recruiter.page.get_by_text(recruiter.t("response.askedAgain"))).to_be_visible()
    return recruiter.page
