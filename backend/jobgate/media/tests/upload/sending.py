"""The sender of an upload, for tests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from uuid import UUID, uuid4

import httpx
import pytest

from jobgate.accounts.models import Organization
from jobgate.core import clock
from jobgate.core.tenancy import tenant_scope
from jobgate.media import storage
from jobgate.media.models import BucketUpload, Recording
from jobgate.media.tests.serving import Server
from jobgate.media.upload import tokens
from jobgate.media.upload.folder import UNCHECKED
from jobgate.media.upload.gathering import MOST_BYTES
from jobgate.media.upload.pieces import write_pieces
from jobgate.media.upload.store import Upload, store

APPLICATION = "jobgate.media.tests.raw_app:application"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {"Content-Type": "application/offset+octet-stream"}
MEBIBYTE = 1024 * 1024
# So much of a piece that it is stored before the rest has come.
PART = MOST_BYTES

# For what a bucket does in another way, or not at all.
in_folder = pytest.mark.parametrize("where", ["folder"], indirect=True)

Start = Callable[..., Server]


@dataclass
class Take:
    """One upload, seen from its sender."""

    server: Server
    recording_id: UUID = field(default_factory=uuid4)
    organization_id: UUID = field(default_factory=uuid4)
    max_bytes: int = 8 * MEBIBYTE
    generation: int = 1

    def __post_init__(self) -> None:
        if storage.in_bucket() and not Recording.objects.filter(pk=self.recording_id).exists():
            name = str(self.organization_id)
            Organization.objects.create(id=self.organization_id, name=name, slug=name)
            with tenant_scope(self.organization_id):
                Recording.objects.create(
                    id=self.recording_id,
                    max_bytes=self.max_bytes,
                    max_duration_seconds=60,
                    state_changed_at=clock.now(),
                    upload_expires_at=clock.now(),
                )

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

    def is_under_way(self, connection: int = 1) -> bool:
        """Tell whether a body is being received that must not count before its end.

        In a bucket it waits in memory: what is seen is that its connection has the upload.
        """
        if not storage.in_bucket():
            return self.unchecked() > 0
        rows = BucketUpload.objects.filter(recording_id=self.recording_id, fence__gte=connection)
        return rows.exists()

    def unchecked(self) -> int:
        """Return how many bytes lie in the folder that do not count yet."""
        name = storage.name_of(self.organization_id, self.recording_id, UNCHECKED)
        path = storage.path_of(name)
        return path.stat().st_size if path.exists() else 0

    def upload(self) -> Upload:
        return store.get(self.organization_id, self.recording_id)

    def stored(self) -> bytes:
        """Return what is stored, and in a bucket confirmed; nothing when nothing is."""
        if not storage.in_bucket():
            path = storage.path_of(storage.name_of(self.organization_id, self.recording_id))
            return path.read_bytes() if path.exists() else b""
        content = BytesIO()
        for row in BucketUpload.objects.filter(recording_id=self.recording_id):
            write_pieces(row, content)
        return content.getvalue()


def code(response: httpx.Response) -> str:
    body = response.json()
    assert set(body) == {"code", "detail", "fields"}
    assert response.headers["X-Request-ID"]
    return str(body["code"])
