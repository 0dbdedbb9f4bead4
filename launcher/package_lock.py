"""Check the front end's lock file.

npm leaves out binaries of other platforms without a word when it writes a lock file on a machine
that has them installed; `npm ci` then fails on those platforms.
"""

import json
import sys
from pathlib import Path
from typing import Any

Packages = dict[str, dict[str, Any]]


def resolve(packages: Packages, parent: str, name: str) -> bool:
    """Tell whether a package that `parent` names is found where Node would look for it."""
    while True:
        place = f"{parent}/node_modules/{name}" if parent else f"node_modules/{name}"
        if place in packages:
            return True
        if not parent:
            return False
        parent = parent.rpartition("node_modules/")[0].rstrip("/")


def missing_optional(packages: Packages) -> list[str]:
    """Return each optional dependency that is named and not there."""
    return [
        f"{place or 'package.json'} names {name}, which is not in the lock file"
        for place, package in packages.items()
        for name in package.get("optionalDependencies", {})
        if not resolve(packages, place, name)
    ]


def unpinned(packages: Packages) -> list[str]:
    """Return each package without a hash."""
    return [
        f"{place} has no hash"
        for place, package in packages.items()
        if place and "integrity" not in package and not package.get("link")
        if not package.get("inBundle")
    ]


def addresses(packages: Packages) -> list[str]:
    """Return each package tied to one registry's address."""
    return [
        f"{place} names an address" for place, package in packages.items() if "resolved" in package
    ]


def out_of_step(manifest: dict[str, Any], packages: Packages) -> list[str]:
    """Return the kinds of dependencies that package.json and the lock file tell differently."""
    root = packages.get("", {})
    kinds = ("dependencies", "devDependencies", "optionalDependencies")
    return [
        f"package.json and the lock file differ in {kind}"
        for kind in kinds
        if manifest.get(kind, {}) != root.get(kind, {})
    ]


def problems(folder: Path) -> list[str]:
    """Return all that is wrong with the lock file of a folder."""
    manifest = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    packages: Packages = lock["packages"]
    return [
        *out_of_step(manifest, packages),
        *missing_optional(packages),
        *unpinned(packages),
        *addresses(packages),
    ]


def main(folder: Path) -> int:
    """Print the problems; tell whether there are any."""
    found = problems(folder)
    for problem in found:
        print(problem)  # noqa: T201 -- the check's own output
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
