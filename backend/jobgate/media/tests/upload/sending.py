"""The sender of an upload, for tests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import httpx

from jobgate.media import storage
from jobgate.media.tests.serving import Server
from jobgate.media.upload import tokens

APPLICATION = "jobgate.media.tests.raw_app:application"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {"Content-Type": "application/offset+octet-stream"}
MEBIBYTE = 1024 * 1024

Start = Callable[..., Server]


@dataclass
class Take:
    """One upload, seen from its sender."""

    server: Server
    recording_id: UUID = field(default_factory=uuid4)
    organization_id: UUID = field(default_factory=uuid4)
    max_bytes: int = 8 * MEBIBYTE
    generation: int = 1

    @property
    def path(self) -> str:
        return f"/api/upload/{self.recording_id}/"

    def token(self, **changes: object) -> str:
        wishes = {
            "recording_id": self.recording_id,
            "organization_id": self.organization_id,
            "generation": self.generation,
            "max_bytes": self.max_bytes,
        }
        return tokens.sign(**(wishes | changes))  # type: ignore[arg-type]  # names are checked

    def headers(self) -> dict[str, str]:
        return {**TUS, "Authorization": f"Upload {self.token()}"}

    def create(self, **headers: str) -> httpx.Response:
        wishes = headers or {"Upload-Length": str(MEBIBYTE)}
        return self.call("POST", "/api/upload/", **wishes)

    def head(self) -> httpx.Response:
        return self.call("HEAD", self.path)

    def offset(self) -> int:
        return int(self.head().headers["Upload-Offset"])

    def patch(self, data: bytes, offset: int, **headers: str) -> httpx.Response:
        return self.call(
            "PATCH", self.path, data, **{**PIECE, "Upload-Offset": str(offset), **headers}
        )

    def call(
        self, method: str, path: str, content: bytes | None = None, /, **headers: str
    ) -> httpx.Response:
        merged = self.headers() | headers
        return httpx.request(
            method, f"{self.server.url}{path}", headers=merged, content=content, timeout=20
        )

    def stored(self) -> bytes:
        name = storage.name_of(self.organization_id, self.recording_id)
        return storage.path_of(name).read_bytes()


def code(response: httpx.Response) -> str:
    body = response.json()
    assert set(body) == {"code", "detail", "fields"}
    assert response.headers["X-Request-ID"]
    return str(body["code"])
