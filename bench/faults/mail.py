"""A mail server on the loopback that is away for a while, in each of the ways there are."""

import time
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

from aiosmtpd.controller import Controller
from support.product import free_port

from bench.faults import verdict
from bench.faults.arena import Arena
from bench.faults.runs import Run
from bench.faults.sender import Refused

WAYS = ("gone", "busy", "hangs-up")


class MailServer:
    """What it accepted is counted by recipient."""

    breath = 2.0

    def __init__(self, rng: Random) -> None:
        self.rng, self.port = rng, free_port()
        self.way = ""
        self.delivered: Counter[str] = Counter()
        self.controller: Controller | None = None
        self.heal()

    def environ(self) -> dict[str, str]:
        return {
            "NOTIFICATION_EMAIL_ENABLED": "on",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.port),
        }

    def hurt(self) -> None:
        self.way = self.rng.choice(WAYS)
        if self.way == "gone":
            self.stop()

    def heal(self) -> None:
        self.way = ""
        if self.controller is None:
            self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
            self.controller.start()

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a message, or do what the server is at (the name is aiosmtpd's)."""
        if self.way == "hangs-up":
            server.transport.abort()
        if self.way:
            return "451 Try again later"
        self.delivered.update(envelope.rcpt_tos)
        return "250 Taken"


PATIENCE = 120.0
MESSAGES = """
SELECT state FROM notifications_message WHERE to_email = %s
"""


def invite(arena: Arena, run: Run, rng: Random) -> None:
    """Invite a candidate while the mail server is away, and wait for the letter."""
    time.sleep(rng.uniform(0, 2))
    server, reaper = arena.victim, arena.reaper
    if not isinstance(server, MailServer) or reaper is None:
        raise RuntimeError("This fault needs a mail server.")
    reaper.strike()
    run.moment = server.way
    email = verdict.email_of(run)
    arena.rig.invite(email)
    end = time.monotonic() + PATIENCE
    while not server.delivered[email]:
        if time.monotonic() > end:
            raise Refused("the letter never came")
        time.sleep(0.1)


def judge(arena: Arena, runs: Sequence[Run]) -> None:
    """Each invitation is one row and one letter."""
    verdict.wait_for_jobs(arena.rig)
    for run in runs:
        if run.why or not isinstance(arena.victim, MailServer):
            continue
        email = verdict.email_of(run)
        states = [row["state"] for row in arena.rig.eyes.rows(MESSAGES, email)]
        letters = arena.victim.delivered[email]
        run.ok = (states, letters) == (["sent"], 1)
        run.why = "" if run.ok else f"{letters} letters, messages {states}"
