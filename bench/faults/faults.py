"""The faults by name: what is hurt, what a run does, how it is judged."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from support.browsers import Devices
from support.waiting import until

from bench.faults import arena as arenas
from bench.faults import browser, mail, protocol, rig
from bench.faults.arena import Arena, Judge, Play
from bench.faults.mail import MailServer
from bench.faults.rig import Rig
from bench.faults.runs import Run
from bench.faults.victims import FullDisk, FullFiles, KilledDatabase, KilledProcess, Victim

DISK_MEGABYTES = 400
Choose = Callable[[Rig, Random], Victim]


@dataclass(frozen=True)
class Fault:
    """One row of the table."""

    title: str
    play: Play
    victim: Choose | None = None
    at_once: int = 8
    judge: Judge = arenas.judge
    second_web: bool = False
    browser: bool = False


def web(rig: Rig, rng: Random) -> Victim:
    return KilledProcess(rig.product.web, rig.product.answers, breath=0.7)


def worker(rig: Rig, rng: Random) -> Victim:
    def works() -> None:
        known = newest_worker(rig)
        until("the worker is at work", lambda: newest_worker(rig) > known, 30)

    return KilledProcess(rig.product.worker, works, breath=3.0)


def newest_worker(rig: Rig) -> int:
    """Return the number under which the last worker has announced itself."""
    query = "SELECT coalesce(max(id), 0) AS id FROM procrastinate_workers"
    return int(rig.eyes.rows(query)[0]["id"])


def postgres(rig: Rig, rng: Random) -> Victim:
    rig.supervise(rig.product.worker)
    return KilledDatabase(rig.postgres)


def files(rig: Rig, rng: Random) -> Victim:
    return FullFiles(rig.product.web, rng)


def in_browser(title: str, play: Play, victim: Choose | None = None) -> Fault:
    return Fault(title, play, victim, at_once=2, judge=browser.judge, browser=True)


FAULTS: Mapping[str, Fault] = {
    "web-kill": Fault("web process `kill -9`", protocol.hurt_on_the_way, web),
    "worker-kill": Fault("worker `kill -9`", protocol.hurt_behind_the_page, worker, at_once=32),
    "database-kill": Fault("PostgreSQL `kill -9`", protocol.hurt_on_the_way, postgres, at_once=40),
    "network-cut": Fault("network cut, silent or deaf", protocol.cut_network),
    "file-limit": Fault("no file may grow", protocol.hurt_on_the_way, files),
    "disk-full": Fault("disk full", protocol.hurt_on_the_way),
    "twice": Fault("every step twice at once", protocol.everything_twice),
    "tokens": Fault("forged, revoked, replayed token", protocol.misuse_tokens),
    "session-expiry": Fault("session expires in mid-upload", protocol.expire_session),
    "two-servers": Fault("two app servers, one killed", protocol.two_servers, web, second_web=True),
    "email-down": Fault("mail server away", mail.invite, judge=mail.judge),
    "browser-kill": in_browser("browser `kill -9` in mid-answer", browser.kill_browser),
    "browser-cut": in_browser("network cut for 5 to 30 s in mid-answer", browser.cut_network),
    "browser-disk-full": in_browser("disk full in mid-answer", browser.fill_disk, files),
    "browser-tabs": in_browser("a second tab in mid-answer", browser.open_second_tab),
    "browser-clock": in_browser("the device's clock a day off", browser.wrong_clock),
}


@contextmanager
def rig_for(name: str, seed: int) -> Iterator[tuple[Rig, Victim | None]]:
    """Yield a product for a fault, and what of it is hurt."""
    if name == "email-down":
        server = MailServer(chance(name, seed))
        try:
            with rig.running(server.environ()) as made:
                yield made, server
        finally:
            server.stop()
    elif name == "disk-full":
        disk = FullDisk(chance(name, seed), DISK_MEGABYTES)
        try:
            # Half of the time there is room by this mark, and none when the bytes come.
            with rig.running({"UPLOAD_MIN_FREE_BYTES": "500000"}, disk.folder) as made:
                yield made, disk
        finally:
            disk.leave()
    else:
        with rig.running() as made:
            yield made, victim_of(name, made, chance(name, seed))


def camera(folder: Path) -> Devices:
    """Make what the fake devices play, before any browser asks for it."""
    devices = Devices(folder)
    devices.flags("french")
    return devices


def chance(name: str, seed: int) -> Random:
    """Return what decides about the victim; each run has its own."""
    return Random(f"{name}:{seed}")  # noqa: S311 -- no secret


def victim_of(name: str, made: Rig, rng: Random) -> Victim | None:
    choose = FAULTS[name].victim
    return None if choose is None else choose(made, rng)


def run(
    name: str,
    made: Rig,
    victim: Victim | None,
    *,
    wanted: int,
    seed: int,
    at_once: int = 0,
    minutes: float = 9.0,
) -> list[Run]:
    """Do the runs of a fault on a product; return them, judged."""
    fault = FAULTS[name]
    arena = Arena(made, name, seed, victim, doors=[made.product.url])
    if fault.second_web:
        arena.doors.append(made.second_web())
    if fault.browser:
        arena.devices = camera(made.home)
    numbers = arenas.numbers_of(wanted, at_once or fault.at_once)
    if name != "email-down":
        arenas.invite_all(arena, numbers)
    runs = arenas.campaign(arena, fault.play, wanted, at_once or fault.at_once, minutes)
    fault.judge(arena, runs)
    return runs
