"""Take a picture of every screen, in every size, language and scheme; or the one of the README.

    python screenshots.py FOLDER [--only NAME …] [--language fr …] [--width 800 …] [--scheme dark …]
    python screenshots.py --product

The DB_* variables name a PostgreSQL, as for the tests; the pages are built.
"""

import argparse
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, sync_playwright

from support import axe, scene
from support.api import Client
from support.browsers import LOCALES, Browsers, Devices, Scheme, Visitors
from support.firefox import Firefox
from support.layout import ROOT
from support.screens import SCREENS
from support.stage import Stage
from support.words import Language

WIDTHS = (1280, 800, 390)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PRODUCT_PICTURE = ROOT / "docs" / "images" / "review.png"
PRODUCT_HEIGHT = 860
CAMERA_SIZE = (1280, 720)


@dataclass
class Studio:
    """The running demonstration, and a camera before it."""

    demo: dict[str, Any]
    client: Client
    visitors: Visitors
    answer: Path

    def stage(self, language: Language, width: int, scheme: Scheme) -> Stage:
        return Stage(self.demo, self.client, self.visitors, self.answer, language, width, scheme)


@contextmanager
def studio() -> Iterator[Studio]:
    """Install and run the demonstration for as long as the pictures take."""
    with TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        with scene.running(folder / "home", folder) as product:
            demo = scene.make_demo(product)
            login = next(one for one in demo["logins"] if one["role"] == "recruiter")
            client = Client(product.url, login["email"], login["password"])
            devices = Devices(folder, CAMERA_SIZE)
            browsers = Browsers(playwright, devices, Firefox(playwright, folder))
            answer = scene.make_answer(product, folder)
            yield Studio(demo, client, Visitors(browsers, product.url), answer)
            browsers.close()


def settled(page: Page) -> Page:
    page.wait_for_function(axe.SETTLED)
    return page


def every_screen(options: argparse.Namespace) -> None:
    """Take the pictures that were asked for; each screen is opened once for a language."""
    options.folder.mkdir(parents=True, exist_ok=True)
    with studio() as place:
        for name, language in itertools.product(options.only, options.language):
            page = SCREENS[name](place.stage(language, 1280, "light"))
            for width, scheme in itertools.product(options.width, options.scheme):
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme)
                file = options.folder / f"{name}.{language}.{width}.{scheme}.png"
                settled(page).screenshot(path=file, full_page=True)
            place.visitors.leave()
            print(name, language)


def product_picture() -> None:
    """Renew the picture of the README: a recruiter reviews an answer."""
    PRODUCT_PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with studio() as place:
        page = SCREENS["review"](place.stage("fr", 1280, "light"))
        page.set_viewport_size({"width": 1280, "height": PRODUCT_HEIGHT})
        settled(page).screenshot(path=PRODUCT_PICTURE)
    print(f"{PRODUCT_PICTURE.relative_to(ROOT)}: {PRODUCT_PICTURE.stat().st_size // 1000} kB")


def main() -> None:
    """Read the command line and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--product", action="store_true", help="the picture of the README")
    parser.add_argument("--only", nargs="+", choices=SCREENS, default=list(SCREENS))
    parser.add_argument("--language", nargs="+", choices=LOCALES, default=list(LOCALES))
    parser.add_argument("--width", nargs="+", type=int, default=WIDTHS)
    parser.add_argument("--scheme", nargs="+", choices=SCHEMES, default=SCHEMES)
    options = parser.parse_args()
    if options.product:
        product_picture()
    elif options.folder:
        every_screen(options)
    else:
        parser.error("say where the pictures go")


if __name__ == "__main__":
    main()
