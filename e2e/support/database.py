"""A database of the tests' own, on the PostgreSQL that the environment names."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

# Where one connects to make databases.
MAINTENANCE = "postgres"


def name(environ: Mapping[str, str] = os.environ) -> str:
    """Return the name of the tests' database: never the one that holds real data."""
    return f"{environ.get('DB_NAME', 'jobgate').removesuffix('_e2e')}_e2e"


def connect(database: str, environ: Mapping[str, str] = os.environ) -> psycopg.Connection[Any]:
    """Connect as the owner of the tables, each statement its own transaction."""
    return psycopg.connect(
        dbname=database,
        host=environ.get("DB_HOST", "127.0.0.1"),
        port=environ.get("DB_PORT", "5432"),
        user=environ.get("DB_OWNER_USER") or environ.get("DB_USER", "jobgate_app"),
        password=_secret(environ, "DB_OWNER_PASSWORD") or _secret(environ, "DB_PASSWORD"),
        autocommit=True,
    )


def _secret(environ: Mapping[str, str], name: str) -> str:
    file = environ.get(f"{name}_FILE")
    return Path(file).read_text(encoding="utf-8").strip() if file else environ.get(name, "")


def create(environ: Mapping[str, str] = os.environ) -> None:
    """Make the database anew."""
    drop(environ)
    with connect(MAINTENANCE, environ) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name(environ))))


def drop(environ: Mapping[str, str] = os.environ) -> None:
    """Remove the database, whoever is connected to it."""
    with connect(MAINTENANCE, environ) as connection:
        query = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(query.format(sql.Identifier(name(environ))))


def rows(query: LiteralString, *values: object) -> list[tuple[Any, ...]]:
    """Return what a query finds, past every tenant."""
    with connect(name()) as connection:
        return connection.execute(query, values).fetchall()


def value(query: LiteralString, *values: object) -> Any:
    """Return the one value that a query finds."""
    [[found]] = rows(query, *values)
    return found


def execute(query: LiteralString, *values: object) -> None:
    """Change something that no screen can change, such as the time."""
    with connect(name()) as connection:
        connection.execute(query, values)
