"""The database of a run: one of our own or an outside one, with its roles, migrated."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launcher import codes, commands, environment, say, secret_files, steps
from launcher.failure import Failure, need_room
from launcher.layout import Layout
from launcher.postgres import binaries
from launcher.postgres.cluster import SUPERUSER, Cluster

DATA_MEGABYTES = 300
INSIDE = Path(__file__).resolve().parent / "inside"
OWNER, APP, NAME = "jobgate_owner", "jobgate_app", "jobgate"


@dataclass(frozen=True)
class Database:
    """How to reach a database; `variables` is what the back end is told, beside its own."""

    plan: dict[str, object]
    variables: dict[str, str]
    cluster: Cluster | None = None

    def stop(self) -> None:
        """Stop the server if it is ours."""
        if self.cluster is not None:
            self.cluster.stop()


def outside(environ: Mapping[str, str]) -> Database:
    """Return the server that the environment names."""
    app, password = environ.get("DB_USER", APP), _secret(environ, "DB_PASSWORD")
    plan: dict[str, object] = {
        "host": environ["DB_HOST"],
        "port": environ.get("DB_PORT", "5432"),
        "database": environ.get("DB_NAME", NAME),
        "owner": environ.get("DB_OWNER_USER", app),
        "owner_password": _secret(environ, "DB_OWNER_PASSWORD") or password,
    }
    return Database(plan, {})


def _secret(environ: Mapping[str, str], name: str) -> str:
    file = environ.get(f"{name}_FILE")
    try:
        return Path(file).read_text().strip() if file else environ.get(name, "")
    except OSError as error:
        raise Failure(codes.USAGE, f"{name}_FILE: {error}") from error


def start_own(layout: Layout, environ: Mapping[str, str], *, throwaway: bool = False) -> Database:
    """Start a PostgreSQL of our own; a throwaway one is for tests and does not sync."""
    cluster = _own_cluster(layout, environ, throwaway=throwaway)
    need_room(cluster.folder, DATA_MEGABYTES)
    with say.step(f"PostgreSQL {cluster.binaries.major}"):
        cluster.start()
    return _own(layout, cluster)


def running(layout: Layout, environ: Mapping[str, str]) -> Database:
    """Return our own PostgreSQL that another run of the command has started, and will stop."""
    cluster = _own_cluster(layout, environ, throwaway=False)
    cluster.attach()
    return _own(layout, cluster)


def _own_cluster(layout: Layout, environ: Mapping[str, str], *, throwaway: bool) -> Cluster:
    programs = binaries.find(layout, environ.get("JOBGATE_POSTGRES", ""))
    secrets = secret_files.ensure(layout.secrets)
    folder = layout.home / ("postgres-test" if throwaway else "postgres")
    log = layout.logs / f"{folder.name}.log"
    return Cluster(programs, folder, log, secrets["db_superuser_password"], throwaway)


def _own(layout: Layout, cluster: Cluster) -> Database:
    secrets = secret_files.ensure(layout.secrets)
    plan = _own_plan(cluster, secrets, throwaway=cluster.throwaway)
    return Database(plan, _own_variables(cluster, secrets), cluster)


def _own_plan(
    cluster: Cluster, secrets: Mapping[str, Path], *, throwaway: bool
) -> dict[str, object]:
    return {
        "host": cluster.host,
        "port": cluster.port,
        "database": NAME,
        "owner": OWNER,
        "owner_password": secrets["db_owner_password"].read_text(),
        "app": APP,
        "app_password": secrets["db_password"].read_text(),
        "superuser": SUPERUSER,
        "superuser_password": secrets["db_superuser_password"].read_text(),
        "throwaway": throwaway,
    }


def _own_variables(cluster: Cluster, secrets: Mapping[str, Path]) -> dict[str, str]:
    return {
        "DB_HOST": cluster.host,
        "DB_PORT": str(cluster.port),
        "DB_NAME": NAME,
        "DB_USER": APP,
        "DB_PASSWORD_FILE": str(secrets["db_password"]),
        "DB_OWNER_USER": OWNER,
        "DB_OWNER_PASSWORD_FILE": str(secrets["db_owner_password"]),
    }


def state(layout: Layout, database: Database) -> str:
    """Make what is missing in the server, and return a hash of the migrations it has."""
    done = subprocess.run(  # noqa: S603 -- our own program
        [str(layout.python), str(INSIDE / "database.py")],
        input=json.dumps(database.plan),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        where = f"{database.plan['host']}, port {database.plan['port']}"
        raise Failure(
            codes.POSTGRES_FAILED,
            f"The database at {where} refused:\n{commands.tail(done.stderr)}",
        )
    return done.stdout.strip()


def migrate(layout: Layout, database: Database, environ: Mapping[str, str]) -> None:
    """Migrate unless these same migrations were already run on this same database."""
    files = [
        *sorted(layout.backend.glob("jobgate/*/migrations/*.py")),
        layout.requirements / "base.txt",
        INSIDE / "migrate.py",
    ]
    facts = [f"{database.plan[key]}" for key in ("host", "port", "database", "owner")]
    facts.append(environment.venv_step(layout).depends_on)
    code = steps.fingerprint([*facts, environ.get("DB_USER", APP)], files)
    stamp = layout.stamps / "migrations"
    before = state(layout, database)
    if stamp.is_file() and stamp.read_text() == code + before:
        return
    with say.step("Database tables"):
        _run_migrations(layout, environ)
    steps.write_stamp(layout.stamps, "migrations", code + state(layout, database))


def _run_migrations(layout: Layout, environ: Mapping[str, str]) -> None:
    commands.run_logged(
        [layout.python, INSIDE / "migrate.py"],
        layout.logs / "migrate.log",
        cwd=layout.backend,
        env={**environ, "JOBGATE_DB_ROLE": "owner", "JOBGATE_PROCESS": "migrate"},
        what="Migrating the database",
        own_codes=True,
    )


def open_database(layout: Layout, environ: Mapping[str, str]) -> Database:
    """Return the outside server when DB_HOST names one, else start our own."""
    return outside(environ) if environ.get("DB_HOST") else start_own(layout, environ)


def process_environment(environ: Mapping[str, str], database: Database) -> dict[str, str]:
    """Return what the back end's processes are told of the database."""
    variables = {**environ, **database.variables}
    return variables if database.cluster is None else _without_plain(variables)


def _without_plain(variables: dict[str, str]) -> dict[str, str]:
    """Drop a password of another server: the file of ours is the one that counts."""
    return {k: v for k, v in variables.items() if k not in ("DB_PASSWORD", "DB_OWNER_PASSWORD")}
