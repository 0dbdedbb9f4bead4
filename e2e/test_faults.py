"""Processes that die at the worst moment: an acknowledged answer becomes playable, once."""

from collections.abc import Iterator
from pathlib import Path

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
def candidates(product: Product, recruiter: Client) -> list[CandidateClient]:
    """Return two candidates who have consented."""
    campaign = recruiter.campaign()
    present = [CandidateClient(product.url, recruiter.invite(campaign)) for _ in range(2)]
    for candidate in present:
        candidate.consent()
    return present


def recording_of(recruiter: Client, candidate: CandidateClient) -> Json:
    """Return the recording of the one answer, as the reviewer sees it."""
    [response] = recruiter.get("/api/responses/", session=candidate.session)["results"]
    recording: Json = response["recording"]
    return recording


def becomes_playable(recruiter: Client, candidate: CandidateClient) -> Json:
    def ready() -> Json | None:
        recording = recording_of(recruiter, candidate)
        return recording if recording["state"] == "ready" else None

    return until("the answer becomes playable", ready, NOTICED_WITHIN)


def assert_playable_once(product: Product, recruiter: Client, recording: Json) -> None:
    assert transitions.of(recording["id"]) == ["received", "verified", "ready"]
    [folder] = product.media.glob(f"**/{recording['id']}")
    assert len([file for file in folder.iterdir() if file.suffix in {".mp4", ".webm"}]) == 1
    played = recruiter.http.get(recording["url"], headers={"Range": "bytes=0-99"})
    assert (played.status_code, len(played.content)) == (httpx.codes.PARTIAL_CONTENT, 100)


def test_answers_become_playable_once_though_their_worker_was_killed_in_the_middle(
    product: Product, recruiter: Client, candidates: list[CandidateClient], answer_file: Path
) -> None:
    checked, prepared = candidates
    with transitions.held_before("ready"):
        prepared.answer(answer_file)
        transitions.waiters_are(1)
        with transitions.held_before("verified"):
            checked.answer(answer_file)
            transitions.waiters_are(2)
            product.worker.kill()
    assert [recording_of(recruiter, one)["state"] for one in candidates] == ["received", "verified"]

    product.worker.start()

    for candidate in candidates:
        assert_playable_once(product, recruiter, becomes_playable(recruiter, candidate))


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
    good.start()
    product.answers()


def test_an_answer_committed_by_a_web_process_that_died_becomes_playable(
    product: Product,
    recruiter: Client,
    candidates: list[CandidateClient],
    answer_file: Path,
    dying_web: Process,
) -> None:
    candidate, _ = candidates
    state = "SELECT r.state FROM media_recording r JOIN interviews_take t ON t.recording_id = r.id "
    with product.worker_stopped():
        with pytest.raises(httpx.TransportError):
            candidate.answer(answer_file)
        dying_web.ended()
        assert database.value(state + "WHERE t.session_id = %s", candidate.session) == "received"

    dying_web.start()
    product.answers()
    assert_playable_once(product, recruiter, becomes_playable(recruiter, candidate))

    candidate.answer(answer_file)  # the page never heard of the first one
    assert len(recruiter.get("/api/responses/", session=candidate.session)["results"]) == 1
