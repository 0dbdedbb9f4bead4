"""A running product with people in it, for the tests and for the programs beside them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.api import Client
from support.layout import ASSETS, E2E
from support.product import Product


@dataclass(frozen=True)
class Cast:
    """A company that is no demonstration, and who works there."""

    url: str
    password: str
    logins: dict[str, str]

    def api(self, role: str = "recruiter") -> Client:
        return Client(self.url, self.logins[role], self.password)


@contextmanager
def running(home: Path, logs: Path) -> Iterator[Product]:
    """Install the product in a folder, and keep it running for a while."""
    product = Product(home, logs)
    product.install()
    try:
        product.start()
        yield product
    finally:
        product.stop()


def make_demo(product: Product) -> dict[str, Any]:
    """Make the demonstration, which wants to come before any other company."""
    made: dict[str, Any] = json.loads(product.manage("demo", "--json"))
    return made


def make_cast(product: Product) -> Cast:
    """Make a company and its people."""
    program = E2E / "support" / "seed.py"
    made = json.loads(product.run([program], DJANGO_SETTINGS_MODULE="jobgate.config.settings"))
    return Cast(product.url, **made)


def make_answer(product: Product, folder: Path, name: str = "answer", **wishes: object) -> Path:
    """Make a recording as a browser does, for answers that are given without one.

    `wishes` are those of `jobgate.media.child.synthesize`.
    """
    file = folder / f"{name}.webm"
    wanted = {
        "output": str(file),
        "seconds": 4,
        "image": str(ASSETS / "face.jpg"),
        "sound": str(ASSETS / "speech-fr.ogg"),
    } | wishes
    product.run(["-m", "jobgate.media.child.synthesize"], stdin=json.dumps(wanted))
    return file
