"""What a person reads who failed to sign in too often."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def answer(request: HttpRequest, response: HttpResponse, credentials: Any) -> HttpResponse:
    """Keep the view's own answer, which is coded and translated already."""
    response.status_code = 429
    return response
