"""Checkouts of a tiny product, run by the real launcher in processes of their own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher import layout as layouts
from launcher.tests.checkout import Checkout, User

SMALL = Path(__file__).parent / "small"
IGNORED = shutil.ignore_patterns("tests", "__pycache__", ".*_cache")


def lay(root: Path) -> Path:
    """Lay a checkout of the small product, with the launcher as it is now."""
    shutil.copytree(SMALL, root, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(layouts.CHECKOUT / "launcher", root / "launcher", ignore=IGNORED)
    shutil.copy2(layouts.CHECKOUT / "jobgate", root / "jobgate")
    requirements = layouts.CHECKOUT / "backend" / "requirements"
    shutil.copytree(requirements, root / "backend" / "requirements")
    return root


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    """Yield a checkout whose environment is the one that these tests run in."""
    one = Checkout(lay(tmp_path / "checkout"), tmp_path / "home")
    one.borrow_environment(Path(sys.prefix))
    yield one
    one.end()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Yield a folder that every account may enter; pytest's own are private."""
    folder = Path(tempfile.mkdtemp(prefix="jobgate-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def somebody() -> Iterator[User]:
    """Yield a normal user: made for the test by root, else the one who runs the tests."""
    if os.geteuid() != 0:
        yield User.current()
        return
    if shutil.which("useradd") is None:
        pytest.skip("root without useradd: no normal user can be made here")
    name = f"jg{os.getpid()}"
    subprocess.run(["useradd", "--create-home", name], check=True)
    yield User.named(name)
    subprocess.run(["userdel", "--remove", name], check=True, capture_output=True)
