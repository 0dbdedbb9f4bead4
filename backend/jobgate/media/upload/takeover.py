"""One connection writes an upload; the newest wins.

A connection that went silent keeps its lock until the network notices, which may take minutes.
So whoever comes next asks for the lock: in this process by cancelling the holder, in another one
by touching a file that each process watches while it writes.
"""

import asyncio
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from jobgate.media.errors import UploadBusy
from jobgate.media.upload.store import LockHeld, Upload, Writer
from jobgate.media.upload.threads import in_thread, reach

WATCH_SECONDS = 0.1
TRY_SECONDS = 0.02
PATIENCE_SECONDS = 4.0


class Holder:
    """A request that writes an upload at the moment."""

    def __init__(self, writer: Writer, task: "asyncio.Task[Any]", organization_id: UUID) -> None:
        self.writer = writer
        self.organization_id = organization_id
        self.task = task
        self.gave_way = False

    def give_way(self) -> None:
        if not self.gave_way:
            self.gave_way = True
            self.task.cancel()

    def resume(self) -> None:
        """Take back the cancellation, so that the request can end in order."""
        self.task.uncancel()


_holders: dict[Hashable, Holder] = {}
_watcher: "asyncio.Task[None] | None" = None


@contextmanager
def held(upload: Upload, writer: Writer, organization_id: UUID) -> Iterator[Holder]:
    """Hold the upload in the name of the running request."""
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("An upload is written by a task.")
    holder = Holder(writer, task, organization_id)
    _holders[upload.key] = holder
    _watch()
    try:
        yield holder
    finally:
        if _holders.get(upload.key) is holder:
            del _holders[upload.key]


async def acquire(upload: Upload, organization_id: UUID) -> Writer:
    """Become the one who writes, making an earlier connection give way; raise UploadBusy."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE_SECONDS
    while loop.time() < deadline:
        if holder := _holders.get(upload.key):
            # It stores what it has before it ends.
            holder.give_way()
        else:
            try:
                return await reach(organization_id, upload.open)
            except LockHeld:
                upload.ask_for_lock()
        await asyncio.sleep(TRY_SECONDS)
    raise UploadBusy


def _watch() -> None:
    """Keep one watcher running while this process writes anything."""
    global _watcher
    if _watcher is None or _watcher.done():
        _watcher = asyncio.get_running_loop().create_task(_look_out())


async def _look_out() -> None:
    while _holders:
        await asyncio.sleep(WATCH_SECONDS)
        for holder in list(_holders.values()):
            if holder.writer.must_give_way():
                holder.give_way()
            elif holder.writer.overdue():
                stored = in_thread(holder.organization_id, holder.writer.store)
                # What fails is told to the request, by its own next write.
                stored.add_done_callback(lambda done: done.cancelled() or done.exception())
