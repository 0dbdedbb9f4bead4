"""The server's clock: every limit and deadline is checked against it alone."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present moment in UTC, with its zone."""
    return timezone.now()
