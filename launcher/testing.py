"""`./jobgate test`: install what the tests need, run them, and say what came out.

The tests are told by these variables, and by nothing else of the person's environment:

- `DB_HOST`, `DB_PORT`, `DB_NAME`, `DB_USER`, `DB_PASSWORD`, `DB_OWNER_USER`, `DB_OWNER_PASSWORD`:
  a throwaway PostgreSQL; the owner may make databases, the app's role may not.
- `JOBGATE_HOME`: a folder for what the tests write; `JOBGATE_ENV` is `test`.
- `JOBGATE_CHROMIUM`: the browser. Running as root, it needs `--no-sandbox`.
- `FRONTEND_DIST`: the built pages.
- `JOBGATE_NODE`: the folder of Node's program, first on the PATH as well.
"""

import os
import re
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from launcher import building, chromium, codes, environment, lock, say, surroundings
from launcher import database as databases
from launcher.failure import Failure
from launcher.layout import Layout
from launcher.node import Node
from launcher.processes import Supervisor

COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?|xfailed|xpassed)\b")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
AS_FAILED = {"failed", "error", "errors", "xpassed"}
WORKERS = str(min(os.cpu_count() or 1, 4))


@dataclass(frozen=True)
class Part:
    """One runner: how it is called, and the lines of its output that count the tests."""

    title: str
    command: Callable[[Layout, Node], list[str]]
    folder: Callable[[Layout], Path]
    closing: re.Pattern[str]
    needs: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """What a part came to."""

    title: str
    passed: int
    failed: int
    skipped: int
    seconds: float


def _pytest(*options: str) -> Callable[[Layout, Node], list[str]]:
    return lambda layout, _node: [str(layout.python), "-m", "pytest", *options]


PYTEST_CLOSING = re.compile(r"^=+ .* in [\d.]+s.*=+$")
VITEST_CLOSING = re.compile(r"^\s*Tests\s+\d")
PARTS = {
    "launcher": Part(
        "launcher",
        _pytest("-n", WORKERS),
        lambda layout: layout.root / "launcher",
        PYTEST_CLOSING,
        frozenset({"database"}),
    ),
    "python": Part(
        "back end",
        _pytest("-n", WORKERS),
        lambda layout: layout.backend,
        PYTEST_CLOSING,
        frozenset({"database", "pages"}),
    ),
    "web": Part(
        "front end",
        lambda _layout, node: [*node.npm, "test", "--"],
        lambda layout: layout.frontend,
        VITEST_CLOSING,
        frozenset({"modules"}),
    ),
    "e2e": Part(
        "end to end",
        _pytest(),
        lambda layout: layout.root / "e2e",
        PYTEST_CLOSING,
        frozenset({"database", "pages", "browser"}),
    ),
}


def run(layout: Layout, names: Sequence[str], extra: Sequence[str]) -> int:
    """Run the parts that were asked for; every part runs, whatever the others came to."""
    parts = [_part(name) for name in names or PARTS]
    needs = frozenset[str]().union(*(part.needs for part in parts))
    Supervisor(layout.run).listen()
    with lock.take(layout.run / "test.lock", "tests"):
        node = prepare(layout, needs)
        environ = surroundings_of_tests(layout, node, needs)
        database = _start_database(layout, needs)
        try:
            if database is not None:
                environ.update(database_variables(database))
            outcomes = [run_part(layout, node, part, environ, extra) for part in parts]
        finally:
            if database is not None:
                database.stop()
    return summarise(outcomes)


def _part(name: str) -> Part:
    if name not in PARTS:
        raise Failure(codes.USAGE, f"There is no part {name!r}: {', '.join(PARTS)}.")
    return PARTS[name]


def prepare(layout: Layout, needs: frozenset[str]) -> Node:
    """Install and build what the parts need."""
    environment.prepare(layout, development=True)
    building.translations(layout)
    if needs & {"pages", "browser"}:
        building.pages(layout)
    return building.install_modules(layout)


def surroundings_of_tests(layout: Layout, node: Node, needs: frozenset[str]) -> dict[str, str]:
    """Return the environment that the module's docstring promises, but for the database."""
    environ = node.environment(surroundings.neutral(layout))
    environ["FRONTEND_DIST"] = str(layout.dist)
    environ["JOBGATE_NODE"] = str(node.node.parent)
    if "browser" in needs:
        environ["JOBGATE_CHROMIUM"] = str(chromium.find(layout))
    return environ


def _start_database(layout: Layout, needs: frozenset[str]) -> databases.Database | None:
    if "database" not in needs:
        return None
    database = databases.start_own(layout, os.environ, throwaway=True)
    databases.state(layout, database)
    return database


def database_variables(database: databases.Database) -> dict[str, str]:
    """Return how the tests reach their database; its passwords are worth nothing."""
    plan = {name: str(value) for name, value in database.plan.items()}
    return {
        "DB_HOST": plan["host"],
        "DB_PORT": plan["port"],
        "DB_NAME": plan["database"],
        "DB_USER": plan["app"],
        "DB_PASSWORD": plan["app_password"],
        "DB_OWNER_USER": plan["owner"],
        "DB_OWNER_PASSWORD": plan["owner_password"],
    }


def run_part(
    layout: Layout, node: Node, part: Part, environ: dict[str, str], extra: Sequence[str]
) -> Outcome:
    """Run one part, showing what it prints."""
    say.header(part.title)
    begun = time.monotonic()
    code, closing = _follow(
        [*part.command(layout, node), *extra], part.folder(layout), environ, part.closing
    )
    return outcome(part.title, code, closing, time.monotonic() - begun)


def _follow(
    command: list[str], folder: Path, environ: dict[str, str], wanted: re.Pattern[str]
) -> tuple[int, str]:
    closing = ""
    with subprocess.Popen(  # noqa: S603 -- commands are built by this module
        command,
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None  # noqa: S101 -- it is a pipe
        for line in process.stdout:
            say.line(line.rstrip("\n"))
            plain = COLOUR.sub("", line).rstrip()
            closing = plain if wanted.match(plain) else closing
    return process.returncode, closing


def outcome(title: str, code: int, closing: str, seconds: float) -> Outcome:
    """Count the tests; a runner that failed without a failed test counts as one."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for number, word in COUNT.findall(closing):
        kind = "failed" if word in AS_FAILED else "skipped" if word == "skipped" else "passed"
        counts[kind] += int(number)
    if code and not counts["failed"]:
        counts["failed"] = 1
    return Outcome(title, counts["passed"], counts["failed"], counts["skipped"], seconds)


def summarise(outcomes: Sequence[Outcome]) -> int:
    """Print a line for each part and the total; return the exit code."""
    say.header("Summary")
    for one in outcomes:
        mark = "✗" if one.failed else "✓"
        counts = f"{one.passed:5} passed {one.failed:4} failed {one.skipped:4} skipped"
        say.line(f"{mark} {one.title:12} {counts} {one.seconds:8.1f} s")
    passed = sum(one.passed for one in outcomes)
    failed = sum(one.failed for one in outcomes)
    skipped = sum(one.skipped for one in outcomes)
    say.line(f"\n{passed} passed, {failed} failed, {skipped} skipped")
    return codes.FAILED if failed or not passed else codes.OK
