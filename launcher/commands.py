"""Run other programs, keep what they print, and turn their failures into sentences."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from launcher import codes
from launcher.failure import Failure, disk_full, is_disk_full

NO_ROOM = re.compile(r"no space left on device|ENOSPC|disk quota exceeded", re.IGNORECASE)
NO_NETWORK = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|Failed to establish a new connection"
    r"|Temporary failure in name resolution|Connection refused|ProxyError|Network is unreachable"
    r"|from versions: none|connection broken|Read timed out|Temporary failure resolving"
    r"|Could not connect"
    r"|E(?:NOTFOUND|CONNREFUSED|AI_AGAIN|CONNRESET|NETUNREACH|TIMEDOUT)\b|network request failed",
    re.IGNORECASE,
)


def run_logged(
    command: Sequence[str | Path],
    log: Path,
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    what: str,
    own_codes: bool = False,
    limit_seconds: float | None = None,
) -> None:
    """Run a command with its output in `log`; raise a Failure that says why it failed.

    With `own_codes` the command exits with a code of ours and says why on its last line. A command
    that is not done after `limit_seconds` is killed, and Stalled raised.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    try:
        with log.open("wb") as sink:
            done = subprocess.run(  # noqa: S603 -- commands are built by this package
                [str(part) for part in command],
                cwd=cwd,
                env=None if env is None else dict(env),
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=limit_seconds,
            )
    except subprocess.TimeoutExpired as error:
        raise Stalled(codes.NO_NETWORK, no_network(what, log)) from error
    except OSError as error:
        raise (
            disk_full(log) if is_disk_full(error) else step_failed(what, str(error), log)
        ) from error
    if own_codes and done.returncode in codes.MEANING and done.returncode > codes.USAGE:
        raise Failure(done.returncode, log.read_text(errors="replace").rstrip().splitlines()[-1])
    if done.returncode:
        raise failure_from(log, what)


class Stalled(Failure):
    """A command that downloads came to no end."""


def no_network(what: str, log: Path) -> str:
    return (
        f"No network: {what} needs packages that could not be downloaded. Check the connection "
        f"(and proxy or mirror settings), then run the same command again. Details: {log}"
    )


def failure_from(log: Path, what: str) -> Failure:
    """Return the failure that the output of a command speaks of."""
    output = log.read_text(encoding="utf-8", errors="replace")
    if NO_ROOM.search(output):
        return disk_full(log.parent)
    if NO_NETWORK.search(output):
        return Failure(codes.NO_NETWORK, no_network(what, log))
    return step_failed(what, tail(output), log)


def step_failed(what: str, output: str, log: Path) -> Failure:
    """Return the failure of a step for a reason of its own."""
    return Failure(codes.STEP_FAILED, f"{what} failed:\n{output}\nAll of its output: {log}")


def tail(text: str, lines: int = 15) -> str:
    """Return the last lines of a text, indented."""
    return "\n".join(f"    {line}" for line in text.rstrip().splitlines()[-lines:])


def answer(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> str | None:
    """Return what a short command prints, or None if it does not run or fails."""
    try:
        done = subprocess.run(  # noqa: S603 -- as above
            [str(part) for part in command],
            env=None if env is None else dict(env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def with_path(environ: Mapping[str, str], *folders: Path) -> dict[str, str]:
    """Return the environment with folders put before the PATH."""
    path = os.pathsep.join([*map(str, folders), environ.get("PATH", os.defpath)])
    return {**environ, "PATH": path}
