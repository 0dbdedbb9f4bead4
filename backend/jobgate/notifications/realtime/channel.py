"""The database channel on which every process hears of changes."""

from dataclasses import dataclass
from uuid import UUID

import orjson
from django.db import connection

CHANNEL = "jobgate_changes"


@dataclass(frozen=True)
class Change:
    """A row of an organisation that pages may want to fetch again."""

    organization_id: UUID
    kind: str
    id: str


# The name `id` is the contract's own.
def announce(organization_id: UUID, kind: str, id: UUID | str) -> None:  # noqa: A002
    """Tell the organisation's open pages that a row changed, when the transaction commits."""
    payload = orjson.dumps({"organization": organization_id, "kind": kind, "id": str(id)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload.decode()])


def parse(payload: str) -> Change:
    """Return the change that `announce` wrote."""
    data = orjson.loads(payload)
    return Change(UUID(data["organization"]), data["kind"], data["id"])
