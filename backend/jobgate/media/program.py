"""Run the media program: the only way by which the application touches a recording's content."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jobgate.media.child.outcomes import FAULT_OF_THE_FILE, Outcome

BACKEND = Path(__file__).resolve().parents[2]
# -E and -s: nothing of the environment or of the user's packages; -B: it writes what it was told.
COMMAND = [sys.executable, "-E", "-s", "-B", "-m"]
PROGRAM = "jobgate.media.child"
# What an interpreter may need to start; the program throws it away before it reads anything.
ENVIRONMENT_KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
MAX_ANSWER_BYTES = 64 * 1024
WALL_SECONDS = 180.0


@dataclass(frozen=True)
class Result:
    """What the program answered."""

    outcome: Outcome
    detail: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fault_of_the_file(self) -> bool:
        return self.outcome in FAULT_OF_THE_FILE


def run(
    job: str,
    wall_seconds: float = WALL_SECONDS,
    limits: Mapping[str, int] | None = None,
    **paths: Path | None,
) -> Result:
    """Do one job on files, in a process of its own that is killed after `wall_seconds`.

    A path that is None is not wanted.
    """
    request = {"job": job, "limits": dict(limits or {})}
    request |= {name: str(path) for name, path in paths.items() if path is not None}
    answer, returncode, timed_out = converse(PROGRAM, request, wall_seconds)
    if timed_out or returncode == -getattr(signal, "SIGXCPU", 24):
        return Result(Outcome.TIME_LIMIT)
    return read_answer(answer, returncode)


def synthesize(output: Path, **wishes: Any) -> None:
    """Make a small real recording, for the demonstration and for tests."""
    request = {"output": str(output), **wishes}
    _, returncode, _ = converse(f"{PROGRAM}.synthesize", request, WALL_SECONDS)
    if returncode != 0:
        raise RuntimeError(f"The recording could not be made (exit code {returncode}).")


def converse(
    program: str, request: Mapping[str, Any], wall_seconds: float
) -> tuple[bytes, int, bool]:
    """Return what the program wrote, its exit code, and whether its time ran out."""
    process = subprocess.Popen(  # noqa: S603 - a fixed command; the request goes through a pipe
        [*COMMAND, program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in ENVIRONMENT_KEPT if name in os.environ},
        cwd=BACKEND,
        start_new_session=True,
    )
    time_is_up = threading.Event()

    def end() -> None:
        time_is_up.set()
        kill_group(process)

    timer = threading.Timer(wall_seconds, end)
    timer.start()
    with process:
        try:
            answer = exchange(process, json.dumps(request).encode())
        finally:
            timer.cancel()
            kill_group(process)
    return answer, process.returncode, time_is_up.is_set()


def exchange(process: subprocess.Popen[bytes], request: bytes) -> bytes:
    """Send the request and read the answer: no more than an honest program would write."""
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("The media program has no pipes.")
    try:
        process.stdin.write(request)
        process.stdin.close()
    except BrokenPipeError:
        return b""
    answer: bytes = process.stdout.read(MAX_ANSWER_BYTES)
    if len(answer) < MAX_ANSWER_BYTES:
        process.wait()
    return answer


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill the program and whatever it started; a finished one is left in peace."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def read_answer(answer: bytes, returncode: int) -> Result:
    try:
        facts = json.loads(answer)
        return Result(Outcome(facts.pop("outcome")), facts.pop("detail", ""), facts)
    except (ValueError, KeyError, AttributeError):
        return Result(Outcome.CRASHED, f"exit code {returncode}")
