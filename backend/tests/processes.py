"""Fixtures that start real worker processes on the test's database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

MANAGE = Path(__file__).parents[1] / "manage.py"

EVERY_QUEUE = ("procrastinate", "worker")

StartWorker = Callable[..., "subprocess.Popen[bytes]"]


def wait_until(true: Callable[[], bool], seconds: float = 40) -> None:
    """Return as soon as `true()`; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[StartWorker]:
    """Start workers as the app's role; kill what is left. Their log is in tmp_path."""
    started: list[subprocess.Popen[bytes]] = []
    log = (tmp_path / "worker.log").open("ab")

    def start(
        *options: str, command: Sequence[str] = EVERY_QUEUE, **environment: str
    ) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, str(MANAGE), *command, *options],
            env=_environment() | environment,
            stderr=log,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
    log.close()


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "DB_NAME": str(connection.settings_dict["NAME"]),
        "JOBGATE_DB_ROLE": "app",
        "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
        "SECRET_KEY": settings.SECRET_KEY,
    }
