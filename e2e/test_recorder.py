"""The recorder in a real browser: what it steps down to, and what it goes on through."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from support.api import Client, Invitation, Json
from support.browsers import Visitors
from support.candidate import PATIENCE, Candidate
from support.recorder_screens import FREEZES
from support.waiting import until

NO_LOCKS = "Object.defineProperty(navigator, 'locks', { value: undefined });"
NOTE_OPTIONS = """
window.asked = [];
window.MediaRecorder = class extends MediaRecorder {
  constructor(stream, options) { super(stream, options); window.asked.push(options); }
};
"""
# The browser offers H.264, and its encoder is not there once it is wanted.
H264_FAILS = """
window.MediaRecorder = class extends MediaRecorder {
  constructor(stream, options) {
    super(stream, options);
    if (!/h264|avc1/.test(options.mimeType)) return;
    this.addEventListener("dataavailable", (event) => event.stopImmediatePropagation());
    this.start = () => queueMicrotask(() => this.dispatchEvent(new Event("error")));
  }
};
"""
COUNT_LIGHTS = """
window.lit = 0;
const light = WakeLock.prototype.request;
WakeLock.prototype.request = function (kind) { window.lit += 1; return light.call(this, kind); };
"""
SLOW_BYTES_A_SECOND = 60_000


@pytest.fixture
def invitation(recruiter: Client) -> Invitation:
    return recruiter.invite(recruiter.campaign())


def begin(visitors: Visitors, invitation: Invitation, script: str = "") -> Candidate:
    candidate = Candidate(visitors.come("candidate", init_script=script))
    candidate.arrive(invitation.link)
    candidate.begin()
    return candidate


def recordings(recruiter: Client, invitation: Invitation, count: int) -> list[Json]:
    """Return the session's recordings, once so many are playable."""

    def playable() -> list[Json] | None:
        session = recruiter.get(f"/api/sessions/{invitation.session}/")
        found = [answer["recording"] for answer in session["responses"]]
        done = len(found) == count and all(one["state"] == "ready" for one in found)
        return found if done else None

    return until("the answers are playable", playable, 40)


def see_handed_in(recruiter: Client, invitation: Invitation) -> None:
    """Wait until the server has an answer of the session."""
    path = f"/api/sessions/{invitation.session}/"
    until("the answer is handed in", lambda: recruiter.get(path)["responses"] or None)


def asked_of_recorder(page: Page) -> dict[str, Any]:
    """Return what the page asked of the browser's recorder last."""
    options: dict[str, Any] = page.evaluate("window.asked.at(-1)")
    return options


def test_without_a_camera_the_answers_are_given_in_sound_alone(
    visitors: Visitors, recruiter: Client, invitation: Invitation
) -> None:
    candidate = Candidate(visitors.come("candidate", mood="sound-only"))
    candidate.arrive(invitation.link)
    candidate.consent()
    candidate.button("devices.open").click()
    candidate.button("sound.offer").click()
    candidate.button("sound.yes").click()
    candidate.ready()
    candidate.answer(2)
    candidate.answer(2)
    candidate.confirm()

    for recording in recordings(recruiter, invitation, 2):
        assert recording["duration_ms"] == pytest.approx(2000, abs=1500)
        assert recording["mime_type"].startswith("audio/")


def test_a_codec_that_fails_when_it_is_used_gives_way_to_the_next(
    visitors: Visitors, recruiter: Client, invitation: Invitation
) -> None:
    candidate = begin(visitors, invitation, H264_FAILS + NOTE_OPTIONS)
    candidate.answer(2)
    assert "vp9" in asked_of_recorder(candidate.page)["mimeType"]
    candidate.answer(2)
    candidate.confirm()
    assert len(recordings(recruiter, invitation, 2)) == 2


def test_a_slow_uplink_makes_the_picture_smaller_and_stops_nothing(
    visitors: Visitors, invitation: Invitation
) -> None:
    candidate = Candidate(visitors.come("candidate", init_script=NOTE_OPTIONS))
    candidate.arrive(invitation.link)
    candidate.consent()
    cdp = candidate.page.context.new_cdp_session(candidate.page)
    cdp.send("Network.enable")
    slow = {"latency": 20, "downloadThroughput": -1, "uploadThroughput": SLOW_BYTES_A_SECOND}
    cdp.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    candidate.test_devices()
    candidate.ready()

    expect(candidate.page.get_by_text(candidate.t("line.slow"))).to_be_visible()
    candidate.start_answer()
    assert asked_of_recorder(candidate.page)["videoBitsPerSecond"] == 500_000
    candidate.speak(6)
    candidate.stop()


def test_a_frozen_picture_is_told_and_the_camera_opened_again_before_the_next_question(
    visitors: Visitors, invitation: Invitation
) -> None:
    candidate = begin(visitors, invitation, FREEZES)
    candidate.start_answer()
    candidate.page.evaluate("window.frozen = true")
    told = candidate.page.get_by_text(candidate.t("answer.pictureFrozen"))
    expect(told).to_be_visible()
    expect(candidate.button("answer.stop")).to_be_enabled()
    assert candidate.page.evaluate("window.opened") == 1
    candidate.stop()
    candidate.button("between.next").click()
    expect(candidate.position(2)).to_be_visible()
    assert candidate.page.evaluate("window.opened") == 2
    candidate.answer(5)
    expect(told).to_be_hidden()


def test_a_permission_taken_back_in_mid_answer_keeps_what_was_said(
    visitors: Visitors, recruiter: Client, invitation: Invitation
) -> None:
    allowed = ["camera", "microphone"]
    candidate = Candidate(visitors.come("candidate", mood="asked", permissions=allowed))
    candidate.arrive(invitation.link)
    candidate.begin()
    candidate.start_answer()
    candidate.speak(2)
    candidate.page.context.clear_permissions()

    expect(candidate.heading("between.permission_withdrawn.title")).to_be_visible()
    see_handed_in(recruiter, invitation)
    candidate.button("between.next").click()
    expect(candidate.heading("device.permission_denied.title")).to_be_visible()


def test_a_second_tab_cannot_take_a_live_recording_without_web_locks(
    visitors: Visitors, recruiter: Client, invitation: Invitation
) -> None:
    candidate = begin(visitors, invitation, NO_LOCKS)
    candidate.start_answer()
    second = Candidate(visitors.another_tab(candidate.visitor))
    second.page.goto(invitation.link)
    expect(second.heading("problem.other_tab.title")).to_be_visible()
    assert not second.submissions

    candidate.speak(3)
    candidate.stop()
    see_handed_in(recruiter, invitation)


def test_a_reload_without_web_locks_goes_on_in_the_same_tab(
    visitors: Visitors, recruiter: Client, invitation: Invitation
) -> None:
    candidate = begin(visitors, invitation, NO_LOCKS)
    candidate.visitor.watch.expect(401, "/api/upload/")
    candidate.visitor.watch.expect(404, "/renew_upload/$")
    candidate.start_answer()
    candidate.speak(3)
    candidate.page.reload()
    # Where the browser had no time to clear the heartbeat, ten seconds show that it is over.
    expect(candidate.heading("devices.title")).to_be_visible(timeout=PATIENCE)
    see_handed_in(recruiter, invitation)


def test_the_screen_stays_on_while_an_answer_is_recorded(
    visitors: Visitors, invitation: Invitation
) -> None:
    candidate = begin(visitors, invitation, COUNT_LIGHTS)
    assert candidate.page.evaluate("window.lit") == 0
    candidate.start_answer()
    candidate.page.wait_for_function("() => window.lit === 1")
