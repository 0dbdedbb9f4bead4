"""Every route × every method × every kind of caller, against routes_table.py."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver
from rest_framework_simplejwt.tokens import AccessToken

from jobgate.accounts.models import User
from jobgate.config import pages
from jobgate.config.asgi import RAW_ROUTES
from jobgate.core import clock
from jobgate.core.ids import new_id
from jobgate.interviews import attachments, notice
from jobgate.media import grants
from tests.asking import Answer, ask
from tests.factories import Cast, UserFactory, make_cast
from tests.routes_table import CALLERS, TABLE, Row
from tests.world import World, begin_upload, furnish

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
TUS = {"tus-resumable": "1.0.0", "upload-length": "4"}
FORM = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nab\r\n--b--\r\n'


class Stage:
    """Two furnished companies, the callers, and the paths that lead to their rows."""

    def __init__(self) -> None:
        self.cast: Cast = make_cast()
        cast = self.cast
        self.ours = furnish(cast.organization, manager=cast.recruiter, reviewer=cast.reviewer)
        self.theirs = furnish(cast.elsewhere, manager=cast.stranger, reviewer=cast.stranger)
        self.account: User = UserFactory.create()

    def headers(self, caller: str, path: str) -> dict[str, str]:
        if caller == "anonymous":
            return {}
        if caller in {"page", "other"}:
            page = self.ours.page if caller == "page" else self.ours.other_page
            upload = path.startswith("/api/upload/")
            return {"authorization": f"Upload {page.upload_token}" if upload else page.header}
        user = self.account if caller == "account" else getattr(self.cast, caller)
        return {"authorization": f"Bearer {AccessToken.for_user(user)}"}

    def rows(self, world: World) -> dict[str, object]:
        """Return what fills the `{…}` of a path."""
        return {
            "campaign": world.campaign.id,
            "unused_campaign": world.unused_campaign.id,
            "prompt": world.prompt.id,
            "template": world.template.id,
            "bank_question": world.bank_question.id,
            "session": world.page.session.id,
            "response": world.response.id,
            "import": world.batch.id,
            "candidate": world.page.session.candidate_id,
            "profile": world.profile.id,
            "recording": world.recording.id,
            "take": world.page.take.id,
            "upload": world.page.take.recording_id,
            "grant": self.grant(self.cast.recruiter, world),
            "strangers_grant": self.grant(self.cast.stranger, world),
            "attachment": world.attachment.id,
            "file_grant": self.file_grant(self.cast.recruiter, world),
            "strangers_file_grant": self.file_grant(self.cast.stranger, world),
        }

    def grant(self, user: User, world: World) -> str:
        return grants.sign(grants.Grant(user.id, world.organization.id, world.recording.id))

    def file_grant(self, user: User, world: World) -> str:
        return attachments.address(world.attachment, user.id)[0].partition("=")[2]

    def bodies(self) -> dict[str | None, Any]:
        page = self.ours.page
        question = {"text": "Why?", "mandatory": True}
        person = {"first_name": "Nora", "last_name": "B.", "email": "nora@example.test"}
        return {
            None: {},
            "wrong password": {"email": "nobody@example.test", "password": "x"},
            "no token": {},
            "language": {"language": "ar"},
            "profile": {"first_name": "Rita", "last_name": "B.", "company": "", "language": "fr"},
            "campaign": {"title": "New", "questions": [question]},
            "template": {"name": "Second round", "campaign": {"questions": [question]}},
            "bank question": question,
            "prompt": {"language": "fr", "transcript": "Hello."},
            "prompt form": FORM,
            "candidates": {"candidates": [person]},
            "more time": {"expires_at": (clock.now() + timedelta(days=90)).isoformat()},
            "public link": {"token": self.ours.public_token},
            "joining": {"token": self.ours.public_token, "language": "fr", **person},
            "list of people": {
                "campaign": str(self.ours.campaign.id),
                "text": "Nora;B.;nora@example.test",
            },
            "evaluation": {"score": 8, "notes": ""},
            "link": {"token": page.link_token},
            "code": {"code": str(new_id())},
            "satisfaction": {"score": 5, "comment": "Clear."},
            "question to team": {"text": "Who leads the team?"},
            "notice": {"notice_version": notice.VERSION},
            "question": {"question": str(page.questions[1])},
            "answered question": {"question": str(page.questions[0])},
            "accommodation": {"time_percent": 150, "instead": ["audio"]},
            "take": {"take": str(page.take.id)},
            "fault": {"reason": "camera_ended"},
            "upload": {
                "question": str(page.questions[1]),
                "upload": str(page.take.recording_id),
            },
            "events": {"events": [{"kind": "tab_hidden", "at": "2026-01-01T00:00:00Z"}]},
            "tus": b"",
            "tus piece": b"pie",
            "form": FORM,
        }

    def ask(self, row: Row, caller: str, rows: dict[str, object] | None = None) -> Answer:
        """Return the answer; whatever it changed in the database is taken back."""
        path = row.path.format(**(rows or self.rows(self.ours)))
        headers = self.headers(caller, path)
        if path.startswith("/api/upload/"):
            begin_upload(self.ours.page.take.recording)
            headers |= TUS
        if row.body == "tus piece":
            headers |= {"content-type": "application/offset+octet-stream", "upload-offset": "0"}
        if row.body in {"form", "prompt form"}:
            headers |= {"content-type": "multipart/form-data; boundary=b"}
        body = b"" if row.method in {"GET", "HEAD", "OPTIONS"} else self.bodies()[row.body]
        with transaction.atomic():
            answer = ask(row.method, path, headers, body)
            transaction.set_rollback(True)
        return answer


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def own_folders(settings: LazySettings, folder: Path) -> Iterator[None]:
    """Keep the files of the stage from one test to the next, and need no built pages."""
    settings.MEDIA_ROOT = str(folder)
    settings.FRONTEND_DIST = folder
    for page in ("index.html", "interview.html"):
        (folder / page).write_text('<html lang="fr" dir="ltr">')
    pages._entry.cache_clear()
    yield
    pages._entry.cache_clear()


@pytest.fixture(scope="module")
def stage(folder: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Set the stage once: each request of a test is rolled back by itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=str(folder)):
            made = Stage()
        yield made
        transaction.set_rollback(True)


def name(row: Row) -> str:
    return f"{row.method} {row.path}"


@pytest.mark.parametrize("row", TABLE, ids=name)
def test_each_caller_gets_the_status_of_the_table(row: Row, stage: Stage) -> None:
    found = {caller: stage.ask(row, caller).status for caller in CALLERS}
    assert found == dict(zip(CALLERS, row.statuses, strict=True))


WITH_IDS = [row for row in TABLE if "{" in row.path and 404 in row.statuses]


@pytest.mark.parametrize("row", WITH_IDS, ids=name)
def test_what_is_not_theirs_looks_like_what_is_not_there(row: Row, stage: Stage) -> None:
    missing: dict[str, object] = {key: new_id() for key in stage.rows(stage.ours)}
    for caller, status in zip(CALLERS, row.statuses, strict=True):
        if status == 404:
            hidden, absent = stage.ask(row, caller), stage.ask(row, caller, missing)
            assert (hidden.status, hidden.body) == (absent.status, absent.body), caller
            if row.method != "HEAD":
                assert set(hidden.json()) == {"code", "detail", "fields"}


LISTS = [
    row for row in TABLE if row.method == "GET" and row.statuses[-1] == 200 and row.body is None
]


@pytest.mark.parametrize("row", LISTS, ids=name)
def test_a_stranger_reads_nothing_of_ours(row: Row, stage: Stage) -> None:
    if "{" in row.path:
        return  # an address that is its own permission
    body = stage.ask(row, "stranger").body.decode(errors="replace")
    for key, identifier in stage.rows(stage.ours).items():
        assert str(identifier) not in body, key


@pytest.mark.parametrize("row", WITH_IDS, ids=name)
def test_an_id_that_is_none_is_no_fault(row: Row, stage: Stage) -> None:
    for malformed in ("-" * 36, "0" * 36, "x"):
        rows: dict[str, object] = dict.fromkeys(stage.rows(stage.ours), malformed)
        for caller in ("page", "recruiter"):
            assert stage.ask(row, caller, rows).status in {401, 404}


# The table is complete


def routes(patterns: Any, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield path, pattern
        else:
            yield from routes(pattern.url_patterns, path)


def shape(path: str) -> str:
    """Return a path with each of its variable parts as `*`."""
    path = re.sub(r"\(\?P<\w+>[^)]*\)|<[\w:]+>|\{\w+\}", "*", path.partition("?grant")[0])
    return "/" + path.lstrip("/^").replace("^", "").removesuffix("$").removesuffix("/?")


# What these match is many paths; the table has samples of each.
SAMPLES = {
    "/api/": {"/api/no/such/route/"},
    "/mailbox/*/": {"/mailbox/x/"},
    "/(?!assets/|static/|media/).*": {"/", "/campaigns"},
}


def methods_of(pattern: URLPattern) -> set[str]:
    """Return the methods of a view; a plain function says by its answer what it takes."""
    view = pattern.callback
    if actions := getattr(view, "actions", None):
        return {method.upper() for method in actions} & set(METHODS)
    if view_class := getattr(view, "view_class", None):
        return {
            method
            for method in METHODS
            if method.lower() in view_class.http_method_names
            and hasattr(view_class, method.lower())
        }
    return set()


def in_table(path: str) -> set[str]:
    paths = SAMPLES.get(path, {path}) | {path}
    return {row.method for row in TABLE if shape(row.path) in paths}


DJANGO = [
    (shape(path), pattern)
    for path, pattern in routes(get_resolver().url_patterns)
    if not path.startswith("admin/")
]


@pytest.mark.parametrize(("path", "pattern"), DJANGO, ids=[path for path, _ in DJANGO])
def test_every_method_of_every_route_is_in_the_table(path: str, pattern: URLPattern) -> None:
    listed = in_table(path)
    assert listed, f"{path} is not in routes_table.py"
    assert methods_of(pattern) <= listed


@pytest.mark.parametrize("prefix", RAW_ROUTES)
def test_every_raw_route_is_in_the_table(prefix: str) -> None:
    assert in_table(prefix)


@pytest.mark.parametrize("path", sorted({row.path.partition("?")[0] for row in TABLE}))
def test_no_other_method_is_taken(path: str, stage: Stage) -> None:
    rows = [row for row in TABLE if shape(row.path) == shape(path)]
    caller = "page" if rows[-1].statuses[CALLERS.index("recruiter")] == 401 else "recruiter"
    for method in set(METHODS) - {row.method for row in rows}:
        # A page outside the API refuses for want of a CSRF token before it looks further.
        assert stage.ask(Row(method, path, ()), caller).status in {403, 404, 405}, method


ADMIN = [path for path, _ in routes(get_resolver().url_patterns) if path.startswith("admin/")]
OPEN_TO_ALL = {"/admin/login/", "/admin/logout/", "/admin/jsi18n/"}


@pytest.mark.parametrize("caller", ["anonymous", "account", "admin"])
def test_the_operators_pages_are_for_operators(caller: str, stage: Stage) -> None:
    """A member, also an administrator of a company, is sent to the operators' sign-in."""
    client = Client()
    if caller != "anonymous":
        user = stage.account if caller == "account" else stage.cast.admin
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    for path in ADMIN:
        url = "/" + re.sub(r"\(\?P<\w+>[^)]*\)|<[\w:]+>|[$^]", "", path)
        if url not in OPEN_TO_ALL:
            for answer in (client.get(url), client.post(url)):
                assert answer.status_code in {302, 404}, url
                assert answer.status_code == 404 or answer["Location"].startswith("/admin/")


def test_the_table_names_no_route_that_is_gone() -> None:
    known = {path for path, _ in DJANGO} | {sample for s in SAMPLES.values() for sample in s}
    raw = tuple(RAW_ROUTES)
    for row in TABLE:
        assert shape(row.path) in known or row.path.startswith(raw), row.path


def test_every_id_of_the_world_is_one(stage: Stage) -> None:
    ids = [v for v in stage.rows(stage.ours).values() if isinstance(v, UUID)]
    assert len(set(ids)) == len(ids)
