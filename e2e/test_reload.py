"""A page that is reloaded in mid-interview: nothing that was said is lost, and it goes on."""

import pytest
from playwright.sync_api import expect

from support.api import Client, Invitation
from support.browsers import Visitors
from support.candidate import Candidate
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
    # After a reload the page asks for the permission to send again, and whether it need.
    candidate.visitor.watch.expect(401, "/api/upload/")
    candidate.visitor.watch.expect(404, "/renew_upload/$")
    return candidate


def durations(recruiter: Client, invitation: Invitation) -> list[float]:
    """Return how long the session's answers play, once they do."""

    def playable() -> list[float] | None:
        answers = recruiter.get(f"/api/sessions/{invitation.session}/")["responses"]
        recordings = [answer["recording"] for answer in answers]
        done = recordings and all(recording["state"] == "ready" for recording in recordings)
        return [recording["duration_ms"] / 1000 for recording in recordings] if done else None

    return until("the answers are playable", playable)


def test_a_reload_between_two_questions_goes_on_with_the_second(
    candidate: Candidate, recruiter: Client, invitation: Invitation
) -> None:
    first = candidate.answer(2)
    candidate.page.reload()

    candidate.test_devices()
    candidate.ready()
    expect(candidate.position(2)).to_be_visible()
    second = candidate.answer(2)
    candidate.confirm()

    played = durations(recruiter, invitation)
    assert played == pytest.approx([first.seconds, second.seconds], abs=0.5)


def test_a_reload_in_mid_answer_sends_what_was_said_and_goes_on(
    candidate: Candidate, recruiter: Client, invitation: Invitation
) -> None:
    candidate.start_answer()
    candidate.speak(4)
    candidate.page.reload()

    interrupted = candidate.t("devices.interrupted", positions="1")
    expect(candidate.page.get_by_text(interrupted)).to_be_visible()
    candidate.test_devices()
    candidate.ready()
    expect(candidate.position(2)).to_be_visible()
    candidate.answer(2)
    candidate.confirm()

    first, _ = durations(recruiter, invitation)
    # The slice of a second that was under way is what a reload may lose.
    assert first >= 2.5
