from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            role = connection.ops.quote_name(settings.DB_APP_USER)
            rights = "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public"
            cursor.execute(f"GRANT {rights} TO {role}")
            cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
