"""Give out recordings to those who hold a grant."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.views.decorators.http import require_safe

from jobgate.core.errors import ApiError
from jobgate.core.tenancy import tenant_scope
from jobgate.media import access, grants, storage
from jobgate.media.api.ranges import serve_file
from jobgate.media.errors import GrantRefused
from jobgate.media.models import Recording
from jobgate.media.services import file_to_play
from jobgate.media.storage.names import Method


@require_safe
def video(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    copy = request.GET.get("copy", "")
    return _serve(request, recording_id, lambda recording: file_to_play(recording, copy))


@require_safe
def poster(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    return _serve(request, recording_id, lambda recording: (recording.poster, "image/jpeg"))


@require_safe
def storyboard(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    return _serve(request, recording_id, lambda recording: (recording.storyboard, "image/jpeg"))


def _serve(
    request: HttpRequest, recording_id: UUID, choose: Callable[[Recording], tuple[str, str]]
) -> HttpResponseBase:
    """Serve the file of the name and type that `choose` returns."""
    try:
        name, content_type = choose(_granted(request, recording_id))
        if not name:
            raise GrantRefused
        response = _file(request, name, content_type)
    except ApiError as error:
        response = JsonResponse(error.body(), status=error.status)
    # A grant is asked for again each time: the copy in the browser is not enough.
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _granted(request: HttpRequest, recording_id: UUID) -> Recording:
    """Return the recording if the grant is for it and still right; raise GrantRefused."""
    grant = grants.verify(request.GET.get("grant", ""))
    if grant.recording_id != recording_id:
        raise GrantRefused
    with tenant_scope(grant.organization_id):
        recording = Recording.objects.filter(pk=recording_id).first()
        if recording is None or not access.may_play(grant.actor_id, recording_id):
            raise GrantRefused
    return recording


def _file(request: HttpRequest, name: str, content_type: str) -> HttpResponseBase:
    response: HttpResponseBase
    method: Method = "HEAD" if request.method == "HEAD" else "GET"
    if address := storage.files().address(name, content_type, method):
        # The storage serves ranges itself, until the address grows old.
        return HttpResponseRedirect(address)
    if settings.X_ACCEL_REDIRECT:
        # nginx reads the file, ranges included; Django has checked the grant.
        response = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = f"{settings.X_ACCEL_REDIRECT.rstrip('/')}/{name}"
    else:
        response = serve_file(request, storage.path_of(name), content_type)
    response["Content-Disposition"] = "inline"
    return response
