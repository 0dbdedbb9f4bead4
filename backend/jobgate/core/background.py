"""Background jobs over Procrastinate.

A job carries ids and its tenant, is enqueued in the transaction of the change that needs it,
has a time limit and retries, and may run twice: its function must not mind.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from asgiref.sync import async_to_sync
from django.db import close_old_connections, connection, transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job, JobDeferrer, Status
from procrastinate.manager import JobManager

from jobgate.core.tenancy import no_tenant, tenant_scope

STALLED_AFTER_SECONDS = 30
KEPT_HOURS = 7 * 24
# The queue of jobs that nobody waits for: a worker runs them beside the others.
LATER = "later"


@dataclass(frozen=True)
class Task:
    """A registered job: `run` is its plain function, with the tenant entered."""

    name: str
    function: Callable[..., None]
    retries: int
    seconds: int

    def run(self, organization_id: str | None = None, **arguments: Any) -> None:
        with no_tenant():
            if organization_id is None:
                self.function(**arguments)
                return
            with tenant_scope(UUID(organization_id)):
                self.function(**arguments)


_tasks: dict[str, Task] = {}


def task(
    *, queue: str = "default", seconds: int = 300, retries: int = 8, cron: str | None = None
) -> Callable[[Callable[..., None]], Task]:
    """Register a job.

    `seconds` is its time limit: then it is called failed, although its thread cannot be stopped;
    what may hang (another program, the network) needs a shorter limit of its own. `cron` makes it
    periodic; its optional sixth field is seconds.
    """

    def register(function: Callable[..., None]) -> Task:
        label = function.__module__.removeprefix("jobgate.").removesuffix(".tasks")
        registered = Task(f"{label}.{function.__name__}", function, retries, seconds)
        _tasks[registered.name] = registered

        async def perform(context: JobContext, /, timestamp: int = 0, **arguments: Any) -> None:
            # Procrastinate gives `timestamp` to periodic jobs.
            work = asyncio.to_thread(_perform, registered, context.job.id, arguments)
            await asyncio.wait_for(work, seconds)

        # Waits of 2, 4, 8 … seconds between tries.
        retry = RetryStrategy(max_attempts=retries, exponential_wait=2)
        deferrable = app.task(
            name=registered.name,
            queue=queue,
            retry=retry,
            queueing_lock=cron and registered.name,
            pass_context=True,
        )(perform)
        if cron:
            app.periodic(cron=cron)(deferrable)
        return registered

    return register


def _perform(registered: Task, job_id: int | None, arguments: dict[str, Any]) -> None:
    ids = {name: value for name, value in arguments.items() if name.endswith("_id")}
    try:
        with structlog.contextvars.bound_contextvars(job=job_id, task=registered.name, **ids):
            registered.run(**arguments)
    finally:
        # Threads of the worker give their connection back to the pool.
        close_old_connections()
        connection.close()


def enqueue(task: Task, *, organization_id: UUID, lock: str | None = None, **ids: Any) -> None:
    """Add a job in the current transaction; jobs of one `lock` run one after another."""
    arguments = {name: str(value) for name, value in ids.items()}
    job = app.configure_task(task.name, lock=lock).job
    deferrer = JobDeferrer(job=job, job_manager=_jobs_in_this_transaction())
    deferrer.defer(organization_id=str(organization_id), **arguments)


def _jobs_in_this_transaction() -> JobManager:
    # Inside a worker the app's own connector has connections beside Django's: a job enqueued
    # there would be committed even when the work that wants it is rolled back.
    return JobManager(DjangoConnector())


def run_waiting_jobs(*, later: bool = True) -> int:
    """Run what is in the queue, in this thread and connection; return how many (for tests).

    Without `later`, jobs that can wait stay where they are.
    """
    done = 0
    while row := _take_job(later=later):
        identifier, name, arguments = row
        _tasks[name].run(**arguments)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [identifier])
        done += 1
    return done


def _take_job(*, later: bool) -> tuple[int, str, dict[str, Any]] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args FROM procrastinate_jobs "
            "WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()) "
            "AND (%s OR queue_name <> %s) ORDER BY id LIMIT 1",
            [later, LATER],
        )
        row: tuple[int, str, Any] | None = cursor.fetchone()
    if row is None:
        return None
    identifier, name, arguments = row
    if isinstance(arguments, str):
        arguments = json.loads(arguments)
    return identifier, name, arguments


def unlock_stalled_jobs() -> int:
    """Put jobs whose worker died back in the queue; return how many.

    A job that had a dead worker at each of its tries is given up as failed.
    """
    with transaction.atomic():
        if not _is_the_only_repair():
            return 0
        return async_to_sync(_retry_stalled)(_jobs_in_this_transaction())


def _is_the_only_repair() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('jobgate.unlock_stalled_jobs'))")
        return bool(cursor.fetchone()[0])


async def _retry_stalled(jobs: JobManager) -> int:
    retried = 0
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        if job.attempts < _tries(job):
            await jobs.retry_job(job)
            retried += 1
        else:
            await jobs.finish_job(job, Status.FAILED, delete_job=False)
    return retried


def _tries(job: Job) -> int:
    registered = _tasks.get(job.task_name)
    return registered.retries if registered else 1


def forget_finished_jobs() -> None:
    """Remove jobs that succeeded over a week ago; those that failed stay to be looked at."""
    async_to_sync(_jobs_in_this_transaction().delete_old_jobs)(nb_hours=KEPT_HOURS)
