"""Word that travels upwards."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction

from jobgate.accounts.models import Organization
from jobgate.core import events
from jobgate.core.events import Event, publish, subscribe
from jobgate.core.ids import new_id


@dataclass(frozen=True)
class Rang(Event):
    times: int


@dataclass(frozen=True)
class RangTwice(Rang):
    pass


@pytest.fixture
def heard() -> Iterator[list[int]]:
    words: list[int] = []

    @subscribe(Rang)
    def listen(event: Rang) -> None:
        words.append(event.times)

    yield words
    events._subscribers[Rang].remove(listen)


def test_a_subscriber_hears_at_once(heard: list[int]) -> None:
    publish(Rang(new_id(), times=3))
    assert heard == [3]


def test_another_event_is_not_heard(heard: list[int]) -> None:
    publish(RangTwice(new_id(), times=2))
    assert heard == []


@pytest.mark.django_db
def test_a_subscriber_that_fails_takes_the_change_back(heard: list[int]) -> None:
    """Both happen or neither."""

    @subscribe(Rang)
    def fail(event: Rang) -> None:
        raise RuntimeError

    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            change_and_publish()
    finally:
        events._subscribers[Rang].remove(fail)
    assert not Organization.objects.exists()


def change_and_publish() -> None:
    Organization.objects.create(name="x", slug="x")
    publish(Rang(new_id(), times=1))
