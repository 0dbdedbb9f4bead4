"""The product's API, as the tests use it to set a scene."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from support.waiting import until
from support.words import Language

Json = dict[str, Any]
QUESTIONS: dict[Language, tuple[str, ...]] = {
    "fr": ("Présentez-vous en quelques phrases.", "Pourquoi ce poste vous attire-t-il ?"),
    "en": ("Tell us about yourself.", "Why does this job attract you?"),
    "ar": ("قدّم نفسك في بضع جمل.", "ما الذي يجذبك إلى هذه الوظيفة؟"),
}
TITLES: dict[Language, str] = {
    "fr": "Développeuse ou développeur Python",
    "en": "Python developer",
    "ar": "مطوّر بايثون",
}


def answered(response: httpx.Response) -> Any:
    """Return the body of a good answer; show that of a bad one."""
    assert response.is_success, f"{response.request.url}: {response.status_code} {response.text}"
    return response.json() if response.content else None


@dataclass
class Invitation:
    """A candidate's link."""

    session: str
    link: str

    @property
    def token(self) -> str:
        return self.link.partition("#")[2]


class Client:
    """A signed-in member of an organisation."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=30, headers={"Accept-Language": "fr"})
        tokens = self.post("/api/token/", email=email, password=password)
        self.http.headers["Authorization"] = f"Bearer {tokens['access']}"

    def get(self, path: str, **query: str) -> Any:
        return answered(self.http.get(path, params=query))

    def post(self, path: str, **body: object) -> Any:
        return answered(self.http.post(path, json=body))

    def campaign(self, language: Language = "fr", **changes: object) -> Json:
        """Make a campaign with two questions and open it."""
        questions = [
            {"text": text, "preparation_seconds": 30, "answer_seconds": 60, "mandatory": True}
            for text in QUESTIONS[language]
        ]
        now = datetime.now(UTC)
        body: Json = {
            "title": TITLES[language],
            "job_title": TITLES[language],
            "introduction": QUESTIONS[language][0],
            "language": language,
            "preparation_seconds": 30,
            "answer_seconds": 60,
            "max_questions": 10,
            "takes_allowed": 1,
            "starts_at": (now - timedelta(hours=1)).isoformat(),
            "ends_at": (now + timedelta(days=20)).isoformat(),
            "questions": questions,
        }
        made = self.post("/api/campaigns/", **(body | changes))
        opened: Json = self.post(f"/api/campaigns/{made['id']}/open/")
        return opened

    def invite(self, campaign: Json, **changes: str) -> Invitation:
        """Invite one candidate."""
        someone = {
            "first_name": "Salma",
            "last_name": "Bennani",
            "email": f"candidate-{datetime.now(UTC).timestamp()}@example.test",
            "language": campaign["language"],
        } | changes
        path = f"/api/campaigns/{campaign['id']}/invite_candidates/"
        [invited] = self.post(path, candidates=[someone])["invited"]
        return Invitation(invited["session_id"], invited["link"])


class CandidateClient:
    """A candidate who answers without a browser."""

    def __init__(self, url: str, invitation: Invitation) -> None:
        self.http = httpx.Client(base_url=url, timeout=30)
        self.interview = self.post("/api/sessions/start_session/", token=invitation.token)
        self.session = invitation.session
        self.path = f"/api/sessions/{self.session}"
        self.http.headers["Authorization"] = f"Session {self.interview['access']}"

    def post(self, path: str, **body: object) -> Any:
        return answered(self.http.post(path, json=body))

    def consent(self) -> None:
        self.post(f"{self.path}/consent/", notice_version=self.interview["notice"]["version"])

    def answer(self, file: Path, number: int = 0) -> Any:
        """Give a whole file as the answer to a question."""
        question = self.interview["questions"][number]
        self.post(f"{self.path}/open_question/", question=question["id"])
        with file.open("rb") as body:
            return answered(
                self.http.post(
                    f"{self.path}/submit_response/",
                    data={"question": question["id"]},
                    files={"file": ("answer.webm", body, "video/webm")},
                )
            )

    def spoilt_answer(self, file: Path, number: int = 0) -> None:
        """Give an answer that differs from what is claimed of it; wait until it is given back."""
        question = {"question": self.interview["questions"][number]["id"]}
        self.post(f"{self.path}/open_question/", **question)
        upload = self.post(f"{self.path}/open_take/", **question)["upload"]
        with file.open("rb") as body:
            answered(
                self.http.post(
                    "/api/upload/",
                    headers={"Authorization": f"Upload {upload['token']}"},
                    files={"file": ("answer.webm", body, "video/webm")},
                )
            )
        claimed = {"upload": upload["id"], "sha256": "0" * 64}
        self.post(f"{self.path}/submit_response/", **question, **claimed)

        def given_back() -> bool:
            line = self.http.get(f"{self.path}/receipt/").json()["receipt"][number]
            return bool(line["given_back"])

        until("the answer is given back", given_back)

    def whole_interview(self, file: Path) -> None:
        """Consent, answer every question with the same file, and finish."""
        self.consent()
        for number in range(len(self.interview["questions"])):
            self.answer(file, number)
        self.post(f"{self.path}/complete_session/")
