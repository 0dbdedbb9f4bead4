"""Record what people and jobs did."""

from collections.abc import Mapping
from uuid import UUID

from django.db import models

from jobgate.core.tenancy import current_organization_id
from jobgate.operations.models import AuditEntry

Plain = str | int | float | bool | None


def record(
    action: str,
    *,
    actor_id: UUID | None,
    target: models.Model | None = None,
    data: Mapping[str, Plain] | None = None,
) -> AuditEntry:
    """Add an entry to the audit log of the organisation in scope, in the caller's transaction.

    `action` is a stable code such as "campaign.opened"; `actor_id` is None for a job; `data`
    holds ids, codes and numbers, never a name, an address or what somebody wrote.
    """
    return AuditEntry.objects.create(
        organization_id=current_organization_id(),
        actor_id=actor_id,
        action=action,
        target_kind=target._meta.label_lower if target is not None else "",
        target_id=target.pk if target is not None else None,
        data=dict(data or {}),
    )
