"""The upload route alone, as a server process of the tests runs it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobgate.config.settings")

import django

django.setup()

from jobgate.media.upload.application import upload_application as application  # noqa: E402

__all__ = ["application"]
