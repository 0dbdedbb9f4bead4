"""Ask a folder at once, and a bucket or its database in a thread: the network may take long."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.db import InterfaceError, OperationalError, connections

from jobgate.core.tenancy import tenant_scope
from jobgate.media import storage
from jobgate.media.errors import StorageUnavailable
from jobgate.media.storage.s3 import CONNECTIONS

P = ParamSpec("P")
T = TypeVar("T")

# Apart from the loop's own: a bucket that is slow must not hold up what has nothing to do with it.
_pool = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="bucket")
# They wait for the disk, which writes for many at once. As many as the loop's own (two cores: six)
# let a slow second of the disk grow into a queue; threads that are not needed are not made.
_disk = ThreadPoolExecutor(32, thread_name_prefix="disk")


async def reach(
    organization_id: UUID, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Call what is quick with a folder; with a bucket, in a thread."""
    if not storage.in_bucket():
        return function(*args, **kwargs)
    return await in_thread(organization_id, function, *args, **kwargs)


def in_thread(
    organization_id: UUID, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> "asyncio.Future[T]":
    """Call the function in a thread; with a bucket, in the organisation's scope."""
    call = partial(function, *args, **kwargs)
    loop = asyncio.get_running_loop()
    if not storage.in_bucket():
        return loop.run_in_executor(_disk, call)
    context = copy_context()
    return loop.run_in_executor(_pool, lambda: context.run(_perform, organization_id, call))


async def to_its_end(work: "asyncio.Future[T]") -> T:
    """Wait for a thread however often cancelled: the upload must not be let go under its hands."""
    interrupted: asyncio.CancelledError | None = None
    while not work.done():
        try:
            await asyncio.wait([work])
        except asyncio.CancelledError as error:
            interrupted = error
    if interrupted is not None and work.exception() is None:
        raise interrupted
    return work.result()


def _perform(organization_id: UUID, function: Callable[[], T]) -> T:
    try:
        with tenant_scope(organization_id):
            return function()
    except (OperationalError, InterfaceError) as error:
        raise StorageUnavailable from error
    finally:
        # Back to the pool: these threads wait for the network most of the time.
        connections.close_all()
