"""The operator's pages."""

from typing import Any

import pytest
from django.test import Client

from jobgate.accounts.models import Organization, User

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"


@pytest.fixture
def operator() -> Client:
    User.objects.create_superuser("operator@example.test", PASSWORD)
    client = Client()
    body = {"username": "operator@example.test", "password": PASSWORD, "next": "/admin/"}
    assert client.post("/admin/login/", body).status_code == 302
    return client


def test_an_operator_sees_people_and_organisations(operator: Client, rita: User) -> None:
    for page in ("/admin/", "/admin/accounts/user/", f"/admin/accounts/user/{rita.pk}/change/"):
        assert operator.get(page).status_code == 200


@pytest.mark.parametrize("kind", ["user", "organization"])
def test_nothing_that_tenants_hang_on_is_deleted(
    operator: Client, rita: User, organization: Organization, kind: str
) -> None:
    row: Any = {"user": rita, "organization": organization}[kind]
    response = operator.post(f"/admin/accounts/{kind}/{row.pk}/delete/", {"post": "yes"})
    assert response.status_code == 403
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_member_is_no_operator(rita: User) -> None:
    client = Client()
    client.post("/admin/login/", {"username": rita.email, "password": PASSWORD})
    assert client.get("/admin/").status_code == 302
