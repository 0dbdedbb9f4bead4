"""Improve a recording that can be played already. What fails here takes nothing from it.

What makes it pleasant to look through, and a second copy where the first does not play in every
browser. Each is made once or given up, and a column says which.
"""

from contextlib import AbstractContextManager
from pathlib import Path

import structlog

from jobgate.media import lifecycle, program, storage
from jobgate.media.child.outcomes import Outcome
from jobgate.media.models import Recording
from jobgate.media.processing import (
    FILE_BYTES_SPARE,
    TryAgain,
    clear_up,
    columns_of,
    file_name,
    name,
    work_on,
)

log = structlog.get_logger("jobgate.media")

# Answers that wait to become playable go before.
NICENESS = 19
EXTRAS_SECONDS = 600
# A picture is encoded at six times its speed on a core of its own, and there may be none.
PORTABLE_SECONDS = 3600
MEASURED = ("storyboard_layout", "waveform", "loudness_lufs", "peak_dbfs")
# What the longest answer may become at the rates of child/portable.py.
PORTABLE_BYTES = 2 * 1024 * 1024 * 1024


def add_extras(recording: Recording) -> None:
    """Make the storyboard and measure the sound, where it was not done.

    Raises:
        TryAgain: a fault of this machine that may pass.
    """
    clear_up(recording)
    if recording.state != Recording.State.READY or recording.extras_outcome:
        return
    with playable(recording) as source, work_on(recording) as work:
        limits = {"niceness": NICENESS, "cpu_seconds": EXTRAS_SECONDS}
        paths = {"source": source, "storyboard": work / "storyboard"}
        result = settled(program.run("extras", EXTRAS_SECONDS, limits, **paths), recording)
        facts = {column: result.facts.get(column) for column in MEASURED}
        storyboard = ""
        if facts["storyboard_layout"]:
            storyboard = name(recording, "storyboard.jpg")
            storage.files().publish(work / "storyboard", storyboard)
    lifecycle.note_extras(recording.id, result.outcome, storyboard=storyboard, facts=facts)


def make_portable(recording: Recording) -> None:
    """Make the copy that plays everywhere, and let it take the place of the first.

    Raises:
        TryAgain: a fault of this machine that may pass.
    """
    clear_up(recording)
    if not wants_portable(recording):
        return
    with playable(recording) as source, work_on(recording) as work:
        file_bytes = PORTABLE_BYTES + source.stat().st_size + FILE_BYTES_SPARE
        limits = {"niceness": NICENESS, "cpu_seconds": PORTABLE_SECONDS, "file_bytes": file_bytes}
        paths = {"source": source, "target": work / "copy"}
        result = settled(program.run("portable", PORTABLE_SECONDS, limits, **paths), recording)
        if result.outcome is not Outcome.OK:
            lifecycle.give_up_portable(recording.id, result.outcome)
            return
        copy = recording.derivative
        if result.facts["made"]:
            copy = name(recording, file_name("portable", result.facts))
            storage.files().publish(work / "copy", copy)
    lifecycle.mark_portable(recording.id, derivative=copy, facts=columns_of(result.facts))


def wants_portable(recording: Recording) -> bool:
    ready = recording.state == Recording.State.READY
    return ready and not recording.plays_everywhere and not recording.portable_outcome


def playable(recording: Recording) -> AbstractContextManager[Path]:
    """Give the path of what is played now, for the length of a block; raise FileMissing."""
    return storage.files().reading(recording.derivative)


def settled(result: program.Result, recording: Recording) -> program.Result:
    """Return a result that stands; raise TryAgain for a fault that may pass.

    What took up all its time would take as long again, and others wait for the lane.
    """
    if result.outcome is not Outcome.OK:
        log.warning("not_improved", recording=str(recording.id), outcome=result.outcome)
        if not result.fault_of_the_file and result.outcome is not Outcome.TIME_LIMIT:
            raise TryAgain(str(result.outcome))
    return result
