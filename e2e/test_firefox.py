"""The stock Firefox of the system: the whole path, and a browser that dies in mid-answer."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from support import firefox
from support.api import Client, Invitation
from support.browsers import Visitor, Visitors
from support.candidate import Candidate
from support.firefox import Firefox
from support.kept import assert_stored_as_recorded, responses_of
from support.product import Product
from support.recruiter import Recruiter
from support.scene import Cast

if not firefox.installed():
    pytest.skip(firefox.ABSENT, allow_module_level=True)

# Firefox chooses by itself: 225 pictures from one key frame to the next.
KEY_FRAME_EVERY = 7.6
# Firefox's driver does not tell the bodies of requests.
TELL_SUBMISSIONS = """
const send = window.fetch;
window.fetch = (address, given) => {
  if (String(address).endsWith("/submit_response/")) window.tellSubmission(given.body);
  return send(address, given);
};
"""


def sit_down(visitor: Visitor) -> Candidate:
    """Return a candidate in a Firefox window."""
    candidate = Candidate(visitor)
    visitor.page.expose_function(
        "tellSubmission", lambda body: candidate.submissions.append(json.loads(body))
    )
    visitor.page.add_init_script(TELL_SUBMISSIONS)
    return candidate


def invite(recruiter: Client, name: str) -> Invitation:
    campaign = recruiter.campaign()
    return recruiter.invite(campaign, last_name=name, email=f"{name.lower()}@example.test")


def reviewer_in_firefox(visitors: Visitors, cast: Cast) -> Recruiter:
    """Return a recruiter who has signed in, and sees the list."""
    reviewer = Recruiter(visitors.come("reviewer", mood="firefox"))
    reviewer.sign_in(cast.logins["recruiter"], cast.password)
    reviewer.list_sessions()
    return reviewer


def test_firefox_records_while_the_server_dies_and_plays_what_it_recorded(
    visitors: Visitors, cast: Cast, product: Product, recruiter: Client
) -> None:
    candidate = sit_down(visitors.come("candidate", mood="firefox"))
    candidate.visitor.watch.may_lose_server = True
    candidate.arrive(invite(recruiter, "Renard").link)
    candidate.begin()
    answers = [candidate.answer(6)]
    candidate.start_answer()
    candidate.speak(2)
    product.web.kill()
    candidate.speak(6)
    product.web.start()
    answers.append(candidate.stop())
    candidate.button("between.toSummary").click()
    candidate.confirm()
    assert_stored_as_recorded(
        product, recruiter, "renard@example.test", answers, key_frame_every=KEY_FRAME_EVERY
    )

    reviewer = reviewer_in_firefox(visitors, cast)
    reviewer.review("Renard")
    for index in range(len(answers)):
        reviewer.play(index)
    reviewer.score(0, 8, "Réponse claire.")


def test_firefox_plays_what_chromium_recorded(
    visitors: Visitors, cast: Cast, recruiter: Client
) -> None:
    candidate = Candidate(visitors.come("candidate"))
    candidate.arrive(invite(recruiter, "Loup").link)
    candidate.begin()
    candidate.answer(4)
    [answer] = responses_of(recruiter, "loup@example.test")
    assert answer["recording"]["mime_type"] == "video/mp4"

    reviewer = reviewer_in_firefox(visitors, cast)
    reviewer.review("Loup")
    reviewer.play(0)


def test_what_a_killed_firefox_had_recorded_is_sent_when_it_is_back(
    visitors: Visitors, firefox: Firefox, recruiter: Client, tmp_path: Path
) -> None:
    invitation = invite(recruiter, "Blaireau")
    profile = tmp_path / "badger"
    dying = firefox.on_profile(profile)
    candidate = sit_down(visitors.enter("candidate", dying))
    candidate.arrive(invitation.link)
    candidate.begin()
    candidate.start_answer()
    candidate.visitor.watch.may_lose_server = True
    dying.set_offline(True)
    candidate.speak(5)
    firefox.kill(profile)

    candidate = sit_down(visitors.enter("candidate-again", firefox.on_profile(profile)))
    candidate.visitor.watch.expect(401, "/api/upload/")
    candidate.visitor.watch.expect(404, "/renew_upload/$")
    candidate.page.goto(invitation.link)
    interrupted = candidate.t("devices.interrupted", positions="1")
    expect(candidate.page.get_by_text(interrupted)).to_be_visible()
    candidate.test_devices()
    candidate.ready()
    expect(candidate.position(2)).to_be_visible()

    [answer] = responses_of(recruiter, "blaireau@example.test")
    # The slice of a second that was under way is what the crash may take.
    assert answer["recording"]["duration_ms"] >= 3500
