"""The API as a page to browse."""

import pytest

from jobgate.interviews.tests.driving import Page
from tests.factories import Cast, session_in


@pytest.mark.parametrize(
    "path",
    ["", "campaigns/", "sessions/", "responses/", "candidates/", "logs/", "hiring-managers/"],
)
def test_each_list_has_a_page(cast: Cast, path: str) -> None:
    session_in(cast.organization)
    client = cast.client("admin")
    response = client.get(f"/api/{path}", headers={"accept": "text/html"})
    assert response.status_code == 200
    assert response["content-type"].startswith("text/html")


def test_a_campaign_a_session_and_its_figures_have_pages(cast: Cast) -> None:
    session = session_in(cast.organization)
    client = cast.client("admin")
    for path in (
        f"campaigns/{session.campaign_id}/",
        f"campaigns/{session.campaign_id}/statistics/",
        f"sessions/{session.id}/",
        f"sessions/{session.id}/link/",
    ):
        assert client.get(f"/api/{path}", headers={"accept": "text/html"}).status_code == 200


def test_the_candidates_receipt_has_a_page(cast: Cast) -> None:
    page = Page(session_in(cast.organization)).begin()
    url = f"/api/sessions/{page.row.id}/receipt/"
    assert page.client.get(url, headers={"accept": "text/html"}).status_code == 200
