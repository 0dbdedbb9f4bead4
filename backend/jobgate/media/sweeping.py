"""Heal what is stuck: a row on its way without a job, an upload that nobody finishes."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.db.models import Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from jobgate.core import clock
from jobgate.core.tenancy import all_tenants, tenant_scope
from jobgate.media import lifecycle
from jobgate.media.errors import StorageUnavailable, UploadBusy, UploadUnknown
from jobgate.media.improving import wants_portable
from jobgate.media.models import Recording
from jobgate.media.services import (
    enqueue_extras,
    enqueue_portable,
    enqueue_processing,
    job_lock,
)
from jobgate.media.upload.store import store

log = structlog.get_logger("jobgate.media")

State = Recording.State
STUCK_AFTER = timedelta(minutes=2)
GIVEN_UP_AFTER = timedelta(days=1)
BATCH = 500
WAITING = ("todo", "doing")


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
        unimproved = _rows(
            Recording.objects.filter(
                Q(extras_outcome="") | Q(plays_everywhere=False, portable_outcome=""),
                state=State.READY,
                ready_at__lt=now - STUCK_AFTER,
            )
        )
    for organization_id, recording_id in expired:
        with tenant_scope(organization_id):
            expire_upload(organization_id, recording_id)
    for organization_id, recording_id in stuck:
        with tenant_scope(organization_id):
            unstick(recording_id)
    for organization_id, recording_id in unimproved:
        with tenant_scope(organization_id):
            improve(recording_id)


def _rows(recordings: QuerySet[Recording]) -> list[tuple[UUID, UUID]]:
    rows = recordings.order_by("state_changed_at")
    return list(rows.values_list("organization_id", "id")[:BATCH])


def expire_upload(organization_id: UUID, recording_id: UUID) -> None:
    """Give up on an upload; its sidecar stays, so that its sender is told."""
    try:
        upload = store.get(organization_id, recording_id)
        with upload.take():
            if upload.sidecar().sealed and not is_long_over(recording_id):
                # It is being handed in at this moment.
                return
            upload.change(expires_at=clock.now())
            upload.drop_bytes()
    except UploadUnknown:
        log.debug("nothing_ever_came", recording=str(recording_id))
    except (UploadBusy, StorageUnavailable) as error:
        log.warning("upload_not_expired", recording=str(recording_id), code=error.code)
        return
    if lifecycle.mark_failed(recording_id, Recording.Reason.UPLOAD_EXPIRED):
        log.info("upload_expired", recording=str(recording_id))


def is_long_over(recording_id: UUID) -> bool:
    ended = Recording.objects.get(pk=recording_id).upload_expires_at
    return ended < clock.now() - GIVEN_UP_AFTER


def unstick(recording_id: UUID) -> None:
    """Enqueue a recording's job again when none is waiting; give up after a day of failures.

    One that waits is left alone however long: it is the worker that was away.
    """
    if has_job(recording_id, *WAITING):
        return
    recording = Recording.objects.get(pk=recording_id)
    old = recording.state_changed_at < clock.now() - GIVEN_UP_AFTER
    if old and has_job(recording_id, "failed"):
        lifecycle.mark_failed(recording_id, Recording.Reason.CRASHED)
    else:
        log.warning("job_enqueued_again", recording=str(recording_id))
        enqueue_processing(recording)


def improve(recording_id: UUID) -> None:
    """Enqueue again what a ready recording lacks and no job waits for; give up what failed."""
    recording = Recording.objects.get(pk=recording_id)
    if not recording.extras_outcome and not has_job(recording_id, *WAITING, kind="extras"):
        if has_job(recording_id, "failed", kind="extras"):
            lifecycle.note_extras(recording_id, Recording.Reason.CRASHED, facts={})
        else:
            enqueue_extras(recording)
    if wants_portable(recording) and not has_job(recording_id, *WAITING, kind="portable"):
        if has_job(recording_id, "failed", kind="portable"):
            lifecycle.give_up_portable(recording_id, Recording.Reason.CRASHED)
        else:
            enqueue_portable(recording)


def has_job(recording_id: UUID, *statuses: str, kind: str = "recording") -> bool:
    """Return whether the recording has a job of this kind in one of these states."""
    jobs = ProcrastinateJob.objects.filter(lock=job_lock(recording_id, kind))
    return jobs.filter(status__in=statuses).exists()
