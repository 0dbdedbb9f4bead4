"""The web process at its start."""

import asyncio
import gc
from collections.abc import Iterator

import pytest

from jobgate.config.asgi import application
from jobgate.core.asgi import Message

LOADED = 50_000


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """Let the tests' own objects be collected again."""
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_is_loaded_at_the_start_is_spared_from_garbage_collection() -> None:
    messages = iter(["lifespan.startup", "lifespan.shutdown"])
    answers = []

    async def receive() -> Message:
        return {"type": next(messages)}

    async def send(message: Message) -> None:
        answers.append(message["type"])

    asyncio.run(application({"type": "lifespan"}, receive, send))
    assert answers == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert gc.get_freeze_count() > LOADED
