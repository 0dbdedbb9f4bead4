"""Send messages to people."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from jobgate.core.background import enqueue
from jobgate.core.tenancy import tenant_scope
from jobgate.notifications import tasks
from jobgate.notifications.kinds import builder_of, register_kind
from jobgate.notifications.models import Message

__all__ = ["notify", "register_kind"]


def notify(
    kind: str,
    *,
    organization_id: UUID,
    to_email: str,
    to_name: str,
    language: str,
    context_ref: Mapping[str, UUID | str],
) -> Message:
    """Add a message and the job that sends it, in the caller's transaction.

    `context_ref` holds the ids from which the kind's builder makes the message's words.
    """
    builder_of(kind)
    with tenant_scope(organization_id), transaction.atomic():
        message = Message.objects.create(
            kind=kind,
            to_email=to_email,
            to_name=" ".join(to_name.split()),
            language=language,
            context_ref={name: str(value) for name, value in context_ref.items()},
        )
        enqueue(tasks.deliver, organization_id=organization_id, message_id=message.id)
    return message
