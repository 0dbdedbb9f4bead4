"""Imports of people as screens show them."""

from typing import Any

from django.db.models import QuerySet

from jobgate.interviews.models import ImportLine, InvitationImport

State = InvitationImport.State


def shape(batch: InvitationImport) -> dict[str, Any]:
    """Return an import with what its numbers mean in its present state."""
    reading = batch.state == State.READING
    # People who turned out to be invited already only when it was their turn were good lines.
    skipped_first = batch.skipped - (0 if reading else batch.done - batch.invited)
    looked_at = batch.done if reading else batch.lines
    return {
        "id": batch.id,
        "campaign": batch.campaign_id,
        "file_name": batch.file_name,
        "state": batch.state,
        "reason": batch.reason,
        "lines": batch.lines,
        "good": batch.good,
        "wrong": looked_at - batch.good - skipped_first,
        "skipped": batch.skipped,
        "done": batch.done,
        "total": batch.lines if reading else batch.good,
        "invited": batch.invited,
        "created_at": batch.created_at,
        "updated_at": batch.updated_at,
    }


def line_rows(found: QuerySet[ImportLine]) -> QuerySet[Any, Any]:
    """Return what a list shows of each line."""
    shown: QuerySet[Any, Any] = found.values("id", "number", "state", "person", "errors")
    return shown
