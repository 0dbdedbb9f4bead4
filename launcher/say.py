"""What the person sees while it works: one line for each step."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def line(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)  # noqa: T201 -- the command's own output


def warning(text: str) -> None:
    """Print a line that asks for attention."""
    print(f"Warning: {text}", file=sys.stderr, flush=True)  # noqa: T201 -- as above


def header(text: str) -> None:
    """Print the title of a part."""
    line(f"\n=== {text} ===")


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    live = sys.stdout.isatty()
    print(f"  … {name}", end="" if live else "\n", flush=True)  # noqa: T201 -- as above
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        line(f"{_back(live)}  ✗ {name}")
        raise
    line(f"{_back(live)}  ✓ {name} ({time.monotonic() - begun:.1f} s)")


def _back(live: bool) -> str:
    return "\r\x1b[K" if live else ""
