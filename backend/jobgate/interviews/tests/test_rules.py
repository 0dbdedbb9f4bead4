"""The campaign's rules as they hold for one candidate, granted ones included."""

from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from jobgate.core import clock
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import (
    CampaignVersion,
    InterviewSession,
    Question,
    QuestionOpening,
    SessionLog,
    Take,
    VersionQuestion,
)
from jobgate.interviews.tests.driving import Page
from jobgate.media.models import Recording
from tests.factories import CampaignFactory, Cast, session_in


def refused(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def page_of(cast: Cast, questions: int = 2, **rules: Any) -> Page:
    """Return a page that agreed to the notice, in a campaign with these rules."""
    with tenant_scope(cast.organization.id):
        named = {f"questions__{name}": value for name, value in rules.items()}
        campaign = CampaignFactory.create(questions=questions, **named)
    return Page(session_in(cast.organization, campaign=campaign)).begin()


def open_question(page: Page, position: int) -> Any:
    return page.post("open_question", {"question": page.question(position)})


def seconds_until(text: str) -> float:
    return (datetime.fromisoformat(text) - clock.now()).total_seconds()


def grant(page: Page, cast: Cast, **what: Any) -> None:
    url = f"/api/sessions/{page.row.id}/accommodation/"
    assert cast.client("recruiter").put(url, what).status_code == 200


# Preparation


def test_without_preparation_the_answer_begins_at_once(cast: Cast) -> None:
    page = page_of(cast, preparation_mode="none", preparation_seconds=60)
    opened = open_question(page, 1).json()
    assert opened["question"]["preparation_seconds"] == 0
    assert seconds_until(opened["preparation_ends_at"]) <= 0


@pytest.mark.parametrize("mode", ["soft", "hard"])
def test_preparation_is_told_with_its_kind(cast: Cast, mode: str) -> None:
    page = page_of(cast, preparation_mode=mode, preparation_seconds=40)
    assert page.interview["campaign"]["preparation_mode"] == mode
    assert 35 < seconds_until(open_question(page, 1).json()["preparation_ends_at"]) <= 40


@pytest.mark.parametrize(("mode", "noted"), [("hard", [50]), ("soft", []), ("none", [])])
def test_an_answer_begun_late_is_noted_where_preparation_is_limited(
    cast: Cast, mode: str, noted: list[int]
) -> None:
    page = page_of(cast, preparation_mode=mode, preparation_seconds=10)
    open_question(page, 1)
    with tenant_scope(cast.organization.id):
        QuestionOpening.objects.update(preparation_ends_at=clock.now() - timedelta(seconds=50))
    deadline = page.post("open_take", {"question": page.question(1)}).json()["take"]["deadline"]
    # It is no fault of theirs for sure: the answer has its whole time.
    assert 130 < seconds_until(deadline) <= 135
    with tenant_scope(cast.organization.id):
        told = SessionLog.objects.filter(kind="preparation_overrun").values_list("data", flat=True)
        assert [entry["seconds"] for entry in told] == noted


def test_the_page_is_told_every_switch(cast: Cast) -> None:
    page = page_of(cast, review_own_take=False, going_back=True, practice=False)
    campaign = page.interview["campaign"]
    told = {name: campaign[name] for name in ("review_own_take", "going_back", "practice")}
    assert told == {"review_own_take": False, "going_back": True, "practice": False}
    # Two questions of 60 s preparation and 120 s answer, and what lies between them.
    assert (campaign["question_count"], campaign["minutes"]) == (2, 7)


# Order


def test_shuffled_questions_keep_one_order_for_one_candidate(cast: Cast) -> None:
    with patch("secrets.SystemRandom.shuffle", lambda self, items: items.reverse()):
        page = page_of(cast, questions=3, shuffled=True)
    texts = [open_and_skip(page, position) for position in (1, 2, 3)]
    assert texts == ["Question 3?", "Question 2?", "Question 1?"]
    again = page.start().json()["questions"]
    assert [(q["position"], q["text"]) for q in again] == list(enumerate(texts, 1))


def open_and_skip(page: Page, position: int) -> str:
    with tenant_scope(page.row.organization_id):
        VersionQuestion.objects.update(mandatory=False)
    text: str = open_question(page, position).json()["question"]["text"]
    page.post("submit_response", {"question": page.question(position), "skipped": True})
    return text


def test_a_shuffled_question_cannot_be_read_ahead_either(cast: Cast) -> None:
    page = page_of(cast, questions=3, shuffled=True)
    assert refused(open_question(page, 2)) == (409, "question_not_yet")
    missing = page.post("complete_session").json()["fields"]
    assert missing[page.question(2)][0]["detail"] == "Question 2 has no answer yet."


def test_the_closing_minute_stays_last_and_speaks_the_candidates_language(cast: Cast) -> None:
    with tenant_scope(cast.organization.id):
        campaign = CampaignFactory.create(questions=2, questions__shuffled=True)
        assert campaign.current
        VersionQuestion.objects.create(
            version=campaign.current,
            question=Question.objects.create(campaign=campaign),
            position=3,
            role="closing",
            text="-",
            mandatory=False,
        )
    with patch("secrets.SystemRandom.shuffle", lambda self, items: items.reverse()):
        page = Page(session_in(cast.organization, campaign=campaign)).begin()
    assert [q["role"] for q in page.interview["questions"]] == ["question", "question", "closing"]
    for position in (1, 2):
        open_and_skip(page, position)
    opened = open_question(page, 3).json()["question"]
    assert opened["text"] == "Souhaitez-vous ajouter quelque chose ? Cette minute est à vous."


# Going back


def test_whoever_went_on_does_not_come_back(cast: Cast, webm: bytes) -> None:
    page = page_of(cast, takes_allowed=2)
    page.answer(1, webm)
    assert page.start().json()["questions"][0]["may_change"] is True
    open_question(page, 2)
    assert page.start().json()["questions"][0]["may_change"] is False
    response = page.post("open_take", {"question": page.question(1)})
    assert refused(response) == (409, "no_going_back")


def test_where_it_is_allowed_an_earlier_answer_is_recorded_again(cast: Cast, webm: bytes) -> None:
    page = page_of(cast, takes_allowed=2, going_back=True)
    page.answer(1, webm)
    page.answer(2, webm)
    assert page.answer(1, webm).status_code == 201
    assert page.start().json()["questions"][0]["may_change"] is False
    assert refused(page.post("open_take", {"question": page.question(1)})) == (
        409,
        "no_takes_left",
    )


def test_a_skipped_question_is_taken_up_again_where_going_back_is_allowed(
    cast: Cast, webm: bytes
) -> None:
    page = page_of(cast, going_back=True)
    open_and_skip(page, 1)
    page.answer(2, webm)
    assert page.answer(1, webm).status_code == 201
    assert [q["state"] for q in page.start().json()["questions"]] == ["answered", "answered"]


def test_nothing_changes_after_the_end(cast: Cast, webm: bytes) -> None:
    page = page_of(cast, questions=1, takes_allowed=3, going_back=True)
    page.answer(1, webm)
    page.post("complete_session")
    response = page.post("open_take", {"question": page.question(1)})
    assert refused(response) == (409, "session_completed")


# What was granted


def test_granted_time_stretches_preparation_and_answer(cast: Cast) -> None:
    page = page_of(cast, preparation_seconds=60, answer_seconds=121)
    grant(page, cast, time_percent=150)
    told = page.start().json()
    assert told["accommodation"]["time_percent"] == 150
    question = told["questions"][0]
    assert (question["preparation_seconds"], question["answer_seconds"]) == (90, 182)
    taken = page.open_take(1)
    assert 85 + 182 < seconds_until(taken["take"]["deadline"]) <= 90 + 182 + 15


def test_time_granted_in_the_midst_of_an_answer_counts_for_it(cast: Cast) -> None:
    page = page_of(cast, preparation_seconds=60, answer_seconds=120)
    taken = page.open_take(1)
    grant(page, cast, time_percent=200)
    with tenant_scope(cast.organization.id):
        take = Take.objects.get()
        more = take.deadline - datetime.fromisoformat(taken["take"]["deadline"])
        opening = QuestionOpening.objects.get()
        recording = Recording.objects.get(pk=taken["upload"]["id"])
    assert timedelta(seconds=175) < more <= timedelta(seconds=181)
    prepared = (opening.preparation_ends_at - opening.created_at).total_seconds()
    assert round(prepared) == 120
    assert recording.max_duration_seconds == 255
    assert recording.max_bytes > taken["upload"]["max_bytes"]


def test_what_is_taken_back_shortens_nothing_under_way(cast: Cast) -> None:
    page = page_of(cast)
    grant(page, cast, time_percent=200)
    before = page.open_take(1)["take"]["deadline"]
    grant(page, cast, time_percent=100)
    assert page.open_take(1)["take"]["deadline"] == before


def test_without_a_limit_there_is_an_hour(cast: Cast) -> None:
    page = page_of(cast)
    grant(page, cast, no_limit=True)
    question = page.start().json()["questions"][0]
    assert (question["preparation_seconds"], question["answer_seconds"]) == (3600, 3600)


def test_no_preparation_stays_none(cast: Cast) -> None:
    page = page_of(cast, preparation_mode="none")
    grant(page, cast, no_limit=True)
    assert page.start().json()["questions"][0]["preparation_seconds"] == 0


def test_another_take_is_granted_in_mid_session(cast: Cast, webm: bytes) -> None:
    page = page_of(cast)
    page.answer(1, webm)
    question = {"question": page.question(1)}
    assert refused(page.post("open_take", question)) == (409, "no_takes_left")
    grant(page, cast, extra_takes=1)
    assert page.post("open_take", question).status_code == 200
    assert page.start().json()["questions"][0]["takes_allowed"] == 2


def test_words_instead_of_a_video(cast: Cast) -> None:
    page = page_of(cast)
    open_question(page, 1)
    answer = {"question": page.question(1), "written": "In words."}
    assert refused(page.post("submit_response", answer)) == (409, "other_way")
    grant(page, cast, instead=["text"])
    assert page.start().json()["questions"][0]["ways"] == ["video", "text"]
    assert page.post("submit_response", answer).status_code == 201


def test_a_session_of_an_old_version_keeps_its_rules(cast: Cast) -> None:
    page = page_of(cast, answer_seconds=90)
    with tenant_scope(cast.organization.id):
        session = InterviewSession.objects.select_related("campaign").get(pk=page.row.id)
        newer = CampaignVersion.objects.create(
            campaign=session.campaign, number=2, answer_seconds=30
        )
        session.campaign.current = newer
        session.campaign.save()
    assert page.start().json()["questions"][0]["answer_seconds"] == 90
