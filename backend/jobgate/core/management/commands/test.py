import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Run the tests the way they are written: by pytest, on the settings of the tests."""

    help = "Run the back end's tests; what follows goes to pytest."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        # pytest reads its own options, so argparse is not asked.
        sys.exit(self.pytest(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(self.pytest([]))

    def pytest(self, arguments: list[str]) -> int:
        """Run pytest; return its exit code."""
        environment = {**os.environ}
        # Set by manage.py; pytest would take it for a wish.
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        command = [sys.executable, "-m", "pytest", *arguments]
        return subprocess.call(command, cwd=settings.BACKEND, env=environment)  # noqa: S603
