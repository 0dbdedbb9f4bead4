"""Jobs that only tests run."""

import time
from pathlib import Path

import structlog
from django.db import transaction

from jobgate.core import background
from jobgate.core.tenancy import current_organization_id

# So that a test need not wait as long as production does.
background.STALLED_AFTER_SECONDS = 2


@background.task(retries=3)
def note(folder: str, word: str) -> None:
    """Write down that this ran, and for whom."""
    with (Path(folder) / "notes").open("a") as notes:
        notes.write(f"{word} {current_organization_id()}\n")


@background.task(retries=3)
def wait_for_go(folder: str) -> None:
    """Say "started", wait until a file named "go" appears, say "done"."""
    note.run(str(current_organization_id()), folder=folder, word="started")
    while not (Path(folder) / "go").exists():
        time.sleep(0.05)
    note.run(str(current_organization_id()), folder=folder, word="done")


@background.task(queue=background.LATER)
def wait_later(folder: str) -> None:
    """Do what `wait_for_go` does, in the lane of what can wait."""
    wait_for_go.run(str(current_organization_id()), folder=folder)


@background.task()
def log_a_line() -> None:
    structlog.get_logger("jobgate.core").warning("a_line")


@background.task(retries=1)
def enqueue_then_fail(folder: str) -> None:
    """Enqueue a job in a transaction that is rolled back."""
    with transaction.atomic():
        background.enqueue(
            note, organization_id=current_organization_id(), folder=folder, word="never"
        )
        raise RuntimeError("rolled back")
