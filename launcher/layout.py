"""Where everything is: the checkout, and JOBGATE_HOME for what the command makes."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


PRIVATE = ("log", "mail", "media", "run", "secrets", "stamps", "test")


@dataclass(frozen=True)
class Layout:
    """The folders of one checkout and of its data."""

    root: Path
    home: Path

    @property
    def backend(self) -> Path:
        return self.root / "backend"

    @property
    def frontend(self) -> Path:
        return self.root / "frontend"

    @property
    def dist(self) -> Path:
        return self.frontend / "dist"

    @property
    def requirements(self) -> Path:
        return self.backend / "requirements"

    @property
    def venv(self) -> Path:
        return self.home / "venv"

    @property
    def python(self) -> Path:
        windows = os.name == "nt"
        return self.venv / ("Scripts/python.exe" if windows else "bin/python")

    @property
    def logs(self) -> Path:
        return self.home / "log"

    @property
    def run(self) -> Path:
        return self.home / "run"

    @property
    def secrets(self) -> Path:
        return self.home / "secrets"

    @property
    def stamps(self) -> Path:
        return self.home / "stamps"


def make_home(layout: Layout) -> None:
    """Make JOBGATE_HOME; other accounts see nothing of what people recorded or wrote."""
    layout.home.mkdir(parents=True, exist_ok=True)
    for name in PRIVATE:
        folder = layout.home / name
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)


def find_layout(environ: Mapping[str, str] = os.environ) -> Layout:
    """Return the folders, as JOBGATE_HOME says or in `var/` of the checkout."""
    home = environ.get("JOBGATE_HOME")
    return Layout(CHECKOUT, Path(home).expanduser().absolute() if home else CHECKOUT / "var")


def configured(layout: Layout, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment with `backend/.env` below it, as the back end reads them."""
    merged = dict(environ)
    file = layout.backend / ".env"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    for line in lines:
        name, separator, value = line.strip().partition("=")
        if separator and not name.startswith("#"):
            merged.setdefault(name.strip(), value.strip().strip("\"'"))
    return merged
