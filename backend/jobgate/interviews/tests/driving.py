"""A candidate's page, as far as the server can tell."""

import hashlib
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from jobgate.core.tenancy import tenant_scope
from jobgate.interviews import notice
from jobgate.interviews.links import token_of
from jobgate.interviews.models import InterviewSession
from jobgate.media.models import Recording
from jobgate.media.upload.store import new_sidecar, store


class Page:
    """Drives one session through the API."""

    def __init__(self, session: InterviewSession) -> None:
        self.row = session
        self.client = APIClient(headers={"accept-language": "en"})
        self.interview: dict[str, Any] = {}

    def start(self, token: UUID | str | None = None) -> Any:
        token = token or token_of(self.row.id, self.row.generation)
        response = self.client.post("/api/sessions/start_session/", {"token": str(token)})
        if response.status_code == 200:
            self.use(response.json())
        return response

    def use(self, interview: dict[str, Any]) -> None:
        self.interview = interview
        self.client.credentials(HTTP_AUTHORIZATION=f"Session {interview['access']}")

    def post(self, step: str, body: Any = None, **extra: Any) -> Any:
        return self.client.post(f"/api/sessions/{self.row.id}/{step}/", body, **extra)

    def get(self, step: str) -> Any:
        return self.client.get(f"/api/sessions/{self.row.id}/{step}/")

    def consent(self) -> Any:
        return self.post("consent", {"notice_version": notice.VERSION})

    def question(self, position: int) -> str:
        return str(self.interview["questions"][position - 1]["id"])

    def begin(self) -> "Page":
        """Start and agree to the notice."""
        assert self.start().status_code == 200
        assert self.consent().status_code == 200
        return self

    def open_take(self, position: int) -> dict[str, Any]:
        """Open a question and a take of it."""
        question = {"question": self.question(position)}
        opened = self.post("open_question", question)
        assert opened.status_code == 200, opened.json()
        take = self.post("open_take", question)
        assert take.status_code == 200, take.json()
        found: dict[str, Any] = take.json()
        return found

    def send(self, upload: dict[str, Any], data: bytes) -> None:
        """Put bytes where the upload route puts them."""
        with tenant_scope(self.row.organization_id):
            recording = Recording.objects.get(pk=upload["id"])
        sidecar = new_sidecar(max_bytes=recording.max_bytes, generation=1, length=len(data))
        held = store.create(recording.organization_id, recording.id, sidecar)
        with held.take() as writer:
            writer.append(data)
            writer.sync()

    def submit(self, position: int, upload: dict[str, Any], data: bytes) -> Any:
        body = {
            "question": self.question(position),
            "upload": upload["id"],
            "sha256": hashlib.sha256(data).hexdigest(),
            "duration_ms": 2000,
        }
        return self.post("submit_response", body)

    def answer(self, position: int, data: bytes) -> Any:
        """Open, record, upload and submit an answer."""
        upload = self.open_take(position)["upload"]
        self.send(upload, data)
        return self.submit(position, upload, data)

    def answer_with_file(self, position: int, data: bytes) -> Any:
        """Open a question and submit a whole file."""
        opened = self.post("open_question", {"question": self.question(position)})
        assert opened.status_code == 200, opened.json()
        return self.submit_file(position, data)

    def submit_file(self, position: int, data: bytes) -> Any:
        file = SimpleUploadedFile("answer.webm", data, "video/webm")
        body = {"question": self.question(position), "file": file}
        return self.post("submit_response", body, format="multipart")
