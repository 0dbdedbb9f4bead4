"""The environment in which checks and tests run: nothing of the person's own settings."""

import os
import secrets

from launcher.layout import Layout

OURS = ("DB_", "AWS_", "EMAIL_", "JOBGATE_", "MEDIA_", "DJANGO_", "CORS_", "SECURE_")
ALSO_OURS = {
    "DEBUG",
    "ALLOWED_HOSTS",
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "JWT_SIGNING_KEY",
    "LINK_SIGNING_KEY",
    "UPLOAD_SIGNING_KEY",
    "PUBLIC_URL",
    "LOG_DIR",
    "LOG_LEVEL",
    "FRONTEND_DIST",
    "NOTIFICATION_EMAIL_ENABLED",
    "PYTHONPATH",
    "PYTHONHOME",
    "VIRTUAL_ENV",
    "PYTEST_ADDOPTS",
}


def neutral(layout: Layout) -> dict[str, str]:
    """Return the environment without what would change how the product behaves."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(OURS) and name not in ALSO_OURS
    }
    path = os.pathsep.join([str(layout.python.parent), kept.get("PATH", os.defpath)])
    return {
        **kept,
        "PATH": path,
        "JOBGATE_HOME": str(layout.home / "test"),
        "JOBGATE_ENV": "test",
        "SECRET_KEY": "only-for-tests-" * 5,
        # Set, so that a backend/.env has no say either.
        "DEBUG": "false",
        "DB_HOST": "",
        "NOTIFICATION_EMAIL_ENABLED": "false",
        "JOBGATE_DEMO": "false",
        "NO_COLOR": "1",
    }


def production(layout: Layout) -> dict[str, str]:
    """Return settings as an installation in production has them."""
    return {
        **neutral(layout),
        "JOBGATE_ENV": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "jobgate.example",
        "PUBLIC_URL": "https://jobgate.example",
    }
