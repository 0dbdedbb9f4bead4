"""Every screen of the product, and how to come to it."""

from uuid import uuid4

from playwright.sync_api import FilePayload, Page, expect

from support import fault_screens, recorder_screens
from support.api import QUESTIONS
from support.candidate import Candidate
from support.screen import SCREENS, screen
from support.situations import after_two_answers, at_first_question, at_summary
from support.stage import Stage


def address(name: str, path: str) -> None:
    """Register a recruiter's screen that its address leads to."""
    SCREENS[name] = lambda stage: stage.recruiter(path).page


__all__ = ["SCREENS", "fault_screens", "recorder_screens"]

# The recruiter's


@screen
def login(stage: Stage) -> Page:
    page = stage.come("recruiter").page
    page.goto("/login")
    page.get_by_role("heading", level=1).wait_for()
    return page


address("home", "/")
address("campaigns", "/campaigns")
address("campaigns-none-found", "/campaigns?search=nothing-like-this")
address("sessions", "/sessions")
address("candidates", "/candidates")
address("profile", "/profile")
address("missing", "/nowhere")


@screen
def campaign_form(stage: Stage) -> Page:
    recruiter = stage.recruiter("/campaigns/new")
    recruiter.button("question.add").click()
    recruiter.button("action.save").click()
    expect(recruiter.page.get_by_text(recruiter.t("mistake.title"))).to_be_visible()
    return recruiter.page


def _open_campaign(stage: Stage) -> str:
    [first, *_] = stage.client.get("/api/campaigns/", status="open", ordering="created_at")[
        "results"
    ]
    return f"/campaigns/{first['id']}"


@screen
def campaign(stage: Stage) -> Page:
    return stage.recruiter(_open_campaign(stage)).page


@screen
def campaign_edit(stage: Stage) -> Page:
    return stage.recruiter(f"{_open_campaign(stage)}/edit").page


@screen
def invitation(stage: Stage) -> Page:
    recruiter = stage.recruiter(_open_campaign(stage))
    recruiter.button("invite.title").first.click()
    expect(recruiter.page.get_by_role("tabpanel")).to_be_visible()
    return recruiter.page


def _inviting(stage: Stage, by: str) -> Page:
    page = stage.recruiter(f"{_open_campaign(stage)}/invite?by={by}").page
    expect(page.get_by_role("tabpanel")).to_be_visible()
    return page


@screen
def invitation_file(stage: Stage) -> Page:
    return _inviting(stage, "file")


@screen
def invitation_list(stage: Stage) -> Page:
    """Show what is wrong in which line of a list."""
    page = _inviting(stage, "paste")
    lines = ["Nora;Keller;nora@example.test", "Sami;;sami@example.test", "nobody"]
    page.get_by_role("textbox").fill("\n".join(lines))
    page.get_by_role("tabpanel").get_by_role("button").click()
    expect(page.get_by_role("main").get_by_role("list").first).to_be_visible()
    return page


@screen
def public_link(stage: Stage) -> Page:
    page = _inviting(stage, "link")
    page.locator("button[type=submit]").click()
    expect(page.locator("svg[role=img]")).to_be_visible()
    return page


@screen
def invitation_sent(stage: Stage) -> Page:
    recruiter = stage.recruiter(f"/campaigns/{stage.campaign()['id']}")
    recruiter.send_invitation("Nora", "Keller", f"{uuid4()}@example.test")
    return recruiter.page


@screen
def review(stage: Stage) -> Page:
    recruiter = stage.recruiter(f"/sessions/{stage.reviewed_session()['id']}")
    recruiter.show_answer(0)
    recruiter.page.wait_for_function("() => document.querySelector('video').readyState >= 2")
    recruiter.page.evaluate("scrollTo(0, 0)")
    return recruiter.page


@screen
def review_of_nothing_yet(stage: Stage) -> Page:
    return stage.recruiter(f"/sessions/{stage.session('invited')['id']}").page


@screen
def candidate(stage: Stage) -> Page:
    return stage.recruiter(f"/candidates/{stage.session('completed')['candidate']['id']}").page


@screen
def menu(stage: Stage) -> Page:
    recruiter = stage.recruiter("/campaigns")
    recruiter.page.get_by_role("button", name=recruiter.t("theme.label")).click()
    expect(recruiter.page.get_by_role("menu")).to_be_visible()
    return recruiter.page


# The candidate's


@screen
def introduction(stage: Stage) -> Page:
    return stage.candidate().page


@screen
def notice(stage: Stage) -> Page:
    arrived = stage.candidate()
    arrived.button("intro.next").click()
    arrived.button("notice.next").click()
    expect(arrived.page.get_by_text(arrived.t("notice.required"))).to_be_visible()
    return arrived.page


@screen
def devices_closed(stage: Stage) -> Page:
    arrived = stage.candidate()
    arrived.consent()
    return arrived.page


@screen
def devices(stage: Stage) -> Page:
    arrived = stage.candidate()
    arrived.consent()
    arrived.test_devices()
    return arrived.page


@screen
def devices_refused(stage: Stage) -> Page:
    arrived = stage.candidate("refuses")
    arrived.consent()
    arrived.button("devices.open").click()
    expect(arrived.heading("device.permission_denied.title")).to_be_visible()
    return arrived.page


@screen
def preparation(stage: Stage) -> Page:
    return at_first_question(stage).page


@screen
def answering(stage: Stage) -> Page:
    arrived = at_first_question(stage)
    arrived.start_answer()
    return arrived.page


@screen
def between(stage: Stage) -> Page:
    arrived = at_first_question(stage)
    arrived.start_answer()
    arrived.speak(1)
    arrived.stop()
    arrived.button("between.stay").click()
    return arrived.page


@screen
def skipping(stage: Stage) -> Page:
    arrived = after_two_answers(stage)
    arrived.button("skip.open").click()
    expect(arrived.page.get_by_role("dialog")).to_be_visible()
    return arrived.page


@screen
def summary(stage: Stage) -> Page:
    return at_summary(stage).page


@screen
def confirmation(stage: Stage) -> Page:
    arrived = at_summary(stage)
    arrived.button("summary.submit").click()
    expect(arrived.page.get_by_role("dialog")).to_be_visible()
    return arrived.page


@screen
def done(stage: Stage) -> Page:
    arrived = at_summary(stage)
    arrived.confirm()
    return arrived.page


def _of_every_kind(stage: Stage) -> Candidate:
    """Return a candidate before a written answer; a choice and a file come after it."""
    kinds = [
        {"text": QUESTIONS[stage.language][1], "answer_by": "text"},
        {
            "text": QUESTIONS[stage.language][0],
            "answer_by": "choice",
            "choices": list(QUESTIONS[stage.language]),
        },
        {"text": QUESTIONS[stage.language][1], "answer_by": "file"},
    ]
    rules = {"going_back": True, "questions_to_team": True, "reply_by": "2027-03-01"}
    campaign = stage.client.campaign(stage.language, questions=kinds, **rules)
    arrived = Candidate(stage.come("candidate"), stage.language)
    arrived.arrive(stage.client.invite(campaign).link)
    arrived.button("intro.next").click()
    arrived.page.get_by_role("checkbox").check()
    arrived.button("notice.next").click()
    arrived.button("write.send").click()
    expect(arrived.page.get_by_text(arrived.t("write.empty"))).to_be_visible()
    return arrived


@screen
def writing(stage: Stage) -> Page:
    return _of_every_kind(stage).page


def _at_choice(stage: Stage) -> Candidate:
    arrived = _of_every_kind(stage)
    arrived.write(QUESTIONS[stage.language][0])
    arrived.button("between.next").click()
    arrived.page.get_by_role("checkbox").first.check()
    return arrived


@screen
def choosing(stage: Stage) -> Page:
    return _at_choice(stage).page


def _at_file(stage: Stage) -> Candidate:
    arrived = _at_choice(stage)
    arrived.send()
    arrived.button("between.next").click()
    return arrived


@screen
def file_answer(stage: Stage) -> Page:
    arrived = _at_file(stage)
    expect(arrived.page.get_by_text(arrived.t("file.help"))).to_be_visible()
    return arrived.page


@screen
def own_page(stage: Stage) -> Page:
    """Show the summary's question to the team done, the end, and the page that remains."""
    arrived = _at_file(stage)
    file: FilePayload = {"name": "cv.txt", "mimeType": "text/plain", "buffer": b"CV"}
    arrived.page.get_by_label(arrived.t("file.label"), exact=True).set_input_files(file)
    arrived.send()
    arrived.button("between.toSummary").click()
    arrived.ask_team(QUESTIONS[stage.language][1])
    arrived.confirm()
    arrived.rate(4)
    arrived.page.reload()
    expect(arrived.heading("own.completed.title")).to_be_visible()
    return arrived.page


@screen
def handover(stage: Stage) -> Page:
    arrived = stage.candidate()
    arrived.consent()
    arrived.test_devices()
    arrived.button("phone.offer").click()
    expect(arrived.page.get_by_role("img", name=arrived.t("phone.code"))).to_be_visible()
    return arrived.page


@screen
def link_unknown(stage: Stage) -> Page:
    lost = Candidate(stage.come("candidate"), stage.language)
    lost.visitor.watch.expect(404, "/start_session/$")
    lost.page.goto(f"/interview#{uuid4()}")
    expect(lost.heading("problem.link_unknown.title")).to_be_visible()
    return lost.page


# The server's own pages


@screen
def mailbox(stage: Stage) -> Page:
    page = stage.come("anybody").page
    page.goto("/mailbox/")
    return page


@screen
def server_error_page(stage: Stage) -> Page:
    visitor = stage.come("anybody")
    visitor.watch.expect(404, "/assets/nothing-here")
    visitor.page.goto("/assets/nothing-here")
    return visitor.page
