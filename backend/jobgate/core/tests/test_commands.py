"""The usual commands do what a developer expects of them."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.processes import MANAGE, wait_until

TIMEOUT_SECONDS = 60


def environment() -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "jobgate.config.settings"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(port: int, method: str, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request(method, path)
        return connection.getresponse().status
    except ConnectionRefusedError:
        return 0
    finally:
        connection.close()


@pytest.fixture
def served() -> Iterator[int]:
    """Yield the port of a started `runserver`."""
    port = free_port()
    command = [sys.executable, str(MANAGE), "runserver", str(port), "--noreload"]
    with subprocess.Popen(command, env=environment()) as process:
        wait_until(lambda: status(port, "OPTIONS", "/api/upload/") != 0)
        yield port
        process.terminate()


def test_runserver_serves_uploads_too(served: int) -> None:
    assert status(served, "OPTIONS", "/api/upload/") == 204


def test_runserver_refuses_what_is_no_port() -> None:
    command = [sys.executable, str(MANAGE), "runserver", "nowhere"]
    done = subprocess.run(
        command, env=environment(), capture_output=True, text=True, timeout=TIMEOUT_SECONDS
    )
    assert done.returncode == 1
    assert "[address:]port" in done.stderr


def test_test_runs_pytest_on_the_settings_of_the_tests() -> None:
    command = [
        sys.executable,
        str(MANAGE),
        "test",
        "--collect-only",
        "-q",
        "tests/test_licences.py",
    ]
    done = subprocess.run(
        command, env=environment(), capture_output=True, text=True, timeout=TIMEOUT_SECONDS
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "test_licences.py::TestDocument" in done.stdout
