"""An answer given without a browser: recorded pieces at the pace of a page, and then the stop."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass

import httpx
from support.api import CandidateClient, Client, Invitation, Json, answered

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"
POLL_SECONDS = 0.02
PATIENCE_SECONDS = 120.0
# A frame or two, and what a codec's sound has before its beginning.
TOLERANCE_SECONDS = 0.2
ENDED = {"ready", "rejected", "failed"}


class NotPlayable(Exception):
    """An answer did not become playable."""


@dataclass
class Answer:
    """One candidate's answer, on its way."""

    url: str
    invitation: Invitation

    def __post_init__(self) -> None:
        self.candidate = CandidateClient(self.url, self.invitation)
        self.candidate.consent()
        self.question = self.candidate.interview["questions"][0]["id"]
        path = self.candidate.path
        self.candidate.post(f"{path}/open_question/", question=self.question)
        opened = self.candidate.post(f"{path}/open_take/", question=self.question)
        self.upload = opened["upload"]["id"]
        authorization = {"Authorization": f"Upload {opened['upload']['token']}"}
        self.http = httpx.Client(base_url=self.url, headers=TUS | authorization, timeout=30)
        answered(self.http.post("/api/upload/", headers={"Upload-Defer-Length": "1"}))
        self.offset = 0

    def send(self, piece: bytes, **headers: str) -> None:
        """Send a piece, and wait until it is acknowledged."""
        headers |= {"Upload-Offset": str(self.offset), "Content-Type": PIECE}
        answered(self.http.patch(f"/api/upload/{self.upload}/", content=piece, headers=headers))
        self.offset += len(piece)

    def speak(self, pieces: Sequence[bytes], pace: float) -> None:
        """Send a second's piece each second, or so many times faster."""
        begun = time.monotonic()
        for number, piece in enumerate(pieces, 1):
            time.sleep(max(0.0, begun + number / pace - time.monotonic()))
            self.send(piece)

    def stop(self, last: bytes, sha256: str, reviewer: Client) -> float:
        """Send what is left, hand it in, and return in how many seconds it could be played."""
        stopped = time.monotonic()
        self.send(last, **{"Upload-Length": str(self.offset + len(last))})
        body = {"question": self.question, "upload": self.upload, "sha256": sha256}
        self.candidate.post(f"{self.candidate.path}/submit_response/", **body)
        while self.recording(reviewer)["state"] not in ENDED:
            if time.monotonic() - stopped > PATIENCE_SECONDS:
                break
            time.sleep(POLL_SECONDS)
        return time.monotonic() - stopped

    def recording(self, reviewer: Client) -> Json:
        """Return the recording, as a reviewer is told of it."""
        found = reviewer.get("/api/responses/", session=self.invitation.session)["results"]
        recording: Json = found[0]["recording"] if found else {"state": "not there"}
        return recording

    def check(self, reviewer: Client, seconds: float) -> None:
        """See that it is as long as what was sent, and that its bytes come; raise NotPlayable."""
        recording = self.recording(reviewer)
        if recording["state"] != "ready":
            raise NotPlayable(recording)
        if abs(recording["duration_ms"] / 1000 - seconds) > TOLERANCE_SECONDS:
            raise NotPlayable(recording)
        first = self.http.get(recording["url"], headers={"Range": "bytes=0-1023"})
        if first.status_code != httpx.codes.PARTIAL_CONTENT or len(first.content) != 1024:
            raise NotPlayable(first)


def play(
    answer: Answer, pieces: Sequence[bytes], seconds: float, pace: float, reviewer: Client
) -> float:
    """Give a whole answer; return the seconds from its stop until it could be played."""
    digest = hashlib.sha256(b"".join(pieces)).hexdigest()
    answer.speak(pieces[:-1], pace)
    taken = answer.stop(pieces[-1], digest, reviewer)
    answer.check(reviewer, seconds)
    return taken
