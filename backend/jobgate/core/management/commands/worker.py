"""Run jobs in two lanes of one process: what can wait never stands before what people wait for."""

import asyncio
import os
from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate import App
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.signals import on_stop

from jobgate.core.background import LATER

# psycopg cannot use the loop that Windows would take.
LOOP = asyncio.SelectorEventLoop if os.name == "nt" else None


@dataclass(frozen=True)
class Lane:
    """Queues whose jobs run beside those of the others."""

    queues: list[str]
    concurrency: int
    grace_seconds: float

    async def run(self, app: App) -> None:
        await app.run_worker_async(
            queues=self.queues,
            concurrency=self.concurrency,
            shutdown_graceful_timeout=self.grace_seconds,
            install_signal_handlers=False,
        )


class Command(BaseCommand):
    """Run jobs until a signal stops it."""

    help = "Run background jobs: those that people wait for, and beside them those that can wait."

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Two: a slow mail server must not hold up the next answer.
        parser.add_argument("--concurrency", type=int, default=2, help="Jobs at once.")
        parser.add_argument(
            "--later", type=int, default=1, help="Jobs at once beside them, of those that can wait."
        )
        parser.add_argument(
            "--shutdown-graceful-timeout",
            type=float,
            default=30,
            help="Seconds that running jobs get to end in after a signal.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        connector = django_app.connector
        if not isinstance(connector, DjangoConnector):
            raise TypeError("Procrastinate does not run on Django's database.")
        with django_app.replace_connector(connector.get_worker_connector()) as app:
            grace = options["shutdown_graceful_timeout"]
            prompt = Lane(prompt_queues(app), options["concurrency"], grace)
            later = Lane([LATER], options["later"], grace)
            with asyncio.Runner(loop_factory=LOOP) as runner:
                runner.run(work(app, prompt, later))


def prompt_queues(app: App) -> list[str]:
    """Return every queue that a registered job names, but the one for later."""
    return sorted({task.queue for task in app.tasks.values()} - {LATER})


async def work(app: App, *lanes: Lane) -> None:
    """Run a worker for each lane until a signal comes or one of them fails."""
    async with app.open_async(), asyncio.TaskGroup() as group:
        running = [group.create_task(lane.run(app)) for lane in lanes]

        def stop() -> None:
            for task in running:
                task.cancel()

        with on_stop(stop):
            await asyncio.wait(running)
