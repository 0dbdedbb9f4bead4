"""The Python environment: a venv with the pinned packages, checked by hash."""

import importlib.util
import os
import platform
import shutil
import sys
from pathlib import Path

from launcher import codes, commands, steps
from launcher.failure import Failure
from launcher.layout import Layout

VENV_MEGABYTES = 150
PACKAGES_MEGABYTES = 600


def need_venv_module() -> None:
    """Stop when this Python cannot make environments (Debian splits that off)."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        raise Failure(
            codes.NO_VENV,
            f"This Python ({sys.executable}) has no {' and no '.join(missing)} module. "
            "On Debian and Ubuntu: apt-get install python3-venv. Then run the same command again.",
        )


def make_venv(layout: Layout) -> None:
    """Make the environment anew; pip comes with it."""
    shutil.rmtree(layout.venv, ignore_errors=True)
    commands.run_logged(
        [sys.executable, "-m", "venv", layout.venv],
        layout.logs / "venv.log",
        what="Making the Python environment",
    )


def venv_step(layout: Layout) -> steps.Step:
    """Return the step that makes the venv; a moved folder or another Python makes it again."""
    facts = [sys.version, os.path.realpath(sys.executable), str(layout.venv)]
    return steps.Step(
        "venv",
        "Python environment",
        steps.fingerprint(facts),
        layout.python,
        VENV_MEGABYTES,
        lambda: make_venv(layout),
    )


def pip_install(layout: Layout, requirements: Path, *options: str) -> None:
    """Install pinned packages; pip refuses one whose hash differs."""
    pip = [str(layout.python), "-m", "pip", "install", "--require-hashes", "--no-input"]
    commands.run_logged(
        [*pip, "--disable-pip-version-check", *options, "-r", str(requirements)],
        layout.logs / f"pip-{requirements.stem}.log",
        what=f"Installing {requirements.name}",
    )


def drop_gpl_encoders(layout: Layout) -> None:
    """Delete libx264 and libx265 from PyAV's wheel: docs/adr/0001-ffmpeg-build.md."""
    commands.run_logged(
        [layout.python, "-m", "jobgate.media.child.lgpl"],
        layout.logs / "encoders.log",
        cwd=layout.backend,
        what="Removing the GPL encoders",
    )


def packages_step(layout: Layout, name: str, *options: str) -> steps.Step:
    """Return the step that installs one requirements file into the venv."""
    requirements = layout.requirements / f"{name}.txt"
    venv = venv_step(layout).depends_on

    def install() -> None:
        pip_install(layout, requirements, *options)
        if name == "base":
            drop_gpl_encoders(layout)

    return steps.Step(
        f"packages-{name}",
        f"Python packages ({name})",
        steps.fingerprint([venv, *options], [requirements]),
        layout.python,
        PACKAGES_MEGABYTES,
        install,
    )


def prepare(layout: Layout, *, development: bool = False) -> None:
    """Make the environment with everything the back end imports."""
    need_venv_module()
    if steps.do(layout.stamps, venv_step(layout)):
        for stale in layout.stamps.glob("packages-*"):
            stale.unlink()
    steps.do(layout.stamps, packages_step(layout, "base"))
    if development:
        steps.do(layout.stamps, packages_step(layout, "dev"))


def is_glibc(oldest: tuple[int, int]) -> bool:
    """Tell whether this system has glibc, at least that old."""
    name, version = platform.libc_ver()
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    return name == "glibc" and numbers >= oldest
