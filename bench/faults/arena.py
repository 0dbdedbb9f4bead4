"""One campaign: many answers at once on one rig, each through one fault."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from playwright import sync_api as playwright
from support.api import Invitation
from support.browsers import Devices

from bench.faults import verdict
from bench.faults.rig import Rig
from bench.faults.runs import Run
from bench.faults.sender import Page, Refused, Sent
from bench.faults.victims import Reaper, Victim

# Of the runs that a fault did not reach in time, so many may be needed beside those that count.
SPARE = 0.5
# More than a page itself has, after the last run has begun.
PATIENCE = 260.0


@dataclass
class Arena:
    """Where the runs of one fault happen."""

    rig: Rig
    fault: str
    seed: int
    victim: Victim | None = None
    reaper: Reaper | None = None
    doors: list[str] = field(default_factory=list)
    invitations: dict[int, Invitation] = field(default_factory=dict)
    # What a browser's camera and microphone play.
    devices: Devices | None = None

    def rng(self, number: int) -> Random:
        """Return what decides everything about one run."""
        return Random(f"{self.fault}:{self.seed}:{number}")  # noqa: S311 -- chance, not a secret

    @contextmanager
    def page(self, run: Run, rng: Random, *doors: str) -> Iterator[Page]:
        page = Page(doors or self.doors, self.invitations[run.number], run, rng)
        begun = time.monotonic()
        page.went_on = lambda: self._note_going_on(run, begun)
        page.clock = lambda: time.monotonic() - begun
        try:
            yield page
        finally:
            page.close()

    def sent(self, run: Run, rng: Random) -> Sent:
        """Return what a run sends, and note what must arrive."""
        sent = self.rig.sent(rng)
        run.sha256, run.bytes = sent.sha256, len(sent.data)
        return sent

    def hits_since(self, begun: float) -> list[float]:
        return [hit for hit in (self.reaper.hits if self.reaper else ()) if hit >= begun]

    def _note_going_on(self, run: Run, begun: float) -> None:
        hits = self.hits_since(begun)
        if hits and run.went_on_after is None:
            run.went_on_after = time.monotonic() - hits[0]


Play = Callable[[Arena, Run, Random], None]
Judge = Callable[[Arena, Sequence[Run]], None]


def judge(arena: Arena, runs: Sequence[Run]) -> None:
    """Compare what each run sent with what is stored."""
    verdict.judge(arena.rig, runs)


def numbers_of(wanted: int, at_once: int) -> range:
    """Return the numbers that runs may have: some are not hit, and do not count."""
    return range(1, wanted + int(wanted * SPARE) + at_once + 1)


def invite_all(arena: Arena, numbers: Sequence[int]) -> None:
    """Invite everybody beforehand: the recruiter is not who is looked at."""
    emails = [verdict.email_of(Run(arena.fault, arena.seed, number)) for number in numbers]
    arena.invitations = dict(zip(numbers, arena.rig.invite_all(emails), strict=True))


def campaign(arena: Arena, play: Play, wanted: int, at_once: int, minutes: float) -> list[Run]:
    """Do runs until so many were hit, or time is over; return them all."""
    if arena.victim is not None and arena.devices is None:
        arena.reaper = Reaper(arena.victim, arena.rng(0))
    try:
        return _all_runs(arena, play, wanted, at_once, numbers_of(wanted, at_once), minutes)
    finally:
        if arena.reaper is not None:
            arena.reaper.stop()


def _all_runs(
    arena: Arena, play: Play, wanted: int, at_once: int, numbers: Sequence[int], minutes: float
) -> list[Run]:
    runs: list[Run] = []
    under_way: set[int] = set()
    left = iter(numbers)
    taking = threading.Lock()
    end = time.monotonic() + minutes * 60

    def take() -> int | None:
        with taking:
            enough = sum(run.hits > 0 for run in runs) >= wanted or time.monotonic() > end
            number = None if enough else next(left, None)
            under_way.update([] if number is None else [number])
            return number

    def work() -> None:
        while (number := take()) is not None:
            run = one(arena, play, number)
            with taking:
                runs.append(run)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        # What hangs is not waited for: it is a run like any other, and failed.
        thread.join(max(0.0, end + PATIENCE - time.monotonic()))
    return sorted(
        runs + unfinished(arena, under_way - {run.number for run in runs}),
        key=lambda run: run.number,
    )


def unfinished(arena: Arena, numbers: set[int]) -> list[Run]:
    """Return the runs that did not end, as failures."""
    return [
        Run(arena.fault, arena.seed, number, why="it did not end", hits=1) for number in numbers
    ]


def one(arena: Arena, play: Play, number: int) -> Run:
    """Do one run; whatever stops it is its failure."""
    run = Run(arena.fault, arena.seed, number)
    begun = time.monotonic()
    try:
        play(arena, run, arena.rng(number))
    except (Refused, AssertionError, playwright.Error) as error:
        run.why = f"{type(error).__name__}: {error}"
    ended = time.monotonic()
    run.seconds = ended - begun
    hits = arena.hits_since(begun)
    if arena.reaper is not None:
        run.hits = len(hits)
        run.shared = [arena.reaper.hits.index(hit) for hit in hits]
        run.playable_after = ended - hits[0] if hits else None
        run.moment = " ".join(run.step_at(hit - begun) for hit in hits if hit < ended)
    return run
