"""A candidate's page at the level of the protocol.

It follows the rules of `frontend/src/recorder/upload/uploader.ts` and `…/model/outbox.ts`: pieces
by offset; after whatever breaks, the server's own offset decides; 401 renews the permission; a lost
answer is asked for again. Only its waits are shorter, so that many runs fit into an hour.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import httpx
from support.api import Invitation

from bench.faults.runs import Run

FIRST_WAIT, LONGEST_WAIT = 0.1, 1.5
TIMEOUT = 4.0
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"
PASSING = frozenset({408, 423, 425, 429})
SUB_PIECE = 16 * 1024


class Refused(Exception):
    """What a page shows as a failure: asking again would not help."""


@dataclass
class Ticket:
    """The permission to send one take."""

    take: str
    upload: str
    token: str


@dataclass
class Sent:
    """What the page sends: a recording, the pieces it comes in, and how it is paced."""

    data: bytes
    sha256: str
    mime_type: str
    rng: Random

    def pieces(self, offset: int) -> bytes:
        """Return the next piece: as much as a slice or several of them."""
        return self.data[offset : offset + self.rng.randint(8_000, 120_000)]

    def body(self, piece: bytes) -> Iterator[bytes]:
        """Yield the piece as a line does: little by little."""
        for start in range(0, len(piece), SUB_PIECE):
            time.sleep(self.rng.uniform(0, 0.01))
            yield piece[start : start + SUB_PIECE]


class Page:
    """One candidate's page. `on_step` is told each step before it is taken."""

    def __init__(
        self,
        doors: Sequence[str],
        invitation: Invitation,
        run: Run,
        rng: Random,
        patience: float = 240.0,
    ) -> None:
        self.doors = doors
        self.invitation = invitation
        self.run = run
        self.rng = rng
        self.path = f"/api/sessions/{invitation.session}"
        self.deadline = time.monotonic() + patience
        self.on_step: Callable[[str], None] = lambda _: None
        self.clock: Callable[[], float] = time.monotonic
        self.went_on: Callable[[], None] = lambda: None
        self.access = ""
        # Behind a proxy each candidate has an address of their own, and so limits of their own.
        address = ".".join(str(rng.randint(1, 254)) for _ in range(4))
        self.http = httpx.Client(timeout=TIMEOUT, headers={"X-Forwarded-For": address})

    def at(self, step: str) -> None:
        """Begin a step."""
        self.run.way.append((round(self.clock(), 2), step))
        self.on_step(step)

    def close(self) -> None:
        self.http.close()

    def once(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Ask once, at any of the doors."""
        response = self.http.request(method, self.rng.choice(self.doors) + path, **more)
        self.run.saw(response.status_code)
        if response.is_success:
            self.went_on()
        return response

    def pause(self, failures: int, asked: float | None = None) -> None:
        """Wait before the next try; raise Refused when patience is over."""
        if time.monotonic() > self.deadline:
            raise Refused("patience is over")
        longest = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (failures - 1))
        time.sleep(min(asked or longest, LONGEST_WAIT) * self.rng.uniform(0.5, 1))

    def persistently(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Ask until there is an answer that means something."""
        failures = 0
        while True:
            try:
                response = self.once(method, path, **more)
            except httpx.TransportError as error:
                self.run.saw(type(error).__name__)
            else:
                if response.status_code < 500 and response.status_code not in PASSING:
                    return response
            failures += 1
            self.pause(failures)

    def call(self, method: str, path: str, **body: Any) -> Any:
        """Ask in the name of the session, renewing its access; return the answer's body."""
        for renewed in (False, True):
            headers = {"Authorization": f"Session {self.access}"}
            more = {"json": body} if method == "POST" else {}
            response = self.persistently(method, self.path + path, headers=headers, **more)
            if response.status_code != 401 or renewed:
                break
            self.access = told(self.persistently("POST", "/api/sessions/renew/"))["access"]
        return told(response)

    def enter(self) -> dict[str, Any]:
        """Open the link and agree to the notice; return the interview."""
        self.at("start")
        body = {"token": self.invitation.token}
        interview: dict[str, Any] = told(
            self.persistently("POST", "/api/sessions/start_session/", json=body)
        )
        self.access = interview["access"]
        self.at("consent")
        self.call("POST", "/consent/", notice_version=interview["notice"]["version"])
        return interview

    def open(self, question: str) -> Ticket:
        """Open a question and a take of it."""
        self.at("open_question")
        self.call("POST", "/open_question/", question=question)
        self.at("open_take")
        opened = self.call("POST", "/open_take/", question=question)
        upload = opened["upload"]
        return Ticket(opened["take"]["id"], upload["id"], upload["token"])

    def renew_upload(self, ticket: Ticket) -> None:
        upload = self.call("POST", "/renew_upload/", take=ticket.take)["upload"]
        ticket.token = upload["token"]

    def deliver(self, question: str, ticket: Ticket, sent: Sent) -> Any:
        """Send the recording and hand it in, until the server has said yes."""
        while True:
            Upload(self, ticket, sent).send()
            self.at("submit")
            try:
                return self.submit(question, ticket, sent)
            except Refused as error:
                if "upload_incomplete" not in str(error):
                    raise

    def submit(self, question: str, ticket: Ticket, sent: Sent) -> Any:
        body = {"question": question, "upload": ticket.upload, "sha256": sent.sha256}
        return self.call("POST", "/submit_response/", duration_ms=2000, **body)["response"]

    def complete(self) -> Any:
        self.at("complete")
        return self.call("POST", "/complete_session/")

    def until_playable(self) -> str:
        """Ask for the receipt until the answer is through; return its state."""
        self.at("wait")
        while True:
            [line] = self.call("GET", "/receipt/")["receipt"]
            if line["state"] in {"ready", "rejected", "failed"}:
                return str(line["state"])
            self.pause(5)


class Upload:
    """One recording on its way by tus, from wherever the server says it is."""

    def __init__(self, page: Page, ticket: Ticket, sent: Sent) -> None:
        self.page, self.ticket, self.sent = page, ticket, sent
        self.created = False
        self.offset: int | None = None
        self.length_said = False
        self.failures = 0

    @property
    def path(self) -> str:
        return f"/api/upload/{self.ticket.upload}/"

    def send(self) -> None:
        """Bring every byte and the length to the server."""
        while not (self.offset == len(self.sent.data) and self.length_said):
            try:
                self.step()
                self.failures = 0
            except httpx.TransportError as error:
                self.page.run.saw(type(error).__name__)
                self.broken()

    def step(self) -> None:
        if self.offset is None:
            self.locate()
            return
        if self.offset > len(self.sent.data):
            raise Refused("the server is ahead of the device")
        self.page.at("patch")
        piece = self.sent.pieces(self.offset)
        headers = {
            "Upload-Offset": str(self.offset),
            "Content-Type": PIECE,
            "Content-Length": str(len(piece)),
        }
        if self.offset + len(piece) == len(self.sent.data):
            headers["Upload-Length"] = str(len(self.sent.data))
        if self.take_offset(self.ask("PATCH", headers, self.sent.body(piece))):
            self.length_said = "Upload-Length" in headers
        time.sleep(self.sent.rng.uniform(0, 0.15))

    def locate(self) -> None:
        """Ask where to go on; make the upload where there is none."""
        self.page.at("head" if self.created else "create")
        response = self.ask("HEAD", {})
        if response.status_code == 404 and not self.created:
            headers = {"Upload-Defer-Length": "1"}
            response = self.ask("POST", headers, path="/api/upload/")
        if self.take_offset(response):
            self.created = True
            self.length_said = "Upload-Length" in response.headers

    def ask(
        self,
        method: str,
        headers: dict[str, str],
        body: Iterator[bytes] | None = None,
        path: str = "",
    ) -> httpx.Response:
        common = TUS | {"Authorization": f"Upload {self.ticket.token}"}
        return self.page.once(method, path or self.path, headers=common | headers, content=body)

    def take_offset(self, response: httpx.Response) -> bool:
        """Note what is acknowledged, or do what the refusal asks for; return whether it was one."""
        if response.is_success:
            self.offset = int(response.headers["Upload-Offset"])
            return True
        if response.status_code == 401:
            self.page.renew_upload(self.ticket)
        elif response.status_code not in {409, 460, *PASSING} and response.status_code < 500:
            raise Refused(f"{response.request.method}: {response.status_code} {response.text}")
        self.broken()
        return False

    def broken(self) -> None:
        self.offset = None
        self.failures += 1
        self.page.pause(self.failures)


def told(response: httpx.Response) -> Any:
    """Return the body of a good answer; raise Refused with that of a bad one."""
    if not response.is_success:
        raise Refused(f"{response.request.url.path}: {response.status_code} {response.text}")
    return response.json()
