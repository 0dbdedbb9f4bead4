"""As root and as a normal user, in open and in private folders."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from launcher.postgres import account
from launcher.tests.checkout import Checkout, User
from launcher.tests.conftest import lay

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be root")
NEEDED = {"asgiref", "click", "django", "h11", "psycopg", "psycopg-binary", "sqlparse"}
NEEDED |= {"typing-extensions", "uvicorn"}


def python_for(user: User) -> str:
    """Return a Python that this account may run, and that can make environments."""
    works = "import ensurepip, sys; sys.exit(sys.version_info < (3, 11))"
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        found = shutil.which(name, path="/usr/local/bin:/usr/bin:/bin")
        as_user = {"user": user.uid, "group": user.gid} if os.geteuid() == 0 else {}
        if found and subprocess.run([found, "-c", works], check=False, **as_user).returncode == 0:  # type: ignore[call-overload]
            return found
    pytest.skip("no Python on this machine that a normal user could run")


def only_needed(requirements: Path) -> None:
    """Keep of the pinned packages those that the small product imports."""
    blocks = requirements.read_text().replace("\\\n", "\\").splitlines()
    kept = [block for block in blocks if block.partition("==")[0] in NEEDED]
    requirements.write_text("\n".join(kept).replace("\\", "\\\n") + "\n")


def test_a_normal_user_starts_from_nothing(somebody: User, open_folder: Path) -> None:
    python = python_for(somebody)
    root = lay(open_folder / "checkout")
    only_needed(root / "backend" / "requirements" / "base.txt")
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", f"{somebody.uid}:{somebody.gid}", open_folder], check=True)
    user = somebody if os.geteuid() == 0 else None
    one = Checkout(root, root / "var", user, python)
    try:
        up = one.up()
        up.wait_ready(240)
        for expected in ("Python environment", "PostgreSQL", "Pages", "Database tables"):
            assert f"✓ {expected}" in up.said
        owner = (one.home / "postgres").stat().st_uid
        assert owner == somebody.uid
        assert up.interrupt() == 0
    finally:
        one.end()


@AS_ROOT
def test_root_gives_postgresql_another_account(checkout: Checkout) -> None:
    up = checkout.up()
    up.wait_ready()
    [pid] = [
        p for p in up.family() if b"postgres" in Path(f"/proc/{p}/exe").readlink().name.encode()
    ][:1]
    status = Path(f"/proc/{pid}/status").read_text()
    uids = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]
    assert "0" not in uids


@AS_ROOT
def test_root_in_an_open_folder_lends_postgresql_nothing(open_folder: Path) -> None:
    entry = account.find_entry()
    assert entry is not None
    assert account.may_reach(open_folder, entry.pw_uid, entry.pw_gid)
    chosen = account.choose(open_folder)
    assert chosen is not None
    assert not chosen.pass_folders


@AS_ROOT
def test_root_in_a_private_folder_lets_postgresql_through(open_folder: Path) -> None:
    private = open_folder / "private"
    private.mkdir(mode=0o700)
    chosen = account.choose(private)
    assert chosen is not None
    assert chosen.pass_folders


def test_a_normal_user_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(account, "is_root", lambda: False)
    assert account.choose(tmp_path) is None


@pytest.mark.parametrize(
    ("mode", "same_group", "enters"),
    [(0o700, False, False), (0o711, False, True), (0o710, False, False), (0o710, True, True)],
)
def test_who_may_enter(tmp_path: Path, mode: int, *, same_group: bool, enters: bool) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(mode)
    group = folder.stat().st_gid
    assert account.may_enter(folder, os.getuid() + 1, group + (not same_group)) is enters
