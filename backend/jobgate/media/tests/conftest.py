"""Recordings that tests share: made once, by the same program that makes the demonstration's."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jobgate.media import program

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that gives the path of a small recording with the wished properties."""
    folder = tmp_path_factory.mktemp("recordings")

    def make(name: str, **wishes: object) -> Path:
        path = folder / f"{name}.webm"
        if not path.exists():
            program.synthesize(path, **wishes)
        return path

    return make


@pytest.fixture(scope="session")
def spoken(recordings: Callable[..., Path]) -> Path:
    """A recording of three seconds with picture and sound, written as a browser does."""
    return recordings("spoken", seconds=3)


def make_hostile(kind: str, path: Path) -> Path:
    command = [sys.executable, "-m", "jobgate.media.tests.hostile", kind, str(path)]
    subprocess.run(command, check=True, cwd=program.BACKEND)
    return path
