"""The product started once, its people, and browsers that fail the test on any hidden error."""

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from support.api import Client
from support.browsers import Browsers, Devices, Visitors
from support.layout import E2E, RESULTS
from support.product import Product

FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed, for the fixtures that keep evidence."""
    report = yield
    item.stash[FAILED] = report.failed or item.stash.get(FAILED, False)
    return report


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Yield the running product, on a database and folders of its own."""
    RESULTS.mkdir(exist_ok=True)
    for log in RESULTS.glob("*.log"):
        log.unlink()
    product = Product(tmp_path_factory.mktemp("home"), RESULTS)
    product.install()
    product.start()
    yield product
    product.stop()


@pytest.fixture(scope="session")
def demo(product: Product) -> dict[str, Any]:
    """Return what the demonstration printed; it wants to be the first to come."""
    made: dict[str, Any] = json.loads(product.manage("demo", "--json"))
    return made


@dataclass(frozen=True)
class Cast:
    """A company that is no demonstration, and who works there."""

    url: str
    password: str
    logins: dict[str, str]

    def api(self, role: str = "recruiter") -> Client:
        return Client(self.url, self.logins[role], self.password)


@pytest.fixture(scope="session")
def cast(product: Product, demo: dict[str, Any]) -> Cast:
    made = json.loads(
        product.run([E2E / "support" / "seed.py"], DJANGO_SETTINGS_MODULE="jobgate.config.settings")
    )
    return Cast(product.url, **made)


@pytest.fixture(scope="session")
def recruiter(cast: Cast) -> Client:
    """Return the recruiter's API, to set scenes with."""
    return cast.api()


@pytest.fixture(scope="session")
def devices(tmp_path_factory: pytest.TempPathFactory) -> Devices:
    return Devices(tmp_path_factory.mktemp("devices"))


@pytest.fixture(scope="session")
def browsers(playwright: Playwright, devices: Devices) -> Iterator[Browsers]:
    browsers = Browsers(playwright, devices)
    yield browsers
    browsers.close()


@pytest.fixture
def visitors(
    browsers: Browsers, product: Product, request: pytest.FixtureRequest
) -> Iterator[Visitors]:
    """Yield the door by which people come; what they did not see but should have fails the test."""
    visitors = Visitors(browsers, product.url)
    yield visitors
    problems = visitors.problems()
    if problems or request.node.stash.get(FAILED, False):
        visitors.keep_evidence(RESULTS / request.node.name)
    visitors.leave()
    assert not problems, "\n".join(problems)


@pytest.fixture(scope="session")
def answer_file(
    product: Product, devices: Devices, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a short recording, as a browser makes them, for answers given without one."""
    file = tmp_path_factory.mktemp("answers") / "answer.webm"
    wanted = {"output": str(file), "seconds": 4, "image": str(E2E / "assets" / "face.jpg"),
              "sound": str(E2E / "assets" / "speech-fr.ogg")}  # fmt: skip
    product.run(["-m", "jobgate.media.child.synthesize"], stdin=json.dumps(wanted))
    return file
