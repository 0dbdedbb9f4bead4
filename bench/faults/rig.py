"""One product that can be hurt, with candidates who answer its one question."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from threading import Event, Lock, Thread

from support import scene
from support.api import Invitation
from support.product import Process, Product, free_port

from bench.faults.postgres import Eyes, Postgres
from bench.faults.sender import Sent

# What browsers make: both video codecs that the synthesizer knows, with and without sound, and
# sound alone.
SHAPES: tuple[tuple[str, dict[str, object]], ...] = (
    ("video/webm", {"seconds": 2, "video": "vp8"}),
    ("video/webm", {"seconds": 4, "video": "vp9"}),
    ("video/webm", {"seconds": 6, "video": "vp9", "width": 640, "height": 480}),
    ("video/webm", {"seconds": 3, "video": "vp8", "audio": None}),
    ("audio/webm", {"seconds": 5, "video": None}),
)
MOST_AT_ONCE = 200
QUESTION = {"text": "?", "preparation_seconds": 30, "answer_seconds": 60, "mandatory": True}


class Rig:
    """A running product on a PostgreSQL of its own."""

    def __init__(self, home: Path, postgres: Postgres, product: Product) -> None:
        self.home, self.postgres, self.product = home, postgres, product
        self.eyes = Eyes(product.environ)
        self.cast = scene.make_cast(product)
        self.recruiter = self.cast.api()
        self.campaign = self.recruiter.campaign(questions=[QUESTION])
        self.recordings = list(make_recordings(product, home))
        self.others: list[Process] = []
        self._inviting = Lock()
        self._closing = Event()
        self._supervisors: list[Thread] = []

    def invite(self, email: str) -> Invitation:
        """Invite one candidate more."""
        with self._inviting:
            return self.recruiter.invite(self.campaign, email=email)

    def invite_all(self, emails: Sequence[str]) -> list[Invitation]:
        """Invite candidates, in the order of their addresses."""
        path = f"/api/campaigns/{self.campaign['id']}/invite_candidates/"
        person = {"first_name": "Salma", "last_name": "Bennani", "language": "fr"}
        found: dict[str, Invitation] = {}
        for start in range(0, len(emails), MOST_AT_ONCE):
            people = [person | {"email": email} for email in emails[start : start + MOST_AT_ONCE]]
            for one in self.recruiter.post(path, candidates=people)["invited"]:
                found[one["candidate"]["email"]] = Invitation(one["session_id"], one["link"])
        return [found[email] for email in emails]

    def sent(self, rng: Random) -> Sent:
        """Return something to send: a recording whole, or as a browser that died left it."""
        mime_type, data = rng.choice(self.recordings)
        if rng.random() < 0.5:
            data = data[: rng.randint(len(data) // 2, len(data))]
        return Sent(data, hashlib.sha256(data).hexdigest(), mime_type, rng)

    def supervise(self, process: Process) -> None:
        """Start a process again whenever it has ended, as the launcher and systemd do."""

        def watch() -> None:
            while not self._closing.wait(0.5):
                if process.running is not None and process.running.poll() is not None:
                    process.running = None
                    process.start()

        self._supervisors.append(Thread(target=watch, daemon=True))
        self._supervisors[-1].start()

    def close(self) -> None:
        """Stop the product's processes, and whoever would start them again."""
        self._closing.set()
        for supervisor in self._supervisors:
            supervisor.join()
        for process in self.others:
            process.stop()

    def second_web(self) -> str:
        """Start another app server on the same data; return its address."""
        port = free_port()
        first = self.product.web
        command = [*first.command[:-1], str(port)]
        other = Process("web", command, first.environ, self.home / "web-2.log")
        other.start()
        self.others.append(other)
        return f"http://127.0.0.1:{port}"


def make_recordings(product: Product, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Make one recording of each shape, as a browser writes them: without duration or cues."""
    for number, (mime_type, wishes) in enumerate(SHAPES):
        file = scene.make_answer(product, folder, name=f"shape-{number}", **wishes)
        yield mime_type, file.read_bytes()


@contextmanager
def running(
    surroundings: Mapping[str, str] | None = None, media: Path | None = None
) -> Iterator[Rig]:
    """Install a product in a folder of its own, and keep it running for a while."""
    home = Path(mkdtemp(prefix="jobgate-faults-"))
    postgres = Postgres(home)
    try:
        postgres.start()
        postgres.make_roles()
        environ = postgres.environ() | {"TRUSTED_PROXIES": "1"} | dict(surroundings or {})
        product = Product(home, home, surroundings=environ)
        if media is not None:
            product.media = media
            product.environ["MEDIA_ROOT"] = str(media)
        product.environ.update(surroundings or {})
        rig = None
        try:
            product.install()
            product.start()
            rig = Rig(home, postgres, product)
            rig.eyes.watch()
            yield rig
        finally:
            if rig is not None:
                rig.close()
            product.stop()
    finally:
        postgres.stop()
        if "JOBGATE_KEEP_FAULTS" not in os.environ:
            shutil.rmtree(home, ignore_errors=True)
