"""The product's server, for a member who may play everything: `application` and `wsgi`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobgate.config.settings")

from django.core.wsgi import get_wsgi_application

wsgi = get_wsgi_application()

from jobgate.config.asgi import application  # noqa: E402 -- after the settings
from jobgate.media.access import register_player  # noqa: E402

register_player(lambda actor, recording: True)

__all__ = ["application", "wsgi"]
