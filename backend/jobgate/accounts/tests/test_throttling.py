import pytest
from django.test import Client

A_BUSY_MINUTE = 60

pytestmark = pytest.mark.django_db


def test_an_office_behind_one_address_may_open_pages_often(client: Client) -> None:
    answers = {
        client.post("/api/token/refresh/", {"refresh": "unknown"}).status_code
        for _ in range(A_BUSY_MINUTE)
    }
    assert answers == {401}


def test_signing_in_from_one_address_is_slowed(client: Client) -> None:
    login = {"email": "nobody@example.test", "password": "wrong"}
    answers = [client.post("/api/token/", login).status_code for _ in range(A_BUSY_MINUTE)]
    assert answers[-1] == 429
