"""The register of the product's screens."""

from collections.abc import Callable

from playwright.sync_api import Page

from support.stage import Stage

Open = Callable[[Stage], Page]
SCREENS: dict[str, Open] = {}


def screen(opening: Open) -> Open:
    """Register a screen under the name of its function."""
    SCREENS[opening.__name__.replace("_", "-")] = opening
    return opening
