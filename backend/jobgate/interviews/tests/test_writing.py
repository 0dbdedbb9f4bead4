"""Answers without a recording: words, a choice, a file."""

import hashlib
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import (
    Attachment,
    QuestionOpening,
    Take,
    VersionQuestion,
    VideoResponse,
)
from jobgate.interviews.tests.driving import Page
from jobgate.interviews.tests.test_rules import open_question, page_of, refused
from jobgate.media import storage
from tests.factories import Cast

PDF = b"%PDF-1.7 my portfolio"
DOCX = b"PK\x03\x04" + b"\x00" * 26 + b"[Content_Types].xml word/document.xml"
ODT = b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text"


def asking(cast: Cast, answer_by: str, choices: tuple[str, ...] = (), **rules: Any) -> Page:
    """Return a page at its first question, which is answered in this way."""
    page = page_of(cast, **rules)
    with tenant_scope(cast.organization.id):
        VersionQuestion.objects.filter(version=page.row.campaign.current, position=1).update(
            answer_by=answer_by, choices=list(choices)
        )
    open_question(page, 1)
    return page


def answer(page: Page, **body: Any) -> Any:
    return page.post("submit_response", {"question": page.question(1), **body})


def send(page: Page, data: bytes, name: str = "cv.pdf") -> Any:
    file = SimpleUploadedFile(name, data, "application/octet-stream")
    body = {"question": page.question(1), "file": file}
    return page.post("submit_response", body, format="multipart")


def review(cast: Cast) -> Any:
    return cast.client("reviewer").get("/api/responses/").json()["results"][0]


# Words


def test_an_answer_in_words_is_kept_and_read_by_the_reviewer(cast: Cast) -> None:
    page = asking(cast, "text")
    first = answer(page, written=" Because.\u202e ")
    assert (first.status_code, first.json()["response"]["state"]) == (201, "text")
    assert answer(page, written="Because.").status_code == 200
    found = review(cast)
    assert (found["answer_kind"], found["written"], found["recording"]) == (
        "text",
        "Because.",
        None,
    )


@pytest.mark.parametrize("written", ["", "  \n ", "x" * 20_001])
def test_no_words_and_too_many_are_told(cast: Cast, written: str) -> None:
    assert refused(answer(asking(cast, "text"), written=written)) == (400, "invalid")


def test_words_are_changed_until_the_next_question_is_opened(cast: Cast) -> None:
    page = asking(cast, "text")
    answer(page, written="One.")
    assert answer(page, written="Two.").status_code == 201
    open_question(page, 2)
    assert refused(answer(page, written="Three.")) == (409, "no_going_back")
    assert review(cast)["written"] == "Two."


def test_words_are_changed_later_where_going_back_is_allowed(cast: Cast) -> None:
    page = asking(cast, "text", going_back=True)
    answer(page, written="One.")
    open_question(page, 2)
    assert answer(page, written="Two.").status_code == 201


def test_words_need_an_open_question(cast: Cast) -> None:
    page = asking(cast, "text")
    with tenant_scope(cast.organization.id):
        QuestionOpening.objects.all().delete()
    assert refused(answer(page, written="Early.")) == (409, "question_not_open")


def test_a_text_question_takes_no_recording(cast: Cast, webm: bytes) -> None:
    page = asking(cast, "text")
    response = page.post("open_take", {"question": page.question(1)})
    assert refused(response) == (409, "other_way")
    assert refused(page.submit_file(1, webm)) == (409, "other_way")


def test_one_answer_at_a_time(cast: Cast) -> None:
    page = asking(cast, "text")
    assert refused(answer(page, written="A", chosen=[0])) == (400, "invalid")
    assert refused(answer(page, written="A", skipped=True)) == (400, "invalid")
    assert refused(answer(page)) == (400, "invalid")


def test_written_answers_count_for_the_end(cast: Cast) -> None:
    page = asking(cast, "text", questions=1)
    assert refused(page.post("complete_session")) == (409, "mandatory_missing")
    answer(page, written="Because.")
    (line,) = page.post("complete_session").json()["receipt"]
    told = line["answer_kind"], line["written"], line["text"]
    assert told == ("text", "Because.", "Question 1?")


# A choice


def test_a_choice_is_kept_by_its_words(cast: Cast) -> None:
    page = asking(cast, "choice", ("Day", "Night", "Both"))
    assert page.start().json()["questions"][0]["choices"] == ["Day", "Night", "Both"]
    assert answer(page, chosen=[2, 0, 2]).status_code == 201
    assert answer(page, chosen=[0, 2]).status_code == 200
    assert review(cast)["chosen"] == ["Day", "Both"]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [([2], (409, "choice_unknown")), ([], (400, "invalid")), ([-1], (400, "invalid"))],
)
def test_only_what_is_offered_is_chosen(
    cast: Cast, chosen: list[int], expected: tuple[int, str]
) -> None:
    page = asking(cast, "choice", ("Day", "Night"))
    assert refused(answer(page, chosen=chosen)) == expected


def test_choices_are_not_told_before_the_question_is_opened(cast: Cast) -> None:
    page = page_of(cast)
    with tenant_scope(cast.organization.id):
        VersionQuestion.objects.filter(position=1).update(answer_by="choice", choices=["Secret"])
    assert "Secret" not in page.start().content.decode()


# A file


def test_a_file_is_kept_and_saved_by_candidate_and_reviewer(cast: Cast) -> None:
    page = asking(cast, "file", questions=1)
    assert send(page, PDF, "Mon CV.pdf").json()["response"]["state"] == "file"
    (line,) = page.post("complete_session").json()["receipt"]
    assert (line["file_name"], line["bytes"]) == ("Mon CV.pdf", len(PDF))
    assert line["sha256"] == hashlib.sha256(PDF).hexdigest()
    for url in (line["url"], review(cast)["attachment"]["url"]):
        saved = APIClient().get(url)
        assert (saved.status_code, saved.content) == (200, PDF)
        assert saved["Content-Disposition"] == 'attachment; filename="Mon CV.pdf"'
        assert saved["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in saved["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("data", "name", "kept"),
    [
        (b"\xff\xd8\xff\xe0 picture", "me.JPG", "me.jpg"),
        (b"\x89PNG\r\n\x1a\n picture", "me.png", "me.png"),
        (DOCX, "cv.docx", "cv.docx"),
        (ODT, "cv.odt", "cv.odt"),
        ("Déjà vu".encode("cp1252"), "notes.txt", "notes.txt"),
        # Its bytes say what it is, whatever its name says.
        (PDF, "page.html", "page.pdf"),
        (PDF, "../../etc/\u202efdp.exe", "fdp.pdf"),
        (PDF, "سيرة ذاتية.pdf", "سيرة ذاتية.pdf"),
    ],
)
def test_what_is_taken_gets_the_name_of_its_true_type(
    cast: Cast, data: bytes, name: str, kept: str
) -> None:
    assert send(asking(cast, "file"), data, name).status_code == 201
    found = review(cast)["attachment"]
    assert found["file_name"] == kept
    saved = APIClient().get(found["url"])
    assert kept in unquote(saved["Content-Disposition"])


@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><script>alert(1)</script>",
        b" \n<svg xmlns='http://www.w3.org/2000/svg'>",
        b"MZ\x90\x00 program",
        b"\x7fELF\x00\x01",
        b"PK\x03\x04 just a zip",
        DOCX + b"word/vbaProject.bin",
        b"#!/bin/sh\nrm -rf /",
    ],
)
def test_what_could_run_is_refused(cast: Cast, data: bytes) -> None:
    page = asking(cast, "file")
    assert refused(send(page, data)) == (415, "document_refused")
    with tenant_scope(cast.organization.id):
        assert not Attachment.objects.exists()


def test_a_file_that_is_too_large_is_refused(cast: Cast) -> None:
    page = asking(cast, "file")
    assert refused(send(page, PDF + b"0" * 10 * 1024 * 1024)) == (413, "document_too_large")


def test_a_better_file_takes_the_place_of_the_first(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    page = asking(cast, "file")
    send(page, PDF)
    with tenant_scope(cast.organization.id):
        first = Attachment.objects.get().stored_name
    assert send(page, PDF).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert send(page, PDF + b" better").status_code == 201
    with tenant_scope(cast.organization.id):
        second = Attachment.objects.get().stored_name
        assert VideoResponse.objects.count() == 1
    assert not storage.path_of(first).exists()
    assert storage.path_of(second).read_bytes() == PDF + b" better"


def test_a_file_is_for_nobody_else(cast: Cast) -> None:
    page = asking(cast, "file")
    send(page, PDF)
    url = review(cast)["attachment"]["url"]
    path, _, grant = url.partition("?grant=")
    for wrong in (path, f"{path}?grant=x", f"{path}?grant={grant[:-2]}xx"):
        assert APIClient().get(wrong).status_code == 404
    page.post("withdraw")
    assert APIClient().get(url).status_code == 404


def test_words_end_an_attempt_under_way(cast: Cast) -> None:
    page = page_of(cast)
    page.open_take(1)
    with tenant_scope(cast.organization.id):
        VersionQuestion.objects.filter(position=1).update(answer_by="text")
    answer(page, written="Rather so.")
    with tenant_scope(cast.organization.id):
        assert Take.objects.get().state == "abandoned"
