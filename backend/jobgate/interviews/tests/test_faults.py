"""A technical fault gives an attempt back: in mid-interview, after its end, after its time."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail

from jobgate.core import clock
from jobgate.core.background import run_waiting_jobs
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.links import token_of
from jobgate.interviews.models import InterviewSession, SessionLog, Take
from jobgate.interviews.services import expiry, faults
from jobgate.interviews.tests.driving import Page
from jobgate.interviews.tests.test_answering import page_of, refused
from jobgate.media import lifecycle as media_lifecycle
from jobgate.media.models import Recording
from jobgate.notifications.models import Message
from tests.factories import Cast, member_client

Reason = Recording.Reason


@pytest.fixture
def page(cast: Cast) -> Page:
    return page_of(cast)


def fails(page: Page, *positions: int, reason: Recording.Reason = Reason.CRASHED) -> None:
    """Let the preparation of each question's newest recording fail, as media does."""
    for position in positions:
        refuse(page, position, reason)
    run_waiting_jobs()


def refuse(page: Page, position: int, reason: Recording.Reason) -> None:
    with tenant_scope(page.row.organization_id):
        takes = Take.objects.filter(session=page.row, question_id=UUID(page.question(position)))
        recording = takes.latest("number").recording_id
        if reason in {Reason.DAMAGED, Reason.HASH_MISMATCH, Reason.TOO_LONG}:
            assert media_lifecycle.mark_rejected(recording, reason)
        else:
            assert media_lifecycle.mark_failed(recording, reason)


def question(page: Page, position: int) -> dict[str, Any]:
    found: dict[str, Any] = page.start().json()["questions"][position - 1]
    return found


def session_of(page: Page) -> InterviewSession:
    with tenant_scope(page.row.organization_id):
        return InterviewSession.objects.get(pk=page.row.pk)


def logged(page: Page, kind: str) -> list[dict[str, Any]]:
    with tenant_scope(page.row.organization_id):
        rows = SessionLog.objects.filter(session=page.row, kind=kind, source="server")
        return list(rows.values_list("data", flat=True))


def letters(page: Page) -> list[Message]:
    with tenant_scope(page.row.organization_id):
        return list(Message.objects.filter(kind="record_again"))


def take_of(page: Page, position: int) -> UUID:
    with tenant_scope(page.row.organization_id):
        takes = Take.objects.filter(session=page.row, question_id=UUID(page.question(position)))
        return takes.latest("number").id


def report(page: Page, take: UUID | str, reason: str = "camera_ended") -> Any:
    return page.post(f"takes/{take}/report_fault", {"reason": reason})


def finish(page: Page, webm: bytes) -> None:
    """Answer both questions and confirm, before anything is prepared."""
    page.answer(1, webm)
    page.answer(2, webm)
    assert page.post("complete_session").status_code == 200


def moved(page: Page, **changes: Any) -> None:
    with tenant_scope(page.row.organization_id):
        InterviewSession.objects.filter(pk=page.row.pk).update(**changes)


# A recording that fails on the server, in mid-interview


@pytest.mark.parametrize(
    "reason",
    [Reason.CRASHED, Reason.MISSING, Reason.DISK_FULL, Reason.DAMAGED, Reason.HASH_MISMATCH],
)
def test_a_technical_fault_gives_the_take_back(
    page: Page, webm: bytes, reason: Recording.Reason
) -> None:
    page.answer(1, webm)
    fails(page, 1, reason=reason)
    asked = question(page, 1)
    assert (asked["state"], asked["takes_used"], asked["text"]) == ("pending", 0, None)
    assert asked["fault"]["reason"] == reason
    assert asked["fault"]["reason_text"]
    assert logged(page, "take_given_back")[0]["reason"] == reason
    assert page.answer(1, webm).status_code == 201
    again = question(page, 1)
    assert (again["state"], again["takes_used"], again["fault"]) == ("answered", 1, None)


def test_the_candidate_prepares_again_with_all_the_time(page: Page, webm: bytes) -> None:
    body = {"question": page.question(1)}
    first = page.post("open_question", body).json()["preparation_ends_at"]
    page.answer(1, webm)
    fails(page, 1)
    second, third = (page.post("open_question", body).json() for _ in range(2))
    assert second["preparation_ends_at"] > first
    assert second["preparation_ends_at"] == third["preparation_ends_at"]


def test_a_file_that_is_no_video_uses_the_take_up(page: Page) -> None:
    page.answer(1, b"this is no video at all, whatever its name says")
    run_waiting_jobs()
    with tenant_scope(page.row.organization_id):
        recording = Recording.objects.get()
        assert (recording.state, recording.reason) == ("rejected", "not_a_video")
        assert Take.objects.get().state == Take.State.SUBMITTED
    line = page.get("receipt").json()["receipt"][0]
    assert (line["given_back"], line["reason"]) == (False, "not_a_video")
    assert line["reason_text"] == "The file is not a video or sound recording."


def test_giving_a_take_back_twice_is_the_same_as_once(page: Page, webm: bytes) -> None:
    page.answer(1, webm)
    with tenant_scope(page.row.organization_id):
        take = Take.objects.get()
        assert faults.give_back(take.id, "crashed") is True
        assert faults.give_back(take.id, "crashed") is False
    assert len(logged(page, "take_given_back")) == 1


def test_an_answer_that_was_given_back_has_to_be_recorded_again(page: Page, webm: bytes) -> None:
    page.answer(1, webm)
    page.answer(2, webm)
    fails(page, 2)
    assert refused(page.post("complete_session")) == (409, "mandatory_missing")


def test_a_spoilt_attempt_that_was_replaced_leaves_the_answer_alone(
    cast: Cast, webm: bytes
) -> None:
    page = page_of(cast, takes_allowed=2)
    first = page.open_take(1)["upload"]
    page.send(first, webm)
    page.submit(1, first, webm)
    page.answer(1, webm)
    with tenant_scope(page.row.organization_id):
        media_lifecycle.mark_failed(UUID(first["id"]), Reason.CRASHED)
    run_waiting_jobs()
    asked = question(page, 1)
    assert (asked["state"], asked["takes_used"], asked["fault"]) == ("answered", 1, None)


def test_files_made_to_be_refused_do_not_give_endless_attempts(page: Page, webm: bytes) -> None:
    for _ in range(faults.MOST_BELIEVED):
        page.answer(1, webm)
        fails(page, 1, reason=Reason.HASH_MISMATCH)
    assert question(page, 1)["retakes_left"] == 0
    page.answer(1, webm)
    fails(page, 1, reason=Reason.HASH_MISMATCH)
    assert question(page, 1)["state"] == "answered"
    assert len(logged(page, "fault_not_believed")) == 1


def test_our_own_faults_are_never_counted_against_anybody(page: Page, webm: bytes) -> None:
    for _ in range(faults.MOST_BELIEVED + 1):
        page.answer(1, webm)
        fails(page, 1, reason=Reason.CRASHED)
    asked = question(page, 1)
    assert (asked["takes_used"], asked["retakes_left"]) == (0, faults.MOST_BELIEVED)


def test_a_repeated_submission_of_a_spoilt_recording_tells_its_state(
    page: Page, webm: bytes
) -> None:
    upload = page.open_take(1)["upload"]
    page.send(upload, webm)
    page.submit(1, upload, webm)
    fails(page, 1)
    repeat = page.submit(1, upload, webm)
    assert (repeat.status_code, repeat.json()["response"]["state"]) == (200, "failed")
    assert question(page, 1)["state"] == "pending"


# After the candidate had confirmed the end


def test_a_completed_interview_is_open_again_for_the_one_answer(page: Page, webm: bytes) -> None:
    finish(page, webm)
    fails(page, 2)
    assert session_of(page).status == "in_progress"
    interview = page.start().json()
    assert interview["session"]["confirmed_at"]
    assert [one["state"] for one in interview["questions"]] == ["answered", "pending"]
    assert refused(page.post("open_take", {"question": page.question(1)})) == (
        409,
        "already_answered",
    )
    assert page.answer(2, webm).status_code == 201
    assert page.post("complete_session").status_code == 200
    run_waiting_jobs()
    assert session_of(page).status == "completed"
    assert len(logged(page, "reopened")) == 1


def test_what_was_handed_in_before_is_not_given_back_by_the_page(page: Page, webm: bytes) -> None:
    finish(page, webm)
    fails(page, 2)
    assert refused(report(page, take_of(page, 1))) == (409, "already_answered")
    assert question(page, 1)["state"] == "answered"
    page.answer(2, webm)
    assert report(page, take_of(page, 2)).status_code == 200


def test_the_candidate_gets_one_letter_with_the_link_for_each_spoilt_answer(
    page: Page, webm: bytes
) -> None:
    finish(page, webm)
    fails(page, 2, 1)
    sent = letters(page)
    assert [letter.state for letter in sent] == ["sent", "sent"]
    assert str(page.row.id) in str(sent[0].context_ref)
    assert "#" not in str(sent[0].context_ref)


def test_the_letter_holds_the_link_and_names_the_question(page: Page, webm: bytes) -> None:
    finish(page, webm)
    fails(page, 2)
    letter = mail.outbox[-1]
    assert "question 2" in letter.body
    assert str(token_of(page.row.id, page.row.generation)) in letter.body


def test_in_mid_interview_no_letter_is_sent(page: Page, webm: bytes) -> None:
    page.answer(1, webm)
    fails(page, 1)
    assert letters(page) == []


def test_who_is_called_back_has_two_days_at_least(page: Page, webm: bytes) -> None:
    finish(page, webm)
    moved(page, expires_at=clock.now() - timedelta(minutes=1))
    fails(page, 2)
    left = session_of(page).expires_at - clock.now()
    assert timedelta(hours=47) < left <= timedelta(hours=48)
    assert page.answer(2, webm).status_code == 201


def test_a_session_whose_time_is_over_stays_over_and_the_recruiter_sees_why(
    page: Page, webm: bytes, cast: Cast
) -> None:
    page.answer(1, webm)
    moved(page, expires_at=clock.now() - timedelta(minutes=1))
    expiry.expire_sessions()
    fails(page, 1)
    assert session_of(page).status == "expired"
    assert letters(page) == []
    shown = member_client(cast.recruiter).get(f"/api/sessions/{page.row.id}/").json()
    assert "fault_after_end" in [entry["kind"] for entry in shown["timeline"]]
    [answer] = shown["responses"]
    assert (answer["given_back"], answer["recording"]["reason"]) == (True, "crashed")


def test_a_spoilt_answer_is_none_for_the_reviewers(page: Page, webm: bytes, cast: Cast) -> None:
    finish(page, webm)
    fails(page, 2)
    reviewer = member_client(cast.reviewer)
    shown = reviewer.get(f"/api/sessions/{page.row.id}/").json()
    assert (shown["answered"], shown["to_review"]) == (1, 1)
    good, spoilt = shown["responses"]
    assert (good["given_back"], spoilt["given_back"]) == (False, True)
    assert spoilt["recording"]["reason_text"]
    score = {"score": 7, "notes": ""}
    assert reviewer.post(f"/api/responses/{good['id']}/evaluate/", score).status_code == 200
    refusal = reviewer.post(f"/api/responses/{spoilt['id']}/evaluate/", score)
    assert refused(refusal) == (409, "answer_may_change")


# What the candidate's page tells


def test_a_page_has_an_attempt_given_back_and_says_why(page: Page, webm: bytes) -> None:
    page.answer(1, webm)
    take = take_of(page, 1)
    first, second = report(page, take), report(page, take)
    assert (first.status_code, second.status_code) == (200, 200)
    asked = first.json()["questions"][0]
    assert (asked["state"], asked["takes_used"]) == ("pending", 0)
    assert asked["retakes_left"] == faults.MOST_BELIEVED - 1
    [entry] = logged(page, "take_given_back")
    assert (entry["reason"], entry["by"]) == ("camera_ended", "page")
    assert page.answer(1, webm).status_code == 201


def test_an_attempt_that_could_not_be_sent_is_given_back_too(page: Page, webm: bytes) -> None:
    take = page.open_take(1)["take"]["id"]
    assert report(page, take, "spool_unreadable").status_code == 200
    assert page.answer(1, webm).status_code == 201


def test_what_was_recorded_may_be_submitted_after_all(page: Page, webm: bytes) -> None:
    upload = page.open_take(1)["upload"]
    page.send(upload, webm)
    page.submit(1, upload, webm)
    report(page, take_of(page, 1))
    body = {"question": page.question(1), "upload": upload["id"]}
    assert page.post("submit_response", body).status_code == 201
    asked = question(page, 1)
    assert (asked["state"], asked["takes_used"], asked["fault"]) == ("answered", 1, None)
    assert len(logged(page, "answer_kept")) == 1


def test_nobody_chooses_between_a_spoilt_attempt_and_the_next(page: Page, webm: bytes) -> None:
    upload = page.open_take(1)["upload"]
    page.send(upload, webm)
    page.submit(1, upload, webm)
    report(page, take_of(page, 1))
    page.answer(1, webm)
    response = page.submit(1, upload, webm)
    assert refused(response) == (404, "take_unknown")


def test_faults_are_believed_so_often_for_each_question(page: Page, webm: bytes) -> None:
    for _ in range(faults.MOST_BELIEVED):
        page.answer(1, webm)
        assert report(page, take_of(page, 1)).status_code == 200
    page.answer(1, webm)
    assert refused(report(page, take_of(page, 1))) == (409, "no_retakes_left")
    assert question(page, 1)["state"] == "answered"
    page.answer(2, webm)
    assert report(page, take_of(page, 2)).status_code == 200


def test_an_attempt_that_was_replaced_is_not_given_back(cast: Cast, webm: bytes) -> None:
    page = page_of(cast, takes_allowed=2)
    page.answer(1, webm)
    replaced = take_of(page, 1)
    page.answer(1, webm)
    assert refused(report(page, replaced)) == (404, "take_unknown")


def test_another_sessions_attempt_is_unknown(page: Page, cast: Cast, webm: bytes) -> None:
    other = page_of(cast)
    other.answer(1, webm)
    for take in (take_of(other, 1), uuid4()):
        assert refused(report(page, take)) == (404, "take_unknown")


@pytest.mark.parametrize("reason", ["", "Not a code", "x" * 41])
def test_a_reason_out_of_shape_is_refused(page: Page, webm: bytes, reason: str) -> None:
    page.answer(1, webm)
    assert report(page, take_of(page, 1), reason).status_code == 400


def test_after_the_end_a_page_has_nothing_given_back(page: Page, webm: bytes) -> None:
    finish(page, webm)
    assert refused(report(page, take_of(page, 1))) == (409, "session_completed")


def test_what_was_not_recorded_again_in_time_counts_after_all(
    page: Page, webm: bytes, cast: Cast
) -> None:
    page.answer(1, webm)
    run_waiting_jobs()
    report(page, take_of(page, 1))
    moved(page, expires_at=clock.now() - timedelta(minutes=1))
    expiry.expire_sessions()
    [answer] = member_client(cast.reviewer).get(f"/api/sessions/{page.row.id}/").json()["responses"]
    assert (answer["given_back"], answer["recording"]["state"]) == (False, "ready")
    with tenant_scope(page.row.organization_id):
        assert Take.objects.get(response__isnull=False).state == Take.State.SUBMITTED
