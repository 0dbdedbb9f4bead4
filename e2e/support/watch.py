"""Watch a page: what a person would not see, but a developer should, fails the test."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page, Request, Response

# Chromium's own line for an answer that is an error: the answer itself is looked at instead.
ECHO = "Failed to load resource"
# What Chromium and Firefox call a request that the page itself gave up.
GIVEN_UP = ("ERR_ABORTED", "NS_BINDING_ABORTED")
# Asked by every fresh page, to see whether this browser is signed in or in an interview already.
QUESTIONS = ((401, r"/api/token/refresh/$"), (401, r"/api/sessions/renew/$"))
TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error("content security policy", event.violatedDirective, event.blockedURI))"""


@dataclass
class Watch:
    """The problems of one page, and the errors that its test brings about on purpose."""

    page: Page
    problems: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    statuses: list[tuple[str, int, str]] = field(default_factory=list)
    expected: list[tuple[int, str]] = field(default_factory=lambda: [*QUESTIONS])
    may_lose_server: bool = False

    def __post_init__(self) -> None:
        self.page.add_init_script(TELL_VIOLATIONS)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.problems.append(f"uncaught: {error}"))
        self.page.on("response", self._answered)
        self.page.on("requestfailed", self._failed)
        self.page.on("crash", lambda _: self.problems.append("the page crashed"))

    def expect(self, status: int, path: str) -> None:
        """Let the server answer so where the path matches."""
        self.expected.append((status, path))

    def _said(self, message: ConsoleMessage) -> None:
        self.console.append(f"{message.type}: {message.text}")
        if message.type == "error" and ECHO not in message.text:
            self.problems.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        self.statuses.append((response.request.method, response.status, response.url))
        if response.status >= 400 and not self._is_expected(response):
            self.problems.append(f"{response.request.method} {response.url}: {response.status}")

    def _is_expected(self, response: Response) -> bool:
        return any(
            status == response.status and re.search(path, response.url)
            for status, path in self.expected
        )

    def _failed(self, request: Request) -> None:
        # A page that goes elsewhere gives up what it was loading; so does a player that seeks.
        failure = request.failure or ""
        if not self.may_lose_server and not failure.endswith(GIVEN_UP):
            self.problems.append(f"{request.method} {request.url}: {failure}")
