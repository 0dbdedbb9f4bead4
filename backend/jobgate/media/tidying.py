"""Remove files whose work is done: originals of long ago, and copies that were replaced."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from jobgate.core import clock
from jobgate.core.tenancy import all_tenants, tenant_scope
from jobgate.media import lifecycle, storage
from jobgate.media.models import Recording
from jobgate.media.processing import name

log = structlog.get_logger("jobgate.media")

ORIGINAL_KEPT = timedelta(days=7)
# A page may stay open over a night, and go on with the copy that it began.
REPLACED_KEPT = timedelta(days=2)
# A day's work; what is left comes the next day.
BATCH = 20_000


def remove_spent_files() -> None:
    """Look at every organisation's recordings."""
    with all_tenants("the tidier removes spent files of every organisation"):
        originals = _rows(spent_originals())
        replaced = _rows(spent_copies())
    for organization_id, recording_id in originals:
        with tenant_scope(organization_id):
            remove_original(recording_id)
    for organization_id, recording_id in replaced:
        with tenant_scope(organization_id):
            remove_replaced(recording_id)


def spent_originals() -> QuerySet[Recording]:
    """Return the recordings whose checked copy has been ready for long enough.

    One that was refused or failed keeps what came: somebody may want to look at it.
    """
    return Recording.objects.filter(
        state=Recording.State.READY,
        ready_at__lte=clock.now() - ORIGINAL_KEPT,
        original_removed_at__isnull=True,
    ).order_by("ready_at")


def spent_copies() -> QuerySet[Recording]:
    return Recording.objects.filter(
        ~Q(replaced=""), replaced_at__lte=clock.now() - REPLACED_KEPT
    ).order_by("replaced_at")


def _rows(recordings: QuerySet[Recording]) -> list[tuple[UUID, UUID]]:
    return list(recordings.values_list("organization_id", "id")[:BATCH])


@transaction.atomic
def remove_original(recording_id: UUID) -> bool:
    """Remove the file as it came; its length and its hash stay. Return whether it was done."""
    recording = lifecycle.locked(recording_id)
    if not spent_originals().filter(pk=recording_id).exists() or not playable(recording):
        return False
    # The file first: cut off here, the next time removes nothing and notes it.
    storage.files().delete(name(recording, storage.ORIGINAL))
    recording.original_removed_at = clock.now()
    recording.save(update_fields=["original_removed_at"])
    log.info("original_removed", recording=str(recording_id), sha256=recording.sha256)
    return True


def playable(recording: Recording) -> bool:
    """Tell whether the copy is really there: without it the original is all there is."""
    try:
        return storage.files().size(recording.derivative) > 0
    except storage.FileMissing:
        log.error("derivative_missing", recording=str(recording.id))
        return False


@transaction.atomic
def remove_replaced(recording_id: UUID) -> bool:
    """Remove the copy that another took the place of. Return whether it was done."""
    recording = lifecycle.locked(recording_id)
    if not spent_copies().filter(pk=recording_id).exists():
        return False
    storage.files().delete(recording.replaced)
    log.info("replaced_copy_removed", recording=str(recording_id))
    recording.replaced = ""
    recording.save(update_fields=["replaced"])
    return True
