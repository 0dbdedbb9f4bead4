"""The demonstration's company."""

import json
from io import StringIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from jobgate.accounts.models import Organization
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews.models import InterviewSession
from jobgate.interviews.tests.driving import Page
from jobgate.media.models import Recording
from tests.factories import OrganizationFactory

# It prepares recordings in threads, which see what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def asked_for(settings: LazySettings) -> None:
    settings.DEMO = True


def demo() -> dict[str, Any]:
    output = StringIO()
    call_command("demo", "--json", stdout=output)
    found: dict[str, Any] = json.loads(output.getvalue())
    return found


def sign_in(email: str, password: str) -> APIClient:
    client = APIClient()
    answer = client.post("/api/token/", {"email": email, "password": password})
    assert answer.status_code == 200
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['access']}")
    return client


def test_the_demo_can_be_signed_in_to_watched_and_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("jobgate.interviews.demo.company.SECONDS", 1.0)
    facts = demo()
    assert [login["email"] for login in facts["logins"]] == [
        "admin@demo.test",
        "recruiter@demo.test",
        "recruiter2@demo.test",
        "candidate@demo.test",
    ]
    clients = {
        login["email"]: sign_in(login["email"], login["password"]) for login in facts["logins"]
    }
    recruiter = clients["recruiter@demo.test"]
    sessions = recruiter.get("/api/sessions/").json()["results"]
    assert {row["status"] for row in sessions} == {
        "invited",
        "started",
        "in_progress",
        "completed",
        "expired",
    }
    assert any(row["score"] for row in sessions)
    responses = recruiter.get("/api/responses/").json()["results"]
    recorded = [row for row in responses if row["recording"]]
    assert {row["recording"]["state"] for row in recorded} == {"ready"}
    assert recruiter.get(recorded[0]["recording"]["url"]).status_code == 200
    assert clients["candidate@demo.test"].get("/api/sessions/").status_code == 403

    assert demo() == facts
    organization = Organization.objects.get()
    with tenant_scope(organization.id):
        before = InterviewSession.objects.count()
        fresh = InterviewSession.objects.get(candidate__email="candidate@demo.test")
    page = Page(fresh)
    assert page.start(facts["candidate_link"].partition("#")[2]).status_code == 200

    again = demo()
    assert again["candidate_link"] != facts["candidate_link"]
    with tenant_scope(organization.id):
        assert InterviewSession.objects.count() == before + 1
        assert not Recording.objects.filter(state=Recording.State.FAILED).exists()


def test_beside_real_organisations_the_demo_is_refused() -> None:
    OrganizationFactory.create()
    with pytest.raises(CommandError) as refusal:
        demo()
    assert refusal.value.returncode == 1
    assert Organization.objects.count() == 1
