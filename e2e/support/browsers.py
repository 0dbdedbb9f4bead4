"""Browsers with a fake camera and microphone, in several moods, and pages that are watched."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from support.firefox import Firefox
from support.layout import ASSETS, E2E
from support.watch import Watch
from support.words import Language

# Who sits before Chromium's camera, or why nobody does; Firefox has a picture of its own.
Mood = Literal["french", "arabic", "asked", "refuses", "without-camera", "sound-only", "firefox"]
Scheme = Literal["light", "dark"]

LOCALES: dict[Language, str] = {"fr": "fr-FR", "en": "en-GB", "ar": "ar-MA"}
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
FAKE_DEVICES = "--use-fake-device-for-media-stream"
GRANTS, DENIES = "--use-fake-ui-for-media-stream", "--use-fake-ui-for-media-stream=deny"
CAMERA_SIZE = (640, 480)


def chromium() -> str:
    """Return the path of Chromium: the one named by whoever starts the tests, or the system's."""
    found = os.environ.get("JOBGATE_CHROMIUM") or shutil.which("chromium")
    assert found, "No Chromium: set JOBGATE_CHROMIUM, or run ./jobgate test"
    return found


@dataclass
class Devices:
    """The files that the fake camera and microphone play, made when first asked for."""

    folder: Path
    size: tuple[int, int] = CAMERA_SIZE

    def camera(self) -> Path:
        return self._made("camera", "face.jpg", "face.mjpeg", *map(str, self.size))

    def microphone(self, language: str) -> Path:
        return self._made("microphone", f"speech-{language}.ogg", f"speech-{language}.wav")

    def _made(self, kind: str, asset: str, name: str, *size: str) -> Path:
        made = self.folder / name
        if not made.exists():
            program = E2E / "support" / "fake_media.py"
            command = [sys.executable, str(program), kind, str(ASSETS / asset), str(made), *size]
            subprocess.run(command, check=True, timeout=60)
        return made

    def flags(self, mood: Mood) -> Sequence[str]:
        """Return what the browser is started with."""
        if mood == "without-camera":
            return [GRANTS]
        if mood == "refuses":
            return [DENIES, FAKE_DEVICES]
        speech = self.microphone("ar" if mood == "arabic" else "fr")
        if mood == "sound-only":
            no_camera = f"{FAKE_DEVICES}=device-count=0"
            return [GRANTS, no_camera, f"--use-file-for-fake-audio-capture={speech}"]
        # Who is asked answers by the permissions of their window, and may take them back.
        grants = [] if mood == "asked" else [GRANTS]
        return [
            *grants,
            FAKE_DEVICES,
            f"--use-file-for-fake-video-capture={self.camera()}",
            f"--use-file-for-fake-audio-capture={speech}",
        ]


@dataclass
class Browsers:
    """Browsers by mood: each is started when first asked for, and kept."""

    playwright: Playwright
    devices: Devices
    firefox: Firefox
    running: dict[Mood, Browser] = field(default_factory=dict)

    def get(self, mood: Mood = "french") -> Browser:
        if mood not in self.running:
            started = self.firefox.start() if mood == "firefox" else self._chromium(mood)
            self.running[mood] = started
        return self.running[mood]

    def _chromium(self, mood: Mood) -> Browser:
        return self.playwright.chromium.launch(
            executable_path=chromium(),
            headless=True,
            # Root has no sandbox to enter; anyone else keeps theirs where the system lets them.
            chromium_sandbox=False,
            args=[*QUIET, *self.devices.flags(mood)],
        )

    def close(self) -> None:
        for browser in self.running.values():
            browser.close()


@dataclass
class Visitor:
    """One person's browser window: a page of its own context, and what went wrong on it."""

    name: str
    context: BrowserContext
    page: Page
    watch: Watch


@dataclass
class Visitors:
    """The people of one test, each in a fresh browser profile."""

    browsers: Browsers
    url: str
    present: list[Visitor] = field(default_factory=list)

    def come(
        self,
        name: str,
        *,
        mood: Mood = "french",
        language: Language = "fr",
        width: int = 1280,
        scheme: Scheme = "light",
        init_script: str = "",
        **more: Any,
    ) -> Visitor:
        """Open a window."""
        context = self.browsers.get(mood).new_context(
            base_url=self.url,
            locale=LOCALES[language],
            viewport={"width": width, "height": 800 if width >= 768 else 740},
            color_scheme=scheme,
            reduced_motion="reduce",
            **more,
        )
        if init_script:
            context.add_init_script(init_script)
        return self.enter(name, context)

    def another_tab(self, visitor: Visitor) -> Visitor:
        """Open one more page in a visitor's own window."""
        return self.enter(f"{visitor.name}-again", visitor.context)

    def enter(self, name: str, context: BrowserContext) -> Visitor:
        """Open a page in a window that is there."""
        page = context.new_page()
        visitor = Visitor(name, context, page, Watch(page))
        self.present.append(visitor)
        return visitor

    def problems(self) -> list[str]:
        return [f"{who.name}: {what}" for who in self.present for what in who.watch.problems]

    def leave(self) -> None:
        for visitor in self.present:
            visitor.context.close()
        self.present.clear()

    def keep_evidence(self, folder: Path) -> None:
        """Keep what each saw last, and what their consoles said."""
        folder.mkdir(parents=True, exist_ok=True)
        for visitor in self.present:
            if not visitor.page.is_closed():
                visitor.page.screenshot(path=folder / f"{visitor.name}.png", full_page=True)
            statuses = [
                f"{method} {status} {url}" for method, status, url in visitor.watch.statuses
            ]
            said = [*visitor.watch.problems, "", *visitor.watch.console, "", *statuses]
            (folder / f"{visitor.name}.txt").write_text("\n".join(said), encoding="utf-8")
