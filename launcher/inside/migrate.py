"""Migrate and grant, as the owner of the tables; refuse a database that is newer than the code.

Run with the environment's Python, in the folder of the back end.
"""

import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path.cwd()), str(Path(__file__).resolve().parents[2])]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobgate.config.settings")

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402

from launcher.codes import DATABASE_NEWER  # noqa: E402


def unknown_migrations() -> list[str]:
    """Return what the database has and the code does not, apps that were removed left aside."""
    loader = MigrationLoader(connection)
    replaced = {key for one in loader.disk_migrations.values() for key in one.replaces}
    known = set(loader.disk_migrations) | replaced
    unknown = sorted(set(loader.applied_migrations) - known)
    return [f"{app}.{name}" for app, name in unknown if app in loader.migrated_apps]


def main() -> int:
    """Bring the database to this code."""
    django.setup()
    unknown = unknown_migrations()
    if unknown:
        print(  # noqa: T201 -- the launcher shows this line
            "The database is newer than this code: it has "
            f"{', '.join(unknown)}. Update the code (git pull), or use another JOBGATE_HOME."
        )
        return DATABASE_NEWER
    call_command("migrate", interactive=False)
    call_command("grant_app_role")
    return 0


if __name__ == "__main__":
    sys.exit(main())
