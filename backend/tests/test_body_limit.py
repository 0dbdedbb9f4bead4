"""How much a stranger can make the server keep."""

import pytest
from django.conf import LazySettings
from rest_framework_simplejwt.tokens import AccessToken

from jobgate.config.asgi import longest_body
from jobgate.core.asgi import Scope
from jobgate.interviews.links import access_token
from tests.factories import make_cast, session_in

ANSWER = "/api/sessions/00000000-0000-0000-0000-000000000000/submit_response/"


@pytest.fixture
def token(db: None) -> str:
    """Return the access token of a candidate's page."""
    return access_token(session_in(make_cast().organization))


def sent_to(path: str, authorization: str) -> Scope:
    headers = [(b"authorization", authorization.encode())] if authorization else []
    return {"type": "http", "path": path, "headers": headers}


def test_a_candidates_page_may_send_a_whole_recording(token: str) -> None:
    assert longest_body(sent_to(ANSWER, f"Session {token}")) > 1_000_000_000


@pytest.mark.parametrize("authorization", ["", "Session ", "Session forged:1:x", "Bearer {token}"])
def test_who_shows_no_token_of_ours_may_send_little(
    token: str, settings: LazySettings, authorization: str
) -> None:
    scope = sent_to(ANSWER, authorization.format(token=token))
    assert longest_body(scope) == settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_a_member_may_send_a_recording_beside_a_question(db: None, settings: LazySettings) -> None:
    bearer = f"Bearer {AccessToken.for_user(make_cast().recruiter)}"
    assert longest_body(sent_to("/api/prompts/", bearer)) > 200 * 1024 * 1024
    for path, header in [("/api/campaigns/", bearer), ("/api/prompts/", f"{bearer}x")]:
        assert longest_body(sent_to(path, header)) == settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_other_routes_take_little_whoever_asks(token: str, settings: LazySettings) -> None:
    scope = sent_to("/api/campaigns/", f"Session {token}")
    assert longest_body(scope) == settings.DATA_UPLOAD_MAX_MEMORY_SIZE
