"""Heal what is stuck: a row on its way without a job, an upload that nobody finishes."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.db.models import QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from jobgate.core import clock
from jobgate.core.tenancy import all_tenants, tenant_scope
from jobgate.media import lifecycle
from jobgate.media.errors import UploadUnknown
from jobgate.media.models import Recording
from jobgate.media.services import enqueue_processing, job_lock
from jobgate.media.upload.store import store

log = structlog.get_logger("jobgate.media")

State = Recording.State
STUCK_AFTER = timedelta(minutes=2)
GIVEN_UP_AFTER = timedelta(days=1)
BATCH = 500


def sweep() -> None:
    """Look at every organisation's recordings that are on their way for too long."""
    now = clock.now()
    with all_tenants("the sweeper heals every organisation's recordings"):
        expired = _rows(Recording.objects.filter(state=State.RECEIVING, upload_expires_at__lt=now))
        stuck = _rows(
            Recording.objects.filter(
                state__in=[State.RECEIVED, State.VERIFIED], state_changed_at__lt=now - STUCK_AFTER
            )
        )
    for organization_id, recording_id in expired:
        with tenant_scope(organization_id):
            expire_upload(organization_id, recording_id)
    for organization_id, recording_id in stuck:
        with tenant_scope(organization_id):
            unstick(recording_id)


def _rows(recordings: QuerySet[Recording]) -> list[tuple[UUID, UUID]]:
    rows = recordings.order_by("state_changed_at")
    return list(rows.values_list("organization_id", "id")[:BATCH])


def expire_upload(organization_id: UUID, recording_id: UUID) -> None:
    """Give up on an upload; its sidecar stays, so that its sender is told."""
    if not lifecycle.mark_failed(recording_id, Recording.Reason.UPLOAD_EXPIRED):
        return
    log.info("upload_expired", recording=str(recording_id))
    try:
        upload = store.get(organization_id, recording_id)
        with upload.take():
            upload.change(expires_at=clock.now())
            upload.drop_bytes()
    except UploadUnknown:
        # Nothing ever came.
        return


def unstick(recording_id: UUID) -> None:
    """Enqueue a recording's job again when none is waiting; give up after a day of failures.

    One that waits is left alone however long: it is the worker that was away.
    """
    if has_job(recording_id, "todo", "doing"):
        return
    recording = Recording.objects.get(pk=recording_id)
    old = recording.state_changed_at < clock.now() - GIVEN_UP_AFTER
    if old and has_job(recording_id, "failed"):
        lifecycle.mark_failed(recording_id, Recording.Reason.CRASHED)
    else:
        log.warning("job_enqueued_again", recording=str(recording_id))
        enqueue_processing(recording)


def has_job(recording_id: UUID, *statuses: str) -> bool:
    """Return whether the recording has a job in one of these states."""
    jobs = ProcrastinateJob.objects.filter(lock=job_lock(recording_id))
    return jobs.filter(status__in=statuses).exists()
