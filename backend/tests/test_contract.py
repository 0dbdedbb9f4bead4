"""The API keeps what its OpenAPI schema promises, whatever is sent to it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.conf import LazySettings
from django.core import signals
from django.db import close_old_connections, transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase
from hypothesis import settings as effort
from rest_framework_simplejwt.tokens import AccessToken
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from jobgate.config.wsgi import application
from tests.factories import Cast, make_cast
from tests.world import World, furnish

pytestmark = pytest.mark.django_db

schema = schemathesis.openapi.from_path(Path(__file__).parents[1] / "openapi.yaml")
schema.app = application
# Methods and headers that the schema does not have are tried by test_routes.py.
schema.config.phases.coverage.enabled = False
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# Enough to meet a fault with a good chance at each run, in a minute for all operations.
SOME = effort(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Stage:
    """A furnished company, and what its people send."""

    def __init__(self) -> None:
        self.cast: Cast = make_cast()
        people = {"manager": self.cast.recruiter, "reviewer": self.cast.reviewer}
        self.world: World = furnish(self.cast.organization, **people)

    def headers(self, operation: dict[str, Any]) -> dict[str, str]:
        schemes = {name for choice in operation.get("security", []) for name in choice}
        if "session" in schemes:
            return {"Authorization": self.world.page.header}
        return {"Authorization": f"Bearer {AccessToken.for_user(self.cast.recruiter)}"}

    def identifier(self, path: str) -> str:
        world = self.world
        rows = {
            "/api/campaigns/": world.campaign,
            "/api/sessions/": world.page.session,
            "/api/responses/": world.response,
            "/api/candidates/": world.page.session.candidate_id,
            "/api/hiring-managers/": world.profile,
            "/api/campaign-templates/": world.template,
            "/api/question-bank/": world.bank_question,
            "/api/invitation-imports/": world.batch,
            "/api/prompts/": world.prompt,
        }
        row = next(row for prefix, row in rows.items() if path.startswith(prefix))
        return str(getattr(row, "id", row))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def own_folders(settings: LazySettings, folder: Path) -> None:
    settings.MEDIA_ROOT = str(folder)


@pytest.fixture(scope="module")
def stage(folder: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Set the stage once; what a request changes is rolled back."""
    # As Django's test client does: a request does not close the test's connection.
    ends = (signals.request_started, signals.request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=str(folder)):
            made = Stage()
        yield made
        transaction.set_rollback(True)
    for signal in ends:
        signal.connect(close_old_connections)


@schema.parametrize()
@SOME
def test_every_answer_is_as_promised(case: Any, stage: Stage) -> None:
    if "id" in (case.path_parameters or {}):
        case.path_parameters["id"] = stage.identifier(case.path)
    with transaction.atomic():
        headers = {**stage.headers(case.operation.definition.raw), "Accept-Encoding": "identity"}
        response = case.call(headers=headers)
        transaction.set_rollback(True)
    case.validate_response(response, checks=CHECKS)
    if response.status_code >= 400:
        assert set(response.json()) == {"code", "detail", "fields"}
