"""What the server keeps of an answer, against what the candidate's page recorded and reported."""

from pathlib import Path
from typing import Any

import pytest

from support import database, stored
from support.api import Client, Json
from support.candidate import Answer
from support.product import Product
from support.waiting import until

# What a recorder and a clock may disagree by.
TOLERANCE = 0.5
# Chromium is asked for a key frame every two seconds.
KEY_FRAME_EVERY = 2.1


def responses_of(recruiter: Client, email: str) -> list[Json]:
    """Return a candidate's answers, once all can be played."""
    [session] = recruiter.get("/api/sessions/", search=email)["results"]

    def playable() -> list[Json] | None:
        answers: list[Json] = recruiter.get(f"/api/sessions/{session['id']}/")["responses"]
        ready = answers and all(answer["recording"]["state"] == "ready" for answer in answers)
        return answers if ready else None

    return until("the answers are playable", playable)


def assert_stored_as_recorded(
    product: Product,
    recruiter: Client,
    email: str,
    answers: list[Answer],
    *,
    key_frame_every: float = KEY_FRAME_EVERY,
) -> None:
    """Compare the files of the store with what the candidate's page recorded and reported."""
    responses = responses_of(recruiter, email)
    assert len(responses) == len(answers)
    for response, answer in zip(responses, answers, strict=True):
        original, playable = files_of(product, response["recording"])
        assert stored.inspect(original).sha256 == answer.sha256
        found = stored.inspect(playable, seek_to=answer.seconds / 2)
        assert found.errors == 0
        assert found.pictures > 0
        assert found.sounds > 0
        assert found.seconds == pytest.approx(answer.seconds, abs=TOLERANCE)
        assert found.landed_at == pytest.approx(answer.seconds / 2, abs=key_frame_every)
        assert response["recording"]["duration_ms"] / 1000 == pytest.approx(
            answer.seconds, abs=TOLERANCE
        )


def files_of(product: Product, recording: dict[str, Any]) -> list[Path]:
    """Return the paths of a recording's original and of what is played."""
    query = "SELECT derivative FROM media_recording WHERE id = %s"
    playable = product.media / database.value(query, recording["id"])
    [folder] = product.media.glob(f"**/{recording['id']}")
    return [folder / "original", playable]
