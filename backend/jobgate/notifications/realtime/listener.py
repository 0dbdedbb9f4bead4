"""One LISTEN connection for all pages of this process."""

import asyncio
from contextlib import suppress

import psycopg
import structlog
from procrastinate.contrib.django.utils import connector_params
from psycopg import sql

from jobgate.notifications.realtime.channel import CHANNEL, parse
from jobgate.notifications.realtime.hub import Hub

FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 15.0
# How often a silent connection is asked whether it still lives.
CHECK_SECONDS = 30.0

log = structlog.get_logger("jobgate.live")


class Listener:
    """Hear changes until closed; reconnect with growing waits when the database goes away."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._ready = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def ready(self, seconds: float) -> bool:
        """Start if need be; return whether changes are being heard within `seconds`."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="live listener")
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ready.wait(), seconds)
        return self._ready.is_set()

    async def close(self) -> None:
        self._hub.end_all()
        if self._task is None:
            return
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        self._task = None

    async def _run(self) -> None:
        wait = FIRST_WAIT_SECONDS
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError) as error:
                log.warning("live_connection_lost", error=type(error).__name__)
            if self._ready.is_set():
                wait = FIRST_WAIT_SECONDS
                self._ready.clear()
                self._hub.end_all()
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)

    async def _listen(self) -> None:
        connection = await psycopg.AsyncConnection.connect(**connector_params(), autocommit=True)
        async with connection:
            await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
            self._ready.set()
            while True:
                async for notice in connection.notifies(timeout=CHECK_SECONDS):
                    self._hub.publish(parse(notice.payload))
                await connection.execute("SELECT 1")
