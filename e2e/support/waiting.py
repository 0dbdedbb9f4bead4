"""Wait for something that no event tells of."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def until(what: str, look: Callable[[], Found | None], seconds: float = 20) -> Found:
    """Return the first true thing that `look` finds; fail when there is none in time."""
    deadline = time.monotonic() + seconds
    while True:
        if found := look():
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.02)
