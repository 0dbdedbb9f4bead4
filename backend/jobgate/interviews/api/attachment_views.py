"""Give out the files that answer questions: always to be saved, never to be shown."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from jobgate.core.errors import ApiError, NotFound
from jobgate.core.tenancy import tenant_scope
from jobgate.interviews import access, attachments
from jobgate.media import documents
from jobgate.media.storage import FileMissing


@require_safe
def attachment(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    try:
        response = _file(request.GET.get("grant", ""), attachment_id)
    except ApiError as error:
        response = JsonResponse(error.body(), status=error.status)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file(text: str, attachment_id: UUID) -> HttpResponse:
    grant = attachments.verify(text, attachment_id)
    with tenant_scope(grant.organization_id):
        found = access.attachment_for(grant.actor_id, attachment_id)
    try:
        data = documents.read(found.stored_name)
    except FileMissing as error:
        raise NotFound from error
    response = HttpResponse(data, content_type=found.content_type)
    name = content_disposition_header(as_attachment=True, filename=found.file_name)
    response["Content-Disposition"] = name or "attachment"
    # Whoever opens it all the same runs nothing of it.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
