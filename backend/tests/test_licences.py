"""The licence script: what it reads from wheels, what it refuses, when the document is stale."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from scripts import licence_tables as tables
from scripts import licences
from scripts.licence_reading import Unknown, Wheel, library_name, npm_package
from scripts.licence_terms import free_of_gpl

MakeWheel = Callable[[dict[str, bytes]], Wheel]


@pytest.fixture
def make_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeWheel:
    """Return a function that installs a package of these files."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(files: dict[str, bytes]) -> Wheel:
        facts = tmp_path / "sample-1.0.dist-info"
        facts.mkdir()
        (facts / "METADATA").write_text("Name: sample\nVersion: 1.0\nLicense-Expression: MIT\n")
        (facts / "RECORD").write_text("".join(f"{file},,\n" for file in files))
        for file, content in files.items():
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return Wheel("sample")

    return make


@pytest.mark.parametrize(
    ("expression", "free"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("Apache-2.0 OR GPL-2.0-only", True),
        ("MIT AND GPL-2.0-only", False),
        ("GPL-2.0-only AND (MIT OR BSD-3-Clause)", False),
        ("(GPL-2.0-only OR MIT) AND Unicode-3.0", True),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", True),
        ("GPL-2.0-only WITH Linux-syscall-note", False),
    ],
)
def test_an_expression_is_free_when_one_branch_avoids_the_gpl(expression: str, free: bool) -> None:
    assert free_of_gpl(expression) is free


@pytest.mark.parametrize(
    ("file", "name", "version"),
    [
        ("av.libs/libavcodec-5e6b81c2.so.62.28.102", "avcodec", "62.28.102"),
        ("pillow.libs/libpng16-1d1ba958.so.16.58.0", "png16", "16.58.0"),
        ("av.libs/libxcb-shape-7716c890.so.0.0.0", "xcb-shape", "0.0.0"),
        ("av/.dylibs/libx264.165.dylib", "x264", "165"),
        ("av.libs/avcodec-62.dll", "avcodec", "62"),
    ],
)
def test_a_librarys_name_is_read_on_each_system(file: str, name: str, version: str) -> None:
    assert library_name(file) == (name, version)


def test_a_library_that_no_table_names_is_refused(make_wheel: MakeWheel) -> None:
    wheel = make_wheel({"sample.libs/libsurprise-0a1b2c3d.so.1": b""})
    with pytest.raises(Unknown, match="libsurprise"):
        list(wheel.libraries())


def test_a_library_that_changed_its_licence_is_refused(make_wheel: MakeWheel) -> None:
    wheel = make_wheel({"sample.libs/libavutil-0a1b2c3d.so.60": b"license: GPL version 3 or later"})
    with pytest.raises(Unknown, match="libavutil"):
        list(wheel.libraries())


def test_compiled_modules_of_an_unknown_package_are_refused(make_wheel: MakeWheel) -> None:
    wheel = make_wheel({"sample/_fast.cpython-311-x86_64-linux-gnu.so": b""})
    with pytest.raises(Unknown, match="no word on what is in them"):
        wheel.linked()


def test_a_crate_that_is_only_in_the_module_is_looked_up(make_wheel: MakeWheel) -> None:
    path = b"/registry/src/index.crates.io-0a1b2c/surprise-1.2.3/src/lib.rs"
    with pytest.raises(Unknown, match="crate surprise"):
        make_wheel({"sample/_fast.so": path}).crates()


def test_a_forbidden_part_is_found_in_the_file(make_wheel: MakeWheel) -> None:
    wheel = make_wheel({"sample/_fast.so": b"\0 --enable-shared --enable-gpl \0"})
    assert list(wheel.forbidden()) == [
        "sample: sample/_fast.so holds FFmpeg built with its GPL parts"
    ]


def test_a_served_script_that_no_table_names_is_refused(make_wheel: MakeWheel) -> None:
    wheel = make_wheel({"sample/static/js/surprise.min.js": b""})
    with pytest.raises(Unknown, match=r"surprise\.min\.js"):
        wheel.served()


def test_an_npm_package_without_a_licence_is_refused() -> None:
    with pytest.raises(Unknown, match="surprise"):
        npm_package("node_modules/surprise", {"version": "1.0.0"})


class TestGplLibrary:
    @pytest.fixture
    def wheel(self, make_wheel: MakeWheel) -> Wheel:
        return make_wheel({"sample.libs/libx264-0a1b2c3d.so.165": b""})

    @pytest.fixture(autouse=True)
    def on_linux_with_the_decision(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        document = tmp_path / tables.REMOVED.document
        document.parent.mkdir(parents=True)
        document.write_text("Why.")
        monkeypatch.setattr(licences, "ROOT", tmp_path)
        monkeypatch.setattr("platform.system", lambda: "Linux")

    def test_is_refused_while_it_is_on_the_disk(self, wheel: Wheel) -> None:
        (fault,) = licences.not_free(wheel)
        assert "still there" in fault

    def test_is_accepted_once_it_is_deleted(self, wheel: Wheel, tmp_path: Path) -> None:
        (tmp_path / "sample.libs/libx264-0a1b2c3d.so.165").unlink()
        assert list(licences.not_free(wheel)) == []

    def test_is_refused_when_the_decision_is_missing(self, wheel: Wheel, tmp_path: Path) -> None:
        (tmp_path / tables.REMOVED.document).unlink()
        (fault,) = licences.not_free(wheel)
        assert "which is missing" in fault

    def test_is_refused_without_a_reason(
        self, wheel: Wheel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tables, "ALLOWED", {})
        (fault,) = licences.not_free(wheel)
        assert "nothing allows it" in fault


class TestDocument:
    def test_as_it_is_written_it_is_up_to_date(self) -> None:
        assert list(licences.outdated(licences.render(licences.document()))) == []

    def test_a_changed_version_makes_it_out_of_date(self) -> None:
        written = licences.render(licences.document()).replace("| django | 5.", "| django | 4.")
        assert list(licences.outdated(written)) == [
            "docs/licences.md: “Python packages” is out of date: python -m scripts.licences"
        ]

    def test_the_wheels_of_another_system_are_not_compared(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written = licences.render(licences.document()).replace("FFmpeg", "another")
        monkeypatch.setattr("platform.system", lambda: "Darwin")
        assert list(licences.outdated(written)) == []

    def test_check_fails_and_writes_nothing_when_there_is_none(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(licences, "DOCUMENT", tmp_path / "licences.md")
        assert licences.main(["--check"]) == 1
        assert not (tmp_path / "licences.md").exists()


def test_what_the_build_bundled_is_listed() -> None:
    written = settings.FRONTEND_DIST / "assets" / "licences.md"
    if not written.exists():
        pytest.skip("the pages are not built")
    bundled = re.findall(r"^## (\S+) - (\S+) \(", written.read_text(encoding="utf-8"), re.MULTILINE)
    listed = {(package.name, package.version) for package in licences.npm_production()}
    assert bundled
    assert set(bundled) <= listed
