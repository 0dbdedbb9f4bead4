"""A Chromium for the tests: the machine's, Debian's, or Playwright's."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from launcher import codes, commands, steps
from launcher.failure import Failure, need_room
from launcher.layout import Layout
from launcher.postgres.account import is_root

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
MEGABYTES = 900
# What the browser needs to start and to show French and Arabic.
PACKAGES = ("chromium", "fonts-dejavu-core")
WRAPPER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
libraries="{libraries}"
export LD_LIBRARY_PATH="$libraries${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"
{fonts}exec "$here/root/usr/lib/chromium/chromium" "$@"
"""


def on_machine() -> Path | None:
    """Return the Chromium that is there already."""
    named = os.environ.get("JOBGATE_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and sys.platform == "darwin" and MAC.exists():
        return MAC
    return Path(found) if found else None


def has_debian() -> bool:
    """Tell whether Debian's packages can be had."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


def install_debian(layout: Layout) -> Path | None:
    """Install Debian's package, as root."""
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES]
    for command in (["apt-get", "update"], install):
        log = layout.logs / f"apt-{command[1]}.log"
        commands.run_logged(command, log, env=environ, what=f"apt-get {command[1]}")
    return on_machine()


def unpacked(layout: Layout) -> Path:
    """Return where a normal user's Chromium is started."""
    return layout.home / "chromium" / "chromium"


def apt_options(layout: Layout) -> list[str]:
    """Return options by which a normal user keeps apt's lists and cache in a folder of his own."""
    own = layout.home / "chromium" / "apt"
    for folder in (own / "lists" / "partial", own / "cache" / "archives" / "partial"):
        folder.mkdir(parents=True, exist_ok=True)
    return ["-o", f"Dir::State::lists={own / 'lists'}", "-o", f"Dir::Cache={own / 'cache'}"]


def missing_packages(options: list[str]) -> list[str]:
    """Return the packages that an installation would bring to this system, as `name=version`."""
    simulate = ["apt-get", *options, "-s", "--no-install-recommends", "install", *PACKAGES]
    plan = commands.answer([*simulate, "-o", "Debug::NoLocking=1"]) or ""
    return [f"{n}={v}" for n, v in re.findall(r"^Inst (\S+) (?:\[\S+\] )?\((\S+)", plan, re.M)]


def unpack_debian(layout: Layout) -> None:
    """Download Debian's packages and unpack them; nothing of the system is touched."""
    folder = layout.home / "chromium"
    shutil.rmtree(folder, ignore_errors=True)
    options = apt_options(layout)
    log = layout.logs / "apt.log"
    commands.run_logged(["apt-get", *options, "update"], log, what="apt-get update")
    packages = missing_packages(options)
    if not packages:
        raise Failure(codes.NO_BROWSER, "apt-get finds no Chromium for this system.")
    archives = folder / "archives"
    archives.mkdir()
    download = ["apt-get", *options, "download", *packages]
    commands.run_logged(download, log, cwd=archives, what="apt-get download")
    for archive in sorted(archives.glob("*.deb")):
        unpack = ["dpkg-deb", "-x", str(archive), str(folder / "root")]
        commands.run_logged(unpack, log, what=f"Unpacking {archive.name}")
    shutil.rmtree(archives)
    write_wrapper(folder)


def write_wrapper(folder: Path) -> None:
    """Write the script that starts the unpacked browser with its own libraries and fonts."""
    root = folder / "root"
    found = {library.parent for library in (root / "usr" / "lib").rglob("*.so*")}
    libraries = ":".join(str(one) for one in sorted(found, key=lambda one: len(one.parts)))
    settings = root / "etc" / "fonts"
    fonts = f'export FONTCONFIG_SYSROOT="{root}"\n' if settings.is_dir() else ""
    script = folder / "chromium"
    script.write_text(WRAPPER.format(libraries=libraries, fonts=fonts))
    script.chmod(0o755)


def from_debian(layout: Layout) -> Path | None:
    """Return Debian's Chromium, installed by root or unpacked by a normal user."""
    if is_root():
        return install_debian(layout)
    step = steps.Step(
        "chromium", "Chromium", "1", unpacked(layout), MEGABYTES, lambda: unpack_debian(layout)
    )
    steps.do(layout.stamps, step)
    return unpacked(layout)


def from_playwright(layout: Layout) -> Path:
    """Return the browser that Playwright downloads."""
    folder = layout.home / "playwright"
    need_room(folder, MEGABYTES)
    environ = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(folder)}
    commands.run_logged(
        [layout.python, "-m", "playwright", "install", "chromium"],
        layout.logs / "playwright.log",
        env=environ,
        what="Downloading Chromium",
    )
    found = next(folder.glob("chromium-*/*/chrome*"), None) or next(folder.rglob("Chromium"), None)
    if found is None:
        raise Failure(codes.NO_BROWSER, f"Playwright left no Chromium in {folder}.")
    return found


def runs(browser: Path) -> bool:
    """Tell whether the browser starts at all."""
    try:
        done = subprocess.run(  # noqa: S603 -- found above
            [str(browser), "--version"], capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find(layout: Layout) -> Path:
    """Return a Chromium that runs, installed when there is none."""
    found = on_machine()
    if found is None and has_debian():
        found = from_debian(layout)
    browser = found or from_playwright(layout)
    if runs(browser):
        return browser
    raise Failure(
        codes.NO_BROWSER,
        f"{browser} does not start. Install Chromium, or set JOBGATE_CHROMIUM to its path.",
    )
