"""The demonstration's company as a stage: who stands where, for tests and pictures of screens."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from support.api import QUESTIONS, Client, Invitation, Json
from support.browsers import Mood, Scheme, Visitor, Visitors
from support.candidate import Candidate
from support.recruiter import Recruiter
from support.words import Language

# Long enough that no screen goes on by itself while it is looked at.
UNHURRIED = 600
NAMES = {"fr": ("Inès", "Laurent"), "en": ("Emma", "Clarke"), "ar": ("يوسف", "العلوي")}


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign the window in without its form: the refresh token lands in its cookie."""
    answer = page.request.post(
        "/api/token/",
        data={"email": email, "password": password},
        headers={"X-Token-Transport": "cookie"},
    )
    assert answer.ok, answer.text()


@dataclass
class Stage:
    """Everything that a screen needs to be shown."""

    demo: dict[str, Any]
    client: Client
    visitors: Visitors
    answer: Path
    language: Language = "fr"
    width: int = 1280
    scheme: Scheme = "light"
    campaigns: dict[Language, Json] = field(default_factory=dict)

    @property
    def login(self) -> dict[str, str]:
        logins: list[dict[str, str]] = self.demo["logins"]
        return next(login for login in logins if login["role"] == "recruiter")

    def come(self, name: str, mood: Mood = "french") -> Visitor:
        return self.visitors.come(
            name, mood=mood, language=self.language, width=self.width, scheme=self.scheme
        )

    def recruiter(self, path: str) -> Recruiter:
        """Return a recruiter of the demonstration at one address, with its data there."""
        visitor = self.come("recruiter")
        sign_in(visitor.page, self.login["email"], self.login["password"])
        visitor.page.goto(path)
        visitor.page.get_by_role("heading", level=1).wait_for()
        visitor.page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
        return Recruiter(visitor, self.language)

    def session(self, status: str) -> Json:
        """Return the demonstration's newest session in a status."""
        found: list[Json] = self.client.get("/api/sessions/", status=status)["results"]
        return found[0]

    def reviewed_session(self) -> Json:
        """Return a finished session that the recruiter has scored."""
        found: list[Json] = self.client.get("/api/sessions/", status="completed")["results"]
        return max(found, key=lambda session: session["score"] or 0)

    def campaign(self) -> Json:
        """Return a campaign in the stage's language, whose timers do not hurry."""
        if self.language not in self.campaigns:
            made = self.client.campaign(
                self.language, preparation_seconds=UNHURRIED, questions=self._questions()
            )
            self.campaigns[self.language] = made
        return self.campaigns[self.language]

    def _questions(self) -> list[Json]:
        times = {"preparation_seconds": UNHURRIED, "answer_seconds": UNHURRIED, "mandatory": True}
        texts = QUESTIONS[self.language]
        return [{"text": text, **times} for text in texts] + [
            {"text": texts[0], **times, "mandatory": False}
        ]

    def invitation(self) -> Invitation:
        first_name, last_name = NAMES[self.language]
        return self.client.invite(self.campaign(), first_name=first_name, last_name=last_name)

    def candidate(self, mood: Mood = "french") -> Candidate:
        """Return a candidate who has opened the link."""
        candidate = Candidate(self.come("candidate", mood), self.language)
        candidate.arrive(self.invitation().link)
        return candidate
