"""What the installation's operator sees at /admin/."""

import pytest
from django.test import Client

from jobgate.interviews.tests.driving import Page
from tests.factories import Cast, UserFactory, session_in

BACKEND = "django.contrib.auth.backends.ModelBackend"
MODELS = [
    "videocampaign",
    "interviewsession",
    "videoresponse",
    "candidate",
    "hiringmanager",
    "sessionlog",
]


@pytest.fixture
def operator(cast: Cast, client: Client) -> Client:
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True), BACKEND)
    return client


@pytest.mark.parametrize("model", MODELS)
def test_the_operator_reads_rows_of_every_organisation(
    cast: Cast, operator: Client, model: str, webm: bytes
) -> None:
    for organization in (cast.organization, cast.elsewhere):
        Page(session_in(organization)).begin().answer_with_file(1, webm)
    for who in ("admin", "stranger"):
        cast.client(who).get("/api/hiring-managers/")
    page = operator.get(f"/admin/interviews/{model}/")
    assert page.status_code == 200
    rows = page.context["cl"].result_list
    assert {row.organization_id for row in rows} == {cast.organization.id, cast.elsewhere.id}
    detail = operator.get(f"/admin/interviews/{model}/{rows[0].pk}/change/")
    assert detail.status_code == 200
    assert b'name="_save"' not in detail.content


@pytest.mark.parametrize("model", MODELS)
def test_the_operator_changes_nothing(cast: Cast, operator: Client, model: str) -> None:
    assert operator.get(f"/admin/interviews/{model}/add/").status_code == 403
    assert operator.post(f"/admin/interviews/{model}/add/", {}).status_code == 403


def test_the_digest_of_a_token_is_not_shown(cast: Cast, operator: Client) -> None:
    session = session_in(cast.organization)
    page = operator.get(f"/admin/interviews/interviewsession/{session.pk}/change/")
    assert session.token_digest not in page.content.decode()


def test_a_member_is_not_let_in(cast: Cast, client: Client) -> None:
    client.force_login(cast.admin, BACKEND)
    assert client.get("/admin/interviews/candidate/").status_code == 302
