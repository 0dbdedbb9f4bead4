"""The product started once, its people, and browsers that fail the test on any hidden error."""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from support import scene
from support.api import Client
from support.browsers import Browsers, Devices, Visitors
from support.firefox import Firefox
from support.layout import RESULTS
from support.product import Product
from support.scene import Cast

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
    with scene.running(tmp_path_factory.mktemp("home"), RESULTS) as product:
        yield product


@pytest.fixture(scope="session")
def demo(product: Product) -> dict[str, Any]:
    """Return what the demonstration printed."""
    return scene.make_demo(product)


@pytest.fixture(scope="session")
def cast(product: Product, demo: dict[str, Any]) -> Cast:
    return scene.make_cast(product)


@pytest.fixture(scope="session")
def recruiter(cast: Cast) -> Client:
    """Return the recruiter's API, to set scenes with."""
    return cast.api()


@pytest.fixture(scope="session")
def devices(tmp_path_factory: pytest.TempPathFactory) -> Devices:
    return Devices(tmp_path_factory.mktemp("devices"))


@pytest.fixture(scope="session")
def firefox(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Firefox:
    return Firefox(playwright, tmp_path_factory.mktemp("firefox"))


@pytest.fixture(scope="session")
def browsers(playwright: Playwright, devices: Devices, firefox: Firefox) -> Iterator[Browsers]:
    browsers = Browsers(playwright, devices, firefox)
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
def answer_file(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a short recording, for answers given without a browser."""
    return scene.make_answer(product, tmp_path_factory.mktemp("answers"))
