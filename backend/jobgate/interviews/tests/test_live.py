"""Open pages are told of each step, once it is committed."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from jobgate.core.background import run_waiting_jobs
from jobgate.interviews.tests.driving import Page
from jobgate.notifications.realtime.channel import CHANNEL, parse
from tests.factories import Cast, make_cast, session_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def heard(cast: Cast) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """Return a connection that listens as every process does."""
    parameters = {
        name: value
        for name, value in connection.get_connection_params().items()
        if name in {"host", "port", "dbname", "user", "password"}
    }
    with psycopg.connect(**parameters, autocommit=True) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        yield listening


def kinds(listening: "psycopg.Connection[tuple[object, ...]]", cast: Cast) -> set[str]:
    """Return the kinds of rows that this organisation was told of since the last call."""
    listening.execute("SELECT 1")
    told = [parse(note.payload) for note in listening.notifies(timeout=0.5)]
    assert {change.organization_id for change in told} <= {cast.organization.id}
    return {change.kind for change in told}


def test_each_step_is_told_to_its_organisation(
    cast: Cast, webm: bytes, heard: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    page = Page(session_in(cast.organization))
    page.start()
    assert kinds(heard, cast) == {"session"}
    page.consent()
    page.answer_with_file(1, webm)
    assert kinds(heard, cast) == {"session", "response"}
    run_waiting_jobs()
    assert kinds(heard, cast) == {"session", "response"}
    response = cast.client("reviewer").get("/api/responses/").json()["results"][0]["id"]
    cast.client("reviewer").post(f"/api/responses/{response}/evaluate/", {"score": 4})
    assert kinds(heard, cast) == {"response"}
    cast.client("admin").post(f"/api/campaigns/{page.row.campaign_id}/close/")
    assert kinds(heard, cast) == {"campaign"}


def test_a_refused_step_is_told_to_nobody(
    cast: Cast, heard: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    page = Page(session_in(cast.organization)).begin()
    kinds(heard, cast)
    assert page.post("complete_session").status_code == 409
    assert kinds(heard, cast) == set()
