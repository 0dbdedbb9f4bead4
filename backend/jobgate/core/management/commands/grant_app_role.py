from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from psycopg import sql

STATEMENTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
)


class Command(BaseCommand):
    """Let the app's role read and write rows, and nothing else. Run after migrate, as the owner."""

    help = "Grant the app's database role what it needs: rows, never tables."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.DB_APP_USER == settings.DB_OWNER_USER:
            self.stdout.write("One role owns and uses the tables: nothing to grant.")
            return
        role = sql.Identifier(settings.DB_APP_USER)
        with connection.cursor() as cursor:
            for statement in STATEMENTS:
                query = sql.SQL(statement).format(role=role)
                cursor.execute(query.as_string(cursor.connection))
