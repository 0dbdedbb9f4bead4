"""Each screen under axe, in each size and scheme; and no screen wider than its window."""

from pathlib import Path
from typing import Any

import pytest

from support import axe
from support.api import Client
from support.browsers import Visitors
from support.screens import SCREENS
from support.stage import Stage
from support.words import Language

WIDTHS = (1280, 800, 320)
IN_ARABIC = (
    "home", "campaign-form", "sessions", "review", "invitation",
    "introduction", "notice", "devices", "answering", "done",
    "sound-question", "devices-sound-only", "preparation-warned", "answering-warned",
    "practice", "answering-offline", "writing", "choosing", "own-page", "handover",
)  # fmt: skip
CASES: list[tuple[str, Language]] = [(name, "fr") for name in SCREENS]
CASES += [(name, "ar") for name in IN_ARABIC]


@pytest.fixture(scope="module")
def client(demo: dict[str, Any], product: Any) -> Client:
    [login, *_] = [one for one in demo["logins"] if one["role"] == "recruiter"]
    return Client(product.url, login["email"], login["password"])


@pytest.mark.parametrize(("name", "language"), CASES)
def test_axe_finds_nothing(
    name: str,
    language: Language,
    demo: dict[str, Any],
    client: Client,
    visitors: Visitors,
    answer_file: Path,
) -> None:
    page = SCREENS[name](Stage(demo, client, visitors, answer_file, language))
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        where = f"{name}, {language}, {width} px"
        page.emulate_media(color_scheme="light")
        found += [f"{where}, light: {one}" for one in axe.violations(page)]
        found += [f"{where}, too wide: {one}" for one in axe.overflowing(page)]
        # What is not colour is the same in the dark.
        page.emulate_media(color_scheme="dark")
        found += [f"{where}, dark: {one}" for one in axe.violations(page, colour_only=True)]
    assert not found, "\n".join(found)
