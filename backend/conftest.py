"""What every test stands on: a real PostgreSQL, with tables owned by one role and used as such."""

import os

os.environ.setdefault("JOBGATE_DB_ROLE", "owner")
os.environ.setdefault("JOBGATE_ENV", "test")
os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-0123456789-0123456789-0123456789")
# Nothing of a test reaches a mailbox or the person's own data.
os.environ["NOTIFICATION_EMAIL_ENABLED"] = "false"
os.environ["JOBGATE_DEMO"] = "false"

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.management import call_command


@pytest.fixture(autouse=True)
def own_folders(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")


@pytest.fixture(autouse=True)
def no_throttling_left() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """Grant the app's role its rights in the test database too."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own
        call_command("grant_app_role")
