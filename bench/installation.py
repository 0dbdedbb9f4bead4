"""The product as `./jobgate up` runs it, on a PostgreSQL of its own."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from support.product import Product

from bench import machine, tickets
from bench.faults.postgres import Postgres


@dataclass
class Installation:
    """What runs."""

    product: Product
    postgres: Postgres

    def processes(self) -> dict[str, list[int]]:
        """Return the processes of each part: the web process, the worker, PostgreSQL."""
        parts = {
            "web": self.product.web.running,
            "worker": self.product.worker.running,
            "PostgreSQL": self.postgres.cluster.process,
        }
        return {name: machine.family(part.pid) for name, part in parts.items() if part}

    def memory(self) -> dict[str, float]:
        """Return what each part holds, in MiB (PSS)."""
        held = {}
        for name, pids in self.processes().items():
            # A child of the worker or of PostgreSQL may end at any moment.
            with suppress(FileNotFoundError, ProcessLookupError):
                held[name] = machine.pss_mib(pids)
        return held


@contextmanager
def running(folder: Path, core: int | None = None, **settings: str) -> Iterator[Installation]:
    """Install the product in a folder, and keep it running, on one core if that is wished."""
    postgres = Postgres(folder)
    try:
        postgres.start()
        postgres.make_roles()
        product = Product(folder, folder, surroundings=postgres.environ())
        product.environ.update(settings)
        tickets.prepare(product.environ["SECRET_KEY"])
        try:
            product.install()
            product.start()
            installation = Installation(product, postgres)
            if core is not None:
                machine.pin(chain.from_iterable(installation.processes().values()), core)
            yield installation
        finally:
            product.stop()
    finally:
        postgres.stop()
