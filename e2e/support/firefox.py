"""A stock Firefox, through WebDriver BiDi, with the camera and microphone that it makes up."""

import os
import shlex
import shutil
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright

from support.layout import E2E

ABSENT = "no Firefox: apt install firefox-esr, or set JOBGATE_FIREFOX (docs/browsers.md)"
PREFERENCES: dict[str, str | float | bool] = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
}


def installed() -> str | None:
    """Return the path of Firefox: the one named by whoever starts the tests, or the system's."""
    named = os.environ.get("JOBGATE_FIREFOX")
    return named or shutil.which("firefox-esr") or shutil.which("firefox")


@dataclass(frozen=True)
class Firefox:
    """Starts Firefox; notes and the programs that Playwright is given lie in a folder."""

    playwright: Playwright
    folder: Path

    def start(self) -> Browser:
        """Start it on profiles that last as long as their windows."""
        return self.playwright.firefox.launch(**self._options("firefox"))

    def on_profile(self, profile: Path) -> BrowserContext:
        """Start it on a profile that is kept."""
        return self.playwright.firefox.launch_persistent_context(
            profile, locale="fr-FR", **self._options(profile.name)
        )

    def kill(self, profile: Path) -> None:
        """End it as a crash does."""
        number = self._pid_file(profile.name).read_text(encoding="ascii")
        os.kill(int(number), signal.SIGKILL)

    def _options(self, name: str) -> dict[str, Any]:
        return {
            # Playwright's name for a Firefox that is not of its own build.
            "channel": "moz-firefox",
            "executable_path": self._gate(name),
            "firefox_user_prefs": PREFERENCES,
        }

    def _pid_file(self, name: str) -> Path:
        return self.folder / f"{name}.pid"

    def _gate(self, name: str) -> Path:
        """Make the program that Playwright starts in the place of Firefox."""
        firefox = installed()
        assert firefox, ABSENT
        program = E2E / "support" / "bidi_gate.py"
        command = [sys.executable, str(program), str(self._pid_file(name)), firefox]
        gate = self.folder / f"{name}.sh"
        gate.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n', encoding="utf-8")
        gate.chmod(0o755)
        return gate
