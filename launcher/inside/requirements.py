"""Check that each requirements file pins what its source asks for, with hashes.

Run with the environment's Python: reading versions needs `packaging`.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")


@dataclass(frozen=True)
class Pin:
    """A version, and how many hashes allow it."""

    version: str
    hashes: int


def asked(source: Path) -> list[Requirement]:
    """Return what a source asks for, the sources that it includes among them."""
    found: list[Requirement] = []
    for raw in source.read_text(encoding="utf-8").splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("-r "):
            found += asked(source.parent / line[3:].strip())
        elif line and not line.startswith("-"):
            found.append(Requirement(line))
    return found


def pins(compiled: Path) -> dict[str, Pin]:
    """Return what a compiled file pins, by normalised name."""
    found: dict[str, Pin] = {}
    for block in re.split(r"\n(?=\S)", compiled.read_text(encoding="utf-8")):
        if match := PIN.match(block):
            name = canonicalize_name(match.group(1))
            found[name] = Pin(match.group(2), block.count("--hash=sha256:"))
    return found


def unmet(source: Path, pinned: dict[str, Pin]) -> list[str]:
    """Return what is asked for and not pinned, or pinned to a version that was not asked for."""
    problems = []
    for requirement in asked(source):
        pin = pinned.get(canonicalize_name(requirement.name))
        if pin is None:
            problems.append(f"{source.name} asks for {requirement.name}, which is not pinned")
        elif not requirement.specifier.contains(pin.version, prereleases=True):
            problems.append(f"{source.name} asks for {requirement}, {pin.version} is pinned")
    return problems


def unhashed(compiled: Path, pinned: dict[str, Pin]) -> list[str]:
    """Return the pins without a hash, and addresses that tie the file to one registry."""
    problems = [f"{compiled.name}: {n} has no hash" for n, pin in pinned.items() if not pin.hashes]
    if "://" in compiled.read_text(encoding="utf-8"):
        problems.append(f"{compiled.name} names an address")
    return problems


def disagreements(every: dict[str, dict[str, Pin]]) -> list[str]:
    """Return packages that two files pin to different versions."""
    base = every.get("base", {})
    return [
        f"{file}.txt pins {name} {pin.version}, base.txt {base[name].version}"
        for file, pinned in every.items()
        for name, pin in pinned.items()
        if name in base and base[name].version != pin.version
    ]


def problems(folder: Path) -> list[str]:
    """Return all that is wrong with the requirements in a folder."""
    found: list[str] = []
    every: dict[str, dict[str, Pin]] = {}
    for source in sorted(folder.glob("*.in")):
        compiled = source.with_suffix(".txt")
        every[source.stem] = pins(compiled)
        found += unmet(source, every[source.stem]) + unhashed(compiled, every[source.stem])
    return found + disagreements(every)


def main(folder: Path) -> int:
    """Print the problems; tell whether there are any."""
    found = problems(folder)
    for problem in found:
        print(problem)  # noqa: T201 -- the check's own output
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
