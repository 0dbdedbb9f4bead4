from pathlib import Path

import pytest

from jobgate.media import program
from tests.factories import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture(scope="session")
def webm(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A real recording of two seconds, written as a browser does."""
    path: Path = tmp_path_factory.mktemp("recordings") / "answer.webm"
    program.synthesize(path, seconds=2, width=160, height=120)
    return path.read_bytes()
