"""What the demonstration prints works: its logins, its videos, its candidate's link."""

from typing import Any

from playwright.sync_api import expect

from support.browsers import Visitors
from support.candidate import Candidate
from support.recruiter import Recruiter
from support.words import t


def test_its_recruiter_signs_in_and_its_videos_play(
    demo: dict[str, Any], visitors: Visitors
) -> None:
    [login, *_] = [one for one in demo["logins"] if one["role"] == "recruiter"]
    recruiter = Recruiter(visitors.come("recruiter"))
    recruiter.sign_in(login["email"], login["password"])
    recruiter.list_sessions()
    recruiter.search_sessions("Salma El Amrani")
    recruiter.review("Salma El Amrani")
    recruiter.play(0)
    recruiter.play(1)


def test_its_candidates_link_opens_an_interview(demo: dict[str, Any], visitors: Visitors) -> None:
    candidate = Candidate(visitors.come("candidate"))
    candidate.arrive(demo["candidate_link"])


def test_its_candidate_is_told_that_interviews_open_by_their_link(
    demo: dict[str, Any], visitors: Visitors
) -> None:
    [login] = [one for one in demo["logins"] if one["role"] == "candidate"]
    someone = Recruiter(visitors.come("candidate"))
    someone.sign_in(login["email"], login["password"])
    heading = someone.page.get_by_role("heading", name=t("candidateAccount.title"))
    expect(heading).to_be_visible()


def test_its_letters_are_in_the_mailbox(demo: dict[str, Any], visitors: Visitors) -> None:
    anybody = visitors.come("anybody")
    anybody.page.goto(demo["mailbox"])
    expect(anybody.page.get_by_text("amine", exact=False).first).to_be_visible()
