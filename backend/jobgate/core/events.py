"""Word that travels upwards: an app below publishes, apps above subscribe.

Subscribers run at once, inside the publisher's transaction. One whose work must happen enqueues
a job there, so that the change and its consequence are committed together or not at all.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID


@dataclass(frozen=True)
class Event:
    """Something that happened to a tenant's row."""

    organization_id: UUID


E = TypeVar("E", bound=Event)

_subscribers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register the decorated function for events of this type."""

    def register(function: Callable[[E], None]) -> Callable[[E], None]:
        _subscribers[event_type].append(function)
        return function

    return register


def publish(event: Event) -> None:
    """Call every subscriber of the event's type."""
    for function in _subscribers[type(event)]:
        function(event)
