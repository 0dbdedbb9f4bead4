"""The parts that need no process: steps, versions, lock files, counts, catalogues."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from launcher import codes, node, package_lock, steps, testing
from launcher.address import Address
from launcher.inside import requirements
from launcher.layout import CHECKOUT, Layout, configured
from launcher.postgres.cluster import LONGEST_SOCKET_PATH, SOCKET_NAME, socket_folder


def step(tmp_path: Path, depends_on: str, action: Callable[[], None]) -> steps.Step:
    return steps.Step("one", "One", depends_on, tmp_path / "made", 1, action)


def test_a_step_is_done_once_and_again_when_its_inputs_or_its_result_change(tmp_path: Path) -> None:
    made = tmp_path / "made"
    assert steps.do(tmp_path, step(tmp_path, "a", made.touch))
    assert not steps.do(tmp_path, step(tmp_path, "a", made.touch))
    assert steps.do(tmp_path, step(tmp_path, "b", made.touch))
    made.unlink()
    assert steps.do(tmp_path, step(tmp_path, "b", made.touch))


def test_a_step_that_failed_is_not_done(tmp_path: Path) -> None:
    (tmp_path / "made").touch()
    steps.do(tmp_path, step(tmp_path, "a", lambda: None))

    def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        steps.do(tmp_path, step(tmp_path, "b", fail))
    assert steps.do(tmp_path, step(tmp_path, "a", lambda: None))


def test_a_fingerprint_tells_contents_names_and_facts_apart(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("x")
    two.write_text("x")
    prints = {
        steps.fingerprint(["a"], [one]),
        steps.fingerprint(["a"], [two]),
        steps.fingerprint(["b"], [one]),
        steps.fingerprint(["a"], [one, two]),
    }
    one.write_text("y")
    assert len({*prints, steps.fingerprint(["a"], [one])}) == 5


def test_built_folders_are_no_sources(tmp_path: Path) -> None:
    for name in ("src", "node_modules", "dist"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file.ts").touch()
    assert [file.parent.name for file in steps.files_below(tmp_path)] == ["src"]


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("v18.20.0", False),
        ("v20.18.9", False),
        ("v20.19.0", True),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.1.0", True),
        ("", False),
    ],
)
def test_which_node_is_new_enough(version: str, *, enough: bool) -> None:
    assert node.is_new_enough(version) is enough


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("a.b", False)],
)
def test_which_addresses_stay_on_this_machine(host: str, *, loopback: bool) -> None:
    assert Address(host, 8000).is_loopback is loopback


def test_an_ipv6_address_is_written_in_brackets() -> None:
    assert Address("::1", 8000).url == "http://[::1]:8000"
    assert "[::1]" in Address("::1", 8000).allowed_hosts()


def test_the_back_ends_env_file_counts_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "backend").mkdir()
    (tmp_path / "backend" / ".env").write_text('# note\nDB_HOST="db.example"\nDB_PORT=6432\n')
    found = configured(Layout(tmp_path, tmp_path), {"DB_PORT": "5432"})
    assert (found["DB_HOST"], found["DB_PORT"]) == ("db.example", "5432")


def test_a_sockets_path_is_never_too_long(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / ("x" * 90)):
        assert len(str(socket_folder(folder) / SOCKET_NAME)) <= LONGEST_SOCKET_PATH


@pytest.mark.parametrize(
    ("closing", "code", "counts"),
    [
        ("==== 12 passed, 2 skipped in 3.10s ====", 0, (12, 0, 2)),
        ("= 1 failed, 3 passed, 1 error in 9.00s (0:01:09) =", 1, (3, 2, 0)),
        ("      Tests  1 failed | 12 passed (13)", 1, (12, 1, 0)),
        ("      Tests  14 passed (14)", 0, (14, 0, 0)),
        ("", 2, (0, 1, 0)),
        ("==== no tests ran in 0.01s ====", 5, (0, 1, 0)),
    ],
)
def test_what_a_runner_says_is_counted(
    closing: str, code: int, counts: tuple[int, int, int]
) -> None:
    outcome = testing.outcome("part", code, closing, 1.0)
    assert (outcome.passed, outcome.failed, outcome.skipped) == counts


def test_the_last_line_is_the_total(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [testing.Outcome("a", 3, 0, 1, 1.0), testing.Outcome("b", 4, 2, 0, 1.0)]
    assert testing.summarise(outcomes) == codes.FAILED
    assert capsys.readouterr().out.splitlines()[-1] == "7 passed, 2 failed, 1 skipped"
    assert testing.summarise(outcomes[:1]) == codes.OK
    assert testing.summarise([]) == codes.FAILED


def lock_file(tmp_path: Path, packages: Mapping[str, object]) -> Path:
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": {"": {}, **packages}}))
    return tmp_path


def test_a_platform_that_the_lock_file_forgot_is_found(tmp_path: Path) -> None:
    tool = {"integrity": "sha512-a", "optionalDependencies": {"tool-mac": "1", "tool-linux": "1"}}
    known = {"node_modules/tool": tool, "node_modules/tool-linux": {"integrity": "sha512-b"}}
    found = package_lock.problems(lock_file(tmp_path, known))
    assert found == ["node_modules/tool names tool-mac, which is not in the lock file"]
    known["node_modules/tool/node_modules/tool-mac"] = {"integrity": "sha512-c"}
    assert package_lock.problems(lock_file(tmp_path, known)) == []


def test_a_package_without_hash_or_with_an_address_is_found(tmp_path: Path) -> None:
    bare = {"node_modules/a": {"resolved": "https://registry.example/a.tgz"}}
    assert len(package_lock.problems(lock_file(tmp_path, bare))) == 2


def test_requirements_that_are_not_pinned_as_asked_are_found(tmp_path: Path) -> None:
    (tmp_path / "base.in").write_text("one==1.*\nTwo\nthree>=2\n")
    (tmp_path / "base.txt").write_text(
        "one==2.0 \\\n    --hash=sha256:aa\ntwo==1.0\nthree==2.1 \\\n    --hash=sha256:bb\n"
    )
    (tmp_path / "dev.in").write_text("-r base.in\nfour\n")
    (tmp_path / "dev.txt").write_text("one==1.5 \\\n    --hash=sha256:aa\n")
    found = requirements.problems(tmp_path)
    assert "base.in asks for one==1.*, 2.0 is pinned" in found
    assert "base.txt: two has no hash" in found
    assert "dev.in asks for four, which is not pinned" in found
    assert "dev.txt pins one 1.5, base.txt 2.0" in found


def catalogue_complaints(backend: Path, *options: str) -> list[str]:
    program = CHECKOUT / "launcher" / "inside" / "translations.py"
    command = [sys.executable, str(program), *options, str(backend)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()


def test_a_text_that_is_not_translated_is_found(tmp_path: Path) -> None:
    package = tmp_path / "jobgate"
    (package / "templates").mkdir(parents=True)
    (package / "errors.py").write_text('GONE = _("%(name)s is gone.")\n')
    (package / "templates" / "mail.html").write_text('{% load i18n %}{% translate "Hello" %}')
    assert "ar: missing: 'Hello'" in catalogue_complaints(tmp_path)
    assert "fr: not translated: '%(name)s is gone.'" in catalogue_complaints(tmp_path, "--update")
    for language in ("fr", "en", "ar"):
        file = package / "locale" / language / "LC_MESSAGES" / "django.po"
        text = file.read_text().replace('msgid "Hello"\nmsgstr ""', 'msgid "Hello"\nmsgstr "H"')
        gone = 'msgid "%(name)s is gone."\nmsgstr '
        file.write_text(text.replace(f'{gone}""', f'{gone}"%(name)s"'))
    assert catalogue_complaints(tmp_path) == []
    file.write_text(file.read_text().replace('msgstr "%(name)s"', 'msgstr "%(other)s"'))
    [complaint] = catalogue_complaints(tmp_path)
    assert complaint.startswith("ar: '%(name)s is gone.'")
