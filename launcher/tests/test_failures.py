"""Each reason to stop is really made, and must end in its own code and a sentence."""

import importlib.util
import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from launcher import cli, codes, commands, environment, failure
from launcher.layout import CHECKOUT
from launcher.processes import Stop
from launcher.tests.checkout import Checkout

OLD_PYTHON = """#!/bin/sh
echo "3 9"
"""


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def oldest_python() -> str | None:
    names = [f"python3.{minor}" for minor in range(6, 11)]
    pyenv = sorted(Path("~/.pyenv/versions").expanduser().glob("3.[6-9].*/bin/python3"))
    found = [*map(str, pyenv), *filter(None, map(shutil.which, names))]
    return next((one for one in found if commands.answer([one, "-c", ""]) is not None), None)


def test_a_python_that_is_too_old_is_told_so(tmp_path: Path) -> None:
    command = (CHECKOUT / "jobgate").read_text().replace("sys.version_info[:2]", "(3, 9)")
    # The launcher's own Python plays the old one: what it says of its version is all that counts.
    folder = tmp_path / "old"
    script(folder / "jobgate", command)
    shutil.copytree(CHECKOUT / "launcher", folder / "launcher")
    script(tmp_path / "bin" / "python3.11", OLD_PYTHON)
    done = subprocess.run(
        [sys.executable, folder / "jobgate", "up"],
        env={"PATH": str(tmp_path / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == codes.PYTHON_TOO_OLD
    assert "needs Python 3.11 or newer, and this is Python 3.9" in done.stderr


def test_a_really_old_python_hands_over_to_a_newer_one(tmp_path: Path) -> None:
    old = oldest_python()
    if old is None:
        pytest.skip("no Python older than 3.11 on this machine")
    environ = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    (tmp_path / "python3.11").symlink_to(sys.executable)
    command = [old, str(CHECKOUT / "jobgate"), "--help"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert "exit codes" in done.stdout, done.stderr
    nothing = {"PATH": "/nonexistent"}
    done = subprocess.run(command, env=nothing, capture_output=True, text=True, check=False)
    assert done.returncode == codes.PYTHON_TOO_OLD


def test_without_the_venv_module(monkeypatch: pytest.MonkeyPatch) -> None:
    there = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name: None if name == "ensurepip" else there(name),
    )
    with pytest.raises(failure.Failure, match="has no ensurepip module") as caught:
        environment.need_venv_module()
    assert caught.value.code == codes.NO_VENV


def test_a_port_that_is_taken(checkout: Checkout) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = checkout.run("up", "--port", str(port))
    assert done.returncode == codes.PORT_TAKEN
    assert f"Port {port} of 127.0.0.1 is taken" in done.stderr


def test_an_address_that_is_not_ours(checkout: Checkout) -> None:
    done = checkout.run("up", "--host", "192.0.2.7")
    assert done.returncode == codes.USAGE
    assert "192.0.2.7 is no address of this machine" in done.stderr


def test_no_room_for_a_step(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    nearly_full = shutil.disk_usage("/")._replace(free=20_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: nearly_full)
    with pytest.raises(
        failure.Failure, match="has 20 MB free and this step needs 300 MB"
    ) as caught:
        failure.need_room(checkout.home / "not" / "yet", 300)
    assert caught.value.code == codes.DISK_FULL


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a tiny disk")
def test_a_disk_that_is_full(checkout: Checkout, tmp_path: Path) -> None:
    tiny = tmp_path / "tiny"
    tiny.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tiny)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this place does not let root mount a disk")
    try:
        other = Checkout(checkout.root, tiny / "home")
        early = other.run("up")
        other.borrow_environment(checkout.home / "venv")
        (tiny / "filler").write_bytes(b"0" * (1024 * 1024 - 64 * 1024))
        late = other.run("up", JOBGATE_POSTGRES="wheel")
    finally:
        subprocess.run(["umount", "--lazy", str(tiny)], check=True)
    for done in (early, late):
        assert done.returncode == codes.DISK_FULL, done.stdout + done.stderr
        assert "Make room, or set JOBGATE_HOME" in done.stderr


def test_no_network_for_packages(checkout: Checkout) -> None:
    (checkout.layout.stamps / "packages-base").unlink()
    (checkout.layout.home / "venv").unlink()
    closed = "http://127.0.0.1:9/simple"
    done = checkout.run(
        "up",
        PIP_INDEX_URL=closed,
        PIP_EXTRA_INDEX_URL="",
        PIP_FIND_LINKS="",
        PIP_RETRIES="0",
        PIP_CONFIG_FILE=os.devnull,
        PIP_NO_CACHE_DIR="1",
    )
    assert done.returncode == codes.NO_NETWORK, done.stdout + done.stderr
    assert "No network" in done.stderr


def test_a_database_that_is_newer_than_the_code(checkout: Checkout) -> None:
    newer = checkout.root / "backend/jobgate/shop/migrations/0002_more.py"
    newer.write_text(
        "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n"
        '    dependencies = [("shop", "0001_initial")]\n    operations = []\n'
    )
    checkout.up().wait_ready()
    checkout.end()
    newer.unlink()
    done = checkout.run("up")
    assert done.returncode == codes.DATABASE_NEWER, done.stdout + done.stderr
    assert "it has shop.0002_more" in done.stderr


def test_a_second_run_on_the_same_data(checkout: Checkout) -> None:
    first = checkout.up()
    first.wait_ready()
    done = checkout.run("up")
    assert done.returncode == codes.ALREADY_RUNNING
    assert f"process {first.process.pid}: http://127.0.0.1:{first.port}" in done.stderr


def test_data_of_another_major_version(checkout: Checkout) -> None:
    (checkout.home / "postgres" / "16").mkdir(parents=True)
    (checkout.home / "postgres" / "16" / "PG_VERSION").write_text("16\n")
    done = checkout.run("up")
    assert done.returncode == codes.POSTGRES_MAJOR
    assert "was made by PostgreSQL 16" in done.stderr


def test_no_postgresql_at_all(monkeypatch: pytest.MonkeyPatch, checkout: Checkout) -> None:
    from launcher.postgres import binaries

    monkeypatch.setattr(binaries, "wheel_has_build", lambda: False)
    monkeypatch.setattr(binaries, "on_system", lambda: None)
    with pytest.raises(failure.Failure, match="No PostgreSQL 15 or newer") as caught:
        binaries.find(checkout.layout)
    assert caught.value.code == codes.NO_POSTGRES


def test_an_outside_server_that_does_not_answer(checkout: Checkout) -> None:
    done = checkout.run("up", DB_HOST="127.0.0.1", DB_PORT="9", DB_USER="x", DB_PASSWORD="y")
    assert done.returncode == codes.POSTGRES_FAILED
    assert "The database at 127.0.0.1, port 9 refused" in done.stderr


def test_the_demo_stays_on_this_machine(checkout: Checkout) -> None:
    done = checkout.run("up", "--demo", "--host", "0.0.0.0")
    assert done.returncode == codes.NOT_LOOPBACK
    assert "leave out --demo" in done.stderr


def test_an_open_address_without_tls_is_warned_about(checkout: Checkout) -> None:
    up = checkout.up("--host", "0.0.0.0")
    up.wait_ready()
    assert "without TLS, browsers give no camera" in up.said


def test_a_certificate_that_cannot_be_used(checkout: Checkout) -> None:
    alone = checkout.run("up", "--tls-cert", "cert.pem")
    assert alone.returncode == codes.BAD_TLS
    missing = checkout.run("up", "--tls-cert", "cert.pem", "--tls-key", "key.pem")
    assert missing.returncode == codes.BAD_TLS
    assert "cannot be used" in missing.stderr


def test_a_build_that_fails_is_shown(checkout: Checkout) -> None:
    (checkout.root / "frontend" / "build.mjs").write_text('throw new Error("what went wrong")')
    done = checkout.run("up")
    assert done.returncode == codes.STEP_FAILED
    assert "what went wrong" in done.stderr


def test_a_web_process_that_cannot_start_is_shown(checkout: Checkout) -> None:
    asgi = checkout.root / "backend" / "jobgate" / "config" / "asgi.py"
    asgi.write_text('raise RuntimeError("why it cannot")')
    done = checkout.run("up")
    assert done.returncode == codes.NOT_READY
    assert "why it cannot" in done.stderr


def test_checks_that_are_stopped_have_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_arguments: Sequence[str]) -> int:
        raise Stop

    monkeypatch.setattr(cli, "dispatch", stopped)
    assert cli.main(["test"]) == codes.INTERRUPTED
    assert cli.main(["up"]) == codes.OK


def test_every_code_is_explained_and_none_is_used_twice() -> None:
    numbers = [v for k, v in vars(codes).items() if k.isupper() and isinstance(v, int)]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) == set(codes.MEANING)


def test_jobgate_is_executable() -> None:
    assert (CHECKOUT / "jobgate").stat().st_mode & stat.S_IXUSR
