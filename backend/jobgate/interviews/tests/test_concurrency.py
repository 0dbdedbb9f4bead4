"""Two requests at once make one row."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection

from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.links import token_of
from jobgate.interviews.models import (
    Evaluation,
    InterviewSession,
    QuestionOpening,
    SessionLog,
    Take,
    VersionQuestion,
    VideoResponse,
)
from jobgate.interviews.services import faults, versions
from jobgate.interviews.tests.driving import Page
from tests.factories import CampaignFactory, Cast, make_cast, session_in

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make the calls in threads that start together; return what each gave."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            barrier.wait(10)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def twin(page: Page) -> Page:
    """Return a second tab of the same session."""
    other = Page(page.row)
    other.use(page.interview)
    return other


def test_two_starts_at_once_start_once(cast: Cast) -> None:
    session = session_in(cast.organization)
    answers = at_once(*(Page(session).start for _ in range(AT_ONCE)))
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    with tenant_scope(cast.organization.id):
        assert SessionLog.objects.filter(kind="started").count() == 1
        assert InterviewSession.objects.get().version is not None


def test_two_opens_at_once_set_one_clock_and_one_take(cast: Cast) -> None:
    page = Page(session_in(cast.organization)).begin()
    takes = at_once(*(partial(twin(page).open_take, 1) for _ in range(AT_ONCE)))
    assert len({take["take"]["id"] for take in takes}) == 1
    with tenant_scope(cast.organization.id):
        assert QuestionOpening.objects.count() == 1
        assert Take.objects.count() == 1


def test_two_submits_at_once_make_one_answer(cast: Cast, webm: bytes) -> None:
    page = Page(session_in(cast.organization)).begin()
    upload = page.open_take(1)["upload"]
    page.send(upload, webm)
    answers = at_once(*(partial(twin(page).submit, 1, upload, webm) for _ in range(AT_ONCE)))
    assert sorted(answer.status_code for answer in answers) == [200] * (AT_ONCE - 1) + [201]
    assert len({answer.json()["response"]["id"] for answer in answers}) == 1
    with tenant_scope(cast.organization.id):
        assert VideoResponse.objects.count() == 1
        assert SessionLog.objects.filter(kind="response_submitted").count() == 1


def test_two_ends_at_once_end_once(cast: Cast, webm: bytes) -> None:
    with tenant_scope(cast.organization.id):
        campaign = CampaignFactory.create(questions=1)
    page = Page(session_in(cast.organization, campaign=campaign)).begin()
    page.answer(1, webm)
    answers = at_once(*(partial(twin(page).post, "complete_session") for _ in range(AT_ONCE)))
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    with tenant_scope(cast.organization.id):
        assert SessionLog.objects.filter(kind="completed").count() == 1


def test_the_same_invitation_twice_at_once_makes_one_session(cast: Cast) -> None:
    with tenant_scope(cast.organization.id):
        both = [CampaignFactory.create(), CampaignFactory.create()]
    body = {"candidates": [{"first_name": "A", "last_name": "B", "email": "a@example.test"}]}

    def invite(number: int) -> Any:
        url = f"/api/campaigns/{both[number % 2].id}/invite_candidates/"
        return cast.client("recruiter").post(url, body).status_code

    codes = at_once(*(partial(invite, n) for n in range(AT_ONCE)))
    assert codes == [201] * AT_ONCE
    with tenant_scope(cast.organization.id):
        assert InterviewSession.objects.count() == 2


def test_a_start_waits_for_a_change_of_the_questions(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_in(cast.organization)
    recruiter = cast.client("recruiter")
    url = f"/api/campaigns/{session.campaign_id}/"
    campaign = recruiter.get(url).json()
    campaign["questions"] = [{"text": "New?"}]
    written, entered = Event(), Event()
    write = versions._write_questions

    def write_slowly(*args: Any) -> None:
        write(*args)
        written.set()
        # Nobody gets in meanwhile; somebody who did would end this at once.
        entered.wait(1)

    def start() -> Any:
        written.wait(10)
        response = Page(session).start()
        entered.set()
        return response

    monkeypatch.setattr(versions, "_write_questions", write_slowly)
    started, put = at_once(start, partial(recruiter.put, url, campaign))
    assert (started.status_code, put.status_code) == (200, 200)
    assert (len(started.json()["questions"]), put.json()["version"]) == (1, 1)


def test_two_scores_of_one_reviewer_at_once_make_one_evaluation(cast: Cast, webm: bytes) -> None:
    page = Page(session_in(cast.organization)).begin()
    response = page.answer_with_file(1, webm).json()["response"]["id"]
    url = f"/api/responses/{response}/evaluate/"
    client = cast.client("reviewer")
    answers = at_once(*(partial(client.post, url, {"score": n}) for n in range(1, AT_ONCE + 1)))
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    with tenant_scope(cast.organization.id):
        assert Evaluation.objects.count() == 1


def test_two_reports_of_a_fault_at_once_give_one_attempt_back(cast: Cast, webm: bytes) -> None:
    page = Page(session_in(cast.organization)).begin()
    take = page.open_take(1)["take"]["id"]
    body = {"reason": "camera_ended"}
    step = f"takes/{take}/report_fault"
    answers = at_once(*(partial(twin(page).post, step, body) for _ in range(AT_ONCE)))
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    with tenant_scope(cast.organization.id):
        assert SessionLog.objects.filter(kind="take_given_back").count() == 1


def test_a_fault_and_the_end_at_once_leave_no_interview_complete_without_its_answer(
    cast: Cast, webm: bytes
) -> None:
    page = Page(session_in(cast.organization)).begin()
    for question in page.interview["questions"]:
        page.answer(question["position"], webm)
    with tenant_scope(cast.organization.id):
        take = Take.objects.earliest("created_at").id
    organization = cast.organization.id

    def give_back() -> bool:
        with tenant_scope(organization):
            return faults.give_back(take, "crashed")

    at_once(partial(twin(page).post, "complete_session"), give_back)
    with tenant_scope(organization):
        assert InterviewSession.objects.get().status == InterviewSession.Status.IN_PROGRESS


def test_a_code_read_by_two_devices_at_once_lets_one_in(cast: Cast) -> None:
    page = Page(session_in(cast.organization)).begin()
    code = page.post("handover").json()["code"]

    def accept() -> int:
        answer = Page(page.row).client.post("/api/sessions/accept_handover/", {"code": code})
        return int(answer.status_code)

    assert sorted(at_once(*[accept] * AT_ONCE)) == [200] + [410] * (AT_ONCE - 1)


def test_of_devices_that_take_over_at_once_one_acts(cast: Cast) -> None:
    page = Page(session_in(cast.organization)).begin()
    link = str(token_of(page.row.id, 1))

    def take_over() -> Page:
        other = Page(page.row)
        body = {"token": link, "take_over": True}
        other.use(other.client.post("/api/sessions/start_session/", body).json())
        return other

    others = at_once(*[take_over] * AT_ONCE)
    question = {"question": page.question(1)}
    answers = [other.post("open_question", question).status_code for other in [page, *others]]
    assert sorted(answers) == [200] + [409] * AT_ONCE


def test_the_same_words_twice_at_once_make_one_answer(cast: Cast) -> None:
    page = Page(session_in(cast.organization)).begin()
    with tenant_scope(cast.organization.id):
        VersionQuestion.objects.filter(position=1).update(answer_by="text")
    page.post("open_question", {"question": page.question(1)})
    body = {"question": page.question(1), "written": "Because."}
    answers = at_once(*(partial(twin(page).post, "submit_response", body) for _ in range(AT_ONCE)))
    assert sorted(answer.status_code for answer in answers) == [200] * (AT_ONCE - 1) + [201]
    with tenant_scope(cast.organization.id):
        assert VideoResponse.objects.count() == 1


def test_withdrawing_while_an_answer_is_sent_leaves_the_session_withdrawn(
    cast: Cast, webm: bytes
) -> None:
    page = Page(session_in(cast.organization)).begin()
    upload = page.open_take(1)["upload"]
    page.send(upload, webm)
    sent, withdrawn = at_once(
        partial(twin(page).submit, 1, upload, webm), partial(twin(page).post, "withdraw")
    )
    assert withdrawn.status_code == 200
    assert sent.status_code in {201, 404}
    with tenant_scope(cast.organization.id):
        assert InterviewSession.objects.get().status == "withdrawn"
