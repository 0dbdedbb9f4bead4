"""The faults at the level of the protocol: what each run does."""

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any, TypeVar
from urllib.parse import urlsplit

from bench.faults.arena import Arena
from bench.faults.proxy import Mode, Proxy
from bench.faults.runs import Run
from bench.faults.sender import PIECE, TUS, Page, Refused, Sent, Ticket, Upload

Found = TypeVar("Found")

# Steps by how often they are chosen, and the longest that a fault waits after one has begun.
WHOLE_WAY = {
    "start": (1, 0.05),
    "open_question": (1, 0.05),
    "open_take": (1, 0.05),
    "create": (2, 0.05),
    "patch": (8, 0.2),
    "submit": (4, 0.06),
    "complete": (1, 0.05),
    "wait": (2, 1.0),
}
BEHIND_THE_PAGE = {"submit": (1, 0.8), "complete": (1, 1.0), "wait": (2, 2.0)}
LATEST_PATCH = 6
CUTS: dict[Mode, tuple[float, float]] = {
    "shut": (0.1, 3.0),
    "silent": (4.5, 6.0),
    "deaf": (0.5, 5.0),
}


class Moment:
    """A random moment of one answer's way; `act` happens then, once."""

    def __init__(
        self, rng: Random, ways: dict[str, tuple[int, float]], act: Callable[[], None]
    ) -> None:
        names = list(ways)
        self.step = rng.choices(names, [ways[name][0] for name in names])[0]
        self.times = rng.randint(1, LATEST_PATCH) if self.step == "patch" else 1
        self.delay = rng.uniform(0, ways[self.step][1])
        self.act = act
        self.done = False

    def reached(self, step: str) -> None:
        """Hear which step begins; a recording too short for its piece is hit when handed in."""
        if step == self.step:
            self.times -= 1
        if not self.done and (self.times == 0 or (step == "submit" and self.step == "patch")):
            self.done = True
            threading.Timer(self.delay, self.act).start()


def answer(page: Page, sent: Sent) -> None:
    """Go the whole way of one answer, until it can be played."""
    question = page.enter()["questions"][0]["id"]
    page.deliver(question, page.open(question), sent)
    page.complete()
    playable(page)


def playable(page: Page) -> None:
    state = page.until_playable()
    if state != "ready":
        raise Refused(f"the recording is {state}")


def hurt_on_the_way(arena: Arena, run: Run, rng: Random) -> None:
    """Answer, and have the victim hurt anywhere on the way."""
    _hurt(arena, run, rng, WHOLE_WAY)


def hurt_behind_the_page(arena: Arena, run: Run, rng: Random) -> None:
    """Answer, and have the victim hurt once the answer is handed in."""
    _hurt(arena, run, rng, BEHIND_THE_PAGE)


def _hurt(arena: Arena, run: Run, rng: Random, ways: dict[str, tuple[int, float]]) -> None:
    if arena.reaper is None:
        raise RuntimeError("This fault needs a victim.")
    sent = arena.sent(run, rng)
    with arena.page(run, rng) as page:
        page.on_step = Moment(rng, ways, arena.reaper.strike).reached
        answer(page, sent)


def cut_network(arena: Arena, run: Run, rng: Random) -> None:
    """Answer through a line that is cut, falls silent or loses answers, up to three times."""
    sent = arena.sent(run, rng)
    proxy = Proxy(arena.rig.product.port)
    moments = []
    cut_at: list[float] = []
    for _ in range(rng.randint(1, 3)):
        mode = rng.choice(list(CUTS))
        run.moment += f" {mode}" if run.moment else mode
        lasts = rng.uniform(*CUTS[mode])
        cut = _cutter(proxy, mode, lasts, cut_at)
        moments.append(Moment(rng, WHOLE_WAY, cut))

    def reached(step: str) -> None:
        for moment in moments:
            moment.reached(step)

    try:
        with arena.page(run, rng, proxy.url) as page:
            page.on_step = reached
            page.went_on = lambda: _note_going_on(run, proxy, cut_at)
            answer(page, sent)
    finally:
        proxy.close()
    run.hits = len(cut_at)
    run.playable_after = time.monotonic() - cut_at[0] if cut_at else None


def _cutter(proxy: Proxy, mode: Mode, lasts: float, cut_at: list[float]) -> Callable[[], None]:
    def cut() -> None:
        cut_at.append(time.monotonic())
        proxy.set(mode)
        time.sleep(lasts)
        proxy.set("open")

    return cut


def _note_going_on(run: Run, proxy: Proxy, cut_at: list[float]) -> None:
    if cut_at and proxy.mode == "open" and run.went_on_after is None:
        run.went_on_after = time.monotonic() - cut_at[0]


def everything_twice(arena: Arena, run: Run, rng: Random) -> None:
    """Take every step twice at once, the upload too: two tabs that know nothing of each other."""
    run.moment, run.hits = "every step", 1
    sent = arena.sent(run, rng)
    with arena.page(run, rng) as page, ThreadPoolExecutor(2) as two:
        interview, other = both(two, page.enter)
        _same(interview["session"]["id"], other["session"]["id"])
        question = interview["questions"][0]["id"]
        ticket, second = both(two, lambda: page.open(question))
        _same(ticket.upload, second.upload)
        both(two, lambda: Upload(page, ticket, sent).send())
        made, again = both(two, lambda: page.submit(question, ticket, sent))
        _same(made["id"], again["id"])
        both(two, page.complete)
        playable(page)


def both(two: ThreadPoolExecutor, act: Callable[[], Found]) -> tuple[Found, Found]:
    one, other = two.submit(act), two.submit(act)
    return one.result(), other.result()


def _same(one: object, other: object) -> None:
    if one != other:
        raise Refused(f"twice is not once: {one} and {other}")


def expire_session(arena: Arena, run: Run, rng: Random) -> None:
    """Let the session's time run out while the answer is on its way."""
    sent = arena.sent(run, rng)
    run.hits, run.ends_as = 1, "expired"
    query = (
        "UPDATE interviews_interviewsession SET expires_at = now() - interval '1 second' "
        "WHERE id = %s"
    )
    with arena.page(run, rng) as page:
        session = page.invitation.session
        ways = {name: WHOLE_WAY[name] for name in ("create", "patch", "submit")}
        # At the step itself: the answer is under way, and no request has been sent since.
        page.on_step = Moment(
            rng, ways | {"submit": (1, 0.0)}, lambda: arena.rig.eyes.execute(query, session)
        ).reached
        question = page.enter()["questions"][0]["id"]
        page.deliver(question, page.open(question), sent)
        playable(page)


def misuse_tokens(arena: Arena, run: Run, rng: Random) -> None:
    """Use permissions that are forged, another's, revoked or used up: each is refused."""
    run.moment, run.hits = "forged, another's, replayed, revoked", 1
    sent = arena.sent(run, rng)
    with arena.page(run, rng) as page:
        question = page.enter()["questions"][0]["id"]
        ticket = page.open(question)
        _expect(page, _patch(page, ticket, sent, token=ticket.token[:-4] + "AAAA"), 401)
        _expect(page, _patch(page, ticket, sent, token=page.access), 401)
        another = str(arena.invitations[run.number].session)
        _expect(page, _patch(page, ticket, sent, upload=another), 404)
        Upload(page, ticket, sent).send()
        _expect(page, _patch(page, ticket, sent), 409)
        page.submit(question, ticket, sent)
        _expect(page, _patch(page, ticket, sent, offset=len(sent.data)), 409)
        page.complete()
        playable(page)
        revoke = "UPDATE interviews_interviewsession SET generation = generation + 1 WHERE id = %s"
        arena.rig.eyes.execute(revoke, page.invitation.session)
        headers = {"Authorization": f"Session {page.access}"}
        _expect(page, page.once("GET", f"{page.path}/receipt/", headers=headers), 401)
        _expect(page, page.once("POST", "/api/sessions/renew/"), 401)


def _patch(
    page: Page, ticket: Ticket, sent: Sent, *, token: str = "", upload: str = "", offset: int = 0
) -> Any:
    headers = TUS | {
        "Authorization": f"Upload {token or ticket.token}",
        "Content-Type": PIECE,
        "Upload-Offset": str(offset),
    }
    path = f"/api/upload/{upload or ticket.upload}/"
    return page.once("PATCH", path, headers=headers, content=sent.data[:10])


def _expect(page: Page, response: Any, status: int) -> None:
    if response.status_code != status:
        raise Refused(f"{response.status_code} where {status} was due: {response.text}")


def two_servers(arena: Arena, run: Run, rng: Random) -> None:
    """Send each request to either of two app servers, leaving silent connections behind."""
    if arena.reaper is None:
        raise RuntimeError("This fault needs a victim.")
    sent = arena.sent(run, rng)
    left: list[socket.socket] = []
    with arena.page(run, rng) as page:
        question = page.enter()["questions"][0]["id"]
        ticket = page.open(question)
        ways = {name: WHOLE_WAY[name] for name in ("create", "patch", "submit", "wait")}
        kill = Moment(rng, ways, arena.reaper.strike)
        silence = Moment(rng, {"patch": (1, 0.1)}, lambda: left.append(_silent(page, ticket, sent)))

        def reached(step: str) -> None:
            kill.reached(step)
            silence.reached(step)

        page.on_step = reached
        page.deliver(question, ticket, sent)
        page.complete()
        playable(page)
    for connection in left:
        connection.close()


def _silent(page: Page, ticket: Ticket, sent: Sent) -> socket.socket:
    """Begin a piece at one of the doors, and never say another word."""
    connection = socket.socket()
    try:
        connection.connect(("127.0.0.1", urlsplit(page.rng.choice(page.doors)).port or 0))
        head = (
            f"HEAD /api/upload/{ticket.upload}/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Tus-Resumable: 1.0.0\r\nAuthorization: Upload {ticket.token}\r\n\r\n"
        )
        connection.sendall(head.encode())
        answered = connection.recv(4096).decode(errors="replace").lower()
        offset = int(answered.split("upload-offset:")[1].split("\r\n")[0])
        patch = (
            f"PATCH /api/upload/{ticket.upload}/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Tus-Resumable: 1.0.0\r\nAuthorization: Upload {ticket.token}\r\n"
            f"Content-Type: {PIECE}\r\nUpload-Offset: {offset}\r\nContent-Length: 100000\r\n\r\n"
        )
        connection.sendall(patch.encode() + sent.data[offset : offset + 3000])
    except (OSError, IndexError, ValueError):
        # The server it went to was just being killed.
        pass
    return connection
