"""Recruiters' recordings: sent, prepared, captioned, and played by those who may."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from jobgate.core.background import run_waiting_jobs
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews import access
from jobgate.interviews.captions import to_webvtt
from jobgate.interviews.models import InterviewSession, Prompt, VideoCampaign
from jobgate.interviews.selectors import prompts as rows
from jobgate.interviews.services import prompts
from jobgate.interviews.tests.driving import Page
from jobgate.interviews.tests.test_campaigns import URL, codes, draft
from tests.factories import Cast, session_in

PROMPTS = "/api/prompts/"
VTT = "WEBVTT\n\n00:00.000 --> 00:01.500\nWelcome.\n"
KEPT = "WEBVTT\n\n000:00:00.000 --> 000:00:01.500\nWelcome.\n"


def send(cast: Cast, data: bytes, who: str = "recruiter", **words: Any) -> Any:
    form = {"file": SimpleUploadedFile("hello.webm", data), **words}
    return cast.client(who).post(PROMPTS, form, format="multipart")


def ready(cast: Cast, data: bytes, **words: Any) -> dict[str, Any]:
    """Return a recording that a worker has prepared."""
    sent = send(cast, data, **words)
    assert sent.status_code == 201, sent.json()
    run_waiting_jobs()
    found: dict[str, Any] = cast.client("recruiter").get(f"{PROMPTS}{sent.json()['id']}/").json()
    return found


def test_a_recording_is_sent_prepared_and_played(cast: Cast, webm: bytes) -> None:
    sent = send(cast, webm, language="en", captions=VTT, transcript="Welcome.").json()
    assert (sent["state"], sent["url"]) == ("received", None)
    run_waiting_jobs()
    for who in ("recruiter", "reviewer"):
        found = cast.client(who).get(f"{PROMPTS}{sent['id']}/").json()
        assert (found["state"], found["kind"], found["language"]) == ("ready", "video", "en")
        assert (found["transcript"], found["captions"]) == ("Welcome.", KEPT)
        assert APIClient().get(found["url"]).status_code == 200


def test_captions_and_transcript_are_replaced(cast: Cast, webm: bytes) -> None:
    found = ready(cast, webm, captions=VTT)
    srt = "1\r\n00:00:00,000 --> 00:00:02,000\r\nBonjour.\r\n"
    body = {"language": "fr", "captions": srt, "transcript": "Bonjour."}
    put = cast.client("admin").put(f"{PROMPTS}{found['id']}/", body)
    assert put.json()["captions"].endswith("000:00:02.000\nBonjour.\n")
    assert put.json()["transcript"] == "Bonjour."
    assert put.json()["url"].partition("?")[0] == found["url"].partition("?")[0]


@pytest.mark.parametrize(
    ("words", "field", "code"),
    [
        ({"captions": "Hello."}, "captions", "invalid"),
        ({"captions": "WEBVTT\n\n00:02.000 --> 00:01.000\nBack"}, "captions", "invalid"),
        ({"language": "de"}, "language", "invalid_choice"),
        ({"file": ""}, "file", "invalid"),
    ],
)
def test_wrong_words_are_named(
    cast: Cast, webm: bytes, words: dict[str, Any], field: str, code: str
) -> None:
    assert codes(send(cast, webm, **words), field) == [code]


def test_what_is_no_recording_is_refused_by_the_worker_and_used_nowhere(cast: Cast) -> None:
    found = ready(cast, b"MZ this is a program")
    assert (found["state"], found["url"]) == ("rejected", None)
    assert found["reason_text"] == "The file is not a video or sound recording."
    response = cast.client("recruiter").post(URL, draft(introduction_prompt=found["id"]))
    assert codes(response, "introduction_prompt") == ["unknown"]


def test_a_file_that_is_too_large_leaves_nothing(
    cast: Cast, webm: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompts, "MOST_BYTES", 1000)
    response = send(cast, webm)
    assert (response.status_code, response.json()["code"]) == (413, "too_large")
    with tenant_scope(cast.organization.id):
        assert not Prompt.objects.exists()


def test_a_recording_of_another_company_is_used_nowhere(cast: Cast, webm: bytes) -> None:
    theirs = send(cast, webm, who="stranger").json()["id"]
    questions = [{"text": "Why?", "prompt": theirs}]
    response = cast.client("recruiter").post(URL, draft(questions=questions))
    assert codes(response, "questions.0.prompt") == ["unknown"]


def test_a_recording_is_taken_over_by_a_copy_of_the_campaign(cast: Cast, webm: bytes) -> None:
    prompt = ready(cast, webm)["id"]
    body = draft(introduction_prompt=prompt, questions=[{"text": "Why?", "prompt": prompt}])
    made = cast.client("recruiter").post(URL, body).json()
    copy = cast.client("recruiter").post(f"{URL}{made['id']}/duplicate/").json()
    for campaign in (made, copy):
        assert campaign["introduction_prompt"] == prompt
        assert campaign["questions"][0]["prompt"] == prompt


# What a candidate may play


def shown_in(cast: Cast, webm: bytes, **where: Any) -> tuple[Prompt, Page]:
    """Return a recording of a campaign, and a page that has started in it."""
    client = cast.client("recruiter")
    prompt = ready(cast, webm, captions=VTT)["id"]
    questions = [{"text": "Why?", **({"prompt": prompt} if not where else {})}]
    introduction = {"introduction_prompt": prompt} if where else {}
    made = client.post(URL, draft(questions=questions, **introduction)).json()
    client.post(f"{URL}{made['id']}/open/")
    with tenant_scope(cast.organization.id):
        campaign = VideoCampaign.objects.get(pk=made["id"])
        found = Prompt.objects.select_related("recording").get(pk=prompt)
    return found, Page(session_in(cast.organization, campaign=campaign)).begin()


def plays(cast: Cast, prompt: Prompt, session: InterviewSession) -> int:
    """Return what the recording answers to this candidate's page."""
    with tenant_scope(cast.organization.id):
        found = rows.shape(prompt, session)
    assert found
    return int(APIClient().get(found["url"]).status_code)


def test_a_candidate_plays_the_introduction_from_the_start(cast: Cast, webm: bytes) -> None:
    prompt, page = shown_in(cast, webm, introduction=True)
    assert plays(cast, prompt, page.row) == 200


def test_a_candidate_plays_a_question_once_it_was_opened(cast: Cast, webm: bytes) -> None:
    prompt, page = shown_in(cast, webm)
    assert plays(cast, prompt, page.row) == 404
    page.post("open_question", {"question": page.question(1)})
    assert plays(cast, prompt, page.row) == 200


def test_a_candidate_of_another_campaign_plays_nothing(cast: Cast, webm: bytes) -> None:
    prompt, _page = shown_in(cast, webm, introduction=True)
    other = session_in(cast.organization)
    assert plays(cast, prompt, other) == 404
    with tenant_scope(cast.organization.id):
        assert not access.may_play(cast.stranger.id, prompt.recording_id)


# Captions


@pytest.mark.parametrize("text", ["", "  \n", "\ufeff"])
def test_no_captions_stay_none(text: str) -> None:
    assert to_webvtt(text) == ""


def test_captions_keep_their_words_alone() -> None:
    text = (
        "\ufeffWEBVTT - by hand\n\nSTYLE\n::cue { background: url(//evil.test) }\n\n"
        "NOTE not for you\n\nfirst\n01:00:00.000 --> 01:00:01.000 line:0 align:left\n"
        "One\nand \u202etwo\n\n00:00:02,5 --> x\nlost\n\n00:03.000 --> 00:04.000\n\n"
        "00:05.000 --> 00:06.000\nÇa va ?\n"
    )
    assert to_webvtt(text) == (
        "WEBVTT\n\n001:00:00.000 --> 001:00:01.000\nOne\nand two\n\n"
        "000:00:05.000 --> 000:00:06.000\nÇa va ?\n"
    )


@pytest.mark.parametrize("text", ["WEBVTT", "00:00.000 -> 00:01.000\nHi", "{\\rtf1}", "\x00"])
def test_what_holds_no_cue_is_refused(text: str) -> None:
    if not text.strip("\x00"):
        assert to_webvtt(text) == ""
        return
    with pytest.raises(ValidationError):
        to_webvtt(text)
