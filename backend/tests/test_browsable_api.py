"""The API in a browser: people read it there."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_the_browsable_api_shows_the_answer(client: Client) -> None:
    page = client.get("/api/", headers={"accept": "text/html"}).content.decode()

    assert "binary content" not in page
    assert "/api/campaigns/" in page
