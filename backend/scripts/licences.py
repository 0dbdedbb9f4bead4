"""Write docs/licences.md from what is installed: python -m scripts.licences [--check].

With --check nothing is written: exit 1 when the document is out of date, when something is not
known, or when something under the GPL or the AGPL would be shipped without a reason.
Run it in backend/, in the environment that has requirements/dev.txt.
"""

import argparse
import platform
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from scripts import licence_tables as tables
from scripts.licence_reading import (
    Library,
    NpmPackage,
    Unknown,
    Wheel,
    npm_packages,
    pins,
    postgresql_modules,
)
from scripts.licence_terms import free_of_gpl

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "licences.md"
REQUIREMENTS = ROOT / "backend" / "requirements"
LOCK = ROOT / "frontend" / "package-lock.json"
HEADING = Path(__file__).with_name("licences.heading.md")
# Wheels differ by system; the document shows those of this one.
REFERENCE = ("Linux", "x86_64")
# Pinned, and rightly absent: Windows alone needs it.
ELSEWHERE = {"colorama", "tzdata"}


@cache
def installed(requirements: str) -> list[Wheel]:
    """Return the pinned packages; each must be installed, at the pinned version."""
    pinned = pins(REQUIREMENTS / requirements)
    wheels = [Wheel(name) for name in pinned if name not in ELSEWHERE]
    for wheel in wheels:
        if wheel.version != pinned[wheel.name]:
            raise Unknown(f"{wheel.name}: {wheel.version} is here, {pinned[wheel.name]} is pinned")
    return wheels


def row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def table(head: Iterable[str], rows: Iterable[str]) -> str:
    head = list(head)
    return "\n".join([row(*head), row(*["---"] * len(head)), *rows])


def packages(wheels: Iterable[Wheel]) -> str:
    rows = (row(wheel.name, wheel.version, wheel.licence()) for wheel in wheels)
    return table(["package", "version", "licence"], rows)


def runtime() -> str:
    return packages(installed("base.txt"))


def library_row(wheel: Wheel, library: Library) -> str:
    reason = tables.ALLOWED.get(library.stem)
    note = f"{reason.why}: [{Path(reason.document).stem}]({link(reason)})" if reason else ""
    name = f"lib{library.stem} {library.version}".strip()
    return row(wheel.name, name, library.known.project, library.known.licence, note)


def link(reason: tables.Reason) -> str:
    return reason.document.removeprefix("docs/")


def libraries() -> str:
    rows = [
        library_row(wheel, library)
        for wheel in installed("base.txt")
        for library in sorted(wheel.libraries(), key=lambda found: found.stem)
    ]
    linked = [
        row(wheel.name, "inside its module", known.project, known.licence, "")
        for wheel in installed("base.txt")
        for known in wheel.linked()
    ]
    return table(["wheel", "library", "project", "licence", "note"], rows + linked)


def crates() -> str:
    rows = []
    for wheel in installed("base.txt"):
        counted = Counter(wheel.crates().values())
        if counted:
            licences = "; ".join(f"{licence} ({n})" for licence, n in sorted(counted.items()))
            rows.append(row(wheel.name, counted.total(), licences))
    return table(["wheel", "crates", "their licences"], rows)


def served() -> str:
    rows = [
        row(wheel.name, known.project, known.licence)
        for wheel in installed("base.txt")
        for known in wheel.served()
    ]
    return table(["package", "what it serves", "licence"], sorted(set(rows)))


def postgresql() -> str:
    (wheel,) = installed("postgres.txt")
    own = [library_row(wheel, library) for library in wheel.libraries()]
    modules = postgresql_modules(wheel)
    server = f"programs and {len(modules) - 1} modules"
    rows = [
        row(wheel.name, wheel.version, "the wheel's Python", wheel.licence()),
        row(wheel.name, wheel.version, f"PostgreSQL: {server}", tables.POSTGRESQL.licence),
        row(wheel.name, wheel.version, "pgvector", tables.PGVECTOR.licence),
    ]
    note = f"Beside them lie {len(own)} copies of PostgreSQL's own client libraries."
    return table(["wheel", "version", "what", "licence"], rows) + "\n\n" + note


def npm_production() -> list[NpmPackage]:
    return [package for package in npm_packages(LOCK) if not package.development]


def pages() -> str:
    emitted = [package for package in npm_packages(LOCK) if package.name in tables.EMITTED_BY_BUILD]
    rows = [row(p.name, p.version, p.licence, "") for p in npm_production()]
    build = [row(p.name, p.version, p.licence, "a little code of the build") for p in emitted]
    return table(["package", "version", "licence", "note"], rows + build)


def by_licence(entries: Iterable[tuple[str, str]]) -> str:
    """Return the names, gathered under their licence."""
    gathered: dict[str, set[str]] = defaultdict(set)
    for name, licence in entries:
        gathered[licence].add(name)
    rows = (row(key, len(names), ", ".join(sorted(names))) for key, names in gathered.items())
    return table(["licence", "number", "packages"], sorted(rows))


def python_tools() -> str:
    shipped = {wheel.name for wheel in installed("base.txt")}
    tools = (wheel for wheel in installed("dev.txt") if wheel.name not in shipped)
    return by_licence((f"{wheel.name} {wheel.version}", wheel.licence()) for wheel in tools)


def npm_tools() -> str:
    tools = (package for package in npm_packages(LOCK) if package.development)
    return by_licence((f"{tool.name} {tool.version}", tool.licence) for tool in tools)


def programs() -> str:
    return table(["program", "licence", "used for"], (row(*cells) for cells in tables.PROGRAMS))


SECTIONS = {
    "Python packages": runtime,
    "Libraries inside the Python wheels": libraries,
    "Rust crates inside the Python wheels": crates,
    "Scripts and fonts that Python packages serve": served,
    "PostgreSQL": postgresql,
    "What the pages carry": pages,
    "Python tools": python_tools,
    "npm tools": npm_tools,
    "Programs": programs,
}
DEPENDS_ON_SYSTEM = {"Libraries inside the Python wheels", "Rust crates inside the Python wheels"}


def document() -> dict[str, str]:
    """Return the sections that can be told here; PostgreSQL's wheel is not on every machine."""
    told = {}
    for title, section in SECTIONS.items():
        try:
            told[title] = section().strip()
        except metadata.PackageNotFoundError as error:
            if title != "PostgreSQL":
                raise Unknown(f"{error.name} is not installed") from error
    return told


def render(sections: dict[str, str]) -> str:
    parts = [HEADING.read_text(encoding="utf-8").strip()]
    parts += [f"## {title}\n\n{body}" for title, body in sections.items()]
    return "\n\n".join(parts) + "\n"


def sections_of(text: str) -> dict[str, str]:
    """Return the sections of a document that was written."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    return {title: body.strip() for title, body in zip(parts[::2], parts[1::2], strict=True)}


def outdated(written: str) -> Iterator[str]:
    """Tell which sections are stale; on another system the insides of wheels are passed over."""
    here = (platform.system(), platform.machine()) == REFERENCE
    before = sections_of(written)
    for title, body in document().items():
        comparable = here or title not in DEPENDS_ON_SYSTEM
        if comparable and before.get(title) != body:
            yield f"docs/licences.md: “{title}” is out of date: python -m scripts.licences"


def shipped() -> list[Wheel]:
    wheels = list(installed("base.txt"))
    try:
        return wheels + installed("postgres.txt")
    except metadata.PackageNotFoundError:
        return wheels


def not_free(wheel: Wheel) -> Iterator[str]:
    """Tell what in the wheel is under the GPL and may not be there."""
    if not free_of_gpl(wheel.licence()):
        yield f"{wheel.name}: {wheel.licence()}"
    for library in wheel.libraries():
        if not free_of_gpl(library.known.licence):
            yield from unreasoned(wheel, library)
    for known in (*wheel.linked(), *wheel.served()):
        if not free_of_gpl(known.licence):
            yield f"{wheel.name}: {known.project} is {known.licence}"
    for name, licence in wheel.crates().items():
        if not free_of_gpl(licence):
            yield f"{wheel.name}: crate {name} is {licence}"


def unreasoned(wheel: Wheel, library: Library) -> Iterator[str]:
    """Tell what is wrong with a GPL library: no reason, no document, or still on the disk."""
    reason = tables.ALLOWED.get(library.stem)
    if reason is None:
        yield f"{wheel.name}: {library.file} is {library.known.licence}, and nothing allows it"
    elif not (ROOT / reason.document).is_file():
        yield f"{wheel.name}: {library.file} is allowed by {reason.document}, which is missing"
    elif library.on_disk and platform.system() in tables.REMOVED_ON:
        yield f"{wheel.name}: {library.file} is still there: python -m jobgate.media.child.lgpl"


def forbidden() -> Iterator[str]:
    """Tell what may not be shipped."""
    for wheel in shipped():
        yield from not_free(wheel)
        yield from wheel.forbidden()
    for package in npm_production():
        if not free_of_gpl(package.licence):
            yield f"npm {package.name}: {package.licence}"


def main(arguments: list[str]) -> int:
    """Write the document or check it; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.licences")
    parser.add_argument("--check", action="store_true", help="write nothing; fail on what is wrong")
    check = parser.parse_args(arguments).check
    try:
        faults = list(forbidden())
        if check:
            written = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
            faults += outdated(written)
        else:
            DOCUMENT.write_text(render(document()), encoding="utf-8")
    except Unknown as error:
        faults = [str(error)]
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
