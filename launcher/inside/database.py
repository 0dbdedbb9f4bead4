"""Make roles and database when they are missing; print what state the migrations are in.

Reads a JSON object from standard input: `owner`, `app`, `database`, `host`, `port`, their
passwords, and with `superuser` the right to make them. Run with the environment's Python.
"""

import hashlib
import json
import sys
from typing import Any

import psycopg
from psycopg import sql

RIGHTS = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION"


def connect(
    plan: dict[str, Any], role: str, database: str
) -> "psycopg.Connection[tuple[Any, ...]]":
    """Open a connection in the name of one of the plan's roles."""
    return psycopg.connect(
        host=plan["host"],
        port=plan["port"],
        user=plan[role],
        password=plan[f"{role}_password"] or None,
        dbname=database,
        autocommit=True,
        connect_timeout=10,
    )


def ensure_role(
    connection: "psycopg.Connection[tuple[Any, ...]]", name: str, password: str, extra: str
) -> None:
    """Make the role or bring it to its rights and password."""
    there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    statement = "ALTER ROLE {} WITH " if there else "CREATE ROLE {} WITH "
    query = sql.SQL(statement + RIGHTS + " " + extra + " PASSWORD {}")
    connection.execute(query.format(sql.Identifier(name), sql.Literal(password)))


def ensure_database(plan: dict[str, Any]) -> None:
    """Make both roles, and the database in the hands of the owner."""
    with connect(plan, "superuser", "postgres") as connection:
        makes_databases = "CREATEDB" if plan["throwaway"] else "NOCREATEDB"
        ensure_role(connection, plan["owner"], plan["owner_password"], makes_databases)
        ensure_role(connection, plan["app"], plan["app_password"], "NOCREATEDB")
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [plan["database"]]).fetchone() is None:
            create = sql.SQL("CREATE DATABASE {} OWNER {}")
            names = (sql.Identifier(plan["database"]), sql.Identifier(plan["owner"]))
            connection.execute(create.format(*names))


def migrations(plan: dict[str, Any]) -> str:
    """Return a hash of the migrations that the database says it has."""
    with connect(plan, "owner", plan["database"]) as connection:
        if connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
            return ""
        rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
        return hashlib.sha256(repr(rows.fetchall()).encode()).hexdigest()


def main() -> int:
    """Do what the plan says; print the state of the migrations."""
    plan = json.load(sys.stdin)
    try:
        if plan.get("superuser"):
            ensure_database(plan)
        print(migrations(plan))  # noqa: T201 -- read by the launcher
    except psycopg.Error as error:
        print(str(error).strip(), file=sys.stderr)  # noqa: T201 -- as above
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
