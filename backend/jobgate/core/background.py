"""Background jobs over Procrastinate.

A job carries ids and its tenant, is enqueued in the transaction of the change that needs it,
has a time limit and retries, and may run twice: its function must not mind.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import close_old_connections, connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jobgate.core.tenancy import no_tenant, tenant_scope

STALLED_AFTER_SECONDS = 30


@dataclass(frozen=True)
class Task:
    """A registered job: `run` is its plain function, with the tenant entered."""

    name: str
    function: Callable[..., None]

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

    `seconds` is its time limit. `cron` makes it periodic; its optional sixth field is seconds.
    """

    def register(function: Callable[..., None]) -> Task:
        label = function.__module__.removeprefix("jobgate.").removesuffix(".tasks")
        registered = Task(f"{label}.{function.__name__}", function)
        _tasks[registered.name] = registered

        async def perform(timestamp: int = 0, **arguments: Any) -> None:
            # Procrastinate gives `timestamp` to periodic jobs.
            await asyncio.wait_for(asyncio.to_thread(_perform, registered, arguments), seconds)

        # Waits of 2, 4, 8 … seconds between tries.
        retry = RetryStrategy(max_attempts=retries, exponential_wait=2)
        deferrable = app.task(
            name=registered.name, queue=queue, retry=retry, queueing_lock=cron and registered.name
        )(perform)
        if cron:
            app.periodic(cron=cron)(deferrable)
        return registered

    return register


def _perform(registered: Task, arguments: dict[str, Any]) -> None:
    try:
        registered.run(**arguments)
    finally:
        # Threads of the worker give their connection back to the pool.
        close_old_connections()
        connection.close()


def enqueue(task: Task, *, organization_id: UUID, lock: str | None = None, **ids: Any) -> None:
    """Add a job in the current transaction; jobs of one `lock` run one after another."""
    arguments = {name: str(value) for name, value in ids.items()}
    app.configure_task(task.name, lock=lock).defer(
        organization_id=str(organization_id), **arguments
    )


def run_waiting_jobs() -> int:
    """Run what is in the queue, in this thread and connection; return how many (for tests)."""
    done = 0
    while row := _take_job():
        identifier, name, arguments = row
        _tasks[name].run(**arguments)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [identifier])
        done += 1
    return done


def _take_job() -> tuple[int, str, dict[str, Any]] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args FROM procrastinate_jobs "
            "WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()) "
            "ORDER BY id LIMIT 1"
        )
        row: tuple[int, str, Any] | None = cursor.fetchone()
    if row is None:
        return None
    identifier, name, arguments = row
    if isinstance(arguments, str):
        import json

        arguments = json.loads(arguments)
    return identifier, name, arguments


def unlock_stalled_jobs() -> int:
    """Put jobs whose worker died back in the queue; return how many."""

    async def retry() -> int:
        manager = app.job_manager
        stalled = list(
            await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS)
        )
        for job in stalled:
            await manager.retry_job(job)
        return len(stalled)

    return asyncio.run(retry())
