"""The faults with a real Chromium: the whole page records a fake camera, and is hurt."""

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from playwright.sync_api import BrowserContext, Error, Playwright, expect, sync_playwright
from support.browsers import LOCALES, QUIET, Devices, Visitor, chromium
from support.candidate import Candidate
from support.waiting import until
from support.watch import Watch

from bench.faults import verdict
from bench.faults.arena import Arena
from bench.faults.proxy import Mode, Proxy
from bench.faults.runs import Run
from bench.faults.sender import Refused

ANSWER_SECONDS = (8.0, 15.0)
CUT_SECONDS = (5.0, 30.0)
FULL_SECONDS = (3.0, 8.0)
# A page gives a silent request up after a minute, and asks again.
READY_WITHIN = 150.0
MAY_LOSE_SECONDS = 2.0
# What a recorder adds or leaves out at both ends when nothing is hurt.
TOLERANCE_SECONDS = 1.0
DAY_MS = 86_400_000
RECORDED = "() => (performance.now() - window.recordings.at(-1).begun) / 1000"
WRONG_CLOCK = """(() => {
  const Right = Date, by = %d;
  window.Date = class extends Right {
    constructor(...given) { given.length ? super(...given) : super(Right.now() + by); }
    static now() { return Right.now() + by; }
  };
})()"""
ANSWER = """
SELECT r.state, r.sha256, r.claimed_sha256, r.duration_ms, r.byte_length, r.organization_id, r.id,
       v.submitted_at,
       (SELECT count(*) FROM interviews_take o WHERE o.session_id = s.id) AS takes,
       (SELECT count(*) FROM interviews_videoresponse w WHERE w.session_id = s.id) AS responses,
       (SELECT array_agg(t.state ORDER BY t.id) FROM e2e_transitions t WHERE t.recording_id = r.id)
         AS states
  FROM interviews_candidate c
  JOIN interviews_interviewsession s ON s.candidate_id = c.id
  JOIN interviews_take k ON k.session_id = s.id
  JOIN media_recording r ON r.id = k.recording_id
  LEFT JOIN interviews_videoresponse v ON v.take_id = k.id
 WHERE c.email = %s
 ORDER BY k.created_at
"""


class Desk:
    """One candidate's computer: a browser whose profile outlives it."""

    def __init__(self, playwright: Playwright, devices: Devices, profile: Path, url: str) -> None:
        self.playwright, self.devices, self.profile, self.url = playwright, devices, profile, url
        self.context: BrowserContext | None = None

    def sit_down(self, script: str = "") -> Candidate:
        """Start the browser."""
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=chromium(),
            headless=True,
            chromium_sandbox=False,
            args=[*QUIET, *self.devices.flags("french")],
            base_url=self.url,
            locale=LOCALES["fr"],
            reduced_motion="reduce",
        )
        if script:
            self.context.add_init_script(script)
        return self.enter(self.context)

    def enter(self, context: BrowserContext) -> Candidate:
        page = context.new_page()
        return Candidate(Visitor("candidate", context, page, Watch(page)))

    def processes(self) -> Iterator[int]:
        """Yield the processes of this browser: nobody else's has its profile."""
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                line = (folder / "cmdline").read_bytes()
                if b"chromium" in line and f"--user-data-dir={self.profile}".encode() in line:
                    yield int(folder.name)

    def leave(self) -> None:
        if self.context is not None:
            with suppress(Error):
                self.context.close()


@contextmanager
def at_desk(arena: Arena, run: Run, url: str) -> Iterator[Desk]:
    if arena.devices is None:
        raise RuntimeError("This fault needs a camera.")
    profile = arena.rig.home / f"profile-{run.fault}-{run.seed}-{run.number}"
    # One for each run: Playwright's objects belong to their thread.
    with sync_playwright() as playwright:
        desk = Desk(playwright, arena.devices, profile, url)
        try:
            yield desk
        finally:
            desk.leave()


def begin(arena: Arena, run: Run, candidate: Candidate, url: str) -> None:
    """Come in by the link, and begin to speak."""
    link = arena.invitations[run.number].link.replace(arena.rig.product.url, url)
    candidate.arrive(link)
    candidate.begin()
    candidate.start_answer()


def times(rng: Random) -> tuple[float, float]:
    """Return how long an answer is, and when the fault comes."""
    seconds = rng.uniform(*ANSWER_SECONDS)
    return seconds, rng.uniform(2, seconds - 1)


def kill_browser(arena: Arena, run: Run, rng: Random) -> None:
    """Kill the browser in mid-answer; come back with the same profile by the same link."""
    _, at = times(rng)
    url = arena.rig.product.url
    with at_desk(arena, run, url) as desk:
        candidate = desk.sit_down()
        begin(arena, run, candidate, url)
        candidate.speak(at)
        doomed = list(desk.processes())
        asked = time.monotonic()
        spoken = candidate.page.evaluate(RECORDED)
        for pid in doomed:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        hit = time.monotonic()
        # It recorded until the signal: the time since the question counts as spoken, too.
        spoken += hit - asked
        desk.leave()
        again = desk.sit_down()
        again.page.goto(arena.invitations[run.number].link)
        row = arrived(arena, run, hit)
    lost = spoken - row["duration_ms"] / 1000
    run.moment, run.notes["lost"] = f"{at:.1f} s", round(lost, 2)
    if lost > MAY_LOSE_SECONDS:
        raise Refused(f"{lost:.2f} s of {spoken:.2f} s are lost")


def cut_network(arena: Arena, run: Run, rng: Random) -> None:
    """Cut the network for 5–30 s in mid-answer; the recording goes on."""
    mode: Mode = rng.choice(("shut", "shut", "silent", "deaf"))
    lasts = rng.uniform(*CUT_SECONDS)
    run.moment = f"{mode} {lasts:.0f} s"
    proxy = Proxy(arena.rig.product.port)

    def hurt() -> Callable[[], None]:
        proxy.set(mode)
        return lambda: proxy.set("open")

    try:
        _hurt_in_mid_answer(arena, run, rng, proxy.url, hurt, lasts)
    finally:
        proxy.close()


def fill_disk(arena: Arena, run: Run, rng: Random) -> None:
    """Fill the server's disk for some seconds in mid-answer."""
    victim = arena.victim
    if victim is None:
        raise RuntimeError("This fault needs a victim.")

    def hurt() -> Callable[[], None]:
        victim.hurt()
        return victim.heal

    lasts = rng.uniform(*FULL_SECONDS)
    run.moment = f"{lasts:.0f} s"
    _hurt_in_mid_answer(arena, run, rng, arena.rig.product.url, hurt, lasts)


def open_second_tab(arena: Arena, run: Run, rng: Random) -> None:
    """Open the link in another tab in mid-answer: it is turned away, and the first goes on."""

    def during(candidate: Candidate, desk: Desk) -> None:
        if desk.context is None:
            raise RuntimeError("The browser is not there.")
        second = desk.enter(desk.context)
        second.page.goto(arena.invitations[run.number].link)
        expect(second.heading("problem.other_tab.title")).to_be_visible(timeout=20_000)

    _whole_answer(arena, run, rng, arena.rig.product.url, during)


def wrong_clock(arena: Arena, run: Run, rng: Random) -> None:
    """Answer on a device whose clock is a day early or late: the server's time counts."""
    by = rng.choice((-1, 1)) * DAY_MS
    run.moment = f"{by // DAY_MS:+d} day"
    row = _whole_answer(arena, run, rng, arena.rig.product.url, lambda *_: None, WRONG_CLOCK % by)
    if abs((datetime.now(UTC) - row["submitted_at"]).total_seconds()) > READY_WITHIN:
        raise Refused(f"handed in at {row['submitted_at']}")


def _hurt_in_mid_answer(
    arena: Arena,
    run: Run,
    rng: Random,
    url: str,
    hurt: Callable[[], Callable[[], None]],
    lasts: float,
) -> None:
    """Hurt, go on speaking, and heal when so many seconds are over, the answer ended or not."""
    healing: list[tuple[float, Callable[[], None]]] = []

    def during(candidate: Candidate, desk: Desk) -> None:
        healing.append((time.monotonic() + lasts, hurt()))

    def afterwards() -> None:
        [(at, heal)] = healing
        time.sleep(max(0.0, at - time.monotonic()))
        heal()

    _whole_answer(arena, run, rng, url, during, afterwards=afterwards)


def _whole_answer(
    arena: Arena,
    run: Run,
    rng: Random,
    url: str,
    during: Callable[[Candidate, Desk], None],
    script: str = "",
    afterwards: Callable[[], None] = lambda: None,
) -> verdict.Row:
    """Record one answer, with something happening in its middle; it must arrive whole."""
    seconds, at = times(rng)
    with at_desk(arena, run, url) as desk:
        candidate = desk.sit_down(script)
        begin(arena, run, candidate, url)
        candidate.speak(at)
        hit = time.monotonic()
        during(candidate, desk)
        candidate.speak(seconds)
        answer = candidate.stop()
        afterwards()
        row = arrived(arena, run, hit)
    missing = answer.seconds - row["duration_ms"] / 1000
    run.notes["lost"] = round(missing, 2)
    if abs(missing) > TOLERANCE_SECONDS:
        raise Refused(f"{missing:.2f} s of {answer.seconds:.2f} s are missing")
    return row


def judge(arena: Arena, runs: Sequence[Run]) -> None:
    """Each run has compared by itself."""
    for run in runs:
        run.ok = not run.why


def arrived(arena: Arena, run: Run, hit: float) -> verdict.Row:
    """Wait until the answer plays, and compare it with what the page counted."""
    email = verdict.email_of(run)

    def ready() -> verdict.Row | None:
        rows = arena.rig.eyes.rows(ANSWER, email)
        return rows[0] if rows and rows[0]["state"] in {"ready", "failed", "rejected"} else None

    row = until("the answer can be played", ready, READY_WITHIN)
    run.playable_after, run.hits = time.monotonic() - hit, 1
    run.sha256, run.bytes = row["claimed_sha256"], row["byte_length"]
    stored = verdict.digest(verdict.folder_of(arena.rig, row) / "original")
    wanted = {
        "states": (row["states"], ["received", "verified", "ready"]),
        "sha256 of the row": (row["sha256"], run.sha256),
        "sha256 of the file": (stored, run.sha256),
        "takes": (row["takes"], 1),
        "responses": (row["responses"], 1),
    }
    wrong = [f"{what}: {is_} not {due}" for what, (is_, due) in wanted.items() if is_ != due]
    if wrong:
        raise Refused("; ".join(wrong))
    return row
