"""How long an attempt may last, and how many bytes that may be."""

from datetime import datetime, timedelta

from jobgate.core import clock
from jobgate.interviews.models import QuestionOpening, Take
from jobgate.interviews.rules import LONGEST_GRANTED, Asked
from jobgate.media import services as media

# What starting a recorder and sending a request may cost a candidate.
TOLERANCE_SECONDS = 15
BYTES_PER_SECOND = 3_000_000 // 8
SPARE_BYTES = 8 * 1024 * 1024


def longest_file() -> int:
    """Return the bytes of the largest answer that any question allows."""
    return most_bytes(LONGEST_GRANTED + TOLERANCE_SECONDS)


def most_bytes(seconds: int) -> int:
    return seconds * BYTES_PER_SECOND + SPARE_BYTES


def seconds_of(asked: Asked) -> int:
    return asked.answer_seconds + TOLERANCE_SECONDS


def deadline(asked: Asked, opening: QuestionOpening, begun_at: datetime | None = None) -> datetime:
    """Return when an attempt is to be over: its time counts from the end of the preparation."""
    begins_at = max(begun_at or clock.now(), opening.preparation_ends_at)
    return begins_at + timedelta(seconds=seconds_of(asked))


def stretch(take: Take, asked: Asked, opening: QuestionOpening) -> None:
    """Let an attempt under way last as long as the question now allows, never shorter."""
    take.deadline = max(take.deadline, deadline(asked, opening, take.created_at))
    take.save(update_fields=["deadline"])
    seconds = seconds_of(asked)
    media.allow_longer(take.recording, max_bytes=most_bytes(seconds), max_duration_seconds=seconds)
