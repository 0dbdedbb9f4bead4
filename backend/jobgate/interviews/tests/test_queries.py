"""No list costs more queries when it grows."""

from collections.abc import Callable
from typing import Any

import pytest

from jobgate.core.background import run_waiting_jobs
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import VideoResponse
from jobgate.interviews.services import evaluation
from jobgate.interviews.tests.driving import Page
from tests.factories import CampaignFactory, Cast, session_in

# Two of them find the person and their membership.
MOST = 5
LISTS = ["campaigns", "sessions", "responses", "candidates", "logs"]


def fill(cast: Cast, n: int, data: bytes) -> None:
    with tenant_scope(cast.organization.id):
        campaigns = [CampaignFactory.create(questions=1) for _ in range(n)]
    for campaign in campaigns:
        page = Page(session_in(cast.organization, campaign=campaign)).begin()
        page.answer_with_file(1, data)
        page.post("complete_session")
    with tenant_scope(cast.organization.id):
        for response in VideoResponse.objects.all():
            evaluation.evaluate(response.id, reviewer_id=cast.recruiter.id, score=5, notes="")


@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_the_same_for_one_row_and_for_many(
    cast: Cast, webm: bytes, path: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = cast.client("recruiter")
    costs = []
    for n in (1, 5):
        fill(cast, n, webm)
        if path == "responses":
            run_waiting_jobs()
        with django_assert_max_num_queries(MOST) as queries:
            rows = client.get(f"/api/{path}/?page_size=100").json()["results"]
        costs.append(len(queries))
    assert len(rows) >= 6
    assert costs[0] == costs[1]


def test_figures_cost_five_queries(
    cast: Cast, webm: bytes, django_assert_num_queries: Callable[..., Any]
) -> None:
    fill(cast, 2, webm)
    client = cast.client("recruiter")
    campaign = client.get("/api/campaigns/").json()["results"][0]["id"]
    with django_assert_num_queries(5):
        assert client.get(f"/api/campaigns/{campaign}/statistics/").status_code == 200


def test_filters_and_orders_cost_no_more(
    cast: Cast, webm: bytes, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    fill(cast, 2, webm)
    client = cast.client("recruiter")
    filters = "late=false&trouble=false&score_min=2&score_max=8&invited_from=2020-01-01T00:00:00Z"
    for query in (
        f"sessions/?{filters}&search=y&status=completed&ordering=-completed_at",
        "sessions/?ordering=candidate&to_review=false",
        "logs/?source=server&kind=started,completed&at_from=2020-01-01T00:00:00Z&ordering=at",
    ):
        with django_assert_max_num_queries(MOST):
            assert len(client.get(f"/api/{query}").json()["results"]) >= 2


def test_a_session_costs_the_same_for_one_answer_and_for_many(
    cast: Cast, webm: bytes, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with tenant_scope(cast.organization.id):
        campaign = CampaignFactory.create(questions=4)
    page = Page(session_in(cast.organization, campaign=campaign)).begin()
    for position in range(1, 5):
        page.answer_with_file(position, webm)
    with django_assert_max_num_queries(8):
        found = cast.client("recruiter").get(f"/api/sessions/{page.row.id}/").json()
    assert len(found["responses"]) == 4
