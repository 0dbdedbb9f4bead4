"""Limit how often something is begun, in the memory of one process."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from jobgate.core.errors import TooManyRequests

MINUTE = 60.0
KEYS = 10_000


class Limiter:
    """So many starts a minute for each key; a whole minute's starts may come at once.

    Of each key it keeps the moment when all its starts are paid off (GCRA). The table is bounded:
    the key that was quiet for longest is forgotten first.
    """

    def __init__(self, keys: int = KEYS, clock: Callable[[], float] = time.monotonic) -> None:
        self._paid_off: OrderedDict[str, float] = OrderedDict()
        self._keys = keys
        self._clock = clock

    def check(self, key: str, per_minute: int) -> None:
        """Count a start; raise TooManyRequests, which is not counted. 0 means no limit."""
        if per_minute <= 0:
            return
        now, cost = self._clock(), MINUTE / per_minute
        paid_off = max(self._paid_off.get(key, now), now) + cost
        wait = paid_off - now - MINUTE
        # A start is let in whatever the rounding, when its turn has come.
        if wait > cost / 1000:
            raise TooManyRequests(retry_after=math.ceil(wait))
        self._paid_off[key] = paid_off
        self._paid_off.move_to_end(key)
        if len(self._paid_off) > self._keys:
            self._paid_off.popitem(last=False)

    def __len__(self) -> int:
        return len(self._paid_off)
