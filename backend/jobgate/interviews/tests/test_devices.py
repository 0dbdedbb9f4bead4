"""One device at a time: the lease, taking over, handing over, the heartbeat."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import F

from jobgate.core.tenancy import tenant_scope
from jobgate.interviews import devices, links
from jobgate.interviews.models import Handover, InterviewSession, SessionLog, Take
from jobgate.interviews.services import leasing
from jobgate.interviews.tasks import note_silence
from jobgate.interviews.tests.driving import Page
from jobgate.interviews.tests.test_rules import open_question, page_of, refused
from tests.factories import Cast

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)
DESKTOP = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Safari/537.36"
)
TABLET = (
    "Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/129.0.0.0 Safari/537.36"
)


@pytest.fixture
def page(cast: Cast) -> Page:
    """A page that acts: it has opened the first question."""
    page = page_of(cast)
    open_question(page, 1)
    return page


def enter(page: Page, **body: Any) -> tuple[Page, Any]:
    """Open the same link on another device."""
    other = Page(page.row)
    token = str(links.token_of(page.row.id, page.row.generation))
    answer = other.client.post("/api/sessions/start_session/", {"token": token, **body})
    if answer.status_code == 200:
        other.use(answer.json())
    return other, answer


def accept(page: Page, code: str) -> tuple[Page, Any]:
    other = Page(page.row)
    answer = other.client.post("/api/sessions/accept_handover/", {"code": code})
    if answer.status_code == 200:
        other.use(answer.json())
    return other, answer


def fall_silent(page: Page) -> None:
    """As if the page had said nothing for two minutes."""
    with tenant_scope(page.row.organization_id):
        ago = F("lease_renewed_at") - timedelta(minutes=2)
        InterviewSession.objects.filter(pk=page.row.id).update(lease_renewed_at=ago)


def kinds(page: Page) -> list[str]:
    with tenant_scope(page.row.organization_id):
        return list(SessionLog.objects.order_by("at", "id").values_list("kind", flat=True))


# The lease


def test_another_device_does_not_come_in_unasked(page: Page) -> None:
    _, answer = enter(page)
    assert refused(answer) == (409, "session_elsewhere")
    assert open_question(page, 1).status_code == 200


def test_another_device_takes_over_and_the_first_is_told(page: Page) -> None:
    other, answer = enter(page, take_over=True)
    assert answer.json()["view"] == "interview"
    assert open_question(other, 1).status_code == 200
    question = {"question": page.question(1)}
    for step, body in (
        ("open_question", question),
        ("open_take", question),
        ("submit_response", {**question, "skipped": True}),
        ("submit_response", {**question, "written": "Late."}),
        ("complete_session", {}),
        ("handover", {}),
    ):
        assert refused(page.post(step, body)) == (409, "session_elsewhere"), step
    assert page.post("heartbeat").json()["lease_held"] is False
    assert other.post("heartbeat").json()["lease_held"] is True


def test_a_device_that_fell_silent_needs_no_taking_over(page: Page) -> None:
    fall_silent(page)
    other, answer = enter(page)
    assert answer.status_code == 200
    assert open_question(other, 1).status_code == 200
    assert refused(open_question(page, 1)) == (409, "session_elsewhere")


def test_the_same_browser_comes_back_by_link_and_by_cookie(page: Page) -> None:
    assert page.start().status_code == 200
    assert page.client.post("/api/sessions/renew/").status_code == 200
    assert open_question(page, 1).status_code == 200


def test_a_device_that_lost_its_cookie_is_known_by_its_own_name(cast: Cast) -> None:
    lease = str(uuid4())
    first, _ = enter(page_of(cast), lease=lease)
    assert first.consent().status_code == 200
    open_question(first, 1)
    again, answer = enter(first, lease=lease)
    assert answer.status_code == 200
    assert open_question(again, 1).status_code == 200


def test_an_answer_to_the_start_that_got_lost_shuts_nobody_out(cast: Cast) -> None:
    page = page_of(cast)
    enter(page, take_over=True)
    _, answer = enter(page)
    assert answer.status_code == 200


def test_what_the_first_device_was_recording_is_given_back_and_still_counts(
    page: Page, webm: bytes
) -> None:
    upload = page.open_take(1)["upload"]
    other, _ = enter(page, take_over=True)
    with tenant_scope(page.row.organization_id):
        assert Take.objects.get().state == Take.State.GIVEN_BACK
    page.send(upload, webm)
    assert page.submit(1, upload, webm).status_code == 201
    assert other.start().json()["questions"][0]["state"] == "answered"


def test_what_the_second_device_records_stands(page: Page, webm: bytes) -> None:
    upload = page.open_take(1)["upload"]
    other, _ = enter(page, take_over=True)
    assert other.answer(1, webm).status_code == 201
    page.send(upload, webm)
    assert refused(page.submit(1, upload, webm)) == (404, "take_unknown")


def test_changing_devices_again_and_again_makes_no_endless_attempts(page: Page) -> None:
    now = page
    for _ in range(5):
        now.open_take(1)
        now, _ = enter(now, take_over=True)
    with tenant_scope(page.row.organization_id):
        given_back = Take.objects.filter(state=Take.State.GIVEN_BACK).count()
        assert (given_back, Take.objects.count()) == (3, 4)


# Handing over


def test_a_code_lets_another_device_go_on(page: Page) -> None:
    made = page.post("handover").json()
    assert made["url"].endswith(f"/interview#handover={made['code']}")
    phone, answer = accept(page, made["code"])
    assert answer.json()["session"]["id"] == str(page.row.id)
    assert open_question(phone, 1).status_code == 200
    assert phone.client.post("/api/sessions/renew/").status_code == 200
    assert refused(open_question(page, 1)) == (409, "session_elsewhere")


def test_a_code_works_once(page: Page) -> None:
    code = page.post("handover").json()["code"]
    accept(page, code)
    assert refused(accept(page, code)[1]) == (410, "handover_expired")


def test_a_code_works_for_five_minutes(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    code = page.post("handover").json()["code"]
    with tenant_scope(page.row.organization_id):
        Handover.objects.update(expires_at=F("expires_at") - timedelta(minutes=5))
    assert refused(accept(page, code)[1]) == (410, "handover_expired")


def test_a_second_code_ends_the_first(page: Page) -> None:
    first, second = (page.post("handover").json()["code"] for _ in range(2))
    assert refused(accept(page, first)[1]) == (410, "handover_expired")
    assert accept(page, second)[1].status_code == 200


def test_a_code_dies_with_the_link(page: Page, cast: Cast) -> None:
    code = page.post("handover").json()["code"]
    cast.client("recruiter").post(f"/api/sessions/{page.row.id}/revoke/", {"tell": False})
    assert refused(accept(page, code)[1]) == (410, "handover_expired")


@pytest.mark.parametrize("code", ["", "x", "4a3d7c1e-0000-4000-8000-000000000000"])
def test_other_codes_open_nothing(page: Page, code: str) -> None:
    status, _ = refused(accept(page, code)[1])
    assert status == (400 if code == "" else 410)


def test_the_database_does_not_hold_the_code(page: Page) -> None:
    code = page.post("handover").json()["code"]
    with tenant_scope(page.row.organization_id):
        row = Handover.objects.values().get()
    assert code not in str(row)
    assert code.replace("-", "") not in str(row)


def test_nothing_is_handed_over_after_the_end(page: Page) -> None:
    page.post("withdraw")
    assert refused(page.post("handover")) == (409, "session_withdrawn")


# Signs of life


def test_a_page_that_falls_silent_is_noted_once(page: Page) -> None:
    page.post("heartbeat")
    note_silence.run()
    assert "heartbeat_lost" not in kinds(page)
    fall_silent(page)
    note_silence.run()
    note_silence.run()
    assert kinds(page).count("heartbeat_lost") == 1
    assert page.post("heartbeat").json()["lease_held"] is True


def test_the_heartbeat_tells_what_was_granted_meanwhile(page: Page, cast: Cast) -> None:
    assert page.post("heartbeat").json()["accommodation"] is None
    url = f"/api/sessions/{page.row.id}/accommodation/"
    cast.client("recruiter").put(url, {"extra_takes": 1})
    assert page.post("heartbeat").json()["accommodation"]["extra_takes"] == 1


# What it is


def test_the_timeline_tells_the_device(page: Page) -> None:
    other = Page(page.row)
    other.client.credentials(HTTP_USER_AGENT=PHONE)
    other.client.post(
        "/api/sessions/start_session/",
        {"token": str(links.token_of(page.row.id, 1)), "take_over": True},
    )
    with tenant_scope(page.row.organization_id):
        page.row.refresh_from_db()
        (told,) = SessionLog.objects.filter(kind="entered").values_list("data", flat=True)
    expected = {
        "browser": "Mobile Safari",
        "version": "17",
        "system": "iOS",
        "kind": "mobile",
    }
    assert (page.row.device, told) == (expected, expected)


@pytest.mark.parametrize(
    ("header", "kind"),
    [(PHONE, "mobile"), (DESKTOP, "desktop"), (TABLET, "tablet"), ("", ""), ("x" * 9000, "")],
)
def test_a_header_tells_what_kind_of_device_it_is(header: str, kind: str) -> None:
    assert devices.read(header).kind == kind


def test_a_step_and_a_take_over_do_not_cross(page: Page) -> None:
    with tenant_scope(page.row.organization_id):
        page.row.refresh_from_db()
        assert leasing.renew(page.row.id, page.row.lease)
        assert not leasing.renew(page.row.id, uuid4())
