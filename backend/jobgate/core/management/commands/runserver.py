from typing import Any

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """Serve while developing. Django's own server is WSGI: it has no uploads, no live updates."""

    help = "Serve the API, uploads and live updates included; start again when a file changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("addrport", nargs="?", default="8000", help="[address:]port")
        parser.add_argument("--noreload", action="store_true", help="keep running on a change")

    def handle(self, *args: Any, **options: Any) -> None:
        host, _, port = options["addrport"].rpartition(":")
        if not port.isdigit():
            raise CommandError("Give [address:]port, for example 127.0.0.1:8000.")
        backend = str(settings.BACKEND)
        uvicorn.run(
            "jobgate.config.asgi:application",
            host=host.strip("[]") or "127.0.0.1",
            port=int(port),
            app_dir=backend,
            loop="asyncio",
            reload=not options["noreload"],
            reload_dirs=[f"{backend}/jobgate"],
            timeout_graceful_shutdown=3,
            proxy_headers=False,
            access_log=False,
        )
