"""Name how reading a file can end; shared by the program and by those who run it."""

from enum import StrEnum


class Outcome(StrEnum):
    """How a job of the media program ended."""

    OK = "ok"
    EMPTY = "empty"
    NOT_A_VIDEO = "not_a_video"
    DAMAGED = "damaged"
    NO_STREAMS = "no_streams"
    TOO_MANY_STREAMS = "too_many_streams"
    TOO_LONG = "too_long"
    TOO_MANY_PIXELS = "too_many_pixels"
    UNSUPPORTED_CODEC = "unsupported_codec"
    INCOMPLETE = "incomplete"
    COPY_DIFFERS = "copy_differs"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    DISK_FULL = "disk_full"
    CRASHED = "crashed"


# The file itself is at fault: trying again cannot help. The others are technical faults.
FAULT_OF_THE_FILE = frozenset(
    {
        Outcome.EMPTY,
        Outcome.NOT_A_VIDEO,
        Outcome.DAMAGED,
        Outcome.INCOMPLETE,
        Outcome.NO_STREAMS,
        Outcome.TOO_MANY_STREAMS,
        Outcome.TOO_LONG,
        Outcome.TOO_MANY_PIXELS,
        Outcome.UNSUPPORTED_CODEC,
    }
)


class Refused(Exception):
    """Raised where a file is refused, with the outcome that names why."""

    def __init__(self, outcome: Outcome, detail: str = "") -> None:
        super().__init__(f"{outcome}: {detail}" if detail else str(outcome))
        self.outcome = outcome
        self.detail = detail
