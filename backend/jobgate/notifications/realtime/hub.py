"""Who listens in this process, by organisation."""

import asyncio
from collections import defaultdict
from uuid import UUID

from jobgate.notifications.realtime.channel import Change

# A page that is so far behind reconnects and fetches again: cheaper than a long queue.
WAITING_CHANGES = 64


class Subscription:
    """One page's queue of changes; None in it means the end."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Change | None] = asyncio.Queue(WAITING_CHANGES)

    async def next(self) -> Change | None:
        return await self._queue.get()

    def offer(self, change: Change) -> None:
        """Add the change, or end when the page is too slow."""
        if self._queue.full():
            self.end()
        else:
            self._queue.put_nowait(change)

    def end(self) -> None:
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(None)


class Hub:
    """Give each change to the pages of its organisation, and to no others."""

    def __init__(self) -> None:
        self._pages: defaultdict[UUID, set[Subscription]] = defaultdict(set)

    def __len__(self) -> int:
        return sum(len(pages) for pages in self._pages.values())

    def join(self, organization_id: UUID) -> Subscription:
        subscription = Subscription()
        self._pages[organization_id].add(subscription)
        return subscription

    def leave(self, organization_id: UUID, subscription: Subscription) -> None:
        pages = self._pages[organization_id]
        pages.discard(subscription)
        if not pages:
            del self._pages[organization_id]

    def publish(self, change: Change) -> None:
        for page in self._pages.get(change.organization_id, ()):
            page.offer(change)

    def end_all(self) -> None:
        """Send every page away; they reconnect, and fetch what they may have missed."""
        for pages in self._pages.values():
            for page in pages:
                page.end()
