"""Tokens for uploads are opened once, and looked at each time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import LazySettings

from jobgate.core import clock
from jobgate.media.errors import TokenExpired, TokenInvalid
from jobgate.media.upload import tokens


@pytest.fixture
def authorization() -> str:
    """Return a header that was accepted already."""
    token = tokens.sign(recording_id=uuid4(), organization_id=uuid4(), generation=1, max_bytes=1000)
    tokens.verify(f"Upload {token}")
    return f"Upload {token}"


def test_a_token_that_was_accepted_before_expires_all_the_same(
    authorization: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + tokens.LIFETIME
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(TokenExpired):
        tokens.verify(authorization)


def test_a_token_that_was_accepted_before_is_worth_nothing_under_another_key(
    authorization: str, settings: LazySettings
) -> None:
    settings.UPLOAD_SIGNING_KEY = "another key, another key, another key, another key"
    with pytest.raises(TokenInvalid):
        tokens.verify(authorization)


def test_a_token_is_good_until_its_last_second(
    authorization: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nearly = clock.now() + tokens.LIFETIME - timedelta(seconds=2)
    monkeypatch.setattr(clock, "now", lambda: nearly)
    assert tokens.verify(authorization).max_bytes == 1000
