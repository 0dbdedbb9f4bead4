"""`./jobgate check`: the quick half. Everything is checked, two at a time, and told in a table."""

import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from launcher import building, codes, environment, lock, say, surroundings
from launcher.failure import Failure
from launcher.layout import Layout
from launcher.node import Node
from launcher.processes import Supervisor

AT_ONCE = 2
LONGEST_OUTPUT = 6000


@dataclass(frozen=True)
class Check:
    """A command that fails when something is not as it should be."""

    name: str
    command: list[str]
    folder: Path
    environ: dict[str, str]


@dataclass(frozen=True)
class Result:
    """What a check said."""

    check: Check
    passed: bool
    output: str
    seconds: float


def python_checks(layout: Layout) -> list[Check]:
    """Return the checks of everything in Python."""
    environ = surroundings.neutral(layout)
    python, root, backend = str(layout.python), layout.root, layout.backend
    launcher, e2e = root / "launcher", root / "e2e"
    settings = ["--config", str(launcher / "pyproject.toml")]
    ruff = [python, "-m", "ruff"]
    mypy = [python, "-m", "mypy"]
    inside = launcher / "inside"

    def check(name: str, command: list[str], folder: Path = root) -> Check:
        return Check(name, command, folder, environ)

    checks = [
        check("python-format", [*ruff, "format", "--check", "backend", "launcher", "e2e"]),
        check("command-format", [*ruff, "format", "--check", *settings, "jobgate", "bench"]),
        check("python-lint", [*ruff, "check", "backend", "launcher", "e2e"]),
        check("command-lint", [*ruff, "check", *settings, "jobgate", "bench"]),
        check("types-backend", [*mypy, "."], backend),
        check("types-launcher", [*mypy, "-p", "launcher"], launcher),
        check("types-e2e", [*mypy, "."], e2e),
        check("imports", [str(layout.python.parent / "lint-imports")], backend),
        check("licences", [python, "-m", "scripts.licences", "--check"], backend),
        check("translations", [python, str(inside / "translations.py"), str(backend)]),
        check("lock-python", [python, str(inside / "requirements.py"), str(layout.requirements)]),
        check("lock-node", [python, "-m", "launcher.package_lock", str(layout.frontend)]),
    ]
    return [one for one in checks if one.folder.is_dir()]


def django_checks(layout: Layout) -> list[Check]:
    """Return the checks that Django makes."""
    environ = surroundings.neutral(layout)
    manage = [str(layout.python), "manage.py"]
    # Only the history in a database would need one; the models and the files are compared.
    migrations = [str(layout.python), "-W", "ignore::RuntimeWarning", "manage.py"]
    migrations += ["makemigrations", "--check", "--dry-run"]
    deploy = [*manage, "check", "--deploy", "--fail-level", "WARNING"]
    drift = [str(layout.python), "-m", "launcher.drift", "openapi", str(layout.root)]
    return [
        Check("migrations", migrations, layout.backend, environ),
        Check("deploy", deploy, layout.backend, surroundings.production(layout)),
        Check("openapi", drift, layout.root, environ),
    ]


def front_checks(layout: Layout, node: Node) -> list[Check]:
    """Return the checks of the front end."""
    environ = node.environment(surroundings.neutral(layout))
    scripts = {
        "front-types": "typecheck",
        "front-lint": "lint",
        "front-format": "format:check",
        "front-words": "i18n:check",
    }
    drift = [str(layout.python), "-m", "launcher.drift", "types", str(layout.root)]
    return [
        *(
            Check(name, [*node.npm, "run", "--silent", script], layout.frontend, environ)
            for name, script in scripts.items()
        ),
        Check("api-types", drift, layout.root, environ),
    ]


def run(layout: Layout, names: Sequence[str]) -> int:
    """Run the checks; the exit code tells whether all passed."""
    Supervisor(layout.run).listen()
    with lock.take(layout.run / "test.lock", "checks"):
        environment.prepare(layout, development=True)
        building.translations(layout)
        node = building.install_modules(layout)
        every = [*python_checks(layout), *front_checks(layout, node), *django_checks(layout)]
        chosen = choose(every, names)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            results = list(pool.map(_run_and_tell, chosen))
    return summarise(results)


def choose(checks: Sequence[Check], names: Sequence[str]) -> list[Check]:
    """Return the checks with these names, or all."""
    unknown = sorted(set(names) - {check.name for check in checks})
    if unknown:
        known = ", ".join(check.name for check in checks)
        raise Failure(codes.USAGE, f"There is no check {', '.join(unknown)}. There are: {known}.")
    return [check for check in checks if not names or check.name in names]


def _run_and_tell(check: Check) -> Result:
    result = run_check(check)
    say.line(f"  {'✓' if result.passed else '✗'} {check.name} ({result.seconds:.1f} s)")
    return result


def run_check(check: Check) -> Result:
    """Run one check and keep what it says."""
    begun = time.monotonic()
    done = subprocess.run(  # noqa: S603 -- commands are built by this module
        check.command,
        cwd=check.folder,
        env=check.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return Result(check, done.returncode == 0, done.stdout, time.monotonic() - begun)


def summarise(results: Sequence[Result]) -> int:
    """Print what failed and why, then the table; return the exit code."""
    failed = [result for result in results if not result.passed]
    for result in failed:
        say.header(result.check.name)
        say.line(result.output[-LONGEST_OUTPUT:].rstrip())
    say.header("Checks")
    for result in results:
        mark = "✓ passed" if result.passed else "✗ FAILED"
        say.line(f"{mark}  {result.check.name:16} {result.seconds:6.1f} s")
    say.line(f"\n{len(results) - len(failed)} checks passed, {len(failed)} checks failed")
    return codes.FAILED if failed else codes.OK
