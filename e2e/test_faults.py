"""Processes that die at the worst moment: an acknowledged answer becomes playable, once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from support import database, transitions
from support.api import CandidateClient, Client, Json
from support.layout import E2E
from support.product import Process, Product
from support.waiting import until

# A dead worker is noticed after 30 s without a sign of life.
NOTICED_WITHIN = 90


@pytest.fixture(scope="module", autouse=True)
def watched(product: Product) -> None:
    transitions.install()


@pytest.fixture
def candidate(product: Product, recruiter: Client) -> CandidateClient:
    """Return a candidate who has consented."""
    candidate = CandidateClient(product.url, recruiter.invite(recruiter.campaign()))
    candidate.consent()
    return candidate


def recording_of(recruiter: Client, candidate: CandidateClient) -> Json:
    """Return the recording of the first answer, as the reviewer sees it."""
    [response] = recruiter.get("/api/responses/", session=candidate.session)["results"]
    recording: Json = response["recording"]
    return recording


def becomes_playable(recruiter: Client, candidate: CandidateClient) -> Json:
    def ready() -> Json | None:
        recording = recording_of(recruiter, candidate)
        return recording if recording["state"] == "ready" else None

    return until("the answer becomes playable", ready, NOTICED_WITHIN)


@pytest.mark.parametrize("state", ["verified", "ready"])
def test_a_worker_killed_in_mid_processing_leaves_one_playable_answer(
    state: str,
    product: Product,
    recruiter: Client,
    candidate: CandidateClient,
    answer_file: Path,
) -> None:
    with transitions.held_before(state):
        candidate.answer(candidate.interview["questions"][0], answer_file)
        transitions.somebody_waits()
        product.worker.kill()
    assert recording_of(recruiter, candidate)["state"] != "ready"

    product.worker.start()

    recording = becomes_playable(recruiter, candidate)
    assert transitions.of(recording["id"]) == ["received", "verified", "ready"]
    [folder] = product.media.glob(f"**/{recording['id']}")
    assert len([file for file in folder.iterdir() if file.suffix in {".mp4", ".webm"}]) == 1
    played = recruiter.http.get(recording["url"], headers={"Range": "bytes=0-99"})
    assert (played.status_code, len(played.content)) == (httpx.codes.PARTIAL_CONTENT, 100)


@pytest.fixture
def dying_web(product: Product) -> Iterator[Process]:
    """Put a web process that dies after the commit of an answer in the place of the good one."""
    good = product.web
    weak = Process(
        "web",
        [part.replace("jobgate.config.asgi", "support.dying_web") for part in good.command],
        {**good.environ, "PYTHONPATH": str(E2E)},
        good.log,
    )
    good.stop()
    product.web = weak
    weak.start()
    product.answers()
    yield weak
    weak.stop()
    product.web = good
    if good.running is None:
        good.start()
        product.answers()


def test_an_answer_committed_by_a_web_process_that_died_becomes_playable(
    product: Product,
    recruiter: Client,
    candidate: CandidateClient,
    answer_file: Path,
    dying_web: Process,
) -> None:
    with product.worker_stopped(), pytest.raises(httpx.TransportError):
        candidate.answer(candidate.interview["questions"][0], answer_file)
    dying_web.ended()
    state = "SELECT r.state FROM media_recording r JOIN interviews_take t ON t.recording_id = r.id "
    assert database.value(state + "WHERE t.session_id = %s", candidate.session) == "received"

    dying_web.start()
    product.answers()

    recording = becomes_playable(recruiter, candidate)
    assert transitions.of(recording["id"]) == ["received", "verified", "ready"]


def test_a_repeated_answer_after_the_crash_is_the_same_answer(
    product: Product,
    recruiter: Client,
    candidate: CandidateClient,
    answer_file: Path,
    dying_web: Process,
) -> None:
    question: dict[str, Any] = candidate.interview["questions"][0]
    with transitions.held_before("verified"), pytest.raises(httpx.TransportError):
        candidate.answer(question, answer_file)
    dying_web.ended()
    dying_web.start()
    product.answers()

    becomes_playable(recruiter, candidate)
    candidate.answer(question, answer_file)

    assert len(recruiter.get("/api/responses/", session=candidate.session)["results"]) == 1
