"""`./jobgate manage …`: Django's commands on this installation, whether it runs or not."""

import contextlib
import subprocess
from collections.abc import Mapping, Sequence

from launcher import building, codes, environment, lock
from launcher import database as databases
from launcher.address import Address
from launcher.database import Database
from launcher.failure import Failure
from launcher.layout import Layout
from launcher.up import Options, process_environment


def run(layout: Layout, arguments: Sequence[str]) -> int:
    """Run `manage.py` with the settings of `up`; return its exit code."""
    environment.prepare(layout)
    building.translations(layout)
    environ = process_environment(layout, Options(Address("127.0.0.1", 8000)))
    with contextlib.ExitStack() as stack:
        database = reach(layout, environ, stack)
        environ = databases.process_environment(environ, database)
        command = [str(layout.python), "manage.py", *arguments]
        env = {**environ, "JOBGATE_PROCESS": "manage"}
        return subprocess.call(command, cwd=layout.backend, env=env)  # noqa: S603


def reach(layout: Layout, environ: Mapping[str, str], stack: contextlib.ExitStack) -> Database:
    """Return the outside database, the one of a running `up`, or one started for this command."""
    if environ.get("DB_HOST"):
        return databases.outside(environ)
    try:
        stack.enter_context(lock.take(layout.run / "lock", "manage"))
    except Failure as failure:
        if failure.code != codes.ALREADY_RUNNING:
            raise
        return databases.running(layout, environ)
    database = databases.start_own(layout, environ)
    stack.callback(database.stop)
    databases.migrate(layout, database, databases.process_environment(environ, database))
    return database
