"""From a recruiter's sign-in to a score: the whole way, in two languages and real windows."""

import pytest
from playwright.sync_api import expect

from support.api import QUESTIONS, TITLES, Client
from support.browsers import Visitors
from support.candidate import Candidate
from support.kept import assert_stored_as_recorded
from support.product import Product
from support.recruiter import Recruiter
from support.scene import Cast
from support.waiting import until
from support.words import Language, t


@pytest.fixture
def at_the_screens(visitors: Visitors, cast: Cast) -> Recruiter:
    """Return a recruiter who has signed in, in French."""
    recruiter = Recruiter(visitors.come("recruiter"))
    recruiter.sign_in(cast.logins["recruiter"], cast.password)
    return recruiter


def test_from_sign_in_to_a_score(
    at_the_screens: Recruiter, visitors: Visitors, product: Product, recruiter: Client
) -> None:
    at_the_screens.make_campaign(TITLES["fr"], QUESTIONS["fr"], "fr")
    link = at_the_screens.invite("Salma", "Idrissi", "salma.idrissi@example.test")
    assert link.startswith(f"{product.url}/interview#")
    until("the letter", lambda: any(link in letter for letter in product.letters()))

    loads = at_the_screens.loads
    candidate = Candidate(visitors.come("candidate"))
    candidate.arrive(link)
    candidate.begin()
    expect(at_the_screens.row("Idrissi")).to_contain_text(standing("in_progress"))
    answers = [candidate.answer(8), candidate.answer(5)]
    candidate.confirm()

    expect(at_the_screens.row("Idrissi")).to_contain_text(standing("to_review"))
    assert at_the_screens.loads == loads, "the list changed without a reload"

    at_the_screens.review("Idrissi")
    for index in range(len(answers)):
        at_the_screens.play(index)
    assert_ranges_were_asked_for(at_the_screens)
    at_the_screens.score(0, 8, "Réponse claire, exemples concrets.")
    at_the_screens.list_sessions()
    score = at_the_screens.row("Idrissi").get_by_role("cell", name="8,0", exact=True)
    expect(score).to_be_visible()

    assert_stored_as_recorded(product, recruiter, "salma.idrissi@example.test", answers)


def test_an_interview_in_arabic(
    at_the_screens: Recruiter, visitors: Visitors, product: Product, recruiter: Client
) -> None:
    at_the_screens.make_campaign(TITLES["ar"], QUESTIONS["ar"][:1], "ar")
    link = at_the_screens.invite("يوسف", "العلوي", "youssef.alaoui@example.test")

    candidate = Candidate(visitors.come("candidate", mood="arabic", language="ar"), "ar")
    candidate.arrive(link)
    expect(candidate.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(candidate.page.locator("html")).to_have_attribute("lang", "ar")
    candidate.begin()
    expect(candidate.page.get_by_text(QUESTIONS["ar"][0])).to_be_visible()
    answers = [candidate.answer(3)]
    candidate.confirm()

    at_the_screens.review("العلوي")
    at_the_screens.play(0)
    assert_stored_as_recorded(product, recruiter, "youssef.alaoui@example.test", answers)


def standing(name: str, language: Language = "fr") -> str:
    return t(f"standing.{name}", language)


def assert_ranges_were_asked_for(person: Recruiter) -> None:
    partial = [url for method, code, url in person.visitor.watch.statuses if code == 206]
    assert any("/api/recordings/" in url for url in partial)
