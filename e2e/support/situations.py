"""Where candidates stand, for the screens that begin there."""

from playwright.sync_api import expect

from support import database
from support.api import CandidateClient, Invitation
from support.candidate import Candidate
from support.stage import Stage


def at_first_question(stage: Stage) -> Candidate:
    """Return a candidate who prepares the first answer."""
    arrived = stage.candidate("arabic" if stage.language == "ar" else "french")
    arrived.begin()
    return arrived


def forget_device(invited: Invitation) -> None:
    """Let a window come in after the helper, without being asked whether it takes over."""
    change = "UPDATE interviews_interviewsession SET lease_renewed_at = NULL WHERE id = %s"
    database.execute(change, invited.session)


def after_two_answers(stage: Stage) -> Candidate:
    """Return a candidate with one optional question left; the answers came without a browser."""
    invited = stage.invitation()
    helper = CandidateClient(stage.visitors.url, invited)
    helper.consent()
    helper.answer(stage.answer, 0)
    helper.answer(stage.answer, 1)
    forget_device(invited)
    arrived = Candidate(stage.come("candidate"), stage.language)
    arrived.page.goto(invited.link)
    arrived.test_devices()
    arrived.ready()
    return arrived


def at_summary(stage: Stage) -> Candidate:
    """Return a candidate who has reached the end."""
    arrived = after_two_answers(stage)
    arrived.button("skip.open").click()
    arrived.button("skip.yes").click()
    arrived.button("between.toSummary").click()
    expect(arrived.heading("summary.title")).to_be_visible()
    return arrived


def hand_in(arrived: Candidate) -> None:
    """Confirm the end, whatever follows."""
    arrived.button("summary.submit").click()
    yes = arrived.t("summary.confirmYes")
    arrived.page.get_by_role("dialog").get_by_role("button", name=yes, exact=True).click()


def at_last_answer(stage: Stage) -> Candidate:
    """Return a candidate before the second question; the third is optional."""
    invited = stage.invitation()
    helper = CandidateClient(stage.visitors.url, invited)
    helper.consent()
    helper.answer(stage.answer, 0)
    forget_device(invited)
    arrived = Candidate(stage.come("candidate"), stage.language)
    arrived.page.goto(invited.link)
    arrived.test_devices()
    arrived.ready()
    return arrived


def skip_to_summary(arrived: Candidate) -> None:
    """Leave the optional question out."""
    arrived.button("skip.open").click()
    arrived.button("skip.yes").click()
    arrived.button("between.toSummary").click()
